"""What to know about a plan of ports before its orders are placed: above all, what stays behind on an account."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any, ClassVar

from attrs import field, frozen

from pstnkit.catalog import sentence
from pstnkit.numbering.ranges import NumberRange
from pstnkit.numbering.telephone import TelephoneNumber
from pstnkit.porting.planning.facts import PortField, fact_in_words
from pstnkit.porting.planning.obstacles import listed, named
from pstnkit.porting.planning.portability import WhyNotKnown


class CautionKind(StrEnum):
    """What a plan may warn of.

    >>> CautionKind("partial_port")
    <CautionKind.PARTIAL_PORT: 'partial_port'>
    """

    PARTIAL_PORT = "partial_port"
    NEW_BTN_NEEDED = "new_btn_needed"
    NEW_BTN_LEAVES = "new_btn_leaves"
    STAYING_NOT_TOLD = "staying_not_told"
    MORE_THAN_ITS_LINES = "more_than_its_lines"
    SEVERAL_ORDERS = "several_orders"
    RANGE_CUT = "range_cut"
    FACT_NOT_KNOWN = "fact_not_known"
    CARRIER_DIFFERS = "carrier_differs"
    PORTABILITY_NOT_KNOWN = "portability_not_known"


def _positions(orders: Iterable[int]) -> tuple[int, ...]:
    return tuple(orders)


class CautionVariant(StrEnum):
    """Other sentences about some kinds, by what is known."""

    PARTIAL_PORT_UNNAMED = "partial_port_unnamed"
    PARTIAL_PORT_AND_MORE = "partial_port_and_more"
    SEVERAL_ORDERS_WITH_BTN = "several_orders_with_btn"


_LISTED = 6
"""How many orders a sentence names."""


@frozen(kw_only=True)
class Caution:
    """One caution, about the planned ``orders`` by their positions; ``str`` of it is its sentence.

    >>> print(NewBtnNeeded(orders=(2,), btn=TelephoneNumber("4152012000")))
    order 2: the BTN +14152012000 leaves while numbers stay: name a new BTN for them
    """

    orders: tuple[int, ...] = field(converter=_positions)
    kind: ClassVar[CautionKind]

    @property
    def figures(self) -> dict[str, Any]:
        """What the sentence is made from, by name."""
        raise NotImplementedError

    @property
    def _sentence(self) -> StrEnum:
        return self.kind

    def __str__(self) -> str:
        listed = ", ".join(f"{position:,}" for position in self.orders[:_LISTED])
        more = " ..." if len(self.orders) > _LISTED else ""
        told = sentence(self._sentence, **self.figures)
        return sentence(Caution, count=len(self.orders), orders=f"{listed}{more}", told=told)


@frozen(kw_only=True)
class PartialPort(Caution):
    """Numbers stay on the account: ``staying`` are those that are known, ``unnamed`` says how many more there are.

    >>> print(PartialPort(orders=(1,), staying=(NumberRange("4152012000", "4152012001"),), unnamed=3))
    order 1: a partial port: 2 numbers (+14152012000..+14152012001) stay on the account, and 3 more
    """

    staying: tuple[NumberRange, ...]
    unnamed: int
    kind = CautionKind.PARTIAL_PORT

    @property
    def figures(self) -> dict[str, Any]:
        """What the sentence is made from, by name."""
        count = sum(map(len, self.staying))
        return {"count": count, "which": listed(self.staying), "unnamed": self.unnamed}

    @property
    def _sentence(self) -> StrEnum:
        if not self.staying:
            return CautionVariant.PARTIAL_PORT_UNNAMED
        return CautionVariant.PARTIAL_PORT_AND_MORE if self.unnamed else self.kind


@frozen(kw_only=True)
class NewBtnNeeded(Caution):
    """The BTN leaves while numbers stay, and no new one is named."""

    btn: TelephoneNumber
    kind = CautionKind.NEW_BTN_NEEDED

    @property
    def figures(self) -> dict[str, Any]:
        """What the sentence is made from, by name."""
        return {"btn": self.btn}


@frozen(kw_only=True)
class NewBtnLeaves(Caution):
    """The number that is named as the new BTN of what stays does not stay itself.

    >>> print(NewBtnLeaves(orders=(1,), new_btn=TelephoneNumber("4152012000")))
    order 1: +14152012000 cannot be the new BTN: it is ported as well
    """

    new_btn: TelephoneNumber
    kind = CautionKind.NEW_BTN_LEAVES

    @property
    def figures(self) -> dict[str, Any]:
        """What the sentence is made from, by name."""
        return {"new_btn": self.new_btn}


@frozen(kw_only=True)
class StayingNotTold(Caution):
    """Whether anything stays on the accounts of these orders has not been told.

    >>> print(StayingNotTold(orders=(1,)))
    order 1: say what else is on the account, or how many lines it has: if any stay, it is a partial port
    """

    kind = CautionKind.STAYING_NOT_TOLD

    @property
    def figures(self) -> dict[str, Any]:
        """What the sentence is made from, by name."""
        return {}


@frozen(kw_only=True)
class MoreThanItsLines(Caution):
    """More numbers of the account are known than it is said to have lines.

    >>> print(MoreThanItsLines(orders=(1,), lines=3, named=5))
    order 1: the account is said to have 3 lines, and 5 of its numbers are named
    """

    lines: int
    named: int
    kind = CautionKind.MORE_THAN_ITS_LINES

    @property
    def figures(self) -> dict[str, Any]:
        """What the sentence is made from, by name."""
        return {"lines": self.lines, "named": self.named}


@frozen(kw_only=True)
class SeveralOrders(Caution):
    """The account leaves in several orders; its BTN leaves in the order ``last``, None if it does not.

    Until the last one is through, each of the others is a partial port.

    >>> print(SeveralOrders(orders=(1, 2), last=2))
    orders 1, 2: one account leaves in 2 orders: order 2 has its BTN and is to go last, or on the same day as the others
    """

    last: int | None
    kind = CautionKind.SEVERAL_ORDERS

    @property
    def figures(self) -> dict[str, Any]:
        """What the sentence is made from, by name."""
        return {"count": len(self.orders), "last": self.last or 0}

    @property
    def _sentence(self) -> StrEnum:
        return CautionVariant.SEVERAL_ORDERS_WITH_BTN if self.last else self.kind


@frozen(kw_only=True)
class RangeCut(Caution):
    """A range of consecutive numbers is cut by the limit of an order.

    >>> print(RangeCut(orders=(1, 2), cut=NumberRange("4152012000", "4152012099")))
    orders 1, 2: the range +14152012000..+14152012099 is cut
    """

    cut: NumberRange
    kind = CautionKind.RANGE_CUT

    @property
    def figures(self) -> dict[str, Any]:
        """What the sentence is made from, by name."""
        return {"cut": self.cut}


@frozen(kw_only=True)
class FactNotKnown(Caution):
    """Numbers are apart from others only because a fact about them is not known.

    >>> print(FactNotKnown(orders=(2,), fact=PortField.SIGNER))
    order 2: apart from others only because the signer is not known
    """

    fact: PortField
    kind = CautionKind.FACT_NOT_KNOWN

    @property
    def figures(self) -> dict[str, Any]:
        """What the sentence is made from, by name."""
        return {"fact": fact_in_words(self.fact)}


@frozen(kw_only=True)
class CarrierDiffers(Caution):
    """The portability check names another losing carrier than what was ``said``; the check counts.

    >>> number = NumberRange("4152012000", "4152012000")
    >>> print(CarrierDiffers(orders=(1,), numbers=(number,), said="Old Bell", told="Pac Tel"))
    order 1: 1 number (+14152012000): said to be with Old Bell, and by the portability check with Pac Tel, which counts
    """

    numbers: tuple[NumberRange, ...]
    said: str
    told: str
    kind = CautionKind.CARRIER_DIFFERS

    @property
    def figures(self) -> dict[str, Any]:
        """What the sentence is made from, by name."""
        return {"numbers": named(self.numbers), "said": self.said, "told": self.told}


@frozen(kw_only=True)
class PortabilityNotKnown(Caution):
    """Whether these numbers can be ported is not known, which is not "no": they are planned.

    >>> number = NumberRange("4152012000", "4152012000")
    >>> print(PortabilityNotKnown(orders=(1,), numbers=(number,), why=WhyNotKnown.NO_ANSWER))
    order 1: 1 number (+14152012000): not known whether it can be ported: the carrier was asked and did not answer
    """

    numbers: tuple[NumberRange, ...]
    why: WhyNotKnown
    kind = CautionKind.PORTABILITY_NOT_KNOWN

    @property
    def figures(self) -> dict[str, Any]:
        """What the sentence is made from, by name."""
        count = sum(map(len, self.numbers))
        return {"numbers": named(self.numbers), "count": count, "why": sentence(self.why, text="")}
