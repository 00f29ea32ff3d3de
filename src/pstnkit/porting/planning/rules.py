"""What a carrier accepts in one port order, as a policy that is passed in (DOMAIN 4)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from attrs import Attribute, evolve, field, frozen

from pstnkit.lifecycle.fulfillment import InvalidPolicy
from pstnkit.porting.planning.facts import PortField, PortType

_ALWAYS = frozenset({PortField.LOSING_CARRIER, PortField.ACCOUNT_NUMBER})
"""Who is asked for the numbers and for whose: an order, and its letter, have one of each."""


def _fields(names: Iterable[PortField | str]) -> frozenset[PortField]:
    if isinstance(names, str):
        raise InvalidPolicy("PortRules.same", f"{names!r:.80} is one text; list the fields")
    try:
        return frozenset(map(PortField, names))
    except ValueError as error:
        known = ", ".join(part.value for part in PortField)
        raise InvalidPolicy("PortRules.same", f"{error}; there are {known}") from None


def _complete(_rules: object, _attribute: object, same: frozenset[PortField]) -> None:
    if missing := _ALWAYS - same:
        names = " and ".join(sorted(part.value for part in missing))
        raise InvalidPolicy("PortRules.same", f"an order has one {names} whatever a carrier accepts")


def _limit(_rules: object, attribute: Attribute[Any], value: Any) -> None:
    if value is not None and (type(value) is not int or value < 1):
        raise InvalidPolicy(
            f"PortRules.{attribute.name}", f"{value!r} is no count of numbers that an order can have"
        )


@frozen(kw_only=True)
class PortRules:
    """What a carrier accepts in one port order. ``None`` is no limit; by default there is none.

    ``same`` is what has to be the same for all numbers of an order: at least the losing carrier and the account, and
    where the carrier asks for it the rate center.

    Raises :class:`~pstnkit.InvalidPolicy` for a field that there is not, for an order of several carriers or accounts,
    for a limit that is no count, and for limits by type where types may be mixed.

    >>> PortRules().by_rate_center().same - PortRules().same
    frozenset({<PortField.RATE_CENTER: 'rate_center'>})
    >>> PortRules.of_one_carrier().most(PortType.OFF_NET)
    49
    """

    same: frozenset[PortField] = field(
        default=frozenset(PortField) - {PortField.RATE_CENTER}, converter=_fields, validator=_complete
    )
    toll_free_apart: bool = True
    """Whether toll-free numbers, which have a RespOrg and no losing carrier, go in orders of their own. They do in any
    case where the rate center has to be the same: they have none."""
    most_automated: int | None = field(default=None, validator=_limit)
    """How many numbers one order of automated ports may have."""
    most_off_net: int | None = field(default=None, validator=_limit)
    """How many numbers one order of off-net ports may have."""
    most_manual: int | None = field(default=None, validator=_limit)
    """How many numbers one order of manual ports may have."""
    ranges_stay_whole: bool = False
    """Whether consecutive numbers must stay in one order though it takes more orders. A range that is longer than an
    order may be is cut in any case."""

    def __attrs_post_init__(self) -> None:
        if PortField.PORT_TYPE not in self.same and self.most(None) is not None:
            raise InvalidPolicy(
                "PortRules.same", "limits by the type of port need port_type to be the same in an order"
            )

    @classmethod
    def of_one_carrier(cls) -> PortRules:
        """The limits of one large carrier, by its public documentation (2026): 999 automated, 49 off-net, 5,000 manual.

        >>> PortRules.of_one_carrier().most_manual
        5000
        """
        return cls(most_automated=999, most_off_net=49, most_manual=5000)

    @property
    def parts_toll_free(self) -> bool:
        """Whether toll-free numbers go in orders of their own, for the one reason or the other."""
        return self.toll_free_apart or PortField.RATE_CENTER in self.same

    def by_rate_center(self) -> PortRules:
        """The same rules, with one rate center in an order."""
        return evolve(self, same=self.same | {PortField.RATE_CENTER})

    def most(self, port_type: PortType | None) -> int | None:
        """How many numbers one order may have; None if there is no limit.

        Where the type of the port is not known it is the least of all limits, so that the order is accepted whatever
        turns out.

        >>> PortRules.of_one_carrier().most(None)
        49
        """
        by_type = {
            PortType.AUTOMATED: self.most_automated,
            PortType.OFF_NET: self.most_off_net,
            PortType.MANUAL: self.most_manual,
        }
        if port_type is not None:
            return by_type[port_type]
        return min((limit for limit in by_type.values() if limit is not None), default=None)
