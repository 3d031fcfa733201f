"""Strict where it is weak."""

from fractions import Fraction

from proofs.definitions import convex, differentiable
from proofs.kernel import e1, inner, norm, real, sqrt, square_nonnegative, zero
from proofs.lemmas.convexity import first_order_convexity
from proofs.lemmas.inner_products import cauchy_schwarz
from proofs.losses.lines import LINE
from proofs.losses.parabolas import bowl
from tests.planted_faults.fault import (
    AT_W, PARTS, SMOOTH, STEP, Fault, L, alpha, delta, g, grad, lipschitz, says, step_falls, u, v,
    w,
)  # fmt: skip

x, y = real("x y")
UP_TO_THE_BOUND = {
    **SMOOTH, "alpha is positive": alpha > 0, "alpha is not large": alpha <= 2 / lipschitz,
}  # fmt: skip
CONVEX = {
    "L is differentiable at w": differentiable(L, at=w, gradient=g, modulus=delta),
    "L is convex": convex(L),
}

FAULTS = [
    Fault(
        name="the loss falls up to alpha = 2 / lipschitz",
        claim=says(L(w + STEP) < L(w), {**UP_TO_THE_BOUND, "grad(w) is not zero": grad(w) != zero}),
        twin=says(L(w + STEP) <= L(w), UP_TO_THE_BOUND),
        by=step_falls,
        at=bowl(1).at(e1, **PARTS) | {alpha: 2},
    ),
    Fault(
        name="g.g > 0",
        claim=says(inner(g, g) > 0),
        twin=says(inner(g, g) >= 0),
        by=lambda: [square_nonnegative(g)],
        at={g: zero},
    ),
    Fault(
        name="the triangle inequality is strict",
        claim=says(norm(u + v) < norm(u) + norm(v), {"u is not zero": u != zero}),
        twin=says(norm(u + v) <= norm(u) + norm(v), {"u is not zero": u != zero}),
        by=lambda: [cauchy_schwarz(u, v)],
        at={u: e1, v: e1},
    ),
    Fault(
        name="a convex loss lies strictly above its linear models",
        claim=says(L(v) > L(w) + inner(g, v - w), {**CONVEX, "v is not w": v != w}),
        twin=says(L(v) >= L(w) + inner(g, v - w), {**CONVEX, "v is not w": v != w}),
        by=lambda: [first_order_convexity(L, w, g, delta, v)],
        at=LINE.at(zero, **AT_W) | {v: e1},
        shown=lambda: [LINE.convex()],
    ),
    Fault(
        name="x^2 + y^2 > 2 x y",
        claim=says(x**2 + y**2 > 2 * x * y),
        twin=says(x**2 + y**2 >= 2 * x * y),
        at={x: 1, y: 1},
    ),
    Fault(
        name="sqrt(x) < x + 1/4",
        claim=says(sqrt(x) < x + Fraction(1, 4), {"x is not negative": x >= 0}),
        twin=says(sqrt(x) <= x + Fraction(1, 4), {"x is not negative": x >= 0}),
        at={x: Fraction(1, 4)},
    ),
    Fault(
        name="|x| > x",
        claim=says(abs(x) > x, {"x is not zero": x != 0}),
        twin=says(abs(x) >= x, {"x is not zero": x != 0}),
        at={x: 1},
    ),
]
