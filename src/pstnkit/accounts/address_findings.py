"""What can be found in an address without asking anybody: no refusals, since only the carrier's check decides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from attrs import frozen

from pstnkit.accounts.addresses import CivicAddress
from pstnkit.accounts.postal import beginning, states_of_postal_code
from pstnkit.catalog import sentence

_BOX = re.compile(
    r"(p\W*o\W*|post office |postal )box\b|box \d+$|general delivery|(c\W?p\W?|case postale|apartado)\s*\d+",
    re.IGNORECASE,
)


class AddressFindingKind(StrEnum):
    """What an address looks like at first sight."""

    POSTAL_CODE_OF_ANOTHER_STATE = "postal_code_of_another_state"
    POSTAL_CODE_OF_NO_STATE = "postal_code_of_no_state"
    POST_OFFICE_BOX = "post_office_box"
    NOT_WITHIN_A_BUILDING = "not_within_a_building"


@frozen
class AddressFinding:
    """One finding: what kind, in which field, what stands there, and which states its postal code speaks of."""

    kind: AddressFindingKind
    field: str
    text: str
    states: tuple[str, ...] = ()
    state: str = ""

    def __str__(self) -> str:
        return sentence(
            self.kind,
            text=repr(self.text),
            beginning=beginning(self.text),
            states=" or ".join(self.states),
            state=self.state,
        )


def address_findings(address: CivicAddress) -> tuple[AddressFinding, ...]:
    """What catches the eye in ``address``; a person may look at it before the carrier is asked.

    >>> address = CivicAddress.parse("500 Anson St STE 4, San Francisco, NV 94108")
    >>> [str(finding) for finding in address_findings(address)]
    ['postal codes 941... are in CA, not in NV']
    """
    return tuple(_found(address))


def _found(address: CivicAddress) -> Iterator[AddressFinding]:
    if _BOX.match(address.street):
        yield AddressFinding(AddressFindingKind.POST_OFFICE_BOX, "street", address.street)
    states, code = states_of_postal_code(address.postal_code), address.postal_code
    if not states:
        yield AddressFinding(AddressFindingKind.POSTAL_CODE_OF_NO_STATE, "postal_code", code)
    elif address.state not in states:
        kind = AddressFindingKind.POSTAL_CODE_OF_ANOTHER_STATE
        yield AddressFinding(kind, "postal_code", code, states, address.state)
    if not address.is_within_a_building:
        yield AddressFinding(AddressFindingKind.NOT_WITHIN_A_BUILDING, "unit", "-")
