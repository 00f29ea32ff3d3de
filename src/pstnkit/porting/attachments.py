"""The papers that go with a port beside the letter: bills and customer service records, by reference."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from attrs import Attribute, field, frozen

from pstnkit.accounts.letters import ANY_AGE, LetterDating, LetterPolicy
from pstnkit.errors import CallerError
from pstnkit.lifecycle.calendars import plain_date
from pstnkit.lifecycle.fulfillment import InvalidPolicy


class AttachmentKind(StrEnum):
    """What is attached.

    >>> AttachmentKind("csr")
    <AttachmentKind.CSR: 'csr'>
    """

    BILL = "bill"
    """A bill of the losing carrier: it has the account as that knows it."""
    CSR = "csr"
    """The customer service record: what the losing carrier has on file."""


def _kind(value: Any) -> Any:
    try:
        return AttachmentKind(value)
    except ValueError:
        known = ", ".join(kind.value for kind in AttachmentKind)
        raise CallerError(f"kind: {value!r:.80} is no kind of attachment; there are {known}") from None


def _reference(_attachment: object, _attribute: object, value: Any) -> None:
    if not isinstance(value, str) or not value.strip():
        raise CallerError(f"reference: {value!r:.80} names no document")


def plain_day(_instance: object, attribute: Attribute[Any], value: Any) -> None:
    """Raise ``TypeError`` unless the value is a date, or None."""
    if value is not None:
        plain_date(attribute.name, value)


def _pages(_attachment: object, _attribute: object, value: Any) -> None:
    if value is not None and (type(value) is not int or value < 1):
        raise CallerError(f"pages: {value!r} is no count of pages")


@frozen(kw_only=True)
class Attachment:
    """A document that is kept somewhere else: what it is, the ``reference`` by which it is found there, the day that
    stands on it, and how many pages it has.

    Raises :class:`~pstnkit.errors.CallerError` for an unknown kind, an empty reference and a count that is none,
    ``TypeError`` for a day that is no date.

    >>> Attachment(kind="bill", reference="doc-17", dated=date(2026, 11, 3), pages=4).kind
    <AttachmentKind.BILL: 'bill'>
    """

    kind: AttachmentKind = field(converter=_kind)
    reference: str = field(validator=_reference)
    dated: date | None = field(default=None, validator=plain_day)
    pages: int | None = field(default=None, validator=_pages)


def _days(_policy: object, attribute: Attribute[Any], value: Any) -> None:
    if value is not None and (type(value) is not int or value < 1):
        raise InvalidPolicy(f"PaperPolicy.{attribute.name}", f"{value!r} is no count of days")


@frozen(kw_only=True)
class PaperPolicy:
    """Which papers a port needs, and for how long they count. By default a letter and a bill, of any age.

    ``bill_days`` and ``csr_days`` say for how many days after its date a bill or a record counts, ``letters`` how long
    a letter does; None is for ever. Nothing that is dated in the future counts. Raises
    :class:`~pstnkit.InvalidPolicy` for what is no count of days.

    >>> PaperPolicy.usual().bill_days, PaperPolicy.usual().letters
    (30, LetterPolicy(days=30))
    """

    bill: bool = True
    csr: bool = False
    pin: bool = False
    """Whether the losing carrier asks for a PIN."""
    bill_days: int | None = field(default=None, validator=_days)
    csr_days: int | None = field(default=None, validator=_days)
    letters: LetterPolicy = ANY_AGE

    @classmethod
    def usual(cls) -> PaperPolicy:
        """What carriers commonly ask for: a letter, and a bill, neither older than 30 days (trade knowledge).

        >>> PaperPolicy.usual().csr
        False
        """
        return cls(bill_days=30, csr_days=30, letters=LetterPolicy(days=30))

    def needs(self, kind: AttachmentKind) -> bool:
        """Whether a document of this kind has to be there."""
        return self.bill if kind is AttachmentKind.BILL else self.csr

    def days(self, kind: AttachmentKind) -> int | None:
        """For how many days a document of this kind counts."""
        return self.bill_days if kind is AttachmentKind.BILL else self.csr_days

    def judge(self, attachment: Attachment, today: date) -> LetterDating | None:
        """Whether a document counts ``today``, by its date; None if that is not known and matters."""
        days = self.days(attachment.kind)
        if attachment.dated is None:
            return LetterDating.VALID if days is None else None
        return LetterPolicy(days=days).judge(attachment.dated, today)
