"""From text to ten digits: strictly, as programs write a number, and liberally, as people do.

Two readers, both linear in the length of the text:

- :func:`strict_digits` takes E.164 text, ten digits, eleven that start with 1, or a ten-digit int;
- :func:`national_digits` takes one number in any usual spelling (DOMAIN 1, DOMAIN 2).

The liberal one knows the usual shapes by sight, and works through all others from left to right: what stands
behind an extension mark is set apart, prefixes are taken off, keypad letters become digits, and what is left
must be ten digits, grouped as a telephone number is (3-3-4, 3-7, 6-4 or in one piece). The grouping keeps
dates and addresses out: ``2012-01-02 08`` has ten digits too.
"""

from __future__ import annotations

from collections.abc import Iterator

from pstnkit.numbering.reasons import InvalidNumber, Reason, quoted
from pstnkit.numbering.shape import NPA_MARKS, NXX_MARKS, exchange_fault

_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63\u30fc"
_SPACES = "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_LINE_ENDS = "\n\r\v\f\u0085\u2028\u2029"
_INVISIBLE = "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff" + "".join(
    map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
)
_PLAIN: dict[int, str | None] = {
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},  # full-width forms
    **dict.fromkeys(map(ord, _DASHES), "-"),
    **dict.fromkeys(map(ord, _SPACES), " "),
    **dict.fromkeys(map(ord, _LINE_ENDS), "\n"),
    **dict.fromkeys(map(ord, _INVISIBLE), None),
}
"""How the many ways to write a digit, a dash or a space are made one; invisible marks carry no meaning."""

_SEPARATORS = frozenset(" -./()[]_~")
_MARKS = frozenset("#,;")
_MARK_WORDS = frozenset({"x", "xt", "ex", "ext", "extn", "exten", "extension"})
_JOINING_WORDS = frozenset({"and", "or"})
_JOINTS = frozenset("/;,&|\n")
_KEYPAD = dict(zip("abcdefghijklmnopqrstuvwxyz", "22233344455566677778889999", strict=True))
_KIND = (
    dict.fromkeys("0123456789", "digits")
    | dict.fromkeys(_KEYPAD, "word")
    | dict.fromkeys(map(str.upper, _KEYPAD), "word")
)
_USUAL = frozenset(
    f"{prefix}{national}".encode()
    for prefix in ("", "+0", "+0 ", "+0-", "0", "0-", "0 ")
    for national in (
        *("(000) 000-0000", "(000)000-0000", "000-000-0000", "000.000.0000", "000 000 0000", "0000000000"),
        "(000) 000 0000",
    )
)
"""The shapes in which nearly all numbers are written, known by sight: 0 stands for any digit."""
_SHAPE = bytes.maketrans(b"123456789", b"000000000")
_USUAL_MARKS = b" +-.()"
_GROUPINGS = ((), (3,), (6,), (3, 6), (3, 6, 8), (6, 8))
"""After how many of the ten digits a separator may stand."""
_ASCII_DIGITS = "write its digits as 0 to 9"
_LETTERS_OF_A_WORD = 3
_LONGEST_EXTENSION = 7
_TWO_DIGIT_COUNTRIES = frozenset(
    {20, 27, 30, 31, 32, 33, 34, 36, 39, 40, 41, *range(43, 50), *range(51, 59), *range(60, 67)}
    | {81, 82, 84, 86, *range(90, 96), 98}
)
"""The country codes of two digits; those of one are 1 and 7, and all others have three (ITU-T E.164)."""


def strict_digits(source: str | int) -> int:
    """The ten digits of E.164 text, ten digits, eleven that start with 1, or a ten-digit int.

    Raises :class:`InvalidNumber`, and :class:`TypeError` for any type but str and int.

    """
    text = plain_text(source)
    if text is not None:
        digits = text[2:] if text.startswith("+1") else text.removeprefix("1") if len(text) == 11 else text
        if len(digits) != 10 or not (digits.isascii() and digits.isdigit()):
            raise _strict_fault(text, digits)
        if fault := exchange_fault(int(digits[:6])):
            raise InvalidNumber(fault, text, npa=digits[:3], nxx=digits[3:6])
        return int(digits)
    number = plain_int(source)
    if number is None:
        raise TypeError(f"a TelephoneNumber is made from a str or an int, not {type(source).__name__}")
    if not 10**9 <= number < 10**10:
        raise _int_fault(number)
    if fault := exchange_fault(number // 10_000):
        text = str(number)
        raise InvalidNumber(fault, text, npa=text[:3], nxx=text[3:6])
    return number


def exchange_code(source: str | int) -> int:
    """The six digits of an exchange: ``"415555"``, ``"415-555"``, or a six-digit int.

    Raises :class:`InvalidNumber`, and :class:`TypeError` for any type but str and int.

    """
    text = plain_text(source)
    if text is None:
        if (number := plain_int(source)) is None:
            raise TypeError(f"an Exchange is made from a str or an int, not {type(source).__name__}")
        text = written_out(number)
    digits = text[:3] + text[4:] if len(text) == 7 and text[3] == "-" else text
    if not (len(digits) == 6 and digits.isascii() and digits.isdigit()):
        raise InvalidNumber(
            Reason.NOT_A_NUMBER, text, "an exchange is six digits, as in '415555' or '415-555'"
        )
    if fault := exchange_fault(int(digits)):
        raise InvalidNumber(fault, text, npa=digits[:3], nxx=digits[3:])
    return int(digits)


def _strict_fault(text: str, digits: str) -> InvalidNumber:
    """Why ``text`` is not what the strict reader takes."""
    if digits.isascii() and digits.isdigit():
        return _miscounted(text, len(digits))
    abroad = text.removeprefix("+")
    if (
        len(abroad) == len(text) - 1
        and abroad[:1] not in ("0", "1")
        and abroad.isascii()
        and abroad.isdigit()
    ):
        return _foreign(text, abroad)
    try:
        national_digits(text)
    except InvalidNumber as fault:
        # What is wrong with the number itself helps more than how it is written.
        if fault.reason is not Reason.NOT_A_NUMBER:
            return fault
        strange = any(character.isdigit() and character > "9" for character in text)
        return InvalidNumber(Reason.NOT_A_NUMBER, text, _ASCII_DIGITS if strange else fault.hint)
    return InvalidNumber(Reason.NOT_A_NUMBER, text, "TelephoneNumber.parse reads what people write")


def plain_text(value: object) -> str | None:
    """The characters of a str of any type, whatever its methods say; None if it is no str, or only claims to
    be one."""
    return str.__str__(value) if issubclass(type(value), str) else None


def plain_int(value: object) -> int | None:
    """The int of any type of int, whatever its methods say; None if it is a bool or no int, or only claims to
    be one.

    >>> plain_int(12), plain_int(True), plain_int(12.0)
    (12, None, None)

    """
    if type(value) is int:
        return value
    if issubclass(type(value), int) and type(value) is not bool:
        return int.__index__(value)  # type: ignore[arg-type]
    return None


def written_out(number: int) -> str:
    """``number`` for a message. An endless int is only described: writing it out is slow, and Python refuses
    to beyond 4,300 digits."""
    return str(int(number)) if number.bit_length() < 256 else f"an int of {number.bit_length()} bits"


def _int_fault(number: int) -> InvalidNumber:
    text = written_out(number)
    if number < 0:
        return InvalidNumber(Reason.NOT_A_NUMBER, text, "an int is taken as its ten digits, without a sign")
    if 10**10 < number < 2 * 10**10:
        return _miscounted(text, 11, "an int is taken as its ten digits, without the country code 1")
    return _miscounted(text, len(text) if text.isdigit() else number.bit_length() * 30103 // 100_000 + 1)


def _miscounted(text: str, digits: int, hint: str = "") -> InvalidNumber:
    return InvalidNumber(Reason.TOO_SHORT if digits < 10 else Reason.TOO_LONG, text, hint, digits=digits)


def _foreign(text: str, digits: str) -> InvalidNumber:
    """``digits`` begin with a country code, which tells its own length (ITU-T E.164)."""
    code = "7" if digits[0] == "7" else digits[:2] if int(digits[:2]) in _TWO_DIGIT_COUNTRIES else digits[:3]
    return InvalidNumber(Reason.FOREIGN, text, country=f"country code +{code}")


def national_digits(text: str) -> int:
    """The ten digits of one number as people write it; :class:`InvalidNumber` if it is none, or is more than
    one.

    >>> national_digits("(415) 555-0132"), national_digits("011 1 800 FLOWERS")
    (4155550132, 8003569377)

    """
    said = plain_text(text)
    if said is None:
        raise TypeError(f"TelephoneNumber.parse reads a str, not {type(text).__name__}")
    if said.isascii() and (written := said.encode()).translate(_SHAPE) in _USUAL:
        bare = written.translate(None, _USUAL_MARKS)
        digits = int(bare) - 10**10 * (len(bare) == 11)
        if 0 < digits < 10**10 and NPA_MARKS[digits // 10_000_000] & NXX_MARKS[digits // 10_000 % 1_000]:
            return digits
    text = said
    plain = text.translate(_PLAIN).strip(" \n")
    if plain[:4].lower() == "tel:":
        plain = plain[4:]
    if _holds_several(plain):
        raise InvalidNumber(Reason.SEVERAL_NUMBERS, text, "give one number at a time, or use read_numbers")
    head, tail = _without_extension(plain)
    national = _national(head, text)
    code = int(national[:6])
    if fault := exchange_fault(code):
        raise InvalidNumber(fault, text, npa=national[:3], nxx=national[3:6])
    if tail:
        raise _extension_fault(text, tail, national)
    return int(national)


def _holds_several(plain: str) -> bool:
    """Whether two or more pieces, separated as a list is, have the ten digits of a number each."""
    numbers = digits = 0
    for kind, piece in _pieces(plain):
        if piece in _JOINTS or (kind == "word" and piece.lower() in _JOINING_WORDS):
            digits = 0
        elif kind == "digits":
            complete = digits >= 10
            digits += len(piece)
            numbers += digits >= 10 and not complete
    return numbers > 1


def _without_extension(plain: str) -> tuple[str, str]:
    """What stands before the first extension mark that follows a digit, and what stands from the mark on."""
    pieces = list(_pieces(plain))
    seen_digit = False
    place = 0
    for index, (kind, piece) in enumerate(pieces):
        seen_digit = seen_digit or kind == "digits"
        if seen_digit and (piece in _MARKS or _is_mark_word(pieces, index)):
            # A comma that only ends the text is punctuation, not a mark.
            return plain[:place], plain[place:].rstrip(" ,;")
        place += len(piece)
    return plain, ""


def _is_mark_word(pieces: list[tuple[str, str]], index: int) -> bool:
    """Whether the piece at ``index`` is a word for an extension, and what counts next are digits."""
    kind, word = pieces[index]
    if kind != "word" or word.lower() not in _MARK_WORDS:
        return False
    for place in range(index + 1, len(pieces)):
        if (following := pieces[place][0]) in ("digits", "word"):
            return following == "digits"
    return False


def _national(head: str, text: str) -> str:
    """The ten digits of ``head``, whose prefix and grouping are checked; faults quote the whole ``text``."""
    digits: list[str] = []
    breaks: list[int] = []
    letters = 0
    first_letter = 0
    plus = False
    for kind, piece in _pieces(head):
        if kind == "separator":
            breaks.append(len(digits))
        elif kind == "digits":
            digits.extend(piece)
        elif kind == "word":
            if not letters:
                first_letter = len(digits)
            letters += len(piece)
            digits.extend(_KEYPAD[letter] for letter in piece.lower())
        elif piece == "+" and not plus and not digits:
            plus = True
        else:
            raise InvalidNumber(Reason.NOT_A_NUMBER, text, f"{quoted(piece)} has no place in one")
    if letters:
        _check_word(head, text, letters, "".join(digits[:first_letter]))
    if not digits:
        raise InvalidNumber(Reason.NOT_A_NUMBER, text)
    dialed = "".join(digits)
    prefix = _prefix_length(dialed, text, plus=plus)
    national = dialed[prefix:]
    if not national:
        raise InvalidNumber(Reason.NOT_A_NUMBER, text)
    if len(national) != 10:
        raise _miscounted(text, len(national))
    # Within a word any grouping goes: 1-800-G-O-F-E-D-E-X.
    groups = tuple(sorted({place - prefix for place in breaks if prefix < place < len(dialed)}))
    if not letters and groups not in _GROUPINGS:
        raise InvalidNumber(Reason.NOT_A_NUMBER, text, "its digits are grouped otherwise")
    return national


def _prefix_length(dialed: str, text: str, *, plus: bool) -> int:
    """How many digits stand before the area code: a country code, international prefix or not."""
    if plus:
        if dialed[0] == "1":
            return 1
        if dialed[0] == "0":
            raise InvalidNumber(Reason.NOT_A_NUMBER, text, "no country code begins with 0")
        raise _foreign(text, dialed)
    if len(dialed) == 11 and dialed[0] == "1":
        return 1
    if len(dialed) > 10:
        for prefix in ("011", "00"):
            if dialed.startswith(prefix):
                if dialed[len(prefix)] == "1":
                    return len(prefix) + 1
                if dialed[len(prefix)] != "0":
                    raise _foreign(text, dialed[len(prefix) :])
    return 0


def _check_word(head: str, text: str, letters: int, before: str) -> None:
    """Three letters or more behind an area code are a keypad word, unless they are a mask (415-555-XXXX)."""
    known = len(before) - before.startswith("1")
    if known >= 10:
        raise InvalidNumber(Reason.NOT_A_NUMBER, text, "there are words behind the number")
    masked = not any(character.isalpha() and character not in "xX" for character in head)
    if known < 3 or letters < _LETTERS_OF_A_WORD or masked:
        raise InvalidNumber(Reason.NOT_A_NUMBER, text)


def _extension_fault(text: str, tail: str, national: str) -> InvalidNumber:
    """What is wrong when something stands behind the complete number ``national``."""
    extension = next((piece for kind, piece in _pieces(tail) if kind == "digits"), "")
    if not extension:
        return InvalidNumber(Reason.NOT_A_NUMBER, text, f"{quoted(tail)} stands behind the number")
    if len(extension) > _LONGEST_EXTENSION:
        return _miscounted(text, 10 + len(extension))
    hint = f"keep the extension apart; the number alone is +1{national}"
    return InvalidNumber(Reason.HAS_EXTENSION, text, hint, extension=extension)


def _pieces(plain: str) -> Iterator[tuple[str, str]]:
    """``plain`` cut into runs of digits, words of letters, and single other characters."""
    run, run_kind = 0, ""
    for place, character in enumerate(plain):
        kind = _KIND.get(character, "")
        if kind == run_kind and kind:
            continue
        if run_kind:
            yield run_kind, plain[run:place]
        if not kind:
            yield ("separator" if character in _SEPARATORS else "other"), character
        run, run_kind = place, kind
    if run_kind:
        yield run_kind, plain[run:]
