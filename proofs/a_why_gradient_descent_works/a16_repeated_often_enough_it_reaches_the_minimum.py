"""a16. Repeated often enough, gradient descent reaches the minimum.

Claim     If every step lowers the loss: for every epsilon > 0, from some k on, L(W(k)) <= L(w) +
          epsilon for all w.
Article   A:06, 25: one walks downhill until one is at the minimum, which enough repetitions of the
          step will reach.
Idea      A run that lowers the loss at every step may be caught by another minimum or a saddle, or
          go on for ever.
Notation  W(k) is the point after k steps with the learning rate alpha; on the real line f, slope, x
          are L, grad, W.
Verdict   FAILS from every start in a strip; so do seven other readings of "reaches", each at a
          witness of its own. Repairs, for a Lipschitz gradient and alpha <= 1 / lipschitz: after n
          steps a convex loss is within O(1/n) of its minimum, and a loss that is bounded below has
          come by a point where |grad|^2 is O(1/n).
"""

from proofs.background.a16_runs.in_the_strip import caught_in_strip, in_strip, strip_facts
from proofs.background.a16_runs.on_parabolas import (
    fails_at_every_rate, growing_for_ever, halving_for_ever, stopping_short, turning_for_ever,
)  # fmt: skip
from proofs.background.a16_runs.without_arriving import (
    down_the_ramp, into_the_saddle, off_the_bell,
)  # fmt: skip
from proofs.lemmas.descents import (
    FROM_E1_TO_ZERO, fails_along, leads_from_e1_to_zero, stays_bounded,
)  # fmt: skip
from proofs.lemmas.rates import convex_rate, stationary_rate
from proofs.losses.parabolas import bowl
from proofs.losses.wells import well
from proofs.prelude import *
from strategies import convex_losses, lipschitz_losses, starts

L, grad, modulus = function("L", V >> R), function("grad", V >> V), function("modulus", (V, R) >> R)
W, alpha = function("W", N >> V), real("alpha")
QUARTER = Fraction(1, 4)

CLAIM = Claim(
    for_all=[L, grad, modulus, alpha, W],
    given={
        "there is a gradient": differentiable_everywhere(L, grad, modulus),
        "alpha is positive": alpha > 0,
        "the update rule": gradient_descent(W, grad, alpha),
        "every step lowers the loss": lowers_every_step(W, L, grad),
    },
    then=approaches_minimum(W, L),
)
# the parts of a run, by the names that the runs of background/a16_runs have for them
ON_V = {"loss": L, "gradient": grad, "modulus": modulus, "alpha": alpha, "points": W}


def counterexample_local_minimum():
    """x^4/4 + x^3/3 - x^2 + y^2/2 from (1/2, 0) with alpha = 1/4: every step lowers the loss, but
    not below -5/12, its value at the local minimum (1, 0); at (-2, 0) it is -8/3.
    """
    return fails_along(CLAIM, *caught_in_strip(**ON_V))


# -------- not from one start only, but from all of a strip: 0 < x <= 1, at any y
u, v = vector("u v")
WELL = well(u, v)  # the same loss, where x = u.w and y = v.w
STRIP_OF_STARTS = Claim(
    for_all=[u, v, W],
    given={
        "u and v are orthonormal": orthonormal(u, v),
        "the start is in the strip": in_strip(u, W(0)),
        "the update rule": gradient_descent(W, WELL.gradient, QUARTER),
    },
    then=forall(N, lambda k: in_strip(u, W(k)) & (WELL(W(k)) >= Fraction(-5, 12)))
    & minimizer(WELL.value, -2 * u)
    & (WELL(-2 * u) == Fraction(-8, 3)),
)


def theorem_strip_of_starts():
    """A run from the strip stays in it, at -5/12 or higher; the minimum is -8/3, at -2u."""
    return STRIP_OF_STARTS.proved(by=strip_facts())


def inhabited_strip_of_starts():
    """The run that stays at the local minimum (1, 0)."""
    return STRIP_OF_STARTS.inhabited_by({u: e1, v: e2, W: fun(N, lambda k: e1)})


# -------- repaired: for a convex loss, a Lipschitz gradient and alpha <= 1 / lipschitz
lipschitz, w_star, n = real("lipschitz"), vector("w_star"), natural("n")
SHORT_STEPS = {
    "lipschitz is positive": lipschitz > 0,
    "the gradient is Lipschitz": lipschitz_gradient(grad, lipschitz),
    "alpha is at most 1 / lipschitz": alpha <= 1 / lipschitz,
    "there is a step": n >= 1,
}
EXCESS = L(W(n)) - L(w_star)
REPAIR_CONVEX = CLAIM.but(
    for_all=[*CLAIM.for_all, lipschitz, w_star, n],
    without="every step lowers the loss",
    given={**SHORT_STEPS, "L is convex": convex(L), "w_star is a minimizer": minimizer(L, w_star)},
    then=(EXCESS >= 0) & (EXCESS <= norm(W(0) - w_star) ** 2 / (2 * alpha * n)),
)
BOWL, ONE_STEP = bowl(1), {alpha: 1, W: FROM_E1_TO_ZERO, n: 1}
PARTS = {"loss": L, "gradient": grad, "modulus": modulus, "lipschitz": lipschitz}


def theorem_repair_convex():
    """L(W(n)) is at most |W(0) - w*|^2 / (2 alpha n) above the minimum L(w*), since |W(n) - w*|^2 +
    2 alpha n (L(W(n)) - L(w*)) never grows with n.
    """
    rate = instance(convex_rate(), *REPAIR_CONVEX.for_all)
    return REPAIR_CONVEX.proved(by=[rate, instance(minimizer(L, w_star), w=W(n))])


def inhabited_repair_convex():
    """|w|^2 / 2 from e1 with alpha = 1 = 1 / lipschitz: one step leads to the minimum at 0."""
    at = BOWL.at(e1, **PARTS, minimizer=w_star) | ONE_STEP
    return REPAIR_CONVEX.inhabited_by(at, by=[leads_from_e1_to_zero(), BOWL.convex()])


def run_from(start):
    """A run with a learning rate up to nearly 1 / lipschitz."""
    rate = start.below(1 / start.loss.lipschitz)
    parts = start.gives(loss=L, gradient=grad, lipschitz=lipschitz, steps=n)
    return parts | {alpha: rate, W: start.run(rate)}


DRAWN = ["there is a gradient", "the update rule", "the gradient is Lipschitz"]


def search_convex_losses():
    """Runs of up to eight steps on random convex losses come as near the minimum as claimed."""
    return REPAIR_CONVEX.survives(
        starts(convex_losses(with_minimizer=True)),
        lambda start: run_from(start) | start.gives(minimizer=w_star),
        granted=[*DRAWN, "L is convex", "w_star is a minimizer"],
    )


# -------- repaired: for any loss that is bounded below, where a small gradient is all that is asked
low = real("low")
REPAIR_STATIONARY = CLAIM.but(
    for_all=[*CLAIM.for_all, lipschitz, low, n],
    without="every step lowers the loss",
    given={**SHORT_STEPS, "L is bounded below": lower_bound(L, low)},
    then=exists(
        N, lambda k: (k < n) & (norm(grad(W(k))) ** 2 <= 2 * (L(W(0)) - low) / (alpha * n))
    ),
)


def theorem_repair_stationary():
    """One of the n points before W(n) has |grad|^2 <= 2 (L(W(0)) - low) / (alpha n): n steps lower
    the loss by at least alpha/2 times the sum of all |grad|^2, and by at most L(W(0)) - low.
    """
    return REPAIR_STATIONARY.proved(by=[instance(stationary_rate(), *REPAIR_STATIONARY.for_all)])


def inhabited_repair_stationary():
    """The same run, with the lower bound 0."""
    at = BOWL.at(e1, **PARTS, least=low) | ONE_STEP
    return REPAIR_STATIONARY.inhabited_by(at, by=[leads_from_e1_to_zero()])


def search_losses_bounded_below():
    """Runs on random losses that are bounded below come by a gradient as small as claimed."""
    waves_and_bumps = lipschitz_losses(families=["trigonometric", "gaussian", "rational"])
    return REPAIR_STATIONARY.survives(
        starts(waves_and_bumps | convex_losses(families=["quadratic"])),
        lambda start: run_from(start) | start.gives(least=low),
        granted=[*DRAWN, "L is bounded below"],
    )


# -------- the limit of the run, if it has one: a local minimum at least
limit, x = vector("limit"), function("x", N >> R)
LIMIT_IS_A_LOCAL_MINIMIZER = CLAIM.but(
    for_all=[*CLAIM.for_all, limit],
    given={"W converges": converges(W, limit)},
    then=local_minimizer(L, limit),
)


def counterexample_limit_is_a_local_minimizer():
    """x^2 - y^2 from (1, 0) with alpha = 1/4: the points (2^-k, 0) converge to the saddle at 0."""
    return fails_along(LIMIT_IS_A_LOCAL_MINIMIZER, *into_the_saddle(**ON_V, limit=limit))


# -------- convex losses; from here on, the real line is enough
f, slope, delta = function("f", R >> R), function("slope", R >> R), function("delta", (R, R) >> R)
CONVEX_LOSS = Claim(
    for_all=[f, slope, delta, alpha, x],
    given={
        "there is a gradient": differentiable_everywhere(f, slope, delta),
        "alpha is positive": alpha > 0,
        "the update rule": gradient_descent(x, slope, alpha),
        "every step lowers the loss": lowers_every_step(x, f, slope),
        "f is convex": convex(f),
    },
    then=approaches_minimum(x, f),
)
ON_R = {"loss": f, "gradient": slope, "modulus": delta, "alpha": alpha, "points": x}


def counterexample_convex_loss():
    """f(w) = w from 0 with alpha = 1: the points -k lower it for ever."""
    return CONVEX_LOSS.fails(down_the_ramp(**ON_R))


# -------- a loss that is bounded below: is there a minimum to be reached?
MINIMUM_EXISTS = CONVEX_LOSS.but(
    without="f is convex",
    given={"f is bounded below": lower_bound(f, 0)},
    then=exists(R, lambda m: minimizer(f, m)),
)


def counterexample_minimum_exists():
    """f(w) = 1 / (1 + w^2) from 1 with alpha = 1: it is positive, and lower further out."""
    return fails_along(MINIMUM_EXISTS, *off_the_bell(**ON_R))


# -------- a convex loss with a minimum: is it reached after finitely many steps?
IN_FINITELY_MANY_STEPS = CONVEX_LOSS.but(
    given={"f has a minimum": exists(R, lambda m: minimizer(f, m))},
    then=exists(N, lambda n: minimizer(f, x(n))),
)


def counterexample_in_finitely_many_steps():
    """f(w) = w^2 from 1 with alpha = 1/4: the points 2^-k are never 0."""
    return fails_along(IN_FINITELY_MANY_STEPS, *halving_for_ever(**ON_R))


# -------- one learning rate with which every run on a convex loss comes near its minimum
ONE_RATE_APPROACHES = Claim(for_all=[], then=for_some_rate(approaches_minimum))


def counterexample_one_rate_approaches():
    """Whatever alpha, f(w) = w^2 / alpha from 1: the points 1, -1, 1, -1, ..."""
    return fails_at_every_rate(ONE_RATE_APPROACHES, *turning_for_ever())


# -------- one learning rate with which every such run at least stays within some |x| <= bound
ONE_RATE_STAYS_BOUNDED = Claim(for_all=[], then=for_some_rate(lambda x, f: stays_bounded(x)))


def counterexample_one_rate_stays_bounded():
    """Whatever alpha, f(w) = 2 w^2 / alpha from 1: the points 1, -3, 9, -27, ..."""
    return fails_at_every_rate(ONE_RATE_STAYS_BOUNDED, *growing_for_ever())


# -------- learning rates that change: is the gradient zero where the run ends?
rates, end = function("rates", N >> R), real("end")
LIMIT_IS_STATIONARY = Claim(
    for_all=[f, slope, delta, rates, x, end],
    given={
        "there is a gradient": differentiable_everywhere(f, slope, delta),
        "f is convex": convex(f),
        "the rates are positive": forall(N, lambda k: rates(k) > 0),
        "the update rule": forall(N, lambda k: x(k + 1) == x(k) - rates(k) * slope(x(k))),
        "every step lowers the loss": lowers_every_step(x, f, slope),
        "x converges": converges(x, end),
    },
    then=slope(end) == 0,
)


def counterexample_limit_is_stationary():
    """f(w) = w^2 from 2 with alpha_k = 1 / (4 (2^k + 1)): the points 1 + 2^-k lower it at every
    step, and converge to 1, where the slope is 2.
    """
    parts = {"loss": f, "gradient": slope, "modulus": delta, "rates": rates, "points": x}
    return fails_along(LIMIT_IS_STATIONARY, *stopping_short(**parts, limit=end))
