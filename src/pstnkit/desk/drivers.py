"""How the desk's flows become methods: one that waits, and one that is awaited. Nothing is written twice."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from pstnkit.carriers.flow import Flow, drive, drive_async
from pstnkit.desk.office import Office

P = ParamSpec("P")
T = TypeVar("T")


class Bound:
    """An office with the carrier that its flows are run against."""

    def __init__(self, office: Office, carrier: object) -> None:
        self.office = office
        self.carrier = carrier


def plain(function: Callable[Concatenate[Office, P], T]) -> Callable[Concatenate[Bound, P], T]:
    """A method of what asks no carrier."""

    @wraps(function)
    def method(desk: Bound, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return function(desk.office, *args, **kwargs)

    return method


def blocking(flow: Callable[Concatenate[Office, P], Flow[T]]) -> Callable[Concatenate[Bound, P], T]:
    """A method that runs the flow to its end."""

    @wraps(flow)
    def method(desk: Bound, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return drive(flow(desk.office, *args, **kwargs), desk.carrier)

    _returns_what_the_flow_does(method, flow)
    return method


def awaitable(
    flow: Callable[Concatenate[Office, P], Flow[T]],
) -> Callable[Concatenate[Bound, P], Coroutine[Any, Any, T]]:
    """A method that is awaited, for a carrier whose methods are coroutines."""

    @wraps(flow)
    def method(desk: Bound, /, *args: P.args, **kwargs: P.kwargs) -> Coroutine[Any, Any, T]:
        return drive_async(flow(desk.office, *args, **kwargs), desk.carrier)

    _returns_what_the_flow_does(method, flow)
    return method


def _returns_what_the_flow_does(method: Callable[..., Any], flow: Callable[..., Any]) -> None:
    """For readers of the signature (help, the reference): ``Flow[X]`` is driven, and what comes of it is an ``X``."""
    returned = flow.__annotations__["return"].removeprefix("Flow[").removesuffix("]")
    method.__annotations__ = flow.__annotations__ | {"return": returned}
