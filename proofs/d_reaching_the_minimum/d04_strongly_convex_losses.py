"""d04. On a strongly convex loss each step shrinks the distance from the minimizer by one factor.

Question  A:25; B:26: repeated often enough, the step reaches the minimum. How often is that?
Claim     |W(n) - w*| <= q^n |W(0) - w*| for every n, where q = max(|1 - alpha mu|, |1 - alpha
          lipschitz|) < 1.
Idea      With D = W(k) - w* and g = grad(W(k)), 0 <= (g - mu D).(lipschitz D - g): the gradient
          changes at least as that of mu |w|^2 / 2 does, and at most as that of lipschitz |w|^2 / 2.
Notation  W(k) is the point after k steps with the learning rate alpha; power(n, q) = q^n; kappa =
          lipschitz / mu, the condition number.
Verdict   HOLDS_IF the gradient is Lipschitz, L is strongly convex and alpha < 2 / lipschitz. Sharp
          for every n and alpha. With alpha = 2 / (mu + lipschitz), (kappa + 1) / 2 steps halve the
          distance; that this alpha is the best is in d05.
"""

from proofs.background.d04_valleys import (
    VALLEY, as_slow_as_allowed, leaping_over, in_one_step, standing_still, turning_round,
)  # fmt: skip
from proofs.lemmas.contraction import (
    distance_after_steps, monotone_at_a_minimizer, slowest_factor,
)  # fmt: skip
from proofs.lemmas.descents import FROM_E1_TO_ZERO, leads_from_e1_to_zero
from proofs.lemmas.powers import powers_are_small, there_are_powers
from proofs.prelude import *
from strategies import starts, strongly_convex_losses

L, grad, modulus = function("L", V >> R), function("grad", V >> V), function("delta", (V, R) >> R)
W, power, (u, w_star) = function("W", N >> V), function("power", (N, R) >> R), vector("u w_star")
(mu, lipschitz, alpha, x), n = real("mu lipschitz alpha x"), natural("n")
FACTOR, HALF, kappa = slowest_factor(mu, lipschitz, alpha), Fraction(1, 2), lipschitz / mu


def known_of(L, grad, modulus, w_star):
    """What is known of the loss."""
    return {
        "there is a gradient": differentiable_everywhere(L, grad, modulus),
        "the gradient is Lipschitz": lipschitz_gradient(grad, lipschitz),
        "L is strongly convex": strongly_convex(L, mu),
        "w_star is a minimizer": minimizer(L, w_star),
    }


CONSTANTS = {"mu is positive": mu > 0, "mu is at most lipschitz": mu <= lipschitz}
POWERS, POSITIVE = {"power(n, x) is x^n": is_power(power)}, {"alpha is positive": alpha > 0}
BELOW, MOVES = "alpha is below 2 / lipschitz", "the update rule"
CLAIM = Claim(
    for_all=[L, grad, modulus, mu, lipschitz, w_star, alpha, W, power, n],
    given=known_of(L, grad, modulus, w_star)
    | {**CONSTANTS, **POSITIVE, BELOW: alpha < 2 / lipschitz}
    | {MOVES: gradient_descent(W, grad, alpha), **POWERS},
    unsaid=["the gradient is Lipschitz", "L is strongly convex", BELOW],
    then=(norm(W(n) - w_star) <= power(n, FACTOR) * norm(W(0) - w_star)) & (FACTOR < 1),
)
PARTS = {"loss": L, "gradient": grad, "modulus": modulus, "lipschitz": lipschitz}
PARTS |= {"mu": mu, "minimizer": w_star, "alpha": alpha, "points": W, "steps": n}


def inequality_monotone():
    """0 <= (g - mu D).(lipschitz D - g), because L - mu |w|^2 / 2 is convex."""
    return monotone_at_a_minimizer()


def theorem_distance():
    """So a step multiplies the distance by at most |1 - alpha mu| or |1 - alpha lipschitz|."""
    return CLAIM.proved(by=[distance_after_steps()])


def inhabited_by_a_bowl():
    """|w|^2 / 2 from e1 with mu = 1/2 and alpha = 1 = 1 / lipschitz, which leads to 0."""
    return there_are_powers(CLAIM.inhabited_by(in_one_step(HALF, **PARTS), given=POWERS.values()))


def fails(at, without):
    """The claim fails at these values, without the hypothesis."""
    return there_are_powers(CLAIM.fails(at, given=POWERS.values(), without=without))


def counterexample_alpha_too_large():
    """On |w|^2 / 2, alpha = 2 leads from e1 to -e1, and q = 1."""
    return fails(turning_round(**PARTS), BELOW)


def counterexample_level_loss():
    """On the loss 0, which is convex, nothing moves: mu = 1/2, lipschitz = alpha = 1."""
    return fails(standing_still(**PARTS), "L is strongly convex")


def counterexample_steeper_loss():
    """On 3 |w|^2 / 2, alpha = 1 leads from e1 to -2 e1: mu = 1/2, lipschitz = 1."""
    return fails(leaping_over(**PARTS), "the gradient is Lipschitz")


def search_strongly_convex_losses():
    """Runs of up to eight steps on random strongly convex losses come as near as claimed."""
    drawn = {"loss": L, "gradient": grad, "lipschitz": lipschitz, "steps": n, "minimizer": w_star}

    def run_from(start):
        rate = start.below(2 / start.loss.lipschitz)
        run = {alpha: rate, W: start.run(rate), power: lambda k, x: x**k}
        return start.gives(**drawn, strong_convexity=mu) | run

    squares = norm(W(n) - w_star) ** 2 <= power(n, FACTOR) ** 2 * norm(W(0) - w_star) ** 2
    granted = [*known_of(L, grad, modulus, w_star), MOVES, *POWERS]
    then = squares & (FACTOR < 1)  # many attain the bound, which balls tell of squares alone
    return CLAIM.survives(starts(strongly_convex_losses()), run_from, granted, then=then)


# -------- sharp: along a unit vector u the second derivative is lipschitz, and across it is mu
FLAT = all_of(alpha <= 2 / (mu + lipschitz), inner(u, W(0)) == 0)
STEEP = all_of(alpha >= 2 / (mu + lipschitz), W(0) == inner(u, W(0)) * u)
SHARP = Claim(
    for_all=[u, mu, lipschitz, alpha, W, power, n],
    given={"u is a unit vector": norm(u) == 1, **CONSTANTS, **POSITIVE, **POWERS}
    | {MOVES: gradient_descent(W, VALLEY.gradient, alpha), "the start is slow": FLAT | STEEP},
    then=all_of(
        *known_of(VALLEY.value, VALLEY.gradient, VALLEY.modulus, zero).values(),
        norm(W(n)) == power(n, FACTOR) * norm(W(0)),
    ),
)


def theorem_sharp():
    """On (mu |w|^2 + (lipschitz - mu) (u.w)^2)/2 these are the eigenvectors of the Hessian."""
    return SHARP.proved(by=as_slow_as_allowed())


def inhabited_sharp():
    """u = e1 and mu = lipschitz = alpha = 1, from e1 to 0 in one step."""
    at = {u: e1, mu: 1, lipschitz: 1, alpha: 1, W: FROM_E1_TO_ZERO, n: 1}
    leads = [leads_from_e1_to_zero()]
    return there_are_powers(SHARP.inhabited_by(at, leads, given=POWERS.values()))


# -------- how many steps halve the distance, for the best alpha
HALVED = CLAIM.but(
    without=BELOW,
    given={"alpha is best": alpha == 2 / (mu + lipschitz), "n is large": n >= (kappa + 1) / 2},
    then=norm(W(n) - w_star) <= norm(W(0) - w_star) / 2,
)


def theorem_halved():
    """q = 1 - 2 / (kappa + 1), and q^n (1 + n (1 - q)) <= 1 by Bernoulli's inequality."""
    small = instance(substitute(powers_are_small(), {x: FACTOR}), n)
    return HALVED.proved(by=[distance_after_steps(), small])


def inhabited_halved():
    """The run of above, with mu = 1."""
    return there_are_powers(HALVED.inhabited_by(in_one_step(1, **PARTS), given=POWERS.values()))
