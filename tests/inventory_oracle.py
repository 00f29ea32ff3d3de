"""A search that is slow and obviously right: one number at a time, by the words of the contract."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby, permutations
from types import SimpleNamespace
from typing import Any

from hypothesis import strategies as st

from pstnkit.inventory.query import SearchQuery
from pstnkit.numbering.ranges import NumberRange

Query = SearchQuery | SimpleNamespace
"""A query, or the fields of one that need not be possible: see :func:`asked`."""

STATES = {
    "415": {"US-CA"},
    "628": {"US-CA"},
    "510": {"US-CA"},
    "775": {"US-NV"},
    "212": {"US-NY"},
    "902": {"CA-NS", "CA-PE"},
    "800": set[str](),
}
"""The area codes of the little worlds in which searches are tried, and where the plan has them."""

COUNTRIES = {"415": "US", "628": "US", "510": "US", "775": "US", "212": "US", "902": "CA", "800": None}

EXCHANGES = ("415555", "415200", "628555", "212234", "902555", "800555")

KEYPAD = {
    letter: str(2 + key)
    for key, on in enumerate(["ABC", "DEF", "GHI", "JKL", "MNO", "PQRS", "TUV", "WXYZ"])
    for letter in on
}


def asked(chosen: Mapping[str, object]) -> SimpleNamespace:
    """The fields of a query as they are meant, whether or not the query can be made."""
    fields: dict[str, Any] = dict.fromkeys(
        ("state", "country", "npa", "nxx", "starts_with", "contains", "ends_with", "line_numbers", "exclude")
    )
    fields |= {"quantity": 1, "consecutive": False, "block": False, **chosen}
    fields["state"] = {"CA": "US-CA", "NY": "US-NY", "NS": "CA-NS", "PE": "CA-PE"}.get(
        fields["state"], fields["state"]
    )
    for name in ("starts_with", "contains", "ends_with"):
        if fields[name] is not None:
            fields[name] = "".join(KEYPAD.get(symbol.upper(), symbol) for symbol in fields[name])
    return SimpleNamespace(**fields)


def matches(query: Query, digits: int) -> bool:
    """Whether one number passes all filters."""
    text = str(digits)
    npa, nxx, line = text[:3], text[3:6], text[6:]
    return (
        (query.state is None or query.state in STATES[npa])
        and (query.country is None or query.country == COUNTRIES[npa])
        and query.npa in {None, npa}
        and query.nxx in {None, nxx}
        and (query.starts_with is None or _like(query.starts_with, text[: len(query.starts_with)]))
        and (query.ends_with is None or _like(query.ends_with, text[-len(query.ends_with) :]))
        and (query.contains is None or _somewhere(query.contains, text))
        and (query.line_numbers is None or line.endswith(tuple(query.line_numbers)))
        and not any(digits in range(int(r.first), int(r.last) + 1) for r in query.exclude or ())
    )


def _like(pattern: str, text: str) -> bool:
    return all(symbol in {"?", digit} for symbol, digit in zip(pattern, text, strict=True))


def _somewhere(pattern: str, text: str) -> bool:
    return any(_like(pattern, text[at : at + len(pattern)]) for at in range(len(text) - len(pattern) + 1))


def passing(query: Query, free: Iterable[int]) -> list[int]:
    """The numbers that pass all filters, lowest first."""
    return sorted(digits for digits in free if matches(query, digits))


def maximal_runs(digits: Iterable[int]) -> list[tuple[int, int]]:
    """First and last number of each run, never across exchanges."""
    runs: list[tuple[int, int]] = []
    for number in sorted(digits):
        if runs and number == runs[-1][1] + 1 and number % 10_000:
            runs[-1] = runs[-1][0], number
        else:
            runs.append((number, number))
    return runs


def all_options(query: Query, free: Iterable[int]) -> list[tuple[int, int]]:
    """Every option as first and last number, in the order of the contract, no limit."""
    found = passing(query, free)
    size = query.quantity
    if query.block:
        present = set(found)
        starts = [n for n in found if n % 10_000 % size == 0]
        return [(n, n + size - 1) for n in starts if present.issuperset(range(n, n + size))]
    if query.consecutive:
        options = []
        for first, last in maximal_runs(found):
            while last - first + 1 >= size:
                options.append((first, first + size - 1))
                first += size
        return options
    endings = query.line_numbers
    if endings is not None:
        by_exchange = [list(numbers) for _, numbers in groupby(found, key=lambda n: n // 10_000)]
        by_exchange.sort(key=lambda numbers: -most_served(endings, numbers))
        found = [number for numbers in by_exchange for number in numbers]
    return [(n, n) for n in found]


def most_served(endings: Iterable[str], numbers: list[int]) -> int:
    """The most endings that can have a number of their own: every order of choosing is tried."""
    best = 0
    for order in permutations(endings):
        left, served = sorted(numbers), 0
        for ending in order:
            choice = next((number for number in left if f"{number:010}".endswith(ending)), None)
            if choice is not None:
                left.remove(choice)
                served += 1
        best = max(best, served)
    return best


def is_satisfied(query: Query, free: Iterable[int]) -> bool:
    """Whether there is what was asked for."""
    if query.block or query.consecutive:
        return bool(all_options(query, free))
    return len(passing(query, free)) >= query.quantity


def pairs(ranges: Iterable[NumberRange]) -> list[tuple[int, int]]:
    """Ranges as first and last number."""
    return [(int(r.first), int(r.last)) for r in ranges]


@st.composite
def free_numbers(draw: st.DrawFn) -> set[int]:
    """Some numbers of the little world: stretches, with holes in them."""
    free: set[int] = set()
    for _ in range(draw(st.integers(0, 6))):
        first = int(draw(st.sampled_from(EXCHANGES))) * 10_000 + draw(
            st.integers(0, 60) | st.integers(9940, 9999) | st.integers(4990, 5010)
        )
        last = min(first + draw(st.integers(0, 45)), first // 10_000 * 10_000 + 9999)
        free.update(range(first, last + 1))
    for _ in range(draw(st.integers(0, 4))):
        if free:
            free.discard(draw(st.sampled_from(sorted(free))))
    return free


def _patterns(longest: int) -> st.SearchStrategy[str]:
    return st.text("0123459?", min_size=1, max_size=longest)


@st.composite
def fields(draw: st.DrawFn) -> dict[str, object]:
    """Fields of a query about the little world; they may contradict each other."""
    chosen: dict[str, object] = {
        "quantity": draw(st.sampled_from([1, 1, 2, 3, 5, 10, 20])),
        "limit": draw(st.sampled_from([1, 2, 7, 25, 1000])),
    }
    form = draw(st.sampled_from(["numbers", "run", "block"]))
    if form == "block":
        chosen["block"] = True
        chosen["quantity"] = draw(st.sampled_from([5, 10, 20]))
    elif form == "run":
        chosen["consecutive"] = True
    optional: dict[str, st.SearchStrategy[object]] = {
        "state": st.sampled_from(["CA", "US-CA", "NY", "NS", "PE"]),
        "country": st.sampled_from(["US", "CA"]),
        "npa": st.sampled_from([*STATES]),
        "nxx": st.sampled_from(["555", "200", "234"]),
        "starts_with": st.sampled_from(["4", "41?", "??8", "415555", "?1", "4155550", "g1j"]) | _patterns(4),
        "contains": _patterns(3) | st.sampled_from(["550", "5500", "5?00", "4155550", "000000", "JK0", "kl"]),
        "ends_with": _patterns(3) | st.sampled_from(["0A", "1j?"]),
        "line_numbers": st.lists(
            st.text("0123", min_size=1, max_size=4), min_size=1, max_size=4, unique=True
        ),
        "exclude": st.builds(
            lambda exchange, line, more: [NumberRange(f"{exchange}{line:04}", f"{exchange}{line + more:04}")],
            st.sampled_from(EXCHANGES),
            st.integers(0, 60),
            st.integers(0, 20),
        ),
    }
    for name in draw(st.sets(st.sampled_from([*optional]), max_size=4)):
        chosen[name] = draw(optional[name])
    return chosen
