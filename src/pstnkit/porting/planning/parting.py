"""Groups of numbers that may travel together, and the cuts between them, from the whole list down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from attrs import define, field

from pstnkit.catalog import sentence
from pstnkit.inventory.supply import RateCenter
from pstnkit.numbering.bits import LINES
from pstnkit.porting.planning.cautions import Caution, FactNotKnown
from pstnkit.porting.planning.cuts import Cut, CutPart, CutReason
from pstnkit.porting.planning.facts import PortFacts, PortField, PortType, center_in_words, fact_in_words
from pstnkit.porting.planning.packing import Piece
from pstnkit.porting.planning.rules import PortRules
from pstnkit.porting.planning.sameness import limit_reason, parted_by
from pstnkit.porting.planning.told import is_toll_free
from pstnkit.secret import Secret, SecretRef


@define(eq=False)
class Group:
    """Numbers that agree in everything that has to be the same, and the orders that they are packed into.

    ``ranges`` are ascending; ``facts`` what is known of the lowest, and ``different`` what is
    known of any, each value once.
    """

    key: tuple[object, ...]
    facts: PortFacts
    lowest: int
    different: dict[int, PortFacts] = field(factory=dict)
    ranges: list[Piece] = field(factory=list)
    quantity: int = 0
    most: int | None = None
    orders: list[list[Piece]] = field(factory=list)
    cut: Sequence[Piece] = ()

    def take(self, number: int) -> None:
        """Take in a number that is higher than those before."""
        self.quantity += 1
        if self.ranges:
            first, last = self.ranges[-1]
            if last + 1 == number and number % LINES:  # an exchange ends a range
                self.ranges[-1] = first, number
                return
        self.ranges.append((number, number))

    @property
    def toll_free(self) -> bool:
        """Whether its numbers are toll-free: it may be that only some are, where the rules keep them together."""
        return is_toll_free(self.lowest)


class CutLabel(StrEnum):
    """What a side of a cut is called where no name can be told."""

    TOLL_FREE = "toll_free"
    GEOGRAPHIC = "geographic"
    ACCOUNT_OF = "account_of"
    NOT_KNOWN = "not_known"


def parted(
    groups: Sequence[Group], rules: PortRules, positions: Mapping[int, int]
) -> tuple[list[Cut], list[Caution]]:
    """Why the groups are apart, cut by cut; and which are so only because a fact is not known. ``positions`` has the
    position of the order of each number."""
    cuts: list[Cut] = []
    cautions: list[Caution] = []
    reasons = parted_by(rules)

    def part(groups: Sequence[Group], level: int, within: tuple[str, ...]) -> None:
        if level == len(reasons) or len(groups) == 1:
            cuts.extend(_by_limit(groups, within))
            return
        sides: dict[object, list[Group]] = {}
        for group in groups:
            sides.setdefault(group.key[level], []).append(group)
        if len(sides) == 1:
            part(groups, level + 1, within)
            return
        labels = {key: _label(reasons[level], side[0]) for key, side in sides.items()}
        parts = [
            CutPart(
                labels[key],
                sum(group.quantity for group in side),
                sum(len(group.orders) for group in side),
            )
            for key, side in sides.items()
        ]
        cuts.append(Cut(by=CutReason(reasons[level]), parts=parts, within=within))
        if None in sides and reasons[level] != CutReason.TOLL_FREE:
            orders = sorted(positions[pieces[0][0]] for group in sides[None] for pieces in group.orders)
            cautions.append(FactNotKnown(orders=orders, fact=PortField(reasons[level])))
        for key, side in sides.items():
            part(side, level + 1, (*within, labels[key]))

    if groups:
        part(groups, 0, ())
    return cuts, cautions


def _by_limit(groups: Sequence[Group], within: tuple[str, ...]) -> Iterator[Cut]:
    for group in groups:
        if len(group.orders) > 1 and group.most is not None:
            sizes = [sum(last - first + 1 for first, last in order) for order in group.orders]
            yield Cut(
                by=limit_reason(group.quantity, len(sizes), group.most),
                parts=[CutPart("", size, 1) for size in sizes],
                within=within,
                most=group.most,
            )


def _label(reason: str, group: Group) -> str:
    """What one side of a cut is called. An account number is never told: its account is named by its lowest number."""
    if reason == CutReason.TOLL_FREE:
        return sentence(CutLabel.TOLL_FREE if group.key[0] else CutLabel.GEOGRAPHIC)
    match getattr(group.facts, reason):
        case None:
            return sentence(CutLabel.NOT_KNOWN, fact=fact_in_words(PortField(reason)))
        case SecretRef(id):
            return id
        case Secret():
            return sentence(CutLabel.ACCOUNT_OF, number=f"+1{group.lowest}")
        case PortType() as kind:
            return kind.value.replace("_", "-")
        case RateCenter() as center:
            return center_in_words(center)
        case value:
            return str(value)
