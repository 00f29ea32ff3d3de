"""What has to be asked of a carrier. Commands are derived from a record's state, so that a crash loses none."""

from __future__ import annotations

from attrs import frozen


@frozen
class Submit:
    """Send the order to the carrier, under the client reference that it has carried from the start."""

    order: str


@frozen
class ReadBack:
    """Read the carrier's own state of the order: an answer was lost, or something contradicts."""

    order: str


@frozen
class AskCancellation:
    """Ask the carrier to cancel the order that it already has."""

    order: str


@frozen
class AskSupplement:
    """Send the carrier the correction of a port that it already has."""

    order: str


@frozen
class AskRelease:
    """Give the numbers of a release back to the carrier."""

    release: str


@frozen
class ReadOwned:
    """Read which numbers the carrier still lists as ours: the answer to a release was lost."""

    release: str


OrderCommand = Submit | ReadBack | AskCancellation | AskSupplement
ReleaseCommand = AskRelease | ReadOwned
