"""The alerts of a confirmation: what to know before an order is finished, and what stands in its way (SPEC O1).

Each kind is a small class with its figures; the sentences about it, and about what to do next, stand in the catalog.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from attrs import field, frozen

from pstnkit.accounts.agreements import AgreementKind
from pstnkit.accounts.customers import SetUpStatus
from pstnkit.catalog import counted, sentence
from pstnkit.inventory.alternatives import Alternative
from pstnkit.numbering.ranges import NumberRange
from pstnkit.ordering.holding import as_ranges


class AlertKind(StrEnum):
    """What a confirmation may warn of, or stand in the way with.

    >>> AlertKind("hold_lapsed")
    <AlertKind.HOLD_LAPSED: 'hold_lapsed'>
    """

    SIGNATURE_NEEDED = "signature_needed"
    LETTER_NEEDED = "letter_needed"
    HOLD_LAPSES_SOON = "hold_lapses_soon"
    SEVERAL_STATES = "several_states"
    TOLL_FREE_AMONG_GEOGRAPHIC = "toll_free_among_geographic"
    BLOCK_CANNOT_BE_SPLIT = "block_cannot_be_split"
    SET_UP_INCOMPLETE = "set_up_incomplete"
    EMERGENCY_ADDRESS_MISSING = "emergency_address_missing"
    HOLD_LAPSED = "hold_lapsed"
    NUMBERS_GONE = "numbers_gone"
    ALREADY_OWNED = "already_owned"
    IN_ACTIVE_ORDER = "in_active_order"
    OF_ANOTHER_CUSTOMER = "of_another_customer"
    TOO_MANY_NUMBERS = "too_many_numbers"
    TOO_MANY_ON_TRIAL = "too_many_on_trial"
    TOLL_FREE_BLOCK = "toll_free_block"
    BLOCK_SIZE_NOT_SOLD = "block_size_not_sold"


class NextStep(StrEnum):
    """What the partner does about an alert.

    >>> NextStep("hold_anew")
    <NextStep.HOLD_ANEW: 'hold_anew'>
    """

    TELL_THE_ADMINISTRATOR = "tell_the_administrator"
    FINISH_IN_TIME = "finish_in_time"
    HOLD_ANEW = "hold_anew"
    CHOOSE_OTHERS = "choose_others"
    TAKE_OUT = "take_out"
    ORDER_FEWER = "order_fewer"
    MOVE_TO_PAID = "move_to_paid"
    CHOOSE_ANOTHER_SIZE = "choose_another_size"
    CHOOSE_SINGLE_NUMBERS = "choose_single_numbers"
    CHECK_PLACES = "check_places"
    CHECK_TOLL_FREE = "check_toll_free"
    ENTER_CONTRACT_INFORMATION = "enter_contract_information"
    ENTER_EMERGENCY_ADDRESS = "enter_emergency_address"


class Alert:
    """One alert, with typed figures; ``str`` of it is its sentence.

    ``kind`` is what can be acknowledged, unless it is ``blocking``: then the order cannot be finished until its cause
    is gone. ``next_step`` is what the partner does about it, :attr:`advice` that in words.

    >>> alert = TooManyNumbers(count=120, most=100)
    >>> alert.blocking, str(alert)
    (True, '120 new numbers are more than the 100 that one order may have')
    >>> alert.advice
    'take numbers out of the cart, and order them with another one'
    """

    __slots__ = ()
    kind: ClassVar[AlertKind]
    next_step: ClassVar[NextStep]
    blocking: ClassVar[bool] = False

    @property
    def figures(self) -> dict[str, Any]:
        """What the sentence is made from, by name."""
        raise NotImplementedError

    @property
    def advice(self) -> str:
        """What the partner does about it, in words."""
        return sentence(self.next_step)

    def __str__(self) -> str:
        return sentence(self.kind, **self.figures)


def in_words(member: StrEnum) -> str:
    """The name of a member as it is written in a sentence.

    >>> in_words(AgreementKind.TERMS_OF_SERVICE)
    'terms of service'
    """
    return member.value.replace("_", " ")


class _AboutNumbers(Alert):
    """An alert about certain numbers, in ranges, lowest first."""

    __slots__ = ()
    numbers: tuple[NumberRange, ...]

    @property
    def count(self) -> int:
        """How many numbers it is about."""
        return sum(map(len, self.numbers))

    @property
    def figures(self) -> dict[str, Any]:
        return {"numbers": counted(self.count, "number", "numbers")}


@frozen
class SignatureNeeded(Alert):
    """Something has to be signed before the order is processed (SPEC O4, O5): ``agreement`` says what.

    >>> print(SignatureNeeded(AgreementKind.CONTRACT))
    nothing is processed until the customer has signed the contract
    """

    agreement: AgreementKind
    kind = AlertKind.SIGNATURE_NEEDED
    next_step = NextStep.TELL_THE_ADMINISTRATOR

    @property
    def figures(self) -> dict[str, Any]:
        """What the sentence is made from, by name."""
        return {"agreement": in_words(self.agreement)}


@frozen
class LetterNeeded(Alert):
    """A letter of authorization has to be signed before ``count`` numbers of ``carrier`` are ported (SPEC O3).

    >>> print(LetterNeeded(count=5, carrier="Old Bell"))
    5 numbers of Old Bell to be ported, but not before a letter of authorization is signed
    """

    count: int
    carrier: str
    kind = AlertKind.LETTER_NEEDED
    next_step = NextStep.TELL_THE_ADMINISTRATOR

    @property
    def figures(self) -> dict[str, Any]:
        """What the sentence is made from, by name."""
        return {"numbers": counted(self.count, "number", "numbers"), "carrier": self.carrier}


@frozen
class HoldLapsesSoon(_AboutNumbers):
    """The numbers are kept only ``until`` shortly.

    >>> alert = HoldLapsesSoon([NumberRange("4152012300", "4152012301")], datetime.fromisoformat("2026-11-20T09:15Z"))
    >>> print(alert)
    2 numbers held only until 2026-11-20T09:15:00+00:00
    """

    numbers: tuple[NumberRange, ...] = field(converter=as_ranges)
    until: datetime
    kind = AlertKind.HOLD_LAPSES_SOON
    next_step = NextStep.FINISH_IN_TIME

    @property
    def figures(self) -> dict[str, Any]:
        """What the sentence is made from, by name."""
        return {**super().figures, "until": self.until.isoformat()}


@frozen
class HoldLapsed(_AboutNumbers):
    """The numbers are kept no more, ``since`` when.

    >>> from pstnkit import TelephoneNumber
    >>> alert = HoldLapsed([TelephoneNumber("4152012300")], datetime.fromisoformat("2026-11-20T09:15Z"))
    >>> print(alert, "-", alert.advice)
    the hold of 1 number has lapsed - have the numbers held anew, and place the cart again
    """

    numbers: tuple[NumberRange, ...] = field(converter=as_ranges)
    since: datetime
    kind = AlertKind.HOLD_LAPSED
    next_step = NextStep.HOLD_ANEW
    blocking = True


@frozen
class NumbersGone(_AboutNumbers):
    """Somebody else has the numbers; ``alternatives`` are what would do instead, best first (SPEC N4).

    >>> from pstnkit import TelephoneNumber
    >>> print(NumbersGone([TelephoneNumber("4152012300")], ()))
    1 number gone: somebody else has it by now
    """

    numbers: tuple[NumberRange, ...] = field(converter=as_ranges)
    alternatives: tuple[Alternative, ...]
    kind = AlertKind.NUMBERS_GONE
    next_step = NextStep.CHOOSE_OTHERS
    blocking = True

    @property
    def figures(self) -> dict[str, Any]:
        """What the sentence is made from, by name."""
        return {**super().figures, "count": self.count}


@frozen
class AlreadyOwned(_AboutNumbers):
    """The customer has the numbers already.

    >>> from pstnkit import TelephoneNumber
    >>> print(AlreadyOwned([TelephoneNumber("4152012300")]))
    1 number that the customer has already
    """

    numbers: tuple[NumberRange, ...] = field(converter=as_ranges)
    kind = AlertKind.ALREADY_OWNED
    next_step = NextStep.TAKE_OUT
    blocking = True


@frozen
class InActiveOrder(_AboutNumbers):
    """The customer waits for the numbers already, in ``orders`` that are under way.

    >>> from pstnkit import TelephoneNumber
    >>> print(InActiveOrder([TelephoneNumber("4152012300")], ("order-7",)))
    1 number in another order of the customer (order-7)
    """

    numbers: tuple[NumberRange, ...] = field(converter=as_ranges)
    orders: tuple[str, ...]
    kind = AlertKind.IN_ACTIVE_ORDER
    next_step = NextStep.TAKE_OUT
    blocking = True

    @property
    def figures(self) -> dict[str, Any]:
        """What the sentence is made from, by name."""
        return {**super().figures, "orders": ", ".join(self.orders)}


@frozen
class OfAnotherCustomer(_AboutNumbers):
    """Other customers of the partner have the numbers that are to be ported, or wait for them: ``customers`` are those.

    >>> from pstnkit import TelephoneNumber
    >>> print(OfAnotherCustomer([TelephoneNumber("4152012300")], ("customer-2",)))
    1 number that another customer has or waits for (customer-2)
    """

    numbers: tuple[NumberRange, ...] = field(converter=as_ranges)
    customers: tuple[str, ...]
    kind = AlertKind.OF_ANOTHER_CUSTOMER
    next_step = NextStep.TAKE_OUT
    blocking = True

    @property
    def figures(self) -> dict[str, Any]:
        """What the sentence is made from, by name."""
        return {**super().figures, "customers": ", ".join(self.customers)}


@frozen(kw_only=True)
class TooManyNumbers(Alert):
    """The cart has ``count`` new standard numbers, and one order may have ``most``.

    >>> TooManyNumbers(count=120, most=100).next_step
    <NextStep.ORDER_FEWER: 'order_fewer'>
    """

    count: int
    most: int
    kind = AlertKind.TOO_MANY_NUMBERS
    next_step = NextStep.ORDER_FEWER
    blocking = True

    @property
    def figures(self) -> dict[str, Any]:
        """What the sentence is made from, by name."""
        return {"count": self.count, "most": self.most}


@frozen(kw_only=True)
class TooManyOnTrial(Alert):
    """On a trial the customer has or waits for ``has`` numbers, the cart has ``count`` more, and ``most`` are allowed.

    >>> print(TooManyOnTrial(count=5, has=8, most=10))
    a customer on a trial may have 10 new numbers; this one has 8, and 5 more are in the cart
    """

    count: int
    has: int
    most: int
    kind = AlertKind.TOO_MANY_ON_TRIAL
    next_step = NextStep.MOVE_TO_PAID
    blocking = True

    @property
    def figures(self) -> dict[str, Any]:
        """What the sentence is made from, by name."""
        return {"count": self.count, "has": self.has, "most": self.most}


@frozen
class TollFreeBlock(_AboutNumbers):
    """The numbers are a block of toll-free ones, which is not sold.

    >>> print(TollFreeBlock([NumberRange("8002012300", "8002012309")]))
    10 numbers in a toll-free block, which is not sold
    """

    numbers: tuple[NumberRange, ...] = field(converter=as_ranges)
    kind = AlertKind.TOLL_FREE_BLOCK
    next_step = NextStep.CHOOSE_SINGLE_NUMBERS
    blocking = True


@frozen
class BlockSizeNotSold(Alert):
    """A ``block`` of a size that is not among the ``sizes`` sold.

    >>> print(BlockSizeNotSold(NumberRange("4152012300", "4152012319"), (10, 50, 100)))
    a block of 20; blocks are sold in sizes of 10, 50, 100
    """

    block: NumberRange
    sizes: tuple[int, ...]
    kind = AlertKind.BLOCK_SIZE_NOT_SOLD
    next_step = NextStep.CHOOSE_ANOTHER_SIZE
    blocking = True

    @property
    def figures(self) -> dict[str, Any]:
        """What the sentence is made from, by name."""
        return {"size": len(self.block), "sizes": ", ".join(map(str, self.sizes))}


@frozen
class BlockCannotBeSplit(Alert):
    """The ``blocks`` will go only as a whole later: no number of theirs can be given back alone.

    >>> print(BlockCannotBeSplit((NumberRange("4152012300", "4152012309"),)))
    1 block that cannot be split later: its numbers go back together or not at all
    """

    blocks: tuple[NumberRange, ...]
    kind = AlertKind.BLOCK_CANNOT_BE_SPLIT
    next_step = NextStep.CHOOSE_SINGLE_NUMBERS

    @property
    def figures(self) -> dict[str, Any]:
        """What the sentence is made from, by name."""
        return {"count": len(self.blocks)}


@frozen
class SeveralStates(Alert):
    """The area codes of the new numbers cannot all serve one state or province: ``places`` are those that they serve.

    >>> print(SeveralStates(("US-CA", "US-NY")))
    the new numbers are in 2 states or provinces: US-CA, US-NY
    """

    places: tuple[str, ...]
    kind = AlertKind.SEVERAL_STATES
    next_step = NextStep.CHECK_PLACES

    @property
    def figures(self) -> dict[str, Any]:
        """What the sentence is made from, by name."""
        return {"count": len(self.places), "places": ", ".join(self.places)}


@frozen
class TollFreeAmongGeographic(_AboutNumbers):
    """The ``numbers`` are toll-free, and ``others`` beside them, in the same order or port, are not.

    >>> from pstnkit import TelephoneNumber
    >>> print(TollFreeAmongGeographic([TelephoneNumber("8002012300")], others=9))
    1 toll-free number among 9 that are not
    """

    numbers: tuple[NumberRange, ...] = field(converter=as_ranges)
    others: int
    kind = AlertKind.TOLL_FREE_AMONG_GEOGRAPHIC
    next_step = NextStep.CHECK_TOLL_FREE

    @property
    def figures(self) -> dict[str, Any]:
        """What the sentence is made from, by name."""
        return {"count": self.count, "others": self.others}


@frozen
class SetUpIncomplete(Alert):
    """The set-up has not come to its end; ``step`` is what is to be done first (SPEC S1).

    >>> print(SetUpIncomplete(SetUpStatus.CONTRACT_INFORMATION))
    the set-up is not complete: contract information is to be done
    """

    step: SetUpStatus
    kind = AlertKind.SET_UP_INCOMPLETE
    next_step = NextStep.ENTER_CONTRACT_INFORMATION
    blocking = True

    @property
    def figures(self) -> dict[str, Any]:
        """What the sentence is made from, by name."""
        return {"step": in_words(self.step)}


@frozen
class EmergencyAddressMissing(Alert):
    """There is no emergency address that the carrier has confirmed; ``step`` is how far it has come (SPEC S2).

    >>> print(EmergencyAddressMissing(SetUpStatus.ADDRESS_CHECK))
    no emergency address is confirmed (address check): no order without one
    """

    step: SetUpStatus
    kind = AlertKind.EMERGENCY_ADDRESS_MISSING
    next_step = NextStep.ENTER_EMERGENCY_ADDRESS
    blocking = True

    @property
    def figures(self) -> dict[str, Any]:
        """What the sentence is made from, by name."""
        return {"step": in_words(self.step)}
