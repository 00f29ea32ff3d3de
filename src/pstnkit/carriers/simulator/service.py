"""The front door: one message in, one reply out, and every change under a reference is done once."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any, NamedTuple

from pstnkit.carriers.simulator.accounts import Account
from pstnkit.carriers.simulator.addresses import AddressChecker
from pstnkit.carriers.simulator.clock import Clock, parse_time, write_time
from pstnkit.carriers.simulator.interface import SHAPES
from pstnkit.carriers.simulator.messages import MAX_NUMBERS, Fields, Refusal, Reply, bad, read
from pstnkit.carriers.simulator.office import EVENT_BATCH, Office
from pstnkit.carriers.simulator.orders import Orders
from pstnkit.carriers.simulator.papers import Papers
from pstnkit.carriers.simulator.ports import Ports
from pstnkit.carriers.simulator.shop import (
    CURRENCY,
    FEATURES,
    LONGEST_RESERVATION,
    PAGE_SIZE,
    RESERVATION,
    Shop,
)

Handler = Callable[[Fields], Reply]


class _Done(NamedTuple):
    """A change that was made under a reference: what was asked, and what was answered."""

    content: str
    reply: Reply


class Simulator:
    """A carrier that lives on a virtual clock, beginning at ``start`` (ISO 8601 with an offset).

    The same messages in the same order give the same replies for a ``seed``. ``ValueError`` when ``start`` is
    not a time.

    >>> Simulator(start="2026-11-20T15:00:00-08:00").handle({"op": "world.clock"})
    {'ok': True, 'now': '2026-11-20T23:00:00+00:00'}
    """

    def __init__(self, *, start: str, seed: int = 0) -> None:
        self._clock = Clock(parse_time(start))
        self._office = office = Office(self._clock, seed)
        self._checker = checker = AddressChecker()
        self._shop = shop = Shop(office)
        self._papers = papers = Papers(office)
        self._orders = orders = Orders(office, shop)
        self._ports = ports = Ports(office, papers)
        account = Account(office, checker)
        self._done: dict[tuple[str, str], _Done] = {}
        self._handlers: dict[str, Handler] = {
            "capabilities": self._capabilities,
            "search": shop.search,
            "reserve": shop.reserve,
            "extend": shop.extend,
            "unreserve": shop.unreserve,
            "order": orders.order,
            "read_order": orders.read,
            "cancel_order": orders.cancel,
            "owned_numbers": account.owned_numbers,
            "release": account.release,
            "check_address": checker.check,
            "register_emergency": account.register_emergency,
            "send_agreement": papers.send_agreement,
            "upload_document": papers.upload_document,
            "check_portability": ports.check_portability,
            "submit_port": ports.submit,
            "read_port": ports.read,
            "supplement": ports.supplement,
            "cancel_port": ports.cancel,
            "poll": lambda ask: office.journal.poll(ask["after"]),
            "world.stock": lambda ask: {"added": office.numbers.stock(office.numbers.free, ask["ranges"])},
            "world.backroom": lambda ask: {
                "added": office.numbers.stock(office.numbers.backroom, ask["ranges"])
            },
            "world.foreign": self._foreign,
            "world.clock": lambda _: self._now(),
            "world.advance": self._advance,
            "world.mailbox": papers.mailbox,
            "world.sign": papers.sign,
            "world.decline": papers.decline,
            "world.reject_next_port": ports.reject_next,
            "world.move_foc": ports.move_foc,
            "world.jeopardize": ports.jeopardize,
            "world.snap_back": ports.snap_back,
            "world.port_out": account.port_out,
            "world.disconnect": account.disconnect,
            "world.fail_numbers": self._fail_numbers,
            "world.delay_numbers": self._delay_numbers,
            "world.address_service": self._address_service,
        }

    def handle(self, message: Any) -> Reply:
        """The reply to one request; whatever is wrong with it becomes a refusal, never an exception."""
        op = message.get("op") if isinstance(message, Mapping) else None
        known = op if isinstance(op, str) and op in SHAPES else None
        try:
            if not isinstance(message, dict):
                raise Refusal("bad_request", "a request is an object", field=None)
            if known is None:
                raise bad("op", "must name an operation")
            fields = {name: value for name, value in message.items() if name != "op"}
            return {"ok": True, **self._once(known, fields)}
        except Refusal as refusal:
            return refusal.reply(known)

    def _once(self, op: str, fields: dict[str, Any]) -> Reply:
        """Do what is asked, unless it has been done under the same reference."""
        ask = read(SHAPES[op], fields)
        reference = ask.get("client_reference")
        if reference is None or op.startswith("read_"):
            return self._handlers[op](ask)
        content = json.dumps(fields, sort_keys=True)
        done = self._done.get((op, reference))
        if done is not None:
            if done.content != content:
                raise Refusal("reference_reused", f"{reference} was used for another request")
            again = self._again(op, done.reply)
            if again is not None:
                return again
        reply = self._handlers[op](ask)
        self._done[op, reference] = _Done(content, deepcopy(reply))
        return reply

    def _again(self, op: str, reply: Reply) -> Reply | None:
        """What a change that has been made looks like now; None when it has to be made anew."""
        if "order" in reply:
            return self._orders.view(reply["order"])
        if "port" in reply:
            return self._ports.view(reply["port"])
        if "envelope" in reply:
            return self._papers.view(reply["envelope"])
        if "reservation" in reply:
            reservation = self._shop.view(reply["reservation"])
            return None if op == "reserve" and reservation["state"] != "live" else reservation
        return deepcopy(reply)

    def _capabilities(self, _: Fields) -> Reply:
        return {
            "carrier": "Simulated Carrier",
            "operations": [op for op in SHAPES if not op.startswith("world.")],
            "filters": ["contains", "npa", "nxx", "state"],
            "page_size": PAGE_SIZE,
            "event_batch": EVENT_BATCH,
            "max_numbers": MAX_NUMBERS,
            "reservation_minutes": RESERVATION.seconds // 60,
            "max_reservation_minutes": LONGEST_RESERVATION.seconds // 60,
            "features": sorted(FEATURES),
            "currency": CURRENCY,
        }

    def _now(self) -> Reply:
        return {"now": write_time(self._clock.now)}

    def _advance(self, ask: Fields) -> Reply:
        if ask["to"] < self._clock.now:
            raise bad("to", f"lies before the present, {write_time(self._clock.now)}")
        self._clock.advance(ask["to"])
        return self._now()

    def _foreign(self, ask: Fields) -> Reply:
        self._office.numbers.settle_abroad(ask["ranges"], ask["carrier"], ask["not_portable"])
        return {}

    def _fail_numbers(self, ask: Fields) -> Reply:
        self._office.numbers.failures.update(dict.fromkeys(ask["numbers"], ask["reason"]))
        return {}

    def _delay_numbers(self, ask: Fields) -> Reply:
        self._office.numbers.delay(ask["numbers"], ask["until"])
        return {}

    def _address_service(self, ask: Fields) -> Reply:
        self._checker.available = ask["available"]
        return {}
