"""a13. It works no matter where you start.

Claim     From every start w0 there is alpha0 > 0 such that L(w0 - alpha g) < L(w0) for every alpha
          in (0, alpha0).
Article   A:24: the proof is said to hold no matter where you start.
Idea      At a stationary point the step is zero, whatever alpha: L(w0 - alpha 0) = L(w0).
Notation  g = g(w0), the gradient at the start; delta(epsilon), the delta of differentiability at
          w0.
Verdict   FAILS at a maximum, a saddle and a minimum. Repair: every start with g != 0 (a11); alpha0
          depends on it.
"""

from proofs.a_why_gradient_descent_works.a11_small_step_lowers_the_loss import (
    inhabited_by_a_linear_loss, theorem_small_steps_lower_the_loss,
)  # fmt: skip
from proofs.claims import Claim
from proofs.definitions import differentiable, for_all_small, for_arbitrarily_short_steps
from proofs.kernel import (
    R, V, e1, e2, entails, forall, fun, function, generalize, implies, inner, instance, real,
    vector, witnessed, zero,
)  # fmt: skip
from proofs.lemmas.inner_products import cauchy_schwarz, norm_scaling
from proofs.lemmas.losses import differentiable_by_remainder, quadratic_modulus
from proofs.lemmas.small_steps import never_for_all_small

L, delta = function("L", V >> R), function("delta", R >> R)
w0, g, s = vector("w0 g s")
alpha, r = real("alpha r")

CLAIM = Claim(
    for_all=[L, w0, g, delta],
    given={"L is differentiable at w0": differentiable(L, at=w0, gradient=g, modulus=delta)},
    then=for_all_small(lambda alpha: L(w0 - alpha * g) < L(w0)),
)
EVERY_STEP_LOWERS = forall(V, lambda s: implies(s != zero, L(w0 + s) < L(w0)))
EVERY_STEP_RAISES = forall(V, lambda s: implies(s != zero, L(w0 + s) > L(w0)))
SOME_LOWER = for_arbitrarily_short_steps(lambda s: L(w0 + s) < L(w0))
SOME_RAISE = for_arbitrarily_short_steps(lambda s: L(w0 + s) > L(w0))
AT_A_MAXIMUM = CLAIM.but(given={"w0 is a strict maximum": EVERY_STEP_LOWERS})
AT_A_SADDLE = CLAIM.but(
    given={"short steps lower L": SOME_LOWER, "short steps raise L": SOME_RAISE}
)
AT_A_MINIMUM = CLAIM.but(given={"w0 is a strict minimum": EVERY_STEP_RAISES})
REPAIR = CLAIM.but(given={"the gradient is not zero": g != zero})


def stays_put(claim, loss, by=()):
    """The claim fails for a loss with the gradient 0 at 0, where no step moves; `by` shows its
    other hypotheses.
    """
    at = {L: loss, w0: zero, g: zero, delta: quadratic_modulus(2)}
    smooth = differentiable_by_remainder(
        loss, zero, zero, 2, s, by=[cauchy_schwarz(e1, s), cauchy_schwarz(e2, s)]
    )
    stays = never_for_all_small(
        claim.conclusion(at), entails([], loss(-alpha * zero) >= loss(zero)), alpha
    )
    return claim.fails(at, by=[smooth, stays, *by])


BOWL, DOME = fun(V, lambda w: inner(w, w)), fun(V, lambda w: -inner(w, w))
SADDLE = fun(V, lambda w: inner(e1, w) ** 2 - inner(e2, w) ** 2)


def counterexample_maximum():
    """L(w) = -|w|^2 at 0: every step that moves would lower it, and this one does not move."""
    falls = generalize(entails([s != zero], DOME(s) < DOME(zero)), s)
    return stays_put(AT_A_MAXIMUM, DOME, by=[falls])


def however_short(statement, direction):
    """`statement` (for every r > 0 there is s ...), because s = r/2 along the unit vector
    `direction` serves for r.
    """
    for_this_r = instance(statement, r).goal
    step = witnessed(for_this_r.args[1], r / 2 * direction)
    return generalize(entails([], for_this_r, by=[step, norm_scaling(r / 2, direction)]), r)


def counterexample_saddle():
    """L(w) = (e1.w)^2 - (e2.w)^2 at 0: r e1/2 raises it and r e2/2 lowers it, however small r."""
    raised = for_arbitrarily_short_steps(lambda s: SADDLE(zero + s) > SADDLE(zero))
    lowered = for_arbitrarily_short_steps(lambda s: SADDLE(zero + s) < SADDLE(zero))
    return stays_put(
        AT_A_SADDLE, SADDLE, by=[however_short(raised, e1), however_short(lowered, e2)]
    )


def counterexample_minimum():
    """L(w) = |w|^2 at 0, where there is nothing to gain."""
    rises = generalize(entails([s != zero], BOWL(s) > BOWL(zero)), s)
    return stays_put(AT_A_MINIMUM, BOWL, by=[rises])


def counterexample_any_of_them():
    """Each of the three refutes the claim itself; here the minimum."""
    return stays_put(CLAIM, BOWL)


def theorem_every_start_with_a_gradient():
    """The repair is a11: where g != 0, small enough steps lower the loss."""
    return theorem_small_steps_lower_the_loss()


def inhabited_repair():
    """A linear loss, as in a11."""
    return inhabited_by_a_linear_loss()
