"""a06. A loss that is continuous and differentiable is all that the argument needs.

Claim     If L is continuous and differentiable at w0 and g != 0, then L(w0 - alpha g) < L(w0) for
          all small alpha > 0.
Article   A:17: L is assumed continuous and differentiable, and nothing more is asked of it later.
Idea      The argument (a11) uses differentiability at w0, and nothing else. Continuity there
          follows from it, since
          |L(w0 + s) - L(w0)| <= |s| + |g| |s| for |s| < delta(1). Nor need the gradient be
          continuous: a11 applies at 0 to w + 2 w^2 sin(1/w), whose derivative takes the values -1
          and 3 as near to 0 as we like.
Notation  g = g(w0); delta and mu, the deltas of differentiability and of continuity at w0; x =
          e1.w, y = e2.w.
Verdict   HOLDS; that g != 0 goes unsaid is a11's affair. Continuity is implied. Differentiability
          is needed: where g is only a subgradient, or the vector of partial derivatives, a
          continuous loss may rise for every alpha > 0.
"""

from proofs.a_why_gradient_descent_works.a11_small_step_lowers_the_loss import (
    LINEAR, theorem_small_steps_lower_the_loss,
)  # fmt: skip
from proofs.claims import Claim
from proofs.definitions import (
    continuous,
    derivative_along,
    differentiable,
    for_all_small,
    subgradient,
)
from proofs.kernel import (
    R, V, e1, e2, entails, exists, fun, function, generalize, implies, inner, instance, minimum,
    norm, real, sqrt, vector, zero,
)  # fmt: skip
from proofs.lemmas.inner_products import cauchy_schwarz
from proofs.lemmas.losses import differentiable_by_remainder, quadratic_modulus

L, delta, mu = function("L", V >> R), function("delta", R >> R), function("mu", R >> R)
w0, g, s = vector("w0 g s")
alpha, epsilon, h = real("alpha epsilon h")

SMOOTH = differentiable(L, at=w0, gradient=g, modulus=delta)
CLAIM = Claim(
    for_all=[L, w0, g, delta, mu],
    given={
        "L is continuous at w0": continuous(L, at=w0, modulus=mu),
        "L is differentiable at w0": SMOOTH,
    },
    then=implies(g != zero, for_all_small(lambda alpha: L(w0 - alpha * g) < L(w0))),
)
WITHOUT_CONTINUITY = CLAIM.but(without="L is continuous at w0")
CONTINUITY_FOLLOWS = Claim(
    for_all=[L, w0, g, delta],
    given={"L is differentiable at w0": SMOOTH},
    then=continuous(
        L, at=w0, modulus=fun(R, lambda epsilon: minimum(delta(1), epsilon / (1 + norm(g))))
    ),
)
# Much less than CLAIM concludes; even this is refuted below.
DOES_NOT_RISE = implies(
    g != zero, exists(R, lambda alpha: (alpha > 0) & (L(w0 - alpha * g) <= L(w0)))
)
CONTINUITY_ALONE = Claim(
    for_all=[L, w0, g, mu],
    given={
        "L is continuous at w0": continuous(L, at=w0, modulus=mu),
        "g is a subgradient": subgradient(L, at=w0, gradient=g),
    },
    then=DOES_NOT_RISE,
)
PARTIALS_ALONE = CLAIM.but(
    without="L is differentiable at w0",
    given={
        "L has a partial derivative in x": derivative_along(L, w0, g, e1, delta),
        "L has a partial derivative in y": derivative_along(L, w0, g, e2, delta),
    },
    then=DOES_NOT_RISE,
)


def theorem_argument_needs_no_more():
    """This is a11, which does not use continuity."""
    return CLAIM.proved(by=[instance(theorem_small_steps_lower_the_loss(), L, w0, g, delta)])


def theorem_continuity_is_redundant():
    """So the hypothesis may go."""
    return WITHOUT_CONTINUITY.proved(
        by=[instance(theorem_small_steps_lower_the_loss(), L, w0, g, delta)]
    )


def inequality_loss_changes_little():
    """|L(w0 + s) - L(w0)| <= (1 + |g|) |s| for |s| < delta(1): epsilon = 1 in the definition, and
    Cauchy-Schwarz.
    """
    near = [SMOOTH, norm(s) < delta(1)]
    bound = (1 + norm(g)) * norm(s)
    return entails(
        near, abs(L(w0 + s) - L(w0)) <= bound, by=[instance(SMOOTH, 1, s), cauchy_schwarz(g, s)]
    )


def theorem_continuity_follows():
    """So |L(w0 + s) - L(w0)| <= epsilon where, besides, |s| < epsilon / (1 + |g|)."""
    for_this_epsilon = instance(CONTINUITY_FOLLOWS.then, epsilon, s).goal
    small = entails(
        [epsilon > 0, norm(s) < epsilon / (1 + norm(g))], (1 + norm(g)) * norm(s) <= epsilon
    )
    by = [inequality_loss_changes_little(), small, instance(SMOOTH, 1, s)]
    return CONTINUITY_FOLLOWS.proved(
        by=[generalize(entails([SMOOTH], for_this_epsilon, by), epsilon, s)]
    )


KINK = fun(V, lambda w: abs(inner(e1, w)) + 2 * abs(inner(e2, w)))
CUSP = fun(V, lambda w: inner(e1, w) + inner(e2, w) + 4 * sqrt(abs(inner(e1, w) * inner(e2, w))))


def proportional(constant):
    """epsilon / constant, a modulus of continuity where the loss changes by at most constant
    |s|.
    """
    return fun(R, lambda epsilon: epsilon / constant)


def continuous_by(loss, at, constant):
    """`loss` is continuous, since |loss(at + s) - loss(at)| <= constant |s|: each coordinate of s
    is at most |s|.
    """
    statement = continuous(loss, at, proportional(constant))
    coordinates = [cauchy_schwarz(e1, s), cauchy_schwarz(e2, s)]
    bound = entails([], abs(loss(at + s) - loss(at)) <= constant * norm(s), by=coordinates)
    return generalize(entails([], instance(statement, epsilon, s).goal, by=[bound]), epsilon, s)


def counterexample_subgradient():
    """L = |x| + 2 |y| at (1, 0), against the subgradient (1, 2): |1 - alpha| + 4 alpha > 1 for
    every alpha > 0.
    """
    at = {L: KINK, w0: e1, g: e1 + 2 * e2, mu: proportional(3)}
    supported = generalize(entails([], KINK(e1 + s) >= KINK(e1) + inner(e1 + 2 * e2, s)), s)
    rises = generalize(entails([alpha > 0], KINK(e1 - alpha * (e1 + 2 * e2)) > KINK(e1)), alpha)
    return CONTINUITY_ALONE.fails(at, by=[continuous_by(KINK, e1, 3), supported, rises])


def counterexample_partial_derivatives():
    """L = x + y + 4 sqrt(|x y|) at 0, against its partial derivatives (1, 1): -2 alpha + 4 alpha >
    0.
    """
    one = fun(R, lambda epsilon: 1)
    at = {L: CUSP, w0: zero, g: e1 + e2, delta: one, mu: proportional(6)}
    axes = [derivative_along(CUSP, zero, e1 + e2, e, one) for e in (e1, e2)]
    linear = [generalize(entails([], instance(axis, epsilon, h).goal), epsilon, h) for axis in axes]
    rises = generalize(entails([alpha > 0], CUSP(zero - alpha * (e1 + e2)) > CUSP(zero)), alpha)
    return PARTIALS_ALONE.fails(at, by=[continuous_by(CUSP, zero, 6), *linear, rises])


def inhabited_by_a_linear_loss():
    """L(w) = e1.w at 0."""
    smooth = differentiable_by_remainder(LINEAR, zero, e1, 1, s)
    at = {L: LINEAR, w0: zero, g: e1, delta: quadratic_modulus(1), mu: proportional(1)}
    return CLAIM.inhabited_by(at, by=[smooth, continuous_by(LINEAR, zero, 1)])


def smooth_line(claim):
    """The hypotheses of a claim hold of the same loss, of which nothing but the derivative is
    asked.
    """
    smooth = differentiable_by_remainder(LINEAR, zero, e1, 1, s)
    return claim.inhabited_by(
        {L: LINEAR, w0: zero, g: e1, delta: quadratic_modulus(1)}, by=[smooth]
    )


def inhabited_without_continuity():
    """L(w) = e1.w at 0."""
    return smooth_line(WITHOUT_CONTINUITY)


def inhabited_by_a_differentiable_loss():
    """L(w) = e1.w at 0."""
    return smooth_line(CONTINUITY_FOLLOWS)
