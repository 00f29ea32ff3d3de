"""From ten digits to a finding: the shape, the plan of the day, what the number is, and the policy, in this order.

A :class:`Classifier` meets the plan once per exchange. Only the lines of 555 differ among themselves; of
every other exchange one finding is remembered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pstnkit.numbering.area_code import AreaCodeKind, AreaCodeStatus
from pstnkit.numbering.classification import APART_EXCHANGES, NumberKind, rules_of_exchange
from pstnkit.numbering.paste.verdicts import PastePolicy
from pstnkit.numbering.reasons import Reason
from pstnkit.numbering.shape import exchange_fault

if TYPE_CHECKING:
    from datetime import date

    from pstnkit.numbering.plan import NumberingPlan

_OF_AREA_CODES = {
    AreaCodeKind.TOLL_FREE: Reason.TOLL_FREE,
    AreaCodeKind.PREMIUM: Reason.PREMIUM,
    AreaCodeKind.PERSONAL: Reason.PERSONAL,
    AreaCodeKind.NON_GEOGRAPHIC: Reason.NON_GEOGRAPHIC,
}
_OF_LINES = {
    NumberKind.FICTITIOUS: Reason.FICTITIOUS,
    NumberKind.DIRECTORY_ASSISTANCE: Reason.DIRECTORY_ASSISTANCE,
    NumberKind.TEST: Reason.TEST_EXCHANGE,
    NumberKind.SPECIAL: Reason.SPECIAL_EXCHANGE,
}
APART = frozenset({*range(200), *range(211, 1000, 100), *APART_EXCHANGES})
"""The exchanges of which something else may be found than of the others of their area code."""

_Findings = list[tuple[int, int, Reason | None]]


class Classifier:
    """Says what is to be found about numbers, under one plan, day and policy.

    >>> from pstnkit.numbering.plan import plan
    >>> classifier = Classifier(plan, None, PastePolicy())
    >>> classifier.finding(415_321_0100), classifier.finding(415_511_0100)
    (None, <Reason.N11_EXCHANGE: 'n11_exchange'>)
    """

    __slots__ = ("_by_exchange", "_by_line", "_by_npa", "_on", "_policy", "plan")

    def __init__(self, plan: NumberingPlan, on: date | None, policy: PastePolicy) -> None:
        self.plan = plan
        self._on = on
        self._policy = policy
        self._by_npa: dict[int, Reason | None] = {}
        self._by_exchange: dict[int, tuple[Reason | None, bool]] = {}
        self._by_line: dict[int, _Findings] = {}

    def of_exchange(self, code: int) -> tuple[Reason | None, bool]:
        """What is found of the numbers of an exchange (its six digits), and whether that depends on the line:
        then it is so of the first only, and :meth:`finding` is to be asked about each.

        >>> from pstnkit.numbering.plan import plan
        >>> Classifier(plan, None, PastePolicy()).of_exchange(222_321)
        (<Reason.AREA_CODE_NOT_IN_SERVICE: 'area_code_not_in_service'>, False)
        """
        found = self._by_exchange.get(code)
        if found is None:
            found = self._by_exchange[code] = self._of_exchange(code)
        return found

    def finding(self, digits: int) -> Reason | None:
        """Why the number may not be used, or None; ``AREA_CODE_UNCONFIRMED`` is found of valid ones."""
        code = digits // 10_000
        found, by_line = self._by_exchange.get(code) or self.of_exchange(code)
        if by_line:
            line = digits % 10_000
            found = next(reason for _, last, reason in self._by_line[code] if line <= last)
        return found

    def worst_of(self, first: int, last: int) -> tuple[Reason | None, int]:
        """What is found of the worst member of a range in one exchange, and that member (the lowest)."""
        code = first // 10_000
        found, by_line = self.of_exchange(code)
        if by_line:
            base = code * 10_000
            for start, end, reason in self._by_line[code]:
                if base + end >= first and base + start <= last and _refused(reason):
                    return reason, max(first, base + start)
            found = self.finding(first)
        return found, first

    def opens(self, npa: int) -> date | None:
        """The announced day on which an area code opens, when one is known."""
        return self.plan.area_code(str(npa), self._on).in_service

    def _of_exchange(self, code: int) -> tuple[Reason | None, bool]:
        fault = exchange_fault(code)
        if fault is not None:
            return fault, False
        npa, nxx = divmod(code, 1000)
        if npa not in self._by_npa:
            self._by_npa[npa] = self._of_area_code(npa)
        found = self._by_npa[npa]
        if _refused(found):
            return found, False
        findings: _Findings = []
        for first, last, rule in rules_of_exchange(self.plan.area_code(str(npa), self._on), nxx):
            reason = _OF_LINES.get(rule.kind)
            findings.append((first, last, found if reason is None or self._policy.allows(reason) else reason))
        if all(reason is findings[0][2] for _, _, reason in findings):
            return findings[0][2], False
        self._by_line[code] = findings
        return findings[0][2], True

    def _of_area_code(self, npa: int) -> Reason | None:
        area_code = self.plan.area_code(str(npa), self._on)
        if area_code.status is AreaCodeStatus.UNCONFIRMED:
            return Reason.AREA_CODE_UNCONFIRMED
        if area_code.status is not AreaCodeStatus.IN_SERVICE:
            return Reason.AREA_CODE_NOT_IN_SERVICE
        kind = None if area_code.kind is None else _OF_AREA_CODES.get(area_code.kind)
        return None if kind is None or self._policy.allows(kind) else kind


def _refused(finding: Reason | None) -> bool:
    return finding is not None and finding is not Reason.AREA_CODE_UNCONFIRMED
