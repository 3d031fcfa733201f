"""a07. Near w0 the loss is its linear model, up to a remainder that is small against the step.

Claim     L(w0 + s) ~ L(w0) + g.s: for every epsilon > 0 there is d > 0 such that 0 < |s| < d
          implies |L(w0 + s) - L(w0) - g.s| <= epsilon |s|.
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

from proofs.background.a07_polynomials import partial_derivatives, remainder_factors
from proofs.balls.arithmetic import exp, log_cosh, sigmoid, sin, softplus
from proofs.balls.boxes import linearizes
from proofs.lemmas.descent_lemma import descent_lemma_on_segment, everywhere_to_segment
from proofs.lemmas.differentiability import model_error
from proofs.lemmas.linear_models import (
    differentiable_by_epsilon_and_delta, error_is_small, modulus_chooses_d, small_remainder,
    small_remainder_chosen, small_remainder_is_differentiability, some_d,
)  # fmt: skip
from proofs.lemmas.polynomials import polynomial_at
from proofs.losses.landscapes import gaussian, logistic
from proofs.losses.parabolas import bowl
from proofs.prelude import *
from strategies import lipschitz_losses, smooth_losses, starts

L, delta = function("L", V >> R), function("delta", R >> R)
(w0, g, s), epsilon = vector("w0 g s"), real("epsilon")

SMOOTH = differentiable(L, at=w0, gradient=g, modulus=delta)
SMALL_REMAINDER = small_remainder(L, at=w0, gradient=g)
CHOSEN_BY_DELTA = small_remainder_chosen(L, at=w0, gradient=g, choice=delta)
CLAIM = Claim(
    for_all=[L, w0, g, delta], given={"L is differentiable at w0": SMOOTH}, then=SMALL_REMAINDER
)


def theorem_first_order_expansion():
    """d = delta(epsilon) serves, by the definition of differentiability."""
    chosen = [modulus_chooses_d(L, w0, g, delta), instance(CHOSEN_BY_DELTA, epsilon)]
    serves = witnessed(some_d(error_is_small, L, w0, g, epsilon), delta(epsilon))
    there = for_each(SMALL_REMAINDER, epsilon, given=[SMOOTH], by=[*chosen, serves])
    return CLAIM.proved(by=[there])


def inhabited_by_a_bowl():
    """L(w) = |w|^2 / 2 at 0, where the gradient is 0."""
    return CLAIM.inhabited_by(bowl(1).at(zero, loss=L, point=w0, gradient=g, modulus=delta))


def search_small_remainder():
    """On random smooth losses, for a random s, the remainder for t s is tiny for all small t."""
    tiny = lambda t: abs(model_error(L, w0, g, t * s)) <= Fraction(1, 2**40) * t * norm(s)
    return CLAIM.survives(
        starts(smooth_losses()),
        lambda start: start.gives(loss=L, point=w0, gradient=g, direction=s),
        granted=["L is differentiable at w0"],
        then=for_all_small(tiny),
    )


# -------- the delta of the definition chooses the d
DELTA_CHOOSES_THE_D = Claim(for_all=[L, w0, g, delta], then=iff(SMOOTH, CHOSEN_BY_DELTA))


def theorem_delta_chooses_the_d():
    """L is differentiable with delta just where d = delta(epsilon) serves for each epsilon > 0."""
    return DELTA_CHOOSES_THE_D.proved(by=[modulus_chooses_d(L, w0, g, delta)])


# -------- conversely
IT_IS_DIFFERENTIABILITY = Claim(
    for_all=[L, w0, g],
    then=iff(SMALL_REMAINDER, differentiable_by_epsilon_and_delta(L, at=w0, gradient=g)),
)


def theorem_it_is_differentiability():
    """With "there is d" for its delta, the definition of differentiability asks for the same d."""
    return IT_IS_DIFFERENTIABILITY.proved(by=[small_remainder_is_differentiability(L, w0, g)])


# -------- a gradient that is Lipschitz on the segment
grad, modulus = function("grad", V >> V), function("delta", (V, R) >> R)
lipschitz = real("lipschitz")
SEGMENT = (L, grad, modulus, w0, s, lipschitz)
PARTS = {"loss": L, "gradient": grad, "point": w0, "lipschitz": lipschitz}
LIPSCHITZ_GRADIENT = Claim(
    for_all=SEGMENT,
    given={
        "L is differentiable on the segment": differentiable_on_segment(L, grad, modulus, w0, s),
        "the gradient is Lipschitz on the segment": lipschitz_from_start(grad, lipschitz, w0, s),
        "lipschitz is not negative": lipschitz >= 0,
    },
    then=abs(model_error(L, w0, grad(w0), s)) <= lipschitz * norm(s) ** 2 / 2,
)


def theorem_lipschitz_gradient():
    """The descent lemma, by the mean value theorem on the segment."""
    return LIPSCHITZ_GRADIENT.proved(by=[descent_lemma_on_segment(*SEGMENT)])


def inhabited_lipschitz_gradient():
    """L(w) = |w|^2 / 2 from 0 to e1, with lipschitz = 1; there the bound is attained."""
    at = bowl(1).at(zero, **PARTS, modulus=modulus) | {s: e1}
    return LIPSCHITZ_GRADIENT.inhabited_by(at, by=[substitute(everywhere_to_segment(*SEGMENT), at)])


def search_lipschitz_gradient():
    """On random losses, for a random step, the remainder is at most lipschitz |s|^2 / 2."""
    return LIPSCHITZ_GRADIENT.survives(
        starts(lipschitz_losses()),
        lambda start: start.gives(**PARTS, direction=s),
        granted=["L is differentiable on the segment", "the gradient is Lipschitz on the segment"],
    )


# -------- a polynomial in the plane, up to degree 6
c, (x, y, h, k) = function("c", (N, N) >> R), real("x y h k")
(by_x, by_y), (A, B, C) = partial_derivatives(c, 6, x, y), remainder_factors(c, 6, x, y, h, k)
after_step = polynomial_at(c, 6, x + h, y + k)
expansion = polynomial_at(c, 6, x, y) + h * by_x + k * by_y + h**2 * A + h * k * B + k**2 * C
POLYNOMIAL = Claim(for_all=[c, x, y, h, k], then=after_step == expansion)


def theorem_polynomial():
    """The linear model misses h^2 A + h k B + k^2 C: each term has two factors from the step."""
    return generalize(identical(after_step, expansion), c, x, y, h, k)


# -------- losses on boxes: at most c |s|^2 / 2 is missed, and for some step of the box hardly less
EIGHTH, INTERVAL, SQUARE = Fraction(1, 8), [(-4, 4)], [(-2, 2), (-2, 2)]


def enclosure_exponential():
    """e^x on [-1, 1]: c = 11/4; not 21/8, for s = -1/16 at x = 1."""
    more = ([1 - EIGHTH / 2], [1], Fraction(21, 8))
    return linearizes(exp, [(-1, 1)], Fraction(11, 4), exceeds=more)


def enclosure_sine():
    """sin x on [-4, 4]: c = 33/32; not 31/32, for s = 1/8 at x = 3/2."""
    more = ([Fraction(3, 2) + EIGHTH], [Fraction(3, 2)], Fraction(31, 32))
    return linearizes(sin, INTERVAL, Fraction(33, 32), exceeds=more)


def enclosure_log_cosh():
    """log cosh x on [-4, 4]: c = 33/32; not 31/32, for s = 1/8 at 0."""
    more = ([EIGHTH], [0], Fraction(31, 32))
    return linearizes(log_cosh, INTERVAL, Fraction(33, 32), exceeds=more)


def enclosure_softplus():
    """log(1 + e^x) on [-4, 4]: c = 9/32; not 7/32, for s = 1/8 at 0."""
    more = ([EIGHTH], [0], Fraction(7, 32))
    return linearizes(softplus, INTERVAL, Fraction(9, 32), exceeds=more)


def enclosure_logistic_function():
    """1 / (1 + e^(-x)) on [-4, 4]: c = 1/10; not 3/32, for s = -1/8 at x = 3/2."""
    more = ([Fraction(3, 2) - EIGHTH], [Fraction(3, 2)], Fraction(3, 32))
    return linearizes(sigmoid, INTERVAL, Fraction(1, 10), exceeds=more)


def enclosure_logistic_loss():
    """A logistic loss on [-2, 2]^2: c = 15/8; not 7/4, for s = (1/8, 1/16) at 0."""
    more = ([EIGHTH, EIGHTH / 2], [0, 0], Fraction(7, 4))
    return linearizes(logistic, SQUARE, Fraction(15, 8), exceeds=more)


def enclosure_gaussian():
    """exp(-|w|^2) on [-2, 2]^2: c = 33/16; not 31/16, for s = (1/8, 0) at 0."""
    more = ([EIGHTH, 0], [0, 0], Fraction(31, 16))
    return linearizes(gaussian, SQUARE, Fraction(33, 16), exceeds=more)
