"""Every example in the README and the docs runs, and what the pages say about the project is so.

In a page, a ``python`` fence is run, as a doctest if it has prompts; all of a page's fences share their
names, in order. In a ``console`` fence each line that begins with ``$`` is run by the shell, in the root of
the project, and prints what follows it. ``...`` stands for anything, as in doctests.
"""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import mutants
import pytest

ROOT = Path(__file__).parent.parent
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *sorted(page for page in (ROOT / "docs").rglob("*.md") if not {"_build", "generated"} & set(page.parts)),
]
OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE

_FENCE = re.compile(
    r"^(?P<ticks>```+)(?P<language>\w+) *\n(?P<body>.*?)^(?P=ticks) *$", re.MULTILINE | re.DOTALL
)


class Fence(NamedTuple):
    """A fenced example: its language, its text, and the number of its first line in the page."""

    language: str
    body: str
    line: int


def fences(text: str) -> Iterator[Fence]:
    for match in _FENCE.finditer(text):
        yield Fence(match["language"], match["body"], text.count("\n", 0, match.start("body")))


def run_page(text: str, name: str, directory: Path) -> list[str]:
    """Run the examples of a page; the answer is one message for each that does not do what it says."""
    complaints: list[str] = []
    namespace: dict[str, object] = {"__name__": "__main__"}
    runner = doctest.DocTestRunner(optionflags=OPTIONS, verbose=False)
    for fence in fences(text):
        if fence.language == "python" and ">>>" in fence.body:
            example = doctest.DocTestParser().get_doctest(fence.body, namespace, name, name, fence.line)
            runner.run(example, out=complaints.append, clear_globs=False)
            namespace.update(example.globs)
        elif fence.language == "python":
            exec(compile("\n" * fence.line + fence.body, name, "exec"), namespace)
        elif fence.language == "console":
            complaints += run_console(fence, name, directory)
    return complaints


def run_console(fence: Fence, name: str, directory: Path) -> Iterator[str]:
    environment = {**os.environ, "NO_COLOR": "1", "COLUMNS": "100"}
    environment["PATH"] = os.pathsep.join([sysconfig.get_path("scripts"), environment["PATH"]])
    for part in re.split(r"^\$ ", fence.body, flags=re.MULTILINE)[1:]:
        command, _, wanted = part.partition("\n")
        done = subprocess.run(
            command, shell=True, cwd=directory, env=environment, capture_output=True, text=True, check=False
        )
        got = done.stdout + done.stderr
        if not doctest.OutputChecker().check_output(wanted, got, OPTIONS):
            yield f"{name}, after line {fence.line}: {command}\nExpected:\n{wanted}Got:\n{got}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_the_examples_of_a_page_run(page: Path) -> None:
    complaints = run_page(page.read_text(encoding="utf-8"), page.name, ROOT)
    assert not complaints, "\n".join(complaints)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("```python\n>>> 1 + 1\n3\n```\n", "Expected:\n    3\nGot:\n    2"),
        ("```console\n$ echo two\nthree\n```\n", "Expected:\nthree\nGot:\ntwo"),
        ("text\n\n```console\n$ echo one\none\n$ echo two\n```\n", "after line 3: echo two"),
    ],
)
def test_an_example_that_does_something_else_is_reported(text: str, complaint: str, tmp_path: Path) -> None:
    [found] = run_page(text, "page.md", tmp_path)
    assert complaint in found


def test_the_fences_of_a_page_share_their_names(tmp_path: Path) -> None:
    text = "```python\nimport math\n```\n\n```python\n>>> x = math.floor(2.5)\n>>> x\n2\n```\n"
    assert run_page(text, "page.md", tmp_path) == []


def test_an_example_without_prompts_that_raises_is_not_passed_over(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        run_page("```python\n1 / 0\n```\n", "page.md", tmp_path)


def test_every_make_target_that_a_page_names_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {
        target
        for page in PAGES
        for target in re.findall(
            r"(?:`|^|\$ )(?:\w+=\S+ )?make ([a-z-]+)", page.read_text(encoding="utf-8"), re.MULTILINE
        )
    }
    assert {"demo", "test"} <= named <= targets


RULE_BOOK = mutants.read_rules(ROOT / "tools" / "mutants.toml", ROOT)


def test_the_rules_have_the_numbers_that_the_proofs_are_filed_under() -> None:
    stated = re.findall(
        r"^([A-Z]\d+)\n: ", (ROOT / "docs" / "rules.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert tuple(stated) == RULE_BOOK.ids


def test_the_page_of_rules_and_tests_is_up_to_date() -> None:
    page = (ROOT / "docs" / "spec-coverage.md").read_text(encoding="utf-8")
    assert page == mutants.coverage_page(RULE_BOOK), "run `make spec-coverage`"


def test_docstrings_cite_rules_that_exist() -> None:
    cited = {
        rule
        for path in (ROOT / "src").rglob("*.py")
        for citation in re.findall(
            r"SPEC ([A-Z]\d+(?:(?:, | to | and |-)[A-Z]\d+)*)", path.read_text(encoding="utf-8")
        )
        for rule in re.findall(r"[A-Z]\d+", citation)
    }
    assert cited <= set(RULE_BOOK.ids)
