"""The fields of a port's request, as corrections change them: those that its record has by name, and all others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pstnkit.accounts.addresses import CivicAddress, InvalidAddress
from pstnkit.numbering.telephone import TelephoneNumber
from pstnkit.porting.supplements import Change

_AS_IT_IS = ("account_number", "business_name", "pin", "authorized_signer")
_NUMBERS = ("btn", "new_btn")


def corrected(details: Iterable[Change], changes: Iterable[Change]) -> dict[str, Any]:
    """What of a port's record ``changes`` change, by name: fields of its own, and its ``details``.

    A service address stays among the details as it is written, which is what a carrier gets. The record has it in its
    parts, too, where they can be told apart, and else has none: the one before is wrong.
    """
    fields: dict[str, Any] = {}
    others = {change.field: change for change in details}
    for change in changes:
        if change.field in _AS_IT_IS:
            fields[change.field] = change.value
        elif change.field in _NUMBERS:
            fields[change.field] = TelephoneNumber.parse(str(change.value))
        else:
            others[change.field] = change
        if change.field == "service_address":
            fields["service_address"] = _address(str(change.value))
    return {**fields, "details": tuple(others.values())}


def _address(text: str) -> CivicAddress | None:
    try:
        return CivicAddress.parse(text)
    except InvalidAddress:
        return None
