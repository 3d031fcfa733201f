"""a07. Near w0 the loss is its linear model, up to a remainder that is small against the step.

Claim     L(w0 + s) ~ L(w0) + g.s: for every epsilon > 0 there is d > 0 such that 0 < |s| < d
          implies
          |L(w0 + s) - L(w0) - g.s| <= epsilon |s|.
Article   A:17, 21: the first-order Taylor expansion of the loss at w0, written with an approximate
          equality.
Idea      "~" means that the remainder is o(|s|), and that *is* differentiability: a delta of its
          definition chooses such a d for each epsilon. Where the gradient is Lipschitz on the
          segment, the remainder is at most of second order (the descent lemma); for a polynomial it
          is computed, and balls bound it for seven losses on boxes.
Notation  delta(epsilon), the delta of differentiability at w0; c(i, j), the coefficient of x^i y^j
          in a polynomial of degree at most 6; (h, k), a step from the point (x, y) of the plane.
Verdict   HOLDS, in any inner-product space.
"""

from fractions import Fraction

from proofs.claims import Claim
from proofs.definitions import (
    differentiable,
    differentiable_on_segment,
    for_all_small,
    lipschitz_on_segment,
)
from proofs.balls.boxes import linearizes
from proofs.kernel import (
    N, R, V, e1, entails, function, generalize, identical, iff, instance, norm, real, vector,
    witnessed, zero,
)  # fmt: skip
from proofs.balls.arithmetic import exp, log_cosh, sigmoid, sin, softplus
from proofs.lemmas.descent_lemma import (
    descent_lemma_on_segment,
    smooth_on_segment,
    steady_on_segment,
)
from proofs.lemmas.landscapes import gaussian, logistic
from proofs.lemmas.linear_models import (
    differentiable_by_epsilon_and_delta, modulus_chooses_d, small_remainder, small_remainder_chosen,
    small_remainder_is_differentiability,
)  # fmt: skip
from proofs.lemmas.losses import quadratic_modulus, remainder
from proofs.lemmas.polynomials import gradient_at, polynomial_at, remainder_factors
from proofs.lemmas.smooth_losses import bowl, bowl_is_smooth
from strategies import lipschitz_losses, smooth_losses, starts

L, grad, c = function("L", V >> R), function("grad", V >> V), function("c", (N, N) >> R)
delta, modulus = function("delta", R >> R), function("modulus", (V, R) >> R)
w0, g, s = vector("w0 g s")
epsilon, lipschitz, x, y, h, k = real("epsilon lipschitz x y h k")

SMOOTH = differentiable(L, at=w0, gradient=g, modulus=delta)
SMALL_REMAINDER = small_remainder(L, at=w0, gradient=g)
CHOSEN_BY_DELTA = small_remainder_chosen(L, at=w0, gradient=g, choice=delta)

CLAIM = Claim(
    for_all=[L, w0, g, delta], given={"L is differentiable at w0": SMOOTH}, then=SMALL_REMAINDER
)
IT_IS_DIFFERENTIABILITY = Claim(
    for_all=[L, w0, g],
    then=iff(SMALL_REMAINDER, differentiable_by_epsilon_and_delta(L, at=w0, gradient=g)),
)
DELTA_CHOOSES_THE_D = Claim(for_all=[L, w0, g, delta], then=iff(SMOOTH, CHOSEN_BY_DELTA))
LIPSCHITZ_GRADIENT = Claim(
    for_all=[L, grad, modulus, w0, s, lipschitz],
    given={
        "L is differentiable on the segment": differentiable_on_segment(L, grad, modulus, w0, s),
        "the gradient is Lipschitz on the segment": lipschitz_on_segment(grad, lipschitz, w0, s),
        "lipschitz is not negative": lipschitz >= 0,
    },
    then=abs(remainder(L, w0, grad(w0), s)) <= lipschitz * norm(s) ** 2 / 2,
)

by_x, by_y = gradient_at(c, 6, x, y)
A, B, C = remainder_factors(c, 6, x, y, h, k)
after_step = polynomial_at(c, 6, x + h, y + k)
expansion = polynomial_at(c, 6, x, y) + h * by_x + k * by_y + h**2 * A + h * k * B + k**2 * C
POLYNOMIAL = Claim(for_all=[c, x, y, h, k], then=after_step == expansion)


def theorem_delta_chooses_the_d():
    """L is differentiable at w0 with delta exactly where delta(epsilon) is such a d for each
    epsilon > 0.
    """
    return DELTA_CHOOSES_THE_D.proved(by=[modulus_chooses_d(L, w0, g, delta)])


def theorem_first_order_expansion():
    """So d = delta(epsilon) serves."""
    goal = instance(SMALL_REMAINDER, epsilon).goal
    there = [modulus_chooses_d(L, w0, g, delta), instance(CHOSEN_BY_DELTA, epsilon)]
    serves = entails([SMOOTH], goal, by=[*there, witnessed(goal.args[1], delta(epsilon))])
    return CLAIM.proved(by=[generalize(serves, epsilon)])


def theorem_it_is_differentiability():
    """Conversely, with "there is d" for its delta the definition of differentiability asks for the
    same d.
    """
    return IT_IS_DIFFERENTIABILITY.proved(by=[small_remainder_is_differentiability(L, w0, g)])


def theorem_lipschitz_gradient():
    """The descent lemma, by the mean value theorem on the segment."""
    return LIPSCHITZ_GRADIENT.proved(
        by=[descent_lemma_on_segment(L, grad, modulus, w0, s, lipschitz)]
    )


def identity_remainder_of_a_polynomial():
    """Up to degree 6 the linear model misses h^2 A + h k B + k^2 C: each term has two factors from
    the step.
    """
    return identical(after_step, expansion)


def theorem_remainder_of_a_polynomial():
    """For all 28 coefficients, at every point and for every step."""
    return generalize(identity_remainder_of_a_polynomial(), *POLYNOMIAL.for_all)


BOWL, BOWL_GRADIENT, BOWL_MODULUS = bowl(1)
EIGHTH = Fraction(1, 8)


def inhabited_by_a_bowl():
    """L(w) = |w|^2 / 2 at 0, where the gradient is 0."""
    smooth = instance(bowl_is_smooth(1)[0], zero)
    return CLAIM.inhabited_by(
        {L: BOWL, w0: zero, g: zero, delta: quadratic_modulus(1)}, by=[smooth]
    )


def inhabited_by_a_bowl_on_a_segment():
    """L(w) = |w|^2 / 2 from 0 to e1: its gradient w is Lipschitz with constant 1, and the bound is
    attained.
    """
    at = {L: BOWL, grad: BOWL_GRADIENT, modulus: BOWL_MODULUS, w0: zero, s: e1, lipschitz: 1}
    smooth = smooth_on_segment(BOWL, BOWL_GRADIENT, BOWL_MODULUS, zero, e1)
    steady = steady_on_segment(BOWL_GRADIENT, 1, zero, e1)
    return LIPSCHITZ_GRADIENT.inhabited_by(at, by=[*bowl_is_smooth(1), smooth, steady])


def enclosure_exponential():
    """e^x on [-1, 1]: the remainder is at most 11/4 s^2 / 2; for s = -1/16 at x = 1 it is over 21/8
    s^2 / 2.
    """
    return linearizes(
        exp, [(-1, 1)], Fraction(11, 4), exceeds=([1 - EIGHTH / 2], [1], Fraction(21, 8))
    )


def enclosure_sine():
    """sin x on [-4, 4]: at most 33/32 s^2 / 2; for s = 1/8 at x = 3/2 it is over 31/32 s^2 / 2."""
    there = [Fraction(3, 2) + EIGHTH], [Fraction(3, 2)]
    return linearizes(sin, [(-4, 4)], Fraction(33, 32), exceeds=(*there, Fraction(31, 32)))


def enclosure_log_cosh():
    """log cosh x on [-4, 4]: at most 33/32 s^2 / 2; for s = 1/8 at 0 it is over 31/32 s^2 / 2."""
    return linearizes(
        log_cosh, [(-4, 4)], Fraction(33, 32), exceeds=([EIGHTH], [0], Fraction(31, 32))
    )


def enclosure_softplus():
    """log(1 + e^x) on [-4, 4]: at most 9/32 s^2 / 2; for s = 1/8 at 0 it is over 7/32 s^2 / 2."""
    return linearizes(
        softplus, [(-4, 4)], Fraction(9, 32), exceeds=([EIGHTH], [0], Fraction(7, 32))
    )


def enclosure_logistic_function():
    """1 / (1 + e^(-x)) on [-4, 4]: at most 1/10 s^2 / 2; for s = -1/8 at x = 3/2 it is over 3/32
    s^2 / 2.
    """
    there = [Fraction(3, 2) - EIGHTH], [Fraction(3, 2)]
    return linearizes(sigmoid, [(-4, 4)], Fraction(1, 10), exceeds=(*there, Fraction(3, 32)))


def enclosure_logistic_loss():
    """A logistic loss on [-2, 2]^2: at most 15/8 |s|^2 / 2; for s = (1/8, 1/16) at 0 it is over 7/4
    |s|^2 / 2.
    """
    there = [EIGHTH, EIGHTH / 2], [0, 0]
    return linearizes(
        logistic, [(-2, 2), (-2, 2)], Fraction(15, 8), exceeds=(*there, Fraction(7, 4))
    )


def enclosure_gaussian():
    """exp(-|w|^2) on [-2, 2]^2: at most 33/16 |s|^2 / 2; for s = (1/8, 0) at 0 it is over 31/16
    |s|^2 / 2.
    """
    return linearizes(
        gaussian,
        [(-2, 2), (-2, 2)],
        Fraction(33, 16),
        exceeds=([EIGHTH, 0], [0, 0], Fraction(31, 16)),
    )


def search_small_remainder():
    """On random smooth losses, along a random s, |L(w0 + t s) - L(w0) - g.(t s)| <= 2^-40 t |s| for
    all small t.
    """
    return CLAIM.survives(
        starts(smooth_losses()),
        lambda start: start.gives(loss=L, point=w0, gradient=g, direction=s),
        granted=["L is differentiable at w0"],
        then=for_all_small(
            lambda t: abs(remainder(L, w0, g, t * s)) <= Fraction(1, 2**40) * t * norm(s)
        ),
    )


def search_lipschitz_gradient():
    """On random losses with a Lipschitz gradient, for a random step, the remainder is at most
    lipschitz |s|^2 / 2.
    """
    return LIPSCHITZ_GRADIENT.survives(
        starts(lipschitz_losses()),
        lambda start: start.gives(
            loss=L, gradient=grad, point=w0, direction=s, lipschitz=lipschitz
        ),
        granted=["L is differentiable on the segment", "the gradient is Lipschitz on the segment"],
    )
