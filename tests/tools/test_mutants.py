"""The proof of the map from rules to tests, tried on a project of one module."""

from __future__ import annotations

from pathlib import Path

import mutants
import pytest

SHOP = '''
"""A shop."""
LIMIT = 3


class Cart:
    size: int = 0

    def may_add(self, count: int) -> bool:
        return self.size + count <= LIMIT


def price(count: int) -> int:
    return count * 7
'''

TESTS = """
from shop import Cart, price


def test_a_cart_takes_three() -> None:
    assert Cart().may_add(3)
    assert not Cart().may_add(4)


def test_a_price_is_a_number() -> None:
    assert isinstance(price(1), int)


def test_two_cost_more_than_one() -> None:
    assert price(2) > price(1)


def test_that_is_broken() -> None:
    assert price(1) == 8
"""

LIMIT_RULE = {
    "id": "A1",
    "says": "a cart holds three",
    "code": "src/shop.py::Cart.may_add",
    "test": "tests/test_shop.py::test_a_cart_takes_three",
    "change": "a cart holds four",
    "file": "src/shop.py",
    "old": "LIMIT = 3",
    "new": "LIMIT = 4",
}
PRICE_RULE = {
    "id": "A2",
    "says": "each costs seven",
    "code": "src/shop.py::price",
    "test": "tests/test_shop.py::test_two_cost_more_than_one",
    "change": "the count does not matter",
    "old": "count * 7",
    "new": "7",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, text in {"src/shop.py": SHOP, "tests/test_shop.py": TESTS, "pyproject.toml": ""}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "tools").mkdir()
    (tmp_path / "docs").mkdir()
    return tmp_path


def write(project: Path, *rules: dict[str, str], ids: str = "A1-A2") -> None:
    entries = [
        "[[rule]]\n" + "".join(f"{name} = '''{value}'''\n" for name, value in rule.items()) for rule in rules
    ]
    (project / "tools" / "mutants.toml").write_text(f'ids = "{ids}"\n' + "\n".join(entries), encoding="utf-8")


def test_rules_are_proven_by_tests_that_fail_on_the_changed_code(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(project, PRICE_RULE, LIMIT_RULE)
    assert mutants.main([], project) == 0
    assert capsys.readouterr().out.splitlines() == [
        "A1  proven      a cart holds four",
        "A2  proven      the count does not matter",
        "2 of 2 rules proven",
    ]
    assert (project / "src/shop.py").read_text(encoding="utf-8") == SHOP


def test_a_test_that_does_not_notice_proves_nothing(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(project, LIMIT_RULE, PRICE_RULE | {"test": "tests/test_shop.py::test_a_price_is_a_number"})
    assert mutants.main([], project) == 1
    assert "A2  NOT PROVEN  SURVIVED: the count does not matter" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("new", "why"),
    [
        ("count * seven", "CRASHED: NameError: name 'seven' is not defined"),
        ("count *", "CRASHED: collection failure"),
    ],
)
def test_a_change_that_only_crashes_proves_nothing(
    project: Path, capsys: pytest.CaptureFixture[str], new: str, why: str
) -> None:
    write(project, PRICE_RULE | {"new": new})
    assert mutants.main(["--only", "A2"], project) == 1
    assert capsys.readouterr().out.splitlines() == [f"A2  NOT PROVEN  {why}", "0 of 1 rules proven"]


@pytest.mark.parametrize(
    ("test", "complaint"),
    [
        ("test_that_is_broken", "test_that_is_broken does not pass on the code as it is: assert 7 == 8"),
        ("test_of_nothing", "test_shop.py::test_of_nothing"),
    ],
)
def test_a_cited_test_must_pass_on_the_code_as_it_is(
    project: Path, capsys: pytest.CaptureFixture[str], test: str, complaint: str
) -> None:
    write(project, PRICE_RULE | {"test": f"tests/test_shop.py::{test}"})
    assert mutants.main(["--only", "A2"], project) == 1
    assert complaint in capsys.readouterr().err


def test_a_rule_without_an_entry_is_named(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(project, ids="A1 B2-B3")
    assert mutants.main([], project) == 1
    assert capsys.readouterr().out.splitlines() == [
        "A1  NOT PROVEN  MISSING: no entry",
        "B2  NOT PROVEN  MISSING: no entry",
        "B3  NOT PROVEN  MISSING: no entry",
        "0 of 3 rules proven",
    ]


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"id": "Z9"}, "Z9: there is no such rule"),
        ({"id": "A2"}, "A2: has more than one entry"),
        ({"old": "LIMIT"}, "A1: the text to change occurs 2 times in src/shop.py"),
        ({"old": "nowhere"}, "A1: the text to change occurs 0 times in src/shop.py"),
        ({"new": "LIMIT = 3"}, "A1: the change changes nothing"),
        ({"file": "src/shoe.py"}, "A1: src/shoe.py does not exist"),
        ({"code": "src/shoe.py::Cart"}, "A1: src/shoe.py does not exist"),
        ({"code": "src/shop.py::Cart.may_take"}, "A1: src/shop.py does not define Cart.may_take"),
        ({"code": "src/shop.py::Basket"}, "A1: src/shop.py does not define Basket"),
        ({"because": "of it"}, "A1: missing or unknown fields: because"),
    ],
)
def test_an_entry_that_cannot_be_used_is_refused_with_the_reason(
    project: Path, capsys: pytest.CaptureFixture[str], change: dict[str, str], complaint: str
) -> None:
    write(project, LIMIT_RULE | change, PRICE_RULE)
    assert mutants.main([], project) == 1
    assert capsys.readouterr().err == f"{complaint}\n"


@pytest.mark.parametrize("code", ["src/shop.py::LIMIT", "src/shop.py::Cart.size", "src/shop.py::Cart"])
def test_code_may_be_a_constant_a_field_or_a_class(project: Path, code: str) -> None:
    write(project, LIMIT_RULE | {"code": code})
    [rule] = mutants.read_rules(project / "tools" / "mutants.toml", project).rules
    assert rule.code == code


def test_a_list_of_ids_that_makes_no_sense_is_refused(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(project, ids="A1-B2")
    assert mutants.main([], project) == 1
    assert capsys.readouterr().err == "not an id or a span of ids: 'A1-B2'\n"


def test_asking_for_a_rule_without_an_entry_is_wrong_usage(project: Path) -> None:
    write(project, LIMIT_RULE)
    with pytest.raises(SystemExit) as refusal:
        mutants.main(["--only", "A2"], project)
    assert refusal.value.code == 2


def test_the_coverage_page_is_written_from_the_entries(project: Path) -> None:
    write(project, LIMIT_RULE)
    assert mutants.main(["--write-coverage"], project) == 0
    assert (project / "docs" / "spec-coverage.md").read_text(encoding="utf-8").splitlines()[-1] == (
        "| A1 | a cart holds three | `Cart.may_add` in `src/shop.py`"
        " | `test_a_cart_takes_three` in `tests/test_shop.py` | a cart holds four |"
    )
