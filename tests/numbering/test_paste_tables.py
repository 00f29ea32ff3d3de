"""Tables as they come out of other programs, judged by hand: which columns are read, what is said of their cells."""

from __future__ import annotations

import pytest

from pstnkit import PasteReport, read_numbers


def said(report: PasteReport) -> list[tuple[int, int, str]]:
    """Row, column, and the number (of a range, its ends) or the reason, of each entry."""
    return [
        (
            entry.row,
            entry.column,
            "..".join(dict.fromkeys(f"{number:digits}" for number in (entry.numbers[0], entry.numbers[-1])))
            if entry.numbers
            else str(entry.reason),
        )
        for entry in report
    ]


CLIPBOARD = (
    "Name\tPhone\tFax\tNotes\tZip\n"
    'Jane Doe\t(415) 321-0100\t(415) 321-0101\t"prefers mail,\nno calls"\t94110\n'
    '"Bob ""Bo"" Smith"\t415-321-0102\t\tsee 628-321-0103\t94110-1234\n'
    "\t\t\t\t\n"
    "Ann\t415.321.0104\t\t\t\n"
)
"""Excel's clipboard: a line break in a cell, doubled quotes, a blank row."""

CONTACTS = (
    "First Name,Last Name,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value\n"
    "Jane,Doe,Work,+1 415-321-0100 ::: +1 415-321-0101,Mobile,(628) 321-0102\n"
    "Joe,,,,Home Fax,415-321-0103 x5\n"
)
"""Google Contacts: what kind of telephone it is stands beside the number."""

LOCALE = (
    "Kunde;Rufnummer;Betrag;Datum\n"
    "Müller;4.153.210.100;1.234,56;05.01.2026\n"
    "Acme;4153210101,00;12,50;06.01.2026\n"
)
"""A table from a place where commas part decimals."""

QUERY = (
    "+----+--------------+\n"
    "| id | phone        |\n"
    "+----+--------------+\n"
    "|  1 | 415-321-0100 |\n"
    "|  2 | 415-321-0101 |\n"
    "+----+--------------+\n"
)
"""What a database's own program prints."""

LIST_OF_ROWS = (
    " id |    phone     |     created_at\n"
    "----+--------------+---------------------\n"
    "  1 | 415-321-0100 | 2026-01-05 10:30:00\n"
    "  2 | +14153210101 | 2026-01-06 08:00:00\n"
    "(2 rows)\n"
)
"""What another one prints."""

ORDER = (
    "Acme Inc - Port Request\n"
    "Date: 1/5/2026,,\n"
    "\n"
    "TN,Address,City\n"
    '415-321-0100 - 0109,"100 Main St, Suite 4",San Francisco\n'
    '415-321-0150,"100 Main St, Suite 4",San Francisco\n'
)
"""A carrier's form, with a title above the headings and a range in a cell."""

MANY_NUMBERS = (
    "Account Number,Customer Number,Phone,Order\n"
    "4153219999,6283219999,4153210100,7073210100\n"
    "4153219998,6283219998,4153210101,7073210101\n"
)
"""Ten digits everywhere, and one column of telephone numbers."""

QUOTED = '415-321-0100,"Acme; Co",\n415-321-0101,Jane Doe,"a, b; c | d"\n'
"""What is quoted for one mark has the others in it."""


@pytest.mark.parametrize(
    ("pasted", "expected", "unread"),
    [
        (
            CLIPBOARD,
            [(2, 2, "4153210100"), (2, 3, "4153210101"), (3, 2, "4153210102"), (5, 2, "4153210104")],
            [(3, 4)],
        ),
        (
            CONTACTS,
            [(2, 4, "4153210100"), (2, 4, "4153210101"), (2, 6, "6283210102"), (3, 6, "4153210103")],
            [],
        ),
        (LOCALE, [(2, 2, "4153210100"), (3, 2, "4153210101")], []),
        (QUERY, [(4, 3, "4153210100"), (5, 3, "4153210101")], []),
        (LIST_OF_ROWS, [(3, 2, "4153210100"), (4, 2, "4153210101")], []),
        (ORDER, [(5, 1, "4153210100..4153210109"), (6, 1, "4153210150")], []),
        (
            MANY_NUMBERS,
            [(2, 3, "4153210100"), (3, 3, "4153210101")],
            [(2, 1), (2, 2), (2, 4), (3, 1), (3, 2), (3, 4)],
        ),
        (QUOTED, [(1, 1, "4153210100"), (2, 1, "4153210101")], []),
        (
            "Ext,DID,User\n101,415-321-0101,Jane\n102,415-321-0102,Bob\n",
            [(2, 2, "4153210101"), (3, 2, "4153210102")],
            [],
        ),
        ("Name,Number\nJane,415-321-0100\nBob,n/a\n", [(2, 2, "4153210100"), (3, 2, "not_a_number")], []),
        (
            "415-321-0100;Jane\n415-321-0101;Bob\n\n415-321-0102;",
            [(1, 1, "4153210100"), (2, 1, "4153210101"), (4, 1, "4153210102")],
            [],
        ),
        ('"4,153,210,100"\n"4,153,210,101"\n', [(1, 1, "4153210100"), (2, 1, "4153210101")], []),
        ("phone\n4.15321E+09\n4153210100\n", [(2, 1, "digits_lost"), (3, 1, "4153210100")], []),
        (
            "Numbers to port:\n415-321-0100\n\n415-321-0101\n",
            [(2, 1, "4153210100"), (4, 1, "4153210101")],
            [],
        ),
    ],
    ids=[
        "clipboard",
        "contacts",
        "locale",
        "query",
        "list_of_rows",
        "order",
        "many_numbers",
        "quoted",
        "extensions",
        "number",
        "blank_line",
        "thousands",
        "lost",
        "title",
    ],
)
def test_a_table_is_read_as_it_was_judged_by_hand(
    pasted: str, expected: list[tuple[int, int, str]], unread: list[tuple[int, int]]
) -> None:
    report = read_numbers(pasted)
    assert said(report) == expected
    assert [(cell.row, cell.column) for cell in report.unread] == unread
    assert all(pasted[entry.start : entry.end] == entry.text for entry in report)
    crlf = pasted.replace("\n", "\r\n")
    assert said(read_numbers(crlf)) == expected
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        assert said(read_numbers(crlf.encode(encoding))) == expected
    assert said(read_numbers(pasted.encode("latin-1"), encoding="latin-1")) == expected
