"""What the linear model of a polynomial misses, as a polynomial in the step.

After a step (h, k) from (x, y) it misses exactly h^2 A + h k B + k^2 C with polynomials A, B and C.
With X = x + h, Y = y + k,

    X^i Y^j - x^i y^j - i x^(i-1) y^j h - j x^i y^(j-1) k
        = (X^i - x^i - i x^(i-1) h) Y^j + i x^(i-1) h (Y^j - y^j) + x^i (Y^j - y^j - j y^(j-1) k),

where the brackets have the factors h^2, k and k^2 (the binomial theorem; Graham, Knuth and
Patashnik, Concrete Mathematics, 5.12).
"""

from math import comb

from proofs.lemmas.polynomials import combination
from proofs.prelude import *


def power_slope(x: Term, n: int) -> Term | int:
    """n x^(n-1), the derivative of x^n."""
    return n * x ** (n - 1) if n else 0


def power_change(x: Term, h: Term, n: int) -> Term | int:
    """((x + h)^n - x^n) / h, multiplied out."""
    return sum(comb(n, m) * x ** (n - m) * h ** (m - 1) for m in range(1, n + 1))


def power_error(x: Term, h: Term, n: int) -> Term | int:
    """((x + h)^n - x^n - n x^(n-1) h) / h^2, multiplied out."""
    return sum(comb(n, m) * x ** (n - m) * h ** (m - 2) for m in range(2, n + 1))


def partial_derivatives(c: Term, degree: int, x: Term, y: Term) -> tuple[Term, Term]:
    """The partial derivatives of the polynomial with the coefficients c, by x and by y."""
    by_x = combination(c, degree, lambda i: power_slope(x, i), lambda j: y**j)
    by_y = combination(c, degree, lambda i: x**i, lambda j: power_slope(y, j))
    return by_x, by_y


def remainder_factors(
    c: Term, degree: int, x: Term, y: Term, h: Term, k: Term
) -> tuple[Term, Term, Term]:
    """A, B and C: after the step (h, k) the linear model misses h^2 A + h k B + k^2 C."""
    A = combination(c, degree, lambda i: power_error(x, h, i), lambda j: (y + k) ** j)
    B = combination(c, degree, lambda i: power_slope(x, i), lambda j: power_change(y, k, j))
    C = combination(c, degree, lambda i: x**i, lambda j: power_error(y, k, j))
    return A, B, C
