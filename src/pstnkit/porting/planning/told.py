"""What is known of each number of a list, put together from everybody who has said something about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import define, field

from pstnkit.inventory.exchanges import Exchanges
from pstnkit.inventory.supply import RateCenter
from pstnkit.numbering.bits import LINES, lines
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.paste import PasteReport
from pstnkit.numbering.ranges import NumberRange
from pstnkit.numbering.shape import TOLL_FREE
from pstnkit.numbering.telephone import TelephoneNumber
from pstnkit.porting.planning.facts import PortFacts
from pstnkit.porting.planning.portability import NotPortable, Portability, PortabilityUnknown, Portable

Numbers = Iterable[TelephoneNumber | NumberRange] | PasteReport
"""Numbers and ranges, mixed, or the valid numbers of a report."""
KnownFacts = PortFacts | Mapping[Any, PortFacts] | Iterable[tuple[Any, PortFacts]]
"""What is known of every number of a list, or of some: of a number, a range, or :data:`Numbers`. Where two speak of one
number, the later one refines."""

NOTHING = PortFacts()
_THE_CHECK_COUNTS = ("losing_carrier", "port_type", "rate_center")
"""What the network knows better than a bill: a port goes where it says, however the customer calls it."""


def set_of(numbers: Any, what: str) -> NumberSet:
    """Numbers in whatever form they come; :class:`TypeError` that says ``what`` they were for."""
    if isinstance(numbers, TelephoneNumber):
        return NumberSet([numbers])
    if isinstance(numbers, NumberRange):
        # A range is a sequence of its numbers, too; as one item it is quicker.
        return NumberSet([numbers])
    if not isinstance(numbers, Iterable) or isinstance(numbers, str | bytes | bytearray | memoryview):
        raise TypeError(f"{what}: expected numbers, ranges or a report, not {type(numbers).__name__}")
    try:
        return NumberSet(numbers.numbers if isinstance(numbers, PasteReport) else numbers)
    except TypeError as error:
        raise TypeError(f"{what}: {error}") from error


def digits_of(numbers: NumberSet) -> Iterator[int]:
    """The ten digits of each number, ascending."""
    for code, bitmap in numbers._items():
        yield from map((code * LINES).__add__, lines(bitmap))


def is_toll_free(number: int) -> bool:
    """Whether ten digits are those of a toll-free number."""
    return number // 10_000_000 in TOLL_FREE


@define
class Told:
    """What was said of numbers, by whom. ``everywhere`` is known of all that are listed, ``each`` of some numbers,
    listed or not; ``checked`` is what a portability check told, ``refused`` and ``unknown`` its other answers."""

    exchanges: Exchanges | None = None
    everywhere: PortFacts = NOTHING
    each: dict[int, PortFacts] = field(factory=dict)
    checked: dict[int, PortFacts] = field(factory=dict)
    refused: dict[int, NotPortable] = field(factory=dict)
    unknown: dict[int, PortabilityUnknown] = field(factory=dict)
    _same: dict[PortFacts, PortFacts] = field(factory=dict)
    _refined: dict[tuple[int, int], PortFacts] = field(factory=dict)
    _counts: dict[int, PortFacts] = field(factory=dict)

    def take_known(self, known: KnownFacts) -> None:
        """Take in what the user knows; raises :class:`TypeError` for what is no such thing."""
        if isinstance(known, PortFacts):
            self.everywhere = self._one(known)
            return
        pairs: Iterable[Any] = known.items() if isinstance(known, Mapping) else known
        for pair in pairs:
            if not (isinstance(pair, tuple) and len(pair) == 2 and isinstance(pair[1], PortFacts)):
                raise TypeError(f"known: expected numbers and their PortFacts, not {type(pair).__name__}")
            numbers, facts = pair[0], self._one(pair[1])
            digits = (
                (int(numbers),)
                if isinstance(numbers, TelephoneNumber)
                else digits_of(set_of(numbers, "known"))
            )
            for number in digits:
                before = self.each.get(number)
                self.each[number] = facts if before is None else self._refine(before, facts)

    def take_answers(self, answers: Iterable[Portability]) -> None:
        """Take in what a portability check answered; the last answer about a number counts."""
        for answer in answers:
            if not isinstance(answer, Portable | NotPortable | PortabilityUnknown):
                raise TypeError(
                    f"answers: expected what a portability check says, not {type(answer).__name__}"
                )
            number = int(answer.number)
            for others in (self.checked, self.refused, self.unknown):
                others.pop(number, None)
            if isinstance(answer, PortabilityUnknown):
                self.unknown[number] = answer
                continue
            self.checked[number] = self._one(answer.facts)
            if isinstance(answer, NotPortable):
                self.refused[number] = answer

    def of(self, number: int, *, is_listed: bool = True) -> PortFacts:
        """All that is known of a number, one value for all numbers of which the same is known."""
        facts = self._place(number)
        checked = self.checked.get(number)
        if checked is not None:
            facts = self._refine(facts, checked)
        facts = self._refine(facts, self.said(number, is_listed=is_listed))
        if checked is not None:
            counts = self._counts.get(id(checked))
            if counts is None:
                counts = self._counts[id(checked)] = self._one(checked.only(_THE_CHECK_COUNTS))
            facts = self._refine(facts, counts)
        return facts

    def said(self, number: int, *, is_listed: bool = True) -> PortFacts:
        """What the user knows of a number."""
        facts = self.everywhere if is_listed else NOTHING
        each = self.each.get(number)
        return facts if each is None else self._refine(facts, each)

    def _place(self, number: int) -> PortFacts:
        """The rate center by the table of exchanges."""
        if self.exchanges is None or is_toll_free(number):
            return NOTHING
        found = self.exchanges.get(TelephoneNumber._of(number))
        if found is None or found.rate_center is None:
            return NOTHING
        return self._one(PortFacts(rate_center=RateCenter(found.state, found.rate_center)))

    def _one(self, facts: PortFacts) -> PortFacts:
        """Facts that are equal, as one object: what is done with them is done once."""
        return self._same.setdefault(facts, facts)

    def _refine(self, facts: PortFacts, finer: PortFacts) -> PortFacts:
        if finer is NOTHING or finer is facts:
            return facts
        if facts is NOTHING:
            return finer
        key = (id(facts), id(finer))
        found = self._refined.get(key)
        if found is None:
            found = self._refined[key] = self._one(facts.refined(finer))
        return found
