"""One step of gradient descent on polynomials in one variable whose coefficients and start lie
within bounds.

By Taylor's formula (Rudin, Principles of Mathematical Analysis, 5.15), which ends for a polynomial,

    L(x - alpha g) - L(x) = -alpha g^2 rest,    rest = 1 - alpha L''(x) / 2! + alpha^2 g L'''(x) /
    3! - ...,

where g = L'(x). The loss falls where alpha > 0, g != 0 and rest > 0; z3 shows rest > 0 on a box.
"""

from collections.abc import Sequence
from fractions import Fraction
from functools import reduce
from math import comb
from operator import add

from proofs.claims import Claim
from proofs.kernel import R, Term, Theorem, all_of, entails, fun, identical, real, substitute

x, alpha = real("x alpha")
Coefficients = Sequence[Term | int]  # of 1, x, x^2, ...


def derivative(coefficients: Coefficients, order: int) -> Term:
    """x |-> L^(order)(x) / order!, the factor of h^order in L(x + h); the loss itself for order
    0.
    """
    powers = range(order, len(coefficients))

    def value(x: Term) -> Term:
        terms: list[Term] = [
            comb(n, order) * coefficients[n] * x ** (n - order) for n in reversed(powers)
        ]
        return reduce(add, terms)

    return fun(R, value)


def rest(slope: Term, higher: Sequence[Term]) -> Term:
    """rest, for g = slope and the values of L''/2!, L'''/3!, ... at x."""
    terms: list[Term] = [value * (-alpha * slope) ** n for n, value in enumerate(higher)]
    factor: Term = 1 - alpha * reduce(add, terms)
    return factor


def values(coefficients: Coefficients) -> list[Term]:
    """L'(x), L''(x)/2!, L'''(x)/3!, ..."""
    return [derivative(coefficients, order)(x) for order in range(1, len(coefficients))]


def at_most(bound: int, *numbers: Term) -> Term:
    """Each of the numbers lies between -bound and bound."""
    return all_of(*(abs(number) <= bound for number in numbers))


def falls(coefficients: Coefficients, bounds: Term, small: Term) -> Claim:
    """For all coefficients and starts x within the bounds with L'(x) != 0, every small alpha > 0
    lowers the loss.
    """
    loss, slope = derivative(coefficients, 0), derivative(coefficients, 1)
    return Claim(
        for_all=[*(c for c in reversed(coefficients) if isinstance(c, Term)), x, alpha],
        given={
            "within bounds": bounds,
            "alpha is small": (alpha > 0) & small,
            "the slope is not zero": slope(x) != 0,
        },
        then=loss(x - alpha * slope(x)) < loss(x),
    )


def falls_where_rest_is_positive(coefficients: Coefficients) -> Theorem:
    """{alpha > 0, L'(x) != 0, rest > 0} |- L(x - alpha L'(x)) < L(x); sympy checks Taylor's
    formula.
    """
    slope, *higher = values(coefficients)
    loss = derivative(coefficients, 0)
    after, before = loss(x - alpha * slope), loss(x)
    g, factor, change = real("g factor change")
    negative = entails(
        [change == -alpha * g**2 * factor, alpha > 0, g != 0, factor > 0], change < 0
    )
    here = substitute(negative, {g: slope, factor: rest(slope, higher), change: after - before})
    taylor = identical(after - before, -alpha * slope**2 * rest(slope, higher))
    return entails(
        [alpha > 0, slope != 0, rest(slope, higher) > 0], after < before, by=[taylor, here]
    )


def rest_is_positive(
    coefficients: Coefficients, bounds: Term, alpha0: Fraction, *sizes: int
) -> Theorem:
    """{bounds, 0 < alpha <= alpha0} |- rest > 0, from |L'| <= sizes[0], |L''/2!| <= sizes[1], ...
    within the bounds.
    """
    named = [real(f"value{n}") for n in range(len(sizes))]
    sized = all_of(*(at_most(size, value) for size, value in zip(sizes, named, strict=True)))
    positive = entails([sized, alpha > 0, alpha <= alpha0], rest(named[0], named[1:]) > 0)
    here = substitute(positive, dict(zip(named, values(coefficients), strict=True)))
    return entails([bounds, alpha > 0, alpha <= alpha0], here.goal,
                   by=[entails([bounds], here.hypotheses[0]), here])  # fmt: skip
