"""Losses taken down: what is printed is what is evaluated, and no loss asks what its number is."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from proofs.balls.arithmetic import exp, is_series, log, log_cosh, number, sigmoid, softplus, tanh
from proofs.balls.boxes import descends, linearizes
from proofs.balls.traced import taken_down
from proofs.kernel import KernelError
from proofs.losses import landscapes

Loss = Callable[..., Any]
WRITTEN: list[tuple[Loss, str]] = [
    (lambda x: x * x, "w w"),
    (lambda x: -(x**2) + 1, "-w^2 + 1"),
    (lambda x: 2 - (1 - x), "2 - (1 - w)"),
    (lambda x: (x + 1) * (x - 1) / (2 * x), "(w + 1) (w - 1)/(2 w)"),
    (lambda x: 1 / (1 / x), "1/(1/w)"),
    (lambda x: -3 * x, "(-3) w"),
    (lambda x: (2 * x) ** 3, "(2 w)^3"),
    (lambda x: x ** (-1), "w^(-1)"),
    (lambda x: exp(x) + log(x), "exp(w) + log(w)"),
    (lambda x: number(Fraction(3, 2)) * x, "(3/2) w"),
    (lambda x: sum(k * x for k in (1, 2)), "1 w + 2 w"),
    (landscapes.rosenbrock, "(1 - w1)^2 + 100 (w2 - w1^2)^2"),
    (landscapes.gaussian, "exp(-(w1 w1 + w2 w2))"),
    (lambda x: tanh(sigmoid(softplus(log_cosh(x)))), "tanh(sigmoid(softplus(log_cosh(w))))"),
]


@pytest.mark.parametrize(("loss", "formula"), WRITTEN, ids=[f for _, f in WRITTEN])
def test_a_formula_and_its_values(loss: Loss, formula: str) -> None:
    n = 2 if "w2" in formula else 1
    told, at = taken_down(loss, n)
    assert told == formula
    point = [number(Fraction(3, 4)), number(Fraction(-5, 8))][:n]
    assert at(point).overlaps(loss(*point))
    assert at(point).rel_accuracy_bits() > 40


def test_what_is_printed_is_python_that_gives_the_same_value() -> None:
    """With a sign of multiplication for each space between factors."""
    for loss in (landscapes.rosenbrock, landscapes.himmelblau, landscapes.beale):
        told, at = taken_down(loss, 2)
        shown = (
            told.replace("^", "**").replace(" (", " * (").replace("+ *", "+").replace("- *", "-")
        )
        shown = shown.replace("w1 w2", "w1 * w2")
        value = eval(shown, {"w1": 0.75, "w2": -0.625})
        there = at([number(Fraction(3, 4)), number(Fraction(-5, 8))])
        assert math.isclose(float(there.mid()), value, rel_tol=1e-12)


ASKING: list[tuple[str, Loss]] = [
    ("!=", lambda x: x * x if x != 0 else x * x - 1000),
    ("==", lambda x: x * x - 1000 if x == 0 else x * x),
    (">", lambda x: x * x if x > 0 else 100 * x * x),
    ("truth", lambda x: x * x if x else x * x - 1000),
    ("not", lambda x: x * x * (not x)),
    ("max", lambda x: max(x * x, x)),
    ("abs", lambda x: abs(x) + x * x),
    ("floor", lambda x: x * x + x.floor()),
    ("int", lambda x: x * x + int(x)),
    ("round", lambda x: x * x + round(x)),
    ("//", lambda x: x * x + x // 1),
    ("%", lambda x: x * x + x % 1),
    ("str", lambda x: x * x * len(str(x))),
    ("format", lambda x: x * x * len(f"{x}")),
    ("a set", lambda x: x * x * len({x})),
    ("in", lambda x: x * x * (x in [0, 1])),
    ("sorted", lambda x: sorted([x, x * x])[0]),
    ("an attribute", lambda x: x * x if x.is_exact() else -x),
    ("coefficients", lambda x: x * x + x.coeffs()[0]),
    ("items", lambda x: x * x + x[0]),
    ("two to the x", lambda x: 2**x),
]


@pytest.mark.parametrize("loss", [loss for _, loss in ASKING], ids=[name for name, _ in ASKING])
def test_a_loss_that_asks(loss: Loss) -> None:
    """A jump behind an answer would be hidden from every box."""
    twin: Loss = lambda x: x * x
    assert descends(twin, [(-1, 1)], Fraction(1, 2), rises=((1,), Fraction(1))).boxes
    with pytest.raises(KernelError, match="a loss asks what its number is"):
        descends(loss, [(-1, 1)], Fraction(1, 2), rises=((1,), Fraction(1)))
    with pytest.raises(KernelError, match="a loss asks what its number is"):
        linearizes(loss, [(-1, 1)], Fraction(2), exceeds=((1,), (Fraction(1, 2),), Fraction(1)))


def test_a_loss_is_the_same_for_points_and_for_boxes() -> None:
    """Its formula is taken down once, so that it cannot tell one kind of number from another."""
    lie: Loss = lambda x: x * x if is_series(x) else -x * x
    assert taken_down(lie, 1)[0] == "(-w) w"
    with pytest.raises(KernelError):
        descends(lie, [(-1, 1)], Fraction(1, 2), rises=((1,), Fraction(1)))


def test_an_enclosure_says_of_which_loss() -> None:
    tilted: Loss = lambda x, y: landscapes.gaussian(x, y) + 5
    claims = []
    for loss in (landscapes.gaussian, tilted):
        more = ((Fraction(1, 8), 0), (0, 0), Fraction(31, 16))
        claims.append(linearizes(loss, [(-2, 2), (-2, 2)], Fraction(33, 16), exceeds=more).claim)
    assert claims[0].startswith("gaussian, which is exp(-(w1 w1 + w2 w2)), differs from its")
    assert claims[1].startswith("exp(-(w1 w1 + w2 w2)) + 5 differs from its")


def test_what_is_no_loss() -> None:
    assert taken_down(lambda x: x * Fraction(1, 3), 1)[0] == "w (1/3)"
    for loss, told in (
        (lambda x: 3, "the loss is 3 everywhere"),
        (lambda x: x * 0.5, "computes with 0.5"),
        (lambda x: x ** Fraction(1, 2), "no whole number"),
    ):
        with pytest.raises(KernelError, match=told):
            taken_down(loss, 1)
