"""a06. A loss that is continuous and differentiable is close to its first-order expansion.

Claim     If L is continuous and differentiable at w0, then L(w0 + s) ~ L(w0) + g.s: for every
          epsilon > 0 there is d > 0 such that 0 < |s| < d implies |L(w0 + s) - L(w0) - g.s| <=
          epsilon |s|.
Article   A:17: as L is continuous and differentiable, it is near w0 close to its expansion.
Idea      Differentiability at w0 says it (a07), and all of the argument (a11) follows from it.
          Continuity there follows as well, since |L(w0 + s) - L(w0)| <= |s| + |g| |s| for
          |s| < delta(1). Nor need the gradient be continuous: all this applies at 0 to
          w + 2 w^2 sin(1/w), whose derivative takes the values -1 and 3 as near to 0 as we like.
Notation  g = g(w0); delta and mu, the deltas of differentiability and of continuity at w0;
          x = e1.w, y = e2.w.
Verdict   HOLDS; continuity is implied. Differentiability is needed: partial derivatives do not give
          the expansion, and where g is only their vector, or a subgradient, a continuous loss may
          rise for every alpha > 0.
"""

from proofs.lemmas.inner_products import cauchy_schwarz
from proofs.lemmas.linear_models import (
    error_is_small, modulus_chooses_d, small_off_zero, small_remainder, small_remainder_chosen,
    some_d,
)  # fmt: skip
from proofs.lemmas.slopes import reduced_where_negative
from proofs.losses.kinks import CUSP, TWO_KINKS
from proofs.losses.lines import LINE
from proofs.prelude import *

L, delta, mu = function("L", V >> R), function("delta", R >> R), function("mu", R >> R)
w0, g, s = vector("w0 g s")
alpha, epsilon, d = real("alpha epsilon d")

SMOOTH = differentiable(L, at=w0, gradient=g, modulus=delta)
CLAIM = Claim(
    for_all=[L, w0, g, delta, mu],
    given={
        "L is continuous at w0": continuous(L, at=w0, modulus=mu),
        "L is differentiable at w0": SMOOTH,
    },
    then=small_remainder(L, at=w0, gradient=g),
)


def inequality_differentiability_is_the_expansion():
    """d = delta(epsilon) serves, by the definition of differentiability."""
    chosen = small_remainder_chosen(L, at=w0, gradient=g, choice=delta)
    by_delta = [modulus_chooses_d(L, w0, g, delta), instance(chosen, epsilon)]
    serves = witnessed(some_d(error_is_small, L, w0, g, epsilon), delta(epsilon))
    return for_each(CLAIM.then, epsilon, given=[SMOOTH], by=[*by_delta, serves])


def theorem_close_to_its_expansion():
    """Differentiability alone says it."""
    return CLAIM.proved(by=[inequality_differentiability_is_the_expansion()])


PARTS = {"loss": L, "point": w0, "gradient": g, "modulus": delta}
proportional = lambda constant: fun(R, lambda epsilon: epsilon / constant)
AXES = [cauchy_schwarz(e1, s), cauchy_schwarz(e2, s)]


def inhabited_by_a_line():
    """L = x at 0 is continuous, for |e1.s| <= |s|."""
    unbroken = for_each(continuous(LINE.value, zero, proportional(1)), epsilon, s, by=AXES[:1])
    return CLAIM.inhabited_by(LINE.at(zero, **PARTS) | {mu: proportional(1)}, by=[unbroken])


# -------- without continuity
WITHOUT_CONTINUITY = CLAIM.but(without="L is continuous at w0")


def theorem_without_continuity():
    """The proof did not use it."""
    return WITHOUT_CONTINUITY.proved(by=[inequality_differentiability_is_the_expansion()])


def inhabited_without_continuity():
    """L = x at 0."""
    return WITHOUT_CONTINUITY.inhabited_by(LINE.at(zero, **PARTS))


# -------- continuity follows
small_enough = fun(R, lambda epsilon: minimum(delta(1), epsilon / (1 + norm(g))))
CONTINUITY_FOLLOWS = Claim(
    for_all=[L, w0, g, delta],
    given={"L is differentiable at w0": SMOOTH},
    then=continuous(L, at=w0, modulus=small_enough),
)


def theorem_continuity_follows():
    """|L(w0 + s) - L(w0)| <= (1 + |g|) |s| for |s| < delta(1): epsilon = 1 in the definition."""
    little = abs(L(w0 + s) - L(w0)) <= (1 + norm(g)) * norm(s)
    by = [instance(SMOOTH, epsilon=1, s=s), cauchy_schwarz(g, s)]
    changes_little = entails([SMOOTH, norm(s) < delta(1)], little, by)
    goal, by = CONTINUITY_FOLLOWS.then, [changes_little, instance(SMOOTH, epsilon=1, s=s)]
    return CONTINUITY_FOLLOWS.proved(by=[for_each(goal, epsilon, s, given=[SMOOTH], by=by)])


def inhabited_continuity_follows():
    """L = x at 0."""
    return CONTINUITY_FOLLOWS.inhabited_by(LINE.at(zero, **PARTS))


# -------- all that the argument needs
NOT_STATIONARY = {"the gradient is not zero": g != zero}
ALL_THAT_IS_NEEDED = WITHOUT_CONTINUITY.but(
    given=NOT_STATIONARY, then=for_all_small(lambda alpha: L(w0 - alpha * g) < L(w0))
)


def theorem_all_that_is_needed():
    """Where the slope (-g).g = -|g|^2 along -g is negative, small steps along -g lower the loss."""
    lowered = reduced_where_negative(L, at=w0, gradient=g, modulus=delta, direction=-g)
    return ALL_THAT_IS_NEEDED.proved(by=[lowered])


def inhabited_all_that_is_needed():
    """L = x at 0."""
    return ALL_THAT_IS_NEEDED.inhabited_by(LINE.at(zero, **PARTS))


# -------- continuity and a subgradient in place of the gradient
# Much less is concluded: for some alpha > 0 the loss does not rise. Even that fails.
DOES_NOT_RISE = exists(R, lambda alpha: (alpha > 0) & (L(w0 - alpha * g) <= L(w0)))
CONTINUITY_ALONE = Claim(
    for_all=[L, w0, g, mu],
    given={
        "L is continuous at w0": continuous(L, at=w0, modulus=mu),
        "g is a subgradient": subgradient(L, at=w0, gradient=g),
    }
    | NOT_STATIONARY,
    then=DOES_NOT_RISE,
)


def rises_for_every_alpha(loss, at, gradient):
    """loss(at - alpha gradient) > loss(at) for every alpha > 0."""
    return generalize(entails([alpha > 0], loss(at - alpha * gradient) > loss(at)), alpha)


def counterexample_continuity_alone():
    """L = |x| + 2 |y| at (1, 0), against (1, 2): |1 - alpha| + 4 alpha > 1 for every alpha > 0."""
    at = TWO_KINKS.at(e1, loss=L, point=w0, gradient=g) | {mu: proportional(3)}
    unbroken = for_each(continuous(TWO_KINKS.value, e1, proportional(3)), epsilon, s, by=AXES)
    supported = for_each(subgradient(TWO_KINKS.value, e1, e1 + 2 * e2), s)
    rises = rises_for_every_alpha(TWO_KINKS, e1, e1 + 2 * e2)
    return CONTINUITY_ALONE.fails(at, by=[unbroken, supported, rises])


# -------- continuity and partial derivatives: neither the expansion nor the descent
PARTIALS_ALONE = CLAIM.but(
    without="L is differentiable at w0",
    given={
        "L has a partial derivative in x": derivative_along(L, w0, g, e1, delta),
        "L has a partial derivative in y": derivative_along(L, w0, g, e2, delta),
    }
    | NOT_STATIONARY,
    then=small_remainder(L, at=w0, gradient=g) | DOES_NOT_RISE,
)


def inequality_cusp_is_far_from_the_model():
    """L = x + y + 4 sqrt(|x y|), for s = d (1, 1)/4: the model at 0 misses d, and d > |s|."""
    cusp = (CUSP.value, zero, e1 + e2, 1, d)
    missed = instance(small_off_zero(*cusp), d / 4 * (e1 + e2))
    no_d = generalize(entails([], ~error_is_small(*cusp), by=[missed]), d)
    return refuted_at(small_remainder(CUSP.value, zero, e1 + e2), 1, by=[no_d])


def counterexample_partials_alone():
    """The same L at 0, against (1, 1): it changes by -2 alpha + 4 alpha > 0."""
    h, one = real("h"), fun(R, lambda epsilon: 1)
    at = CUSP.at(zero, loss=L, point=w0, gradient=g) | {delta: one, mu: proportional(6)}
    unbroken = for_each(continuous(CUSP.value, zero, proportional(6)), epsilon, s, by=AXES)
    # L(h e1) = L(h e2) = h, so that this is its derivative along e2 as well.
    along_an_axis = for_each(derivative_along(CUSP.value, zero, e1 + e2, e1, one), epsilon, h)
    rises = rises_for_every_alpha(CUSP, zero, e1 + e2)
    by = [unbroken, along_an_axis, rises, inequality_cusp_is_far_from_the_model()]
    return PARTIALS_ALONE.fails(at, by=by)
