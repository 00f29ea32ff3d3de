"""A store in memory: for tests, demos, notebooks, and as the plain statement of what a store does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from threading import RLock
from typing import Any

from pstnkit.accounts.agreements import Agreement
from pstnkit.accounts.customers import Customer
from pstnkit.carriers.protocol import News
from pstnkit.lifecycle.history import Entry
from pstnkit.ordering.orders import NumberOrder
from pstnkit.porting.ports import PortOrder
from pstnkit.secret import Secret, SecretRef
from pstnkit.stores.protocol import NO_SECRETS, Change, R, Record, StaleRecord, UnknownRecord


class MemoryStore:
    """Records and histories in dictionaries, behind one lock."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._records: dict[tuple[str, type[Any]], dict[str, Record]] = {}
        self._customers: dict[tuple[str, type[Any], str], dict[str, None]] = {}
        self._references: dict[tuple[str, str], tuple[type[Any], str]] = {}
        self._histories: dict[tuple[str, str], list[Entry]] = {}
        self._unmatched: dict[str, dict[str, News]] = {}
        self._secrets: dict[tuple[str, SecretRef], Secret] = {}

    def get(self, kind: type[R], partner: str, record_id: str) -> R:
        """The record; raises :class:`~pstnkit.stores.protocol.UnknownRecord`."""
        with self._lock:
            record = self._records.get((partner, kind), {}).get(record_id)
        if not isinstance(record, kind):
            raise UnknownRecord(kind.__name__, record_id)
        return record

    def all(self, kind: type[R], partner: str) -> tuple[R, ...]:
        """The partner's records of a kind, in the order in which they were first saved."""
        with self._lock:
            records = tuple(self._records.get((partner, kind), {}).values())
        return tuple(record for record in records if isinstance(record, kind))

    def of_customer(self, kind: type[R], partner: str, customer: str) -> tuple[R, ...]:
        """Those of them that belong to one customer, found without going through the others'."""
        with self._lock:
            ids = tuple(self._customers.get((partner, kind, customer), ()))
            return tuple(self.get(kind, partner, record_id) for record_id in ids)

    def by_reference(self, partner: str, client_reference: str) -> Agreement | NumberOrder | PortOrder | None:
        """What was sent to a carrier under ``client_reference``; None when nothing was."""
        with self._lock:
            found = self._references.get((partner, client_reference))
            record = None if found is None else self._records[partner, found[0]][found[1]]
        return record if isinstance(record, Agreement | NumberOrder | PortOrder) else None

    def save(
        self,
        partner: str,
        changes: Iterable[Change],
        entries: Iterable[Entry],
        secrets: Mapping[SecretRef, Secret] = NO_SECRETS,
    ) -> None:
        """Save all changes, entries and secrets, or none of them."""
        changes = tuple(changes)
        with self._lock:
            for change in changes:
                self._check(partner, change)
            for change in changes:
                record = change.record
                self._records.setdefault((partner, type(record)), {})[record.id] = record
                if not isinstance(record, Customer):
                    self._customers.setdefault((partner, type(record), record.customer), {})[record.id] = None
                if isinstance(record, Agreement | NumberOrder | PortOrder):
                    self._references[partner, record.client_reference] = (type(record), record.id)
            for entry in entries:
                self._histories.setdefault((partner, entry.event.subject), []).append(entry)
            for kept, secret in secrets.items():
                self._secrets[partner, kept] = secret

    def _check(self, partner: str, change: Change) -> None:
        record = change.record
        if record.partner != partner:
            raise UnknownRecord(type(record).__name__, record.id)
        held = self._records.get((partner, type(record)), {}).get(record.id)
        found = None if held is None else held.revision
        if found != change.read_at:
            raise StaleRecord(type(record).__name__, record.id, change.read_at, found)

    def secret(self, partner: str, kept: SecretRef) -> Secret:
        """A secret of the partner's; raises :class:`~pstnkit.stores.protocol.UnknownRecord`."""
        with self._lock:
            found = self._secrets.get((partner, kept))
        if found is None:
            raise UnknownRecord("secret", kept.id)
        return found

    def forget(self, partner: str, kept: SecretRef) -> None:
        """Keep a secret no longer."""
        with self._lock:
            self._secrets.pop((partner, kept), None)

    def history(self, partner: str, subject: str) -> tuple[Entry, ...]:
        """The entries about a record, in the order in which they were saved."""
        with self._lock:
            return tuple(self._histories.get((partner, subject), ()))

    def set_aside(self, partner: str, news: News) -> None:
        """Keep a report that concerns no record of ours."""
        with self._lock:
            self._unmatched.setdefault(partner, {}).setdefault(news.id, news)

    def unmatched(self, partner: str) -> tuple[News, ...]:
        """The reports that were set aside, oldest first."""
        with self._lock:
            return tuple(self._unmatched.get(partner, {}).values())
