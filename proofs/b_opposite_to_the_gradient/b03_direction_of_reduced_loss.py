"""b03. A direction of reduced loss is one along which every small enough step lowers the loss.

Claim     If u is a direction of reduced loss, then so is c u for every c > 0.
Article   B:09-10, 23: the parameters are changed so as to reduce the loss; the change is a
          direction of reduced loss.
Idea      eta (c u) = (eta c) u, so that eta0 / c serves for c u where eta0 serves for u: the name
          is one of directions. It is so because it speaks of all small eta. That a single eta
          lowers the loss says nothing about the others.
Notation  u is a direction of reduced loss for L at theta where there is eta0 > 0 such that L(theta
          + eta u) < L(theta) for every eta with 0 < eta < eta0; x = e1.theta.
Verdict   DEFINITION, in any inner-product space; eta0 depends on L, theta and u.
"""

from proofs.claims import Claim
from proofs.definitions import direction_of_reduced_loss, for_all_small
from proofs.kernel import (
    R, V, choose, e1, entails, fun, function, generalize, inner, instance, real, replaced, vector,
    witnessed, zero,
)  # fmt: skip
from proofs.lemmas.directions import reduces_below
from proofs.lemmas.small_steps import never_for_all_small

L = function("L", V >> R)
theta, u = vector("theta u")
c, eta, eta0 = real("c eta eta0")

REDUCES = direction_of_reduced_loss(L, theta, u)
CLAIM = Claim(
    for_all=[L, theta, u, c],
    given={"u is a direction of reduced loss": REDUCES, "c is positive": c > 0},
    then=direction_of_reduced_loss(L, theta, c * u),
    defines="a direction of reduced loss",
)
IT_IS_NOT_ZERO = Claim(
    for_all=[L, theta, u], given={"u is a direction of reduced loss": REDUCES}, then=u != zero
)
MISREADING_AT_ONE_ETA = Claim(
    for_all=[L, theta, u, eta],
    given={"eta is positive": eta > 0, "eta reduces the loss": L(theta + eta * u) < L(theta)},
    then=REDUCES,
)

# REDUCES says that there is eta0 > 0 with this.
BELOW_ETA0 = reduces_below(L, theta, u, eta0)


def there_is_eta0(use):
    """What follows from BELOW_ETA0 and eta0 > 0, for a symbol eta0, follows from REDUCES."""
    return choose(entails([REDUCES], REDUCES), use, eta0)


def theorem_scaling():
    """0 < eta < eta0 / c implies 0 < eta c < eta0."""
    near = [BELOW_ETA0, eta0 > 0, c > 0, eta > 0, eta < eta0 / c]
    falls = entails(near, L(theta + eta * (c * u)) < L(theta), by=[instance(BELOW_ETA0, eta * c)])
    by = [witnessed(CLAIM.then, eta0 / c), generalize(falls, eta)]
    return CLAIM.proved(by=[there_is_eta0(entails(near[:3], CLAIM.then, by))])


def theorem_it_is_not_zero():
    """Were u = 0, then eta = eta0 / 2 would give L(theta) < L(theta)."""
    still = replaced(lambda v: L(theta + eta0 / 2 * v) < L(theta), u, zero)
    moves = entails([BELOW_ETA0, eta0 > 0], u != zero, by=[instance(BELOW_ETA0, eta0 / 2), still])
    return IT_IS_NOT_ZERO.proved(by=[there_is_eta0(moves)])


LINE = fun(V, lambda theta: inner(e1, theta))
CUBIC = fun(V, lambda theta: inner(e1, theta) ** 2 - inner(e1, theta) ** 3)
ON_THE_LINE = {L: LINE, theta: zero, u: -e1}


def inequality_down_the_line():
    """-e1 is a direction of reduced loss for L = x at 0: eta0 = 1 serves."""
    reduced = direction_of_reduced_loss(LINE, zero, -e1)
    falls = generalize(entails([eta > 0, eta < 1], LINE(zero + eta * -e1) < LINE(zero)), eta)
    return entails([], reduced, by=[falls, witnessed(reduced, 1)])


def never_along_e1(loss):
    """e1 is no direction of reduced loss at 0, because it raises the loss for every eta in (0,
    1).
    """
    rises = entails([eta > 0, eta < 1], loss(zero + eta * e1) >= loss(zero))
    return never_for_all_small(
        for_all_small(lambda eta: loss(zero + eta * e1) < loss(zero)), rises, eta
    )


def inhabited_by_a_line():
    """L = x at 0, with u = -e1 and c = 2."""
    return CLAIM.inhabited_by({**ON_THE_LINE, c: 2}, by=[inequality_down_the_line()])


def inhabited_not_zero():
    """The same u."""
    return IT_IS_NOT_ZERO.inhabited_by(ON_THE_LINE, by=[inequality_down_the_line()])


def counterexample_turned_round():
    """L = x at 0, with u = -e1 and c = -1: -u = e1 raises the loss."""
    by = [inequality_down_the_line(), never_along_e1(LINE)]
    return CLAIM.fails_without("c is positive", at={**ON_THE_LINE, c: -1}, by=by)


def counterexample_one_eta():
    """L = x^2 - x^3 at 0, with u = e1: eta = 2 lowers it from 0 to -4, and every eta in (0, 1)
    raises it.
    """
    return MISREADING_AT_ONE_ETA.fails(
        {L: CUBIC, theta: zero, u: e1, eta: 2}, by=[never_along_e1(CUBIC)]
    )
