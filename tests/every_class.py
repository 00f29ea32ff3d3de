"""Every decision and report class that the package has."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Iterator
from typing import Any

from attrs import has

import pstnkit
from pstnkit.lifecycle.events import Decision, Report
from pstnkit.lifecycle.machine import Machine

_DISTRICTS = ("lifecycle", "accounts", "ordering", "porting", "carriers")


def _below(base: type[Any]) -> Iterator[type[Any]]:
    for kind in base.__subclasses__():
        yield kind
        yield from _below(kind)


def every_machine() -> list[Machine[Any]]:
    """Each state machine of the package, by what it moves."""
    every_class()
    found = {
        value.subject: value
        for name, module in tuple(sys.modules.items())
        if name.startswith("pstnkit.")
        for value in vars(module).values()
        if isinstance(value, Machine)
    }
    return [found[subject] for subject in sorted(found)]


def every_class() -> list[type[Any]]:
    """Each class of what can happen, with its particulars; those that tests have made up are left out."""
    for district in _DISTRICTS:
        package = importlib.import_module(f"pstnkit.{district}")
        for module in pkgutil.iter_modules(package.__path__, f"{pstnkit.__name__}.{district}."):
            importlib.import_module(module.name)
    bases: tuple[type[Any], ...] = (Decision, Report)
    found: set[type[Any]] = {
        kind
        for base in bases
        for kind in _below(base)
        if kind.__module__.startswith("pstnkit.") and has(kind)
    }
    return sorted(found, key=lambda kind: kind.__name__)
