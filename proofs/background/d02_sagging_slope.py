"""Runs of which d2 speaks: on a slope that sags between the points, with gradients as long as they
may be; and on others, where none is small.
"""

from collections.abc import Mapping, Sequence
from functools import cache

from proofs.background.d02_sags import (
    GIVEN, at_multiples, before, bend, loss, lowest, modelled, slope, steady, there_are_sags,
)  # fmt: skip
from proofs.claims import Witness
from proofs.lemmas.descents import (
    FROM_E1_TO_ZERO, Run, descent, leads_from_e1_to_zero, obeys, there_is,
)  # fmt: skip
from proofs.lemmas.naturals import nothing_between
from proofs.losses.broken_lines import along_a_line
from proofs.losses.lines import LINE
from proofs.losses.parabolas import bowl
from proofs.prelude import *

W, (u, d) = function("W", N >> V), vector("u d")
alpha, x, y = real("alpha x y")
k, n = natural("k n")
ALL_GIVEN = [norm(u) == 1, *GIVEN]


def errs_little() -> Theorem:
    """The linear model errs by at most n + 1 times the squared step."""
    ramp = bend(x + y, n * alpha) ** 2 - bend(x, n * alpha) ** 2 - 2 * bend(x, n * alpha) * y
    last = entails([], (ramp >= 0) & (ramp <= y**2))
    missed = loss(n, x + y) - loss(n, x) - slope(n, x) * y
    known = [last, instance(modelled(), n, x, y)]
    return entails(GIVEN, abs(missed) <= (n + 1) * y**2, by=known)


SAGGING = along_a_line(
    u,
    lambda x: loss(n, x),
    lambda x: slope(n, x),
    n + 1,
    errs_little,
    lambda: instance(steady(), n, x, y),
    given=ALL_GIVEN,
)


# ----------------------------------------------------------------------------- what runs do
RUN = descent(0 * u, SAGGING.gradient, alpha)


@cache
def where_it_is_steep() -> Theorem:
    """The gradient is -u at k alpha u, for k <= n."""
    place = k * alpha
    steep = entails([*GIVEN, k <= n], slope(n, place) == -1, by=[instance(at_multiples(), n, k)])
    along = entails([norm(u) == 1], inner(u, place * u) == place)
    there = replaced(lambda x: slope(n, x) == -1, place, inner(u, place * u))
    goal = slope(n, inner(u, place * u)) == -1
    return entails([*ALL_GIVEN, k <= n], goal, by=[steep, along, there])


@cache
def strides_to_the_last_sag() -> Theorem:
    """W(k) = k alpha u for k <= n: by induction on the steps."""

    def placed(k: Term | int) -> Term:
        return implies(k <= n, W(k) == k * alpha * u)

    here, (begins, moves) = k * alpha * u, obeys(W, RUN)
    onwards = replaced(lambda w: W(k + 1) == w - alpha * SAGGING.gradient(w), W(k), here)
    steep = slope(n, inner(u, here))
    strides = replaced(lambda c: W(k + 1) == here - alpha * (c * u), steep, -1)
    known = [instance(moves, k), onwards, strides, where_it_is_steep()]
    step = entails([*ALL_GIVEN, moves, placed(k)], placed(k + 1), by=known)
    return by_induction(placed, entails([begins], placed(0)), step, k)


@cache
def always_steep() -> Theorem:
    """|grad(W(k))| = 1 for k <= n."""
    here = k * alpha * u

    def as_long(w: Term) -> Term:
        return all_of(norm(SAGGING.gradient(w)) == 1)

    steep = entails([*ALL_GIVEN, k <= n], as_long(here), by=[where_it_is_steep()])
    known = [steep, replaced(as_long, here, W(k)), instance(strides_to_the_last_sag(), k)]
    return entails([*ALL_GIVEN, *obeys(W, RUN), k <= n], as_long(W(k)), by=known)


def sags_as_much(existence: Term) -> Theorem:
    """There is a run as the formula `existence` says, of the symbols u, alpha and n; the last that
    it says of it is about the gradient at each W(k), k <= n.
    """
    given, low = [*ALL_GIVEN, *obeys(W, RUN)], -n * (alpha - alpha**2 / 4) - Fraction(1, 2)

    def level(w: Term) -> Term:
        return all_of(SAGGING(w) == 0)

    begins = entails(ALL_GIVEN, level(0 * u), by=[instance(before(), n, 0)])
    at_start = entails(given, level(W(0)), by=[begins, replaced(level, 0 * u, W(0))])
    fall = n * alpha * (4 - alpha) + 2
    falls = entails(GIVEN, (-4 * low == fall) & (fall > 0))
    below = lower_bound(SAGGING.value, low)
    bounded = for_each(below, d, given=ALL_GIVEN, by=[instance(lowest(), n, inner(u, d))])

    there = witnessed(existence, SAGGING.value, SAGGING.gradient, SAGGING.modulus, W, low)
    *parts, gradients = there.hypotheses[0].args
    facts = [at_start, falls, bounded, SAGGING.smooth(), SAGGING.steady()]
    known = [entails(given, part, by=facts) for part in parts]
    known += [for_each(gradients, k, given=given, by=[always_steep(), at_start, falls])]
    return there_are_sags(there_is(W, RUN, entails(given, existence, by=[there, *known])))


# ------------------------------------------------------------------ runs without a small gradient
def none_is_small(
    claim: Claim, at: Witness, by: Sequence[Theorem], given: Sequence[Term] = ()
) -> Witness:
    """The values, with the theorem that no k is as the claim says: by what is known of k."""
    denied = for_each(negation(claim.conclusion(at)), k, given=given, by=by)
    return at | Witness({}, [denied])


def at_the_start(claim: Claim, parts: Mapping[str, Term], run: Mapping[str, Term]) -> Witness:
    """|w|^2 / 2 at e1, with a Lipschitz constant that is none."""
    values = {"lipschitz": Fraction(1, 10), "alpha": 1, "points": FROM_E1_TO_ZERO, "steps": 0}
    at = bowl(1).at(e1, **parts, least=run["low"])
    at |= Witness({run[part]: value for part, value in values.items()}, [leads_from_e1_to_zero()])
    return none_is_small(claim, at, [nothing_between(0, k)])


def down_a_line(claim: Claim, parts: Mapping[str, Term], run: Mapping[str, Term]) -> Witness:
    """The points -k e1 on the loss x, where 0 is no lower bound."""
    points = fun(N, lambda k: -k * e1)
    values = {"lipschitz": 1, "alpha": 1, "points": points, "low": 0, "steps": 0}
    steady = for_each(lipschitz_gradient(LINE.gradient, 1), *vector("v w"))
    facts = [for_each(gradient_descent(points, LINE.gradient, 1), k), steady]
    at = LINE.at(zero, **parts) | Witness({run[p]: value for p, value in values.items()}, facts)
    return none_is_small(claim, at, [])


def to_and_fro(claim: Claim, parts: Mapping[str, Term], run: Mapping[str, Term]) -> Run:
    """|w|^2 / 2 with alpha = 2 from e1: every point has the length 1."""
    points, start = run["points"], descent(e1, bowl(1).gradient, 2)
    begins, moves = obeys(points, start)

    def as_long(k: Term | int) -> Term:
        return all_of(inner(points(k), points(k)) == 1)

    first = replaced(lambda w: inner(w, w) == 1, e1, points(0))
    there = replaced(lambda w: inner(w, w) == 1, points(k) - 2 * points(k), points(k + 1))
    begun = entails([begins], as_long(0), by=[first])
    step = entails([moves, as_long(k)], as_long(k + 1), by=[instance(moves, k), there])
    always = by_induction(as_long, begun, step, k)
    values = {"alpha": 2, "points": points, "steps": 1}
    at = bowl(1).at(e1, **parts, lipschitz=run["lipschitz"], least=run["low"])
    at |= Witness({run[part]: value for part, value in values.items()}, [])
    known = [instance(always, k), instance(always, 0)]
    return none_is_small(claim, at, known, [begins, moves]), points, start
