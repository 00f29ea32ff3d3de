"""A flow is run against carriers that answer at once and against awaited ones, with the same outcome."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from pstnkit.carriers.flow import Flow, ask, drive, drive_async
from pstnkit.carriers.protocol import (
    Accepted,
    AskCapabilities,
    OutcomeUnknown,
    ReadOrder,
    RefusalReason,
    Refused,
    Reply,
    SearchOffers,
    SignedLetter,
    SubmitPort,
    SupplementPort,
    UploadDocument,
)
from pstnkit.secret import Secret


class Plain:
    """A carrier with three methods, each of which does what it was made to do."""

    def __init__(self, act: Callable[[Any], Any]) -> None:
        self.act = act

    def search(self, request: SearchOffers) -> Any:
        return self.act(request)

    def read_order(self, request: ReadOrder) -> Any:
        return self.act(request)


class Awaited:
    """The same, awaited."""

    def __init__(self, act: Callable[[Any], Any]) -> None:
        self.act = act

    async def search(self, request: SearchOffers) -> Any:
        return self.act(request)

    async def read_order(self, request: ReadOrder) -> Any:
        return self.act(request)


def run(flow: Flow[Any], act: Callable[[Any], Any], *, awaited: bool) -> Any:
    return asyncio.run(drive_async(flow, Awaited(act))) if awaited else drive(flow, Plain(act))


both = pytest.mark.parametrize("awaited", [False, True])


@both
def test_every_request_is_answered_by_the_method_of_its_operation(awaited: bool) -> None:
    asked: list[Any] = []

    def flow() -> Flow[list[Reply[Any]]]:
        first = yield from ask(SearchOffers({"npa": "415"}))
        second = yield from ask(ReadOrder("r-1"))
        return [first, second]

    def act(request: Any) -> Any:
        asked.append(request)
        return Accepted(len(asked))

    assert run(flow(), act, awaited=awaited) == [Accepted(1), Accepted(2)]
    assert asked == [SearchOffers({"npa": "415"}), ReadOrder("r-1")]


@both
def test_a_flow_that_asks_nothing_just_ends(awaited: bool) -> None:
    def flow() -> Flow[str]:
        yield from ()
        return "done"

    assert run(flow(), Accepted, awaited=awaited) == "done"


@both
@pytest.mark.parametrize(
    ("error", "why"),
    [(TimeoutError("too slow"), "too slow"), (ConnectionResetError(), "ConnectionResetError")],
)
def test_a_broken_connection_leaves_the_outcome_unknown_and_says_why(
    awaited: bool, error: OSError, why: str
) -> None:
    def act(_request: Any) -> Any:
        raise error

    assert run(ask(ReadOrder("r-1")), act, awaited=awaited) == OutcomeUnknown(why)


@both
def test_an_operation_without_a_method_is_refused_as_unsupported(awaited: bool) -> None:
    def flow() -> Flow[list[Any]]:
        one = yield from ask(AskCapabilities())
        two = yield from ask(UploadDocument("r-1", "bill.pdf", b"%PDF"))
        return [one, two]

    refusals = run(flow(), Accepted, awaited=awaited)
    assert refusals == [
        Refused(RefusalReason.UNSUPPORTED, "this carrier has no operation 'capabilities'"),
        Refused(RefusalReason.UNSUPPORTED, "this carrier has no operation 'upload_document'"),
    ]


@both
def test_what_else_a_method_raises_comes_out_once_the_flow_has_heard_of_it(awaited: bool) -> None:
    heard: list[str] = []

    def flow() -> Flow[None]:
        try:
            yield from ask(ReadOrder("r-1"))
        except ValueError as error:
            heard.append(str(error))
            raise

    def act(_request: Any) -> Any:
        raise ValueError("a mistake in the carrier's code")

    with pytest.raises(ValueError, match="a mistake"):
        run(flow(), act, awaited=awaited)
    assert heard == ["a mistake in the carrier's code"]


@both
def test_a_flow_does_not_go_on_behind_a_mistake(awaited: bool) -> None:
    asked: list[Any] = []

    def flow() -> Flow[None]:
        try:
            yield from ask(ReadOrder("r-1"))
        except ValueError:
            yield from ask(ReadOrder("r-2"))

    def act(request: Any) -> Any:
        asked.append(request)
        raise ValueError("a mistake in the carrier's code")

    with pytest.raises(ValueError, match="a mistake"):
        run(flow(), act, awaited=awaited)
    assert asked == [ReadOrder("r-1")]


def test_an_awaited_carrier_may_have_plain_methods_too() -> None:
    reply: Any = asyncio.run(drive_async(ask(ReadOrder("r-1")), Plain(Accepted)))
    assert reply == Accepted(ReadOrder("r-1"))


@both
def test_a_method_that_gives_no_reply_is_a_mistake_that_names_it(awaited: bool) -> None:
    with pytest.raises(TypeError, match=r"the carrier's 'read_order' gave a NoneType and no reply$"):
        run(ask(ReadOrder("r-1")), lambda _request: None, awaited=awaited)


def test_coroutines_without_anybody_to_await_them_are_a_mistake_that_says_what_they_need() -> None:
    with pytest.raises(TypeError, match=r"'read_order' gave a coroutine and no reply; .* needs an AsyncDesk"):
        drive(ask(ReadOrder("r-1")), Awaited(Accepted))


class Loud:
    """A carrier whose refusals and failures repeat all that it was told."""

    def submit_port(self, request: SubmitPort) -> Any:
        return Refused(RefusalReason.INVALID, f"no account {request.account_number.reveal()} here")

    def supplement(self, request: SupplementPort) -> Any:
        raise ConnectionError(", ".join(map(_spoken, request.changes.values())))


def _spoken(value: str | Secret) -> str:
    return value.reveal() if isinstance(value, Secret) else value


def test_a_secret_that_a_carrier_repeats_is_masked_in_its_words() -> None:
    letter = SignedLetter("Dana Reed", datetime(2026, 11, 20, tzinfo=UTC), "envelope-1")
    port = SubmitPort(
        client_reference="port-1",
        numbers=(),
        losing_carrier="Old Bell",
        account_number=Secret("004-881"),
        business_name="Harbor Dental",
        letter=letter,
    )
    assert drive(ask(port), Loud()) == Refused(RefusalReason.INVALID, "no account *** here")
    changes: dict[str, str | Secret] = {"pin": Secret("4711"), "tax_id": Secret(""), "btn": "4155550100"}
    correction = SupplementPort(client_reference="port-2", reference="PO-1", changes=changes)
    assert drive(ask(correction), Loud()) == OutcomeUnknown("***, , 4155550100")
