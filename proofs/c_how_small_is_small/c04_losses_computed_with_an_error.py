"""c04. A decrease shows although each loss is computed with an error of at most delta.

Question  A:23; B:16-18: alpha is small, and huge strides are avoided. Can alpha be too small for
          the decrease to be seen?
Claim     With s = sqrt(1 - 4 delta lipschitz / |g|^2): the computed loss falls, whatever its
          errors, where (1 - s) / lipschitz < alpha < (1 + s) / lipschitz.
Idea      The loss falls by at least alpha (1 - lipschitz alpha / 2) |g|^2, which is more than 2
          delta just there.
Notation  g = grad(w0); `before` and `after` are the losses computed at w0 and w1 = w0 - alpha g.
Verdict   HOLDS_IF the gradient is Lipschitz and alpha lies between both bounds, which are sharp. On
          lipschitz |w|^2 / 2 there is such an alpha only where |g|^2 > 4 delta lipschitz.
"""

from proofs.lemmas.descent_lemma import descent_lemma
from proofs.losses.cubics import TURNING_QUARTIC
from proofs.losses.parabolas import bowl
from proofs.prelude import *
from strategies import lipschitz_losses, starts

L, grad, modulus = function("L", V >> R), function("grad", V >> V), function("omega", (V, R) >> R)
w0, (lipschitz, delta, alpha) = vector("w0"), real("lipschitz delta alpha")
before, after = real("before after")
g, w1 = grad(w0), w0 - alpha * grad(w0)


def root(square):
    """s, for the square of the length of the gradient."""
    return sqrt(1 - 4 * delta * lipschitz / square)


ERRORS, LARGE = "both errors are at most delta", "the gradient is large against delta"
NOT_SMALL, NOT_LARGE = "alpha is not too small", "alpha is not too large"
POSITIVE = "lipschitz is positive"
s = root(norm(g) ** 2)
CLAIM = Claim(
    for_all=[L, grad, modulus, w0, lipschitz, delta, alpha, before, after],
    given={
        "L has the gradient grad everywhere": differentiable_everywhere(L, grad, modulus),
        POSITIVE: lipschitz > 0,
        "grad is Lipschitz": lipschitz_gradient(grad, lipschitz),
        ERRORS: (abs(before - L(w0)) <= delta) & (abs(after - L(w1)) <= delta),
        LARGE: norm(g) ** 2 > 4 * delta * lipschitz,
        NOT_SMALL: alpha > (1 - s) / lipschitz,
        NOT_LARGE: alpha < (1 + s) / lipschitz,
    },
    unsaid=["grad is Lipschitz", NOT_SMALL, NOT_LARGE],
    then=after < before,
)


def theorem_decrease_shows():
    """By the descent lemma L falls by at least (1 - (1 - lipschitz alpha)^2) |g|^2 / (2 lipschitz),
    and |1 - lipschitz alpha| < s makes this more than 2 delta.
    """
    between = [CLAIM.given[name] for name in (POSITIVE, LARGE, NOT_SMALL, NOT_LARGE)]
    near = entails(between, (1 - lipschitz * alpha) ** 2 < s**2)
    fall = alpha * (1 - lipschitz * alpha / 2) * norm(g) ** 2
    enough = entails(between, fall > 2 * delta, hints=[near])
    model = descent_lemma(L, grad, modulus, w0, -alpha * g, lipschitz)
    return CLAIM.proved(by=[model], hints=[enough])


BOWL, HALF = bowl(1), Fraction(1, 2)
PARTS = {"loss": L, "gradient": grad, "modulus": modulus, "point": w0, "lipschitz": lipschitz}


def on_a_bowl(rate, computed, computed_after):
    """|w|^2 / 2 from e1 with delta = 3/16, so s = 1/2."""
    values = {delta: Fraction(3, 16), alpha: rate, before: computed, after: computed_after}
    return BOWL.at(e1, **PARTS) | values


def inhabited_by_a_bowl():
    """alpha = 1 leads to the minimizer; no error."""
    return CLAIM.inhabited_by(on_a_bowl(1, HALF, 0))


def counterexample_alpha_too_small():
    """With alpha = 1/2 the loss falls from 1/2 to 1/8, and both are computed as 5/16."""
    return CLAIM.fails(on_a_bowl(HALF, Fraction(5, 16), Fraction(5, 16)), without=NOT_SMALL)


def counterexample_alpha_too_large():
    """With alpha = 3/2 likewise."""
    at = on_a_bowl(Fraction(3, 2), Fraction(5, 16), Fraction(5, 16))
    return CLAIM.fails(at, without=NOT_LARGE)


def counterexample_growing_curvature():
    """On 2 x^4 - x from 0 without any error: alpha = 1 raises L from 0 to 1."""
    parts = {"loss": L, "gradient": grad, "modulus": modulus, "point": w0}
    values = {lipschitz: 1, delta: 0, alpha: 1, before: 0, after: 1}
    return CLAIM.fails(TURNING_QUARTIC.at(zero, **parts) | values, without="grad is Lipschitz")


def search_lipschitz_losses():
    """On random losses, with errors as large as they may be, against the decrease."""
    parts = {"loss": L, "gradient": grad, "point": w0, "lipschitz": lipschitz}

    def blurred(start):
        rate = start.below((1 + start.fraction) / Fraction(start.loss.lipschitz))
        seen = {before: start.computed(0, -1), after: start.computed(rate, 1)}
        return start.gives(**parts) | {alpha: rate, delta: start.blur} | seen

    drawn = ["L has the gradient grad everywhere", "grad is Lipschitz", ERRORS]
    return CLAIM.survives(starts(lipschitz_losses()), blurred, granted=drawn)


# -------- the bounds are sharp, and there need be no such alpha
STEEP = bowl(lipschitz)
fallen = STEEP(w0 - alpha * STEEP.gradient(w0)) + delta < STEEP(w0) - delta
t = root(norm(STEEP.gradient(w0)) ** 2)
ON_A_BOWL = {POSITIVE: lipschitz > 0, "delta is not negative": delta >= 0}
BOUNDS_ARE_SHARP = Claim(
    for_all=[w0, lipschitz, delta, alpha],
    given={**ON_A_BOWL, LARGE: norm(STEEP.gradient(w0)) ** 2 > 4 * delta * lipschitz},
    then=differentiable_everywhere(STEEP.value, STEEP.gradient, STEEP.modulus)
    & lipschitz_gradient(STEEP.gradient, lipschitz)
    & iff(fallen, (alpha > (1 - t) / lipschitz) & (alpha < (1 + t) / lipschitz)),
)
NO_ALPHA = Claim(
    for_all=[w0, lipschitz, delta, alpha],
    given={
        **ON_A_BOWL,
        "the gradient is small": norm(lipschitz * w0) ** 2 <= 4 * delta * lipschitz,
    },
    then=~fallen,
)


def theorem_bounds_are_sharp():
    """lipschitz |w|^2 / 2 falls by (1 - (1 - lipschitz alpha)^2) |g|^2 / (2 lipschitz)."""
    return BOUNDS_ARE_SHARP.proved(by=[STEEP.smooth(), STEEP.steady()])


def theorem_no_alpha():
    """It falls by at most |g|^2 / (2 lipschitz), and so by no more than 2 delta."""
    return NO_ALPHA.proved()


def inhabited_bounds_are_sharp():
    """w0 = e1, lipschitz = 1 and no error."""
    return BOUNDS_ARE_SHARP.inhabited_by({w0: e1, lipschitz: 1, delta: 0, alpha: 1})


def inhabited_no_alpha():
    """w0 = 0."""
    return NO_ALPHA.inhabited_by({w0: zero, lipschitz: 1, delta: 0, alpha: 1})
