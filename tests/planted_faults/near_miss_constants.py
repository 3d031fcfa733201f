"""Constants that are nearly right."""

from fractions import Fraction

from proofs.claims import Claim
from proofs.definitions import convex
from proofs.kernel import Term, e1, inner, instance, norm, real, sqrt, square_nonnegative, zero
from proofs.lemmas.cocoercivity import cocoercivity
from proofs.lemmas.inner_products import cauchy_schwarz, norm_scaling
from proofs.losses.parabolas import bowl
from tests.planted_faults.fault import (
    PARTS, SMOOTH, STEP, Fault, L, alpha, error, grad, lipschitz, model, s, says, square,
    step_falls, u, v, w,
)  # fmt: skip

x = real("x")
BOWL = bowl(1)
SHORT_STEP = -1 / lipschitz * grad(w)
CONVEX = {**SMOOTH, "L is convex": convex(L)}
lengths = norm(u) * norm(v)


def falls_below(bound: Fraction | int) -> Claim:
    """A step lowers the loss, for alpha < bound / lipschitz."""
    start = {"grad(w) is not zero": grad(w) != zero, "alpha is positive": alpha > 0}
    given = {**SMOOTH, **start, "alpha is small": lipschitz * alpha < bound}
    return says(L(w + STEP) < L(w), given)


def steeper(c: Term) -> Claim:
    """The gradients of a convex loss differ by less than its linear model misses."""
    gap = L(v) - L(w) - inner(grad(w), v - w)
    return says(gap >= c * square(grad(v) - grad(w)), CONVEX)


FAULTS = [
    Fault(
        name="descent lemma with lipschitz / 4",
        claim=says(abs(error(s)) <= lipschitz * square(s) / 4, SMOOTH),
        twin=says(abs(error(s)) <= lipschitz * square(s) / 2, SMOOTH),
        by=model(s),
        at=BOWL.at(zero, **PARTS) | {s: e1},
    ),
    Fault(
        name="alpha < 2.01 / lipschitz",
        claim=falls_below(Fraction(201, 100)),
        twin=falls_below(2),
        by=step_falls,
        at=BOWL.at(e1, **PARTS) | {alpha: 2},
        inhabited=BOWL.at(e1, **PARTS) | {alpha: 1},
    ),
    Fault(
        name="alpha = 1 / lipschitz lowers the loss by 0.51 |grad|^2 / lipschitz",
        claim=says(
            L(w + SHORT_STEP) <= L(w) - Fraction(51, 100) / lipschitz * square(grad(w)), SMOOTH
        ),
        twin=says(L(w + SHORT_STEP) <= L(w) - 1 / (2 * lipschitz) * square(grad(w)), SMOOTH),
        by=lambda: [*model(SHORT_STEP)(), norm_scaling(-1 / lipschitz, grad(w))],
        at=BOWL.at(e1, **PARTS),
    ),
    Fault(
        name="co-coercivity with 1 / lipschitz",
        claim=steeper(1 / lipschitz),
        twin=steeper(1 / (2 * lipschitz)),
        by=lambda: [instance(cocoercivity(), v=v, w=w)],
        at=BOWL.at(zero, **PARTS) | {v: e1},
        shown=lambda: [BOWL.convex()],
    ),
    Fault(
        name="Cauchy-Schwarz with 0.99",
        claim=says(inner(u, v) <= Fraction(99, 100) * lengths),
        twin=says(inner(u, v) <= lengths),
        by=lambda: [cauchy_schwarz(u, v)],
        at={u: e1, v: e1},
    ),
    Fault(
        name="u.v <= 0.49 (|u|^2 + |v|^2)",
        claim=says(inner(u, v) <= Fraction(49, 100) * (square(u) + square(v))),
        twin=says(inner(u, v) <= (square(u) + square(v)) / 2),
        by=lambda: [square_nonnegative(u - v)],
        at={u: e1, v: e1},
    ),
    Fault(
        name="2 sqrt(x) <= x + 0.99",
        claim=says(2 * sqrt(x) <= x + Fraction(99, 100), {"x is not negative": x >= 0}),
        twin=says(2 * sqrt(x) <= x + 1, {"x is not negative": x >= 0}),
        at={x: 1},
    ),
    Fault(
        name="|u + v|^2 <= 1.9 (|u|^2 + |v|^2)",
        claim=says(square(u + v) <= Fraction(19, 10) * (square(u) + square(v))),
        twin=says(square(u + v) <= 2 * (square(u) + square(v))),
        by=lambda: [square_nonnegative(u - v)],
        at={u: e1, v: e1},
    ),
]
