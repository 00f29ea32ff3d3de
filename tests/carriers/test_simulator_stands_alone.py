"""The simulated carrier shares nothing with the library that it is the other side of."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

import pstnkit.carriers.simulator as simulator

MODULES = sorted(Path(simulator.__file__).parent.glob("*.py"))


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_a_module_imports_the_standard_library_and_its_own_siblings_only(module: Path) -> None:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        for name in names:
            assert (
                name.startswith("pstnkit.carriers.simulator") or name.split(".")[0] in sys.stdlib_module_names
            )


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_a_module_reads_neither_the_real_clock_nor_real_randomness(module: Path) -> None:
    source = module.read_text(encoding="utf-8")
    for reach in (
        "datetime.now",
        "utcnow",
        "today()",
        "time.time",
        "import time",
        "uuid",
        "secrets",
        "urandom",
    ):
        assert reach not in source
