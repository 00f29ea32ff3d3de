"""What can be handed in: text, bytes, files, workbooks, lists of cells; and what cannot."""

from __future__ import annotations

import builtins
import copy
import io
import os
import pickle
import threading
import tracemalloc
import zipfile
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from probes import NeverEqual
from pstnkit.errors import CallerError
from pstnkit.numbering.paste import PasteReport, UnreadableSource, read_numbers
from pstnkit.numbering.ranges import NumberRange
from pstnkit.numbering.telephone import TelephoneNumber

LIST = "415-321-0100\r\n\u00e9 628-321-0101\r\n"


def said(report: PasteReport) -> list[tuple[int, str]]:
    return [(entry.row, str(entry.numbers[0]) if entry.numbers else str(entry.reason)) for entry in report]


EXPECTED = [(1, "+14153210100"), (2, "+16283210101")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_bytes_are_decoded_by_their_mark_or_as_utf_8(encoding: str) -> None:
    assert said(read_numbers(LIST.encode(encoding))) == EXPECTED


def test_both_orders_of_utf_16_are_known_by_their_mark() -> None:
    assert said(read_numbers(b"\xfe\xff" + LIST.encode("utf-16-be"))) == EXPECTED


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "utf-16-le", "utf-8"])
def test_an_encoding_can_be_declared(encoding: str) -> None:
    assert said(read_numbers(LIST.encode(encoding), encoding=encoding)) == EXPECTED


@pytest.mark.parametrize("wrap", [bytes, bytearray, memoryview, io.BytesIO])
def test_bytes_may_come_in_any_container(wrap: Any) -> None:
    report = read_numbers(wrap(LIST.encode()))
    assert said(report) == EXPECTED
    assert [(entry.start, entry.end) for entry in report] == [(None, None), (None, None)]
    assert [entry.text for entry in report] == ["415-321-0100", "\u00e9 628-321-0101"]


def test_a_path_and_an_open_file_are_read(tmp_path: Path) -> None:
    path = tmp_path / "numbers.csv"
    path.write_bytes(b"Name,Phone\r\nJane,415-321-0100\r\n")
    with path.open("rb") as binary, path.open(encoding="utf-8") as text:
        for source in (path, binary, text):
            report = read_numbers(source)
            assert [(entry.row, entry.column, entry.start) for entry in report] == [(2, 2, None)]


def test_text_is_never_taken_for_a_path(tmp_path: Path) -> None:
    path = tmp_path / "4153210100"
    path.write_text("628-321-0101")
    assert said(read_numbers(str(path))) != [(1, "+16283210101")]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (
            b"415\xe9",
            "the data is not utf-8 text at byte 3; name its encoding, for example encoding='cp1252'",
        ),
        (b"\xff\xfe4", "the data is not utf-16 text at byte 2; name its encoding"),
        (LIST.encode("utf-16-le"), "looks like utf-16-le without a mark"),
        (LIST.encode("utf-16-be"), "looks like utf-16-be without a mark"),
    ],
)
def test_bytes_that_are_no_text_are_refused_with_advice(data: bytes, problem: str) -> None:
    with pytest.raises(UnreadableSource, match=problem):
        read_numbers(data)


def test_an_encoding_that_does_not_fit_or_does_not_exist_is_refused() -> None:
    with pytest.raises(UnreadableSource, match=r"is not ascii text at byte 14$"):
        read_numbers(LIST.encode(), encoding="ascii")
    for wrong in ("klingon", "base64"):
        with pytest.raises(UnreadableSource, match=f"'{wrong}' is no text encoding"):
            read_numbers(b"415", encoding=wrong)
    with pytest.raises(UnreadableSource, match="is not idna text"):
        read_numbers(b"\xff", encoding="idna")


def test_what_cannot_be_opened_is_an_error_that_names_it(tmp_path: Path) -> None:
    missing = tmp_path / "missing.csv"
    with pytest.raises(UnreadableSource, match=r"missing.csv' cannot be opened: No such file") as caught:
        read_numbers(missing)
    assert isinstance(caught.value, CallerError)
    assert caught.value.source == repr(str(missing))
    for again in (copy.copy(caught.value), pickle.loads(pickle.dumps(caught.value))):
        assert (str(again), again.problem) == (str(caught.value), caught.value.problem)
    with pytest.raises(UnreadableSource, match="cannot be opened"):
        read_numbers(tmp_path)
    with pytest.raises(UnreadableSource, match="cannot be opened"):
        read_numbers(Path("a\0b"))


def test_a_file_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "numbers.csv"
    path.write_bytes(b"415")
    with path.open("rb") as file:
        pass
    with pytest.raises(UnreadableSource, match=r"numbers.csv' cannot be read: .*closed file"):
        read_numbers(file)


class Trickle(io.RawIOBase):
    """A file that hands out seven bytes at a time, however many are asked for: a pipe, a socket."""

    def __init__(self, data: bytes) -> None:
        self._rest = io.BytesIO(data)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        part = self._rest.read(min(7, len(buffer)))
        buffer[: len(part)] = part
        return len(part)


def test_a_file_is_read_to_its_end_however_little_it_hands_out_at_once() -> None:
    assert said(read_numbers(Trickle(LIST.encode()))) == EXPECTED
    assert said(read_numbers(Trickle(b""))) == []
    with pytest.raises(UnreadableSource, match="larger than 20 bytes"):
        read_numbers(Trickle(LIST.encode()), max_bytes=20)


@pytest.mark.parametrize("wrong", [{"plan": "2026"}, {"policy": {"fictitious": True}}])
def test_arguments_of_a_wrong_type_are_refused_whatever_is_pasted(wrong: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match=r"is a (NumberingPlan|PastePolicy), not (str|dict)"):
        read_numbers("", **wrong)


@pytest.mark.parametrize(
    "source",
    ["4" * 11, "\u00e9" * 6, b"4" * 11, io.BytesIO(b"4" * 11), io.StringIO("4" * 11), ["4" * 6, "4" * 5]],
    ids=type,
)
def test_a_source_beyond_the_limit_is_refused(source: object) -> None:
    with pytest.raises(UnreadableSource, match=r"is larger than 10 bytes \(max_bytes\)"):
        read_numbers(source, max_bytes=10)


def test_a_source_at_the_limit_is_read() -> None:
    for source in ("4153210100", b"4153210100", ["41532", "10100"], "\u00e9" * 5):
        assert len(read_numbers(source, max_bytes=10)) >= 1


@pytest.mark.parametrize("source", [4153210100, None, 1.5, {"a": 1}, object()])
def test_what_is_no_source_is_a_type_error(source: object) -> None:
    with pytest.raises(
        TypeError, match="numbers are read from text, bytes, a path, a file or a list of cells"
    ):
        read_numbers(source)


def test_a_whole_data_frame_is_not_taken_for_its_headings() -> None:
    class Frame(list[str]):
        def itertuples(self) -> Iterable[tuple[str, ...]]:
            return ()

    with pytest.raises(TypeError, match="not from Frame"):
        read_numbers(Frame(["Phone"]))


class _Missing:
    """What a data frame holds where nothing is: its comparisons have no truth."""

    def __ne__(self, other: object) -> Any:
        return self

    def __bool__(self) -> bool:
        raise TypeError("ambiguous")

    __hash__ = None  # type: ignore[assignment]


_Missing.__name__ = "NAType"


class _Raising(_Missing):
    pass


def test_a_list_of_cells_may_hold_what_data_frames_hold() -> None:
    class Text(str):
        pass

    cells = [
        "Phone",
        4153210100,
        4153210101.0,
        Decimal(4153210102),
        None,
        float("nan"),
        _Missing(),
        NeverEqual(),
        Text("4153210103"),
        TelephoneNumber("4153210104"),
        NumberRange("4153210110", "4153210119"),
        date(2026, 9, 30),
        True,
        1e300,
        Fraction(1, 3),
        10**4000,
        [4153210100],
        b"4153210100",
        _Raising(),
        "4153210105\n4153210106",
    ]
    report = read_numbers(iter(cells))
    assert said(report) == [
        (2, "+14153210100"),
        (3, "+14153210101"),
        (4, "+14153210102"),
        (9, "+14153210103"),
        (10, "+14153210104"),
        (11, "+14153210110"),
        (12, "not_a_number"),
        (13, "not_a_number"),
        (14, "digits_lost"),
        (15, "not_a_number"),
        (16, "unreadable_cell"),
        (17, "unreadable_cell"),
        (18, "unreadable_cell"),
        (19, "unreadable_cell"),
        (20, "+14153210105"),
        (20, "+14153210106"),
    ]
    assert report[11].hint == "a cell holds text or a number, not list"
    assert all(entry.start is None and entry.end is None for entry in report)
    assert {type(entry.text) for entry in report[:10]} == {str}


# --- workbooks ----------------------------------------------------------------------------------------


def workbook(**sheets: list[list[str | float]]) -> bytes:
    """A minimal workbook: text and numbers, a sheet for each name."""
    file = io.BytesIO()
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    with zipfile.ZipFile(file, "w") as archive:
        kinds = "http://schemas.openxmlformats.org/package/2006/content-types"
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{kinds}"/>')
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{office}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        names = "".join(f'<sheet name="{n}" sheetId="{i}" r:id="r{i}"/>' for i, n in enumerate(sheets, 1))
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>{names}</sheets></workbook>',
        )
        targets = "".join(
            f'<Relationship Id="r{i}" Type="{office}/worksheet" Target="worksheets/s{i}.xml"/>'
            for i in range(1, len(sheets) + 1)
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{package}">{targets}</Relationships>'
        )
        for number, rows in enumerate(sheets.values(), 1):
            lines = "".join(
                "<row>" + "".join(_cell(value, r, c) for c, value in enumerate(row)) + "</row>"
                for r, row in enumerate(rows, 1)
            )
            archive.writestr(
                f"xl/worksheets/s{number}.xml",
                f'<worksheet xmlns="{main}"><sheetData>{lines}</sheetData></worksheet>',
            )
    return file.getvalue()


def _cell(value: str | float, row: int, column: int) -> str:
    place = f"{chr(65 + column)}{row}"
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>' if value else ""
    return f'<c r="{place}"><v>{value}</v></c>'


BOOK: dict[str, list[list[str | float]]] = {
    "Staff": [["Name", "Phone"], ["Jane", 4153210100.0], ["Joe", "(628) 321-0101"], ["Ann", ""]],
    "Other": [["707-321-0102"], ["x"]],
}


def test_the_first_sheet_of_a_workbook_is_read_and_numbers_of_the_others_are_listed() -> None:
    pytest.importorskip("python_calamine")
    report = read_numbers(workbook(**BOOK))
    assert said(report) == [(2, "+14153210100"), (3, "+16283210101")]
    assert {entry.column for entry in report} == {2}
    assert [(cell.sheet, cell.row, cell.column, cell.start) for cell in report.unread] == [
        ("Other", 1, 1, None)
    ]


@pytest.mark.parametrize("sheet", ["Other", 2])
def test_a_sheet_can_be_asked_for_by_name_or_index(sheet: str | int) -> None:
    pytest.importorskip("python_calamine")
    report = read_numbers(workbook(**BOOK), sheet=sheet)
    assert said(report) == [(1, "+17073210102"), (2, "not_a_number")]
    assert not report.unread


@pytest.mark.parametrize("sheet", ["Third", 0, 3])
def test_a_sheet_that_is_not_there_is_an_error_that_names_those_that_are(sheet: str | int) -> None:
    pytest.importorskip("python_calamine")
    with pytest.raises(UnreadableSource, match=f"has no sheet {sheet!r}; its sheets are 'Staff', 'Other'"):
        read_numbers(workbook(**BOOK), sheet=sheet)


def test_a_column_of_a_workbook_can_be_asked_for() -> None:
    pytest.importorskip("python_calamine")
    assert said(read_numbers(workbook(**BOOK), columns="phone"))[0] == (2, "+14153210100")


@pytest.mark.parametrize("source", ["415-321-0100", b"415-321-0100", ["415-321-0100"]])
def test_what_has_no_sheets_cannot_be_asked_for_one(source: object) -> None:
    with pytest.raises(UnreadableSource, match="has no sheets: sheet='Staff' is for workbooks"):
        read_numbers(source, sheet="Staff")


@pytest.mark.parametrize("data", [b"PK\x03\x04 no archive", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 no workbook"])
def test_a_damaged_workbook_is_refused(data: bytes) -> None:
    pytest.importorskip("python_calamine")
    with pytest.raises(UnreadableSource, match=r"is not a workbook that can be read|is damaged"):
        read_numbers(data)


@pytest.mark.parametrize("damage", [{6: 99}, {9: 0x08, 46: 0xFF}], ids=["version", "name"])
def test_a_workbook_with_a_damaged_directory_is_refused(damage: dict[int, int]) -> None:
    pytest.importorskip("python_calamine")
    data = bytearray(workbook(**BOOK))
    directory = data.index(b"PK\x01\x02")
    for place, byte in damage.items():
        data[directory + place] = byte
    with pytest.raises(UnreadableSource, match="is not a workbook that can be read"):
        read_numbers(bytes(data))


def test_without_the_extra_a_workbook_says_which_one_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    imported = builtins.__import__

    def without_calamine(name: str, *args: Any, **others: Any) -> Any:
        if name == "python_calamine":
            raise ImportError(name)
        return imported(name, *args, **others)

    monkeypatch.setattr(builtins, "__import__", without_calamine)
    with pytest.raises(UnreadableSource, match=r"needs the extra 'excel': pip install 'pstnkit\[excel\]'"):
        read_numbers(workbook(**BOOK))


# --- hostile sources ----------------------------------------------------------------------------------


@pytest.mark.parametrize("wrong", [True, 1e6, "64 MiB", None])
def test_a_limit_that_is_no_number_of_bytes_is_refused(wrong: Any) -> None:
    with pytest.raises(TypeError, match="max_bytes is a number of bytes, not"):
        read_numbers("", max_bytes=wrong)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs a device without an end")
def test_a_device_without_an_end_is_read_to_the_limit() -> None:
    with pytest.raises(UnreadableSource, match="is larger than 100,000 bytes"):
        read_numbers(Path("/dev/zero"), max_bytes=100_000)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_named_pipe_is_read_until_its_writer_is_done(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_bytes(LIST.encode()))
    writer.start()
    assert said(read_numbers(pipe)) == EXPECTED
    writer.join()


def test_a_limit_without_end_sets_nothing_aside(tmp_path: Path) -> None:
    path = tmp_path / "numbers.csv"
    path.write_text(LIST, encoding="utf-8")
    assert said(read_numbers(path, max_bytes=10**15)) == EXPECTED
    with path.open("rb") as file:
        assert said(read_numbers(file, max_bytes=10**15)) == EXPECTED


def test_bytes_beyond_the_limit_are_not_copied() -> None:
    data = bytearray(5_000_000)
    for source in (data, memoryview(data), memoryview(data)[::2]):
        tracemalloc.start()
        try:
            with pytest.raises(UnreadableSource, match="is larger than 1,000 bytes"):
                read_numbers(source, max_bytes=1_000)
            assert tracemalloc.get_traced_memory()[1] < 100_000
        finally:
            tracemalloc.stop()


class _Handing:
    """A file that hands out these parts, one after another, and raises those that are errors."""

    def __init__(self, *parts: Any) -> None:
        self._parts = list(parts)

    def read(self, size: int) -> Any:  # noqa: ARG002
        part = self._parts.pop(0) if self._parts else b""
        if isinstance(part, Exception):
            raise part
        return part


@pytest.mark.parametrize(
    ("parts", "problem"),
    [
        ([b"415", None], "it hands out NoneType, neither bytes nor text"),
        ([415], "it hands out int, neither bytes nor text"),
        ([b"415", "415"], "expected a bytes-like object"),
        ([b"415", RuntimeError("the line is down")], "the line is down"),
        ([b"415", EOFError("ended too early")], "ended too early"),
    ],
)
def test_a_file_that_misbehaves_is_refused(parts: list[Any], problem: str) -> None:
    with pytest.raises(UnreadableSource, match=f"the file cannot be read: .*{problem}"):
        read_numbers(_Handing(*parts))


def test_a_file_may_hand_out_bytes_in_any_container() -> None:
    assert said(read_numbers(_Handing(bytearray(b"415-321-"), memoryview(b"0100")))) == [(1, "+14153210100")]
    with pytest.raises(UnreadableSource, match="is larger than 10 bytes"):
        read_numbers(_Handing(b"4" * 1000), max_bytes=10)


class _Lying(str):
    """A text whose methods say other things than the text."""

    __slots__ = ()

    def __len__(self) -> int:
        return 0

    def __str__(self) -> str:
        raise RuntimeError("no")

    def isascii(self) -> bool:
        raise RuntimeError("no")


def test_a_text_that_lies_about_itself_is_taken_as_it_is() -> None:
    assert said(read_numbers(_Lying("415-321-0100"))) == [(1, "+14153210100")]
    assert said(read_numbers(_Handing(_Lying("415-321-0100")))) == [(1, "+14153210100")]
    with pytest.raises(UnreadableSource, match="is larger than 10 bytes"):
        read_numbers(_Lying("415-321-0100"), max_bytes=10)


@pytest.mark.parametrize("encoding", ["rot13", "zlib", "hex", "punycode", "utf-9000"])
def test_what_is_no_encoding_of_texts_is_refused(encoding: str) -> None:
    with pytest.raises(UnreadableSource, match=f"cannot be decoded: '{encoding}' is no text encoding"):
        read_numbers(b"415-321-0100", encoding=encoding)


@pytest.mark.parametrize(
    ("source", "name"),
    [(LIST, "the text"), (["415-321-0100"], "the list"), (io.StringIO(LIST), "the file")],
    ids=["text", "list", "text file"],
)
def test_an_encoding_of_what_is_no_text_in_bytes_is_refused(source: Any, name: str) -> None:
    with pytest.raises(UnreadableSource) as caught:
        read_numbers(source, encoding="cp1252")
    assert str(caught.value) == f"{name} needs no encoding: encoding='cp1252' is for a text in bytes"


def test_what_has_been_read_is_no_source_but_its_numbers_are() -> None:
    report = read_numbers("415-321-0100\n911-321-0100")
    for read in (report, report.invalid):
        with pytest.raises(TypeError, match=r"entr.* has been read already: read its numbers, or"):
            read_numbers(read)
    assert list(read_numbers(report.numbers).numbers) == list(report.numbers)


def test_an_encoding_is_named_by_text() -> None:
    with pytest.raises(TypeError, match="encoding is the name of one, not int"):
        read_numbers(b"415-321-0100", encoding=5)  # type: ignore[arg-type]
    with pytest.raises(UnreadableSource, match="'' is no text encoding"):
        read_numbers(b"415-321-0100", encoding="")


@pytest.mark.parametrize("encoding", ["a\0b", "undefined", "\ud800"])
def test_an_encoding_that_can_decode_nothing_is_refused(encoding: str) -> None:
    with pytest.raises(UnreadableSource, match=r"is not .* text|is no text encoding"):
        read_numbers(b"415-321-0100", encoding=encoding)


def test_odd_encodings_are_read_when_they_are_declared() -> None:
    assert said(read_numbers(b"+ACI-415-321-0100+ACI-", encoding="utf-7")) == EXPECTED[:1]
    assert said(read_numbers("415-321-0100".encode("utf-16-be"), encoding="utf-16-be")) == EXPECTED[:1]
    with pytest.raises(UnreadableSource, match="is not utf-8 text at byte 12"):
        read_numbers(b"415-321-0100\xed\xa0\x80")


def test_an_error_of_the_iterable_itself_comes_through() -> None:
    def cells() -> Iterable[str]:
        yield "415-321-0100"
        raise KeyError("column")

    with pytest.raises(KeyError, match="column"):
        read_numbers(cells())
