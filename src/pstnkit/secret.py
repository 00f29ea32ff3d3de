"""Values that must not be seen by accident: account numbers, PINs, tax ids, credentials.

A :class:`Secret` has the text. Records and events do not have it: they hold a :class:`SecretRef`, and the text is kept
by the store, apart from them. So a history can be read, sent and saved without anybody's PIN in it.
"""

from __future__ import annotations

from typing import Any, NoReturn, final

from attrs import field, frozen
from attrs.validators import instance_of

from pstnkit.errors import CallerError


class SecretNotHere(CallerError):
    """The text of a secret was asked for where it did not come along: it was left out when its record was saved."""

    def __init__(self) -> None:
        super().__init__(
            "the text of this secret is not here: it was left out when its record was saved or pickled"
        )

    def __reduce__(self) -> tuple[type[SecretNotHere], tuple[()]]:
        return type(self), ()


@final
class Secret:
    """A text that shows itself only to who asks for it by name.

    It is no attrs class, so that nothing that goes through fields (``attrs.asdict``) comes upon the text. Neither does
    a pickle have it: what is loaded from one is as :meth:`withheld`, which ``reveal`` refuses with
    :class:`SecretNotHere`. Raises ``TypeError`` for what is no text, without showing it.

    >>> account = Secret("004-881-22")
    >>> account, account.reveal()
    (Secret('***'), '004-881-22')
    """

    __slots__ = ("_text",)
    _text: str | None

    def __init__(self, text: str) -> None:
        if not isinstance(text, str):  # the value itself is not told: it may well be the secret
            raise TypeError(f"a Secret is made from a str, not {type(text).__name__}")
        object.__setattr__(self, "_text", text)

    @classmethod
    def withheld(cls) -> Secret:
        """A secret that is not here: that there is one is all that is known."""
        secret = cls("")
        object.__setattr__(secret, "_text", None)
        return secret

    def reveal(self) -> str:
        """The text itself; raises :class:`SecretNotHere` where it did not come along."""
        if self._text is None:
            raise SecretNotHere
        return self._text

    def __eq__(self, other: object) -> bool:
        return self._text == other._text if isinstance(other, Secret) else NotImplemented

    def __hash__(self) -> int:
        return hash((Secret, self._text))

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("a Secret cannot be changed")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError("a Secret cannot be changed")

    def __copy__(self) -> Secret:
        return self

    def __deepcopy__(self, _memo: dict[int, Any]) -> Secret:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return Secret.withheld, ()

    def __repr__(self) -> str:
        return "Secret('***')"


@final
@frozen
class SecretRef:
    """Where a secret is kept: its ``id`` in the store of the partner whose record refers to it."""

    id: str = field(validator=instance_of(str))
