"""A letter of authorization as a page to be printed: one document that needs nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Protocol

from pstnkit.catalog import sentence
from pstnkit.numbering.ranges import NumberRange
from pstnkit.porting.attachments import Attachment
from pstnkit.porting.planning.facts import PortFacts
from pstnkit.porting.planning.told import is_toll_free
from pstnkit.rendering.escape import html
from pstnkit.secret import Secret


class LetterText(StrEnum):
    """What stands on a letter besides what it is about."""

    TITLE = "title"
    AUTHORIZATION = "authorization"
    CUSTOMER = "customer"
    NUMBERS = "numbers"
    RANGE = "range"
    ATTACHED = "attached"
    PAGES = "pages"
    DATED = "dated"
    SIGNATURE = "signature"
    NAME = "name"
    DATE = "date"
    BUSINESS_NAME = "business_name"
    SERVICE_ADDRESS = "service_address"
    LOSING_CARRIER = "losing_carrier"
    RESP_ORG = "resp_org"
    ACCOUNT_NUMBER = "account_number"
    PIN = "pin"
    BTN = "btn"
    NEW_BTN = "new_btn"


class Written(Protocol):
    """What is written on a letter."""

    @property
    def facts(self) -> PortFacts: ...
    @property
    def numbers(self) -> tuple[NumberRange, ...]: ...
    @property
    def signed(self) -> date | None: ...
    @property
    def signed_by(self) -> str | None: ...
    @property
    def attachments(self) -> tuple[Attachment, ...]: ...


# Black on white whatever the surroundings: this is paper. The end of a page tears no row and no signature apart.
_STYLE = """
@page{size:letter;margin:20mm}
:root{color-scheme:light}
body{font:11pt/1.45 Georgia,"Times New Roman",serif;color:#000;background:#fff}
body{max-width:44em;margin:2em auto;padding:0 1em}
h1{font-size:17pt;margin:0 0 .8em}
h2{font-size:12pt;margin:1.6em 0 .4em;break-after:avoid}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.3em .8em .3em 0;border-bottom:1px solid #999}
th{width:15em;font-weight:normal}
tr,.signature,li{break-inside:avoid}
ul{columns:2;column-gap:2em;padding-left:1.2em;margin:.4em 0}
.blank{display:inline-block;min-width:18em;border-bottom:1px solid #000}
.signature{margin-top:2.4em}
@media print{body{margin:0;padding:0;max-width:none}}
""".strip()


def letter_page(
    papers: Written,
    *,
    winning_carrier: str,
    account_number: Secret | None,
    pin: Secret | None,
    catalog: Mapping[str, str] | None,
) -> str:
    """The document; secrets stand on it as far as they are given."""

    def said(text: LetterText, **figures: object) -> str:
        return html(sentence(text, catalog, **figures))

    def row(label: LetterText, value: object) -> str:
        shown = _BLANK if value is None else html(str(value))
        return f'<tr><th scope="row">{said(label)}</th><td>{shown}</td></tr>'

    def rows() -> Iterator[str]:
        facts = papers.facts
        yield row(LetterText.BUSINESS_NAME, facts.business_name)
        yield row(LetterText.SERVICE_ADDRESS, facts.service_address)
        toll_free = all(is_toll_free(int(part.first)) for part in papers.numbers)
        yield row(LetterText.RESP_ORG if toll_free else LetterText.LOSING_CARRIER, facts.losing_carrier)
        yield row(LetterText.BTN, None if facts.btn is None else f"{facts.btn:national}")
        yield row(LetterText.ACCOUNT_NUMBER, None if account_number is None else account_number.reveal())
        if pin is not None or facts.pin is not None:
            yield row(LetterText.PIN, None if pin is None else pin.reveal())
        if facts.new_btn is not None:
            yield row(LetterText.NEW_BTN, f"{facts.new_btn:national}")

    def written(part: NumberRange) -> str:
        if len(part) == 1:
            return html(f"{part.first:national}")
        return said(
            LetterText.RANGE,
            first=f"{part.first:national}",
            last=f"{part.last:national}",
            count=len(part),
        )

    def document(attachment: Attachment) -> str:
        told = [html(sentence(attachment.kind, catalog)), html(attachment.reference)]
        if attachment.dated is not None:
            told.append(said(LetterText.DATED, dated=attachment.dated.isoformat()))
        if attachment.pages is not None:
            told.append(said(LetterText.PAGES, pages=attachment.pages))
        return ", ".join(told)

    count = sum(map(len, papers.numbers))
    name = papers.signed_by or papers.facts.signer
    parts = [
        f"<h1>{said(LetterText.TITLE)}</h1>",
        f"<p>{said(LetterText.AUTHORIZATION, carrier=winning_carrier)}</p>",
        f"<h2>{said(LetterText.CUSTOMER)}</h2>",
        f"<table>{''.join(rows())}</table>",
        f"<h2>{said(LetterText.NUMBERS, count=count)}</h2>",
        _list(map(written, papers.numbers)),
    ]
    if papers.attachments:
        parts += [f"<h2>{said(LetterText.ATTACHED)}</h2>", _list(map(document, papers.attachments))]
    signature = "".join(
        [
            row(LetterText.SIGNATURE, None),
            row(LetterText.NAME, name),
            row(LetterText.DATE, None if papers.signed is None else papers.signed.isoformat()),
        ]
    )
    parts.append(f'<table class="signature">{signature}</table>')
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            # Whatever has found its way into a field: nothing is loaded, sent or run.
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
            '<meta name="viewport" content="width=device-width">',
            f"<title>{said(LetterText.TITLE)}</title>",
            f"<style>{_STYLE}</style>",
            "</head>",
            "<body>",
            *parts,
            "</body>",
            "</html>",
            "",
        ]
    )


_BLANK = '<span class="blank">&nbsp;</span>'


def _list(items: Iterator[str]) -> str:
    return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"
