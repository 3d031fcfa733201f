"""c03. A step along a gradient that is only nearly right lowers the loss.

Question  A:15, 18; B:58-59: the step is made of the derivative at the start. Must it be exact, or
          can my gradient be a bit wrong?
Claim     If |g' - g| <= epsilon |g|, where epsilon < 1 and g != 0: L(w0 - alpha g') < L(w0) for
          0 < alpha < 2 / ((1 + epsilon) lipschitz).
Idea      The error is too short to turn g' uphill: g'.g > 0, and |g'|^2 <= (1 + epsilon) g'.g.
Notation  g = grad(w0); g', in the code `estimate`, is what is computed in its place; lipschitz
          bounds how fast the gradient changes.
Verdict   HOLDS_IF the gradient is Lipschitz, g != 0, epsilon < 1 and alpha is below the bound,
          which is sharp: below 2 / lipschitz, as in a12, is not enough. With epsilon >= 1 no alpha
          need do, as g' may be 0.
"""

from proofs.lemmas.descent_lemma import descent_lemma
from proofs.lemmas.inner_products import cauchy_schwarz
from proofs.losses.cubics import TURNING_QUARTIC
from proofs.losses.parabolas import bowl
from proofs.prelude import *
from strategies import lipschitz_losses, starts

L, grad, modulus = function("L", V >> R), function("grad", V >> V), function("delta", (V, R) >> R)
w0, estimate = vector("w0 estimate")
lipschitz, epsilon, alpha = real("lipschitz epsilon alpha")
g, step = grad(w0), -alpha * estimate
PARTS = {"loss": L, "gradient": grad, "modulus": modulus, "point": w0, "lipschitz": lipschitz}
NEARLY = "the estimate errs by at most epsilon |g|"
BELOW = "alpha is below 2 / ((1 + epsilon) lipschitz)"

CLAIM = Claim(
    for_all=[L, grad, modulus, w0, estimate, lipschitz, epsilon, alpha],
    given={
        "L has the gradient grad everywhere": differentiable_everywhere(L, grad, modulus),
        "lipschitz is positive": lipschitz > 0,
        "grad is Lipschitz": lipschitz_gradient(grad, lipschitz),
        "the gradient is not zero": g != zero,
        NEARLY: norm(estimate - g) <= epsilon * norm(g),
        "epsilon is below 1": epsilon < 1,
        "alpha is positive": alpha > 0,
        BELOW: alpha < 2 / ((1 + epsilon) * lipschitz),
    },
    unsaid=["grad is Lipschitz", "the gradient is not zero", "epsilon is below 1", BELOW],
    then=L(w0 + step) < L(w0),
)
p, q = inner(estimate, g), inner(estimate, estimate)


def inequality_estimate_points_uphill():
    """g'.g > 0 and |g'|^2 <= (1 + epsilon) g'.g: by Cauchy-Schwarz g'.g lies between (1 - epsilon)
    |g|^2 and (1 + epsilon) |g|^2, and (1 + epsilon) g'.g - |g'|^2 >= (1 - epsilon) ((1 + epsilon)
    |g|^2 - g'.g).
    """
    given = [CLAIM.given[h] for h in ("the gradient is not zero", NEARLY, "epsilon is below 1")]
    across = cauchy_schwarz(estimate - g, g)
    return entails(given, (p > 0) & (q <= (1 + epsilon) * p), by=[across])


def theorem_nearly_right_is_enough():
    """By the descent lemma L falls by at least alpha (g'.g - lipschitz alpha |g'|^2 / 2), and the
    bracket is at least (1 - (1 + epsilon) lipschitz alpha / 2) g'.g > 0.
    """
    error = descent_lemma(L, grad, modulus, w0, step, lipschitz)
    return CLAIM.proved(by=[error, inequality_estimate_points_uphill()])


LONG, HALF = Fraction(3, 2) * e1, Fraction(1, 2)


def on_a_bowl(point, found, size, rate):
    """|w|^2 / 2 from a point, with an estimate, its relative error and a learning rate."""
    return bowl(1).at(point, **PARTS) | {estimate: found, epsilon: size, alpha: rate}


def inhabited_by_a_bowl():
    """|w|^2 / 2 from e1: the estimate 3/2 e1 of the gradient e1, with alpha = 1."""
    return CLAIM.inhabited_by(on_a_bowl(e1, LONG, HALF, 1))


def counterexample_zero_gradient():
    """At the minimizer the estimate can only be 0, and the step is zero."""
    return CLAIM.fails(on_a_bowl(zero, zero, HALF, 1), without="the gradient is not zero")


def counterexample_epsilon_at_least_one():
    """With epsilon = 1 the estimate may be 0, and the step is zero."""
    return CLAIM.fails(on_a_bowl(e1, zero, 1, HALF), without="epsilon is below 1")


def counterexample_alpha_too_large():
    """The estimate 3/2 e1 with alpha = 4/3 leads from e1 to -e1, where the loss is the same."""
    return CLAIM.fails(on_a_bowl(e1, LONG, HALF, Fraction(4, 3)), without=BELOW)


def counterexample_growing_curvature():
    """On 2 x^4 - x the exact gradient with alpha = 1 leads from x = 0 to x = 1, where L is 1."""
    parts = {"loss": L, "gradient": grad, "modulus": modulus, "point": w0}
    at = TURNING_QUARTIC.at(zero, **parts) | {lipschitz: 1, estimate: -e1, epsilon: 0, alpha: 1}
    return CLAIM.fails(at, without="grad is Lipschitz")


def search_lipschitz_losses():
    """On random losses, with errors in all directions of up to nearly |g|."""
    parts = {"loss": L, "gradient": grad, "point": w0, "lipschitz": lipschitz}

    def nearly(start):
        size = start.fraction
        rate = start.below(2 / ((1 + size) * start.loss.lipschitz))
        return start.gives(**parts) | {estimate: start.erring(size), epsilon: size, alpha: rate}

    drawn = ["L has the gradient grad everywhere", "grad is Lipschitz", NEARLY]
    return CLAIM.survives(starts(lipschitz_losses()), nearly, granted=drawn)


# -------- the bound of a12 for the estimate: alpha < 2 / lipschitz
BOUND_OF_A12 = CLAIM.but(without=BELOW, given={"alpha is small": alpha < 2 / lipschitz})


def counterexample_bound_of_a12():
    """The estimate 3/2 e1 with alpha = 3/2 leads from e1 to -5/4 e1."""
    return BOUND_OF_A12.fails(on_a_bowl(e1, LONG, HALF, Fraction(3, 2)))


# -------- the bound is sharp: an estimate that is too long by the factor 1 + epsilon
BOWL = bowl(lipschitz)
TOO_LONG = (1 + epsilon) * BOWL.gradient(w0)
w1 = w0 - alpha * TOO_LONG
BOUND_IS_SHARP = Claim(
    for_all=[w0, lipschitz, epsilon, alpha],
    given={
        "lipschitz is positive": lipschitz > 0,
        "epsilon is not negative": epsilon >= 0,
        "w0 is not the minimizer": w0 != zero,
        "alpha is not small": alpha >= 2 / ((1 + epsilon) * lipschitz),
    },
    then=differentiable_everywhere(BOWL.value, BOWL.gradient, BOWL.modulus)
    & lipschitz_gradient(BOWL.gradient, lipschitz)
    & (norm(TOO_LONG - BOWL.gradient(w0)) == epsilon * norm(BOWL.gradient(w0)))
    & (BOWL(w1) >= BOWL(w0))
    & iff(BOWL(w1) == BOWL(w0), alpha == 2 / ((1 + epsilon) * lipschitz)),
)


def theorem_bound_is_sharp():
    """On lipschitz |w|^2 / 2 it leads to (1 - (1 + epsilon) alpha lipschitz) w0: -w0 or beyond."""
    return BOUND_IS_SHARP.proved(by=[BOWL.smooth(), BOWL.steady()])


def inhabited_bound_is_sharp():
    """w0 = e1, lipschitz = 1, epsilon = 1, alpha = 1."""
    return BOUND_IS_SHARP.inhabited_by({w0: e1, lipschitz: 1, epsilon: 1, alpha: 1})
