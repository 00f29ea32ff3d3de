"""What was learned of a shape is what would have been read of each cell: to go fast changes nothing."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pstnkit.numbering.paste import read_numbers
from pstnkit.numbering.paste.book import read_raw
from pstnkit.numbering.paste.shapes import SHAPE, Shapes, said_by

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
]
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


@given(cells_of_one_shape())
def test_a_lesson_says_what_reading_says(cells: list[str]) -> None:
    shapes = Shapes(read_raw)
    for cell in cells:
        data = cell.encode()
        digits = bytes(code for code in data if 48 <= code <= 57)
        assert shapes.say(data.translate(SHAPE), digits, cell) == said_by(read_raw(cell))


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
            data = cell.encode()
            digits = bytes(code for code in data if 48 <= code <= 57)
            assert shapes.say(data.translate(SHAPE), digits, cell) == said_by(read_raw(cell)), cell


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
