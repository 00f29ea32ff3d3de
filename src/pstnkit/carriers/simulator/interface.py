"""The shape of every request that the simulator answers: the carrier's operations, then the world's."""

from __future__ import annotations

from types import MappingProxyType

from pstnkit.carriers.simulator.messages import (
    Reader,
    Shape,
    Variants,
    day,
    digits,
    flag,
    moment,
    nested,
    npa,
    numbers,
    nxx,
    one_of,
    ranges,
    state,
    text,
    texts,
    timezone,
    whole,
)

_FILTERS: dict[str, Reader] = {
    "contains?": digits(r"\d{1,10}", "1 to 10 digits"),
    "npa?": npa,
    "nxx?": nxx,
    "state?": state,
}

_ADDRESS = nested(
    {
        "house_number": text,
        "street": text,
        "city": text,
        "state": text,
        "postal_code": text,
        "country": one_of("US", "CA"),
        "unit?": text,
        "building?": text,
        "floor?": text,
        "room?": text,
        "additional?": text,
    }
)

_PORT_DETAILS: dict[str, Reader] = {
    "pin?": text,
    "btn?": text,
    "business_name?": text,
    "service_address?": text,
    "postal_code?": text,
    "authorized_signer?": text,
    "new_btn?": text,
    "port_type?": text,
    "tax_id?": text,
    "documents?": texts,
}


def _supplement(kind: int, changes: dict[str, Reader]) -> dict[str, Reader]:
    return {"port": text, "kind": one_of(kind), "changes": nested(changes), "client_reference?": text}


SHAPES: MappingProxyType[str, Shape] = MappingProxyType(
    {
        "capabilities": {},
        "search": {"filters": nested(_FILTERS), "page?": text, "quantity?": whole},
        "reserve": {"numbers": numbers, "client_reference": text},
        "extend": {"reservation": text, "client_reference?": text},
        "unreserve": {"reservation": text, "client_reference?": text},
        "order": Variants(
            "kind",
            {
                "standard": {
                    "kind": text,
                    "client_reference": text,
                    "numbers": numbers,
                    "reservation?": text,
                    "reservations?": texts,
                },
                "advanced": {
                    "kind": text,
                    "client_reference": text,
                    "quantity": whole,
                    "npa?": npa,
                    "state?": state,
                    "timezone?": timezone,
                },
            },
        ),
        "read_order": {"order?": text, "client_reference?": text},
        "cancel_order": {"order": text, "client_reference?": text},
        "owned_numbers": {"page?": text},
        "release": {"numbers": numbers, "client_reference": text},
        "check_address": {"address": _ADDRESS},
        "register_emergency": {
            "numbers": numbers,
            "address?": _ADDRESS,
            "override?": flag,
            "client_reference": text,
        },
        "send_agreement": {
            "kind": one_of("terms_of_service", "contract", "letter_of_authorization"),
            "customer": text,
            "email": text,
            "signer": text,
            "subject": text,
            "client_reference": text,
        },
        "upload_document": {
            "name": text,
            "content_base64?": text,
            "reference?": text,
            "client_reference?": text,
        },
        "check_portability": {"numbers": numbers},
        "submit_port": {
            "client_reference": text,
            "numbers": numbers,
            "losing_carrier": text,
            "account_number": text,
            "loa?": nested({"signer": text, "signed_at": moment, "envelope": text}),
            "requested_date?": day,
            "timezone?": timezone,
            **_PORT_DETAILS,
        },
        "read_port": {"port?": text, "client_reference?": text},
        "supplement": Variants(
            "kind",
            {
                1: _supplement(1, {}),
                2: _supplement(2, {"requested_date": day}),
                3: _supplement(3, {"account_number?": text, "requested_date?": day, **_PORT_DETAILS}),
            },
        ),
        "cancel_port": {"port": text, "client_reference?": text},
        "poll": {"after?": text},
        "world.stock": {"ranges": ranges},
        "world.backroom": {"ranges": ranges},
        "world.foreign": {"ranges": ranges, "carrier": text, "not_portable?": text},
        "world.clock": {},
        "world.advance": {"to": moment},
        "world.mailbox": {"email": text},
        "world.sign": {"envelope": text},
        "world.decline": {"envelope": text, "reason?": text},
        "world.reject_next_port": {"code": text, "message": text},
        "world.move_foc": {"port": text, "to": moment},
        "world.jeopardize": {"port": text, "code": text, "message": text},
        "world.snap_back": {"port": text, "numbers": numbers, "reason": text},
        "world.port_out": {"numbers": numbers, "to": text},
        "world.disconnect": {"numbers": numbers, "reason": text},
        "world.fail_numbers": {"numbers": numbers, "reason": text},
        "world.delay_numbers": {"numbers": numbers, "until": moment},
        "world.address_service": {"available": flag},
    }
)
"""Operation -> the fields of its request."""
