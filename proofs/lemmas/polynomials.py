"""Polynomials in two variables, by their coefficients."""

from collections.abc import Callable
from functools import reduce
from operator import add

from proofs.prelude import *

Factor = Callable[[int], Term | int]


def combination(c: Term, degree: int, first: Factor, second: Factor) -> Term:
    """The sum of c(i, j) first(i) second(j) over i + j <= degree."""
    exponents = [(i, j) for i in range(degree + 1) for j in range(degree + 1 - i)]
    terms: list[Term] = [c(i, j) * first(i) * second(j) for i, j in exponents]
    return reduce(add, terms)


def polynomial_at(c: Term, degree: int, x: Term, y: Term) -> Term:
    """The sum of c(i, j) x^i y^j over i + j <= degree."""
    return combination(c, degree, lambda i: x**i, lambda j: y**j)
