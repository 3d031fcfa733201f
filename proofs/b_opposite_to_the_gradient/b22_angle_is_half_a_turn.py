"""b22. cos beta = -1 exactly where beta = 180 degrees, so where u points opposite to the gradient.

Claim     cos beta = -1 iff beta = pi iff u = -c grad for some c > 0.
Article   B:54-55: the cosine is -1 at 180 degrees, so u should be at 180 degrees to the gradient.
Idea      On [0, pi] the cosine is strictly decreasing, so that it is -1 at pi alone. And where
          cos beta = -1, u.grad = -|u| |grad|: Cauchy-Schwarz is an equality (b15), and u = -c grad
          with c = |u| / |grad|.
Notation  beta, any number with cos beta |u| |grad| = u.grad; pi = 180 degrees. cosine and pi stand
          for whatever has the properties used: that there are such is an axiom, on which only the
          witnesses rest.
Verdict   HOLDS_IF 0 <= beta <= pi, u != 0 and grad != 0, all unsaid; in any inner-product space.
          Such a beta is an angle: in a plane angles add up, and a right one is where u.grad = 0.
"""

from proofs.background.b22_cosine import (
    COSINE, angles_add_up, cosine, minus_one_at_pi_alone, of_the_cosine, pi, repeats, serves,
    zero_at_a_right_angle, zero_at_a_right_angle_alone,
)  # fmt: skip
from proofs.lemmas.angles import against, against_by_lengths
from proofs.prelude import *

u, v, grad = vector("u v grad")
beta, gamma, a, b, c = real("beta gamma a b c")

CLAIM = Claim(
    for_all=[cosine, pi, u, grad, beta],
    given={
        "the cosine": COSINE,
        "beta is an angle between u and the gradient": serves(beta, u, grad),
        "beta is at least 0": beta >= 0,
        "beta is at most 180 degrees": beta <= pi,
        "u is not zero": u != zero,
        "the gradient is not zero": grad != zero,
    },
    unsaid=[
        "beta is at least 0",
        "beta is at most 180 degrees",
        "u is not zero",
        "the gradient is not zero",
    ],
    then=iff(cosine(beta) == -1, beta == pi) & iff(beta == pi, against(u, grad)),
)


def inequality_cosine_is_minus_one_at_pi_alone():
    """cos beta > cos pi = -1 for 0 <= beta < pi."""
    return minus_one_at_pi_alone()


def inequality_cosine_is_minus_one_against_the_gradient():
    """cos beta = -1 is u.grad = -|u| |grad|, which is u = -c grad for some c > 0."""
    same = iff(cosine(beta) == -1, against(u, grad))
    return entails(CLAIM.hypotheses, same, by=[against_by_lengths(u, grad)])


def theorem_angle_is_half_a_turn():
    """Both equivalences together."""
    alone = inequality_cosine_is_minus_one_at_pi_alone()
    return CLAIM.proved(by=[alone, inequality_cosine_is_minus_one_against_the_gradient()])


def inhabited_by_opposite_vectors():
    """u = -e1 and grad = e1, with beta = pi."""
    inhabited = CLAIM.inhabited_by({u: -e1, grad: e1, beta: pi}, given=[COSINE])
    return of_the_cosine(inhabited)


def refuted(claim, at, without, by):
    """Whatever cosine and pi are, the claim fails at these values; and there are such."""
    return of_the_cosine(claim.fails(at, by, given=[COSINE], without=without))


def counterexample_negative_angle():
    """u = -e1 and grad = e1, with beta = -pi: cos(-pi) = cos(-pi + 2 pi) = -1."""
    at = {u: -e1, grad: e1, beta: -pi}
    return refuted(CLAIM, at, "beta is at least 0", by=[repeats(-pi)])


def counterexample_one_turn_more():
    """u = -e1 and grad = e1, with beta = 3 pi: cos 3 pi = cos(pi + 2 pi) = -1."""
    at = {u: -e1, grad: e1, beta: 3 * pi}
    return refuted(CLAIM, at, "beta is at most 180 degrees", by=[repeats(pi)])


def never_against(step, gradient):
    """step = -c gradient for no c > 0."""
    return generalize(entails([c > 0], step != -c * gradient), c)


def counterexample_zero_u():
    """u = 0 and grad = e1, with beta = pi: 0 = -c e1 only for c = 0."""
    at = {u: zero, grad: e1, beta: pi}
    return refuted(CLAIM, at, "u is not zero", by=[never_against(zero, e1)])


def counterexample_zero_gradient():
    """u = e1 and grad = 0, with beta = pi: e1 = -c 0 for no c."""
    at = {u: e1, grad: zero, beta: pi}
    return refuted(CLAIM, at, "the gradient is not zero", by=[never_against(e1, zero)])


# -------- a right angle
RIGHT_ANGLE = CLAIM.but(then=iff(beta == pi / 2, inner(u, grad) == 0))


def theorem_right_angle():
    """Half way cos pi + cos 0 = 2 cos(pi/2)^2, so that cos(pi/2) = 0, and there alone."""
    return RIGHT_ANGLE.proved(by=[zero_at_a_right_angle_alone()])


def inhabited_right_angle():
    """u = e1 and grad = e2, with beta = pi/2."""
    at = {u: e1, grad: e2, beta: pi / 2}
    right = zero_at_a_right_angle()
    return of_the_cosine(RIGHT_ANGLE.inhabited_by(at, by=[right], given=[COSINE]))


# -------- an angle is an angle: in one plane, angles to the gradient add up
ANGLES_ADD_UP = Claim(
    for_all=[cosine, pi, u, v, grad, beta, gamma, a, b],
    given={
        "the cosine": COSINE,
        "beta is an angle between u and the gradient": serves(beta, u, grad),
        "gamma is an angle between v and the gradient": serves(gamma, v, grad),
        "v lies in the plane of u and the gradient": v == a * u + b * grad,
        "the gradient is not zero": grad != zero,
    },
    then=any_of(serves(beta + gamma, u, v), serves(beta - gamma, u, v)),
)


def theorem_angles_add_up():
    """cos(beta + gamma) and cos(beta - gamma) solve t^2 - 2 cos beta cos gamma t + cos^2 beta +
    cos^2 gamma = 1; in a plane the cosine of the angle between u and v does, and there is no third.
    """
    return ANGLES_ADD_UP.proved(by=[angles_add_up()])


def inhabited_angles_add_up():
    """u = e1, grad = e2 and v = -e1, with two right angles."""
    at = {u: e1, grad: e2, v: -e1, beta: pi / 2, gamma: pi / 2, a: -1, b: 0}
    right = zero_at_a_right_angle()
    return of_the_cosine(ANGLES_ADD_UP.inhabited_by(at, by=[right], given=[COSINE]))


def counterexample_out_of_the_plane():
    """e1, e2 and grad = e3: two right angles to the gradient, and a third between e1 and e2."""
    at = {u: e1, v: e2, grad: e3, beta: pi / 2, gamma: pi / 2, a: 0, b: 0}
    without = "v lies in the plane of u and the gradient"
    return refuted(ANGLES_ADD_UP, at, without, by=[zero_at_a_right_angle()])


def counterexample_angles_to_nothing():
    """u = v = e1 and grad = 0: pi/2 and 0 are angles to it, and there is no right one from e1 to
    e1.
    """
    at = {u: e1, v: e1, grad: zero, beta: pi / 2, gamma: 0, a: 1, b: 0}
    without = "the gradient is not zero"
    return refuted(ANGLES_ADD_UP, at, without, by=[zero_at_a_right_angle()])
