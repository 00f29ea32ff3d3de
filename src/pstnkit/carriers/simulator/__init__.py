"""A whole carrier on a virtual clock: the company at the other end of the wire, for demos and tests.

The simulator shares nothing with the rest of pstnkit: it uses the standard library only, has its own ids,
state and clock, and is known through what it answers, reports and lets read. Messages are plain JSON. It runs
in-process or as a process of its own (``python -m pstnkit.carriers.simulator --start
2026-11-20T15:00:00-08:00 --seed 7``: JSON Lines in, JSON Lines out, one reply to each request).

>>> carrier = Simulator(start="2026-11-20T15:00:00-08:00")
>>> carrier.handle({"op": "world.stock", "ranges": [["+14155550200", "+14155550299"]]})
{'ok': True, 'added': 100}
>>> reply = carrier.handle({"op": "search", "filters": {"npa": "415"}, "quantity": 1})
>>> reply["offers"][0]["number"], reply["offers"][0]["monthly"]
('+14155550200', '1.00')
>>> carrier.handle({"op": "search", "filters": {"city": "Reno"}})["message"]
'search: filters.city is not known'

The programming interface
=========================

A request is ``{"op": NAME, ...}``. A reply is ``{"ok": true, ...}`` or ``{"ok": false, "code": ...,
"message": ...}``; a refusal changes nothing. Conventions:

- numbers are E.164 strings (``"+14155550200"``); a list of them is not empty, has no duplicates and at most
  5,000 members (more: ``too_many_numbers`` with ``limit``);
- times are ISO 8601 with an offset; the carrier writes UTC (``"2026-11-20T23:00:00+00:00"``). Dates are
  ``"2026-12-11"``. ``timezone`` is an IANA name (``"America/Los_Angeles"``). The years are 2000 to 2100;
- an unknown op, and a missing, unknown or ill-typed field, are refused with ``bad_request``, and ``field``
  names it (``"filters.city"``). An optional field (marked ``?``) may be left out or null;
- ``client_reference`` is the caller's own name for a change. The same request under the same reference is
  done once: the reply names the same order, port, envelope ... again (orders, ports, and reservations as they
  stand now; a reservation that has ended is made anew). Another request under a used reference:
  ``reference_reused``;
- an id that the carrier never gave: ``not_found``.

Numbers on offer
----------------

``capabilities`` ``{}``
    ``{"carrier": "Simulated Carrier", "operations": ["capabilities", ...], "filters": ["contains", "npa",
    "nxx", "state"], "page_size": 250, "event_batch": 100, "max_numbers": 5000, "reservation_minutes": 30,
    "max_reservation_minutes": 120, "features": ["sms", "voice"], "currency": "USD"}``
``search`` ``{filters: {npa?: "415", nxx?: "555", state?: "CA", contains?: "0132"}, page?, quantity?: 20}``
    ``{"offers": [{"number": "+14155550200", "features": ["voice", "sms"], "monthly": "1.00", "setup": "0.50",
    "currency": "USD", "reservable": true}, ...], "next": token or null}``. Ascending. ``filters`` may be
    ``{}``. ``state`` takes the two letters of a US state, territory or Canadian province; ``contains`` 1 to
    10 digits. ``quantity`` (at least 1) bounds all pages together. ``page`` is the ``next`` of the page
    before, asked with the same filters; numbers sold meanwhile are absent. Offered is what is neither
    reserved, sold nor delayed.
``reserve`` ``{numbers, client_reference}``
    ``{"reservation": "RS-000417", "state": "live", "numbers": [...], "expires_at": "...", "client_reference":
    ...}``. All or nothing: ``numbers_unavailable`` with ``gone`` (the numbers that cannot be had).
``extend`` ``{reservation, client_reference?}``
    The same shape: 30 minutes from now, at most 120 after it was made (``extension_limit`` when nothing is
    gained, ``reservation_ended`` with ``state`` ``expired``, ``released`` or ``ordered``).
``unreserve`` ``{reservation, client_reference?}``
    The same shape, ``state`` ``released``; one that has ended already stays as it is and is answered as it
    is.

Number orders
-------------

``order`` ``{kind: "standard", client_reference, numbers, reservation? or reservations?: ["RS-000417"]}``
    The shape of ``read_order``. The numbers are on offer or in a reservation that is named, else
    ``numbers_unavailable`` with ``gone``; ``reservation_ended`` with ``state`` when one is not live. The
    order uses its reservations up: what it does not take is on offer again. 10 minutes later each number
    becomes active.
``order`` ``{kind: "advanced", client_reference, quantity: 25, npa: "415" or state: "CA", timezone?}``
    Exactly one of ``npa`` and ``state``. 5 days later (120 hours; calendar days on the same wall clock where
    ``timezone`` is given) the carrier names numbers from its back room, lowest first, and they become active.
``read_order`` ``{order}`` or ``{client_reference}``
    ``{"order": "SO-000123", "client_reference": ..., "kind": "standard", "state": "processing",
    "accepted_at": "...", "due_at": "...", "quantity": 20, "numbers": [{"number": "+14155550200", "state":
    "pending", "reason": null}, ...], "reason": null}``. ``state``: ``processing backordered complete partial
    failed cancelled``. A number's: ``pending active failed cancelled``. ``numbers`` of an advanced order is
    ``[]`` until they are named. ``reason`` tells why an order ``failed`` or is ``partial``:
    ``activation_failed``, ``shortfall``, ``no_numbers`` or ``cancelled``.
``cancel_order`` ``{order, client_reference?}``
    The same shape. What is pending is cancelled and on offer again (an order with active numbers ends
    ``partial``). ``order_closed`` with ``state`` when it has ended otherwise; cancelling twice is answered as
    once.
``owned_numbers`` ``{page?}``
    ``{"numbers": [{"number": "+14155550200", "since": "...", "source": "SO-000123", "registration":
    "ER-000011" or null}, ...], "next": token or null}``. Ascending; ``source`` is the order or port that
    brought it.
``release`` ``{numbers, client_reference}``
    ``{"release": "RL-000031", "numbers": [...]}``; ``not_owned`` with ``numbers``. They rest, and are not
    offered again.

Emergency addresses
-------------------

An ``address`` is ``{house_number, street, city, state, postal_code, country, unit?, building?, floor?, room?,
additional?}``, all strings
(``{"house_number": "1200", "street": "Ansun Street", "city": "San Francisco", "state": "CA", "postal_code":
"94107", "country": "US", "unit": "Suite 300"}``); ``country`` is ``US`` or ``CA``. The carrier writes all
eleven fields, in upper case and in postal form (``"ANSON ST"``, ``"STE 300"``; null where there is nothing).

``check_address`` ``{address}``
    ``{"outcome": "corrected", "address": {...} or null, "candidates": [{...}, ...]}``. ``valid``: ``address``
    is the same place in standard form; ``corrected``: ``address`` is the place that the carrier proposes;
    ``ambiguous``: two or more ``candidates``; ``not_found``, ``po_box``, ``mismatch`` (postal code and state
    or province disagree) and ``unavailable`` (the checker is down: says nothing about the address).
``register_emergency`` ``{numbers, address, override?, client_reference}``
    ``{"registration": "ER-000011", "state": "registered", "numbers": [...], "address": {...}}``.
    ``not_owned`` with ``numbers`` (each must be active here, or pending in an order or a port);
    ``address_not_valid`` with ``outcome`` and ``address`` unless the check says ``valid``;
    ``address_service_unavailable``. With ``override`` true nothing is checked, and ``state`` is ``relayed``: calls go
    to a relay center that asks for the address.
``register_emergency`` ``{numbers, client_reference}``
    Without an address the registration is removed: ``state`` is ``removed``, ``address`` null. ``not_owned`` with
    ``numbers`` that are not registered; they need not be active any more.

Papers
------

``send_agreement`` ``{kind, customer, email, signer, subject, client_reference}``
    ``kind``: ``terms_of_service contract letter_of_authorization``; the rest are strings.
    ``{"envelope": "EN-000052", "state": "delivered", "kind": ..., "client_reference": ...}``
``upload_document`` ``{name, content_base64 or reference, client_reference?}``
    ``{"document": "DC-000007", "name": "bill.pdf", "size": 4711}`` (``size`` null for a reference).

Ports
-----

``check_portability`` ``{numbers}``
    ``{"results": [{"number": ..., "portable": true, "losing_carrier": "OTHER CARRIER", "reason": null},
    ...]}``, in the order asked. ``reason`` when not portable: ``already_here pending_order carrier_stock``,
    or what the world says.
``submit_port`` ``{client_reference, numbers, losing_carrier, account_number, loa, requested_date?, ...}``
    ``loa`` is ``{signer, signed_at, envelope}``. Further fields, all optional, are ``requested_date``,
    ``timezone``, the texts ``pin btn business_name service_address`` and the list ``documents``
    (``["DC-000007"]``). The shape of ``read_port``, ``state`` ``submitted``. ``loa_required`` unless
    ``envelope`` is a letter of authorization that has been signed (also when ``loa`` is missing);
    ``pending_order`` or ``not_portable`` with ``numbers``.
``read_port`` ``{port}`` or ``{client_reference}``
    ``{"port": "PT-000208", "client_reference": ..., "state": "foc_confirmed", "losing_carrier": ...,
    "submitted_at": "...", "requested_date": "2026-12-11" or null, "foc_at": "..." or null, "foc_date":
    "2026-12-11" or null, "rejection": {"code": ..., "message": ...} or null, "works_from": "2026-12-11" or
    null, "reason": null, "numbers": [{"number": ..., "state": "pending", "reason": null}, ...]}``. ``state``:
    ``submitted rejected foc_confirmed activating complete partial cancelled``. ``reason`` of a cancelled
    port: ``requested`` or ``unanswered``. Account numbers and PINs are never told back.
``supplement`` ``{port, kind: 1 | 2 | 3, changes, client_reference?}``
    The same shape. 1 cancels (``changes`` is ``{}``); 2 sets ``{requested_date}``; 3 changes any of
    ``account_number requested_date pin tax_id btn new_btn business_name service_address postal_code
    authorized_signer port_type documents``. 2 and 3 void a FOC and answer a rejection: the port is ``submitted`` again.
    ``port_closed`` with ``state``; ``too_late`` under 24 hours before the FOC.
``cancel_port`` ``{port, client_reference?}``
    The same shape and refusals; cancelling twice is answered as once.

The life of a port: 2 days after a submission (or supplement 2 or 3) the FOC is confirmed. The FOC is 3 weeks
after ``signed_at`` (21 times 24 hours; calendar weeks on the same wall clock where ``timezone`` is given), or
later: on the ``requested_date`` at that wall clock, and never less than 2 days after its confirmation. At the
FOC the numbers become active, and the port completes. A rejection that nobody answers for 14 days cancels it.
Dates are those of ``timezone``, or else of the offset of ``signed_at``.

Reports
-------

``poll`` ``{after: cursor or null}``
    ``{"events": [...], "cursor": "EV-000012" or null}``: everything after ``after``, oldest first; ``cursor``
    is the ``after`` of the next poll.

Each event is ``{"id": "EV-000012", "type": ..., "at": "...", ...}``. The list of numbers in one event has at
most 100 members; more make several events. All ``order.`` events carry ``order`` and ``client_reference``,
and besides:

- ``order.accepted``: ``kind``, ``quantity``, ``due_at``
- ``order.numbers_named``: ``numbers`` (strings; advanced orders)
- ``order.numbers_active``: ``numbers`` (strings)
- ``order.numbers_failed``: ``numbers`` (``[{"number", "reason"}]``)
- ``order.backordered``: ``numbers`` (strings), ``expected_at``
- ``order.complete``, ``order.partial``, ``order.failed``, ``order.cancelled``: ``active``, ``failed``,
  ``missing`` (counts; ``missing`` is what an advanced order asked for beyond what was named, or what was
  cancelled), ``reason`` or null

All ``port.`` events carry ``port`` and ``client_reference``, and besides:

- ``port.submitted``: ``quantity``
- ``port.rejected``: ``code``, ``message``
- ``port.supplemented``: ``kind``
- ``port.foc``: ``foc_at``, ``foc_date``
- ``port.jeopardy``: ``code``, ``message``: the FOC may not be kept. A ``port.foc`` afterwards ends it.
- ``port.activating``: nothing
- ``port.numbers_active``: ``numbers`` (strings)
- ``port.numbers_failed``: ``numbers`` (``[{"number", "reason"}]``)
- ``port.complete``, ``port.partial``: ``active``, ``failed`` (counts), ``works_from`` (a date; null when none
  is active)
- ``port.snapback``: ``numbers`` (strings), ``reason``: ported in error, they went back
- ``port.cancelled``: ``reason`` (``requested`` or ``unanswered``)

Numbers that leave of nobody's asking here make events of their own, each with a ``notice`` (its name) and ``numbers``:

- ``numbers.ported_out``: ``to``, the carrier that has them now
- ``numbers.disconnected``: ``reason``

All ``envelope.`` events carry ``envelope``, ``client_reference`` and ``kind``, and besides:

- ``envelope.sent``, ``envelope.delivered``: ``email``
- ``envelope.signed``: ``signer``, ``signed_at``
- ``envelope.declined``: ``signer``, ``reason`` or null

The world around it
===================

What people and time do. These are the test bench of the simulation, no part of the carrier's interface.
``ranges`` is ``[["+14155550200", "+14155550299"], ...]``, each inside one exchange.

- ``world.stock`` ``{ranges}``: puts numbers on offer; ``{"added": 100}``
- ``world.backroom`` ``{ranges}``: numbers that advanced orders are filled from; ``{"added": 100}``
- ``world.foreign`` ``{ranges, carrier, not_portable?: reason}``: numbers that live at another carrier. A
  number that is listed nowhere lives at ``OTHER CARRIER`` and can be ported.
- ``world.clock`` ``{}``: ``{"now": "..."}``
- ``world.advance`` ``{to}``: moves the clock; whatever falls due happens at its own time, in order; ``{"now":
  "..."}``
- ``world.mailbox`` ``{email}``: ``{"envelopes": [{"envelope", "kind", "customer", "signer", "subject",
  "client_reference", "sent_at"}, ...]}``, those waiting for a signature
- ``world.sign`` ``{envelope}``, ``world.decline`` ``{envelope, reason?}``: a person acts; ``{"envelope",
  "state"}``; ``envelope_closed`` with ``state`` when it has been signed or declined already
- ``world.reject_next_port`` ``{code, message}``: the next submission (or supplement 2 or 3) is answered a day
  later by a rejection; several queue up
- ``world.move_foc`` ``{port, to}``, ``world.jeopardize`` ``{port, code, message}``: the losing carrier moves a FOC
  that is still to come, or says that it may not keep it
- ``world.snap_back`` ``{port, numbers, reason}``: numbers that were ported in error go back to the losing carrier
- ``world.port_out`` ``{numbers, to}``, ``world.disconnect`` ``{numbers, reason}``: active numbers leave for the carrier
  ``to``, or are disconnected
- ``world.fail_numbers`` ``{numbers, reason}``: they fail when they are to become active
- ``world.delay_numbers`` ``{numbers, until}``: they are not on offer, and become active no earlier than that:
  an order that waits for them is backordered, a port stays ``activating``
- ``world.address_service`` ``{available: true | false}``
"""

from __future__ import annotations

from pstnkit.carriers.simulator.service import Simulator as Simulator

__all__ = ["Simulator"]
