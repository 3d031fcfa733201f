"""For all small eta downhill is better than another unit vector, and than all those at once that
stay away from it, but not than all others at once.
"""

from functools import cache

from proofs.background.b20_downhill.chord import lengths_and_product
from proofs.lemmas.inner_products import cauchy_schwarz
from proofs.lemmas.small_steps import never_for_all_small
from proofs.losses.saddles import SLOPING_SADDLE
from proofs.prelude import *

L, delta = function("L", V >> R), function("delta", R >> R)
theta, grad, u, g = vector("theta grad u g")
eta, omega = real("eta omega")

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


def better_than_all_away(
    loss: Term, start: Term, gradient: Term, distance: Term | int, rate: Term
) -> Term:
    """After a step of the length `rate`, downhill is better than every unit vector at least
    `distance` away from it.
    """
    against = -gradient / norm(gradient)
    return forall(V, lambda u: implies(
        norm(u) == 1, norm(u - against) >= distance,
        loss(start + rate * against) < loss(start + rate * u),
    ))  # fmt: skip


@cache
def downhill_is_better_than_all_away() -> Theorem:
    """The gap is |grad| |u - downhill|^2 / 2, so that eta0 = delta(|grad| omega^2 / 6) serves."""
    part = norm(grad) * omega**2 / 6
    all_small = for_all_small(lambda eta: better_than_all_away(L, theta, grad, omega, eta))
    given, away = [SMOOTH, grad != zero, omega > 0], [norm(u) == 1, norm(u - downhill) >= omega]
    lengths = substitute(lengths_and_product(), {g: grad})
    wide = entails([*given, *away], gap >= 3 * part, by=[lengths])
    errors = [instance(SMOOTH, epsilon=part, s=eta * step) for step in (downhill, u)]
    near = [*given, eta > 0, eta < delta(part)]
    better = L(theta + eta * downhill) < L(theta + eta * u)
    one = entails([*near, *away], better, by=[wide, lengths, *errors])
    beaten = for_each(better_than_all_away(L, theta, grad, omega, eta), u, given=near, by=[one])
    positive = [instance(SMOOTH, epsilon=part, s=zero), entails(given, part > 0)]
    serves = [witnessed(all_small, delta(part)), generalize(beaten, eta), *positive]
    return entails(given, all_small, by=serves)


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
