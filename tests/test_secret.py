"""What is secret stays unseen, in an error, too."""

from __future__ import annotations

from typing import Any

import pytest

from pstnkit.secret import Secret


@pytest.mark.parametrize("given", [None, 4881, b"004-881"])
def test_what_is_no_text_is_refused_without_being_shown(given: Any) -> None:
    with pytest.raises(TypeError) as caught:
        Secret(given)
    assert str(caught.value) == f"a Secret is made from a str, not {type(given).__name__}"


def test_a_secret_shows_itself_only_when_asked() -> None:
    secret = Secret("004-881")
    assert "004-881" not in f"{secret} {secret!r}"
    assert secret.reveal() == "004-881"
