"""d03. A linear rate needs no convexity: it is enough that the gradient tells how high the loss is.

Question  A:25; B:26: enough repetitions reach the minimum. Must the loss be convex, for the excess
          over the minimum to shrink by one factor at each step?
Claim     If |grad(w)|^2 >= 2 mu (L(w) - L(w*)) for all w, and alpha < 2 / lipschitz: L(W(n)) -
          L(w*) <= q^n (L(W(0)) - L(w*)), q = 1 - 2 mu alpha (1 - alpha lipschitz / 2) < 1.
Idea      A step lowers the loss by alpha (1 - alpha lipschitz / 2) |grad|^2 (a12), at least
          2 mu alpha (1 - alpha lipschitz / 2) times the excess.
Notation  W(k) is the point after k steps with the learning rate alpha; power(n, x) = x^n. The
          inequality is Polyak's and Lojasiewicz's.
Verdict   HOLDS_IF the gradient is Lipschitz, it tells how high the loss is, and alpha < 2 /
          lipschitz. That strong convexity is needed, or any, is refuted.
"""

from proofs.background.d03_runs import all_runs_undulating
from proofs.lemmas.linear_rates import linear_rate
from proofs.lemmas.powers import there_are_powers
from proofs.losses.bowl_runs import leaping, to_the_minimum
from proofs.losses.undulating import UNDULATING, undulating_is_not_convex
from proofs.prelude import *
from strategies import polyak_lojasiewicz_losses, starts

L, grad, modulus = function("L", V >> R), function("grad", V >> V), function("delta", (V, R) >> R)
W, power, w_star = function("W", N >> V), function("power", (N, R) >> R), vector("w_star")
(lipschitz, mu, alpha, q), n = real("lipschitz mu alpha q"), natural("n")
STEEP, BELOW = "the gradient tells how high L is", "alpha is below 2 / lipschitz"


def after(W, n, factor):
    """After n steps at most factor^n of the excess is left."""
    return L(W(n)) - L(w_star) <= power(n, factor) * (L(W(0)) - L(w_star))


LOSS = {
    "there is a gradient": differentiable_everywhere(L, grad, modulus),
    "lipschitz is positive": lipschitz > 0,
    "the gradient is Lipschitz": lipschitz_gradient(grad, lipschitz),
    "w_star is a minimizer": minimizer(L, w_star),
}
POWERS = {"power(n, x) is x^n": is_power(power)}
FACTOR = 1 - 2 * mu * alpha * (1 - alpha * lipschitz / 2)
CLAIM = Claim(
    for_all=[L, grad, modulus, lipschitz, mu, w_star, alpha, W, power, n],
    given={
        **LOSS,
        "mu is positive": mu > 0,
        STEEP: forall(V, lambda w: norm(grad(w)) ** 2 >= 2 * mu * (L(w) - L(w_star))),
        "alpha is positive": alpha > 0,
        BELOW: alpha * lipschitz < 2,
        "the update rule": gradient_descent(W, grad, alpha),
        **POWERS,
    },
    unsaid=["the gradient is Lipschitz", STEEP, BELOW],
    then=after(W, n, FACTOR) & (FACTOR < 1),
)
PARTS = {"loss": L, "gradient": grad, "minimizer": w_star, "lipschitz": lipschitz}
RUN = {**PARTS, "modulus": modulus, "mu": mu, "alpha": alpha, "points": W, "steps": n}


def theorem_linear_rate():
    """By induction on n."""
    return CLAIM.proved(by=[linear_rate(L(w_star))])


def fails(at, without):
    """The claim fails at these values, without the hypothesis."""
    return there_are_powers(CLAIM.fails(at, given=POWERS.values(), without=without))


def inhabited_by_a_bowl():
    """|w|^2 / 2 from e1 with mu = 1 and alpha = 1 = 1 / lipschitz, which leads to 0."""
    at = to_the_minimum(1, RUN)
    return there_are_powers(CLAIM.inhabited_by(at, given=POWERS.values()))


def counterexample_not_steep():
    """The same run with mu = 2: then q = -1, but 0 is not at most -1/2."""
    return fails(to_the_minimum(2, RUN), STEEP)


def counterexample_steeper_than_lipschitz():
    """On 3 |w|^2 / 2 with lipschitz = alpha = 1 a step leads from e1 to -2 e1, and q = 1/2."""
    return fails(leaping(3, 1, RUN), "the gradient is Lipschitz")


def counterexample_longer_steps():
    """On |w|^2 / 2 alpha = 3 leads from e1 to -2 e1, and q = 5/2."""
    return fails(leaping(1, 3, RUN), BELOW)


def run_from(start):
    """A run with alpha up to nearly 2 / lipschitz."""
    rate, drawn = start.below(2 / start.loss.lipschitz), {**PARTS, "polyak_lojasiewicz": mu}
    run = {alpha: rate, W: start.run(rate), power: lambda k, x: x**k}
    return start.gives(**drawn, steps=n) | run


def search_polyak_lojasiewicz_losses():
    """Runs of up to eight steps on random losses that are not convex, and on quadratic ones."""
    granted = [*LOSS, STEEP, "the update rule", *POWERS]
    return CLAIM.survives(starts(polyak_lojasiewicz_losses()), run_from, granted)


# -------- where all runs have a linear rate: strong convexity, or at least convexity
EVERY_RUN = forall(N >> V, N, lambda W, n: implies(
    gradient_descent(W, grad, 1 / lipschitz), after(W, n, q),
))  # fmt: skip
STRONG_CONVEXITY_IS_NEEDED = Claim(
    for_all=[L, grad, modulus, lipschitz, w_star, power, q],
    given={**LOSS, **POWERS, "q is below 1": q < 1, "all runs have a linear rate": EVERY_RUN},
    then=convex(L),
)


def counterexample_strong_convexity_is_needed():
    """x^2/2 - max(x - 1, 0)^2 + max(x - 3/2, 0)^2 bends down between 1 and 3/2; lipschitz = 1 and
    mu = 1/7, so q = 4/5.
    """
    at = UNDULATING.at(**PARTS, modulus=modulus) | {q: Fraction(4, 5)}
    known = [undulating_is_not_convex(), all_runs_undulating(EVERY_RUN, {w_star: zero, q: at[q]})]
    return there_are_powers(STRONG_CONVEXITY_IS_NEEDED.fails(at, known, given=POWERS.values()))
