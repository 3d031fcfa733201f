"""a11. A small step against the gradient lowers the loss.

Claim     There is alpha0 > 0 such that L(w0 - alpha g) < L(w0) for every alpha in (0, alpha0).
Article   A:23: alpha is small and positive, so a positive value is subtracted from L(w0).
Idea      Near w0 the linear model errs by at most half of what it promises: take epsilon = |g|/2.
Notation  delta(epsilon) is the delta of the definition of differentiability at w0.
Verdict   HOLDS_IF g != 0. Left unsaid: that, and that alpha0 depends on w0 and L.
"""

from proofs.definitions import differentiable, for_all_positive, for_all_small
from proofs.claims import Claim
from proofs.kernel import (
    R, V, e1, entails, fun, function, generalize, iff, inner, instance, norm, real, vector,
    witnessed, zero,
)  # fmt: skip
from proofs.lemmas.inner_products import cauchy_schwarz, norm_scaling
from proofs.lemmas.losses import differentiable_by_remainder, quadratic_modulus
from proofs.lemmas.small_steps import never_for_all_small, refuted_at
from strategies import smooth_losses, starts

L, delta = function("L", V >> R), function("delta", R >> R)
w0, g, s = vector("w0 g s")
alpha = real("alpha")

SMOOTH = differentiable(L, at=w0, gradient=g, modulus=delta)
CLAIM = Claim(
    for_all=[L, w0, g, delta],
    given={"L is differentiable at w0": SMOOTH, "the gradient is not zero": g != zero},
    unsaid=["the gradient is not zero"],
    then=for_all_small(lambda alpha: L(w0 - alpha * g) < L(w0)),
)
FOR_EVERY_ALPHA = CLAIM.but(then=for_all_positive(lambda alpha: L(w0 - alpha * g) < L(w0)))
LINEAR_MODEL = Claim(
    for_all=[L, w0, g, alpha],
    then=iff(L(w0) - alpha * norm(g) ** 2 < L(w0), (alpha > 0) & (g != zero)),
)

alpha0 = delta(norm(g) / 2) / norm(g)
NEAR = [*CLAIM.hypotheses, alpha > 0, alpha < alpha0]


def inequality_model_errs_by_at_most_half():
    """|L(w0 - alpha g) - (L(w0) - alpha |g|^2)| <= alpha |g|^2 / 2 for 0 < alpha < alpha0."""
    error = L(w0 - alpha * g) - (L(w0) - alpha * norm(g) ** 2)
    return entails(
        NEAR,
        abs(error) <= alpha * norm(g) ** 2 / 2,
        by=[instance(SMOOTH, norm(g) / 2, -alpha * g), norm_scaling(-alpha, g)],
    )


def inequality_loss_falls():
    """Hence L(w0 - alpha g) <= L(w0) - alpha |g|^2 / 2 < L(w0)."""
    return entails(NEAR, L(w0 - alpha * g) < L(w0), by=[inequality_model_errs_by_at_most_half()])


def inequality_alpha0_is_positive():
    """alpha0 = delta(|g|/2) / |g| > 0, since delta is positive at |g|/2 > 0."""
    return entails(CLAIM.hypotheses, alpha0 > 0, by=[instance(SMOOTH, norm(g) / 2, zero)])


def theorem_small_steps_lower_the_loss():
    """alpha0 serves: it is positive, and every alpha below it lowers the loss."""
    falls = generalize(inequality_loss_falls(), alpha)
    return CLAIM.proved(by=[witnessed(CLAIM.then, alpha0), inequality_alpha0_is_positive(), falls])


def theorem_linear_model():
    """The linear model falls exactly where alpha > 0 and g != 0; only the loss itself needs alpha
    to be small.
    """
    return LINEAR_MODEL.proved()


LINEAR = fun(V, lambda w: inner(e1, w))
SQUARE = fun(V, lambda w: inner(e1, w) ** 2)
CONSTANT = fun(V, lambda w: 0)
KINK = fun(V, lambda w: abs(inner(e1, w)))


def inhabited_by_a_linear_loss():
    """L(w) = e1.w has the gradient e1 everywhere."""
    smooth = differentiable_by_remainder(LINEAR, zero, e1, 1, s)
    return CLAIM.inhabited_by(
        {L: LINEAR, w0: zero, g: e1, delta: quadratic_modulus(1)}, by=[smooth]
    )


def counterexample_zero_gradient():
    """L = 0: no step lowers it."""
    at = {L: CONSTANT, w0: zero, g: zero, delta: quadratic_modulus(1)}
    smooth = differentiable_by_remainder(CONSTANT, zero, zero, 1, s)
    level = never_for_all_small(
        CLAIM.conclusion(at), entails([], CONSTANT(zero) >= CONSTANT(zero)), alpha
    )
    return CLAIM.fails_without("the gradient is not zero", at, by=[smooth, level])


def counterexample_kink():
    """L(w) = |e1.w| at 0, whatever is called its gradient, here e1: it rises both ways."""
    at = {L: KINK, w0: zero, g: e1, delta: quadratic_modulus(1)}
    rises = never_for_all_small(
        CLAIM.conclusion(at), entails([], KINK(-alpha * e1) >= KINK(zero)), alpha
    )
    return CLAIM.fails_without("L is differentiable at w0", at, by=[rises])


def counterexample_every_alpha():
    """L(w) = (e1.w)^2 at e1, where the gradient is 2 e1, with alpha = 2: the loss rises from 1 to
    9.
    """
    at = {L: SQUARE, w0: e1, g: 2 * e1, delta: quadratic_modulus(1)}
    smooth = differentiable_by_remainder(SQUARE, e1, 2 * e1, 1, s, by=[cauchy_schwarz(e1, s)])
    return FOR_EVERY_ALPHA.fails(at, by=[smooth, refuted_at(FOR_EVERY_ALPHA.conclusion(at), 2)])


def search_smooth_losses():
    """On random smooth losses an alpha0 is found such that every alpha in (0, alpha0] lowers the
    loss.
    """
    return CLAIM.survives(
        starts(smooth_losses()),
        lambda start: start.gives(loss=L, point=w0, gradient=g),
        granted=["L is differentiable at w0"],
    )
