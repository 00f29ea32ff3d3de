"""From ten digits to a finding: the rules of DOMAIN 1 in their order, the plan of the day, the policy.

Shape comes before service, service before the kind of number. A :class:`Classifier` meets the plan once per
exchange: whatever does not depend on the line is remembered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pstnkit.numbering.paste.verdicts import PastePolicy
from pstnkit.numbering.reasons import Reason
from pstnkit.numbering.shape import FOREIGN, TOLL_FREE, exchange_fault

if TYPE_CHECKING:
    from datetime import date

    from pstnkit.numbering.plan import NumberingPlan

_KINDS = {
    "toll_free": Reason.TOLL_FREE,
    "premium": Reason.PREMIUM,
    "personal": Reason.PERSONAL,
    "non_geographic": Reason.NON_GEOGRAPHIC,
}
_SPECIAL = {
    950: Reason.SPECIAL_EXCHANGE,
    976: Reason.SPECIAL_EXCHANGE,
    958: Reason.TEST_EXCHANGE,
    959: Reason.TEST_EXCHANGE,
}
_WHOLLY_FICTITIOUS = range(100, 200)
_DIRECTORY_LINE = 1212
_TOLL_FREE_FICTION = 800_555_0199


class Classifier:
    """Says what is to be found about numbers, under one plan, day and policy.

    >>> from pstnkit.numbering.plan import plan
    >>> classifier = Classifier(plan, None, PastePolicy())
    >>> classifier.finding(415_321_0100), classifier.finding(415_511_0100)
    (None, <Reason.N11_EXCHANGE: 'n11_exchange'>)
    """

    __slots__ = ("_by_exchange", "_by_npa", "_on", "_policy", "plan")

    def __init__(self, plan: NumberingPlan, on: date | None, policy: PastePolicy) -> None:
        self.plan = plan
        self._on = on
        self._policy = policy
        self._by_npa: dict[int, Reason | None] = {}
        self._by_exchange: dict[int, Reason | None] = {}

    def finding(self, digits: int) -> Reason | None:
        """Why the number may not be used, or None; ``AREA_CODE_UNCONFIRMED`` is found of valid ones."""
        code = digits // 10_000
        try:
            found = self._by_exchange[code]
        except KeyError:
            found = self._by_exchange[code] = self._of_exchange(code)
        if code % 1000 == 555 and (found is None or found is Reason.AREA_CODE_UNCONFIRMED):
            return self._of_555_line(digits) or found
        return found

    def worst_of(self, first: int, last: int) -> tuple[Reason | None, int]:
        """What is found of the worst member of a range in one exchange, and that member (the lowest)."""
        if first // 10_000 % 1000 != 555:
            return self.finding(first), first
        # Within 555 the finding changes at a few lines only: look at each stretch once.
        base = first // 10_000 * 10_000
        borders = [base + line for line in (100, 199, 200, _DIRECTORY_LINE, _DIRECTORY_LINE + 1)]
        for member in (first, *(border for border in borders if first < border <= last)):
            found = self.finding(member)
            if found is not None and found is not Reason.AREA_CODE_UNCONFIRMED:
                return found, member
        return self.finding(first), first

    def opens(self, npa: int) -> date | None:
        """The announced day on which an area code opens, when one is known."""
        return self.plan.area_code(str(npa), self._on).in_service

    def _of_exchange(self, code: int) -> Reason | None:
        fault = exchange_fault(code)
        if fault is not None:
            return fault
        npa, nxx = divmod(code, 1000)
        if npa not in self._by_npa:
            self._by_npa[npa] = self._of_area_code(npa)
        found = self._by_npa[npa]
        if found is not None and found is not Reason.AREA_CODE_UNCONFIRMED:
            return found
        # In toll-free codes and outside the United States and Canada these exchanges are ordinary.
        if nxx in _SPECIAL and npa not in TOLL_FREE and npa not in FOREIGN and self._refuses(_SPECIAL[nxx]):
            return _SPECIAL[nxx]
        return found

    def _of_area_code(self, npa: int) -> Reason | None:
        area_code = self.plan.area_code(str(npa), self._on)
        if area_code.status == "unconfirmed":
            return Reason.AREA_CODE_UNCONFIRMED
        if area_code.status != "in_service":
            return Reason.AREA_CODE_NOT_IN_SERVICE
        kind = None if area_code.kind is None else _KINDS.get(area_code.kind)
        return kind if kind is not None and self._refuses(kind) else None

    def _of_555_line(self, digits: int) -> Reason | None:
        """555 in the United States and Canada: fiction, directory assistance, lines that nobody can order."""
        npa, line = digits // 10_000_000, digits % 10_000
        if npa in FOREIGN:
            return None
        if line == _DIRECTORY_LINE:
            found = Reason.DIRECTORY_ASSISTANCE
        elif npa in TOLL_FREE:
            if digits != _TOLL_FREE_FICTION:
                return None
            found = Reason.FICTITIOUS
        else:
            found = Reason.FICTITIOUS if line in _WHOLLY_FICTITIOUS else Reason.SPECIAL_EXCHANGE
        return found if self._refuses(found) else None

    def _refuses(self, finding: Reason) -> bool:
        return not self._policy.allows(finding)
