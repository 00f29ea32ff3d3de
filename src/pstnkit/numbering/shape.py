"""The shape of a telephone number: what is true of ten digits for ever, whatever plan is loaded (DOMAIN 1).

Ten digits are an area code (NPA, ``[2-9]XX``), an exchange (NXX, ``[2-9]XX``) and a line of four. The codes
that end in 11 are services (411, 911): never an area code, and in the geographic area codes of the United
States and Canada never an exchange. Elsewhere such an exchange is ordinary: +1 876 511 5013 is a real number
in Jamaica. That is why the sets of other area codes stand here as constants: a value never depends on a
loaded plan.

What is refused here can never be a number. All else (555 lines, area codes without service, pay-per-call) can
be written down; whether it may be used is for the plan or a policy to say.
"""

from __future__ import annotations

from pstnkit.numbering.reasons import Reason

TOLL_FREE = frozenset({800, 822, 833, 844, 855, 866, 877, *range(880, 890)})
"""Toll-free area codes: in service, assigned, or set aside for it."""

PERSONAL = frozenset(
    {500, *range(521, 530), 532, 533, 535, 538, *range(542, 548), 549, 550, 552, 553, 554, 556, 558}
    | {566, 569, 577, 578, 588, 589}
)
"""Personal communications (5XX, not tied to a place): in service or set aside for it."""

PREMIUM = frozenset({900})
"""The premium-rate area code."""

NON_GEOGRAPHIC = frozenset({600, 622, 633, 644, 655, 677, 688, 700, 710}) | PREMIUM
"""Other area codes without a place: Canadian non-geographic, interexchange, government, premium."""

FOREIGN = frozenset(
    {242, 246, 264, 268, 284, 345, 441, 473, 649, 658, 664, 721, 758, 767, 784, 809, 829, 849, 868, 869, 876}
    | {340, 670, 671, 684, 787, 939}
)
"""Area codes of the countries and territories that share the plan with the United States and Canada."""

NO_N11_RULE = TOLL_FREE | PERSONAL | NON_GEOGRAPHIC | FOREIGN
"""Where an exchange may end in 11. Every other area code counts as United States or Canadian geographic."""

_ORDINARY, _SERVICE = 1, 2
_npa_marks = bytearray(200) + bytes([_ORDINARY]) * 800
_npa_marks[211::100] = bytes(8)
for _npa in NO_N11_RULE:
    _npa_marks[_npa] = _ORDINARY | _SERVICE
_nxx_marks = bytearray(200) + bytes([_ORDINARY]) * 800
_nxx_marks[211::100] = bytes([_SERVICE]) * 8

NPA_MARKS = bytes(_npa_marks)
"""For each area code the kinds of exchanges that it has: 1 ordinary ones, 3 also those that end in 11, 0 none."""
NXX_MARKS = bytes(_nxx_marks)
"""For each NXX its kind: 1 ordinary, 2 it ends in 11, 0 no exchange. The shape is right exactly when
``NPA_MARKS[npa] & NXX_MARKS[nxx]``, which is the quickest way to ask; :func:`exchange_fault` says what is wrong."""


def area_code_fault(npa: int) -> Reason | None:
    """What is wrong with the shape of the area code ``npa`` (0 to 999), or None.

    >>> area_code_fault(415), area_code_fault(115), area_code_fault(911)
    (None, <Reason.AREA_CODE_FORMAT: 'area_code_format'>, <Reason.AREA_CODE_FORMAT: 'area_code_format'>)

    """
    return None if 200 <= npa <= 999 and npa % 100 != 11 else Reason.AREA_CODE_FORMAT


def exchange_fault(code: int) -> Reason | None:
    """What is wrong with the shape of the six digits ``code`` (NPA and NXX), or None; the area code comes
    first.

    >>> exchange_fault(415_555), exchange_fault(876_511)
    (None, None)
    >>> exchange_fault(415_055), exchange_fault(415_511)
    (<Reason.EXCHANGE_FORMAT: 'exchange_format'>, <Reason.N11_EXCHANGE: 'n11_exchange'>)

    """
    npa, nxx = divmod(code, 1000)
    if not 200 <= npa <= 999 or npa % 100 == 11:
        return Reason.AREA_CODE_FORMAT
    if nxx < 200:
        return Reason.EXCHANGE_FORMAT
    if nxx % 100 == 11 and npa not in NO_N11_RULE:
        return Reason.N11_EXCHANGE
    return None
