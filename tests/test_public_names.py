"""The front door: one table of public names, its mirror for type checkers, and the error tree as drawn."""

from __future__ import annotations

import ast
import copy
import importlib
import inspect
import pkgutil
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

import pstnkit
from pstnkit import errors
from pstnkit.errors import PstnkitError

PUBLIC = [name for name in pstnkit.__all__ if name != "__version__"]


def _mirror() -> dict[str, str]:
    """The names under ``TYPE_CHECKING`` in ``pstnkit/__init__.py``, each with the module it comes from."""
    tree = ast.parse(Path(pstnkit.__file__).read_text(encoding="utf-8"))
    [block] = [
        node
        for node in tree.body
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
    ]
    mirror: dict[str, str] = {}
    for node in block.body:
        assert isinstance(node, ast.ImportFrom)
        assert node.module is not None
        for alias in node.names:
            assert alias.name == alias.asname, f"{alias.name} is not exported by its mirror (import X as X)"
            assert alias.name not in mirror, f"{alias.name} is mirrored twice"
            mirror[alias.name] = node.module
    return mirror


def test_the_table_and_its_mirror_for_type_checkers_agree() -> None:
    table = {name: f"pstnkit.{module}" for module, names in pstnkit._DISTRICTS.items() for name in names}
    assert _mirror() == table


def test_no_name_stands_twice_in_the_table() -> None:
    names = [name for names in pstnkit._DISTRICTS.values() for name in names]
    assert len(names) == len(set(names))


def test_everything_public_is_listed_once() -> None:
    assert len(pstnkit.__all__) == len(set(pstnkit.__all__))
    assert set(pstnkit.__all__) <= set(dir(pstnkit))


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_name_resolves_to_what_its_district_defines(name: str) -> None:
    value = getattr(pstnkit, name)
    assert value is getattr(importlib.import_module(f"pstnkit.{pstnkit._HOME[name]}"), name)
    if inspect.isclass(value) or inspect.isfunction(value):
        assert value.__name__ == name


def test_an_unknown_name_is_an_attribute_error_that_names_it() -> None:
    with pytest.raises(AttributeError, match=r"module 'pstnkit' has no attribute 'TelephoneNumbr'"):
        _ = pstnkit.TelephoneNumbr


def test_importing_everything_brings_exactly_the_public_names() -> None:
    namespace: dict[str, object] = {}
    exec("from pstnkit import *", namespace)
    assert set(namespace) - {"__builtins__"} == set(pstnkit.__all__)


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_object_and_its_public_members_explain_themselves(name: str) -> None:
    value = getattr(pstnkit, name)
    explained = value if inspect.isclass(value) or inspect.isroutine(value) else type(value)
    assert explained.__doc__, f"{name} has no docstring"
    assert [member for member in _members(explained) if not inspect.getdoc(getattr(explained, member))] == []


def _members(subject: object) -> Iterator[str]:
    """The public methods and properties that a class defines itself."""
    if inspect.isclass(subject):
        for name, member in vars(subject).items():
            if not name.startswith("_") and isinstance(
                member, property | classmethod | staticmethod | type(_members)
            ):
                yield name


# --- the error tree ----------------------------------------------------------------------------------------

_BRANCH = re.compile(r"(?P<rails>(?:\|   |    )*)[|`]-- (?P<name>\w+)(?: \(also (?P<also>[\w, ]+)\))?")


def _drawing() -> dict[str, tuple[str, frozenset[str]]]:
    """The tree in the docstring of ``errors.py``: each error, its parent, and its bases outside the tree."""
    _, found, after = (errors.__doc__ or "").partition("\n    PstnkitError\n")
    assert found, "the docstring of errors.py draws no tree"
    path = ["PstnkitError"]
    drawn: dict[str, tuple[str, frozenset[str]]] = {}
    for line in textwrap.dedent(after.split("\n\n")[0]).splitlines():
        branch = _BRANCH.match(line)
        assert branch, f"not a branch of the tree: {line!r}"
        depth = len(branch["rails"]) // 4 + 1
        assert depth <= len(path), f"hangs in the air: {line!r}"
        assert branch["name"] not in drawn, f"drawn twice: {branch['name']}"
        del path[depth:]
        drawn[branch["name"]] = (path[-1], frozenset((branch["also"] or "").replace(",", " ").split()))
        path.append(branch["name"])
    return drawn


def _all_errors() -> set[type[PstnkitError]]:
    """Every public error class that a module of the package defines."""
    for module in pkgutil.walk_packages(pstnkit.__path__, "pstnkit."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    found: set[type[PstnkitError]] = set()
    waiting = PstnkitError.__subclasses__()
    while waiting:
        error = waiting.pop()
        waiting += error.__subclasses__()
        if error.__module__.startswith("pstnkit.") and not error.__name__.startswith("_"):
            found.add(error)
    return found


def test_the_error_tree_is_drawn_as_it_is() -> None:
    real = {
        error.__name__: (
            next(base.__name__ for base in error.__bases__ if issubclass(base, PstnkitError)),
            frozenset(base.__name__ for base in error.__bases__ if not issubclass(base, PstnkitError)),
        )
        for error in _all_errors()
    }
    assert _drawing() == real


def test_every_drawn_error_is_public() -> None:
    assert {"PstnkitError", *_drawing()} <= set(pstnkit.__all__)


@pytest.mark.parametrize("name", ["PstnkitError", "CallerError", "DecisionError", "CarrierError"])
def test_the_bases_of_errors_survive_a_copy(name: str) -> None:
    error = getattr(pstnkit, name)("what went wrong")
    assert str(copy.copy(error)) == "what went wrong"
