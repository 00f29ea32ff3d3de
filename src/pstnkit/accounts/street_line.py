"""The parts of a street line after RFC 5139 and NENA CLDXF: house number, street name, unit.

An address keeps what a person wrote; these values say what is meant by it, so that two spellings of one place can be
told from two places, and a carrier that wants the parts apart gets them.
"""

from __future__ import annotations

import re

from attrs import frozen

from pstnkit.accounts.street_words import DIRECTIONS, PRETYPES, SUFFIXES, UNIT_WORDS, UnitKind

_HOUSE = re.compile(
    r"(?P<prefix>[A-Z]\d+[A-Z]|\d+-|[A-Z]-?)?(?P<number>\d{1,6})(?:[ -]?(?P<suffix>[A-Z]{1,2}|\d/\d))?",
    re.ASCII | re.IGNORECASE,
)
_FRACTIONS = str.maketrans({"½": " 1/2", "¼": " 1/4", "¾": " 3/4"})
_ORDINAL = re.compile(r"(\d+)(?:ST|ND|RD|TH)?", re.ASCII)


def words_of(text: str) -> list[str]:
    """The words of a line, upper case, without periods and commas.

    >>> words_of("St. Mary's Rd., N.W.")
    ['ST', "MARY'S", 'RD', 'NW']
    """
    return text.upper().replace(".", "").replace(",", " ").split()


@frozen
class HouseNumber:
    """An address number: the number itself, with what stands before it (``112-``) and behind it (``B``, ``1/2``).

    >>> HouseNumber.parse("500 1/2"), HouseNumber.parse("112-10").prefix
    (HouseNumber(number=500, suffix='1/2', prefix=None), '112-')
    """

    number: int
    suffix: str | None = None
    prefix: str | None = None

    @classmethod
    def parse(cls, text: str) -> HouseNumber:
        """A house number as a person writes it; raises ``ValueError`` for what is none."""
        found = _HOUSE.fullmatch(text.translate(_FRACTIONS).strip())
        if found is None:
            raise ValueError(f"{text!r} is no house number")
        prefix, suffix = found["prefix"], found["suffix"]
        return cls(
            int(found["number"]), suffix.upper() if suffix else None, prefix.upper() if prefix else None
        )

    def __str__(self) -> str:
        suffix = f" {self.suffix}" if self.suffix and "/" in self.suffix else self.suffix or ""
        return f"{self.prefix or ''}{self.number}{suffix}"


@frozen(kw_only=True)
class StreetName:
    """A street by its parts, in upper case and short forms: ``W`` ``EXCHANGE`` ``ST``.

    Of a kind of street, ``pretype`` stands before the name (``RUE``) and ``suffix`` behind it.

    >>> street = StreetName.parse("West Exchange Street")
    >>> street.predirectional, street.name, street.suffix
    ('W', 'EXCHANGE', 'ST')
    >>> str(StreetName.parse("North Street")), str(StreetName.parse("Rue Sherbrooke Ouest"))
    ('NORTH ST', 'RUE SHERBROOKE O')
    """

    name: str
    predirectional: str | None = None
    pretype: str | None = None
    suffix: str | None = None
    postdirectional: str | None = None

    @classmethod
    def parse(cls, text: str) -> StreetName:
        """A street as a person writes it; whatever is not known for another part is its name."""
        words = words_of(text)
        before = behind = pretype = suffix = None
        # Each word is taken away only while something is left to be the name: North Street is called North.
        if len(words) > 2 and words[-1] in DIRECTIONS:
            behind = DIRECTIONS[words.pop()]
        if len(words) > 1 and words[-1] in SUFFIXES:
            suffix = SUFFIXES[words.pop()]
        if len(words) > 1 and words[0] in DIRECTIONS:
            before = DIRECTIONS[words.pop(0)]
        if suffix is None and len(words) > 1 and words[0] in PRETYPES:
            pretype = PRETYPES[words.pop(0)]
        return cls(
            name=" ".join(words),
            predirectional=before,
            pretype=pretype,
            suffix=suffix,
            postdirectional=behind,
        )

    def __str__(self) -> str:
        parts = (self.predirectional, self.pretype, self.name, self.suffix, self.postdirectional)
        return " ".join(part for part in parts if part)


@frozen
class Unit:
    """A part of a building: its kind, and which one where the kind alone does not say it.

    >>> Unit.parse("Suite 300"), str(Unit.parse("#4b")), str(Unit.parse("3rd floor")), str(Unit.parse("Lobby"))
    (Unit(kind=<UnitKind.STE: 'STE'>, value='300'), 'UNIT 4B', 'FL 3', 'LBBY')
    """

    kind: UnitKind
    value: str | None = None

    @classmethod
    def parse(cls, text: str) -> Unit:
        """One unit as a person writes it; raises ``ValueError`` for none, several, or one without its value."""
        found = read_units(text)
        if len(found) != 1:
            raise ValueError(f"{text!r} names {len(found)} units")
        return found[0]

    def __str__(self) -> str:
        return f"{self.kind.value} {self.value}" if self.value else self.kind.value


def read_units(text: str) -> list[Unit]:
    """The units in a text, in order, from the largest to the smallest as people write them.

    A value without a word in front is a unit's. Raises ``ValueError`` for words that name no unit, and for a unit
    that needs a value and has none.

    >>> [str(unit) for unit in read_units("Bldg 2, 3rd Floor, Room 310")]
    ['BLDG 2', 'FL 3', 'RM 310']
    """
    words = words_of(text.replace("#", " UNIT "))
    found: list[Unit] = []
    while words:
        word = words.pop(0)
        kind = UNIT_WORDS.get(word)
        ordinal = _ORDINAL.fullmatch(word)
        if kind is None and ordinal and words and UNIT_WORDS.get(words[0]) is UnitKind.FL:
            words.pop(0)
            found.append(Unit(UnitKind.FL, ordinal[1]))
            continue
        if kind is None and (found or not _is_value(word)):
            raise ValueError(f"{text!r} names no unit that is known")
        if kind is None:
            kind, value = UnitKind.UNIT, word
        else:
            if words[:1] == ["UNIT"] and kind is not UnitKind.UNIT:
                words.pop(0)  # "Suite #4"
            value = words.pop(0) if words and words[0] not in UNIT_WORDS else ""
        if not value and not kind.stands_alone:
            raise ValueError(f"{text!r} does not say which {kind.value}")
        found.append(Unit(kind, value or None))
    return found


def _is_value(word: str) -> bool:
    """Whether a word without a unit's word in front can only be its value: a digit in it, or one letter."""
    return len(word) == 1 or any(letter.isdigit() for letter in word)
