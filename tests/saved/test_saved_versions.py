"""What every version has saved still loads, and nothing in the folder of a released one is ever changed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import saved_forms

import pstnkit
from pstnkit.saved import DamagedSave, from_json, to_json
from pstnkit.saved.kinds import kinds
from saved_texts import changed, path, sealed, ways, with_value

TEXTS = sorted(saved_forms.FOLDER.glob("*/*.json"))
OPEN, RELEASED, NEXT = "0.1.0.dev0", "0.1.0", "0.2.0.dev0"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The folders as they are, to be spoiled."""
    return Path(shutil.copytree(saved_forms.FOLDER, tmp_path / "saved"))


@pytest.mark.parametrize("file", TEXTS, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_what_a_version_has_saved_loads_with_all_that_it_says(file: Path) -> None:
    assert saved_forms.fault(file) is None


@pytest.mark.parametrize("kind", [*kinds()])
def test_what_is_wrong_in_any_kind_is_found_at_its_path(kind: str) -> None:
    text = (saved_forms.FOLDER / RELEASED / f"{kind}.json").read_text(encoding="ascii")
    plain = json.loads(text)["value"]
    for way, _ in list(ways(plain))[:60]:
        for spoiled in (changed(plain, way, [[]]), changed(plain, way, {"odd": [[]]})):
            with pytest.raises(DamagedSave) as damaged:
                from_json(with_value(text, spoiled))
            assert damaged.value.path.startswith(path(way))


def test_the_folders_are_as_they_were_written_and_have_a_text_of_every_kind() -> None:
    assert saved_forms.problems(saved_forms.FOLDER, pstnkit.__version__) == [], "run `make saved-forms`"


def test_a_text_that_was_changed_added_or_taken_away_is_found(root: Path) -> None:
    folder = root / RELEASED
    changed = json.loads((folder / "settle.json").read_text(encoding="ascii"))
    (folder / "settle.json").write_text(sealed(changed), encoding="ascii")
    (folder / "submit.json").unlink()
    (folder / "odd.json").write_text((folder / "send.json").read_text(encoding="ascii"), encoding="ascii")
    assert saved_forms.problems(root, OPEN) == [
        "0.1.0/odd.json is a send",
        "0.1.0/odd.json is not what it was when it was written",
        "0.1.0/settle.json is not what it was when it was written",
        "0.1.0/submit.json is not what it was when it was written",
        "version 0.1.0 has no text of submit",
    ]


def test_only_what_does_not_load_any_more_is_written_anew_while_a_version_is_made(root: Path) -> None:
    folder = root / RELEASED
    kept = (folder / "settle.json").read_bytes()
    (folder / "send.json").write_text("{}", encoding="ascii")
    (folder / "exchange.json").unlink()
    (folder / "gone.json").write_text("{}", encoding="ascii")
    assert saved_forms.update(root, OPEN) == ["gone.json", "exchange.json", "send.json"]
    assert (folder / "settle.json").read_bytes() == kept
    assert saved_forms.problems(root, OPEN) == []
    assert saved_forms.update(root, OPEN) == []


def test_nothing_that_a_released_version_has_saved_is_written(root: Path) -> None:
    with pytest.raises(
        ValueError, match=r"version 0\.1\.0 is released, and what it has saved is never changed"
    ):
        saved_forms.update(root, RELEASED)


def test_a_form_that_has_changed_since_a_release_needs_another_version(root: Path) -> None:
    assert saved_forms.problems(root, RELEASED) == []
    sums = root / RELEASED / saved_forms.SUMS
    lines = sums.read_text(encoding="ascii").splitlines(keepends=True)
    sums.write_text("".join([*lines[:-1], f"{'0' * 64}  json_schema\n"]), encoding="ascii")
    assert saved_forms.problems(root, OPEN) == []
    assert saved_forms.problems(root, RELEASED) == [
        "the schema is not that of version 0.1.0, which is released"
    ]
    [wrong, missing] = saved_forms.problems(root, NEXT)
    assert wrong.startswith(
        "version 0.1.0 saved in version 1 of the form, which has changed since: raise VERSION"
    )
    assert missing.startswith("version 0.2.0 has no text of ")


def test_what_is_lost_on_the_way_is_found() -> None:
    old = {"numbers": [1, {"first": "a"}]}
    assert saved_forms.found_again(old, {"numbers": [1, {"first": "a", "more": None}], "added": 1})
    others: list[Any] = [{}, {"numbers": [1]}, {"numbers": [True, {"first": "a"}]}, {"numbers": {}}, []]
    for new in others:
        assert not saved_forms.found_again(old, new)


def test_a_text_that_says_less_when_it_is_saved_again_is_found(tmp_path: Path) -> None:
    file = tmp_path / "exchange.json"
    content = json.loads(to_json(pstnkit.Exchange("415555")))
    file.write_text(sealed(content), encoding="ascii")
    assert saved_forms.fault(file) is None
    file.write_text(sealed(content | {"value": "155-555"}), encoding="ascii")
    assert str(saved_forms.fault(file)).endswith("exchange.json does not load: " + str(_error(file)))


def _error(file: Path) -> Exception:
    with pytest.raises(ValueError) as wrong:
        from_json(file.read_text(encoding="ascii"))
    return wrong.value


def test_an_example_is_always_the_same() -> None:
    assert saved_forms.example("exchange") == saved_forms.example("exchange")
    assert "exchange" in kinds()


def test_the_tool_says_what_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    assert saved_forms.main(["--check"]) == 0
    assert saved_forms.main(["--odd"]) == 2
    assert "python tools/saved_forms.py" in capsys.readouterr().err
