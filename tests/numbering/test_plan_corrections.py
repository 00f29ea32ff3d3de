"""A plan is corrected by what its user knows better, and brought up to a newer report."""

from __future__ import annotations

import copy
import pickle
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from made_reports import report_text
from pstnkit.numbering.area_code import AreaCodeKind
from pstnkit.numbering.nanpa_report import DamagedReport
from pstnkit.numbering.plan import NumberingPlan, plan
from pstnkit.numbering.plan_corrections import AreaCodeCorrection, DamagedCorrections
from pstnkit.numbering.plan_draft import Draft
from pstnkit.numbering.plan_text import DamagedPlan

few = settings(max_examples=settings().max_examples // 4)  # each makes whole plans
HEAD = "date,subject,change,value,source\n"
LETTER = "Planning Letter 700"
OPENS = date(2027, 9, 1)
RELIEF = (
    "2027-01-15,222,kind,geographic,PL-700",
    "2027-01-15,222,subdivisions,US-TX,PL-700",
    "2027-01-15,222,timezones,America/Chicago,PL-700",
    "2027-01-15,222,complexes,222/432,PL-700",
    "2027-01-15,222,in_service,2027-09-01,PL-700",
)


SEVERAL = (
    RELIEF[4],
    "2027-01-15,761,in_service,2027-08-01,x",
    "2027-02-15,761,in_service,-,x",
    "2027-02-16,222,status,unassigned,x",
    "2027-01-15,822,status,reserved,x",
    "2027-01-15,415,complexes,415/628;415/510,x",
    "2027-01-15,584,complexes,-,x",
    "2027-01-15,700,kind,premium,x",
    "2027-01-15,212/332/646/917,complexes,212/646/917,x",
)


def corrected(*rows: str) -> NumberingPlan:
    return plan.corrected(HEAD + "\n".join(rows))


def faults(*rows: str) -> tuple[tuple[int | None, str], ...]:
    with pytest.raises(DamagedCorrections) as caught:
        corrected(*rows)
    return caught.value.faults


def correction(**known: Any) -> AreaCodeCorrection:
    return AreaCodeCorrection(**{"npa": "222", "dated": date(2027, 1, 15), "source": "PL-700", **known})


class TestChanges:
    def test_a_code_is_assigned_with_all_that_is_announced_of_it(self) -> None:
        newer = corrected(*RELIEF)
        code = newer.area_code("222")
        assert (code.kind, code.country, code.subdivisions, code.timezones) == (
            "geographic",
            "US",
            ("US-TX",),
            ("America/Chicago",),
        )
        assert (code.status, code.in_service, code.overlays) == ("planned", OPENS, frozenset())
        both = frozenset({frozenset({"222", "432"})})
        assert newer.area_code("222", OPENS).overlays == newer.area_code("432", OPENS).overlays == both
        assert plan.area_code("222").kind is None

    def test_the_plans_day_moves_with_the_latest_correction_and_its_horizon_too(self) -> None:
        newer = corrected("2027-01-15,761,in_service,2027-08-01,x", "2026-12-01,822,in_service,2028-01-01,x")
        assert (newer.as_of, newer.horizon) == (date(2027, 1, 15), date(2027, 7, 15))
        assert newer.area_code("233", date(2027, 7, 1)).status == "unassigned"
        assert plan.area_code("233", date(2027, 7, 1)).status == "unconfirmed"

    def test_values_say_what_a_table_says(self) -> None:
        value = correction(
            kind=AreaCodeKind.GEOGRAPHIC,
            subdivisions=["US-TX"],
            timezones=["America/Chicago"],
            overlays=[["432", "222"]],
            in_service=OPENS,
        )
        assert plan.corrected(value) == corrected(*RELIEF)

    def test_tables_and_values_can_be_given_together(self) -> None:
        later = correction(npa="761", in_service=OPENS, dated=date(2027, 2, 1))
        newer = plan.corrected(HEAD + "\n".join(RELIEF), later)
        assert newer.as_of == date(2027, 2, 1)
        assert {newer.area_code(npa, OPENS).status for npa in ("222", "761")} == {"in_service"}

    def test_nothing_is_corrected_by_nothing(self) -> None:
        assert plan.corrected() == plan.corrected("") == plan.corrected(HEAD) == plan

    def test_the_later_of_two_corrections_counts_in_whichever_order_they_stand(self) -> None:
        newer = corrected("2027-02-01,761,in_service,2028-01-01,x", "2027-01-01,761,in_service,2027-08-01,x")
        assert newer.area_code("761").in_service == date(2028, 1, 1)

    def test_a_history_of_corrections_is_applied_to_what_came_of_it(self) -> None:
        assigned = ("2027-01-15,222,kind,personal,x", "2027-02-15,222,status,reserved,x")
        assert corrected(*assigned).corrected(HEAD + "\n".join(assigned)) == corrected(*assigned)

    def test_a_day_can_be_taken_back(self) -> None:
        for newer in (
            corrected("2027-01-15,565,in_service,-,x"),
            plan.corrected(correction(npa="565", postponed=True)),
        ):
            assert newer.area_code("565").in_service is None
            assert newer.area_code("565", date(2028, 1, 1)).status == "unconfirmed"

    @pytest.mark.parametrize("status", ["unassigned", "reserved", "not_assignable"])
    def test_an_assignment_can_be_taken_back(self, status: str) -> None:
        newer = plan.corrected(correction(npa="565", status=status))
        assert (newer.area_code("565").status, newer.area_code("565").kind) == (status, None)
        assert newer.area_code("912", date(2028, 1, 1)).overlays == frozenset()

    def test_a_kind_can_be_corrected(self) -> None:
        assert corrected("2027-01-15,700,kind,premium,x").area_code("700").kind == "premium"

    @pytest.mark.parametrize(
        ("npa", "changes", "country", "subdivisions"),
        [
            ("222", {"subdivisions": ["CA-NS", "CA-PE"]}, "CA", ("CA-NS", "CA-PE")),
            ("222", {"subdivisions": ["US-PR"]}, "PR", ("US-PR",)),
            ("222", {"country": "JM"}, "JM", ()),
            ("415", {"subdivisions": ["US-NV"]}, "US", ("US-NV",)),
            ("902", {"subdivisions": ["CA-NS"]}, "CA", ("CA-NS",)),
        ],
    )
    def test_the_country_follows_from_the_subdivisions(
        self, npa: str, changes: dict[str, Any], country: str, subdivisions: tuple[str, ...]
    ) -> None:
        code = plan.corrected(correction(npa=npa, kind="geographic", **changes)).area_code(npa)
        assert (code.country, code.subdivisions) == (country, subdivisions)

    def test_time_zones_can_be_uncertain(self) -> None:
        for newer in (
            corrected("2027-01-15,415,timezones,~America/Boise;America/Los_Angeles,x"),
            plan.corrected(
                correction(
                    npa="415", timezones=["America/Boise", "America/Los_Angeles"], timezones_certain=False
                )
            ),
        ):
            assert newer.area_code("415").timezones == ("America/Boise", "America/Los_Angeles")
            assert not newer.area_code("415").timezones_certain

    def test_a_code_leaves_a_complex_and_the_others_stay_together(self) -> None:
        newer = corrected("2027-01-15,584,complexes,-,x")
        assert newer.area_code("584").overlays == frozenset()
        assert newer.area_code("204").overlays == {frozenset({"204", "431"})}
        assert corrected("2027-01-15,628,complexes,,x").area_code("415").overlays == frozenset()

    def test_a_code_can_be_in_two_complexes(self) -> None:
        newer = plan.corrected(correction(npa="628", overlays=[{"415", "628"}, {"510", "628"}]))
        assert newer.area_code("628").overlays == {frozenset({"415", "628"}), frozenset({"510", "628"})}
        assert newer.area_code("415").overlays == {frozenset({"415", "628"})}

    def test_a_complex_can_be_said_to_be_another(self) -> None:
        newer = corrected("2027-01-15,628/415,complexes,415/510/628,x")
        assert newer.area_code("510").overlays >= {frozenset({"415", "510", "628"})}
        assert corrected("2027-01-15,415/628,complexes,,x").area_code("628").overlays == frozenset()

    def test_the_corrections_stand_on_top_of_the_text_with_their_sources(self) -> None:
        text = corrected('2027-01-15,761,in_service,2027-08-01,"PL-701,\nof January"').to_text()
        assert (
            text.splitlines()[4] == "# corrected 2027-01-15: 761 in_service 2027-08-01 (PL-701, of January)"
        )

    def test_what_the_plan_says_already_changes_nothing_however_old(self) -> None:
        assert (
            corrected("2025-01-15,565,in_service,2027-12-06,x", "2025-01-15,415/628,complexes,415/628,x")
            == plan
        )
        newer = corrected("2027-01-15,565,in_service,2027-12-06,confirmed")
        assert newer.area_codes() == plan.area_codes()
        assert newer.as_of == date(2027, 1, 15)

    @few
    @given(st.lists(st.sampled_from(SEVERAL)))
    def test_a_list_can_be_applied_again(self, rows: list[str]) -> None:
        table = HEAD + "\n".join((*RELIEF, *rows))
        once = plan.corrected(table)
        assert once.corrected(table) == once


class TestFaults:
    @pytest.mark.parametrize(
        ("row", "fault"),
        [
            ("2027-01-15,222,kind,geographic,x",
             "222: it is geographic, but where? Say its subdivisions or its country"),
            ("2027-01-15,211,kind,geographic,x", "211: it can never be assigned"),
            ("2027-01-15,222,in_service,2027-09-01,x", "222: it is not assigned; say its kind first"),
            ("2027-01-15,415,in_service,tomorrow,x", "415: 'tomorrow' is no day (YYYY-MM-DD)"),
            ("2027-01-15,415,subdivisions,US-CA;CA-ON,x", "415: US-CA;CA-ON are in several countries"),
            ("2027-01-15,415,subdivisions,-,x", "415: US does not go with no subdivision"),
            ("2027-01-15,415,country,CA,x", "415: CA does not go with US-CA"),
            ("2027-01-15,415,country,-,x",
             "415: it is geographic, but where? Say its subdivisions or its country"),
            ("2027-01-15,876,subdivisions,US-CA;US-PR,x", "876: US-CA;US-PR are in several countries"),
            ("2027-01-15,415,timezones,Chicago,x", "415: 'Chicago' is no time zone, such as America/New_York"),
            ("2027-01-15,415,status,planned,x",
             "415: 'planned' is no status without assignment; not_assignable, reserved, unassigned are"),
            ("2027-01-15,800,timezones,America/Chicago,x", "800: it is toll_free, and has a place"),
            ("2027-01-15,415,kind,toll_free,x", "415: it is toll_free, and has a place"),
            ("2027-01-15,415,complexes,510/628,x", "415: it is not in each of 510/628"),
            ("2027-01-15,415,complexes,233/415,x", "415: 233 in an overlay, but not assigned"),
            ("2027-01-15,415,complexes,415/800,x", "415: 800 in an overlay, but no place"),
            ("2027-01-15,415,subdivisions,US-CA;US-CA,x", "415: 'US-CA' stands twice"),
            ("2027-01-15,222,complexes,-,x", "222: it is not assigned; say its kind first"),
            ("2027-01-15,415/510,complexes,415/628/707,x", "415/510: no such complex is known"),
            ("2027-01-15,415-628,complexes,,x", "'415-628' is no overlay complex"),
            ("2027-01-15,415/628,kind,premium,x", "'415/628' is no area code"),
            ("2026-09-29,761,in_service,2027-08-01,x",
             "761: of 2026-09-29, and the plan of 2026-09-30 says otherwise"),
            ("9999-01-15,761,in_service,2027-08-01,x", "'9999-01-15' leaves no room for a horizon"),
            ("2027-01-15,761,in_service,2027-08-01, ", "no source"),
            ("2027-01-15,761,color,blue,x",
             "'color' is no change; kind, in_service, country, subdivisions, timezones, complexes, status are"),
        ],
    )  # fmt: skip
    def test_a_correction_that_does_not_fit_is_named_with_its_line(self, row: str, fault: str) -> None:
        assert faults(row) == ((2, fault),)

    @pytest.mark.parametrize(
        ("row", "start"),
        [
            ("2027-01-15,222,kind,fast,x", "222: 'fast' is no kind of area code; geographic, "),
            ("2027-01-15,415,subdivisions,US-ZZ,x", "415: 'US-ZZ' is no subdivision of the plan; CA-AB, "),
            ("2027-01-15,415,country,FR,x", "415: 'FR' is no country of the plan; AG, AI, "),
        ],
    )
    def test_an_unknown_word_is_answered_with_those_that_are_known(self, row: str, start: str) -> None:
        assert faults(row)[0][1].startswith(start)

    def test_what_leaves_its_place_leaves_its_overlays(self) -> None:
        gone = [f"2027-01-15,415,{change},-,x" for change in ("subdivisions", "country", "timezones")]
        premium = "2027-01-15,415,kind,premium,x"
        assert faults(premium, *gone) == ((5, "415: it is premium, and in an overlay complex"),)
        newer = corrected(premium, *gone, "2027-01-15,415,complexes,-,x")
        assert newer.area_code("628").overlays == frozenset()

    def test_every_fault_is_found_at_once(self) -> None:
        assert [
            line for line, _ in faults("x,1,kind,2,y", "", "2027-01-15,222", "2027-01-15,5,kind,z,y")
        ] == [4]
        assert [line for line, _ in faults("x,1,kind,2,y", "", "2027-01-15,5,kind,z,y")] == [2, 4]
        assert [line for line, _ in faults(RELIEF[1], RELIEF[4], "2027-01-15,415,country,FR,x")] == [2, 3, 4]

    def test_other_columns_are_no_corrections(self) -> None:
        with pytest.raises(DamagedCorrections, match="line 1: the columns are not date,subject,change,value"):
            plan.corrected("npa,change\n222,kind")

    @pytest.mark.parametrize("other", [b"date", None, [correction(kind="premium")], ("x",)])
    def test_nothing_else_is_a_correction(self, other: Any) -> None:
        with pytest.raises(TypeError, match="a correction is CSV text or an AreaCodeCorrection, not "):
            plan.corrected(other)

    def test_of_values_the_place_in_the_list_is_named(self) -> None:
        good = correction(npa="761", in_service=OPENS)
        with pytest.raises(DamagedCorrections) as caught:
            plan.corrected(good, correction(kind="geographic"), correction(npa="211", kind="personal"))
        assert caught.value.faults == ((3, "211: it can never be assigned"),)

    @few
    @given(st.lists(st.tuples(
        st.sampled_from(["2027-01-15", "2026-01-15", "soon"]),
        st.sampled_from(["222", "415", "211", "800", "415/628", "x"]),
        st.sampled_from(["kind", "in_service", "country", "subdivisions", "timezones", "complexes", "status"]),
        st.sampled_from(["geographic", "2027-01-01", "US", "US-CA", "America/Chicago", "415/628", "reserved", "x"]),
        st.sampled_from(["x", ""]),
    ).map(",".join)))  # fmt: skip
    def test_any_corrections_give_a_sound_plan_or_faults(self, rows: list[str]) -> None:
        found: tuple[tuple[int | None, str], ...] = ()
        newer = plan
        try:
            newer = corrected(*rows)
        except DamagedCorrections as damage:
            found = damage.faults
        assert {line for line, _ in found} <= set(range(2, len(rows) + 2))
        assert NumberingPlan(newer.to_text()).area_codes() == newer.area_codes()


class TestValues:
    def test_a_correction_is_a_value(self) -> None:
        value = correction(subdivisions=["US-TX"], overlays=[["222", "432"]])
        assert value == correction(subdivisions=("US-TX",), overlays=[{"432", "222"}])
        assert hash(value) == hash(copy.copy(value))
        assert pickle.loads(pickle.dumps(value)) == value
        with pytest.raises(AttributeError):
            value.npa = "223"  # type: ignore[misc]

    @pytest.mark.parametrize(
        ("known", "message"),
        [
            ({}, "222: nothing is corrected"),
            ({"timezones_certain": False}, "222: nothing is corrected"),
            ({"postponed": True, "in_service": OPENS}, "222: it is postponed, and has a day"),
            (
                {"status": "reserved", "kind": "premium"},
                "an assignment that is taken back has no other facts",
            ),
            ({"kind": "premium", "source": " "}, "no source"),
            ({"kind": "premium", "npa": "22"}, "'22' is no area code"),
            ({"kind": "premium", "dated": date(9999, 1, 1)}, "leaves no room for a horizon"),
        ],
    )
    def test_one_that_says_nothing_cannot_be_made(self, known: dict[str, Any], message: str) -> None:
        with pytest.raises(DamagedCorrections, match=message):
            correction(**known)

    @pytest.mark.parametrize(
        ("known", "message"),
        [
            ({"dated": "2027-01-15"}, "dated is a date, not str"),
            ({"dated": datetime(2027, 1, 15, tzinfo=UTC)}, "dated is a date, not datetime"),
            ({"in_service": "2027-01-15"}, "in_service is a date, not str"),
            ({"npa": 222}, "npa is a str, not int"),
            ({"source": None}, "source is a str, not NoneType"),
            ({"kind": 5}, "kind is a str, not int"),
            ({"subdivisions": "US-TX"}, r"several values are a list or a tuple, not a str \('US-TX'\)"),
            ({"overlays": "222/432"}, r"overlays are sets of area codes, not a str \('222/432'\)"),
            ({"overlays": ["222/432"]}, r"not a str \('222/432'\)"),
        ],
    )
    def test_other_types_are_refused(self, known: dict[str, Any], message: str) -> None:
        with pytest.raises(TypeError, match=message):
            correction(**known)


class TestUpdates:
    NEWER = "10/01/2026"

    def test_a_newer_report_counts_in_all_that_it_says(self) -> None:
        opened = "565,General,Yes,,No,Yes,G,GA,US,N,01-Mar-2028,,,,E"
        newer = plan.updated(report_text(opened, file_date=self.NEWER))
        assert newer.as_of == date(2026, 10, 1)
        assert newer.area_code("565").in_service == date(2028, 3, 1)
        assert newer.area_code("212").status == "unassigned"

    def test_time_zones_are_carried_over_where_the_place_is_the_same(self) -> None:
        newer = plan.updated(report_text(file_date=self.NEWER))
        for code in newer.area_codes(kind="geographic"):
            known = plan.area_code(code.npa)
            assert (code.timezones, code.timezones_certain) == (known.timezones, known.timezones_certain)

    @pytest.mark.parametrize(
        ("row", "timezones"),
        [
            ("222,General,Yes,,No,Yes,G,IL,US,N,,,222/312/872,,C", ("America/Chicago",)),
            ("222,General,Yes,,No,Yes,G,NJ,US,N,,,,,E", ("America/New_York",)),
            ("222,General,Yes,,No,Yes,G,HI,US,N,,,,,(UTC-10)", ()),
            ("312,General,Yes,,No,Yes,G,NJ,US,Y,01-Jan-1947,,312/872,,E", ("America/New_York",)),
        ],
    )
    def test_a_new_code_has_the_time_zones_of_its_sisters_as_far_as_they_are_known(
        self, row: str, timezones: tuple[str, ...]
    ) -> None:
        code = plan.updated(report_text(row, file_date=self.NEWER)).area_code(row[:3])
        assert (code.timezones, code.timezones_certain) == (timezones, bool(timezones))

    def test_where_the_rows_of_a_complex_disagree_the_plan_counts(self) -> None:
        as_one = [
            "404,General,Yes,,No,Yes,G,GA,US,Y,01-Jan-1947,,404/470/678/943,,E",
            "470,General,Yes,,No,Yes,G,GA,US,Y,01-Jan-1947,,404/470/678/770/943,,E",
            "678,General,Yes,,No,Yes,G,GA,US,Y,01-Jan-1947,,404/470/678/770/943,,E",
            "770,General,Yes,,No,Yes,G,GA,US,Y,01-Jan-1947,,470/678/770/943,,E",
            "943,General,Yes,,No,Yes,G,GA,US,Y,01-Jan-1947,,470/678/770/943,,E",
        ]
        newer = plan.updated(report_text(*as_one, file_date=self.NEWER))
        for npa in ("404", "470", "678", "770", "943"):
            assert newer.area_code(npa).overlays == plan.area_code(npa).overlays

    def test_a_complex_of_a_new_code_counts_though_older_rows_do_not_name_it(self) -> None:
        row = "222,General,Yes,,No,Yes,G,IL,US,Y,01-Oct-2026,,222/312/872,,C"
        newer = plan.updated(report_text(row, file_date=self.NEWER))
        assert newer.area_code("312").overlays == {frozenset({"222", "312", "872"})}

    def test_a_report_that_is_older_than_the_plan_is_refused(self) -> None:
        with pytest.raises(DamagedReport) as caught:
            plan.updated(report_text())
        assert caught.value.faults == (
            (1, "it is of 2026-01-05, and the plan, last corrected on 2026-09-30, knows more"),
        )

    def test_a_damaged_report_is_named_as_ever(self) -> None:
        with pytest.raises(DamagedReport, match="line 1: "):
            plan.updated("nothing")


def test_a_draft_of_a_plan_gives_its_text() -> None:
    assert Draft.of_plan(plan.to_text()).to_text() == plan.to_text()


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (" US US-NJ ", " us US-NJ ", "'us' is no country"),
        (" US US-NJ ", " US NJ ", "'NJ' is no subdivision"),
        (" US US-NJ America/New_York", " US US-NJ New_York", "'New_York' is no time zone"),
    ],
)
def test_the_text_of_a_plan_names_places_as_the_standards_do(old: str, new: str, fault: str) -> None:
    with pytest.raises(DamagedPlan) as caught:
        NumberingPlan(plan.to_text().replace(old, new, 1))
    assert caught.value.faults == ((9, fault),)
