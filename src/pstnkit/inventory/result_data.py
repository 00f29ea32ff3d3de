"""The answer to a search as plain data, for programs that are not written in Python."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pstnkit.inventory.result import SearchResult
    from pstnkit.numbering.ranges import NumberRange


def result_data(result: SearchResult) -> dict[str, Any]:
    """What JSON holds: an option, and a range of an alternative, as its first and its last number (E.164).

    >>> from pstnkit.inventory.inventory import Inventory
    >>> from pstnkit.inventory.query import SearchQuery
    >>> from pstnkit.numbering.ranges import NumberRange
    >>> free = Inventory([NumberRange("4155550100", "4155550129")])
    >>> result_data(free.search(SearchQuery(quantity=20, consecutive=True)))["options"]
    [['+14155550100', '+14155550119']]
    """
    return {
        "options": [_ends(option) for option in result.options],
        "available": result.available,
        "satisfied": result.satisfied,
        "alternatives": [
            {
                "kind": alternative.kind.value,
                "ranges": [_ends(stretch) for stretch in alternative.ranges],
                "explanation": alternative.explanation,
            }
            for alternative in result.alternatives
        ],
    }


def _ends(stretch: NumberRange) -> list[str]:
    return [str(stretch.first), str(stretch.last)]
