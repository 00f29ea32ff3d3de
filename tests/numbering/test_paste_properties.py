"""What holds for every paste, whatever stands in it: no error, right places, sums that add up."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from pstnkit.numbering.paste import PasteReport, Verdict, read_numbers
from pstnkit.numbering.telephone import TelephoneNumber

_PIECES = st.sampled_from(
    [
        "415-321-0100",
        "(415) 321-0101",
        "4153210100",
        "4153210100.0",
        "4,153,210,100",
        "415-321-0100 - 0109",
        "415-321-0105 thru 0120",
        "415-321-0100 x12",
        "1-800-FLOWERS",
        "+44 20 7946 0958",
        "\u202a+1\u00a0415\u2011321\u20110102\u202c",
        '="4153210103"',
        '"415-321-0100\n415-321-0104"',
        '"say ""415-321-0105"" / 415-321-0106"',
        "########",
        "4.15E+09",
        "2012-01-02 08",
        "$1,234,567.00",
        "Phone",
        "Name",
        "Jane",
        "",
        " ",
        '"',
        "n/a",
        "911",
    ]
)
_GLUE = st.sampled_from(["\n", "\n", "\r\n", "\r", ",", ";", "\t", "|", " ", " / ", " and ", "\u2028"])
_PASTES = st.lists(st.tuples(_PIECES, _GLUE), max_size=12).map(lambda pairs: "".join(a + b for a, b in pairs))


def check(source: str, report: PasteReport) -> None:
    for entry in report:
        assert source[entry.start : entry.end] == entry.text
        assert entry.value
        assert entry.value.isprintable() or "\ufffd" in entry.value or not entry.value.isascii()
        assert (len(entry.numbers) == 0) == (entry.verdict is Verdict.INVALID)
        assert (entry.explanation is None) == (entry.reason is None)
        assert entry.row >= 1
        assert entry.column >= 1
    for cell in report.unread:
        assert source[cell.start : cell.end] == cell.text
    places = [(entry.start, entry.end) for entry in report] + [
        (cell.start, cell.end) for cell in report.unread
    ]
    places.sort()
    assert all(left[1] <= right[0] for left, right in pairwise(places))  # type: ignore[operator]
    ordered = [entry.start for entry in report]
    assert ordered == sorted(ordered)  # type: ignore[type-var]
    counts = report.counts
    assert counts.total == len(report) == len(report.valid) + len(report.duplicates) + len(report.invalid)


@given(st.text(max_size=200))
@example('"')
@example('""\n"415-321-0100')
@example("\ud800415-321-0100")
@example("4.\u0660E+9")
@example("\u00b2\u00b3415\u2460321")
@example("1\u0307")
def test_no_text_raises_and_every_place_holds(text: str) -> None:
    check(text, read_numbers(text))


@given(_PASTES)
def test_no_mess_of_usual_things_raises_and_every_place_holds(text: str) -> None:
    check(text, read_numbers(text))


@given(_PASTES)
def test_numbers_are_those_of_the_entries_each_at_its_first_occurrence(text: str) -> None:
    report = read_numbers(text)
    expected: dict[TelephoneNumber, None] = {}
    for entry in report:
        repeated = [number for number in entry.numbers if number in expected]
        assert (entry.verdict is Verdict.DUPLICATE) == bool(repeated)
        expected.update(dict.fromkeys(entry.numbers))
    assert set(report.numbers) == set(expected)
    assert len(report.numbers) == len(expected)


@given(_PASTES | st.text(max_size=30))
@example("\ud800")
def test_every_form_of_the_report_can_be_made(text: str) -> None:
    report = read_numbers(text)
    assert len(report.to_records()) == len(report)
    for form in (report.to_text(color=False), report.to_html(), report.to_csv(), report.to_json()):
        form.encode("utf-8")  # nothing in it that cannot be written to a file
        assert "\u202a" not in form or form == report.to_csv()


@given(
    st.lists(st.one_of(_PIECES, st.none(), st.floats(), st.integers(), st.booleans(), st.binary(max_size=3)))
)
def test_no_list_of_cells_raises(cells: list[object]) -> None:
    report = read_numbers(cells)
    assert all(entry.start is None and entry.end is None for entry in report)
    assert all(1 <= entry.row <= len(cells) for entry in report)


@given(_PASTES)
def test_text_and_its_bytes_read_alike(text: str) -> None:
    from_text, from_bytes = read_numbers(text), read_numbers(text.encode("utf-16"))
    assert [entry.to_dict() | {"start": None, "end": None} for entry in from_text] == from_bytes.to_records()


# What begins like a workbook is one, whatever the encoding of a text would be.
@given(st.binary(max_size=60).filter(lambda data: not data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))))
def test_latin_1_reads_every_byte(data: bytes) -> None:
    check(data.decode("latin-1"), read_numbers(data.decode("latin-1")))
    assert [entry.value for entry in read_numbers(data, encoding="latin-1")] == [
        entry.value for entry in read_numbers(data.decode("latin-1"))
    ]
