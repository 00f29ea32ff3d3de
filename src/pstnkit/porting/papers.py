"""The papers of one port order: the letter of authorization, a bill, a record; and what of them is missing, for whom.

Each port order has its own letter (SPEC O5), for one account at one losing carrier (DOMAIN 4). It is not processed
until that is signed (SPEC O3).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, tzinfo
from enum import StrEnum

from attrs import field, frozen

from pstnkit.accounts.agreements import Agreement
from pstnkit.accounts.letters import LetterDating, LetterOfAuthorization
from pstnkit.catalog import sentence
from pstnkit.errors import CallerError
from pstnkit.lifecycle.waiting import Party
from pstnkit.lifecycle.zones import zone
from pstnkit.numbering.ranges import NumberRange, collapse
from pstnkit.porting.attachments import Attachment, AttachmentKind, PaperPolicy, plain_day
from pstnkit.porting.planning.facts import PortFacts, folded
from pstnkit.porting.planning.planned import PlannedPort
from pstnkit.porting.ports import PortOrder
from pstnkit.secret import Secret, SecretRef


class IncompleteLetter(CallerError):
    """A letter of authorization without something that it needs. ``.fields`` names all that is missing."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__(missing)
        self.fields = missing

    def __str__(self) -> str:
        return f"a letter of authorization needs {', '.join(self.fields).replace('_', ' ')}"


class PaperLack(StrEnum):
    """What can be missing of the papers, or be wrong with them.

    >>> PaperLack("not_signed")
    <PaperLack.NOT_SIGNED: 'not_signed'>
    """

    FIELD = "field"
    NEW_BTN = "new_btn"
    NOT_SIGNED = "not_signed"
    SIGNED_TOO_LONG_AGO = "signed_too_long_ago"
    SIGNED_IN_THE_FUTURE = "signed_in_the_future"
    SIGNED_BY_ANOTHER = "signed_by_another"
    BILL = "bill"
    CSR = "csr"
    TOO_OLD = "too_old"
    IN_THE_FUTURE = "in_the_future"
    DATE_NOT_KNOWN = "date_not_known"


@frozen(kw_only=True)
class MissingPaper:
    """One thing that is missing: what it is, on whom it waits, and the figures of its sentence.

    ``field`` is the fact that the letter lacks, ``attachment`` the document that something is wrong with; ``dated`` is
    the day in question, ``days`` for how many days such a paper counts, ``who`` signed and ``expected`` should have.
    ``str`` of it is its sentence.

    >>> lack = MissingPaper(kind=PaperLack.FIELD, on=Party.ADMINISTRATOR, field="btn")
    >>> str(lack), lack.on.value
    ('the BTN is missing', 'administrator')
    """

    kind: PaperLack
    on: Party
    field: str = ""
    attachment: Attachment | None = None
    dated: date | None = None
    days: int | None = None
    who: str = ""
    expected: str = ""

    def __str__(self) -> str:
        return sentence(
            self.kind,
            field=_IN_WORDS.get(self.field, self.field.replace("_", " ")),
            document="" if self.attachment is None else sentence(self.attachment.kind),
            reference="" if self.attachment is None else self.attachment.reference,
            dated="" if self.dated is None else self.dated.isoformat(),
            days=self.days or 0,
            who=self.who,
            expected=self.expected,
            by=f" by {self.expected}" if self.expected else "",
        )


_IN_WORDS = {"btn": "BTN", "pin": "PIN", "signer": "authorized signer"}
_OF_THE_LETTER = ("business_name", "service_address", "btn", "account_number", "signer")
"""What any losing carrier asks for, besides that it is known which one it is."""
_ON_THE_BILL = frozenset({"business_name", "service_address", "btn", "account_number"})
"""What the partner can read for itself once it has a bill or a record."""


def _attached(attachments: Iterable[Attachment]) -> tuple[Attachment, ...]:
    return tuple(attachments)


@frozen(kw_only=True)
class PortPapers:
    """The papers of one port order: what its letter says, who has signed it and of which day, and what is attached.

    ``partial`` says whether numbers stay on the account. Raises ``TypeError`` for a day that is no date.

    >>> facts = PortFacts(losing_carrier="Old Bell", business_name="Harbor Dental", signer="Ada Park",
    ...                   account_number=SecretRef("secret-1"))
    >>> papers = PortPapers(facts=facts, numbers=(NumberRange("4152012000", "4152012009"),))
    >>> for lack in papers.missing(PaperPolicy(), on=date(2026, 11, 20)):
    ...     print(f"{lack.on.value}: {lack}")
    administrator: the service address is missing
    administrator: the BTN is missing
    administrator: the letter of authorization has to be signed by Ada Park
    administrator: a bill of the losing carrier is missing
    """

    facts: PortFacts
    numbers: tuple[NumberRange, ...]
    partial: bool = False
    signed: date | None = field(default=None, validator=plain_day)
    signed_by: str | None = None
    attachments: tuple[Attachment, ...] = field(default=(), converter=_attached)

    @classmethod
    def of_plan(
        cls,
        order: PlannedPort,
        *,
        signed: date | None = None,
        signed_by: str | None = None,
        attachments: Iterable[Attachment] = (),
    ) -> PortPapers:
        """The papers of an order that is planned."""
        return cls(
            facts=order.facts,
            numbers=order.numbers,
            partial=order.is_partial,
            signed=signed,
            signed_by=signed_by,
            attachments=attachments,
        )

    @classmethod
    def of_port(
        cls,
        port: PortOrder,
        *,
        agreements: Iterable[Agreement] = (),
        tz: str | tzinfo,
        partial: bool = False,
        attachments: Iterable[Attachment] = (),
    ) -> PortPapers:
        """The papers of an order that is placed, with the last signature under a letter of its own among
        ``agreements``; ``tz`` is the zone in which its day is told."""
        letters = [one for one in agreements if one.order == port.id]
        named = [one.letter.authorized_signer for one in letters if one.letter is not None]
        facts = PortFacts(
            losing_carrier=port.losing_carrier,
            account_number=port.account_number,
            btn=port.btn,
            business_name=port.business_name,
            service_address=port.service_address,
            signer=port.authorized_signer or next(iter(named), None),
            pin=port.pin,
            new_btn=port.new_btn,
        )
        signed = [one for one in letters if one.signed is not None]
        last = max(signed, key=lambda one: one.day(zone(tz)), default=None)
        return cls(
            facts=facts,
            numbers=tuple(collapse(port.numbers.by_number)),
            partial=partial,
            signed=None if last is None else last.day(zone(tz)),
            signed_by=None if last is None else last.signed_by,
            attachments=attachments,
        )

    @property
    def btn_leaves(self) -> bool:
        """Whether the BTN of the account is among the numbers."""
        return self.facts.btn is not None and any(self.facts.btn in part for part in self.numbers)

    def letter(self) -> LetterOfAuthorization:
        """The letter of authorization, as what goes to be signed.

        Raises :class:`IncompleteLetter` for what it cannot do without, and ``TypeError`` for an account number or a PIN
        that no store keeps yet: a letter has references.
        """
        facts = self.facts
        needed = ("losing_carrier", "account_number", "business_name", "signer")
        if lacking := tuple(name for name in needed if getattr(facts, name) is None):
            raise IncompleteLetter(lacking)
        for name in ("account_number", "pin"):
            if isinstance(getattr(facts, name), Secret):
                raise TypeError(
                    f"{name} of a letter is a SecretRef, not a Secret: have a store keep it first"
                )
        assert isinstance(facts.account_number, SecretRef), "it is there, and no Secret"
        return LetterOfAuthorization(
            losing_carrier=facts.losing_carrier or "",
            account_number=facts.account_number,
            business_name=facts.business_name or "",
            authorized_signer=facts.signer or "",
            numbers=self.numbers,
            service_address=facts.service_address,
            btn=facts.btn,
            pin=facts.pin if isinstance(facts.pin, SecretRef) else None,
        )

    def missing(self, policy: PaperPolicy, *, on: date) -> tuple[MissingPaper, ...]:
        """Everything that is missing or does not count on the day ``on``: the fields first, then what is signed, then
        what is attached."""
        return (*self._fields(policy), *self._signature(policy, on), *self._documents(policy, on))

    def _fields(self, policy: PaperPolicy) -> Iterator[MissingPaper]:
        if self.facts.losing_carrier is None:
            yield MissingPaper(kind=PaperLack.FIELD, on=Party.PARTNER, field="losing_carrier")
        for name in (*_OF_THE_LETTER, *(("pin",) if policy.pin else ())):
            if getattr(self.facts, name) is None:
                known = self.attachments and name in _ON_THE_BILL
                yield MissingPaper(
                    kind=PaperLack.FIELD, on=Party.PARTNER if known else Party.ADMINISTRATOR, field=name
                )
        if self.partial and self.btn_leaves and self.facts.new_btn is None:
            yield MissingPaper(kind=PaperLack.NEW_BTN, on=Party.ADMINISTRATOR)

    def _signature(self, policy: PaperPolicy, on: date) -> Iterator[MissingPaper]:
        signer = self.facts.signer or ""
        if self.signed is None:
            yield MissingPaper(kind=PaperLack.NOT_SIGNED, on=Party.ADMINISTRATOR, expected=signer)
            return
        wrong = _SIGNED.get(policy.letters.judge(self.signed, on))
        if wrong is not None:
            yield MissingPaper(
                kind=wrong, on=Party.ADMINISTRATOR, dated=self.signed, days=policy.letters.days
            )
        if signer and self.signed_by and folded(self.signed_by) != folded(signer):
            yield MissingPaper(
                kind=PaperLack.SIGNED_BY_ANOTHER,
                on=Party.ADMINISTRATOR,
                who=self.signed_by,
                expected=signer,
            )

    def _documents(self, policy: PaperPolicy, on: date) -> Iterator[MissingPaper]:
        for kind in AttachmentKind:
            if not policy.needs(kind):
                continue
            # The customer has the bill; the record is asked for at the losing carrier, by the winning one.
            owner = Party.ADMINISTRATOR if kind is AttachmentKind.BILL else Party.CARRIER
            found = [one for one in self.attachments if one.kind is kind]
            if not found:
                yield MissingPaper(kind=PaperLack(kind.value), on=owner)
            judged = [(one, policy.judge(one, on)) for one in found]
            if any(dating is LetterDating.VALID for _, dating in judged):
                continue  # one that counts is enough
            for one, dating in judged:
                yield MissingPaper(
                    kind=_DATED[dating],
                    on=Party.PARTNER if dating is None else owner,
                    attachment=one,
                    dated=one.dated,
                    days=policy.days(kind),
                )

    def to_html(
        self,
        *,
        winning_carrier: str,
        account_number: Secret | None = None,
        pin: Secret | None = None,
        catalog: Mapping[str, str] | None = None,
    ) -> str:
        """The letter as a whole HTML document to be printed and signed by hand; what is not known is a blank line.

        An account number or a PIN is printed only when it is handed in here. ``catalog`` has the sentences in another
        language: see :mod:`pstnkit.catalog`. Nothing outside of the document is needed to show it.
        """
        from pstnkit.porting.letter_page import letter_page

        return letter_page(
            self,
            winning_carrier=winning_carrier,
            account_number=account_number,
            pin=pin,
            catalog=catalog,
        )


_SIGNED = {
    LetterDating.TOO_OLD: PaperLack.SIGNED_TOO_LONG_AGO,
    LetterDating.IN_THE_FUTURE: PaperLack.SIGNED_IN_THE_FUTURE,
}
_DATED = {
    LetterDating.TOO_OLD: PaperLack.TOO_OLD,
    LetterDating.IN_THE_FUTURE: PaperLack.IN_THE_FUTURE,
    None: PaperLack.DATE_NOT_KNOWN,
}
