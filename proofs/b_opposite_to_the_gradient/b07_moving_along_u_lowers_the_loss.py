"""b07. Moving along a direction of reduced loss lowers the loss.

Claim     If u is a direction of reduced loss, with its eta0, and 0 < eta < eta0, then L(theta + eta
          u) < L(theta).
Article   B:25: to move in the direction u ensures that the loss decreases.
Idea      This is what the name promises (b03), and it promises it below eta0 only.
Notation  eta0, a bound below which every eta lowers the loss; that there is one is what the name
          says. x = e1.theta.
Verdict   HOLDS_IF 0 < eta < eta0, which goes unsaid. That u is such a direction is said, and needed
          too.
"""

from proofs.claims import Claim
from proofs.definitions import direction_of_reduced_loss
from proofs.kernel import (
    R,
    V,
    e1,
    entails,
    fun,
    function,
    generalize,
    inner,
    instance,
    real,
    vector,
    witnessed,
)
from proofs.lemmas.directions import reduces_below

L = function("L", V >> R)
theta, u = vector("theta u")
eta, eta0 = real("eta eta0")

CLAIM = Claim(
    for_all=[L, theta, u, eta0, eta],
    given={
        "u is a direction of reduced loss": reduces_below(L, theta, u, eta0),
        "eta is positive": eta > 0,
        "eta is small": eta < eta0,
    },
    unsaid=["eta is positive", "eta is small"],
    then=L(theta + eta * u) < L(theta),
)
FOR_EVERY_ETA = CLAIM.but(
    for_all=[L, theta, u, eta],
    without="eta is small",
    given={"u is a direction of reduced loss": direction_of_reduced_loss(L, theta, u)},
)


def theorem_below_eta0():
    """The definition, asked about eta."""
    return CLAIM.proved(by=[instance(reduces_below(L, theta, u, eta0), eta)])


SQUARE = fun(V, lambda theta: inner(e1, theta) ** 2)


def from_one(direction, learning_rate):
    """L = x^2 at e1, with eta0 = 2."""
    return {L: SQUARE, theta: e1, u: direction, eta0: 2, eta: learning_rate}


def inequality_eta0_is_two():
    """L = x^2 from e1 along -e1: (1 - eta)^2 < 1 exactly if 0 < eta < 2."""
    return generalize(entails([eta > 0, eta < 2], SQUARE(e1 + eta * -e1) < SQUARE(e1)), eta)


def inhabited_by_a_square():
    """L = x^2 from e1 along -e1, with eta = 1, to the minimum."""
    return CLAIM.inhabited_by(from_one(-e1, 1), by=[inequality_eta0_is_two()])


def counterexample_large_eta():
    """eta = 3 leads to -2 e1, and the loss rises from 1 to 4."""
    return CLAIM.fails_without("eta is small", from_one(-e1, 3), by=[inequality_eta0_is_two()])


def counterexample_every_eta():
    """So that -e1 is a direction of reduced loss is no promise for eta = 3."""
    reduced = direction_of_reduced_loss(SQUARE, e1, -e1)
    return FOR_EVERY_ETA.fails(
        from_one(-e1, 3), by=[witnessed(reduced, 2), inequality_eta0_is_two()]
    )


def counterexample_negative_eta():
    """eta = -1 leads to 2 e1, and the loss rises from 1 to 4."""
    return CLAIM.fails_without("eta is positive", from_one(-e1, -1), by=[inequality_eta0_is_two()])


def counterexample_another_direction():
    """Along e1 every eta > 0 raises the loss, eta = 1 from 1 to 4."""
    return CLAIM.fails_without("u is a direction of reduced loss", from_one(e1, 1))
