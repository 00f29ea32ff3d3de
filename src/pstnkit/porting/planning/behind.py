"""What stays on an account when some of its numbers leave: partial ports, and the BTN (DOMAIN 4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from functools import cached_property

from attrs import define, field

from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.ranges import NumberRange
from pstnkit.numbering.telephone import TelephoneNumber
from pstnkit.porting.planning.cautions import (
    Caution,
    MoreThanItsLines,
    NewBtnLeaves,
    NewBtnNeeded,
    PartialPort,
    SeveralOrders,
)
from pstnkit.porting.planning.facts import PortFacts, PortField, comparison, folded

_key = comparison([PortField.LOSING_CARRIER, PortField.ACCOUNT_NUMBER])

AccountKey = tuple[object, ...]


@define
class Account:
    """An account that numbers leave: in which orders, with what is known of it, and what stays."""

    facts: Mapping[int, PortFacts]
    """What is known of its numbers, each value once."""
    orders: list[int] = field(factory=list)
    """The positions of its orders, ascending."""
    leaving: int = 0
    """How many numbers leave."""
    staying: Set[int] = frozenset()
    """The ten digits of what is known to stay."""
    with_btn: int | None = None
    """The order that has the BTN."""

    @property
    def named(self) -> int:
        """How many of its numbers are known."""
        return self.leaving + len(self.staying)

    @cached_property
    def lines(self) -> int | None:
        """How many lines it is said to have."""
        lines = self.told("lines")
        return lines if isinstance(lines, int) else None

    @property
    def unnamed(self) -> int:
        """How many more numbers stay, going by how many lines the account is said to have."""
        return 0 if self.lines is None else max(0, self.lines - self.named)

    @property
    def asks(self) -> bool:
        """Whether nobody has told what stays, if anything does."""
        return self.lines is None and not self.staying

    @property
    def stays(self) -> tuple[NumberRange, ...]:
        """What is known to stay."""
        return ranges_of(self.staying) if self.staying else ()

    def told(self, name: str) -> object:
        """What is told of the account, if all who say something say the same."""
        told = {value for facts in self.facts.values() if (value := getattr(facts, name)) is not None}
        return told.pop() if len(told) == 1 else None

    def cautions(self, positions: Mapping[int, int]) -> Iterator[Caution]:
        """What to mind about the account; ``positions`` has the number of the order of whatever leaves."""
        orders = tuple(self.orders)
        lines, unnamed = self.lines, self.unnamed
        if self.staying or unnamed:
            yield PartialPort(orders=orders, staying=self.stays, unnamed=unnamed)
            yield from self._btn(positions)
        if lines is not None and lines < self.named:
            yield MoreThanItsLines(orders=orders, lines=lines, named=self.named)
        if len(orders) > 1:
            yield SeveralOrders(orders=orders, last=self.with_btn)

    def _btn(self, positions: Mapping[int, int]) -> Iterator[Caution]:
        btn, new_btn = self.told("btn"), self.told("new_btn")
        if isinstance(new_btn, TelephoneNumber):
            if int(new_btn) in positions:
                yield NewBtnLeaves(orders=tuple(self.orders), new_btn=new_btn)
        elif self.with_btn is not None and isinstance(btn, TelephoneNumber):
            yield NewBtnNeeded(orders=(self.with_btn,), btn=btn)


NOBODYS = Account({})
"""The account of numbers of which it is not known, and of toll-free ones, which have a RespOrg instead."""


def ranges_of(numbers: Iterable[int]) -> tuple[NumberRange, ...]:
    """Numbers by their ten digits, as ranges."""
    return tuple(NumberSet.from_integers(numbers).ranges())


class Accounts:
    """Which account facts speak of: by its number, and where that is not known by its BTN.

    >>> accounts = Accounts([PortFacts(losing_carrier="Old Bell", btn=TelephoneNumber("4152012000"))])
    >>> accounts.of(PortFacts(losing_carrier="OLD BELL", btn=TelephoneNumber("4152012000"))) is not None
    True
    >>> accounts.of(PortFacts(losing_carrier="Old Bell")) is None
    True
    """

    def __init__(self, known: Iterable[PortFacts]) -> None:
        self._by_btn: dict[AccountKey, AccountKey] = {}
        facts = list(known)
        by_number = list(map(_by_number, facts))
        for one, key in zip(facts, by_number, strict=True):
            if key is not None and one.btn is not None:
                self._by_btn.setdefault((key[0], one.btn), key)
        # By the objects themselves, which the caller keeps: to compare facts by value would take longer than the rest.
        self._known = {id(one): key for one, key in zip(facts, by_number, strict=True) if key is not None}

    def of(self, facts: PortFacts) -> AccountKey | None:
        """The account, by what it is told from others; None if it is not known."""
        key = self._known.get(id(facts)) or _by_number(facts)
        if key is not None or facts.losing_carrier is None or facts.btn is None:
            return key
        by_btn = folded(facts.losing_carrier), facts.btn
        return self._by_btn.get(by_btn, by_btn)


def _by_number(facts: PortFacts) -> AccountKey | None:
    carrier, number = _key(facts)
    return None if carrier is None or number is None else (carrier, number)
