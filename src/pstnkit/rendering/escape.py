r"""Making foreign text safe to show: on a terminal, in a page, in a spreadsheet.

What a person pastes may hold characters that hide, reorder or execute. Each destination has its own danger,
so each has its own function.
"""

from __future__ import annotations

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""Spreadsheets take the full-width signs for formulas too."""
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

    A cell that starts like a formula is given a leading apostrophe, which spreadsheets show as text; quotes
    are doubled, and a cell with a comma, a semicolon, a quote or a line break is quoted.

    >>> print(csv_cell('=HYPERLINK("x")'))
    "'=HYPERLINK(""x"")"
    >>> print(csv_cell("+14155550132"), csv_cell("Jane"))
    '+14155550132 Jane
    """
    if text.startswith(_FORMULA_STARTS) or text.lstrip().startswith(_FORMULA_STARTS):
        text = f"'{text}"
    if any(character in text for character in ',;"\n\r'):
        text = text.replace('"', '""')
        return f'"{text}"'
    return text
