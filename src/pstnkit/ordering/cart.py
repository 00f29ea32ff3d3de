"""The cart: numbers chosen from several searches, numbers to be sourced, and numbers to be ported (SPEC N5, P3).

A cart is a value: every change gives a new one. It holds no rules about what a customer may order; those are asked
where a line is added and, for good, when the order is placed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from pstnkit.accounts.customers import AccountKind, Customer
from pstnkit.errors import CallerError, DecisionError
from pstnkit.inventory.alternatives import Alternative
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.ranges import NumberRange
from pstnkit.numbering.telephone import TelephoneNumber
from pstnkit.ordering.holding import CarrierHold
from pstnkit.ordering.lines import Line, NumbersLine, PortLine, SourcingLine, listed, numbers_of
from pstnkit.ordering.policy import NO_LIMITS, CartPolicy, OrderPolicy

if TYPE_CHECKING:
    from pstnkit.numbering.paste import PasteReport


class PortingNotOpen(DecisionError):
    """A customer on a trial cannot port numbers; porting opens with the move to a paid account (SPEC E1).

    ``.customer`` is the customer's id, ``.account`` the kind of its account.

    >>> raise PortingNotOpen("customer-1", AccountKind.TRIAL)
    Traceback (most recent call last):
    ...
    pstnkit.ordering.cart.PortingNotOpen: customer customer-1 has a trial account and may order new numbers only; ...
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
    """The cart has no such line. ``.line`` is what was asked for.

    >>> print(UnknownLine("line-9"))
    the cart has no line 'line-9'
    """

    def __init__(self, line: str) -> None:
        super().__init__(line)
        self.line = line

    def __str__(self) -> str:
        return f"the cart has no line {self.line!r}"


class NotARequest(CallerError):
    """A line that has its numbers, and so cannot be asked for another count of them. ``.line`` is which.

    >>> print(NotARequest("line-3"))
    line 'line-3' has its numbers: put numbers in or take some out
    """

    def __init__(self, line: str) -> None:
        super().__init__(line)
        self.line = line

    def __str__(self) -> str:
        return f"line {self.line!r} has its numbers: put numbers in or take some out"


class NoNumbersYet(CallerError):
    """A line that asks the carrier for numbers, and so has none that could be put in or taken out. ``.line`` is which.

    >>> print(NoNumbersYet("line-4"))
    line 'line-4' asks for numbers and has none: change its quantity
    """

    def __init__(self, line: str) -> None:
        super().__init__(line)
        self.line = line

    def __str__(self) -> str:
        return f"line {self.line!r} asks for numbers and has none: change its quantity"


class OtherCustomersCart(CallerError):
    """A line was to be moved to the cart of another customer. ``.cart`` and ``.customer`` say which, ``.owner`` whose
    the line is.

    >>> print(OtherCustomersCart("cart-2", "customer-2", "customer-1"))
    cart 'cart-2' is of customer 'customer-2', and the line of 'customer-1': lines move between carts of one customer
    """

    def __init__(self, cart: str, customer: str, owner: str) -> None:
        super().__init__(cart, customer, owner)
        self.cart = cart
        self.customer = customer
        self.owner = owner

    def __str__(self) -> str:
        return (
            f"cart {self.cart!r} is of customer {self.customer!r}, and the line of {self.owner!r}: "
            "lines move between carts of one customer"
        )


class AlreadyInCart(DecisionError):
    """Numbers that stand in another line of the cart. ``.numbers`` are those, as ranges.

    >>> print(AlreadyInCart((NumberRange("4152012300", "4152012309"),)))
    already in the cart: +14152012300..+14152012309
    """

    def __init__(self, numbers: tuple[NumberRange, ...]) -> None:
        super().__init__(numbers)
        self.numbers = numbers

    def __str__(self) -> str:
        return f"already in the cart: {', '.join(map(str, self.numbers))}"


class NotInCart(CallerError):
    """Numbers that were to be taken out of the cart and are not in it. ``.numbers`` are those, as ranges.

    >>> print(NotInCart((NumberRange("4152012300", "4152012309"),)))
    not in the cart: +14152012300..+14152012309
    """

    def __init__(self, numbers: tuple[NumberRange, ...]) -> None:
        super().__init__(numbers)
        self.numbers = numbers

    def __str__(self) -> str:
        return f"not in the cart: {', '.join(map(str, self.numbers))}"


class EmptyLine(CallerError):
    """A line without a single number would be added to the cart."""


@frozen(kw_only=True)
class Gone:
    """Numbers that somebody else has by now, and what would do instead of them (SPEC N4)."""

    numbers: tuple[NumberRange, ...]
    instead: tuple[Alternative, ...] = ()


@frozen(kw_only=True)
class Cart:
    """What a customer is about to order; see the lines.

    ``edition`` counts the changes of what is in it, ``revision`` those of how long it is kept as well; ``placed`` is
    the edition of which there is an open confirmation.

    >>> cart = Cart(id="cart-1", partner="north", customer="customer-1")
    >>> cart.new_numbers, cart.to_port
    (0, 0)
    """

    id: str
    partner: str
    customer: str
    lines: tuple[Line, ...] = ()
    placed: int | None = None
    edition: int = 0
    revision: int = 0

    @property
    def new_numbers(self) -> int:
        """How many new numbers the cart has, sourced ones included."""
        return sum(line.quantity for line in self.lines if not isinstance(line, PortLine))

    @property
    def to_port(self) -> int:
        """How many numbers are to be ported."""
        return sum(line.quantity for line in self.lines if isinstance(line, PortLine))

    @property
    def chosen(self) -> tuple[NumbersLine, ...]:
        """The lines of numbers from searches."""
        return tuple(line for line in self.lines if isinstance(line, NumbersLine))

    @property
    def blocks(self) -> tuple[NumberRange, ...]:
        """The blocks among its new numbers, each of which was chosen as one."""
        return tuple(block for line in self.chosen if line.block for block in line.numbers)

    @property
    def holds(self) -> tuple[CarrierHold, ...]:
        """The holds that keep the cart's numbers, or have kept them."""
        return tuple(hold for line in self.chosen for hold in line.holds)

    def line(self, line_id: str) -> Line:
        """The line with ``line_id``; raises :class:`UnknownLine`."""
        for line in self.lines:
            if line.id == line_id:
                return line
        raise UnknownLine(line_id)

    # --- editing (SPEC N5) ----------------------------------------------------------------------------------------

    def _with(self, lines: Iterable[Line]) -> Cart:
        return evolve(self, lines=tuple(lines), edition=self.edition + 1, revision=self.revision + 1)

    def must_be_new(self, numbers: Iterable[NumberRange]) -> None:
        """Raise :class:`AlreadyInCart` when some of ``numbers`` stand in a line."""
        held = (numbers for line in self.lines for numbers in numbers_of(line))
        if twice := tuple((NumberSet(numbers) & NumberSet(held)).ranges()):
            raise AlreadyInCart(twice)

    def with_line(self, line: Line, customer: Customer) -> Cart:
        """The cart with ``line`` at its end.

        Raises :class:`PortingNotOpen` for a port on a trial (SPEC E1), :class:`EmptyLine` for a line of nothing and
        :class:`AlreadyInCart` for numbers that another line has.
        """
        if isinstance(line, PortLine) and customer.account is AccountKind.TRIAL:
            raise PortingNotOpen(customer.id, customer.account)
        if line.quantity < 1:
            raise EmptyLine("a line of a cart needs at least one number")
        self.must_be_new(numbers_of(line))
        return self._with((*self.lines, line))

    def without_line(self, line_id: str) -> Cart:
        """The cart without that line; raises :class:`UnknownLine`."""
        gone = self.line(line_id)
        return self._with(line for line in self.lines if line is not gone)

    def with_numbers(
        self,
        line_id: str,
        numbers: Iterable[NumberRange | TelephoneNumber] | PasteReport,
        hold: CarrierHold | None = None,
    ) -> Cart:
        """The cart with more numbers in a line, and with the ``hold`` that keeps them, where there is a new one.

        Raises :class:`UnknownLine`, :class:`AlreadyInCart`, :class:`NoNumbersYet` for a line of a request, and
        :class:`~pstnkit.ordering.lines.NotABlock` for a block, which has the numbers that it has.
        """
        old, more = self.line(line_id), listed(numbers)
        if isinstance(old, SourcingLine):
            raise NoNumbersYet(line_id)
        self.must_be_new(more)
        new: Line = evolve(old, numbers=(*old.numbers, *more))
        if hold is not None and isinstance(new, NumbersLine):
            new = evolve(new, holds=(*new.holds, hold))
        return self._with(new if line is old else line for line in self.lines)

    def without_numbers(
        self,
        numbers: Iterable[NumberRange | TelephoneNumber] | PasteReport,
        limits: OrderPolicy = NO_LIMITS,
    ) -> Cart:
        """The cart without ``numbers``, in whichever lines they stand; a line of which nothing is left goes, too.

        Raises :class:`NotInCart`, and :class:`~pstnkit.ordering.policy.BlockNotSplit` for a part of a block where
        ``limits`` have it whole.

        >>> line = NumbersLine(id="line-1", numbers=[NumberRange("4152012300", "4152012309")])
        >>> cart = Cart(id="cart-1", partner="north", customer="customer-1", lines=(line,))
        >>> cart.without_numbers([TelephoneNumber("4152012304")]).lines[0].quantity
        9
        """
        going = NumberSet(listed(numbers))
        in_cart = NumberSet(numbers for line in self.lines for numbers in numbers_of(line))
        if strangers := tuple((going - in_cart).ranges()):
            raise NotInCart(strangers)
        limits.keep_whole(self.blocks, going)
        left = (line if isinstance(line, SourcingLine) else line.less(going) for line in self.lines)
        return self._with(line for line in left if line is not None)

    def with_quantity(self, line_id: str, quantity: int) -> Cart:
        """The cart with another quantity in a line that asks for numbers.

        Raises :class:`UnknownLine`, :class:`NotARequest` for a line that has its numbers, :class:`EmptyLine`, and
        :class:`~pstnkit.inventory.query.InvalidQuery` for what is no whole number.
        """
        old = self.line(line_id)
        if not isinstance(old, SourcingLine):
            raise NotARequest(line_id)
        new = evolve(old, quantity=quantity)
        if quantity < 1:
            raise EmptyLine("a line of a cart needs at least one number")
        return self._with(new if line is old else line for line in self.lines)

    def with_line_at(self, line_id: str, position: int) -> Cart:
        """The cart with a line moved, so that ``position`` lines stand before it; raises :class:`UnknownLine`."""
        moved = self.line(line_id)
        lines = [line for line in self.lines if line is not moved]
        lines.insert(max(position, 0), moved)
        return self._with(lines)

    # --- keeping its numbers --------------------------------------------------------------------------------------

    def with_holds(self, holds: Mapping[str, CarrierHold], gone: Mapping[str, Gone]) -> Cart:
        """The cart with other holds, by the references of those before, and with what is ``gone`` of each.

        What is in the cart is the same; a hold that it does not have is not heeded.
        """

        def kept(line: Line) -> Line:
            if not isinstance(line, NumbersLine):
                return line
            new = tuple(holds.get(hold.reference, hold) for hold in line.holds)
            lost = [gone[hold.reference] for hold in line.holds if hold.reference in gone]
            taken = NumberSet(line.gone) | NumberSet(numbers for one in lost for numbers in one.numbers)
            instead = tuple(alternative for one in lost for alternative in one.instead) or line.instead
            return evolve(line, holds=new, gone=(taken & NumberSet(line.numbers)).ranges(), instead=instead)

        return evolve(self, lines=tuple(map(kept, self.lines)), revision=self.revision + 1)

    def freed(self, holds: Mapping[str, CarrierHold]) -> Cart:
        """The cart with those holds that it has let go; a confirmation that it had is open no longer."""
        return evolve(self.with_holds(holds, {}), placed=None)

    def spare(self, numbers: NumberSet, policy: CartPolicy, now: datetime) -> Iterator[tuple[str, NumberSet]]:
        """Those of ``numbers`` that a line has had before and that are kept for it yet, line by line."""
        for line in self.chosen:
            kept = NumberSet(part for hold in line.holds if policy.keeps(hold, now) for part in hold.numbers)
            if not line.block and (again := kept & numbers):
                yield line.id, again

    def to_let_go(self, policy: CartPolicy, now: datetime) -> tuple[CarrierHold, ...]:
        """The holds that the cart lets go now: those whose time is over.

        Of a cart that was placed and not finished in time, all of them: a confirmation ends with the first of its
        holds, and frees the others.
        """
        kept = [hold for hold in self.holds if not hold.over]
        ended = [hold for hold in kept if not policy.keeps(hold, now)]
        return tuple(kept if ended and self.placed == self.edition else ended)

    def lapses(self, policy: CartPolicy) -> datetime | None:
        """The moment at which the first of its holds ends; None when it has none that is not over."""
        return min((policy.ends(hold) for hold in self.holds if not hold.over), default=None)
