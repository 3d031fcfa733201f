"""b03. A direction of reduced loss is one along which every small enough step lowers the loss.

Claim     If u is a direction of reduced loss, then so is c u for every c > 0.
Article   B:09-10, 23: the parameters are changed so as to reduce the loss; the change is a
          direction of reduced loss.
Idea      eta (c u) = (eta c) u, so that eta0 / c serves for c u where eta0 serves for u: the name
          is one of directions. It is so because it speaks of all small eta. That a single eta
          lowers the loss says nothing about the others.
Notation  u is a direction of reduced loss for L at theta where there is eta0 > 0 such that
          L(theta + eta u) < L(theta) for every eta with 0 < eta < eta0; x = e1.theta.
Verdict   DEFINITION, in any inner-product space; eta0 depends on L, theta and u.
"""

from proofs.lemmas.directions import never_reduced, reduced_with_eta0, reduces_below
from proofs.losses.cubics import BENT_CUBIC
from proofs.losses.lines import LINE
from proofs.prelude import *

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

# REDUCES says that there is eta0 > 0 with this.
BELOW_ETA0 = reduces_below(L, theta, u, eta0)


def there_is_eta0(use):
    """What follows from BELOW_ETA0 and eta0 > 0, for a symbol eta0, follows from REDUCES."""
    return choose(entails([REDUCES], REDUCES), use, eta0)


def inequality_loss_falls_along_c_u():
    """0 < eta < eta0 / c implies 0 < eta c < eta0, so L(theta + eta (c u)) < L(theta)."""
    near = [eta0 > 0, c > 0, eta > 0, eta < eta0 / c]
    falls = L(theta + eta * (c * u)) < L(theta)
    return entails([BELOW_ETA0, *near], falls, by=[instance(BELOW_ETA0, eta * c)])


def theorem_scaling():
    """So eta0 / c serves for c u."""
    falls = generalize(inequality_loss_falls_along_c_u(), eta)
    serves = [witnessed(CLAIM.then, eta0 / c), falls]
    reduces = entails([BELOW_ETA0, eta0 > 0, c > 0], CLAIM.then, by=serves)
    return CLAIM.proved(by=[there_is_eta0(reduces)])


ON_THE_LINE = LINE.at(zero, loss=L, point=theta) | {u: -e1}


def inequality_down_the_line():
    """-e1 is a direction of reduced loss for L = x at 0: eta0 = 1 serves."""
    return reduced_with_eta0(LINE.value, zero, -e1, eta0=1)


def inhabited_by_a_line():
    """L = x at 0, with u = -e1 and c = 2."""
    return CLAIM.inhabited_by(ON_THE_LINE | {c: 2}, by=[inequality_down_the_line()])


def counterexample_turned_round():
    """L = x at 0, with u = -e1 and c = -1: no eta along -u = e1 lowers the loss."""
    by = [inequality_down_the_line(), never_reduced(LINE.value, zero, e1)]
    return CLAIM.fails(ON_THE_LINE | {c: -1}, by, without="c is positive")


# -------- there is no direction in u = 0
IT_IS_NOT_ZERO = Claim(
    for_all=[L, theta, u], given={"u is a direction of reduced loss": REDUCES}, then=u != zero
)


def theorem_it_is_not_zero():
    """Were u = 0, then eta = eta0 / 2 would give L(theta) < L(theta)."""
    still = replaced(lambda v: L(theta + eta0 / 2 * v) < L(theta), u, zero)
    moves = entails([BELOW_ETA0, eta0 > 0], u != zero, by=[instance(BELOW_ETA0, eta0 / 2), still])
    return IT_IS_NOT_ZERO.proved(by=[there_is_eta0(moves)])


def inhabited_it_is_not_zero():
    """L = x at 0, with u = -e1."""
    return IT_IS_NOT_ZERO.inhabited_by(ON_THE_LINE, by=[inequality_down_the_line()])


# -------- one eta in place of all small ones
MISREADING_AT_ONE_ETA = Claim(
    for_all=[L, theta, u, eta],
    given={"eta is positive": eta > 0, "eta reduces the loss": L(theta + eta * u) < L(theta)},
    then=REDUCES,
)


def counterexample_misreading_at_one_eta():
    """L = x^2 - x^3 at 0, with u = e1: eta = 2 lowers it from 0 to -4; no eta < 1 lowers it."""
    at = BENT_CUBIC.at(zero, loss=L, point=theta) | {u: e1, eta: 2}
    return MISREADING_AT_ONE_ETA.fails(at, by=[never_reduced(BENT_CUBIC.value, zero, e1)])
