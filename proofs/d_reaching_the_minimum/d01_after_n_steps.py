"""d01. How near its minimum n steps bring a convex loss.

Question  A:25; B:26: enough repetitions reach the minimum. How near is it after n of them, if the
          loss is convex?
Claim     With h = alpha lipschitz: L(W(n)) - L(w*) <= lipschitz |W(0) - w*|^2 / (2 (2 n h + 1)),
          and |grad(W(n))| <= lipschitz |W(0) - w*| / (n h + 1), for every n.
Idea      With D = W(k) - w*, d = L(W(k)) - L(w*) and g = grad(W(k)), |D|^2 + 2 alpha k d + alpha k
          (alpha k + 1 / lipschitz) |g|^2 never grows with k. What it loses in a step is a sum of
          what co-coercivity leaves over between w*, W(k) and W(k + 1).
Notation  W(k) is the point after k steps with the learning rate alpha; w* is a minimizer.
Verdict   HOLDS_IF the gradient is Lipschitz, L is convex and h <= sqrt(2). No n, h and distance
          allow a smaller bound: Huber's loss attains each. For h up to 2 it fails.

The first bound is Drori and Teboulle's (2014, Theorem 3.1, up to h = 1), who conjectured how it
goes on to h = 2; Taylor, Hendrickx and Glineur (2017) compute such bounds, one n at a time; Kim
(2024) proves the conjecture by a semidefinite dual. Here an induction goes as far as sqrt(2), and a
machine has checked it: the formal proofs that we found, in Lean, have O(1/n), not the exact rate.
"""

from proofs.background.d01_extremal_runs import attained_on_huber, one_step_from_e1
from proofs.lemmas.cocoercivity import cocoercivity
from proofs.lemmas.descents import FROM_E1_TO_ZERO, fails_along, leads_from_e1_to_zero
from proofs.lemmas.exact_rates import exact_rate
from proofs.losses.bells import DIP
from proofs.losses.parabolas import bowl
from proofs.prelude import *
from strategies import convex_losses, starts

L, grad, modulus = function("L", V >> R), function("grad", V >> V), function("delta", (V, R) >> R)
W, (u, w_star), n = function("W", N >> V), vector("u w_star"), natural("n")
lipschitz, alpha, r = real("lipschitz alpha r")
h, SHORT = alpha * lipschitz, "h is at most sqrt(2)"


def run_on_a_loss(L, grad, modulus, W, w_star):
    """A run on a convex loss with a Lipschitz gradient and a minimizer."""
    return {
        "there is a gradient": differentiable_everywhere(L, grad, modulus),
        "the gradient is Lipschitz": lipschitz_gradient(grad, lipschitz),
        "L is convex": convex(L),
        "w_star is a minimizer": minimizer(L, w_star),
        "the update rule": gradient_descent(W, grad, alpha),
    }


POSITIVE = {"lipschitz is positive": lipschitz > 0, "alpha is positive": alpha > 0}
START = norm(W(0) - w_star)
LOW = L(W(n)) - L(w_star) <= lipschitz * START**2 / (2 * (2 * n * h + 1))
CLAIM = Claim(
    for_all=[L, grad, modulus, alpha, W, lipschitz, w_star, n],
    given={**run_on_a_loss(L, grad, modulus, W, w_star), **POSITIVE, SHORT: h <= sqrt(2)},
    unsaid=["the gradient is Lipschitz", "L is convex", SHORT],
    then=LOW & (norm(grad(W(n))) <= lipschitz * START / (n * h + 1)),
)
PARTS = {"loss": L, "gradient": grad, "modulus": modulus, "minimizer": w_star}
RUN = {**PARTS, "alpha": alpha, "points": W, "steps": n}
RUN_AS_STEEP = {**RUN, "lipschitz": lipschitz}
ACROSS = bowl(1), Fraction(19, 10), Fraction(-9, 10)


def inequality_cocoercivity():
    """L(v) - L(w) - grad(w).(v - w) >= |grad(v) - grad(w)|^2 / (2 lipschitz)."""
    return cocoercivity()


def theorem_exact_rate():
    """The sum stays at most |W(0) - w*|^2, and is at least 2 (2 n alpha + 1 / lipschitz) times the
    excess, and (n alpha + 1 / lipschitz)^2 |grad(W(n))|^2.
    """
    return CLAIM.proved(by=[instance(exact_rate(), *CLAIM.for_all)])


def inhabited_by_a_bowl():
    """|w|^2 / 2 from e1 with alpha = 1 = 1 / lipschitz, which leads to 0."""
    at = bowl(1).at(e1, **PARTS, lipschitz=lipschitz) | {alpha: 1, W: FROM_E1_TO_ZERO, n: 1}
    return CLAIM.inhabited_by(at, by=[leads_from_e1_to_zero(), bowl(1).convex()])


def counterexample_steeper_than_lipschitz():
    """On 3 |w|^2 / 2 with lipschitz = alpha = 1, one step leads from e1 to -2 e1: |grad| = 6."""
    at, points, run = one_step_from_e1(bowl(3), 1, -2, RUN)
    at |= {lipschitz: 1}
    return fails_along(CLAIM, at, points, run, without="the gradient is Lipschitz")


def counterexample_not_convex():
    """On -1/(1 + x^2) with lipschitz = 2, alpha = 1/2 leads from e1 to 3/4 e1, at 9/25 > 1/3 above
    the minimum.
    """
    run = one_step_from_e1(DIP, Fraction(1, 2), Fraction(3, 4), RUN_AS_STEEP)
    return fails_along(CLAIM, *run, without="L is convex")


def counterexample_longer_steps():
    """On |w|^2 / 2 with h = 19/10, one step leads from e1 to -9/10 e1: 81/200 > 1/(2 (2 h + 1))."""
    return fails_along(CLAIM, *one_step_from_e1(*ACROSS, RUN_AS_STEEP), without=SHORT)


def run_from(start):
    """A run with h up to nearly 7/5."""
    rate = start.below(Fraction(7, 5) / start.loss.lipschitz)
    parts = start.gives(loss=L, gradient=grad, lipschitz=lipschitz, minimizer=w_star, steps=n)
    return parts | {alpha: rate, W: start.run(rate)}


def search_convex_losses():
    """Runs of up to eight steps on random convex losses stay within both bounds."""
    granted = set(run_on_a_loss(L, grad, modulus, W, w_star))
    return CLAIM.survives(starts(convex_losses(with_minimizer=True)), run_from, granted)


# -------- the same rate for all h below 2
UP_TO_TWO = CLAIM.but(without=SHORT, given={"h is below 2": h < 2}, then=LOW)


def counterexample_up_to_two():
    """The same step."""
    return fails_along(UP_TO_TWO, *one_step_from_e1(*ACROSS, RUN_AS_STEEP))


# -------- no smaller bound, whatever n, h and the distance r
def attained(reached):
    """There is a run from the distance r where the equation reached(L, grad, W, w_star) holds."""
    losses = V >> R, V >> V, (V, R) >> R
    return exists(*losses, N >> V, V, lambda L, grad, delta, W, w_star: all_of(
        *run_on_a_loss(L, grad, delta, W, w_star).values(),
        norm(W(0) - w_star) == r, reached(L, grad, W, w_star),
    ))  # fmt: skip


BOUND = lipschitz * r**2 / (2 * (2 * n * h + 1))
EXCESS = attained(lambda L, grad, W, w_star: L(W(n)) - L(w_star) == BOUND)
GRADIENT = attained(lambda L, grad, W, w_star: norm(grad(W(n))) == lipschitz * r / (n * h + 1))
SHARP = Claim(
    for_all=[u, r, lipschitz, alpha, n],
    given={"u is a unit vector": norm(u) == 1, "r is positive": r > 0, **POSITIVE},
    then=EXCESS & GRADIENT,
)


def theorem_sharp():
    """On Huber's loss in u.w, a parabola up to |u.w| = b and linear from there on, n strides of the
    length h b end before b = r / (2 n h + 1), and just at b = r / (n h + 1).
    """
    return SHARP.proved(by=[attained_on_huber(2, EXCESS), attained_on_huber(1, GRADIENT)])


def inhabited_sharp():
    """u = e1, and 1 for all else."""
    return SHARP.inhabited_by({u: e1, r: 1, lipschitz: 1, alpha: 1, n: 1})
