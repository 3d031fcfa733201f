"""a14. One learning rate takes a small step downhill from every start.

Claim     There is one alpha > 0 such that L(w - alpha grad(w)) < L(w) from every start w with
          grad(w) != 0.
Article   A:24: from any start, subtracting *the* learning rate times the gradient is a small step
          downhill.
Idea      Far enough out, where the curvature has no bound, any alpha is too large.
Notation  x = e1.w, the coordinate of w along a unit vector.
Verdict   FAILS for x^4. Repair: a gradient that is Lipschitz everywhere, if only from one side;
          then each alpha in (0, 2 / lipschitz) serves. That every step is small, too, is not a
          matter of alpha alone: on |w|^2 / 2 none bounds their length. Six losses have an explicit
          bound for all starts of a box, by ball arithmetic, where twice as much is too much.
"""

from proofs.a_why_gradient_descent_works.a12_how_small_alpha_must_be import theorem_bound_is_sharp
from proofs.balls.boxes import descends
from proofs.lemmas.descent_lemma import upper_descent_lemma
from proofs.losses.cubics import QUARTIC, STEEPENING_CUBIC
from proofs.losses.landscapes import beale, himmelblau, log_sum_exp, logistic, network, rosenbrock
from proofs.losses.parabolas import bowl
from proofs.prelude import *
from strategies import lipschitz_losses, one_sided_losses, starts

L, grad, modulus = function("L", V >> R), function("grad", V >> V), function("delta", (V, R) >> R)
w, (alpha, lipschitz, bound) = vector("w"), real("alpha lipschitz bound")
PARTS = {"loss": L, "gradient": grad, "modulus": modulus}

CLAIM = Claim(
    for_all=[L, grad, modulus],
    given={"L is differentiable": differentiable_everywhere(L, grad, modulus)},
    then=exists(R, lambda alpha: (alpha > 0) & serves_every_start(L, grad, alpha)),
)


def counterexample_quartic():
    """From x = 1 + 1/alpha the step leads to (1 - 4 alpha x^2) x, which is -x or beyond."""
    at = QUARTIC.at(**PARTS)
    fails = negation(serves_every_start(at[L], at[grad], alpha))
    never = entails([alpha > 0], fails, by=[witnessed(fails, (1 + 1 / alpha) * e1)])
    return CLAIM.fails(at, by=[generalize(never, alpha)])


# -------- a gradient that is Lipschitz, from one side
REPAIR = CLAIM.but(
    for_all=[L, grad, modulus, lipschitz, alpha],
    given={
        "lipschitz is positive": lipschitz > 0,
        "the gradient is one-sided Lipschitz": one_sided_lipschitz(grad, lipschitz),
        "alpha is small": (alpha > 0) & (alpha < 2 / lipschitz),
    },
    then=serves_every_start(L, grad, alpha),
)


def theorem_repair():
    """The descent lemma: L falls by at least alpha (1 - lipschitz alpha / 2) |grad(w)|^2."""
    lemma = upper_descent_lemma(L, grad, modulus, w, -alpha * grad(w), lipschitz)
    return REPAIR.proved(by=[for_each(REPAIR.then, w, given=REPAIR.hypotheses, by=[lemma])])


def inhabited_repair():
    """|w|^2 / 2 with lipschitz = 1 and alpha = 1."""
    return REPAIR.inhabited_by(bowl(1).at(**PARTS, lipschitz=lipschitz) | {alpha: 1})


def search_one_rate_for_several_starts():
    """On random losses with a Lipschitz gradient every alpha up to nearly 2 / lipschitz serves."""
    return REPAIR.survives(
        starts(lipschitz_losses()),
        lambda start: start.gives(loss=L, gradient=grad, point=w, lipschitz=lipschitz),
        granted=["L is differentiable", "the gradient is one-sided Lipschitz"],
        then=instance(REPAIR.then, w).goal,
        over=lambda start: (alpha, start.below(2 / start.loss.lipschitz)),
    )


def search_one_sided_losses():
    """On random losses, half of them less a fourth power, an alpha up to nearly 2 / lipschitz."""
    drawn = {"loss": L, "gradient": grad, "point": w, "one_sided": lipschitz}
    return REPAIR.survives(
        starts(one_sided_losses()),
        lambda start: start.gives(**drawn) | {alpha: start.below(2 / start.loss.one_sided)},
        granted=["L is differentiable", "the gradient is one-sided Lipschitz"],
        then=instance(REPAIR.then, w).goal,
    )


# -------- is such a constant necessary?
EVERY_ALPHA_SERVES = for_all_positive(lambda alpha: serves_every_start(L, grad, alpha))
A_CONSTANT_IS_NECESSARY = CLAIM.but(
    given={"every alpha serves every start": EVERY_ALPHA_SERVES},
    then=exists(R, lambda lipschitz: one_sided_lipschitz(grad, lipschitz)),
)


def inequality_cubic_falls():
    """-x^3 - x falls as x grows, and every step makes x grow, by alpha (3 x^2 + 1)."""
    served = serves_every_start(STEEPENING_CUBIC.value, STEEPENING_CUBIC.gradient, alpha)
    return for_each(served, w, given=[alpha > 0])


def counterexample_a_constant_is_necessary():
    """-x^3 - x: every alpha serves, yet from -|lipschitz| - 1 to 0 the slope grows too much."""
    at = STEEPENING_CUBIC.at(**PARTS)
    steady = one_sided_lipschitz(at[grad], lipschitz)
    far = instance(steady, v=-(abs(lipschitz) + 1) * e1, w=zero)
    never = generalize(entails([], ~steady, by=[far]), lipschitz)
    every_alpha = generalize(inequality_cubic_falls(), alpha)
    return A_CONSTANT_IS_NECESSARY.fails(at, by=[every_alpha, never])


# -------- a quadratic loss for every alpha
BOWL = bowl(2 / alpha)
A_QUADRATIC_FOR_EVERY_ALPHA = Claim(
    for_all=[alpha, w],
    given={"alpha is positive": alpha > 0, "w is not the minimizer": w != zero},
    then=differentiable_everywhere(BOWL.value, BOWL.gradient, BOWL.modulus)
    & (BOWL.gradient(w) != zero)
    & (BOWL(w - alpha * BOWL.gradient(w)) >= BOWL(w)),
)


def theorem_a_quadratic_for_every_alpha():
    """|w|^2 / alpha, with lipschitz = 2 / alpha: a12's bound is sharp, and the step leads to -w."""
    sharp = instance(theorem_bound_is_sharp(), w0=w, lipschitz=2 / alpha, alpha=alpha)
    return A_QUADRATIC_FOR_EVERY_ALPHA.proved(by=[sharp])


def inhabited_a_quadratic_for_every_alpha():
    """alpha = 1, w = e1."""
    return A_QUADRATIC_FOR_EVERY_ALPHA.inhabited_by({alpha: 1, w: e1})


# -------- a small step: how long it is, one alpha does not bound
within = lambda gradient, alpha, bound: forall(V, lambda w: norm(alpha * gradient(w)) <= bound)
ONE_ALPHA_BOUNDS_THE_STEP = CLAIM.but(
    then=exists(R, lambda alpha, bound: (alpha > 0) & within(grad, alpha, bound))
)


def counterexample_one_alpha_bounds_the_step():
    """|w|^2 / 2: from (|bound| + 1) / alpha e1 the step has the length |bound| + 1."""
    at = bowl(1).at(**PARTS)
    longer = negation(within(at[grad], alpha, bound))
    far = witnessed(longer, (abs(bound) + 1) / alpha * e1)
    never = generalize(entails([alpha > 0], longer, by=[far]), alpha, bound)
    return ONE_ALPHA_BOUNDS_THE_STEP.fails(at, by=[never])


# -------- boxes of starts: each alpha up to a bound serves them all, and not twice as much
HALF = Fraction(1, 2)


def enclosure_rosenbrock():
    """(1 - x)^2 + 100 (y - x^2)^2 on [1/2, 3/2]^2: up to 1/1024; from (3/2, 3/2) not 1/830."""
    sides, start = [(HALF, 3 * HALF), (HALF, 3 * HALF)], (3 * HALF, 3 * HALF)
    return descends(rosenbrock, sides, Fraction(1, 1024), rises=(start, Fraction(1, 830)))


def enclosure_himmelblau():
    """(x^2 + y - 11)^2 + (x + y^2 - 7)^2 on [-1, 1]^2: up to 1/20; from (1, 1) not 1/16."""
    return descends(himmelblau, [(-1, 1)] * 2, Fraction(1, 20), rises=((1, 1), Fraction(1, 16)))


def enclosure_beale():
    """Beale's function on [5/2, 7/2] x [0, 1]: up to 1/80; from (7/2, 1) not 1/64."""
    sides, start = [(5 * HALF, 7 * HALF), (0, 1)], (7 * HALF, 1)
    return descends(beale, sides, Fraction(1, 80), rises=(start, Fraction(1, 64)))


def enclosure_log_sum_exp():
    """log(e^x + e^(y - x) + e^(-y)) on [-1/2, 1/2]^2: up to 1; from (-1/4, 1/2) not 2."""
    sides, start = [(-HALF, HALF), (-HALF, HALF)], (-HALF / 2, HALF)
    return descends(log_sum_exp, sides, Fraction(1), rises=(start, Fraction(2)))


def enclosure_logistic():
    """A logistic loss on [0, 1/2] x [-1/2, 0]: up to 3/4; from (0, -1/2) not 3/2."""
    sides, start = [(0, HALF), (-HALF, 0)], (0, -HALF)
    return descends(logistic, sides, Fraction(3, 4), rises=(start, Fraction(3, 2)))


def enclosure_network():
    """A network on [1/2, 9/16]^2 x [15/16, 1]^2: up to 1/5; from (1/2, 1/2, 1, 1) not 2/5."""
    low, high, start = (HALF, Fraction(9, 16)), (Fraction(15, 16), 1), (HALF, HALF, 1, 1)
    return descends(network, [low, low, high, high], Fraction(1, 5), rises=(start, Fraction(2, 5)))
