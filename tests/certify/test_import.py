"""What importing proofs.certify loads: flint, and none of the proof checker's libraries."""

from __future__ import annotations

import subprocess
import sys

import pytest

FORBIDDEN = {
    "sympy", "z3", "hypothesis", "pytest", "numpy", "scipy", "jax", "torch", "matplotlib", "mpmath",
}  # fmt: skip
SHOW = "; import sys; print(*sorted({name.partition('.')[0] for name in sys.modules}))"


def loaded(program: str) -> set[str]:
    """The top-level modules that a fresh process has loaded after a program."""
    command = [sys.executable, "-c", program + SHOW]
    return set(subprocess.run(command, check=True, capture_output=True, text=True).stdout.split())


@pytest.mark.parametrize(
    "program",
    [
        "import proofs.certify",
        "from proofs.certify import check_descent, assert_descent, Report",
        "import proofs.certify.plugin",
    ],
)
def test_an_import_loads_flint_alone(program: str) -> None:
    allowed = {"pytest", "hypothesis"} if "plugin" in program else set()
    found = loaded(program)
    assert not found & (FORBIDDEN - allowed)
    assert "flint" in found or "plugin" in program


def test_plain_python_needs_no_numpy() -> None:
    """A loss without arrays is checked where numpy is not installed."""
    program = """
import sys

class Without:
    def __init__(self, finder):
        self.finder = finder

    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("numpy", "scipy", "hypothesis", "sympy", "z3"):
            return None
        return self.finder.find_spec(name, path, target)

sys.meta_path[:] = [Without(finder) for finder in sys.meta_path]
from proofs.certify import check_descent

loss, grad = lambda x, y: x * x + y * y, lambda x, y: (2 * x, 2 * y)
report = check_descent(loss, grad, at=(1.0, 2.0), alpha=0.1)
assert report.verdict == "right" and report.certified > 0.99, str(report)
try:
    check_descent(loss, box=[(0, 1)] * 2)
except ValueError as reason:
    assert "a box needs numpy" in str(reason)
"""
    made = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert made.returncode == 0, made.stderr


def test_the_guard_sees_what_is_loaded() -> None:
    assert "hypothesis" in loaded("import proofs.certify, hypothesis")
