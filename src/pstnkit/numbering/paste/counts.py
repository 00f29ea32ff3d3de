"""How many entries of a paste there are of each verdict and reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import final

from pstnkit.numbering.paste.outcomes import OUTCOMES
from pstnkit.numbering.paste.verdicts import Verdict
from pstnkit.numbering.reasons import Reason


@final
class Counts(Mapping[str, int]):
    """How many entries there are, by verdict and by reason: a mapping, with the verdicts as attributes too.

    Keys are :class:`Verdict` and :class:`Reason` members, or their plain strings; iterating gives the three
    verdicts and the reasons that occur. A reason that does not occur counts 0.

    >>> from pstnkit import read_numbers
    >>> counts = read_numbers("(415) 321-0100\\n321-0100").counts
    >>> counts
    Counts(valid=1, duplicate=0, invalid=1, too_short=1)
    >>> counts.total, counts["too_short"], counts[Reason.FOREIGN]
    (2, 1, 0)
    """

    __slots__ = ("_counted",)

    def __init__(self, codes: bytes | bytearray) -> None:
        counted: dict[str, int] = dict.fromkeys(Verdict, 0)
        for code, (verdict, reason) in OUTCOMES.items():
            count = codes.count(code)
            counted[verdict] += count
            # A repetition has one name as verdict and as reason, and is counted once.
            if count and reason is not None and reason is not Reason.DUPLICATE:
                counted[reason] = count
        self._counted = counted

    @property
    def valid(self) -> int:
        """How many entries are valid."""
        return self._counted[Verdict.VALID]

    @property
    def duplicate(self) -> int:
        """How many entries repeat earlier ones."""
        return self._counted[Verdict.DUPLICATE]

    @property
    def invalid(self) -> int:
        """How many entries are invalid."""
        return self._counted[Verdict.INVALID]

    @property
    def total(self) -> int:
        """How many entries there are."""
        return self.valid + self.duplicate + self.invalid

    @property
    def reasons(self) -> dict[Reason, int]:
        """How many entries have each reason, the most frequent first."""
        found = {
            Reason(key): count
            for key, count in self._counted.items()
            if key not in (Verdict.VALID, Verdict.INVALID)
        }
        return {reason: count for reason, count in sorted(found.items(), key=lambda item: -item[1]) if count}

    def __getitem__(self, key: str) -> int:
        found = self._counted.get(key)
        if found is None:
            if key not in set(Reason):
                raise KeyError(key)
            return 0
        return found

    def __contains__(self, key: object) -> bool:
        return key in self._counted

    def __iter__(self) -> Iterator[str]:
        return iter(self._counted)

    def __len__(self) -> int:
        return len(self._counted)

    def __repr__(self) -> str:
        return f"Counts({', '.join(f'{key.value}={count}' for key, count in self._items())})"

    def _items(self) -> Iterator[tuple[Verdict | Reason, int]]:
        for key, count in self._counted.items():
            yield (key if isinstance(key, Verdict) else Reason(key)), count
