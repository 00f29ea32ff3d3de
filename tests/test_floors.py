"""The house stands: imports point downward only, and below floor 5 nothing does I/O or reads a clock.

The check reads source text, so imports inside functions and under ``TYPE_CHECKING`` count like any other.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import NamedTuple

import pytest

PACKAGE = Path(__file__).parent.parent / "src" / "pstnkit"

FLOORS = {
    "rendering": 0,
    "errors": 0,
    "catalog": 0,
    "secret": 1,
    "numbering": 1,
    "inventory": 2,
    "lifecycle": 2,
    "accounts": 3,
    "ordering": 4,
    "porting": 4,
    "carriers": 5,
    "saved": 6,
    "stores": 7,
    "desk": 8,
    "cli": 9,
    "testing": 9,
}
FIRST_FLOOR_WITH_IO = 5

# Only the top floor goes in by the front door: below it, `import pstnkit` would lean on everything at once.
FRONT_DOOR_FLOOR = 9

# The simulated carrier stands for somebody else's computer: it knows itself and nothing else of the package.
STRANGER = "carriers.simulator"

# What takes time, touches the world or rolls dice. Whoever needs a moment or an id is given one.
FORBIDDEN_IMPORTS = {
    *(
        "asyncio",
        "ctypes",
        "ftplib",
        "http",
        "httpx",
        "multiprocessing",
        "os",
        "random",
        "requests",
        "secrets",
    ),
    *(
        "select",
        "selectors",
        "shutil",
        "signal",
        "smtplib",
        "socket",
        "sqlalchemy",
        "sqlite3",
        "ssl",
        "subprocess",
    ),
    *("tempfile", "time", "urllib", "uuid"),
}
IO_FUNCTIONS = {"print", "input", "open"}
IO_METHODS = {"open", "read_text", "read_bytes", "write_text", "write_bytes"}

# The exceptions: the plan reads its data file, read_numbers the file that it is given, and whether a terminal
# wants color stands in the environment.
EXCEPTIONS = {
    "numbering.plan_data": {"os", "open"},
    "numbering.paste": {"os", "open", "read_text", "read_bytes"},
    "rendering.color": {"os"},
}


class Import(NamedTuple):
    """One import: the ``line`` it stands in, and its full dotted ``target`` down to the imported name."""

    line: int
    target: str


class House:
    """The modules of a package under ``root``, by their dotted names inside it ("" is the package itself)."""

    def __init__(self, root: Path) -> None:
        self.name = root.name
        self.trees = {
            _module_name(path.relative_to(root)): ast.parse(path.read_text(encoding="utf-8"))
            for path in sorted(root.rglob("*.py"))
        }

    def violations(self) -> list[str]:
        """What is wrong, a sentence for each finding."""
        found: list[str] = []
        for module, tree in self.trees.items():
            if module:
                found += self._import_violations(module, tree)
                found += self._purity_violations(module, tree)
        return found + self._cycles()

    def imports(self, module: str) -> set[str]:
        """The modules of this house that ``module`` imports ("" when it goes in by the front door)."""
        return {
            inside
            for _, target in _imports(self.trees[module])
            if (inside := self._inside(target)) is not None and inside != module
        }

    def _inside(self, target: str) -> str | None:
        """The module of this house that a dotted target means: the longest one that leads to it."""
        parts = target.split(".")
        if parts[0] != self.name:
            return None
        for length in range(len(parts), 1, -1):
            if (module := ".".join(parts[1:length])) in self.trees:
                return module
        return ""

    def _import_violations(self, module: str, tree: ast.Module) -> Iterator[str]:
        if (district := _district(module)) not in FLOORS:
            yield f"{module} stands on no floor"
            return
        floor = FLOORS[district]
        for line, target in _imports(tree):
            where = f"{module}:{line}"
            if target.startswith("."):
                yield f"{where} imports {target} relatively"
            elif (other := self._inside(target)) is None:
                continue
            elif _is_within(module, STRANGER):
                if not _is_within(other, STRANGER):
                    yield f"{where} imports {target}, but knows nothing of {self.name}"
            elif not other:
                if floor < FRONT_DOOR_FLOOR:
                    yield f"{where} imports {target} by the front door"
            elif _district(other) != district and FLOORS.get(_district(other), 99) >= floor:
                yield f"{where} imports {other}, which is not on a lower floor"

    def _purity_violations(self, module: str, tree: ast.Module) -> Iterator[str]:
        if FLOORS.get(_district(module), 0) >= FIRST_FLOOR_WITH_IO:
            return
        found = [(line, "imports", target.split(".")[0]) for line, target in _imports(tree)]
        found = [use for use in found if use[2] in FORBIDDEN_IMPORTS]
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and (called := _clock(node) or _input_or_output(node)):
                found.append((node.lineno, "calls", called))
        allowed = {name for room, names in EXCEPTIONS.items() if _is_within(module, room) for name in names}
        for line, verb, name in found:
            if name not in allowed:
                yield f"{module}:{line} {verb} {name} below floor {FIRST_FLOOR_WITH_IO}"

    def _cycles(self) -> list[str]:
        try:
            TopologicalSorter({module: self.imports(module) for module in self.trees if module}).prepare()
        except CycleError as error:
            return [f"modules import each other: {' -> '.join(error.args[1])}"]
        return []


def _module_name(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _district(module: str) -> str:
    # `python -m pstnkit` is the command line's own door.
    return "cli" if module == "__main__" else module.split(".")[0]


def _is_within(module: str, room: str) -> bool:
    return f"{module}.".startswith(f"{room}.")


def _imports(tree: ast.Module) -> Iterator[Import]:
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from (Import(node.lineno, alias.name) for alias in names)
            case ast.ImportFrom(level=0, module=str(module), names=names):
                yield from (Import(node.lineno, f"{module}.{alias.name}") for alias in names)
            case ast.ImportFrom(level=level, module=relative):
                yield Import(node.lineno, "." * level + (relative or ""))
            case ast.Call(
                func=ast.Name(id="import_module" | "__import__") | ast.Attribute(attr="import_module"),
                args=[ast.Constant(value=str(target)), *_],
            ):
                yield Import(node.lineno, target)
            case _:
                pass


def _clock(call: ast.Call) -> str | None:
    """The clock that a call reads, or None."""
    match call.func:
        case ast.Attribute(attr="utcnow"):
            return "utcnow"
        case ast.Attribute(
            attr="now" | "today" as name,
            value=ast.Name(id="datetime" | "date" as owner)
            | ast.Attribute(attr="datetime" | "date" as owner),
        ):
            return f"{owner}.{name}"
        case _:
            return None


def _input_or_output(call: ast.Call) -> str | None:
    """The name under which a call does I/O, or None."""
    match call.func:
        case ast.Name(id=name) if name in IO_FUNCTIONS:
            return name
        case ast.Attribute(attr=name) if name in IO_METHODS:
            return name
        case _:
            return None


def test_imports_point_downward_and_the_lower_floors_are_pure() -> None:
    assert House(PACKAGE).violations() == []


def test_every_district_of_the_package_is_on_a_floor_and_every_floor_is_furnished() -> None:
    modules = set(House(PACKAGE).trees) - {""}
    assert {_district(module) for module in modules} == set(FLOORS)
    assert STRANGER in modules


def test_the_design_page_shows_the_floors_as_they_are() -> None:
    page = (PACKAGE.parent.parent / "docs" / "design.md").read_text(encoding="utf-8")
    shown = {
        district: int(floor)
        for floor, districts in re.findall(r"^\| (\d) \| ([^|]+) \|", page, re.MULTILINE)
        for district in re.findall(r"`(\w+)`", districts)
    }
    assert shown == FLOORS


def test_district_rooms_hold_a_docstring_and_nothing_else() -> None:
    doors = {"numbering.paste", "saved", "cli", "testing", STRANGER}
    house = House(PACKAGE)
    rooms = {_module_name(path.relative_to(PACKAGE)) for path in PACKAGE.rglob("__init__.py")} - doors - {""}
    for room in rooms:
        tree = house.trees[room]
        assert ast.get_docstring(tree), f"{room}/__init__.py does not say whose room it is"
        assert len(tree.body) == 1, f"{room}/__init__.py holds more than its docstring"


@pytest.mark.parametrize(
    ("module", "source", "finding"),
    [
        (
            "numbering/a.py",
            "from pstnkit.inventory.b import x",
            "numbering.a:1 imports inventory.b, which is not on",
        ),
        (
            "inventory/a.py",
            "from pstnkit.lifecycle.b import x",
            "inventory.a:1 imports lifecycle.b, which is not on",
        ),
        (
            "inventory/a.py",
            "import pstnkit.desk.b",
            "inventory.a:1 imports desk.b, which is not on a lower floor",
        ),
        (
            "accounts/a.py",
            "from pstnkit.ordering import b",
            "accounts.a:1 imports ordering.b, which is not on",
        ),
        (
            "accounts/a.py",
            "def f():\n    from pstnkit.desk import b",
            "accounts.a:2 imports desk.b, which is not on",
        ),
        (
            "accounts/a.py",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from pstnkit.desk.b import x",
            "accounts.a:3 imports desk.b",
        ),
        (
            "accounts/a.py",
            "import importlib\nimportlib.import_module('pstnkit.desk.b')",
            "accounts.a:2 imports desk.b",
        ),
        (
            "errors.py",
            "from pstnkit.rendering.b import x",
            "errors:1 imports rendering.b, which is not on a lower",
        ),
        (
            "desk/a.py",
            "from pstnkit import TelephoneNumber",
            "desk.a:1 imports pstnkit.TelephoneNumber by the front",
        ),
        ("numbering/a.py", "from . import b", "numbering.a:1 imports . relatively"),
        ("cellar/a.py", "", "cellar.a stands on no floor"),
        (
            "carriers/simulator.py",
            "import pstnkit.errors",
            "carriers.simulator:1 imports pstnkit.errors, but knows",
        ),
        ("ordering/a.py", "import time", "ordering.a:1 imports time below floor 5"),
        (
            "ordering/a.py",
            "from urllib.request import urlopen",
            "ordering.a:1 imports urllib below floor 5",
        ),
        (
            "ordering/a.py",
            "from datetime import datetime\ndatetime.now()",
            "ordering.a:2 calls datetime.now below",
        ),
        (
            "ordering/a.py",
            "import datetime\ndatetime.date.today()",
            "ordering.a:2 calls date.today below floor 5",
        ),
        (
            "numbering/plan.py",
            "from datetime import datetime\ndatetime.now()",
            "numbering.plan:2 calls datetime.now",
        ),
        ("numbering/plan.py", "from datetime import date\ndate.today()", "numbering.plan:2 calls date.today"),
        (
            "inventory/a.py",
            "from datetime import datetime\ndatetime.utcnow()",
            "inventory.a:2 calls utcnow below",
        ),
        ("inventory/a.py", "open('x')", "inventory.a:1 calls open below floor 5"),
        (
            "inventory/a.py",
            "def f(p):\n    return p.read_text()",
            "inventory.a:2 calls read_text below floor 5",
        ),
        ("rendering/a.py", "print('x')", "rendering.a:1 calls print below floor 5"),
    ],
)
def test_a_planted_violation_is_found(tmp_path: Path, module: str, source: str, finding: str) -> None:
    house = _build(tmp_path, {"inventory/b.py": "", "lifecycle/b.py": "", "desk/b.py": "", "errors.py": ""})
    _build(tmp_path, {"ordering/b.py": "", "rendering/b.py": "", "numbering/b.py": "", module: source})
    violations = House(house).violations()
    assert len(violations) == 1
    assert violations[0].startswith(finding)


def test_modules_that_import_each_other_are_found(tmp_path: Path) -> None:
    house = _build(
        tmp_path,
        {
            "numbering/a.py": "from pstnkit.numbering.b import x",
            "numbering/b.py": "def f():\n    from pstnkit.numbering.a import y",
        },
    )
    [violation] = House(house).violations()
    assert violation.startswith("modules import each other: ")
    assert {"numbering.a", "numbering.b"} <= set(
        violation.removeprefix("modules import each other: ").split(" -> ")
    )


def test_a_sound_house_has_no_findings(tmp_path: Path) -> None:
    house = _build(
        tmp_path,
        {
            "__init__.py": "def load():\n    import pstnkit.cli.main",
            "__main__.py": "from pstnkit.cli.main import main",
            "cli/main.py": "import pstnkit\nfrom pstnkit.desk.a import run\nprint(pstnkit)",
            "desk/a.py": "import time\nfrom pstnkit.numbering.a import x",
            "numbering/a.py": "import re\nfrom pstnkit.numbering import b\nage = b.now()",
            "numbering/b.py": "from pstnkit.errors import PstnkitError",
            "numbering/paste/sources.py": "def read(path):\n    return path.read_bytes()",
            "numbering/plan_data.py": "def load(path):\n    return path.open()",
            "rendering/color.py": "import os",
            "carriers/simulator/__init__.py": "import json\nfrom pstnkit.carriers.simulator import clock",
            "carriers/simulator/clock.py": "import time",
            "errors.py": "",
        },
    )
    assert House(house).violations() == []


def _build(tmp_path: Path, files: dict[str, str]) -> Path:
    root = tmp_path / "pstnkit"
    for name, source in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(source, encoding="utf-8")
    return root


CORE_USE = """
import sys
import pstnkit
number = pstnkit.TelephoneNumber("+14155550132")
assert number in pstnkit.NumberSet([number])
assert pstnkit.plan.area_code("415").npa == "415"
inventory = pstnkit.Inventory(pstnkit.read_numbers("415-201-2671, (415) 201-2672").numbers)
assert len(inventory.search(pstnkit.SearchQuery(npa="415")).options) == 2
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def test_using_numbers_a_paste_the_plan_and_a_search_loads_no_dependency() -> None:
    done = subprocess.run([sys.executable, "-c", CORE_USE], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "pstnkit" in loaded
    assert not loaded & {
        "attr",
        "attrs",
        "phonenumbers",
        "cattrs",
        "dateutil",
        "sqlalchemy",
        "httpx",
        "rich",
        "python_calamine",
    }
