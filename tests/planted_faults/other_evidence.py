"""What is proved is another claim: of another point, another loss, another step."""

from proofs.claims import Claim
from proofs.definitions import convex, differentiable
from proofs.kernel import R, Term, V, e1, function, inner, instance, norm, zero
from proofs.lemmas.cocoercivity import cocoercivity
from proofs.lemmas.convexity import first_order_convexity
from proofs.lemmas.inner_products import cauchy_schwarz
from proofs.losses.lines import LINE
from proofs.losses.parabolas import SQUARE, bowl
from tests.planted_faults.fault import (
    AT_W, PARTS, SMOOTH, Fault, L, delta, error, g, grad, lipschitz, model, s, says, square, u, v,
    w,
)  # fmt: skip

K = function("K", V >> R)
BOWL = bowl(1)
CONVEX = {
    "L is differentiable at w": differentiable(L, at=w, gradient=g, modulus=delta),
    "L is convex": convex(L),
}
HALF = lipschitz * square(s) / 2


def bounded(miss: Term, bound: Term = HALF) -> Claim:
    """What a linear model misses is at most the bound."""
    return says(abs(miss) <= bound, SMOOTH)


def steeper(gap: Term) -> Claim:
    """The gap is at least what co-coercivity says."""
    bound = square(grad(v) - grad(w)) / (2 * lipschitz)
    return says(gap >= bound, {**SMOOTH, "L is convex": convex(L)})


FAULTS = [
    Fault(
        name="Cauchy-Schwarz of another pair",
        claim=says(inner(u, w) <= norm(u) * norm(v)),
        twin=says(inner(u, v) <= norm(u) * norm(v)),
        by=lambda: [cauchy_schwarz(u, v)],
        at={u: e1, w: e1, v: zero},
    ),
    Fault(
        name="the descent lemma along another step",
        claim=bounded(error(s), lipschitz * square(u) / 2),
        twin=bounded(error(s)),
        by=model(s),
        at=BOWL.at(zero, **PARTS) | {s: e1, u: zero},
    ),
    Fault(
        name="the descent lemma with the gradient at another point",
        claim=bounded(L(w + s) - L(w) - inner(grad(v), s)),
        twin=bounded(error(s)),
        by=model(s),
        at=BOWL.at(zero, **PARTS) | {s: e1, v: -e1},
    ),
    Fault(
        name="the descent lemma of another loss",
        claim=bounded(K(w + s) - K(w) - inner(grad(w), s)),
        twin=bounded(error(s)),
        by=model(s),
        at=BOWL.at(zero, **PARTS) | {s: e1, K: LINE.value},
    ),
    Fault(
        name="the descent lemma along the step back",
        claim=bounded(L(w - s) - L(w) - inner(grad(w), s)),
        twin=bounded(error(s)),
        by=model(s),
        at=BOWL.at(e1, **PARTS) | {s: e1},
    ),
    Fault(
        name="convexity of another loss",
        claim=says(K(v) >= K(w) + inner(g, v - w), CONVEX),
        twin=says(L(v) >= L(w) + inner(g, v - w), CONVEX),
        by=lambda: [first_order_convexity(L, w, g, delta, v)],
        at=SQUARE.at(zero, **AT_W) | {v: -e1, K: LINE.value},
        shown=lambda: [SQUARE.convex()],
    ),
    Fault(
        name="co-coercivity with the gradient at the other point",
        claim=steeper(L(v) - L(w) - inner(grad(v), v - w)),
        twin=steeper(L(v) - L(w) - inner(grad(w), v - w)),
        by=lambda: [instance(cocoercivity(), v=v, w=w)],
        at=BOWL.at(zero, **PARTS) | {v: e1},
        shown=lambda: [BOWL.convex()],
    ),
]
