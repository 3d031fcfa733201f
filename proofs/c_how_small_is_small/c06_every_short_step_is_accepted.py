"""c06. Armijo's condition accepts every rate up to 2 (1 - c1) / lipschitz.

Question  A:09, 23; B:18: alpha is small, and steps are made smaller. How small are they made by
          shortening, and after how many trials?
Claim     If 0 < alpha <= 2 (1 - c1) / lipschitz: L(w - alpha g) <= L(w) - c1 alpha |g|^2.
Idea      By the descent lemma the loss falls by at least alpha (1 - lipschitz alpha / 2) |g|^2.
Notation  g = grad(w); c1, the part of what the model promises that is asked for; tau, the factor by
          which a rate is shortened when it is not accepted.
Verdict   HOLDS_IF the gradient is Lipschitz and alpha is below the bound, which is sharp. So the
          rates alpha_0 tau^j come to be accepted at the latest when they are below it, and a rate
          that is accepted after one that was not is above tau times the bound.
"""

from proofs.lemmas.descent_lemma import descent_lemma
from proofs.losses.cubics import TURNING_QUARTIC
from proofs.losses.parabolas import bowl
from proofs.prelude import *
from strategies import lipschitz_losses, starts

L, grad, modulus = function("L", V >> R), function("grad", V >> V), function("modulus", (V, R) >> R)
w, (c1, tau, alpha, lipschitz) = vector("w"), real("c1 tau alpha lipschitz")
BOWL, HALF = bowl(1), Fraction(1, 2)
BELOW = "alpha is at most 2 (1 - c1) / lipschitz"
PARTS = {"loss": L, "gradient": grad, "point": w, "lipschitz": lipschitz}


def accepted(rate, loss, at, gradient):
    """Armijo's condition (Nocedal and Wright, Numerical Optimization, 3.4)."""
    return loss(at - rate * gradient) <= loss(at) - c1 * rate * norm(gradient) ** 2


SAFE = {
    "L has the gradient grad everywhere": differentiable_everywhere(L, grad, modulus),
    "lipschitz is positive": lipschitz > 0,
    "grad is Lipschitz": lipschitz_gradient(grad, lipschitz),
}
CLAIM = Claim(
    for_all=[L, grad, modulus, w, lipschitz, c1, alpha],
    given={
        **SAFE,
        "alpha is positive": alpha > 0,
        BELOW: alpha <= 2 * (1 - c1) / lipschitz,
    },
    unsaid=["grad is Lipschitz", BELOW],
    then=accepted(alpha, L, w, grad(w)),
)


def theorem_every_short_rate():
    """By the descent lemma L falls by at least alpha (1 - lipschitz alpha / 2) |g|^2."""
    error = descent_lemma(L, grad, modulus, w, -alpha * grad(w), lipschitz)
    short = entails([lipschitz > 0, CLAIM.given[BELOW]], lipschitz * alpha <= 2 * (1 - c1))
    return CLAIM.proved(by=[error], hints=[short])


def inhabited_by_a_bowl():
    """|w|^2 / 2 from e1 with c1 = 1/2 and alpha = 1."""
    return CLAIM.inhabited_by(BOWL.at(e1, **PARTS, modulus=modulus) | {c1: HALF, alpha: 1})


def counterexample_alpha_too_large():
    """|w|^2 / 2 from e1 with c1 = 1/2 and alpha = 2, which leads to -e1."""
    at = BOWL.at(e1, **PARTS, modulus=modulus) | {c1: HALF, alpha: 2}
    return CLAIM.fails(at, without=BELOW)


def counterexample_growing_curvature():
    """On 2 x^4 - x with c1 = 1/2 and alpha = 1, from 0: L rises from 0 to 1."""
    at = TURNING_QUARTIC.at(zero, loss=L, gradient=grad, point=w, modulus=modulus)
    return CLAIM.fails(at | {lipschitz: 1, c1: HALF, alpha: 1}, without="grad is Lipschitz")


def search_lipschitz_losses():
    """On random losses with c1 = 1/2, with rates up to nearly the bound."""
    rate = lambda start: start.below(1 / Fraction(start.loss.lipschitz))
    at = lambda start: start.gives(**PARTS) | {c1: HALF, alpha: rate(start)}
    drawn = ["L has the gradient grad everywhere", "grad is Lipschitz"]
    return CLAIM.survives(starts(lipschitz_losses()), at, granted=drawn)


# -------- no more than that are accepted on lipschitz |w|^2 / 2, whose curvature is lipschitz
STEEP = bowl(lipschitz)
BOUND_IS_SHARP = Claim(
    for_all=[w, lipschitz, c1, alpha],
    given={
        "lipschitz is positive": lipschitz > 0,
        "w is not the minimizer": w != zero,
        "alpha is positive": alpha > 0,
    },
    then=iff(accepted(alpha, STEEP.value, w, STEEP.gradient(w)), alpha <= 2 * (1 - c1) / lipschitz),
)


def theorem_bound_is_sharp():
    """This loss falls by just alpha (1 - lipschitz alpha / 2) |g|^2."""
    return BOUND_IS_SHARP.proved()


def inhabited_bound_is_sharp():
    """w = e1, lipschitz = 1, alpha = 1."""
    return BOUND_IS_SHARP.inhabited_by({w: e1, lipschitz: 1, c1: HALF, alpha: 1})


# -------- so a rate that is accepted after one that was not is not far below the bound
AFTER_ONE_REFUSED = Claim(
    for_all=[L, grad, modulus, w, lipschitz, c1, tau, alpha],
    given={
        **SAFE,
        "alpha is positive": alpha > 0,
        "tau is positive": tau > 0,
        "alpha is not accepted": ~accepted(alpha, L, w, grad(w)),
    },
    then=tau * alpha > 2 * tau * (1 - c1) / lipschitz,
)


def theorem_after_one_refused():
    """alpha is above 2 (1 - c1) / lipschitz, since it is not accepted."""
    short = instance(theorem_every_short_rate(), *CLAIM.for_all)
    return AFTER_ONE_REFUSED.proved(by=[short])


def inhabited_after_one_refused():
    """|w|^2 / 2 from e1 with c1 = tau = 1/2: the rate 2 leads to -e1."""
    at = BOWL.at(e1, **PARTS, modulus=modulus) | {c1: HALF, tau: HALF, alpha: 2}
    return AFTER_ONE_REFUSED.inhabited_by(at)
