"""Runs of gradient descent: that they exist, how some of them go on for ever, and what keeps them
from a minimum.

A recurrence is a start and a Python function, the step: it stands for p(0) = start, p(k + 1) =
step(p(k)). (Rudin, Principles of Mathematical Analysis, chapter 3, for the limits; the recursion
theorem gives the sequences.)
"""

from collections.abc import Callable
from typing import Any

from proofs.claims import Witness
from proofs.prelude import *

Recurrence = tuple[Any, Callable[[Term], Term]]
Run = tuple[Witness, Term, Recurrence]  # values; the sequence that occurs in them; what it follows

HALVES: Recurrence = (1, lambda y: y / 2)
FROM_E1_TO_ZERO = fun(N, lambda k: maximum(1 - k, 0) * e1)  # the points e1, 0, 0, 0, ...

p = function("p", N >> R)
k, n = natural("k n")
epsilon = real("epsilon")


def obeys(sequence: Term, recurrence: Recurrence) -> list[Term]:
    """The formulas p(0) = start and p(k + 1) = step(p(k)) for every k."""
    start, step = recurrence
    return [sequence(0) == start, forall(N, lambda k: sequence(k + 1) == step(sequence(k)))]


def descent(start: Any, gradient: Term, alpha: Any) -> Recurrence:
    """Gradient descent as a recurrence: from `start`, by the steps w - alpha gradient(w)."""
    return start, lambda w: w - alpha * gradient(w)


def there_is(sequence: Term, recurrence: Recurrence, use: Theorem) -> Theorem:
    """`use` without its hypotheses `obeys(sequence, recurrence)`: by recursion, there is one."""
    start, step = recurrence
    return choose(recursion(sequence(0).sort, start, lambda k, y: step(y)), use, sequence)


def fails_along(
    claim: Claim, at: Witness, sequence: Term, recurrence: Recurrence, without: str = ""
) -> Theorem:
    """The claim fails at the values `at`, where the symbol `sequence` follows the recurrence; so it
    does without the hypothesis of that name.
    """
    run = obeys(sequence, recurrence)
    return there_is(sequence, recurrence, claim.fails(at, given=run, without=without))


def leads_from_e1_to_zero() -> Theorem:
    """A step with alpha = 1 along w |-> w, the gradient of |w|^2 / 2, leads from e1 to 0."""
    return for_each(gradient_descent(FROM_E1_TO_ZERO, fun(V, lambda w: w), 1), k)


def stays_bounded(points: Term) -> Term:
    """There is a number that |points(k)| does not exceed for any k."""
    return exists(R, lambda bound: forall(N, lambda k: norm(points(k)) <= bound))


def denial(notion: Term) -> Term:
    """The negation of a formula that one of `definitions` makes, written out."""
    return negation(notion.args[0])


# ------------------------------------------------------------------------------ powers of one half
def halves_are_small(sequence: Term) -> Theorem:
    """2^-k is positive and at most 1/(k + 1): by induction on k."""
    given = obeys(p, HALVES)

    def small(k: Term | int) -> Term:
        return all_of(p(k) > 0, (k + 1) * p(k) <= 1)

    step = entails([*given, small(k)], small(k + 1), by=[instance(given[1], k)])
    return substitute(by_induction(small, entails(given, small(0)), step, k), {p: sequence})


# -------------------------------------------------------------------------------- limits and minima
def converges_with_halves(points: Term, limit: Term | int, sequence: Term) -> Theorem:
    """points(k) tends to `limit`: for k > 1/epsilon, |points(k) - limit| <= 2^-k <= 1/(k + 1) <
    epsilon.

    The symbol `sequence` follows HALVES; |points(k) - limit| <= 2^-k must be evident from 2^-k > 0.
    """
    given = obeys(sequence, HALVES)
    goal = instance(converges(points, limit), epsilon).goal.args[1]
    near = norm(points(k) - limit) <= epsilon
    late = [epsilon > 0, 1 / epsilon <= n, k >= n]
    half = instance(halves_are_small(sequence), k)
    small = entails([*given, *late], sequence(k) <= epsilon, by=[half])
    close = entails([*given, *late], near, by=[half, small])
    use = entails([*given, *late[:2]], goal, by=[witnessed(goal, n), generalize(close, k)])
    return generalize(choose(archimedes(1 / epsilon), use, n), epsilon)


def stays_away(points: Term, limit: Term, gap: Term | int, far: Theorem) -> Theorem:
    """`points` does not converge to `limit`: the theorem `far` says |points(n) - limit| >= gap, of
    a symbol named n; its hypotheses must imply gap > 0.
    """
    goal, given = converges(points, limit), far.hypotheses
    soon = instance(goal, Fraction(1, 2) * gap)
    settles = soon.goal.args[1]
    near = witnessed(settles, n).hypotheses[0]
    absurd = entails([*given, near], negation(goal), by=[instance(near, n), far])
    some_n = entails([*given, goal], settles, by=[soon])
    return entails(given, negation(goal), by=[choose(some_n, absurd, n)])


def stays_above(
    points: Term,
    loss: Term,
    better: Callable[[Term], Any],
    above: Theorem,
    gap: Term | int | Fraction = 1,
) -> Theorem:
    """`points` does not come near the minimum of `loss`: at every n it is more than `gap` above the
    loss at better(n).

    `above` says loss(points(n)) > loss(better(n)) + gap, of a symbol named n; its hypotheses must
    imply gap > 0.
    """
    refuted, given = denial(approaches_minimum(points, loss)), above.hypotheses
    beyond = exists(
        N, loss.sort.inputs[0], lambda k, w: (k >= n) & (loss(points(k)) > loss(w) + gap)
    )
    there = witnessed(beyond, k=n, w=better(n))
    always = generalize(entails(given, beyond, by=[there, above]), n)
    return entails(given, refuted, by=[witnessed(refuted, gap), always])
