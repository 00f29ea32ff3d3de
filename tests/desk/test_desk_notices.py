"""What people are told: once, by what has happened; and nothing is lost in a crash."""

from __future__ import annotations

import pytest

from bench import EMAIL, OLD, Bench, signed_bench
from pstnkit.accounts.agreements import AgreementStatus
from pstnkit.lifecycle.notices import Notice, NoticeTold, journal_of
from pstnkit.ordering.orders import OrderStatus
from pstnkit.porting.ports import PortStatus


class Switchboard:
    """Someone who is told, and who may be away."""

    def __init__(self) -> None:
        self.told: list[Notice] = []
        self.away = False

    def __call__(self, notice: Notice) -> None:
        if self.away:
            raise ConnectionError("nobody answers")
        self.told.append(notice)


def with_switchboard() -> tuple[Bench, Switchboard]:
    bench, switchboard = signed_bench(), Switchboard()
    bench.desk = bench.open_desk(notify=switchboard)
    return bench, switchboard


def test_each_notice_has_an_id_a_state_and_a_sentence_and_comes_once() -> None:
    bench, switchboard = with_switchboard()
    order = bench.order(3)
    bench.wait(minutes=10)
    [notice] = switchboard.told
    assert (notice.customer, notice.subject) == (bench.customer, order.id)
    assert notice.state is OrderStatus.COMPLETED
    assert notice.text == f"order {order.id} is complete; numbers that work: 3"
    assert bench.desk.tell_what_is_left() == ()
    bench.desk.recover()
    assert len(switchboard.told) == 1


def test_it_is_kept_beside_the_history_what_people_were_told() -> None:
    bench, switchboard = with_switchboard()
    order = bench.order(3)
    bench.wait(minutes=10)
    [entry] = bench.desk.history(journal_of(order.id))
    assert entry.event.body == NoticeTold(switchboard.told[0].id)
    assert all(not isinstance(entry.event.body, NoticeTold) for entry in bench.desk.history(order.id))


def test_a_notice_that_a_crash_has_swallowed_is_told_afterwards_under_the_same_id() -> None:
    bench, switchboard = with_switchboard()
    order = bench.order(3)
    bench.world.pass_time(minutes=10)
    switchboard.away = True
    with pytest.raises(ConnectionError):
        bench.hear()
    assert bench.number_order(order.id).status is OrderStatus.COMPLETED
    assert switchboard.told == []
    switchboard.away = False
    bench.desk = bench.open_desk(notify=switchboard)
    bench.desk.recover()
    assert [notice.state for notice in switchboard.told] == [OrderStatus.COMPLETED]
    bench.hear()
    bench.desk.recover()
    assert len(switchboard.told) == 1


def test_who_crashed_between_telling_and_noting_it_is_told_again_under_the_same_id() -> None:
    bench, switchboard = with_switchboard()
    order = bench.order(3)

    def crash() -> None:
        raise KeyboardInterrupt

    def then_the_store_fails(notice: Notice) -> None:
        switchboard(notice)
        bench.store.just_before = crash

    bench.desk = bench.open_desk(notify=then_the_store_fails)
    bench.world.pass_time(minutes=10)
    with pytest.raises(KeyboardInterrupt):
        bench.hear()
    bench.desk = bench.open_desk(notify=switchboard)
    [again] = bench.desk.tell_what_is_left()
    assert switchboard.told == [again, again]
    assert again.subject == order.id


def test_what_is_not_saved_is_told_to_nobody() -> None:
    bench, switchboard = with_switchboard()
    bench.order(3)
    bench.world.pass_time(minutes=10)
    bench.store.always_overtaken = True
    from pstnkit.stores.protocol import StaleRecord

    with pytest.raises(StaleRecord):
        bench.hear()
    assert switchboard.told == []


def test_a_port_tells_of_its_date_and_of_its_end() -> None:
    bench, switchboard = with_switchboard()
    port = bench.port(OLD)
    bench.sign()
    bench.wait(days=22)
    assert [(notice.subject, notice.state) for notice in switchboard.told] == [
        (port.id, PortStatus.FOC_CONFIRMED),
        (port.id, PortStatus.COMPLETED),
    ]


def test_that_something_was_not_signed_is_told_with_the_reason() -> None:
    bench = Bench()
    switchboard = Switchboard()
    bench.desk = bench.open_desk(notify=switchboard)
    bench.order(1)
    [contract] = bench.world.mailbox(EMAIL)
    bench.world.decline(contract, "wrong company name")
    bench.hear()
    [notice] = switchboard.told
    assert notice.state is AgreementStatus.DECLINED
    assert notice.text == "Dana Reed has declined to sign the contract: wrong company name"
