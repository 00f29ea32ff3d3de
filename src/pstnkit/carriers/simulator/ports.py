"""Ports: numbers that come from another carrier, three weeks after the customer has signed for it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Any

from pstnkit.carriers.simulator.clock import at_wall_clock, days_later, write_time
from pstnkit.carriers.simulator.fulfillment import Lines, activate, wait_for
from pstnkit.carriers.simulator.messages import Fields, Refusal, Reply, bad, e164, exactly_one
from pstnkit.carriers.simulator.office import Office
from pstnkit.carriers.simulator.papers import Papers

FOC_ANSWER = timedelta(days=2)
REJECTION_ANSWER = timedelta(days=1)
PORT_DAYS = 21
NOTICE = timedelta(days=2)
"""The least time between the confirmation of a FOC and the FOC."""
FREEZE = timedelta(hours=24)
"""How long before the FOC nothing can be changed any more."""
PATIENCE = timedelta(days=14)
"""How long a rejection waits for an answer."""
SOMEWHERE = "OTHER CARRIER"

_CLOSED = ("complete", "partial", "cancelled")


@dataclass
class Port:
    """A port order, from its submission to its end.

    ``request`` is what the losing carrier is told, as supplements have changed it; ``step`` counts the
    changes, so that what was on the agenda before a change comes to nothing.
    """

    id: str
    client_reference: str
    request: Fields
    zone: tzinfo
    lines: Lines
    submitted_at: datetime
    state: str = "submitted"
    step: int = 0
    foc_at: datetime | None = None
    works_from: str | None = None
    reason: str | None = None
    rejection: dict[str, str] | None = None
    jeopardy: dict[str, str] | None = None


class Ports:
    """Portability, submissions, supplements and cancellations; and what the losing carrier does with them."""

    def __init__(self, office: Office, papers: Papers) -> None:
        self._office = office
        self._papers = papers
        self._ports: dict[str, Port] = {}
        self._references: dict[str, str] = {}
        self._rejections: deque[dict[str, str]] = deque()

    # -- before a port ---------------------------------------------------------------------------------------

    def check_portability(self, ask: Fields) -> Reply:
        """Number by number: can it be ported, and from whom."""
        return {"results": [self._portability(number) for number in ask["numbers"]]}

    def _portability(self, number: int) -> Reply:
        numbers = self._office.numbers
        abroad = numbers.abroad(number)
        losing_carrier: str | None = SOMEWHERE if abroad is None else abroad.carrier
        reason = None if abroad is None else abroad.not_portable
        if number in numbers.active:
            losing_carrier, reason = None, "already_here"
        elif number in numbers.pending:
            reason = "pending_order"
        elif numbers.here(number):
            losing_carrier, reason = None, "carrier_stock"
        return {
            "number": e164(number),
            "portable": reason is None,
            "losing_carrier": losing_carrier,
            "reason": reason,
        }

    # -- decisions of the caller -----------------------------------------------------------------------------

    def submit(self, ask: Fields) -> Reply:
        """Take a port on, once its letter of authorization is signed."""
        office = self._office
        loa = ask["loa"]
        if loa is None or not self._papers.signed_authorization(loa["envelope"]):
            raise Refusal("loa_required", "the port needs a letter of authorization that has been signed")
        if loa["signed_at"] > office.clock.now:
            raise bad("loa.signed_at", "lies in the future")
        self._papers.refuse_unknown_documents(ask["documents"])
        self._refuse_unportable(ask["numbers"])
        reference = ask["client_reference"]
        port = Port(
            office.ids.next("PT"),
            reference,
            ask,
            ask["timezone"] or loa["signed_at"].tzinfo,
            Lines(ask["numbers"]),
            office.clock.now,
        )
        self._ports[port.id] = port
        self._references[reference] = port.id
        office.numbers.expect(ask["numbers"], port.id)
        self._tell(port, "submitted", quantity=len(ask["numbers"]))
        self._await_answer(port)
        return self.view(port.id)

    def _refuse_unportable(self, numbers: list[int]) -> None:
        results = [self._portability(number) for number in numbers]
        pending = [result["number"] for result in results if result["reason"] == "pending_order"]
        if pending:
            raise Refusal("pending_order", f"{len(pending)} numbers are in an active order", numbers=pending)
        fixed = [result["number"] for result in results if not result["portable"]]
        if fixed:
            raise Refusal("not_portable", f"{len(fixed)} numbers cannot be ported", numbers=fixed)

    def supplement(self, ask: Fields) -> Reply:
        """Cancel a port (1), set a new due date (2), or change something else (3)."""
        port = self._changeable(ask["port"])
        if ask["kind"] == 1:
            self._cancel(port, "requested")
            return self.view(port.id)
        changes = {name: value for name, value in ask["changes"].items() if value is not None}
        if not changes:
            raise bad("changes", "must change something")
        self._papers.refuse_unknown_documents(changes.get("documents"))
        port.request = {**port.request, **changes}
        port.state, port.foc_at, port.rejection, port.jeopardy = "submitted", None, None, None
        self._tell(port, "supplemented", kind=ask["kind"])
        self._await_answer(port)
        return self.view(port.id)

    def cancel(self, ask: Fields) -> Reply:
        """Cancel a port."""
        if self._find(ask["port"]).state != "cancelled":
            self._cancel(self._changeable(ask["port"]), "requested")
        return self.view(ask["port"])

    def _changeable(self, port_id: str) -> Port:
        port = self._find(port_id)
        if port.state in _CLOSED:
            raise Refusal("port_closed", f"{port.id} is {port.state}", state=port.state)
        if port.foc_at is not None and port.foc_at - self._office.clock.now < FREEZE:
            raise Refusal("too_late", f"{port.id} cannot be changed this close to its FOC")
        return port

    def _cancel(self, port: Port, reason: str) -> None:
        pending = port.lines.of("pending")
        port.lines.mark(pending, "cancelled")
        self._office.numbers.give_up(pending)
        port.state, port.reason, port.foc_at = "cancelled", reason, None
        port.rejection, port.jeopardy = None, None
        port.step += 1
        self._tell(port, "cancelled", reason=reason)

    # -- what time and the losing carrier do -----------------------------------------------------------------

    def reject_next(self, ask: Fields) -> Reply:
        """The losing carrier will reject the next submission or supplement."""
        self._rejections.append({"code": ask["code"], "message": ask["message"]})
        return {}

    def _await_answer(self, port: Port) -> None:
        port.step += 1
        if self._rejections:
            rejection = self._rejections.popleft()
            self._later(port, REJECTION_ANSWER, lambda: self._reject(port, rejection))
        else:
            self._later(port, FOC_ANSWER, lambda: self._confirm(port))

    def _later(self, port: Port, wait: timedelta, action: Callable[[], None]) -> None:
        step = port.step

        def unless_changed() -> None:
            if port.step == step:
                action()

        self._office.clock.after(wait, unless_changed)

    def _reject(self, port: Port, rejection: dict[str, str]) -> None:
        port.state, port.rejection = "rejected", rejection
        self._tell(port, "rejected", **rejection)
        self._later(port, PATIENCE, lambda: self._cancel(port, "unanswered"))

    def _confirm(self, port: Port) -> None:
        now = self._office.clock.now
        signed_at: datetime = port.request["loa"]["signed_at"]
        foc_at = max(days_later(signed_at, PORT_DAYS, port.zone), now + NOTICE)
        requested = port.request["requested_date"]
        if requested is not None:
            wall_clock = signed_at.astimezone(port.zone).time()
            foc_at = max(foc_at, at_wall_clock(requested, wall_clock, port.zone))
        self._promise(port, foc_at)

    def _promise(self, port: Port, foc_at: datetime) -> None:
        port.state, port.foc_at, port.jeopardy = "foc_confirmed", foc_at, None
        self._tell(port, "foc", foc_at=write_time(foc_at), foc_date=self._date(port, foc_at))
        self._later(port, foc_at - self._office.clock.now, lambda: self._start(port))

    def move_foc(self, ask: Fields) -> Reply:
        """The losing carrier moves the date that it has confirmed."""
        port = self._confirmed(ask["port"])
        if ask["to"] <= self._office.clock.now:
            raise bad("to", "lies in the past")
        port.step += 1
        self._promise(port, ask["to"])
        return {}

    def jeopardize(self, ask: Fields) -> Reply:
        """The losing carrier says that it may not keep the date; it keeps it all the same, unless it is moved."""
        port = self._confirmed(ask["port"])
        port.jeopardy = {"code": ask["code"], "message": ask["message"]}
        self._tell(port, "jeopardy", **port.jeopardy)
        return {}

    def _confirmed(self, port_id: str) -> Port:
        port = self._find(port_id)
        if port.state != "foc_confirmed":
            raise Refusal("bad_request", f"{port.id} has no date that is still to come", state=port.state)
        return port

    def snap_back(self, ask: Fields) -> Reply:
        """Numbers that were ported in error go back to the losing carrier."""
        port, numbers = self._find(ask["port"]), ask["numbers"]
        ours = {number for number in port.lines.of("active") if number in self._office.numbers.active}
        if not ours.issuperset(numbers):
            raise Refusal("bad_request", f"not all of the numbers were ported by {port.id}")
        self._office.numbers.leave(numbers)
        self._tell(port, "snapback", numbers=[e164(number) for number in numbers], reason=ask["reason"])
        return {}

    def _start(self, port: Port) -> None:
        port.state, port.jeopardy = "activating", None
        self._tell(port, "activating")
        self._activate(port)

    def _activate(self, port: Port) -> None:
        def tell(name: str, **facts: Any) -> None:
            self._tell(port, name, **facts)

        waiting = activate(self._office, port.lines, port.id, tell)
        if waiting:
            wait_for(self._office, waiting, lambda: self._activate(port))
            return
        active, failed = port.lines.count("active"), port.lines.count("failed")
        port.state = "partial" if failed else "complete"
        if active:
            port.works_from = self._date(port, self._office.clock.now)
        tell(port.state, active=active, failed=failed, works_from=port.works_from)

    # -- reading ---------------------------------------------------------------------------------------------

    def read(self, ask: Fields) -> Reply:
        """A port as it stands now, by the carrier's id or by the caller's reference."""
        exactly_one(ask, "port", "client_reference")
        if ask["port"] is not None:
            return self.view(ask["port"])
        port_id = self._references.get(ask["client_reference"])
        if port_id is None:
            raise Refusal("not_found", f"no port under {ask['client_reference']}")
        return self.view(port_id)

    def view(self, port_id: str) -> Reply:
        """A port as the carrier writes it, without what is secret in it."""
        port = self._find(port_id)
        requested = port.request["requested_date"]
        return {
            "port": port.id,
            "client_reference": port.client_reference,
            "state": port.state,
            "losing_carrier": port.request["losing_carrier"],
            "submitted_at": write_time(port.submitted_at),
            "requested_date": requested and requested.isoformat(),
            "foc_at": port.foc_at and write_time(port.foc_at),
            "foc_date": port.foc_at and self._date(port, port.foc_at),
            "rejection": port.rejection and dict(port.rejection),
            "jeopardy": port.jeopardy and dict(port.jeopardy),
            "works_from": port.works_from,
            "reason": port.reason,
            "numbers": port.lines.written(),
        }

    @staticmethod
    def _date(port: Port, moment: datetime) -> str:
        return moment.astimezone(port.zone).date().isoformat()

    def _find(self, port_id: str) -> Port:
        port = self._ports.get(port_id)
        if port is None:
            raise Refusal("not_found", f"no port {port_id}")
        return port

    def _tell(self, port: Port, name: str, **facts: Any) -> None:
        self._office.journal.tell(
            f"port.{name}", port=port.id, client_reference=port.client_reference, **facts
        )
