"""What the headings of a table say, and where they end.

A heading is known by its words. Some name telephone numbers ("Fax"), some name something else ("Zip"), some
name it even beside one of those ("Phone Type"). "Number" alone says little: it may be of a telephone, of a
customer or of a house.
"""

from __future__ import annotations

import re

from pstnkit.numbering.paste.cells import Table, value_of
from pstnkit.numbering.paste.patterns import pattern
from pstnkit.numbering.paste.spelling import read_cell

_PHONES = """
    ani btn btns cell cellular ddi did dids dn dns e164 fax faxes landline mdn mobile msisdn phone phones tel
    telephone telephones tfn tfns tn tns wtn wtns celular móvil movil teléfono telefon telefono téléphone
    télécopieur rufnummer telefonnummer
"""
_NUMBERS = "number numbers numero número numéro"
_QUALIFIERS = "billing business calling contact dial direct home main office port ported porting work"
_DECISIVE = """
    account acct amount card carrier case code contract cost count date email ein ext extension iccid id ids
    imei invoice kind label model name names note notes of order pin plan po postal postcode price provider qty
    quantity ref reference serial sku ssn status ticket total type zip
"""
_OTHER = """
    address area center city comment comments company contact country customer department description
    first last lata location npa nxx ocn province rate region site state street title user users
"""
_NEUTRAL = "begin beginning end ending from start starting through thru to"
_PHONE_WORDS = frozenset(_PHONES.split())
"""Words of a heading that name telephone numbers."""
_DECISIVE_WORDS = frozenset(_DECISIVE.split())
"""Words that name something else even beside one of those: "phone type", "account number"."""
_NUMBER_WORDS = frozenset(_NUMBERS.split())
"""Words that name numbers of some kind: of a telephone, a customer, a house."""
_TELEPHONE_QUALIFIERS = frozenset(_QUALIFIERS.split())
"""Words that make it a telephone's: "main number", "numbers to port"."""
_OTHER_WORDS = _DECISIVE_WORDS | frozenset(_OTHER.split())
"""Words that name something else."""
_NEUTRAL_WORDS = frozenset(_NEUTRAL.split())
"""Words of headings that do not say of what: the start of a range, its end."""
_HEADING_WORDS = _PHONE_WORDS | _NUMBER_WORDS | _OTHER_WORDS
"""Words by which a row of headings is known, beside cells that consist of neutral ones."""
_WORD = pattern(r"[^\W\d_]+")
_LONGEST_HEADING = 48
_MOST_DIGITS_IN_HEADING = 2
HEADING_ROWS = 20
"""Among how many rows at the top headings are looked for."""
HEAD_OF_LIST = 10 * HEADING_ROWS
"""The same, blank rows among them. Of a list of single cells no more has to be known."""


def heading_rows(table: Table, *, single: bool) -> int:
    """How many rows stand above the first cell that counts, the headings being the last of them; or 0."""
    looked_at = 0
    for number, row in enumerate(table.rows[:HEAD_OF_LIST], 1):
        values = [value for value in map(value_of, row) if value]
        if not values:
            continue
        if single and len(values[0]) > _LONGEST_HEADING:
            return 0
        if any(one.complete for value in values for one in read_cell(value)):
            return 0
        if _are_headings(values, single=single):
            return number
        looked_at += 1
        if single or looked_at == HEADING_ROWS:
            return 0
    return 0


def _are_headings(values: list[str], *, single: bool) -> bool:
    if any(
        len(value) > _LONGEST_HEADING or sum(map(str.isdigit, _without_e164(value))) > _MOST_DIGITS_IN_HEADING
        for value in values
    ):
        return False
    if single:
        return bool(_words(values[0]) & (_PHONE_WORDS | _NUMBER_WORDS))
    return len(values) > 1 and any(
        words & _HEADING_WORDS or (words and words <= _NEUTRAL_WORDS) for words in map(_words, values)
    )


def says_telephone(name: str) -> bool | None:
    """True if a heading names telephone numbers, False if it names other things, None if it does not say."""
    words = _words(name)
    if words & _PHONE_WORDS or (words & _NUMBER_WORDS and words & _TELEPHONE_QUALIFIERS):
        return not words & _DECISIVE_WORDS
    if words & _NUMBER_WORDS:
        return False if words & _DECISIVE_WORDS else None
    return False if words & _OTHER_WORDS else None


def says_number(name: str) -> bool:
    """Whether a heading says "number" and nothing else."""
    words = _words(name)
    return bool(words) and words <= _NUMBER_WORDS


def says_number_of(name: str) -> bool:
    """Whether a heading names numbers of something that may be a telephone or not: "customer number"."""
    words = _words(name)
    return bool(words & _NUMBER_WORDS) and not words <= _NUMBER_WORDS


def _words(value: str) -> set[str]:
    bare_of_it = _without_e164(value)
    words = {word.casefold() for word in _WORD.findall(bare_of_it)}
    if len(bare_of_it) < len(value):
        words.add("e164")
    return words


def _without_e164(value: str) -> str:
    return re.sub(r"e\.?164", "", value, flags=re.IGNORECASE)
