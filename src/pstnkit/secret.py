"""Values that must not be seen by accident: account numbers, PINs, tax ids, credentials."""

from __future__ import annotations

from typing import final

from attrs import field, frozen
from attrs.validators import instance_of


@final
@frozen(repr=False)
class Secret:
    """A text that shows itself only to who asks for it by name.

    >>> account = Secret("004-881-22")
    >>> account, account.reveal()
    (Secret('***'), '004-881-22')
    """

    _text: str = field(validator=instance_of(str))

    def reveal(self) -> str:
        """The text itself."""
        return self._text

    def __repr__(self) -> str:
        return "Secret('***')"
