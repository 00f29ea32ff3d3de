"""``read_numbers`` beside an oracle that is slow and obviously right, over pastes of every form (DOMAIN 2).

Three opinions are compared: what a line was made to say, what the oracle reads in it, and what the library reads. Many
lines of one shape stand in one paste, since a fast reader that learns from one line what the next one says may be wrong
about the next one only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from paste_checks import check_list, of_entry, said_of
from paste_forms import Digits, Line, Shape, digits, lines, shapes, tens
from paste_oracle import judge, read_line
from pstnkit import Entry, Reason, TelephoneNumber, Verdict, read_numbers

_DELIMITERS = ',;|\t"'
"""Lines with these are cells of a table, or may be taken for them: those have tests of their own."""


_SPECIAL = ("211", "411", "911", "555", "950", "958", "959", "976")


# --- the oracle itself -------------------------------------------------------------------------------------------


@given(lines())
def test_the_oracle_reads_in_a_line_what_it_was_made_to_say(made: Sequence[Line]) -> None:
    for line in made:
        readings = read_line(line.text)
        assert readings is not None, line
        assert said_of(readings) == said_of(line.readings), line
        for one, meant in zip(readings, line.readings, strict=True):
            assert one.reasons & meant.reasons, line
            if len(readings) > 1:
                core = line.text[meant.start : meant.end].strip()
                assert core in line.text[one.start : one.end]


def test_the_oracle_has_no_opinion_about_what_the_rules_do_not_name() -> None:
    for line in ("4 1 5 3 2 1 0 1 0 0", "415-321-0100 ask for Jane 2", "12", "(415-321-0100 x", "4.15E+7"):
        assert read_line(line) is None, line
    assert read_line(" \u00a0") == []


# --- lists ---------------------------------------------------------------------------------------------------------


@given(lines())
def test_a_list_of_cells_is_read_as_its_lines_were_made(made: Sequence[Line]) -> None:
    check_list(made, read_numbers([line.text for line in made]))


@given(lines(most_shapes=2, most_lines=60))
def test_many_lines_of_one_shape_are_read_each_by_its_own_digits(made: Sequence[Line]) -> None:
    check_list(made, read_numbers([line.text for line in made]))


@settings(max_examples=max(6, settings().max_examples // 15))
@given(
    st.lists(shapes, min_size=1, max_size=4),
    st.lists(digits, min_size=1, max_size=40),
    st.integers(0, 2**32),
)
def test_thousands_of_lines_are_read_as_one_is(
    forms: Sequence[Shape], fill: Sequence[Digits], seed: int
) -> None:
    random = Random(seed)
    made = []
    for _ in range(1500):
        of, also = random.choice(fill), random.choice(fill)
        line = f"{random.randrange(10_000):04d}" if random.random() < 0.7 else of.ten[6:]
        ten = random.choice((of.ten[:6] + line, of.ten, f"{random.randrange(10**10):010d}"))
        made.append(random.choice(forms)(Digits(ten, also.other, line, also.extension)))
    check_list(made, read_numbers([line.text for line in made]))
    kept = [line for line in made if not any(mark in line.text for mark in _DELIMITERS)]
    check_list(kept, read_numbers("\n".join(line.text for line in kept)))


@given(lines(), st.sampled_from(["\n", "\r\n", "\r"]), st.integers(0, 4), st.booleans())
def test_a_pasted_list_keeps_every_place(made: Sequence[Line], end: str, blank: int, last: bool) -> None:
    kept = [line for line in made if not any(mark in line.text for mark in _DELIMITERS)]
    if not kept:
        return
    rows: list[Line] = []
    for count, line in enumerate(kept):
        rows += [line, *([Line("", ())] * (count % 5 < blank))]
    text = end.join(line.text for line in rows) + end * last
    report = read_numbers(text)
    check_list(rows, report)
    starts, place = {}, 0
    for row, line in enumerate(rows, 1):
        starts[row] = place
        place += len(line.text) + len(end)
    readings = [(row, reading) for row, line in enumerate(rows, 1) for reading in line.readings]
    for entry, (row, reading) in zip(report, readings, strict=True):
        assert entry.start is not None
        assert entry.end is not None
        assert text[entry.start : entry.end] == entry.text
        start, stop = starts[row], starts[row] + len(rows[row - 1].text)
        if len(rows[row - 1].readings) == 1:
            assert (entry.start, entry.end) == (start, stop)
        else:
            core = rows[row - 1].text[reading.start : reading.end].strip()
            assert core in entry.text
            assert start <= entry.start <= start + reading.start + 1
            assert start + reading.end - 1 <= entry.end <= stop


@given(lines(most_lines=5), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_a_list_in_a_file_is_read_as_the_text_is(made: Sequence[Line], encoding: str) -> None:
    kept = [line for line in made if not any(mark in line.text for mark in _DELIMITERS)]
    text = "\n".join(line.text for line in kept)
    check_list(kept, read_numbers(text.encode(encoding)))


@given(
    lines(), st.dictionaries(tens, st.sampled_from([Reason.ALREADY_OWNED, Reason.IN_ACTIVE_ORDER])), st.data()
)
def test_known_numbers_are_invalid_wherever_they_stand(
    made: Sequence[Line], strangers: dict[str, Reason], data: st.DataObject
) -> None:
    ends = sorted(
        {end for line in made for reading in line.readings if reading.numbers for end in reading.numbers}
    )
    known = {int(ten): why for ten, why in strangers.items() if judge(ten)[0] is Verdict.VALID}
    if ends:
        known |= data.draw(
            st.dictionaries(
                st.sampled_from(ends),
                st.sampled_from([Reason.ALREADY_OWNED, Reason.IN_ACTIVE_ORDER]),
                max_size=5,
            )
        )
    given_as = {TelephoneNumber(number): why for number, why in known.items()}
    check_list(made, read_numbers([line.text for line in made], known=given_as), known)


@given(st.lists(tens, min_size=1, max_size=40), st.dates(date(2026, 1, 5), date(2029, 1, 1)))
def test_service_is_judged_on_the_day_that_is_asked_about(pasted: list[str], on: date) -> None:
    report = read_numbers(pasted, on=on)
    seen: set[str] = set()
    for ten, entry in zip(pasted, report, strict=True):
        verdict, reasons = judge(ten, on)
        if ten[3:6] in _SPECIAL and Reason.AREA_CODE_UNCONFIRMED in (*reasons, entry.reason):
            continue  # what nobody has assigned yet may turn out to be of any kind, and its exchanges, too
        if verdict is Verdict.VALID and ten in seen:
            verdict, reasons = Verdict.DUPLICATE, frozenset({Reason.DUPLICATE})
        assert entry.verdict is verdict
        assert entry.reason in reasons
        seen.add(ten)


# --- lines of no known form: alone as in company, and never against the oracle ---------------------------------------

_DAMAGE = st.lists(
    st.tuples(
        st.sampled_from(["insert", "replace", "delete"]),
        st.integers(0, 40),
        st.sampled_from("0123456789 -.()xX#,;/+:E$a"),
    ),
    min_size=1,
    max_size=3,
)


def _damaged(text: str, damage: Iterable[tuple[str, int, str]]) -> str:
    for what, place, character in damage:
        at = place % (len(text) + 1)
        text = text[:at] + ("" if what == "delete" else character) + text[at + (what != "insert") :]
    return text


def _apart(entry: Entry) -> tuple[Any, ...]:
    """All that an entry says, but for its row and for what stands elsewhere in the list."""
    repeated = entry.verdict is Verdict.DUPLICATE
    verdict = Verdict.VALID if repeated else entry.verdict
    why = (None, None) if repeated else (entry.reason, entry.hint)
    return entry.text, entry.value, verdict, *why, entry.numbers, entry.extension


@given(
    st.lists(st.tuples(shapes, _DAMAGE), min_size=1, max_size=3), st.lists(digits, min_size=2, max_size=25)
)
def test_a_damaged_line_is_read_in_company_as_alone(
    forms: list[tuple[Shape, list[tuple[str, int, str]]]], fill: Sequence[Any]
) -> None:
    cells = [_damaged(shape(of).text, damage) for shape, damage in forms for of in fill]
    report = read_numbers(cells)
    by_row: dict[int, list[tuple[Any, ...]]] = {}
    for entry in report:
        by_row.setdefault(entry.row, []).append(_apart(entry))
    for row, cell in enumerate(cells, 1):
        alone = read_numbers(["", cell])  # below a blank row, no cell is taken for a heading
        within = [_apart(entry) for entry in alone]
        if within or row > 1:
            assert by_row.get(row, []) == within, cell
        readings = read_line(cell)
        if readings is not None and within:
            said = [(_apart(entry)[2], *of_entry(entry)[2:]) for entry in alone]
            assert said == said_of(readings), cell
