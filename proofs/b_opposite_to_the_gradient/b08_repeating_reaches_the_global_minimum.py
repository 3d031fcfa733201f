"""b08. Repeating the step reaches the global minimum.

Claim     If theta moves again and again along directions of reduced loss, and each step lowers the
          loss: for every epsilon > 0, from some k on, L(theta(k)) <= L(w) + epsilon for all w.
Article   B:26: the moves along u, each of which lowers the loss, are repeated until the global
          minimum is reached.
Idea      A loss that falls at every step need not come near its minimum: the run may pass between
          two minima and end at a saddle, its steps may shrink too fast, or go to and fro across the
          minimum.
Notation  theta(k), the parameters after k steps; u(k), the direction of the next step; (x, y), the
          components of a point; theta_star, a minimizer; low, a lower bound of L; c = eta (1 -
          lipschitz eta / 2), in the code FALL.
Verdict   FAILS in the plane, for x^2 + (y^2 - 1)^2 from (1, 0) with u = -grad: the points (2^-k, 0)
          stay between the minima (0, 1) and (0, -1). It fails even on a convex loss with u = -grad,
          where eta = 2 / lipschitz. More such runs are in a16. Repairs: a16's, for u = -grad, a
          Lipschitz gradient and eta < 2 / lipschitz.
"""

from proofs.a_why_gradient_descent_works.a16_repeated_often_enough_it_reaches_the_minimum import (
    theorem_repair_convex, theorem_repair_convex_approaches, theorem_repair_gradient_vanishes,
    theorem_repair_stationary,
)  # fmt: skip
from proofs.background.b08_caught_runs import (
    against_the_gradient, along_reduced_loss, always_lower, caught_across_the_minimum,
    caught_on_the_crest, caught_short_of_the_minimum, has_minimum, moves_along,
)  # fmt: skip
from proofs.lemmas.descents import FROM_E1_TO_ZERO, fails_along
from proofs.losses.parabolas import bowl
from proofs.prelude import *

L, theta, u = function("L", V >> R), function("theta", N >> V), function("u", N >> V)
eta = real("eta")

RUN = {"eta is positive": eta > 0, "theta moves along u": moves_along(theta, u, eta)}
CLAIM = Claim(
    for_all=[L, theta, u, eta],
    given={
        **RUN,
        "there is a minimum": has_minimum(L),
        "u is a direction of reduced loss": along_reduced_loss(L, theta, u),
        "every step lowers the loss": always_lower(L, theta),
    },
    then=approaches_minimum(theta, L),
)
grad, modulus = function("grad", V >> V), function("delta", (V, R) >> R)
MOVING = {"loss": L, "points": theta, "directions": u, "rate": eta}
DOWNHILL = MOVING | {"gradient": grad, "modulus": modulus}


def counterexample_saddle():
    """x^2 + (y^2 - 1)^2 is 0 at (0, 1) and (0, -1), and the x-axis leads between them to the saddle
    at 0: at (2^-k, 0), the points of the run with eta = 1/4, the loss is 4^-k + 1.
    """
    return fails_along(CLAIM, *caught_on_the_crest(**DOWNHILL))


# -------- with u = -grad
AGAINST_THE_GRADIENT = {
    "there is a gradient": differentiable_everywhere(L, grad, modulus),
    "u is against the gradient": against_the_gradient(grad, theta, u),
}
GRADIENT_DESCENT = CLAIM.but(for_all=[*CLAIM.for_all, grad, modulus], given=AGAINST_THE_GRADIENT)


def counterexample_gradient_descent():
    """The same run: all the while u = -grad."""
    return fails_along(GRADIENT_DESCENT, *caught_on_the_crest(**DOWNHILL))


# -------- on a convex loss
CONVEX_LOSS = CLAIM.but(given={"L is convex": convex(L)})


def counterexample_convex_loss():
    """On x^2 + y^2 the points (1 + 2^-k, 0), with u = (-2^-k / 2, 0) and eta = 1, go no farther
    than (1, 0): the steps shrink too fast.
    """
    return fails_along(CONVEX_LOSS, *caught_short_of_the_minimum(**MOVING))


# -------- on a convex loss with u = -grad
CONVEX_GRADIENT_DESCENT = GRADIENT_DESCENT.but(given={"L is convex": convex(L)})


def counterexample_convex_gradient_descent():
    """On x^2 - max(|x| - 1, 0)^2/4, with eta = 1, the points ((-1)^k (1 + 2^-k), 0) jump to and fro
    across the minimum at 0, and L falls towards 1.
    """
    return fails_along(CONVEX_GRADIENT_DESCENT, *caught_across_the_minimum(**DOWNHILL))


# -------- repaired, for u = -grad and eta < 2 / lipschitz: the gradient tends to zero
lipschitz, low, n = real("lipschitz"), real("low"), natural("n")
SAFE_RATE = {
    "lipschitz is positive": lipschitz > 0,
    "the gradient is Lipschitz": lipschitz_gradient(grad, lipschitz),
    "eta is below 2 / lipschitz": eta < 2 / lipschitz,
}
REPAIR_GRADIENT_VANISHES = Claim(
    for_all=[L, grad, modulus, eta, theta, u, lipschitz, low],
    given={**RUN, **AGAINST_THE_GRADIENT, **SAFE_RATE, "L is bounded below": lower_bound(L, low)},
    then=converges(fun(N, lambda k: grad(theta(k))), zero),
)
# a16's letters for eta and theta
IN_A16 = {
    "L": L,
    "grad": grad,
    "delta": modulus,
    "alpha": eta,
    "W": theta,
    "lipschitz": lipschitz,
}


def inequality_update_rule():
    """theta(k + 1) = theta(k) + eta u(k) = theta(k) - eta grad(theta(k)): gradient descent, as a16
    has it.
    """
    k, moves = natural("k"), moves_along(theta, u, eta)
    opposite = against_the_gradient(grad, theta, u)
    put_in = replaced(lambda v: theta(k + 1) == theta(k) + eta * v, u(k), -grad(theta(k)))
    step = [instance(moves, k), instance(opposite, k), put_in]
    return for_each(gradient_descent(theta, grad, eta), k, given=[moves, opposite], by=step)


def theorem_repair_gradient_vanishes_is_a16():
    """grad(theta(k)) converges to zero where L is bounded below."""
    by_a16 = instance(theorem_repair_gradient_vanishes(), **IN_A16, low=low)
    return REPAIR_GRADIENT_VANISHES.proved(by=[by_a16, inequality_update_rule()])


PARTS = {"loss": L, "gradient": grad, "modulus": modulus, "lipschitz": lipschitz}
BACK = fun(N, lambda k: -FROM_E1_TO_ZERO(k))
BOWL, ONE_STEP = bowl(1), {eta: 1, theta: FROM_E1_TO_ZERO, u: BACK, n: 1}


def inequality_one_step_leads_to_zero():
    """theta(k + 1) = theta(k) + u(k) for the points e1, 0, 0, 0, ... and u(k) = -theta(k)."""
    return for_each(moves_along(FROM_E1_TO_ZERO, BACK, 1), natural("k"))


def inhabited_repair_gradient_vanishes():
    """|w|^2 / 2 from e1 with eta = 1 = 1 / lipschitz: one step leads to the minimum 0 at 0."""
    at = BOWL.at(e1, **PARTS, least=low) | ONE_STEP
    return REPAIR_GRADIENT_VANISHES.inhabited_by(at, by=[inequality_one_step_leads_to_zero()])


# -------- and how soon it is small
FALL = eta * (1 - lipschitz * eta / 2)
REPAIR_STATIONARY = REPAIR_GRADIENT_VANISHES.but(
    for_all=[*REPAIR_GRADIENT_VANISHES.for_all, n],
    given={"there is a step": n >= 1},
    then=exists(
        N, lambda k: (k < n) & (norm(grad(theta(k))) ** 2 <= (L(theta(0)) - low) / (FALL * n))
    ),
)


def theorem_repair_stationary_is_a16():
    """For some k < n, |grad(theta(k))|^2 is at most (L(theta(0)) - low) / (c n)."""
    by_a16 = instance(theorem_repair_stationary(), **IN_A16, low=low, n=n)
    return REPAIR_STATIONARY.proved(by=[by_a16, inequality_update_rule()])


def inhabited_repair_stationary():
    """The same run."""
    at = BOWL.at(e1, **PARTS, least=low) | ONE_STEP
    return REPAIR_STATIONARY.inhabited_by(at, by=[inequality_one_step_leads_to_zero()])


# -------- repaired: the claim itself, for a convex loss with a minimizer
theta_star = vector("theta_star")
REPAIR_CONVEX_APPROACHES = REPAIR_GRADIENT_VANISHES.but(
    for_all=[L, grad, modulus, eta, theta, u, lipschitz, theta_star],
    without="L is bounded below",
    given={"L is convex": convex(L), "theta_star is a minimizer": minimizer(L, theta_star)},
    then=approaches_minimum(theta, L),
)


def theorem_repair_convex_approaches_is_a16():
    """theta comes arbitrarily near the minimum."""
    by_a16 = instance(theorem_repair_convex_approaches(), **IN_A16, w_star=theta_star)
    return REPAIR_CONVEX_APPROACHES.proved(by=[by_a16, inequality_update_rule()])


def inhabited_repair_convex_approaches():
    """The same run on |w|^2 / 2."""
    at = BOWL.at(e1, **PARTS, minimizer=theta_star) | ONE_STEP
    known = [BOWL.convex(), inequality_one_step_leads_to_zero()]
    return REPAIR_CONVEX_APPROACHES.inhabited_by(at, by=known)


# -------- and how soon it is near
EXCESS, START = L(theta(n)) - L(theta_star), norm(theta(0) - theta_star) ** 2
REPAIR_CONVEX = REPAIR_CONVEX_APPROACHES.but(
    for_all=[*REPAIR_CONVEX_APPROACHES.for_all, n],
    given={"there is a step": n >= 1},
    then=all_of(
        EXCESS >= 0,
        implies(eta <= 1 / lipschitz, EXCESS <= START / (2 * eta * n)),
        implies(eta >= 1 / lipschitz, EXCESS <= START / (4 * FALL * n)),
    ),
)


def theorem_repair_convex_is_a16():
    """L(theta(n)) is at most |theta(0) - theta_star|^2 / (2 eta n) above the minimum for eta <= 1 /
    lipschitz, and |theta(0) - theta_star|^2 / (4 c n) beyond.
    """
    by_a16 = instance(theorem_repair_convex(), **IN_A16, w_star=theta_star, n=n)
    return REPAIR_CONVEX.proved(by=[by_a16, inequality_update_rule()])


def inhabited_repair_convex():
    """The same run."""
    at = BOWL.at(e1, **PARTS, minimizer=theta_star) | ONE_STEP
    return REPAIR_CONVEX.inhabited_by(at, by=[BOWL.convex(), inequality_one_step_leads_to_zero()])
