"""a11. A small step against the gradient lowers the loss.

Claim     There is alpha0 > 0 such that L(w0 - alpha g) < L(w0) for every alpha in (0, alpha0).
Article   A:23: alpha is small and positive, so a positive value is subtracted from L(w0).
Idea      Near w0 the linear model errs by at most half of what it promises: take epsilon = |g|/2.
Notation  delta(epsilon) is the delta of the definition of differentiability at w0.
Verdict   HOLDS_IF g != 0. Left unsaid: that, and that alpha0 depends on w0 and L.
"""

from proofs.lemmas.small_steps import never_for_all_small
from proofs.losses.kinks import KINK
from proofs.losses.lines import LEVEL, LINE
from proofs.losses.parabolas import SQUARE
from proofs.prelude import *
from strategies import smooth_losses, starts

L, delta = function("L", V >> R), function("delta", R >> R)
w0, g = vector("w0 g")
alpha = real("alpha")

SMOOTH = differentiable(L, at=w0, gradient=g, modulus=delta)
CLAIM = Claim(
    for_all=[L, w0, g, delta],
    given={"L is differentiable at w0": SMOOTH, "the gradient is not zero": g != zero},
    unsaid=["the gradient is not zero"],
    then=for_all_small(lambda alpha: L(w0 - alpha * g) < L(w0)),
)

alpha0 = delta(norm(g) / 2) / norm(g)
NEAR = [*CLAIM.hypotheses, alpha > 0, alpha < alpha0]


def inequality_model_errs_by_at_most_half():
    """|L(w0 - alpha g) - (L(w0) - alpha |g|^2)| <= alpha |g|^2 / 2 for 0 < alpha < alpha0."""
    error = L(w0 - alpha * g) - (L(w0) - alpha * norm(g) ** 2)
    small = instance(SMOOTH, epsilon=norm(g) / 2, s=-alpha * g)
    return entails(NEAR, abs(error) <= alpha * norm(g) ** 2 / 2, by=[small])


def inequality_loss_falls():
    """Hence L(w0 - alpha g) <= L(w0) - alpha |g|^2 / 2 < L(w0)."""
    half = inequality_model_errs_by_at_most_half()
    return entails(NEAR, L(w0 - alpha * g) < L(w0), by=[half])


def inequality_alpha0_is_positive():
    """alpha0 = delta(|g|/2) / |g| > 0, since delta is positive at |g|/2 > 0."""
    positive = instance(SMOOTH, epsilon=norm(g) / 2, s=zero)
    return entails(CLAIM.hypotheses, alpha0 > 0, by=[positive])


def theorem_small_steps_lower_the_loss():
    """alpha0 serves: it is positive, and every alpha below it lowers the loss."""
    falls = generalize(inequality_loss_falls(), alpha)
    return CLAIM.proved(by=[witnessed(CLAIM.then, alpha0), inequality_alpha0_is_positive(), falls])


PARTS = {"loss": L, "point": w0, "gradient": g, "modulus": delta}


def inhabited_by_a_line():
    """L(w) = e1.w has the gradient e1 everywhere."""
    return CLAIM.inhabited_by(LINE.at(zero, **PARTS))


def counterexample_zero_gradient():
    """L = 0: no step lowers it."""
    at = LEVEL.at(zero, **PARTS)
    level = never_for_all_small(CLAIM.conclusion(at), alpha)
    return CLAIM.fails(at, by=[level], without="the gradient is not zero")


def counterexample_kink():
    """L(w) = |e1.w| at 0, whatever is called its gradient, here e1: it rises both ways."""
    at = KINK.at(zero, **PARTS)
    rises = never_for_all_small(CLAIM.conclusion(at), alpha)
    return CLAIM.fails(at, by=[rises], without="L is differentiable at w0")


def search_smooth_losses():
    """On random smooth losses an alpha0 is found such that every alpha in (0, alpha0] does it."""
    return CLAIM.survives(
        starts(smooth_losses()),
        lambda start: start.gives(loss=L, point=w0, gradient=g),
        granted=["L is differentiable at w0"],
    )


# -------- every alpha, however large
FOR_EVERY_ALPHA = CLAIM.but(then=for_all_positive(lambda alpha: L(w0 - alpha * g) < L(w0)))


def counterexample_for_every_alpha():
    """L(w) = (e1.w)^2 at e1, where the gradient is 2 e1, with alpha = 2: it rises from 1 to 9."""
    at = SQUARE.at(e1, **PARTS)
    return FOR_EVERY_ALPHA.fails(at, by=[refuted_at(FOR_EVERY_ALPHA.conclusion(at), 2)])


# -------- the linear model in place of the loss
LINEAR_MODEL = Claim(
    for_all=[L, w0, g, alpha],
    then=iff(L(w0) - alpha * norm(g) ** 2 < L(w0), (alpha > 0) & (g != zero)),
)


def theorem_linear_model():
    """It falls exactly where alpha > 0 and g != 0; only the loss itself needs a small alpha."""
    return LINEAR_MODEL.proved()
