"""Witnesses for strongly convex losses: runs that stay on one line, on multiples of |w|^2; and a
quadratic loss with the second derivative `lipschitz` along a unit vector u, and mu across, on which
runs are as slow as they may be.
"""

from proofs.claims import Witness
from proofs.lemmas.contraction import bends, distance_along_an_eigenvector, slowest_factor
from proofs.lemmas.descents import FROM_E1_TO_ZERO, leads_from_e1_to_zero
from proofs.lemmas.powers import next_power
from proofs.losses.lines import LEVEL
from proofs.losses.parabolas import bowl, valley
from proofs.prelude import *
from proofs.witnesses import ParticularLoss

W, power, grad = function("W", N >> V), function("power", (N, R) >> R), function("grad", V >> V)
u, v, w, D, w_star = vector("u v w D w_star")
mu, lipschitz, alpha, eigenvalue, c, t = real("mu lipschitz alpha eigenvalue c t")
n = natural("n")

VALLEY, FACTOR = valley(u, mu, lipschitz), slowest_factor(mu, lipschitz, alpha)
BOWL, HALF = bowl(1), Fraction(1, 2)
BENT = [norm(u) == 1, mu > 0, mu <= lipschitz]
RUN = [is_power(power), gradient_descent(W, VALLEY.gradient, alpha)]


def is_convex_enough(loss: ParticularLoss, constant: int | Fraction) -> Theorem:
    """A multiple of |w|^2 is strongly convex, with a `constant` up to its second derivative."""
    statement = strongly_convex(loss.value, constant)
    return for_each(statement, v, w, t, by=[square_nonnegative(w - v)])


def in_one_step(bound: int | Fraction, **parts: Term) -> Witness:
    """|w|^2 / 2 with mu = bound, from e1; one step with alpha = 1 = 1 / lipschitz leads to 0."""
    mu, alpha, points, steps = (parts.pop(name) for name in ("mu", "alpha", "points", "steps"))
    facts = [is_convex_enough(BOWL, bound), leads_from_e1_to_zero()]
    run = {mu: bound, alpha: 1, points: FROM_E1_TO_ZERO, steps: 1}
    return BOWL.at(e1, **parts) | Witness(run, facts)


def on_a_ray(
    loss: ParticularLoss, rate: int, ratio: int, facts: list[Theorem], parts: dict[str, Term]
) -> Witness:
    """One step, with mu = 1/2 and lipschitz = 1, of the run ratio^k e1 on the loss."""
    run = fun(N, lambda k: power(k, ratio) * e1)
    moves = gradient_descent(run, loss.gradient, rate)
    steps = for_each(moves, n, given=[is_power(power)], by=next_power(ratio, n))
    first = [*next_power(ratio, 0), *next_power(slowest_factor(HALF, 1, rate), 0)]
    values = {"mu": HALF, "lipschitz": 1, "minimizer": zero, "alpha": rate, "points": run}
    values |= {"steps": 1}
    at = loss.at(e1, **{name: parts[name] for name in ("loss", "gradient", "modulus")})
    run_at = {parts[name]: value for name, value in values.items()}
    return at | Witness(run_at, [*facts, steps, *first])


def turning_round(**parts: Term) -> Witness:
    """On |w|^2 / 2 with alpha = 2, the points (-1)^k e1."""
    facts = [BOWL.steady(), BOWL.least(), is_convex_enough(BOWL, HALF)]
    return on_a_ray(BOWL, 2, -1, facts, parts)


def standing_still(**parts: Term) -> Witness:
    """On the loss 0, which is not strongly convex, e1 for ever."""
    level, steady = minimizer(LEVEL.value, zero), lipschitz_gradient(LEVEL.gradient, 1)
    return on_a_ray(LEVEL, 1, 1, [for_each(level, v), for_each(steady, v, w)], parts)


def leaping_over(**parts: Term) -> Witness:
    """On 3 |w|^2 / 2, whose gradient has not the Lipschitz constant 1, the points (-2)^k e1."""
    steeper = bowl(3)
    return on_a_ray(steeper, 1, -2, [steeper.least(), is_convex_enough(steeper, HALF)], parts)


def valley_is_strong() -> Theorem:
    """Beyond mu |w|^2 / 2 there is a multiple of (u.w)^2, which is convex."""
    across = square_nonnegative(inner(u, w - v) * u)
    return for_each(strongly_convex(VALLEY.value, mu), v, w, t, given=BENT, by=[across])


def slow_along(start: Term, curvature: Term, turn: Term) -> Theorem:
    """|W(n)| = FACTOR^n |W(0)| where all of the start is in the direction of this curvature, of
    which the turn is.
    """
    along = [*BENT, start]
    bent = for_each(bends(VALLEY.gradient, zero, W(0), curvature), c, given=along)
    values = {grad: VALLEY.gradient, w_star: zero, D: W(0), eigenvalue: curvature}
    slow = substitute(distance_along_an_eigenvector(), values)
    given = [*along, alpha > 0, turn]
    same = entails(given, abs(1 - alpha * curvature) == FACTOR)
    p = replaced(lambda x: norm(W(n)) == power(n, x) * norm(W(0)), same.goal.args[0], FACTOR)
    return entails([*given, *RUN], p.goal, by=[p, same, slow, bent])


def as_slow_as_allowed() -> list[Theorem]:
    """The valley is strongly convex, and both directions are as slow as FACTOR, in their turn."""
    flat = slow_along(inner(u, W(0)) == 0, mu, alpha <= 2 / (mu + lipschitz))
    steep = slow_along(W(0) == inner(u, W(0)) * u, lipschitz, alpha >= 2 / (mu + lipschitz))
    return [valley_is_strong(), VALLEY.smooth(), VALLEY.steady(), VALLEY.least(), flat, steep]
