"""a17. It minimizes a loss whose shape is not known.

Claim     L(w0 - alpha g) < L(w0) for small alpha > 0, although of L only values and gradients are
          observed.
Article   A:02-03: gradient descent serves to minimize a loss of which the shape and the minimum are
          often not known.
Idea      A Lipschitz constant of the gradient says how small: alpha < 2 / lipschitz, whatever the
          shape. The data at finitely many points do not: some polynomial has them all, and rises by
          1 in a step to any other point.
Notation  g = grad(w0); delta(w, epsilon) is the delta of differentiability at w. At p(0), ..., p(m
          - 1) the values v(i) and the gradients h(i) are observed; the start is p(0), the next
          point w1 = p(0) - alpha h(0).
Verdict   HOLDS_IF a Lipschitz constant of the gradient is known and g != 0, both unsaid. (Reaching
          the minimum is a16.)
"""

from proofs.claims import Claim
from proofs.definitions import differentiable_everywhere, lipschitz_gradient, polynomial
from proofs.kernel import (
    N, R, V, choose, e1, entails, exists, fun, function, generalize, inner, instance, natural, real,
    vector, witnessed, zero,
)  # fmt: skip
from proofs.lemmas.descent_lemma import descent_lemma
from proofs.lemmas.inner_products import cauchy_schwarz
from proofs.background.a17_interpolation import (
    agrees,
    avoids,
    distinct,
    fits,
    hermite_interpolation,
)
from proofs.lemmas.smooth_losses import (
    bowl, bowl_is_smooth, differentiable_everywhere_by_remainder, modulus_by_remainder,
)  # fmt: skip

L, grad, delta = function("L", V >> R), function("grad", V >> V), function("delta", (V, R) >> R)
p, v, h = function("p", N >> V), function("v", N >> R), function("h", N >> V)
w0, alpha, lipschitz = vector("w0"), real("alpha"), real("lipschitz")
m, i, j = natural("m i j")
g, w1 = grad(w0), p(0) - alpha * h(0)

CLAIM = Claim(
    for_all=[L, grad, delta, w0, lipschitz, alpha],
    given={
        "L has the gradient grad everywhere": differentiable_everywhere(L, grad, delta),
        "lipschitz is positive": lipschitz > 0,
        "grad is Lipschitz": lipschitz_gradient(grad, lipschitz),
        "the gradient is not zero": g != zero,
        "alpha is positive": alpha > 0,
        "alpha is small": alpha < 2 / lipschitz,
    },
    unsaid=["grad is Lipschitz", "the gradient is not zero"],
    then=L(w0 - alpha * g) < L(w0),
)
FINITELY_MANY_DATA = Claim(
    for_all=[p, v, h, m, alpha],
    given={
        "the start is observed": m >= 1,
        "the points are distinct": distinct(m),
        "the next point is not observed": avoids(w1, m),
    },
    then=exists(V >> R, V >> V, (V, R) >> R, lambda L, grad, delta:
        polynomial(L) & differentiable_everywhere(L, grad, delta) & agrees(L, grad, m) & (L(w1) == L(p(0)) + 1),
    ),
)  # fmt: skip


def theorem_known_lipschitz_constant():
    """By the descent lemma, L(w0 - alpha g) <= L(w0) - alpha (1 - lipschitz alpha / 2) |g|^2."""
    return CLAIM.proved(by=[descent_lemma(L, grad, delta, w0, -alpha * g, lipschitz)])


def inequality_data_can_be_interpolated():
    """Some polynomial has the m data, and at w1 the value v(0) + 1 and the gradient 0."""
    return hermite_interpolation(m, w1, v(0) + 1, zero)


def theorem_no_alpha_is_safe():
    """It rises by 1 in the step, as it is v(0) at the start. (That w1 is not p(0) means alpha != 0
    and h(0) != 0.)
    """
    fitting, start = fits(L, grad, delta, m, w1, v(0) + 1, zero), instance(agrees(L, grad, m), 0)
    witness = witnessed(FINITELY_MANY_DATA.then, L, grad, delta)
    rises = entails([fitting, m >= 1], FINITELY_MANY_DATA.then, by=[witness, start])
    return FINITELY_MANY_DATA.proved(
        by=[choose(inequality_data_can_be_interpolated(), rises, L, grad, delta)]
    )


BOWL = dict(zip((L, grad, delta), bowl(1), strict=True)) | {lipschitz: 1, alpha: 1}


def inhabited_by_a_bowl():
    """|w|^2 / 2 from e1, with lipschitz = alpha = 1."""
    return CLAIM.inhabited_by(BOWL | {w0: e1}, by=bowl_is_smooth(1))


def counterexample_zero_gradient():
    """|w|^2 / 2 from 0: the step leads nowhere."""
    return CLAIM.fails_without("the gradient is not zero", BOWL | {w0: zero}, by=bowl_is_smooth(1))


def counterexample_gradient_that_is_not_lipschitz():
    """(e1.w)^4 from e1, with the bowl's lipschitz = alpha = 1: the step leads to -3 e1, and the
    loss from 1 to 81.
    """
    quartic, slope = (
        fun(V, lambda w: inner(e1, w) ** 4),
        fun(V, lambda w: 4 * inner(e1, w) ** 3 * e1),
    )
    bound = fun(V, lambda w: 8 * inner(e1, w) ** 2 + 3)
    smooth = differentiable_everywhere_by_remainder(
        quartic, slope, bound, by=lambda w, s: [cauchy_schwarz(e1, s)]
    )
    at = {
        L: quartic,
        grad: slope,
        delta: modulus_by_remainder(bound),
        w0: e1,
        lipschitz: 1,
        alpha: 1,
    }
    return CLAIM.fails_without("grad is Lipschitz", at, by=[smooth])


def inhabited_by_three_points():
    """0, e1 and 2 e1 are observed, each with the value 0 and the gradient e1; for alpha = 1 the
    next point is -e1.
    """
    at = {
        p: fun(N, lambda i: i * e1),
        v: fun(N, lambda i: 0),
        h: fun(N, lambda i: e1),
        m: 3,
        alpha: 1,
    }
    apart = generalize(entails([i < 3, j < 3, i != j], i * e1 != j * e1), i, j)
    return FINITELY_MANY_DATA.inhabited_by(
        at, by=[apart, generalize(entails([i < 3], i * e1 != -e1), i)]
    )
