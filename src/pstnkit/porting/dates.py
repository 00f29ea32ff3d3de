"""The three dates of a port. They are three types: what is wished for, what is promised, and what has happened."""

from __future__ import annotations

from datetime import date, datetime

from attrs import Attribute, field, frozen

from pstnkit.lifecycle.calendars import plain_date
from pstnkit.lifecycle.events import aware


def _aware(_instance: object, _attribute: object, value: datetime) -> None:
    aware(value, "a firm order commitment")


def _plain(_instance: object, attribute: Attribute[date], value: date) -> None:
    plain_date(attribute.name, value)


@frozen
class RequestedDate:
    """The day on which the customer would like the numbers to move. Raises ``TypeError`` for what is no date."""

    day: date = field(validator=_plain)


@frozen
class FirmDate:
    """The firm order commitment (FOC): the instant for which the losing carrier has promised the numbers."""

    at: datetime = field(validator=_aware)


@frozen
class ActualDate:
    """The day from which the numbers work, as the carrier, or a person who was told, says (SPEC P6).

    Raises ``TypeError`` for what is no date.
    """

    day: date = field(validator=_plain)
