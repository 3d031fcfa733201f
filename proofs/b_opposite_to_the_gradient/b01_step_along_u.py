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

from proofs.prelude import *

theta, theta_new, u = vector("theta theta_new u")
eta, c = real("eta c")


def positive_multiple(v, direction):
    """v = c direction for some c > 0."""
    return exists(R, lambda c: (c > 0) & (v == c * direction))


def moves_along(start, end, direction):
    """The end is not the start, and the displacement is a positive multiple of the direction."""
    return (end != start) & positive_multiple(end - start, direction)


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


AFTER = theta + eta * u


def inequality_along_u_if():
    """If eta > 0 and u != 0, then eta u != 0, and c = eta serves."""
    ahead = witnessed(positive_multiple(AFTER - theta, u), eta)
    return entails([eta > 0, u != zero], moves_along(theta, AFTER, u), by=[ahead])


def theorem_moves_along_u():
    """theta_new is theta + eta u."""
    there = replaced(lambda end: moves_along(theta, end, u), AFTER, theta_new)
    return CLAIM.proved(by=[inequality_along_u_if(), there])


ALONG_E1 = {theta: zero, theta_new: 2 * e1, u: e1, eta: 2}


def inhabited_by_a_step_along_e1():
    """eta = 2 and u = e1 lead from 0 to 2 e1."""
    return CLAIM.inhabited_by(ALONG_E1)


def counterexample_negative_learning_rate():
    """eta = -1 leads from 0 to -e1, against u = e1: -e1 = c e1 for no c > 0."""
    at = {theta: zero, theta_new: -e1, u: e1, eta: -1}
    never = for_each(negation(positive_multiple(-e1, e1)), c)
    return CLAIM.fails(at, by=[never], without="eta is positive")


def counterexample_no_direction():
    """u = 0 leads from 0 nowhere."""
    nowhere = {theta: zero, theta_new: zero, u: zero, eta: 1}
    return CLAIM.fails(nowhere, without="u is not zero")


# -------- then, and only then
EXACTLY_THEN = Claim(
    for_all=[theta, theta_new, u, eta],
    given={"the update rule": theta_new == theta + eta * u},
    then=iff(moves_along(theta, theta_new, u), (eta > 0) & (u != zero)),
)


def inequality_along_u_only_if():
    """If eta u = c u with c > 0, and eta u != 0, then eta = c and u != 0."""
    along_u, ahead = moves_along(theta, AFTER, u), positive_multiple(AFTER - theta, u)
    multiple = [AFTER != theta, c > 0, AFTER - theta == c * u]
    only = entails(multiple, (eta > 0) & (u != zero))
    return choose(entails([along_u], ahead), only, c)


def theorem_exactly_then():
    """It moves along u if eta > 0 and u != 0, as the claim says, and only if."""
    there = replaced(lambda end: moves_along(theta, end, u), theta_new, AFTER)
    only_if = [there, inequality_along_u_only_if()]
    claim = instance(theorem_moves_along_u(), theta=theta, theta_new=theta_new, u=u, eta=eta)
    return EXACTLY_THEN.proved(by=[claim, *only_if])


def inhabited_exactly_then():
    """The step along e1."""
    return EXACTLY_THEN.inhabited_by(ALONG_E1)


# -------- the same rule in components
i, j = vector("i j")
w, b, dw, db, w_new, b_new = real("w b dw db w_new b_new")

BY_COMPONENTS = Claim(
    for_all=[i, j, w, b, dw, db, eta, w_new, b_new],
    given={"i and j are orthonormal": orthonormal(i, j)},
    then=iff(
        w_new * i + b_new * j == (w * i + b * j) + eta * (dw * i + db * j),
        (w_new == w + eta * dw) & (b_new == b + eta * db),
    ),
)


def theorem_by_components():
    """Two vectors of the plane are equal exactly if both components are."""
    return BY_COMPONENTS.proved()


def inhabited_by_components():
    """i = e1 and j = e2: with eta = 2 and u = (3, 4), (w, b) = (1, 2) becomes (7, 10)."""
    at = {i: e1, j: e2, w: 1, b: 2, dw: 3, db: 4, eta: 2, w_new: 7, b_new: 10}
    return BY_COMPONENTS.inhabited_by(at)
