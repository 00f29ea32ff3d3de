"""What was learned of a shape is what would have been read of each cell: to go fast changes nothing."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pstnkit.numbering.paste import read_numbers
from pstnkit.numbering.paste.batch import Batch
from pstnkit.numbering.paste.book import read_raw
from pstnkit.numbering.paste.lessons import LEADING_ZERO, Said
from pstnkit.numbering.paste.outcomes import OUTCOMES
from pstnkit.numbering.paste.shapes import Shapes, said_by
from pstnkit.numbering.paste.verdicts import PastePolicy
from pstnkit.numbering.reasons import Reason

FORMS = [
    "000-000-0000",
    "(000) 000-0000",
    "0000000000",
    "00000000000",
    "+00000000000",
    "0-000-000-0000",
    "+0 (000) 000-0000",
    "0.000.000.0000",
    "000.000.00.00",
    "00000000000000",
    "000 0 000 000 0000",
    "000-000-0000 x00",
    "000-000-0000 ext. 000 x0",
    "000-000-0000 - 0000",
    "000-000-0000 thru 000-0000",
    "0000000000-0000000000",
    "000-000-0000 - 0-000-000-0000",
    "000-000-0000; 000-000-0000",
    "000-000-0000 000-000-0000",
    "0-000-000-0000 / 000-000-0000 x0",
    "0. 000-000-0000",
    "Line 0: 000-000-0000",
    "00) 000 000 0000",
    "tel:+0-000-000-0000;ext=00",
    "000-0000",
    "000000000000",
    "0000000000000",
    "000-000-000",
    "000-000-000000",
    "0000-00-00",
    "0000-00-00 00",
    "00/00/00",
    "+00 00 0000 0000",
    "000 00 00 0000 0000",
    "0000000000.0",
    "00000000.00",
    "0,000,000,000",
    "0,000,000.00",
    "$0,000.00",
    "0.000000000E+00",
    "0.0000000000E+00",
    "0.0000E+00",
    "0E00",
    '="0000000000"',
    "'0000000000",
    "0-000-FLOWERS",
    "000 FLOWERS",
    "000 OAK0000",
    "000-000-00XX",
    "000-000-0000 (main)",
    "Jane 000-000-0000",
    "account 0000000000",
    "Suite 000",
    "#DIV/0!",
    "00000",
    "000.00.00.000",
    "00.0.0.0",
    "00:00",
    "0/0/00 0:00",
    "0000/000-0000",
    "000-000-0000/000-0000",
    "000-000-0000,00",
    "00 00 00 00 00",
    "000 000 000",
    "item0.TEL:000-000-0000",
    '"000-000-0000"',
    "000-000-0000, 000-000-0000 - 0000, 000-0000",
    "000-000-0000 opt 0",
    "000-000-0000 copt 0",
    "000-000-0000, press 0 for sales, 0 for all else",
    "000-000-0000, 000",
    "0-000-000-0000, 0",
    "+00000000000 see page 00",
    "000-000-0000 call after 0 pm 00",
    "1-000-000-0000 TBD 0",
    "000,000.00",
    "0,000.0",
    "0000-00-00 00:00",
    "0000-00-00T00:00:00",
    "00/00/0000",
    "0/00/0000",
    "(000) 000-XXXX",
    "000000nn",
    "0-000-000-00XX",
    "0 000 000 000",
    "00 000 000 000",
    "000/000/0000",
    "0/000/000/0000",
    "Fax (000) 000-0000 ext 000",
    "Omar: 0-000-000-0000",
]
STRANGE = [
    "\u202a000-000-0000\u202c",
    "000\u2013000\u20130000",
    "(000)\u00a0000-0000 ",
    "\uff14\uff11\uff15-000-0000",
    "Jos\u00e9 0-000-000-0000",
    "Jos\u00e9\u00a0000-000-0000",
    "\u201c000-000-0000\u201d",
    "000-000-0000 \u2013 0000",
    "000-000-0000 (%c)",
]
"""Not in ASCII, or marks of what is put together again from its parts."""
_SPECIAL = ["19", "20", "00", "01", "11", "1", "0", "011", "555", "2012", "255", "10", "09", "800"]


@st.composite
def cells_of_one_shape(draw: st.DrawFn) -> list[str]:
    """Cells that differ in their digits only, among them what a prefix, a day or an address may begin with."""
    form = draw(st.sampled_from(FORMS))
    count = form.count("0")
    like_numbers = st.builds(
        lambda numbers: "".join(numbers)[:count].ljust(count, "7"),
        st.lists(st.from_regex(r"[2-9][0-9]{2}[2-9][0-9]{6}", fullmatch=True), min_size=3, max_size=3),
    )
    anything = st.lists(
        st.one_of(st.sampled_from(_SPECIAL), st.from_regex("[0-9]{1,4}", fullmatch=True)), min_size=count
    ).map(lambda parts: "".join(parts)[:count].ljust(count, "4"))
    prefixed = st.builds(
        lambda prefix, rest: (prefix + rest)[:count], st.sampled_from(["1", "0111", "001", ""]), like_numbers
    )
    rows = draw(st.lists(st.one_of(like_numbers, anything, prefixed), min_size=3, max_size=12))
    cells = []
    for row in rows:
        digits = iter(row)
        cells.append("".join(next(digits) if character == "0" else character for character in form))
    return cells


def say(shapes: Shapes, cell: str) -> Sequence[Said]:
    """What a cell says of which the shapes may know more than the cell itself."""
    batch = Batch([cell])
    _, folded = shapes.sort(batch)
    return shapes.say(batch, 0, folded.get(0))


@given(cells_of_one_shape())
def test_a_lesson_says_what_reading_says(cells: list[str]) -> None:
    shapes = Shapes(read_raw)
    for cell in cells:
        assert say(shapes, cell) == said_by(read_raw(cell))


@given(cells_of_one_shape(), cells_of_one_shape())
def test_a_lesson_says_of_many_cells_what_it_says_of_each(cells: list[str], others: list[str]) -> None:
    shapes = Shapes(read_raw)
    for cell in cells * 2:
        say(shapes, cell)
    for lesson in shapes.of_kind[1:]:
        many = [bytes(code for code in cell.encode() if 48 <= code <= 57) for cell in cells + others]
        many = [digits for digits in many if len(digits) == len(many[0])]
        if lesson.parted:
            told, unlike = lesson.tell(many)
            expected = list(map(lesson.apply, many))
            assert [None if place in unlike else said for place, said in enumerate(told)] == expected
            continue
        numbers, unlike, zeros = lesson.read(many)
        for place, digits in enumerate(many):
            said = lesson.apply(digits)
            assert (said is None) == (place in unlike)
            if said is not None and lesson.constant is None:
                assert said == ((-LEADING_ZERO,) if place in zeros else (numbers[place],))


def digits_for(form: str, rng: random.Random) -> str:
    """A cell of a form, its numbers plausible more often than not, one digit in some places another than that."""
    number = rng.choice(
        ["415321", "628322", "415321", "213200", "192168", "201912", "120125", "800321", "011415", "155555"]
    )
    made: list[str] = []
    while len(made) < form.count("0"):
        made += rng.choice(["", "", "", "1", "001", "0111"]) + number + f"{rng.randrange(10_000):04}"
    for place in range(len(made)):
        if rng.random() < 0.05:
            made[place] = rng.choice("0123456789")
    rest = iter(made)
    return "".join(next(rest) if character == "0" else character for character in form)


@pytest.mark.parametrize("form", FORMS)
def test_hundreds_of_cells_of_a_shape_are_read_as_each_alone(form: str) -> None:
    rng = random.Random(form)
    for _ in range(8):
        shapes = Shapes(read_raw)
        for _ in range(60):
            cell = digits_for(form, rng)
            assert say(shapes, cell) == said_by(read_raw(cell)), cell


@pytest.mark.parametrize("form", [*FORMS, *STRANGE])
def test_thousands_of_cells_of_a_shape_are_read_as_each_alone(form: str) -> None:
    rng = random.Random(form)
    cells = [digits_for(form, rng) for _ in range(3000)]
    expected = [said for cell in cells for said in said_by(read_raw(cell))]
    policy = PastePolicy.everything()
    report = read_numbers(cells, policy=policy)
    assert len(report) == len(expected)
    for entry, said in zip(report, expected, strict=True):
        if isinstance(said, int) and said < 0:
            assert (entry.verdict, entry.reason) == OUTCOMES[-said]
        elif entry.numbers:
            first, last = said if isinstance(said, tuple) else (said, said)
            assert (f"{int(entry.numbers[0])}", f"{int(entry.numbers[-1])}") == (f"{first:x}", f"{last:x}")
        else:
            assert entry.reason not in (
                Reason.TOO_SHORT,
                Reason.TOO_LONG,
                Reason.NOT_A_NUMBER,
                Reason.FOREIGN,
            )


@given(cells_of_one_shape())
def test_many_cells_are_read_as_each_alone(cells: list[str]) -> None:
    together = read_numbers(cells)
    alone = [entry for cell in cells for entry in read_numbers([cell])]
    assert [entry.numbers for entry in together.where(verdict=["valid", "duplicate"])] == [
        entry.numbers for entry in alone if entry.numbers
    ]
    assert [entry.value for entry in together] == [entry.value for entry in alone]
    assert [entry.reason for entry in together if entry.verdict != "duplicate"] == [
        one.reason for one, entry in zip(alone, together, strict=True) if entry.verdict != "duplicate"
    ]


@pytest.mark.parametrize(
    "word",
    [
        "order",
        "\u0131d",
        "\u0130D",
        "ca\u017fe",
        "tic\u212aet",
        "\u00b2\u00b2",
        "\u00bd\u00be",
        "\u2167\u2160",
        "Jos\u00e9",
        "x\u00e9",
    ],
)
@pytest.mark.parametrize("joint", ["", " ", ": "])
def test_a_word_is_folded_only_if_any_other_reads_alike(word: str, joint: str) -> None:
    for others in (["Jane", "Omar", word], [word, word, "Jane"]):
        cells = [f"{other}{joint}415-321-01{line:02}" for line, other in enumerate(others * 2)]
        alone = [read_numbers(["628-321-0100", cell])[1].verdict for cell in cells]
        assert [entry.verdict for entry in read_numbers(["628-321-0100", *cells])][1:] == alone


@pytest.mark.parametrize("words", [["exit", "home"], ["posters", "main"], ["xylo", "Jane"]])
def test_a_word_that_begins_like_the_mark_of_an_extension_is_not_folded(words: list[str]) -> None:
    cells = [f"415-321-01{line:02}{word}" for line, word in enumerate(words * 3)]
    alone = [read_numbers(["628-321-0100", cell])[1].verdict for cell in cells]
    assert [entry.verdict for entry in read_numbers(["628-321-0100", *cells])][1:] == alone


def test_words_that_are_numbers_are_read_by_their_letters() -> None:
    cells = ["800 FLOWERS", "800 FLOWERS", "800 KITTENS", "800 PUPPIES"]
    report = read_numbers(["628-321-0100", *cells])
    assert [entry.numbers for entry in report.valid] == [
        read_numbers(["628-321-0100", cell])[-1].numbers for cell in ("628-321-0100", *cells[1:])
    ]


def test_lines_of_too_few_and_too_many_digits_do_not_make_up_for_each_other() -> None:
    rng = random.Random(3)
    usual = [
        f"{rng.choice(['', '1'])}{rng.choice([415, 628])}{rng.randint(321, 399)}{rng.randint(0, 9999):04}"
        for _ in range(40_000)
    ]
    for odd in (
        ["1253210100", "24153210100"],
        ["24153210100", "1253210100"],
        ["0153210100", "11153210100"],
        ["10000001234"],
    ):
        report = read_numbers([*usual, *odd, *usual[:50]])
        for entry, line in zip(report[40_000:], [*odd, *usual[:50]], strict=True):
            assert entry.value == line
            if line in odd:
                assert entry.reason == read_numbers(["2123210100", line])[1].reason
            else:
                assert entry.verdict == "duplicate"


@pytest.mark.parametrize("count", [1, 2, 3, 20])
def test_every_prefix_in_front_of_a_number_is_met_with_its_own_lesson(count: int) -> None:
    cells = [f"{prefix}. 415-321-{line:04}" for line in range(count) for prefix in range(1, 30)]
    assert [str(number) for number in read_numbers(cells).numbers] == [
        f"+1415321{line:04}" for line in range(count)
    ]


def test_more_shapes_than_are_remembered_are_read_all_the_same() -> None:
    letters = str.maketrans("01", "ab")
    cells = [
        f"x{number:b}".translate(letters) + f" 415-{321 + number // 10_000}-{number % 10_000:04}"
        for number in range(20_000)
    ]
    report = read_numbers(cells * 2)
    assert (len(report.valid), len(report.duplicates)) == (20_000, 20_000)


@pytest.mark.parametrize(
    "cell",
    [
        "415-321-0102\n415-321-0103",
        '"415-321-0102\n415-321-0103"',
        "\u201c415-321-0102\u201d / \u201d415-321-0103",
        "415-321-0102\u2028415-321-0103",
    ],
)
def test_cells_that_stand_alone_are_not_taken_for_blanks(cell: str) -> None:
    lines = ["", "415-321-0100", "  ", "(628) 321-0100"] * 2_000
    alone = [entry.numbers for entry in read_numbers([cell]).valid]
    assert sum(map(len, alone)) == 2
    assert [entry.numbers for entry in read_numbers([*lines, cell, *lines]).valid][2:] == alone


def test_cells_of_which_digits_are_not_in_ascii_are_not_told_by_the_others() -> None:
    plain = "415-321-0100"
    wide = [plain.replace("415", npa) for npa in ("\uff14\uff11\uff15", "\uff16\uff12\uff18")]
    report = read_numbers([plain, plain, *wide * 3])
    assert [str(number) for number in report.numbers] == ["+14153210100", "+16283210100"]


def test_lines_without_an_entry_behind_thousands_of_numbers_have_none() -> None:
    numbers = "".join(f"415-321-{line:04}\n628-321-{line:04} \n" for line in range(10_000))
    report = read_numbers(numbers + "\n" * 40_000 + "628-322-0100 x\n")
    assert (len(report), report[-1].row, report.counts.valid) == (20_001, 60_001, 20_001)


def test_a_quoted_cell_of_two_lines_is_not_read_as_one_line() -> None:
    """A blank and the end of a line part digits differently."""
    one, two = '"415 321-0100"', '"415\n321-0100"'
    lines = [f'"628 321-{line:04}"' for line in range(4_000)]
    report = read_numbers("\n".join([*lines, two, *lines, one]))
    assert report[4_000].reason is read_numbers([two])[0].reason is not None
    assert report[-1].numbers == read_numbers([one])[0].numbers != ()


def test_more_lessons_than_are_applied_to_many_cells_are_applied_to_each() -> None:
    words = [a + b + c for a in "KLMNPQ" for b in "KLMNPQ" for c in "KLMNPQ"]
    cells = [
        f"415-321-{place:04} {word} {10 + place % 90} at {place // 90} {word} {line}"
        for place, word in enumerate(words)
        for line in range(10, 14)
    ]
    expected = [read_raw(cell)[0].reason for cell in cells]
    assert set(expected) == {Reason.SEVERAL_NUMBERS}
    report = read_numbers([*cells, *cells, "628-321-0100"])
    assert [entry.reason for entry in report] == [*expected, *expected, None]
