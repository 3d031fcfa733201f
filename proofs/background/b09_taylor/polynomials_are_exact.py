"""The Taylor series of a polynomial in x and y along a direction (p, q): it ends, and is the
polynomial.

The n-th derivative along (p, q) is the sum of n!/(i! j!) p^i q^j (d/dx)^i (d/dy)^j over i + j = n.
(Rudin, Principles of Mathematical Analysis, 9.30 with exercise 30.)
"""

from functools import reduce
from math import comb, factorial
from operator import add

from proofs.definitions import derivative, derivatives_at_zero, taylor_sums
from proofs.kernel import (
    N, R, Term, Theorem, by_induction, choose, entails, forall, fun, generalize, instance, natural,
    real, recursion, substitute, witnessed,
)  # fmt: skip
from proofs.background.b09_taylor.calculus import same_derivative
from proofs.lemmas.polynomials import combination
from proofs.background.b09_taylor.remainder import POWERS, P, SUMS, S, W, a, at_zero, slope_of_sums

t, eta, r = real("t eta r")
j, k, n = natural("j k n")
DEGREE = 6


def slope(x: Term, n: int, order: int) -> Term | int:
    """The derivative of x^n of this order."""
    return factorial(n) // factorial(n - order) * x ** (n - order) if n >= order else 0


def derivative_along(c: Term, n: int, x: Term, y: Term, p: Term, q: Term) -> Term:
    """The n-th derivative along (p, q), at (x, y), of the polynomial with the coefficients c(i,
    j).
    """

    def mixed(i: int, j: int) -> Term:
        partial = combination(c, DEGREE, lambda m: slope(x, m, i), lambda m: slope(y, m, j))
        value: Term = comb(n, i) * p**i * q**j * partial
        return value

    return reduce(add, [mixed(i, n - i) for i in range(n + 1)])


def series(terms: list[Term], t: Term) -> Term:
    """The sum of terms[k] t^k/k!."""
    return reduce(add, [term * t**k / factorial(k) for k, term in enumerate(terms)])


def ends(a: Term) -> Term:
    """a(k) = 0 for k > 6."""
    return forall(N, lambda k: a(k + DEGREE + 1) == 0)


def coefficients(values: list[Term]) -> list[Term]:
    """a(k) = values[k]."""
    return [a(k) == value for k, value in enumerate(values)]


def powers_up_to_six() -> Theorem:
    """power(k, t) = t^k/k! for k <= 6."""
    starts, continues = POWERS.args[0].args
    by, found = [instance(starts, t)], list[Theorem]()
    for k in range(DEGREE + 1):
        found.append(entails([POWERS], W(k, t) == t**k / factorial(k), by=[*by, *found[-1:]]))
        by = [instance(continues, k, t)]
    goal = reduce(lambda p, q: p & q, [theorem.goal for theorem in found])
    return entails([POWERS], goal, by=found)


def sum_of_seven() -> Theorem:
    """P(7, 0, t) = a(0) + a(1) t + ... + a(6) t^6/6!."""
    by = [
        instance(SUMS[0], 0, t),
        *(instance(SUMS[1], k, 0, t) for k in range(DEGREE + 1)),
        powers_up_to_six(),
    ]
    return entails(
        [POWERS, *SUMS], P(DEGREE + 1, 0, t) == series([a(k) for k in range(DEGREE + 1)], t), by=by
    )


def is_its_series(loss: Term, values: list[Term]) -> Theorem:
    """{a(k) = values[k]} |- loss(t) = a(0) + a(1) t + ... + a(6) t^6/6!, where algebra shows it of
    values[k].
    """
    d = [real(f"d{k}") for k in range(DEGREE + 1)]
    equal = entails(
        [r == series(d, t), *coefficients(d)], r == series([a(k) for k in range(DEGREE + 1)], t)
    )
    return substitute(equal, {r: loss(t)} | dict(zip(d, values, strict=True)))


def is_smooth(loss: Term, values: list[Term]) -> Theorem:
    """The loss has at 0 the derivatives a(k) = values[k], and a(k) = 0 for k > 6, up to every order
    n.

    Its k-th derivative is the sum P(7, k, t), whose derivative P(6, k + 1, t) lacks only the term
    a(k + 7) t^6/6! = 0.
    """
    shorter, known = [ends(a), POWERS, *SUMS], coefficients(values)
    by = [sum_of_seven(), is_its_series(loss, values)]
    value = generalize(entails([*known, POWERS, *SUMS], P(DEGREE + 1, 0, t) == loss(t), by=by), t)

    def row(j: int, m: Term | int) -> Term:
        return fun(R, lambda t: P(j, m, t))

    last = [instance(ends(a), k), instance(SUMS[1], DEGREE, k + 1, t)]
    same = same_derivative(row(7, k), row(6, k + 1), row(7, k), row(7, k + 1), shorter, last)
    smooth = entails(
        [*shorter, k < n],
        derivative(row(7, k), row(7, k + 1)),
        by=[same, instance(slope_of_sums(), DEGREE, k)],
    )
    first = [instance(at_zero().goal.args[1], DEGREE, k), at_zero()]
    starts = generalize(entails([*shorter, k <= n], P(DEGREE + 1, k, 0) == a(k), by=first), k)
    goal = derivatives_at_zero(n, loss, a)
    D = fun(N, R, lambda k, t: P(DEGREE + 1, k, t))
    use = entails(
        [*known, *shorter], goal, by=[witnessed(goal, D), value, generalize(smooth, k), starts]
    )
    there_are = recursion(R, lambda m, t: 0, lambda j, y, m, t: y + a(m + j) * W(j, t), N, R)
    return choose(there_are, use, P)


def is_every_later_sum(loss: Term, values: list[Term], step: Term) -> Theorem:
    """S(n + 7) = loss(step): the seven first terms are the polynomial, and the others are 0."""
    sums = taylor_sums(S, a, W, step)
    _, more = sums.args[0].args
    given = [*coefficients(values), POWERS, sums]
    seven = entails([POWERS, sums], S(DEGREE + 1) == series([a(k) for k in range(DEGREE + 1)], step), by=[
        substitute(powers_up_to_six(), {t: step}), *(instance(more, k) for k in range(DEGREE + 1)),
    ])  # fmt: skip
    there = substitute(is_its_series(loss, values), {t: step})
    base = entails(given, S(0 + (DEGREE + 1)) == loss(step), by=[seven, there])
    rest = [instance(more, n + (DEGREE + 1)), instance(ends(a), n)]
    next_one = entails(
        [ends(a), sums, S(n + (DEGREE + 1)) == loss(step)],
        S(n + 1 + (DEGREE + 1)) == loss(step),
        by=rest,
    )
    return by_induction(lambda n: S(n + (DEGREE + 1)) == loss(step), base, next_one, n)
