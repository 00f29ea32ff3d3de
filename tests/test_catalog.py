"""The one catalog of sentences: keyed by what it explains, with named figures, and translatable."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import pytest

from pstnkit.accounts.address_findings import AddressFindingKind
from pstnkit.accounts.addresses import AddressFaultKind
from pstnkit.accounts.missing import MissingKind
from pstnkit.catalog import SENTENCES, key_of, sentence
from pstnkit.numbering.area_code import UnknownAreaCode
from pstnkit.numbering.paste import Hint
from pstnkit.numbering.reasons import Reason
from pstnkit.ordering.alerts import AlertKind, NextStep
from pstnkit.ordering.numbers import Usability
from pstnkit.ordering.orders import OrderStatus


def test_a_member_and_a_class_have_their_keys() -> None:
    assert key_of(OrderStatus.FAILED) == "OrderStatus.failed"
    assert key_of(UnknownAreaCode) == "UnknownAreaCode"


def test_a_sentence_has_its_figures_filled_in() -> None:
    assert sentence(OrderStatus.FAILED, order="order-1") == "order order-1 has failed"


def test_another_language_is_another_catalog() -> None:
    french = {"OrderStatus.failed": "la commande {order} a échoué"}
    assert sentence(OrderStatus.FAILED, french, order="no-1") == "la commande no-1 a échoué"


def test_a_word_follows_its_count() -> None:
    assert sentence(Reason.TOO_SHORT, digits=1) == "has 1 digit; a telephone number has 10"
    assert sentence(Reason.TOO_SHORT, digits=0) == "has 0 digits; a telephone number has 10"
    numbers: dict[str, Any] = {"count": 10, "number": "+14153210100", "row": 1_000, "entry": 4}
    assert sentence(Hint.PARTLY_LISTED, repeated=1, **numbers) == (
        "1 of its 10 numbers is listed before, +14153210100 in row 1000 (entry 4)"
    )
    assert sentence(Hint.PARTLY_LISTED, repeated=2, **numbers).startswith("2 of its 10 numbers are listed")
    mine = {"Reason.too_short": "{digits:03} {digits:chiffre|chiffres}, {digits:>4,}"}
    assert sentence(Reason.TOO_SHORT, mine, digits=1) == "001 chiffre,    1"


def test_a_sentence_that_is_missing_is_our_mistake() -> None:
    with pytest.raises(KeyError, match=r"OrderStatus\.draft"):
        sentence(OrderStatus.DRAFT)


def test_every_alert_and_what_to_do_about_it_has_a_sentence() -> None:
    assert {key_of(member) for kind in (AlertKind, NextStep) for member in kind} <= set(SENTENCES)


@pytest.mark.parametrize("kinds", [AddressFaultKind, AddressFindingKind, MissingKind, Usability])
def test_whatever_is_said_of_addresses_and_registrations_has_a_sentence(kinds: type[StrEnum]) -> None:
    assert {key_of(kind) for kind in kinds} <= set(SENTENCES)
