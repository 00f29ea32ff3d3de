"""The numbering plan at a date: what each area code serves, and whether it is open (DOMAIN 1).

Three questions about a number have three answers. Whether it has the right *shape* is settled for ever and
needs no plan; whether its area code is *in service* depends on the day, and is answered here; whether it
*may be ordered* is a matter of policy.

A plan knows the future a little: codes are announced long before they open, and an announced day counts
when it comes. It does not know it for ever: it vouches up to its *horizon*, six months after its last
correction. Beyond it, an assignable code without a date is ``unconfirmed``, which is not "no".

>>> from datetime import date
>>> plan.area_code("565").status, plan.area_code("565", date(2028, 1, 1)).status
(<AreaCodeStatus.PLANNED: 'planned'>, <AreaCodeStatus.IN_SERVICE: 'in_service'>)
>>> plan.area_code("222").status, plan.area_code("222", date(2028, 1, 1)).status
(<AreaCodeStatus.UNASSIGNED: 'unassigned'>, <AreaCodeStatus.UNCONFIRMED: 'unconfirmed'>)
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from pstnkit.numbering.area_code import AreaCode, AreaCodeKind, AreaCodeStatus, UnknownAreaCode
from pstnkit.numbering.plan_data import bundled_text

if TYPE_CHECKING:
    from pstnkit.numbering.classification import Classification
    from pstnkit.numbering.plan_corrections import AreaCodeCorrection
    from pstnkit.numbering.telephone import TelephoneNumber

__all__ = [
    "AreaCode",
    "AreaCodeKind",
    "AreaCodeStatus",
    "NumberingPlan",
    "UnknownAreaCode",
    "plan",
]

_HORIZON_MONTHS = 6


class NumberingPlan:
    """All 800 area codes of the North American Numbering Plan, as of a day.

    ``text`` has the form that :mod:`pstnkit.numbering.plan_text` describes; one that is damaged raises
    :class:`~pstnkit.numbering.plan_text.DamagedPlan` with every fault. The bundled plan is
    :data:`pstnkit.plan`; another can be passed wherever a plan is used. Immutable.

    >>> plan
    <NumberingPlan as of 2026-09-30, 486 area codes in service>
    """

    __slots__ = ("_answers", "_loaded", "_read", "_statuses")

    def __init__(self, text: str) -> None:
        from pstnkit.numbering.plan_text import sound_text

        sound = sound_text(text)
        self._begin(lambda: sound)

    def _begin(self, read: Callable[[], str]) -> None:
        self._read = read
        self._loaded: _Lines | None = None
        self._statuses: dict[int, Mapping[str, AreaCodeStatus]] = {}
        self._answers: dict[tuple[str, int], AreaCode] = {}

    @classmethod
    def _bundled(cls) -> NumberingPlan:
        """The plan that ships with the package: read at the first question; a test says that it is sound."""
        bundled = cls.__new__(cls)
        bundled._begin(bundled_text)
        return bundled

    @classmethod
    def from_report(cls, report: str | bytes, *, corrections: str = "", timezones: str = "") -> NumberingPlan:
        """The plan that the administrator's published ``report`` gives: its CSV, "File Date" on top, as text or as
        the bytes of the file.

        Nothing else is used: to bring a plan that there is up to a newer report, see :meth:`updated`.
        ``corrections`` and ``timezones`` are CSV tables: what is known since the report, as for
        :meth:`corrected`, and which time zones its letters stand for (without them, area codes have none). The form
        of the latter stands in :mod:`pstnkit.numbering.plan_sources`. Raises :class:`~pstnkit.DamagedReport`,
        :class:`~pstnkit.DamagedCorrections` or :class:`~pstnkit.DamagedTimezones`, each with every fault.
        """
        from pstnkit.numbering.plan_sources import plan_from_report

        return cls(plan_from_report(report, corrections, timezones))

    def updated(self, report: str | bytes) -> NumberingPlan:
        """This plan, brought up to a newer ``report`` of the administrator (as for :meth:`from_report`).

        The report counts in all that it says. What it does not say is carried over: the time zones, and the
        overlay complexes of which its own rows tell different things. Raises :class:`~pstnkit.DamagedReport` with
        every fault and its line; one that is older than :attr:`as_of` is refused, because this plan knows more.
        """
        from pstnkit.numbering.plan_sources import updated_plan

        return NumberingPlan(updated_plan(self.to_text(), report))

    def corrected(self, *corrections: str | AreaCodeCorrection) -> NumberingPlan:
        """This plan with ``corrections``: CSV tables, whose columns and changes
        :mod:`pstnkit.numbering.plan_corrections` describes, or values.

        Each is dated and has its source; :attr:`as_of`, and with it :attr:`horizon`, moves to the latest. What the plan
        says already changes nothing, so that a list of corrections can be applied to the next plan as well. Raises
        :class:`~pstnkit.DamagedCorrections` with every fault, among them corrections that are older than
        the plan and contradict it.

        >>> from datetime import date
        >>> newer = plan.corrected(
        ...     "date,subject,change,value,source\\n2026-11-20,761,in_service,2027-08-01,Planning Letter 701"
        ... )
        >>> newer.area_code("761", date(2027, 8, 1)).status, newer.horizon
        (<AreaCodeStatus.IN_SERVICE: 'in_service'>, datetime.date(2027, 5, 20))
        """
        from pstnkit.numbering.plan_corrections import corrected_plan

        return NumberingPlan(corrected_plan(self.to_text(), corrections))

    def to_text(self) -> str:
        """The text that gives an equal plan."""
        return self._lines.text

    @property
    def as_of(self) -> date:
        """The day of the last correction: the day that is meant when none is given."""
        return self._lines.as_of

    @property
    def horizon(self) -> date:
        """The last day for which the plan vouches: six months after :attr:`as_of`.

        >>> plan.as_of.isoformat(), plan.horizon.isoformat()
        ('2026-09-30', '2027-03-30')
        """
        return self._lines.horizon

    def area_code(self, npa: str, on: date | None = None) -> AreaCode:
        """The area code ``npa`` on the day ``on`` (the plan's own day unless given).

        A day before the code opened is answered from what is known now: ``planned``. Raises
        :class:`UnknownAreaCode` for what is not three digits, the first 2 to 9; :class:`TypeError` for what
        is no string, or no date (a datetime has no day until a time zone is chosen).

        >>> plan.area_code("415").subdivisions
        ('US-CA',)
        """
        if not isinstance(npa, str):
            raise TypeError(f"an area code is a str, not {type(npa).__name__}")
        npa = str.__str__(npa)  # answers are kept, and are to hold plain text whoever asked first
        lines = self._lines
        key = (npa, lines.era(on))
        answer = self._answers.get(key)
        if answer is None:
            status = self.statuses(on).get(npa)
            if status is None:
                raise UnknownAreaCode(npa)
            answer = self._answers[key] = self._answer(npa, status, on)
        return answer

    def classify(self, number: TelephoneNumber, on: date | None = None) -> Classification:
        """What ``number`` is on the day ``on`` (the plan's own day unless given), and by which rule (DOMAIN 1).

        Raises :class:`TypeError` for what is no :class:`~pstnkit.TelephoneNumber`, or no date.

        >>> from pstnkit import TelephoneNumber
        >>> helpline = plan.classify(TelephoneNumber("+18009506264"))
        >>> helpline.kind, helpline.rule
        (<NumberKind.TOLL_FREE: 'toll_free'>, <KindRule.TOLL_FREE_AREA_CODE: 'toll_free_area_code'>)
        """
        from pstnkit.numbering.classification import Classification
        from pstnkit.numbering.telephone import TelephoneNumber

        if not isinstance(number, TelephoneNumber):
            raise TypeError(f"what is classified is a TelephoneNumber, not {type(number).__name__}")
        return Classification(number, self.area_code(number.npa, on), self._lines.day(on))

    def statuses(self, on: date | None = None) -> Mapping[str, AreaCodeStatus]:
        """The status of each of the 800 area codes on a day: one question for a reader of many numbers.

        The mapping is read-only and shared: it is made once for all days between two changes of the plan.

        >>> sum(status == "in_service" for status in plan.statuses().values())
        486
        """
        lines = self._lines
        era = lines.era(on)
        found = self._statuses.get(era)
        if found is None:
            found = self._statuses[era] = MappingProxyType(lines.statuses(on))
        return found

    def area_codes(
        self,
        *,
        subdivision: str | None = None,
        country: str | None = None,
        kind: AreaCodeKind | str | None = None,
        overlay: str | None = None,
        timezone: str | None = None,
        status: AreaCodeStatus | str | None = None,
        on: date | None = None,
    ) -> tuple[AreaCode, ...]:
        """The area codes that meet every condition given, in order.

        ``subdivision`` is an ISO 3166-2 code and ``country`` an ISO 3166-1 one, ``timezone`` an IANA name:
        the codes listed serve it, perhaps among others. ``overlay`` is an area code: those listed overlay it
        on that day, and it is not one of them. Codes that are planned are listed too, unless ``status`` says
        otherwise.

        Nothing is silently ignored: a value that the plan does not know raises
        :class:`~pstnkit.InvalidAreaCodeFilter`, which names those that it knows, and ``overlay`` raises
        :class:`UnknownAreaCode` for what can be no area code.

        >>> [code.npa for code in plan.area_codes(subdivision="US-HI")]
        ['808']
        >>> [code.npa for code in plan.area_codes(kind="toll_free", status="planned")]
        ['822']
        >>> [code.npa for code in plan.area_codes(overlay="415")]
        ['628']
        """
        from pstnkit.numbering.area_code_filters import matching

        codes = [self.area_code(npa, on) for npa in self.statuses(on)]
        found = matching(
            codes, subdivision=subdivision, country=country, kind=kind, timezone=timezone, status=status
        )
        if overlay is not None:
            sharing = frozenset[str]().union(*self.area_code(overlay, on).overlays) - {overlay}
            found = tuple(code for code in found if code.npa in sharing)
        return found

    def _answer(self, npa: str, status: AreaCodeStatus, on: date | None) -> AreaCode:
        from pstnkit.numbering.area_code_facts import AreaCodeFacts

        lines = self._lines
        if npa not in lines.assigned:
            return AreaCode(npa=npa, status=status)
        facts = AreaCodeFacts.from_line(lines.assigned[npa])
        overlays = set()
        if status is AreaCodeStatus.IN_SERVICE:
            statuses = self.statuses(on)
            for members in lines.complexes.get(npa, ()):
                serving = frozenset(m for m in members if statuses[m] is AreaCodeStatus.IN_SERVICE)
                if len(serving) > 1:
                    overlays.add(serving)
        return AreaCode(
            npa=npa,
            kind=facts.kind,
            country=facts.country,
            subdivisions=facts.subdivisions,
            timezones=facts.timezones,
            timezones_certain=facts.timezones_certain,
            overlays=frozenset(overlays),
            status=status,
            in_service=facts.opens,
        )

    @property
    def _lines(self) -> _Lines:
        if self._loaded is None:
            self._loaded = _Lines(self._read())
        return self._loaded

    def __eq__(self, other: object) -> bool:
        return self.to_text() == other.to_text() if isinstance(other, NumberingPlan) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.to_text())

    def __reduce__(self) -> str | tuple[type[NumberingPlan], tuple[str]]:
        # The bundled plan travels by name; another takes its text along.
        return "plan" if self is plan else (NumberingPlan, (self.to_text(),))

    def __repr__(self) -> str:
        opened = sum(status is AreaCodeStatus.IN_SERVICE for status in self.statuses().values())
        return f"<NumberingPlan as of {self.as_of}, {opened} area codes in service>"


class _Lines:
    """A sound text, taken apart no further than questions need: a line becomes values when it is asked for.

    Days are compared as text, which for YYYY-MM-DD is the order of the calendar.
    """

    __slots__ = ("as_of", "assigned", "changes", "complexes", "horizon", "opens", "text", "unopened")

    def __init__(self, text: str) -> None:
        self.text = text
        self.assigned: dict[str, str] = {}
        """Area code -> its line, in order."""
        self.opens: dict[str, str] = {}
        """Area code -> the day on which it opens, where one is known."""
        self.unopened: dict[str, AreaCodeStatus] = {}
        self.complexes: dict[str, list[list[str]]] = {}
        section = ""
        standing = AreaCodeStatus.UNASSIGNED
        for line in text.splitlines():
            if not line or line[0] == "#":
                continue
            if line[0] == "[":
                section = line[1:-1]
                if section not in ("assigned", "overlays"):
                    standing = AreaCodeStatus(section)
            elif section == "assigned":
                npa, day, _ = line.split(" ", 2)
                self.assigned[npa] = line
                if day != "-":
                    self.opens[npa] = day
            elif section == "overlays":
                members = line.split("/")
                for npa in members:
                    self.complexes.setdefault(npa, []).append(members)
            elif section:
                self.unopened.update(dict.fromkeys(line.split(), standing))
            elif line.startswith("as-of "):
                self.as_of = date.fromisoformat(line[6:])
        self.horizon = _months_after(self.as_of, _HORIZON_MONTHS)
        beyond = self.horizon + timedelta(days=1)
        self.changes = sorted({*self.opens.values(), beyond.isoformat()})
        """The days from which answers differ from those of the day before."""

    def era(self, on: date | None) -> int:
        """The number of changes up to a day: between two changes every answer is the same."""
        return bisect_right(self.changes, self.day(on).isoformat())

    def day(self, on: object) -> date:
        if on is None:
            return self.as_of
        if isinstance(on, datetime) or not isinstance(on, date):
            raise TypeError(f"on is a date, not {type(on).__name__}")
        return on

    def statuses(self, on: date | None) -> dict[str, AreaCodeStatus]:
        """All 800, in order."""
        day = self.day(on)
        vouched = day <= self.horizon
        opened, to_come = AreaCodeStatus.IN_SERVICE, AreaCodeStatus.PLANNED
        undated = to_come if vouched else AreaCodeStatus.UNCONFIRMED
        found = dict.fromkeys(self.assigned, undated)
        text = day.isoformat()
        for npa, opens in self.opens.items():
            found[npa] = opened if opens <= text else to_come
        if vouched:
            found |= self.unopened
        else:
            never = AreaCodeStatus.NOT_ASSIGNABLE
            found |= {npa: its if its is never else undated for npa, its in self.unopened.items()}
        return {npa: found[npa] for npa in sorted(found)}


def _months_after(day: date, months: int) -> date:
    """The same day some months later, or the last of that month where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return min(first + timedelta(days=day.day - 1), last)


plan = NumberingPlan._bundled()
"""The plan that ships with the package; its file is read when the first question is asked."""
