"""For all small eta downhill is better than one other unit vector u, but not than all at once."""

from functools import cache

from proofs.lemmas.inner_products import cauchy_schwarz
from proofs.lemmas.small_steps import never_for_all_small
from proofs.losses.saddles import SLOPING_SADDLE
from proofs.prelude import *

L, delta = function("L", V >> R), function("delta", R >> R)
theta, grad, u = vector("theta grad u")
eta = real("eta")

SMOOTH = differentiable(L, at=theta, gradient=grad, modulus=delta)
downhill, gap = -grad / norm(grad), norm(grad) + inner(u, grad)
share = gap / 3
BETTER = for_all_small(lambda eta: L(theta + eta * downhill) < L(theta + eta * u))
OTHER = [SMOOTH, grad != zero, norm(u) == 1, u != downhill]


@cache
def gap_is_positive() -> Theorem:
    """|grad| + u.grad > 0, because u.grad = -|grad| only for u = -grad/|grad|."""
    return entails(OTHER, gap > 0, by=[cauchy_schwarz(u, grad)])


@cache
def downhill_is_better() -> Theorem:
    """With epsilon = gap / 3 the linear model errs by at most epsilon eta after either step, so
    that eta0 = delta(epsilon) serves.
    """
    near = [*OTHER, eta > 0, eta < delta(share)]
    errors = [instance(SMOOTH, epsilon=share, s=eta * step) for step in (u, downhill)]
    better = L(theta + eta * downhill) < L(theta + eta * u)
    beaten = generalize(entails(near, better, by=[gap_is_positive(), *errors]), eta)
    positive = [gap_is_positive(), instance(SMOOTH, epsilon=share, s=zero)]
    return entails(OTHER, BETTER, by=[witnessed(BETTER, delta(share)), beaten, *positive])


def never_best_on_the_sloping_saddle() -> Theorem:
    """Not for all small eta is downhill best for y + x y at 0, where grad = e2.

    For 0 < eta < 1 the unit vector u = (2 t, t^2 - 1)/(1 + t^2), with t = eta/2, is better.
    """
    t = eta / 2
    rival = (2 * t / (1 + t**2)) * e1 - ((1 - t**2) / (1 + t**2)) * e2

    def best(eta: Term) -> Term:
        lowest = SLOPING_SADDLE(zero + eta * (-e2 / norm(e2)))
        return forall(V, lambda u: implies(
            norm(u) == 1, lowest <= SLOPING_SADDLE(zero + eta * u),
        ))  # fmt: skip

    unit = entails([], norm(rival) == 1)
    worse = SLOPING_SADDLE(zero + eta * (-e2 / norm(e2))) > SLOPING_SADDLE(zero + eta * rival)
    beaten = [unit, entails([eta > 0, eta < 1], worse), witnessed(negation(best(eta)), rival)]
    return never_for_all_small(for_all_small(best), eta, by=beaten)
