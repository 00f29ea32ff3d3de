"""The administrator's report is read row by row, and every damage is named with its line."""

from __future__ import annotations

import contextlib
import copy
import pickle
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from made_reports import COLUMNS, report_text
from pstnkit.errors import CallerError
from pstnkit.numbering.damaged import CorruptData
from pstnkit.numbering.nanpa_report import DamagedReport, Report, ReportRow, read_report


def row_of(report: Report, npa: str) -> ReportRow:
    return next(row for row in report.rows if row.npa == npa)


def faults_of(text: str) -> tuple[tuple[int | None, str], ...]:
    with pytest.raises(DamagedReport) as caught:
        read_report(text)
    return caught.value.faults


class TestReading:
    def test_a_report_has_a_date_and_all_800_rows_in_order(self) -> None:
        report = read_report(report_text())
        assert report.file_date == date(2026, 1, 5)
        assert [row.npa for row in report.rows] == [str(npa) for npa in range(200, 1000)]

    def test_a_row_says_what_the_administrator_says(self) -> None:
        assert row_of(read_report(report_text()), "273") == ReportRow(
            line=76,
            npa="273",
            assignable=True,
            explanation="",
            reserved=False,
            assigned=True,
            geographic=True,
            location="QUEBEC",
            country="CANADA",
            in_service=False,
            in_service_date=date(2027, 2, 27),
            complexes=(("273", "367", "418", "581"),),
            service="",
            time_zone="E",
        )

    def test_a_code_can_be_in_two_complexes(self) -> None:
        assert row_of(read_report(report_text()), "872").complexes == (("312", "872"), ("773", "872"))

    def test_members_of_a_complex_are_put_in_order(self) -> None:
        assert row_of(read_report(report_text()), "551").complexes == (("201", "551"),)

    def test_a_service_that_stands_only_in_the_notes_is_found(self) -> None:
        assert row_of(read_report(report_text()), "633").service == "Canadian Non-Geographic Services"

    def test_a_byte_order_mark_blank_lines_and_trailing_commas_do_no_harm(self) -> None:
        text = report_text().replace("01/05/2026", "01/05/2026,,,,")
        assert read_report("\ufeff" + text + "\r\n,,,\r\n") == read_report(text)

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
    def test_the_bytes_of_the_file_are_read_in_any_usual_encoding(self, encoding: str) -> None:
        text = report_text("201,Général,Yes,,No,Yes,G,NJ,US,Y,01-Jan-1947,,201/551,,E")
        assert read_report(text.encode(encoding)) == read_report(report_text())

    @pytest.mark.parametrize("line_end", ["\n", "\r"])
    def test_lines_may_end_otherwise(self, line_end: str) -> None:
        assert read_report(report_text().replace("\r\n", line_end)) == read_report(report_text())

    @pytest.mark.parametrize("day", ["1-Jan-1947", "01-JAN-1947", "1947-01-01", "01/01/1947", "1/1/1947"])
    def test_a_day_may_be_written_in_other_ways_that_say_no_less(self, day: str) -> None:
        report = read_report(report_text(f"201,General,yes,,NO,Y,G,NJ,US,y,{day},,201/551,,E"))
        assert report == read_report(report_text())

    def test_an_announced_day_that_has_come_counts_though_the_row_lags_behind(self) -> None:
        late = "273,General,Yes,,No,Yes,G,QUEBEC,CANADA,N,04-Jan-2026,,273/367/418/581,,E"
        assert row_of(read_report(report_text(late)), "273").in_service_date == date(2026, 1, 4)

    @pytest.mark.parametrize("other", [None, 5, ["File Date"], Path("report.csv")])
    def test_nothing_else_is_a_report(self, other: object) -> None:
        with pytest.raises(TypeError, match=f"the report is a str or bytes, not {type(other).__name__}"):
            read_report(other)  # type: ignore[arg-type]

    def test_columns_may_stand_in_any_order(self) -> None:
        moved = "\r\n".join(
            line if number == 0 else ",".join([*line.split(",")[:0:-1], line.split(",")[0]])
            for number, line in enumerate(
                report_text(
                    "312,General,Yes,,No,No,G,,,N,,,,,",
                    "773,General,Yes,,No,No,G,,,N,,,,,",
                    "872,General,Yes,,No,No,G,,,N,,,,,",
                ).split("\r\n")[:-1]
            )
        )
        assert row_of(read_report(moved), "201") == row_of(read_report(report_text()), "201")

    def test_rows_may_stand_in_any_order(self) -> None:
        first, header, *rows = report_text().splitlines()
        backwards = read_report("\n".join([first, header, *reversed(rows)]))
        assert [row.npa for row in backwards.rows] == [str(npa) for npa in range(200, 1000)]


class TestDamage:
    @pytest.mark.parametrize(
        "first", ["", "File Date", "Date,01/05/2026", "File Date,2026-01-05", "File Date,13/05/2026"]
    )
    def test_a_report_without_its_date_is_damaged(self, first: str) -> None:
        body = report_text().partition("\r\n")[2]
        assert faults_of(f"{first}\r\n{body}") == ((1, f"{first!r} is not 'File Date,MM/DD/YYYY'"),)

    def test_missing_columns_are_named(self) -> None:
        renamed = COLUMNS.replace("IN_SERVICE_DT", "OPENED").replace("COUNTRY", "LAND")
        assert faults_of(report_text(columns=renamed)) == ((2, "no column COUNTRY, IN_SERVICE_DT"),)

    def test_a_report_of_one_line_has_no_columns(self) -> None:
        assert faults_of("File Date,01/05/2026")[0][0] == 2

    @pytest.mark.parametrize(
        ("row", "fault"),
        [
            ("201,General,Yes,,No,Yes,G,NJ,US,Y,01-Jan,,,,E", "'01-Jan' is no day (DD-Mon-YYYY)"),
            (
                "201,General,Yes,,No,Yes,G,NJ,US,Y,1-Jan-47,,,,E",
                "'1-Jan-47' has lost its century in a spreadsheet; take the file as published",
            ),
            ("201,General,Yes,,No,Yes,G,NJ,US,Y,13/01/1947,,,,E", "'13/01/1947' is no day of the calendar"),
            ("201,General,Yes,,No,Yes,G,NJ,US,Y,31-Feb-1947,,,,E", "'31-Feb-1947' is no day of the calendar"),
            ("201,General,Yes,,No,Yes,G,NJ,US,Y,,,,,E", "201 is in service, but since when?"),
            (
                "201,General,Yes,,No,Perhaps,G,NJ,US,Y,01-Jan-1947,,,,E",
                "ASSIGNED is 'Perhaps', neither yes nor no",
            ),
            ("201,General,Yes,,No,Yes,G,NJ,US,Y,01-Jan-1947,,201-551,,E", "'201-551' is no overlay complex"),
            ("201,General,Yes,,No,Yes,G,NJ,US,Y,01-Jan-1947,,201/201,,E", "'201/201' is no overlay complex"),
            (
                "201,General,Yes,,No,Yes,G,NJ,US,Y,01-Jan-1947,,201/870,,E",
                "201: 870 is in its overlay complex, but not assigned",
            ),
            (
                "201,General,Yes,,No,Yes,G,NJ,US,Y,01-Jan-1947,,212/551,,E",
                "201 is not in the overlay complex that it names, 212/551",
            ),
            ("201,General,Yes", "201: 3 cells in 15 columns"),
            ("201,General,Yes,,No,Yes,G,NJ,US,Y,01-Jan-1947,,,,E,,", "201: 17 cells in 15 columns"),
            ("201,General,Yes,,No,Yes,Z,NJ,US,Y,01-Jan-1947,,,,E", "USE is 'Z', neither G nor N"),
            ("201,General,No,,No,Yes,G,NJ,US,Y,01-Jan-1947,,,,E", "201 is assigned, but not assignable"),
            ("201,General,Yes,,No,No,G,NJ,US,Y,01-Jan-1947,,,,E", "201 is in service, but not assigned"),
            (
                "201,General,Yes,,No,Yes,G,NJ,US,Y,06-Jan-2026,,,,E",
                "201 is in service, and yet opens on 2026-01-06, after the day of the report",
            ),
        ],
    )
    def test_a_damaged_row_is_named_with_its_line(self, row: str, fault: str) -> None:
        # Without 551, which names a complex with 201.
        assert faults_of(report_text(row, "551,General,Yes,,No,No,G,,,N,,,,,")) == ((4, fault),)

    def test_a_row_that_is_no_area_code_is_named(self) -> None:
        assert faults_of(report_text() + "199,General,Yes,,No,No,G,,,N,,,,,\r\n") == (
            (803, "'199' is no area code"),
        )

    def test_an_area_code_that_stands_twice_is_named(self) -> None:
        assert faults_of(report_text() + "200,General,Yes,,No,No,G,,,N,,,,,\r\n") == (
            (803, "200 stands twice"),
        )

    def test_a_quoted_line_end_keeps_the_count_of_lines(self) -> None:
        two_lines = '200,General,Yes,,No,No,G,,,N,,"a note\r\nof two lines",,,'
        broken = "201,General,Yes,,No,Yes,G,NJ,US,Y,,,,,E"
        assert faults_of(report_text(two_lines, broken)) == ((5, "201 is in service, but since when?"),)

    def test_a_report_that_ends_early_says_how_much_is_missing(self) -> None:
        cut = "\r\n".join(report_text().split("\r\n")[:700])
        assert faults_of(cut) == ((None, "102 of the 800 area codes are missing, the first is 898"),)

    def test_a_report_that_ends_within_a_row_names_that_row_too(self) -> None:
        cut = "\r\n".join(report_text().split("\r\n")[:700])[:-8]
        assert faults_of(cut) == (
            (700, "897: 8 cells in 15 columns"),
            (None, "102 of the 800 area codes are missing, the first is 898"),
        )

    def test_a_column_that_stands_twice_is_named(self) -> None:
        twice = COLUMNS.replace("NOTES", "COUNTRY")
        assert faults_of(report_text(columns=twice)) == (
            (2, "no column NOTES"),
            (2, "the column COUNTRY stands twice"),
        )

    @pytest.mark.parametrize("separator", [";", "\t"])
    def test_a_report_saved_with_other_separators_says_so(self, separator: str) -> None:
        fault = f"{f'File Date{separator}01/05/2026'!r} is not 'File Date,MM/DD/YYYY'"
        assert faults_of(report_text().replace(",", separator)) == (
            (1, f"{fault}; the cells of the file as published are separated by commas"),
        )

    def test_a_workbook_is_no_csv(self) -> None:
        assert faults_of("PK\x03\x04\x14")[0][1].endswith("; the file as published is CSV, and no workbook")

    @pytest.mark.parametrize("row", ["551,,,,,,,,,,,,,,", "55,General,Yes,,No,No,G,,,N,,,,,"])
    def test_a_row_that_is_damaged_beyond_its_name_is_missing_as_well(self, row: str) -> None:
        faults = faults_of(report_text(without="551") + row + "\r\n")
        assert [line for line, _ in faults] in ([802], [802, None])

    def test_a_missing_row_is_named(self) -> None:
        assert faults_of(report_text(without="415")) == (
            (None, "1 of the 800 area codes are missing, the first is 415"),
        )

    def test_an_open_quote_is_no_csv(self) -> None:
        (fault, missing) = faults_of(report_text('201,"General,Yes'))
        assert fault[0] == 4
        assert fault[1].startswith("from here on it is no CSV (")
        assert missing == (None, "799 of the 800 area codes are missing, the first is 201")

    def test_every_fault_is_found_at_once(self) -> None:
        bad = "201,General,Yes,,No,Yes,G,NJ,US,Y,,,,,E"
        worse = "872,General,Yes,,No,Yes,G,IL,US,Yes!,07-Nov-2009,,,,C"
        assert [line for line, _ in faults_of(report_text(bad, worse))] == [4, 675]

    def test_the_message_lists_five_faults_and_counts_the_rest(self) -> None:
        rows = [f"{npa},General,What,,No,No,G,,,N,,,,," for npa in range(200, 207)]
        with pytest.raises(DamagedReport) as caught:
            read_report(report_text(*rows))
        assert str(caught.value).startswith("the report is damaged: line 3: ASSIGNABLE is 'What'")
        assert str(caught.value).endswith("; and 2 more")
        assert len(caught.value.faults) == 7

    def test_the_error_is_the_callers_and_knows_its_first_line(self) -> None:
        with pytest.raises(CallerError) as caught:
            read_report(report_text("201,General,Yes"))
        assert isinstance(caught.value, DamagedReport)
        assert isinstance(caught.value, CorruptData)
        assert caught.value.line == 4
        assert DamagedReport([(None, "all of it")]).line is None

    def test_the_error_survives_pickle_and_copy(self) -> None:
        error = DamagedReport([(4, "no date")])
        for twin in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
            assert (twin.faults, str(twin)) == (error.faults, str(error))

    @given(st.text())
    def test_any_other_text_is_a_damaged_report(self, text: str) -> None:
        with pytest.raises(DamagedReport):
            read_report(text)

    @settings(max_examples=settings().max_examples // 4)
    @given(st.binary(max_size=300), st.integers(0, len(report_text())), st.integers(0, 300))
    def test_damaged_bytes_are_a_report_or_a_named_damage(
        self, other: bytes, start: int, length: int
    ) -> None:
        whole = report_text().encode()
        with contextlib.suppress(DamagedReport):
            assert len(read_report(whole[:start] + other + whole[start + length :]).rows) == 800

    @settings(max_examples=settings().max_examples // 4)
    @given(st.integers(0, len(report_text())), st.integers(1, 300))
    def test_a_report_with_a_piece_cut_out_never_gives_fewer_rows(self, start: int, length: int) -> None:
        whole = report_text()
        with contextlib.suppress(DamagedReport):
            assert len(read_report(whole[:start] + whole[start + length :]).rows) == 800
