"""a02. On a falling slope one needs to move right to lower the loss.

Claim     If the slope g at w0 is negative and L(w0 + s) < L(w0), then s > 0.
Article   A:10: starting from w0, lowering the loss takes an increase of w.
Idea      For |s| < delta(-g/2) the linear model g s errs by at most half of |g s|, so L falls to
          the right and rises to the left. A convex L lies above its linear model everywhere: L(w0 +
          s) >= L(w0) + g s.
Notation  One dimension, L: R -> R; delta(epsilon) is the delta of the definition of
          differentiability at w0.
Verdict   HOLDS_IF s is small or L is convex, which is left unsaid: farther off, L may be lower on
          the left as well. How small is said outright: |s| < delta(-g/2), a radius that SMALL_STEPS
          shows to be positive.
"""

from proofs.claims import Claim
from proofs.definitions import convex, differentiable
from proofs.kernel import (
    R,
    entails,
    exists,
    forall,
    fun,
    function,
    generalize,
    iff,
    implies,
    instance,
    real,
    witnessed,
)
from proofs.lemmas.convexity import first_order_convexity
from proofs.lemmas.losses import differentiable_by_remainder, quadratic_modulus
from strategies import convex_losses, smooth_losses, starts

L, delta = function("L", R >> R), function("delta", R >> R)
w0, g, s, t, v, w = real("w0 g s t v w")

SMOOTH = differentiable(L, at=w0, gradient=g, modulus=delta)
CONVEX = convex(L)
falls = L(w0 + s) < L(w0)
radius = delta(-g / 2)

CLAIM = Claim(
    for_all=[L, w0, g, delta, s],
    given={
        "L is differentiable at w0": SMOOTH,
        "the slope is negative": g < 0,
        "s is small or L is convex": (abs(s) < radius) | CONVEX,
    },
    unsaid=["s is small or L is convex"],
    then=implies(falls, s > 0),
)
ANY_CONVEX_LOSS = CLAIM.but(without="s is small or L is convex", given={"L is convex": CONVEX})
SMALL_STEPS = CLAIM.but(
    without="s is small or L is convex",
    for_all=[L, w0, g, delta],
    then=exists(
        R,
        lambda r: (r > 0) & forall(R, lambda s: implies(abs(s) < r, iff(L(w0 + s) < L(w0), s > 0))),
    ),
)


def inequality_small_steps_follow_the_slope():
    """Where |s| < delta(-g/2), L(w0 + s) - L(w0) lies between 3 g s / 2 and g s / 2, so L falls
    exactly if s > 0.
    """
    return entails(
        [SMOOTH, g < 0, abs(s) < radius], iff(falls, s > 0), by=[instance(SMOOTH, -g / 2, s)]
    )


def inequality_radius_is_positive():
    """delta(-g/2) > 0, since -g/2 > 0."""
    return entails([SMOOTH, g < 0], radius > 0, by=[instance(SMOOTH, -g / 2, 0)])


def theorem_small_steps():
    """The radius delta(-g/2) serves."""
    follow = generalize(inequality_small_steps_follow_the_slope(), s)
    return SMALL_STEPS.proved(
        by=[witnessed(SMALL_STEPS.then, radius), inequality_radius_is_positive(), follow]
    )


def theorem_convex_loss():
    """L(w0 + s) >= L(w0) + g s for every s, so L can fall only where g s < 0, that is s > 0."""
    return ANY_CONVEX_LOSS.proved(
        by=[first_order_convexity(L, at=w0, gradient=g, modulus=delta, point=w0 + s)]
    )


def theorem_needs_to_move_right():
    """A small step by the first inequality, any step on a convex loss by the theorem before."""
    on_a_convex_loss = instance(theorem_convex_loss(), L, w0, g, delta, s)
    return CLAIM.proved(by=[inequality_small_steps_follow_the_slope(), on_a_convex_loss])


BOWL = fun(R, lambda w: w**2)
CUBIC = fun(R, lambda w: w**3 - 3 * w)


def from_the_left(claim):
    """The hypotheses of a claim hold of the bowl L(w) = w^2 at -1, where the slope is -2, and the
    step s = 1.
    """
    smooth = differentiable_by_remainder(BOWL, -1, -2, 1, s)
    below_the_chord = entails(
        [t >= 0, t <= 1], BOWL(v + t * (w - v)) <= BOWL(v) + t * (BOWL(w) - BOWL(v))
    )
    at = {L: BOWL, w0: -1, g: -2, delta: quadratic_modulus(1), s: 1}
    return claim.inhabited_by(at, by=[smooth, generalize(below_the_chord, v, w, t)])


def inhabited_by_a_bowl():
    """L(w) = w^2 is convex, so s = 1 need not be small."""
    return from_the_left(CLAIM)


def inhabited_convex_loss():
    """The same bowl and step."""
    return from_the_left(ANY_CONVEX_LOSS)


def inhabited_small_steps():
    """The same bowl."""
    return from_the_left(SMALL_STEPS)


def counterexample_long_step_to_the_left():
    """L(w) = w^3 - 3 w at 0, where the slope is -3: the step s = -2 to the left lowers it from 0 to
    -2.
    """
    smooth = differentiable_by_remainder(CUBIC, 0, -3, 1, s)
    at = {L: CUBIC, w0: 0, g: -3, delta: quadratic_modulus(1), s: -2}
    return CLAIM.fails_without("s is small or L is convex", at, by=[smooth])


def search_small_steps():
    """On random smooth losses a radius is found within which just the steps to the right lower the
    loss.
    """
    return SMALL_STEPS.survives(
        starts(smooth_losses(dimensions=1)),
        lambda start: start.gives(loss=L, point=w0, gradient=g),
        granted=["L is differentiable at w0"],
    )


def search_convex_losses():
    """On random convex losses no step to the left, long or short, lowers the loss."""
    return ANY_CONVEX_LOSS.survives(
        starts(convex_losses(dimensions=1)),
        lambda start: start.gives(loss=L, point=w0, gradient=g, direction=s),
        granted=["L is differentiable at w0", "L is convex"],
    )
