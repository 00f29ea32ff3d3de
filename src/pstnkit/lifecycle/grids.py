"""The two tables of a machine, to be read: as text with the codes that they are written in, as a page in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from pstnkit.rendering import theme
from pstnkit.rendering.table import text_table

_MARKS = {".": "already", "-": "late", "!": "contradicts", "x": "refused"}
_LEGEND = (
    ". is true already, - is late, ! contradicts, x is refused; A>B is ahead: A is taken as done. "
    "A state's own code: it stays."
)
_RULES = (
    # What moves nothing stands back, by its slant as well as by its color.
    ".pstnkit-tables.pstnkit-tables i{color:var(--dim)}.pstnkit-tables.pstnkit-tables b{font-weight:600}",
    ".pstnkit-tables.pstnkit-tables .wide+.wide{margin-top:20px}",
)


@frozen
class MachineTables:
    """The tables of the machine of ``subject``: by state, the cells of each decision and of each report.

    ``codes`` are the codes of the states. Cells are written as :mod:`pstnkit.lifecycle.machine` explains.
    """

    subject: str
    codes: Mapping[str, str]
    decisions: Mapping[str, Mapping[str, str]]
    reports: Mapping[str, Mapping[str, str]]

    def _captioned(self) -> Iterator[tuple[str, Mapping[str, Mapping[str, str]]]]:
        yield f"{self.subject}: what we may decide", self.decisions
        yield f"{self.subject}: what others may report", self.reports

    def to_text(self) -> str:
        """Both tables as text, each state with its code."""
        parts = []
        for caption, cells in self._captioned():
            rows = [[state, self.codes[state], *row.values()] for state, row in cells.items()]
            parts += [caption, "", text_table(("state", "", *_words(cells)), rows), ""]
        return "\n".join([*parts, _LEGEND])

    def to_html(self) -> str:
        """Both tables as a part of a page, their cells in words."""
        named = {code: state.replace("_", " ") for state, code in self.codes.items()}
        tables = [
            theme.table(
                caption,
                ("state", *_words(cells)),
                [
                    (
                        state.replace("_", " "),
                        *(_in_words(cell, self.codes[state], named) for cell in row.values()),
                    )
                    for state, row in cells.items()
                ],
            )
            for caption, cells in self._captioned()
        ]
        return theme.boxed("pstnkit-tables", tables, _RULES)

    def _repr_html_(self) -> str:
        return self.to_html()


def _words(cells: Mapping[str, Mapping[str, str]]) -> Sequence[str]:
    return tuple(next(iter(cells.values())))


def _in_words(cell: str, own: str, named: Mapping[str, str]) -> theme.Markup:
    if cell in _MARKS:
        return theme.Markup(f"<i>{_MARKS[cell]}</i>")
    if cell == own:
        return theme.Markup("stays")
    *ahead, last = (named[code] for code in cell.split(">"))
    return theme.Markup("".join(f"{state}, then " for state in ahead) + f"<b>{last}</b>")
