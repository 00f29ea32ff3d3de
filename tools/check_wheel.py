"""Build the wheel and use it where nothing else is: what users install is what gets tested.

The wheel is installed, with its core dependencies alone, in a new environment outside the checkout. There
every module must import, whatever extra it is for, the data files must have come along, and the command
line must answer. Exit status: 0 when all of it works, 1 when not.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent

IMPORT_EVERYTHING = """
import importlib, pkgutil, sys
import pstnkit

assert not pstnkit.__file__.startswith(sys.argv[1]), f"{pstnkit.__file__} is the checkout, not the wheel"
for name in pstnkit.__all__:
    getattr(pstnkit, name)
with_extras = ("pstnkit.testing", "pstnkit.stores.columns")
count = 0
for module in pkgutil.walk_packages(pstnkit.__path__, "pstnkit."):
    # Some are for those who have an extra; `__main__` is run below.
    if not module.name.startswith(with_extras) and not module.name.endswith("__main__"):
        importlib.import_module(module.name)
        count += 1
print(f"{count} modules and {len(pstnkit.__all__)} public names of pstnkit {pstnkit.__version__} import")
"""


def run(*command: str | Path, cwd: Path, quiet: bool = False) -> None:
    """Run a command where the checkout is out of sight; its failure ends everything."""
    output = subprocess.DEVNULL if quiet else None
    subprocess.run([str(part) for part in command], cwd=cwd, check=True, stdout=output)


def main() -> int:
    """Build, install, use."""
    with tempfile.TemporaryDirectory() as directory:
        outside = Path(directory)
        run(sys.executable, "-m", "build", "--wheel", "--outdir", outside / "dist", PROJECT, cwd=outside)
        [wheel] = (outside / "dist").glob("pstnkit-*.whl")
        venv.create(outside / "env", with_pip=True)
        python = outside / "env" / "bin" / "python"
        run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel, cwd=outside)
        run(python, "-m", "pip", "--disable-pip-version-check", "check", cwd=outside)
        run(python, "-W", "error", "-c", IMPORT_EVERYTHING, PROJECT, cwd=outside)
        run(outside / "env" / "bin" / "pstnkit", "plan", "415", cwd=outside)
        run(python, "-m", "pstnkit", "plan", "415", cwd=outside)
        run(python, "-W", "error", "-m", "pstnkit", "demo", cwd=outside, quiet=True)
    return 0


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except subprocess.CalledProcessError as error:
        print(f"failed: {error}", file=sys.stderr)
        raise SystemExit(1) from error
