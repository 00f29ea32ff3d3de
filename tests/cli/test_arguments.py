"""What may be written on the command line, value by value."""

from __future__ import annotations

from pathlib import Path

import pytest

from pstnkit.cli.arguments import parse
from pstnkit.cli.status import Misuse


def test_columns_are_headings_letters_or_positions_between_commas() -> None:
    assert parse(["check", "-", "--columns", "B, 3,Phone"]).columns == ["B", 3, "Phone"]


def test_an_option_that_takes_a_list_may_be_repeated() -> None:
    assert parse(["check", "-", "--columns", "B", "--columns", "C,D"]).columns == ["B", "C", "D"]
    search = ["search", "--inventory", "-", "--line-numbers", "2001,2002", "--line-numbers", "01"]
    assert parse(search).line_numbers == ["2001", "2002", "01"]


def test_a_heading_with_a_comma_is_put_in_quotes() -> None:
    assert parse(["check", "-", "--columns", '"Phone, home",B']).columns == ["Phone, home", "B"]


def test_a_sheet_is_a_name_or_a_position() -> None:
    assert parse(["check", "-", "--sheet", "2"]).sheet == 2
    assert parse(["check", "-", "--sheet", "May"]).sheet == "May"
    assert parse(["check", "-", "--sheet", "\u0662"]).sheet == "\u0662"


def test_an_encoding_is_called_by_its_proper_name() -> None:
    assert parse(["check", "-", "--encoding", "latin1"]).encoding == "iso8859-1"


def test_the_demo_takes_files_and_a_seed() -> None:
    arguments = parse(["demo", "--inventory", "a", "--paste", "b", "--seed", "7"])
    assert (arguments.inventory, arguments.paste, arguments.seed) == (Path("a"), Path("b"), 7)
    assert parse(["demo"]).seed == 0


@pytest.mark.parametrize(
    ("argv", "problem"),
    [
        ("check - --columns ,", "argument --columns: ',' has nothing where a value should be"),
        ("check - --columns=", "argument --columns: '' has nothing where a value should be"),
        (f"check - --columns {'9' * 5000}", "is no whole number"),
        ("check - --encoding bogus", "argument --encoding: 'bogus' is no text encoding"),
        ("check - --encoding a\0b", r"argument --encoding: 'a\x00b' is no text encoding"),
        ("check - --on 2026-13-01", "argument --on: '2026-13-01' is no date, such as 2026-11-20"),
        ("due --signed noon", "argument --signed: 'noon' is no time, such as 2026-11-20T15:00:00-08:00"),
        (
            "due --kind fast",
            "argument --kind: 'fast' is no kind of order; there are standard, advanced, port",
        ),
        ("search --quantity 1_0", "argument --quantity: '1_0' is no whole number"),
        ("search --quantity \u0665", "argument --quantity: '\u0665' is no whole number"),
        ("search --quantity 5x", "argument --quantity: '5x' is no whole number"),
        ("search", "the following arguments are required: --inventory"),
        ("due", "the following arguments are required: --kind, --signed"),
    ],
)
def test_a_value_that_cannot_be_meant_is_named_with_its_option(argv: str, problem: str) -> None:
    with pytest.raises(Misuse) as caught:
        parse(argv.split(" "))
    assert problem in str(caught.value)
    assert len(str(caught.value)) < 300
