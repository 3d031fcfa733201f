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

from fractions import Fraction

from proofs.a_why_gradient_descent_works.a16_repeated_often_enough_it_reaches_the_minimum import (
    theorem_convex_loss, theorem_some_gradient_is_small,
)  # fmt: skip
from proofs.claims import Claim
from proofs.definitions import (
    approaches_minimum, convex, differentiable_everywhere, gradient_descent, lipschitz_gradient,
    lower_bound, minimizer,
)  # fmt: skip
from proofs.kernel import (
    N,
    R,
    V,
    exists,
    fun,
    function,
    instance,
    natural,
    norm,
    real,
    replaced,
    vector,
    zero,
)
from proofs.lemmas.bowl import BOWL, INTO_THE_BOWL, runs_into_the_bowl
from proofs.background.b08_caught_runs import (
    CREST, SQUARE, against, along_reduced_loss, along_the_crest, always_lower, caught_on_the_crest,
    caught_short_of_the_minimum, has_minimum, moves_along, short_of_the_minimum,
)  # fmt: skip
from proofs.lemmas.descents import HALVES, fails_along, for_each

L, grad, modulus = function("L", V >> R), function("grad", V >> V), function("modulus", (V, R) >> R)
theta, u, h = function("theta", N >> V), function("u", N >> V), function("h", N >> R)
eta, lipschitz, low = real("eta lipschitz low")
theta_star = vector("theta_star")
k, n = natural("k n")

RUN = {"eta is positive": eta > 0, "theta moves along u": moves_along(theta, u, eta)}
AGAINST_THE_GRADIENT = {
    "there is a gradient": differentiable_everywhere(L, grad, modulus),
    "u is against the gradient": against(grad, theta, u),
}
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
GRADIENT_DESCENT = CLAIM.but(for_all=[*CLAIM.for_all, grad, modulus], given=AGAINST_THE_GRADIENT)
CONVEX_LOSS = CLAIM.but(given={"L is convex": convex(L)})
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
REPAIR_STATIONARY = Claim(
    for_all=[L, grad, modulus, eta, theta, u, lipschitz, low, n],
    given={**RUN, **AGAINST_THE_GRADIENT, **SHORT_STEPS, "L is bounded below": lower_bound(L, low)},
    then=exists(
        N, lambda k: (k < n) & (norm(grad(theta(k))) ** 2 <= 2 * (L(theta(0)) - low) / (eta * n))
    ),
)


def refuted_on_the_crest(claim):
    """The points (2^-k, 0), the run with eta = 1/4: the loss is 4^-k + 1 there, and 0 at (0, 1)."""
    loss, gradient, near = CREST
    points, directions = along_the_crest(h)
    at = {L: loss, grad: gradient, modulus: near, theta: points, u: directions, eta: Fraction(1, 4)}
    return fails_along(claim, at, h, HALVES, by=caught_on_the_crest(h))


def counterexample_saddle():
    """x^2 + (y^2 - 1)^2 has its minima at (0, 1) and (0, -1), and the x-axis leads between them to
    the saddle at 0.
    """
    return refuted_on_the_crest(CLAIM)


def counterexample_gradient_descent():
    """All the while u = -grad."""
    return refuted_on_the_crest(GRADIENT_DESCENT)


def counterexample_steps_that_shrink():
    """On x^2 + y^2 the points (1 + 2^-k, 0), with u = (-2^-k / 2, 0) and eta = 1, go no farther
    than (1, 0).
    """
    points, directions = short_of_the_minimum(h)
    at = {L: SQUARE, theta: points, u: directions, eta: 1}
    return fails_along(CONVEX_LOSS, at, h, HALVES, by=caught_short_of_the_minimum(h))


def inequality_update_rule():
    """theta(k + 1) = theta(k) + eta u(k) = theta(k) - eta grad(theta(k)): gradient descent, as a16
    has it.
    """
    moves, opposite = moves_along(theta, u, eta), against(grad, theta, u)
    put_in = replaced(lambda v: theta(k + 1) == theta(k) + eta * v, u(k), -grad(theta(k)))
    step = [instance(moves, k), instance(opposite, k), put_in]
    return for_each(gradient_descent(theta, grad, eta), k, given=[moves, opposite], by=step)


def theorem_convex_loss_comes_near_its_minimum():
    """This is the first repair of a16."""
    by_a16 = instance(theorem_convex_loss(), L, grad, modulus, eta, theta, lipschitz, theta_star, n)
    return REPAIR_CONVEX.proved(by=[by_a16, inequality_update_rule()])


def theorem_some_gradient_comes_near_zero():
    """This is the second."""
    by_a16 = instance(
        theorem_some_gradient_is_small(), L, grad, modulus, eta, theta, lipschitz, low, n
    )
    return REPAIR_STATIONARY.proved(by=[by_a16, inequality_update_rule()])


def into_the_bowl(claim):
    """The hypotheses of a claim hold of a16's run on |w|^2 / 2 from e1 to 0, with eta = lipschitz =
    1.
    """
    loss, gradient, near = BOWL
    opposite = fun(N, lambda k: -INTO_THE_BOWL(k))
    at = {
        L: loss,
        grad: gradient,
        modulus: near,
        eta: 1,
        theta: INTO_THE_BOWL,
        u: opposite,
        lipschitz: 1,
    }
    at |= {theta_star: zero, low: 0, n: 1}
    moves = for_each(moves_along(INTO_THE_BOWL, opposite, 1), k)
    return claim.inhabited_by(
        at,
        by=[*runs_into_the_bowl(), moves, for_each(against(gradient, INTO_THE_BOWL, opposite), k)],
    )


def inhabited_repair_convex():
    """One step leads to the minimum."""
    return into_the_bowl(REPAIR_CONVEX)


def inhabited_repair_stationary():
    """The same run, with the lower bound 0."""
    return into_the_bowl(REPAIR_STATIONARY)
