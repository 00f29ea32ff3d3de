"""Telephone number provisioning in North America, as a typed domain library.

The public names follow in a reading order. Each is loaded from its district on first use, so that importing
pstnkit costs next to nothing and a search pays for no carrier.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0.dev0"

if TYPE_CHECKING:
    from pstnkit.accounts.address_checks import AddressAmbiguous as AddressAmbiguous
    from pstnkit.accounts.address_checks import AddressConfirmed as AddressConfirmed
    from pstnkit.accounts.address_checks import AddressCorrected as AddressCorrected
    from pstnkit.accounts.address_checks import AddressNotFound as AddressNotFound
    from pstnkit.accounts.address_checks import CheckerUnavailable as CheckerUnavailable
    from pstnkit.accounts.address_checks import PostalCodeMismatch as PostalCodeMismatch
    from pstnkit.accounts.address_checks import PostOfficeBox as PostOfficeBox
    from pstnkit.accounts.address_findings import AddressFinding as AddressFinding
    from pstnkit.accounts.address_findings import AddressFindingKind as AddressFindingKind
    from pstnkit.accounts.address_findings import address_findings as address_findings
    from pstnkit.accounts.addresses import AddressFault as AddressFault
    from pstnkit.accounts.addresses import AddressFaultKind as AddressFaultKind
    from pstnkit.accounts.addresses import CivicAddress as CivicAddress
    from pstnkit.accounts.addresses import Difference as Difference
    from pstnkit.accounts.addresses import InvalidAddress as InvalidAddress
    from pstnkit.accounts.agreements import Agreement as Agreement
    from pstnkit.accounts.agreements import AgreementKind as AgreementKind
    from pstnkit.accounts.agreements import AgreementStatus as AgreementStatus
    from pstnkit.accounts.customers import AccountKind as AccountKind
    from pstnkit.accounts.customers import Customer as Customer
    from pstnkit.accounts.customers import InvalidContact as InvalidContact
    from pstnkit.accounts.customers import MissingSigner as MissingSigner
    from pstnkit.accounts.customers import SetUpStatus as SetUpStatus
    from pstnkit.accounts.emergency import AddressStatus as AddressStatus
    from pstnkit.accounts.emergency import DispatchableLocation as DispatchableLocation
    from pstnkit.accounts.emergency import Location as Location
    from pstnkit.accounts.emergency import MissingReason as MissingReason
    from pstnkit.accounts.emergency import NotDispatchable as NotDispatchable
    from pstnkit.accounts.emergency import NotProposed as NotProposed
    from pstnkit.accounts.emergency import NotThisAddress as NotThisAddress
    from pstnkit.accounts.emergency import Override as Override
    from pstnkit.accounts.emergency import ServiceAddress as ServiceAddress
    from pstnkit.accounts.letters import LetterDating as LetterDating
    from pstnkit.accounts.letters import LetterOfAuthorization as LetterOfAuthorization
    from pstnkit.accounts.letters import LetterPolicy as LetterPolicy
    from pstnkit.accounts.missing import Missing as Missing
    from pstnkit.accounts.missing import MissingKind as MissingKind
    from pstnkit.accounts.street_line import HouseNumber as HouseNumber
    from pstnkit.accounts.street_line import StreetName as StreetName
    from pstnkit.accounts.street_line import Unit as Unit
    from pstnkit.accounts.street_words import UnitKind as UnitKind
    from pstnkit.carriers.own_inventory import OwnInventory as OwnInventory
    from pstnkit.carriers.protocol import Accepted as Accepted
    from pstnkit.carriers.protocol import Carrier as Carrier
    from pstnkit.carriers.protocol import Offer as Offer
    from pstnkit.carriers.protocol import OutcomeUnknown as OutcomeUnknown
    from pstnkit.carriers.protocol import RefusalReason as RefusalReason
    from pstnkit.carriers.protocol import Refused as Refused
    from pstnkit.carriers.protocol import Request as Request
    from pstnkit.carriers.simulated import SimulatedCarrier as SimulatedCarrier
    from pstnkit.carriers.simulated_words import UnreadableAnswer as UnreadableAnswer
    from pstnkit.carriers.world import SimulatedWorld as SimulatedWorld
    from pstnkit.carriers.world import WorldRefused as WorldRefused
    from pstnkit.desk.addresses import NoAddress as NoAddress
    from pstnkit.desk.agreements import FutureSignature as FutureSignature
    from pstnkit.desk.answers import CarrierRefused as CarrierRefused
    from pstnkit.desk.answers import CarrierSilent as CarrierSilent
    from pstnkit.desk.answers import UnsupportedFilter as UnsupportedFilter
    from pstnkit.desk.desk import AsyncDesk as AsyncDesk
    from pstnkit.desk.desk import Desk as Desk
    from pstnkit.desk.orders import Received as Received
    from pstnkit.desk.searching import Found as Found
    from pstnkit.desk.setup import FutureConversion as FutureConversion
    from pstnkit.desk.signing import CarrierSigning as CarrierSigning
    from pstnkit.desk.signing import SigningService as SigningService
    from pstnkit.errors import CallerError as CallerError
    from pstnkit.errors import CarrierError as CarrierError
    from pstnkit.errors import DecisionError as DecisionError
    from pstnkit.errors import PstnkitError as PstnkitError
    from pstnkit.inventory.alternatives import Alternative as Alternative
    from pstnkit.inventory.alternatives import AlternativeKind as AlternativeKind
    from pstnkit.inventory.area_map import AreaMap as AreaMap
    from pstnkit.inventory.exchange_facts import ExchangeFacts as ExchangeFacts
    from pstnkit.inventory.exchange_facts import InvalidExchangeTable as InvalidExchangeTable
    from pstnkit.inventory.exchange_map import ExchangeMap as ExchangeMap
    from pstnkit.inventory.exchanges import Exchanges as Exchanges
    from pstnkit.inventory.holds import Hold as Hold
    from pstnkit.inventory.holds import HoldStatus as HoldStatus
    from pstnkit.inventory.holds import Standing as Standing
    from pstnkit.inventory.inventory import Inventory as Inventory
    from pstnkit.inventory.ledger_store import LedgerStore as LedgerStore
    from pstnkit.inventory.line_plans import LinePlan as LinePlan
    from pstnkit.inventory.policy import InventoryPolicy as InventoryPolicy
    from pstnkit.inventory.policy import OptionOrder as OptionOrder
    from pstnkit.inventory.query import InvalidQuery as InvalidQuery
    from pstnkit.inventory.query import SearchQuery as SearchQuery
    from pstnkit.inventory.query import UnknownFilter as UnknownFilter
    from pstnkit.inventory.refusals import HoldConflict as HoldConflict
    from pstnkit.inventory.refusals import HoldEnded as HoldEnded
    from pstnkit.inventory.refusals import NotPurchased as NotPurchased
    from pstnkit.inventory.refusals import NumbersUnavailable as NumbersUnavailable
    from pstnkit.inventory.refusals import UnknownHold as UnknownHold
    from pstnkit.inventory.result import SearchNote as SearchNote
    from pstnkit.inventory.result import SearchResult as SearchResult
    from pstnkit.inventory.summary import InventorySummary as InventorySummary
    from pstnkit.inventory.supply import RateCenter as RateCenter
    from pstnkit.inventory.supply import RunBand as RunBand
    from pstnkit.inventory.supply import Supply as Supply
    from pstnkit.lifecycle.business_hours import BusinessHours as BusinessHours
    from pstnkit.lifecycle.calendars import Calendar as Calendar
    from pstnkit.lifecycle.calendars import EasterDay as EasterDay
    from pstnkit.lifecycle.calendars import FixedDay as FixedDay
    from pstnkit.lifecycle.calendars import InvalidCalendar as InvalidCalendar
    from pstnkit.lifecycle.calendars import NthWeekday as NthWeekday
    from pstnkit.lifecycle.calendars import Observed as Observed
    from pstnkit.lifecycle.calendars import OneDay as OneDay
    from pstnkit.lifecycle.calendars import WeekdayBefore as WeekdayBefore
    from pstnkit.lifecycle.dealings import Dealing as Dealing
    from pstnkit.lifecycle.dealings import RequestKind as RequestKind
    from pstnkit.lifecycle.dealings import RequestState as RequestState
    from pstnkit.lifecycle.dealings import dealings as dealings
    from pstnkit.lifecycle.events import Event as Event
    from pstnkit.lifecycle.events import NaiveTime as NaiveTime
    from pstnkit.lifecycle.events import Source as Source
    from pstnkit.lifecycle.failures import Failure as Failure
    from pstnkit.lifecycle.failures import FailureKind as FailureKind
    from pstnkit.lifecycle.fulfillment import BusinessDays as BusinessDays
    from pstnkit.lifecycle.fulfillment import CalendarDays as CalendarDays
    from pstnkit.lifecycle.fulfillment import FulfillmentPolicy as FulfillmentPolicy
    from pstnkit.lifecycle.fulfillment import InvalidPolicy as InvalidPolicy
    from pstnkit.lifecycle.fulfillment import OrderKind as OrderKind
    from pstnkit.lifecycle.history import Discrepancy as Discrepancy
    from pstnkit.lifecycle.holidays import CANADA_FEDERAL as CANADA_FEDERAL
    from pstnkit.lifecycle.holidays import US_FEDERAL as US_FEDERAL
    from pstnkit.lifecycle.holidays import US_PORTING as US_PORTING
    from pstnkit.lifecycle.holidays import provincial_calendar as provincial_calendar
    from pstnkit.lifecycle.machine import DecisionRefused as DecisionRefused
    from pstnkit.lifecycle.machine import Machine as Machine
    from pstnkit.lifecycle.machine import Outcome as Outcome
    from pstnkit.lifecycle.notices import Notice as Notice
    from pstnkit.lifecycle.progress import Progress as Progress
    from pstnkit.lifecycle.timeline import Timeline as Timeline
    from pstnkit.lifecycle.timeline import TimelineLine as TimelineLine
    from pstnkit.lifecycle.timeline import timeline as timeline
    from pstnkit.lifecycle.waiting import Expectation as Expectation
    from pstnkit.lifecycle.waiting import Party as Party
    from pstnkit.lifecycle.waiting import Wait as Wait
    from pstnkit.lifecycle.waiting import WaitingFor as WaitingFor
    from pstnkit.lifecycle.zones import UnknownTimeZone as UnknownTimeZone
    from pstnkit.numbering.area_code import AreaCode as AreaCode
    from pstnkit.numbering.area_code import AreaCodeKind as AreaCodeKind
    from pstnkit.numbering.area_code import AreaCodeStatus as AreaCodeStatus
    from pstnkit.numbering.area_code import UnknownAreaCode as UnknownAreaCode
    from pstnkit.numbering.area_code_filters import InvalidAreaCodeFilter as InvalidAreaCodeFilter
    from pstnkit.numbering.classification import Classification as Classification
    from pstnkit.numbering.classification import KindRule as KindRule
    from pstnkit.numbering.classification import NumberKind as NumberKind
    from pstnkit.numbering.damaged import CorruptData as CorruptData
    from pstnkit.numbering.damaged import DamagedTable as DamagedTable
    from pstnkit.numbering.interchange import AsWritten as AsWritten
    from pstnkit.numbering.nanpa_report import DamagedReport as DamagedReport
    from pstnkit.numbering.numbermap import NumberMap as NumberMap
    from pstnkit.numbering.numberset import NumberSet as NumberSet
    from pstnkit.numbering.paste import Entry as Entry
    from pstnkit.numbering.paste import PastePolicy as PastePolicy
    from pstnkit.numbering.paste import PasteReport as PasteReport
    from pstnkit.numbering.paste import ReadColumn as ReadColumn
    from pstnkit.numbering.paste import UnknownColumn as UnknownColumn
    from pstnkit.numbering.paste import UnreadableSource as UnreadableSource
    from pstnkit.numbering.paste import UnreadCell as UnreadCell
    from pstnkit.numbering.paste import Verdict as Verdict
    from pstnkit.numbering.paste import read_numbers as read_numbers
    from pstnkit.numbering.plan import NumberingPlan as NumberingPlan
    from pstnkit.numbering.plan import plan as plan
    from pstnkit.numbering.plan_corrections import AreaCodeCorrection as AreaCodeCorrection
    from pstnkit.numbering.plan_corrections import DamagedCorrections as DamagedCorrections
    from pstnkit.numbering.plan_sources import DamagedTimezones as DamagedTimezones
    from pstnkit.numbering.plan_text import DamagedPlan as DamagedPlan
    from pstnkit.numbering.ranges import NumberRange as NumberRange
    from pstnkit.numbering.ranges import collapse as collapse
    from pstnkit.numbering.reasons import InvalidNumber as InvalidNumber
    from pstnkit.numbering.reasons import Reason as Reason
    from pstnkit.numbering.structuring import register_cattrs_hooks as register_cattrs_hooks
    from pstnkit.numbering.telephone import Exchange as Exchange
    from pstnkit.numbering.telephone import TelephoneNumber as TelephoneNumber
    from pstnkit.ordering.alerts import Alert as Alert
    from pstnkit.ordering.alerts import AlertKind as AlertKind
    from pstnkit.ordering.alerts import AlreadyOwned as AlreadyOwned
    from pstnkit.ordering.alerts import BlockCannotBeSplit as BlockCannotBeSplit
    from pstnkit.ordering.alerts import BlockSizeNotSold as BlockSizeNotSold
    from pstnkit.ordering.alerts import EmergencyAddressMissing as EmergencyAddressMissing
    from pstnkit.ordering.alerts import HoldLapsed as HoldLapsed
    from pstnkit.ordering.alerts import HoldLapsesSoon as HoldLapsesSoon
    from pstnkit.ordering.alerts import InActiveOrder as InActiveOrder
    from pstnkit.ordering.alerts import LetterNeeded as LetterNeeded
    from pstnkit.ordering.alerts import NextStep as NextStep
    from pstnkit.ordering.alerts import NumbersGone as NumbersGone
    from pstnkit.ordering.alerts import OfAnotherCustomer as OfAnotherCustomer
    from pstnkit.ordering.alerts import SetUpIncomplete as SetUpIncomplete
    from pstnkit.ordering.alerts import SeveralStates as SeveralStates
    from pstnkit.ordering.alerts import SignatureNeeded as SignatureNeeded
    from pstnkit.ordering.alerts import TollFreeAmongGeographic as TollFreeAmongGeographic
    from pstnkit.ordering.alerts import TollFreeBlock as TollFreeBlock
    from pstnkit.ordering.alerts import TooManyNumbers as TooManyNumbers
    from pstnkit.ordering.alerts import TooManyOnTrial as TooManyOnTrial
    from pstnkit.ordering.cart import AlreadyInCart as AlreadyInCart
    from pstnkit.ordering.cart import Cart as Cart
    from pstnkit.ordering.cart import EmptyLine as EmptyLine
    from pstnkit.ordering.cart import NoNumbersYet as NoNumbersYet
    from pstnkit.ordering.cart import NotARequest as NotARequest
    from pstnkit.ordering.cart import NotInCart as NotInCart
    from pstnkit.ordering.cart import OtherCustomersCart as OtherCustomersCart
    from pstnkit.ordering.cart import PortingNotOpen as PortingNotOpen
    from pstnkit.ordering.cart import UnknownLine as UnknownLine
    from pstnkit.ordering.confirmation import CannotFinish as CannotFinish
    from pstnkit.ordering.confirmation import CartChanged as CartChanged
    from pstnkit.ordering.confirmation import Confirmation as Confirmation
    from pstnkit.ordering.confirmation import ConfirmationLapsed as ConfirmationLapsed
    from pstnkit.ordering.confirmation import EmptyCart as EmptyCart
    from pstnkit.ordering.confirmation import UnknownAlert as UnknownAlert
    from pstnkit.ordering.confirmation import finish as finish
    from pstnkit.ordering.confirmation import place as place
    from pstnkit.ordering.holding import CarrierHold as CarrierHold
    from pstnkit.ordering.lines import LosingAccount as LosingAccount
    from pstnkit.ordering.lines import NotABlock as NotABlock
    from pstnkit.ordering.number_events import Assignee as Assignee
    from pstnkit.ordering.number_events import AssigneeKind as AssigneeKind
    from pstnkit.ordering.number_events import NumberStatus as NumberStatus
    from pstnkit.ordering.numbers import AlreadyAssigned as AlreadyAssigned
    from pstnkit.ordering.numbers import NotThisCustomers as NotThisCustomers
    from pstnkit.ordering.numbers import NumberBook as NumberBook
    from pstnkit.ordering.numbers import NumberRecord as NumberRecord
    from pstnkit.ordering.numbers import Usability as Usability
    from pstnkit.ordering.orders import NumberOrder as NumberOrder
    from pstnkit.ordering.orders import OrderStatus as OrderStatus
    from pstnkit.ordering.policy import BlockNotSplit as BlockNotSplit
    from pstnkit.ordering.policy import CartPolicy as CartPolicy
    from pstnkit.ordering.policy import OrderPolicy as OrderPolicy
    from pstnkit.ordering.registration_events import RegistrationStatus as RegistrationStatus
    from pstnkit.ordering.registrations import NoAddressInEffect as NoAddressInEffect
    from pstnkit.ordering.registrations import Registration as Registration
    from pstnkit.ordering.releases import OrderNotOver as OrderNotOver
    from pstnkit.ordering.releases import ReleaseOrder as ReleaseOrder
    from pstnkit.ordering.releases import ReleaseStatus as ReleaseStatus
    from pstnkit.ordering.review import Circumstances as Circumstances
    from pstnkit.porting.attachments import Attachment as Attachment
    from pstnkit.porting.attachments import AttachmentKind as AttachmentKind
    from pstnkit.porting.attachments import PaperPolicy as PaperPolicy
    from pstnkit.porting.changes import TooLateToChange as TooLateToChange
    from pstnkit.porting.cutoffs import CANADA_PORTING as CANADA_PORTING
    from pstnkit.porting.cutoffs import ChangeWindow as ChangeWindow
    from pstnkit.porting.cutoffs import DateFault as DateFault
    from pstnkit.porting.cutoffs import DateNotPermitted as DateNotPermitted
    from pstnkit.porting.cutoffs import PortDatePolicy as PortDatePolicy
    from pstnkit.porting.cutoffs import PortSpeed as PortSpeed
    from pstnkit.porting.cutoffs import check_requested as check_requested
    from pstnkit.porting.dates import ActualDate as ActualDate
    from pstnkit.porting.dates import FirmDate as FirmDate
    from pstnkit.porting.dates import RequestedDate as RequestedDate
    from pstnkit.porting.papers import IncompleteLetter as IncompleteLetter
    from pstnkit.porting.papers import MissingPaper as MissingPaper
    from pstnkit.porting.papers import PaperLack as PaperLack
    from pstnkit.porting.papers import PortPapers as PortPapers
    from pstnkit.porting.planning.cautions import CarrierDiffers as CarrierDiffers
    from pstnkit.porting.planning.cautions import Caution as Caution
    from pstnkit.porting.planning.cautions import CautionKind as CautionKind
    from pstnkit.porting.planning.cautions import FactNotKnown as FactNotKnown
    from pstnkit.porting.planning.cautions import MoreThanItsLines as MoreThanItsLines
    from pstnkit.porting.planning.cautions import NewBtnLeaves as NewBtnLeaves
    from pstnkit.porting.planning.cautions import NewBtnNeeded as NewBtnNeeded
    from pstnkit.porting.planning.cautions import PartialPort as PartialPort
    from pstnkit.porting.planning.cautions import PortabilityNotKnown as PortabilityNotKnown
    from pstnkit.porting.planning.cautions import RangeCut as RangeCut
    from pstnkit.porting.planning.cautions import SeveralOrders as SeveralOrders
    from pstnkit.porting.planning.cautions import StayingNotTold as StayingNotTold
    from pstnkit.porting.planning.cuts import Cut as Cut
    from pstnkit.porting.planning.cuts import CutPart as CutPart
    from pstnkit.porting.planning.cuts import CutReason as CutReason
    from pstnkit.porting.planning.facts import PortFacts as PortFacts
    from pstnkit.porting.planning.facts import PortField as PortField
    from pstnkit.porting.planning.facts import PortType as PortType
    from pstnkit.porting.planning.obstacles import CannotPort as CannotPort
    from pstnkit.porting.planning.obstacles import Obstacle as Obstacle
    from pstnkit.porting.planning.obstacles import Undecided as Undecided
    from pstnkit.porting.planning.planned import PlannedPort as PlannedPort
    from pstnkit.porting.planning.planner import plan_ports as plan_ports
    from pstnkit.porting.planning.port_plan import NotPlanned as NotPlanned
    from pstnkit.porting.planning.port_plan import PortPlan as PortPlan
    from pstnkit.porting.planning.portability import NotPortable as NotPortable
    from pstnkit.porting.planning.portability import NotPortableReason as NotPortableReason
    from pstnkit.porting.planning.portability import PortabilityUnknown as PortabilityUnknown
    from pstnkit.porting.planning.portability import Portable as Portable
    from pstnkit.porting.planning.portability import WhyNotKnown as WhyNotKnown
    from pstnkit.porting.planning.rules import PortRules as PortRules
    from pstnkit.porting.planning.simplicity import NotSimple as NotSimple
    from pstnkit.porting.planning.simplicity import Simple as Simple
    from pstnkit.porting.planning.simplicity import Simplicity as Simplicity
    from pstnkit.porting.ports import PortOrder as PortOrder
    from pstnkit.porting.ports import PortStatus as PortStatus
    from pstnkit.porting.regions import NoNpacRegion as NoNpacRegion
    from pstnkit.porting.regions import NpacRegion as NpacRegion
    from pstnkit.porting.regions import npac_region as npac_region
    from pstnkit.porting.regions import npac_regions as npac_regions
    from pstnkit.porting.regions import port_timezones as port_timezones
    from pstnkit.porting.rejects import PortRejected as PortRejected
    from pstnkit.porting.rejects import RejectFacts as RejectFacts
    from pstnkit.porting.rejects import RejectReason as RejectReason
    from pstnkit.porting.rejects import Remedy as Remedy
    from pstnkit.porting.reports import DateInJeopardy as DateInJeopardy
    from pstnkit.porting.states import PortStage as PortStage
    from pstnkit.porting.steps import PortStep as PortStep
    from pstnkit.porting.steps import StepKind as StepKind
    from pstnkit.porting.story import Milestone as Milestone
    from pstnkit.porting.story import PortStory as PortStory
    from pstnkit.porting.story import port_story as port_story
    from pstnkit.porting.supplements import NeedsNewRequest as NeedsNewRequest
    from pstnkit.porting.supplements import NothingToCorrect as NothingToCorrect
    from pstnkit.porting.supplements import Supplement as Supplement
    from pstnkit.porting.supplements import SupplementKind as SupplementKind
    from pstnkit.saved import from_json as from_json
    from pstnkit.saved import json_schema as json_schema
    from pstnkit.saved import to_json as to_json
    from pstnkit.saved.faults import DamagedSave as DamagedSave
    from pstnkit.saved.faults import NewerFormat as NewerFormat
    from pstnkit.secret import Secret as Secret
    from pstnkit.secret import SecretNotHere as SecretNotHere
    from pstnkit.secret import SecretRef as SecretRef
    from pstnkit.stores.ledgers import MemoryLedger as MemoryLedger
    from pstnkit.stores.ledgers import SqlLedger as SqlLedger
    from pstnkit.stores.memory import MemoryStore as MemoryStore
    from pstnkit.stores.protocol import StaleRecord as StaleRecord
    from pstnkit.stores.protocol import Store as Store
    from pstnkit.stores.protocol import UnknownRecord as UnknownRecord

# One table: where each public name lives. The block above mirrors it for type checkers; a test compares the two.
_DISTRICTS = {
    "numbering.telephone": ("TelephoneNumber", "Exchange"),
    "numbering.reasons": ("InvalidNumber", "Reason"),
    "numbering.ranges": ("NumberRange", "collapse"),
    "numbering.numberset": ("NumberSet",),
    "numbering.numbermap": ("NumberMap",),
    "numbering.plan": ("plan", "NumberingPlan"),
    "numbering.area_code": ("AreaCode", "AreaCodeKind", "AreaCodeStatus", "UnknownAreaCode"),
    "numbering.area_code_filters": ("InvalidAreaCodeFilter",),
    "numbering.classification": ("Classification", "NumberKind", "KindRule"),
    "numbering.damaged": ("CorruptData", "DamagedTable"),
    "numbering.nanpa_report": ("DamagedReport",),
    "numbering.plan_text": ("DamagedPlan",),
    "numbering.plan_corrections": ("AreaCodeCorrection", "DamagedCorrections"),
    "numbering.plan_sources": ("DamagedTimezones",),
    "numbering.interchange": ("AsWritten",),
    "numbering.structuring": ("register_cattrs_hooks",),
    "numbering.paste": (
        "read_numbers",
        "PasteReport",
        "Entry",
        "Verdict",
        "PastePolicy",
        "UnreadCell",
        "ReadColumn",
        "UnreadableSource",
        "UnknownColumn",
    ),
    "inventory.query": ("SearchQuery", "InvalidQuery", "UnknownFilter"),
    "inventory.inventory": ("Inventory",),
    "inventory.result": ("SearchResult", "SearchNote"),
    "inventory.line_plans": ("LinePlan",),
    "inventory.alternatives": ("Alternative", "AlternativeKind"),
    "inventory.policy": ("InventoryPolicy", "OptionOrder"),
    "inventory.area_map": ("AreaMap",),
    "inventory.exchange_map": ("ExchangeMap",),
    "inventory.summary": ("InventorySummary",),
    "inventory.supply": ("Supply", "RunBand", "RateCenter"),
    "inventory.exchanges": ("Exchanges",),
    "inventory.exchange_facts": ("ExchangeFacts", "InvalidExchangeTable"),
    "inventory.holds": ("Hold", "HoldStatus", "Standing"),
    "inventory.ledger_store": ("LedgerStore",),
    "inventory.refusals": ("NumbersUnavailable", "UnknownHold", "HoldEnded", "HoldConflict", "NotPurchased"),
    "lifecycle.events": ("Event", "Source", "NaiveTime"),
    "lifecycle.notices": ("Notice",),
    "lifecycle.machine": ("Machine", "Outcome", "DecisionRefused"),
    "lifecycle.history": ("Discrepancy",),
    "lifecycle.zones": ("UnknownTimeZone",),
    "lifecycle.calendars": (
        "Calendar",
        "FixedDay",
        "NthWeekday",
        "WeekdayBefore",
        "EasterDay",
        "OneDay",
        "Observed",
        "InvalidCalendar",
    ),
    "lifecycle.holidays": ("US_FEDERAL", "US_PORTING", "CANADA_FEDERAL", "provincial_calendar"),
    "lifecycle.business_hours": ("BusinessHours",),
    "lifecycle.fulfillment": (
        "OrderKind",
        "FulfillmentPolicy",
        "CalendarDays",
        "BusinessDays",
        "InvalidPolicy",
    ),
    "lifecycle.waiting": ("Expectation", "Wait", "WaitingFor", "Party"),
    "lifecycle.progress": ("Progress",),
    "lifecycle.failures": ("Failure", "FailureKind"),
    "lifecycle.timeline": ("timeline", "Timeline", "TimelineLine"),
    "lifecycle.dealings": ("dealings", "Dealing", "RequestKind", "RequestState"),
    "secret": ("Secret", "SecretRef", "SecretNotHere"),
    "accounts.addresses": (
        "CivicAddress",
        "Difference",
        "InvalidAddress",
        "AddressFault",
        "AddressFaultKind",
    ),
    "accounts.street_line": ("HouseNumber", "StreetName", "Unit"),
    "accounts.street_words": ("UnitKind",),
    "accounts.address_findings": ("address_findings", "AddressFinding", "AddressFindingKind"),
    "accounts.address_checks": (
        "AddressConfirmed",
        "AddressCorrected",
        "AddressAmbiguous",
        "AddressNotFound",
        "PostOfficeBox",
        "PostalCodeMismatch",
        "CheckerUnavailable",
    ),
    "accounts.emergency": (
        "AddressStatus",
        "Location",
        "ServiceAddress",
        "Override",
        "DispatchableLocation",
        "NotDispatchable",
        "NotProposed",
        "NotThisAddress",
        "MissingReason",
    ),
    "accounts.customers": ("AccountKind", "Customer", "SetUpStatus", "MissingSigner", "InvalidContact"),
    "accounts.missing": ("Missing", "MissingKind"),
    "accounts.letters": ("LetterOfAuthorization", "LetterDating", "LetterPolicy"),
    "accounts.agreements": ("Agreement", "AgreementKind", "AgreementStatus"),
    "ordering.holding": ("CarrierHold",),
    "ordering.lines": ("LosingAccount", "NotABlock"),
    "ordering.cart": (
        "Cart",
        "PortingNotOpen",
        "AlreadyInCart",
        "NotInCart",
        "UnknownLine",
        "NotARequest",
        "NoNumbersYet",
        "OtherCustomersCart",
        "EmptyLine",
    ),
    "ordering.alerts": (
        "Alert",
        "AlertKind",
        "NextStep",
        "SignatureNeeded",
        "LetterNeeded",
        "HoldLapsesSoon",
        "HoldLapsed",
        "NumbersGone",
        "AlreadyOwned",
        "InActiveOrder",
        "OfAnotherCustomer",
        "TooManyNumbers",
        "TooManyOnTrial",
        "TollFreeBlock",
        "BlockSizeNotSold",
        "BlockCannotBeSplit",
        "SeveralStates",
        "TollFreeAmongGeographic",
        "SetUpIncomplete",
        "EmergencyAddressMissing",
    ),
    "ordering.policy": (
        "OrderPolicy",
        "CartPolicy",
        "BlockNotSplit",
    ),
    "ordering.review": ("Circumstances",),
    "ordering.confirmation": (
        "Confirmation",
        "place",
        "finish",
        "EmptyCart",
        "UnknownAlert",
        "CannotFinish",
        "CartChanged",
        "ConfirmationLapsed",
    ),
    "ordering.orders": ("NumberOrder", "OrderStatus"),
    "ordering.releases": ("ReleaseOrder", "ReleaseStatus", "OrderNotOver"),
    "ordering.number_events": ("NumberStatus", "Assignee", "AssigneeKind"),
    "ordering.numbers": ("NumberBook", "NumberRecord", "Usability", "NotThisCustomers", "AlreadyAssigned"),
    "ordering.registration_events": ("RegistrationStatus",),
    "ordering.registrations": ("Registration", "NoAddressInEffect"),
    "porting.regions": ("NpacRegion", "npac_region", "npac_regions", "port_timezones", "NoNpacRegion"),
    "porting.cutoffs": (
        "PortDatePolicy",
        "CANADA_PORTING",
        "PortSpeed",
        "ChangeWindow",
        "DateFault",
        "DateNotPermitted",
        "check_requested",
    ),
    "porting.story": ("PortStory", "Milestone", "port_story"),
    "porting.planning.facts": (
        "PortFacts",
        "PortField",
        "PortType",
    ),
    "porting.planning.portability": (
        "Portable",
        "NotPortable",
        "PortabilityUnknown",
        "NotPortableReason",
        "WhyNotKnown",
    ),
    "porting.planning.rules": ("PortRules",),
    "porting.planning.planner": ("plan_ports",),
    "porting.planning.port_plan": (
        "PortPlan",
        "NotPlanned",
    ),
    "porting.planning.planned": ("PlannedPort",),
    "porting.planning.cuts": (
        "Cut",
        "CutPart",
        "CutReason",
    ),
    "porting.planning.cautions": (
        "Caution",
        "CautionKind",
        "PartialPort",
        "NewBtnNeeded",
        "NewBtnLeaves",
        "StayingNotTold",
        "MoreThanItsLines",
        "SeveralOrders",
        "RangeCut",
        "FactNotKnown",
        "CarrierDiffers",
        "PortabilityNotKnown",
    ),
    "porting.planning.obstacles": (
        "CannotPort",
        "Obstacle",
        "Undecided",
    ),
    "porting.planning.simplicity": (
        "Simplicity",
        "Simple",
        "NotSimple",
    ),
    "porting.attachments": ("Attachment", "AttachmentKind", "PaperPolicy"),
    "porting.papers": ("PortPapers", "MissingPaper", "PaperLack", "IncompleteLetter"),
    "porting.dates": ("RequestedDate", "FirmDate", "ActualDate"),
    "porting.ports": ("PortOrder", "PortStatus"),
    "porting.states": ("PortStage",),
    "porting.supplements": ("Supplement", "SupplementKind", "NeedsNewRequest", "NothingToCorrect"),
    "porting.steps": ("PortStep", "StepKind"),
    "porting.changes": ("TooLateToChange",),
    "porting.reports": ("DateInJeopardy",),
    "porting.rejects": ("PortRejected", "RejectReason", "RejectFacts", "Remedy"),
    "carriers.protocol": (
        "Carrier",
        "Request",
        "Accepted",
        "Refused",
        "RefusalReason",
        "OutcomeUnknown",
        "Offer",
    ),
    "carriers.own_inventory": ("OwnInventory",),
    "carriers.simulated": ("SimulatedCarrier",),
    "carriers.simulated_words": ("UnreadableAnswer",),
    "carriers.world": ("SimulatedWorld", "WorldRefused"),
    "saved": ("to_json", "from_json", "json_schema"),
    "saved.faults": ("DamagedSave", "NewerFormat"),
    "stores.protocol": ("Store", "StaleRecord", "UnknownRecord"),
    "stores.memory": ("MemoryStore",),
    "stores.ledgers": ("MemoryLedger", "SqlLedger"),
    "desk.desk": ("Desk", "AsyncDesk"),
    "desk.searching": ("Found",),
    "desk.orders": ("Received",),
    "desk.setup": ("FutureConversion",),
    "desk.agreements": ("FutureSignature",),
    "desk.addresses": ("NoAddress",),
    "desk.signing": ("SigningService", "CarrierSigning"),
    "desk.answers": ("CarrierRefused", "CarrierSilent", "UnsupportedFilter"),
    "errors": ("PstnkitError", "CallerError", "DecisionError", "CarrierError"),
}
_HOME = {name: module for module, names in _DISTRICTS.items() for name in names}

__all__ = ["__version__", *_HOME]


def __getattr__(name: str) -> Any:
    """Load a public name from its district on first use (PEP 562)."""
    module = _HOME.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"{__name__}.{module}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
