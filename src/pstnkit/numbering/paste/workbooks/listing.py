"""What a workbook lists as its sheets.

A sheet is listed by the key of a relationship, which names the part that holds it. A few bytes list a part once more,
and the library would read it as often as it is listed.
"""

from __future__ import annotations

from collections.abc import Iterable

from pstnkit.numbering.paste.workbooks.allowance import UnreadableWorkbook
from pstnkit.numbering.paste.workbooks.markup import Walk, local


def check_listed_once(keys: Iterable[str], relationships: bytes) -> None:
    """Refuse a workbook of which several sheets are one part."""
    targets = _Relationships()
    targets.through(relationships)
    listed = [targets.found[key] for key in keys if key in targets.found]
    if len(set(listed)) < len(listed):
        raise UnreadableWorkbook("lists one part as several of its sheets")


class Sheets(Walk):
    """The keys of the sheets that a part in XML lists."""

    def __init__(self) -> None:
        super().__init__()
        self.keys: list[str] = []

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        if local(name) == "sheet":
            self.keys += [value for name, value in attributes.items() if local(name) == "id"]


class _Relationships(Walk):
    """The parts that relationships name, by their keys; capitals make no other part."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def opened(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002
        if "Id" in attributes and "Target" in attributes:
            self.found[attributes["Id"]] = attributes["Target"].casefold()
