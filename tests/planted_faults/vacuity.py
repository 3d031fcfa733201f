"""Claims about nothing: what is given contradicts itself, and anything follows."""

from fractions import Fraction

from proofs.claims import for_each
from proofs.definitions import lipschitz_gradient
from proofs.kernel import (
    R, e1, forall, implies, inner, instance, natural, norm, real, sqrt, zero,
)  # fmt: skip
from proofs.lemmas.inner_products import cauchy_schwarz
from proofs.losses.lines import LEVEL
from proofs.losses.parabolas import bowl
from tests.planted_faults.fault import (
    PARTS, SMOOTH, STEP, Empty, L, alpha, grad, lipschitz, says, step_falls, u, v, w,
)  # fmt: skip

x, y, a = real("x y a")
n = natural("n")
FALLS = L(w + STEP) < L(w)
START = {**SMOOTH, "grad(w) is not zero": grad(w) != zero, "alpha is positive": alpha > 0}
NOTHING = "no step shows that the hypotheses of CLAIM hold of anything"
INSIDE = "CLAIM is about nothing where it says"
UNIT = {"u and v have length 1": (norm(u) == 1) & (norm(v) == 1)}

NEVER = forall(R, lambda t: implies(t > x, t <= x, t == 7))
OFTEN = forall(R, lambda t: implies(t > x, t > x - 1))

FAULTS = [
    Empty(
        name="alpha between 2 / lipschitz and 1 / lipschitz",
        claim=says(FALLS, {**START, "alpha is right": (lipschitz * alpha > 2)
                           & (lipschitz * alpha < 1)}),
        twin=says(FALLS, {**START, "alpha is right": (lipschitz * alpha > 1)
                          & (lipschitz * alpha < 2)}),
        by=step_falls,
        inhabited=bowl(1).at(e1, **PARTS) | {alpha: Fraction(3, 2)},
        told=NOTHING,
    ),
    Empty(
        name="a x < 2 and a x > 2",
        claim=says(x == 7, {"below": a * x < 2, "above": a * x > 2}),
        twin=says(a * x != 2, {"below": a * x < 2, "above": a * x > 1}),
        inhabited={a: 1, x: Fraction(3, 2)},
        told=NOTHING,
    ),
    Empty(
        name="unit vectors with u.v = -2",
        claim=says(u == v, {**UNIT, "they are opposite": inner(u, v) == -2}),
        twin=says(u == -v, {**UNIT, "they are opposite": inner(u, v) == -1}),
        by=lambda: [cauchy_schwarz(u, v)],
        inhabited={u: e1, v: -e1},
        told=NOTHING,
    ),
    Empty(
        name="a natural number between 0 and 1, with a square below 0",
        claim=says(n == 7, {"n is small": n**2 < 0}),
        twin=says(n == 0, {"n is small": n**2 <= 0}),
        inhabited={n: 0},
        told=NOTHING,
    ),
    Empty(
        name="a root that is negative",
        claim=says(x == 7, {"x is not negative": x >= 0, "its root is": sqrt(x) < 0}),
        twin=says(x == 0, {"x is not negative": x >= 0, "its root is": sqrt(x) <= 0}),
        inhabited={x: 0},
        told=NOTHING,
    ),
    Empty(
        name="a gradient that is Lipschitz with a negative constant, and changes",
        claim=says(FALLS, {"grad is Lipschitz": lipschitz_gradient(grad, lipschitz),
                           "lipschitz is negative": lipschitz < 0, "v is not w": v != w}),
        twin=says(grad(v) == grad(w), {"grad is Lipschitz": lipschitz_gradient(grad, lipschitz),
                                       "lipschitz is not positive": lipschitz <= 0}),
        by=lambda: [instance(lipschitz_gradient(grad, lipschitz), v=v, w=w)],
        inhabited=LEVEL.at(zero, gradient=grad, point=w) | {lipschitz: 0, v: e1},
        shown=lambda: [for_each(lipschitz_gradient(LEVEL.gradient, 0), v, w)],
        told=NOTHING,
    ),
    Empty(
        name="premises inside the conclusion that exclude each other",
        claim=says(implies(x > 0, x < 0, x == 7)),
        twin=says(implies(x > 0, x < 1, x < 7)),
        told=INSIDE,
    ),
    Empty(
        name="a premise inside that Cauchy-Schwarz excludes",
        claim=says(implies(inner(u, v) > norm(u) * norm(v), u == zero)),
        twin=says(implies(inner(u, v) >= norm(u) * norm(v), inner(u, v) == norm(u) * norm(v))),
        by=lambda: [cauchy_schwarz(u, v)],
        told=INSIDE,
    ),
    Empty(
        name="a premise under a quantifier that excludes itself",
        claim=says(NEVER),
        twin=says(OFTEN),
        by=lambda: [for_each(NEVER, y), for_each(OFTEN, y)],
        told=INSIDE,
    ),
    Empty(
        name="what is compared with itself",
        claim=says(norm(u) <= norm(u)),
        twin=says(norm(u) >= -norm(u)),
        told="CLAIM compares a thing with itself",
    ),
]  # fmt: skip
