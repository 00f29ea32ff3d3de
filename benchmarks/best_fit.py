"""How much longer an inventory can serve blocks when options come by best fit than when they come lowest first.

Worlds of ten exchanges, from which customers want single numbers, runs and blocks. Each takes the first option that he
is offered, and customers leave as well:

- *growth*: for each ten numbers that are sold, so many come back; the rest of the world is used up. How many customers
  are served before a block of 100 cannot be had, and how much is free then?
- *a full house*: as many numbers come back as are sold, at a level. How many of the wishes cannot be met?

It is a simulation: its figures depend on the seeds and not on the machine.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from statistics import mean

from pstnkit import Inventory, InventoryPolicy, NumberRange, NumberSet, OptionOrder, SearchQuery

EXCHANGES = 10
NUMBERS = EXCHANGES * 10_000
WANTED = {
    SearchQuery(limit=1): 60,
    SearchQuery(quantity=5, consecutive=True, limit=1): 15,
    SearchQuery(quantity=20, consecutive=True, limit=1): 8,
    SearchQuery(quantity=10, block=True, limit=1): 10,
    SearchQuery(quantity=50, block=True, limit=1): 4,
    SearchQuery(quantity=100, block=True, limit=1): 3,
}
"""What customers want, and how many of a hundred want it."""


class World:
    """Ten exchanges as pooling leaves them: some thousands-blocks are untouched, in some a few numbers are taken here
    and there, and in some most."""

    def __init__(self, order: OptionOrder, seed: int) -> None:
        self.chance = random.Random(seed)
        free = NumberSet(
            NumberRange(f"415{200 + each}0000", f"415{200 + each}9999") for each in range(EXCHANGES)
        )
        everything = free.copy()
        for thousand in range(415_200_0, 415_200_0 + 10 * EXCHANGES):
            use = self.chance.choice((0, 0, 0, 0.02, 0.05, 0.1, 0.2, 0.5, 0.7, 0.9))
            lines = [thousand * 1000 + line for line in range(1000) if self.chance.random() < use]
            free -= NumberSet.from_integers(lines)
        self.inventory = Inventory(free, policy=InventoryPolicy(order=order))
        self.sold = list((everything - free).ranges())

    def customers(self) -> Iterator[tuple[SearchQuery, int]]:
        """What one after another wants, and how many numbers he has got; 0 if there was no option."""
        while True:
            [query] = self.chance.choices([*WANTED], [*WANTED.values()])
            options = self.inventory.search(query).options
            self.inventory.remove(options)
            self.sold += options
            yield query, sum(map(len, options))

    def leave(self) -> int:
        """Somebody leaves; how many numbers come back with him."""
        place = self.chance.randrange(len(self.sold))
        self.sold[place], self.sold[-1] = self.sold[-1], self.sold[place]
        back = self.sold.pop()
        self.inventory.add([back])
        return len(back)


def growth(order: OptionOrder, seed: int, returned: float) -> tuple[int, float]:
    """How many customers were served before a block of 100 could not be had, and the share that is free then."""
    world = World(order, seed)
    owed = 0.0
    for served, (query, got) in enumerate(world.customers()):
        if query.quantity == 100 and not got:
            return served, len(world.inventory) / NUMBERS
        owed += got * returned
        while owed > 0:
            owed -= world.leave()
    raise AssertionError("customers do not end")


def full_house(order: OptionOrder, seed: int, level: float, customers: int) -> Counter[str]:
    """How many wishes there were and how many could not be met, while a share of ``level`` stays free."""
    world = World(order, seed)
    counts: Counter[str] = Counter()
    for count, (query, got) in enumerate(islice(world.customers(), customers)):
        while len(world.inventory) < level * NUMBERS:
            world.leave()
        if count >= customers // 2:  # by then, what the world began with is forgotten
            counts[f"{query.quantity} wanted"] += 1
            counts[f"{query.quantity} refused"] += not got
    return counts


def main() -> None:
    """Print both simulations, under both orders."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--worlds", type=int, default=3, help="how many worlds each figure is the mean of")
    parser.add_argument(
        "--customers", type=int, default=10_000, help="how many customers come to a full house"
    )
    arguments = parser.parse_args()
    seeds = range(arguments.worlds)
    for returned in (0.0, 0.5, 0.8):
        print(
            f"growth, {10 * returned:.0f} numbers of ten coming back: when the first block of 100 cannot be had"
        )

        def ended(order: OptionOrder, returned: float = returned) -> str:
            ends = [growth(order, seed, returned) for seed in seeds]
            return f"{mean(n for n, _ in ends):7,.0f} customers served, {mean(s for _, s in ends):.1%} free"

        report(ended)
    for level in (0.25, 0.2, 0.15):
        print(f"a full house, {level:.0%} free: share of the wishes that cannot be met, by their size")

        def refused(order: OptionOrder, level: float = level) -> str:
            counts: Counter[str] = Counter()
            for seed in seeds:
                counts += full_house(order, seed, level, arguments.customers)
            sizes = sorted(query.quantity for query in WANTED)
            return ", ".join(f"{n}: {counts[f'{n} refused'] / counts[f'{n} wanted']:.1%}" for n in sizes)

        report(refused)


def report(figure: Callable[[OptionOrder], str]) -> None:
    """One line for each order."""
    for order in OptionOrder:
        print(f"  {order:<13} {figure(order)}", flush=True)


if __name__ == "__main__":
    main()
