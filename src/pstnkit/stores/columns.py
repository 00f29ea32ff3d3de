"""Telephone numbers as columns of SQLAlchemy 2, with the extra ``sql``.

>>> from sqlalchemy import Column, MetaData, Table, create_engine, insert, select
>>> from pstnkit import Exchange, TelephoneNumber
>>> lines = Table("lines", MetaData(), Column("number", TelephoneNumberType(), primary_key=True))
>>> engine = create_engine("sqlite://")
>>> with engine.connect() as connection:
...     lines.create(connection)
...     _ = connection.execute(insert(lines), [{"number": TelephoneNumber("4155550132")}])
...     connection.scalars(select(lines.c.number).where(within(lines.c.number, Exchange("415555")))).all()
[TelephoneNumber('+14155550132')]
>>> engine.dispose()
"""

from __future__ import annotations

from typing import Any, Literal

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Dialect,
    SQLColumnExpression,
    String,
    event,
    false,
    or_,
)
from sqlalchemy.sql import operators
from sqlalchemy.types import TypeDecorator, TypeEngine

from pstnkit.errors import CallerError
from pstnkit.numbering.arguments import checked_area_code
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.reasons import quoted
from pstnkit.numbering.telephone import Exchange, NumberRange, TelephoneNumber

__all__ = ["TelephoneNumberType", "within"]

_E164_LENGTH = 12
_PATTERN_OPERATORS = frozenset(
    {operators.like_op, operators.ilike_op, operators.regexp_match_op}
    | {operators.startswith_op, operators.endswith_op, operators.contains_op}
    | {operators.not_like_op, operators.not_ilike_op, operators.not_regexp_match_op}
    | {operators.not_startswith_op, operators.not_endswith_op, operators.not_contains_op}
)


class TelephoneNumberType(TypeDecorator[TelephoneNumber]):
    """The type of a column of telephone numbers.

    ``stored_as="bigint"``, the default, keeps the ten digits as an integer of 64 bits: small, and in order
    whatever the collation, so that an area code, an exchange or a range is one stretch of an index
    (:func:`within`). ``stored_as="e164"`` keeps E.164 text of 12 characters, for tables that have it already
    or that others read; it has the same order, and ``LIKE`` works on it.

    What goes in is a :class:`TelephoneNumber` or None (NULL), and nothing else, also in comparisons and
    ``IN``: a text or an int raises :class:`TypeError`. What comes out is checked: a stored value that is no
    number raises :class:`InvalidNumber`.

    >>> TelephoneNumberType(), TelephoneNumberType(stored_as="e164")
    (TelephoneNumberType(), TelephoneNumberType(stored_as='e164'))

    """

    impl: TypeEngine[Any] | type[TypeEngine[Any]] = BigInteger
    cache_ok = True

    def __init__(self, stored_as: Literal["bigint", "e164"] = "bigint") -> None:
        super().__init__()
        if stored_as not in ("bigint", "e164"):
            raise CallerError(f"a column is stored as 'bigint' or 'e164', not {quoted(repr(stored_as))}")
        self.stored_as = stored_as
        if stored_as == "e164":
            self.impl = String(_E164_LENGTH)

    @property
    def python_type(self) -> type[TelephoneNumber]:
        """What the values of such a column are."""
        return TelephoneNumber

    def process_bind_param(
        self,
        value: TelephoneNumber | None,
        dialect: Dialect,  # noqa: ARG002 - SQLAlchemy passes it
    ) -> int | str | None:
        """What the database is given for a number."""
        if value is None:
            return None
        if not isinstance(value, TelephoneNumber):
            raise TypeError(
                f"a column of telephone numbers takes a TelephoneNumber, not {type(value).__name__} "
                f"({quoted(repr(value))})"
            )
        return int(value) if self.stored_as == "bigint" else str(value)

    def process_result_value(
        self,
        value: Any,
        dialect: Dialect,  # noqa: ARG002 - SQLAlchemy passes it
    ) -> TelephoneNumber | None:
        """The number that the database has kept."""
        return None if value is None else TelephoneNumber(value)

    def coerce_compared_value(
        self,
        op: Any,
        value: Any,  # noqa: ARG002 - SQLAlchemy passes it
    ) -> TypeEngine[Any]:
        """Patterns are text where the column is; all else that a number is compared with is a number."""
        if op not in _PATTERN_OPERATORS:
            return self
        if self.stored_as == "bigint":
            raise TypeError(
                "numbers that are stored as integers have no text to match: ask with within(), or store them "
                "as 'e164'"
            )
        return String()

    def __repr__(self) -> str:
        # What a migration is written with: the generic one would show the arguments of String.
        return f"TelephoneNumberType({'' if self.stored_as == 'bigint' else f'stored_as={self.stored_as!r}'})"


@event.listens_for(TelephoneNumberType, "before_parent_attach")
def _never_counted_up(_: TelephoneNumberType, column: Column[Any]) -> None:
    """A primary key of numbers is given by its owner: SQLAlchemy counts up every other key of integers."""
    if column.autoincrement == "auto":
        column.autoincrement = False


def within(
    column: SQLColumnExpression[TelephoneNumber | None],
    numbers: NumberRange | Exchange | NumberSet | str,
) -> ColumnElement[bool]:
    """The condition that the number in ``column`` lies in a range, an exchange, a set, or an area code (three
    digits): stretches of the index, however many numbers there are.

    A set is one stretch for each of its ranges; databases bound the length of a statement, so one of many
    hundred ranges belongs into a table of its own. Raises :class:`ValueError` for what is no area code and
    :class:`TypeError` for other types.

    >>> from sqlalchemy import column
    >>> print(within(column("number", TelephoneNumberType()), "415"))
    number BETWEEN :number_1 AND :number_2

    """
    if isinstance(numbers, NumberSet):
        return or_(false(), *(column.between(part.first, part.last) for part in numbers.ranges()))
    if isinstance(numbers, str):
        npa = checked_area_code(numbers)
        # Exchanges run from 200 to 999.
        return column.between(TelephoneNumber(f"{npa}2000000"), TelephoneNumber(f"{npa}9999999"))
    part = numbers.numbers if isinstance(numbers, Exchange) else numbers
    if not isinstance(part, NumberRange):
        raise TypeError(
            "within takes a NumberRange, an Exchange, a NumberSet or the three digits of an area code, "
            f"not {type(numbers).__name__}"
        )
    return column.between(part.first, part.last)
