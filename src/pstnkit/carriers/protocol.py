"""What may be asked of a carrier, and how it answers.

An operation is a request: a small value that names what is asked. A carrier is any object with a method for each
operation that it has; the method takes the request and gives a reply:

- :class:`Accepted` with the answer,
- :class:`Refused` with a reason: nothing has changed at the carrier,
- :class:`OutcomeUnknown`: no answer came, and whether anything has changed there is to be read.

Every request that changes something carries a ``client_reference``, chosen and saved before it is sent, so that what it
did can be found whatever becomes of the answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from attrs import field, frozen

from pstnkit.accounts.address_checks import AddressCheck
from pstnkit.accounts.addresses import CivicAddress
from pstnkit.accounts.agreements import AgreementKind
from pstnkit.lifecycle.events import Report
from pstnkit.lifecycle.fulfillment import OrderKind
from pstnkit.numbering.ranges import NumberRange
from pstnkit.numbering.telephone import TelephoneNumber
from pstnkit.ordering.orders import Wanted
from pstnkit.porting.planning.portability import Portability
from pstnkit.secret import Secret

A = TypeVar("A")
A_co = TypeVar("A_co", covariant=True)


class RefusalReason(StrEnum):
    """Why a carrier refuses; its own words stand beside it."""

    NUMBERS_UNAVAILABLE = "numbers_unavailable"
    RESERVATION_ENDED = "reservation_ended"
    NOT_FOUND = "not_found"
    NOT_ALLOWED = "not_allowed"
    UNSUPPORTED = "unsupported"
    UNAVAILABLE = "unavailable"
    INVALID = "invalid"
    OTHER = "other"


@frozen
class Accepted(Generic[A_co]):
    """The carrier did what was asked; ``answer`` is what it said."""

    answer: A_co


@frozen
class Refused:
    """The carrier did not do it. ``text`` is its own words, ``numbers`` those that stood in the way."""

    reason: RefusalReason
    text: str = ""
    numbers: tuple[NumberRange, ...] = ()


@frozen
class OutcomeUnknown:
    """No answer came (``why``); whether the carrier did it has to be read."""

    why: str = "no answer came"


Reply = Accepted[A] | Refused | OutcomeUnknown


class Request(Generic[A]):
    """One question to a carrier; ``operation`` is the carrier's method that answers it, with an ``A``."""

    __slots__ = ()
    operation: ClassVar[str]


# --- what carriers answer with --------------------------------------------------------------------------------------


@frozen(kw_only=True)
class Capabilities:
    """What a carrier can do: its operations, the filters that its search has, and how many offers make a page."""

    carrier: str
    operations: frozenset[str]
    filters: frozenset[str]
    page_size: int


@frozen(kw_only=True)
class Offer:
    """A number that a carrier has on offer, with its features (voice, sms, fax) and its prices."""

    number: TelephoneNumber
    features: frozenset[str]
    monthly: Decimal
    setup: Decimal
    currency: str
    reservable: bool


@frozen
class OfferPage:
    """One page of offers. ``next`` is what the following page is asked with, None at the end; ``dropped`` counts the
    numbers that the carrier sent although they do not match the filters."""

    offers: tuple[Offer, ...]
    next: str | None = None
    dropped: int = 0


@frozen
class Reservation:
    """Numbers that are kept for us, under the carrier's ``reference``, until an instant."""

    reference: str
    numbers: tuple[NumberRange, ...]
    until: datetime


@frozen
class Receipt:
    """The carrier's own reference of what it was asked to do."""

    reference: str


@frozen
class EmergencyReceipt:
    """The carrier's own reference of a registration. A carrier that has taken it, and says later what came of it,
    answers with ``done`` false."""

    reference: str
    done: bool = True


@frozen
class Reading:
    """The state that a carrier has an order in, told as the reports that lead there."""

    reports: tuple[Report, ...]


@frozen
class OwnedPage:
    """One page of the numbers that are ours at the carrier."""

    numbers: tuple[TelephoneNumber, ...]
    next: str | None = None


@frozen(kw_only=True)
class News:
    """One report that a carrier sent of its own accord: its id there, when it happened, and what it concerns, by our
    client reference."""

    id: str
    at: datetime
    concerns: str
    report: Report
    actor: str = "carrier"


# --- what may be asked ----------------------------------------------------------------------------------------------


@frozen
class AskCapabilities(Request[Capabilities]):
    """What can this carrier do?"""

    operation = "capabilities"


@frozen
class SearchOffers(Request[OfferPage]):
    """Which numbers are on offer? ``filters`` are by name, ``after`` is the ``next`` of the page before."""

    filters: Mapping[str, str] = field(factory=dict)
    after: str | None = None
    operation = "search"


@frozen
class ReserveNumbers(Request[Reservation]):
    """Keep these numbers for us: all of them or none."""

    client_reference: str
    numbers: tuple[NumberRange, ...]
    operation = "reserve"


@frozen
class ExtendReservation(Request[Reservation]):
    """Keep them longer."""

    client_reference: str
    reference: str
    operation = "extend"


@frozen
class Unreserve(Request[Receipt]):
    """Let them go."""

    client_reference: str
    reference: str
    operation = "unreserve"


@frozen(kw_only=True)
class OrderNumbers(Request[Receipt]):
    """Order numbers that are known, out of our reservations; an advanced order: so many, where they are wanted."""

    client_reference: str
    kind: OrderKind
    quantity: int
    numbers: tuple[NumberRange, ...] = ()
    reservations: tuple[str, ...] = ()
    wanted: Wanted | None = None
    timezone: str | None = None
    operation = "order"


@frozen
class ReadOrder(Request[Reading]):
    """How does the order with our reference stand? One that never arrived is a
    :class:`~pstnkit.lifecycle.reports.NeverArrived`, and no refusal."""

    client_reference: str
    operation = "read_order"


@frozen
class CancelOrder(Request[Receipt]):
    """Cancel the order that the carrier keeps under ``reference``."""

    client_reference: str
    reference: str
    operation = "cancel_order"


@frozen
class CheckAddress(Request[AddressCheck]):
    """Can emergency services be sent to this address?"""

    address: CivicAddress
    operation = "check_address"


@frozen
class RegisterEmergency(Request[EmergencyReceipt]):
    """Register these numbers at the address, in place of any that they had; without one, take their registration away.

    ``overridden`` says that a person takes the blame for an address that the carrier's check did not confirm.
    """

    client_reference: str
    numbers: tuple[NumberRange, ...]
    address: CivicAddress | None
    overridden: bool = False
    operation = "register_emergency"


@frozen
class CheckPortability(Request[tuple[Portability, ...]]):
    """Can these numbers be ported to this carrier? One answer for each: yes with what is known besides, no with the
    reason, or that it is not known."""

    numbers: tuple[NumberRange, ...]
    operation = "check_portability"


@frozen
class SignedLetter:
    """A letter of authorization as it was signed: by whom, when, in which envelope."""

    signer: str
    signed: datetime
    envelope: str


@frozen(kw_only=True)
class SubmitPort(Request[Receipt]):
    """Port these numbers from one account at the losing carrier; ``details`` are further fields, by name."""

    client_reference: str
    numbers: tuple[NumberRange, ...]
    losing_carrier: str
    account_number: Secret
    business_name: str
    letter: SignedLetter
    details: Mapping[str, str | Secret] = field(factory=dict)
    requested: date | None = None
    timezone: str | None = None
    operation = "submit_port"


@frozen(kw_only=True)
class SupplementPort(Request[Receipt]):
    """Correct fields of a port, by name (SUP 3), ask for another date, or both; for the date alone it is SUP 2.

    A value is a :class:`~pstnkit.secret.Secret` where nobody else may read it.
    """

    client_reference: str
    reference: str
    changes: Mapping[str, str | Secret] = field(factory=dict)
    requested: date | None = None
    operation = "supplement"


@frozen
class ReadPort(Request[Reading]):
    """How does the port with our reference stand? See :class:`ReadOrder`."""

    client_reference: str
    operation = "read_port"


@frozen
class CancelPort(Request[Receipt]):
    """Cancel the port that the carrier keeps under ``reference`` (SUP 1)."""

    client_reference: str
    reference: str
    operation = "cancel_port"


@frozen(kw_only=True)
class SendAgreement(Request[Receipt]):
    """Send an agreement to the signer's mailbox, through the carrier's e-signature service."""

    client_reference: str
    kind: AgreementKind
    customer: str
    email: str
    signer: str
    operation = "send_agreement"


@frozen
class UploadDocument(Request[Receipt]):
    """Leave a document (a bill, a CSR) with the carrier."""

    client_reference: str
    name: str
    content: bytes
    operation = "upload_document"


@frozen
class ListOwned(Request[OwnedPage]):
    """Which numbers are ours at the carrier?"""

    after: str | None = None
    operation = "owned_numbers"


@frozen
class ReleaseNumbers(Request[Receipt]):
    """Give these numbers back."""

    client_reference: str
    numbers: tuple[NumberRange, ...]
    operation = "release"


@frozen
class DecodeEvent(Request[tuple[News, ...]]):
    """What does this message of yours (a webhook's body, as parsed JSON) say?"""

    payload: Mapping[str, Any]
    operation = "decode_event"


class Carrier(Protocol):
    """A carrier that answers at once. Plain methods; one that a carrier lacks refuses as ``unsupported``."""

    def capabilities(self, request: AskCapabilities, /) -> Reply[Capabilities]:
        """What it can do."""

    def search(self, request: SearchOffers, /) -> Reply[OfferPage]:
        """One page of what is on offer."""

    def reserve(self, request: ReserveNumbers, /) -> Reply[Reservation]:
        """Keep numbers, all of them or none."""

    def extend(self, request: ExtendReservation, /) -> Reply[Reservation]:
        """Keep them longer."""

    def unreserve(self, request: Unreserve, /) -> Reply[Receipt]:
        """Let them go."""

    def order(self, request: OrderNumbers, /) -> Reply[Receipt]:
        """Take an order of new numbers."""

    def read_order(self, request: ReadOrder, /) -> Reply[Reading]:
        """How an order stands."""

    def cancel_order(self, request: CancelOrder, /) -> Reply[Receipt]:
        """Cancel an order."""

    def check_address(self, request: CheckAddress, /) -> Reply[AddressCheck]:
        """Check an emergency address."""

    def register_emergency(self, request: RegisterEmergency, /) -> Reply[EmergencyReceipt]:
        """Register one for numbers, or take it away from them."""

    def check_portability(self, request: CheckPortability, /) -> Reply[tuple[Portability, ...]]:
        """Which numbers can be ported."""

    def submit_port(self, request: SubmitPort, /) -> Reply[Receipt]:
        """Take a port."""

    def supplement(self, request: SupplementPort, /) -> Reply[Receipt]:
        """Correct a port."""

    def read_port(self, request: ReadPort, /) -> Reply[Reading]:
        """How a port stands."""

    def cancel_port(self, request: CancelPort, /) -> Reply[Receipt]:
        """Cancel a port."""

    def send_agreement(self, request: SendAgreement, /) -> Reply[Receipt]:
        """Send something to be signed."""

    def upload_document(self, request: UploadDocument, /) -> Reply[Receipt]:
        """Take a document."""

    def owned_numbers(self, request: ListOwned, /) -> Reply[OwnedPage]:
        """One page of what is ours."""

    def release(self, request: ReleaseNumbers, /) -> Reply[Receipt]:
        """Take numbers back."""

    def decode_event(self, request: DecodeEvent, /) -> Reply[tuple[News, ...]]:
        """What a message says."""
