"""What is asked of an inventory: one immutable value, checked in full when it is made (SPEC N1 to N3).

Nothing is ever ignored: a filter that is unknown, malformed, at odds with another, or that no number could
pass is an :class:`InvalidQuery`, and its message says which field and why. What needs a plan or a table of
places to be judged (does area code 212 serve California?) is judged in the search, with the same error.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NoReturn, final

from pstnkit.errors import CallerError
from pstnkit.inventory.patterns import ANY, DIGITS, at, meet, symbols
from pstnkit.inventory.possible import (
    area_codes_like,
    block_possible,
    exchange_exists,
    longest_possible,
    most_lines,
)
from pstnkit.inventory.regions import countries_of, subdivision
from pstnkit.numbering.bits import LINES
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.reasons import quoted

if TYPE_CHECKING:
    from typing import Never

    from pstnkit.numbering.ranges import NumberRange
    from pstnkit.numbering.telephone import TelephoneNumber

__all__ = ["InvalidQuery", "SearchQuery", "UnknownFilter"]


class InvalidQuery(CallerError):
    """A search that cannot be meant as it stands: ``field`` is the filter at fault, ``problem`` what is
    wrong.

    >>> try:
    ...     SearchQuery(quantity=0)
    ... except InvalidQuery as error:
    ...     print(error.field, "|", error)
    quantity | quantity: 0 is not a count of numbers, from 1 on
    """

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(field, problem)
        self.field = field
        self.problem = problem

    def __str__(self) -> str:
        return f"{self.field}: {self.problem}"


class UnknownFilter(InvalidQuery, TypeError):
    """A filter that a :class:`SearchQuery` does not have; a :class:`TypeError` too, like any unknown
    argument."""


FIELDS = (
    "state",
    "country",
    "npa",
    "nxx",
    "city",
    "rate_center",
    "quantity",
    "consecutive",
    "block",
    "starts_with",
    "contains",
    "ends_with",
    "line_numbers",
    "exclude",
    "limit",
    "after",
)
"""The filters of a query, in the order of its arguments."""

_ANY_CODE, _ANY_LINE = ANY * 3, ANY * 4
_NO_FILTERS = (None,) * 9
_DEFAULTS: dict[str, object] = {
    **dict.fromkeys(FIELDS),
    "quantity": 1,
    "consecutive": False,
    "block": False,
    "limit": 25,
}


@final
class SearchQuery:
    """What numbers are wanted, where, and how many (SPEC N1).

    Where: ``state`` (``"CA"``, ``"US-CA"``, ``"ON"``), ``country`` (ISO 3166 code), ``npa`` (area code),
    ``nxx`` (exchange within it), ``city`` and ``rate_center`` (both may be written with the state:
    ``"Oakland, CA"``).

    Which: ``starts_with``, ``contains`` and ``ends_with`` are patterns over the ten digits in which letters
    are phone-pad letters and ``?`` is one unknown digit; ``line_numbers`` are endings of one to four digits,
    an extension plan, to be had from one exchange as far as possible; ``exclude`` is a number, a range, a set
    or several numbers and ranges that must not come.

    How many: ``quantity``, as single numbers, or ``consecutive`` in one run, or as a ``block``: a run aligned
    on its size, which is one of the sizes on offer. All filters come first: every number of a run passes
    them.

    ``limit`` bounds the options listed at once; ``after`` is the cursor :attr:`SearchResult.next` of a former
    answer.

    Equal queries compare equal and ``repr`` evaluates back. Raises :class:`InvalidQuery` (a
    :class:`ValueError`).

    >>> SearchQuery(state="ca", npa="415", quantity=20, consecutive=True)
    SearchQuery(state='US-CA', npa='415', quantity=20, consecutive=True)
    >>> SearchQuery(npa="415", starts_with="212")
    Traceback (most recent call last):
    ...
    pstnkit.inventory.query.InvalidQuery: starts_with: '212' contradicts what other fields fix: 415???????
    """

    __slots__ = (*(name for name in FIELDS if name != "exclude"), "_bare", "_excluded", "_fixed")

    state: str | None
    country: str | None
    npa: str | None
    nxx: str | None
    city: str | None
    rate_center: str | None
    quantity: int
    consecutive: bool
    block: bool
    starts_with: str | None
    contains: str | None
    ends_with: str | None
    line_numbers: tuple[str, ...] | None
    limit: int
    after: str | None
    _excluded: NumberSet | None
    _fixed: str
    """What is known of the ten digits, a symbol for each."""
    _bare: tuple[int, str | None, int, bool, bool, int, str | None] | None
    """All that the query says, if it asks for an area code, perhaps for an exchange of it, and has no other filter."""

    def __init__(
        self,
        state: str | None = None,
        country: str | None = None,
        npa: str | int | None = None,
        nxx: str | int | None = None,
        city: str | None = None,
        rate_center: str | None = None,
        quantity: int = 1,
        consecutive: bool = False,
        block: bool = False,
        starts_with: str | None = None,
        contains: str | None = None,
        ends_with: str | None = None,
        line_numbers: Iterable[str] | None = None,
        exclude: Iterable[TelephoneNumber | NumberRange] | None = None,
        limit: int = 25,
        after: str | None = None,
        **unknown: Never,
    ) -> None:
        for name in unknown:
            raise _unknown_filter(name)
        put = object.__setattr__
        put(self, "state", None if state is None else _state(state))
        put(self, "country", None if country is None else _country(country))
        put(self, "npa", None if npa is None else _three_digits("npa", npa))
        put(self, "nxx", None if nxx is None else _three_digits("nxx", nxx))
        put(self, "city", None if city is None else _place("city", city))
        put(self, "rate_center", None if rate_center is None else _place("rate_center", rate_center))
        put(self, "quantity", _count("quantity", quantity, "numbers"))
        put(self, "consecutive", _flag("consecutive", consecutive))
        put(self, "block", _flag("block", block))
        put(self, "starts_with", None if starts_with is None else _pattern("starts_with", starts_with))
        put(self, "contains", None if contains is None else _pattern("contains", contains))
        put(self, "ends_with", None if ends_with is None else _pattern("ends_with", ends_with))
        put(self, "line_numbers", None if line_numbers is None else _endings(line_numbers))
        put(self, "_excluded", None if exclude is None else _numbers(exclude))
        put(self, "limit", _count("limit", limit, "options"))
        put(self, "after", None if after is None else _text("after", after))
        self._check()
        filters = (state, country, city, rate_center, starts_with, contains, ends_with, line_numbers, exclude)
        bare = None
        if self.npa is not None and filters == _NO_FILTERS:
            bare = int(self.npa), self.nxx, quantity, consecutive, block, limit, after
        put(self, "_bare", bare)

    def _check(self) -> None:
        """The fields against each other."""
        if self.state and self.country and self.country not in countries_of(self.state):
            raise InvalidQuery("country", f"{self.country!r} contradicts the state {self.state}")
        if self.in_runs and self.quantity > LINES:
            raise InvalidQuery(
                "quantity", f"no run has {self.quantity:,} numbers: an exchange ends after {LINES:,}"
            )
        npa, nxx = self.npa, self.nxx
        fixed = f"{npa or _ANY_CODE}{nxx or _ANY_CODE}{_ANY_LINE}"
        if npa is not None:
            _check_possible("npa", npa, npa + _ANY_CODE)
        if nxx is not None:
            _check_possible("nxx", nxx, fixed)
        for name, pattern, position in (
            ("starts_with", self.starts_with, 0),
            ("ends_with", self.ends_with, DIGITS - len(self.ends_with or "")),
        ):
            if pattern is not None:
                both = meet(fixed, at(pattern, position))
                if both is None:
                    raise InvalidQuery(name, f"{pattern!r} contradicts what other fields fix: {fixed}")
                fixed = both
                _check_possible(name, pattern, fixed)
        object.__setattr__(self, "_fixed", fixed)
        if (
            self.contains is not None
            or self.line_numbers is not None
            or (self.in_runs and fixed[6:] != _ANY_LINE)
        ):
            self._check_lines(fixed)

    def _check_lines(self, fixed: str) -> None:
        """Whether some line of some exchange can pass, and in runs enough of them side by side."""
        lines = most_lines(fixed, None, self.line_numbers)
        if not lines:
            raise InvalidQuery("line_numbers", f"all contradict what other fields fix: {fixed}")
        if self.contains is not None:
            lines = most_lines(fixed, self.contains, self.line_numbers)
            if not lines and not most_lines(ANY * DIGITS, self.contains, None):
                raise InvalidQuery("contains", f"{self.contains!r} fits no number: {_BEGINNINGS}")
            if not lines:
                others = fixed if self.line_numbers is None else f"{fixed}, and line_numbers"
                raise InvalidQuery(
                    "contains", f"{self.contains!r} contradicts what other fields fix: {others}"
                )
        if self.block and not block_possible(lines, self.quantity):
            raise InvalidQuery(
                "block", f"the patterns let no block of {self.quantity:,} exist, whatever is free"
            )
        if self.consecutive and (longest := longest_possible(lines)) < self.quantity:
            raise InvalidQuery(
                "consecutive",
                f"the patterns let no {self.quantity:,} consecutive numbers exist, whatever is free:"
                f" {longest:,} at most",
            )

    @property
    def exclude(self) -> tuple[NumberRange, ...] | None:
        """The numbers that must not come, as ranges, lowest first."""
        return None if self._excluded is None else tuple(self._excluded.ranges())

    @property
    def in_runs(self) -> bool:
        """True if the numbers must be consecutive, aligned or not (SPEC N3)."""
        return self.consecutive or self.block

    @property
    def given(self) -> dict[str, Any]:
        """The filters that differ from their defaults, by name."""
        return {name: value for name in FIELDS if (value := getattr(self, name)) != _DEFAULTS[name]}

    def replace(self, **changes: Any) -> SearchQuery:
        """The same query with some fields changed; ``None`` takes a filter away.

        >>> SearchQuery(npa="415", nxx="555").replace(nxx=None)
        SearchQuery(npa='415')
        """
        fields = self.given
        if self._excluded is not None:
            fields["exclude"] = self._excluded  # a set is copied at no cost, its ranges are not
        return SearchQuery(**{**fields, **changes})

    def __repr__(self) -> str:
        return f"SearchQuery({', '.join(f'{name}={value!r}' for name, value in self.given.items())})"

    def __eq__(self, other: object) -> bool:
        return self.given == other.given if isinstance(other, SearchQuery) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self.given.items()))

    def __reduce__(self) -> tuple[Any, ...]:
        return _made, (self.given,)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"cannot set {name!r}: a SearchQuery is immutable; see replace()")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"cannot delete {name!r}: a SearchQuery is immutable")


def _made(given: dict[str, Any]) -> SearchQuery:
    return SearchQuery(**given)


def _unknown_filter(name: str) -> UnknownFilter:
    from difflib import get_close_matches

    near = get_close_matches(name, FIELDS, n=1)
    hint = f"; did you mean {near[0]}?" if near else f"; there are {', '.join(FIELDS)}"
    return UnknownFilter(name, f"is no filter of a search{hint}")


def _shown(value: object) -> str:
    """A value of any type, safe and short enough for a message."""
    return quoted(value) if isinstance(value, str) else quoted(repr(value))[1:-1]


def _text(field: str, value: object) -> str:
    if not isinstance(value, str):
        raise InvalidQuery(field, f"a text is wanted, not {type(value).__name__} ({_shown(value)})")
    return value


def _state(value: object) -> str:
    text = _text("state", value)
    try:
        return subdivision(text)
    except ValueError as fault:
        raise InvalidQuery("state", f"{quoted(text)} {fault}") from None


def _country(value: object) -> str:
    text = _text("country", value)
    code = text.strip().upper()
    if not (len(code) == 2 and code.isascii() and code.isalpha()):
        raise InvalidQuery("country", f"{quoted(text)} is no country code of two letters, such as US")
    return code


def _three_digits(field: str, value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    text = _text(field, value)
    if not (len(text) == 3 and text.isascii() and text.isdigit()):
        hint = "; the area code goes into npa" if field == "nxx" and len(text) in {6, 7} else ""
        raise InvalidQuery(field, f"{quoted(text)} is not three digits{hint}")
    return text


def _place(field: str, value: object) -> str:
    words = " ".join(_text(field, value).split())
    if not words:
        raise InvalidQuery(field, "the name is empty")
    return words


def _count(field: str, value: object, things: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise InvalidQuery(field, f"{_shown(value)} is not a count of {things}, from 1 on")
    return value


def _flag(field: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise InvalidQuery(field, f"True or False is wanted, not {_shown(value)}")
    return value


def _pattern(field: str, value: object) -> str:
    text = _text(field, value)
    try:
        return symbols(text)
    except ValueError as fault:
        raise InvalidQuery(field, f"{quoted(text)}: {fault}") from None


def _endings(value: object) -> tuple[str, ...]:
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise InvalidQuery(
            "line_numbers", f"a list of texts is wanted, such as ['2001'], not {_shown(value)}"
        )
    found: dict[str, None] = {}
    for ending in value:
        if not (isinstance(ending, str) and 1 <= len(ending) <= 4 and ending.isascii() and ending.isdigit()):
            raise InvalidQuery("line_numbers", f"{_shown(ending)} is not a text of one to four digits")
        if ending in found:
            raise InvalidQuery("line_numbers", f"{ending!r} stands there twice")
        found[ending] = None
    if not found:
        raise InvalidQuery("line_numbers", "the list is empty")
    return tuple(found)


def _numbers(value: Any) -> NumberSet | None:
    from pstnkit.numbering.telephone import NumberRange, TelephoneNumber

    try:
        found = NumberSet([value] if isinstance(value, NumberRange | TelephoneNumber) else value)
    except TypeError as fault:
        raise InvalidQuery("exclude", f"numbers or ranges are wanted: {fault}") from None
    return found or None


_BEGINNINGS = (
    "area codes and exchanges begin with 2 to 9, and those that end in 11 are services in most places"
)


def _check_possible(field: str, pattern: str, fixed: str) -> None:
    """Refuse first six digits that no number has."""
    if fixed[0] in "01" or fixed[3] in "01":
        what = "an area code" if fixed[0] in "01" else "an exchange"
        raise InvalidQuery(field, f"{pattern!r} fits no number: {what} begins with 2 to 9")
    if not area_codes_like(fixed[:3]):
        raise InvalidQuery(field, f"{pattern!r} fits no number: {fixed[:3]} is never an area code")
    if not exchange_exists(fixed):
        raise InvalidQuery(
            field, f"{pattern!r} fits no number: {fixed[:3]}-{fixed[3:6]} is never an exchange"
        )
