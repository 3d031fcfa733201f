"""One for all, where there is one for each."""

from collections.abc import Callable
from fractions import Fraction

from proofs.kernel import (
    N, R, Sort, Term, Theorem, V, archimedes, e1, entails, exists, forall, function, generalize,
    implies, instance, maximum, norm, witnessed,
)  # fmt: skip
from proofs.lemmas.inner_products import norm_scaling
from tests.planted_faults.fault import Fault, says

Statement = Callable[[Term], Term]


def swapped(
    name: str,
    sorts: tuple[Sort, Sort],
    holds: Callable[[Term, Term], Term],
    serves: Callable[[Term], Term | Theorem],
    fails: Callable[[Term], list[object]],
    known: Callable[[Term], list[Theorem]] = lambda y: [],
) -> Fault:
    """For each x there is the y that `serves` it; each y fails at one of the x that it `fails`."""
    x, y = (function(name, sort) for name, sort in zip("xy", sorts, strict=True))
    some: Statement = lambda x: exists(sorts[1], lambda y: holds(x, y))
    every: Statement = lambda y: forall(sorts[0], lambda x: holds(x, y))

    def there_is_one_for_each() -> list[Theorem]:
        value = serves(x)
        by = [value] if isinstance(value, Theorem) else [witnessed(some(x), value)]
        return [generalize(entails([], some(x), by=by), x)]

    def there_is_none_for_all() -> list[Theorem]:
        at = [instance(every(y), value) for value in fails(y)]
        return [generalize(entails([], ~every(y), by=[*at, *known(y)]), y)]

    return Fault(
        name=name,
        claim=says(exists(sorts[1], every)),
        twin=says(forall(sorts[0], some)),
        by=there_is_one_for_each,
        at={},
        shown=there_is_none_for_all,
    )


FAULTS = [
    swapped("a number above all numbers", (R, R), lambda x, y: y > x,
            serves=lambda x: x + 1, fails=lambda y: [y]),
    swapped("a natural number above all numbers", (R, N), lambda x, n: x <= n,
            serves=archimedes, fails=lambda n: [n + 1]),
    swapped("a last natural number", (N, N), lambda m, n: m < n,
            serves=lambda m: m + 1, fails=lambda n: [n]),
    swapped("a positive number below all positive numbers", (R, R),
            lambda epsilon, t: implies(epsilon > 0, (t > 0) & (t < epsilon)),
            serves=lambda epsilon: epsilon / 2, fails=lambda t: [t, 1]),
    swapped("a learning rate for every curvature", (R, R),
            lambda h, alpha: implies(h > 0, (alpha > 0) & (alpha * h < 2)),
            serves=lambda h: 1 / h, fails=lambda alpha: [maximum(1, 2 / alpha)]),
    swapped("a learning rate that keeps every step short", (V, R),
            lambda u, alpha: (alpha > 0) & (alpha * norm(u) <= 1),
            serves=lambda u: 1 / (norm(u) + 1), fails=lambda alpha: [2 / alpha * e1],
            known=lambda alpha: [norm_scaling(2 / alpha, e1)]),
    swapped("a minimizer of every parabola", (R, R),
            lambda c, y: (y - c)**2 <= Fraction(1, 4),
            serves=lambda c: c, fails=lambda y: [y + 1]),
]  # fmt: skip
