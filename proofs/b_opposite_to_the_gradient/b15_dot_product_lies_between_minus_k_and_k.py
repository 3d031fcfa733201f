"""b15. The dot product of u and the gradient lies between -|u| |grad| and |u| |grad|.

Claim     -|u| |grad| <= u.grad <= |u| |grad|.
Article   B:45, the range of u.grad.
Idea      Cauchy-Schwarz: the square of v = |grad|^2 u - (u.grad) grad is at least 0, and it is
          |grad|^2 (|u|^2 |grad|^2 - (u.grad)^2). That leaves grad = 0 open; there, for every t,
          0 <= |u + t grad|^2 = |u|^2 + 2 t u.grad, so that u.grad = 0.
Notation  u, the step direction; grad, the gradient at theta; r, a length; tau, a value. In
          dimension 1 slope stands for grad.
Verdict   HOLDS, in any inner-product space. A bound is reached exactly where u and grad are
          collinear. Among vectors of one length every value between the bounds is taken in
          dimension 2 and more, only the bounds in dimension 1.
"""

from proofs.lemmas.angles import (
    equality_where_collinear, takes, takes_every_value, unit_vector_across,
)  # fmt: skip
from proofs.lemmas.inner_products import cauchy_schwarz
from proofs.prelude import *

u, grad, p, q, n, g = vector("u grad p q n g")
r, tau, step, slope = real("r tau step slope")

CLAIM = Claim(
    for_all=[u, grad],
    then=(inner(u, grad) >= -norm(u) * norm(grad)) & (inner(u, grad) <= norm(u) * norm(grad)),
)


def theorem_cauchy_schwarz():
    """The two vectors of the idea have squares of at least 0, whatever u and grad are."""
    return CLAIM.proved(by=[cauchy_schwarz(u, grad)])


# -------- where a bound is reached
WHERE_A_BOUND_IS_REACHED = Claim(
    for_all=[u, grad],
    then=iff(abs(inner(u, grad)) == norm(u) * norm(grad), collinear(u, grad)),
)


def theorem_where_a_bound_is_reached():
    """|u.grad| = |u| |grad| is v = 0, that is |grad|^2 u = (u.grad) grad."""
    return WHERE_A_BOUND_IS_REACHED.proved(by=[equality_where_collinear(u, grad)])


# -------- which values between the bounds are taken, from dimension 2 on
IN_DIMENSION_TWO_AND_MORE = Claim(
    for_all=[p, q, grad, r, tau],
    given={"there are two dimensions": orthonormal(p, q), "r is a length": r >= 0},
    then=iff(takes(grad, r, tau), abs(tau) <= r * norm(grad)),
)


def inequality_no_other_value_is_taken():
    """A vector u with |u| = r and u.grad = tau has |tau| <= r |grad|, by the claim."""
    taken, such_a_u = takes(grad, r, tau), [norm(u) == r, inner(u, grad) == tau]
    bounded = entails(such_a_u, abs(tau) <= r * norm(grad), by=[cauchy_schwarz(u, grad)])
    return choose(entails([taken], taken), bounded, u)


def theorem_in_dimension_two_and_more():
    """With a unit vector n across grad: (tau/|grad|^2) grad + sqrt(r^2 - tau^2/|grad|^2) n."""
    with_n = choose(unit_vector_across(), takes_every_value(), n)
    taken = substitute(with_n, {g: grad})
    return IN_DIMENSION_TWO_AND_MORE.proved(by=[inequality_no_other_value_is_taken(), taken])


def inhabited_in_dimension_two_and_more():
    """e1 and e2, and the length 1."""
    return IN_DIMENSION_TWO_AND_MORE.inhabited_by({p: e1, q: e2, grad: e1, r: 1, tau: 0})


# -------- in dimension 1
IN_DIMENSION_ONE = Claim(
    for_all=[slope, r, tau],
    given={"r is a length": r >= 0},
    then=iff(takes(slope, r, tau), (tau == r * abs(slope)) | (tau == -r * abs(slope))),
)


def theorem_in_dimension_one():
    """A number of absolute value r is r or -r: only the two bounds are taken."""
    taken, bounds = takes(slope, r, tau), (tau == r * abs(slope)) | (tau == -r * abs(slope))
    only = entails([abs(step) == r, step * slope == tau], bounds)
    taken_alone = choose(entails([taken], taken), only, step)
    return IN_DIMENSION_ONE.proved(by=[taken_alone, witnessed(taken, r), witnessed(taken, -r)])


def inhabited_in_dimension_one():
    """The length 1."""
    return IN_DIMENSION_ONE.inhabited_by({slope: 1, r: 1, tau: 1})
