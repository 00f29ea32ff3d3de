"""One way to write what takes questions to a carrier, and two short drivers that run it.

A flow is a generator that yields requests and is sent their replies. It knows nothing of waiting: :func:`drive` runs it
against a carrier whose methods answer at once, :func:`drive_async` against one whose methods are coroutines.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, TypeVar

from pstnkit.carriers.protocol import OutcomeUnknown, RefusalReason, Refused, Reply, Request

A = TypeVar("A")
T = TypeVar("T")

Flow = Generator[Request[Any], Any, T]


def ask(request: Request[A]) -> Generator[Request[Any], Any, Reply[A]]:
    """Yield ``request`` and give back its reply: ``reply = yield from ask(request)``."""
    reply: Reply[A] = yield request
    return reply


def drive(flow: Flow[T], carrier: object) -> T:
    """Run ``flow`` to its end against ``carrier`` and give what it returns.

    A method that raises :class:`OSError` (a time-out, a broken connection) has left the outcome unknown; an operation
    that the carrier has no method for is refused as unsupported. Whatever else a method raises comes out of here, once
    the flow has heard of it.
    """
    try:
        request = next(flow)
        while True:
            method = getattr(carrier, request.operation, _unsupported)
            try:
                reply: Any = method(request)
            except OSError as error:
                reply = _unknown(error)
            except BaseException as error:
                flow.throw(error)
                raise
            request = flow.send(reply)
    except StopIteration as end:
        result: T = end.value
        return result


async def drive_async(flow: Flow[T], carrier: object) -> T:
    """The same for a carrier whose methods are coroutines."""
    try:
        request = next(flow)
        while True:
            method = getattr(carrier, request.operation, None)
            try:
                reply: Any = _unsupported(request) if method is None else await method(request)
            except OSError as error:
                reply = _unknown(error)
            except BaseException as error:
                flow.throw(error)
                raise
            request = flow.send(reply)
    except StopIteration as end:
        result: T = end.value
        return result


def _unsupported(request: Request[Any]) -> Refused:
    return Refused(RefusalReason.UNSUPPORTED, f"this carrier has no operation {request.operation!r}")


def _unknown(error: OSError) -> OutcomeUnknown:
    return OutcomeUnknown(str(error) or type(error).__name__)
