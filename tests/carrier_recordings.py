"""How orders of three numbers went at real carriers: what each showed, one look after the other, and where it led.

``a`` to ``c`` are the numbers. A look is a state, or a state with the states of the numbers; ``CANCEL`` is our wish to
cancel, and ``KEPT`` the carrier's refusal. The end is the order's status, how many numbers work and have failed, and
whether somebody has to look. ``backwards`` is the end when the looks arrive in the reverse order, where it differs.
"""

from __future__ import annotations

from attrs import frozen

CANCEL, KEPT = "cancel", "kept"
End = tuple[str, int, int, bool]
Look = str | tuple[str, str]


@frozen(kw_only=True)
class Recording:
    """One order: at which carrier, what it is called there, how it went, and where it led."""

    carrier: str
    name: str
    thing: str = "order"
    number_thing: str = "number"
    advanced: bool = False
    looks: tuple[Look, ...]
    end: End
    backwards: End | None = None


def _telnyx(name: str, *looks: Look, end: End, thing: str = "order", advanced: bool = False) -> Recording:
    return Recording(carrier="telnyx", name=name, looks=looks, end=end, thing=thing, advanced=advanced)


def _bandwidth(name: str, *looks: Look, end: End) -> Recording:
    return Recording(carrier="bandwidth", name=name, looks=looks, end=end)


def _chime(name: str, *looks: Look, end: End) -> Recording:
    return Recording(carrier="chime", name=name, looks=looks, end=end, number_thing="ordered_number")


def _twilio(name: str, *looks: Look, end: End, backwards: End | None = None) -> Recording:
    return Recording(carrier="twilio", name=name, looks=looks, end=end, thing="purchase", backwards=backwards)


def _azure(name: str, *looks: Look, end: End, backwards: End | None = None) -> Recording:
    return Recording(
        carrier="azure", name=name, looks=looks, end=end, thing="reservation", backwards=backwards
    )


ALL_WORK: End = ("completed", 3, 0, False)
TWO_WORK: End = ("partially_completed", 2, 1, False)
NONE_WORK: End = ("failed", 0, 3, False)
GONE: End = ("cancelled", 0, 3, False)

RECORDINGS = (
    _telnyx(
        "happy",
        ("pending", "a:pending b:pending c:pending"),
        ("pending", "a:success b:pending c:pending"),
        ("success", "a:success b:success c:success"),
        end=ALL_WORK,
    ),
    _telnyx(
        "partial",
        ("pending", "a:pending b:pending c:pending"),
        ("success", "a:success b:failure c:success"),
        end=TWO_WORK,
    ),
    _telnyx("failed", "pending", ("failure", "a:failure b:failure c:failure"), end=NONE_WORK),
    _telnyx("counted only", "pending", "success", end=ALL_WORK),
    _telnyx(
        "a group in part",
        "pending",
        ("partial_success", "a:success b:success c:failure"),
        thing="order_group",
        end=TWO_WORK,
    ),
    _telnyx(
        "a block",
        "pending",
        ("success", "a:success b:success c:success"),
        thing="block_order",
        end=ALL_WORK,
    ),
    _telnyx(
        "sourced",
        "pending",
        "processing",
        ("ordered", "a:pending b:pending c:pending"),
        ("ordered", "a:success b:success c:success"),
        thing="advanced_order",
        advanced=True,
        end=ALL_WORK,
    ),
    _telnyx(
        "sourced in part",
        "processing",
        ("ordered", "a:success b:success c:failure"),
        thing="advanced_order",
        advanced=True,
        end=TWO_WORK,
    ),
    _telnyx(
        "cancelled late",
        "pending",
        CANCEL,
        KEPT,
        ("success", "a:success b:success c:success"),
        end=ALL_WORK,
    ),
    _bandwidth("happy", "RECEIVED", "PROCESSING", "COMPLETE", end=ALL_WORK),
    _bandwidth("back-ordered", "RECEIVED", "PROCESSING", "BACKORDERED", "COMPLETE", end=ALL_WORK),
    _bandwidth("back-ordered for nothing", "RECEIVED", "BACKORDERED", "FAILED", end=NONE_WORK),
    _bandwidth("cancelled late", "RECEIVED", "BACKORDERED", CANCEL, "COMPLETE", end=ALL_WORK),
    _bandwidth("failed", "RECEIVED", "FAILED", end=NONE_WORK),
    _chime(
        "happy",
        ("Processing", "a:Processing b:Processing c:Processing"),
        ("Successful", "a:Acquired b:Acquired c:Acquired"),
        end=ALL_WORK,
    ),
    _chime(
        "partial",
        ("Processing", "a:Acquired b:Processing c:Processing"),
        ("Partial", "a:Acquired b:Acquired c:Failed"),
        end=TWO_WORK,
    ),
    _chime("failed", "Processing", ("Failed", "a:Failed b:Failed c:Failed"), end=NONE_WORK),
    _chime("cancelled", "Processing", CANCEL, "CancelRequested", "Cancelled", end=GONE),
    _chime(
        "cancelled late",
        "Processing",
        CANCEL,
        "CancelRequested",
        ("Successful", "a:Acquired b:Acquired c:Acquired"),
        end=ALL_WORK,
    ),
    _twilio("happy", ("in-use", "a:in-use b:in-use c:in-use"), end=ALL_WORK),
    _twilio(
        "one number was gone",
        ("in-use", "a:in-use b:in-use c:21422"),
        end=TWO_WORK,
    ),
    _twilio("all were gone", "21422", end=NONE_WORK),
    _twilio("nothing in that area code", "21452", end=NONE_WORK),
    _twilio(
        "bought after an answer was lost",
        "20404",
        ("in-use", "a:in-use b:in-use c:in-use"),
        end=ALL_WORK,
        # A look that says that there is nothing, of what was there before, is for a person.
        backwards=("completed", 3, 0, True),
    ),
    _azure(
        "happy",
        ("active", "a:reserved b:reserved c:reserved"),
        ("submitted", "a:reserved b:reserved c:reserved"),
        ("completed", "a:purchased b:purchased c:purchased"),
        end=ALL_WORK,
        backwards=("completed", 3, 0, True),
    ),
    _azure(
        "partial",
        ("submitted", "a:reserved b:reserved c:reserved"),
        ("completed", "a:purchased b:purchased c:error"),
        end=TWO_WORK,
    ),
    _azure("lapsed before it was bought", "active", "expired", end=("submitting", 0, 0, False)),
)
