"""Verdicts on the entries of a paste, and the policy that they follow (SPEC P2, DOMAIN 1)."""

from __future__ import annotations

from enum import StrEnum

from pstnkit.numbering.reasons import Reason


class Verdict(StrEnum):
    """Valid (green), a repetition of a valid one, or invalid (red). Members equal their plain strings.

    >>> Verdict.VALID == "valid", f"{Verdict.INVALID}"
    (True, 'invalid')
    """

    VALID = "valid"
    """May be used as it stands."""
    DUPLICATE = "duplicate"
    """Would be valid, had it not been listed before."""
    INVALID = "invalid"
    """May not be used; the reason says why."""


class Hint(StrEnum):
    """How to mend an entry. The sentences stand in :mod:`pstnkit.catalog`, some with figures."""

    WRITE_PLUS = "write_plus"
    ADD_AREA_CODE = "add_area_code"
    PLAN_DATE = "plan_date"
    OPENS = "opens"
    FORMAT_AS_TEXT = "format_as_text"
    WIDEN_COLUMN = "widen_column"
    FORMULA_ERROR = "formula_error"
    ONE_PER_LINE = "one_per_line"
    GROUPING = "grouping"
    MASK = "mask"
    LOOK_ALIKES = "look_alikes"
    RANGE_FOUR_DIGITS = "range_four_digits"
    RANGE_REVERSED = "range_reversed"
    RANGE_ONE_EXCHANGE = "range_one_exchange"
    FIRST_LISTED = "first_listed"
    PARTLY_LISTED = "partly_listed"
    FIRST_LISTED_ELSEWHERE = "first_listed_elsewhere"
    PARTLY_LISTED_ELSEWHERE = "partly_listed_elsewhere"
    RANGE_MEMBER = "range_member"
    LETTERS_BEYOND = "letters_beyond"
    COUNTRY = "country"
    CELL_TYPE = "cell_type"


class PastePolicy:
    """Which kinds of well-formed numbers a paste takes as valid. An immutable value.

    The default suits a port order: ordinary and toll-free numbers. Each other kind is valid only when asked
    for.

    :ivar toll_free: 8XX numbers (may be ported, to a toll-free carrier).
    :ivar premium: 900 numbers.
    :ivar personal: 5XX numbers.
    :ivar non_geographic: other area codes without a place (600, 700, 710).
    :ivar fictitious: 555-0100 to 555-0199, for examples and tests.
    :ivar directory_assistance: 555-1212.
    :ivar test_exchange: 958 and 959, plant test.
    :ivar special_exchange: 950, 976 and the other lines of 555.

    >>> PastePolicy(fictitious=True)
    PastePolicy(fictitious=True)
    >>> PastePolicy().allows(Reason.TOLL_FREE), PastePolicy(toll_free=False).allows(Reason.TOLL_FREE)
    (True, False)
    """

    __slots__ = ("_allowed",)

    def __init__(
        self,
        *,
        toll_free: bool = True,
        premium: bool = False,
        personal: bool = False,
        non_geographic: bool = False,
        fictitious: bool = False,
        directory_assistance: bool = False,
        test_exchange: bool = False,
        special_exchange: bool = False,
    ) -> None:
        chosen = {
            Reason.TOLL_FREE: toll_free,
            Reason.PREMIUM: premium,
            Reason.PERSONAL: personal,
            Reason.NON_GEOGRAPHIC: non_geographic,
            Reason.FICTITIOUS: fictitious,
            Reason.DIRECTORY_ASSISTANCE: directory_assistance,
            Reason.TEST_EXCHANGE: test_exchange,
            Reason.SPECIAL_EXCHANGE: special_exchange,
        }
        object.__setattr__(
            self, "_allowed", frozenset(reason for reason, allowed in chosen.items() if allowed)
        )

    _allowed: frozenset[Reason]

    @classmethod
    def everything(cls) -> PastePolicy:
        """The policy under which every kind of number is valid: for lists that say what there is, as an inventory does.

        >>> PastePolicy.everything().allows(Reason.FICTITIOUS)
        True
        """
        return cls(
            premium=True,
            personal=True,
            non_geographic=True,
            fictitious=True,
            directory_assistance=True,
            test_exchange=True,
            special_exchange=True,
        )

    def allows(self, finding: Reason) -> bool:
        """Whether a number of which ``finding`` is true may be used."""
        return finding in self._allowed

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"cannot set {name!r}: a PastePolicy is immutable")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"cannot delete {name!r}: a PastePolicy is immutable")

    def __eq__(self, other: object) -> bool:
        return self._allowed == other._allowed if isinstance(other, PastePolicy) else NotImplemented

    def __hash__(self) -> int:
        return hash((PastePolicy, self._allowed))

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuilt, (tuple(sorted(self._allowed)),)

    def __repr__(self) -> str:
        default = frozenset({Reason.TOLL_FREE})
        changed = sorted(self._allowed ^ default)
        return f"PastePolicy({', '.join(f'{reason}={reason in self._allowed}' for reason in changed)})"


def _rebuilt(allowed: tuple[Reason, ...]) -> PastePolicy:
    return PastePolicy(**{"toll_free": False, **dict.fromkeys(map(str, allowed), True)})
