"""The lines of a cart: numbers from a search, numbers to be sourced, and numbers to be ported."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from attrs import Attribute, evolve, field, frozen
from attrs.validators import instance_of, optional

from pstnkit.accounts.addresses import CivicAddress
from pstnkit.errors import CallerError
from pstnkit.inventory.alternatives import Alternative
from pstnkit.inventory.query import InvalidQuery
from pstnkit.lifecycle.calendars import plain_date
from pstnkit.numbering.bits import LINES
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.ranges import NumberRange
from pstnkit.numbering.telephone import TelephoneNumber
from pstnkit.ordering.holding import CarrierHold, as_ranges
from pstnkit.ordering.orders import Wanted
from pstnkit.secret import Secret, SecretRef

if TYPE_CHECKING:
    from pstnkit.numbering.paste import PasteReport


class NotABlock(CallerError):
    """Numbers that are no block: one range that begins at a multiple of its size, in an exchange of 10,000 numbers.

    ``.numbers`` are those, as ranges.

    >>> print(NotABlock((NumberRange("4152012305", "4152012314"),)))
    +14152012305..+14152012314 is no block: one begins at a multiple of its size, which divides 10,000
    """

    def __init__(self, numbers: tuple[NumberRange, ...]) -> None:
        super().__init__(numbers)
        self.numbers = numbers

    def __str__(self) -> str:
        several = len(self.numbers) > 1
        numbers = ", ".join(map(str, self.numbers))
        why = "it is one range" if several else "one begins at a multiple of its size, which divides 10,000"
        return f"{numbers} {'are' if several else 'is'} no block: {why}"


def must_be_block(numbers: tuple[NumberRange, ...]) -> None:
    """Raise :class:`NotABlock` unless ``numbers`` are one block.

    >>> must_be_block((NumberRange("4152012300", "4152012309"),))
    """
    for block in numbers[1:] or numbers:
        size = len(block)
        if len(numbers) > 1 or LINES % size or int(block.first.line) % size:
            raise NotABlock(numbers)


@frozen(kw_only=True)
class NumbersLine:
    """Numbers from a search, and the holds that keep them; a ``block`` is one range that is ordered as a whole.

    ``gone`` are those of its numbers that somebody else has by now, ``instead`` what would do instead of them (SPEC
    N4). Raises :class:`NotABlock` for a block that is none.

    >>> NumbersLine(id="line-1", numbers=[NumberRange("4152012300", "4152012309")], block=True).quantity
    10
    """

    id: str
    numbers: tuple[NumberRange, ...] = field(converter=as_ranges)
    holds: tuple[CarrierHold, ...] = ()
    block: bool = False
    gone: tuple[NumberRange, ...] = field(default=(), converter=as_ranges)
    instead: tuple[Alternative, ...] = ()

    def __attrs_post_init__(self) -> None:
        if self.block:
            must_be_block(self.numbers)

    @property
    def quantity(self) -> int:
        """How many numbers the line has."""
        return sum(map(len, self.numbers))

    def of(self, hold: CarrierHold) -> tuple[NumberRange, ...]:
        """Those of the line's numbers that ``hold`` is about."""
        return tuple((NumberSet(self.numbers) & NumberSet(hold.numbers)).ranges())

    def less(self, numbers: NumberSet) -> NumbersLine | None:
        """The line without ``numbers``, and without the holds of which nothing is left; None when nothing is."""
        left = NumberSet(self.numbers) - numbers
        holds = tuple(hold for hold in self.holds if NumberSet(hold.numbers) & left)
        gone = NumberSet(self.gone) & left
        if not left:
            return None
        return evolve(
            self,
            numbers=left.ranges(),
            holds=holds,
            gone=gone.ranges(),
            instead=self.instead if gone else (),
            block=self.block and len(left) == self.quantity,
        )


def _count(_instance: object, _attribute: object, value: int) -> None:
    if type(value) is not int:
        raise InvalidQuery("quantity", f"{value!r} is not a count of numbers")


@frozen(kw_only=True)
class SourcingLine:
    """Numbers that the carrier is to find: a request, not numbers (SPEC F2).

    Raises :class:`~pstnkit.inventory.query.InvalidQuery` for a quantity that is no whole number.

    >>> SourcingLine(id="line-1", wanted=Wanted(npa="628"), quantity=40).quantity
    40
    """

    id: str
    wanted: Wanted
    quantity: int = field(validator=_count)


def _secret(_instance: object, attribute: Attribute[Any], value: object) -> None:
    if not isinstance(value, Secret | SecretRef):
        # Without the value: this message is read by everybody.
        what = attribute.name.replace("_", " ")
        raise TypeError(f"the {what} is a Secret, not a {type(value).__name__}: wrap it, Secret(...)")


def _text(_instance: object, attribute: Attribute[Any], value: object) -> None:
    what = attribute.name.replace("_", " ")
    if not isinstance(value, str):
        raise TypeError(f"the {what} of an account is a str, not a {type(value).__name__}")
    if not value.strip():
        raise CallerError(f"the {what} of an account is blank: nobody could say which account that is")


@frozen(kw_only=True)
class LosingAccount:
    """The account that ported numbers leave: at which carrier, under which account number, and in whose name.

    ``btn`` is the billing telephone number, ``pin`` what the carrier knows the customer's requests by, and
    ``authorized_signer`` who may sign for the account: the customer's own signer unless given. ``new_btn`` is to be the
    billing telephone number of what stays there, where the present one leaves. The account number and the PIN are
    handed in as a :class:`~pstnkit.secret.Secret`; a desk has them kept by its store, and from then on the cart and
    what becomes of it have the :class:`~pstnkit.secret.SecretRef`. Raises ``TypeError`` for one that is neither: it
    would be shown. A carrier, a business and a signer have names: a blank one raises ``ValueError``.

    >>> account = LosingAccount(carrier="Old Bell", account_number=Secret("004-881"), business_name="Harbor Dental")
    >>> account.account_number
    Secret('***')
    """

    carrier: str = field(validator=_text)
    account_number: Secret | SecretRef = field(validator=_secret)
    business_name: str = field(validator=_text)
    btn: TelephoneNumber | None = field(default=None, validator=optional(instance_of(TelephoneNumber)))
    pin: Secret | SecretRef | None = field(default=None, validator=optional(_secret))
    service_address: CivicAddress | None = field(default=None, validator=optional(instance_of(CivicAddress)))
    authorized_signer: str | None = field(default=None, validator=optional(_text))
    new_btn: TelephoneNumber | None = field(default=None, validator=optional(instance_of(TelephoneNumber)))


def _account(_instance: object, _attribute: object, value: LosingAccount) -> None:
    if not isinstance(value, LosingAccount):
        raise TypeError(f"numbers are ported from a LosingAccount, not from a {type(value).__name__}")


def _day(_instance: object, _attribute: object, value: Any) -> None:
    if value is not None:
        plain_date("the day that a port is wished for", value)


def listed(source: Iterable[NumberRange | TelephoneNumber] | PasteReport) -> tuple[NumberRange, ...]:
    """The numbers of ``source``; of a :class:`~pstnkit.PasteReport` those that are valid (SPEC P1, P2).

    >>> from pstnkit import read_numbers
    >>> listed(read_numbers("415-321-0100, 415-321-0101, 12"))
    (NumberRange('+14153210100', '+14153210101'),)
    """
    from pstnkit.numbering.paste import PasteReport

    return as_ranges(source.numbers if isinstance(source, PasteReport) else source)


@frozen(kw_only=True)
class PortLine:
    """Numbers to be ported away from one account, wished for on ``requested``. The cart shows their count (SPEC P3).

    Raises ``TypeError`` for an account or a day that is none.
    """

    id: str
    numbers: tuple[NumberRange, ...] = field(converter=as_ranges)
    account: LosingAccount = field(validator=_account)
    requested: date | None = field(default=None, validator=_day)

    @property
    def quantity(self) -> int:
        """How many numbers the line has."""
        return sum(map(len, self.numbers))

    def less(self, numbers: NumberSet) -> PortLine | None:
        """The line without ``numbers``; None when nothing is left of it."""
        left = NumberSet(self.numbers) - numbers
        return evolve(self, numbers=left.ranges()) if left else None


Line = NumbersLine | SourcingLine | PortLine


def numbers_of(line: Line) -> tuple[NumberRange, ...]:
    """The numbers that a line has: none while they are to be found.

    >>> numbers_of(SourcingLine(id="line-1", wanted=Wanted(npa="628"), quantity=40))
    ()
    """
    return () if isinstance(line, SourcingLine) else line.numbers
