"""Losses with a fault: each fault changes what it says and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofs.balls.arithmetic import fraction, number
from strategies import points, rough_losses, smooth_losses
from strategies.losses import Composition, Loss, Product, Quadratic, Sum, activation
from strategies.rough import (
    FAULTS, REGIONS, DroppedCrossTerm, MissingChainFactor, TransposedMatrix, WrongGradient,
)  # fmt: skip
from tests.strategies.shared import (
    LINE, PLANE, SLACK, Point, agree, as_balls, drawn, refused, simplest,
)  # fmt: skip

pytestmark = pytest.mark.usefixtures("many_bits")


def expected(fault: str, loss: Loss, w: Point) -> tuple[Any, list[Any]]:
    """Value and gradient with the fault, from those without."""
    value, g = loss(as_balls(w)), loss.gradient(as_balls(w))
    first, *rest = g
    other = w[1] if len(w) > 1 else w[0] + (1 if w[0] >= 0 else -1)  # in no region
    inside = {
        "where x0 > 3": w[0] > 3, "where |x0 - x1| < 1e-3": abs(w[0] - other) < Fraction(1, 1000),
        "where x0 x1 < -20": w[0] * other < -20,
    }  # fmt: skip
    factors = {
        "sign of the gradient": -1,
        "factor 2": 2,
        "relative error 1e-3": 1 + Fraction(1, 2**10),
        "relative error 1e-6": 1 + Fraction(1, 2**20),
    }
    factors |= {f"sign {region}": -1 if met else 1 for region, met in inside.items()}
    if fault in factors:
        return value, [x * number(factors[fault]) for x in g]
    if fault == "sign of one coordinate":
        return value, [-first, *rest]
    if fault == "kink":
        return value + number(abs(w[0])), [first + (1 if w[0] >= 0 else -1), *rest]
    if fault == "jump":
        return value + int(w[0] >= 0), g
    if fault == "dropped cross-term" and isinstance(loss, Product):
        return value, [x * loss.right(as_balls(w)) for x in loss.left.gradient(as_balls(w))]
    if fault == "missing chain factor" and isinstance(loss, Composition):
        return value, [activation(loss.outer).slope(loss.inner(as_balls(w))), *rest]
    return value, g


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_changes_what_it_says_and_nothing_else(fault: str) -> None:
    changed: list[bool] = []

    losses = smooth_losses((1, 3))
    if fault == "transposed matrix":  # it takes two mirrors that do not commute
        losses = smooth_losses((3, 4), ["quadratic", "polynomial"])

    @drawn(120)
    @given(losses.flatmap(lambda loss: st.tuples(st.just(loss), points(loss.dimension))))
    def check(drawn_: tuple[Loss, Point]) -> None:
        loss, w = drawn_
        rough = FAULTS[fault](loss)
        known: Callable[[Loss], Any] = lambda f: (
            f.dimension,
            f.family,
            f.lipschitz,
            f.convex,
            f.least,
            f.minimizer,
        )
        assert known(rough) == known(loss)
        value, g = expected(fault, loss, w)
        found = rough.gradient(as_balls(w))
        assert fraction(rough(as_balls(w))) == fraction(value)
        parts = list(loss.parts) if isinstance(loss, Sum) else [loss]
        parts += [loss.left, loss.right] if isinstance(loss, Product) else []
        parts += [loss.inner] if isinstance(loss, Composition) else []
        turning = fault == "transposed matrix" and any(
            isinstance(p, Quadratic) and len(p.mirrors) > 1 for p in parts
        )
        same = [
            abs(fraction(x) - fraction(y)) <= SLACK * (1 + abs(fraction(y)))
            for x, y in zip(found, g, strict=True)
        ]
        assert all(same) or turning
        right = loss.gradient(as_balls(w))
        changed.append(
            fraction(rough(as_balls(w))) != fraction(loss(as_balls(w)))
            or any(
                abs(fraction(x) - fraction(y)) > SLACK for x, y in zip(found, right, strict=True)
            )
        )

    check()
    assert any(changed)
    assert all(changed) or fault != "kink"
    assert not all(changed) or fault in ("sign of the gradient", "factor 2", "kink")


def test_three_faults_leave_some_families_as_they_are() -> None:
    bowl = Quadratic((1, 2), (0, 0), ((1, 1), (1, 0)))
    assert FAULTS["dropped cross-term"](bowl * PLANE) == DroppedCrossTerm(bowl, PLANE)
    assert FAULTS["transposed matrix"](bowl) == TransposedMatrix(
        bowl.spectrum, bowl.center, bowl.mirrors
    )
    assert FAULTS["missing chain factor"](Composition("sin", PLANE)) == MissingChainFactor(
        "sin", PLANE
    )
    inside = PLANE + Composition("sin", bowl * PLANE)
    assert FAULTS["dropped cross-term"](inside) == PLANE + Composition(
        "sin", DroppedCrossTerm(bowl, PLANE)
    )
    for fault in ("dropped cross-term", "transposed matrix", "missing chain factor"):
        assert FAULTS[fault](PLANE) == PLANE
    wrong, right = TransposedMatrix(bowl.spectrum, bowl.center, bowl.mirrors), bowl
    assert not agree(wrong.gradient(as_balls((1, 2)))[0], right.gradient(as_balls((1, 2)))[0])
    assert wrong != right


def test_regions() -> None:
    """Only where the whole of the ball is inside."""
    for name, inside, outside in (
        ("where x0 > 3", (4, 0), (3, 9)),
        ("where |x0 - x1| < 1e-3", (1, 1 + Fraction(1, 2048)), (1, 2)),
        ("where x0 x1 < -20", (3, -7), (4, -5)),
        ("everywhere", (0, 0), None),
    ):
        assert REGIONS[name](as_balls(inside))
        assert outside is None or not REGIONS[name](as_balls(outside))
    assert not REGIONS["where x0 > 3"]([number(2).union(number(4))])
    assert not REGIONS["where x0 x1 < -20"](as_balls((9,)))


def test_a_fault_shrinks_as_the_losses_do() -> None:
    assert simplest(rough_losses("factor 2")) == WrongGradient(LINE, factor=2)


def test_other_faults_and_regions_are_refused() -> None:
    refused(
        [
            (
                lambda: rough_losses("a typo"),
                r"the fault 'a typo' is unknown; there are sign of the gradient, ",
            ),
            (
                lambda: WrongGradient(LINE, region="here"),
                "the region 'here' is unknown; there are everywhere, ",
            ),
        ]
    )
