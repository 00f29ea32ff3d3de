"""From a carrier's reply to its answer, for questions whose refusal leaves nothing to be kept."""

from __future__ import annotations

from typing import TypeVar

from pstnkit.carriers.flow import Flow, ask
from pstnkit.carriers.protocol import Accepted, RefusalReason, Refused, Request
from pstnkit.errors import CallerError, CarrierError, DecisionError

A = TypeVar("A")


class CarrierRefused(DecisionError):
    """The carrier will not; nothing has changed. ``.operation`` is what was asked, ``.reason`` a typed reason, and
    ``.text`` the carrier's own words."""

    def __init__(self, operation: str, reason: RefusalReason, text: str) -> None:
        super().__init__(operation, reason, text)
        self.operation = operation
        self.reason = reason
        self.text = text

    def __str__(self) -> str:
        return f"the carrier refused {self.operation!r} ({self.reason.value}): {self.text}"


class CarrierSilent(CarrierError):
    """The carrier gave no answer to ``.operation``, for ``.why``. Nothing was changed on our side; ask again."""

    def __init__(self, operation: str, why: str) -> None:
        super().__init__(operation, why)
        self.operation = operation
        self.why = why

    def __str__(self) -> str:
        return f"the carrier did not answer {self.operation!r}: {self.why}"


class UnsupportedFilter(CallerError):
    """The carrier's search lacks filters that a query needs. ``.carrier`` and ``.filters`` name them."""

    def __init__(self, carrier: str, filters: tuple[str, ...]) -> None:
        super().__init__(carrier, filters)
        self.carrier = carrier
        self.filters = filters

    def __str__(self) -> str:
        return (
            f"{self.carrier} cannot filter by {', '.join(self.filters)}; "
            "pass on_our_side=True to have it done here, over all that it offers"
        )


def answer(request: Request[A]) -> Flow[A]:
    """Ask ``request`` and give its answer; raises :class:`CarrierRefused` or :class:`CarrierSilent` for the others."""
    reply = yield from ask(request)
    if isinstance(reply, Accepted):
        return reply.answer
    if isinstance(reply, Refused):
        raise CarrierRefused(request.operation, reply.reason, reply.text)
    raise CarrierSilent(request.operation, reply.why)
