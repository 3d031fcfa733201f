"""a05. The loss is higher after every small enough step.

Claim     There is r > 0 such that L(w0 + s) > L(w0) for every step s with 0 < |s| < r.
Article   A:16, 19: to be proved for every infinitesimally small s, where w1 = w0 + s; then for
          s = -alpha g alone.
Idea      Where g != 0, a short step along g raises the loss and a short step against g lowers it,
          so that neither inequality holds for every short step. At a strict minimum the one that is
          written does hold.
Notation  g = g(w0); s = w1 - w0, the step; delta(epsilon), the delta of differentiability at w0;
          r, a bound on |s|.
Verdict   FAILS, and so does the inequality turned round, which is the one that the argument goes on
          to show. Repair: the goal as A:19 puts it, for s = -alpha g with g != 0 and alpha small;
          this is a11.
"""

from proofs.lemmas.slopes import reduced_where_negative
from proofs.lemmas.small_steps import arbitrarily_short
from proofs.losses.lines import LINE
from proofs.prelude import *

L, delta = function("L", V >> R), function("delta", R >> R)
w0, g = vector("w0 g")
r = real("r")

SMOOTH = differentiable(L, at=w0, gradient=g, modulus=delta)
CLAIM = Claim(
    for_all=[L, w0, g, delta],
    given={"L is differentiable at w0": SMOOTH},
    then=for_every_short_step(lambda s: L(w0 + s) > L(w0)),
)
ON_A_LINE = LINE.at(zero, loss=L, point=w0, gradient=g, modulus=delta)


def counterexample_a_step_that_lowers():
    """L(w) = e1.w at 0: the step s = -(r/2) e1 lowers the loss, however small r."""
    lowers = arbitrarily_short(lambda s: LINE(s) <= LINE(zero), r, step=-r / 2 * e1)
    return CLAIM.fails(ON_A_LINE, by=[lowers])


# -------- the inequality turned round
TURNED_ROUND = CLAIM.but(then=for_every_short_step(lambda s: L(w0 + s) < L(w0)))


def counterexample_turned_round():
    """L(w) = e1.w at 0: the step s = (r/2) e1 raises the loss, however small r."""
    raises = arbitrarily_short(lambda s: LINE(s) >= LINE(zero), r, step=r / 2 * e1)
    return TURNED_ROUND.fails(ON_A_LINE, by=[raises])


# -------- at a strict minimum
square_rises = lambda s: norm(zero + s) ** 2 > norm(zero) ** 2
AT_A_STRICT_MINIMUM = Claim(for_all=[], then=for_every_short_step(square_rises))


def theorem_at_a_strict_minimum():
    """L(w) = |w|^2 at 0: every step but s = 0 raises it, so r = 1 serves."""
    s = vector("s")
    every_step = generalize(entails([norm(s) > 0, norm(s) < 1], square_rises(s)), s)
    return AT_A_STRICT_MINIMUM.proved(by=[witnessed(AT_A_STRICT_MINIMUM.then, 1), every_step])


# -------- small steps against the gradient
REPAIR = CLAIM.but(
    given={"the gradient is not zero": g != zero},
    then=for_all_small(lambda alpha: L(w0 - alpha * g) < L(w0)),
)


def theorem_repair():
    """Along -g the slope is (-g).g < 0, and small steps along a falling slope lower the loss."""
    falls = reduced_where_negative(L, at=w0, gradient=g, modulus=delta, direction=-g)
    return REPAIR.proved(by=[falls])


def inhabited_repair():
    """L(w) = e1.w at 0, where the gradient is e1."""
    return REPAIR.inhabited_by(ON_A_LINE)


# -------- some short steps raise the loss
SOME_RAISE = REPAIR.but(then=for_arbitrarily_short_steps(lambda s: L(w0 + s) > L(w0)))
c = minimum(r, delta(norm(g) / 2)) / (2 * norm(g))


def short_step_along_the_gradient(step, holds):
    """{differentiable, g != 0} |- for every r > 0 the `step`, c g or -c g, is shorter, and holds.

    Its length c |g| is half of the smaller of r and delta(|g|/2), and below delta(|g|/2) the linear
    model errs by at most |g| |step| / 2.
    """
    half = instance(SMOOTH, epsilon=norm(g) / 2, s=step)
    return arbitrarily_short(holds, r, step, by=[half], given=REPAIR.hypotheses)


def theorem_some_raise():
    """Where g != 0, the step c g raises the loss, and is as short as we like."""
    raises = short_step_along_the_gradient(c * g, lambda s: L(w0 + s) > L(w0))
    return SOME_RAISE.proved(by=[raises])


# -------- some short steps lower the loss
SOME_LOWER = REPAIR.but(then=for_arbitrarily_short_steps(lambda s: L(w0 + s) < L(w0)))


def theorem_some_lower():
    """Where g != 0, the step -c g lowers the loss, and is as short as we like."""
    lowers = short_step_along_the_gradient(-c * g, lambda s: L(w0 + s) < L(w0))
    return SOME_LOWER.proved(by=[lowers])
