"""Parts of a page that need nothing else, and can be read by eye, by ear, in light and in the dark.

The colors of text and paper are set together, so that what surrounds them cannot make one of them vanish; and what a
color says, a word, a shape or a texture says as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pstnkit.rendering.escape import html

LIGHT = {
    "paper": "#ffffff",
    "ink": "#1f2328",
    "dim": "#57606a",
    "line": "#d0d7de",
    "mark": "#0550ae",
    "fill": "#b6d7ff",
}
"""The colors in the light: of the paper, of text, of what is said in passing, of lines, and of what stands out."""
DARK = {
    "paper": "#15191f",
    "ink": "#e6edf3",
    "dim": "#9aa5b1",
    "line": "#3a424c",
    "mark": "#79b8ff",
    "fill": "#1f4b7a",
}
"""The colors in the dark."""

_LIT = '[data-jp-theme-light="true"],[data-theme="light"],.vscode-light'
_UNLIT = '[data-jp-theme-light="false"],[data-theme="dark"],.vscode-dark'
"""How notebooks and pages say that they are light or dark, whatever the system prefers."""


class Markup(str):
    """What is markup already, and is not escaped again."""

    __slots__ = ()


_NONE: Mapping[str, str] = {}


def themes(box: str, light: Mapping[str, str] = _NONE, dark: Mapping[str, str] = _NONE) -> list[str]:
    """The rules that give the elements of class ``box`` their colors, by the light that they are seen in.

    ``light`` and ``dark`` are colors of its own, by the names that its rules call them by (``var(--name)``).

    >>> themes("pstnkit-map")[0][:43]
    '.pstnkit-map{color-scheme:light;--paper:#ff'
    """
    lit, unlit = _colors({**LIGHT, **light}, "light"), _colors({**DARK, **dark}, "dark")
    return [
        f".{box}{{{lit}}}",
        f"@media (prefers-color-scheme:dark){{.{box}{{{unlit}}}}}",
        f":is({_LIT}) .{box}{{{lit}}}",
        f":is({_UNLIT}) .{box}{{{unlit}}}",
    ]


def _colors(palette: Mapping[str, str], scheme: str) -> str:
    return f"color-scheme:{scheme};" + ";".join(f"--{name}:{color}" for name, color in palette.items())


def boxed(name: str, parts: Iterable[str], rules: Sequence[str] = ()) -> str:
    """A box of class ``name`` around some parts, with its style sheet; ``rules`` are further rules for it."""
    # The box is named twice, so that its rules outweigh a notebook's own.
    box, table = f".{name}.{name}", f".{name}.{name} table"
    style = [
        *themes(name),
        f"{box}{{background:var(--paper);color:var(--ink);border:1px solid var(--line);border-radius:8px;"
        "font:14px/1.5 system-ui,sans-serif;padding:12px 16px;max-width:72em;box-sizing:border-box}",
        f"{box} :is(p,ul,details){{margin:8px 0 0;padding:0}}{box} ul{{padding-left:20px}}",
        f"{box} .wide{{overflow-x:auto;margin-top:14px}}{box} .dim{{color:var(--dim)}}",
        f"{table}{{border-collapse:collapse;margin:0;font-size:inherit;color:inherit;border:0}}",
        f"{table} caption{{caption-side:top;text-align:left;padding:0 0 6px;color:inherit;font-weight:600;"
        "font-size:inherit;white-space:nowrap}",
        f"{table} :is(th,td){{text-align:left;vertical-align:baseline;padding:4px 14px 4px 0;border:0;"
        "border-top:1px solid var(--line);background:none;color:inherit;max-width:none;white-space:nowrap}",
        f"{table} thead th{{border-top:0;color:var(--dim);font-weight:600}}{table} tbody tr{{background:none}}",
        f"{table} tbody th{{font-weight:400}}",
        f"{table} .right{{text-align:right;font-variant-numeric:tabular-nums}}",
        *rules,
    ]
    return "\n".join(
        [f'<div class="{name}" lang="en" dir="ltr">', "<style>", *style, "</style>", *parts, "</div>"]
    )


def table(
    caption: str, header: Sequence[str], rows: Iterable[Sequence[object]], *, right: Iterable[int] = ()
) -> str:
    """A captioned table that a screen reader can follow: the first cell of each row is its heading.

    Cells are made text with ``str`` and escaped, unless they are :class:`Markup`; the columns numbered in
    ``right`` (from 0) are flush right.

    >>> table("What is free", ["area code", "numbers"], [["415", 7]], right=[1])[:60]
    '<div class="wide" role="region" aria-label="What is free" ta'
    """
    sides = frozenset(right)

    def cell(tag: str, index: int, content: object, attributes: str = "") -> str:
        side = ' class="right"' if index in sides else ""
        inside = content if isinstance(content, Markup) else html(str(content))
        return f"<{tag}{attributes}{side}>{inside}</{tag}>"

    head = "".join(cell("th", index, name, ' scope="col"') for index, name in enumerate(header))
    body = "".join(
        "<tr>"
        + "".join(
            cell("td", index, content) if index else cell("th", index, content, ' scope="row"')
            for index, content in enumerate(row)
        )
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="wide" role="region" aria-label="{html(caption)}" tabindex="0">'
        f"<table><caption>{html(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )
