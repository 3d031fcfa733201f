"""b01. The update rule moves the parameters along u.

Claim     With theta_new = theta + eta u, that is w_new = w + eta dw and b_new = b + eta db, theta
          moves along u: theta_new is not theta, and theta_new - theta = c u for some c > 0.
Article   B:06, 08-11, 13-15, 23, 31: theta = [w, b] and its change [dw, db], later called u, are
          vectors of R^2; to theta, eta times the change is added, and theta moves in the direction
          of the change.
Idea      The displacement is eta u: a positive multiple of u exactly if eta > 0, and not zero
          exactly if eta u != 0.
Notation  theta, the parameters; u, the article's Delta theta; eta, the learning rate. In the plane
          of two orthonormal vectors i and j, theta = w i + b j and u = dw i + db j.
Verdict   DEFINITION of theta_new, in any inner-product space. That it is along u takes eta > 0 and
          u != 0, both unsaid.
"""

from proofs.claims import Claim
from proofs.definitions import orthonormal
from proofs.kernel import (
    R, choose, e1, e2, entails, exists, generalize, iff, instance, real, replaced, vector,
    witnessed, zero,
)  # fmt: skip

theta, theta_new, u, i, j = vector("theta theta_new u i j")
eta, c, w, b, dw, db, w_new, b_new = real("eta c w b dw db w_new b_new")


def moves_along(start, end, direction):
    """The end is not the start, and the displacement is a positive multiple of the direction."""
    return (end != start) & exists(R, lambda c: (c > 0) & (end - start == c * direction))


CLAIM = Claim(
    for_all=[theta, theta_new, u, eta],
    given={
        "the update rule": theta_new == theta + eta * u,
        "eta is positive": eta > 0,
        "u is not zero": u != zero,
    },
    unsaid=["eta is positive", "u is not zero"],
    then=moves_along(theta, theta_new, u),
    defines="theta_new",
)
EXACTLY_THEN = Claim(
    for_all=[theta, theta_new, u, eta],
    given={"the update rule": theta_new == theta + eta * u},
    then=iff(moves_along(theta, theta_new, u), (eta > 0) & (u != zero)),
)
BY_COMPONENTS = Claim(
    for_all=[i, j, w, b, dw, db, eta, w_new, b_new],
    given={"i and j are orthonormal": orthonormal(i, j)},
    then=iff(
        w_new * i + b_new * j == (w * i + b * j) + eta * (dw * i + db * j),
        (w_new == w + eta * dw) & (b_new == b + eta * db),
    ),
)

AFTER = theta + eta * u
ALONG_U = moves_along(theta, AFTER, u)


def inequality_along_u_only_if():
    """If eta u = c u with c > 0, and eta u != 0, then eta = c and u != 0."""
    both = (eta > 0) & (u != zero)
    multiple = [AFTER != theta, c > 0, AFTER - theta == c * u]
    return choose(entails([ALONG_U], ALONG_U.args[1]), entails(multiple, both), c)


def inequality_along_u_if():
    """If eta > 0 and u != 0, then eta u != 0, and c = eta serves."""
    return entails([eta > 0, u != zero], ALONG_U, by=[witnessed(ALONG_U.args[1], eta)])


def theorem_exactly_then():
    """theta + eta u for theta_new, then both directions."""
    there = replaced(lambda end: moves_along(theta, end, u), theta_new, AFTER)
    back = replaced(lambda end: moves_along(theta, end, u), AFTER, theta_new)
    return EXACTLY_THEN.proved(
        by=[there, back, inequality_along_u_only_if(), inequality_along_u_if()]
    )


def theorem_moves_along_u():
    """One of the two directions."""
    return CLAIM.proved(by=[instance(theorem_exactly_then(), theta, theta_new, u, eta)])


def theorem_by_components():
    """Two vectors of the plane are equal exactly if both components are."""
    return BY_COMPONENTS.proved()


def inhabited_by_a_step_along_e1():
    """eta = 2 and u = e1 lead from 0 to 2 e1."""
    return CLAIM.inhabited_by({theta: zero, theta_new: 2 * e1, u: e1, eta: 2})


def inhabited_by_the_same_step():
    """The same step."""
    return EXACTLY_THEN.inhabited_by({theta: zero, theta_new: 2 * e1, u: e1, eta: 2})


def inhabited_by_the_axes():
    """i = e1 and j = e2, with (w, b) = (1, 2), u = (3, 4) and eta = 2."""
    return BY_COMPONENTS.inhabited_by(
        {i: e1, j: e2, w: 1, b: 2, dw: 3, db: 4, eta: 2, w_new: 7, b_new: 10}
    )


def counterexample_negative_learning_rate():
    """eta = -1 leads from 0 to -e1, against u = e1: -e1 = c e1 for no c > 0."""
    at = {theta: zero, theta_new: -e1, u: e1, eta: -1}
    never = generalize(entails([], (c <= 0) | (-e1 - zero != c * e1)), c)
    return CLAIM.fails_without("eta is positive", at, by=[never])


def counterexample_no_direction():
    """u = 0 leads from 0 nowhere."""
    return CLAIM.fails_without("u is not zero", at={theta: zero, theta_new: zero, u: zero, eta: 1})
