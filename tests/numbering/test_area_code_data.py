"""The bundled data is sound, follows from its sources, and is right about all 800 area codes."""

from __future__ import annotations

import csv
import importlib.util
import os
import zoneinfo
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from made_reports import report_text
from pstnkit.numbering.area_code_facts import AreaCodeFacts
from pstnkit.numbering.nanpa_report import DamagedReport, read_report
from pstnkit.numbering.plan import AreaCodeKind, NumberingPlan, plan
from pstnkit.numbering.plan_corrections import DamagedCorrections
from pstnkit.numbering.plan_sources import DamagedTimezones
from pstnkit.numbering.plan_text import ALL_AREA_CODES, DamagedPlan, check_plan

REPOSITORY = Path(__file__).parents[2]
SHARED = Path(os.environ.get("PSTNKIT_SHARED_DATA", REPOSITORY.parent / "shared" / "data"))
CORRECTIONS = "date,subject,change,value,source\n"
TIMEZONES = "where,letters,timezones,certain,source\n"


def shared_rows(name: str) -> list[dict[str, str]]:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"no ground truth: {path} is absent (set PSTNKIT_SHARED_DATA)")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "build_area_codes", REPOSITORY / "tools" / "build_area_codes.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class TestGroundTruth:
    """Each of the 800 codes against the administrator's own database and what is known since."""

    STATUSES = {  # noqa: RUF012
        "in_service": "in_service",
        "assigned_not_in_service": "planned",
        "unassigned": "unassigned",
        "reserved": "reserved",
        "reserved_5xx": "reserved",
        "reserved_tollfree": "reserved",
        "reserved_canada_nongeo": "reserved",
        "reserved_inc": "not_assignable",
        "expansion_n9x": "not_assignable",
        "n11": "not_assignable",
    }
    KINDS = {  # noqa: RUF012
        "": None,
        "tollfree": "toll_free",
        "canada_nongeo": "non_geographic",
        "canada_nongeo_tariffed": "non_geographic",
        "interexchange": "non_geographic",
        "government": "non_geographic",
    }

    def test_status_kind_place_and_day_of_all_800(self) -> None:
        rows = shared_rows("area_codes_all.csv")
        assert len(rows) == 800
        for row in rows:
            code = plan.area_code(row["npa"])
            opened = row["in_service_date"]
            assert (code.npa, code.status, code.kind, code.country, code.subdivisions, code.in_service) == (
                row["npa"],
                self.STATUSES.get(row["status"].partition(":")[0], "not_assignable"),
                self.KINDS.get(row["kind"], row["kind"]),
                row["country"] or None,
                tuple(filter(None, row["subdivision"].split(";"))),
                datetime.strptime(opened, "%d-%b-%Y").date() if opened else None,  # noqa: DTZ007
            )

    def test_the_overlay_complexes(self) -> None:
        expected = {frozenset(row["complex"].split("/")) for row in shared_rows("overlay_complexes.csv")}
        for code in plan.area_codes():
            assert code.overlays == {members for members in expected if code.npa in members}, code.npa

    def test_the_complexes_of_codes_to_come(self) -> None:
        coming = {
            row["npa"]: frozenset(row["overlay_group"].split("/"))
            for row in shared_rows("area_codes_all.csv")
            if row["status"] == "assigned_not_in_service"
            and row["kind"] == "geographic"
            and row["in_service_date"]
        }
        assert coming.keys() == {"273", "565"}
        for npa, members in coming.items():
            assert plan.area_code(npa, plan.area_code(npa).in_service).overlays == {members}

    def test_the_codes_in_service_in_november_2026(self) -> None:
        rows = shared_rows("area_codes_in_service.csv")
        codes = plan.area_codes(status="in_service", on=date(2026, 11, 22))
        assert [code.npa for code in codes] == [row["npa"] for row in rows]
        for code, row in zip(codes, rows, strict=True):
            assert code.timezones == tuple(filter(None, row["timezones"].split(";"))), code.npa

    def test_the_time_zones_of_all_800(self) -> None:
        rows = shared_rows("area_codes_in_service.csv")
        expected = {row["npa"]: tuple(filter(None, row["timezones"].split(";"))) for row in rows}
        # A code that is to come has the time zones of what it will overlay.
        expected |= {"273": expected["418"], "565": expected["912"], "761": expected["502"]}
        assert {code.npa: code.timezones for code in plan.area_codes()} == {
            npa: expected.get(npa, ()) for npa in ALL_AREA_CODES
        }

    HOURS = {"E": -5.0, "C": -6.0, "M": -7.0, "P": -8.0, "A": -4.0, "N": -3.5}  # noqa: RUF012
    KNOWN_BETTER = {  # noqa: RUF012
        "709": "Labrador keeps Atlantic time",
        "879": "Labrador keeps Atlantic time",
        "829": "the Dominican Republic keeps Atlantic time, as the row of 809 says",
        "849": "the Dominican Republic keeps Atlantic time, as the row of 809 says",
        "867": "the zones from Whitehorse to Iqaluit; uncertain",
        "930": "its sister 812 spans two; uncertain",
        "986": "its sister 208 spans two",
        "670": "+10", "671": "+10", "684": "-11", "808": "-10", "775": "-8, and -7 in one town", "907": "-9, -10",
    }  # fmt: skip
    """Where the administrator's letters are not letters, or are known to be wrong."""

    def test_the_clocks_of_each_place_are_those_of_the_administrators_letters(self) -> None:
        shared_rows("nanpa_npa_report_2026-01-05.csv")
        report = read_report((SHARED / "nanpa_npa_report_2026-01-05.csv").read_text("utf-8"))
        letters = {row.npa: row.time_zone for row in report.rows}
        winter = datetime(2026, 1, 15, tzinfo=UTC)
        for code in plan.area_codes(kind="geographic"):
            if code.npa not in self.KNOWN_BETTER:
                zones = [winter.astimezone(zoneinfo.ZoneInfo(zone)).utcoffset() for zone in code.timezones]
                assert set(zones) == {timedelta(hours=self.HOURS[letter]) for letter in letters[code.npa]}, (
                    code
                )

    def test_the_data_file_is_what_the_tool_makes_of_the_report(self) -> None:
        shared_rows("nanpa_npa_report_2026-01-05.csv")
        assert tool().main([str(SHARED / "nanpa_npa_report_2026-01-05.csv"), "--check"]) == 0


class TestBundledData:
    def test_it_is_sound(self) -> None:
        check_plan(plan.to_text())

    def test_it_says_on_top_where_it_comes_from_and_of_what_day(self) -> None:
        lines = plan.to_text().splitlines()
        assert "NANPA" in lines[1]
        assert lines[4:6] == ["report 2026-01-05", "as-of 2026-09-30"]

    def test_every_time_zone_exists(self) -> None:
        zones = {zone for code in plan.area_codes() for zone in code.timezones}
        assert zones <= zoneinfo.available_timezones()

    def test_every_geographic_code_and_no_other_has_time_zones(self) -> None:
        assert all(bool(code.timezones) == (code.kind == "geographic") for code in plan.area_codes())

    def test_where_the_sources_disagree_about_time_zones_is_marked(self) -> None:
        assert [code.npa for code in plan.area_codes() if not code.timezones_certain] == [
            "474",
            "867",
            "906",
            "930",
        ]

    def test_no_line_is_out_of_order(self) -> None:
        text = plan.to_text()
        assigned = text.partition("[assigned]\n")[2].partition("\n\n")[0].splitlines()
        complexes = text.partition("[overlays]\n")[2].partition("\n\n")[0].splitlines()
        assert assigned == sorted(assigned)
        assert complexes == sorted(complexes)


class TestText:
    """The form of the plan's text, and what is found wrong with one."""

    @pytest.mark.parametrize(
        ("old", "new", "faults"),
        [
            ("as-of 2026-09-30\n", "", ["no line 'as-of DAY'"]),
            ("report 2026-01-05", "report 20260105", ["'20260105' is no day (YYYY-MM-DD)"]),
            (
                "201 1947-01-01 geographic US US-NJ ",
                "201 1947-01-01 geographic US - ",
                ["201: US does not go with no subdivision"],
            ),
            (
                "201 1947-01-01 geographic US US-NJ ",
                "201 1947-01-01 geographic - US-NJ ",
                ["201: it is geographic, but where? Say its subdivisions or its country"],
            ),
            (
                "201 1947-01-01 geographic US US-NJ ",
                "201 1947-01-01 geographic US US-NJ,US-NJ ",
                ["US-NJ stands twice"],
            ),
            (
                "201 1947-01-01 geographic US US-NJ ",
                "201 1947-01-01 personal US US-NJ ",
                ["201: it is personal, and has a place", "201 in an overlay, but no place"],
            ),
            ("as-of 2026-09-30", "as-of 9999-09-30", ["'9999-09-30' leaves no room for a horizon"]),
            (
                "report 2026",
                "made 2026",
                [
                    "'made 2026-01-05' is neither 'report DAY' nor 'as-of DAY' nor a section",
                    "no line 'report DAY'",
                ],
            ),
            ("201 1947-01-01", "201 1947-02-30", ["'1947-02-30' is no day (YYYY-MM-DD)", ..., ...]),
            ("201 1947-01-01", "201  1947-01-01", ["7 words; an assigned area code has 6", ..., ...]),
            ("201 1947-01-01 geographic", "201 1947-01-01 geo", ["'geo' is no kind of area code", ..., ...]),
            ("200 ", "200 201 ", ["201 stands twice", ...]),
            ("200 ", "100 ", ["'100' is no area code", ...]),
            ("200 ", "", ["1 area codes are missing, the first is 200"]),
            ("[overlays]", "[relief]", ["no section '[relief]'"]),
            ("201/551", "201", ["'201' is no complex: two or more area codes in order"]),
            ("201/551", "551/201", ["'551/201' is no complex: two or more area codes in order"]),
            ("201/551", "200/551", ["200 in an overlay, but not assigned"]),
        ],
    )
    def test_every_fault_is_named_with_its_line(self, old: str, new: str, faults: list[object]) -> None:
        before, found_old, after = plan.to_text().partition(f"\n{old}")
        assert found_old
        with pytest.raises(DamagedPlan) as caught:
            NumberingPlan(f"{before}\n{new}{after}")
        damage = caught.value
        assert damage.line in (None, before.count("\n") + 2)
        assert (damage.line is None) == ("missing" in damage.faults[0][1] or "no line" in damage.faults[0][1])
        assert len(damage.faults) == len(faults)
        assert all(expected in (..., what) for expected, (_, what) in zip(faults, damage.faults, strict=True))

    @pytest.mark.parametrize(
        ("days", "fault"),
        [
            ("as-of 2026-09-30\nas-of 2026-10-01", (7, "'as-of DAY' stands twice")),
            ("as-of 2025-09-30", (None, "its last correction is older than the report")),
        ],
    )
    def test_the_two_days_are_one_each_and_in_order(self, days: str, fault: tuple[int | None, str]) -> None:
        with pytest.raises(DamagedPlan) as caught:
            NumberingPlan(plan.to_text().replace("as-of 2026-09-30", days))
        assert caught.value.faults == (fault,)

    @given(st.text())
    def test_any_other_text_is_a_damaged_plan(self, text: str) -> None:
        with pytest.raises(DamagedPlan):
            NumberingPlan(text)

    @given(
        st.builds(
            AreaCodeFacts,
            npa=st.integers(200, 999).map(str),
            opens=st.none() | st.dates(),
            kind=st.sampled_from(AreaCodeKind),
            country=st.none() | st.sampled_from(["US", "CA", "JM"]),
            subdivisions=st.lists(st.sampled_from(["US-CA", "CA-NS", "CA-PE"])).map(tuple),
            timezones=st.lists(st.sampled_from(["America/Halifax", "Pacific/Guam"])).map(tuple),
            timezones_certain=st.booleans(),
        )
    )
    def test_a_line_tells_its_facts_and_back(self, facts: AreaCodeFacts) -> None:
        assert AreaCodeFacts.from_line(facts.to_line()) == facts


class TestSources:
    """A plan from a report, corrections and time zones."""

    @staticmethod
    def faults(corrections: str = "", timezones: str = "") -> tuple[tuple[int | None, str], ...]:
        with pytest.raises((DamagedCorrections, DamagedTimezones)) as caught:
            NumberingPlan.from_report(report_text(), corrections=corrections, timezones=timezones)
        return caught.value.faults

    def test_a_report_alone_gives_a_plan_of_its_day(self) -> None:
        made = NumberingPlan.from_report(report_text())
        assert made.as_of == date(2026, 1, 5)
        assert {
            npa: str(made.area_code(npa).status) for npa in ("201", "200", "211", "232", "273", "290", "370")
        } == {
            "201": "in_service",
            "200": "unassigned",
            "211": "not_assignable",
            "232": "reserved",
            "273": "planned",
            "290": "not_assignable",
            "370": "not_assignable",
        }

    @pytest.mark.parametrize(
        ("npa", "kind", "country", "subdivisions"),
        [
            ("201", "geographic", "US", ("US-NJ",)),
            ("418", "geographic", "CA", ("CA-QC",)),
            ("670", "geographic", "MP", ("US-MP",)),
            ("876", "geographic", "JM", ()),
            ("500", "personal", None, ()),
            ("633", "non_geographic", "CA", ()),
            ("822", "toll_free", None, ()),
            ("542", None, None, ()),
        ],
    )
    def test_the_administrators_words_become_codes(
        self, npa: str, kind: str | None, country: str | None, subdivisions: tuple[str, ...]
    ) -> None:
        code = NumberingPlan.from_report(report_text()).area_code(npa)
        assert (code.kind, code.country, code.subdivisions) == (kind, country, subdivisions)

    def test_of_nested_complexes_the_largest_counts(self) -> None:
        made = NumberingPlan.from_report(report_text())
        assert made.area_code("418", date(2028, 1, 1)).overlays == {frozenset({"273", "367", "418", "581"})}

    def test_codes_without_a_place_overlay_nothing(self) -> None:
        assert NumberingPlan.from_report(report_text()).area_code("500").overlays == frozenset()

    def test_unknown_words_are_named_with_their_line(self) -> None:
        with pytest.raises(DamagedReport) as caught:
            NumberingPlan.from_report(
                report_text(
                    "201,General,Yes,,No,Yes,G,JERSEY,US,Y,01-Jan-1947,,,,E",
                    "212,General,Yes,,No,Yes,G,NY,USA,Y,01-Jan-1947,,,,E",
                    "900,General,Yes,,No,Yes,N,,,Y,01-Jan-1947,,,Luxury,E",
                )
            )
        assert caught.value.faults == (
            (4, "201: no place is known as 'JERSEY' in 'US'"),
            (15, "212: no place is known as 'NY' in 'USA'"),
            (703, "900: no kind of area code is known as 'Luxury'"),
        )

    def test_corrections_are_newer_than_the_report(self) -> None:
        made = NumberingPlan.from_report(
            report_text(),
            corrections=CORRECTIONS
            + "2026-09-30,542,kind,personal,NPA database\n"
            + "2026-09-30,542,in_service,2026-05-26,NPA database\n"
            + "2026-02-01,273,in_service,2027-03-01,Planning letter\n"
            + "2026-01-05,312/872,complexes,,Told apart\n"
            + "2026-01-05,201/551,complexes,201/551/876;201/670,Invented\n",
        )
        assert made.as_of == date(2026, 9, 30)
        assert (made.area_code("542").kind, made.area_code("542").in_service) == (
            "personal",
            date(2026, 5, 26),
        )
        assert made.area_code("273").in_service == date(2027, 3, 1)
        assert made.area_code("872").overlays == {frozenset({"773", "872"})}
        assert made.area_code("201").overlays == {frozenset({"201", "551", "876"}), frozenset({"201", "670"})}

    @pytest.mark.parametrize(
        ("row", "fault"),
        [
            ("2026-13-01,273,in_service,2027-03-01,x", "'2026-13-01' is no day (YYYY-MM-DD)"),
            ("2026-09-30,1273,in_service,2027-03-01,x", "'1273' is no area code"),
            ("2026-09-30,273,color,blue,x", "'color' is no change; "
             "kind, in_service, country, subdivisions, timezones, complexes, status are"),
            ("2026-09-30,273,in_service,2027-03-01,", "no source"),
            ("2026-09-30,273,in_service,soon,x", "273: 'soon' is no day (YYYY-MM-DD)"),
            ("2026-09-30,273,in_service,2027-02-27,x", "273: the report says so too; drop the correction"),
            ("2026-09-30,232,in_service,2027-02-27,x", "232: it is not assigned; say its kind first"),
            ("2026-09-30,232,kind,fast,x", "232: 'fast' is no kind of area code; "
             "geographic, non_geographic, personal, premium, toll_free are"),
            ("2026-09-30,232,kind,geographic,x",
             "232: it is geographic, but where? Say its subdivisions or its country"),
            ("2026-09-30,201,kind,geographic,x", "201: the report says so too; drop the correction"),
            ("2026-01-04,273,in_service,2027-03-01,x",
             "273: older than the report of 2026-01-05: check the report, then drop it"),
            ("2026-09-30,201/670,complexes,,x",
             "201/670: the report names no such complex; drop the correction"),
            ("2026-09-30,201-551,complexes,,x", "'201-551' is no overlay complex"),
            ("2026-09-30,201/551,complexes,201,x", "201/551: '201' is no overlay complex"),
            ("2026-09-30,273", "2 cells instead of 5"),
        ],
    )  # fmt: skip
    def test_a_correction_that_does_not_fit_is_named_with_its_line(self, row: str, fault: str) -> None:
        assert self.faults(CORRECTIONS + row + "\n") == ((2, fault),)

    def test_all_corrections_that_do_not_fit_are_named_at_once(self) -> None:
        rows = "2026-09-30,201,kind,geographic,x\n2026-09-30,232,in_service,2027-02-27,x\n"
        assert [line for line, _ in self.faults(CORRECTIONS + rows)] == [2, 3]

    def test_another_table_is_no_list_of_corrections(self) -> None:
        assert self.faults("day,what\n") == ((1, "the columns are not date,subject,change,value,source"),)

    def test_an_open_quote_is_no_list_of_corrections(self) -> None:
        line, fault = self.faults(CORRECTIONS + '2026-09-30,"201,kind')[0]
        assert line == 2
        assert fault.startswith("from here on it is no CSV (")

    ZONES = (
        "US-NJ,E,America/New_York,yes,x\nUS-IL,C,America/Chicago,yes,x\nCA-QC,E,America/Toronto,yes,x\n"
        "US-MP,(UTC+10),Pacific/Saipan,yes,x\n876,,America/Jamaica;America/Panama,no,x\n"
    )

    def test_letters_mean_time_zones_in_a_place_and_a_codes_own_row_counts_more(self) -> None:
        zones = TIMEZONES + self.ZONES + "773,,America/Menominee,yes,x\n"
        made = NumberingPlan.from_report(report_text(), timezones=zones)
        assert made.area_code("201").timezones == ("America/New_York",)
        assert made.area_code("312").timezones == ("America/Chicago",)
        assert made.area_code("773").timezones == ("America/Menominee",)
        assert (made.area_code("876").timezones, made.area_code("876").timezones_certain) == (
            ("America/Jamaica", "America/Panama"),
            False,
        )
        assert made.area_code("800").timezones == ()

    def test_letters_without_a_meaning_and_rows_without_a_use_are_named(self) -> None:
        zones = TIMEZONES + self.ZONES.replace("US-NJ", "US-NY")
        assert self.faults(timezones=zones) == (
            (None, "201: nothing says what 'E' means in US-NJ"),
            (None, "551: nothing says what 'E' means in US-NJ"),
            (2, "nothing asks for US-NY E"),
        )

    def test_damaged_time_zones_are_named_with_their_line(self) -> None:
        rows = "US-NJ,E,America/New_York,yes,x\nUS-NJ,E,America/New_York,perhaps,x\nUS-IL,C,,yes,x\n"
        assert self.faults(timezones=TIMEZONES + rows) == (
            (3, "US-NJ E stands twice"),
            (3, "time zones and then 'yes' or 'no' are expected"),
            (4, "time zones and then 'yes' or 'no' are expected"),
        )


class TestTool:
    def test_it_writes_the_data_file_and_then_finds_it_current(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        module = tool()
        report = tmp_path / "report.csv"
        report.write_text(report_text(), encoding="utf-8-sig")
        (tmp_path / "area_code_corrections.csv").write_text("", encoding="utf-8")
        (tmp_path / "area_code_timezones.csv").write_text("", encoding="utf-8")
        monkeypatch.setattr(module, "TOOLS", tmp_path)
        monkeypatch.setattr(module, "DATA", tmp_path / "data" / "area_codes.txt")
        assert module.main([str(report)]) == 0
        assert module.main([str(report), "--check"]) == 0
        assert NumberingPlan(module.DATA.read_text(encoding="utf-8")).as_of == date(2026, 1, 5)
        report.write_text(report_text(file_date="02/05/2026"), encoding="utf-8")
        assert module.main([str(report), "--check"]) == 1

    def test_a_damaged_report_is_told_in_one_line(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        report = tmp_path / "report.csv"
        report.write_text("nothing", encoding="utf-8")
        assert tool().main([str(report)]) == 2
        assert capsys.readouterr().err == (
            "build_area_codes: the report is damaged: line 1: 'nothing' is not 'File Date,MM/DD/YYYY'\n"
        )
