"""Which numbers of a list can port at all: what they are, whose they are, and what the carrier has said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from pstnkit.catalog import sentence
from pstnkit.numbering.area_code import AreaCode, AreaCodeStatus
from pstnkit.numbering.bits import runs, span
from pstnkit.numbering.classification import NumberKind, rules_of_exchange
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.paste import PasteReport
from pstnkit.numbering.plan import NumberingPlan
from pstnkit.numbering.ranges import NumberRange
from pstnkit.numbering.reasons import Reason
from pstnkit.numbering.telephone import TelephoneNumber
from pstnkit.porting.planning.obstacles import CannotPort, Obstacle
from pstnkit.porting.planning.portability import NotPortable, NotPortableReason
from pstnkit.porting.planning.told import Numbers, set_of

PORTED_IN = frozenset({"US", "PR", "VI", "GU", "AS", "MP", "CA"})
"""Where numbers are ported among all carriers by one administration, the NPAC: the United States with its territories,
and Canada (47 CFR 52 subpart C; CRTC). Other countries of the plan have arrangements of their own."""
_MAY_PORT = (NumberKind.ORDINARY, NumberKind.TOLL_FREE)
_OPEN = (AreaCodeStatus.IN_SERVICE, AreaCodeStatus.UNCONFIRMED)


def unreadable(report: PasteReport) -> Iterator[CannotPort]:
    """The entries of a report that give no number."""
    for entry in report.invalid:
        yield CannotPort(reason=Obstacle.UNREADABLE, text=entry.text, why=entry.explanation or "")


def screened(
    listed: NumberSet,
    *,
    owned: Iterable[tuple[str, NumberSet]],
    active: Iterable[tuple[str, NumberSet]],
    refused: Mapping[int, NotPortable],
    plan: NumberingPlan,
    on: date | None,
) -> tuple[NumberSet, list[CannotPort]]:
    """Those of ``listed`` that nothing stands in the way of, and for all others everything that does."""
    cannot = [
        CannotPort(reason=reason, numbers=_ranges(numbers), why=why)
        for (reason, why), numbers in _by_kind(listed, plan, on).items()
    ]
    for reason, held in ((Obstacle.ALREADY_OWNED, owned), (Obstacle.IN_ACTIVE_ORDER, active)):
        for holder, numbers in held:
            if numbers & listed:
                cannot.append(CannotPort(reason=reason, numbers=_ranges(numbers & listed), holder=holder))
    turned_down: dict[tuple[NotPortableReason, str], NumberSet] = {}
    for digits, answer in refused.items():
        number = TelephoneNumber._of(digits)
        if number in listed:
            turned_down.setdefault((answer.reason, str(answer)), NumberSet()).add(number)
    for (_, why), numbers in sorted(turned_down.items(), key=lambda item: (item[0], next(iter(item[1])))):
        cannot.append(CannotPort(reason=Obstacle.NOT_PORTABLE, numbers=_ranges(numbers), why=why))
    return listed.difference(*(obstacle.numbers for obstacle in cannot)), cannot


def by_holder(held: Mapping[str, Numbers] | Numbers, what: str) -> list[tuple[str, NumberSet]]:
    """Numbers by the name of who has them, where one is told; ``what`` they are is named when they are none."""
    if isinstance(held, Mapping):
        return [(holder, set_of(numbers, f"{what}: {holder}")) for holder, numbers in held.items()]
    return [("", set_of(held, what))]


def _ranges(numbers: NumberSet) -> tuple[NumberRange, ...]:
    return tuple(numbers.ranges())


def _by_kind(
    listed: NumberSet, plan: NumberingPlan, on: date | None
) -> dict[tuple[Obstacle, str], NumberSet]:
    """The numbers that are no lines of subscribers where numbers are ported, by what they are instead."""
    found: dict[tuple[Obstacle, str], NumberSet] = {}
    codes: dict[int, AreaCode] = {}
    for code, lines in listed._items():
        npa, nxx = divmod(code, 1000)
        area = codes.get(npa)
        if area is None:
            area = codes[npa] = plan.area_code(str(npa), on)
        for stretch in rules_of_exchange(area, nxx):
            here = lines & span(stretch.first, stretch.last)
            if not here:
                continue
            if area.status not in _OPEN:
                why = sentence(Reason.AREA_CODE_NOT_IN_SERVICE, npa=area.npa)
                key = Obstacle.AREA_CODE_NOT_IN_SERVICE, why
            elif stretch.rule.kind not in _MAY_PORT:
                key = Obstacle.NOT_A_LINE, sentence(stretch.rule, npa=area.npa, nxx=f"{nxx:03}")
            elif area.country is not None and area.country not in PORTED_IN:
                key = Obstacle.ELSEWHERE, area.country
            else:
                continue
            there = found.setdefault(key, NumberSet())
            there.update(
                NumberRange._of(code * 10_000 + first, code * 10_000 + last) for first, last in runs(here)
            )
    return found
