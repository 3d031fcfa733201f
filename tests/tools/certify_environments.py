"""Does `pip install` work beside what others have? Fresh venvs; minutes, so it is not in the gate.

    python -m tests.tools.certify_environments [SOURCE] [--flint 0.6.0]

In each: pip install of the neighbours and of the checkout, `pip check`, the numpy examples of the
room's README, and a test of theirs that uses the plugin. Prints one line for each; exit status 1 if
one fails.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
NEIGHBOURS: dict[str, list[str]] = {
    "nothing": [],
    "pytest 8, numpy 1.26": ["pytest<9", "numpy==1.26.4"],
    "numpy 2": ["pytest<9", "numpy>=2"],
    "pytest 9, numpy 2": ["pytest>=9", "numpy>=2"],
}
PLAIN = """
from proofs.certify import check_descent
report = check_descent(lambda x: x * x, lambda x: 2 * x, at=3.0, alpha=0.1)
assert report.verdict == "right", report
"""
THEIRS = """
def test_theirs(check_descent):
    assert check_descent(lambda x: x * x, lambda x: 2 * x, at=3.0, alpha=0.1).verdict == "right"
"""


def examples() -> str:
    """The examples of the room's README that need numpy alone, as one program."""
    page = (ROOT / "proofs" / "certify" / "README.md").read_text()
    blocks = re.findall(r"```python\\n(.*?)```", page.replace("\n", "\\n"), re.S)
    found = [b.replace("\\n", "\n") for b in blocks]
    return "\n".join(b for b in found if "import numpy" in b and not re.search("jax|torch", b))


def tried(name: str, source: Path, more: list[str]) -> bool:
    """One venv; prints what failed in it."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        python = str(home / "venv" / "bin" / "python")
        (home / "example.py").write_text(examples() if "numpy" in name else PLAIN)
        (home / "test_theirs.py").write_text(THEIRS)
        pip = [python, "-m", "pip"]
        steps = {
            "venv": [sys.executable, "-m", "venv", str(home / "venv")],
            "neighbours": [*pip, "install", "-q", *NEIGHBOURS[name], *more, "setuptools"],
            "install": [*pip, "install", "-q", str(source)],
            "pip check": [*pip, "check"],
            "example": [python, "example.py"],
        }
        if "pytest" in name:
            steps["plugin"] = [python, "-m", "pytest", "-q", "-W", "error", "test_theirs.py"]
        for step, command in steps.items():
            made = subprocess.run(command, cwd=home, capture_output=True, text=True)
            if made.returncode != 0:
                print(f"{name}: {step} fails: {(made.stdout + made.stderr)[-600:]}", flush=True)
                return False
        told = subprocess.run([*pip, "list"], capture_output=True, text=True).stdout
        wanted = re.findall(r"(?m)^(?:numpy|pytest|python-flint) +\S+", told)
        print(f"{name}: ok, with {', '.join(' '.join(w.split()) for w in wanted)}", flush=True)
        return True


def main() -> int:
    """Exit status 1 if an environment fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", nargs="?", type=Path, default=ROOT)
    parser.add_argument("--flint", help="a version of python-flint")
    chosen = parser.parse_args()
    more = [f"python-flint=={chosen.flint}"] if chosen.flint else []
    passed = [tried(name, chosen.source, more) for name in NEIGHBOURS]
    return 0 if all(passed) else 1


if __name__ == "__main__":
    raise SystemExit(main())
