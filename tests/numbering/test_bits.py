"""The bit operations agree with the plain loops that they stand for."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pstnkit.numbering import bits

SPANS = st.tuples(st.integers(0, bits.LINES - 1), st.integers(1, 300))
NARROW = st.integers(0, 2**40 - 1)
LENGTHS = st.integers(1, 12) | st.integers(1, bits.LINES)

few = settings(max_examples=settings().max_examples // 3)  # each goes through all lines


@st.composite
def bitmaps(draw: st.DrawFn) -> int:
    """Sparse, dense and patchy exchanges, and short ones in which everything touches."""
    bitmap = draw(NARROW)
    for first, size in draw(st.lists(SPANS, max_size=10)):
        bitmap |= bits.span(first, min(first + size, bits.LINES) - 1)
    return bits.FULL ^ bitmap if draw(st.booleans()) else bitmap


def naive_runs(bitmap: int) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for line, digit in enumerate(reversed(f"{bitmap:b}")):
        if digit == "1":
            if runs and runs[-1][1] == line - 1:
                runs[-1] = (runs[-1][0], line)
            else:
                runs.append((line, line))
    return runs


@few
@given(bitmaps(), LENGTHS)
def test_runs_are_maximal_long_enough_and_ascending(bitmap: int, length: int) -> None:
    expected = [(first, last) for first, last in naive_runs(bitmap) if last - first + 1 >= length]
    assert list(bits.runs(bitmap, length)) == expected
    assert bits.count_runs(bitmap, length) == len(expected)


@few
@given(bitmaps())
def test_pieces_are_the_whole_and_cut_no_run(bitmap: int) -> None:
    pieces = [naive_runs(piece) for piece in bits.pieces(bitmap)]
    assert len(pieces) <= 2
    assert [run for piece in pieces for run in piece] == naive_runs(bitmap)
    assert all(pieces)


@few
@given(bitmaps(), LENGTHS)
def test_stretches_set_apart_are_those_cut_from_each_run_from_its_lowest_line_on(
    bitmap: int, length: int
) -> None:
    expected = [
        line for first, last in naive_runs(bitmap) for line in range(first, last - length + 2, length)
    ]
    assert list(bits.apart(bits.starts(bitmap, length), length)) == expected


@few
@given(bitmaps(), LENGTHS)
def test_starts_are_the_lines_where_a_window_fits(bitmap: int, length: int) -> None:
    expected = {line for first, last in naive_runs(bitmap) for line in range(first, last - length + 2)}
    assert set(bits.lines(bits.starts(bitmap, length))) == expected


@few
@given(bitmaps(), st.sampled_from([size for size in range(1, bits.LINES + 1) if bits.LINES % size == 0]))
def test_blocks_are_aligned_and_wholly_present(bitmap: int, size: int) -> None:
    block = (1 << size) - 1
    expected = [line for line in range(0, bits.LINES, size) if bitmap >> line & block == block]
    assert list(bits.lines(bits.blocks(bitmap, size))) == expected


@few
@given(bitmaps())
def test_lines_are_the_set_bits_in_order(bitmap: int) -> None:
    assert list(bits.lines(bitmap)) == [
        line for line, bit in enumerate(reversed(f"{bitmap:b}")) if bit == "1"
    ]


@given(st.integers(0, 200), st.integers(0, 200))
def test_a_span_has_both_ends(a: int, b: int) -> None:
    first, last = sorted((a, b))
    assert list(bits.lines(bits.span(first, last))) == list(range(first, last + 1))


def test_the_ends_of_an_exchange_are_runs_too() -> None:
    assert list(bits.runs(bits.FULL)) == [(0, 9999)]
    assert list(bits.runs(1 << 9999)) == [(9999, 9999)]
    assert list(bits.runs(0)) == []
    assert bits.count_runs(bits.FULL, bits.LINES) == 1
