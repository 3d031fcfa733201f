"""One step of gradient descent on polynomials whose coefficients and start lie within bounds.

In one variable, by Taylor's formula (Rudin, Principles of Mathematical Analysis, 5.15), which ends
for a polynomial,

    f(x - alpha g) - f(x) = -alpha g^2 rest,
    rest = 1 - alpha f''(x) / 2! + alpha^2 g f'''(x) / 3! - ...,

where g = f'(x). So f falls where alpha > 0, g != 0 and rest > 0, which is shown within bounds.
"""

from collections.abc import Sequence
from functools import cache, reduce
from math import comb
from operator import add

from proofs.prelude import *

x, y, alpha = real("x y alpha")
Coefficients = Sequence[Term | int]  # of 1, x, x^2, ...


def taylor_coefficient(coefficients: Coefficients, order: int) -> Term:
    """x |-> f^(order)(x) / order!, the factor of h^order in f(x + h); f itself for order 0."""

    def value(x: Term) -> Term:
        powers = reversed(range(order, len(coefficients)))
        terms: list[Term] = [comb(n, order) * coefficients[n] * x ** (n - order) for n in powers]
        return reduce(add, terms)

    return fun(R, value)


def taylor_coefficients(coefficients: Coefficients) -> list[Term]:
    """f'(x), f''(x)/2!, f'''(x)/3!, ..."""
    return [taylor_coefficient(coefficients, order)(x) for order in range(1, len(coefficients))]


def rest_of_step(slope: Term, higher: Sequence[Term]) -> Term:
    """rest, for g = slope and the values of f''/2!, f'''/3!, ... at x."""
    terms: list[Term] = [value * (-alpha * slope) ** n for n, value in enumerate(higher)]
    rest: Term = 1 - alpha * reduce(add, terms)
    return rest


def at_most(bound: int, *numbers: Term) -> Term:
    """Each of the numbers lies between -bound and bound."""
    return all_of(*(abs(number) <= bound for number in numbers))


def polynomial_falls(coefficients: Coefficients, bounds: Term, small: Term) -> Claim:
    """For all coefficients and starts x within the bounds with f'(x) != 0, every small alpha > 0
    lowers f.
    """
    f, slope = taylor_coefficient(coefficients, 0), taylor_coefficient(coefficients, 1)
    return Claim(
        for_all=[*(c for c in reversed(coefficients) if isinstance(c, Term)), x, alpha],
        given={
            "within bounds": bounds,
            "alpha is small": (alpha > 0) & small,
            "the slope is not zero": slope(x) != 0,
        },
        then=f(x - alpha * slope(x)) < f(x),
    )


def quadratic_falls(
    a: Term, b: Term, c: Term, p: Term, q: Term, bounds: Term, small: Term
) -> Claim:
    """For all coefficients within the bounds, and all starts (x, y) with a gradient other than 0,
    every small alpha > 0 lowers f(x, y) = a x^2 / 2 + b x y + c y^2 / 2 + p x + q y.
    """
    f = fun(R, R, lambda x, y: a * x**2 / 2 + b * x * y + c * y**2 / 2 + p * x + q * y)
    by_x, by_y = a * x + b * y + p, b * x + c * y + q
    return Claim(
        for_all=[a, b, c, p, q, x, y, alpha],
        given={
            "within bounds": bounds,
            "alpha is small": (alpha > 0) & small,
            "the gradient is not zero": (by_x != 0) | (by_y != 0),
        },
        then=f(x - alpha * by_x, y - alpha * by_y) < f(x, y),
    )


def second_order_is_less(a: Term, b: Term, c: Term, by_x: Term, by_y: Term) -> Theorem:
    """{|a|, |b|, |c| <= 1, 0 < alpha < 1, g != 0} |- alpha^2 g.Hg / 2 < alpha |g|^2.

    H has the entries a, b, b, c, and g = (by_x, by_y); so g.Hg <= 2 |g|^2.
    """
    bent, square = a * x**2 + 2 * b * x * y + c * y**2, x**2 + y**2
    within, small = at_most(1, a, b, c), (alpha > 0) & (alpha < 1)
    bounded = entails([within], bent <= 2 * square)
    moves = (x != 0) | (y != 0)
    less = entails([small, moves, bounded.goal], alpha**2 * bent / 2 < alpha * square)
    together = entails([within, small, moves], less.goal, by=[bounded, less])
    return substitute(together, {x: by_x, y: by_y})


def falls_where_rest_is_positive(coefficients: Coefficients) -> Theorem:
    """{alpha > 0, f'(x) != 0, rest > 0} |- f(x - alpha f'(x)) < f(x): by Taylor's formula."""
    slope, *higher = taylor_coefficients(coefficients)
    f, rest = taylor_coefficient(coefficients, 0), rest_of_step(slope, higher)
    after, before = f(x - alpha * slope), f(x)
    taylor = identical(after - before, -alpha * slope**2 * rest)
    g, factor, change = real("g factor change")
    given = [change == -alpha * g**2 * factor, alpha > 0, g != 0, factor > 0]
    negative = entails(given, change < 0)
    here = substitute(negative, {g: slope, factor: rest, change: after - before})
    return entails([alpha > 0, slope != 0, rest > 0], after < before, by=[taylor, here])


def falls_by_taylor(coefficients: Coefficients, positive: Theorem) -> Theorem:
    """{..., alpha > 0, f'(x) != 0} |- f(x - alpha f'(x)) < f(x), by `positive`: ... |- rest > 0."""
    falls = falls_where_rest_is_positive(coefficients)
    given = dict.fromkeys([*positive.hypotheses, *falls.hypotheses[:2]])
    return entails(given, falls.goal, by=[falls, positive])


def rest(coefficients: Coefficients) -> Term:
    """rest, for the polynomial with these coefficients, at x."""
    slope, *higher = taylor_coefficients(coefficients)
    return rest_of_step(slope, higher)


# ------------------------------------------------------------------------------- within bounds
@cache
def product_at_most_one() -> Theorem:
    """{|x|, |y| <= 1} |- |x y| <= 1."""
    return entails([abs(x) <= 1, abs(y) <= 1], abs(x * y) <= 1)


def terms_at_most_one(coefficients: Coefficients, bounds: Term) -> list[Theorem]:
    """|c x^n| <= 1 for the coefficients c of f and every n up to theirs, as |c|, |x| <= 1."""
    shown: list[Theorem] = []
    for order, coefficient in enumerate(coefficients):
        for n in range(order if isinstance(coefficient, Term) else 0):
            product = substitute(product_at_most_one(), {x: coefficient * x**n, y: x})
            shown.append(entails([bounds], product.goal, by=[*shown[-1:], product]))
    return shown


def bounded_value(coefficients: Coefficients, order: int, size: int) -> Theorem:
    """|f^(order)(x) / order!| <= size, the sum of its factors, from |c x^n| <= 1 for its terms."""
    orders = range(order, len(coefficients))
    names = [real(f"term{n}") for n in orders]
    total = reduce(add, [comb(n, order) * name for n, name in zip(orders, names, strict=True)])
    rule = entails([at_most(1, *names)], abs(total) <= size)
    terms = (coefficients[n] * x ** (n - order) for n in orders)
    return substitute(rule, dict(zip(names, terms, strict=True)))


def positive_by_sizes(
    coefficients: Coefficients, bounds: Term, alpha0: Fraction, *sizes: int
) -> Theorem:
    """{bounds, 0 < alpha <= alpha0} |- rest > 0, from |f'| <= sizes[0], |f''/2!| <= sizes[1], ...
    within the bounds.
    """
    named = [real(f"value{n}") for n in range(len(sizes))]
    sized = all_of(*(at_most(size, value) for size, value in zip(sizes, named, strict=True)))
    small = [alpha > 0, alpha <= alpha0]
    positive = entails([sized, *small], rest_of_step(named[0], named[1:]) > 0)
    here = substitute(positive, dict(zip(named, taylor_coefficients(coefficients), strict=True)))
    by = [bounded_value(coefficients, order, size) for order, size in enumerate(sizes, 1)]
    by += terms_at_most_one(coefficients, bounds)
    within = entails([bounds], here.hypotheses[0], by=by)
    return entails([bounds, *small], here.goal, by=[within, here])


def positive_on_cubics(a: Term, b: Term, c: Term, bounds: Term) -> Theorem:
    """{bounds, 0 < alpha <= 2/5} |- rest > 0, for a x^3 + b x^2 + c x: a sum of four parts."""
    given, z = [bounds, alpha > 0, alpha <= Fraction(2, 5)], a * x
    square = 3 * (alpha * z + alpha / 3 - Fraction(1, 2)) ** 2
    spared = Fraction(1, 4) - 4 * alpha**2 / 3
    of_b, of_c = alpha * (1 - b) * (1 - 2 * alpha * z), alpha**2 * (1 + a * c)
    parts = identical(rest([0, c, b, a]), square + spared + of_b + of_c)
    products = [substitute(product_at_most_one(), {x: a, y: factor}) for factor in (x, c)]
    within = entails([bounds], (abs(z) <= 1) & (abs(a * c) <= 1), by=products)
    turned = entails(given, alpha * (1 - 2 * alpha * z) > 0, by=[within])
    known = [
        entails([], square >= 0),
        entails(given, spared > 0),
        entails(given, of_b >= 0, by=[turned]),
        entails(given, of_c >= 0, by=[within]),
    ]
    return entails(given, rest([0, c, b, a]) > 0, by=[parts, *known])


def positive_on_the_double_well() -> Theorem:
    """{|x| <= 2, 0 < alpha < 1/6} |- rest > 0, for (x^2 - 1)^2: a product of two factors, of which
    t = x^2 - 1 is known to be between -1 and 3.
    """
    t, bounds, small = real("t"), at_most(2, x), [alpha > 0, alpha < Fraction(1, 6)]
    first = 1 - 2 * alpha * t
    both = all_of(first > 0, 1 - 4 * alpha * (t + 1) * first > 0)
    positive = substitute(entails([*small, t >= -1, t <= 3], both), {t: x**2 - 1})
    within = entails([bounds], all_of(x**2 - 1 >= -1, x**2 - 1 <= 3))
    return entails([bounds, *small], rest([1, 0, -2, 0, 1]) > 0, by=[within, positive])
