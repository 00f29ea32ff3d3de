"""Prove the map from rules to tests: break each rule once, and see the test that is cited for it fail.

``tools/mutants.toml`` names every rule of ``docs/rules.md`` with the code that keeps it, the test that
watches over it, and one small change to the code under which the rule no longer holds. For each of them
this tool copies the project to a temporary directory, makes the change there, and runs the cited test
alone. A rule is proven when its test passes on the code as it is and fails on the changed code: by a
failing expectation, since a change that merely crashes, or that keeps the test from being collected, proves
nothing.

Exit status: 0 when every rule is proven, 1 when not (a rule without an entry included), 2 for wrong usage.
"""

from __future__ import annotations

import argparse
import ast
import compileall
import os
import py_compile
import queue
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
COPIED = ("src", "tests", "examples", "pyproject.toml")

# Failing like this is an accident of the change, not the rule being seen to break.
ACCIDENTS = re.compile(
    r"(NameError|UnboundLocalError|AttributeError|TypeError|SyntaxError|IndentationError|ImportError"
    r"|ModuleNotFoundError)\b"
)


class InvalidEntry(ValueError):
    """An entry of the data file that cannot be used, with the reason."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule with its proof: which code keeps it, which test watches, and the ``change`` that breaks it."""

    id: str
    says: str
    code: str
    test: str
    change: str
    file: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one rule: ``proven`` or not, and in a few words why."""

    id: str
    proven: bool
    why: str


@dataclass(frozen=True, slots=True)
class RuleBook:
    """The data file: the ids that need a proof, in order, and the proofs that there are."""

    ids: tuple[str, ...]
    rules: tuple[Rule, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """The ids without an entry."""
        known = {rule.id for rule in self.rules}
        return tuple(rule_id for rule_id in self.ids if rule_id not in known)


def expand(ids: str) -> tuple[str, ...]:
    """The ids that a list of ids and spans of ids names.

    >>> expand("F1-F3 E2")
    ('F1', 'F2', 'F3', 'E2')
    """
    expanded: list[str] = []
    for part in ids.split():
        span = re.fullmatch(r"([A-Z])(\d+)(?:-\1(\d+))?", part)
        if span is None:
            raise InvalidEntry(f"not an id or a span of ids: {part!r}")
        letter, first, last = span[1], int(span[2]), int(span[3] or span[2])
        expanded += [f"{letter}{number}" for number in range(first, last + 1)]
    return tuple(expanded)


def read_rules(path: Path, project: Path) -> RuleBook:
    """Read the data file and check every entry against the sources.

    Raises :class:`InvalidEntry` for an unknown or repeated id, a missing field, code that is not there, and a
    text to be changed that does not occur exactly once.
    """
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    ids = expand(data["ids"])
    rules = [_rule(entry) for entry in data.get("rule", [])]
    for rule in rules:
        if rule.id not in ids:
            raise InvalidEntry(f"{rule.id}: there is no such rule")
        if sum(other.id == rule.id for other in rules) > 1:
            raise InvalidEntry(f"{rule.id}: has more than one entry")
        _check_code(rule, project)
        _check_change(rule, project)
    return RuleBook(ids, tuple(sorted(rules, key=lambda rule: ids.index(rule.id))))


def _rule(entry: dict[str, str]) -> Rule:
    names = {field.name for field in fields(Rule)}
    entry = {"file": entry.get("code", "").partition("::")[0], **entry}
    if names != set(entry):
        odd = ", ".join(sorted(names ^ set(entry)))
        raise InvalidEntry(f"{entry.get('id', 'an entry')}: missing or unknown fields: {odd}")
    return Rule(**entry)


def _check_code(rule: Rule, project: Path) -> None:
    path, _, name = rule.code.partition("::")
    if not (project / path).is_file():
        raise InvalidEntry(f"{rule.id}: {path} does not exist")
    body: list[ast.stmt] = ast.parse((project / path).read_text(encoding="utf-8")).body
    for part in name.split("."):
        for node in body:
            if part in _defined(node):
                body = getattr(node, "body", [])
                break
        else:
            raise InvalidEntry(f"{rule.id}: {path} does not define {name}")


def _defined(node: ast.stmt) -> set[str]:
    match node:
        case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AnnAssign(target=ast.Name(id=name)):
            return {name}
        case ast.Assign(targets=targets):
            return {target.id for target in targets if isinstance(target, ast.Name)}
        case _:
            return set()


def _check_change(rule: Rule, project: Path) -> None:
    if not (project / rule.file).is_file():
        raise InvalidEntry(f"{rule.id}: {rule.file} does not exist")
    times = (project / rule.file).read_text(encoding="utf-8").count(rule.old)
    if times != 1:
        raise InvalidEntry(f"{rule.id}: the text to change occurs {times} times in {rule.file}")
    if rule.old == rule.new:
        raise InvalidEntry(f"{rule.id}: the change changes nothing")


class Workspace:
    """A private copy of the project in which one change at a time is made."""

    def __init__(self, project: Path, root: Path) -> None:
        self.root = root
        for name in COPIED:
            source, target = project / name, root / name
            if source.is_dir():
                shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
            elif source.exists():
                shutil.copy2(source, target)
        # Compiled once and checked by content: a file changed and changed back within a second is told apart.
        compileall.compile_dir(
            root / "src", quiet=2, invalidation_mode=py_compile.PycInvalidationMode.CHECKED_HASH
        )

    @contextmanager
    def changed(self, rule: Rule) -> Iterator[None]:
        """The copy with the rule's change made, until the block ends."""
        path = self.root / rule.file
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(rule.old, rule.new), encoding="utf-8")
        try:
            yield
        finally:
            path.write_text(text, encoding="utf-8")

    def run(self, tests: Sequence[str]) -> ElementTree.Element:
        """Run the ``tests`` on the copy; the answer is pytest's report.

        Raises :class:`InvalidEntry` when pytest could not begin, as for a test that does not exist.
        """
        report = self.root / "report.xml"
        report.unlink(missing_ok=True)
        environment = {
            **os.environ,
            "PYTHONPATH": str(self.root / "src"),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",  # no plugin is needed, and each costs time at every start
        }
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-x",
            "-p",
            "no:cacheprovider",
            f"--junit-xml={report}",
        ]
        done = subprocess.run(
            [*command, *tests], cwd=self.root, env=environment, capture_output=True, text=True, check=False
        )
        root = ElementTree.parse(report).getroot() if report.exists() else ElementTree.Element("testsuites")
        if next(root.iter("testcase"), None) is None:
            complaint = re.search("not found: .*", done.stderr + done.stdout)
            raise InvalidEntry(complaint[0] if complaint else done.stderr or done.stdout)
        return root


def check_as_it_is(workspace: Workspace, rules: Sequence[Rule]) -> None:
    """Run all cited tests on the unchanged code; :class:`InvalidEntry` unless each of them passes."""
    report = workspace.run(list(dict.fromkeys(rule.test for rule in rules)))
    for case in report.iter("testcase"):
        for trouble in case:
            if trouble.tag in {"failure", "error", "skipped"}:
                raise InvalidEntry(
                    f"{case.get('name')} does not pass on the code as it is: {_first_line(trouble)}"
                )


def prove(workspace: Workspace, rule: Rule) -> Verdict:
    """Make the rule's change, run its test, and say what that shows."""
    with workspace.changed(rule):
        report = workspace.run([rule.test])
    if (error := next(report.iter("error"), None)) is not None:
        return Verdict(rule.id, proven=False, why=f"CRASHED: {_first_line(error)}")
    if (failure := next(report.iter("failure"), None)) is None:
        return Verdict(rule.id, proven=False, why=f"SURVIVED: {rule.change}")
    if ACCIDENTS.match(_first_line(failure)):
        return Verdict(rule.id, proven=False, why=f"CRASHED: {_first_line(failure)}")
    return Verdict(rule.id, proven=True, why=rule.change)


def _first_line(trouble: ElementTree.Element) -> str:
    return (trouble.get("message") or "").partition("\n")[0]


def prove_all(project: Path, rules: Sequence[Rule], jobs: int) -> list[Verdict]:
    """Prove the rules in ``jobs`` private copies of the project at a time; verdicts come in the rules' order.

    Raises :class:`InvalidEntry` when a cited test does not pass on the code as it is.
    """
    with tempfile.TemporaryDirectory() as directory:
        workspaces = [Workspace(project, Path(directory, str(number))) for number in range(jobs)]
        check_as_it_is(workspaces[0], rules)
        free: queue.SimpleQueue[Workspace] = queue.SimpleQueue()
        for workspace in workspaces:
            free.put(workspace)

        def in_a_free_workspace(rule: Rule) -> Verdict:
            workspace = free.get()
            try:
                return prove(workspace, rule)
            finally:
                free.put(workspace)

        with ThreadPoolExecutor(jobs) as pool:
            return list(pool.map(in_a_free_workspace, rules))


def coverage_page(book: RuleBook) -> str:
    """``docs/spec-coverage.md``: each rule with its code, its test, and the change that breaks it."""
    lines = [
        "# Where each rule is kept",
        "",
        "Each [rule](rules.md) with the code that keeps it and the test that watches over it. The last",
        "column is a small change to the code under which that test fails: `make mutants` makes each of",
        "these changes on a copy of the project and runs the test. The page is written by",
        "`make spec-coverage` from `tools/mutants.toml`, and a test compares the two.",
        "",
        "| rule | says | kept by | watched by | fails when |",
        "|---|---|---|---|---|",
    ]
    for rule in book.rules:
        code, test = (
            f"`{cited.rpartition('::')[2]}` in `{cited.partition('::')[0]}`"
            for cited in (rule.code, rule.test)
        )
        lines.append(f"| {rule.id} | {rule.says} | {code} | {test} | {rule.change} |")
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None, project: Path = PROJECT) -> int:
    """The command line of the tool; the answer is its exit status."""
    parser = argparse.ArgumentParser(description="Break each rule once and see its test fail.")
    parser.add_argument("--only", nargs="+", metavar="ID", help="prove these rules alone")
    parser.add_argument("--jobs", type=int, default=2, help="how many rules to prove at a time (default 2)")
    parser.add_argument(
        "--write-coverage", action="store_true", help="write docs/spec-coverage.md, and prove nothing"
    )
    options = parser.parse_args(arguments)
    try:
        book = read_rules(project / "tools" / "mutants.toml", project)
        if options.write_coverage:
            (project / "docs" / "spec-coverage.md").write_text(coverage_page(book), encoding="utf-8")
            return 0
        if unknown := set(options.only or ()) - {rule.id for rule in book.rules}:
            parser.error(f"no entry for {', '.join(sorted(unknown))}")
        chosen = [rule for rule in book.rules if not options.only or rule.id in options.only]
        verdicts = prove_all(project, chosen, options.jobs) if chosen else []
    except InvalidEntry as error:
        print(error, file=sys.stderr)
        return 1
    if not options.only:
        verdicts += [Verdict(rule_id, proven=False, why="MISSING: no entry") for rule_id in book.missing]
        verdicts.sort(key=lambda verdict: book.ids.index(verdict.id))
    for verdict in verdicts:
        print(f"{verdict.id:<4}{'proven    ' if verdict.proven else 'NOT PROVEN'}  {verdict.why}")
    proven = sum(verdict.proven for verdict in verdicts)
    print(f"{proven} of {len(verdicts)} rules proven")
    return 0 if proven == len(verdicts) else 1


if __name__ == "__main__":
    raise SystemExit(main())
