"""a12. A learning rate below 2 / lipschitz is small enough.

Claim     For 0 < alpha < 2 / lipschitz: L(w0 - alpha g) <= L(w0) - alpha (1 - lipschitz alpha / 2)
          |g|^2 < L(w0).
Article   A:09, 23: alpha is small; nothing says how small.
Idea      By the descent lemma the linear model, which falls by alpha |g|^2, errs by at most
          lipschitz |alpha g|^2 / 2.
Notation  g = grad(w0); lipschitz bounds how fast the gradient changes on the way from w0 to w0 -
          alpha g.
Verdict   HOLDS_IF the gradient is Lipschitz on the way, g != 0 and alpha < 2 / lipschitz. The bound
          is sharp. Bounded families have an explicit bound, and so have six losses on whole boxes
          of starts, by ball arithmetic, where twice as much is too much.
"""

from fractions import Fraction

from proofs.claims import Claim
from proofs.definitions import (
    differentiable_everywhere, differentiable_on_segment, lipschitz_gradient, lipschitz_near,
    lipschitz_on_segment,
)  # fmt: skip
from proofs.balls.boxes import descends
from proofs.kernel import (
    R, V, e1, entails, fun, function, generalize, iff, inner, norm, real, substitute, vector,
    witnessed, zero,
)  # fmt: skip
from proofs.background.a12_bounded_families import (
    at_most,
    falls,
    falls_where_rest_is_positive,
    rest_is_positive,
)
from proofs.lemmas.descent_lemma import (
    descent_lemma_on_segment,
    smooth_on_segment,
    steady_on_segment,
)
from proofs.lemmas.inner_products import cauchy_schwarz, norm_scaling
from proofs.lemmas.landscapes import beale, himmelblau, log_sum_exp, logistic, network, rosenbrock
from proofs.lemmas.smooth_losses import bowl, bowl_is_smooth, ridge, ridge_is_smooth
from strategies import lipschitz_losses, starts

L, grad, modulus = function("L", V >> R), function("grad", V >> V), function("modulus", (V, R) >> R)
w0, s = vector("w0 s")
lipschitz, alpha = real("lipschitz alpha")
step = -alpha * grad(w0)

CLAIM = Claim(
    for_all=[L, grad, modulus, w0, lipschitz, alpha],
    given={
        "L is differentiable on the way": differentiable_on_segment(L, grad, modulus, w0, step),
        "lipschitz is positive": lipschitz > 0,
        "the gradient is Lipschitz on the way": lipschitz_on_segment(grad, lipschitz, w0, step),
        "the gradient is not zero": grad(w0) != zero,
        "alpha is positive": alpha > 0,
        "alpha is small": alpha < 2 / lipschitz,
    },
    unsaid=["the gradient is Lipschitz on the way", "the gradient is not zero", "alpha is small"],
    then=(L(w0 + step) <= L(w0) - alpha * (1 - lipschitz * alpha / 2) * norm(grad(w0)) ** 2)
    & (L(w0 + step) < L(w0)),
)
CURVATURE_AT_THE_START = CLAIM.but(
    without="the gradient is Lipschitz on the way",
    given={"the gradient is Lipschitz near w0": lipschitz_near(grad, lipschitz, w0)},
)

BOWL, SLOPE, NEAR = bowl(lipschitz)
BOUND_IS_SHARP = Claim(
    for_all=[w0, lipschitz, alpha],
    given={
        "lipschitz is positive": lipschitz > 0,
        "w0 is not the minimizer": w0 != zero,
        "alpha is not small": alpha >= 2 / lipschitz,
    },
    then=differentiable_everywhere(BOWL, SLOPE, NEAR)
    & lipschitz_gradient(SLOPE, lipschitz)
    & (BOWL(w0 - alpha * SLOPE(w0)) >= BOWL(w0))
    & iff(BOWL(w0 - alpha * SLOPE(w0)) == BOWL(w0), alpha == 2 / lipschitz),
)

# Bounded families, each with its alpha0. A polynomial is given by its coefficients of 1, x, x^2,
# ...
a, b, c, d, p, q, x, y, u, v, change = real("a b c d p q x y u v change")
cubic, quartic, double_well = [0, c, b, a], [0, d, c, b, a], [1, 0, -2, 0, 1]
CUBICS = falls(cubic, at_most(1, a, b, c, x), alpha <= Fraction(2, 5))
QUARTICS = falls(quartic, at_most(1, a, b, c, d, x), alpha <= Fraction(1, 15))
DOUBLE_WELL = falls(double_well, at_most(2, x), alpha < Fraction(1, 6))

quadratic = fun(R, R, lambda x, y: a * x**2 / 2 + b * x * y + c * y**2 / 2 + p * x + q * y)
by_x, by_y = a * x + b * y + p, b * x + c * y + q
QUADRATICS_IN_THE_PLANE = Claim(
    for_all=[a, b, c, p, q, x, y, alpha],
    given={
        "within bounds": at_most(1, a, b, c),
        "alpha is small": (alpha > 0) & (alpha < 1),
        "the gradient is not zero": (by_x != 0) | (by_y != 0),
    },
    then=quadratic(x - alpha * by_x, y - alpha * by_y) < quadratic(x, y),
)


def inequality_linear_model_errs():
    """|L(w1) - L(w0) + alpha |g|^2| <= lipschitz |alpha g|^2 / 2: the descent lemma for the step
    -alpha g.
    """
    return descent_lemma_on_segment(L, grad, modulus, w0, step, lipschitz)


def theorem_loss_falls():
    """The error takes back only the part lipschitz alpha / 2 < 1 of what the linear model gives."""
    return CLAIM.proved(by=[inequality_linear_model_errs()])


def tried(loss, start, learning_rate, facts):
    """The variables at a loss, with lipschitz = 1, and what holds on the way because it holds
    everywhere.
    """
    f, gradient, near = loss
    at = {L: f, grad: gradient, modulus: near, w0: start, lipschitz: 1, alpha: learning_rate}
    way = (start, -learning_rate * gradient(start))
    return at, [
        *facts,
        smooth_on_segment(f, gradient, near, *way),
        steady_on_segment(gradient, 1, *way),
    ]


def inhabited_by_a_bowl():
    """L(w) = |w|^2 / 2 from e1 with alpha = 1, which leads to the minimizer."""
    return CLAIM.inhabited_by(*tried(bowl(1), e1, 1, bowl_is_smooth(1)))


def counterexample_zero_gradient():
    """At the minimizer of |w|^2 / 2 the step is zero."""
    return CLAIM.fails_without(
        "the gradient is not zero", *tried(bowl(1), zero, 1, bowl_is_smooth(1))
    )


def counterexample_alpha_too_large():
    """On |w|^2 / 2, alpha = 2 leads from e1 to -e1, where the loss is the same."""
    return CLAIM.fails_without("alpha is small", *tried(bowl(1), e1, 2, bowl_is_smooth(1)))


TURNS = (lambda x: 2 * x**4 - x, lambda x: 8 * x**3 - 1, lambda x: 16 * x**2 + 6)


def counterexample_growing_curvature():
    """On 2 x^4 - x with x = e1.w, alpha = 1 leads from 0 to e1, and the loss rises from 0 to 1."""
    at, by = tried(ridge(*TURNS), zero, 1, [ridge_is_smooth(*TURNS)])
    return CLAIM.fails_without("the gradient is Lipschitz on the way", at, by)


def counterexample_curvature_at_the_start():
    """The same step: the curvature 24 x^2 is 0 at the start, and 8 |x|^3 <= |x| for |x| < 1/4."""
    at, by = tried(ridge(*TURNS), zero, 1, [ridge_is_smooth(*TURNS)])
    turn = 8 * inner(e1, s) ** 3
    lengths = [cauchy_schwarz(e1, s), norm_scaling(turn, e1)]
    near = generalize(
        entails([norm(s) < Fraction(1, 4)], norm(turn * e1) <= norm(s), by=lengths), s
    )
    steady = witnessed(lipschitz_near(at[grad], 1, zero), Fraction(1, 4))
    return CURVATURE_AT_THE_START.fails(at, by=[*by, near, steady])


def theorem_bound_is_sharp():
    """The step leads from w0 to (1 - alpha lipschitz) w0, and 1 - alpha lipschitz <= -1."""
    return BOUND_IS_SHARP.proved(by=bowl_is_smooth(lipschitz))


def inhabited_bound_is_sharp():
    """w0 = e1, lipschitz = 1, alpha = 2."""
    return BOUND_IS_SHARP.inhabited_by({w0: e1, lipschitz: 1, alpha: 2})


def theorem_cubics():
    """f(x - alpha g) - f(x) = -alpha g^2 (1 - alpha (3 a x + b) + alpha^2 g a), g = f'(x); the
    bracket is positive.
    """
    return CUBICS.proved(by=[falls_where_rest_is_positive(cubic)])


def inhabited_cubics():
    """f(x) = x at 0."""
    return CUBICS.inhabited_by({a: 0, b: 0, c: 1, x: 0, alpha: Fraction(2, 5)})


def theorem_quartics():
    """The same. The terms of Taylor's formula are at most 10, 10, 5 and 1, and 10/15 + 50/15^2 +
    100/15^3 < 1.
    """
    positive = rest_is_positive(
        quartic, QUARTICS.given["within bounds"], Fraction(1, 15), 10, 10, 5, 1
    )
    return QUARTICS.proved(by=[positive, falls_where_rest_is_positive(quartic)])


def inhabited_quartics():
    """f(x) = x at 0."""
    return QUARTICS.inhabited_by({a: 0, b: 0, c: 0, d: 1, x: 0, alpha: Fraction(1, 15)})


def theorem_double_well():
    """The same for (x^2 - 1)^2 on [-2, 2]."""
    return DOUBLE_WELL.proved(by=[falls_where_rest_is_positive(double_well)])


def counterexample_double_well_with_a_larger_alpha():
    """alpha = 1/6 leads from 2 to -2, where the loss is the same."""
    return DOUBLE_WELL.fails_without("alpha is small", {x: 2, alpha: Fraction(1, 6)})


def inhabited_double_well():
    """x = 2, alpha = 1/8."""
    return DOUBLE_WELL.inhabited_by({x: 2, alpha: Fraction(1, 8)})


def inequality_quadratic_falls():
    """The change -alpha |g|^2 + alpha^2 g.Hg / 2 is negative, since g.Hg <= 2 |g|^2; here g = (u,
    v).
    """
    curvature = a * u**2 + 2 * b * u * v + c * v**2
    bounds, small, _ = QUADRATICS_IN_THE_PLANE.hypotheses
    given = [
        change == -alpha * (u**2 + v**2) + alpha**2 * curvature / 2,
        bounds,
        small,
        (u != 0) | (v != 0),
    ]
    return entails(given, change < 0)


def theorem_quadratics_in_the_plane():
    """That is how f changes when g is its gradient and H its Hessian."""
    after, before = QUADRATICS_IN_THE_PLANE.then.args
    here = {u: by_x, v: by_y, change: after - before}
    return QUADRATICS_IN_THE_PLANE.proved(by=[substitute(inequality_quadratic_falls(), here)])


def inhabited_quadratics_in_the_plane():
    """f(x, y) = x at the origin."""
    at = {a: 0, b: 0, c: 0, p: 1, q: 0, x: 0, y: 0, alpha: Fraction(1, 2)}
    return QUADRATICS_IN_THE_PLANE.inhabited_by(at)


HALF = Fraction(1, 2)


def enclosure_rosenbrock():
    """(1 - x)^2 + 100 (y - x^2)^2 on [1/2, 3/2]^2: every alpha up to 1/1024 serves; from (3/2,
    3/2), 1/830 does not.
    """
    box, start = [(HALF, 3 * HALF), (HALF, 3 * HALF)], (3 * HALF, 3 * HALF)
    return descends(rosenbrock, box, Fraction(1, 1024), rises=(start, Fraction(1, 830)))


def enclosure_himmelblau():
    """(x^2 + y - 11)^2 + (x + y^2 - 7)^2 on [-1, 1]^2: every alpha up to 1/20 serves; from (1, 1),
    1/16 does not.
    """
    return descends(
        himmelblau, [(-1, 1), (-1, 1)], Fraction(1, 20), rises=((1, 1), Fraction(1, 16))
    )


def enclosure_beale():
    """Beale's function on [5/2, 7/2] x [0, 1]: every alpha up to 1/80 serves; from (7/2, 1), 1/64
    does not.
    """
    box, start = [(5 * HALF, 7 * HALF), (0, 1)], (7 * HALF, 1)
    return descends(beale, box, Fraction(1, 80), rises=(start, Fraction(1, 64)))


def enclosure_log_sum_exp():
    """log(e^x + e^(y - x) + e^(-y)) on [-1/2, 1/2]^2: every alpha up to 1 serves; from (-1/4, 1/2),
    2 does not.
    """
    return descends(
        log_sum_exp,
        [(-HALF, HALF), (-HALF, HALF)],
        Fraction(1),
        rises=((-HALF / 2, HALF), Fraction(2)),
    )


def enclosure_logistic():
    """A logistic loss on [0, 1/2] x [-1/2, 0]: every alpha up to 3/4 serves; from (0, -1/2), 3/2
    does not.
    """
    return descends(
        logistic, [(0, HALF), (-HALF, 0)], Fraction(3, 4), rises=((0, -HALF), Fraction(3, 2))
    )


def enclosure_network():
    """A network on [1/2, 9/16]^2 x [15/16, 1]^2: every alpha up to 1/5 serves; from (1/2, 1/2, 1,
    1), 2/5 does not.
    """
    low, high = (HALF, Fraction(9, 16)), (Fraction(15, 16), 1)
    return descends(
        network, [low, low, high, high], Fraction(1, 5), rises=((HALF, HALF, 1, 1), Fraction(2, 5))
    )


def search_lipschitz_losses():
    """On random losses with a Lipschitz gradient an alpha up to nearly 2 / lipschitz lowers the
    loss as claimed.
    """
    return CLAIM.survives(
        starts(lipschitz_losses()),
        lambda start: (
            start.gives(loss=L, gradient=grad, point=w0, lipschitz=lipschitz)
            | {alpha: start.below(2 / start.loss.lipschitz)}
        ),
        granted=["L is differentiable on the way", "the gradient is Lipschitz on the way"],
    )
