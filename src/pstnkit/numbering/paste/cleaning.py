r"""Making the many ways to write a digit, a dash or a space one, and the unseen vanish (DOMAIN 2).

Text from the web, from mail and from word processors brings no-break spaces, soft hyphens, bidirectional
marks, full-width digits and half a dozen dashes. None of them changes what number is meant, and all of them
hide it from a reader that knows ASCII only.
"""

from __future__ import annotations

from collections.abc import Iterator

_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63\u30fc"
_DOTS = "\u00b7\u2022\u2219\u22c5\u30fb"
_QUOTES = {
    "\u2018": "'",
    "\u2019": "'",
    "\u201b": "'",
    "\u2032": "'",
    "\u201c": '"',
    "\u201d": '"',
    "\u00ab": '"',
    "\u00bb": '"',
}
_LINE_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_KNOWN: dict[int, str] = {
    **dict.fromkeys(map(ord, _DASHES), "-"),
    **dict.fromkeys(map(ord, _DOTS), "."),
    **{ord(mark): plain for mark, plain in _QUOTES.items()},
    **dict.fromkeys(map(ord, _LINE_ENDS), "\n"),
    ord("\t"): " ",
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},  # full-width forms of ASCII
}


class _Plain(dict[int, str]):
    """What each character is made, by its code; a new one is looked up in the Unicode tables once."""

    def __missing__(self, code: int) -> str:
        plain = self[code] = _made_plain(code)
        return plain


def _made_plain(code: int) -> str:
    known = _KNOWN.get(code)
    if known is not None:
        return known
    character = chr(code)
    if character.isascii() and character.isprintable():
        return character
    from unicodedata import category, decimal

    kind = category(character)
    if kind == "Nd":
        return str(decimal(character))
    if kind == "Zs":
        return " "
    if kind in ("Cc", "Cf"):
        return ""
    return "\ufffd" if kind == "Cs" else character


_PLAIN = _Plain()


def plain(text: str) -> str:
    r"""``text`` with plain digits, dashes, dots, quotes, spaces and newlines, and nothing invisible.

    >>> plain("\u202a+1\u00a0415\u2013321\u20130123\u202c"), plain("\uff14\uff11\uff15")
    ('+1 415-321-0123', '415')
    """
    if text.isascii() and text.isprintable():
        return text
    return text.translate(_PLAIN)


def origins(text: str) -> Iterator[int]:
    r"""For each character of ``plain(text)`` its origin in ``text``; at the end, the length of ``text``.

    >>> list(origins("4\u200b1\u202c"))
    [0, 2, 4]
    """
    for index, character in enumerate(text):
        for _ in _PLAIN[ord(character)]:
            yield index
    yield len(text)
