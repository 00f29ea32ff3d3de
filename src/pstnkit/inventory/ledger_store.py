"""What an inventory needs of a store to share its ledger with other processes, and to outlive its own.

A store keeps texts under positions and knows nothing of what they say. Because one only can write at a position, all
who share a store make their changes one after the other, and each has read what the others did before it decides. No
lock is held meanwhile: who was overtaken reads on and decides anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol


class LedgerStore(Protocol):
    """The entries of one ledger, at positions from 1, each one behind the last.

    What a store cannot do it raises, in its own words: the inventory lets that through, and answers no question from
    what it knew before. :class:`pstnkit.testing.LedgerStoreSuite` tests a store.
    """

    def read(self, after: int) -> Iterable[tuple[int, str]]:
        """The positions and texts of all entries behind ``after``, in order, as of one moment."""
        ...

    def write(self, position: int, text: str) -> bool:
        """Keep ``text`` at ``position``, if that is the next one, for good; or else keep nothing and return False.

        The next one is 1 in a store that never had an entry, and then one behind the last. Of several who write at the
        same position at once one succeeds.
        """
        ...

    def drop(self, before: int) -> None:
        """Forget the entries at positions less than ``before``; there is one at ``before``, and it stays."""
        ...
