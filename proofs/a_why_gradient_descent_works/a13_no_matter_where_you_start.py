"""a13. It works no matter where you start.

Claim     From every start w0 there is alpha0 > 0 such that L(w0 - alpha g) < L(w0) for every alpha
          in (0, alpha0).
Article   A:24: the proof is said to hold no matter where you start.
Idea      At a stationary point the step is zero, whatever alpha: L(w0 - alpha 0) = L(w0).
Notation  g = g(w0), the gradient at the start; delta(epsilon), the delta of differentiability at
          w0; x = e1.w, y = e2.w.
Verdict   FAILS at a maximum, a saddle and a minimum. Repair: the starts with g != 0 (a11), and no
          others; alpha0 depends on the start.
"""

from proofs.a_why_gradient_descent_works.a11_small_step_lowers_the_loss import (
    theorem_small_steps_lower_the_loss,
)
from proofs.lemmas.small_steps import arbitrarily_short, never_for_all_small
from proofs.losses.lines import LINE
from proofs.losses.parabolas import DOME, bowl
from proofs.losses.saddles import SADDLE
from proofs.prelude import *

L, delta = function("L", V >> R), function("delta", R >> R)
w0, g = vector("w0 g")
alpha = real("alpha")

CLAIM = Claim(
    for_all=[L, w0, g, delta],
    given={"L is differentiable at w0": differentiable(L, at=w0, gradient=g, modulus=delta)},
    then=for_all_small(lambda alpha: L(w0 - alpha * g) < L(w0)),
)
PARTS = {"loss": L, "point": w0, "gradient": g, "modulus": delta}
BOWL = bowl(2)


def no_step_lowers(at):
    """The conclusion is false at the values `at`, where g = 0 and w0 - alpha g = w0."""
    return never_for_all_small(CLAIM.conclusion(at), alpha)


def counterexample_stationary_point():
    """L(w) = |w|^2 at 0: the gradient there is 0, and no step moves."""
    at = BOWL.at(zero, **PARTS)
    return CLAIM.fails(at, by=[no_step_lowers(at)])


# -------- at a maximum
s = vector("s")


def for_every_step(holds):
    """holds(s) for every step s that moves."""
    return forall(V, lambda s: implies(s != zero, holds(s)))


AT_A_MAXIMUM = CLAIM.but(
    given={"w0 is a strict maximum": for_every_step(lambda s: L(w0 + s) < L(w0))}
)


def counterexample_at_a_maximum():
    """L(w) = -|w|^2 at 0: every step that moves would lower it, and this one does not move."""
    at = DOME.at(zero, **PARTS)
    falls = for_each(for_every_step(lambda s: DOME(s) < DOME(zero)), s)
    return AT_A_MAXIMUM.fails(at, by=[falls, no_step_lowers(at)])


# -------- at a saddle
AT_A_SADDLE = CLAIM.but(
    given={
        "short steps lower L": for_arbitrarily_short_steps(lambda s: L(w0 + s) < L(w0)),
        "short steps raise L": for_arbitrarily_short_steps(lambda s: L(w0 + s) > L(w0)),
    }
)


def counterexample_at_a_saddle():
    """L(w) = x^2 - y^2 at 0: r e1/2 raises it and r e2/2 lowers it, however small r."""
    at, r = SADDLE.at(zero, **PARTS), real("r")
    lowers = arbitrarily_short(lambda s: SADDLE(s) < SADDLE(zero), r, step=r / 2 * e2)
    raises = arbitrarily_short(lambda s: SADDLE(s) > SADDLE(zero), r, step=r / 2 * e1)
    return AT_A_SADDLE.fails(at, by=[lowers, raises, no_step_lowers(at)])


# -------- at a minimum
AT_A_MINIMUM = CLAIM.but(
    given={"w0 is a strict minimum": for_every_step(lambda s: L(w0 + s) > L(w0))}
)


def counterexample_at_a_minimum():
    """L(w) = |w|^2 at 0, where there is nothing to gain."""
    at = BOWL.at(zero, **PARTS)
    rises = for_each(for_every_step(lambda s: BOWL(s) > BOWL(zero)), s)
    return AT_A_MINIMUM.fails(at, by=[rises, no_step_lowers(at)])


# -------- from the starts where the gradient is not zero, and from no others
lowered_along = lambda y: for_all_small(lambda alpha: L(w0 - alpha * y) < L(w0))
REPAIR = CLAIM.but(then=iff(lowered_along(g), g != zero))


def inequality_a_zero_step_lowers_nothing():
    """If all small alpha lower L along g, then g != 0: they do not along 0."""
    same = replaced(lowered_along, g, zero)
    never = never_for_all_small(lowered_along(zero), alpha)
    return entails([lowered_along(g)], g != zero, by=[same, never])


def theorem_repair():
    """Where g != 0, small enough steps lower the loss, by a11; where g = 0 none does."""
    lowered = instance(theorem_small_steps_lower_the_loss(), L=L, w0=w0, g=g, delta=delta)
    return REPAIR.proved(by=[lowered, inequality_a_zero_step_lowers_nothing()])


def inhabited_repair():
    """L(w) = e1.w has the gradient e1 everywhere."""
    return REPAIR.inhabited_by(LINE.at(zero, **PARTS))
