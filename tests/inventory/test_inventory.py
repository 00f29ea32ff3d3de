"""The inventory: one place for searching and holding, safe among threads."""

from __future__ import annotations

import copy
import pickle
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from random import Random
from threading import Barrier
from typing import Any

import pytest

from pstnkit.errors import CallerError, DecisionError
from pstnkit.inventory.alternatives import AlternativeKind
from pstnkit.inventory.holds import Hold, HoldStatus, Standing
from pstnkit.inventory.inventory import Inventory
from pstnkit.inventory.policy import InventoryPolicy
from pstnkit.inventory.query import SearchQuery
from pstnkit.inventory.refusals import (
    HoldConflict,
    HoldEnded,
    NotPurchased,
    NumbersUnavailable,
    UnknownHold,
)
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.ranges import NumberRange
from pstnkit.numbering.telephone import TelephoneNumber

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
LATER = NOON + timedelta(minutes=15)
TEN = NumberRange("4155550100", "4155550109")
NEXT_TEN = NumberRange("4155550110", "4155550119")
NUMBER = TelephoneNumber("4155550100")
HERE = SearchQuery(npa="415")


@pytest.fixture
def inventory() -> Inventory:
    return Inventory([NumberRange("4155550100", "4155550149")])


@pytest.mark.parametrize("numbers", [TEN, [TEN], list(TEN), NumberSet([TEN]), [TEN, NUMBER]])
def test_it_is_made_of_numbers_ranges_and_sets(numbers: list[NumberRange]) -> None:
    inventory = Inventory(numbers)
    assert len(inventory) == 10
    assert NUMBER in inventory
    assert NUMBER + 10 not in inventory
    assert repr(inventory) == "<Inventory: 10 numbers free>"


def test_it_keeps_a_set_of_its_own() -> None:
    numbers = NumberSet([TEN])
    inventory = Inventory(numbers)
    numbers.clear()
    inventory.free.clear()
    assert len(inventory) == 10


def test_numbers_of_every_kind_can_be_on_offer() -> None:
    assert len(Inventory.from_text("415-555-0100\n800-555-1212\n900-200-0100\n415-200-01\n")) == 3


def test_it_is_read_from_cells_and_as_a_reader_is_told_to() -> None:
    assert len(Inventory.from_text(["4152000100", 4152000101, None, "n/a"])) == 2
    table = "ours,theirs\n4152000100,4152000200\n4152000101,4152000201\n"
    assert NumberRange("4152000200", "4152000201").first in Inventory.from_text(table, columns="theirs")
    assert len(Inventory.from_text(table.encode("utf-16-le"), columns="theirs", encoding="utf-16-le")) == 2
    with pytest.raises(TypeError, match="colunms"):
        Inventory.from_text(table, colunms="theirs")


def test_it_is_read_from_text_and_from_files(tmp_path: Path) -> None:
    path = tmp_path / "numbers.csv"
    path.write_text("Phone\n415-200-0100\n415-200-0101\nnothing\n", encoding="utf-8")
    assert len(Inventory.from_text(path)) == 2
    policy = InventoryPolicy(block_sizes=(2,))
    read = Inventory.from_text(b"4152000100\n4152000101\n", policy=policy)
    assert read.search(SearchQuery(quantity=2, block=True)).satisfied


def test_what_is_held_is_in_nobody_elses_results(inventory: Inventory) -> None:
    hold = inventory.hold(TEN, owner="Ann", now=NOON)
    assert (hold.owner, hold.numbers, hold.count, hold.status) == ("Ann", (TEN,), 10, HoldStatus.HELD)
    assert inventory.search(HERE).available == 40
    assert inventory.search(HERE, owner="Bob").available == 40
    assert inventory.search(HERE, owner="Ann").available == 50
    assert len(inventory) == 40
    assert inventory.held == NumberSet([TEN])


def test_what_has_expired_is_free_at_the_time_asked(inventory: Inventory) -> None:
    inventory.hold(TEN, owner="Ann", now=NOON)
    assert inventory.search(HERE, now=LATER - timedelta(seconds=1)).available == 40
    assert inventory.search(HERE).available == 40
    assert inventory.search(HERE, now=LATER).available == 50
    assert inventory.search(HERE).available == 50


def test_lapsing_says_which_holds_have_ended(inventory: Inventory) -> None:
    hold = inventory.hold(TEN, owner="Ann", now=NOON)
    assert inventory.lapse(NOON) == ()
    [ended] = inventory.lapse(LATER)
    assert (ended.id, ended.status) == (hold.id, HoldStatus.EXPIRED)


def test_numbers_can_be_given_as_a_number_a_range_or_several(inventory: Inventory) -> None:
    texts: Any = ["4155550130"]
    text: Any = "4155550130"
    one = inventory.hold(NUMBER, owner="Ann", now=NOON)
    assert one.numbers == (NumberRange(NUMBER, NUMBER),)
    for again in (
        [NUMBER + 20],
        (NumberRange("4155550121", "4155550122"),),
        {NUMBER + 23},
        iter([NUMBER + 24]),
    ):
        assert inventory.hold(again, owner="Ann", now=NOON).count in {1, 2}
    with pytest.raises(TypeError, match="expected a TelephoneNumber or a NumberRange, not str"):
        inventory.hold(texts, owner="Ann", now=NOON)
    nothing: Any
    for nothing in (text, b"4155550130", 4155550130, None):
        with pytest.raises(
            TypeError, match="expected several numbers or ranges, such as a list of them, not"
        ):
            inventory.hold(nothing, owner="Ann", now=NOON)
    more = inventory.hold([NUMBER + 2, NUMBER + 1, NEXT_TEN], owner="Ann", now=NOON)
    assert more.numbers == (NumberRange(NUMBER + 1, NUMBER + 2), NEXT_TEN)


def test_numbers_that_are_gone_are_named_and_replaced(inventory: Inventory) -> None:
    inventory.hold(TEN, owner="Ann", now=NOON)
    with pytest.raises(NumbersUnavailable) as caught:
        inventory.hold(NumberRange("4155550105", "4155550114"), owner="Bob", now=NOON)
    error = caught.value
    assert isinstance(error, DecisionError)
    assert error.numbers == (NumberRange("4155550105", "4155550109"),)
    assert str(error) == "not available: +14155550105..+14155550109"
    [same] = error.alternatives
    assert same.kind is AlternativeKind.SAME_EXCHANGE
    assert same.ranges == (NEXT_TEN,)
    assert same.explanation == "a run of 10, still free in the same exchange (415-555)"
    assert inventory.hold(same.ranges, owner="Bob", now=NOON).count == 10


def test_single_numbers_that_are_gone_are_replaced_by_as_many(inventory: Inventory) -> None:
    inventory.hold(TEN, owner="Ann", now=NOON)
    wanted = [NUMBER, NUMBER + 2, NUMBER + 10]
    with pytest.raises(NumbersUnavailable) as caught:
        inventory.hold(wanted, owner="Bob", now=NOON)
    [same] = caught.value.alternatives
    assert [option.first for option in same.ranges] == [NUMBER + 11, NUMBER + 12]


def test_what_an_exchange_has_no_more_of_is_sought_elsewhere() -> None:
    inventory = Inventory([TEN, NumberRange("6285550100", "6285550109")])
    inventory.hold(TEN, owner="Ann", now=NOON)
    with pytest.raises(NumbersUnavailable) as caught:
        inventory.hold(TEN, owner="Bob", now=NOON)
    kinds = [str(alternative.kind) for alternative in caught.value.alternatives]
    assert kinds == ["overlay", "same_state", "advanced_order"]


def test_what_is_wanted_and_still_there_is_not_offered_instead(inventory: Inventory) -> None:
    wanted = [NumberRange("4155550100", "4155550104"), NumberRange("4155550110", "4155550114")]
    inventory.hold(TelephoneNumber("4155550102"), owner="a", now=NOON)
    with pytest.raises(NumbersUnavailable) as caught:
        inventory.hold(wanted, owner="b", now=NOON)
    [same] = caught.value.alternatives
    assert same.ranges == (NumberRange("4155550103", "4155550107"),)
    inventory.hold(NumberRange("4155550105", "4155550109"), owner="a", now=NOON)
    with pytest.raises(NumbersUnavailable) as caught:
        inventory.hold(wanted, owner="b", now=NOON)
    [same] = caught.value.alternatives
    assert same.ranges == (NumberRange("4155550115", "4155550119"),)


def test_a_hold_that_is_over_says_what_is_gone_and_what_would_do_instead(inventory: Inventory) -> None:
    hold = inventory.hold([NUMBER, NUMBER + 1], owner="Ann", now=NOON)
    with pytest.raises(HoldEnded, match=r"hold 'hold-1' is expired$") as over:
        inventory.purchase(hold, now=LATER)
    assert (over.value.numbers, over.value.alternatives) == ((), ())
    inventory.hold(NUMBER, owner="Bob", now=LATER)
    with pytest.raises(HoldEnded, match=r"is expired; gone meanwhile: \+14155550100$") as gone:
        inventory.purchase(hold, now=LATER)
    assert gone.value.numbers == (NumberRange(NUMBER, NUMBER),)
    [same] = gone.value.alternatives
    assert (same.kind, same.ranges) == (AlternativeKind.SAME_EXCHANGE, (NumberRange(NUMBER + 1, NUMBER + 2),))


def test_alternatives_are_as_of_the_refusal(inventory: Inventory) -> None:
    inventory.hold(NUMBER, owner="Ann", now=NOON)
    with pytest.raises(NumbersUnavailable) as caught:
        inventory.hold(NUMBER, owner="Bob", now=NOON)
    inventory.hold(NUMBER + 1, owner="Cid", now=NOON)
    [same] = caught.value.alternatives
    assert same.ranges == (NumberRange(NUMBER + 1, NUMBER + 1),)
    assert caught.value.alternatives is caught.value.alternatives


def test_there_is_nothing_instead_of_what_was_not_wanted(inventory: Inventory) -> None:
    assert inventory.instead_of(TEN, TelephoneNumber("2125550100")) == ()


def test_many_gone_ranges_are_named_in_part(inventory: Inventory) -> None:
    wanted = [TelephoneNumber("2125550100") + 2 * step for step in range(5)]
    with pytest.raises(NumbersUnavailable, match=r"\+12125550104 and 2 more"):
        inventory.hold(wanted, owner="Bob", now=NOON)


def test_a_hold_is_extended_released_purchased_and_given_back(inventory: Inventory) -> None:
    hold = inventory.hold(TEN, owner="Ann", now=NOON, id="cart 7")
    longer = inventory.extend(hold, now=NOON + timedelta(minutes=10), ttl=timedelta(minutes=20))
    assert longer.expires_at == NOON + timedelta(minutes=30)
    bought = inventory.purchase("cart 7", now=LATER)
    assert bought.status is HoldStatus.PURCHASED
    assert inventory.holder(NUMBER) == bought
    assert inventory.holder(NUMBER + 20) is None
    part = inventory.give_back(bought, NUMBER, now=LATER)
    assert part.given_back == (NumberRange(NUMBER, NUMBER),)
    assert len(inventory) == 41
    assert inventory.give_back("cart 7", now=LATER).status is HoldStatus.GIVEN_BACK
    assert len(inventory) == 50
    other = inventory.hold(TEN, owner="Bob", now=LATER)
    assert inventory.release(other, now=LATER).status is HoldStatus.RELEASED
    assert len(inventory) == 50


def test_holds_are_listed_by_their_end_and_by_owner(inventory: Inventory) -> None:
    long = inventory.hold(TEN, owner="Ann", now=NOON, ttl=timedelta(hours=1))
    short = inventory.hold(NEXT_TEN, owner="Bob", now=NOON)
    sold = inventory.hold(NumberRange("4155550120", "4155550129"), owner="Ann", now=NOON)
    inventory.purchase(sold, now=NOON)
    assert inventory.holds() == (short, long)
    assert inventory.holds("Ann") == (long,)
    assert inventory.holds("Cid") == ()


def test_what_the_ledger_refuses_is_raised_with_its_hold(inventory: Inventory) -> None:
    hold = inventory.hold(TEN, owner="Ann", now=NOON, id="a")
    with pytest.raises(
        HoldConflict, match="hold 'a' exists, of other numbers or of another owner"
    ) as conflict:
        inventory.hold(TEN, owner="Bob", now=NOON, id="a")
    assert conflict.value.hold == hold
    with pytest.raises(HoldEnded, match="hold 'a' is held") as unsold:
        inventory.give_back("a", now=NOON)
    inventory.purchase("a", now=NOON)
    with pytest.raises(
        NotPurchased, match=r"not purchased under hold 'a': \+14155550110\.\.\+14155550119"
    ) as stranger:
        inventory.give_back("a", NEXT_TEN, now=NOON)
    assert stranger.value.numbers == (NEXT_TEN,)
    with pytest.raises(UnknownHold, match="no hold 'b' is known") as unknown:
        inventory.release("b", now=NOON)
    assert unknown.value.id == "b"
    with pytest.raises(NumbersUnavailable) as gone:
        inventory.hold(TEN, owner="Bob", now=NOON)
    for error in (conflict.value, unsold.value, stranger.value, unknown.value, gone.value):
        for twin in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
            assert type(twin) is type(error)
            assert str(twin) == str(error)
    assert pickle.loads(pickle.dumps(gone.value)).alternatives == gone.value.alternatives


def test_a_hold_needs_numbers_and_an_owner(inventory: Inventory) -> None:
    with pytest.raises(CallerError, match="at least one number"):
        inventory.hold([], owner="Ann", now=NOON)
    with pytest.raises(CallerError, match="an owner"):
        inventory.hold(TEN, owner="", now=NOON)
    with pytest.raises(CallerError, match="without a time zone"):
        inventory.hold(TEN, owner="Ann", now=NOON.replace(tzinfo=None))
    wrong: list[dict[str, Any]] = [
        {"owner": 7},
        {"id": 7},
        {"now": "noon"},
        {"now": NOON.date()},
        {"ttl": 900},
    ]
    for one in wrong:
        with pytest.raises(TypeError, match=f"{next(iter(one))} is a (str|datetime|timedelta), not"):
            inventory.hold(TEN, **{"owner": "Ann", "now": NOON, **one})
    assert len(inventory) == 50


def test_an_owner_may_be_any_kind_of_text(inventory: Inventory) -> None:
    class Shop(StrEnum):
        ANN = "Ann"

    inventory.hold(TEN, owner=Shop.ANN, now=NOON)
    assert inventory.search(HERE, owner="Ann").available == 50


def test_numbers_are_added_and_removed(inventory: Inventory) -> None:
    inventory.add([NumberRange("2125550100", "2125550109")])
    assert len(inventory) == 60
    inventory.remove(TEN)
    assert len(inventory) == 50
    inventory.hold(NEXT_TEN, owner="Ann", now=NOON)
    with pytest.raises(NumbersUnavailable) as caught:
        inventory.remove([NumberRange("4155550119", "4155550120")])
    assert caught.value.numbers == (NumberRange("4155550119", "4155550119"),)
    assert caught.value.alternatives == ()


def test_a_number_is_free_only_when_that_is_known(inventory: Inventory) -> None:
    hold = inventory.hold(TEN, owner="Ann", now=NOON)
    inventory.purchase(inventory.hold(NEXT_TEN, owner="Ann", now=NOON), now=NOON)
    inventory.remove([NUMBER + 20])
    numbers = [NUMBER, NUMBER + 10, NUMBER + 20, NUMBER + 30, TelephoneNumber("2125550100")]
    standings = [inventory.standing(number) for number in numbers]
    assert standings == ["held", "sold", "not_offered", "free", "not_offered"]
    assert inventory.standing(NUMBER, now=LATER - timedelta(seconds=1)) is Standing.HELD
    assert inventory.holder(NUMBER, now=NOON) == hold
    assert inventory.standing(NUMBER, now=LATER) is Standing.FREE
    assert inventory.holder(NUMBER, now=LATER) is None
    assert inventory.standing(NUMBER, now=NOON) is Standing.FREE  # what has expired stays expired


def test_only_a_number_is_asked_about(inventory: Inventory) -> None:
    text: Any = "4155550100"
    for ask in (inventory.holder, inventory.standing):
        with pytest.raises(TypeError, match="a number is a TelephoneNumber, not str"):
            ask(text)


def test_a_copy_goes_its_own_way(inventory: Inventory) -> None:
    hold = inventory.hold(TEN, owner="Ann", now=NOON)
    twin = inventory.copy()
    assert twin.holds() == (hold,)
    twin.release(hold, now=NOON)
    assert (len(inventory), len(twin)) == (40, 50)


def test_a_copy_of_one_that_holds_nothing_yet_goes_its_own_way(inventory: Inventory) -> None:
    twin = inventory.copy()
    twin.hold(TEN, owner="Ann", now=NOON)
    assert (len(inventory), len(twin)) == (50, 40)


def test_a_hold_knows_what_it_keeps(inventory: Inventory) -> None:
    hold = inventory.hold(TEN, owner="Ann", now=NOON)
    assert hold.kept == (TEN,)
    inventory.purchase(hold, now=NOON)
    part = inventory.give_back(hold, TEN[:4], now=NOON)
    assert part.kept == (TEN[4:],)
    assert inventory.give_back(hold, now=NOON).kept == ()


def test_a_policy_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(CallerError, match="blocks of 30 do not divide the 10,000 lines"):
        InventoryPolicy(block_sizes=(10, 30))
    with pytest.raises(CallerError, match="blocks of 0 do not divide"):
        InventoryPolicy(block_sizes=(0,))
    with pytest.raises(CallerError, match=r"longest_hold: .* is no length of time"):
        InventoryPolicy(longest_hold=timedelta(0))
    with pytest.raises(CallerError, match="advanced_days: 0 is not a count of days"):
        InventoryPolicy(advanced_days=0)
    wrong: Any
    for wrong in ("10", ("10",), None):
        with pytest.raises(TypeError, match="block_sizes are ints"):
            InventoryPolicy(block_sizes=wrong)
    wrong = 7200
    with pytest.raises(TypeError, match="longest_hold is a timedelta, not int"):
        InventoryPolicy(longest_hold=wrong)


@pytest.mark.parametrize("name", ["exchanges", "plan", "policy"])
def test_what_is_no_table_plan_or_policy_is_refused_at_once(name: str) -> None:
    wrong: Any = {name: 5}
    with pytest.raises(TypeError, match=f"^{name} is an? [A-Z][A-Za-z]+, not int$"):
        Inventory([TEN], **wrong)


def test_an_owner_is_a_text_wherever_it_is_asked_about(inventory: Inventory) -> None:
    nobody: Any = 7
    for ask in (lambda: inventory.search(HERE, owner=nobody), lambda: inventory.holds(nobody)):
        with pytest.raises(TypeError, match="owner is a str, not int"):
            ask()


def test_an_id_is_left_out_or_says_something(inventory: Inventory) -> None:
    with pytest.raises(CallerError, match="an id is not empty"):
        inventory.hold(TEN, owner="Ann", now=NOON, id="")


def test_a_copy_goes_its_own_way_and_a_pickle_is_refused(inventory: Inventory) -> None:
    hold = inventory.hold(TEN, owner="Ann", now=NOON)
    for twin in (copy.copy(inventory), copy.deepcopy(inventory)):
        twin.release(hold, now=NOON)
        assert (len(twin), len(inventory)) == (50, 40)
    with pytest.raises(TypeError, match="saved by to_bytes"):
        pickle.dumps(inventory)


def test_it_says_how_many_numbers_it_has() -> None:
    assert [repr(Inventory(some)) for some in ([], [NUMBER], TEN)] == [
        "<Inventory: 0 numbers free>",
        "<Inventory: 1 number free>",
        "<Inventory: 10 numbers free>",
    ]


def test_eight_threads_never_share_a_number() -> None:
    inventory = Inventory([NumberRange("4155550000", "4155550399")])
    query = SearchQuery(npa="415", quantity=3, consecutive=True, limit=4)

    def shop(thread: int) -> list[Hold]:
        held: list[Hold] = []
        while True:
            options = inventory.search(query).options
            if not options:
                return held
            try:
                hold = inventory.hold(options[thread % len(options)], owner=f"shopper {thread}", now=NOON)
            except NumbersUnavailable:
                continue
            held.append(inventory.purchase(hold, now=NOON))

    with ThreadPoolExecutor(8) as pool:
        holds = [hold for found in pool.map(shop, range(8)) for hold in found]
    sold = [number for hold in holds for stretch in hold.numbers for number in stretch]
    assert len(sold) == len(set(sold))
    assert len(sold) + len(inventory) == 400
    assert not inventory.search(query).satisfied


def test_eight_threads_that_do_all_that_can_be_done_never_share_a_number() -> None:
    """Who is granted a number writes his name on it, and takes it off before letting go: nobody finds another's."""
    lines = NumberRange("4155550000", "4155550059")
    inventory = Inventory(lines)
    names: dict[TelephoneNumber, int] = {}
    query = SearchQuery(npa="415", quantity=2, consecutive=True)
    switching = sys.getswitchinterval()
    begin = Barrier(8)

    def shop(me: int) -> int:
        dice, granted, kept = Random(me), 0, list[Hold]()
        begin.wait()
        for turn in range(400):
            now = NOON + timedelta(seconds=turn)
            first = dice.randrange(60)
            wanted: Any = lines[first : first + dice.choice([1, 1, 2, 5])]
            with suppress(NumbersUnavailable):
                hold = inventory.hold(wanted, owner=str(me), now=now, ttl=timedelta(days=1))
                granted += 1
                kept.append(hold)
                assert {names.setdefault(n, me) for part in hold.numbers for n in part} == {me}
                assert inventory.holder(hold.numbers[0].first) == hold
            if len(kept) > 4:
                ended = kept.pop(dice.randrange(len(kept)))
                mine = [number for part in ended.numbers for number in part]
                assert [names.pop(number) for number in mine] == [me] * len(mine)
                if dice.random() < 0.3:
                    inventory.give_back(inventory.purchase(ended, now=now), now=now)
                else:
                    inventory.release(inventory.extend(ended, now=now), now=now)
            _ = (
                inventory.search(query, owner=str(me), now=now).options,
                len(inventory),
                inventory.holds(str(me)),
            )
        for hold in kept:
            assert inventory.purchase(hold, now=NOON).owner == str(me)
        return granted

    try:
        sys.setswitchinterval(1e-6)
        with ThreadPoolExecutor(8) as pool:
            granted = sum(pool.map(shop, range(8)))
    finally:
        sys.setswitchinterval(switching)
    assert granted > 100
    for number in lines:
        holder = inventory.holder(number)
        assert names.get(number) == (None if holder is None else int(holder.owner))
    assert len(inventory) + len(names) == 60


def test_what_has_no_id_names_no_hold() -> None:
    stranger: Any = None
    with pytest.raises(TypeError, match="by its id, not by NoneType"):
        Inventory().release(stranger, now=NOON)


def test_a_hold_ends_within_the_calendar() -> None:
    inventory = Inventory([TEN])
    with pytest.raises(CallerError, match="outside of the calendar"):
        inventory.hold(TEN, owner="Ann", now=NOON, ttl=timedelta.max)
    assert len(inventory) == 10
    hold = inventory.hold(TEN, owner="Ann", now=NOON)
    with pytest.raises(CallerError, match="outside of the calendar"):
        inventory.extend(hold, now=NOON, ttl=timedelta.max)


def test_an_inventory_that_was_counted_keeps_its_count_while_numbers_are_held() -> None:
    inventory = Inventory([NumberRange("4153210100", "4153210109")])
    assert len(inventory) == 10
    for number in (TelephoneNumber("4153210105"), TelephoneNumber("4153210100")):
        inventory.hold(number, owner="ada", now=NOON)
        assert len(inventory) == len(inventory.free)
    assert len(inventory) == 8 == inventory.search(SearchQuery(npa="415")).available
