"""a16. Repeated often enough, gradient descent reaches the minimum.

Claim     If every step lowers the loss: for every epsilon > 0, from some k on, L(W(k)) <= L(w) +
          epsilon for all w.
Article   A:06, 25: one walks downhill until one is at the minimum, which enough repetitions of the
          step will reach.
Idea      A run that lowers the loss at every step may be caught by another minimum or a saddle, go
          to and fro across the minimum, or away for ever.
Notation  W(k) is the point after k steps with the learning rate alpha; c = alpha (1 - lipschitz
          alpha / 2), in the code FALL; on the real line f, slope, x are L, grad, W.
Verdict   FAILS from every start in a strip, and even on a convex loss with a minimum, where alpha =
          2 / lipschitz; so do six other readings of "reaches", each at a witness of its own.
          Repairs, for a Lipschitz gradient and alpha < 2 / lipschitz: if L is bounded below,
          grad(W(k)) tends to zero, and the least |grad|^2 before step n is O(1/n); if L is convex
          with a minimizer, W comes arbitrarily near the minimum, and is within O(1/n) of it.
"""

from proofs.background.a16_runs.in_the_strip import caught_in_strip, in_strip, strip_facts
from proofs.background.a16_runs.on_a_quartic import (
    fails_at_every_rate, growing_for_ever, turning_for_ever,
)  # fmt: skip
from proofs.background.a16_runs.on_parabolas import (
    crossing_for_ever, halving_for_ever, stopping_short,
)  # fmt: skip
from proofs.background.a16_runs.without_arriving import into_the_saddle, off_the_bell
from proofs.lemmas.convex_rates import convex_rate, minimum_is_approached
from proofs.lemmas.descents import (
    FROM_E1_TO_ZERO, fails_along, leads_from_e1_to_zero, stays_bounded,
)  # fmt: skip
from proofs.lemmas.rates import gradient_vanishes, stationary_rate
from proofs.losses.parabolas import bowl
from proofs.losses.wells import well
from proofs.prelude import *
from strategies import convex_losses, lipschitz_losses, mixed, starts

L, grad, modulus = function("L", V >> R), function("grad", V >> V), function("delta", (V, R) >> R)
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


# -------- repaired: the gradient tends to zero, for any loss that is bounded below
lipschitz, low, n = real("lipschitz"), real("low"), natural("n")
SAFE_RATE = {
    "lipschitz is positive": lipschitz > 0,
    "the gradient is Lipschitz": lipschitz_gradient(grad, lipschitz),
    "alpha is below 2 / lipschitz": alpha < 2 / lipschitz,
}
REPAIR_GRADIENT_VANISHES = CLAIM.but(
    for_all=[*CLAIM.for_all, lipschitz, low],
    without="every step lowers the loss",
    given={**SAFE_RATE, "L is bounded below": lower_bound(L, low)},
    then=converges(fun(N, lambda k: grad(W(k))), zero),
)
BOWL, ONE_STEP = bowl(1), {alpha: 1, W: FROM_E1_TO_ZERO, n: 1}
PARTS = {"loss": L, "gradient": grad, "modulus": modulus, "lipschitz": lipschitz}


def theorem_repair_gradient_vanishes():
    """Each step lowers L by at least c |grad|^2, with c = alpha (1 - lipschitz alpha / 2) > 0; were
    |grad| > epsilon again and again, L would fall below every bound.
    """
    vanishes = instance(gradient_vanishes(), *REPAIR_GRADIENT_VANISHES.for_all)
    return REPAIR_GRADIENT_VANISHES.proved(by=[vanishes])


def inhabited_repair_gradient_vanishes():
    """|w|^2 / 2 from e1 with alpha = 1 = 1 / lipschitz: one step leads to the minimum 0 at 0."""
    at = BOWL.at(e1, **PARTS, least=low) | ONE_STEP
    return REPAIR_GRADIENT_VANISHES.inhabited_by(at, by=[leads_from_e1_to_zero()])


# -------- and how soon it is small
FALL = alpha * (1 - lipschitz * alpha / 2)
REPAIR_STATIONARY = REPAIR_GRADIENT_VANISHES.but(
    for_all=[*REPAIR_GRADIENT_VANISHES.for_all, n],
    given={"there is a step": n >= 1},
    then=exists(N, lambda k: (k < n) & (norm(grad(W(k))) ** 2 <= (L(W(0)) - low) / (FALL * n))),
)


def theorem_repair_stationary():
    """One of the n points before W(n) has |grad|^2 <= (L(W(0)) - low) / (c n): n steps lower the
    loss by at least c times the sum of all |grad|^2, and by at most L(W(0)) - low.
    """
    return REPAIR_STATIONARY.proved(by=[instance(stationary_rate(), *REPAIR_STATIONARY.for_all)])


def inhabited_repair_stationary():
    """The same run."""
    at = BOWL.at(e1, **PARTS, least=low) | ONE_STEP
    return REPAIR_STATIONARY.inhabited_by(at, by=[leads_from_e1_to_zero()])


def run_from(start):
    """A run with a learning rate up to nearly 2 / lipschitz."""
    rate = start.below(2 / start.loss.lipschitz)
    parts = start.gives(loss=L, gradient=grad, lipschitz=lipschitz, steps=n)
    return parts | {alpha: rate, W: start.run(rate)}


DRAWN = ["there is a gradient", "the update rule", "the gradient is Lipschitz"]


def search_losses_bounded_below():
    """Runs on random losses that are bounded below come by a gradient as small as claimed; on a
    quadratic the bound is attained after one step with alpha = 1 / lipschitz.
    """
    waves_and_bumps = lipschitz_losses(families=["trigonometric", "gaussian", "rational"])
    return REPAIR_STATIONARY.survives(
        starts(mixed(waves_and_bumps, convex_losses(families=["quadratic"]))),
        lambda start: run_from(start) | start.gives(least=low),
        granted=[*DRAWN, "L is bounded below"],
    )


# -------- repaired: the claim itself, for a convex loss with a minimizer
w_star = vector("w_star")
REPAIR_CONVEX_APPROACHES = CLAIM.but(
    for_all=[*CLAIM.for_all, lipschitz, w_star],
    without="every step lowers the loss",
    given={**SAFE_RATE, "L is convex": convex(L), "w_star is a minimizer": minimizer(L, w_star)},
    then=approaches_minimum(W, L),
)


def theorem_repair_convex_approaches():
    """Within epsilon of the minimum as soon as the bound below is at most epsilon."""
    approached = instance(minimum_is_approached(), *REPAIR_CONVEX_APPROACHES.for_all)
    return REPAIR_CONVEX_APPROACHES.proved(by=[approached])


def inhabited_repair_convex_approaches():
    """The same run on |w|^2 / 2."""
    at = BOWL.at(e1, **PARTS, minimizer=w_star) | ONE_STEP
    known = [leads_from_e1_to_zero(), BOWL.convex()]
    return REPAIR_CONVEX_APPROACHES.inhabited_by(at, by=known)


# -------- and how soon it is near
EXCESS, START = L(W(n)) - L(w_star), norm(W(0) - w_star) ** 2
REPAIR_CONVEX = REPAIR_CONVEX_APPROACHES.but(
    for_all=[*REPAIR_CONVEX_APPROACHES.for_all, n],
    given={"there is a step": n >= 1},
    then=all_of(
        EXCESS >= 0,
        implies(alpha <= 1 / lipschitz, EXCESS <= START / (2 * alpha * n)),
        implies(alpha >= 1 / lipschitz, EXCESS <= START / (4 * FALL * n)),
    ),
)


def theorem_repair_convex():
    """L(W(n)) is at most |W(0) - w*|^2 / (2 alpha n) above the minimum for alpha <= 1 / lipschitz,
    and |W(0) - w*|^2 / (4 c n) beyond: |W(n) - w*|^2 + (weight + 2 alpha n) (L(W(n)) - L(w*)) never
    grows with n.
    """
    rate = instance(convex_rate(), *REPAIR_CONVEX.for_all)
    return REPAIR_CONVEX.proved(by=[rate, instance(minimizer(L, w_star), w=W(n))])


def inhabited_repair_convex():
    """The same run."""
    at = BOWL.at(e1, **PARTS, minimizer=w_star) | ONE_STEP
    return REPAIR_CONVEX.inhabited_by(at, by=[leads_from_e1_to_zero(), BOWL.convex()])


def search_convex_losses():
    """Runs of up to eight steps on random convex losses come as near the minimum as claimed."""
    return REPAIR_CONVEX.survives(
        starts(convex_losses(with_minimizer=True)),
        lambda start: run_from(start) | start.gives(minimizer=w_star),
        granted=[*DRAWN, "L is convex", "w_star is a minimizer"],
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


# -------- a convex loss with a minimum; from here on, the real line is enough
f, slope, delta = function("f", R >> R), function("slope", R >> R), function("delta", (R, R) >> R)
DESCENT = {
    "there is a gradient": differentiable_everywhere(f, slope, delta),
    "alpha is positive": alpha > 0,
    "the update rule": gradient_descent(x, slope, alpha),
    "every step lowers the loss": lowers_every_step(x, f, slope),
}
HAS_MINIMUM = exists(R, lambda m: minimizer(f, m))
CONVEX_LOSS = Claim(
    for_all=[f, slope, delta, alpha, x],
    given={**DESCENT, "f is convex": convex(f), "f has a minimum": HAS_MINIMUM},
    then=approaches_minimum(x, f),
)
ON_R = {"loss": f, "gradient": slope, "modulus": delta, "alpha": alpha, "points": x}


def counterexample_convex_loss():
    """f(w) = w^2 - max(|w| - 1, 0)^2/4 from 2 with alpha = 1: the points (-1)^k (1 + 2^-k) jump to
    and fro across the minimum at 0, and f falls towards 1.
    """
    return fails_along(CONVEX_LOSS, *crossing_for_ever(**ON_R))


# -------- where the learning rate is at most 2 / lipschitz: it must be less
AT_MOST_TWO_OVER_LIPSCHITZ = CONVEX_LOSS.but(
    for_all=[*CONVEX_LOSS.for_all, lipschitz],
    given={
        "the gradient is Lipschitz": lipschitz_gradient(slope, lipschitz),
        "alpha is at most 2 / lipschitz": alpha * lipschitz <= 2,
    },
)


def counterexample_at_most_two_over_lipschitz():
    """The same run: lipschitz = 2, so alpha = 2 / lipschitz."""
    at_most = AT_MOST_TWO_OVER_LIPSCHITZ
    return fails_along(at_most, *crossing_for_ever(**ON_R, lipschitz=lipschitz))


# -------- a loss that is bounded below: is there a minimum to be reached?
MINIMUM_EXISTS = Claim(
    for_all=CONVEX_LOSS.for_all,
    given={**DESCENT, "f is bounded below": lower_bound(f, 0)},
    then=HAS_MINIMUM,
)


def counterexample_minimum_exists():
    """f(w) = 1 / (1 + w^2) from 1 with alpha = 1: it is positive, and lower further out."""
    return fails_along(MINIMUM_EXISTS, *off_the_bell(**ON_R))


# -------- a convex loss with a minimum: is it reached after finitely many steps?
IN_FINITELY_MANY_STEPS = CONVEX_LOSS.but(then=exists(N, lambda n: minimizer(f, x(n))))


def counterexample_in_finitely_many_steps():
    """f(w) = w^2 from 1 with alpha = 1/4: the points 2^-k are never 0."""
    return fails_along(IN_FINITELY_MANY_STEPS, *halving_for_ever(**ON_R))


# -------- one learning rate for a convex loss, with which every run comes near its minimum
ONE_RATE_APPROACHES = Claim(
    for_all=[f, slope, delta],
    given={
        "there is a gradient": differentiable_everywhere(f, slope, delta),
        "f is convex": convex(f),
        "f has a minimum": HAS_MINIMUM,
    },
    then=for_some_rate(slope, lambda x: approaches_minimum(x, f)),
)
LOSS_ON_R = {"loss": f, "gradient": slope, "modulus": delta}


def counterexample_one_rate_approaches():
    """f(w) = w^4: whatever alpha, the run from 1 / sqrt(2 alpha) goes to and fro between this point
    and its opposite.
    """
    start, astray = 1 / sqrt(2 * alpha), turning_for_ever()
    return fails_at_every_rate(ONE_RATE_APPROACHES, start, astray, **LOSS_ON_R)


# -------- one learning rate with which every such run at least stays within some |x| <= bound
ONE_RATE_STAYS_BOUNDED = ONE_RATE_APPROACHES.but(then=for_some_rate(slope, stays_bounded))


def counterexample_one_rate_stays_bounded():
    """f(w) = w^4: whatever alpha, |x| at least triples at every step from 1 / sqrt(alpha)."""
    start, astray = 1 / sqrt(alpha), growing_for_ever()
    return fails_at_every_rate(ONE_RATE_STAYS_BOUNDED, start, astray, **LOSS_ON_R)


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
