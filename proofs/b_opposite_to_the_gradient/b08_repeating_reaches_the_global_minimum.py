"""b08. Repeating the step reaches the global minimum.

Claim     If theta moves again and again along directions of reduced loss, and each step lowers the
          loss: for every epsilon > 0, from some k on, L(theta(k)) <= L(w) + epsilon for all w.
Article   B:26: the moves along u, each of which lowers the loss, are repeated until the global
          minimum is reached.
Idea      A loss that falls at every step need not come near its minimum: the run may pass between
          two minima and end at a saddle, or its steps may shrink too fast.
Notation  theta(k), the parameters after k steps; u(k), the direction of the next step; (x, y), the
          components of a point; theta_star, a minimizer; low, a lower bound of L.
Verdict   FAILS in the plane, for x^2 + (y^2 - 1)^2 from (1, 0) with u = -grad: the points (2^-k, 0)
          stay between the minima (0, 1) and (0, -1). It fails even on a convex loss, as long as u
          is just a direction of reduced loss. More such runs are in a16. Repairs: a16's, for u =
          -grad, a Lipschitz gradient and eta <= 1 / lipschitz.
"""

from proofs.a_why_gradient_descent_works.a16_repeated_often_enough_it_reaches_the_minimum import (
    theorem_repair_convex, theorem_repair_stationary,
)  # fmt: skip
from proofs.background.b08_caught_runs import (
    against_the_gradient, along_reduced_loss, always_lower, caught_on_the_crest,
    caught_short_of_the_minimum, has_minimum, moves_along,
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
grad, modulus = function("grad", V >> V), function("modulus", (V, R) >> R)
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


# -------- repaired: for a convex loss, u = -grad, and eta <= 1 / lipschitz
lipschitz, theta_star, n = real("lipschitz"), vector("theta_star"), natural("n")
SHORT_STEPS = {
    "lipschitz is positive": lipschitz > 0,
    "the gradient is Lipschitz": lipschitz_gradient(grad, lipschitz),
    "eta is at most 1 / lipschitz": eta <= 1 / lipschitz,
    "there is a step": n >= 1,
}
EXCESS = L(theta(n)) - L(theta_star)
REPAIR_CONVEX = Claim(
    for_all=[L, grad, modulus, eta, theta, u, lipschitz, theta_star, n],
    given={
        **RUN,
        **AGAINST_THE_GRADIENT,
        **SHORT_STEPS,
        "L is convex": convex(L),
        "theta_star is a minimizer": minimizer(L, theta_star),
    },
    then=(EXCESS >= 0) & (EXCESS <= norm(theta(0) - theta_star) ** 2 / (2 * eta * n)),
)
IN_A16 = {"L": L, "grad": grad, "modulus": modulus, "lipschitz": lipschitz, "n": n}
IN_A16 |= {"alpha": eta, "W": theta}  # its letters for eta and theta


def inequality_update_rule():
    """theta(k + 1) = theta(k) + eta u(k) = theta(k) - eta grad(theta(k)): gradient descent, as a16
    has it.
    """
    k, moves, opposite = (
        natural("k"),
        moves_along(theta, u, eta),
        against_the_gradient(grad, theta, u),
    )
    put_in = replaced(lambda v: theta(k + 1) == theta(k) + eta * v, u(k), -grad(theta(k)))
    step = [instance(moves, k), instance(opposite, k), put_in]
    return for_each(gradient_descent(theta, grad, eta), k, given=[moves, opposite], by=step)


def theorem_repair_convex_is_a16():
    """L(theta(n)) is at most |theta(0) - theta_star|^2 / (2 eta n) above the minimum."""
    by_a16 = instance(theorem_repair_convex(), **IN_A16, w_star=theta_star)
    return REPAIR_CONVEX.proved(by=[by_a16, inequality_update_rule()])


PARTS = {"loss": L, "gradient": grad, "modulus": modulus, "lipschitz": lipschitz}
BACK = fun(N, lambda k: -FROM_E1_TO_ZERO(k))
BOWL, ONE_STEP = bowl(1), {eta: 1, theta: FROM_E1_TO_ZERO, u: BACK, n: 1}


def inequality_one_step_leads_to_zero():
    """theta(k + 1) = theta(k) + u(k) for the points e1, 0, 0, 0, ... and u(k) = -theta(k)."""
    return for_each(moves_along(FROM_E1_TO_ZERO, BACK, 1), natural("k"))


def inhabited_repair_convex():
    """|w|^2 / 2 from e1 with eta = 1 = 1 / lipschitz: one step leads to the minimum at 0."""
    at = BOWL.at(e1, **PARTS, minimizer=theta_star) | ONE_STEP
    return REPAIR_CONVEX.inhabited_by(at, by=[BOWL.convex(), inequality_one_step_leads_to_zero()])


# -------- repaired: for any loss that is bounded below, where a small gradient is all that is asked
low = real("low")
REPAIR_STATIONARY = Claim(
    for_all=[L, grad, modulus, eta, theta, u, lipschitz, low, n],
    given={**RUN, **AGAINST_THE_GRADIENT, **SHORT_STEPS, "L is bounded below": lower_bound(L, low)},
    then=exists(
        N, lambda k: (k < n) & (norm(grad(theta(k))) ** 2 <= 2 * (L(theta(0)) - low) / (eta * n))
    ),
)


def theorem_repair_stationary_is_a16():
    """For some k < n, |grad(theta(k))|^2 is at most 2 (L(theta(0)) - low) / (eta n)."""
    by_a16 = instance(theorem_repair_stationary(), **IN_A16, low=low)
    return REPAIR_STATIONARY.proved(by=[by_a16, inequality_update_rule()])


def inhabited_repair_stationary():
    """The same run, with the lower bound 0."""
    at = BOWL.at(e1, **PARTS, least=low) | ONE_STEP
    return REPAIR_STATIONARY.inhabited_by(at, by=[inequality_one_step_leads_to_zero()])
