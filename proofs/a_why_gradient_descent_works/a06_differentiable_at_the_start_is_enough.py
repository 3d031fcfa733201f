"""a06. A loss that is continuous and differentiable is all that the argument needs.

Claim     If L is continuous and differentiable at w0 and g != 0, then L(w0 - alpha g) < L(w0) for
          all small alpha > 0.
Article   A:17: L is assumed continuous and differentiable, and nothing more is asked of it later.
Idea      The argument (a11) uses differentiability at w0, and nothing else. Continuity there
          follows from it, since |L(w0 + s) - L(w0)| <= |s| + |g| |s| for |s| < delta(1). Nor need
          the gradient be continuous: a11 applies at 0 to w + 2 w^2 sin(1/w), whose derivative takes
          the values -1 and 3 as near to 0 as we like.
Notation  g = g(w0); delta and mu, the deltas of differentiability and of continuity at w0;
          x = e1.w, y = e2.w.
Verdict   HOLDS; that g != 0 goes unsaid is a11's affair. Continuity is implied. Differentiability
          is needed: where g is only a subgradient, or the vector of partial derivatives, a
          continuous loss may rise for every alpha > 0.
"""

from proofs.lemmas.inner_products import cauchy_schwarz
from proofs.lemmas.slopes import reduced_where_negative
from proofs.losses.kinks import CUSP, TWO_KINKS
from proofs.losses.lines import LINE
from proofs.prelude import *

L, delta, mu = function("L", V >> R), function("delta", R >> R), function("mu", R >> R)
w0, g, s = vector("w0 g s")
alpha, epsilon = real("alpha epsilon")

SMOOTH = differentiable(L, at=w0, gradient=g, modulus=delta)
CLAIM = Claim(
    for_all=[L, w0, g, delta, mu],
    given={
        "L is continuous at w0": continuous(L, at=w0, modulus=mu),
        "L is differentiable at w0": SMOOTH,
    },
    then=implies(g != zero, for_all_small(lambda alpha: L(w0 - alpha * g) < L(w0))),
)


def inequality_small_steps_against_the_gradient():
    """Where the slope (-g).g along -g is negative, small steps along -g lower the loss."""
    return reduced_where_negative(L, at=w0, gradient=g, modulus=delta, direction=-g)


def theorem_argument_needs_no_more():
    """The slope (-g).g = -|g|^2 is negative where g != 0."""
    return CLAIM.proved(by=[inequality_small_steps_against_the_gradient()])


PARTS = {"loss": L, "point": w0, "gradient": g, "modulus": delta}
proportional = lambda constant: fun(R, lambda epsilon: epsilon / constant)


def inhabited_by_a_line():
    """L = x at 0 is continuous, for |e1.s| <= |s|."""
    unbroken = for_each(
        continuous(LINE.value, zero, proportional(1)), epsilon, s, by=[cauchy_schwarz(e1, s)]
    )
    return CLAIM.inhabited_by(LINE.at(zero, **PARTS) | {mu: proportional(1)}, by=[unbroken])


# -------- without continuity
WITHOUT_CONTINUITY = CLAIM.but(without="L is continuous at w0")


def theorem_without_continuity():
    """The proof did not use it."""
    return WITHOUT_CONTINUITY.proved(by=[inequality_small_steps_against_the_gradient()])


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


def inequality_loss_changes_little():
    """|L(w0 + s) - L(w0)| <= (1 + |g|) |s| for |s| < delta(1): epsilon = 1 in the definition."""
    changes_little = abs(L(w0 + s) - L(w0)) <= (1 + norm(g)) * norm(s)
    by = [instance(SMOOTH, epsilon=1, s=s), cauchy_schwarz(g, s)]
    return entails([SMOOTH, norm(s) < delta(1)], changes_little, by)


def theorem_continuity_follows():
    """So |L(w0 + s) - L(w0)| <= epsilon where, besides, |s| < epsilon / (1 + |g|)."""
    by = [inequality_loss_changes_little(), instance(SMOOTH, epsilon=1, s=s)]
    follows = for_each(CONTINUITY_FOLLOWS.then, epsilon, s, given=[SMOOTH], by=by)
    return CONTINUITY_FOLLOWS.proved(by=[follows])


def inhabited_continuity_follows():
    """L = x at 0."""
    return CONTINUITY_FOLLOWS.inhabited_by(LINE.at(zero, **PARTS))


# -------- continuity and a subgradient in place of the gradient
# Much less is concluded than in CLAIM: for some alpha > 0 the loss does not rise. Even that fails.
does_not_rise = lambda alpha: (alpha > 0) & (L(w0 - alpha * g) <= L(w0))
DOES_NOT_RISE = implies(g != zero, exists(R, does_not_rise))
CONTINUITY_ALONE = Claim(
    for_all=[L, w0, g, mu],
    given={
        "L is continuous at w0": continuous(L, at=w0, modulus=mu),
        "g is a subgradient": subgradient(L, at=w0, gradient=g),
    },
    then=DOES_NOT_RISE,
)


def rises_for_every_alpha(loss, at, gradient):
    """loss(at - alpha gradient) > loss(at) for every alpha > 0."""
    return generalize(entails([alpha > 0], loss(at - alpha * gradient) > loss(at)), alpha)


def counterexample_continuity_alone():
    """L = |x| + 2 |y| at (1, 0), against (1, 2): |1 - alpha| + 4 alpha > 1 for every alpha > 0."""
    at = TWO_KINKS.at(e1, loss=L, point=w0, gradient=g) | {mu: proportional(3)}
    axes = [cauchy_schwarz(e1, s), cauchy_schwarz(e2, s)]
    unbroken = for_each(continuous(TWO_KINKS.value, e1, proportional(3)), epsilon, s, by=axes)
    supported = for_each(subgradient(TWO_KINKS.value, e1, e1 + 2 * e2), s)
    rises = rises_for_every_alpha(TWO_KINKS, e1, e1 + 2 * e2)
    return CONTINUITY_ALONE.fails(at, by=[unbroken, supported, rises])


# -------- continuity and partial derivatives in place of the gradient
PARTIALS_ALONE = CLAIM.but(
    without="L is differentiable at w0",
    given={
        "L has a partial derivative in x": derivative_along(L, w0, g, e1, delta),
        "L has a partial derivative in y": derivative_along(L, w0, g, e2, delta),
    },
    then=DOES_NOT_RISE,
)


def counterexample_partials_alone():
    """L = x + y + 4 sqrt(|x y|) at 0, against (1, 1): it changes by -2 alpha + 4 alpha > 0."""
    h, one = real("h"), fun(R, lambda epsilon: 1)
    at = CUSP.at(zero, loss=L, point=w0, gradient=g) | {delta: one, mu: proportional(6)}
    axes = [cauchy_schwarz(e1, s), cauchy_schwarz(e2, s)]
    unbroken = for_each(continuous(CUSP.value, zero, proportional(6)), epsilon, s, by=axes)
    # L(h e1) = L(h e2) = h, so that this is its derivative along e2 as well.
    along_an_axis = for_each(derivative_along(CUSP.value, zero, e1 + e2, e1, one), epsilon, h)
    rises = rises_for_every_alpha(CUSP, zero, e1 + e2)
    return PARTIALS_ALONE.fails(at, by=[unbroken, along_an_axis, rises])
