"""A report is shown so that everybody can read it, whatever its size and whatever was pasted."""

from __future__ import annotations

import csv
import io
import json
import re
import tracemalloc
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from itertools import product
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pstnkit.errors import CallerError
from pstnkit.numbering.paste import PasteReport, Verdict, read_numbers
from pstnkit.numbering.paste.page import DARK, LIGHT
from pstnkit.numbering.paste.views import NOTEBOOK_LIMIT

MIXED = "415-321-0100\n415-321-01\n415-321-0100\n415-321-0110 - 0119"
MANY = "".join(f"415-32{line // 10_000}-{line % 10_000:04}\n" for line in range(20_000))


class _Page(HTMLParser):
    """What a browser and a screen reader make of a page: its elements, and its text without style and symbols."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.heard = ""
        self._open: list[bool] = []
        self.feed(page)
        self.close()
        assert not self._open, "an element is not closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._open.append(tag == "style" or ("aria-hidden", "true") in attrs)

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002
        self._open.pop()

    def handle_data(self, data: str) -> None:
        self.text += data
        if not any(self._open):
            self.heard += data

    def having(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


# --- text -------------------------------------------------------------------------------------------------


def test_what_a_report_adds_up_to_is_told_by_verdict_and_by_reason() -> None:
    report = read_numbers("415-321-0100\n415-321-01\n321-0100\nn/a\n415-321-0100")
    text = report.to_text(color=False)
    assert (
        "5 entries: 1 valid, 1 duplicate, 3 invalid; 1 number\nReasons: 2 too short, 1 not a number\n" in text
    )
    assert "Reasons: 2 too short, 1 not a number." in report.to_html()
    assert "Reasons" not in read_numbers("415-321-0100\n415-321-0100").to_text(color=False)


def test_where_several_columns_are_read_each_entry_says_in_which_it_stands() -> None:
    report = read_numbers("Name,Phone,Fax\nJane,415-321-0100,415-321-0101")
    lines = report.to_text(color=False).split("\n")
    assert lines[0].split()[:3] == ["row", "column", "entry"]
    assert [line.split()[:2] for line in lines[2:4]] == [["2", "B"], ["2", "C"]]
    assert "<td>C</td>" in report.to_html()
    assert "column" not in read_numbers(MIXED).to_text(color=False).split("\n")[0]


@pytest.mark.parametrize("limit", [0, 1, 3, 4, 5, None])
def test_a_limit_shows_the_first_entries_and_says_what_it_leaves_out(limit: int | None) -> None:
    report = read_numbers(MIXED)
    text, page = report.to_text(color=False, limit=limit), _Page(report.to_html(limit=limit))
    shown = 4 if limit is None else min(limit, 4)
    assert len(page.having("tr")) == 1 + shown
    said = {
        0: "4 more entries are not shown: 2 valid, 1 duplicate, 1 invalid",
        1: "3 more entries are not shown: 1 valid, 1 duplicate, 1 invalid",
        3: "1 more entry is not shown: 1 valid",
    }.get(shown)
    assert ("not shown" in text, "not shown" in page.text) == (said is not None, said is not None)
    if said is not None:
        assert said in text
        assert said in page.text
    assert "4 entries: 2 valid, 1 duplicate, 1 invalid; 11 numbers" in text


def test_a_limit_holds_for_what_was_left_unread_too() -> None:
    report = read_numbers("Phone,Account\n415-321-0100,4153210101\n415-321-0102,4153210103\n,4153210104")
    text, page = report.to_text(color=False, limit=1), _Page(report.to_html(limit=1))
    for shown in (text, page.text):
        assert "4153210101" in shown
        assert "4153210103" not in shown
        assert "2 more cells are not shown" in shown
    assert "1 more cell is not shown" in report.to_text(color=False, limit=2)
    assert "cells are not shown" not in report.to_text(color=False)


def test_a_limit_is_a_count_and_refused_at_once_if_it_is_none() -> None:
    report = read_numbers("415-321-0100")
    views: list[Any] = [report.to_text, report.to_html, report.text_lines, report.html_lines]
    for view in views:
        with pytest.raises(CallerError, match="limit is -1, which is no count of entries to show"):
            view(limit=-1)
        for wrong in ("5", 2.5, True):
            with pytest.raises(TypeError, match=f"limit is a count of entries, not {type(wrong).__name__} "):
                view(limit=wrong)
    assert report.to_html(limit=10**30) == report.to_html()


# --- the page ---------------------------------------------------------------------------------------------


def test_a_page_shows_ranges_and_extensions() -> None:
    page = _Page(read_numbers("415-321-0110 - 0119\n415-321-0100 x12").to_html())
    assert "(415) 321-0110 to 0119 (10)" in page.text
    assert "(415) 321-0100 ext. 12" in page.text


def test_a_page_says_every_verdict_in_words_beside_its_symbol() -> None:
    page = _Page(read_numbers(MIXED).to_html())
    for verdict, symbol in zip(Verdict, "\u2713=\u2717", strict=True):
        assert f"{symbol} {verdict}" in page.text
        assert f" {verdict}" in page.heard
    assert not set("\u2713\u2717") & set(page.heard)


def test_a_screen_reader_finds_caption_headings_and_rows() -> None:
    page = _Page(read_numbers(MIXED).to_html())
    assert len(page.having("table")) == len(page.having("caption")) == 1
    scopes = [attributes["scope"] for attributes in page.having("th")]
    assert scopes == ["col"] * 5 + ["row"] * 4
    assert {"lang": "en", "dir": "ltr", "class": "pstnkit-paste"} in page.having("div")
    (scrolled,) = (attributes for attributes in page.having("div") if "tabindex" in attributes)
    assert scrolled["role"] == "region"
    assert scrolled["aria-label"]


def test_a_page_needs_nothing_from_elsewhere() -> None:
    page = read_numbers(MIXED).to_html()
    assert not re.search(r"https?:|url\(|src=|href=|@import|<script|<link", page)


def test_a_page_escapes_what_was_pasted() -> None:
    report = read_numbers(
        'Phone,Notes\n<script>alert(1)</script>,"<i>415-321-0177"\n\u202e"415-321-0100"" onclick=""x",'
    )
    page = _Page(report.to_html())
    table = {"table", "caption", "thead", "tbody", "tr", "th", "td"}
    assert {tag for tag, _ in page.elements} == table | {
        *("div", "style", "span", "bdi", "p", "details", "summary", "ul", "li")
    }
    assert "<script>alert(1)</script>" in page.text
    assert "row 2, column 2: <i>415-321-0177" in page.text
    assert "\u202e" not in page.text
    assert not any(name.startswith("on") for _, attributes in page.elements for name in attributes)


@given(st.lists(st.text()))
@example(["</style><img src=x>", "--><b>", "\ud800", "\x00"])
def test_no_element_of_a_page_comes_from_what_was_pasted(cells: list[str]) -> None:
    page = _Page(read_numbers(cells).to_html())
    assert not {"img", "b", "i", "script", "a"} & {tag for tag, _ in page.elements}


def test_what_is_written_from_right_to_left_keeps_its_direction_to_itself() -> None:
    assert "<bdi>\u05d0\u05d1 415 321 0100</bdi>" in read_numbers("\u05d0\u05d1 415 321 0100").to_html()


def _luminance(color: str) -> float:
    parts = (int(color[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_stands_out_from_its_paper_as_accessibility_asks(palette: dict[str, str]) -> None:
    """WCAG 2.2, success criterion 1.4.3: a contrast of at least 4.5 to 1."""
    pairs = [
        *product(("ink", "dim", "valid", "duplicate", "invalid"), ("paper",)),
        *product(("ink", "dim"), ("invalid-paper",)),
        *((verdict.value, f"{verdict.value}-paper") for verdict in Verdict),
    ]
    for text, paper in pairs:
        darker, lighter = sorted((_luminance(palette[text]), _luminance(palette[paper])))
        assert (lighter + 0.05) / (darker + 0.05) >= 4.5, (text, paper)


def test_a_page_is_dark_in_the_dark_whoever_says_so() -> None:
    page = read_numbers(MIXED).to_html()
    assert "@media (prefers-color-scheme:dark)" in page
    for mark in ('[data-jp-theme-light="false"]', '[data-theme="dark"]', ".vscode-dark"):
        assert mark in page


def test_a_notebook_shows_the_beginning_of_a_long_report() -> None:
    report = read_numbers(MANY)
    shown = report._repr_html_()
    assert shown == report.to_html(limit=NOTEBOOK_LIMIT)
    assert len(shown) < 100_000
    assert f"{20_000 - NOTEBOOK_LIMIT:,} more entries are not shown" in shown
    assert read_numbers(MIXED)._repr_html_() == read_numbers(MIXED).to_html()


def test_a_report_of_nothing_says_so() -> None:
    page = _Page(read_numbers("").to_html())
    assert not page.having("table")
    assert "No entries were read." in page.text
    assert "No column holds telephone numbers." in read_numbers("NPA,NXX\n415,321").to_html()


# --- data -------------------------------------------------------------------------------------------------


def test_records_of_csv_are_whole_and_read_back() -> None:
    report = read_numbers('Phone,Notes\n"415-321-0100\n; =1+1",x\n=1+1;-2,"a ""b"""\n415-321-0110 - 0119,')
    rows = list(csv.DictReader(io.StringIO(report.to_csv(), newline=""), strict=True))
    assert len(rows) == len(report)
    assert [row["value"].replace("'", "") for row in rows] == [entry.value for entry in report]
    assert [int(row["row"]) for row in rows] == [entry.row for entry in report]


def test_numbers_in_csv_are_not_amounts_to_a_spreadsheet() -> None:
    (row,) = csv.DictReader(io.StringIO(read_numbers("+14153210110 - 0119").to_csv()))
    assert (row["first"], row["last"]) == ("415-321-0110", "415-321-0119")
    assert row["value"] == "'+14153210110 - 0119"


def test_halves_of_characters_do_not_keep_csv_from_being_written() -> None:
    assert read_numbers(["415-321-0100\ud800"]).to_csv().encode()


def test_json_lines_are_the_entries_of_the_document() -> None:
    report = read_numbers(MIXED)
    lines = [json.loads(line) for line in report.json_lines()]
    assert lines == json.loads(report.to_json())["entries"] == report.to_records()
    assert json.loads(read_numbers("").to_json())["entries"] == []


# --- long reports -----------------------------------------------------------------------------------------

LINES: list[Callable[[PasteReport], Iterator[str]]] = [
    PasteReport.text_lines,
    PasteReport.html_lines,
    PasteReport.csv_lines,
    PasteReport.json_lines,
]


def test_lines_put_together_are_the_view() -> None:
    report = read_numbers(MIXED)
    assert "\n".join(report.text_lines(color=True, limit=2)) == report.to_text(color=True, limit=2)
    assert "\n".join(report.html_lines(limit=2)) == report.to_html(limit=2)
    assert "".join(report.csv_lines()) == report.to_csv()


@pytest.mark.parametrize("lines", LINES, ids=lambda lines: lines.__name__)
def test_a_long_report_is_shown_line_by_line_in_little_memory(
    lines: Callable[[PasteReport], Iterator[str]],
) -> None:
    report = read_numbers(MANY)
    for _ in lines(report):  # what is made once, such as the counts
        pass
    tracemalloc.start()
    try:
        size = sum(map(len, lines(report)))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert size > 700_000
    assert peak < 1_500_000
