"""How fast the proofs run: the whole run, the kernel's start, one claim, and the ten slowest steps.

    python -m pytest tests/benchmarks/bench_speed.py --benchmark-columns=min,median,max,rounds

Nothing here asserts a time. A whole run and a start are processes of their own; a step is timed
without the queries that z3 has already answered, and the lemmas already proved, in this process.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from proofs.kernel import solver
from proofs.runner.pages import Page, load_pages

ROOT = Path(__file__).parent.parent.parent


def process(*arguments: str) -> None:
    """Runs Python on some arguments in the project's folder."""
    subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, capture_output=True)


def forget() -> None:
    """From now on no query is answered, and no lemma proved."""
    solver.PROVED.clear()
    solver.certified.cache_clear()
    rooms = ("proofs.lemmas.", "proofs.background.")
    for proofs in [vars(m) for name, m in sys.modules.items() if name.startswith(rooms)]:
        for proof in [f for f in proofs.values() if hasattr(f, "cache_clear")]:
            proof.cache_clear()


def cold(page: Page, step: str) -> None:
    """Runs one step with no query answered and no lemma proved yet."""
    forget()
    page.steps[step]()


def slowest(count: int) -> list[tuple[Page, str]]:
    """The steps that take longest, each timed once."""
    times = []
    for page in load_pages():
        for step in page.steps:
            start = time.perf_counter()
            cold(page, step)
            times.append((time.perf_counter() - start, page.id, step, page))
    return [
        (page, step)
        for _, _, step, page in sorted(times, key=lambda t: t[:3], reverse=True)[:count]
    ]


def test_whole_run(benchmark: BenchmarkFixture) -> None:
    benchmark.pedantic(process, args=("-m", "pytest", "proofs", "-q"), rounds=5)


def test_one_claim(benchmark: BenchmarkFixture) -> None:
    benchmark.pedantic(process, args=("-m", "pytest", "proofs", "-q", "-k", "a09"), rounds=5)


def test_kernel_start(benchmark: BenchmarkFixture) -> None:
    benchmark.pedantic(process, args=("-c", "import proofs.kernel"), rounds=10)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """The ten slowest steps become ten benchmarks."""
    if "slow" in metafunc.fixturenames:
        found = slowest(10)
        metafunc.parametrize("slow", found, ids=[f"{page.id} {step}" for page, step in found])


def test_slow_step(benchmark: BenchmarkFixture, slow: tuple[Page, str]) -> None:
    benchmark.pedantic(cold, args=slow, rounds=5)
