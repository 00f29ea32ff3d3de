"""Hypothesis strategies for everything that :mod:`pstnkit.saved` saves: records, events, policies and what they hold.

They are derived from the types of the fields, as the saved forms are: a new kind of event has one from the start. What
the types do not say is said here: that counts add up, that an order has no more numbers than are wanted, that no number
stands in two lines of a cart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin
from zoneinfo import ZoneInfo

from attrs import evolve, has
from hypothesis import reject
from hypothesis import strategies as st

from pstnkit.accounts.addresses import CivicAddress
from pstnkit.accounts.emergency import Override, ServiceAddress
from pstnkit.errors import CallerError
from pstnkit.inventory.query import SearchQuery
from pstnkit.lifecycle.business_hours import BusinessHours
from pstnkit.lifecycle.failures import Failure
from pstnkit.lifecycle.order import Order
from pstnkit.lifecycle.progress import NumberProgress, Progress
from pstnkit.lifecycle.seen import SeenEvents
from pstnkit.numbering.numbermap import NumberMap
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.paste.verdicts import PastePolicy
from pstnkit.numbering.telephone import Exchange, NumberRange, TelephoneNumber
from pstnkit.ordering.cart import Cart
from pstnkit.ordering.confirmation import Confirmation
from pstnkit.ordering.lines import Line, NumbersLine, SourcingLine
from pstnkit.ordering.number_events import NumberStatus
from pstnkit.ordering.numbers import NumberBook, NumberRecord
from pstnkit.ordering.orders import NumberOrder, Wanted
from pstnkit.ordering.registration_events import RegistrationStatus
from pstnkit.ordering.registrations import Group, Registrations, Standing
from pstnkit.porting.dates import RequestedDate
from pstnkit.porting.supplements import PLAIN_FIELDS, Change, Supplement
from pstnkit.saved.kinds import hints, kinds, states, variants
from pstnkit.secret import Secret, SecretRef
from pstnkit.testing.strategies import exchanges, number_maps, number_ranges, number_sets, telephone_numbers

T = TypeVar("T")
_Any = st.SearchStrategy[Any]


def savable_values(kind: type[T] | None = None) -> st.SearchStrategy[T]:
    """Values of a class that can be saved, or of any of them; raises ``ValueError`` for another class.

    >>> from hypothesis import given
    >>> from pstnkit import NumberOrder
    >>> @given(savable_values(NumberOrder))
    ... def an_order_has_no_more_numbers_than_are_wanted(order: NumberOrder) -> None:
    ...     assert len(order.numbers.by_number) <= order.quantity
    >>> an_order_has_no_more_numbers_than_are_wanted()
    """
    known: Any = tuple(kinds().values())
    if kind is not None and kind not in known:
        raise CallerError(f"values of the class {kind.__name__} cannot be saved")
    asked: Any = kind
    return st.sampled_from(known).flatmap(_one) if asked is None else _one(asked)


_ZONES = (UTC, ZoneInfo("America/New_York"), ZoneInfo("America/St_Johns"), timezone(timedelta(hours=-8)))
_TEXTS = st.text(max_size=12)
_RANGES = number_ranges(max_size=30)
_LONGEST = timedelta(days=400)
_EARLIEST, _LATEST = (datetime(year, 1, 1, tzinfo=UTC).replace(tzinfo=None) for year in (1990, 2090))

_LEAVES: dict[Any, _Any] = {
    str: _TEXTS,
    int: st.integers(0, 50),
    bool: st.booleans(),
    float: st.floats(0, 20_000),
    datetime: st.datetimes(_EARLIEST, _LATEST, timezones=st.sampled_from(_ZONES), allow_imaginary=False),
    date: st.dates(),
    time: st.times(),
    timedelta: st.timedeltas(timedelta(microseconds=1), _LONGEST),
    tzinfo: st.sampled_from(_ZONES),
    Decimal: st.decimals(allow_nan=False, allow_infinity=False),
    TelephoneNumber: telephone_numbers(),
    Exchange: exchanges(),
    NumberRange: _RANGES,
    NumberSet: number_sets(),
    SeenEvents: st.lists(_TEXTS, max_size=3).map(SeenEvents),
    Secret: st.builds(Secret, _TEXTS),
    PastePolicy: st.builds(PastePolicy, premium=st.booleans(), fictitious=st.booleans()),
}

_NARROW: dict[tuple[str, Any], _Any] = {
    ("timezone", str): st.sampled_from(["America/Los_Angeles", "America/Halifax"]),
    ("signer", str): st.sampled_from(["Dana Reed", "Ada Park"]),
    **{
        ("email", hint): st.sampled_from(["ada@bay.example", "ops@quay.example"])
        for hint in (str, str | None)
    },
    **{("company", hint): st.sampled_from(["Bay Bicycles", "Quay"]) for hint in (str, str | None)},
    ("month", int): st.integers(1, 12),
    ("day", int): st.integers(1, 28),
    ("weekday", int): st.integers(0, 6),
    ("nth", int): st.sampled_from([-1, 1, 2, 3, 4]),
    ("weekend", frozenset[int]): st.frozensets(st.integers(0, 6), max_size=3),
    ("block_sizes", tuple[int, ...]): st.sampled_from([(10,), (10, 50, 100)]),
}
"""What fields of these names and types have, which is less than the types would let them."""


_CONTAINERS: dict[Any, Callable[..., _Any]] = {
    tuple: lambda values: st.lists(values, max_size=3).map(tuple),
    frozenset: lambda values: st.frozensets(values, max_size=3),
    Mapping: lambda keys, values: st.dictionaries(keys, values, max_size=3),
    NumberMap: lambda values: number_maps(values, max_size=6),
}


def _narrow(name: str, hint: Any) -> _Any:
    return _NARROW[name, hint] if (name, hint) in _NARROW else _of(hint)


def _of(hint: Any) -> _Any:
    """Values of a type."""
    origin, arguments = get_origin(hint), get_args(hint)
    if hint in _LEAVES:
        return _LEAVES[hint]
    if hint is NoneType:
        return st.none()
    if origin in (Union, UnionType):
        return st.one_of([_of(argument) for argument in arguments])
    if hint is StrEnum:
        return st.sampled_from(list(states().values()))
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return st.sampled_from(list(hint))
    if isinstance(hint, type):
        return st.one_of([_one(kind) for kind in variants(hint)])
    return _CONTAINERS[origin](*(_of(argument) for argument in arguments if argument is not Ellipsis))


@cache
def _one(kind: Any) -> _Any:
    """Values of one class."""
    if kind in _MADE:
        return st.deferred(_MADE[kind])
    return _built(kind) if has(kind) else _LEAVES[kind]


@st.composite
def _built(draw: st.DrawFn, /, kind: Any, **told: _Any) -> Any:
    """A value of a class, made of its fields: those that are ``told``, and what the types of the others say."""
    fields = {
        name: draw(told[name] if name in told else _narrow(name, hint)) for name, hint in hints(kind).items()
    }
    if issubclass(kind, Order):
        fields["quantity"] += len(fields["numbers"].by_number)
    try:
        return kind(**fields)
    except ValueError:  # the class knows better than its types which values go together
        reject()


@st.composite
def _progresses(draw: st.DrawFn) -> NumberProgress:
    by_number = draw(number_maps(st.sampled_from(Progress), max_size=6))
    failed = [number for number, progress in by_number.items() if progress is Progress.FAILED]
    successful = sum(progress is Progress.SUCCESSFUL for progress in by_number.values())
    failures = NumberMap({number: draw(_one(Failure)) for number in failed})
    return NumberProgress(by_number, successful, len(failed), failures)


@st.composite
def _books(draw: st.DrawFn) -> NumberBook:
    records = draw(number_maps(_one(NumberRecord), max_size=6))
    found = Counter(record.status for record in records.values())
    counts = {status: found[status] for status in NumberStatus}
    book: NumberBook = draw(_built(NumberBook, records=st.just(records), counts=st.just(counts)))
    return book


@st.composite
def _carts(draw: st.DrawFn) -> Cart:
    cart: Cart = draw(_built(Cart))
    kept: dict[str, Line] = {}
    held = NumberSet()
    for line in cart.lines:
        numbers = NumberSet() if isinstance(line, SourcingLine) else NumberSet(line.numbers)
        fits = line.quantity and line.id not in kept and not numbers & held
        kept |= {line.id: line} if fits else {}
        held |= numbers
    return evolve(cart, lines=tuple(kept.values()))


@st.composite
def _confirmations(draw: st.DrawFn) -> Confirmation:
    whose = {name: draw(_TEXTS) for name in ("partner", "customer")}
    told = {name: st.just(value) for name, value in whose.items()}
    orders = st.lists(_built(NumberOrder, **told), max_size=2).map(tuple)
    confirmation: Confirmation = draw(_built(Confirmation, **told, orders=orders))
    return confirmation


@st.composite
def _service_addresses(draw: st.DrawFn) -> ServiceAddress:
    address = draw(_one(CivicAddress))
    override = st.none() | _built(Override, address=st.just(address))
    service: ServiceAddress = draw(_built(ServiceAddress, address=st.just(address), override=override))
    return service


def _standings() -> st.SearchStrategy[NumberMap[Standing]]:
    settled = [RegistrationStatus.REGISTERED, RegistrationStatus.FAILED, RegistrationStatus.UNREGISTERED]
    return number_maps(_built(Standing, status=st.sampled_from(settled)), max_size=3)


@st.composite
def _groups(draw: st.DrawFn) -> Group:
    group = Group(draw(st.none() | _one(ServiceAddress)))
    return group.with_(draw(_standings()), pending=False).with_(draw(_standings()), pending=True)


@st.composite
def _registrations(draw: st.DrawFn) -> Registrations:
    made = Registrations(asks=draw(_of(hints(Registrations)["asks"])))
    for location in draw(st.lists(_TEXTS, max_size=2)):
        made = made.with_group(location, draw(_groups()))
    return made.with_group(None, Group().with_(draw(_standings()), pending=True))


def _number_lines() -> _Any:
    blocks = exchanges().map(lambda exchange: (exchange.numbers[100:200],))
    return st.one_of(
        _built(NumbersLine, block=st.just(value=False)),
        _built(NumbersLine, block=st.just(value=True), numbers=blocks),
    )


def _changes() -> _Any:
    numbers = ["btn", "new_btn"]
    plain = st.builds(Change, st.sampled_from(sorted(PLAIN_FIELDS.difference(numbers))), _TEXTS)
    plain |= st.builds(Change, st.sampled_from(numbers), st.just("415-555-0100"))
    return plain | st.builds(Change, st.sampled_from(["account_number", "pin"]), _one(SecretRef))


def _supplements() -> _Any:
    changes = st.lists(_changes(), min_size=1, max_size=3).map(tuple)
    dated = st.builds(Supplement, st.just(()), _one(RequestedDate))
    return dated | st.builds(Supplement, changes, st.none() | _one(RequestedDate))


_MADE: dict[Any, Callable[[], _Any]] = {
    NumberProgress: _progresses,
    NumberBook: _books,
    Group: _groups,
    Registrations: _registrations,
    ServiceAddress: _service_addresses,
    Cart: _carts,
    Confirmation: _confirmations,
    Change: _changes,
    Supplement: _supplements,
    NumbersLine: _number_lines,
    BusinessHours: lambda: _built(
        BusinessHours,
        tz=st.sampled_from(["America/Los_Angeles", *_ZONES]),
        opens=st.just(time(8, 30)),
        closes=st.just(time(17)),
        cutoff=st.sampled_from([None, time(13)]),
    ),
    SearchQuery: lambda: st.one_of(
        st.builds(SearchQuery, state=st.just("CA"), consecutive=st.booleans(), quantity=st.integers(1, 50)),
        st.builds(SearchQuery, npa=st.just("415"), ends_with=st.just("?7"), exclude=number_sets()),
        st.builds(SearchQuery, nxx=st.none(), line_numbers=st.just(["100", "2671"])),
    ),
    Wanted: lambda: st.builds(Wanted, st.sampled_from(["US-CA", None]), st.just("415")),
    CivicAddress: lambda: _built(
        CivicAddress,
        house_number=st.integers(1, 9999).map(str),
        street=st.sampled_from(["Anson St", "Main St"]),
        city=st.just("San Francisco"),
        state=st.just("CA"),
        postal_code=st.just("94107"),
        country=st.just("US"),
        unit=st.sampled_from([None, "STE 4"]),
        building=st.none(),
        floor=st.sampled_from([None, "3"]),
        room=st.none(),
        additional=st.sampled_from([None, "behind the church"]),
    ),
}
