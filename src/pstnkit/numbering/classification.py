"""What a number is: the kind that its area code, exchange and line make of it, and the rule behind it (DOMAIN 1).

Whether a number is in service is asked of the plan, whether it may be ordered or ported is asked of a policy;
what it *is* lies between the two. In the area codes of the United States and Canada that are places some
exchanges are set apart, and the lines of 555 one by one. Elsewhere those exchanges are like any other: 1-800-950-6264
is a helpline. The rules are one table of stretches of lines, which a paste and :meth:`NumberingPlan.classify
<pstnkit.numbering.plan.NumberingPlan.classify>` both read.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple, final

from pstnkit.catalog import sentence
from pstnkit.numbering.area_code import AreaCodeKind, AreaCodeStatus
from pstnkit.numbering.immutable import Immutable
from pstnkit.numbering.shape import NO_N11_RULE, NON_GEOGRAPHIC, PERSONAL, PREMIUM, TOLL_FREE

if TYPE_CHECKING:
    from datetime import date

    from pstnkit.numbering.area_code import AreaCode
    from pstnkit.numbering.telephone import TelephoneNumber


class NumberKind(StrEnum):
    """What a number is for. Members equal their plain strings.

    >>> NumberKind.TOLL_FREE == "toll_free", str(NumberKind.TEST)
    (True, 'test')
    """

    ORDINARY = "ordinary"
    """A line of a place, like any other."""
    TOLL_FREE = "toll_free"
    """8XX: the called party pays."""
    PREMIUM = "premium"
    """900: the caller pays extra."""
    PERSONAL = "personal"
    """5XX: not tied to a place."""
    NON_GEOGRAPHIC = "non_geographic"
    """Of another area code without a place (600, 700, 710)."""
    FICTITIOUS = "fictitious"
    """Set aside for films and examples."""
    DIRECTORY_ASSISTANCE = "directory_assistance"
    """555-1212."""
    TEST = "test"
    """In an exchange for tests of the network."""
    SPECIAL = "special"
    """In an exchange with a purpose of its own: carrier access, pay-per-call, the other lines of 555."""


class KindRule(StrEnum):
    """The rule by which a number is of its kind. The sentences stand in :mod:`pstnkit.catalog`.

    >>> KindRule.FICTITIOUS_LINE.kind, KindRule.FICTITIOUS_LINE.source
    (<NumberKind.FICTITIOUS: 'fictitious'>, 'ATIS-0300115, 555 NXX Line Number Reference Document')
    """

    NOTHING_APART = "nothing_apart"
    """No rule sets area code, exchange or line apart."""
    TOLL_FREE_AREA_CODE = "toll_free_area_code"
    PREMIUM_AREA_CODE = "premium_area_code"
    PERSONAL_AREA_CODE = "personal_area_code"
    NON_GEOGRAPHIC_AREA_CODE = "non_geographic_area_code"
    CARRIER_ACCESS_EXCHANGE = "carrier_access_exchange"
    """950."""
    TEST_EXCHANGE = "test_exchange"
    """958 and 959."""
    PAY_PER_CALL_EXCHANGE = "pay_per_call_exchange"
    """976."""
    FICTITIOUS_LINE = "fictitious_line"
    """555-0100 to 555-0199."""
    FICTITIOUS_TOLL_FREE_NUMBER = "fictitious_toll_free_number"
    """800-555-0199, and no other toll-free number."""
    DIRECTORY_LINE = "directory_line"
    """555-1212."""
    OTHER_555_LINE = "other_555_line"

    @property
    def kind(self) -> NumberKind:
        """What the rule makes of a number."""
        return _KINDS[self]

    @property
    def source(self) -> str:
        """Who says so. What the trade knows and no public document states is called trade knowledge."""
        return _SOURCES[self]


_KINDS = {
    KindRule.NOTHING_APART: NumberKind.ORDINARY,
    KindRule.TOLL_FREE_AREA_CODE: NumberKind.TOLL_FREE,
    KindRule.PREMIUM_AREA_CODE: NumberKind.PREMIUM,
    KindRule.PERSONAL_AREA_CODE: NumberKind.PERSONAL,
    KindRule.NON_GEOGRAPHIC_AREA_CODE: NumberKind.NON_GEOGRAPHIC,
    KindRule.CARRIER_ACCESS_EXCHANGE: NumberKind.SPECIAL,
    KindRule.TEST_EXCHANGE: NumberKind.TEST,
    KindRule.PAY_PER_CALL_EXCHANGE: NumberKind.SPECIAL,
    KindRule.FICTITIOUS_LINE: NumberKind.FICTITIOUS,
    KindRule.FICTITIOUS_TOLL_FREE_NUMBER: NumberKind.FICTITIOUS,
    KindRule.DIRECTORY_LINE: NumberKind.DIRECTORY_ASSISTANCE,
    KindRule.OTHER_555_LINE: NumberKind.SPECIAL,
}
_NANPA = "NANPA, report of all area codes"
_LINES_OF_555 = "ATIS-0300115, 555 NXX Line Number Reference Document"
_TRADE = "trade knowledge"
_SOURCES = {
    KindRule.NOTHING_APART: _NANPA,
    KindRule.TOLL_FREE_AREA_CODE: _NANPA,
    KindRule.PREMIUM_AREA_CODE: _NANPA,
    KindRule.PERSONAL_AREA_CODE: _NANPA,
    KindRule.NON_GEOGRAPHIC_AREA_CODE: _NANPA,
    KindRule.CARRIER_ACCESS_EXCHANGE: _TRADE,
    KindRule.TEST_EXCHANGE: _TRADE,
    KindRule.PAY_PER_CALL_EXCHANGE: _TRADE,
    KindRule.FICTITIOUS_LINE: _LINES_OF_555,
    KindRule.FICTITIOUS_TOLL_FREE_NUMBER: _TRADE,
    KindRule.DIRECTORY_LINE: _LINES_OF_555,
    KindRule.OTHER_555_LINE: _LINES_OF_555,
}
_OF_AREA_CODES = {
    AreaCodeKind.GEOGRAPHIC: KindRule.NOTHING_APART,
    AreaCodeKind.TOLL_FREE: KindRule.TOLL_FREE_AREA_CODE,
    AreaCodeKind.PREMIUM: KindRule.PREMIUM_AREA_CODE,
    AreaCodeKind.PERSONAL: KindRule.PERSONAL_AREA_CODE,
    AreaCodeKind.NON_GEOGRAPHIC: KindRule.NON_GEOGRAPHIC_AREA_CODE,
}
_OF_EXCHANGES = {
    950: KindRule.CARRIER_ACCESS_EXCHANGE,
    958: KindRule.TEST_EXCHANGE,
    959: KindRule.TEST_EXCHANGE,
    976: KindRule.PAY_PER_CALL_EXCHANGE,
}

APART_EXCHANGES = frozenset({555, *_OF_EXCHANGES})
"""The exchanges of which rules of their own speak."""


class Stretch(NamedTuple):
    """Lines of one exchange, ``first`` to ``last``, to which one rule applies."""

    first: int
    last: int
    rule: KindRule


_OF_555 = (
    Stretch(0, 99, KindRule.OTHER_555_LINE),
    Stretch(100, 199, KindRule.FICTITIOUS_LINE),
    Stretch(200, 1211, KindRule.OTHER_555_LINE),
    Stretch(1212, 1212, KindRule.DIRECTORY_LINE),
    Stretch(1213, 9999, KindRule.OTHER_555_LINE),
)
_OF_800_555 = (
    Stretch(0, 198, KindRule.TOLL_FREE_AREA_CODE),
    Stretch(199, 199, KindRule.FICTITIOUS_TOLL_FREE_NUMBER),
    Stretch(200, 1211, KindRule.TOLL_FREE_AREA_CODE),
    Stretch(1212, 1212, KindRule.DIRECTORY_LINE),
    Stretch(1213, 9999, KindRule.TOLL_FREE_AREA_CODE),
)
_OF_TOLL_FREE_555 = (
    Stretch(0, 1211, KindRule.TOLL_FREE_AREA_CODE),
    Stretch(1212, 1212, KindRule.DIRECTORY_LINE),
    Stretch(1213, 9999, KindRule.TOLL_FREE_AREA_CODE),
)


_WHOLE = {rule: (Stretch(0, 9999, rule),) for rule in KindRule}


def rules_of_exchange(area_code: AreaCode, nxx: int) -> tuple[Stretch, ...]:
    """Which rules apply to the 10,000 lines of an exchange: stretches in order, without gaps.

    A code that the plan has not assigned is taken for what it is set aside for, and otherwise for one of the
    United States or Canada.

    >>> from pstnkit.numbering.plan import plan
    >>> [stretch.rule.value for stretch in rules_of_exchange(plan.area_code("833"), 555)]
    ['toll_free_area_code', 'directory_line', 'toll_free_area_code']
    """
    npa = int(area_code.npa)
    rule = _rule_of_area_code(npa, area_code.kind)
    if nxx == 555 and rule is KindRule.TOLL_FREE_AREA_CODE:
        return _OF_800_555 if npa == 800 else _OF_TOLL_FREE_555
    if rule is KindRule.NOTHING_APART and _in_united_states_or_canada(npa, area_code.country):
        if nxx == 555:
            return _OF_555
        rule = _OF_EXCHANGES.get(nxx, rule)
    return _WHOLE[rule]


def _rule_of_area_code(npa: int, kind: AreaCodeKind | None) -> KindRule:
    if kind is not None:
        return _OF_AREA_CODES[kind]
    if npa in TOLL_FREE:
        return KindRule.TOLL_FREE_AREA_CODE
    if npa in PERSONAL:
        return KindRule.PERSONAL_AREA_CODE
    if npa in PREMIUM:
        return KindRule.PREMIUM_AREA_CODE
    return KindRule.NON_GEOGRAPHIC_AREA_CODE if npa in NON_GEOGRAPHIC else KindRule.NOTHING_APART


def _in_united_states_or_canada(npa: int, country: str | None) -> bool:
    """Of a code that is a place. The plan's word counts, and where it has none, the constants of shape."""
    return npa not in NO_N11_RULE if country is None else country in ("US", "CA")


@final
class Classification(Immutable):
    """What a number is on one day: an immutable value, equal to another with the same fields.

    >>> from pstnkit import TelephoneNumber, plan
    >>> found = plan.classify(TelephoneNumber("+14155550132"))
    >>> found.kind, found.status
    (<NumberKind.FICTITIOUS: 'fictitious'>, <AreaCodeStatus.IN_SERVICE: 'in_service'>)
    >>> print(found.explanation)
    lines 0100 to 0199 of exchange 555 are set aside for fiction
    """

    __slots__ = ("area_code", "number", "on", "rule")

    number: TelephoneNumber
    area_code: AreaCode
    """Its area code on that day."""
    rule: KindRule
    """The rule by which it is of its kind."""
    on: date
    """The day."""

    def __init__(self, number: TelephoneNumber, area_code: AreaCode, on: date) -> None:
        exchange, line = divmod(int(number), 10_000)
        stretches = rules_of_exchange(area_code, exchange % 1000)
        rule = stretches[0].rule
        if len(stretches) > 1:
            rule = next(stretch.rule for stretch in stretches if line <= stretch.last)
        put = object.__setattr__
        put(self, "number", number)
        put(self, "area_code", area_code)
        put(self, "rule", rule)
        put(self, "on", on)

    @property
    def kind(self) -> NumberKind:
        """What the number is for. It does not say that the number is in service: see :attr:`status`."""
        return self.rule.kind

    @property
    def status(self) -> AreaCodeStatus:
        """Whether its area code is open on that day."""
        return self.area_code.status

    @property
    def in_ordinary_service(self) -> bool:
        """Whether it is both in service on that day and ordinary: the second of the three questions about a
        number. Toll-free numbers are in service and not ordinary; whether they will do is for a policy."""
        return self.status is AreaCodeStatus.IN_SERVICE and self.kind is NumberKind.ORDINARY

    @property
    def explanation(self) -> str:
        """The rule as a sentence for people."""
        return sentence(self.rule, npa=self.number.npa, nxx=self.number.nxx)

    @property
    def source(self) -> str:
        """Who says so."""
        return self.rule.source

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Classification):
            return NotImplemented
        return (self.number, self.area_code, self.on) == (other.number, other.area_code, other.on)

    def __hash__(self) -> int:
        return hash((self.number, self.area_code, self.on))

    def __repr__(self) -> str:
        return f"<{self.number} on {self.on}: {self.kind} ({self.rule}), area code {self.status}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return Classification, (self.number, self.area_code, self.on)
