"""Sums in R^n, for any n: total(n, a) = a(0) + ... + a(n - 1), for sequences a of numbers, by
induction on n.

(Landau, Foundations of Analysis, chapter V, section 8.)
"""

from collections.abc import Callable
from functools import cache

from proofs.lemmas.naturals import nothing_between
from proofs.prelude import *

total = function("total", (N, N >> R) >> R)
a, b = function("a b", N >> R)
i, k, m, n = natural("i k m n")
c = real("c")


def below(n: Term | int, holds: Callable[[Term], Term]) -> Term:
    """holds(k) for every k < n."""
    return forall(N, lambda k: implies(k < n, holds(k)))


def next_sum(sequence: Term, number: Term | int) -> list[Theorem]:
    """total(0, a) = 0 and total(m + 1, a) = total(m, a) + a(m)."""
    starts, continues = sums(total).args[0].args
    return [instance(starts, sequence), instance(continues, number, sequence)]


def there_are_sums(use: Theorem) -> Theorem:
    """`use`, in which the symbol `total` occurs, without its hypothesis sums(total): by recursion
    there are sums.
    """
    return choose(recursion(R, lambda a: 0, lambda k, y, a: y + a(k), N >> R), use, total)


@cache
def larger_terms() -> Theorem:
    """Where a(k) <= b(k) for k < n: each b(i) - a(i) with i < n is at most total(n, b) - total(n,
    a), which is >= 0.

    By induction on m <= n, for a fixed i: if i < m + 1, then i < m or i = m.
    """
    larger = below(n, lambda k: a(k) <= b(k))
    gap = fun(N, lambda m: total(m, b) - total(m, a))

    def claim(m: Term | int) -> Term:
        return implies(m <= n, (gap(m) >= 0) & implies(i < m, b(i) - a(i) <= gap(m)))

    latest = replaced(lambda j: b(j) - a(j) <= gap(m + 1), m, i)
    by = [
        *next_sum(a, m),
        *next_sum(b, m),
        instance(larger, m),
        latest,
        nothing_between(m, i),
        nothing_between(i, m),
    ]
    step = entails([sums(total), larger, claim(m)], claim(m + 1), by)
    base = entails([sums(total)], claim(0), by=[*next_sum(a, m), *next_sum(b, m)])
    whole = by_induction(claim, base, step, m)
    conclusion = (gap(n) >= 0) & implies(i < n, b(i) - a(i) <= gap(n))
    return entails([sums(total), larger], conclusion, by=[instance(whole, n)])


def sum_of_larger_terms(smaller: Term, larger: Term, number: Term, which: Term) -> Theorem:
    """`larger_terms` for other sequences, another n and another i."""
    return substitute(larger_terms(), {a: smaller, b: larger, n: number, i: which})


@cache
def equal_sums() -> Theorem:
    """Where a(k) <= b(k) for k < n, the sums are equal exactly where all these terms are."""
    larger, equal = below(n, lambda k: a(k) <= b(k)), below(n, lambda k: a(k) == b(k))
    same = total(n, a) == total(n, b)
    term = entails([sums(total), larger, same, k < n], a(k) == b(k),
                   by=[sum_of_larger_terms(a, b, n, k), instance(larger, k)])  # fmt: skip
    turned = generalize(entails([equal, k < n], b(k) <= a(k), by=[instance(equal, k)]), k)
    either_way = [sum_of_larger_terms(a, b, n, k), sum_of_larger_terms(b, a, n, k)]
    back = entails([sums(total), larger, equal], same, by=[*either_way, turned])
    return entails([sums(total), larger], iff(same, equal), by=[generalize(term, k), back])


@cache
def sum_of_multiples() -> Theorem:
    """total(n, c a) = c total(n, a)."""
    multiple = fun(N, lambda k: c * a(k))
    claim: Callable[[Term | int], Term] = lambda m: total(m, multiple) == c * total(m, a)
    by = [*next_sum(a, m), *next_sum(multiple, m)]
    step = entails([sums(total), claim(m)], claim(m + 1), by)
    return instance(by_induction(claim, entails([sums(total)], claim(0), by), step, m), n)


@cache
def sum_of_one_term() -> Theorem:
    """Where i < n and a(k) = 0 for every other k < n, total(n, a) = a(i): up to i the sum is 0,
    from there on a(i).
    """
    others = below(n, lambda k: implies(k != i, a(k) == 0))

    def claim(m: Term | int) -> Term:
        return implies(
            m <= n, implies(m <= i, total(m, a) == 0) & implies(m >= i + 1, total(m, a) == a(i))
        )

    latest = replaced(lambda j: total(m + 1, a) == a(j), m, i)
    by = [
        *next_sum(a, m),
        instance(others, m),
        latest,
        nothing_between(m, i),
        nothing_between(i, m),
    ]
    step = entails([sums(total), others, claim(m)], claim(m + 1), by)
    base = entails([sums(total)], claim(0), by=next_sum(a, m))
    whole = by_induction(claim, base, step, m)
    return entails(
        [sums(total), others, i < n],
        total(n, a) == a(i),
        by=[instance(whole, n), nothing_between(i, n)],
    )
