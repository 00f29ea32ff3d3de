"""The world around the simulated carrier: time that passes, people who sign, numbers that exist.

This is the test bench of a simulation, for stories, tests and notebooks; no part of any carrier's interface.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from attrs import frozen

from pstnkit.carriers.simulated import SimulatedCarrier, Transport, in_process
from pstnkit.carriers.simulated_words import texts
from pstnkit.carriers.simulator import Simulator
from pstnkit.errors import CallerError
from pstnkit.numbering.ranges import NumberRange


@frozen
class Envelope:
    """An agreement that waits in a mailbox: its reference at the e-signature service, its kind and its subject."""

    reference: str
    kind: str
    subject: str


class WorldRefused(CallerError):
    """Something that cannot happen in a simulated world. ``.op`` is what was tried, ``.text`` why not."""

    def __init__(self, op: str, text: str) -> None:
        super().__init__(op, text)
        self.op = op
        self.text = text

    def __str__(self) -> str:
        return f"the simulated world cannot do that: {self.text}"


class SimulatedWorld:
    """A carrier, a mailbox and a clock that nobody has to wait for.

    :attr:`carrier` is what a desk is given; :meth:`now` can be its clock.

    >>> world = SimulatedWorld.starting("2026-11-20T09:00:00-08:00")
    >>> world.pass_time(minutes=10)
    >>> world.now().isoformat()
    '2026-11-20T17:10:00+00:00'
    """

    def __init__(self, transport: Transport) -> None:
        self._send = transport
        self._cursor: str | None = None
        self.carrier = SimulatedCarrier(transport)

    @classmethod
    def starting(cls, start: str, *, seed: int = 0) -> SimulatedWorld:
        """A world in this process, at ``start`` (ISO 8601 with an offset)."""
        return cls(in_process(Simulator(start=start, seed=seed)))

    def _do(self, op: str, **fields: Any) -> Mapping[str, Any]:
        reply = self._send({"op": op, **fields})
        if reply.get("ok") is not True:
            raise WorldRefused(op, str(reply.get("message")))
        return reply

    def now(self) -> datetime:
        """What the world's clock shows."""
        return datetime.fromisoformat(self._do("world.clock")["now"])

    def pass_time(self, *, days: int = 0, hours: int = 0, minutes: int = 0) -> None:
        """Let time pass; whatever falls due happens at its own time."""
        self.wait_until(self.now() + timedelta(days=days, hours=hours, minutes=minutes))

    def wait_until(self, moment: datetime) -> None:
        """Let time pass until ``moment``."""
        self._do("world.advance", to=moment.isoformat())

    def put_on_offer(self, numbers: Iterable[NumberRange]) -> None:
        """Put numbers on offer."""
        if pairs := _pairs(numbers):
            self._do("world.stock", ranges=pairs)

    def put_in_back_room(self, numbers: Iterable[NumberRange]) -> None:
        """Give the carrier numbers that are not on offer, and that advanced orders are filled from."""
        if pairs := _pairs(numbers):
            self._do("world.backroom", ranges=pairs)

    def let_fail(self, numbers: Iterable[NumberRange], reason: str) -> None:
        """Let the carrier fail to activate these numbers."""
        self._do("world.fail_numbers", numbers=texts(numbers), reason=reason)

    def reject_next_port(self, code: str, message: str) -> None:
        """Have the losing carrier reject the next port that is submitted."""
        self._do("world.reject_next_port", code=code, message=message)

    def move_firm_date(self, port: str, to: datetime) -> None:
        """Have the losing carrier move the firm date of a port, which is named by the carrier's reference."""
        self._do("world.move_foc", port=port, to=to.isoformat())

    def put_in_jeopardy(self, port: str, code: str, message: str) -> None:
        """Have the losing carrier say that it may not keep the firm date of a port."""
        self._do("world.jeopardize", port=port, code=code, message=message)

    def snap_back(self, port: str, numbers: Iterable[NumberRange], reason: str) -> None:
        """Let numbers that a port has moved in error go back to the losing carrier."""
        self._do("world.snap_back", port=port, numbers=texts(numbers), reason=reason)

    def port_out(self, numbers: Iterable[NumberRange], to: str) -> None:
        """Have numbers leave for the carrier ``to``: somebody has ported them away."""
        self._do("world.port_out", numbers=texts(numbers), to=to)

    def disconnect(self, numbers: Iterable[NumberRange], reason: str) -> None:
        """Have the carrier disconnect numbers of its own accord."""
        self._do("world.disconnect", numbers=texts(numbers), reason=reason)

    def mailbox(self, email: str) -> tuple[Envelope, ...]:
        """The agreements that wait for a signature in a mailbox."""
        rows = self._do("world.mailbox", email=email)["envelopes"]
        return tuple(Envelope(row["envelope"], row["kind"], row["subject"]) for row in rows)

    def sign(self, envelope: Envelope) -> None:
        """Somebody signs, now."""
        self._do("world.sign", envelope=envelope.reference)

    def decline(self, envelope: Envelope, reason: str | None = None) -> None:
        """Somebody declines to sign, now, and may say why."""
        said = {} if reason is None else {"reason": reason}
        self._do("world.decline", envelope=envelope.reference, **said)

    def messages(self) -> list[dict[str, Any]]:
        """What the carrier has sent of its own accord since this was last asked, oldest first."""
        reply = self._do("poll", after=self._cursor)
        self._cursor = reply["cursor"]
        return list(reply["events"])


def _pairs(numbers: Iterable[NumberRange]) -> list[list[str]]:
    return [[str(part.first), str(part.last)] for part in numbers]
