"""a02. On a falling slope one needs to move right to lower the loss.

Claim     If the slope g at w0 is negative and L(w0 + s) < L(w0), then s > 0.
Article   A:10: starting from w0, lowering the loss takes an increase of w.
Idea      For |s| < delta(-g/2) the linear model g s errs by at most half of |g s|, so L falls to
          the right and rises to the left. A quasi-convex L is nowhere higher between two points
          than at both: lower at w0 + s on the left, it would not rise on the way there.
Notation  One dimension, L: R -> R; delta(epsilon) is the delta of the definition of
          differentiability at w0.
Verdict   HOLDS_IF s is small or L is quasi-convex, as a convex L is, which is left unsaid: farther
          off, L may be lower on the left as well. How small is said outright: |s| < delta(-g/2), a
          radius that SMALL_STEPS shows to be positive.
"""

from proofs.losses.cubics import FALLING_CUBIC, STEEPENING_CUBIC_ON_THE_LINE
from proofs.losses.parabolas import parabola
from proofs.prelude import *
from strategies import convex_losses, smooth_losses, starts

L, delta = function("L", R >> R), function("delta", R >> R)
w0, g, s = real("w0 g s")
t, v, w = real("t v w")

SMOOTH = differentiable(L, at=w0, gradient=g, modulus=delta)
QUASI_CONVEX = quasi_convex(L)
falls = L(w0 + s) < L(w0)
radius = delta(-g / 2)

CLAIM = Claim(
    for_all=[L, w0, g, delta, s],
    given={
        "L is differentiable at w0": SMOOTH,
        "the slope is negative": g < 0,
        "s is small or L is quasi-convex": (abs(s) < radius) | QUASI_CONVEX,
    },
    unsaid=["s is small or L is quasi-convex"],
    then=implies(falls, s > 0),
)


def inequality_small_steps_follow_the_slope():
    """If |s| < delta(-g/2), L(w0 + s) - L(w0) is between 3 g s/2 and g s/2: L falls where s > 0."""
    half = instance(SMOOTH, epsilon=-g / 2, s=s)
    return entails([SMOOTH, g < 0, abs(s) < radius], iff(falls, s > 0), by=[half])


def inequality_quasi_convex_losses_fall_to_the_right_alone():
    """If s < 0 and L(w0 + s) < L(w0), L(w0 + t s) <= L(w0) for small t, where L is higher."""
    small = minimum(1, radius / (abs(s) + 1)) / 2
    level = instance(QUASI_CONVEX, v=w0, w=w0 + s, t=small)
    model = instance(SMOOTH, epsilon=-g / 2, s=small * s)
    still = replaced(lambda step: L(w0 + step) < L(w0), s, 0)
    given = [SMOOTH, g < 0, QUASI_CONVEX]
    return entails(given, implies(falls, s > 0), by=[model, level, still])


def theorem_needs_to_move_right():
    """A small step by the first inequality, any step on a quasi-convex loss by the last."""
    small = inequality_small_steps_follow_the_slope()
    return CLAIM.proved(by=[small, inequality_quasi_convex_losses_fall_to_the_right_alone()])


CUBIC = STEEPENING_CUBIC_ON_THE_LINE
PARTS = {"loss": L, "point": w0, "gradient": g, "modulus": delta}


def inequality_cubic_is_quasi_convex():
    """L(w) = -w^3 - w falls everywhere, so between v and w it is at most the greater of the two."""
    return for_each(quasi_convex(CUBIC.value), v, w, t)


def inhabited_by_a_cubic():
    """L(w) = -w^3 - w at 0, where the slope is -1, with the step s = 1."""
    at = CUBIC.at(0, **PARTS) | {s: 1}
    return CLAIM.inhabited_by(at, by=[inequality_cubic_is_quasi_convex()])


def counterexample_long_step_to_the_left():
    """L(w) = w^3 - 3w at 0, where the slope is -3: s = -2 lowers it from 0 to -2."""
    at = FALLING_CUBIC.at(0, **PARTS) | {s: -2}
    return CLAIM.fails(at, without="s is small or L is quasi-convex")


# -------- any step, on a convex loss
ANY_CONVEX_LOSS = CLAIM.but(
    without="s is small or L is quasi-convex", given={"L is convex": convex(L)}
)


def theorem_any_convex_loss():
    """A convex loss is quasi-convex: L(v) + t (L(w) - L(v)) lies between L(v) and L(w)."""
    chord = instance(convex(L), v=v, w=w, t=t)
    quasi = for_each(QUASI_CONVEX, v, w, t, given=[convex(L)], by=[chord])
    alone = inequality_quasi_convex_losses_fall_to_the_right_alone()
    return ANY_CONVEX_LOSS.proved(by=[quasi, alone])


BOWL = parabola(1)


def inhabited_any_convex_loss():
    """L(w) = w^2 at -1, with the step s = 1."""
    return ANY_CONVEX_LOSS.inhabited_by(BOWL.at(-1, **PARTS) | {s: 1}, by=[BOWL.convex()])


def search_convex_losses():
    """On random convex losses no step to the left, long or short, lowers the loss."""
    return ANY_CONVEX_LOSS.survives(
        starts(convex_losses(dimensions=1)),
        lambda start: start.gives(loss=L, point=w0, gradient=g, direction=s),
        granted=["L is differentiable at w0", "L is convex"],
    )


# -------- small steps, on any loss
follows = lambda s: iff(L(w0 + s) < L(w0), s > 0)
SMALL_STEPS = CLAIM.but(
    without="s is small or L is quasi-convex",
    for_all=[L, w0, g, delta],
    then=exists(R, lambda r: (r > 0) & forall(R, lambda s: implies(abs(s) < r, follows(s)))),
)


def inequality_radius_is_positive():
    """delta(-g/2) > 0, since -g/2 > 0."""
    return entails([SMOOTH, g < 0], radius > 0, by=[instance(SMOOTH, epsilon=-g / 2, s=0)])


def theorem_small_steps():
    """The radius delta(-g/2) serves: within it, just the steps to the right lower L."""
    follow = generalize(inequality_small_steps_follow_the_slope(), s)
    serves = witnessed(SMALL_STEPS.then, radius)
    return SMALL_STEPS.proved(by=[serves, inequality_radius_is_positive(), follow])


def inhabited_small_steps():
    """L(w) = w^2 at -1."""
    return SMALL_STEPS.inhabited_by(BOWL.at(-1, **PARTS))


def search_small_steps():
    """On random smooth losses a radius is found within which just steps to the right lower L."""
    return SMALL_STEPS.survives(
        starts(smooth_losses(dimensions=1)),
        lambda start: start.gives(loss=L, point=w0, gradient=g),
        granted=["L is differentiable at w0"],
    )
