"""Talking to the simulated carrier in tests: replies are plain JSON, and events are documented."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pstnkit.carriers.simulator as simulator

START = "2026-11-20T15:00:00-08:00"
FIRST = 415_555_0200


def texts(first: int, count: int) -> list[str]:
    """``count`` E.164 numbers from ``first`` on."""
    return [f"+1{first + place}" for place in range(count)]


class Company:
    """A simulator and the questions that tests put to it."""

    def __init__(self, start: str = START, seed: int = 0) -> None:
        self.carrier = simulator.Simulator(start=start, seed=seed)
        self._cursor: str | None = None

    def ask(self, op: str, **fields: Any) -> dict[str, Any]:
        """The reply, whatever it is."""
        reply = self.carrier.handle({"op": op, **fields})
        assert json.loads(json.dumps(reply)) == reply
        return reply

    def do(self, op: str, **fields: Any) -> dict[str, Any]:
        """The reply to a request that is not refused."""
        reply = self.ask(op, **fields)
        assert reply["ok"] is True, reply
        return reply

    def refused(self, op: str, **fields: Any) -> dict[str, Any]:
        """The reply to a request that is refused, and changes nothing: nothing is reported."""
        before = self.do("poll")
        reply = self.ask(op, **fields)
        assert reply["ok"] is False, reply
        assert isinstance(reply["message"], str)
        assert self.do("poll") == before
        return reply

    @property
    def now(self) -> datetime:
        """The present of the simulator."""
        return datetime.fromisoformat(self.do("world.clock")["now"])

    def advance(self, **wait: float) -> None:
        """Let time pass: ``advance(days=2)``."""
        self.do("world.advance", to=(self.now + timedelta(**wait)).isoformat())

    def events(self) -> list[dict[str, Any]]:
        """What has been reported since the last call."""
        reply = self.do("poll", after=self._cursor)
        self._cursor = reply["cursor"]
        events: list[dict[str, Any]] = reply["events"]
        assert simulator.__doc__ is not None
        for event in events:
            assert f"``{event['type']}``" in simulator.__doc__, event
        return events

    def types(self) -> list[str]:
        """The types of what has been reported since the last call."""
        return [event["type"] for event in self.events()]

    def stock(self, first: int = FIRST, count: int = 100, to: str = "world.stock") -> list[str]:
        """Put numbers on offer, or into the back room; returns them."""
        self.do(to, ranges=[[f"+1{first}", f"+1{first + count - 1}"]])
        return texts(first, count)

    def offered(self, filters: dict[str, str] | None = None, quantity: int | None = None) -> list[str]:
        """The numbers of all pages of a search."""
        found: list[str] = []
        page = None
        while True:
            reply = self.do("search", filters=filters or {}, page=page, quantity=quantity)
            found += [offer["number"] for offer in reply["offers"]]
            page = reply["next"]
            if page is None:
                return found

    def send(self, kind: str = "letter_of_authorization", reference: str = "agreement-1") -> str:
        """Send an agreement to Dana; returns its envelope."""
        envelope: str = self.do(
            "send_agreement",
            kind=kind,
            customer="Contoso",
            email="dana@contoso.example",
            signer="Dana Ortiz",
            subject="Please sign",
            client_reference=reference,
        )["envelope"]
        return envelope

    def signed_loa(self, reference: str = "agreement-1") -> dict[str, str]:
        """A letter of authorization that Dana has signed now, as a port names it."""
        envelope = self.send(reference=reference)
        self.do("world.sign", envelope=envelope)
        return {"signer": "Dana Ortiz", "signed_at": self.now.isoformat(), "envelope": envelope}

    def port(self, numbers: list[str], reference: str = "port-1", **details: Any) -> dict[str, Any]:
        """The fields of a port of ``numbers`` under a letter that is signed now."""
        return {
            "client_reference": reference,
            "numbers": numbers,
            "losing_carrier": "Northern Bell",
            "account_number": "A-77",
            "loa": self.signed_loa(f"loa of {reference}"),
            **details,
        }
