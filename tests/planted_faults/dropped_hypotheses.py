"""Hypotheses that are left out."""

from fractions import Fraction
from typing import Any

from proofs.claims import Claim
from proofs.definitions import convex, differentiable
from proofs.kernel import e1, inner, real, square_nonnegative, zero
from proofs.lemmas.convexity import first_order_convexity
from proofs.losses.lines import LINE
from proofs.losses.parabolas import HILL, bowl
from tests.planted_faults.fault import (
    AT_W, PARTS, SMOOTH, STEP, Fault, L, Values, alpha, delta, g, grad, lipschitz, says, square,
    step_falls, v, w,
)  # fmt: skip

x, y, z = real("x y z")
BOWL = bowl(1)
FALLS = says(
    L(w + STEP) < L(w),
    {
        **SMOOTH, "grad(w) is not zero": grad(w) != zero, "alpha is positive": alpha > 0,
        "alpha is small": alpha < 2 / lipschitz,
    },
)  # fmt: skip
ABOVE = says(
    L(v) >= L(w) + inner(g, v - w),
    {
        "L is differentiable at w": differentiable(L, at=w, gradient=g, modulus=delta),
        "L is convex": convex(L),
    },
)
OPPOSITE = says(inner(-x * v, v) <= 0, {"v is not zero": v != zero, "x >= 0": x >= 0})
CLOSER = says(
    square(w - alpha * w) < square(w),
    {"w is not zero": w != zero, "alpha is positive": alpha > 0, "alpha < 2": alpha < 2},
)


def dropped(name: str, twin: Claim, at: Values, inhabited: Values, **more: Any) -> Fault:
    """The twin without the hypothesis of this name."""
    claim = twin.but(without=name)
    return Fault(name=name, claim=claim, twin=twin, at=at, inhabited=inhabited, **more)


START, STAYS = (BOWL.at(w0, **PARTS) | {alpha: 1} for w0 in (e1, zero))
ORDERED = {"x < y": x < y, "z is positive": z > 0}
INVERTED = {"x is not 0": x != 0, "y is not 0": y != 0, "y <= x": y <= x, "y is positive": y > 0}
BETWEEN = {"x is positive": x > 0, "x < 1": x < 1}

FAULTS = [
    dropped("grad(w) is not zero", FALLS, STAYS, START, by=step_falls),
    dropped("alpha is positive", FALLS, START | {alpha: 0}, START, by=step_falls),
    dropped("alpha is small", FALLS, START | {alpha: 3}, START, by=step_falls),
    dropped(
        "L is convex",
        ABOVE,
        HILL.at(zero, **AT_W) | {v: e1},
        LINE.at(zero, **AT_W) | {v: e1},
        by=lambda: [first_order_convexity(L, w, g, delta, v)],
        shown=lambda: [LINE.convex()],
    ),
    dropped("x >= 0", OPPOSITE, {v: e1, x: -1}, {v: e1, x: 1},
            by=lambda: [square_nonnegative(v)]),
    dropped("alpha < 2", CLOSER, {w: e1, alpha: 2}, {w: e1, alpha: 1}),
    dropped("z is positive", says(x * z < y * z, ORDERED), {x: 0, y: 1, z: 0}, {x: 0, y: 1, z: 1}),
    dropped("y is positive", says(1 / x <= 1 / y, INVERTED), {x: 1, y: -1}, {x: 1, y: 1}),
    dropped("x < 1", says(x**2 < x, BETWEEN), {x: 1}, {x: Fraction(1, 2)}),
]  # fmt: skip
