"""The story, told with a reader's own files: its figures are those of a brute-force count."""

from __future__ import annotations

import io
import json
import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from pstnkit import UnreadableSource, plan
from pstnkit.cli.demo import run

SEEDS = range(6)


def told(inventory: Path | None = None, paste: Path | None = None, seed: int = 1) -> dict[str, Any]:
    out = io.StringIO()
    assert run(inventory, paste, seed, as_json=True, out=out) == 0
    everything: dict[str, Any] = json.loads(out.getvalue())
    return everything


def runs_of(numbers: set[int], length: int) -> list[list[str]]:
    """Every run of ``length``, lowest first, not overlapping, inside one exchange; one number at a time."""
    found: list[list[str]] = []
    for first in sorted(numbers):
        if found and first <= int(found[-1][1][2:]):
            continue
        wanted = range(first, first + length)
        if all(number in numbers for number in wanted) and first // 10_000 == wanted[-1] // 10_000:
            found.append([f"+1{first}", f"+1{wanted[-1]}"])
    return found


class Invented:
    """An inventory and a pasted list made at random, with what anybody could count in them by hand."""

    def __init__(self, seed: int, folder: Path) -> None:
        dice = random.Random(seed)
        self.free: set[int] = set()
        for exchange in dice.sample([415_321, 415_868, 628_214, 212_736, 512_322], dice.randint(1, 5)):
            for _ in range(dice.randint(1, 6)):
                first = dice.randrange(0, 9_900)
                lines = range(first, first + dice.randint(1, 60))
                self.free.update(exchange * 10_000 + line for line in lines)
        self.inventory = folder / "inventory.txt"
        listed = sorted(self.free)
        dice.shuffle(listed)
        self.inventory.write_text("".join(f"{number}\n" for number in listed), encoding="utf-8")

        # Only listed as valid is what is on offer nowhere: another carrier's numbers.
        self.good = dice.sample(range(6502530000, 6502539999), dice.randint(5, 40))
        again = dice.sample(self.good, dice.randint(0, 4))
        bad = [f"650053{dice.randrange(10_000):04}" for _ in range(dice.randint(0, 5))]
        self.counts = {"valid": len(self.good), "duplicate": len(again), "invalid": len(bad)}
        self.paste = folder / "paste.csv"
        # What is repeated stays behind what it repeats.
        rows = [f"Someone,{number}" for number in (*self.good, *again, *bad)]
        self.paste.write_text("Name,Phone\n" + "\n".join(rows) + "\n", encoding="utf-8")

        sizes = Counter(number // 10_000_000 for number in self.free)
        self.home = max(sorted(sizes), key=lambda npa: sizes[npa])


@pytest.mark.parametrize("seed", SEEDS)
def test_the_figures_of_the_story_are_those_of_a_brute_force_count(seed: int, tmp_path: Path) -> None:
    made = Invented(seed, tmp_path)
    figures = told(made.inventory, made.paste, seed)["figures"]

    assert figures["on_offer"] == len(made.free)
    assert {kind: figures["paste"][kind] for kind in made.counts} == made.counts
    assert figures["paste"]["numbers"] == figures["ported"] == len(made.good)

    at_home = {number for number in made.free if number // 10_000_000 == made.home}
    in_state = {
        number
        for number in made.free
        if plan.area_code(str(number // 10_000_000)).subdivisions
        == plan.area_code(str(made.home)).subdivisions
    }
    by_state, by_npa, blocks, too_many, twenty, _ = figures["searches"]
    assert by_state["available"] == len(in_state)
    assert by_npa["available"] == len(at_home)
    exchange = {number for number in at_home if number // 10_000 == min(at_home) // 10_000}
    assert blocks["available"] == len(exchange)
    starts = [number for number in sorted(exchange) if number % 10 == 0]
    tens = [first for first in starts if all(first + step in exchange for step in range(10))]
    assert blocks["options"] == [[f"+1{first}", f"+1{first + 9}"] for first in tens][:25]
    longest = too_many["query"]["quantity"]
    assert runs_of(at_home, longest - 5)
    assert not runs_of(at_home, longest - 4)
    assert not too_many["satisfied"]
    assert too_many["options"] == []
    assert too_many["alternatives"][-1] == "advanced_order"
    assert twenty["options"] == runs_of(at_home, 20)[:25]


@pytest.mark.parametrize("seed", SEEDS)
def test_every_number_ends_where_it_should_and_counts_add_up(seed: int, tmp_path: Path) -> None:
    made = Invented(seed, tmp_path)
    state = told(made.inventory, made.paste, seed)["state"]
    records = state["numbers"]["records"]
    statuses = Counter(record["status"] for record in records.values())
    assert {status: count for status, count in state["numbers"]["counts"].items() if count} == statuses

    assert statuses["pending"] == 0
    assert statuses["failed"] == 1  # the one that the story lets fail
    assert {f"+1{number}" for number in made.good} <= set(records)
    from_offer = {int(number[2:]) for number in records} & made.free
    ordered = sum(order["quantity"] for order in state["orders"] if order["kind"] == "standard")
    assert len(from_offer) == ordered
    assert len(records) == len(made.good) + ordered + 12  # and an advanced order of twelve


def test_the_same_story_ends_the_same_way_however_messages_arrive() -> None:
    def ending(seed: int) -> Any:
        state = told(seed=seed)["state"]
        records = {number: record["status"] for number, record in state["numbers"]["records"].items()}
        return records, [(order["status"], order["discrepancies"]) for order in state["orders"]]

    endings = [ending(seed) for seed in (1, 2, 3, 4)]
    assert all(other == endings[0] for other in endings)
    assert all(discrepancies == [] for _, discrepancies in endings[0][1])


def test_secrets_are_not_told() -> None:
    assert "004-881-22" not in json.dumps(told())


def test_the_story_is_told_in_lines_that_end_with_the_tables_of_an_operator() -> None:
    out = io.StringIO()
    assert run(None, None, 1, as_json=False, out=out) == 0
    text = out.getvalue()
    assert text == "\n".join(told()["story"]) + "\n"
    for word in ("awaiting_signature", "processing", "completed", "partially_completed", "foc_confirmed"):
        assert word in text
    for word in ("pending", "unassigned", "assigned", "failed", "in progress", "successful"):
        assert word in text
    assert "porting opens when the organization has moved to paid" in text


@pytest.mark.parametrize("empty", ["", "\n", "Phone\n"])
def test_files_without_a_single_number_make_a_short_story(empty: str, tmp_path: Path) -> None:
    nothing = tmp_path / "nothing.txt"
    nothing.write_text(empty, encoding="utf-8")
    everything = told(nothing, nothing)
    assert everything["figures"]["on_offer"] == everything["figures"]["ported"] == 0
    assert [order["kind"] for order in everything["state"]["orders"]] == ["advanced"]


def test_a_paste_that_cannot_be_read_is_said_before_anything_else(tmp_path: Path) -> None:
    out = io.StringIO()
    with pytest.raises(UnreadableSource):
        run(None, tmp_path / "missing.csv", 1, as_json=False, out=out)
    assert out.getvalue() == ""
