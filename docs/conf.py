"""How the documentation is built: the reference is written anew each time, from the table of public names, and the
example notebooks are run."""

from __future__ import annotations

import enum
import importlib
import inspect
import pkgutil
import shutil
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

import pstnkit
from pstnkit.lifecycle.machine import Machine

project = "pstnkit"
author = "The pstnkit developers"
project_copyright = "The pstnkit developers"
version = release = pstnkit.__version__

extensions = ["myst_nb", "sphinx.ext.autodoc"]
exclude_patterns = ["_build"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 300

html_theme = "furo"
html_title = "pstnkit"

autodoc_member_order = "bysource"
autodoc_preserve_defaults = True
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
python_use_unqualified_type_names = True

EXAMPLES = Path(__file__).parents[1] / "examples"
NOTEBOOKS = Path(__file__).parent / "notebooks"
REFERENCE = Path(__file__).parent / "reference" / "generated"


def _entry(name: str) -> str:
    """The directive that documents one public name."""
    value = getattr(pstnkit, name)
    options = "   :members:\n   :show-inheritance:\n"
    if inspect.isclass(value) and issubclass(value, Exception):
        directive = "autoexception"
    elif inspect.isclass(value):
        directive = "autoclass"
        if any(base.__name__.startswith("_") for base in value.__bases__):
            options = "   :members:\n   :inherited-members:\n"
        if issubclass(value, enum.Enum):
            options += "   :undoc-members:\n"
    elif inspect.isroutine(value):
        directive, options = "autofunction", ""
    else:
        directive, options = "autodata", "   :no-value:\n"
    rst = f".. py:currentmodule:: pstnkit\n\n.. {directive}:: pstnkit.{name}\n{options}"
    return f"## {name}\n\n```{{eval-rst}}\n{rst}```\n"


def _write_reference() -> None:
    """One page for each district, in the order of the table of public names."""
    pages: dict[str, list[str]] = {}
    for module, names in pstnkit._DISTRICTS.items():
        pages.setdefault(module.split(".")[0], []).extend(names)
    shutil.rmtree(REFERENCE, ignore_errors=True)
    REFERENCE.mkdir(parents=True)
    for district, names in pages.items():
        about = inspect.getdoc(importlib.import_module(f"pstnkit.{district}")) or ""
        intro = "\n".join(["```{eval-rst}", about, "```", ""])
        text = [f"# {district.capitalize()}\n", intro, *map(_entry, names)]
        (REFERENCE / f"{district}.md").write_text("\n".join(text), encoding="utf-8")
    _write_machines()
    toctree = ["```{toctree}", *pages, "machines", "```", ""]
    (REFERENCE / "index.md").write_text("\n".join(["# Public names\n", *toctree]), encoding="utf-8")


def _machines() -> dict[str, Machine[Any]]:
    """Every state machine of the package, by what it moves."""
    found = {}
    for module in pkgutil.walk_packages(pstnkit.__path__, "pstnkit."):
        if module.name.split(".")[1] in ("lifecycle", "accounts", "ordering", "porting"):
            for value in vars(importlib.import_module(module.name)).values():
                if isinstance(value, Machine):
                    found[value.subject] = value
    return found


def _write_machines() -> None:
    """A page on which every machine is drawn, and its tables written out, from the tables themselves."""
    text = [
        "# State machines",
        "",
        "Drawn from the tables by which records move; [](../../explanation/decisions-and-reports.md) explains both.",
        "",
    ]
    for subject, machine in _machines().items():
        title = subject[:1].upper() + subject[1:]
        shown = f"{machine.svg()}\n<br>\n{machine.tables().to_html()}"
        text += [f"## {title}", "", "```{raw} html", shown, "```", ""]
    (REFERENCE / "machines.md").write_text("\n".join(text), encoding="utf-8")


def _copy_notebooks() -> None:
    """The example notebooks as pages: what they show is made when they are run for the page."""
    shutil.rmtree(NOTEBOOKS, ignore_errors=True)
    NOTEBOOKS.mkdir()
    for notebook in EXAMPLES.glob("*.ipynb"):
        shutil.copy(notebook, NOTEBOOKS)


def _resolve_by_public_name(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, shown: nodes.TextElement
) -> nodes.reference | None:
    """Link what is public by the name that it is imported by, in whichever module it is defined."""
    name = node["reftarget"].rpartition(".")[2]
    if node.get("refdomain") != "py" or name not in pstnkit.__all__:
        return None
    target = f"pstnkit.{name}"
    return env.domains.python_domain.resolve_xref(
        env, node["refdoc"], app.builder, "obj", target, node, shown
    )


def setup(app: Sphinx) -> None:
    """Write the reference, fetch the notebooks, and resolve what signatures refer to."""
    _write_reference()
    _copy_notebooks()
    app.connect("missing-reference", _resolve_by_public_name)
