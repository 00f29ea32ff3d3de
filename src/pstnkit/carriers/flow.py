"""One way to write what takes questions to a carrier, and two short drivers that run it.

A flow is a generator that yields requests and is sent their replies. It knows nothing of waiting: :func:`drive` runs it
against a carrier whose methods answer at once, :func:`drive_async` against one whose methods are coroutines.
"""

from __future__ import annotations

from collections.abc import Awaitable, Coroutine, Generator, Mapping
from typing import Any, TypeVar

from attrs import evolve, fields, has

from pstnkit.carriers.protocol import Accepted, OutcomeUnknown, RefusalReason, Refused, Reply, Request
from pstnkit.secret import Secret

A = TypeVar("A")
T = TypeVar("T")

Flow = Generator[Request[Any], Any, T]


def ask(request: Request[A]) -> Generator[Request[Any], Any, Reply[A]]:
    """Yield ``request`` and give back its reply: ``reply = yield from ask(request)``.

    The words of a refusal, or of a failure, go into histories and messages. Where they repeat a secret of the request,
    it is masked.
    """
    reply: Reply[A] = yield request
    match reply:
        case Refused(text=text):
            return evolve(reply, text=_masked(text, request))
        case OutcomeUnknown(why):
            return OutcomeUnknown(_masked(why, request))
        case _:
            return reply


def _masked(words: str, request: Request[Any]) -> str:
    kind: Any = type(request)
    told = [getattr(request, field.name) for field in fields(kind)] if has(kind) else []
    for details in tuple(told):
        told += details.values() if isinstance(details, Mapping) else ()
    for secret in told:
        if isinstance(secret, Secret) and (text := secret.reveal()):
            words = words.replace(text, "***")
    return words


def drive(flow: Flow[T], carrier: object) -> T:
    """Run ``flow`` to its end against ``carrier`` and give what it returns.

    A method that raises :class:`OSError` (a time-out, a broken connection) has left the outcome unknown; an operation
    that the carrier has no method for is refused as unsupported. Whatever else a method raises comes out of here, once
    the flow has heard of it: a ``TypeError``, too, for a method that gives anything but a reply.
    """
    try:
        request = next(flow)
        while True:
            method = getattr(carrier, request.operation, _unsupported)
            try:
                reply = _reply(request, method(request))
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
    """The same for a carrier whose methods are coroutines, all or some of them."""
    try:
        request = next(flow)
        while True:
            method = getattr(carrier, request.operation, _unsupported)
            try:
                given = method(request)
                reply = _reply(request, await given if isinstance(given, Awaitable) else given)
            except OSError as error:
                reply = _unknown(error)
            except BaseException as error:
                flow.throw(error)
                raise
            request = flow.send(reply)
    except StopIteration as end:
        result: T = end.value
        return result


def _reply(request: Request[Any], given: object) -> Reply[Any]:
    """What a carrier's method gave, which must be a reply."""
    if isinstance(given, Accepted | Refused | OutcomeUnknown):
        return given
    hint = ""
    if isinstance(given, Coroutine):
        given.close()  # nobody is going to await it
        hint = "; a carrier of coroutines needs an AsyncDesk"
    raise TypeError(f"the carrier's {request.operation!r} gave a {type(given).__name__} and no reply{hint}")


def _unsupported(request: Request[Any]) -> Refused:
    return Refused(RefusalReason.UNSUPPORTED, f"this carrier has no operation {request.operation!r}")


def _unknown(error: OSError) -> OutcomeUnknown:
    return OutcomeUnknown(str(error) or type(error).__name__)
