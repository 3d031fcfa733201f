"""d02. Without convexity, one of n + 1 gradients is small.

Question  A:25; B:26: enough repetitions reach the minimum. What is there to be said of a loss that
          is not convex, after n of them?
Claim     With h = alpha lipschitz <= 1: |grad(W(k))|^2 <= 4 lipschitz (L(W(0)) - low) / (n h (4 -
          h) + 2) for some k <= n, where L >= low everywhere.
Idea      4 lipschitz times the fall of a step from g to g1 is at least h (3 - h) |g|^2 + h |g1|^2,
          by the descent lemma for a point between the two; and n falls leave L >= low.
Notation  W(k) is the point after k steps with the learning rate alpha.
Verdict   HOLDS_IF the gradient is Lipschitz, L is bounded below and h <= 1. It is the least bound,
          for every n and h.

The bound is Abbaszadehpeivasti, de Klerk and Zamani's (2021).
"""

from proofs.background.d02_sagging_slope import (
    at_the_start, down_a_line, sags_as_much, to_and_fro,
)  # fmt: skip
from proofs.lemmas.descents import FROM_E1_TO_ZERO, fails_along, leads_from_e1_to_zero
from proofs.lemmas.smooth_rates import least_gradient
from proofs.losses.parabolas import bowl
from proofs.prelude import *
from strategies import convex_losses, lipschitz_losses, mixed, starts

L, grad, modulus = function("L", V >> R), function("grad", V >> V), function("delta", (V, R) >> R)
W, u, (lipschitz, alpha, low) = function("W", N >> V), vector("u"), real("lipschitz alpha low")
n, h = natural("n"), alpha * lipschitz
SHORT = "h is at most 1"
BOUND = 4 * lipschitz * (L(W(0)) - low) / (n * h * (4 - h) + 2)

CLAIM = Claim(
    for_all=[L, grad, modulus, lipschitz, alpha, W, low, n],
    given={
        "there is a gradient": differentiable_everywhere(L, grad, modulus),
        "lipschitz is positive": lipschitz > 0,
        "the gradient is Lipschitz": lipschitz_gradient(grad, lipschitz),
        "L is bounded below": lower_bound(L, low),
        "alpha is positive": alpha > 0,
        SHORT: h <= 1,
        "the update rule": gradient_descent(W, grad, alpha),
    },
    unsaid=["the gradient is Lipschitz", "L is bounded below", SHORT],
    then=exists(N, lambda k: (k < n + 1) & (norm(grad(W(k))) ** 2 <= BOUND)),
)
PARTS = {"loss": L, "gradient": grad, "modulus": modulus}
RUN = {"lipschitz": lipschitz, "alpha": alpha, "points": W, "low": low, "steps": n}


def theorem_least_gradient():
    """n times h (4 - h) the least square, and 2 times it for L(W(n)) >= low, are at most 4
    lipschitz (L(W(0)) - low).
    """
    return CLAIM.proved(by=[instance(least_gradient(), *CLAIM.for_all)])


def inhabited_by_a_bowl():
    """|w|^2 / 2 from e1 with alpha = 1 = 1 / lipschitz, which leads to 0."""
    at = bowl(1).at(e1, **PARTS, lipschitz=lipschitz, least=low)
    at |= {alpha: 1, W: FROM_E1_TO_ZERO, n: 1}
    return CLAIM.inhabited_by(at, by=[leads_from_e1_to_zero()])


def counterexample_steeper_than_lipschitz():
    """On |w|^2 / 2 with lipschitz = 1/10, n = 0: 1 > 1/10."""
    return CLAIM.fails(at_the_start(CLAIM, PARTS, RUN), without="the gradient is Lipschitz")


def counterexample_not_bounded_below():
    """On x, which is 0 at 0 and not bounded below by 0, every gradient is e1."""
    return CLAIM.fails(down_a_line(CLAIM, PARTS, RUN), without="L is bounded below")


def counterexample_longer_steps():
    """On |w|^2 / 2 with alpha = 2 every point is e1 or -e1, and n = 1: 1 > 1/3."""
    return fails_along(CLAIM, *to_and_fro(CLAIM, PARTS, RUN), without=SHORT)


def run_from(start):
    """A run with h up to nearly 1."""
    rate = start.below(1 / start.loss.lipschitz)
    parts = start.gives(loss=L, gradient=grad, lipschitz=lipschitz, least=low, steps=n)
    return parts | {alpha: rate, W: start.run(rate)}


def search_losses_bounded_below():
    """Runs of up to eight steps on random losses that are bounded below have a gradient as small as
    claimed.
    """
    waves_and_bumps = lipschitz_losses(families=["trigonometric", "gaussian", "rational"])
    granted = ["there is a gradient", "the gradient is Lipschitz", "L is bounded below"]
    losses = starts(mixed(waves_and_bumps, convex_losses(families=["quadratic"])))
    return CLAIM.survives(losses, run_from, [*granted, "the update rule"])


# -------- no smaller bound, whatever n and h
ATTAINED = exists(V >> R, V >> V, (V, R) >> R, N >> V, R, lambda L, grad, delta, W, low: all_of(
    differentiable_everywhere(L, grad, delta),
    lipschitz_gradient(grad, 1),
    lower_bound(L, low),
    gradient_descent(W, grad, alpha),
    L(W(0)) > low,
    forall(N, lambda k: implies(
        k <= n, norm(grad(W(k))) ** 2 == 4 * (L(W(0)) - low) / (n * alpha * (4 - alpha) + 2)
    )),
))  # fmt: skip
SHARP = Claim(
    for_all=[u, alpha, n],
    given={
        "u is a unit vector": norm(u) == 1,
        "alpha is positive": alpha > 0,
        "alpha is at most 1": alpha <= 1,
    },
    then=ATTAINED,
)


def theorem_sharp():
    """In x = u.w, with lipschitz = 1: the slope is -1 at 0, alpha, ..., n alpha, rises halfway from
    one to the next and falls again, and rises from n alpha on. A step leads from one to the next.
    """
    return SHARP.proved(by=[sags_as_much(ATTAINED)])


def inhabited_sharp():
    """u = e1, alpha = 1, n = 1."""
    return SHARP.inhabited_by({u: e1, alpha: 1, n: 1})
