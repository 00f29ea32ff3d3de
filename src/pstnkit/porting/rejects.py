"""Why ports are refused, and what puts each right.

Carriers refuse ports in some hundred codes and texts of their own. They come down to the reasons of
:class:`RejectReason`, each with the facts that a person needs: what is to be corrected, which supplement does it, who
has to act, and whether the same numbers can still go through. A carrier's own code and text stay with the rejection.

Sources: the codes of Bandwidth (its errors of port-in orders, as documented in November 2023) and of Telnyx (the
exception types of its porting orders, November 2026), which pass on those of the losing carriers.
"""

from __future__ import annotations

from enum import StrEnum

from attrs import field, frozen

from pstnkit.catalog import sentence
from pstnkit.lifecycle.events import Report
from pstnkit.lifecycle.waiting import Party
from pstnkit.numbering.ranges import NumberRange


class RejectReason(StrEnum):
    """Why a port is refused, or its date in danger."""

    ACCOUNT_NUMBER_MISMATCH = "account_number_mismatch"
    PIN_MISMATCH = "pin_mismatch"
    TAX_ID_MISMATCH = "tax_id_mismatch"
    NAME_MISMATCH = "name_mismatch"
    SIGNER_MISMATCH = "signer_mismatch"
    ADDRESS_MISMATCH = "address_mismatch"
    POSTAL_CODE_MISMATCH = "postal_code_mismatch"
    BTN_MISMATCH = "btn_mismatch"
    BTN_LEAVES = "btn_leaves"
    DATA_MISMATCH = "data_mismatch"
    LOA_REQUIRED = "loa_required"
    NUMBER_NOT_ON_ACCOUNT = "number_not_on_account"
    NUMBER_NOT_WITH_CARRIER = "number_not_with_carrier"
    NUMBER_INACTIVE = "number_inactive"
    NUMBER_NOT_PORTABLE = "number_not_portable"
    RATE_CENTER_NOT_PORTABLE = "rate_center_not_portable"
    SPLIT_REQUIRED = "split_required"
    PORT_TYPE_INCORRECT = "port_type_incorrect"
    SPECIAL_FEATURE = "special_feature"
    PORT_PROTECTION = "port_protection"
    PREPAID = "prepaid"
    PENDING_ORDER = "pending_order"
    DATE_NOT_POSSIBLE = "date_not_possible"
    CUSTOMER_NOT_READY = "customer_not_ready"
    LOSING_CARRIER_DELAYED = "losing_carrier_delayed"
    LOSING_CARRIER_SILENT = "losing_carrier_silent"
    CARRIER_WORKING = "carrier_working"
    CHANGE_NOT_ALLOWED = "change_not_allowed"
    INTERNAL_PORT = "internal_port"
    NPAC_CONFLICT = "npac_conflict"
    OTHER = "other"


class Remedy(StrEnum):
    """What puts a refused port right.

    A supplement: SUP 1 cancels the port, SUP 2 asks for another date, SUP 3 corrects something else. Or a new request,
    for other numbers or to another carrier. Or nothing that is sent: to wait, or to clear it up by telephone.
    """

    SUP_1 = "sup_1"
    SUP_2 = "sup_2"
    SUP_3 = "sup_3"
    NEW_REQUEST = "new_request"
    WAIT = "wait"
    PHONE = "phone"


@frozen
class RejectFacts:
    """What is known of a reason.

    ``remedy`` is what puts it right, and ``fields`` what that corrects, by their names in a supplement or a new
    request. ``on`` is who has to act first. ``retry`` says whether the same numbers can go through at another attempt,
    once they have.
    """

    remedy: Remedy
    fields: tuple[str, ...]
    on: Party
    retry: bool


# By reason: the remedy; the fields that it corrects (- for none); who has to act first; whether a retry can help.
# What the customer has to clear up with the losing carrier by telephone (a feature, a freeze) leaves nothing to be
# corrected; the port goes on then with another date (SUP 2).
_TABLE = """
    account_number_mismatch   sup_3        account_number                                    partner         yes
    pin_mismatch              sup_3        pin                                               administrator   yes
    tax_id_mismatch           sup_3        tax_id                                            administrator   yes
    name_mismatch             sup_3        business_name                                     partner         yes
    signer_mismatch           sup_3        authorized_signer                                 partner         yes
    address_mismatch          sup_3        service_address                                   partner         yes
    postal_code_mismatch      sup_3        postal_code                                       partner         yes
    btn_mismatch              sup_3        btn                                               partner         yes
    btn_leaves                sup_3        new_btn                                           administrator   yes
    data_mismatch             sup_3        account_number,business_name,service_address,btn  partner         yes
    loa_required              sup_3        loa                                               administrator   yes
    number_not_on_account     new_request  numbers,account_number                            partner         yes
    number_not_with_carrier   new_request  losing_carrier                                    partner         yes
    number_inactive           phone        -                                                 administrator   yes
    number_not_portable       new_request  numbers                                           partner         no
    rate_center_not_portable  sup_1        -                                                 partner         no
    split_required            new_request  numbers                                           partner         yes
    port_type_incorrect       sup_3        port_type                                         partner         yes
    special_feature           phone        -                                                 administrator   yes
    port_protection           phone        -                                                 administrator   yes
    prepaid                   phone        -                                                 administrator   yes
    pending_order             phone        -                                                 administrator   yes
    date_not_possible         sup_2        requested_date                                    partner         yes
    customer_not_ready        sup_2        requested_date                                    administrator   yes
    losing_carrier_delayed    wait         -                                                 losing_carrier  yes
    losing_carrier_silent     phone        -                                                 losing_carrier  yes
    carrier_working           wait         -                                                 carrier         yes
    change_not_allowed        wait         -                                                 losing_carrier  no
    internal_port             sup_1        -                                                 carrier         no
    npac_conflict             phone        -                                                 losing_carrier  yes
    other                     phone        -                                                 partner         yes
"""


def _facts(table: str) -> dict[RejectReason, RejectFacts]:
    rows = (line.split() for line in table.strip().splitlines())
    return {
        RejectReason(reason): RejectFacts(
            Remedy(remedy), () if fields == "-" else tuple(fields.split(",")), Party(on), retry == "yes"
        )
        for reason, remedy, fields, on, retry in rows
    }


REJECT_FACTS: dict[RejectReason, RejectFacts] = _facts(_TABLE)
"""The facts of every reason."""


@frozen
class PortRejected(Report):
    """The losing carrier refuses the port as it is, with its own ``code`` and ``text``.

    ``reason`` is what they come down to: :attr:`RejectReason.OTHER` for a code that is not known, whose text is all
    there is then. It may be given by its value. ``numbers`` are those that are refused, where a carrier tells them
    apart; none stands for all. ``str`` gives the sentence for a person.

    >>> refused = PortRejected("8C", "PIN required", RejectReason.PIN_MISMATCH)
    >>> refused.facts.remedy.value, refused.facts.fields, refused.facts.on.value
    ('sup_3', ('pin',), 'administrator')
    >>> print(refused)
    the PIN is missing or wrong: ask the customer for it, and send it (SUP 3) [8C: PIN required]
    """

    code: str
    text: str
    reason: RejectReason = field(default=RejectReason.OTHER, converter=RejectReason)
    numbers: tuple[NumberRange, ...] = ()
    word = "rejected"

    @property
    def facts(self) -> RejectFacts:
        """What is known of its reason."""
        return REJECT_FACTS[self.reason]

    def __str__(self) -> str:
        said = ": ".join(part for part in (self.code, self.text) if part)
        return sentence(self.reason) + (f" [{said}]" if said else "")
