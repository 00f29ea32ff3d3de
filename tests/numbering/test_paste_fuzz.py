"""Whatever is handed in, it is read or refused: nothing else happens, and every view of what was read can be made.

``tests/data/crashers`` holds what once did worse: made the library of workbooks panic, hang or ask for more memory than
there is, or made us raise something else. A new one is put there under a name that says what it does.
"""

from __future__ import annotations

import csv
import io
import json
import pickle
import struct
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pstnkit.numbering.paste import PasteReport, UnknownColumn, UnreadableSource, read_numbers
from pstnkit.numbering.paste.workbooks import compound as our_compound
from workbooks import (
    archive,
    biff,
    biff_number,
    biff_shared,
    compound,
    ods,
    ods_cell,
    xls_stream,
    xlsb,
    xlsb_number,
    xlsb_row,
    xlsb_shared,
    xlsx,
)

CRASHERS = sorted((Path(__file__).parent.parent / "data" / "crashers").iterdir())


def survives(source: Any, **options: Any) -> PasteReport | None:
    """The report of ``source``, if there is one, after everything was asked of it."""
    try:
        report = read_numbers(source, **options)
    except UnreadableSource as error:
        _check_refusal(error)
        return None
    counts = report.counts
    assert counts.total == len(report) == sum(1 for _ in report)
    assert len(report.numbers) >= counts.valid
    assert all(cell.row >= 1 and cell.column >= 1 for cell in report.unread)
    assert len(report.to_text(color=False, limit=20).splitlines()) <= 60 + len(report.columns)
    assert report.to_html(limit=20).isprintable() or "\n" in report.to_html(limit=20)
    assert len(list(csv.reader(io.StringIO(report.to_csv(), newline=""), strict=True))) == 1 + len(report)
    assert len(json.loads(report.to_json())["entries"]) == len(report)
    return report


def _check_refusal(error: UnreadableSource) -> None:
    assert str(error).isprintable()
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


@pytest.mark.parametrize("path", CRASHERS, ids=lambda path: path.name)
def test_what_once_did_harm_is_read_or_refused(path: Path) -> None:
    data = path.read_bytes()
    survives(data, max_bytes=1_000_000)
    survives(data, encoding="latin-1")
    survives(data.decode("latin-1"))
    survives(data.decode("utf-8", "surrogateescape"))


# --- texts and bytes --------------------------------------------------------------------------------------

_ATOMS = st.sampled_from(
    [
        *("415-321-0100", "(415) 321-0101", "4153210102", "+14153210103", "+442079460958", "1-800-FLOWERS"),
        *("4,153,210,104", "4.153210105E+09", "1.41556E+10", '="4153210106"', "'4153210107", "####"),
        *(
            "415-321-0108 - 0112",
            "415-321-0100 thru 0199",
            " x12",
            ";ext=3",
            "ext.",
            "#",
            " and ",
            " or ",
            " / ",
        ),
        *(
            "\t",
            ",",
            ";",
            "|",
            "\n",
            "\r\n",
            "\r",
            "\v",
            "\f",
            "\x1c",
            "\x85",
            "\u2028",
            "\u2029",
            '"',
            '""',
            "'",
        ),
        *(
            "\x00",
            "\x1b[31m",
            "\u200b",
            "\u202e",
            "\u2066",
            "\ufeff",
            "\ud800",
            "\U000e0001",
            "\u0661",
            "\uff11",
        ),
        *(
            "(",
            ")",
            "[",
            "]",
            "-",
            "--",
            "->",
            "+",
            "++",
            ".",
            "..",
            "=",
            "@",
            "://",
            "%",
            "$",
            "&",
            "<b>",
            "\\",
        ),
        *(
            "Phone",
            "Name",
            "Fax number",
            "Jane",
            "e.164",
            "n/a",
            "2012-01-02 08",
            "06/21/84",
            "1:",
            "2) ",
            "acct ",
        ),
    ]
)
_MESSES = st.lists(st.tuples(_ATOMS, st.sampled_from([1, 1, 1, 1, 2, 3, 50])), max_size=25).map(
    lambda atoms: "".join(atom * times for atom, times in atoms)
)


@given(_MESSES)
def test_no_mess_does_harm(text: str) -> None:
    report = survives(text)
    assert report is not None
    for entry in report:
        assert text[entry.start : entry.end] == entry.text
    for cell in report.unread:
        assert text[cell.start : cell.end] == cell.text


@given(st.binary(max_size=300) | _MESSES.map(lambda text: text.encode("utf-8", "surrogatepass")))
@example(b"\xff\xfe\x00\xd8")
@example(b"\x00\x00\xfe\xff\x00\x11\x00\x00")
@example(b"\xef\xbb\xbf\xef\xbb\xbf415-321-0100")
def test_no_bytes_do_harm(data: bytes) -> None:
    survives(data)


@given(
    st.binary(max_size=60),
    st.sampled_from(
        ["utf-7", "utf-8", "utf-16", "utf-16-le", "utf-32", "cp1252", "cp037", "shift_jis", "gb18030"]
    ),
)
def test_no_bytes_do_harm_in_an_encoding_that_is_declared(data: bytes, encoding: str) -> None:
    survives(data, encoding=encoding)


@given(_MESSES, st.sampled_from(["A", 1, 2, "phone", "ZZ"]))
def test_no_mess_does_harm_when_a_column_is_asked_for(text: str, column: str | int) -> None:
    with suppress(UnknownColumn):
        survives(text, columns=column)


# --- cells ------------------------------------------------------------------------------------------------

_CELLS = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.complex_numbers()
    | st.decimals()
    | st.fractions()
    | st.binary(max_size=5)
    | st.dates()
    | st.datetimes()
    | st.timedeltas()
    | st.text(max_size=20)
    | _MESSES,
    lambda cells: (
        st.lists(cells, max_size=3) | st.tuples(cells) | st.dictionaries(st.text(max_size=3), cells)
    ),
    max_leaves=3,
)


@given(st.lists(_CELLS, max_size=20))
def test_no_list_of_cells_does_harm(cells: list[Any]) -> None:
    report = survives(cells)
    assert report is not None
    assert all(1 <= entry.row <= len(cells) for entry in report)


# --- workbooks --------------------------------------------------------------------------------------------

_TEXTS = biff(0x00FC, struct.pack("<IIHB", 1, 1, 12, 0) + b"415-321-0101")
BOOKS = {
    "xlsx": xlsx(
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>4153210100</v></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>415-321-0102</t></is></c></row>',
        texts=["415-321-0101"],
    ),
    "ods": ods(
        f"<table:table-row>{ods_cell('415-321-0101')}</table:table-row>"
        f'<table:table-row table:number-rows-repeated="2">{ods_cell("415-321-0102")}</table:table-row>'
    ),
    "xlsb": xlsb(
        xlsb_row(0) + xlsb_number(0, 4153210100.0) + xlsb_shared(1, 0) + xlsb_row(1) + xlsb_number(0, 1.5),
        ["415-321-0101"],
    ),
    "xls": compound(
        xls_stream(
            biff_number(0, 0, 4153210100.0) + biff_shared(1, 0, 0) + biff_number(2, 0, 1.5), texts=_TEXTS
        )
    ),
}
_DAMAGE = st.tuples(
    st.floats(0, 1, exclude_max=True),
    st.sampled_from(["byte", "bit", "word", "digits", "cut", "double", "end"]),
    st.integers(0, 255),
)
_WORDS = (
    b"\xff\xff\xff\xff",
    b"\0\0\0\0",
    b"\xff\xff\xff\x7f",
    b"\0\0\0\x80",
    b"\xfe\xff\xff\xff",
    b"\x00\x00\x10\x00",
)
_DIGITS = (b"0", b"-1", b"1048576", b"16384", b"4294967296", b"18446744073709551616", b"", b"XFD1048576")


def damaged(data: bytes, damages: list[tuple[float, str, int]]) -> bytes:
    """``data`` after each of these damages, at a share of its length."""
    found = bytearray(data)
    for share, kind, value in damages:
        place = int(share * len(found))
        if kind == "byte":
            found[place : place + 1] = bytes([value])
        elif kind == "bit" and found:
            found[place] ^= 1 << value % 8
        elif kind == "word":
            found[place : place + 4] = _WORDS[value % len(_WORDS)]
        elif kind == "digits":
            start = next((at for at in range(place, len(found)) if chr(found[at]).isdigit()), place)
            end = next((at for at in range(start, len(found)) if not chr(found[at]).isdigit()), start)
            found[start:end] = _DIGITS[value % len(_DIGITS)]
        elif kind == "cut":
            del found[place : place + 1 + value % 50]
        elif kind == "double":
            found[place:place] = found[place : place + value]
        else:
            del found[place:]
    return bytes(found)


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("kind", BOOKS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(damages=st.lists(_DAMAGE, max_size=6), part=st.integers(0, 20))
def test_no_damaged_workbook_does_harm(
    kind: str, damages: list[tuple[float, str, int]], part: int, capfd: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("python_calamine")
    survives(damaged(BOOKS[kind], damages), max_bytes=1_000_000)
    if kind == "xls":
        stream = damaged(our_compound.extract(BOOKS[kind]), damages)
        survives(our_compound.wrap(stream), max_bytes=1_000_000)
    else:
        with zipfile.ZipFile(io.BytesIO(BOOKS[kind])) as packed:
            parts: dict[str, str | bytes] = {name: packed.read(name) for name in packed.namelist()}
        name = list(parts)[part % len(parts)]
        inside = parts[name]
        assert isinstance(inside, bytes)
        survives(archive({**parts, name: damaged(inside, damages)}), max_bytes=1_000_000)
    capfd.readouterr()  # where the library panics, it says so on standard error


@pytest.mark.parametrize("kind", BOOKS)
def test_the_workbooks_are_read_before_they_are_damaged(kind: str) -> None:
    pytest.importorskip("python_calamine")
    report = survives(BOOKS[kind])
    assert report is not None
    assert report.counts.valid >= 2
