"""Searching a carrier's numbers (SPEC N1 to N4)."""

from __future__ import annotations

from attrs import frozen

from pstnkit.carriers.flow import Flow
from pstnkit.carriers.protocol import AskCapabilities, SearchOffers
from pstnkit.desk.answers import CarrierRefused, CarrierSilent, UnsupportedFilter, answer
from pstnkit.desk.office import Office
from pstnkit.inventory.alternatives import Alternative
from pstnkit.inventory.inventory import Inventory
from pstnkit.inventory.query import FIELDS, SearchQuery
from pstnkit.inventory.result import SearchResult
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.ranges import NumberRange
from pstnkit.numbering.telephone import TelephoneNumber

# What a query may filter by and a carrier may lack: every field but those that are always done here. A field that is
# new to queries is thus a filter that a carrier lacks, and never one that is ignored.
_ALWAYS_OURS = ("quantity", "consecutive", "block", "exclude", "limit", "after")
_FILTERS = tuple(name for name in FIELDS if name not in _ALWAYS_OURS)


@frozen(kw_only=True)
class Found:
    """What a carrier's inventory had for a query.

    ``filtered_here`` names the filters that the carrier lacks and that were applied on our side; ``dropped`` counts the
    numbers that it sent although they do not match what it was asked for.
    """

    result: SearchResult
    carrier: str
    filtered_here: tuple[str, ...] = ()
    dropped: int = 0


def search(office: Office, query: SearchQuery, *, on_our_side: bool = False) -> Flow[Found]:
    """Search what the carrier has on offer, with runs and blocks found here (SPEC N1 to N4).

    A filter that the carrier lacks is an error, unless ``on_our_side`` is true. When nothing fits, everything that is
    on offer is looked at for alternatives. Raises :class:`~pstnkit.desk.answers.UnsupportedFilter`,
    :class:`~pstnkit.inventory.query.InvalidQuery` and what the carrier's refusal or silence raises.
    """
    if not isinstance(query, SearchQuery):
        raise TypeError(f"a search is asked with a SearchQuery, not {type(query).__name__}")
    carrier, theirs, lacking = yield from _shared_filters(query, on_our_side=on_our_side)
    offered, dropped = yield from _offers(office, theirs)
    result = Inventory(offered, exchanges=office.exchanges, plan=office.plan).search(query)
    if not result.satisfied and theirs:
        everything, _ = yield from _offers(office, {})
        result = Inventory(everything, exchanges=office.exchanges, plan=office.plan).search(query)
    return Found(result=result, carrier=carrier, filtered_here=lacking, dropped=dropped)


def stock(office: Office, query: SearchQuery | None = None, *, at_most: int | None = None) -> Flow[Inventory]:
    """What the carrier has on offer, fetched page by page, as an inventory that can be searched again and again.

    ``query`` says where and with which digits, as far as the carrier has filters for it; how many and in which form is
    for the searches. With ``at_most``, no further page is asked for once there are so many numbers. What is on offer at
    the carrier changes while we look: to have the numbers, put them into a cart.

    Raises :class:`~pstnkit.desk.answers.UnsupportedFilter` for a filter that the carrier lacks, and what the carrier's
    refusal or silence raises.
    """
    theirs: dict[str, str] = {}
    if query is not None:
        _, theirs, _ = yield from _shared_filters(query, on_our_side=False)
    offered, _ = yield from _offers(office, theirs, at_most)
    return Inventory(offered, exchanges=office.exchanges, plan=office.plan)


def _shared_filters(
    query: SearchQuery, *, on_our_side: bool
) -> Flow[tuple[str, dict[str, str], tuple[str, ...]]]:
    """The carrier's name, the filters of a query that it has, with their values, and the names of those that it
    lacks: an error, unless they are applied on our side."""
    abilities = yield from answer(AskCapabilities())
    used = [name for name in _FILTERS if getattr(query, name) is not None]
    theirs = {
        name: value for name in used if (value := _as_filter(query, name)) and name in abilities.filters
    }
    lacking = tuple(name for name in used if name not in theirs)
    if lacking and not on_our_side:
        raise UnsupportedFilter(abilities.carrier, lacking)
    return abilities.carrier, theirs, lacking


def _as_filter(query: SearchQuery, name: str) -> str | None:
    """A field of the query as a carrier's filter takes it; None where no carrier could."""
    value = getattr(query, name)
    if name == "state":
        return str(value).rpartition("-")[2]
    if name in ("starts_with", "contains", "ends_with"):
        return value if value and value.isascii() and value.isdigit() else None
    return value if isinstance(value, str) else None


def _offers(
    office: Office, filters: dict[str, str], at_most: int | None = None
) -> Flow[tuple[NumberSet, int]]:
    """What the carrier offers for its filters, page by page, and how many numbers of it do not match."""
    numbers = NumberSet()
    dropped = 0
    after: str | None = None
    states: dict[str, frozenset[str]] = {}

    def serves(number: TelephoneNumber, state: str) -> bool:
        npa = number.npa
        if npa not in states:
            names = office.plan.area_code(npa).subdivisions
            states[npa] = frozenset(name.rpartition("-")[2] for name in names)
        return state in states[npa]

    def matches(number: TelephoneNumber) -> bool:
        digits = f"{number:digits}"
        return (
            digits.startswith(filters.get("npa", ""))
            and digits[3:].startswith(filters.get("nxx", ""))
            and filters.get("contains", "") in digits
            and digits.startswith(filters.get("starts_with", ""))
            and digits.endswith(filters.get("ends_with", ""))
            and ("state" not in filters or serves(number, filters["state"]))
        )

    while True:
        page = yield from answer(SearchOffers(filters, after))
        matching = [offer.number for offer in page.offers if matches(offer.number)]
        numbers.update(matching)
        dropped += page.dropped + len(page.offers) - len(matching)
        after = page.next
        if after is None or (at_most is not None and len(numbers) >= at_most):
            return numbers, dropped


def instead_of(
    office: Office, wanted: tuple[NumberRange, ...], gone: tuple[NumberRange, ...]
) -> Flow[tuple[Alternative, ...]]:
    """What would do instead of numbers that are gone: of what is on offer, first in the area code of the first."""
    found: tuple[Alternative, ...] = ()
    try:
        abilities = yield from answer(AskCapabilities())
        for filters in ({"npa": wanted[0].first.npa}, {}) if "npa" in abilities.filters else ({},):
            offered, _ = yield from _offers(office, filters)
            inventory = Inventory(offered, exchanges=office.exchanges, plan=office.plan)
            found = inventory.instead_of(wanted, gone)
            if any(alternative.ranges for alternative in found):
                break
    except (CarrierRefused, CarrierSilent):
        pass  # that the numbers are gone is certain, and what there is instead can be asked for again
    return found
