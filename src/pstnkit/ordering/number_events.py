"""What can be decided and reported about a customer's numbers, and the two tables that judge it (SPEC T2, P4, P5)."""

from __future__ import annotations

from enum import StrEnum

from attrs import field, frozen
from attrs.validators import instance_of

from pstnkit.errors import CallerError
from pstnkit.lifecycle.events import Decision, Report
from pstnkit.lifecycle.machine import Machine
from pstnkit.lifecycle.reports import NumbersFailed, NumbersWorking
from pstnkit.numbering.ranges import NumberRange


class NumberStatus(StrEnum):
    """Where a number stands. Pending, unassigned and assigned together are "all" of a customer's numbers (SPEC T2)."""

    PENDING = "pending"
    UNASSIGNED = "unassigned"
    ASSIGNED = "assigned"
    FAILED = "failed"
    RELEASED = "released"
    PORTED_OUT = "ported_out"


class AssigneeKind(StrEnum):
    """What a number can be assigned to."""

    USER = "user"
    HUNT_GROUP = "hunt_group"
    AUTO_ATTENDANT = "auto_attendant"


def _named(_instance: object, _attribute: object, name: str) -> None:
    if not isinstance(name, str):
        raise TypeError(f"whom a number rings is named by a str, not by a {type(name).__name__}")
    if not name.strip():
        raise CallerError(
            "whom a number rings has a name: there are many users, hunt groups and auto attendants"
        )


@frozen
class Assignee:
    """Whom a number rings: a user, a hunt group or an auto attendant, by name.

    ``kind`` may be given by its value; raises ``ValueError`` for another, and for no name.

    >>> print(Assignee("hunt_group", "Sales"))
    hunt group Sales
    """

    kind: AssigneeKind = field(converter=AssigneeKind)
    name: str = field(validator=_named)

    def __str__(self) -> str:
        return f"{self.kind.value.replace('_', ' ')} {self.name}"


@frozen
class Assign(Decision):
    """Associate the numbers with ``to``: at once, also while they are pending (SPEC P4)."""

    numbers: tuple[NumberRange, ...]
    to: Assignee = field(validator=instance_of(Assignee))
    word = "assign"


@frozen
class Unassign(Decision):
    """Free the numbers of whom they are assigned to."""

    numbers: tuple[NumberRange, ...]
    word = "unassign"


@frozen
class Release(Decision):
    """Give the numbers back to the carrier. From then on they cannot be assigned."""

    numbers: tuple[NumberRange, ...]
    word = "release"


@frozen
class NumbersExpected(Report):
    """An order for these numbers was placed, or the carrier has named them for it."""

    numbers: tuple[NumberRange, ...]
    order: str
    word = "expected"


@frozen
class NumbersReleased(Report):
    """The numbers went back to the carrier: by a release of ours or, with a ``reason``, disconnected by it."""

    numbers: tuple[NumberRange, ...]
    reason: str | None = None
    word = "released"


@frozen
class NumbersKept(Report):
    """The carrier does not take the numbers back, for ``reason``: they stay the customer's."""

    numbers: tuple[NumberRange, ...]
    reason: str
    word = "kept"


@frozen
class NumbersPortedOut(Report):
    """The numbers left for another carrier; ``port`` is the one that had brought them, where it has told."""

    numbers: tuple[NumberRange, ...]
    port: str | None = None
    word = "ported"


NUMBER_MACHINE: Machine[NumberStatus] = Machine(
    "a number",
    NumberStatus,
    decision_types=(Assign, Unassign, Release),
    decisions="""
                  assign unassign release
    pending    PE PE     PE       x
    unassigned UN AS     x        UN
    assigned   AS x      UN       x
    failed     FA x      x        x
    released   RE x      x        x
    ported_out PO x      x        x
    """,
    report_types=(
        NumbersExpected,
        NumbersWorking,
        NumbersFailed,
        NumbersReleased,
        NumbersKept,
        NumbersPortedOut,
    ),
    reports="""
                  expected working failing released kept ported
    pending    PE !        UN      FA      !        !    !
    unassigned UN !        .       !       RE       UN   PO
    assigned   AS !        .       !       RE       .    PO
    failed     FA PE       !       .       -        -    -
    released   RE PE       -       -       .        !    !
    ported_out PO PE       -       -       !        -    .
    """,
)
