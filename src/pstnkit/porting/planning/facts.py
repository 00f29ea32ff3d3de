"""What is known of a number that is to be ported, and when two numbers can travel in one order by it (DOMAIN 4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import lru_cache
from typing import Any

from attrs import Attribute, evolve, field, fields, frozen
from attrs.validators import instance_of, optional

from pstnkit.accounts.addresses import CivicAddress, cleaned
from pstnkit.errors import CallerError
from pstnkit.inventory.supply import RateCenter
from pstnkit.numbering.telephone import TelephoneNumber
from pstnkit.secret import Secret, SecretRef


class PortType(StrEnum):
    """How the winning carrier carries a port out, as its portability check tells.

    >>> PortType("off_net")
    <PortType.OFF_NET: 'off_net'>
    """

    AUTOMATED = "automated"
    """By systems alone, on its own network."""
    OFF_NET = "off_net"
    """Where its own network does not reach, by an underlying carrier."""
    MANUAL = "manual"
    """By people, on an agreed day."""


class PortField(StrEnum):
    """What may have to be the same in one order. The order of the members is that in which a list is cut.

    >>> PortField("btn")
    <PortField.BTN: 'btn'>
    """

    LOSING_CARRIER = "losing_carrier"
    ACCOUNT_NUMBER = "account_number"
    BTN = "btn"
    BUSINESS_NAME = "business_name"
    SERVICE_ADDRESS = "service_address"
    SIGNER = "signer"
    PORT_TYPE = "port_type"
    RATE_CENTER = "rate_center"


def _secret(_facts: object, attribute: Attribute[Any], value: Any) -> None:
    if value is not None and not isinstance(value, Secret | SecretRef):
        # Without the value: this message is read by everybody.
        raise TypeError(
            f"{attribute.name} is a Secret or a SecretRef, not a {type(value).__name__}: wrap it, Secret(...)"
        )


def _count(_facts: object, attribute: Attribute[Any], value: Any) -> None:
    if value is not None and (type(value) is not int or value < 1):
        raise CallerError(f"{attribute.name}: {value!r} is no count of lines")


def _type(value: Any) -> Any:
    try:
        return None if value is None else PortType(value)
    except ValueError:
        known = ", ".join(kind.value for kind in PortType)
        raise CallerError(f"port_type: {value!r:.80} is no type of port; there are {known}") from None


def _rate_center(_facts: object, _attribute: object, value: Any) -> None:
    if value is not None and not isinstance(value, RateCenter):
        raise TypeError(
            f"rate_center is a RateCenter (its name is unique only within a state), not {value!r:.80}"
        )


_number = optional(instance_of(TelephoneNumber))


@frozen(kw_only=True)
class PortFacts:
    """What is known of a number, or of many that have it in common. None is "not known".

    The first part is what can decide in which order a number travels: the losing carrier (of a toll-free number its
    RespOrg), the account there, by its number and its BTN, the business name and service address on file, who may sign,
    the type of the port, and the rate center. ``pin`` and ``new_btn`` go along; the rest says what more is on the
    account: how many ``lines`` it has, and whether the service is a reseller's, on unbundled elements, or with complex
    switch features (47 CFR 52.35).

    Raises ``TypeError`` for an account number or a PIN that is no secret, and for a BTN or a rate center that is none;
    :class:`~pstnkit.errors.CallerError` for an unknown type of port and a count that is none.

    >>> facts = PortFacts(losing_carrier="Old Bell", account_number=Secret("004-881"))
    >>> facts.refined(PortFacts(signer=" Ada  Park ")).signer, facts.signer
    ('Ada Park', None)
    """

    losing_carrier: str | None = field(default=None, converter=cleaned)
    account_number: Secret | SecretRef | None = field(default=None, validator=_secret)
    btn: TelephoneNumber | None = field(default=None, validator=_number)
    business_name: str | None = field(default=None, converter=cleaned)
    service_address: CivicAddress | None = field(default=None, validator=optional(instance_of(CivicAddress)))
    signer: str | None = field(default=None, converter=cleaned)
    port_type: PortType | None = field(default=None, converter=_type)
    rate_center: RateCenter | None = field(default=None, validator=_rate_center)
    pin: Secret | SecretRef | None = field(default=None, validator=_secret)
    new_btn: TelephoneNumber | None = field(default=None, validator=_number)
    lines: int | None = field(default=None, validator=_count)
    reseller: bool | None = None
    unbundled: bool | None = None
    complex_features: bool | None = None

    def refined(self, finer: PortFacts) -> PortFacts:
        """What is known where ``finer`` says more, or better, than this."""
        said = {name: value for name in FIELDS if (value := getattr(finer, name)) is not None}
        return evolve(self, **said) if said else self

    def only(self, names: Iterable[str]) -> PortFacts:
        """What these facts say of some fields, and nothing else.

        >>> PortFacts(losing_carrier="Old Bell", signer="Ada Park").only(["signer"])
        PortFacts(losing_carrier=None, ..., signer='Ada Park', ...)
        """
        return PortFacts(**{name: getattr(self, name) for name in names})


FIELDS: tuple[str, ...] = tuple(part.name for part in fields(PortFacts))
"""The names of all facts, in order."""


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """A name as it is compared: in any case, with any space between its words.

    >>> folded("Old  BELL")
    'old bell'
    """
    return " ".join(text.split()).casefold()


@lru_cache(maxsize=4096)
def _address(address: CivicAddress) -> object:
    return folded(str(address))


def _center(center: RateCenter) -> object:
    return center.state, folded(center.name)


def _itself(value: object) -> object:
    return value


# Account numbers are not among them: those are told from each other, and not written down.
_COMPARED: dict[PortField, Callable[[Any], object]] = {
    PortField.LOSING_CARRIER: folded,
    PortField.BTN: _itself,
    PortField.BUSINESS_NAME: folded,
    PortField.SERVICE_ADDRESS: _address,
    PortField.SIGNER: folded,
    PortField.PORT_TYPE: _itself,
    PortField.RATE_CENTER: _center,
}


def comparison(parts: Iterable[PortField]) -> Callable[[PortFacts], tuple[object, ...]]:
    """What compares some fields of facts: two agree in them if what it gives is equal. None is for what is not known.

    Names and addresses agree in any case, and account numbers however they are grouped. Their text is not in what it
    gives; that of a withheld secret cannot be compared, which raises :class:`~pstnkit.secret.SecretNotHere`.

    >>> one, other = PortFacts(account_number=Secret("004-881")), PortFacts(account_number=Secret("004 881"))
    >>> compare = comparison([PortField.ACCOUNT_NUMBER])
    >>> compare(one) == compare(other) != compare(PortFacts())
    True
    """
    known: dict[Secret, int] = {}

    def account(number: Secret | SecretRef) -> object:
        if isinstance(number, SecretRef):
            return number
        text = number.reveal()
        plain = Secret((text if text.isalnum() else "".join(filter(str.isalnum, text))).casefold())
        return known.setdefault(plain, len(known))

    each = [(part.value, _COMPARED.get(part, account)) for part in parts]

    def compare(facts: PortFacts) -> tuple[object, ...]:
        told = [(getattr(facts, name), of) for name, of in each]
        return tuple([None if value is None else of(value) for value, of in told])

    return compare


def center_in_words(center: RateCenter) -> str:
    """A rate center with its state.

    >>> center_in_words(RateCenter("US-CA", "OAKLAND")), center_in_words(RateCenter(None, "OAKLAND"))
    ('OAKLAND, CA', 'OAKLAND')
    """
    return f"{center.name}, {center.state.rpartition('-')[2]}" if center.state else center.name


_IN_WORDS = {PortField.BTN: "BTN"}


def fact_in_words(fact: PortField) -> str:
    """The name of a fact as a sentence has it.

    >>> fact_in_words(PortField.RATE_CENTER), fact_in_words(PortField.BTN)
    ('rate center', 'BTN')
    """
    return _IN_WORDS.get(fact, fact.value.replace("_", " "))
