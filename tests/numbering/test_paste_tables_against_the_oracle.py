"""Tables of every dialect beside a naive model: which columns are read, which cells, and where they stand (DOMAIN 2).

A table is made of cells whose reading is known, then written down cell by cell, and the place of each is noted while it
is written. Nothing here parses anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from paste_checks import check_entries, check_sums
from paste_forms import Line, digits, lines, shapes
from paste_oracle import Reading, judge, whole_list
from pstnkit import PasteReport, Verdict, read_numbers

_NAMES = st.sampled_from(
    ["Jane Doe", "Müller, Jörg", 'Bob "Bobby" Smith', "O'Neil", "Acme; Co", "N|A Ltd", "Ann"]
)
_NOTES = st.sampled_from(
    ["", "call first", "two\nlines", 'he said "no"', "a, b; c | d", "moved on 1/5/2026", "100 Main St"]
)
_DATES = st.sampled_from(["2026-01-05", "1/5/2026", "06/21/84", "2012-01-02 08:15"])
_AMOUNTS = st.sampled_from(["$1,234.00", "12.50", "1,234.56", "0", "1.234,56"])
_ZIPS = st.sampled_from(["94110", "94110-1234", "V6B 4Y8", "02540"])
_ACCOUNTS = st.integers(10_000_000, 99_999_999_999).map(str)
_MAILS = st.sampled_from(["jane@example.com", "4153210100@example.com", ""])

_OTHER: Mapping[str, st.SearchStrategy[str]] = {
    "Name": _NAMES,
    "Notes": _NOTES,
    "Order Date": _DATES,
    "Amount": _AMOUNTS,
    "Zip": _ZIPS,
    "Account Number": _ACCOUNTS,
    "E-mail": _MAILS,
}
_TELEPHONE = ("Phone", "Fax", "TN", "Mobile", "BTN", "Telephone Number")


@frozen
class Dialect:
    """How cells are written down."""

    delimiter: str
    end: str
    quote_all: bool

    def cell(self, text: str) -> str:
        # What parts cells elsewhere is quoted as well: in a table of a few rows it could be what parts them here.
        if self.quote_all or text[:1] == '"' or any(mark in text for mark in ",;|\t\n\r"):
            return '"' + text.replace('"', '""') + '"'
        return text


dialects = st.builds(
    Dialect, st.sampled_from([",", ";", "\t", "|"]), st.sampled_from(["\n", "\r\n"]), st.booleans()
)


@frozen
class Made:
    """A table as text, with the place of each of its cells: (row, column) from 1, to start and end."""

    text: str
    places: dict[tuple[int, int], tuple[int, int]]


def written(rows: Sequence[Sequence[str]], dialect: Dialect, start: str = "") -> Made:
    text, places = start, {}
    for row, cells in enumerate(rows, 1):
        for column, cell in enumerate(cells, 1):
            if column > 1:
                text += dialect.delimiter
            begin = (
                len(text) if (row, column) != (1, 1) else 0
            )  # what marks the byte order belongs to the first cell
            text += dialect.cell(cell)
            places[row, column] = begin, len(text)
        text += dialect.end
    return Made(text, places)


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[list[str]], dict[tuple[int, int], Line]]:
    """Headings, rows of texts, and the lines that stand in the cells of telephone columns, by row and column."""
    others = draw(st.lists(st.sampled_from(sorted(_OTHER)), min_size=1, max_size=4, unique=True))
    telephones = draw(st.lists(st.sampled_from(_TELEPHONE), min_size=1, max_size=2, unique=True))
    headings = draw(st.permutations([*others, *telephones]))
    forms = draw(st.lists(shapes, min_size=1, max_size=3))
    rows: list[list[str]] = []
    known: dict[tuple[int, int], Line] = {}
    for number in range(draw(st.integers(2, 8))):
        if draw(st.integers(0, 9)) == 0:
            rows.append([""] * len(headings))
            continue
        row = []
        for column, heading in enumerate(headings, 1):
            if heading in _OTHER:
                row.append(draw(_OTHER[heading]))
                continue
            line = draw(st.sampled_from(forms))(draw(digits)) if draw(st.integers(0, 7)) else Line("", ())
            known[number + 2, column] = line
            row.append(line.text)
        rows.append(row)
    return list(headings), rows, known


def check_table(report: PasteReport, made: Made, known: Mapping[tuple[int, int], Line]) -> None:
    cells = [(place, known[place]) for place in sorted(known) if known[place].readings]
    expected, numbers = whole_list([(row, list(line.readings)) for (row, _), line in cells], {})
    check_entries(report, expected)
    check_sums(report, expected, numbers)
    for entry, place in zip(report, [place for place, line in cells for _ in line.readings], strict=True):
        assert (entry.row, entry.column) == place
        assert entry.start is not None
        assert entry.end is not None
        assert made.text[entry.start : entry.end] == entry.text
        begin, end = made.places[place]
        assert begin <= entry.start < entry.end <= end
        if len(known[place].readings) == 1:
            assert (entry.start, entry.end) == (begin, end)


@given(tables(), dialects, st.sampled_from(["", "\ufeff"]))
def test_columns_that_say_telephone_are_read_and_no_others(
    table: tuple[list[str], list[list[str]], dict[tuple[int, int], Line]], dialect: Dialect, start: str
) -> None:
    headings, rows, known = table
    filled = {column for (_, column), line in known.items() if line.text}
    if not filled:
        return
    made = written([headings, *rows], dialect, start)
    report = read_numbers(made.text)
    wanted = [index for index, heading in enumerate(headings, 1) if heading in _TELEPHONE and index in filled]
    assert [column.index for column in report.columns] == wanted, made.text
    check_table(report, made, {place: line for place, line in known.items() if place[1] in wanted})
    read = {(entry.row, entry.column) for entry in report}
    for cell in report.unread:
        assert (cell.row, cell.column) not in read
        assert made.text[cell.start : cell.end] == cell.text
    from_bytes = read_numbers(made.text.encode("utf-8"))
    assert [entry.to_dict() | {"start": None, "end": None} for entry in report] == from_bytes.to_records()


@given(st.data(), dialects)
def test_a_column_without_a_heading_is_known_by_what_stands_in_it(
    data: st.DataObject, dialect: Dialect
) -> None:
    count = data.draw(st.integers(2, 8))
    numbers = data.draw(
        st.lists(st.integers(0, 9999).map("415321{:04d}".format), min_size=count, max_size=count)
    )
    way = data.draw(st.sampled_from(["{}-{}-{}", "({}) {}-{}", "{}.{}.{}", "+1{}{}{}", "{}{}{}"]))
    others = data.draw(
        st.lists(st.sampled_from(["Name", "Order Date", "Zip", "Notes"]), min_size=1, max_size=3, unique=True)
    )
    at = data.draw(st.integers(0, len(others)))
    rows, known = [], {}
    for number, ten in enumerate(numbers, 1):
        row = [data.draw(_OTHER[heading]) for heading in others]
        text = way.format(ten[:3], ten[3:6], ten[6:])
        row.insert(at, text)
        rows.append(row)
        verdict, reasons = judge(ten)
        known[number, at + 1] = Line(text, (Reading(0, len(text), verdict, reasons, (int(ten), int(ten))),))
    made = written(rows, dialect)
    report = read_numbers(made.text)
    assert [column.index for column in report.columns] == [at + 1]
    check_table(report, made, known)


@given(lines(most_shapes=3, most_lines=6), st.integers(1, 3))
def test_what_looks_like_a_number_in_a_column_that_is_not_read_is_listed(
    made: Sequence[Line], where: int
) -> None:
    headings = ["Id", "Notes", "Kind"]
    rows = [[f"x{number}", line.text, "y"] for number, line in enumerate(made)]
    for row in rows:
        row.insert(where, "(628) 321-0100")
    table = written(
        [[*headings[:where], "Phone", *headings[where:]], *rows],
        Dialect("\t", "\n", quote_all=False),
    )
    report = read_numbers(table.text)
    assert [column.name for column in report.columns] == ["Phone"]
    assert [entry.verdict for entry in report] == [Verdict.VALID] + [Verdict.DUPLICATE] * (len(made) - 1)
    unread = {(cell.row, cell.column) for cell in report.unread}
    notes = 2 + (where <= 1)
    for number, line in enumerate(made, 2):
        if any(reading.numbers for reading in line.readings):
            assert (number, notes) in unread, line.text
