"""The notebook of a number search, run cell by cell without Jupyter."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

NOTEBOOK = Path(__file__).parents[2] / "examples" / "number_search.ipynb"


def shown_by(cells: list[dict[str, Any]]) -> list[object]:
    """The values that the cells end with, those that end with none left out; all cells share their names."""
    names: dict[str, Any] = {"__name__": "notebook"}
    values = []
    for cell in cells:
        tree = ast.parse("".join(cell["source"]))
        *rest, last = tree.body
        if not isinstance(last, ast.Expr):
            rest.append(last)
        exec(compile(ast.Module(rest, []), NOTEBOOK.name, "exec"), names)
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), NOTEBOOK.name, "eval"), names)
            values += [] if value is None else [value]
    return values


def test_every_cell_runs_and_what_it_shows_can_be_seen(capsys: Any) -> None:
    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert all(not cell["outputs"] for cell in cells), "what it shows is made when the documentation is built"
    shown = shown_by(cells)
    assert len(shown) >= 8
    pages = [value._repr_html_() for value in shown if not isinstance(value, dict)]  # type: ignore[attr-defined]
    assert all("<svg" in page or "<div" in page for page in pages)
    assert sum("<svg" in page for page in pages) >= 5
    printed = capsys.readouterr().out
    assert "not available: +14152010000..+14152010019" in printed
    assert "as they were: True" in printed
