"""Simple ports and others (47 CFR 52.35): a simple one takes one business day, any other four."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from operator import attrgetter

from attrs import frozen

from pstnkit.catalog import sentence
from pstnkit.porting.planning.facts import PortFacts


class NotSimple(StrEnum):
    """What makes a port not simple.

    >>> NotSimple("reseller")
    <NotSimple.RESELLER: 'reseller'>
    """

    SEVERAL_NUMBERS = "several_numbers"
    OTHER_LINES = "other_lines"
    """More than this line is on the account."""
    UNBUNDLED = "unbundled"
    COMPLEX_FEATURES = "complex_features"
    RESELLER = "reseller"
    TOLL_FREE = "toll_free"
    """The rule speaks of local numbers."""


class Simple(StrEnum):
    """Whether a port is simple.

    >>> Simple("not_known")
    <Simple.NOT_KNOWN: 'not_known'>
    """

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"


@frozen
class Simplicity:
    """Whether a port is simple. ``because`` says what makes it another one; ``open`` names the facts that would have to
    be known. ``str`` of it is the sentence.

    >>> known = PortFacts(lines=1, reseller=False, unbundled=False, complex_features=False)
    >>> simplicity(known, numbers=1, others=0).is_simple, simplicity(known, numbers=2, others=0).is_simple
    (True, False)
    >>> print(simplicity(PortFacts(reseller=False, unbundled=False), numbers=1, others=0))
    whether it is a simple port is not known: lines, complex features
    """

    because: tuple[NotSimple, ...] = ()
    open: tuple[str, ...] = ()

    @property
    def is_simple(self) -> bool | None:
        """True or False; None while it is not known."""
        return False if self.because else None if self.open else True

    @property
    def answer(self) -> Simple:
        """The same in a word."""
        return Simple.NO if self.because else Simple.NOT_KNOWN if self.open else Simple.YES

    def __str__(self) -> str:
        because = ", ".join(map(sentence, self.because))
        return sentence(self.answer, because=because, open=", ".join(self.open).replace("_", " "))


_FEATURES = (
    ("unbundled", NotSimple.UNBUNDLED),
    ("complex_features", NotSimple.COMPLEX_FEATURES),
    ("reseller", NotSimple.RESELLER),
)
_features = attrgetter(*(name for name, _ in _FEATURES))


def simplicity(facts: PortFacts, *, numbers: int, others: int, toll_free: bool = False) -> Simplicity:
    """Whether the port of so many numbers is simple, when ``others`` are known to be on the account besides."""
    lines = NotSimple.SEVERAL_NUMBERS if numbers > 1 else None
    if lines is None and (others or (facts.lines or 1) > 1):
        lines = NotSimple.OTHER_LINES
    return _judged(toll_free, lines, facts.lines is None, _features(facts))


@cache  # there are few different answers, and an order of a long plan has one each
def _judged(
    toll_free: bool, lines: NotSimple | None, lines_open: bool, features: tuple[bool | None, ...]
) -> Simplicity:
    because = [NotSimple.TOLL_FREE] if toll_free else []
    unknown = []
    if lines is not None:
        because.append(lines)
    elif lines_open:
        unknown.append("lines")
    for (name, reason), said in zip(_FEATURES, features, strict=True):
        if said is None:
            unknown.append(name)
        elif said:
            because.append(reason)
    return Simplicity(tuple(because), tuple(unknown))
