"""b07. Moving along a direction of reduced loss lowers the loss.

Claim     If u is a direction of reduced loss, with its eta0, and 0 < eta < eta0, then
          L(theta + eta u) < L(theta).
Article   B:09, 25: to move in the direction u leads to where the error is less; it ensures that the
          loss decreases.
Idea      This is what the name promises (b03), and it promises it below eta0 only.
Notation  eta0, a bound below which every eta lowers the loss; that there is one is what the name
          says. x = e1.theta.
Verdict   HOLDS_IF 0 < eta < eta0. That the steps are small is said (B:16-18), how small goes
          unsaid. That u is such a direction is said, and needed too.
"""

from proofs.lemmas.directions import reduced_with_eta0, reduces_below
from proofs.losses.parabolas import SQUARE
from proofs.prelude import *

L = function("L", V >> R)
theta, u = vector("theta u")
eta, eta0 = real("eta eta0")

BELOW_ETA0 = reduces_below(L, theta, u, eta0)
CLAIM = Claim(
    for_all=[L, theta, u, eta0, eta],
    given={
        "u is a direction of reduced loss": BELOW_ETA0,
        "eta is positive": eta > 0,
        "eta is below eta0": eta < eta0,
    },
    unsaid=["eta is positive", "eta is below eta0"],
    then=L(theta + eta * u) < L(theta),
)


def theorem_below_eta0():
    """The definition, asked about eta."""
    return CLAIM.proved(by=[instance(BELOW_ETA0, eta)])


FROM_ONE = SQUARE.at(e1, loss=L, point=theta) | {u: -e1, eta0: 2}


def inequality_eta0_is_two():
    """L = x^2 from e1 along -e1: (1 - eta)^2 < 1 for 0 < eta < 2."""
    return for_each(reduces_below(SQUARE.value, e1, -e1, 2), eta)


def inhabited_by_a_square():
    """L = x^2 from e1 along -e1, with eta = 1, to the minimum."""
    return CLAIM.inhabited_by(FROM_ONE | {eta: 1}, by=[inequality_eta0_is_two()])


def counterexample_large_eta():
    """eta = 3 leads to -2 e1, and the loss rises from 1 to 4."""
    at = FROM_ONE | {eta: 3}
    return CLAIM.fails(at, by=[inequality_eta0_is_two()], without="eta is below eta0")


def counterexample_negative_eta():
    """eta = -1 leads to 2 e1, and the loss rises from 1 to 4."""
    at = FROM_ONE | {eta: -1}
    return CLAIM.fails(at, by=[inequality_eta0_is_two()], without="eta is positive")


def counterexample_another_direction():
    """Along e1 every eta > 0 raises the loss, eta = 1 from 1 to 4."""
    at = FROM_ONE | {u: e1, eta: 1}
    return CLAIM.fails(at, without="u is a direction of reduced loss")


# -------- every eta, however large
FOR_EVERY_ETA = CLAIM.but(
    for_all=[L, theta, u, eta],
    without="eta is below eta0",
    given={"u is a direction of reduced loss": direction_of_reduced_loss(L, theta, u)},
)


def counterexample_for_every_eta():
    """That -e1 is a direction of reduced loss is no promise for eta = 3."""
    reduced = reduced_with_eta0(SQUARE.value, e1, -e1, eta0=2)
    return FOR_EVERY_ETA.fails(FROM_ONE | {eta: 3}, by=[reduced])
