"""Values that must not be seen by accident: account numbers, PINs, tax ids, credentials."""

from __future__ import annotations

from typing import final

from attrs import Attribute, field, frozen


def _is_text(_secret: Secret, _field: Attribute[str], value: object) -> None:
    if not isinstance(value, str):  # the value itself is not told: it may well be the secret
        raise TypeError(f"a Secret is made from a str, not {type(value).__name__}")


@final
@frozen(repr=False)
class Secret:
    """A text that shows itself only to who asks for it by name.

    >>> account = Secret("004-881-22")
    >>> account, account.reveal()
    (Secret('***'), '004-881-22')
    """

    _text: str = field(validator=_is_text)

    def reveal(self) -> str:
        """The text itself."""
        return self._text

    def __repr__(self) -> str:
        return "Secret('***')"
