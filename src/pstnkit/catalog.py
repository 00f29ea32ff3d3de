"""The one catalog of sentences for people, keyed by the type and member that they explain.

Every enum member or event class that a person may meet has a sentence here, with named places for its typed
figures. A word that depends on a count names its forms, for one and for any other: ``{digits:digit|digits}``. A service
that speaks another language passes its own mapping; keys are ``"TypeName.value"`` for enum members and ``"TypeName"``
for classes.

>>> from pstnkit import Reason
>>> sentence(Reason.TOO_SHORT, digits=7)
'has 7 digits; a telephone number has 10'
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any

SENTENCES: dict[str, str] = {
    # --- numbering: why an entry is not a usable number -----------------------------------------------------
    "Reason.not_a_number": "is not a telephone number",
    "Reason.too_short": "has {digits} {digits:digit|digits}; a telephone number has 10",
    "Reason.too_long": "has {digits} digits; a telephone number has 10",
    "Reason.foreign": "is a number of another country ({country})",
    "Reason.area_code_format": "has the area code {npa}; an area code is 2 to 9 and two more digits, not ending in 11",
    "Reason.area_code_not_in_service": "has the area code {npa}, which is not in service",
    "Reason.area_code_unconfirmed": "has the area code {npa}, which the numbering plan knows no date for",
    "Reason.exchange_format": "has the exchange {nxx}; an exchange is 2 to 9 and two more digits",
    "Reason.n11_exchange": "has the exchange {nxx}, which is a service and never an exchange in area code {npa}",
    "Reason.fictitious": "is set aside for fiction and belongs to nobody",
    "Reason.directory_assistance": "is directory assistance, not a subscriber's number",
    "Reason.test_exchange": "has the exchange {nxx}, which is used for tests of the network",
    "Reason.special_exchange": "has the exchange {nxx}, which is not assigned to subscribers",
    "Reason.toll_free": "is a toll-free number (area code {npa})",
    "Reason.premium": "is a premium-rate number (area code {npa})",
    "Reason.personal": "is a personal number that belongs to no place (area code {npa})",
    "Reason.non_geographic": "is a number that belongs to no place (area code {npa})",
    "Reason.digits_lost": "has lost digits in a spreadsheet; they cannot be recovered from it",
    "Reason.range_invalid": "is not a range of numbers within one exchange, lower end first",
    "Reason.several_numbers": "holds several numbers, and where one ends is not clear",
    "Reason.has_extension": "is a number with the extension {extension}",
    "Reason.duplicate": "has been listed before",
    "Reason.already_owned": "is owned already",
    "Reason.in_active_order": "is in an order that is still active",
    "Reason.unreadable_cell": "is a cell that cannot be read as text or a number",
    # --- numbering: how to mend an entry of a paste ---------------------------------------------------------
    "Hint.write_plus": "if it is a number of another country, write + and its country code",
    "Hint.add_area_code": "add the area code",
    "Hint.plan_date": "the numbering plan was last corrected on {as_of} and vouches until {horizon}",
    "Hint.opens": "area code {npa} is announced to open on {opens}",
    "Hint.format_as_text": "format the column as text in the spreadsheet and enter the number again",
    "Hint.widen_column": "widen the column in the spreadsheet and copy it again",
    "Hint.formula_error": "the spreadsheet could not work out this cell",
    "Hint.one_per_line": "write one number per line",
    "Hint.grouping": "write the ten digits in one piece or as 3-3-4",
    "Hint.mask": "write every digit: a mask is no range",
    "Hint.look_alikes": "write the digits 0 and 1, not letters that look like them",
    "Hint.range_four_digits": "write all four digits of the last line",
    "Hint.range_reversed": "write the lower end first",
    "Hint.range_one_exchange": "write one range for each exchange",
    "Hint.first_listed": "first listed in row {row} (entry {entry})",
    "Hint.partly_listed": (
        "{repeated:,} of its {count:,} numbers {repeated:is|are} listed before, {number} in row {row} (entry {entry})"
    ),
    "Hint.first_listed_elsewhere": "first listed in row {row} of source {source} (entry {entry})",
    "Hint.partly_listed_elsewhere": (
        "{repeated:,} of its {count:,} numbers {repeated:is|are} listed before, {number} in row {row} "
        "of source {source} (entry {entry})"
    ),
    "Hint.range_member": "because of {number}",
    "Hint.letters_beyond": "keep the first seven digits and letters behind the area code",
    "Hint.country": "{country} is outside the North American plan",
    "Hint.cell_type": "a cell holds text or a number, not {type}",
    # --- numbering: why a column of a paste was read --------------------------------------------------------
    "WhyRead.asked_for": "it was asked for",
    "WhyRead.only_column": "it is the only one",
    "WhyRead.heading": "its heading names telephone numbers",
    "WhyRead.content": "{percent} % of its cells are telephone numbers",
    "WhyRead.most": "no column has more telephone numbers ({percent} % of its cells)",
    # --- numbering: area codes ------------------------------------------------------------------------------
    "UnknownAreaCode": "{text} is no area code; one is three digits, the first 2 to 9",
    "InvalidAreaCodeFilter": "{field} {value} is unknown to the plan{meant}; it knows {known}",
    "AreaCodeStatus.in_service": "is in service",
    "AreaCodeStatus.planned": "is assigned, but not in service",
    "AreaCodeStatus.unassigned": "is not assigned",
    "AreaCodeStatus.reserved": "is reserved, and not assigned",
    "AreaCodeStatus.not_assignable": "is never assigned",
    "AreaCodeStatus.unconfirmed": "has no known date, and the plan vouches only up to {horizon}",
    "AreaCodeKind.geographic": "serves a place",
    "AreaCodeKind.toll_free": "is toll-free",
    "AreaCodeKind.premium": "is premium-rate",
    "AreaCodeKind.personal": "is for personal numbers",
    "AreaCodeKind.non_geographic": "belongs to no place",
    # --- numbering: by which rule a number is of its kind ---------------------------------------------------
    "KindRule.nothing_apart": "no rule sets the number apart",
    "KindRule.toll_free_area_code": "area code {npa} is for toll-free numbers",
    "KindRule.premium_area_code": "area code {npa} is for premium-rate numbers",
    "KindRule.personal_area_code": "area code {npa} is for personal numbers, which belong to no place",
    "KindRule.non_geographic_area_code": "area code {npa} belongs to no place",
    "KindRule.carrier_access_exchange": "exchange {nxx} gives access to other carriers",
    "KindRule.test_exchange": "exchange {nxx} is used for tests of the network",
    "KindRule.pay_per_call_exchange": "exchange {nxx} is for pay-per-call services",
    "KindRule.fictitious_line": "lines 0100 to 0199 of exchange 555 are set aside for fiction",
    "KindRule.fictitious_toll_free_number": "800-555-0199 is the one toll-free number set aside for fiction",
    "KindRule.directory_line": "555-1212 is directory assistance",
    "KindRule.other_555_line": "lines of exchange 555 are not assigned to subscribers",
    # --- inventory: searches and alternatives ---------------------------------------------------------------
    "SearchNote.subdivision_not_certain": "subdivision not certain: area code {npa} serves {subdivisions}",
    "SearchNote.city_approximate": "the exchanges of {city} are approximate: no table of exchanges is loaded",
    "SearchNote.area_code_not_in_service": "area code {npa} {status}, as of {as_of}",
    "Shape.number": "a number",
    "Shape.numbers": "{quantity:,} numbers",
    "Shape.run": "a run of {quantity:,}",
    "Shape.block": "a block of {quantity:,}",
    "Nearness.same_rate_center": "the same rate center ({rate_center})",
    "Nearness.nearest": "{kilometers:.0f} km away",
    "Nearness.same_area_code": "the same area code",
    "AlternativeKind.same_exchange": "{wanted}, still free in the same exchange ({exchange})",
    "AlternativeKind.split_runs": "{wanted}, pieced together from {pieces:,} runs: {sizes}",
    "AlternativeKind.unaligned_run": "a run of {quantity:,}, not aligned as a block",
    "AlternativeKind.other_exchange": "{wanted} in exchange {exchange} ({nearness})",
    "AlternativeKind.overlay": "{wanted} in area code {npa}, which serves the area of {instead_of} too",
    "AlternativeKind.same_state": "{wanted} elsewhere in {state}, first in area code {npa}",
    "AlternativeKind.non_consecutive": "{quantity:,} of the {available:,} numbers available, not all consecutive",
    "AlternativeKind.smaller_run": "a run of {length:,}, the longest available",
    "AlternativeKind.advanced_order": "an advanced order: the carrier sources {wanted} in {days} {days:day|days}",
    # --- accounts: what is wrong with an address -------------------------------------------------------------------
    "AddressFaultKind.missing": "the {field} is missing",
    "AddressFaultKind.house_number": "the house number {text} is none: write it like 500, 500B, 500 1/2 or 112-10",
    "AddressFaultKind.state": "the state {text} is no state, province or territory of the US or Canada",
    "AddressFaultKind.country": "the country {text} is neither US nor CA",
    "AddressFaultKind.other_country": "the state {text} lies in another country than was given",
    "AddressFaultKind.postal_code": "the postal code {text} is none of its country",
    "AddressFaultKind.unit": "the unit {text} names none, like STE 4 or FL 3; a landmark goes into additional",
    "AddressFaultKind.twice": "the {field} is given twice, the second time as {text}",
    "AddressFaultKind.line": "{text} is no address in one line, like 500 Anson St, San Francisco, CA 94108",
    # --- accounts: what we find in an address ourselves ------------------------------------------------------------
    "AddressFindingKind.postal_code_of_another_state": "postal codes {beginning}... are in {states}, not in {state}",
    "AddressFindingKind.postal_code_of_no_state": "postal codes {beginning}... are not known to be in any state",
    "AddressFindingKind.post_office_box": "{text} is a post office box, and nobody can be sent there",
    "AddressFindingKind.not_within_a_building": "no suite, floor or room: enough for a house, too little for a tower",
    # --- accounts: what is missing ---------------------------------------------------------------------------------
    "MissingKind.contract_information": "the name of whoever signs for {detail} has to be entered",
    "MissingKind.emergency_address": "an emergency address has to be entered",
    "MissingKind.address_check": "the carrier has to check the emergency address {detail}",
    "MissingKind.address_checker": "the carrier cannot check {detail} now: it has to be asked again",
    "MissingKind.address_proposed": "the carrier would correct {detail}: accept what it proposes, edit, or override",
    "MissingKind.address_ambiguous": "several places could be meant by {detail}: accept one of them, edit, or override",
    "MissingKind.address_rejected": "the carrier does not take {detail}: enter another address, or override",
    "MissingKind.discrepancy": "a report contradicts what is settled, and somebody has to look at it: {detail}",
    "MissingKind.agreement_unsent": "still to be sent to the signer: the {detail}",
    "MissingKind.signature": "still to be signed: the {detail}",
    "MissingKind.agreement_refused": "the {detail}: somebody has to talk to the signer",
    "MissingKind.number_address": "{count:,} {count:number has|numbers have} no emergency address in effect",
    "MissingKind.registration_pending": (
        "{count:,} {count:number is|numbers are} not registered at {count:its|their} emergency address yet"
    ),
    "MissingKind.registration_failed": (
        "the emergency registration of {count:,} {count:number|numbers} has failed: {detail}"
    ),
    "MissingKind.removal_pending": (
        "the emergency registration of {count:,} {count:number|numbers} that left is still to be removed"
    ),
    # --- ordering: whether a number can be used ---------------------------------------------------------------------
    "Usability.usable": "yes",
    "Usability.covered": "yes, registered at its former emergency address until it is at the new one",
    "Usability.not_provisioned": "no",
    "Usability.no_address": "no: it has no emergency address",
    "Usability.registration_pending": "no: not registered at its emergency address yet",
    "Usability.registration_failed": "no: its emergency registration has failed",
    # --- accounts: what an administrator is told ------------------------------------------------------------------
    "AgreementKind.terms_of_service": (
        "Tell the administrator that the carrier's terms of service are coming by e-signature; "
        "the order is processed once they are signed."
    ),
    "AgreementKind.contract": (
        "Tell the administrator that the contract is coming by e-signature; the order is processed once it is signed."
    ),
    "AgreementKind.letter_of_authorization": (
        "Tell the administrator that a letter of authorization is coming by mail; "
        "the port is not processed until it is signed."
    ),
    # --- orders and ports: what is waited for, and how late it is ------------------------------------------------
    "Timeliness.due": "due {due}",
    "Timeliness.overdue": "was due {due}, {late} ago",
    "WaitingFor.finishing": "the confirmation has to be read and finished",
    "WaitingFor.agreement": "the {agreement} has to be sent to {who}",
    "WaitingFor.signature": "{who} has to sign the {agreement}",
    "WaitingFor.new_agreement": "nobody has signed the {agreement}{why}: send it again, or cancel",
    "WaitingFor.newer_letter": (
        "the {agreement} was signed more than {count} {count:day|days} ago{why}: have a new one signed"
    ),
    "WaitingFor.letter_day": (
        "the {agreement} is of a day to come{why}: it counts from then on, unless a new one is signed"
    ),
    "WaitingFor.answer": "the carrier has to answer",
    "WaitingFor.reading": "what the carrier has must be read: an answer was lost, or leaves something open",
    "WaitingFor.judgment": "a report contradicts what is settled, and somebody has to look at it{why}",
    "WaitingFor.documents": "the carrier has to be given what it lacks to go on{why}",
    "WaitingFor.naming": "the carrier has to find {count:,} {count:number|numbers}",
    "WaitingFor.provisioning": "the carrier has to provision {count:,} {count:number|numbers}",
    "WaitingFor.stock": "the carrier has no stock for {count:,} {count:number|numbers}, and keeps the order{why}",
    "WaitingFor.cancellation": "the carrier has to confirm that it is cancelled",
    "WaitingFor.carrier_draft": "the port has to be completed at the carrier, which keeps it as a draft",
    "WaitingFor.carrier_signature": "what the carrier has sent has to be signed",
    "WaitingFor.forwarding": "the carrier has to check the port, and send it to the losing carrier",
    "WaitingFor.firm_date": "the losing carrier has to commit itself to a date",
    "WaitingFor.correction": "the port was rejected, and has to be corrected{why}",
    "WaitingFor.customer_clearance": "the port was rejected, and the customer has to clear that up{why}",
    "WaitingFor.carrier_clearance": "the port was rejected, and the carrier is putting that right{why}",
    "WaitingFor.losing_carrier_clearance": "the port was rejected, and the losing carrier has to act{why}",
    "WaitingFor.supplement": "the losing carrier has to take the correction",
    "WaitingFor.port_day": "{count:,} {count:number moves|numbers move} at {until}",
    "WaitingFor.activation": "{count:,} {count:number has|numbers have} to be activated",
    # --- ports: the milestones of a story ------------------------------------------------------------------------
    "Milestone.requested": "the day that was asked for",
    "Milestone.firm": "the losing carrier has committed itself to this moment",
    "Milestone.due": "promised to the customer for this moment",
    "Milestone.actual": "the numbers work from this day on",
    "Lateness.late": "passed, and not kept",
    # --- ports: why a day cannot be asked for --------------------------------------------------------------------
    "DateFault.past": "is past ({detail} is today)",
    "DateFault.too_soon": "is sooner than the rules allow ({detail} is the first day)",
    "DateFault.too_far": "is more than {detail} days ahead",
    "DateFault.weekend": "is no business day",
    "DateFault.holiday": "is a holiday on the losing carrier's calendar ({detail})",
    # --- ordering: the alerts of a confirmation -------------------------------------------------------------------
    "AlertKind.signature_needed": "nothing is processed until the customer has signed the {agreement}",
    "AlertKind.letter_needed": (
        "{numbers} of {carrier} to be ported, but not before a letter of authorization is signed"
    ),
    "AlertKind.hold_lapses_soon": "{numbers} held only until {until}",
    "AlertKind.several_states": "the new numbers are in {count} states or provinces: {places}",
    "AlertKind.toll_free_among_geographic": (
        "{count:,} toll-free {count:number|numbers} among {others:,} that {others:is|are} not"
    ),
    "AlertKind.block_cannot_be_split": (
        "{count:,} {count:block|blocks} that cannot be split later: "
        "{count:its|their} numbers go back together or not at all"
    ),
    "AlertKind.set_up_incomplete": "the set-up is not complete: {step} is to be done",
    "AlertKind.emergency_address_missing": "no emergency address is confirmed ({step}): no order without one",
    "AlertKind.hold_lapsed": "the hold of {numbers} has lapsed",
    "AlertKind.numbers_gone": "{numbers} gone: somebody else has {count:it|them} by now",
    "AlertKind.already_owned": "{numbers} that the customer has already",
    "AlertKind.in_active_order": "{numbers} in another order of the customer ({orders})",
    "AlertKind.of_another_customer": "{numbers} that another customer has or waits for ({customers})",
    "AlertKind.too_many_numbers": (
        "{count:,} new {count:number is|numbers are} more than the {most:,} that one order may have"
    ),
    "AlertKind.too_many_on_trial": (
        "a customer on a trial may have {most:,} new {most:number|numbers}; "
        "this one has {has:,}, and {count:,} more {count:is|are} in the cart"
    ),
    "AlertKind.toll_free_block": "{numbers} in a toll-free block, which is not sold",
    "AlertKind.block_size_not_sold": "a block of {size:,}; blocks are sold in sizes of {sizes}",
    # --- ordering: what the partner does about an alert -----------------------------------------------------------
    "NextStep.tell_the_administrator": "tell the administrator what is coming to be signed",
    "NextStep.finish_in_time": "finish before then, or look at the cart again to have the numbers kept longer",
    "NextStep.hold_anew": "have the numbers held anew, and place the cart again",
    "NextStep.choose_others": "take them out of the cart, and choose others",
    "NextStep.take_out": "take them out of the cart",
    "NextStep.order_fewer": "take numbers out of the cart, and order them with another one",
    "NextStep.move_to_paid": "take numbers out of the cart, or move the customer to a paid account",
    "NextStep.choose_another_size": "choose a block of a size that is sold, or single numbers",
    "NextStep.choose_single_numbers": "choose single numbers, which can be given back one by one",
    "NextStep.check_places": "make sure that numbers of several places are meant",
    "NextStep.check_toll_free": "make sure that toll-free numbers are meant, or order them apart",
    "NextStep.enter_contract_information": "enter the contract information, with the name of the signer",
    "NextStep.enter_emergency_address": "enter the emergency address, and have it confirmed by the carrier",
    # --- what has happened: decisions, which are ours ----------------------------------------------------------------
    "Finish": "the confirmation was read and finished",
    "Cancel": "the order is to be cancelled",
    "Settle": "the discrepancies were looked at: {note}",
    "Supplement": "the port is to be changed",
    "Supplement.changes": "to be corrected: {changes}",
    "Supplement.requested": "another date is asked for: {requested}",
    "EnterContractInformation": "{signer} will sign",
    "EnterAddress": "the emergency address was entered: {address}",
    "AcceptAddress": "the address that the carrier proposed is right",
    "AcceptAddress.address": "of the addresses that the carrier proposed, this one is right: {address}",
    "OverrideCheck": "the address is right, whatever the check said ({why}): {address}",
    "SkipSetUp": "the set-up was left for later",
    "ConvertToPaid": "the account moves from trial to paid",
    "Send": "the agreement is to be sent",
    "Void": "the agreement was withdrawn",
    "Assign": "{count:,} {count:number|numbers} assigned to {to}: {numbers}",
    "Unassign": "{count:,} {count:number is|numbers are} assigned to nobody any more: {numbers}",
    "Release": "{count:,} {count:number is|numbers are} to be given back: {numbers}",
    "UseAddress": "the customer's emergency address is now {address}",
    "UseAddress.location": "the emergency address of {location} is now {address}",
    "MoveNumbers": "{count:,} {count:number has|numbers have} the customer's emergency address: {numbers}",
    "MoveNumbers.location": "{count:,} {count:number has|numbers have} the emergency address of {location}: {numbers}",
    "RegisterAgain": "{count:,} {count:number is|numbers are} to be registered for emergency calls again: {numbers}",
    "AskCarrier": "the registration of {count:,} {count:number|numbers} is to be changed at the carrier: {numbers}",
    # --- what has happened: reports, which are others' ----------------------------------------------------------------
    "GatesOpened": "everything is signed that had to be",
    "ContractSigned": "the contract is signed",
    "Acknowledged": "the carrier has the order, as {reference}",
    "TurnedDown": "the carrier says no: {reason}",
    "AnswerLost": "no answer came, and what the carrier has is unknown: {why}",
    "NeverArrived": "the carrier was read, and has nothing under our reference",
    "NumbersNamed": "the carrier has named {count:,} {count:number|numbers}: {numbers}",
    "NumbersWorking": "{count:,} {count:number works|numbers work}: {numbers}",
    "NumbersFailed": "{count:,} {count:number|numbers} cannot be had, {numbers}: {reason}",
    "DocumentsAsked": "the carrier lacks something to go on: {what}",
    "UnknownWord": "the carrier says {state} of the {thing}, which is no word that is known",
    "BackOrdered": "the carrier keeps the order waiting",
    "Fulfilled": "the order is done, and all its numbers work",
    "Fulfilled.works_from": "the order is done, and all its numbers work from {works_from} on",
    "PartlyFulfilled": "the order is over, and only some of its numbers work: {reason}",
    "PartlyFulfilled.works_from": (
        "the order is over, and only some of its numbers work, from {works_from} on: {reason}"
    ),
    "PartlyFulfilled.working": "the order is over, and only {count:,} of its numbers {count:works|work}: {reason}",
    "Unfulfilled": "the order is over without a number: {reason}",
    "Cancelled": "the carrier has cancelled the order",
    "CancellationRefused": "the carrier does not cancel the order: {reason}",
    "HeldAsDraft": "the carrier keeps the port as a draft, to be completed there",
    "HeldAsDraft.text": "the carrier keeps the port as a draft, to be completed there: {text}",
    "SignatureMissing": "the carrier waits for a signature",
    "SignatureMissing.text": "the carrier waits for a signature: {text}",
    "SentToLosingCarrier": "the request was sent to the losing carrier",
    "PortRejected": "the losing carrier rejects the port: {text} ({code})",
    "SupplementTaken": "the correction was taken, and the port goes on",
    "SupplementRefused": "the correction was not taken: {reason}",
    "FocConfirmed": "the losing carrier commits itself to {foc}",
    "DateInJeopardy": "the firm date may not be kept: {reason}",
    "DateInJeopardy.text": "the firm date may not be kept: {text}",
    "ActivationStarted": "the numbers are being activated",
    "ActivationHampered": "the activation of {count:,} {count:number|numbers} has to be repeated: {numbers}",
    "NumbersSnappedBack": "{count:,} {count:number|numbers} went back to the losing carrier: {numbers}",
    "NumbersLeaving": "{count:,} {count:number is|numbers are} about to leave: {numbers}",
    "NumbersLeft": "{count:,} {count:number has|numbers have} left: {numbers}",
    "CancellationTaken": "the carrier is about to cancel the port",
    "PortExpired": "the carrier has closed the port: nobody put it right in time",
    "EnvelopeSent": "the agreement was sent, as {envelope}",
    "EnvelopeDelivered": "the agreement has reached the signer's mailbox",
    "EnvelopeSigned": "the agreement was signed",
    "EnvelopeSigned.by": "the agreement was signed by {by}",
    "EnvelopeDeclined": "the signer declined to sign",
    "EnvelopeDeclined.reason": "the signer declined to sign: {reason}",
    "EnvelopeVoided": "the agreement was withdrawn at the e-signature service",
    "EnvelopeExpired": "nobody signed in time",
    "NoticeTold": "people were told",
    "AddressConfirmed": "the carrier knows the address: {address}",
    "AddressCorrected": "the carrier proposes another address: {proposed}",
    "AddressAmbiguous": "several addresses could be meant: {candidates}",
    "AddressNotFound": "the carrier knows no such address: {address}",
    "PostOfficeBox": "the address is a post office box: {address}",
    "PostalCodeMismatch": "the postal code is not one of the state or province: {address}",
    "CheckerUnavailable": "the carrier could not check the address now: {address}",
    "MovedToPaid": "the organization has moved from trial to paid",
    "NumbersExpected": "{count:,} {count:number is|numbers are} on the way by order {order}: {numbers}",
    "NumbersRegistered": "{count:,} {count:number is|numbers are} registered at {address}: {numbers}",
    "RegistrationFailed": "{count:,} {count:number is|numbers are} not registered at {address}, {numbers}: {reason}",
    "RegistrationRemoved": "{count:,} {count:number is|numbers are} registered nowhere any more: {numbers}",
    "RegistrationTaken": "the carrier works on the registration, as {theirs}",
    "RegistrationPutOff": "the carrier cannot change the registration now: {why}",
    "NumbersReleased": "{count:,} {count:number|numbers} went back to the carrier: {numbers}",
    "NumbersReleased.reason": "the carrier has disconnected {count:,} {count:number|numbers}, {numbers}: {reason}",
    "NumbersKept": "the carrier does not take back {count:,} {count:number|numbers}, {numbers}: {reason}",
    "NumbersPortedOut": "{count:,} {count:number|numbers} left for another carrier: {numbers}",
    # --- what has happened: who says so, and how it was judged --------------------------------------------------------
    "Source.partner": "{actor}, for the partner",
    "Source.customer": "{actor}, for the customer",
    "Source.carrier": "the carrier ({actor})",
    "Source.signing_service": "the e-signature service ({actor})",
    "Source.clock": "the clock ({actor})",
    "Outcome.expected": "as expected",
    "Outcome.implied": "ahead of us: the steps in between are taken as done",
    "Outcome.already": "known already",
    "Outcome.late": "late: it is past that",
    "Outcome.contradicts": "contradicts what is settled: somebody has to look",
    # --- porting: whether a number can be ported --------------------------------------------------------------------
    "Portable": "can be ported",
    "NotPortableReason.already_here": "the carrier has it already{text}",
    "NotPortableReason.carrier_stock": "the carrier has it on offer: order it instead{text}",
    "NotPortableReason.pending_order": "another order for it is under way{text}",
    "NotPortableReason.no_coverage": "the carrier does not serve its rate center{text}",
    "NotPortableReason.not_in_service": "nobody has it: it is not in service{text}",
    "NotPortableReason.port_freeze": "its user has had it locked: have the lock taken off first{text}",
    "NotPortableReason.other": "the carrier does not take it{text}",
    "WhyNotKnown.not_asked": "nobody has asked the carrier{text}",
    "WhyNotKnown.no_answer": "the carrier was asked and did not answer{text}",
    "WhyNotKnown.left_out": "the carrier's answer leaves it out{text}",
    "WhyNotKnown.cannot_tell": "the carrier cannot tell{text}",
    # --- porting: why there are several orders ----------------------------------------------------------------------
    "CutReason.toll_free": "{numbers} are of two kinds, which move in different ways: {listed}",
    "CutReason.losing_carrier": "{numbers} are with {parts} losing carriers: {listed}",
    "CutReason.account_number": "{numbers} are on {parts} accounts: {listed}",
    "CutReason.btn": "{numbers} are billed to {parts} BTNs: {listed}",
    "CutReason.business_name": "{numbers} are in {parts} business names: {listed}",
    "CutReason.service_address": "{numbers} are at {parts} service addresses: {listed}",
    "CutReason.signer": "{numbers} have {parts} authorized signers: {listed}",
    "CutReason.port_type": "{numbers} are of {parts} types of port: {listed}",
    "CutReason.rate_center": "{numbers} are in {parts} rate centers: {listed}",
    "CutReason.most_in_an_order": (
        "{numbers} are more than the {most:,} that one order may have: {parts} orders ({listed})"
    ),
    "CutReason.whole_ranges": (
        "{numbers} are more than the {most:,} that one order may have, and ranges stay whole: {parts} orders ({listed})"
    ),
    "CutLabel.toll_free": "toll-free",
    "CutLabel.geographic": "not toll-free",
    "CutLabel.account_of": "account of {number}",
    "CutLabel.not_known": "{fact} not known",
    # --- porting: what to mind about a plan -------------------------------------------------------------------------
    "Caution": "{count:order|orders} {orders}: {told}",
    "CautionKind.partial_port": (
        "a partial port: {count:,} {count:number|numbers} ({which}) {count:stays|stay} on the account"
    ),
    "CautionVariant.partial_port_unnamed": (
        "a partial port: {unnamed:,} {unnamed:number stays|numbers stay} on the account"
    ),
    "CautionVariant.partial_port_and_more": (
        "a partial port: {count:,} {count:number|numbers} ({which}) {count:stays|stay} on the account, "
        "and {unnamed:,} more"
    ),
    "CautionKind.new_btn_needed": "the BTN {btn} leaves while numbers stay: name a new BTN for them",
    "CautionKind.new_btn_leaves": "{new_btn} cannot be the new BTN: it is ported as well",
    "CautionKind.staying_not_told": (
        "say what else is on the account, or how many lines it has: if any stay, it is a partial port"
    ),
    "CautionKind.more_than_its_lines": (
        "the account is said to have {lines:,} {lines:line|lines}, and {named:,} of its numbers are named"
    ),
    "CautionKind.several_orders": "one account leaves in {count:,} orders",
    "CautionVariant.several_orders_with_btn": (
        "one account leaves in {count:,} orders: order {last:,} has its BTN and is to go last, "
        "or on the same day as the others"
    ),
    "CautionKind.range_cut": "the range {cut} is cut",
    "CautionKind.fact_not_known": "apart from others only because the {fact} is not known",
    "CautionKind.carrier_differs": (
        "{numbers}: said to be with {said}, and by the portability check with {told}, which counts"
    ),
    "CautionKind.portability_not_known": "{numbers}: not known whether {count:it|they} can be ported: {why}",
    # --- porting: why a number is in no order -----------------------------------------------------------------------
    "Obstacle.unreadable": "{text} {why}",
    "Obstacle.not_a_line": "{why}",
    "Obstacle.area_code_not_in_service": "{why}",
    "Obstacle.elsewhere": "numbers of this country ({why}) are not ported to the United States or Canada",
    "Obstacle.already_owned": "here already{holder}",
    "Obstacle.in_active_order": "{count:it is|they are} in an order that is under way{holder}",
    "Obstacle.not_portable": "{why}",
    "Undecided": "find out the losing carrier, by a portability check or from a bill",
    # --- porting: simple ports --------------------------------------------------------------------------------------
    "Simple.yes": "a simple port",
    "Simple.no": "not a simple port: {because}",
    "Simple.not_known": "whether it is a simple port is not known: {open}",
    "NotSimple.several_numbers": "it has several numbers",
    "NotSimple.other_lines": "the account has other lines",
    "NotSimple.unbundled": "it is on unbundled network elements",
    "NotSimple.complex_features": "it has complex switch features",
    "NotSimple.reseller": "a reseller is involved",
    "NotSimple.toll_free": "it is toll-free",
    # --- porting: the papers, and what is missing of them ------------------------------------------------------------
    "AttachmentKind.bill": "bill",
    "AttachmentKind.csr": "customer service record",
    "PaperLack.field": "the {field} is missing",
    "PaperLack.new_btn": "the BTN leaves while numbers stay: a new BTN for them is missing",
    "PaperLack.not_signed": "the letter of authorization has to be signed{by}",
    "PaperLack.signed_too_long_ago": (
        "the letter of authorization was signed on {dated} and counts for {days:,} {days:day|days}: sign it anew"
    ),
    "PaperLack.signed_in_the_future": "the letter of authorization is dated {dated}, which is still to come",
    "PaperLack.signed_by_another": "{who} has signed the letter of authorization; it has to be {expected}",
    "PaperLack.bill": "a bill of the losing carrier is missing",
    "PaperLack.csr": "the customer service record is missing: it is asked for at the losing carrier",
    "PaperLack.too_old": (
        "the {document} {reference} is of {dated} and counts for {days:,} {days:day|days}: a newer one is missing"
    ),
    "PaperLack.in_the_future": "the {document} {reference} is dated {dated}, which is still to come",
    "PaperLack.date_not_known": (
        "the date of the {document} {reference} is missing: it counts for {days:,} {days:day|days}"
    ),
    # --- porting: what stands on a letter of authorization -----------------------------------------------------------
    "LetterText.title": "Letter of Authorization",
    "LetterText.authorization": (
        "I may act for the customer named below. I ask that the telephone numbers listed here be moved to {carrier}, "
        "and authorize {carrier} to obtain from the present carrier what it has on file about them and about their "
        "account, and to request the move in the name of the customer."
    ),
    "LetterText.customer": "Customer and account",
    "LetterText.numbers": "Telephone numbers to be moved ({count:,})",
    "LetterText.range": "{first} to {last} ({count:,})",
    "LetterText.attached": "Attached",
    "LetterText.pages": "{pages:,} {pages:page|pages}",
    "LetterText.dated": "of {dated}",
    "LetterText.signature": "Signature",
    "LetterText.name": "Name",
    "LetterText.date": "Date",
    "LetterText.business_name": "Business name",
    "LetterText.service_address": "Service address",
    "LetterText.losing_carrier": "Present carrier",
    "LetterText.resp_org": "Present RespOrg",
    "LetterText.account_number": "Account number",
    "LetterText.pin": "PIN",
    "LetterText.btn": "Billing telephone number",
    "LetterText.new_btn": "New billing telephone number of what stays",
    # --- orders: why a number cannot be had ---------------------------------------------------------------------------
    "FailureKind.taken": "somebody else has it",
    "FailureKind.activation_failed": "it could not be activated",
    "FailureKind.turned_down": "the carrier does not take the order",
    "FailureKind.unfulfilled": "the carrier closed the order without it",
    "FailureKind.cancelled": "the order was cancelled",
    "FailureKind.expired": "the order ran out: nobody answered in time",
    "FailureKind.other": "it cannot be had",
    # --- ports: why one is refused, and what puts it right -------------------------------------------------------
    "RejectReason.account_number_mismatch": (
        "the account number is missing or not the losing carrier's: take it from a recent bill, and send it (SUP 3)"
    ),
    "RejectReason.pin_mismatch": "the PIN is missing or wrong: ask the customer for it, and send it (SUP 3)",
    "RejectReason.tax_id_mismatch": "the tax id is missing or wrong: ask the customer for it, and send it (SUP 3)",
    "RejectReason.name_mismatch": (
        "the name is not the one on the account: take it from the customer service record, and send it (SUP 3)"
    ),
    "RejectReason.signer_mismatch": (
        "the signer may not act for the account: name a person whom the losing carrier has on record (SUP 3)"
    ),
    "RejectReason.address_mismatch": (
        "the service address is not the account's: take it from the customer service record, and send it (SUP 3)"
    ),
    "RejectReason.postal_code_mismatch": (
        "the postal code is not the service address's: take it from a recent bill, and send it (SUP 3)"
    ),
    "RejectReason.btn_mismatch": (
        "the billing telephone number is not the account's: take it from a recent bill, and send it (SUP 3)"
    ),
    "RejectReason.btn_leaves": (
        "the billing telephone number leaves and other numbers stay: "
        "have the customer name one of those for the account (SUP 3)"
    ),
    "RejectReason.data_mismatch": (
        "the account's data are incomplete or do not match: "
        "ask for the customer service record, and send what it says (SUP 3)"
    ),
    "RejectReason.loa_required": (
        "the losing carrier asks for a letter of authorization: have a new one signed, and send it (SUP 3)"
    ),
    "RejectReason.number_not_on_account": (
        "a number is not on that account: port it with the account that it is on, by a new request"
    ),
    "RejectReason.number_not_with_carrier": (
        "a number is not with that losing carrier: find out who has it, and send a new request there"
    ),
    "RejectReason.number_inactive": (
        "a number is not active: "
        "have the customer get it reactivated by the losing carrier, then ask for a date (SUP 2)"
    ),
    "RejectReason.number_not_portable": (
        "a number cannot be ported: send a new request without it, and choose a new number instead"
    ),
    "RejectReason.rate_center_not_portable": (
        "the carrier has no numbers in that rate center: cancel (SUP 1), and port the numbers to a carrier that has"
    ),
    "RejectReason.split_required": (
        "the numbers cannot travel in one order: cut it as the losing carrier says, by new requests"
    ),
    "RejectReason.port_type_incorrect": (
        "the port was asked for as the wrong type: say whether it is simple, and full or partial (SUP 3)"
    ),
    "RejectReason.special_feature": (
        "a feature on the line prevents the port: "
        "have the customer get it taken off by the losing carrier, then ask for a date (SUP 2)"
    ),
    "RejectReason.port_protection": (
        "the account is protected against ports: "
        "have the customer get that lifted by the losing carrier, then ask for a date (SUP 2)"
    ),
    "RejectReason.prepaid": (
        "the account is prepaid: have the customer ask the losing carrier how it can leave, then ask for a date (SUP 2)"
    ),
    "RejectReason.pending_order": (
        "another order is pending at the losing carrier: "
        "have the customer get it finished or cancelled, then ask for a date (SUP 2)"
    ),
    "RejectReason.date_not_possible": "the date cannot be kept, or has gone by: ask for another one (SUP 2)",
    "RejectReason.customer_not_ready": (
        "the customer is not ready for the date: agree on another one with the administrator, and ask for it (SUP 2)"
    ),
    "RejectReason.losing_carrier_delayed": "the losing carrier is behind with its work: wait for its answer",
    "RejectReason.losing_carrier_silent": "the losing carrier does not answer: have it telephoned",
    "RejectReason.carrier_working": "the carrier is putting it right itself: wait, and ask it when nothing moves",
    "RejectReason.change_not_allowed": (
        "the losing carrier takes no change any more: wait; what is ported in error can be sent back for a day"
    ),
    "RejectReason.internal_port": (
        "the numbers are in the carrier's own network already: cancel (SUP 1), and have it move them there"
    ),
    "RejectReason.npac_conflict": (
        "the losing carrier objects at the porting administration (NPAC): have it telephoned to release the numbers"
    ),
    "RejectReason.other": (
        "the reason is none that is known: read what the carrier says, and ask it if that is not clear"
    ),
    # --- ports: what can still be changed ------------------------------------------------------------------------
    "ChangeWindow.best_effort": "port {order} moves so soon that a change can only be tried",
    "ChangeWindow.closed": "its numbers move at {firm}, and since {closed} no carrier changes or cancels it",
    # --- ports: what is news, besides the state ------------------------------------------------------------------
    "PortNews.date_moved": "the firm date of port {order} was moved: it is {at} now",
    "PortNews.date_in_jeopardy": "the firm date of port {order} may not be kept: {why}",
    "PortNews.snapped_back": "{count:,} {count:number|numbers} of port {order} went back to the losing carrier",
    "PortNews.leaving": "{count:,} {count:number|numbers} of port {order} {count:is|are} about to leave",
    "PortNews.left": "{count:,} {count:number|numbers} of port {order} {count:has|have} left",
    "PortNews.change_refused": "a change of port {order} was not taken: {why}",
    "PortNews.letter_outdated": "the letter of port {order} says something else now: send it again, to be signed anew",
    "PortNews.left_unanswered": "the correction of port {order} leaves something open: {refused}",
    # --- ports: what is to be done now -------------------------------------------------------------------------
    "StepKind.look_at_discrepancy": "find out what is so, and settle it: a report contradicts it ({reports})",
    "StepKind.read_the_carrier": "have the carrier read: what it has is not known for certain",
    "StepKind.finish": "read the confirmation, and finish it: nothing is sent before that",
    "StepKind.sign_contract": "have the administrator sign the contract",
    "StepKind.sign_letter": "have the administrator sign the letter of authorization: the port is not sent before that",
    "StepKind.send_again": "{wait}",
    "StepKind.await_answer": "wait: the port is being sent to the carrier",
    "StepKind.find_out_whether_sent": "have the carrier read, and do not send again: it may have the port already",
    "StepKind.await_carrier": "wait: the carrier has to check the port, and send it to the losing carrier",
    "StepKind.complete_draft": "complete the port at the carrier, which keeps it as a draft, and has not sent it{note}",
    "StepKind.send_documents": "send the carrier the documents that it asks for{note}",
    "StepKind.sign_at_carrier": "have the administrator sign what the carrier has sent{note}",
    "StepKind.await_date": "wait: the losing carrier has to name a date, or to say what is wrong",
    "StepKind.answer_in_time": "answer before {at}: the carrier closes the port then",
    "StepKind.change_again": "change it in another way, if need be: the last change was not taken ({why})",
    "StepKind.await_supplement": "wait: the change (SUP {number}) has to be taken",
    "StepKind.prepare_for_date": (
        "assign what is not assigned yet, and keep the old service: {count:,} {count:number moves|numbers move} at {at}"
    ),
    "StepKind.secure_date": "do not count on the date: {why}",
    "StepKind.ask_why_late": "ask the carrier why the numbers have not moved: the firm date has gone by",
    "StepKind.await_activation": "wait: {count:,} {count:number has|numbers have} still to be activated",
    "StepKind.repeat_activation": "have the carrier repeat the activation of {count:,} {count:number|numbers}",
    "StepKind.replace_failed": (
        "port {count:,} {count:number|numbers} anew, or choose others: {count:it has|they have} not moved"
    ),
    "StepKind.stop_leaving": (
        "make sure that {count:,} {count:number is|numbers are} meant to leave, or have it stopped at once"
    ),
    "StepKind.replace_left": "tell the customer that {count:,} {count:number has|numbers have} left again",
    "StepKind.ask_from_when": "ask the carrier from which day the numbers work, and enter it",
    "StepKind.tell_customer": "tell the customer that the numbers work from {day} on, and that the old service can end",
    "StepKind.await_cancellation": "wait: the carrier has to confirm that the port is cancelled",
    "StepKind.port_corrected": (
        "port the numbers anew, with what is wrong put right: the carrier does not take the port{why}"
    ),
    "StepKind.nothing_left": "nothing is left to do: the port is cancelled, and its numbers stay where they were",
    "StepKind.port_anew": "port the numbers anew: the carrier has closed the port, since nobody answered in time",
    # --- orders: what people want to be told ----------------------------------------------------------------------
    "Order.shortfall": "{count:,} {count:number was|numbers were} never found",
    "OrderStatus.completed": "order {order} is complete; numbers that work: {count}",
    "OrderStatus.partially_completed": "order {order} is over, and only {count} of its numbers work",
    "OrderStatus.failed": "order {order} has failed",
    "OrderStatus.backordered": "order {order} has to wait at the carrier",
    "PortStatus.rejected": "port {order} was rejected: it has to be corrected",
    "PortStatus.foc_confirmed": "port {order} has a firm date",
    "PortStatus.partially_ported": "port {order} is over, and only {count} of its numbers have moved",
    "PortStatus.completed": "port {order} is complete; numbers that work: {count}",
    "PortStatus.cancelled": "port {order} is cancelled{why}",
    "AgreementStatus.declined": "{who} has declined to sign the {agreement}{why}",
    "AgreementStatus.expired": "nobody has signed the {agreement} in time: it has to be sent again",
    "PortStatus.expired": "port {order} was closed by the carrier: nobody answered its rejection",
}


def key_of(subject: Enum | type) -> str:
    """The catalog's key of an enum member or a class.

    >>> from pstnkit import Reason
    >>> key_of(Reason.TOO_SHORT)
    'Reason.too_short'
    """
    if isinstance(subject, Enum):
        return f"{type(subject).__name__}.{subject.value}"
    return subject.__name__


def sentence(subject: Enum | type, /, catalog: Mapping[str, str] | None = None, **figures: Any) -> str:
    """The sentence for ``subject`` with its ``figures`` filled in, from ``catalog`` or else from the English one.

    Raises :class:`KeyError` for a subject that the catalog does not know: a missing sentence is our mistake, never
    a reader's.
    """
    chosen = SENTENCES if catalog is None else catalog
    return filled_in(chosen[key_of(subject)], figures)


def filled_in(text: str, figures: Mapping[str, Any]) -> str:
    """A sentence of the catalog with its figures in their places.

    >>> filled_in("{count:,} {count:number|numbers}", {"count": 1200})
    '1,200 numbers'
    """
    return text.format(
        **{name: _Count(value) if type(value) is int else value for name, value in figures.items()}
    )


class _Count(int):
    """An integer that is written by the usual rules, or chooses between the two forms of a word."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        one, bar, other = spec.partition("|")
        return super().__format__(spec) if not bar else one if self == 1 else other


def counted(count: int, one: str, several: str = "") -> str:
    """How many there are, and of what; without ``several``, an ``s`` makes it.

    >>> counted(1, "entry", "entries"), counted(1200, "entry", "entries"), counted(2, "run")
    ('1 entry', '1,200 entries', '2 runs')
    """
    return f"{count:,} {one if count == 1 else several or f'{one}s'}"
