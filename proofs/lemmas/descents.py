"""Runs of gradient descent: that they exist, how some of them go on for ever, and what keeps them
from a minimum.

A recurrence is a start and a Python function, the step: it stands for p(0) = start, p(k + 1) =
step(p(k)). (Rudin, Principles of Mathematical Analysis, chapter 3, for the limits; the recursion
theorem gives the sequences.)
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from proofs.claims import Claim
from proofs.definitions import approaches_minimum, converges, minimizer
from proofs.kernel import (
    N, R, Term, Theorem, all_of, archimedes, by_induction, choose, entails, exists, forall,
    function, generalize, instance, natural, negation, norm, real, recursion, substitute, witnessed,
)  # fmt: skip

Recurrence = tuple[Any, Callable[[Term], Term]]

HALVES: Recurrence = (1, lambda y: y / 2)
TURNS: Recurrence = (1, lambda y: -y)
TRIPLES: Recurrence = (1, lambda y: -3 * y)

p = function("p", N >> R)
k, n = natural("k n")
epsilon = real("epsilon")


def follows(sequence: Term, recurrence: Recurrence) -> list[Term]:
    """The formulas p(0) = start and p(k + 1) = step(p(k)) for every k."""
    start, step = recurrence
    return [sequence(0) == start, forall(N, lambda k: sequence(k + 1) == step(sequence(k)))]


def for_each(
    universal: Term, *variables: Term, given: Iterable[Term] = (), by: Iterable[Theorem] = ()
) -> Theorem:
    """given |- `universal`, a statement forall k. P(k), where z3 derives P at the `variables` from
    `given` and `by`.
    """
    return generalize(entails(given, instance(universal, *variables).goal, by), *variables)


def descent(start: Any, gradient: Term, alpha: Any) -> Recurrence:
    """Gradient descent as a recurrence: from `start`, by the steps w - alpha gradient(w)."""
    return start, lambda w: w - alpha * gradient(w)


def there_is(sequence: Term, recurrence: Recurrence, use: Theorem) -> Theorem:
    """`use` without its hypotheses `follows(sequence, recurrence)`: there is such a sequence, by
    recursion.
    """
    start, step = recurrence
    return choose(recursion(sequence(0).sort, start, lambda k, y: step(y)), use, sequence)


def fails_along(
    claim: Claim,
    at: Mapping[Term, Any],
    sequence: Term,
    recurrence: Recurrence,
    by: Iterable[Theorem] = (),
) -> Theorem:
    """The claim fails at the values `at`, in which the symbol `sequence` is a sequence that follows
    the recurrence.
    """
    return there_is(sequence, recurrence, claim.fails(at, by, given=follows(sequence, recurrence)))


def fails_at_every_rate(
    claim: Claim,
    alpha: Term,
    values: Iterable[Any],
    sequence: Term,
    recurrence: Recurrence,
    by: Iterable[Theorem] = (),
) -> Theorem:
    """The claim, which says that some alpha > 0 serves for all of something, fails at `values` for
    every alpha > 0.

    The symbol `sequence` among the values follows the recurrence.
    """
    refuted = instance(negation(claim.then), alpha).goal
    use = entails(
        follows(sequence, recurrence), refuted, by=[witnessed(refuted.args[1], *values), *by]
    )
    return generalize(there_is(sequence, recurrence, use), alpha)


# -------------------------------------------------------------------------------- three recurrences
def halves(sequence: Term) -> Theorem:
    """2^-k is positive and at most 1/(k + 1): by induction on k."""
    given = follows(p, HALVES)

    def small(k: Term | int) -> Term:
        return all_of(p(k) > 0, (k + 1) * p(k) <= 1)

    step = entails([*given, small(k)], small(k + 1), by=[instance(given[1], k)])
    return substitute(by_induction(small, entails(given, small(0)), step, k), {p: sequence})


def turns(sequence: Term) -> Theorem:
    """(-1)^k has the square 1: by induction on k."""
    given = follows(p, TURNS)
    step = entails([*given, p(k) ** 2 == 1], p(k + 1) ** 2 == 1, by=[instance(given[1], k)])
    return substitute(
        by_induction(lambda k: p(k) ** 2 == 1, entails(given, p(0) ** 2 == 1), step, k),
        {p: sequence},
    )


def triples(sequence: Term) -> Theorem:
    """|(-3)^k| >= 1 + 2k, by induction on k (Bernoulli's inequality), so no bound holds for every
    k.
    """
    given = follows(p, TRIPLES)

    def large(k: Term | int) -> Term:
        return all_of(norm(p(k)) >= 1 + 2 * k)

    step = entails([*given, large(k)], large(k + 1), by=[instance(given[1], k)])
    always = by_induction(large, entails(given, large(0)), step, k)
    bound = real("bound")
    beyond = entails([*given, bound <= n], norm(p(n)) > bound, by=[instance(always, n)])
    bounded = exists(R, lambda bound: forall(N, lambda k: norm(p(k)) <= bound))
    exceeded = instance(negation(bounded), bound).goal
    escape = entails([*given, bound <= n], exceeded, by=[witnessed(exceeded, n), beyond])
    return substitute(generalize(choose(archimedes(bound), escape, n), bound), {p: sequence})


# -------------------------------------------------------------------------------- limits and minima
def converges_with_halves(points: Term, limit: Term | int, sequence: Term) -> Theorem:
    """points(k) tends to `limit` because |points(k) - limit| <= 2^-k <= 1/(k + 1) < epsilon for k >
    1/epsilon.

    The symbol `sequence` follows HALVES; |points(k) - limit| <= 2^-k must be evident from 2^-k > 0.
    """
    given = follows(sequence, HALVES)
    goal = instance(converges(points, limit), epsilon).goal.args[1]
    near = norm(points(k) - limit) <= epsilon
    late = [epsilon > 0, 1 / epsilon <= n, k >= n]
    small = entails([*given, *late], sequence(k) <= epsilon, by=[instance(halves(sequence), k)])
    close = entails([*given, *late], near, by=[instance(halves(sequence), k), small])
    use = entails([*given, *late[:2]], goal, by=[witnessed(goal, n), generalize(close, k)])
    return generalize(choose(archimedes(1 / epsilon), use, n), epsilon)


def least_there(loss: Term, least: Term, point: Term) -> Theorem:
    """loss(least) <= loss(point), for a minimizer `least`."""
    return instance(minimizer(loss, least), point)


def stays_above(
    points: Term, loss: Term, better: Callable[[Term], Any], above: Theorem, gap: Term | int = 1
) -> Theorem:
    """`points` does not come near the minimum of `loss`: at every n it is more than `gap` above the
    loss at better(n).

    `above` says loss(points(n)) > loss(better(n)) + gap, of a symbol named n; its hypotheses must
    imply gap > 0.
    """
    refuted = negation(approaches_minimum(points, loss).args[0])
    beyond = exists(
        N, loss.sort.inputs[0], lambda k, w: (k >= n) & (loss(points(k)) > loss(w) + gap)
    )
    always = generalize(
        entails(above.hypotheses, beyond, by=[witnessed(beyond, n, better(n)), above]), n
    )
    return entails(above.hypotheses, refuted, by=[witnessed(refuted, gap), always])
