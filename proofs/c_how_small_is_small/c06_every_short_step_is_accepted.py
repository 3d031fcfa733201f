"""c06. Armijo's condition accepts every rate up to 2 (1 - c1) / lipschitz.

Question  A:09, 23; B:18: alpha is small, and steps are made smaller. How small are they made by
          shortening, and after how many trials?
Claim     If 0 < alpha <= 2 (1 - c1) / lipschitz: L(w - alpha g) <= L(w) - c1 alpha |g|^2.
Idea      By the descent lemma the loss falls by at least alpha (1 - lipschitz alpha / 2) |g|^2.
Notation  g = grad(w); c1, the part of what the model promises that is asked for; rates(j), alpha_0
          tau^j, of which the first that is accepted is taken.
Verdict   HOLDS_IF the gradient is Lipschitz and alpha is below the bound, which is sharp. So a rate
          is taken after at most min{j: rates(j) <= bound} others, on some losses just so many; and
          it is at least min(alpha_0, tau bound).
"""

from proofs.background.c06_trials import few_trials, same_numbers
from proofs.lemmas.descent_lemma import descent_lemma
from proofs.lemmas.descents import HALVES, obeys, there_is
from proofs.losses.cubics import TURNING_QUARTIC
from proofs.losses.parabolas import bowl
from proofs.prelude import *
from strategies import lipschitz_losses, starts

L, grad, modulus = function("L", V >> R), function("grad", V >> V), function("delta", (V, R) >> R)
w, (c1, tau, alpha, lipschitz) = vector("w"), real("c1 tau alpha lipschitz")
rates, (i, j) = function("rates", N >> R), natural("i j")
BOWL, HALF, bound = bowl(1), Fraction(1, 2), 2 * (1 - c1) / lipschitz
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
    given={**SAFE, "alpha is positive": alpha > 0, BELOW: alpha <= bound},
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
ON_A_BOWL = {"lipschitz is positive": lipschitz > 0, "w is not the minimizer": w != zero}
BOUND_IS_SHARP = Claim(
    for_all=[w, lipschitz, c1, alpha],
    given={**ON_A_BOWL, "alpha is positive": alpha > 0},
    then=iff(accepted(alpha, STEEP.value, w, STEEP.gradient(w)), alpha <= bound),
)


def theorem_bound_is_sharp():
    """This loss falls by just alpha (1 - lipschitz alpha / 2) |g|^2."""
    return BOUND_IS_SHARP.proved()


def inhabited_bound_is_sharp():
    """w = e1, lipschitz = 1, alpha = 1."""
    return BOUND_IS_SHARP.inhabited_by({w: e1, lipschitz: 1, c1: HALF, alpha: 1})


# -------- so few rates are tried, where each is tau times the one before
short = lambda j: rates(j) <= bound
taken = lambda j: accepted(rates(j), L, w, grad(w))
RATES = {
    "the first rate is positive": rates(0) > 0,
    "each rate is tau times the one before": forall(N, lambda k: rates(k + 1) == tau * rates(k)),
    "tau is between 0 and 1": (tau > 0) & (tau < 1),
}
TRIALS = Claim(
    for_all=[L, grad, modulus, w, lipschitz, c1, tau, rates],
    given={**SAFE, **RATES, "c1 is below 1": c1 < 1},
    then=exists(N, N, lambda j, k: all_of(
        is_first(j, short), is_first(k, taken), k <= j, rates(k) >= minimum(rates(0), tau * bound)
    )),
)  # fmt: skip


def theorem_trials():
    """Short rates are accepted; and where k > 0, the rate before was not, so that it was not short
    and this one is above tau times the bound.
    """
    each = instance(theorem_every_short_rate(), *CLAIM.for_all[:-1], rates(i))
    return few_trials(TRIALS, taken, bound, each)


def inhabited_trials():
    """|w|^2 / 2 from e1 with the rates 2^-j and c1 = 1/2."""
    at = BOWL.at(e1, **PARTS, modulus=modulus) | {c1: HALF, tau: HALF}
    return there_is(rates, HALVES, TRIALS.inhabited_by(at, given=obeys(rates, HALVES)))


# -------- and no fewer on that loss
as_many = lambda j: accepted(rates(j), STEEP.value, w, STEEP.gradient(w))
JUST_AS_MANY = Claim(
    for_all=[w, lipschitz, c1, tau, rates, j],
    given={**ON_A_BOWL, **RATES},
    then=iff(is_first(j, short), is_first(j, as_many)),
)


def theorem_just_as_many():
    """A rate is accepted just if it is short."""
    each = instance(theorem_bound_is_sharp(), *BOUND_IS_SHARP.for_all[:-1], rates(i))
    return same_numbers(JUST_AS_MANY, short, as_many, each)


def inhabited_just_as_many():
    """w = e1, lipschitz = 1, the rates 2^-j."""
    at = {w: e1, lipschitz: 1, c1: HALF, tau: HALF, j: 0}
    return there_is(rates, HALVES, JUST_AS_MANY.inhabited_by(at, given=obeys(rates, HALVES)))
