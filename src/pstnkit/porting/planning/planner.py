"""From one pasted list to the fewest port orders that a carrier accepts, with the reason for each cut (DOMAIN 4).

Whether two numbers can share an order is decided by what they have in common, so numbers of which the same is known go
in groups, and no order spans two groups. A group that is larger than an order may be is packed
(:mod:`~pstnkit.porting.planning.packing`): the fewest orders, and with these the fewest ranges cut. Orders are filled
up, so that one of a group has what is left. What comes out depends on what is known of the numbers, and not on the
order in which they are listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from attrs import define

from pstnkit.inventory.exchanges import Exchanges
from pstnkit.inventory.supply import RateCenter
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.paste import PasteReport
from pstnkit.numbering.plan import NumberingPlan
from pstnkit.numbering.plan import plan as bundled
from pstnkit.numbering.ranges import NumberRange
from pstnkit.numbering.telephone import TelephoneNumber
from pstnkit.porting.planning.behind import NOBODYS, Account, AccountKey, Accounts, ranges_of
from pstnkit.porting.planning.cautions import (
    CarrierDiffers,
    Caution,
    PortabilityNotKnown,
    RangeCut,
    StayingNotTold,
)
from pstnkit.porting.planning.facts import FIELDS, PortFacts, PortField, comparison, folded
from pstnkit.porting.planning.obstacles import Undecided
from pstnkit.porting.planning.packing import Effort, Piece, pack
from pstnkit.porting.planning.parting import Group, parted
from pstnkit.porting.planning.planned import PlannedPort
from pstnkit.porting.planning.port_plan import PortPlan
from pstnkit.porting.planning.portability import Portability, WhyNotKnown
from pstnkit.porting.planning.rules import PortRules
from pstnkit.porting.planning.sameness import Sameness
from pstnkit.porting.planning.screening import by_holder, screened, unreadable
from pstnkit.porting.planning.simplicity import simplicity
from pstnkit.porting.planning.told import KnownFacts, Numbers, Told, digits_of, is_toll_free, set_of

NO_LIMITS = PortRules()
"""What may travel together, without limits of size."""


def plan_ports(
    numbers: Numbers,
    *,
    known: KnownFacts = (),
    answers: Iterable[Portability] = (),
    rules: PortRules = NO_LIMITS,
    owned: Mapping[str, Numbers] | Numbers = (),
    active: Mapping[str, Numbers] | Numbers = (),
    exchanges: Exchanges | None = None,
    plan: NumberingPlan | None = None,
    on: date | None = None,
) -> PortPlan:
    """The fewest orders in which a carrier accepts ``numbers``, why there are several, and what cannot port.

    ``known`` is what is known of all of them (one :class:`~pstnkit.PortFacts`), or of some: pairs of numbers and their
    facts, of which a later one refines an earlier. Numbers that ``known`` tells of and that are not listed stay on
    their account. ``answers`` is what a portability check said; of the losing carrier, the type of the port and the
    rate center its word counts, of the account that of ``known``. ``owned`` are the numbers that somebody has here
    already, ``active`` those in orders under way, by the name of who or which it is where one is given. ``exchanges``
    tells rate centers; ``plan`` and ``on`` say what an area code is on that day.

    A fact that is not known is taken for a value of its own: numbers without it travel together, apart from others, and
    the plan says so. Without a losing carrier a number is in no order. Raises ``TypeError`` for what are no numbers,
    facts or answers, and :class:`~pstnkit.SecretNotHere` for an account number that cannot be compared.

    >>> from pstnkit import Secret
    >>> main = PortFacts(losing_carrier="Old Bell", account_number=Secret("004-881"), port_type="off_net")
    >>> numbers = [NumberRange("4152012000", "4152012059"), TelephoneNumber("8002012000")]
    >>> plan = plan_ports(numbers, known=main, rules=PortRules.of_one_carrier())
    >>> [order.quantity for order in plan.orders]
    [49, 11, 1]
    >>> for cut in plan.cuts:
    ...     print(cut)
    61 numbers are of two kinds, which move in different ways: not toll-free (60), toll-free (1)
    not toll-free: 60 numbers are more than the 49 that one order may have: 2 orders (49, 11)
    """
    listed = set_of(numbers, "numbers")
    told = Told(exchanges)
    told.take_known(known)
    told.take_answers(answers)
    here, under_way = by_holder(owned, "owned"), by_holder(active, "active")
    free, cannot = screened(
        listed, owned=here, active=under_way, refused=told.refused, plan=plan or bundled, on=on
    )
    if isinstance(numbers, PasteReport):
        cannot = [*unreadable(numbers), *cannot]
    groups, each, undecided = _grouped(free, told, rules)
    proven = _packed(groups, rules)
    accounts = Accounts(facts for group in groups for facts in group.different.values())
    drafts = _in_order(groups, each, accounts)
    positions = {number: draft.position for draft in drafts for number in draft.digits()}
    elsewhere = NumberSet().union(*(theirs for _, theirs in (*here, *under_way)))
    left = _left(drafts, _others(listed, free, told, positions), accounts, elsewhere, positions)
    cuts, cautions = parted(groups, rules, positions)
    for account in left.values():
        cautions.extend(account.cautions(positions))
    if asked := sorted(place for account in left.values() if account.asks for place in account.orders):
        cautions.append(StayingNotTold(orders=asked))
    cautions.extend(_ranges_cut(groups, positions))
    cautions.extend(_differing(positions, told))
    cautions.extend(_not_known(positions, told))
    return PortPlan(
        orders=tuple(_planned(draft, left) for draft in drafts),
        cuts=tuple(cuts),
        cautions=tuple(cautions),
        cannot=tuple(cannot),
        undecided=(Undecided(ranges_of(undecided)),) if undecided else (),
        rules=rules,
        proven=proven,
    )


@define
class _Draft:
    """An order that is being planned; ``each`` is what is known of its numbers, each value once."""

    group: Group
    pieces: list[Piece]
    each: dict[int, PortFacts]
    facts: PortFacts
    account: AccountKey | None
    position: int = 0

    @property
    def has_btn(self) -> bool:
        """Whether the BTN of the account is among the numbers."""
        btn = self.facts.btn
        return btn is not None and any(first <= int(btn) <= last for first, last in self.pieces)

    @property
    def quantity(self) -> int:
        """How many numbers it has."""
        return sum(last - first + 1 for first, last in self.pieces)

    def digits(self) -> Iterator[int]:
        """The ten digits of each number."""
        for first, last in self.pieces:
            yield from range(first, last + 1)


def _grouped(
    free: NumberSet, told: Told, rules: PortRules
) -> tuple[list[Group], dict[int, PortFacts], list[int]]:
    """The numbers by what they have in common, lowest first, and what is known of each; and those whose losing carrier
    is not known."""
    undecided: list[int] = []
    known: dict[int, PortFacts] = {}
    groups: dict[tuple[object, ...], Group] = {}
    by_facts: dict[tuple[int, bool], Group] = {}
    same = Sameness(rules)
    for number in digits_of(free):
        facts = told.of(number)
        if facts.losing_carrier is None:
            undecided.append(number)
            continue
        known[number] = facts
        toll_free = is_toll_free(number)
        group = by_facts.get((id(facts), toll_free))
        if group is None:
            key = same.key(facts, toll_free=toll_free)
            group = groups.get(key)
            if group is None:
                group = groups[key] = Group(key, facts, number)
            group.different[id(facts)] = facts
            by_facts[id(facts), toll_free] = group
        group.take(number)
    return list(groups.values()), known, undecided


def _packed(groups: Sequence[Group], rules: PortRules) -> bool:
    """Give each group its orders; whether it is proven that there are no better ones."""
    effort, proven = Effort(), True
    for group in groups:
        group.most = rules.most(group.facts.port_type)
        packing = pack(group.ranges, group.most, whole=rules.ranges_stay_whole, effort=effort)
        group.orders, group.cut = packing.orders, packing.cut
        proven &= packing.proven
    return proven


def _in_order(groups: Sequence[Group], known: Mapping[int, PortFacts], accounts: Accounts) -> list[_Draft]:
    """The orders by losing carrier and account; of an account, the one with its BTN last."""
    drafts = []
    lowest: dict[AccountKey | None, int] = {}
    for group in groups:
        for pieces in group.orders:
            each = group.different
            if len(each) > 1 and len(group.orders) > 1:
                numbers = (number for first, last in pieces for number in range(first, last + 1))
                each = {id(facts): facts for facts in map(known.__getitem__, numbers)}
            facts = _common(list(each.values()))
            account = accounts.of(facts)
            drafts.append(_Draft(group, pieces, each, facts, account))
            lowest[account] = min(pieces[0][0], lowest.get(account, pieces[0][0]))

    def place(draft: _Draft) -> tuple[object, ...]:
        carrier = folded(draft.facts.losing_carrier or "")
        return draft.group.toll_free, carrier, lowest[draft.account], draft.has_btn, draft.pieces[0]

    drafts.sort(key=place)
    for position, draft in enumerate(drafts, 1):
        draft.position = position
    return drafts


_ALIKE = frozenset(part.value for part in PortField)
_BY_NUMBER = (PortField.PORT_TYPE.value, PortField.RATE_CENTER.value)
"""What is known of a number and says nothing about another one of its account."""


def _common(each: Sequence[PortFacts]) -> PortFacts:
    """What is known of an order, by what is known of its numbers.

    What is told of some numbers of an account, and otherwise of none, holds for the account.
    """
    if len(each) == 1:
        return each[0]
    found = {}
    for name in FIELDS:
        values = dict.fromkeys(getattr(facts, name) for facts in each)
        if name not in _BY_NUMBER:
            values.pop(None, None)
        first = next(iter(values), None)
        if len(values) == 1 or (name in _ALIKE and _are_alike(PortField(name), each)):
            found[name] = first
    return PortFacts(**found)


def _are_alike(part: PortField, each: Iterable[PortFacts]) -> bool:
    return len(set(map(comparison([part]), each))) == 1


def _others(
    listed: NumberSet, free: NumberSet, told: Told, positions: Mapping[int, int]
) -> Iterator[tuple[int, PortFacts]]:
    """The numbers that something is known of and that are in no order."""
    for number in digits_of(listed - free):
        yield number, told.of(number)
    for number in told.each:
        if number not in positions and TelephoneNumber._of(number) not in listed:
            yield number, told.of(number, is_listed=False)


def _left(
    drafts: Iterable[_Draft],
    others: Iterable[tuple[int, PortFacts]],
    accounts: Accounts,
    elsewhere: NumberSet,
    positions: Mapping[int, int],
) -> dict[AccountKey, Account]:
    """The accounts that numbers leave, with what stays on each."""
    found: dict[AccountKey, Account] = {}
    for draft in drafts:
        if draft.account is None or draft.group.toll_free:
            continue
        account = found.get(draft.account)
        if account is None:
            account = found[draft.account] = Account(draft.each)
        elif account.facts is not draft.each:
            account.facts = {**account.facts, **draft.each}
        account.orders.append(draft.position)
        account.leaving += draft.quantity
        if draft.has_btn:
            account.with_btn = draft.position
    staying: dict[AccountKey, set[int]] = {}
    for number, facts in others:
        key = accounts.of(facts) or ()
        if key in found and TelephoneNumber._of(number) not in elsewhere:
            staying.setdefault(key, set()).add(number)
    for key, account in found.items():
        for facts in account.facts.values():
            btn = facts.btn
            if btn is not None and int(btn) not in positions and btn not in elsewhere:
                staying.setdefault(key, set()).add(int(btn))
        account.staying = staying.get(key, NOBODYS.staying)
    return found


def _centers(each: Iterable[PortFacts]) -> tuple[RateCenter, ...]:
    found = {facts.rate_center for facts in each} - {None}
    return tuple(sorted(filter(None, found), key=lambda one: (one.state or "", one.name))) if found else ()


def _planned(draft: _Draft, left: Mapping[AccountKey, Account]) -> PlannedPort:
    toll_free, quantity = draft.group.toll_free, draft.quantity
    account = NOBODYS if toll_free else left.get(draft.account or (), NOBODYS)
    unnamed = account.unnamed
    others = max(0, account.leaving - quantity) + len(account.staying) + unnamed
    return PlannedPort(
        position=draft.position,
        numbers=tuple(NumberRange._of(first, last) for first, last in draft.pieces),
        facts=draft.facts,
        toll_free=toll_free,
        rate_centers=() if toll_free else _centers(draft.each.values()),
        simplicity=simplicity(draft.facts, numbers=quantity, others=others, toll_free=toll_free),
        staying=account.stays,
        unnamed=unnamed,
    )


def _ranges_cut(groups: Sequence[Group], positions: Mapping[int, int]) -> Iterator[Caution]:
    for group in groups:
        for first, last in group.cut:
            orders = sorted({positions[number] for number in range(first, last + 1)})
            yield RangeCut(orders=orders, cut=NumberRange._of(first, last))


def _differing(positions: Mapping[int, int], told: Told) -> Iterator[Caution]:
    """Numbers of which the check names another carrier than the user does."""
    found: dict[tuple[str, str], list[int]] = {}
    for number, facts in told.checked.items():
        said, counts = told.said(number).losing_carrier, facts.losing_carrier
        if number in positions and said and counts and folded(said) != folded(counts):
            found.setdefault((said, counts), []).append(number)
    for (said, counts), numbers in sorted(found.items()):
        yield CarrierDiffers(
            orders=_places(numbers, positions), numbers=ranges_of(numbers), said=said, told=counts
        )


def _not_known(positions: Mapping[int, int], told: Told) -> Iterator[Caution]:
    """Numbers of which nobody has said that they can be ported."""
    found: dict[WhyNotKnown, list[int]] = {}
    for number in positions.keys() - told.checked.keys():
        answer = told.unknown.get(number)
        found.setdefault(WhyNotKnown.NOT_ASKED if answer is None else answer.why, []).append(number)
    for why, numbers in sorted(found.items()):
        yield PortabilityNotKnown(orders=_places(numbers, positions), numbers=ranges_of(numbers), why=why)


def _places(numbers: Iterable[int], positions: Mapping[int, int]) -> tuple[int, ...]:
    return tuple(sorted({positions[number] for number in numbers}))
