r"""Making foreign text safe to show: on a terminal, in a page, in a spreadsheet.

What a person pastes may hold characters that hide, reorder or execute. Each destination has its own danger,
so each has its own function.
"""

from __future__ import annotations

import re

_SIGNS = "=+\\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b"
"""What a formula begins with; spreadsheets take the full-width and small signs for the plain ones."""
_UNSEEN = '"\x00-\x08\x0b\x0c\x0e-\x20\x7f-\xa0\xad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2069\u3000\ufeff'
"""Blanks, what cannot be seen, and the quotes that a reader takes off: a sign may stand behind them."""
_FORMULA = re.compile(rf"(\A|[;\t\r\n])('*[{_UNSEEN}]*[{_SIGNS}])")
_STARTS_BLANK = re.compile(r"'*[\t\r\n]").match
_QUOTED = re.compile('[,;"\t\r\n]')
_SHOWN_AS = {"\t": "\\t", "\n": "\\n", "\r": "\\r"}


def visible(text: str) -> str:
    r"""``text`` on one line, with everything that does not print shown as an escape.

    Control characters cannot drive a terminal, and bidirectional marks cannot reorder what is read.

    >>> print(visible("415\u202e555\n\x1b[31m"))
    415\u202e555\n\x1b[31m
    """
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() else _escaped(character) for character in text)


def _escaped(character: str) -> str:
    code = ord(character)
    if character in _SHOWN_AS:
        return _SHOWN_AS[character]
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def html(text: str) -> str:
    """``text`` for the body or a quoted attribute of an HTML page, made :func:`visible` first.

    >>> html('<b title="x">')
    '&lt;b title=&quot;x&quot;&gt;'
    """
    from html import escape

    return escape(visible(text), quote=True)


def csv_cell(text: str) -> str:
    """``text`` as one cell of a CSV file that no spreadsheet runs as a formula.

    An apostrophe, which spreadsheets take for the mark of text, is put before what would begin a formula: at
    the start of the cell, and within it behind what a spreadsheet of another language takes for the end of a
    cell (a semicolon, a tab, a line break). A cell with one of those, a comma or a quote is quoted, and its
    quotes are doubled. Whoever takes that apostrophe off again has the text as it was.

    >>> print(csv_cell('=HYPERLINK("x")'))
    "'=HYPERLINK(""x"")"
    >>> print(csv_cell("+14155550132"), csv_cell("Jane"), csv_cell("1; =2"))
    '+14155550132 Jane "1;' =2"
    """
    text = _FORMULA.sub(r"\1'\2", text)
    if _STARTS_BLANK(text):
        text = f"'{text}"
    if _QUOTED.search(text):
        text = text.replace('"', '""')
        return f'"{text}"'
    return text
