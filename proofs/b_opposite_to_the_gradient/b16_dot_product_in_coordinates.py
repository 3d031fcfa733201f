"""b16. The dot product of u and the gradient is u1 g1 + u2 g2.

Claim     u.grad = u1 g1 + u2 g2 for u = [u1, u2] and grad = [g1, g2].
Article   B:46: this is just the dot product of u and the gradient. What "this" is stood in a
          picture that is lost; the formula is our restoration of it.
Idea      The inner product is bilinear, and x.x = y.y = 1 and x.y = 0 for unit vectors x and y
          along the axes.
Notation  u = u1 x + u2 y, the step direction; grad = g1 x + g2 y, the gradient at theta.
Verdict   HOLDS, of the restored formula. In any dimension each axis adds one product. Taken without
          the picture, the sentence calls the range of B:45 the dot product; that is false, and
          shown as a misreading: the dot product is one number within the range.
"""

from proofs.prelude import *

u, grad, x, y = vector("u grad x y")
u1, u2, g1, g2 = real("u1 u2 g1 g2")

CLAIM = Claim(
    for_all=[x, y, u1, u2, g1, g2],
    given={"the axes are orthonormal": orthonormal(x, y)},
    then=inner(u1 * x + u2 * y, g1 * x + g2 * y) == u1 * g1 + u2 * g2,
)


def theorem_products_of_coordinates():
    """u.grad = u1 g1 x.x + (u1 g2 + u2 g1) x.y + u2 g2 y.y."""
    return CLAIM.proved()


def inhabited_by_the_first_two_axes():
    """u = [1, 2] and grad = [3, 4] along e1 and e2."""
    return CLAIM.inhabited_by({x: e1, y: e2, u1: 1, u2: 2, g1: 3, g2: 4})


def counterexample_axes_that_coincide():
    """With y = x the vectors [1, 1] and [1, 1] have the product 4, not 2."""
    at = {x: e1, y: e1, u1: 1, u2: 1, g1: 1, g2: 1}
    return CLAIM.fails(at, without="the axes are orthonormal")


# -------- one axis more: from 0, axis by axis, the sum of the products in any dimension
ONE_AXIS_MORE = Claim(
    for_all=[x, u, grad, u1, g1],
    given={
        "x is a unit vector": norm(x) == 1,
        "u and the gradient so far are across x": (inner(u, x) == 0) & (inner(grad, x) == 0),
    },
    then=inner(u + u1 * x, grad + g1 * x) == inner(u, grad) + u1 * g1,
)


def theorem_one_axis_more():
    """(u + u1 x).(grad + g1 x) = u.grad + u1 g1."""
    return ONE_AXIS_MORE.proved()


def inhabited_one_axis_more():
    """From e1 to the plane, along e2."""
    return ONE_AXIS_MORE.inhabited_by({x: e2, u: e1, grad: e1, u1: 1, g1: 1})


# -------- the misreading that the range is the dot product
MISREADING_THE_RANGE_IS_THE_DOT_PRODUCT = Claim(
    for_all=[u, grad],
    then=(inner(u, grad) == norm(u) * norm(grad)) | (inner(u, grad) == -norm(u) * norm(grad)),
)


def counterexample_misreading_the_range_is_the_dot_product():
    """u = e1 and grad = e2: the range is from -1 to 1, and the dot product is 0."""
    return MISREADING_THE_RANGE_IS_THE_DOT_PRODUCT.fails({u: e1, grad: e2})
