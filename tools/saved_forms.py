"""Keep texts as each version of pstnkit saves them, so that every later version can be seen to load them.

    python tools/saved_forms.py            write what is missing for the version that is being made
    python tools/saved_forms.py --check    say what is wrong with what is there

There is a folder for each version, with a text of every kind and a list of checksums. While a version is being made
(its number ends in ``.dev``), the texts of its folder that its own code does not load any more are written anew; those
that it loads stay as they are. Once it is released its folder is closed: nothing in it is ever changed, added or taken
away.

Exit status: 0 when all is well, 1 when not.
"""

from __future__ import annotations

import json
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

import pstnkit
from pstnkit.saved import from_json, json_schema, to_json
from pstnkit.saved.envelope import VERSION
from pstnkit.saved.kinds import kinds
from pstnkit.saved.saving import SEVERAL
from pstnkit.testing import savable_values

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "data" / "saved"
SUMS = "SHA256SUMS"
_SCHEMA = "json_schema"
"""Under which name the checksum of the schema stands in the list; the schema itself is made of the code."""
_LONGEST = 4_000


def released(version: str) -> str:
    """The version that is released, or will be."""
    return version.partition(".dev")[0]


def is_open(version: str) -> bool:
    """Whether the version is still being made."""
    return ".dev" in version


def example(kind: str) -> str:
    """A text of a kind: of some that are made at random, always the same, the fullest that is not too long."""
    texts: list[str] = []
    values: st.SearchStrategy[Any] = st.lists(savable_values(), min_size=3, max_size=3)
    if kind != SEVERAL:
        values = savable_values(kinds()[kind])

    @seed(0)
    @settings(
        database=None,
        deadline=None,
        max_examples=30,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(values)
    def collect(value: Any) -> None:
        texts.append(to_json(value, secrets="include"))

    collect()
    fitting = [text for text in texts if len(text) <= _LONGEST]
    return max(fitting, key=len) if fitting else min(texts, key=len)


def found_again(old: Any, new: Any) -> bool:
    """Whether what a version has saved is in what a later one would save; that may say more."""
    if isinstance(old, dict):
        return isinstance(new, dict) and all(
            name in new and found_again(old[name], new[name]) for name in old
        )
    if isinstance(old, list):
        return isinstance(new, list) and len(old) == len(new) and all(map(found_again, old, new))
    return type(old) is type(new) and old == new


def fault(path: Path) -> str | None:
    """What is wrong with a text, or None: it must load, and nothing of it may be lost."""
    text = path.read_text(encoding="ascii")
    try:
        value = from_json(text)
    except ValueError as error:
        return f"{path.parent.name}/{path.name} does not load: {error}"
    before, after = json.loads(text), json.loads(to_json(value, secrets="include"))
    if path.stem != before["kind"]:
        return f"{path.parent.name}/{path.name} is a {before['kind']}"
    if not found_again(before["value"], after["value"]):
        return f"{path.parent.name}/{path.name} loads, and something of it is lost"
    return None


def sums(folder: Path) -> dict[str, str]:
    """The checksums of the texts of a folder, by name."""
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in sorted(folder.glob("*.json"))}


def listed(folder: Path) -> dict[str, str]:
    """The checksums that are on the list of a folder, by name."""
    lines = (folder / SUMS).read_text(encoding="ascii").splitlines() if (folder / SUMS).exists() else []
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


def schema_sum() -> str:
    """The checksum of the schema of what is saved now."""
    return sha256(json.dumps(json_schema(), sort_keys=True).encode()).hexdigest()


def versions(root: Path) -> list[Path]:
    """The folders of all versions, oldest first."""
    return sorted(
        (path for path in root.iterdir() if path.is_dir()),
        key=lambda path: tuple(map(int, path.name.split("."))),
    )


def problems(root: Path, version: str) -> list[str]:
    """What is wrong with the folders, a sentence each."""
    found = []
    present = root / released(version)
    for folder in versions(root):
        found += [wrong for path in sorted(folder.glob("*.json")) if (wrong := fault(path))]
        on_list = listed(folder)
        schema = on_list.pop(_SCHEMA, "")
        actual = sums(folder)
        for name in sorted(on_list.keys() | actual.keys()):
            if on_list.get(name) != actual.get(name):
                found.append(f"{folder.name}/{name} is not what it was when it was written")
        if folder == present and not is_open(version) and schema != schema_sum():
            found.append(f"the schema is not that of version {version}, which is released")
        if folder != present and _version_of(folder) == VERSION and schema != schema_sum():
            found.append(
                f"version {folder.name} saved in version {VERSION} of the form, which has changed since: "
                "raise VERSION in saved/envelope.py"
            )
    missing = [kind for kind in (*kinds(), SEVERAL) if not (present / f"{kind}.json").exists()]
    if missing:
        found.append(f"version {present.name} has no text of {', '.join(missing)}")
    return found


def _version_of(folder: Path) -> int:
    """The version of the form in which a version has saved."""
    first = next(iter(sorted(folder.glob("*.json"))))
    version: int = json.loads(first.read_text(encoding="ascii"))["version"]
    return version


def update(root: Path, version: str) -> list[str]:
    """Write the texts that the folder of a version that is being made lacks; gives the names of what was written.

    Raises ``ValueError`` for a version that is released and has a folder.
    """
    folder = root / released(version)
    if folder.exists() and not is_open(version):
        raise ValueError(f"version {version} is released, and what it has saved is never changed")
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for path in sorted(folder.glob("*.json")):
        if path.stem not in (*kinds(), SEVERAL):
            path.unlink()
            written.append(path.name)
    for kind in (*kinds(), SEVERAL):
        path = folder / f"{kind}.json"
        if not path.exists() or fault(path):
            path.write_text(example(kind), encoding="ascii")
            written.append(path.name)
    lines = [f"{digest}  {name}\n" for name, digest in {**sums(folder), _SCHEMA: schema_sum()}.items()]
    (folder / SUMS).write_text("".join(lines), encoding="ascii")
    return written


def main(arguments: list[str]) -> int:
    """Write, or check."""
    if arguments not in ([], ["--check"]):
        print(__doc__, file=sys.stderr)
        return 2
    if not arguments:
        try:
            for name in update(FOLDER, pstnkit.__version__):
                print(name)
        except ValueError as error:
            print(error, file=sys.stderr)
            return 1
    found = problems(FOLDER, pstnkit.__version__)
    for problem in found:
        print(problem, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
