"""d06. On x^2 - y^2 gradient descent reaches a saddle from y = 0 alone.

Question  A:24-25: from any start, enough repetitions reach the minimum. From which starts do they
          end at a saddle?
Claim     W converges to the saddle under its start if and only if y = 0 at the start.
Idea      A step multiplies x by 1 - 2 alpha, and y by 1 + 2 alpha.
Notation  x = u.w and y = v.w for orthonormal u and v; the saddle under the start is W(0) - x u - y
          v, for what is across u and v does not move; power(n, q) = q^n.
Verdict   HOLDS_IF alpha < 1. From every other start the loss falls below every bound. That no run
          ends at a saddle unless it starts there is false.
"""

from proofs.background.d06_saddle import (
    components, falls_for_ever, leaves, reaches_the_foot, stays_off_the_foot,
)  # fmt: skip
from proofs.lemmas.descents import stays_away
from proofs.lemmas.powers import first_power, next_power, powers_are_large, there_are_powers
from proofs.losses.saddles import saddle
from proofs.prelude import *

W, power = function("W", N >> V), function("power", (N, R) >> R)
(u, v), (alpha, x), n = vector("u v"), real("alpha x"), natural("n")
LOSS, POWERS, BELOW = saddle(u, v), {"power(n, x) is x^n": is_power(power)}, "alpha is below 1"
x0, y0 = inner(u, W(0)), inner(v, W(0))
UNDER_THE_START = W(0) - x0 * u - y0 * v

CLAIM = Claim(
    for_all=[u, v, alpha, W],
    given={
        "u and v are orthonormal": orthonormal(u, v),
        "alpha is positive": alpha > 0,
        BELOW: alpha < 1,
        "the update rule": gradient_descent(W, LOSS.gradient, alpha),
    },
    unsaid=[BELOW],
    then=iff(converges(W, UNDER_THE_START), y0 == 0) & (LOSS.gradient(UNDER_THE_START) == zero),
)


def ratios(ratio):
    """The points ratio^k e1."""
    return fun(N, lambda k: power(k, ratio) * e1)


HALF, QUARTER, GROWTH = Fraction(1, 2), Fraction(1, 4), Fraction(3, 2)
HALVES = {u: e1, v: e2, alpha: QUARTER, W: ratios(HALF)}


def moves(ratio, alpha):
    """They are a run with this alpha, as ratio = 1 - 2 alpha."""
    steps = gradient_descent(ratios(ratio), saddle(e1, e2).gradient, alpha)
    return for_each(steps, n, given=[is_power(power)], by=next_power(ratio, n)[1:])


def theorem_from_the_axis():
    """From y = 0 the distance is |1 - 2 alpha|^n |x|, and else at least (1 + 2 alpha)^n |y|."""
    return CLAIM.proved(by=[reaches_the_foot(), stays_off_the_foot()])


def inhabited_by_halves():
    """From e1 with alpha = 1/4: the points 2^-k e1."""
    known = [moves(HALF, QUARTER)]
    return there_are_powers(CLAIM.inhabited_by(HALVES, known, given=[is_power(power)]))


def counterexample_turning_round():
    """alpha = 1 leads from e1 to -e1 and back."""
    given, run = [is_power(power)], ratios(-1)
    large = instance(substitute(powers_are_large(), {x: -1}), n)
    far = entails(given, norm(run(n) - zero) >= 1, by=[large])
    known, at = [moves(-1, 1), stays_away(run, zero, 1, far)], {u: e1, v: e2, alpha: 1, W: run}
    return there_are_powers(CLAIM.fails(at, known, given=given, without=BELOW))


# -------- where the run is after n steps, with any alpha
WHERE = CLAIM.but(
    for_all=[*CLAIM.for_all, power, n],
    without=BELOW,
    given=POWERS,
    then=W(n)
    == UNDER_THE_START + power(n, 1 - 2 * alpha) * x0 * u + power(n, 1 + 2 * alpha) * y0 * v,
)


def theorem_where():
    """By induction: u.(W(n + 1)) = (1 - 2 alpha) u.W(n), and v.W(n + 1) = (1 + 2 alpha) v.W(n)."""
    return WHERE.proved(by=[components()])


def inhabited_where():
    """The points 2^-k e1 again."""
    at = HALVES | {n: 0}
    return there_are_powers(WHERE.inhabited_by(at, [moves(HALF, QUARTER)], given=[is_power(power)]))


# -------- from every other start
LEAVES = CLAIM.but(given={"y is not 0": y0 != 0}, then=leaves(W, LOSS.value))


def theorem_leaves():
    """L(W(n)) <= x^2 - (1 + 2 alpha)^(2n) y^2."""
    return LEAVES.proved(by=[falls_for_ever()])


def inhabited_leaves():
    """From e2 with alpha = 1/4: the points (3/2)^k e2."""
    run = fun(N, lambda k: power(k, GROWTH) * e2)
    steps = gradient_descent(run, saddle(e1, e2).gradient, QUARTER)
    known = [for_each(steps, n, given=[is_power(power)], by=next_power(GROWTH, n)[1:])]
    known += [first_power(GROWTH)]
    at = {u: e1, v: e2, alpha: QUARTER, W: run}
    return there_are_powers(LEAVES.inhabited_by(at, known, given=[is_power(power)]))


# -------- "gradient descent never ends at a saddle": unless it starts there
MISREADING_NEVER_AT_A_SADDLE = CLAIM.but(
    given={"the start is no saddle": W(0) != UNDER_THE_START},
    then=negation(converges(W, UNDER_THE_START)),
)


def counterexample_misreading_never_at_a_saddle():
    """The points 2^-k e1."""
    known = [moves(HALF, QUARTER), first_power(HALF), substitute(reaches_the_foot(), HALVES)]
    return there_are_powers(
        MISREADING_NEVER_AT_A_SADDLE.fails(HALVES, known, given=[is_power(power)])
    )
