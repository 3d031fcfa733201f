"""a12. A learning rate below 2 / lipschitz is small enough.

Claim     For 0 < alpha < 2 / lipschitz:
          L(w0 - alpha g) <= L(w0) - alpha (1 - lipschitz alpha / 2) |g|^2 < L(w0).
Article   A:09, 23: alpha is small; nothing says how small.
Idea      By the descent lemma the linear model, which falls by alpha |g|^2, errs by at most
          lipschitz |alpha g|^2 / 2.
Notation  g = grad(w0); lipschitz bounds how fast the gradient changes from w0 to w0 - alpha g.
Verdict   HOLDS_IF the gradient is Lipschitz on the way, g != 0 and alpha < 2 / lipschitz. The bound
          is sharp, and so is the decrease, which is largest for alpha = 1 / lipschitz. Of the
          constant just one side is used. Bounded families have an explicit bound.
"""

from proofs.background.a12_bounded_families import (
    at_most, falls_by_taylor, polynomial_falls, positive_by_sizes, positive_on_cubics,
    positive_on_the_double_well, quadratic_falls, second_order_is_less,
)  # fmt: skip
from proofs.background.a12_turning_quartic import turning_quartic_is_steady_near_zero
from proofs.lemmas.descent_lemma import (
    descent_lemma_on_segment, everywhere_to_segment, upper_descent_lemma,
)  # fmt: skip
from proofs.losses.cubics import FALLING_QUARTIC, TURNING_QUARTIC
from proofs.losses.parabolas import bowl
from proofs.prelude import *
from strategies import lipschitz_losses, one_sided_losses, starts

L, grad, modulus = function("L", V >> R), function("grad", V >> V), function("delta", (V, R) >> R)
(v, w, w0), (lipschitz, alpha) = vector("v w w0"), real("lipschitz alpha")
step = -alpha * grad(w0)
WAY = (L, grad, modulus, w0, step, lipschitz)
PARTS = {"loss": L, "gradient": grad, "modulus": modulus, "point": w0}
BELOW = "alpha is below 2 / lipschitz"

CLAIM = Claim(
    for_all=[L, grad, modulus, w0, lipschitz, alpha],
    given={
        "L is differentiable on the way": differentiable_on_segment(L, grad, modulus, w0, step),
        "lipschitz is positive": lipschitz > 0,
        "the gradient is Lipschitz on the way": lipschitz_from_start(grad, lipschitz, w0, step),
        "the gradient is not zero": grad(w0) != zero,
        "alpha is positive": alpha > 0,
        BELOW: alpha < 2 / lipschitz,
    },
    unsaid=["the gradient is Lipschitz on the way", "the gradient is not zero", BELOW],
    then=(L(w0 + step) <= L(w0) - alpha * (1 - lipschitz * alpha / 2) * norm(grad(w0)) ** 2)
    & (L(w0 + step) < L(w0)),
)


def theorem_loss_falls():
    """The error takes back only the part lipschitz alpha / 2 < 1 of what the linear model gives."""
    return CLAIM.proved(by=[descent_lemma_on_segment(*WAY)])


def inhabited_by_a_bowl():
    """L(w) = |w|^2 / 2 from e1 with alpha = 1, which leads to the minimizer."""
    at = bowl(1).at(e1, **PARTS, lipschitz=lipschitz) | {alpha: 1}
    return CLAIM.inhabited_by(at, by=[substitute(everywhere_to_segment(*WAY), at)])


def counterexample_zero_gradient():
    """At the minimizer of |w|^2 / 2 the step is zero."""
    at = bowl(1).at(zero, **PARTS, lipschitz=lipschitz) | {alpha: 1}
    there = substitute(everywhere_to_segment(*WAY), at)
    return CLAIM.fails(at, by=[there], without="the gradient is not zero")


def counterexample_alpha_too_large():
    """On |w|^2 / 2, alpha = 2 leads from e1 to -e1, where the loss is the same."""
    at = bowl(1).at(e1, **PARTS, lipschitz=lipschitz) | {alpha: 2}
    there = substitute(everywhere_to_segment(*WAY), at)
    return CLAIM.fails(at, by=[there], without=BELOW)


def counterexample_growing_curvature():
    """On 2 x^4 - x, alpha = 1 leads from x = 0 to x = 1, and the loss rises from 0 to 1."""
    at = TURNING_QUARTIC.at(zero, **PARTS) | {lipschitz: 1, alpha: 1}
    there = substitute(everywhere_to_segment(*WAY), at)
    return CLAIM.fails(at, by=[there], without="the gradient is Lipschitz on the way")


def search_lipschitz_losses():
    """On random losses with a Lipschitz gradient an alpha up to nearly 2 / lipschitz does it."""
    drawn = {"loss": L, "gradient": grad, "point": w0, "lipschitz": lipschitz}
    below = lambda start: start.gives(**drawn) | {alpha: start.below(2 / start.loss.lipschitz)}
    way = ["L is differentiable on the way", "the gradient is Lipschitz on the way"]
    return CLAIM.survives(starts(lipschitz_losses()), below, granted=way)


# -------- a gradient that is Lipschitz near the start, instead of all the way
CURVATURE_AT_THE_START = CLAIM.but(
    without="the gradient is Lipschitz on the way",
    given={"the gradient is Lipschitz near w0": lipschitz_near(grad, lipschitz, w0)},
)


def counterexample_curvature_at_the_start():
    """2 x^4 - x again: flat at the start, and 8 x^3 is 1-Lipschitz for |x| < 1/5."""
    at = TURNING_QUARTIC.at(zero, **PARTS) | {lipschitz: 1, alpha: 1}
    there = substitute(everywhere_to_segment(*WAY), at)
    return CURVATURE_AT_THE_START.fails(at, by=[there, turning_quartic_is_steady_near_zero()])


# -------- a gradient whose growth is bounded from one side only
EVERYWHERE = {
    "L is differentiable": differentiable_everywhere(L, grad, modulus),
    "the gradient is one-sided Lipschitz": one_sided_lipschitz(grad, lipschitz),
}
ONE_SIDED = CLAIM.but(without="L is differentiable on the way", given=EVERYWHERE).but(
    without="the gradient is Lipschitz on the way"
)


def theorem_one_sided():
    """The upper side of the descent lemma asks no more of the gradient."""
    return ONE_SIDED.proved(by=[upper_descent_lemma(*WAY)])


def inequality_falling_quartic_is_one_sided():
    """-4 (x^3 - y^3) (x - y) <= 0 <= lipschitz |v - w|^2, for x = e1.v and y = e1.w."""
    steady = one_sided_lipschitz(FALLING_QUARTIC.gradient, lipschitz)
    square = square_nonnegative(v - w)
    return for_each(steady, v, w, given=[lipschitz > 0], by=[square])


def inhabited_one_sided():
    """-x^4 from e1, with lipschitz = 1 and alpha = 1."""
    at = FALLING_QUARTIC.at(e1, **PARTS) | {lipschitz: 1, alpha: 1}
    one_sided = substitute(inequality_falling_quartic_is_one_sided(), {lipschitz: 1})
    return ONE_SIDED.inhabited_by(at, by=[one_sided])


def counterexample_bounded_from_neither_side():
    """On 2 x^4 - x again, alpha = 1 leads from x = 0 to x = 1."""
    at = TURNING_QUARTIC.at(zero, **PARTS) | {lipschitz: 1, alpha: 1}
    return ONE_SIDED.fails(at, without="the gradient is one-sided Lipschitz")


def search_one_sided_losses():
    """On random losses, half of them less a fourth power, an alpha up to nearly 2 / lipschitz."""
    drawn = {"loss": L, "gradient": grad, "point": w0, "one_sided": lipschitz}
    below = lambda start: start.gives(**drawn) | {alpha: start.below(2 / start.loss.one_sided)}
    return ONE_SIDED.survives(starts(one_sided_losses()), below, granted=EVERYWHERE)


def inequality_falling_quartic_is_not_lipschitz():
    """Between (|lipschitz| + 1) e1 and 0 its gradient changes by 4 (|lipschitz| + 1)^3."""
    steady = lipschitz_gradient(FALLING_QUARTIC.gradient, lipschitz)
    far = instance(steady, v=(abs(lipschitz) + 1) * e1, w=zero)
    return generalize(entails([], ~steady, by=[far]), lipschitz)


# -------- alpha = 2 / lipschitz and more
BOWL = bowl(lipschitz)
w1 = w0 - alpha * BOWL.gradient(w0)
BOUND_IS_SHARP = Claim(
    for_all=[w0, lipschitz, alpha],
    given={
        "lipschitz is positive": lipschitz > 0,
        "w0 is not the minimizer": w0 != zero,
        "alpha is not small": alpha >= 2 / lipschitz,
    },
    then=differentiable_everywhere(BOWL.value, BOWL.gradient, BOWL.modulus)
    & lipschitz_gradient(BOWL.gradient, lipschitz)
    & (BOWL(w1) >= BOWL(w0))
    & iff(BOWL(w1) == BOWL(w0), alpha == 2 / lipschitz),
)


def theorem_bound_is_sharp():
    """On lipschitz |w|^2 / 2 the step leads to (1 - alpha lipschitz) w0, which is -w0 or beyond."""
    return BOUND_IS_SHARP.proved(by=[BOWL.smooth(), BOWL.steady()])


def inhabited_bound_is_sharp():
    """w0 = e1, lipschitz = 1, alpha = 2."""
    return BOUND_IS_SHARP.inhabited_by({w0: e1, lipschitz: 1, alpha: 2})


# -------- the decrease that is promised
promised = lambda alpha: alpha * (1 - lipschitz * alpha / 2)
DECREASE_IS_EXACT = Claim(
    for_all=[w0, lipschitz, alpha],
    then=BOWL(w1) == BOWL(w0) - promised(alpha) * norm(BOWL.gradient(w0)) ** 2,
)


def theorem_decrease_is_exact():
    """The curvature of lipschitz |w|^2 / 2 is lipschitz everywhere, whatever alpha is."""
    return DECREASE_IS_EXACT.proved()


BEST_RATE = Claim(
    for_all=[lipschitz, alpha],
    given={"lipschitz is positive": lipschitz > 0},
    then=(promised(alpha) <= promised(1 / lipschitz))
    & iff(promised(alpha) == promised(1 / lipschitz), alpha == 1 / lipschitz),
)


def theorem_best_rate():
    """2 lipschitz alpha (1 - lipschitz alpha / 2) = 1 - (1 - lipschitz alpha)^2."""
    return BEST_RATE.proved()


def inhabited_best_rate():
    """lipschitz = 1, alpha = 1."""
    return BEST_RATE.inhabited_by({lipschitz: 1, alpha: 1})


def counterexample_negative_constant():
    """lipschitz = -1: at alpha = 0 the bound is 0, and at 1 / lipschitz = -1 it is only -1/2."""
    return BEST_RATE.fails({lipschitz: -1, alpha: 0}, without="lipschitz is positive")


# -------- bounded families, stated together, since Taylor's formula proves each of them
# (a polynomial is given by its coefficients of 1, x, x^2, ...)
a, b, c, d, p, q, x, y = real("a b c d p q x y")
quartic, bounds = [0, d, c, b, a], at_most(1, a, b, c, d, x)
cubic, within = [0, c, b, a], at_most(1, a, b, c, x)
CUBICS = polynomial_falls(cubic, within, alpha <= Fraction(2, 5))
QUARTICS = polynomial_falls(quartic, bounds, alpha <= Fraction(1, 15))
well = [1, 0, -2, 0, 1]
DOUBLE_WELL = polynomial_falls(well, at_most(2, x), alpha < Fraction(1, 6))
QUADRATICS_IN_THE_PLANE = quadratic_falls(a, b, c, p, q, at_most(1, a, b, c), alpha < 1)


def theorem_cubics():
    """f changes by -alpha g^2 (1 - alpha (3 a x + b) + alpha^2 g a) < 0, where g = f'(x)."""
    return CUBICS.proved(hints=[falls_by_taylor(cubic, positive_on_cubics(a, b, c, within))])


def theorem_quartics():
    """The terms of Taylor's formula are at most 10, 10, 5, 1; 10/15 + 50/15^2 + 100/15^3 < 1."""
    positive = positive_by_sizes(quartic, bounds, Fraction(1, 15), 10, 10, 5, 1)
    return QUARTICS.proved(by=[falls_by_taylor(quartic, positive)])


def theorem_double_well():
    """(x^2 - 1)^2 falls for alpha < 1/6, from each x in [-2, 2] with x^3 != x."""
    return DOUBLE_WELL.proved(hints=[falls_by_taylor(well, positive_on_the_double_well())])


def theorem_quadratics_in_the_plane():
    """f changes by -alpha |g|^2 + alpha^2 g.Hg / 2 < 0, since g.Hg <= 2 |g|^2."""
    slopes = a * x + b * y + p, b * x + c * y + q
    return QUADRATICS_IN_THE_PLANE.proved(by=[second_order_is_less(a, b, c, *slopes)])


def counterexample_double_well_with_a_larger_alpha():
    """alpha = 1/6 leads from 2 to -2, where the loss is the same."""
    return DOUBLE_WELL.fails({x: 2, alpha: Fraction(1, 6)}, without="alpha is small")


def inhabited_cubics():
    """f(x) = x at 0."""
    return CUBICS.inhabited_by({a: 0, b: 0, c: 1, x: 0, alpha: Fraction(2, 5)})


def inhabited_quartics():
    """f(x) = x at 0."""
    return QUARTICS.inhabited_by({a: 0, b: 0, c: 0, d: 1, x: 0, alpha: Fraction(1, 15)})


def inhabited_double_well():
    """x = 2, alpha = 1/8."""
    return DOUBLE_WELL.inhabited_by({x: 2, alpha: Fraction(1, 8)})


def inhabited_quadratics_in_the_plane():
    """f(x, y) = x at the origin."""
    at = {a: 0, b: 0, c: 0, p: 1, q: 0, x: 0, y: 0, alpha: Fraction(1, 2)}
    return QUADRATICS_IN_THE_PLANE.inhabited_by(at)
