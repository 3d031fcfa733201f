"""How fast the searches are: drawing a loss, deciding about it, its gradient, and a whole box.

    python -m pytest tests/benchmarks/bench_search.py --benchmark-columns=min,median,max,rounds

The figures that belong together are measured in one run: drawing against a naive recursive
expression of the same mean size, the verdict against the drawing, the gradient in 1 to 64
coordinates, and a box by balls, where z3 asked directly gives no answer. Nothing here asserts a
time.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_benchmark.fixture import BenchmarkFixture

from proofs.a_why_gradient_descent_works.a11_small_step_lowers_the_loss import CLAIM, L, g, w0
from proofs.balls import arithmetic
from proofs.balls.boxes import falls_throughout, split
from proofs.balls.deciding import decide
from proofs.kernel import real
from proofs.kernel.solver import NotProved, follows
from proofs.losses.landscapes import himmelblau
from strategies import smooth_losses, starts
from strategies.losses import Loss, Ridge
from strategies.trials import Start

DRAWN = 1_000
PROFILE = settings(derandomize=True, database=None, deadline=None, max_examples=DRAWN)

# An expression in six variables, as one would first write it, of the mean size of our losses, 40.
LEAVES = st.one_of(st.integers(-8, 8), st.sampled_from([f"x{i}" for i in range(6)]))
NAIVE: st.SearchStrategy[Any] = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["+", "*"]), st.lists(inner, min_size=3, max_size=6)),
        st.tuples(st.sampled_from(["sin", "exp", "log_cosh"]), inner),
    ),
    max_leaves=200,
)
NAIVE_WITH_POINT = st.tuples(NAIVE, st.lists(st.integers(-12, 12), min_size=6, max_size=6))
OURS_WITH_POINT = starts(smooth_losses(), count=1)


def draw(strategy: st.SearchStrategy[Any]) -> list[Any]:
    """A thousand examples."""
    found: list[Any] = []

    @PROFILE
    @given(strategy)
    def collect(example: Any) -> None:
        found.append(example)

    collect()
    return found


def naive_size(expression: Any) -> int:
    """How many nodes an expression has."""
    return sum(map(naive_size, expression)) if isinstance(expression, tuple | list) else 1


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
    benchmark.extra_info["mean size"] = sum(size(trial.loss) for trial in found[:200]) / 200


def test_draw_a_thousand_naive_expressions_with_points(benchmark: BenchmarkFixture) -> None:
    found = benchmark.pedantic(draw, args=(NAIVE_WITH_POINT,), rounds=7, warmup_rounds=1)
    sizes = [naive_size(expression) for expression, _ in found]
    benchmark.extra_info["mean size"] = sum(sizes) / len(sizes)


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


def test_himmelblau_on_a_box(benchmark: BenchmarkFixture) -> None:
    """Every start of [-1, 1]^2, every alpha up to 1/500."""
    sides, alpha0 = [(Fraction(-1), Fraction(1))] * 2, arithmetic.number(Fraction(1, 500))

    def enclose() -> int:
        with arithmetic.precision(arithmetic.BITS[0]):
            at: Callable[[Any], Any] = lambda w: himmelblau(*w)
            falls: Callable[[Any], bool] = lambda w: falls_throughout(at, w, alpha0)
            return split(sides, falls, lambda w: False, ("fall from", ""))

    benchmark.extra_info["boxes"] = benchmark.pedantic(enclose, rounds=15, warmup_rounds=2)


def test_himmelblau_on_a_box_by_z3(benchmark: BenchmarkFixture) -> None:
    """The same asked of z3, which has no answer in 30 s: it is just how long it was asked."""
    x, y, alpha = real("x y alpha")
    loss: Callable[[Any, Any], Any] = lambda x, y: (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2
    by_x = 4 * x * (x**2 + y - 11) + 2 * (x + y**2 - 7)
    by_y = 2 * (x**2 + y - 11) + 4 * y * (x + y**2 - 7)
    start = [
        x >= -1,
        x <= 1,
        y >= -1,
        y <= 1,
        alpha > 0,
        alpha <= Fraction(1, 500),
        (by_x != 0) | (by_y != 0),
    ]

    def ask() -> None:
        with pytest.raises(NotProved, match="no answer"):
            follows(
                start,
                loss(x - alpha * by_x, y - alpha * by_y) < loss(x, y),
                rlimit=0,
                wall_clock=30,
            )

    benchmark.pedantic(ask, rounds=1)
