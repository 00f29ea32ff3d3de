"""Lines of every form that arrives in a paste box, each with what it says, known because it was made that way.

A *shape* is a way of writing: all lines of one shape have the same characters but for their digits. Shapes are drawn,
then many lines of each, with digits of every kind: leading zeros and ones, digits that look like a date or an address
of a computer, lines of 555, toll-free and premium area codes. A reader that learns from one line of a shape what the
next one says has to be right about all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product

from attrs import evolve, frozen
from hypothesis import strategies as st

from paste_oracle import NONE, Reading, judge
from pstnkit import Reason, Verdict


@frozen
class Line:
    """A line (or the text of a cell) and its entries."""

    text: str
    readings: tuple[Reading, ...]


@frozen
class Digits:
    """What fills the places of a shape: two numbers, the last four digits of a range's end, seven of an extension."""

    ten: str
    other: str
    last: str
    extension: str


Shape = Callable[[Digits], Line]


# --- digits -------------------------------------------------------------------------------------------------

_FEW = ("415321", "415322", "212736", "800950", "876511")
"""Exchanges in which numbers meet each other again and ranges overlap."""

_AREA_CODES = (
    *(
        "415",
        "212",
        "808",
        "907",
        "416",
        "613",
        "902",
        "787",
        "876",
        "242",
        "671",
        "201",
        "202",
        "959",
        "471",
        "564",
    ),
    *("800", "833", "888", "822", "880", "900", "500", "533", "544", "600", "622", "700", "710"),
    *(
        "911",
        "411",
        "211",
        "555",
        "988",
        "950",
        "370",
        "960",
        "291",
        "999",
        "273",
        "565",
        "761",
        "100",
        "011",
        "001",
    ),
    *("192", "172", "198", "199", "010", "019", "020", "119", "120"),
)
_EXCHANGES = (
    *(
        "321",
        "736",
        "200",
        "999",
        "950",
        "958",
        "959",
        "976",
        "411",
        "911",
        "211",
        "555",
        "555",
        "555",
        "000",
        "011",
    ),
    *("100", "168", "199", "010", "120", "254"),
)
_LINES = (
    "0100",
    "0199",
    "0123",
    "0200",
    "1212",
    "0000",
    "9999",
    "5000",
    "1000",
    "0099",
    "6264",
    "2026",
    "1984",
)

_any_line = st.one_of(st.sampled_from(_LINES), st.integers(0, 9999).map("{:04d}".format))
_any_three = st.integers(0, 999).map("{:03d}".format)

tens: st.SearchStrategy[str] = st.one_of(
    st.builds("{}{}".format, st.sampled_from(_FEW), st.integers(0, 40).map("{:04d}".format)),
    st.builds("{}{}".format, st.sampled_from(_FEW), _any_line),
    st.builds(
        "{}{}{}".format,
        st.one_of(st.sampled_from(_AREA_CODES), _any_three),
        st.one_of(st.sampled_from(_EXCHANGES), _any_three),
        _any_line,
    ),
    st.builds(  # a date or a moment, run together
        "{}{:02d}{:02d}{:02d}".format,
        st.sampled_from(["1984", "1999", "2012", "2024", "2026", "2099"]),
        st.integers(1, 12),
        st.integers(1, 31),
        st.integers(0, 23),
    ),
    st.sampled_from(
        ["1234567890", "0000000000", "1111111111", "9999999999", "5555555555", "2147483647", "4294967295"]
    ),
)
"""Ten digits of every kind."""

digits: st.SearchStrategy[Digits] = st.builds(
    Digits,
    tens,
    tens,
    st.one_of(_any_line, st.integers(0, 60).map("{:04d}".format)),
    st.one_of(st.just("0000000"), st.integers(0, 9_999_999).map("{:07d}".format)),
)


# --- one number ---------------------------------------------------------------------------------------------

_GROUPED = (
    *(
        "{a}{b}{c}",
        "{a}-{b}-{c}",
        "({a}) {b}-{c}",
        "{a}.{b}.{c}",
        "{a} {b} {c}",
        "({a}){b}-{c}",
        "({a}) {b} {c}",
    ),
    *(
        "{a}/{b}-{c}",
        "{a}-{b}{c}",
        "{a} {b}{c}",
        "{a}{b}-{c}",
        "({a}) {b}.{c}",
        "{a} - {b} - {c}",
        "({a})-{b}-{c}",
    ),
    *("({a}){b}{c}", "{a}. {b}. {c}"),
)
_PREFIXES = (
    "",
    "1",
    "1-",
    "1 ",
    "1.",
    "+1",
    "+1 ",
    "+1-",
    "+1.",
    "+ 1 ",
    "001",
    "001 ",
    "00 1 ",
    "011 1 ",
    "0111",
    "(1) ",
)

_WAYS = tuple(prefix + grouped for prefix, grouped in product(_PREFIXES, _GROUPED))


def ten_reading(ten: str, text: str, *, bare: bool) -> Reading:
    """What the number ``ten`` says. Behind nothing, a leading zero may be another country's, too."""
    verdict, reasons = judge(ten)
    if bare and ten[0] == "0":
        reasons |= {Reason.FOREIGN}
    numbers = (int(ten), int(ten)) if verdict is Verdict.VALID else None
    return Reading(0, len(text), verdict, reasons, numbers)


def written(way: str, ten: str) -> str:
    return way.format(a=ten[:3], b=ten[3:6], c=ten[6:])


def _is_bare(way: str) -> bool:
    return way.lstrip("(").startswith("{a}")


def _single(way: str) -> Shape:
    def line(of: Digits) -> Line:
        text = written(way, of.ten)
        return Line(text, (ten_reading(of.ten, text, bare=_is_bare(way)),))

    return line


ways = st.sampled_from(_WAYS)
_singles: st.SearchStrategy[Shape] = ways.map(_single)


# --- what stands around it ----------------------------------------------------------------------------------

_BEHIND = (
    " x{}",
    "x{}",
    " X{}",
    " ext {}",
    " ext. {}",
    " Ext.{}",
    " EXT: {}",
    " extension {}",
    ";ext={}",
    " #{}",
    ", {}",
    "#{}",
)
_LABELS_BEFORE = (
    "Tel: ",
    "Tel. ",
    "Phone: ",
    "Fax: ",
    "cell ",
    "Mobile: ",
    "tel:",
    "Jane: ",
    "Jane Doe ",
    "Office ",
)
_LABELS_BEHIND = (" (main)", " (Fax)", " main", " (front desk)", " home", "(cell)")


def _extended(way: str, behind: str, length: int, label: str) -> Shape:
    def line(of: Digits) -> Line:
        extension = of.extension[-length:]
        text = label + written(way, of.ten) + behind.format(extension)
        reading = ten_reading(of.ten, text, bare=_is_bare(way))
        return Line(text, (evolve(reading, extension=extension),))

    return line


def _labelled(way: str, before: str, behind: str) -> Shape:
    def line(of: Digits) -> Line:
        text = before + written(way, of.ten) + behind
        return Line(text, (ten_reading(of.ten, text, bare=_is_bare(way)),))

    return line


_extensions: st.SearchStrategy[Shape] = st.builds(
    _extended, ways, st.sampled_from(_BEHIND), st.integers(1, 7), st.sampled_from(["", "", "Tel: "])
)
_labels: st.SearchStrategy[Shape] = st.builds(
    _labelled, ways, st.sampled_from(("", *_LABELS_BEFORE)), st.sampled_from(("", *_LABELS_BEHIND))
)


# --- ranges -------------------------------------------------------------------------------------------------

_TO = (" - ", "-", " thru ", " through ", " to ", "..", " -")


def _span(way: str, to: str, tail: str) -> Shape:
    """A range whose end is written as a whole number (``all``), as its line (``line``) or cut short (``cut``)."""

    def line(of: Digits) -> Line:
        ten = of.ten
        end = {
            "all": written(way, ten[:6] + of.last),
            "line": of.last,
            "cut": of.last[-2:],
            "far": written(way, of.other),
        }[tail]
        text = written(way, ten) + to + end
        last = {"all": ten[:6] + of.last, "line": ten[:6] + of.last, "cut": "", "far": of.other}[tail]
        reading = Reading(0, len(text), Verdict.INVALID, frozenset({Reason.RANGE_INVALID}))
        faults: set[Reason | None] = {*reading.reasons}
        if not _same_exchange(ten, last) or ten > last:
            faults |= judge(ten)[1] - NONE
            if last:
                faults |= judge(last)[1] - NONE
        else:
            members = {judge(ten[:6] + f"{member:04d}") for member in range(int(ten[6:]), int(last[6:]) + 1)}
            bad = frozenset[Reason | None]().union(
                *(why for verdict, why in members if verdict is Verdict.INVALID)
            )
            if not bad:
                return Line(
                    text,
                    (evolve(reading, verdict=Verdict.VALID, reasons=NONE, numbers=(int(ten), int(last))),),
                )
            faults = set(bad)
        if _is_bare(way) and ten[0] == "0":
            faults.add(Reason.FOREIGN)
        return Line(text, (evolve(reading, reasons=frozenset(faults)),))

    return line


def _same_exchange(first: str, last: str) -> bool:
    return bool(last) and first[:6] == last[:6]


_ranges: st.SearchStrategy[Shape] = st.builds(
    _span,
    st.sampled_from([way for way in _WAYS if "/" not in way]),
    st.sampled_from(_TO),
    st.sampled_from(["all", "all", "line", "line", "line", "cut", "far"]),
)


# --- spreadsheets -------------------------------------------------------------------------------------------


def _cell(form: str) -> Shape:
    """A numeric cell, or a text that was kept from becoming one."""

    def line(of: Digits) -> Line:
        ten = of.ten if of.ten[0] != "0" else "4" + of.ten[1:]  # a numeric cell has no leading zero
        text = form.format(ten=ten, a=ten[0], b=ten[1:4], c=ten[4:7], d=ten[7:], e=ten[1:])
        return Line(text, (ten_reading(ten, text, bare=False),))

    return line


_CELLS = (
    *(
        "{ten}.0",
        "1{ten}.0",
        "{ten}.00",
        '="{ten}"',
        '="1{ten}"',
        "'{ten}",
        "'1{ten}",
        "'+1{ten}",
        '="+1{ten}"',
    ),
    *("{a},{b},{c},{d}", "1{a},{b},{c},{d}", "{a},{b},{c},{d}.00", "{a}.{e}E+9", "{a}.{e}E9", "{a}.{e}e+09"),
    *("1.{ten}E+10", "1.{ten}E10", "1.{ten}e+10", "{a}.{e}0E+09", "tel:+1{ten}", "tel:{ten}"),
)


def _lost(kept: int, exponent: str) -> Shape:
    """Scientific notation with fewer digits than the number has: all zeros would be a guess, too."""

    def line(of: Digits) -> Line:
        whole = "1" + of.ten if exponent.endswith("10") else "4" + of.ten[1:]
        text = f"{whole[0]}.{whole[1 : 1 + kept]}{exponent}".replace(".E", "E").replace(".e", "e")
        return Line(text, (Reading(0, len(text), Verdict.INVALID, frozenset({Reason.DIGITS_LOST})),))

    return line


def _behind_mark(mark: str, length: int) -> Shape:
    """Digits behind a point or a comma: zeros are a numeric cell's; others make an amount, or an extension."""

    def line(of: Digits) -> Line:
        ten = of.ten if of.ten[0] != "0" else "4" + of.ten[1:]
        more = of.extension[-length:]
        text = f"{ten}{mark}{more}"
        reading = ten_reading(ten, text, bare=False)
        if not more.strip("0"):
            return Line(text, (reading,))
        if mark == ",":
            return Line(text, (evolve(reading, extension=more),))
        return Line(text, (Reading(0, len(text), Verdict.INVALID, frozenset({Reason.NOT_A_NUMBER})),))

    return line


_cells: st.SearchStrategy[Shape] = st.one_of(
    st.sampled_from(_CELLS).map(_cell),
    st.builds(_behind_mark, st.sampled_from([",", "."]), st.integers(1, 2)),
    st.builds(_lost, st.integers(0, 8), st.sampled_from(["E+9", "E+09", "E9", "e+09"])),
    st.builds(_lost, st.integers(0, 9), st.sampled_from(["E+10", "E10", "e+10"])),
)


# --- several numbers ----------------------------------------------------------------------------------------

_SEPARATORS = (" / ", "/", "; ", ";", ", ", ",", " & ", "&", " and ", " or ", "  ")


def _pair(way: str, separator: str, behind: str) -> Shape:
    def line(of: Digits) -> Line:
        extension = of.extension[-3:] if behind else None
        first, second = written(way, of.ten), written(way, of.other)
        text = first + separator + second + behind.format(extension)
        one = ten_reading(of.ten, first, bare=_is_bare(way))
        two = ten_reading(of.other, second, bare=_is_bare(way))
        start = len(first) + len(separator)
        return Line(text, (one, evolve(two, start=start, end=len(text), extension=extension)))

    return line


_pairs: st.SearchStrategy[Shape] = st.builds(
    _pair, ways, st.sampled_from(_SEPARATORS), st.sampled_from(["", "", "", " x{}", " ext {}"])
)


# --- what is no number, or not one of ours ------------------------------------------------------------------


def _nothing(form: str, *reasons: Reason) -> Shape:
    """A line without a number of ours; ``N`` in ``form`` is any digit, ``K`` one of 2 to 9."""

    def line(of: Digits) -> Line:
        supply = iter((of.ten + of.other + of.extension) * 2)
        text = "".join(
            next(supply)
            if character == "N"
            else "23456789"[int(next(supply)) % 8]
            if character == "K"
            else character
            for character in form
        )
        return Line(text, (Reading(0, len(text), Verdict.INVALID, frozenset(reasons)),))

    return line


_TOO_SHORT = (
    *(
        "KNN-NNNN",
        "KNNNNNN",
        "(KNN) NNN-NNN",
        "KNN-NNN-NNN",
        "+1 KNN NNN NNN",
        "+1KNNNNN",
        "KNN NNNN",
        "KNNNNNNNN",
    ),
)
_TOO_LONG = ("+1 KNN NNN NNNNN", "+1KNNNNNNNNNN", "KNNNNNNNNNN", "KNNNNNNNNNNN", "KNNNNNNNNNNNN")
_OTHER_COUNTRIES = (
    *("+44 20 KNNN NNNN", "+4420KNNNNNNN", "+33 1 KN NN NN NN", "+61 2 KNNN NNNN", "011 44 20 KNNN NNNN"),
    *("0033 1 KN NN NN NN", "+81-3-KNNN-NNNN", "+64 3 KNN NNNN"),
)
_NO_NUMBERS = ("hello", "n/a", "-", "TBD", "see notes", "Jane Doe")


def _date(form: str) -> Shape:
    """A date or a moment; ``{y} {m} {d} {h} {n}`` are year, month, day, hour and minute."""

    def line(of: Digits) -> Line:
        year = 1950 + int(of.ten[:2])
        text = form.format(
            y=year,
            z=year % 100,
            m=1 + int(of.ten[2:4]) % 12,
            d=1 + int(of.ten[4:6]) % 28,
            h=int(of.ten[6:8]) % 24,
            n=int(of.ten[8:]) % 60,
        )
        return Line(text, (Reading(0, len(text), Verdict.INVALID, frozenset({Reason.NOT_A_NUMBER})),))

    return line


_DATES = (
    *(
        "{y}-{m:02}-{d:02}",
        "{y}-{m:02}-{d:02} {h:02}",
        "{y}-{m:02}-{d:02} {h:02}:{n:02}",
        "{y}-{m:02}-{d:02}T{h:02}:{n:02}:00Z",
    ),
    *(
        "{m}/{d}/{y}",
        "{m:02}/{d:02}/{z:02}",
        "{m}/{d}/{y} {h}:{n:02}",
        "{d:02}.{m:02}.{y}",
        "{h:02}:{n:02}",
        "{y}/{m:02}/{d:02}",
    ),
)
_AMOUNTS = ("$K,NNN,NNN,NNN", "$KNNNNNNNNN", "$K,NNN.NN", "€ KNN.NNN.NNN", "£KNNNNNNNNN.NN", "$ KNN,NNN")

_nothings: st.SearchStrategy[Shape] = st.one_of(
    st.sampled_from(_TOO_SHORT).map(lambda form: _nothing(form, Reason.TOO_SHORT)),
    st.sampled_from(_TOO_LONG).map(lambda form: _nothing(form, Reason.TOO_LONG)),
    st.sampled_from(_OTHER_COUNTRIES).map(lambda form: _nothing(form, Reason.FOREIGN)),
    st.sampled_from(_NO_NUMBERS).map(lambda form: _nothing(form, Reason.NOT_A_NUMBER)),
    st.sampled_from(_AMOUNTS).map(lambda form: _nothing(form, Reason.NOT_A_NUMBER)),
    st.sampled_from(_DATES).map(_date),
    st.integers(2, 12).map(lambda count: _nothing("#" * count, Reason.DIGITS_LOST)),
)


# --- vanity words -------------------------------------------------------------------------------------------

_WORDS = {
    "FLOWERS": "3569377",
    "flowers": "3569377",
    "GoFedEx": "4633339",
    "CALL-ATT": "2255288",
    "PET-MEDS": "7386337",
}
_ENDS = {"TAXI": "8294", "cars": "2277", "HELP": "4357"}


def _word(prefix: str, word: str) -> Shape:
    def line(of: Digits) -> Line:
        npa = of.ten[:3] if of.ten[0] not in "01" else "800"
        text = f"{prefix}{npa}-{word}"
        return Line(text, (ten_reading(npa + _WORDS[word], text, bare=False),))

    return line


def _word_at_end(prefix: str, word: str) -> Shape:
    def line(of: Digits) -> Line:
        npa = of.ten[:3] if of.ten[0] not in "01" else "800"
        text = f"{prefix}{npa}-{of.ten[3:6]}-{word}"
        return Line(text, (ten_reading(npa + of.ten[3:6] + _ENDS[word], text, bare=False),))

    return line


_vanity: st.SearchStrategy[Shape] = st.one_of(
    st.builds(_word, st.sampled_from(["", "1-", "1 "]), st.sampled_from(sorted(_WORDS))),
    st.builds(_word_at_end, st.sampled_from(["", "1-"]), st.sampled_from(sorted(_ENDS))),
)


# --- what the web and mail do to all of them ----------------------------------------------------------------

_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2212\uff0d"
_SPACES = "\u00a0\u2009\u202f\u3000"
_UNSEEN = "\u200b\u200e\u202a\u202c\u00ad\ufeff\u2060"


def _decorated(shape: Shape, dash: str, space: str, wide: bool, unseen: str, at: int) -> Shape:
    """``shape`` with other dashes and spaces, wide digits, and something unseen at one place in it."""
    table = {ord("-"): dash, ord(" "): space}
    if wide:
        table |= {ord(digit): chr(ord(digit) + 0xFEE0) for digit in "0123456789+"}

    def line(of: Digits) -> Line:
        plain = shape(of)
        text = plain.text.translate(table)
        place = at % (len(text) + 1)
        text = text[:place] + unseen + text[place:]
        return Line(text, tuple(_shifted(reading, place, len(unseen)) for reading in plain.readings))

    return line


def _shifted(reading: Reading, place: int, by: int) -> Reading:
    return evolve(
        reading,
        start=reading.start + (by if place <= reading.start else 0),
        end=reading.end + (by if place < reading.end else 0),
    )


def _decorate(shape: st.SearchStrategy[Shape]) -> st.SearchStrategy[Shape]:
    return st.builds(
        _decorated,
        shape,
        st.sampled_from("-" + _DASHES),
        st.sampled_from(" " + _SPACES),
        st.booleans(),
        st.sampled_from(("", "", *_UNSEEN)),
        st.integers(0, 30),
    )


def _padded(shape: Shape, before: str, behind: str) -> Shape:
    def line(of: Digits) -> Line:
        plain = shape(of)
        return Line(
            before + plain.text + behind,
            tuple(_shifted(reading, 0, len(before)) for reading in plain.readings),
        )

    return line


def _pad(shape: st.SearchStrategy[Shape]) -> st.SearchStrategy[Shape]:
    blanks = st.sampled_from(["", "", "", " ", "  ", "\u00a0"])
    return st.builds(_padded, shape, blanks, blanks)


plain_shapes = st.one_of(_singles, _extensions, _labels, _ranges, _cells, _pairs, _nothings, _vanity)
shapes: st.SearchStrategy[Shape] = st.one_of(
    _singles,
    plain_shapes,
    plain_shapes,
    _pad(plain_shapes),
    _decorate(plain_shapes),
    _pad(_decorate(plain_shapes)),
)
"""Every way of writing a line."""


@st.composite
def lines(draw: st.DrawFn, most_shapes: int = 6, most_lines: int = 12) -> Sequence[Line]:
    """Lines of a few shapes, many of each, in any order, some of them twice."""
    made: list[Line] = []
    for shape in draw(st.lists(shapes, min_size=1, max_size=most_shapes)):
        made += [shape(of) for of in draw(st.lists(digits, min_size=1, max_size=most_lines))]
    return draw(st.permutations(made))
