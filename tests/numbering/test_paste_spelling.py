"""What one cell says, in every spelling: numbers, ranges, extensions, words, dates, damage."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pstnkit.numbering.paste import read_numbers
from pstnkit.numbering.paste.spelling import read_cell

FULL_RANGE = "4153210100..4153210199"


def said(text: str | list[str]) -> list[str]:
    """Each entry as one word: its number or range, "x" and the extension; or the reason why it is none."""
    words = []
    for entry in read_numbers(text):
        numbers = [int(number) for number in entry.numbers]
        word = (
            f"{numbers[0]}..{numbers[-1]}"
            if len(numbers) > 1
            else str(numbers[0])
            if numbers
            else str(entry.reason)
        )
        words.append(word if entry.extension is None else f"{word}x{entry.extension}")
    return words


@pytest.mark.parametrize(
    "text",
    [
        "4153210100",
        "415-321-0100",
        "(415) 321-0100",
        "(415)321-0100",
        "[415] 321 0100",
        "415.321.0100",
        "415/321-0100",
        "415/321/0100",
        "415-321/0100",
        "(415) 321/0100",
        "(415)/321/0100",
        "(415)/321-0100",
        "1415/321-0100",
        "Tel: 1415/321-0100",
        "001415/321-0100",
        "011 1415/321-0100",
        "415 3210100",
        "415321 0100",
        "415-321-01-00",
        "415_321_0100",
        "415\u2022321\u20220100",
        "+1 415 321 0100",
        "+1 (415) 321-0100",
        "+ 1 415 321 0100",
        "(+1) 415 321 0100",
        "1.415.321.0100",
        "011-1-415-321-0100",
        "00 1 415 321 0100",
        "tel:+1-415-321-0100",
        "Tel. 415-321-0100",
        "T: 415-321-0100",
        "Jane Doe 415-321-0100",
        "415-321-0100 (main)",
        "415-321-0100 - front desk",
        "Line 2: 415-321-0100",
        "Phone # 415-321-0100",
        "Tel#4153210100",
        "phone=415-321-0100",
        "* 415-321-0100",
        "**415-321-0100**",
        "2. 415-321-0100",
        "10) (415) 321-0100",
        "1. +1 415 321 0100",
        "415-321-0100 x",
        "-4153210100",
        "=4153210100",
        "=+14153210100",
        '="415-321-0100"',
        "'415-321-0100",
        "\u201c415-321-0100\u201d",
        "4,153,210,100",
        "4,153,210,100.00",
        "4'153'210'100",
        "4.153.210.100",
        "4153210100.0",
        "4153210100,00",
        "4.1532101000E+09",
        "4,153210100E+09",
        "\u0664\u0661\u0665 \u0663\u0662\u0661 \u0660\u0661\u0660\u0660",
    ],
)
def test_one_number_in_many_spellings(text: str) -> None:
    assert said(text) == ["4153210100"]


@pytest.mark.parametrize(
    "text",
    [
        "415-321-0100 - 0199",
        "415-321-0100-0199",
        "415.321.0100..0199",
        "415.321.0100 ... 0199",
        "415-321-0100 \u2013 0199",
        "415-321-0100\u20130199",
        "415-321-0100~0199",
        "415-321-0100 thru 0199",
        "415-321-0100 THROUGH 0199",
        "415-321-0100 to 0199",
        "415-321-0100 until 0199",
        "415-321-0100 - 321-0199",
        "(415) 321-0100 - (415) 321-0199",
        "+14153210100-+14153210199",
        "+1 415 321 0100 to +1 415 321 0199",
        "1-415-321-0100 - 1-415-321-0199",
        "4153210100-4153210199",
        "415-321-0100\u2026415-321-0199",
        "415-321-0100 -> 0199",
        "415-321-0100 \u2192 415-321-0199",
        '"415-321-0100 thru\n415-321-0199"',
        "2. 415-321-0100 - 0199",
    ],
)
def test_one_range_in_many_spellings(text: str) -> None:
    assert said(text) == [FULL_RANGE]


@pytest.mark.parametrize(
    ("text", "extension"),
    [
        ("415-321-0100 x12", "12"),
        ("415-321-0100x12", "12"),
        ("415-321-0100 ext 12", "12"),
        ("415-321-0100 Ext. 12", "12"),
        ("415-321-0100, ext. 12", "12"),
        ("415-321-0100 extension: 12", "12"),
        ("415-321-0100 (ext 12)", "12"),
        ("415-321-0100;ext=12", "12"),
        ("415-321-0100,,12", "12"),
        ("415-321-0100;1234567", "1234567"),
        ("415-321-0100 #12", "12"),
        ("415-321-0100 poste 12", "12"),
        ("415-321-0100 x12 x34", "12"),
    ],
)
def test_an_extension_is_kept_beside_its_number(text: str, extension: str) -> None:
    assert said(text) == [f"4153210100x{extension}"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("415-321-0100, 628-321-0101", ["4153210100", "6283210101"]),
        ("415-321-0100; 628-321-0101", ["4153210100", "6283210101"]),
        ("415-321-0100 / 628-321-0101", ["4153210100", "6283210101"]),
        ("415-321-0100/628-321-0101", ["4153210100", "6283210101"]),
        ("415-321-0100 & 628-321-0101", ["4153210100", "6283210101"]),
        ("415-321-0100 and 628-321-0101 or 707-321-0102", ["4153210100", "6283210101", "7073210102"]),
        ("415-321-0100 628-321-0101", ["4153210100", "6283210101"]),
        ("(415) 321-0100 (628) 321-0101", ["4153210100", "6283210101"]),
        ("14153210100 16283210101", ["4153210100", "6283210101"]),
        ("+14153210100 +16283210101", ["4153210100", "6283210101"]),
        ("415-321-0100\u2028628-321-0101", ["4153210100", "6283210101"]),
        ("Home: 415-321-0100 Cell: 628-321-0101", ["4153210100", "6283210101"]),
        ("415-321-0100 x12, 628-321-0101", ["4153210100x12", "6283210101"]),
        ("415-321-0100 to 0199, 628-321-0101", [FULL_RANGE, "6283210101"]),
        ("415-321-0100, 12345678", ["4153210100", "too_short"]),
        ("415-321-0100 or 321-0101", ["4153210100", "too_short"]),
        ("415-321-0100, 321-0101", ["4153210100", "too_short"]),
        ("415-321-0100, 3210101", ["4153210100x3210101"]),
        ("321-0100, 321-0101", ["too_short", "too_short"]),
        ("415-321-0100 x6283210101", ["4153210100", "6283210101"]),
        ("415-321-0100#628-321-0101", ["4153210100", "6283210101"]),
        ("415-321-0100 (ext 628-321-0101)", ["4153210100", "6283210101"]),
        ("(415)321-0100(628)321-0101", ["4153210100", "6283210101"]),
        ('"- 415-321-0100\n- 628-321-0101"', ["4153210100", "6283210101"]),
        ("12. 415-321-0100 / 628-321-0101 x5", ["4153210100", "6283210101x5"]),
        ("415-321-1415/0111628-321-0101", ["4153211415", "6283210101"]),
        ("023-321-0100 628-321-0101", ["area_code_format", "6283210101"]),
        ("023-321-0100 x5", ["area_code_formatx5"]),
        ("+44 20 7946 0958 to +44 20 7946 0959", ["foreign", "foreign"]),
        ("415-321-0100 - +44 20 7946 0958", ["4153210100", "foreign"]),
        ("+44 20 7946 0958 / 415-321-0100", ["foreign", "4153210100"]),
    ],
)
def test_numbers_that_stand_apart_become_entries_of_their_own(text: str, expected: list[str]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1-800-FLOWERS", "8003569377"),
        ("1 800 FLOWERS", "8003569377"),
        ("(800) FLOWERS", "8003569377"),
        ("800FLOWERS", "8003569377"),
        ("1-800-GOT-JUNK (main)", "8004685865"),
        ("1-800-4-A-CHILD", "8004224453"),
        ("415-CALL-NOW", "4152255669"),
        ("1 800 GOT JUNK", "8004685865"),
    ],
)
def test_letters_of_the_keypad_spell_a_number(text: str, number: str) -> None:
    assert said(text) == [number]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("hello", "not_a_number"),
        ("n/a", "not_a_number"),
        ("2012-01-02 08", "not_a_number"),
        ("2012-01-02", "not_a_number"),
        ("21.06.1984 1015", "not_a_number"),
        ("06/21/84", "not_a_number"),
        ("$4,153,210,100", "not_a_number"),
        ("41532101.00", "not_a_number"),
        ("41532101.55", "not_a_number"),
        ("415-321-0100%", "not_a_number"),
        ("212.234.10.25", "not_a_number"),
        ("41 53 21 01 00", "not_a_number"),
        ("jane4153210100@example.com", "not_a_number"),
        ("https://example.com/4153210100", "not_a_number"),
        ("Account 4153210100", "not_a_number"),
        ("ID4153210100", "not_a_number"),
        ("INV-4153210100", "not_a_number"),
        ("Order # 4153210100", "not_a_number"),
        ("#4153210100", "not_a_number"),
        ("=*4153210100", "not_a_number"),
        ("2. Oak Street", "not_a_number"),
        ("2.4153210100", "too_long"),
        ("(44) 207 946 0958", "too_long"),
        ("415. 321-010", "too_short"),
        ("between 415-321-0100 and 415-321-0199", "several_numbers"),
        ("4153210100abc", "not_a_number"),
        ("415-321-01XX", "not_a_number"),
        ("415-XXX-XXXX", "not_a_number"),
        ("415 Oak Tree", "not_a_number"),
        ("800 Elm Road", "not_a_number"),
        ("Suite 200", "not_a_number"),
        ("12, 34", "not_a_number"),
        ("a" * 100 + " 800", "not_a_number"),
        ("911", "too_short"),
        ("321-0100", "too_short"),
        ("1-800-CALL", "too_short"),
        ("+1 415 321", "too_short"),
        ("+44", "too_short"),
        ("1-800-GOT-JUNK-NOW", "too_long"),
        ("27576227382", "too_long"),
        ("415-321-0100 415", "too_long"),
        ("+" + "4" * 30, "too_long"),
        ("+44 20 7946 0958", "foreign"),
        ("0044 20 7946 0958", "foreign"),
        ("011 44 20 7946 0958", "foreign"),
        ("+4155550123", "foreign"),
        ("+999 1234567", "foreign"),
        ("0415321010", "area_code_format"),
        ("015-FLOWERS", "area_code_format"),
        ("115-321-0100", "area_code_format"),
        ("415-121-0100", "exchange_format"),
        ("415-511-0100", "n11_exchange"),
        ("415-321-0199 - 0100", "range_invalid"),
        ("415-321-0100 - 415-322-0100", "range_invalid"),
        ("415-321-0100 - 99", "range_invalid"),
        ("415-321-0100 $5", "several_numbers"),
        ("415-321-0100/0101", "several_numbers"),
        ("415-321-0100 x12345678", "several_numbers"),
        ("415-321-0100 - 0199 x12", "several_numbers"),
        ("415-321-0100 x 321-0101", "several_numbers"),
        ("415-321-0100 - 01999", "too_long"),
        ("Suite 200: 415-321-0100", "several_numbers"),
        ("415-321-0100 room 12", "several_numbers"),
        ("########", "digits_lost"),
        ("1.41556E+10", "digits_lost"),
        ("4.1555501E+09", "digits_lost"),
        ("1.5E+3", "not_a_number"),
        ("4.15321010055E+09", "not_a_number"),
        ("#REF!", "unreadable_cell"),
        ("#n/a", "unreadable_cell"),
        ("12:30", "not_a_number"),
        ("9:05:59 p.m.", "not_a_number"),
        ("192.168.1.1", "not_a_number"),
        ("023-321-0100 - 0199", "area_code_format"),
        ("023-321-0100 thru 415-321-0100", "area_code_format"),
        ("415-321-0100 thru 023-321-0100", "area_code_format"),
        ("023-321-0100 - 99", "range_invalid"),
        ("023-321-0100 - 01999", "too_long"),
        ("023-321-0100 to 01999", "several_numbers"),
        ("+1 415-321-0100 - 01-9-9", "too_long"),
        ("000 321-0100 - 00", "range_invalid"),
    ],
)
def test_what_is_no_number_says_why(text: str, reason: str) -> None:
    assert said(text) == [reason]


def test_what_a_cell_says_can_be_read_off_its_repr() -> None:
    assert [repr(one) for one in read_cell("415-321-0100 - 0199, 321-0100")] == [
        "<Spelled 4153210100..4153210199 at 0:19>",
        "<Spelled too_short at 21:29>",
    ]


def test_two_ways_to_part_a_run_of_digits_are_not_guessed_between() -> None:
    # The lone 1 ends the number of another country or begins the next.
    assert said("011 44207946 1 4153210100") == ["several_numbers"]
    assert said("011 44207946 4153210100") == ["foreign", "4153210100"]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("321-0100", "add the area code"),
        ("415-321-01XX", "write every digit: a mask is no range"),
        ("1.41556E+10", "format the column as text in the spreadsheet and enter the number again"),
        ("+44 20 7946 0958", "United Kingdom is outside the North American plan"),
        ("+999 1234567", "unknown country code +999 is outside the North American plan"),
    ],
)
def test_a_hint_says_how_to_mend_it(text: str, hint: str) -> None:
    assert read_numbers(text)[0].hint == hint


_DIGITS = st.tuples(
    st.sampled_from(["415", "212", "876", "800"]),
    st.integers(200, 999).filter(lambda nxx: nxx % 100 != 11 and nxx not in (555, 950, 958, 959, 976)),
    st.integers(0, 9999),
)
_FORMS = [
    "{0}{1}{2}",
    "1{0}{1}{2}",
    "+1{0}{1}{2}",
    "({0}) {1}-{2}",
    "{0}.{1}.{2}",
    "+1 {0} {1} {2}",
    "001{0}{1}{2}",
    "tel:+1-{0}-{1}-{2}",
    "{0}\u00a0{1}\u2011{2}",
    "{0}{1}{2}.0",
    '="{0}{1}{2}"',
    "{0}-{1}-{2} (main)",
    "\u202a{0}{1}{2}\u202c",
]


@given(_DIGITS, st.sampled_from(_FORMS))
def test_a_number_is_the_same_in_every_form(digits: tuple[str, int, int], form: str) -> None:
    npa, nxx, line = digits
    text = form.format(npa, nxx, f"{line:04}")
    assert said(text) == [f"{npa}{nxx}{line:04}"]


@given(
    _DIGITS, st.integers(0, 9999), st.sampled_from(["{0} - {1}", "{0} thru {1}", "{0}..{1}", "{0}\u2013{1}"])
)
def test_a_range_is_the_same_in_every_form(digits: tuple[str, int, int], last: int, form: str) -> None:
    npa, nxx, line = digits
    text = form.format(f"{npa}-{nxx}-{line:04}", f"{last:04}")
    first_digits, last_digits = f"{npa}{nxx}{line:04}", f"{npa}{nxx}{last:04}"
    expected = (
        "range_invalid" if last < line else first_digits if last == line else f"{first_digits}..{last_digits}"
    )
    assert said(text) == [expected]


@given(st.text(alphabet="0145 -.+()x,;/#E=\"'toandAB\n", min_size=1, max_size=40).filter(str.strip))
def test_places_of_what_a_cell_says_are_in_order_and_inside_it(text: str) -> None:
    found = read_cell(text)
    assert found
    assert found[0].start >= 0
    assert found[-1].end <= len(text)
    assert all(one.start < one.end for one in found)
    assert all(left.end <= right.start for left, right in pairwise(found))


def test_a_line_number_below_256_makes_no_address_of_a_dotted_number() -> None:
    assert said("1.212.200.0100") == ["2122000100"]


@pytest.mark.parametrize("letter", ["\u017f", "\u212a", "\u0130", "\u0131"])
def test_a_letter_that_no_keypad_has_spells_no_number(letter: str) -> None:
    assert said(f"800-FLOWER{letter}") == ["not_a_number"]
    assert said(f"1-800 EXT {letter}7") == ["not_a_number"]


def test_a_day_with_no_end_is_a_day_and_other_groups_without_end_are_too_long() -> None:
    groups = "-12" * 200
    assert [entry.reason for entry in read_numbers(f"2012-01-02{groups}\n8012-01-02{groups}")] == [
        "not_a_number",
        "too_long",
    ]


@pytest.mark.parametrize(
    ("behind", "read"),
    [
        (" opt 2", "4153210100"),
        (" Opt. 2", "4153210100"),
        ("\nOPTION #2", "4153210100"),
        (", press 1 for sales, 2 for support", "4153210100"),
        (" (press 1, then 12)", "4153210100"),
        (" ext 55, opt 2", "4153210100x55"),
        (" opt 2 x55", "4153210100x55"),
        (" opt 123", "several_numbers"),
        (" opt 2-3", "several_numbers"),
        (" copt 2", "several_numbers"),
        (" opt 2, room 345", "several_numbers"),
        (" 2", "too_long"),
    ],
)
def test_a_choice_of_a_menu_behind_a_number_is_a_remark(behind: str, read: str) -> None:
    assert said([f"415-321-0100{behind}"]) == [read]


def test_a_choice_of_a_menu_belongs_to_the_number_before_it() -> None:
    cell = "415-321-0100 opt 2; 628-321-0100 press 3 / +44 20 7946 0958 opt 1"
    report = read_numbers([cell])
    assert [entry.text for entry in report] == [
        "415-321-0100 opt 2",
        "628-321-0100 press 3",
        "+44 20 7946 0958 opt 1",
    ]
    assert said("321-0100 opt 2") == ["too_long"]


@pytest.mark.parametrize(
    "text", ["415-321-O1OO", "415-321-OIOO x12", "(415) 32l-OlOO", "1-800-OOO-OOOO", "415-321-O100"]
)
def test_letters_that_look_like_zeros_and_ones_are_not_keyed(text: str) -> None:
    [entry] = read_numbers(text)
    assert (entry.reason, entry.hint) == (
        "not_a_number",
        "write the digits 0 and 1, not letters that look like them",
    )


@pytest.mark.parametrize(
    ("text", "number"),
    [("1-800-OIL-2671", 8006452671), ("415-OIL-1234", 4156451234), ("800-GO-LOOK1", 8004656651)],
)
def test_words_of_like_letters_are_keyed(text: str, number: int) -> None:
    assert said(text) == [str(number)]


@pytest.mark.parametrize(
    "text", ["415-321-0100, 0101, 0102", "415-321-0100;0101;0102", "415-321-0100, 0101, 0102, 0103"]
)
def test_lines_that_are_listed_behind_a_number_are_no_extensions(text: str) -> None:
    assert [(entry.reason, entry.text) for entry in read_numbers([text])] == [("several_numbers", text)]
    assert [
        entry.extension for entry in read_numbers(["415-321-0100, 0101", "415-321-0100 x0101, 0102"])
    ] == ["0101"] * 2
