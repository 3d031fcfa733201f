"""How fast a loss is checked, beside its peers; nothing here asserts a time.

    python -m pytest tests/benchmarks/bench_certify.py --benchmark-columns=min,median,max,rounds

The peers (torch.autograd.gradcheck, numdifftools) get the same loss in the same run; one that is
not installed is skipped. `extra_info` has the memory of a million operations in MiB, and the
seconds of its gradient alone.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from proofs.certify import check_descent
from proofs.certify.boxes import Boxes
from proofs.certify.check import check_gradient_at
from proofs.certify.program import program_of

ROOT = Path(__file__).parent.parent.parent
RNG = np.random.default_rng(0)
X, T, W = RNG.normal(size=(50, 10)), (RNG.random(50) > 0.5).astype(float), RNG.normal(size=10)


def logistic(w: Any) -> Any:
    """50 rows, 10 parameters."""
    return np.mean(np.logaddexp(0, X @ w) - T * (X @ w))


def slope(w: Any) -> Any:
    return X.T @ (1 / (1 + np.exp(-(X @ w))) - T) / 50


def squares(w: Any) -> Any:
    return np.mean((X @ w - T) ** 2)


def test_gradient_and_bracket_of_10_parameters(benchmark: BenchmarkFixture) -> None:
    report = benchmark(check_descent, logistic, slope, at=W)
    assert report.verdict == "right"
    assert report.refuted < 1.05 * report.certified


def test_least_squares_of_10_parameters(benchmark: BenchmarkFixture) -> None:
    report = benchmark(check_descent, squares, lambda w: X.T @ (X @ w - T) / 25, at=W)
    assert report.verdict == "right"


MILLION = """
import numpy as np, resource, time
from proofs.certify import check_descent
from proofs.certify.check import check_gradient_at
from proofs.certify.program import program_of
x = np.random.default_rng(0).normal(size=250_000)

def loss(w):
    return np.sum({loss})

def grad(w):
    return np.array([{grad}])

at = np.array([0.5])
began = time.perf_counter()
assert check_gradient_at(program_of(loss, grad, at)).verdict == "right"
alone = time.perf_counter() - began
report = check_descent(loss, grad, at=at, budget=300.0)
assert report.verdict == "right" and report.refuted, str(report)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, alone)
"""
KINDS = {
    "squares": {"loss": "(x * w[0] - 1) ** 2", "grad": "2 * np.sum((x * w[0] - 1) * x)"},
    "tanh": {"loss": "np.tanh(x * w[0] - 1)", "grad": "np.sum(x / np.cosh(x * w[0] - 1) ** 2)"},
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_million_operations(benchmark: BenchmarkFixture, kind: str) -> None:
    """250,000 products, differences, squares and a sum; minutes with the bracket."""
    command = [sys.executable, "-c", MILLION.format(**KINDS[kind])]

    def run() -> list[float]:
        made = subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        return [float(x) for x in made.stdout.split()]

    memory, alone = benchmark.pedantic(run, rounds=1)
    benchmark.extra_info.update(MiB=memory, gradient_alone=alone)


ROWS, KINDS_OF_ROWS = RNG.normal(size=(12, 3)), (RNG.random(12) > 0.5).astype(float)
BOXES: dict[str, tuple[Any, float]] = {
    "exponentials": (
        lambda w: np.exp(w[0] + w[1]) + np.exp(w[2] / 2 - w[1]) + np.exp(-w[0] - w[2]),
        1.0,
    ),
    "banana": (lambda w: np.sum(100 * (w[1:] - w[:-1] ** 2) ** 2 + (1 - w[:-1]) ** 2), 1.0),
    "logsumexp": (lambda w: np.log(np.sum(np.exp(w))) + w @ w / 10, 1.0),
    "logistic": (lambda w: np.mean(np.logaddexp(0, ROWS @ w) - KINDS_OF_ROWS * (ROWS @ w)), 2.0),
    "tanh net": (
        lambda w: np.mean((w[0] * np.tanh(w[1] * ROWS[:, 0] + w[2]) - ROWS[:, 1]) ** 2),
        1.0,
    ),
    "squares of sigmoids": (
        lambda w: np.mean((1 / (1 + np.exp(-(ROWS @ w))) - KINDS_OF_ROWS) ** 2),
        1.0,
    ),
}


@pytest.mark.parametrize("name", BOXES)
def test_a_box_in_three_parameters(benchmark: BenchmarkFixture, name: str) -> None:
    """The rate of all starts; extra_info has the ratio of the one that fails to it."""
    loss, half = BOXES[name]
    found = Boxes(program_of(loss, None, np.zeros(3)), [(-half, half)] * 3)
    benchmark.pedantic(found.search, (10.0,), rounds=1)
    benchmark.extra_info.update(ratio=found.refuted / found.certified, parts=found.parts)


NET = """
import time
began = time.perf_counter()
import jax, jax.numpy as jnp
import numpy as np
from proofs.certify import check_descent
rng = np.random.default_rng(0)
x, y = rng.normal(size=(20, 5)), rng.normal(size=20)
shapes = {"a": (5, 14), "b": (14,), "c": (14,), "d": ()}
params = {k: jnp.asarray(rng.normal(size=s) / 2) for k, s in shapes.items()}

def loss(p):
    return jnp.mean((jnp.tanh(x @ p["a"] + p["b"]) @ p["c"] + p["d"] - y) ** 2)

for _ in range(3):
    print(time.perf_counter() - began)
    began = time.perf_counter()
    report = check_descent(loss, at=params, alpha=0.01)
    assert report.verdict == "right" and report.refuted < 1.05 * report.certified
"""


def test_a_jax_net_of_99_parameters(benchmark: BenchmarkFixture) -> None:
    """Seconds of a first process: importing jax, the first check, a second one."""
    pytest.importorskip("jax")
    command = [sys.executable, "-c", NET]

    def run() -> list[float]:
        made = subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        return [float(x) for x in made.stdout.split()]

    imports, first, second = benchmark.pedantic(run, rounds=1)
    benchmark.extra_info.update(imports=imports, first=first, second=second)


@pytest.mark.benchmark(group="gradient alone")
def test_gradient_by_us(benchmark: BenchmarkFixture) -> None:
    report = benchmark(lambda: check_gradient_at(program_of(logistic, slope, W)))
    assert report.verdict == "right"


@pytest.mark.benchmark(group="gradient alone")
def test_gradient_by_torch(benchmark: BenchmarkFixture) -> None:
    """gradcheck on the same function, whose backward is the same gradient."""
    torch = pytest.importorskip("torch")

    def forward(ctx: Any, w: Any) -> Any:
        ctx.save_for_backward(w)
        return torch.as_tensor(logistic(w.detach().numpy()))

    def backward(ctx: Any, *outer: Any) -> Any:
        return outer[0] * torch.as_tensor(slope(ctx.saved_tensors[0].detach().numpy()))

    methods = {"forward": staticmethod(forward), "backward": staticmethod(backward)}
    claimed: Any = type("Claimed", (torch.autograd.Function,), methods)
    w = torch.tensor(W, requires_grad=True)
    assert benchmark(lambda: torch.autograd.gradcheck(claimed.apply, (w,)))


@pytest.mark.benchmark(group="gradient alone")
def test_gradient_by_numdifftools(benchmark: BenchmarkFixture) -> None:
    peer = pytest.importorskip("numdifftools")
    assert benchmark(lambda: np.allclose(peer.Gradient(logistic)(W), slope(W)))


@pytest.mark.benchmark(group="gradient alone")
def test_gradient_by_scipy(benchmark: BenchmarkFixture) -> None:
    peer = pytest.importorskip("scipy.optimize")
    assert benchmark(lambda: peer.check_grad(logistic, slope, W) < 1e-5)


def test_import(benchmark: BenchmarkFixture) -> None:
    """A process that imports the room, and nothing else."""
    command = [sys.executable, "-c", "import proofs.certify"]
    benchmark.pedantic(lambda: subprocess.run(command, cwd=ROOT, check=True), rounds=10)


def test_an_empty_process(benchmark: BenchmarkFixture) -> None:
    """What of the import's time is Python's own."""
    command = [sys.executable, "-c", ""]
    benchmark.pedantic(lambda: subprocess.run(command, cwd=ROOT, check=True), rounds=10)
