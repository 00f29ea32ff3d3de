"""Reports of all area codes as the administrator publishes them, made by hand for tests."""

from __future__ import annotations

COLUMNS = (
    "NPA_ID,type_of_code,ASSIGNABLE,EXPLANATION,RESERVED,ASSIGNED,USE,LOCATION,COUNTRY,IN_SERVICE,IN_SERVICE_DT,"
    "NOTES,OVERLAY_COMPLEX,SERVICE,TIME_ZONE"
)

ROWS = (
    "201,General,Yes,,No,Yes,G,NJ,US,Y,01-Jan-1947,,201/551,,E",
    "211,Easily,No,N11 Code,No,No,,,,N,,3-digit abbrev dialing,,,",
    "232,General,Yes,,Yes,No,G,,,N,,,,,",
    "273,General,Yes,,No,Yes,G,QUEBEC,CANADA,N,27-Feb-2027,,273/367/418/581 ,,E",
    "290,General,Yes,Expansion Code,Yes,No,,,,N,,,,,",
    "312,General,Yes,,No,Yes,G,IL,US,Y,01-Jan-1947,,312/872,,C",
    "367,General,Yes,,No,Yes,G,QUEBEC,CANADA,Y,24-Nov-2018,,367/418/581,,E",
    "370,General,Yes,Reserved by INC,Yes,No,,,,N,,,,,",
    "418,General,Yes,,No,Yes,G,QUEBEC,CANADA,Y,01-Jan-1957,,367/418/581,,E",
    "500,Easily,Yes,,No,Yes,N,NANP AREA,,Y,19-May-1994,,500/533,Non-Geographic Services,E",
    "542,General,Yes,Reserved for 5XX,Yes,No,N,NANP AREA,,N,,,,Non-Geographic Services,",
    "551,General,Yes,,No,Yes,G,NJ,US,Y,01-Dec-2001,,551/201,,E",
    "581,General,Yes,,No,Yes,G,QUEBEC,CANADA,Y,19-Sep-2008,,367/418/581,,E",
    "633,Easily,Yes,,No,Yes,N,,CANADA,Y,15-May-2023,Canadian Non-Geographic Services  ,,,E",
    "670,General,Yes,,No,Yes,G,CNMI,US,Y,01-Jul-1997,,,,(UTC+10)",
    "773,General,Yes,,No,Yes,G,IL,US,Y,11-Oct-1996,,773/872,,C",
    "800,Easily,Yes,,No,Yes,N,NANP AREA,,Y,01-Jan-1966,Toll-free,,Toll-Free,E",
    "822,Easily,Yes,,No,Yes,N,,US,N,,Toll-Free,,Toll-Free,E",
    '872,General,Yes,,No,Yes,G,IL,US,Y,07-Nov-2009,"two complexes, one code","312/872, 773/872",,C',
    "876,General,Yes,,No,Yes,G,JAMAICA,JAMAICA,Y,01-May-1997,,,,E",
)
"""Rows of many kinds; every other area code is unassigned in :func:`report_text`."""


def report_text(
    *changed: str, without: str = "", file_date: str = "01/05/2026", columns: str = COLUMNS
) -> str:
    """A whole report of 800 rows; rows in ``changed`` take the place of those with the same area code.

    The row of 200 is line 3, so that of 201 is line 4.
    """
    rows = {str(npa): f"{npa},General,Yes,,No,No,G,,,N,,,,," for npa in range(200, 1000)}
    rows |= {row[:3]: row for row in ROWS}
    rows |= {row[:3]: row for row in changed}
    rows.pop(without, None)
    return "\r\n".join([f"File Date,{file_date}", columns, *rows.values()]) + "\r\n"
