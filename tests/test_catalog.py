"""The one catalog of sentences: keyed by what it explains, with named figures, and translatable."""

from __future__ import annotations

import pytest

from pstnkit.catalog import SENTENCES, key_of, sentence
from pstnkit.numbering.area_code import UnknownAreaCode
from pstnkit.ordering.confirmation import AlertKind
from pstnkit.ordering.orders import OrderStatus


def test_a_member_and_a_class_have_their_keys() -> None:
    assert key_of(OrderStatus.FAILED) == "OrderStatus.failed"
    assert key_of(UnknownAreaCode) == "UnknownAreaCode"


def test_a_sentence_has_its_figures_filled_in() -> None:
    assert sentence(OrderStatus.FAILED, order="order-1") == "order order-1 has failed"


def test_another_language_is_another_catalog() -> None:
    french = {"OrderStatus.failed": "la commande {order} a échoué"}
    assert sentence(OrderStatus.FAILED, french, order="no-1") == "la commande no-1 a échoué"


def test_a_sentence_that_is_missing_is_our_mistake() -> None:
    with pytest.raises(KeyError, match=r"OrderStatus\.draft"):
        sentence(OrderStatus.DRAFT)


def test_every_alert_has_a_sentence() -> None:
    assert {key_of(kind) for kind in AlertKind} <= set(SENTENCES)
