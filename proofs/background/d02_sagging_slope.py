"""Runs of which d2 speaks: on a slope that sags halfway, with gradients as long as they may be; and
on others, where none is small.
"""

from collections.abc import Mapping, Sequence

from proofs.claims import Witness
from proofs.lemmas.descents import (
    FROM_E1_TO_ZERO, Run, descent, leads_from_e1_to_zero, obeys, there_is,
)  # fmt: skip
from proofs.lemmas.naturals import nothing_between
from proofs.losses.broken_lines import along_a_line, bent_line, bent_slope, error_of_bends, u, x, y
from proofs.losses.lines import LINE
from proofs.losses.parabolas import bowl
from proofs.prelude import *

W, alpha, k = function("W", N >> V), real("alpha"), natural("k")
GIVEN = [norm(u) == 1, alpha > 0, alpha <= 1]
BENDS = [(1, 0), (-2, alpha / 2), (2, alpha)]


def sag(x: Term | int) -> Term:
    """-x up to 0; its slope rises until alpha/2, is -1 again at alpha, and rises from there on."""
    return -x + bent_line(x, BENDS)


def sag_slope(x: Term) -> Term:
    """The derivative of `sag`."""
    return -1 + bent_slope(x, BENDS)


def sag_errs() -> Theorem:
    """|sag(x + y) - sag(x) - sag_slope(x) y| <= 5/2 y^2, by the bends alone."""
    missed = sag(x + y) - sag(x) - sag_slope(x) * y
    return entails([], abs(missed) <= Fraction(5, 2) * y**2, by=[error_of_bends(BENDS)])


def sag_turns() -> Theorem:
    """|sag_slope(x) - sag_slope(y)| <= |x - y|."""
    return entails([alpha > 0], abs(sag_slope(x) - sag_slope(y)) <= abs(x - y))


SAGGING = along_a_line(
    u, sag, sag_slope, Fraction(5, 2), sag_errs, sag_turns, (alpha + 1) * u, GIVEN
)


# ----------------------------------------------------------------------------- what runs do
def sags_as_much(existence: Term) -> Theorem:
    """There is a run as the formula `existence` says: from 0 to alpha u, where the slope is -1
    again, on a loss with its minimum at (alpha + 1) u.
    """
    run, least = descent(0 * u, SAGGING.gradient, alpha), SAGGING((alpha + 1) * u)
    begins, moves = obeys(W, run)
    given = [*GIVEN, begins, moves]

    def on_the_slope(at: Term | int, w: Term) -> Term:
        return all_of(SAGGING(w) == sag(at), norm(SAGGING.gradient(w)) == 1)

    onwards = replaced(lambda w: W(1) == w - alpha * SAGGING.gradient(w), W(0), 0 * u)
    arrived = entails(given, W(1) == alpha * u, by=[instance(moves, 0), onwards])
    facts = []
    for at, w, known in ((0 * alpha, W(0), []), (alpha, W(1), [arrived])):
        there = entails(GIVEN, on_the_slope(at, at * u))
        same = replaced(lambda w: on_the_slope(at, w), at * u, w)
        facts.append(entails(given, on_the_slope(at, w), by=[*known, there, same]))
    lowest = entails(GIVEN, least == -alpha + alpha**2 / 4 - Fraction(1, 2))
    level = entails([alpha > 0], sag(0 * alpha) == 0)
    facts += [level, lowest, SAGGING.smooth(), SAGGING.steady(), SAGGING.bounded()]
    there = witnessed(existence, SAGGING.value, SAGGING.gradient, SAGGING.modulus, W, least)
    parts = [entails(given, part, by=facts) for part in there.hypotheses]
    return there_is(W, run, entails(given, existence, by=[there, *parts]))


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
