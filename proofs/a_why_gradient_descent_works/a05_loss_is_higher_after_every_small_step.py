"""a05. The loss is higher after every small enough step.

Claim     There is r > 0 such that L(w0 + s) > L(w0) for every step s with 0 < |s| < r.
Article   A:16, 19: to be proved for every infinitesimally small s, where w1 = w0 + s; then for s =
          -alpha g alone.
Idea      Where g != 0, a short step along g raises the loss and a short step against g lowers it,
          so that neither inequality holds for every short step. At a strict minimum the one that is
          written does hold.
Notation  g = g(w0); s = w1 - w0, the step; delta(epsilon), the delta of differentiability at w0; r,
          a bound on |s|.
Verdict   FAILS, and so does the inequality turned round, which is the one that the argument goes on
          to show. Repair: the goal as A:19 puts it, for s = -alpha g with g != 0 and alpha small;
          this is a11.
"""

from proofs.a_why_gradient_descent_works.a11_small_step_lowers_the_loss import (
    LINEAR, inhabited_by_a_linear_loss, theorem_small_steps_lower_the_loss,
)  # fmt: skip
from proofs.claims import Claim
from proofs.definitions import (
    differentiable,
    for_all_small,
    for_arbitrarily_short_steps,
    for_every_short_step,
)
from proofs.kernel import (
    R, V, e1, entails, fun, function, generalize, instance, minimum, negation, norm, real, vector,
    witnessed, zero,
)  # fmt: skip
from proofs.lemmas.inner_products import norm_scaling
from proofs.lemmas.losses import differentiable_by_remainder, quadratic_modulus

L, delta = function("L", V >> R), function("delta", R >> R)
w0, g, s = vector("w0 g s")
r = real("r")
SQUARE = fun(V, lambda w: norm(w) ** 2)

SMOOTH = differentiable(L, at=w0, gradient=g, modulus=delta)
CLAIM = Claim(
    for_all=[L, w0, g, delta],
    given={"L is differentiable at w0": SMOOTH},
    then=for_every_short_step(lambda s: L(w0 + s) > L(w0)),
)
TURNED_ROUND = CLAIM.but(then=for_every_short_step(lambda s: L(w0 + s) < L(w0)))
AT_A_STRICT_MINIMUM = Claim(
    for_all=[], then=for_every_short_step(lambda s: SQUARE(zero + s) > SQUARE(zero))
)
REPAIR = CLAIM.but(
    given={"the gradient is not zero": g != zero},
    then=for_all_small(lambda alpha: L(w0 - alpha * g) < L(w0)),
)
SOME_RAISE = REPAIR.but(then=for_arbitrarily_short_steps(lambda s: L(w0 + s) > L(w0)))
SOME_LOWER = REPAIR.but(then=for_arbitrarily_short_steps(lambda s: L(w0 + s) < L(w0)))

GIVEN = REPAIR.hypotheses
c = minimum(r, delta(norm(g) / 2)) / (2 * norm(g))


def inequality_step_is_short():
    """c = min(r, delta(|g|/2)) / (2 |g|) is positive, and c |g| is below r and below
    delta(|g|/2).
    """
    short = (c > 0) & (c * norm(g) < r) & (c * norm(g) < delta(norm(g) / 2))
    return entails([*GIVEN, r > 0], short, by=[instance(SMOOTH, norm(g) / 2, zero)])


def changed_by(step, change):
    """For `step` = c g or -c g: 0 < |step| < r, and the `change` of L, where the model errs by at
    most |g.step| / 2.
    """
    by = [inequality_step_is_short(), norm_scaling(c, g), instance(SMOOTH, norm(g) / 2, step)]
    return entails([*GIVEN, r > 0], (norm(step) > 0) & (norm(step) < r) & change, by)


def by_the_step(statement, step, serves, given=()):
    """`statement` (for every r > 0 there is s ...), because `step` serves for r."""
    for_this_r = instance(statement, r).goal
    return generalize(
        entails(given, for_this_r, by=[witnessed(for_this_r.args[1], step), serves]), r
    )


def theorem_some_short_steps_raise_the_loss():
    """Where g != 0, L(w0 + c g) > L(w0), and c g is as short as we like."""
    raises = changed_by(c * g, L(w0 + c * g) > L(w0))
    return SOME_RAISE.proved(by=[by_the_step(SOME_RAISE.then, c * g, raises, GIVEN)])


def theorem_some_short_steps_lower_the_loss():
    """Where g != 0, L(w0 - c g) < L(w0), and -c g is as short as we like."""
    lowers = changed_by(-c * g, L(w0 - c * g) < L(w0))
    return SOME_LOWER.proved(by=[by_the_step(SOME_LOWER.then, -c * g, lowers, GIVEN)])


def refuted_on_a_line(claim, step):
    """The claim fails for L(w) = e1.w at 0: for every r > 0 the `step` has 0 < |step| < r and
    contradicts it.
    """
    at = {L: LINEAR, w0: zero, g: e1, delta: quadratic_modulus(1)}
    smooth = differentiable_by_remainder(LINEAR, zero, e1, 1, s)
    contrary = by_the_step(negation(claim.conclusion(at)), step, norm_scaling(r / 2, e1))
    return claim.fails(at, by=[smooth, contrary])


def counterexample_a_step_that_lowers():
    """L(w) = e1.w at 0: the step s = -(r/2) e1 lowers the loss, however small r."""
    return refuted_on_a_line(CLAIM, -r / 2 * e1)


def counterexample_a_step_that_raises():
    """L(w) = e1.w at 0: the step s = (r/2) e1 raises it."""
    return refuted_on_a_line(TURNED_ROUND, r / 2 * e1)


def theorem_strict_minimum():
    """L(w) = |w|^2 at 0: every step but s = 0 raises it."""
    every_step = generalize(entails([norm(s) > 0, norm(s) < 1], SQUARE(zero + s) > SQUARE(zero)), s)
    return AT_A_STRICT_MINIMUM.proved(by=[witnessed(AT_A_STRICT_MINIMUM.then, 1), every_step])


def theorem_small_steps_against_the_gradient():
    """The repair is a11: where g != 0, small enough steps against the gradient lower the loss."""
    return theorem_small_steps_lower_the_loss()


def inhabited_repair():
    """A linear loss, as in a11."""
    return inhabited_by_a_linear_loss()
