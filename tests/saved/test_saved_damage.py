"""What is damaged, cut short, unknown or untrue is refused, with the path to each fault."""

from __future__ import annotations

import copy
import json
import pickle
from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from lifecycle_cases import FIRST, NOW, SECOND, THREE, after, event, hear, number_order, port_order
from pstnkit.errors import PstnkitError
from pstnkit.inventory.query import SearchQuery
from pstnkit.lifecycle.progress import NumberProgress
from pstnkit.lifecycle.record import replay
from pstnkit.lifecycle.reports import Fulfilled, NumbersFailed, NumbersWorking
from pstnkit.numbering.damaged import CorruptData
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.ranges import NumberRange
from pstnkit.ordering.cart import Cart
from pstnkit.ordering.confirmation import Confirmation
from pstnkit.ordering.holding import CarrierHold
from pstnkit.ordering.lines import LosingAccount, NumbersLine, PortLine, SourcingLine
from pstnkit.ordering.number_events import NumbersExpected, NumberStatus
from pstnkit.ordering.numbers import NumberBook, NumberRecord
from pstnkit.ordering.orders import OrderStatus, Wanted
from pstnkit.ordering.registration_events import RegistrationStatus
from pstnkit.ordering.registrations import Registrations, Standing
from pstnkit.porting.ports import PortStatus
from pstnkit.porting.supplements import Change, Supplement
from pstnkit.saved import DamagedSave, NewerFormat, from_json, to_json
from pstnkit.secret import Secret, SecretRef
from saved_texts import changed, path, sealed, ways, with_value, without

ORDER = after(
    number_order(OrderStatus.PROCESSING), NumbersWorking((FIRST,)), NumbersFailed((SECOND,), "gone")
)
PORT = after(port_order(PortStatus.REJECTED), Supplement((Change("pin", SecretRef("secret-2")),)))
BOOK = replay(
    NumberBook(id="book-1", partner="partner-1", customer="customer-1"),
    [event("book-1", body) for body in (NumbersExpected((THREE,), "order-1"), NumbersWorking((FIRST,)))],
)
CART = Cart(
    id="cart-1",
    partner="partner-1",
    customer="customer-1",
    lines=(
        NumbersLine(
            id="line-1",
            numbers=(FIRST,),
            holds=(CarrierHold(reference="hold-1", numbers=(FIRST,), since=NOW, seen=NOW, until=NOW),),
        ),
        SourcingLine(id="line-2", wanted=Wanted(npa="415"), quantity=3),
        PortLine(
            id="line-3",
            numbers=(SECOND,),
            account=LosingAccount(carrier="Old Bell", account_number=Secret("004-881"), business_name="Bay"),
        ),
    ),
)
CONFIRMATION = Confirmation(
    id="confirmation-1",
    partner="partner-1",
    customer="customer-1",
    cart="cart-1",
    cart_edition=3,
    placed=NOW,
    lapses=NOW + timedelta(minutes=30),
    alerts=(),
    orders=(number_order(),),
    ports=(),
)
ENTRY = hear(number_order(OrderStatus.PROCESSING), Fulfilled((THREE,))).entry
VALUES = (ORDER, PORT, BOOK, CART, CONFIRMATION, ENTRY, event("order-1", Fulfilled()), NumberSet([THREE]))
TEXTS = [to_json(value, secrets="include") for value in VALUES]


def faults(text: str | bytes) -> tuple[tuple[str, str], ...]:
    """What is found to be wrong with a text."""
    with pytest.raises(DamagedSave) as damaged:
        from_json(text)
    return damaged.value.faults


def places(text: str) -> list[str]:
    """Where something is found to be wrong with a text."""
    return [place for place, _ in faults(text)]


# --- damage ---------------------------------------------------------------------------------------------------------


@given(st.sampled_from(TEXTS), st.data())
def test_a_flipped_bit_is_found_or_means_the_same(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text) - 1))
    flipped = chr(ord(text[place]) ^ data.draw(st.sampled_from([1 << bit for bit in range(7)])))
    damaged = text[:place] + flipped + text[place + 1 :]
    try:
        loaded = from_json(damaged)
    except CorruptData:
        return
    assert loaded == from_json(text)


def test_every_flipped_bit_of_a_text_is_found_or_means_the_same() -> None:
    value = SecretRef("s\u00e9")
    text = to_json(value)
    meant_the_same = set()
    for place, letter in enumerate(text):
        for bit in range(7):
            damaged = text[:place] + chr(ord(letter) ^ 1 << bit) + text[place + 1 :]
            try:
                assert from_json(damaged) == value
            except CorruptData:
                continue
            meant_the_same.add(damaged)
    assert meant_the_same == {text.replace(r"\u00e9", r"\u00E9")}


def test_every_text_that_is_cut_short_is_found() -> None:
    text = to_json(ORDER)
    for end in range(len(text)):
        assert places(text[:end]) == ["$"]
    [(_, what)] = faults(text[:100])
    assert what.startswith("it is cut short, or no JSON: ")
    assert "(line 1, column " in what


def test_a_change_that_makes_sense_by_itself_is_found_by_the_checksum() -> None:
    assert faults(to_json(ORDER).replace('"quantity":3', '"quantity":4')) == (
        ("$.checksum", "does not agree with the content, which has been changed since"),
    )


def test_a_text_may_be_laid_out_anew() -> None:
    text = to_json(ORDER)
    pretty = json.dumps(dict(reversed(json.loads(text).items())), indent=4)
    assert from_json(pretty) == from_json(f"\n {text}\t".encode()) == ORDER


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "it is cut short, or no JSON: Expecting value (line 1, column 1)"),
        ("[" * 100_000, "it is nested too deeply"),
        ('{"value": NaN}', "it is no JSON: ValueError"),
        ('{"value": ' + "1" * 5_000 + "}", "it is no JSON: ValueError"),
        (b'{"value": "\xff"}', "it is no JSON: UnicodeDecodeError"),
        ("[]", "expected an object that pstnkit has saved, not an array"),
    ],
)
def test_what_is_no_json_object_is_refused_without_its_text(text: str | bytes, what: str) -> None:
    assert faults(text) == (("$", what),)


def test_what_is_no_text_is_a_type_error() -> None:
    with pytest.raises(TypeError, match="a saved text is a str or bytes, not dict"):
        from_json({})  # type: ignore[arg-type]


def test_a_member_that_stands_twice_is_found_wherever_it_is() -> None:
    text = to_json(CART).replace('"id":"line-2"', '"id":"line-2","id":"line-4"')
    assert faults(text) == (("$.value.lines[1].id", "stands twice in one object"),)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"format": "pstn"}, ("$.format", "this was not saved by pstnkit: 'pstn' is not 'pstnkit'")),
        ({"version": 0}, ("$.version", "0 is no version")),
        ({"version": True}, ("$.version", "true is no version")),
        ({"kind": "odrer"}, ("$.kind", "'odrer' is no kind of value that this release knows")),
        ({"kind": 7}, ("$.kind", "7 is no kind of value that this release knows")),
        ({"odd": 1}, ("$.odd", "is no field of a saved text")),
    ],
)
def test_a_strange_envelope_is_refused(change: dict[str, Any], fault: tuple[str, str]) -> None:
    assert faults(sealed(json.loads(to_json(ORDER)) | change)) == (fault,)


@pytest.mark.parametrize("name", ["checksum", "kind", "value"])
def test_an_envelope_with_a_part_missing_is_refused(name: str) -> None:
    content = json.loads(to_json(ORDER))
    del content[name]
    assert faults(json.dumps(content)) == ((f"$.{name}", "is missing"),)


def test_a_form_that_is_newer_is_an_error_of_its_own_whatever_else_it_says() -> None:
    with pytest.raises(NewerFormat) as newer:
        from_json('{"format": "pstnkit", "version": 2, "anything": []}')
    assert (newer.value.version, newer.value.known) == (2, 1)
    assert str(pickle.loads(pickle.dumps(newer.value))) == (
        "this was saved in version 2 of the form, by a later release of pstnkit; "
        "this release reads up to version 1"
    )


def test_the_error_lists_the_first_faults_and_keeps_all() -> None:
    error = DamagedSave((f"$.value[{place}]", "is wrong") for place in range(7))
    for same in (error, copy.copy(error), pickle.loads(pickle.dumps(error))):
        assert str(same).startswith("the saved text is damaged: $.value[0]: is wrong; $.value[1]: is wrong; ")
        assert str(same).endswith("$.value[4]: is wrong; and 2 more")
        assert (same.path, len(same.faults)) == ("$.value[0]", 7)
    assert isinstance(error, PstnkitError | ValueError)


# --- every path -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", TEXTS)
def test_a_value_of_the_wrong_type_is_found_at_its_path(text: str) -> None:
    plain = json.loads(text)["value"]
    for way, _ in ways(plain):
        found = faults(with_value(text, changed(plain, way, 0.5)))
        assert [place for place, _ in found] == [path(way)]


@pytest.mark.parametrize("text", TEXTS)
def test_an_unknown_field_is_found_at_its_path(text: str) -> None:
    plain = json.loads(text)["value"]
    for way, held in ways(plain):
        if isinstance(held, dict):
            strange = changed(plain, way, held | {"odd": "004-881"})
            assert places(with_value(text, strange)) == [f"{path(way)}.odd"]


@pytest.mark.parametrize("text", TEXTS)
def test_a_field_that_is_missing_is_found_at_its_path_or_has_its_default(text: str) -> None:
    plain = json.loads(text)["value"]
    missing = 0
    for way, held in ways(plain):
        for name in held if isinstance(held, dict) else ():
            text_without = with_value(text, without(plain, (*way, name)))
            try:
                from_json(text_without)
            except DamagedSave as damaged:
                # What has a default may contradict the rest without it: counts that are not there do not add up.
                missing += damaged.faults[0] == (path((*way, name)), "is missing")
    assert missing or "numbers" not in text


def test_all_faults_are_told_at_once() -> None:
    plain = json.loads(to_json(ORDER))["value"]
    plain |= {"quantity": "three", "status": "lost", "odd": 1}
    plain["numbers"]["by_number"][0]["numbers"][0] = "+14155550"
    assert sorted(faults(with_value(to_json(ORDER), plain))) == [
        ("$.value.numbers.by_number[0].numbers[0]", "expected a telephone number, not '+14155550'"),
        ("$.value.odd", "is no field of a number order"),
        ("$.value.quantity", "expected a whole number, not 'three'"),
        ("$.value.status", "'lost' is no order status that this release knows"),
    ]


# --- what cannot be true --------------------------------------------------------------------------------------------


def untrue(value: Any, *steps: Any, new: Any) -> tuple[tuple[str, str], ...]:
    """What is wrong with a saved value in which ``new`` stands where ``steps`` lead."""
    text = to_json(value)
    return faults(with_value(text, changed(json.loads(text)["value"], steps, new)))


def test_a_range_lies_within_one_exchange_and_runs_upward() -> None:
    report = Fulfilled((THREE,))
    assert untrue(report, "numbers", 0, "last", new="+14155560100") == (
        (
            "$.value.numbers[0]",
            "+14155550100..+14155560100 is no range: a range lies within one exchange",
        ),
    )
    assert untrue(report, "numbers", 0, "first", new="+14155550155")[0][0] == "$.value.numbers[0]"
    assert untrue(report, "numbers", 0, "first", new="+11155550155")[0][0] == "$.value.numbers[0].first"


def test_counts_add_up_with_the_numbers() -> None:
    assert untrue(ORDER, "numbers", "failed", new=2) == (
        ("$.value.numbers.failed", "2 numbers are counted, and 1 are failed"),
    )
    assert untrue(BOOK, "counts", "unassigned", new=2) == (
        ("$.value.counts.unassigned", "2 numbers are counted, and 1 are unassigned"),
    )
    assert untrue(BOOK, "counts", new={})[0] == ("$.value.counts.pending", "is missing")


def test_registrations_add_up_with_the_numbers() -> None:
    number = THREE.first
    registered = {number: Standing(RegistrationStatus.REGISTERED, NOW)}
    value = Registrations().putting(registered).putting({number + 1: registered[number]}, pending=True)
    group = ("groups", "")
    assert untrue(value, "counts", "registered", new=2) == (
        ("$.value.counts.registered", "2 numbers are counted, and 1 are registered"),
    )
    assert untrue(value, *group, "failed", new=1) == (
        ('$.value.groups[""].failed', "1 numbers are counted, and 0 are failed"),
    )
    assert untrue(value, *group, "unasked", 0, "numbers", 0, new=str(number)) == (
        (
            '$.value.groups[""].unasked',
            "+14155550100 is none of the group's numbers, or does not wait",
        ),
    )
    assert untrue(value, "due_at", new={}) == (
        ("$.value.due_at", "these are not the locations with numbers that nobody has asked for"),
    )


def test_a_number_stands_once_in_a_map_and_in_a_set() -> None:
    twice = ["+14155550100", {"first": "+14155550100", "last": "+14155550102"}]
    assert untrue(NumberSet([THREE]), new=twice) == (
        ("$.value[1]", "+14155550100 stands here a second time"),
    )
    saved = untrue(ORDER, "numbers", "by_number", 1, "numbers", 0, new="+14155550100")
    assert saved == (("$.value.numbers.by_number[1].numbers[0]", "+14155550100 stands here a second time"),)


def test_what_failed_and_nothing_else_has_a_reason() -> None:
    reasons = json.loads(to_json(ORDER))["value"]["numbers"]["failures"]
    assert untrue(ORDER, "numbers", "failures", new=[]) == (
        ("$.value.numbers.failures", "a number has failed, and there is no reason why"),
    )
    strange = changed(reasons, (0, "numbers", 0), "+14155550100")
    assert untrue(ORDER, "numbers", "failures", new=strange) == (
        ("$.value.numbers.failures", "+14155550100 has not failed, and there is a reason why it has"),
    )


@pytest.mark.parametrize("name", ["revision", "quantity"])
def test_no_count_is_less_than_zero(name: str) -> None:
    assert (f"$.value.{name}", "-1 is less than 0") in untrue(ORDER, name, new=-1)


def test_an_order_has_no_more_numbers_than_are_wanted() -> None:
    assert untrue(ORDER, "quantity", new=2) == (
        ("$.value.quantity", "2 numbers are wanted, and there are 3 of them"),
    )


def test_an_id_is_taken_in_once() -> None:
    assert untrue(ORDER, "seen", new=["event-1", "event-1"]) == (
        ("$.value.seen[1]", "'event-1' stands here a second time"),
    )


def test_the_lines_of_a_cart_are_its_own() -> None:
    assert untrue(CART, "lines", 1, "id", new="line-1") == (
        ("$.value.lines[1].id", "another line has the same id"),
    )
    assert untrue(CART, "lines", 1, "quantity", new=0) == (
        ("$.value.lines[1]", "a line of a cart needs at least one number"),
    )
    same = [{"first": "+14155550100", "last": "+14155550102"}]
    assert untrue(CART, "lines", 2, "numbers", new=same) == (
        ("$.value.lines[2].numbers", "+14155550100 stands in another line, too"),
    )


def test_the_orders_of_a_confirmation_are_of_its_customer() -> None:
    assert untrue(CONFIRMATION, "orders", 0, "partner", new="partner-2") == (
        ("$.value.orders[0].partner", "the confirmation is of another partner"),
    )


def test_what_its_class_refuses_is_refused_where_it_stands() -> None:
    query = SearchQuery(npa="415", quantity=5)
    assert untrue(query, "npa", new="515515")[0][0] == "$.value"
    assert untrue(query, new=["415"]) == (("$.value", "expected a search, not an array"),)
    assert untrue(query, "odd", new=1) == (("$.value.odd", "is no field of a search"),)
    assert untrue(CART, "lines", 1, "wanted", new={"npa": None, "state": None})[0][0] == (
        "$.value.lines[1].wanted"
    )


def test_a_value_of_another_kind_is_not_what_an_event_says() -> None:
    entry = ENTRY
    assert untrue(entry, "event", "body", "type", new="number_order") == (
        ("$.value.event.body.type", "'number_order' is nothing that can stand here"),
    )
    body = json.loads(to_json(entry))["value"]["event"]["body"]
    del body["type"]
    assert untrue(entry, "event", "body", new=body) == (("$.value.event.body.type", "is missing"),)


def test_a_state_is_told_with_its_machine() -> None:
    assert json.loads(to_json(ENTRY))["value"]["path"] == ["order_status.completed"]
    assert untrue(ENTRY, "path", 0, new="completed") == (
        ("$.value.path[0]", "'completed' is no state of a machine that this release knows"),
    )


def test_what_is_quoted_is_shortened() -> None:
    [(_, what)] = untrue(ORDER, "status", new="x" * 10_000)
    assert len(what) < 200
    [(_, what)] = untrue(ORDER, "status", new=10**100)
    assert len(what) < 200
    [(_, what)] = untrue(ORDER, "status", new=["x" * 10_000])
    assert what == "an array is no order status that this release knows"
    [(place, _)] = untrue(ORDER, "an odd field " * 1_000, new=1)
    assert len(place) < 100


def test_records_that_cannot_be_are_not_saved_by_mistake() -> None:
    told: dict[str, Any] = {"reason": b"gone"}
    wrong = evolve(ORDER, **told)
    with pytest.raises(
        TypeError, match="text or null is to be saved where there is a value of the type bytes"
    ):
        to_json(wrong)
    assert to_json(NumberProgress())
    assert to_json(NumberRecord(NumberStatus.PENDING, "order-1", NOW))
    assert to_json(NumberRange("4155550100", "4155550100"))
