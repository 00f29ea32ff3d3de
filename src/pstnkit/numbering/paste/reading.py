"""``read_numbers``: dirty text in, verdicts out. The steps, each in its own module:

source -> cells with their places -> the columns that hold numbers -> what thousands of cells say, and what the plan and
the policy find -> which repeat earlier ones -> a report, which makes entries when they are looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from pstnkit.numbering.paste.book import Book, Page, read_raw
from pstnkit.numbering.paste.bulk import Bulk
from pstnkit.numbering.paste.classify import Classifier
from pstnkit.numbering.paste.columns import Choice, asked_columns, choose_columns
from pstnkit.numbering.paste.layout import layout_of
from pstnkit.numbering.paste.raw_cells import RawCells, TextCells
from pstnkit.numbering.paste.records import Records
from pstnkit.numbering.paste.repeats import mark_repeats
from pstnkit.numbering.paste.report import Entries, PasteReport
from pstnkit.numbering.paste.sources import MAX_BYTES, open_source
from pstnkit.numbering.paste.unread import UnreadCells
from pstnkit.numbering.paste.verdicts import PastePolicy
from pstnkit.numbering.reasons import Reason

if TYPE_CHECKING:
    from datetime import date

    from pstnkit.numbering.paste.known import KnownNumbers
    from pstnkit.numbering.plan import NumberingPlan

_NEVER_DIALED = frozenset(
    {Reason.AREA_CODE_FORMAT, Reason.EXCHANGE_FORMAT, Reason.N11_EXCHANGE, Reason.AREA_CODE_NOT_IN_SERVICE}
)
_T = TypeVar("_T")


def read_numbers(
    source: Any,
    *,
    plan: NumberingPlan | None = None,
    policy: PastePolicy | None = None,
    on: date | None = None,
    columns: str | int | Iterable[str | int] | None = None,
    sheet: str | int | None = None,
    encoding: str | None = None,
    max_bytes: int = MAX_BYTES,
    known: KnownNumbers | None = None,
) -> PasteReport:
    r"""Read the telephone numbers in ``source``, and say of each entry whether it is valid (SPEC P1, P2).

    :param source: a ``str`` (always text, never a path), ``bytes``, a path, a file opened for reading, or an
        iterable of cells (a list, a column of a data frame). Text may be a list of lines, CSV with commas,
        semicolons, tabs or bars, or a spreadsheet's clipboard; bytes may be UTF-8, UTF-16 with its mark, or a
        workbook (extra ``excel``).
    :param plan: the numbering plan; the bundled one unless given.
    :param policy: which kinds of numbers are valid; see :class:`PastePolicy`.
    :param on: the day to judge by; the plan's own day unless given.
    :param columns: which columns to read, by heading, letter or index from 1; found out unless given.
    :param sheet: which sheet of a workbook, by name or index from 1; the first unless given.
    :param encoding: how the bytes of a text are decoded; only for those.
    :param max_bytes: the greatest size of the source.
    :param known: numbers that cannot be listed again: a set, numbers and ranges, or another report, of which the
        valid numbers count (they are ``already_owned``); or a mapping from numbers and ranges to the reason,
        ``already_owned`` or ``in_active_order``.

    Never raises for what stands in the source. Raises :class:`UnreadableSource` for one that cannot be
    opened or decoded, or is too large; :class:`~pstnkit.errors.CallerError` for a column or sheet that is
    not there; :class:`TypeError` for arguments of a wrong type.

    >>> for entry in read_numbers("(415) 321-0100\n321-0100\n4153210100"):
    ...     print(entry.row, entry.verdict, entry.hint)
    1 valid None
    2 invalid add the area code
    3 duplicate first listed in row 1 (entry 1)
    """
    from pstnkit.numbering.plan import NumberingPlan
    from pstnkit.numbering.plan import plan as bundled

    plan = _checked("plan", bundled if plan is None else plan, NumberingPlan)
    policy = _checked("policy", PastePolicy() if policy is None else policy, PastePolicy)
    classifier = Classifier(plan, on, policy)
    owned = _known(known)
    if isinstance(source, PasteReport | Entries):
        raise TypeError(f"{source!r} has been read already: read its numbers, or the source once more")
    opened = open_source(source, encoding=encoding, sheet=sheet, max_bytes=max_bytes)

    def plausible(digits: int) -> bool:
        """Whether ten digits could be a subscriber's number, whatever the policy says of them."""
        return classifier.finding(digits) not in _NEVER_DIALED

    cells: RawCells
    if opened.text is not None:
        delimiter, choice = layout_of(opened.text, columns, plausible)
        cells = TextCells(opened.text, delimiter, positions=opened.positions)
        others: Sequence[RawCells] = ()
    else:
        cells, *others = opened.grids
        head = cells.head()
        choice = choose_columns(head, plausible) if columns is None else asked_columns(head, columns)
    records = Records(typecode=cells.typecode, only_column=min(_indexes(choice), default=0))
    unread = UnreadCells()
    bulk = Bulk(read_raw, classifier, owned, records)
    _read(cells, choice, bulk, unread)
    for other in others:
        for stretch in other.walk():
            unread.note(other, stretch, ())
    mark_repeats(records, bulk.exchanges)
    return PasteReport._of(Book([Page(0, cells, classifier, owned)], records), unread, choice.columns)


def _checked(name: str, value: _T, wanted: type) -> _T:
    if not isinstance(value, wanted):
        raise TypeError(f"{name} is a {wanted.__name__}, not {type(value).__name__}")
    return value


def _known(known: KnownNumbers | None) -> Any:
    if known is None:
        return ()
    from pstnkit.numbering.paste.known import known_sets

    return known_sets(known)


def _indexes(choice: Choice) -> list[int]:
    """The chosen columns, counted from 0."""
    return sorted(column.index - 1 for column in choice.columns)


def _read(cells: RawCells, choice: Choice, bulk: Bulk, unread: UnreadCells) -> None:
    """Put the cells of the chosen columns through ``bulk``, and note what is left unread."""
    chosen = _indexes(choice)
    for stretch in cells.walk():
        above = min(max(choice.headings - stretch.first, 0), len(stretch))
        if above:
            unread.note(cells, stretch.cut(0, above), ())
            stretch = stretch.cut(above, len(stretch))
        if stretch.lines is not None and chosen == [0]:
            bulk.add_lines(stretch.first, stretch.lines)
            continue
        unread.note(cells, stretch, chosen)
        if len(chosen) == 1:
            bulk.add(stretch.column(chosen[0]))
        elif chosen:
            bulk.add(stretch.several(chosen))
