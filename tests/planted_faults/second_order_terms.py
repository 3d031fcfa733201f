"""Second-order terms that are dropped."""

from fractions import Fraction

from proofs.definitions import convex, differentiable
from proofs.kernel import e1, inner, real, square_nonnegative, zero
from proofs.lemmas.convexity import first_order_convexity
from proofs.losses.parabolas import SQUARE, bowl
from tests.planted_faults.fault import (
    AT_W, PARTS, SMOOTH, STEP, Fault, L, alpha, delta, g, grad, lipschitz, model, s, says, square,
    step_falls, v, w,
)  # fmt: skip

x, y, h = real("x y h")
POSITIVE = {"alpha is positive": alpha > 0}
CONVEX = {
    "L is differentiable at w": differentiable(L, at=w, gradient=g, modulus=delta),
    "L is convex": convex(L),
}
SMALL = {"x, y are errors": (x >= 0) & (y >= 0) & (x <= 1) & (y <= 1)}

FAULTS = [
    Fault(
        name="the loss falls by alpha |grad|^2",
        claim=says(L(w + STEP) <= L(w) - alpha * square(grad(w)), {**SMOOTH, **POSITIVE}),
        twin=says(
            L(w + STEP) <= L(w) - alpha * (1 - lipschitz * alpha / 2) * square(grad(w)),
            {**SMOOTH, **POSITIVE},
        ),
        by=step_falls,
        at=bowl(1).at(e1, **PARTS) | {alpha: 1},
    ),
    Fault(
        name="a loss changes by at most grad.s",
        claim=says(L(w + s) - L(w) <= inner(grad(w), s), SMOOTH),
        twin=says(L(w + s) - L(w) <= inner(grad(w), s) + lipschitz * square(s) / 2, SMOOTH),
        by=model(s),
        at=bowl(1).at(e1, **PARTS) | {s: e1},
    ),
    Fault(
        name="a convex loss lies on its linear model",
        claim=says(L(v) <= L(w) + inner(g, v - w), CONVEX),
        twin=says(L(v) >= L(w) + inner(g, v - w), CONVEX),
        by=lambda: [first_order_convexity(L, w, g, delta, v)],
        at=SQUARE.at(zero, **AT_W) | {v: e1},
        shown=lambda: [SQUARE.convex()],
    ),
    Fault(
        name="|w - alpha g|^2 <= |w|^2 - 2 alpha w.g",
        claim=says(square(w - alpha * g) <= square(w) - 2 * alpha * inner(w, g)),
        twin=says(square(w - alpha * g) >= square(w) - 2 * alpha * inner(w, g)),
        by=lambda: [square_nonnegative(alpha * g)],
        at={w: e1, g: e1, alpha: 1},
    ),
    Fault(
        name="(1 - alpha h)^2 <= 1 - 2 alpha h",
        claim=says((1 - alpha * h) ** 2 <= 1 - 2 * alpha * h),
        twin=says((1 - alpha * h) ** 2 >= 1 - 2 * alpha * h),
        at={alpha: 1, h: 1},
    ),
    Fault(
        name="(1 + x) (1 + y) <= 1 + x + y",
        claim=says((1 + x) * (1 + y) <= 1 + x + y, SMALL),
        twin=says((1 + x) * (1 + y) <= 1 + x + 2 * y, SMALL),
        at={x: 1, y: 1},
    ),
    Fault(
        name="1 / (1 - x) <= 1 + x",
        claim=says(1 / (1 - x) <= 1 + x, {"x is small": (x >= 0) & (x < Fraction(1, 2))}),
        twin=says(1 / (1 - x) <= 1 + 2 * x, {"x is small": (x >= 0) & (x < Fraction(1, 2))}),
        at={x: Fraction(1, 4)},
    ),
    Fault(
        name="(1 + x)^3 <= 1 + 3 x",
        claim=says((1 + x) ** 3 <= 1 + 3 * x, {"x is small": (x >= 0) & (x <= 1)}),
        twin=says((1 + x) ** 3 <= 1 + 7 * x, {"x is small": (x >= 0) & (x <= 1)}),
        at={x: 1},
    ),
]
