"""d07. Without convexity, the exact factor for alpha = 1 / lipschitz.

Question  A:25; B:26: enough repetitions reach the minimum. At each step the excess over it shrinks
          by some factor, if the gradient tells how high the loss is (d03): by which at least?
Claim     With h = alpha lipschitz <= 1, L(W(n)) - L(w*) <= q^n (L(W(0)) - L(w*)), where q =
          (2 lipschitz - h (3 - h) mu) / (2 lipschitz + h mu), if |grad(w)|^2 >= 2 mu (L(w) - L(w*))
          at the points w of the run up to n.
Idea      4 lipschitz times the fall of a step from g to g1 is at least h (3 - h) |g|^2 + h |g1|^2
          (d02); both squares are at least 2 mu times the excess there.
Notation  W(k) is the point after k steps with the learning rate alpha; power(n, x) = x^n.
Verdict   HOLDS_IF the gradient is Lipschitz, it tells how high the loss is, and h <= 1. At h = 1 it
          is sharp, for every n and every mu < lipschitz.

At h = 1 the factor is that of Abbaszadehpeivasti, de Klerk and Zamani (2023).
"""

from proofs.background.d07_staircase import down_a_staircase
from proofs.lemmas.linear_rates import faster_linear_rate
from proofs.lemmas.powers import there_are_powers
from proofs.losses.bowl_runs import leaping, to_the_minimum
from proofs.prelude import *

L, grad, modulus = function("L", V >> R), function("grad", V >> V), function("delta", (V, R) >> R)
W, power, (u, w_star) = function("W", N >> V), function("power", (N, R) >> R), vector("u w_star")
(lipschitz, mu, alpha), n = real("lipschitz mu alpha"), natural("n")
STEEP, SHORT = "the gradient tells how high L is along the run", "h is at most 1"


def steep_along(L, grad, W, w_star):
    """At W(0), ..., W(n) the gradient tells how high L is."""
    return forall(N, lambda k: implies(
        k <= n, norm(grad(W(k))) ** 2 >= 2 * mu * (L(W(k)) - L(w_star)),
    ))  # fmt: skip


def factor(lipschitz, alpha):
    """The factor q."""
    h = alpha * lipschitz
    return (2 * lipschitz - h * (3 - h) * mu) / (2 * lipschitz + h * mu)


POWERS = {"power(n, x) is x^n": is_power(power)}
CLAIM = Claim(
    for_all=[L, grad, modulus, lipschitz, mu, w_star, alpha, W, power, n],
    given={
        "there is a gradient": differentiable_everywhere(L, grad, modulus),
        "lipschitz is positive": lipschitz > 0,
        "the gradient is Lipschitz": lipschitz_gradient(grad, lipschitz),
        "w_star is a minimizer": minimizer(L, w_star),
        "mu is positive": mu > 0,
        STEEP: steep_along(L, grad, W, w_star),
        "alpha is positive": alpha > 0,
        SHORT: alpha * lipschitz <= 1,
        "the update rule": gradient_descent(W, grad, alpha),
        **POWERS,
    },
    unsaid=["the gradient is Lipschitz", STEEP, SHORT],
    then=L(W(n)) - L(w_star) <= power(n, factor(lipschitz, alpha)) * (L(W(0)) - L(w_star)),
)
RUN = {"loss": L, "gradient": grad, "minimizer": w_star, "lipschitz": lipschitz}
RUN |= {"modulus": modulus, "mu": mu, "alpha": alpha, "points": W, "steps": n}


def theorem_linear_rate():
    """By induction on n."""
    return CLAIM.proved(by=[faster_linear_rate(L(w_star))])


def fails(at, without):
    """The claim fails at these values, without the hypothesis."""
    return there_are_powers(CLAIM.fails(at, given=POWERS.values(), without=without))


def inhabited_by_a_bowl():
    """|w|^2 / 2 from e1 with mu = 1 and alpha = 1 = 1 / lipschitz, which leads to 0."""
    at = to_the_minimum(1, RUN)
    return there_are_powers(CLAIM.inhabited_by(at, given=POWERS.values()))


def counterexample_not_steep():
    """The same run with mu = 2: then q = -1/2, but 0 is not at most -1/4."""
    return fails(to_the_minimum(2, RUN), STEEP)


def counterexample_steeper_than_lipschitz():
    """On 3 |w|^2 / 2 with lipschitz = alpha = 1 a step leads from e1 to -2 e1, and q = 2/5."""
    return fails(leaping(3, 1, RUN), "the gradient is Lipschitz")


def counterexample_longer_steps():
    """On |w|^2 / 2 alpha = 3 leads from e1 to -2 e1, and q = 4/7."""
    return fails(leaping(1, 3, RUN), SHORT)


# -------- sharp for alpha = 1 = 1 / lipschitz, whatever n and mu
SHARP = Claim(
    for_all=[u, mu, power, n],
    given={
        "u is a unit vector": norm(u) == 1,
        "mu is positive": mu > 0,
        "mu is below 1": mu < 1,
        **POWERS,
    },
    then=exists(V >> R, V >> V, (V, R) >> R, N >> V, V, lambda L, grad, delta, W, w_star: all_of(
        differentiable_everywhere(L, grad, delta),
        lipschitz_gradient(grad, 1),
        minimizer(L, w_star),
        gradient_descent(W, grad, 1),
        steep_along(L, grad, W, w_star),
        L(W(n)) - L(w_star) == power(n, factor(1, 1)) * (L(W(0)) - L(w_star)),
        L(W(0)) > L(w_star),
    )),
)  # fmt: skip


def theorem_sharp():
    """On a slope with n stairs in u.w, each 1 / sqrt(q) times as steep as the next: on a stair the
    slope falls halfway to 0, and then it rises. Each step leads down one stair.
    """
    return SHARP.proved(by=[down_a_staircase(SHARP.then, factor(1, 1))])


def inhabited_sharp():
    """u = e1 and mu = 2/3: then q = 1/4."""
    at = {u: e1, mu: Fraction(2, 3), n: 1}
    return there_are_powers(SHARP.inhabited_by(at, given=POWERS.values()))
