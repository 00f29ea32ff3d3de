"""What the desk needs of a store: records by id, compare-and-set on their revision, histories that only grow, and
secrets, which are in none of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Protocol, TypeVar

from attrs import frozen

from pstnkit.accounts.agreements import Agreement
from pstnkit.accounts.customers import Customer
from pstnkit.accounts.emergency import Location
from pstnkit.carriers.protocol import News
from pstnkit.errors import CallerError, DecisionError
from pstnkit.lifecycle.history import Entry
from pstnkit.ordering.cart import Cart
from pstnkit.ordering.confirmation import Confirmation
from pstnkit.ordering.numbers import NumberBook
from pstnkit.ordering.orders import NumberOrder
from pstnkit.ordering.releases import ReleaseOrder
from pstnkit.porting.ports import PortOrder
from pstnkit.secret import Secret, SecretRef

Record = (
    Customer
    | Location
    | Agreement
    | Cart
    | Confirmation
    | NumberBook
    | NumberOrder
    | PortOrder
    | ReleaseOrder
)
R = TypeVar("R", bound=Record)


class UnknownRecord(CallerError):
    """The partner has no such record: another partner's is not seen. ``.kind`` and ``.id`` say what was asked for."""

    def __init__(self, kind: str, record_id: str) -> None:
        super().__init__(kind, record_id)
        self.kind = kind
        self.id = record_id

    def __str__(self) -> str:
        return f"there is no {self.kind} with the id {self.id!r}"


class StaleRecord(DecisionError):
    """Somebody else has changed the record since it was read; nothing was saved. Read it again and decide anew."""

    def __init__(self, kind: str, record_id: str, expected: int | None, found: int | None) -> None:
        super().__init__(kind, record_id, expected, found)
        self.kind = kind
        self.id = record_id
        self.expected = expected
        self.found = found

    def __str__(self) -> str:
        return (
            f"{self.kind} {self.id!r} is at revision {self.found}, and the change was made to {self.expected}"
        )


NO_SECRETS: Mapping[SecretRef, Secret] = MappingProxyType({})


@frozen
class Change:
    """A record as it is to be saved, and the revision that it was read at (None for a new one)."""

    record: Record
    read_at: int | None


class Store(Protocol):
    """A store of one or many partners' records. Every question names the partner, and sees no other's."""

    def get(self, kind: type[R], partner: str, record_id: str) -> R:
        """The record; raises :class:`UnknownRecord`."""
        ...

    def all(self, kind: type[R], partner: str) -> tuple[R, ...]:
        """The partner's records of a kind, in the order in which they were first saved."""
        ...

    def of_customer(self, kind: type[R], partner: str, customer: str) -> tuple[R, ...]:
        """Those of them that belong to one customer, found without going through the others'."""
        ...

    def by_reference(self, partner: str, client_reference: str) -> Agreement | NumberOrder | PortOrder | None:
        """What was sent to a carrier under ``client_reference``; None when nothing was."""
        ...

    def save(
        self,
        partner: str,
        changes: Iterable[Change],
        entries: Iterable[Entry],
        secrets: Mapping[SecretRef, Secret] = NO_SECRETS,
    ) -> None:
        """Save all changes, entries and secrets, or none of them: raises :class:`StaleRecord` when one was overtaken.

        Secrets are kept apart from records and entries, which hold references to them.
        """
        ...

    def secret(self, partner: str, kept: SecretRef) -> Secret:
        """A secret of the partner's; raises :class:`UnknownRecord`, for one that was forgotten, too."""
        ...

    def forget(self, partner: str, kept: SecretRef) -> None:
        """Keep a secret no longer; nothing happens when it is not there."""
        ...

    def history(self, partner: str, subject: str) -> tuple[Entry, ...]:
        """The entries about a record, in the order in which they were saved."""
        ...

    def set_aside(self, partner: str, news: News) -> None:
        """Keep a report that concerns no record of ours; the same one twice is kept once."""
        ...

    def unmatched(self, partner: str) -> tuple[News, ...]:
        """The reports that were set aside, oldest first."""
        ...
