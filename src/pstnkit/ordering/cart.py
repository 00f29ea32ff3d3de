"""The cart: numbers chosen from several searches, numbers to be sourced, and numbers to be ported (SPEC N5, P3).

A cart is a value: every change gives a new one. It holds no rules about what a customer may order; those are asked
where a line is added and, for good, when the order is placed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from attrs import evolve, field, frozen

from pstnkit.accounts.customers import AccountKind, Customer
from pstnkit.errors import CallerError, DecisionError
from pstnkit.inventory.query import InvalidQuery
from pstnkit.numbering.bits import LINES
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.ranges import NumberRange, collapse
from pstnkit.numbering.telephone import TelephoneNumber
from pstnkit.ordering.orders import CarrierHold, Wanted
from pstnkit.secret import Secret, SecretRef


class PortingNotOpen(DecisionError):
    """A customer on a trial cannot port numbers; porting opens with the move to a paid account (SPEC E1).

    ``.customer`` is the customer's id, ``.account`` the kind of its account.
    """

    def __init__(self, customer: str, account: AccountKind) -> None:
        super().__init__(customer, account)
        self.customer = customer
        self.account = account

    def __str__(self) -> str:
        return (
            f"customer {self.customer} has a {self.account.value} account and may order new numbers only; "
            "porting opens when the organization has moved to paid"
        )


class UnknownLine(CallerError):
    """The cart has no such line. ``.line`` is what was asked for."""

    def __init__(self, line: str) -> None:
        super().__init__(line)
        self.line = line

    def __str__(self) -> str:
        return f"the cart has no line {self.line!r}"


class AlreadyInCart(DecisionError):
    """Numbers that stand in another line of the cart. ``.numbers`` are those, as ranges."""

    def __init__(self, numbers: tuple[NumberRange, ...]) -> None:
        super().__init__(numbers)
        self.numbers = numbers

    def __str__(self) -> str:
        return f"already in the cart: {', '.join(map(str, self.numbers))}"


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


class EmptyLine(CallerError):
    """A line without a single number would be added to the cart."""


def _ranges(numbers: Iterable[NumberRange | TelephoneNumber]) -> tuple[NumberRange, ...]:
    return tuple(collapse(numbers))


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
    """Numbers from a search, and the carrier's hold on them; a ``block`` is one range that is ordered as a whole.

    Raises :class:`NotABlock` for a block that is none.
    """

    id: str
    numbers: tuple[NumberRange, ...] = field(converter=_ranges)
    hold: CarrierHold
    block: bool = False

    def __attrs_post_init__(self) -> None:
        if self.block:
            must_be_block(self.numbers)

    @property
    def quantity(self) -> int:
        """How many numbers the line has."""
        return sum(map(len, self.numbers))


def _count(_instance: object, _attribute: object, value: int) -> None:
    if type(value) is not int:
        raise InvalidQuery("quantity", f"{value!r} is not a count of numbers")


@frozen(kw_only=True)
class SourcingLine:
    """Numbers that the carrier is to find: a request, not numbers (SPEC F2).

    Raises :class:`~pstnkit.inventory.query.InvalidQuery` for a quantity that is no whole number.
    """

    id: str
    wanted: Wanted
    quantity: int = field(validator=_count)


def _secret(_instance: object, _attribute: object, value: Secret | SecretRef) -> None:
    if not isinstance(value, Secret | SecretRef):
        # Without the value: this message is read by everybody.
        raise TypeError(f"an account number is a Secret, not a {type(value).__name__}: wrap it, Secret(...)")


@frozen(kw_only=True)
class LosingAccount:
    """The account that ported numbers leave: at which carrier, under which account number, and in whose name.

    The account number is handed in as a :class:`~pstnkit.secret.Secret`; a desk has it kept by its store, and from then
    on the cart and what becomes of it have the :class:`~pstnkit.secret.SecretRef`. Raises ``TypeError`` for an account
    number that is neither: it would be shown.
    """

    carrier: str
    account_number: Secret | SecretRef = field(validator=_secret)
    business_name: str


def _account(_instance: object, _attribute: object, value: LosingAccount) -> None:
    if not isinstance(value, LosingAccount):
        raise TypeError(f"numbers are ported from a LosingAccount, not from a {type(value).__name__}")


def _day(_instance: object, _attribute: object, value: Any) -> None:
    if value is not None and (not isinstance(value, date) or isinstance(value, datetime)):
        raise TypeError(f"a port is wished for on a date, not on a {type(value).__name__}: {value!r:.80}")


@frozen(kw_only=True)
class PortLine:
    """Numbers to be ported away from one account, wished for on ``requested``. The cart shows their count (SPEC P3).

    Raises ``TypeError`` for an account or a day that is none.
    """

    id: str
    numbers: tuple[NumberRange, ...] = field(converter=_ranges)
    account: LosingAccount = field(validator=_account)
    requested: date | None = field(default=None, validator=_day)

    @property
    def quantity(self) -> int:
        """How many numbers the line has."""
        return sum(map(len, self.numbers))


Line = NumbersLine | SourcingLine | PortLine


def _numbers(line: Line) -> tuple[NumberRange, ...]:
    return () if isinstance(line, SourcingLine) else line.numbers


def _held(lines: Iterable[Line]) -> Iterable[NumberRange]:
    return (numbers for line in lines for numbers in _numbers(line))


@frozen(kw_only=True)
class Cart:
    """What a customer is about to order; see the lines."""

    id: str
    partner: str
    customer: str
    lines: tuple[Line, ...] = ()
    revision: int = 0

    @property
    def new_numbers(self) -> int:
        """How many new numbers the cart has, sourced ones included."""
        return sum(line.quantity for line in self.lines if not isinstance(line, PortLine))

    @property
    def to_port(self) -> int:
        """How many numbers are to be ported."""
        return sum(line.quantity for line in self.lines if isinstance(line, PortLine))

    def with_line(self, line: Line, customer: Customer) -> Cart:
        """The cart with ``line`` at its end.

        Raises :class:`PortingNotOpen` for a port on a trial (SPEC E1), :class:`EmptyLine` for a line of nothing and
        :class:`AlreadyInCart` for numbers that another line has.
        """
        if isinstance(line, PortLine) and customer.account is AccountKind.TRIAL:
            raise PortingNotOpen(customer.id, customer.account)
        if line.quantity < 1:
            raise EmptyLine("a line of a cart needs at least one number")
        if twice := tuple((NumberSet(_numbers(line)) & NumberSet(_held(self.lines))).ranges()):
            raise AlreadyInCart(twice)
        return evolve(self, lines=(*self.lines, line), revision=self.revision + 1)

    def line(self, line_id: str) -> Line:
        """The line with ``line_id``; raises :class:`UnknownLine`."""
        for line in self.lines:
            if line.id == line_id:
                return line
        raise UnknownLine(line_id)

    def without_line(self, line_id: str) -> Cart:
        """The cart without that line; raises :class:`UnknownLine`."""
        gone = self.line(line_id)
        return evolve(
            self, lines=tuple(line for line in self.lines if line is not gone), revision=self.revision + 1
        )
