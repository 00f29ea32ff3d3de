"""The letter of authorization: what it says, and for how long a signed one counts (DOMAIN 4)."""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from enum import StrEnum

from attrs import field, frozen

from pstnkit.accounts.addresses import CivicAddress
from pstnkit.errors import CallerError
from pstnkit.lifecycle.events import aware
from pstnkit.lifecycle.zones import zone
from pstnkit.numbering.ranges import NumberRange
from pstnkit.numbering.telephone import TelephoneNumber
from pstnkit.secret import SecretRef


@frozen(kw_only=True)
class LetterOfAuthorization:
    """What a customer signs so that its numbers may leave one account at one losing carrier.

    ``account_number`` and ``pin`` say where those secrets are kept; ``btn`` is the billing telephone number. Who signed
    it and when stands in the :class:`~pstnkit.Agreement` that it travels in.

    >>> letter = LetterOfAuthorization(losing_carrier="Old Bell", business_name="Harbor Dental", numbers=(),
    ...                                account_number=SecretRef("secret-1"), authorized_signer="Dana Reed")
    >>> letter.missing
    ('service_address', 'btn')
    """

    losing_carrier: str
    account_number: SecretRef
    business_name: str
    authorized_signer: str
    numbers: tuple[NumberRange, ...]
    service_address: CivicAddress | None = None
    btn: TelephoneNumber | None = None
    pin: SecretRef | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """The fields that losing carriers ask for and that the letter does not have; a PIN only some do ask for."""
        return tuple(name for name in ("service_address", "btn") if getattr(self, name) is None)


class LetterDating(StrEnum):
    """Whether a signed letter counts, by its date.

    >>> LetterDating("too_old")
    <LetterDating.TOO_OLD: 'too_old'>
    """

    VALID = "valid"
    TOO_OLD = "too_old"
    IN_THE_FUTURE = "in_the_future"


def _days(_policy: object, _attribute: object, value: int | None) -> None:
    if value is not None and (type(value) is not int or value < 1):
        raise CallerError(f"days: {value!r} is no count of days for which a letter counts")


@frozen(kw_only=True)
class LetterPolicy:
    """For how many ``days`` after its date a letter counts; None: for ever. One of a day to come never does yet.

    Raises :class:`~pstnkit.errors.CallerError` for what is no count of days.

    >>> LetterPolicy(days=30).judge(date(2026, 10, 20), date(2026, 11, 20)).value
    'too_old'
    """

    days: int | None = field(default=None, validator=_days)

    def judge(self, dated: date, today: date) -> LetterDating:
        """Whether a letter of ``dated`` counts ``today``: up to and on the day that is so many days later."""
        if dated > today:
            return LetterDating.IN_THE_FUTURE
        if self.days is not None and (today - dated).days > self.days:
            return LetterDating.TOO_OLD
        return LetterDating.VALID


ANY_AGE = LetterPolicy()
"""The source's own rule: it sets no limit to the age of a letter."""


@frozen
class Today:
    """The day on a customer's calendar, and the policy by which letters are judged on it.

    >>> from datetime import UTC
    >>> Today.at(datetime(2026, 11, 20, 2, tzinfo=UTC), "America/Los_Angeles").day.isoformat()
    '2026-11-19'
    """

    day: date
    tz: tzinfo
    letters: LetterPolicy = ANY_AGE

    @classmethod
    def at(cls, now: datetime, tz: str | tzinfo, letters: LetterPolicy = ANY_AGE) -> Today:
        """The day that it is at the moment ``now`` in the zone ``tz``."""
        local = zone(tz)
        return cls(aware(now, "now").astimezone(local).date(), local, letters)
