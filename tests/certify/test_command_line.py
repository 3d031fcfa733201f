"""python -m proofs.certify, the pytest plugin, and what importing costs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from proofs.certify.__main__ import main

HOME = Path(__file__).parents[2]
TRAIN = """
import numpy as np
X = np.array([[1.0, 2], [3, -1], [0, 4]]); Y = np.array([1.0, 0, 2])
w0 = np.array([0.5, -0.25])
def loss(w): return np.mean((X @ w - Y) ** 2)
def grad(w): return 2 * X.T @ (X @ w - Y) / 3
def wrong(w): return X.T @ (X @ w - Y) / 3
def black(w): return np.sum(np.abs(np.fft.fft(w)) ** 2)
def start(): return w0
loss.at = w0
"""


@pytest.fixture
def train(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "train_of_test.py").write_text(TRAIN)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delitem(sys.modules, "train_of_test", raising=False)
    monkeypatch.setattr(sys, "path", list(sys.path))
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (
            "train_of_test:loss --grad train_of_test:grad --at train_of_test:w0 --alpha 0.01",
            0,
            "right: g is within",
        ),
        (
            "train_of_test.py:loss --grad train_of_test.py:grad --at train_of_test.py:start",
            0,
            "right: g is within",
        ),
        ("train_of_test:loss --grad train_of_test:wrong --at 0.5,-0.25", 1, "wrong gradient"),
        (
            "train_of_test:loss --grad train_of_test:grad --at 0.5,-0.25 --alpha 3",
            1,
            "step too large",
        ),
        ("train_of_test:black --at 0.5,-0.25", 2, "not decided"),
        ("train_of_test:loss --box=-1:1,-1:1", 0, "from every start in the box"),
        (
            "train_of_test:loss --grad train_of_test:grad --at 0.5,-0.25 --alpha 0.01 --steps 5",
            0,
            "each of the 5 steps",
        ),
        ("train_of_test:lost --at 1.0", 2, "bad call: train_of_test:lost cannot be found"),
        ("train_of_test --at 1.0", 2, "write module:name"),
        ("nowhere_at_all:loss --at 1.0", 2, "cannot be found"),
        ("missing.py:loss --at 1.0", 2, "cannot be found"),
        ("train_of_test:loss --at a,b", 2, "write module:name, or numbers"),
        ("train_of_test:loss --at 1.0,2.0 --alpha -1", 2, "a learning rate is a positive"),
        ("train_of_test:loss --box=1,2", 2, "write low:high"),
        ("train_of_test:loss", 2, "give at="),
    ],
)
def test_exit_status(train: Path, capsys: Any, arguments: str, code: int, told: str) -> None:
    assert main(arguments.split()) == code
    assert told in capsys.readouterr().out


def test_json_and_plot(train: Path, capsys: Any) -> None:
    pytest.importorskip("matplotlib")
    assert (
        main(["train_of_test:loss", "--at", "train_of_test:w0", "--json", "--plot", "ray.svg"]) == 0
    )
    assert json.loads(capsys.readouterr().out)["verdict"] == "right"
    assert (train / "ray.svg").exists()
    assert main(["train_of_test:loss", "--at", "1.0,2.0", "--alpha", "0", "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["verdict"] == "bad call"


def run(*arguments: str, cwd: Path = HOME) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(HOME), *filter(None, [os.environ.get("PYTHONPATH")])])
    environment = os.environ | {"PYTHONPATH": path, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )


def test_importing_loads_nothing_heavy() -> None:
    code = (
        "import sys, proofs.certify, proofs.certify.plugin; print([m for m in HEAVY if m"
        " in sys.modules])"
    )
    heavy = (
        "HEAVY = ('sympy', 'z3', 'hypothesis', 'numpy', 'scipy', 'matplotlib', 'jax', 'torch'); "
    )
    assert run("-c", heavy + code).stdout.strip() == "[]"


def test_python_minus_m(train: Path) -> None:
    found = run("-m", "proofs.certify", "train_of_test:loss", "--at", "1.0,2.0", cwd=train)
    assert found.returncode == 0, found.stderr
    assert found.stdout.startswith("right:")
    assert "exit status" in run("-m", "proofs.certify", "--help").stdout


SUITE = """
import numpy as np, pytest
from train_of_test import grad, loss, w0, wrong

def test_fixture(check_descent):
    assert check_descent(loss, grad, at=w0).verdict == "right"

def test_fixture_fails(check_descent):
    check_descent(loss, wrong, at=w0)

@pytest.mark.descent(loss, grad, at=w0, alpha=0.01)
def test_marker():
    pass

@pytest.mark.descent(loss, wrong, at=w0)
def test_marker_fails():
    pass
"""


def test_plugin(train: Path) -> None:
    (train / "test_suite.py").write_text(SUITE)
    plain = (
        "-m",
        "pytest",
        "-p",
        "proofs.certify.plugin",
        "-q",
        "-p",
        "no:cacheprovider",
        "--strict-markers",
        ".",
    )
    found = run(*plain, cwd=train)
    assert "2 failed, 2 passed" in found.stdout, found.stdout + found.stderr
    assert "wrong gradient: g is off by 0.5 |g|" in found.stdout


@pytest.mark.parametrize(
    ("more", "code", "told"),
    [
        (["--loss-grad", "train_of_test:grad"], 0, "1 passed"),
        (["--loss-grad", "train_of_test:wrong"], 1, "wrong gradient"),
        (["--loss-at", "1.0,2.0", "--loss-alpha", "3"], 1, "step too large"),
    ],
)
def test_pytest_loss(train: Path, more: list[str], code: int, told: str) -> None:
    plain = ("-m", "pytest", "-p", "proofs.certify.plugin", "-q", "-p", "no:cacheprovider")
    found = run(*plain, "--loss", "train_of_test:loss", *more, ".", cwd=train)
    assert found.returncode == code, found.stdout + found.stderr
    assert told in found.stdout
