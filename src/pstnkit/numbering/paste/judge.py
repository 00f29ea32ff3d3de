"""From what a cell says to a verdict: the plan, the policy, what is known, what was listed before."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pstnkit.errors import CallerError
from pstnkit.numbering import bits
from pstnkit.numbering.paste.classify import Classifier
from pstnkit.numbering.paste.runs import Spelled
from pstnkit.numbering.paste.verdicts import Hint, Verdict
from pstnkit.numbering.reasons import Reason

if TYPE_CHECKING:
    from pstnkit.numbering.numberset import NumberSet
    from pstnkit.numbering.telephone import TelephoneNumber

_NEVER_DIALED = frozenset(
    {Reason.AREA_CODE_FORMAT, Reason.EXCHANGE_FORMAT, Reason.N11_EXCHANGE, Reason.AREA_CODE_NOT_IN_SERVICE}
)
_NO_FIGURES: Mapping[str, Any] = {}

Judgment = tuple[Verdict, Reason | None, Hint | None, Mapping[str, Any], int, int]


class Judge:
    """Turns what a cell says into a verdict, and remembers which numbers it has seen."""

    def __init__(self, classifier: Classifier, known: Any) -> None:
        self.classifier = classifier
        self.known = _known_sets(known)
        self.seen: dict[int, int] = {}
        self.spans = array("q")
        """First and last of each stretch of valid numbers at its first occurrence, one after the other."""

    def plausible(self, digits: int) -> bool:
        """Whether ten digits could be a subscriber's number, whatever the policy says of them."""
        return self.classifier.finding(digits) not in _NEVER_DIALED

    def judge(self, spelled: Spelled) -> Judgment:
        first, last = spelled.first, spelled.last
        if spelled.reason is not None or not first:
            figures = spelled.figures or _NO_FIGURES
            if spelled.reason is Reason.FOREIGN:
                return Verdict.INVALID, spelled.reason, Hint.COUNTRY, {"international": spelled.digits}, 0, 0
            return Verdict.INVALID, spelled.reason, spelled.hint, figures, 0, 0
        finding = self.classifier.finding(first) if first == last else None
        member = first
        if first != last:
            finding, member = self.classifier.worst_of(first, last)
        if finding is not None and finding is not Reason.AREA_CODE_UNCONFIRMED:
            return self._refused(finding, member, first != last)
        for numbers, reason in self.known:
            held = numbers._bitmap(first // 10_000) & bits.span(first % 10_000, last % 10_000)
            if held:
                member = first // 10_000 * 10_000 + (held & -held).bit_length() - 1
                return self._refused(reason, member, first != last)
        return self._listed(first, last, finding)

    def _refused(self, reason: Reason, member: int, of_range: bool) -> Judgment:
        npa = member // 10_000_000
        figures: dict[str, Any] = {"npa": npa, "nxx": f"{member // 10_000 % 1000:03}"}
        hint = None
        if reason is Reason.AREA_CODE_NOT_IN_SERVICE:
            opens = self.classifier.opens(npa)
            if opens is not None:
                hint = Hint.OPENS
                figures["opens"] = opens.isoformat()
        if of_range and hint is None:
            hint = Hint.RANGE_MEMBER
            figures["number"] = f"+1{member}"
        return Verdict.INVALID, reason, hint, figures, 0, 0

    def _listed(self, first: int, last: int, finding: Reason | None) -> Judgment:
        """A number or range that may be listed: valid at its first occurrence, else a duplicate."""
        exchange = first // 10_000
        span = bits.span(first % 10_000, last % 10_000)
        seen = self.seen.get(exchange, 0)
        repeated = seen & span
        self.seen[exchange] = seen | span
        if not repeated:
            self.spans.append(first)
            self.spans.append(last)
            if finding is None:
                return Verdict.VALID, None, None, _NO_FIGURES, first, last
            plan = self.classifier.plan
            figures = {
                "npa": first // 10_000_000,
                "as_of": plan.as_of.isoformat(),
                "horizon": plan.horizon.isoformat(),
            }
            return Verdict.VALID, finding, Hint.PLAN_DATE, figures, first, last
        for low, high in bits.runs(span & ~repeated):
            self.spans.append(exchange * 10_000 + low)
            self.spans.append(exchange * 10_000 + high)
        # Which entry listed it first is filled in when all have been read.
        member = exchange * 10_000 + (repeated & -repeated).bit_length() - 1
        hint = Hint.FIRST_LISTED if first == last else Hint.PARTLY_LISTED
        pending = {"number": f"+1{member}", "repeated": repeated.bit_count(), "count": last - first + 1}
        return Verdict.DUPLICATE, Reason.DUPLICATE, hint, pending, first, last

    def point_at_first(self, entries: list[list[Any]]) -> None:
        """Fill in, for each duplicate, the entry that listed its number first."""
        pending = [entry[9] for entry in entries if entry[6] is Verdict.DUPLICATE]
        wanted = sorted({int(figures["number"][2:]) for figures in pending})
        found: dict[int, tuple[int, int]] = {}
        # Each place points at the next wanted number that has not been found, so that none is met twice.
        following = list(range(len(wanted) + 1))

        def unfound(index: int) -> int:
            while following[index] != index:
                following[index] = following[following[index]]
                index = following[index]
            return index

        for number, entry in enumerate(entries, 1):
            if len(found) == len(wanted):
                break
            first, last = entry[10], entry[11]
            index = unfound(bisect_left(wanted, first)) if first else len(wanted)
            while index < len(wanted) and wanted[index] <= last:
                found[wanted[index]] = (number, entry[2])
                following[index] = index + 1
                index = unfound(index)
        for figures in pending:
            figures["entry"], figures["row"] = found[int(figures["number"][2:])]


def _known_sets(known: Any) -> list[tuple[NumberSet, Reason]]:
    """The known numbers by the reason for which each cannot be listed."""
    if known is None:
        return []
    from pstnkit.numbering.numberset import NumberSet

    if isinstance(known, NumberSet):
        return [(known, Reason.ALREADY_OWNED)]
    if not isinstance(known, Mapping):
        return [(NumberSet(known), Reason.ALREADY_OWNED)]
    by_reason: dict[Reason, list[TelephoneNumber]] = {Reason.ALREADY_OWNED: [], Reason.IN_ACTIVE_ORDER: []}
    for number, reason in known.items():
        if reason not in by_reason:
            raise CallerError(f"a known number is already_owned or in_active_order, not {reason!r}")
        by_reason[reason].append(number)
    return [(NumberSet(numbers), reason) for reason, numbers in by_reason.items() if numbers]
