"""The losses c w^2 with c > 0 on the real line, and runs of gradient descent on them.

They are smooth and convex, with their minimum at 0. The step is w |-> (1 - 2 alpha c) w: it brings
w nearer to 0, turns it round or sends it away, depending on alpha c. (Nesterov, Introductory
Lectures on Convex Optimization, 2.1.)
"""

from collections.abc import Iterable

from proofs.definitions import (
    convex,
    differentiable_everywhere,
    gradient_descent,
    lowers_every_step,
    minimizer,
)
from proofs.kernel import (
    N, R, Term, Theorem, entails, exists, forall, fun, generalize, instance, natural, real,
    witnessed,
)  # fmt: skip
from proofs.lemmas.descents import (
    TRIPLES, HALVES, TURNS, converges_with_halves, follows, for_each, triples, halves, stays_above,
    turns,
)  # fmt: skip

v, w, t, s, epsilon = real("v w t s epsilon")
k, n = natural("k n")


def parabola(c: Term | int) -> tuple[Term, Term, Term]:
    """The loss c w^2, its derivative 2 c w and its modulus: c s^2, the linear model's error, is
    small for small s.
    """
    return (
        fun(R, lambda w: c * w**2),
        fun(R, lambda w: 2 * c * w),
        fun(R, R, lambda w, epsilon: epsilon / c),
    )


def facts_about_parabola(c: Term | int, given: Iterable[Term] = ()) -> list[Theorem]:
    """c w^2 has the derivative 2 c w everywhere, is convex and has a minimum; c > 0 must be evident
    from `given`.
    """
    given, (loss, slope, modulus) = list(given), parabola(c)
    has_minimum = exists(R, lambda m: minimizer(loss, m))
    least = for_each(minimizer(loss, 0), w, given=given)
    return [
        for_each(differentiable_everywhere(loss, slope, modulus), w, epsilon, s, given=given),
        for_each(convex(loss), v, w, t, given=given),
        entails(given, has_minimum, by=[witnessed(has_minimum, 0), least]),
    ]


def goes_on_halving(x: Term) -> list[Theorem]:
    """w^2 falls at every step of x(k) = 2^-k, the run with alpha = 1/4, and is never least there,
    since x(k) != 0.
    """
    run, (loss, slope, _) = follows(x, HALVES), parabola(1)
    no_minimizer: Term = ~minimizer(loss, x(n))
    missed = entails(
        run, no_minimizer, by=[instance(minimizer(loss, x(n)), 0), instance(halves(x), n)]
    )
    falls = for_each(lowers_every_step(x, loss, slope), k, given=run, by=[instance(run[1], k)])
    return [*facts_about_parabola(1), falls, generalize(missed, n)]


def keeps_turning(x: Term, alpha: Term) -> list[Theorem]:
    """The run on w^2 / alpha from 1 is x(k) = (-1)^k: the loss stays at 1 / alpha, and is 0 at
    0.
    """
    given, (loss, slope, _) = [*follows(x, TURNS), alpha > 0], parabola(1 / alpha)
    gap = 1 / (2 * alpha)
    above = entails(given, loss(x(n)) > loss(0) + gap, by=[instance(turns(x), n)])
    turned = for_each(gradient_descent(x, slope, alpha), k, given=given, by=[instance(given[1], k)])
    return [
        *facts_about_parabola(1 / alpha, given),
        turned,
        stays_above(x, loss, lambda n: 0, above, gap),
    ]


def runs_away(x: Term, alpha: Term) -> list[Theorem]:
    """The run on 2 w^2 / alpha from 1 is x(k) = (-3)^k: no number bounds it."""
    given, (_, slope, _) = [*follows(x, TRIPLES), alpha > 0], parabola(2 / alpha)
    tripled = for_each(
        gradient_descent(x, slope, alpha), k, given=given, by=[instance(given[1], k)]
    )
    return [*facts_about_parabola(2 / alpha, given), tripled, triples(x)]


def stops_short(x: Term) -> list[Theorem]:
    """1 + 2^-k is a run on w^2 with the rates 2^-k / (4 (1 + 2^-k)): w^2 falls at every step, and
    the limit is 1.
    """
    run, (loss, slope, _) = follows(x, HALVES), parabola(1)
    points, rates = fun(N, lambda k: 1 + x(k)), fun(N, lambda k: x(k) / (4 * (1 + x(k))))
    step = [instance(halves(x), k), instance(run[1], k)]
    positive = forall(N, lambda k: rates(k) > 0)
    moves = forall(N, lambda k: points(k + 1) == points(k) - rates(k) * slope(points(k)))
    each_step = [
        for_each(a, k, given=run, by=step)
        for a in (positive, moves, lowers_every_step(points, loss, slope))
    ]
    return [*facts_about_parabola(1), *each_step, converges_with_halves(points, 1, x)]
