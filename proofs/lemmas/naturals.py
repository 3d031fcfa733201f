"""The natural numbers are discrete, and well-ordered."""

from collections.abc import Callable

from proofs.prelude import *

i, j, k, n = natural("i j k n")


def nothing_between(lower: Term | int, number: Term | int) -> Theorem:
    """number <= lower or number >= lower + 1, for natural numbers: nothing lies between two
    neighbours.

    By induction on `lower`, for every number at once: that is 0, or the successor of one that the
    hypothesis speaks of. (Landau, Foundations of Analysis.)
    """

    def apart(k: Term | int, j: Term | int) -> Term:
        return any_of(j <= k, j >= k + 1)

    def for_every_number(k: Term | int) -> Term:
        return forall(N, lambda j: apart(k, j))

    from_zero = entails([], instance(for_every_number(0), 0).goal)
    base = by_induction(lambda j: apart(0, j), from_zero, entails([], apart(0, j + 1)), j)
    known = for_every_number(k)
    successor = entails([known], apart(k + 1, j + 1), by=[instance(known, j)])
    step = by_induction(lambda j: apart(k + 1, j), entails([], apart(k + 1, 0)), successor, j)
    return instance(by_induction(for_every_number, base, step, k), lower, number)


def predecessor(number: Term) -> Theorem:
    """number = 0, or number = i + 1 for a natural number i."""

    def follows_one(k: Term | int) -> Term:
        return any_of(k == 0 * n, exists(N, lambda i: k == i + 1))

    some = exists(N, lambda i: k + 1 == i + 1)
    step = entails([], follows_one(k + 1), by=[witnessed(some, k)])
    return instance(by_induction(follows_one, entails([], follows_one(0)), step, k), number)


def there_is_a_first(holds: Callable[[Term], Term]) -> Theorem:
    """{there is n that it holds of} |- there is a first one: otherwise, by induction, it holds of
    none below n.
    """
    found = exists(N, lambda k: is_first(k, holds))

    def none_before(n: Term | int) -> Term:
        return forall(N, lambda i: implies(i < n, ~holds(i)))

    def none_below(n: Term | int) -> Term:
        return any_of(found, none_before(n))

    base = entails([], none_below(0), by=[for_each(none_before(0), i)])
    given = [none_before(n), ~found]
    not_n = entails(given, ~holds(n), by=[witnessed(found, n)])
    known = [
        not_n,
        nothing_between(i, n),
        nothing_between(n, i),
        replaced(lambda k: ~holds(k), n, i),
    ]
    onwards = for_each(none_before(n + 1), i, given=given, by=[*known, instance(none_before(n), i)])
    step = entails([none_below(n)], none_below(n + 1), by=[onwards])
    none = by_induction(none_below, base, step, n)
    last = entails([holds(n)], found, by=[instance(none, n), witnessed(found, n)])
    some = exists(N, holds)
    return choose(entails([some], some), last, n)
