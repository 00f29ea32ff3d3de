"""How far each number of an order has come, against a plain dictionary."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lifecycle_cases import GONE
from pstnkit.lifecycle.failures import Failure, FailureKind
from pstnkit.lifecycle.progress import NumberProgress, Progress
from pstnkit.numbering.ranges import NumberRange, collapse
from pstnkit.numbering.telephone import TelephoneNumber

BASE = TelephoneNumber("4155550100")
ranges = st.tuples(st.integers(0, 12), st.integers(0, 5)).map(
    lambda pair: NumberRange(BASE + pair[0], BASE + pair[0] + pair[1])
)
many = st.lists(ranges, max_size=4).map(tuple)
settled = st.sampled_from([Progress.SUCCESSFUL, Progress.FAILED])


@given(ordered=many, steps=st.lists(st.tuples(many, settled), max_size=6))
def test_t3_counts_and_sorts_are_those_of_a_plain_dictionary(
    ordered: tuple[NumberRange, ...], steps: list[tuple[tuple[NumberRange, ...], Progress]]
) -> None:
    progress = NumberProgress().expecting(ordered)
    naive = {number: Progress.IN_PROGRESS for numbers in ordered for number in numbers}
    failures: dict[TelephoneNumber, Failure] = {}
    for step, (about, to) in enumerate(steps):
        sorts: dict[str, set[TelephoneNumber]] = {
            "changed": set(),
            "same": set(),
            "contrary": set(),
            "strangers": set(),
        }
        for number in {number for numbers in about for number in numbers}:
            held = naive.get(number)
            if held is None:
                sorts["strangers"].add(number)
            elif held is Progress.IN_PROGRESS:
                sorts["changed"].add(number)
                naive[number] = to
            else:
                sorts["same" if held is to else "contrary"].add(number)
        why = Failure(FailureKind.OTHER, f"step {step}")
        working = to is Progress.SUCCESSFUL
        marked = progress.working(about) if working else progress.failing(about, why)
        failures |= {} if working else dict.fromkeys(sorts["changed"], why)
        progress = marked.progress
        assert {name: list(getattr(marked, name)) for name in sorts} == {
            name: sorted(numbers) for name, numbers in sorts.items()
        }
        assert dict(progress.by_number) == naive
        assert progress.counts == {each: list(naive.values()).count(each) for each in Progress}
        assert dict(progress.failures) == failures
    for each in Progress:
        assert list(progress.of(each)) == collapse(number for number in naive if naive[number] is each)


@given(ordered=many, more=many)
def test_expecting_numbers_again_keeps_what_they_have_come_to(
    ordered: tuple[NumberRange, ...], more: tuple[NumberRange, ...]
) -> None:
    done = NumberProgress().expecting(ordered).all_working()
    both = done.expecting(more)
    assert both.successful == done.successful
    assert set(both.by_number) == {number for numbers in (*ordered, *more) for number in numbers}
    assert both.expecting(more) is both


def test_nothing_new_is_the_same_progress() -> None:
    progress = NumberProgress().expecting((NumberRange(BASE, BASE + 2),)).rest_failing(GONE)
    assert progress.failing((NumberRange(BASE, BASE),), Failure(FailureKind.OTHER)).progress is progress
    assert progress.all_working() is progress
