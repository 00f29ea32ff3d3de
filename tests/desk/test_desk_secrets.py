"""What a user hands in as a secret is told to the carrier, and stands in no record, no event and no cart."""

from __future__ import annotations

import pytest

from bench import ACCOUNT, OLD, Bench, signed_bench
from pstnkit.lifecycle.history import Entry
from pstnkit.numbering.ranges import NumberRange
from pstnkit.ordering.cart import Cart
from pstnkit.ordering.lines import LosingAccount, PortLine
from pstnkit.porting.ports import PortOrder, PortStatus
from pstnkit.porting.supplements import Change, Supplement
from pstnkit.secret import Secret, SecretNotHere, SecretRef
from pstnkit.stores.protocol import UnknownRecord

ACCOUNT_NUMBER = "004-881-22"


def _reference(cart: Cart) -> SecretRef:
    line = cart.lines[-1]
    assert isinstance(line, PortLine)
    assert isinstance(line.account.account_number, SecretRef)
    return line.account.account_number


def _with_port(bench: Bench, account: LosingAccount = ACCOUNT) -> Cart:
    return bench.desk.add_port(bench.desk.open_cart(bench.customer), [OLD], account)


def _rejected(bench: Bench) -> PortOrder:
    bench.world.reject_next_port("ACCT", "account number does not match")
    port = bench.port()
    bench.sign()
    bench.wait(days=1)
    return bench.port_order(port.id)


def _supplements(history: tuple[Entry, ...]) -> list[Supplement]:
    return [entry.event.body for entry in history if isinstance(entry.event.body, Supplement)]


def test_an_account_number_is_told_to_the_carrier_and_stands_in_no_record() -> None:
    bench = signed_bench()
    cart = _with_port(bench)
    assert bench.store.secret("north", _reference(cart)).reveal() == ACCOUNT_NUMBER
    port = bench.port()
    bench.sign()
    [submitted] = bench.asked("submit_port")
    assert submitted["account_number"] == ACCOUNT_NUMBER
    assert isinstance(bench.port_order(port.id).account_number, SecretRef)


@pytest.mark.parametrize("value", ["1234-5", Secret("1234-5")])
def test_a_secret_correction_is_told_to_the_carrier_and_stands_in_no_event(value: str | Secret) -> None:
    bench = signed_bench()
    port = _rejected(bench)
    corrected = bench.desk.correct_port(port, pin=value)
    assert corrected.status is PortStatus.SUBMITTED
    [sent] = bench.asked("supplement")
    assert sent["changes"] == {"pin": "1234-5"}
    [supplement] = _supplements(bench.desk.history(port))
    assert isinstance(supplement.changes[0].value, SecretRef)


def test_a_corrected_account_number_is_the_one_that_the_port_goes_on_with() -> None:
    bench = signed_bench()
    port = _rejected(bench)
    corrected = bench.desk.correct_port(port, account_number=Secret("004-881-23"))
    assert isinstance(corrected, PortOrder)
    assert bench.store.secret("north", corrected.account_number).reveal() == "004-881-23"


def test_a_correction_that_everybody_may_read_is_text_in_the_history() -> None:
    bench = signed_bench()
    port = _rejected(bench)
    corrected = bench.desk.correct_port(port, business_name="Pier Dental")
    assert isinstance(corrected, PortOrder)
    assert corrected.business_name == "Pier Dental"
    assert _supplements(bench.desk.history(port)) == [Supplement((Change("business_name", "Pier Dental"),))]
    with pytest.raises(TypeError, match="business_name is no secret, and is given as text, not as a Secret"):
        bench.desk.correct_port(port, business_name=Secret("Pier Dental"))


def test_an_account_number_is_forgotten_with_its_line_and_another_line_keeps_its_own() -> None:
    bench = signed_bench()
    cart = bench.desk.open_cart(bench.customer)
    first, second = (NumberRange(number, number) for number in (OLD.first, OLD.last))
    cart = bench.desk.add_port(cart, [first], ACCOUNT)
    known = cart.lines[0]
    assert isinstance(known, PortLine)
    cart = bench.desk.add_port(cart, [second], known.account)
    mine = _reference(cart)
    assert mine != known.account.account_number
    bench.desk.remove_line(cart, known.id)
    with pytest.raises(UnknownRecord):
        bench.desk.add_port(cart, [first], known.account)
    assert bench.store.secret("north", mine).reveal() == ACCOUNT_NUMBER


def test_a_secret_that_did_not_come_along_is_refused_where_it_is_handed_in() -> None:
    bench = signed_bench()
    withheld = LosingAccount(carrier="Old Bell", account_number=Secret.withheld(), business_name="Quay")
    with pytest.raises(SecretNotHere):
        _with_port(bench, withheld)
