"""The natural numbers are discrete."""

from proofs.prelude import *

j, k = natural("j k")


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
