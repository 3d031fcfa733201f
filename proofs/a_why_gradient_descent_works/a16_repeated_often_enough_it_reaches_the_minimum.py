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

from fractions import Fraction

from proofs.claims import Claim
from proofs.definitions import (
    approaches_minimum, converges, convex, differentiable_everywhere, for_some_rate,
    gradient_descent, lipschitz_gradient, local_minimizer, lower_bound, lowers_every_step,
    minimizer, orthonormal,
)  # fmt: skip
from proofs.kernel import (
    N,
    R,
    V,
    e1,
    e2,
    exists,
    forall,
    fun,
    function,
    natural,
    norm,
    real,
    vector,
    zero,
)
from proofs.lemmas.bowl import BOWL, INTO_THE_BOWL, runs_into_the_bowl
from proofs.lemmas.descents import (
    HALVES,
    TRIPLES,
    TURNS,
    descent,
    fails_along,
    fails_at_every_rate,
    least_there,
)
from proofs.background.a16_double_well import (
    DOUBLE_WELL,
    caught_in_strip,
    double_well,
    in_strip,
    strip_facts,
)
from proofs.background.a16_lost_descents import (
    BELL,
    LINE,
    SADDLE,
    runs_down_the_line,
    runs_into_the_saddle,
    runs_off_the_bell,
)
from proofs.background.a16_parabolas import (
    goes_on_halving,
    keeps_turning,
    parabola,
    runs_away,
    stops_short,
)
from proofs.background.a16_rates import convex_rate, stationary_rate
from strategies import convex_losses, lipschitz_losses, starts

L, grad, W = function("L", V >> R), function("grad", V >> V), function("W", N >> V)
f, slope, x, rates = (
    function("f", R >> R),
    function("slope", R >> R),
    function("x", N >> R),
    function("rates", N >> R),
)
modulus, delta = function("modulus", (V, R) >> R), function("delta", (R, R) >> R)
alpha, lipschitz, low, end = real("alpha lipschitz low end")
limit, w_star, u, v = vector("limit w_star u v")
n = natural("n")
QUARTER = Fraction(1, 4)


def granted(loss, gradient, moduli, points):
    """What the article may take for granted: a gradient, the update rule, and an alpha that is
    small enough.
    """
    return {
        "there is a gradient": differentiable_everywhere(loss, gradient, moduli),
        "alpha is positive": alpha > 0,
        "the update rule": gradient_descent(points, gradient, alpha),
        "every step lowers the loss": lowers_every_step(points, loss, gradient),
    }


CLAIM = Claim(
    for_all=[L, grad, modulus, alpha, W],
    given=granted(L, grad, modulus, W),
    then=approaches_minimum(W, L),
)
WELL, WELL_GRADIENT = double_well(u, v)
STRIP_OF_STARTS = Claim(
    for_all=[u, v, W],
    given={
        "u and v are orthonormal": orthonormal(u, v),
        "the start is in the strip": in_strip(u, W(0)),
        "the update rule": gradient_descent(W, WELL_GRADIENT, QUARTER),
    },
    then=forall(N, lambda k: in_strip(u, W(k)) & (WELL(W(k)) >= Fraction(-5, 12)))
    & minimizer(WELL, -2 * u)
    & (WELL(-2 * u) == Fraction(-8, 3)),
)
LIMIT_IS_A_LOCAL_MINIMIZER = CLAIM.but(
    for_all=[*CLAIM.for_all, limit],
    given={"W converges": converges(W, limit)},
    then=local_minimizer(L, limit),
)
CONVEX_LOSS = Claim(
    for_all=[f, slope, delta, alpha, x],
    given={**granted(f, slope, delta, x), "f is convex": convex(f)},
    then=approaches_minimum(x, f),
)
MINIMUM_EXISTS = CONVEX_LOSS.but(
    without="f is convex",
    given={"f is bounded below": lower_bound(f, 0)},
    then=exists(R, lambda m: minimizer(f, m)),
)
IN_FINITELY_MANY_STEPS = CONVEX_LOSS.but(
    given={"f has a minimum": exists(R, lambda m: minimizer(f, m))},
    then=exists(N, lambda n: minimizer(f, x(n))),
)
ONE_RATE_APPROACHES = Claim(for_all=[], then=for_some_rate(approaches_minimum))
ONE_RATE_STAYS_BOUNDED = Claim(
    for_all=[],
    then=for_some_rate(
        lambda x, f: exists(R, lambda bound: forall(N, lambda k: norm(x(k)) <= bound))
    ),
)
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
SHORT_STEPS = {
    "lipschitz is positive": lipschitz > 0,
    "the gradient is Lipschitz": lipschitz_gradient(grad, lipschitz),
    "alpha is at most 1 / lipschitz": alpha <= 1 / lipschitz,
    "there is a step": n >= 1,
}
REPAIR_CONVEX = CLAIM.but(
    for_all=[*CLAIM.for_all, lipschitz, w_star, n],
    without="every step lowers the loss",
    given={**SHORT_STEPS, "L is convex": convex(L), "w_star is a minimizer": minimizer(L, w_star)},
    then=(L(W(n)) - L(w_star) >= 0)
    & (L(W(n)) - L(w_star) <= norm(W(0) - w_star) ** 2 / (2 * alpha * n)),
)
REPAIR_STATIONARY = CLAIM.but(
    for_all=[*CLAIM.for_all, lipschitz, low, n],
    without="every step lowers the loss",
    given={**SHORT_STEPS, "L is bounded below": lower_bound(L, low)},
    then=exists(
        N, lambda k: (k < n) & (norm(grad(W(k))) ** 2 <= 2 * (L(W(0)) - low) / (alpha * n))
    ),
)


def on(loss):
    """The values of L, grad and modulus, or of f, slope and delta for a loss on the real line."""
    names = (L, grad, modulus) if loss[0].sort == L.sort else (f, slope, delta)
    return dict(zip(names, loss, strict=True))


def theorem_strip_of_starts():
    """x^4/4 + x^3/3 - x^2 + y^2/2 with alpha = 1/4: from an open set of starts and more, x stays in
    (0, 1] for ever.
    """
    return STRIP_OF_STARTS.proved(by=strip_facts())


def inhabited_strip_of_starts():
    """The run that stays at the local minimum (1, 0)."""
    return STRIP_OF_STARTS.inhabited_by({u: e1, v: e2, W: fun(N, lambda k: e1)})


def counterexample_local_minimum():
    """The run from (1/2, 0): every step lowers the loss, which stays above -5/12, and -8/3 is the
    minimum.
    """
    run = descent(e1 / 2, DOUBLE_WELL[1], QUARTER)
    return fails_along(
        CLAIM, {**on(DOUBLE_WELL), alpha: QUARTER}, W, run, by=caught_in_strip(e1 / 2)
    )


def counterexample_saddle():
    """x^2 - y^2 from (1, 0) with alpha = 1/4: the points (2^-k, 0) converge to the saddle at 0."""
    at = {**on(SADDLE), alpha: QUARTER, W: fun(N, lambda k: x(k) * e1), limit: zero}
    return fails_along(LIMIT_IS_A_LOCAL_MINIMIZER, at, x, HALVES, by=runs_into_the_saddle(x))


def counterexample_unbounded():
    """f(w) = w from 0 with alpha = 1: the points -k lower it for ever."""
    at = {**on(LINE), alpha: 1, x: fun(N, lambda k: -k)}
    return CONVEX_LOSS.fails(at, by=runs_down_the_line())


def counterexample_not_attained():
    """f(w) = 1 / (1 + w^2) from 1 with alpha = 1: it is positive, and lower further out."""
    run = descent(1, BELL[1], 1)
    return fails_along(MINIMUM_EXISTS, {**on(BELL), alpha: 1}, x, run, by=runs_off_the_bell(x))


def counterexample_never_there():
    """f(w) = w^2 from 1 with alpha = 1/4: x(k) = 2^-k is never 0."""
    at = {**on(parabola(1)), alpha: QUARTER}
    return fails_along(IN_FINITELY_MANY_STEPS, at, x, HALVES, by=goes_on_halving(x))


def counterexample_two_cycle():
    """Whatever alpha, f(w) = w^2 / alpha from 1: the points 1, -1, 1, -1, ..."""
    loss = [*parabola(1 / alpha), x]
    return fails_at_every_rate(
        ONE_RATE_APPROACHES, alpha, loss, x, TURNS, by=keeps_turning(x, alpha)
    )


def counterexample_divergence():
    """Whatever alpha, f(w) = 2 w^2 / alpha from 1: the points 1, -3, 9, -27, ..."""
    loss = [*parabola(2 / alpha), x]
    return fails_at_every_rate(
        ONE_RATE_STAYS_BOUNDED, alpha, loss, x, TRIPLES, by=runs_away(x, alpha)
    )


def counterexample_shrinking_steps():
    """f(w) = w^2 from 2 with alpha_k = 1 / (4 (2^k + 1)): the points 1 + 2^-k lower it, and
    converge to 1.
    """
    shrinking = fun(N, lambda k: x(k) / (4 * (1 + x(k))))  # for x(k) = 2^-k
    at = {**on(parabola(1)), rates: shrinking, x: fun(N, lambda k: 1 + x(k)), end: 1}
    return fails_along(LIMIT_IS_STATIONARY, at, x, HALVES, by=stops_short(x))


def theorem_convex_loss():
    """|W(n) - w*|^2 + 2 alpha n (L(W(n)) - L(w*)) never grows with n, so it is at most |W(0) -
    w*|^2.
    """
    rate = convex_rate(L, grad, modulus, lipschitz, alpha, W, w_star, n)
    return REPAIR_CONVEX.proved(by=[rate, least_there(L, w_star, W(n))])


def theorem_some_gradient_is_small():
    """n steps lower the loss by at least alpha/2 times the sum of |grad|^2, and by at most L(W(0))
    - low.
    """
    return REPAIR_STATIONARY.proved(
        by=[stationary_rate(L, grad, modulus, lipschitz, alpha, W, low, n)]
    )


ON_THE_BOWL = {**on(BOWL), alpha: 1, W: INTO_THE_BOWL, lipschitz: 1, w_star: zero, low: 0, n: 1}


def inhabited_repair_convex():
    """L(w) = |w|^2 / 2 from e1 with alpha = 1 = 1 / lipschitz: one step leads to the minimum at
    0.
    """
    return REPAIR_CONVEX.inhabited_by(ON_THE_BOWL, by=runs_into_the_bowl())


def inhabited_repair_stationary():
    """The same run, with the lower bound 0."""
    return REPAIR_STATIONARY.inhabited_by(ON_THE_BOWL, by=runs_into_the_bowl())


def runs(start):
    """A run with a learning rate up to nearly 1 / lipschitz."""
    rate = start.below(1 / start.loss.lipschitz)
    return start.gives(loss=L, gradient=grad, lipschitz=lipschitz, steps=n) | {
        alpha: rate,
        W: start.run(rate),
    }


def search_convex_losses():
    """Runs of up to eight steps on random convex losses come as near the minimum as claimed."""
    known = ["there is a gradient", "the update rule", "the gradient is Lipschitz", "L is convex"]
    return REPAIR_CONVEX.survives(
        starts(convex_losses(with_minimizer=True)),
        lambda start: runs(start) | start.gives(minimizer=w_star),
        granted=[*known, "w_star is a minimizer"],
    )


def search_losses_bounded_below():
    """Runs on random losses that are bounded below come by a point where the gradient is as small
    as claimed.
    """
    known = [
        "there is a gradient",
        "the update rule",
        "the gradient is Lipschitz",
        "L is bounded below",
    ]
    waves_and_bumps = lipschitz_losses(families=["trigonometric", "gaussian", "rational"])
    return REPAIR_STATIONARY.survives(
        starts(waves_and_bumps | convex_losses(families=["quadratic"])),
        lambda start: runs(start) | start.gives(least=low),
        granted=known,
    )
