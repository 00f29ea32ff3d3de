"""What a carrier's check may say of an address: each outcome is a type of its own (DOMAIN 5)."""

from __future__ import annotations

from attrs import frozen

from pstnkit.accounts.addresses import CivicAddress, Difference
from pstnkit.lifecycle.events import Report


@frozen
class AddressConfirmed(Report):
    """The carrier knows ``address`` as it stands."""

    address: CivicAddress
    word = "valid"


@frozen
class AddressCorrected(Report):
    """The carrier does not know ``address``, and proposes ``proposed`` instead: a person accepts it or edits."""

    address: CivicAddress
    proposed: CivicAddress
    word = "corrected"

    @property
    def differences(self) -> tuple[Difference, ...]:
        """Field by field, what the carrier would change."""
        return self.address.differences(self.proposed)

    @property
    def candidates(self) -> tuple[CivicAddress, ...]:
        """What can be accepted: the one address that is proposed."""
        return (self.proposed,)


@frozen
class AddressAmbiguous(Report):
    """Several known addresses could be meant by ``address``: a person accepts one of the ``candidates`` or edits."""

    address: CivicAddress
    candidates: tuple[CivicAddress, ...]
    word = "ambiguous"


@frozen
class AddressNotFound(Report):
    """The carrier knows no such place."""

    address: CivicAddress
    word = "not_found"


@frozen
class PostOfficeBox(Report):
    """``address`` is a post office box: nobody can be sent there."""

    address: CivicAddress
    word = "po_box"


@frozen
class PostalCodeMismatch(Report):
    """The postal code of ``address`` is not one of its state or province."""

    address: CivicAddress
    word = "mismatch"


@frozen
class CheckerUnavailable(Report):
    """The carrier could not check ``address`` now: which is not "invalid"."""

    address: CivicAddress
    word = "unavailable"


AddressCheck = (
    AddressConfirmed
    | AddressCorrected
    | AddressAmbiguous
    | AddressNotFound
    | PostOfficeBox
    | PostalCodeMismatch
    | CheckerUnavailable
)
