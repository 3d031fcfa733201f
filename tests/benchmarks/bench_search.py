"""How fast the searches are: drawing a loss, deciding about it, and its gradient.

    python -m pytest tests/benchmarks/bench_search.py --benchmark-columns=min,median,max,rounds

The figures that belong together are measured in one run: the verdict against the drawing, and the
gradient in 1 to 64 coordinates. `python -m tests.benchmarks.peers` has the peers. Nothing here
asserts a time.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_benchmark.fixture import BenchmarkFixture

from proofs.a_why_gradient_descent_works.a11_small_step_lowers_the_loss import CLAIM, L, g, w0
from proofs.balls import arithmetic
from proofs.balls.deciding import decide
from strategies import smooth_losses, starts
from strategies.losses import Loss, Ridge
from strategies.trials import Start

PROFILE = settings(derandomize=True, database=None, deadline=None)

OURS_WITH_POINT = starts(smooth_losses(), count=1, together=1)


def draw(strategy: st.SearchStrategy[Any], examples: int = 1_000) -> list[Any]:
    """So many examples."""
    found: list[Any] = []

    @settings(PROFILE, max_examples=examples)
    @given(strategy)
    def collect(example: Any) -> None:
        found.append(example)

    collect()
    return found


def size(loss: Loss) -> int:
    """How many nodes a loss has as an expression of sympy, after sympy's own simplifications."""
    return sum(1 for _ in sympy.preorder_traversal(loss.to_sympy()))


def decide_all(cases: list[Start]) -> None:
    """Whether every small alpha lowers the loss, for each of the starts."""
    for start in cases:
        decide(CLAIM.then, start.gives(loss=L, point=w0, gradient=g))


@pytest.fixture(scope="module")
def cases() -> list[Start]:
    """The starts that a search draws."""
    return [trial.cases[0] for trial in draw(OURS_WITH_POINT)]


def test_draw_a_thousand_losses_with_points(benchmark: BenchmarkFixture) -> None:
    found = benchmark.pedantic(draw, args=(OURS_WITH_POINT,), rounds=7, warmup_rounds=1)
    benchmark.extra_info["mean size"] = sum(size(trial.losses[0]) for trial in found[:200]) / 200


def test_decide_about_a_thousand_losses(benchmark: BenchmarkFixture, cases: list[Start]) -> None:
    benchmark.pedantic(decide_all, args=(cases,), rounds=7, warmup_rounds=1)


@pytest.mark.parametrize("dimension", [1, 2, 4, 8, 16, 32, 64])
def test_gradient(benchmark: BenchmarkFixture, dimension: int) -> None:
    """The gradient of a loss with a fixed number of terms, by the hand-written rule."""
    row = tuple(1 + i % 3 for i in range(dimension))
    loss = Ridge("log_cosh", (1, 2, 1, 3), (row, row[::-1], row, row[::-1]), (0, 1, 2, 3))
    point = [arithmetic.number(Fraction(i % 5, 4)) for i in range(dimension)]

    def gradients() -> None:
        for _ in range(100):
            loss.gradient(point)

    benchmark.pedantic(gradients, rounds=15, warmup_rounds=2)
