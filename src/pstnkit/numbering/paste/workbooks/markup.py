"""Walking through a part that is XML, at one element a time."""

from __future__ import annotations

from pstnkit.numbering.paste.workbooks.allowance import UnreadableWorkbook


def local(name: str) -> str:
    """A name without its prefix."""
    return name.rpartition(":")[2]


class Walk:
    """What a part says, from its first element to its last; a part that is not well-formed is refused."""

    def through(self, part: bytes) -> None:
        """Walk through ``part``."""
        from xml.parsers.expat import ExpatError, ParserCreate

        parser = ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse  # no spreadsheet declares entities; whoever does means harm
        parser.StartElementHandler = self.opened
        parser.EndElementHandler = self.closed
        parser.CharacterDataHandler = self.text
        try:
            parser.Parse(part, True)  # noqa: FBT003 - the parser's own way to say that this is all
        except ExpatError as error:
            raise UnreadableWorkbook(f"is damaged ({error})") from error

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def closed(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """A stretch of text."""


def _refuse(*_: object) -> None:
    raise UnreadableWorkbook("declares a type of document, which no spreadsheet does")
