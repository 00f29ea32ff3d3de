"""What is secret stays unseen: in a text, an error, a pickle, or a tool that goes through fields."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any

import attrs
import pytest

from probes import AlwaysEqual, NeverEqual
from pstnkit.ordering.lines import LosingAccount
from pstnkit.secret import Secret, SecretNotHere, SecretRef

TEXT = "004-881"
SECRET = Secret(TEXT)


@pytest.mark.parametrize("given", [None, 4881, b"004-881"])
def test_what_is_no_text_is_refused_without_being_shown(given: Any) -> None:
    with pytest.raises(TypeError) as caught:
        Secret(given)
    assert str(caught.value) == f"a Secret is made from a str, not {type(given).__name__}"


def test_a_secret_shows_itself_only_when_asked() -> None:
    assert TEXT not in f"{SECRET} {SECRET!r} {[SECRET]}"
    assert SECRET.reveal() == TEXT


def test_what_goes_through_fields_or_writes_json_does_not_come_upon_a_secret() -> None:
    account = LosingAccount(carrier="Old Bell", account_number=SECRET, business_name="Harbor Dental")
    assert TEXT not in repr(attrs.asdict(account))
    with pytest.raises(TypeError):
        json.dumps(SECRET)


def test_a_pickle_has_no_secret_and_what_is_loaded_from_it_says_so_when_asked() -> None:
    written = pickle.dumps(SECRET)
    assert TEXT.encode() not in written
    loaded = pickle.loads(written)
    assert loaded == Secret.withheld() != SECRET
    with pytest.raises(SecretNotHere, match="the text of this secret is not here") as missing:
        loaded.reveal()
    assert str(pickle.loads(pickle.dumps(missing.value))) == str(missing.value)


def test_copies_in_this_process_keep_the_text() -> None:
    assert copy.copy(SECRET).reveal() == copy.deepcopy([SECRET])[0].reveal() == TEXT


def test_secrets_are_equal_when_their_texts_are() -> None:
    assert Secret(TEXT) == SECRET
    assert hash(SECRET) == hash(Secret(TEXT))
    assert Secret("") != SECRET
    assert SECRET != TEXT
    assert AlwaysEqual() == SECRET
    assert NeverEqual() != SECRET


def test_a_secret_cannot_be_changed() -> None:
    with pytest.raises(AttributeError, match="a Secret cannot be changed"):
        SECRET._text = "other"
    with pytest.raises(AttributeError, match="a Secret cannot be changed"):
        del SECRET._text
    assert SECRET.reveal() == TEXT


def test_a_reference_has_an_id_and_nothing_else() -> None:
    assert repr(SecretRef("secret-7")) == "SecretRef(id='secret-7')"
    with pytest.raises(TypeError):
        SecretRef(SECRET)  # type: ignore[arg-type]
