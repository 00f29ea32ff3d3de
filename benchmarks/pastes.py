"""Pastes to measure with: made up by a seed, the same each time.

``clean`` pastes hold nothing but numbers in service, each once, in the six usual spellings. ``messy`` ones hold what
people and spreadsheets do to numbers, in the proportions of ``FORMS``, which were chosen after what partners paste: two
thirds plain numbers, the rest everything else. ``every_form`` has the same forms, all equally often, and is harder than
any list that a person has.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from itertools import accumulate

from pstnkit import AreaCodeKind, AreaCodeStatus, plan

SEED = 20261126
Form = Callable[[random.Random, str], str]

_SPECIAL = {"950", "958", "959", "976", "555"}
_EXCHANGES = [
    str(nxx) for nxx in range(200, 1000) if str(nxx) not in _SPECIAL and not str(nxx).endswith("11")
]
_FIRST = (
    "Maria",
    "James",
    "Wei",
    "Priya",
    "José",
    "Zoë",
    "Omar",
    "Chloé",
    "Dana",
    "Robin",
    "Anne-Marie",
    "Ngozi",
)
_LAST = (
    "Lopez",
    "Smith",
    "Nguyen",
    "O'Brien",
    "Müller",
    "Okafor",
    "Lee",
    "Patel",
    "García",
    "de la Cruz",
    "Novak",
)
_LABELS = (
    "main",
    "cell",
    "mobile",
    "office",
    "fax",
    "home",
    "front desk",
    "after hours",
    "billing",
    "alarm",
    "elevator",
)
_HEADINGS = ("Name", "Phone", "Fax", "E-mail", "Since", "Amount", "ZIP", "Note")
_NOTES = (
    "call after 5 pm",
    "see next page",
    "n/a",
    "TBD",
    "none",
    "ask Dana",
    "same as above",
    "--- second floor ---",
    "Phone numbers to port",
    "disconnected?",
)
_WORDS = ("FLOWERS", "GOTJUNK", "CONTACT", "PLUMBER", "DENTIST", "GETHELP")
_ABROAD = (
    "+44 20 7946 0958",
    "011 44 20 7946 0321",
    "+49 30 901820",
    "+33 1 42 68 53 00",
    "+52 55 5128 4000",
    "0044 161 496 0999",
    "+61 2 9374 4000",
    "011-81-3-6384-9000",
    "+91 22 6668 1234",
)
_INVISIBLE = ("\u00a0", "\u200b", "\u200e", "\u00ad", "\u202f", "\u2060", "\ufeff")
_DASHES = ("\u2013", "\u2014", "\u2212", "\u2010", "\u2011")
_FULL_WIDTH = str.maketrans("0123456789-", "０１２３４５６７８９－")


def exchanges(count: int, rng: random.Random) -> list[str]:
    """So many exchanges in service, as six digits, anywhere in the United States and Canada."""
    codes = plan.area_codes(kind=AreaCodeKind.GEOGRAPHIC, status=AreaCodeStatus.IN_SERVICE)
    every = [code.npa + nxx for code in codes if code.country in ("US", "CA") for nxx in _EXCHANGES]
    return rng.sample(every, count)


def numbers(lines: int, spread: int, rng: random.Random) -> Iterator[str]:
    """So many numbers in service, as ten digits, each once and in no order, in ``spread`` exchanges."""
    places = exchanges(spread, rng)
    for chosen in rng.sample(range(10_000 * spread), lines):
        exchange, line = divmod(chosen, 10_000)
        yield f"{places[exchange]}{line:04}"


def national(_: random.Random, n: str) -> str:
    """(415) 201-2671"""
    return f"({n[:3]}) {n[3:6]}-{n[6:]}"


def dashed(_: random.Random, n: str) -> str:
    """415-201-2671"""
    return f"{n[:3]}-{n[3:6]}-{n[6:]}"


def dotted(_: random.Random, n: str) -> str:
    """415.201.2671"""
    return f"{n[:3]}.{n[3:6]}.{n[6:]}"


def e164(_: random.Random, n: str) -> str:
    """+14152012671"""
    return f"+1{n}"


def digits(_: random.Random, n: str) -> str:
    """4152012671"""
    return n


def long_distance(_: random.Random, n: str) -> str:
    """1-415-201-2671"""
    return f"1-{n[:3]}-{n[3:6]}-{n[6:]}"


USUAL: tuple[Form, ...] = (national, dashed, dotted, e164, digits, long_distance)


def _plain(rng: random.Random, n: str) -> str:
    return rng.choice(USUAL)(rng, n)


def _person(rng: random.Random) -> str:
    return f"{rng.choice(_FIRST)} {rng.choice(_LAST)}"


def _other_spelling(rng: random.Random, n: str) -> str:
    a, b, c = n[:3], n[3:6], n[6:]
    return rng.choice(
        (
            f"({a}){b}-{c}",
            f"{a} {b} {c}",
            f"+1 ({a}) {b}-{c}",
            f"+1 {a} {b} {c}",
            f"+1-{a}-{b}-{c}",
            f"1{n}",
            f"1 ({a}) {b}-{c}",
            f"{a}/{b}-{c}",
            f"{a}-{b}{c}",
            f"{a}{b}-{c}",
            f"1.{a}.{b}.{c}",
            f"({a}) {b} - {c}",
            f"[{a}] {b}-{c}",
            f"+1.{a}.{b}.{c}",
        )
    )


def _padded(rng: random.Random, n: str) -> str:
    return " " * rng.randrange(4) + _plain(rng, n) + " " * rng.randrange(1, 5)


def _extension(rng: random.Random, n: str) -> str:
    mark = rng.choice(
        (" x", "x", " ext ", " ext. ", " Ext ", " extension ", " #", "#", ", ", ";ext=", " EXT:")
    )
    return f"{_plain(rng, n)}{mark}{rng.randrange(1, 10 ** rng.randrange(1, 6))}"


def _labeled(rng: random.Random, n: str) -> str:
    label, number = rng.choice(_LABELS), _plain(rng, n)
    return rng.choice(
        (f"{number} ({label})", f"{number} {label}", f"{label.title()}: {number}", f"Tel: {number}")
    )


def _named(rng: random.Random, n: str) -> str:
    person, number = _person(rng), _plain(rng, n)
    return rng.choice(
        (f"{person} {number}", f"{number} {person}", f"{person}: {number}", f"{number} - {person}")
    )


def _noted(rng: random.Random, n: str) -> str:
    return f"{_plain(rng, n)} {rng.choice(_NOTES)} {rng.randrange(100)}"


def _dialed_abroad(rng: random.Random, n: str) -> str:
    lead = rng.choice(("001", "001 ", "011 1 ", "0111", "011-1-", "00 1 "))
    return lead + rng.choice((n, f"{n[:3]} {n[3:6]} {n[6:]}", dashed(rng, n)))


def _abroad(rng: random.Random, _: str) -> str:
    number = rng.choice(_ABROAD)
    return number[:-3] + f"{rng.randrange(1000):03}"


def _vanity(rng: random.Random, _: str) -> str:
    npa = rng.choice(("800", "888", "877", "866"))
    return rng.choice((f"1-{npa}-", f"{npa}-", f"({npa}) ")) + rng.choice(_WORDS)


def _float(rng: random.Random, n: str) -> str:
    return rng.choice((f"{n}.0", f"1{n}.0", f"{n}.00"))


def _exponent(rng: random.Random, n: str) -> str:
    return rng.choice((f"1.{n}E+10", f"{n[0]}.{n[1:]}E+09", f"1.{n}e10"))


def _digits_lost(rng: random.Random, n: str) -> str:
    return rng.choice((f"1.{n[:4]}E+10", f"{n[0]}.{n[1:5]}E+9", f"{n[0]}.{n[1:3]}E+09"))


def _formula(_: random.Random, n: str) -> str:
    return f'="{n}"'


def _apostrophe(rng: random.Random, n: str) -> str:
    return "'" + rng.choice((n, e164(rng, n), dashed(rng, n)))


def _thousands(_: random.Random, n: str) -> str:
    return f"{int(n):,}"


def _too_narrow(rng: random.Random, _: str) -> str:
    return "#" * rng.randrange(4, 12)


def _invisible(rng: random.Random, n: str) -> str:
    """Where copying from the web, from mail and from an address book leaves them; now and then anywhere."""
    text = _plain(rng, n)
    if rng.random() < 0.1:
        for _ in range(rng.randrange(1, 4)):
            place = rng.randrange(len(text) + 1)
            text = text[:place] + rng.choice(_INVISIBLE) + text[place:]
        return text
    return rng.choice(
        (
            f"\u202a{text}\u202c",
            f"{text}\u200b",
            f"\ufeff{text}",
            f"\u200e{text}",
            f"{text}\u00a0",
            national(rng, n).replace(" ", "\u00a0"),
            f"{n[:3]}\u00a0{n[3:6]}\u00a0{n[6:]}",
            f"+1\u202f{n[:3]}\u202f{n[3:6]}\u202f{n[6:]}",
            dashed(rng, n).replace("-", "\u00ad-"),
        )
    )


def _full_width(rng: random.Random, n: str) -> str:
    return dashed(rng, n).translate(_FULL_WIDTH)


def _other_dashes(rng: random.Random, n: str) -> str:
    return rng.choice((dashed, national, long_distance))(rng, n).replace("-", rng.choice(_DASHES))


def _link(rng: random.Random, n: str) -> str:
    return rng.choice(
        (f"tel:+1{n}", f"tel:+1-{dashed(rng, n)}", f"tel:+1{n};ext={rng.randrange(1000)}", f"TEL:{n}")
    )


def _two(rng: random.Random, n: str) -> str:
    other = f"{n[:6]}{rng.randrange(10_000):04}"
    return _plain(rng, n) + rng.choice((" / ", "/", ", ", " or ", " and ", "; ", " & ")) + _plain(rng, other)


def _range(rng: random.Random, n: str) -> str:
    first = rng.randrange(9_900)
    start, last = f"{n[:6]}{first:04}", first + rng.randrange(1, 99)
    spelled = rng.choice((dashed, digits, national))
    mark = rng.choice((" - ", " thru ", " to ", "-", " through ", " – "))
    if mark == "-" or rng.random() < 0.3:
        return spelled(rng, start) + mark + spelled(rng, f"{n[:6]}{last:04}")
    return spelled(rng, start) + mark + f"{last:04}"


def _date_or_amount(rng: random.Random, _: str) -> str:
    day, month, year = rng.randrange(1, 29), rng.randrange(1, 13), rng.randrange(1984, 2027)
    return rng.choice(
        (
            f"{year}-{month:02}-{day:02}",
            f"{month:02}/{day:02}/{year % 100:02}",
            f"{year}-{month:02}-{day:02} {day:02}:15",
            f"${rng.randrange(100, 9999):,}.00",
            f"{rng.randrange(10**6):,}.50",
        )
    )


def _blank(rng: random.Random, _: str) -> str:
    return " " * rng.choice((0, 0, 0, 1, 4))


def _note(rng: random.Random, _: str) -> str:
    return rng.choice(_NOTES)


def _too_short(rng: random.Random, n: str) -> str:
    return rng.choice((n[3:], f"{n[3:6]}-{n[6:]}", n[:9], f"({n[:3]}) {n[3:6]}-{n[6:9]}", n[-4:]))


def _too_long(rng: random.Random, n: str) -> str:
    return rng.choice((n + n[-1], dashed(rng, n) + n[-2:], f"1{n}{n[:2]}"))


def _out_of_service(rng: random.Random, n: str) -> str:
    return _plain(rng, rng.choice(("232", "370", "990", "555", "221", "271", "565")) + n[3:])


def _misshapen(rng: random.Random, n: str) -> str:
    return _plain(rng, rng.choice((f"{rng.randrange(2)}{n[1:]}", f"{n[:3]}{rng.randrange(2)}{n[4:]}")))


def _special(rng: random.Random, n: str) -> str:
    exchange = rng.choice(("911", "411", "976", "958", "950", "5550123", "5551212", "5557777"))
    return _plain(rng, (n[:3] + exchange + n[6:])[:10])


def _not_geographic(rng: random.Random, n: str) -> str:
    return _plain(
        rng, rng.choice(("800", "888", "877", "866", "855", "844", "833", "900", "500", "533", "700")) + n[3:]
    )


def _toll_free(rng: random.Random, n: str) -> str:
    return _plain(rng, rng.choice(("800", "888", "877", "866", "855", "844", "833")) + n[3:])


def _masked(rng: random.Random, n: str) -> str:
    return rng.choice((f"{n[:3]}-{n[3:6]}-{n[6:8]}XX", f"({n[:3]}) {n[3:6]}-XXXX", f"{n[:6]}????"))


def _quoted(rng: random.Random, n: str) -> str:
    text = _plain(rng, n)
    return rng.choice((f'"{text}"', f'"{text} "', f'"{text}\n"', f'"{text} ""{rng.choice(_LABELS)}"""'))


def _bullet(rng: random.Random, n: str) -> str:
    return rng.choice(("- ", "• ", "* ")) + _plain(rng, n)


FORMS: tuple[tuple[float, Form], ...] = (
    (14, national),
    (13, dashed),
    (5, dotted),
    (8, digits),
    (7, e164),
    (4, long_distance),
    (12, _other_spelling),
    (2.5, _padded),
    (5, _extension),
    (3.5, _labeled),
    (2.5, _named),
    (0.5, _noted),
    (1, _dialed_abroad),
    (1.5, _abroad),
    (0.7, _vanity),
    (2, _float),
    (1, _exponent),
    (0.7, _digits_lost),
    (1, _formula),
    (1, _apostrophe),
    (0.5, _thousands),
    (0.3, _too_narrow),
    (2, _invisible),
    (0.3, _full_width),
    (1.5, _other_dashes),
    (1, _link),
    (1.2, _two),
    (1, _range),
    (0.7, _date_or_amount),
    (2, _blank),
    (0.7, _note),
    (1.5, _too_short),
    (0.8, _too_long),
    (0.8, _out_of_service),
    (0.6, _misshapen),
    (0.6, _special),
    (1, _toll_free),
    (0.4, _not_geographic),
    (0.2, _masked),
    (1, _quoted),
    (0.5, _bullet),
)
REPEATED = 0.03
"""How many lines of a messy paste are copies of earlier ones."""


def clean(lines: int, *, spread: int) -> str:
    """A list of numbers in service, each once, in the six usual spellings, from so many exchanges."""
    rng = random.Random(SEED)
    return "".join(f"{rng.choice(USUAL)(rng, number)}\n" for number in numbers(lines, spread, rng))


def messy(lines: int, *, equally: bool = False) -> str:
    """A list with everything that may come (docs/domain.md), in realistic proportions or each form equally often."""
    rng = random.Random(SEED)
    weights = list(accumulate(1.0 if equally else weight for weight, _ in FORMS))
    forms = rng.choices([form for _, form in FORMS], cum_weights=weights, k=lines)
    given: list[str] = []
    for form, number in zip(forms, numbers(lines, 9_000, rng), strict=True):
        repeats = given and rng.random() < REPEATED
        given.append(given[-rng.randrange(1, 5_000) % len(given)] if repeats else form(rng, number))
    return "\n".join(given) + "\n"


def scattered(lines: int) -> str:
    """Clean, from 9,000 exchanges."""
    return clean(lines, spread=9_000)


def dense(lines: int) -> str:
    """Clean, from 200 exchanges."""
    return clean(lines, spread=200)


def every_form(lines: int) -> str:
    """Messy, each form equally often."""
    return messy(lines, equally=True)


def table(rows: int, delimiter: str = "\t", *, quote: bool = False) -> str:
    """A table of eight columns under a heading, two of them numbers; a tenth of the numbers are messy."""
    rng = random.Random(SEED)
    made = [delimiter.join(_HEADINGS)]
    forms = [form for _, form in FORMS if form is not _quoted]
    for number in numbers(rows, 9_000, rng):
        person = _person(rng)
        phone = rng.choice(forms)(rng, number) if rng.random() < 0.1 else _plain(rng, number)
        fax = _plain(rng, f"{number[:6]}{rng.randrange(10_000):04}") if rng.random() < 0.3 else ""
        since = f"{rng.randrange(1990, 2027)}-{rng.randrange(1, 13):02}-{rng.randrange(1, 29):02}"
        note = rng.choice(_NOTES) if rng.random() < 0.2 else ""
        cells = [
            person,
            phone.strip(),
            fax,
            f"{person.split()[0].lower()}@quay.example",
            since,
            f"{rng.randrange(10_000)}.{rng.randrange(100):02}",
            f"{rng.randrange(100_000):05}",
            note,
        ]
        quoted = [
            '"' + cell.replace('"', '""') + '"' if quote or delimiter in cell or '"' in cell else cell
            for cell in cells
        ]
        made.append(delimiter.join(quoted))
    return "\n".join(made) + "\n"
