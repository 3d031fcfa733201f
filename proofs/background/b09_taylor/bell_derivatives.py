"""The derivatives of 1/(1 + t^2): (-1)^n n! times the imaginary part of z^(n+1), z = 1/(t - i).

1/(1 + t^2) is the imaginary part of z = 1/(t - i) = (t + i)/(1 + t^2), and z' = -z^2, so that z^k
has the derivative -k z^(k+1); and |z| <= 1. Here z^k is the vector powers(k, t) in the plane of e1
= 1 and e2 = i, and factor(n) = (-1)^n n!. (Rudin, Principles of Mathematical Analysis, chapter 8.)
"""

from functools import cache

from proofs.background.b09_taylor.derivative_rules import (
    IDENTITY, Pair, constant, constant_rule, derivative_rewritten, identity_rule, multiple_of,
    multiple_rule, product_of, product_rule, sum_of_pairs, sum_rule,
)  # fmt: skip
from proofs.background.b09_taylor.higher_derivatives import row_and_next
from proofs.losses.bells import BELL_ON_THE_LINE
from proofs.prelude import *

powers, factor = function("powers", (N, R) >> V), function("factor", N >> R)
t, x, y, u, v, b = real("t x y u v b")
k, n = natural("k n")

bell = BELL_ON_THE_LINE.value
BELL_AND_SLOPE: Pair = (bell, BELL_ON_THE_LINE.gradient)


def times_z(t: Term | int, v: Term) -> Term:
    """z v = (t + i) v / (1 + t^2), for a complex number v, which is a vector of the plane."""
    x, y = inner(e1, v), inner(e2, v)
    product: Term = bell(t) * (t * x - y) * e1 + bell(t) * (t * y + x) * e2
    return product


Z_STARTS = forall(R, lambda t: powers(0, t) == e1)  # z^0 = 1
Z_CONTINUES = forall(N, R, lambda k, t: powers(k + 1, t) == times_z(t, powers(k, t)))
Z_POWERS = [Z_STARTS, Z_CONTINUES]
FACTOR_CONTINUES = forall(N, lambda k: factor(k + 1) == -(k + 1) * factor(k))
BELL_GIVEN = [*Z_POWERS, factor(0) == 1, FACTOR_CONTINUES]


def of_the_bell(theorem: Theorem) -> Theorem:
    """`theorem` without its hypotheses on `powers` and `factor`: there are such functions."""
    there_is = recursion(R, 1, lambda k, y: -(k + 1) * y)
    there_are = recursion(V, lambda t: e1, lambda k, y, t: times_z(t, y), R)
    return choose(there_are, choose(there_is, theorem, factor), powers)


# -------------------------------------------------------------------------- the parts of z^k
def real_part(k: Term | int, t: Term | int) -> Term:
    """The real part of z^k."""
    return inner(e1, powers(k, t))


def imaginary_part(k: Term | int, t: Term | int) -> Term:
    """The imaginary part of z^k."""
    return inner(e2, powers(k, t))


@cache
def parts_of_powers() -> Theorem:
    """The parts of z^(k+1) = z z^k, and of z^0 = 1; for every k and t."""
    new, by = times_z(t, powers(k, t)), [instance(Z_STARTS, t), instance(Z_CONTINUES, k, t)]
    for axis in (e1, e2):
        by.append(replaced(lambda v: inner(axis, v) == inner(axis, new), new, powers(k + 1, t)))
        by.append(replaced(lambda v: inner(axis, v) == inner(axis, e1), e1, powers(0, t)))
    x, y, z = real_part(k, t), imaginary_part(k, t), bell(t)
    first = (real_part(0, t) == 1) & (imaginary_part(0, t) == 0)
    later = real_part(k + 1, t) == z * (t * x - y)
    later &= imaginary_part(k + 1, t) == z * (t * y + x)
    return generalize(entails(Z_POWERS, later & first, by=by), k, t)


# ----------------------------------------------------------------------------- their derivatives
def real_and_slope(k: Term | int) -> Pair:
    """The real part of z^k, and that of -k z^(k+1)."""
    return fun(R, lambda t: real_part(k, t)), fun(R, lambda t: -k * real_part(k + 1, t))


def imaginary_and_slope(k: Term | int) -> Pair:
    """The imaginary part of z^k, and that of -k z^(k+1)."""
    return fun(R, lambda t: imaginary_part(k, t)), fun(R, lambda t: -k * imaginary_part(k + 1, t))


def both_parts_have_their_slopes(k: Term | int) -> Term:
    """z^k has the derivative -k z^(k+1), in both parts."""
    return derivative(*real_and_slope(k)) & derivative(*imaginary_and_slope(k))


@cache
def bell_has_its_slope() -> Theorem:
    """1/(1 + t^2) has the derivative -2 t/(1 + t^2)^2."""
    goal = derivative(*BELL_AND_SLOPE)
    by = [witnessed(goal, BELL_ON_THE_LINE.modulus), BELL_ON_THE_LINE.smooth()]
    return entails([], goal, by=by)


@cache
def first_powers_have_their_slopes() -> Theorem:
    """z^0 = 1 + 0 i has the derivative 0."""
    by = [instance(parts_of_powers(), 0, t)]
    same = [
        derivative_rewritten(constant(1), real_and_slope(0), Z_POWERS, by),
        derivative_rewritten(constant(0), imaginary_and_slope(0), Z_POWERS, by),
    ]
    rules = [constant_rule(1), constant_rule(0)]
    return entails(Z_POWERS, both_parts_have_their_slopes(0), by=[*same, *rules])


@cache
def product_with_z(first: Pair, sign: int, second: Pair, new: Pair) -> Theorem:
    """{F and G have their derivatives} |- t b F + sign b G, which is `new`, has its own.

    Here b = 1/(1 + t^2), and F and G are the parts of z^k.
    """
    slanted = product_of(IDENTITY, BELL_AND_SLOPE)
    left, right = product_of(slanted, first), product_of(BELL_AND_SLOPE, second)
    known = [instance(parts_of_powers(), j, t) for j in (k, k + 1)]
    same = derivative_rewritten(sum_of_pairs(left, sign, right), new, Z_POWERS, known)
    rules = [bell_has_its_slope(), identity_rule(), product_rule(IDENTITY, BELL_AND_SLOPE)]
    rules += [product_rule(slanted, first), product_rule(BELL_AND_SLOPE, second)]
    given = [*Z_POWERS, derivative(*first), derivative(*second)]
    return entails(given, derivative(*new), by=[*rules, sum_rule(left, sign, right), same])


@cache
def powers_have_their_slopes() -> Theorem:
    """z^k has the derivative -k z^(k+1): by induction on k, with z = t b + i b."""
    X, Y = real_and_slope(k), imaginary_and_slope(k)
    by = [
        product_with_z(X, -1, Y, real_and_slope(k + 1)),
        product_with_z(Y, 1, X, imaginary_and_slope(k + 1)),
    ]
    holds = both_parts_have_their_slopes
    step = entails([*Z_POWERS, holds(k)], holds(k + 1), by=by)
    return by_induction(holds, first_powers_have_their_slopes(), step, k)


# ------------------------------------------------------------------- the derivatives of the bell
BELL_DERIVATIVES = fun(N, R, lambda n, t: factor(n) * imaginary_part(n + 1, t))


@cache
def derivatives_of_bell() -> Theorem:
    """For every n, (-1)^n n! times the imaginary part of z^(n+1) is the n-th derivative."""
    by = [instance(parts_of_powers(), 0, t)]
    value = generalize(entails(BELL_GIVEN, BELL_DERIVATIVES(0, t) == bell(t), by=by), t)
    old, new = imaginary_and_slope(k + 1), row_and_next(BELL_DERIVATIVES, k)
    scaled = multiple_of(factor(k), old)
    same = derivative_rewritten(scaled, new, BELL_GIVEN, [instance(FACTOR_CONTINUES, k)])
    rules = [instance(powers_have_their_slopes(), k + 1), multiple_rule(factor(k), old), same]
    step = entails([*BELL_GIVEN, k < n], derivative(*new), by=rules)
    goal = derivatives_up_to(n, bell, BELL_DERIVATIVES)
    return generalize(entails(BELL_GIVEN, goal, by=[value, generalize(step, k)]), n)


# -------------------------------------------------------------------------------------- bounds
FACTORIALS = fun(N, lambda n: abs(factor(n)))


def squared_size(k: Term | int, t: Term | int) -> Term:
    """|z^k|^2."""
    size: Term = real_part(k, t) ** 2 + imaginary_part(k, t) ** 2
    return size


@cache
def powers_are_at_most_one() -> Theorem:
    """|z^k| <= 1: by induction on k, since |z|^2 = b = 1/(1 + t^2) <= 1."""
    reciprocal = (1 + t**2) * b == 1
    given = [reciprocal, x**2 + y**2 <= 1, u == b * (t * x - y), v == b * (t * y + x)]
    scaled = entails(given, u**2 + v**2 == b * (x**2 + y**2))
    at_most_one = entails([reciprocal], (b > 0) & (b <= 1))
    smaller = entails(given, u**2 + v**2 <= 1, by=[scaled, at_most_one])
    here = {b: bell(t), x: real_part(k, t), y: imaginary_part(k, t)}
    here |= {u: real_part(k + 1, t), v: imaginary_part(k + 1, t)}
    parts = instance(parts_of_powers(), k, t)
    by = [parts, substitute(smaller, here), entails([], (1 + t**2) * bell(t) == 1)]
    base = entails(Z_POWERS, squared_size(0, t) <= 1, by=[parts])
    step = entails([*Z_POWERS, squared_size(k, t) <= 1], squared_size(k + 1, t) <= 1, by=by)
    return by_induction(lambda k: squared_size(k, t) <= 1, base, step, k)


@cache
def derivatives_of_bell_are_bounded() -> Theorem:
    """|(-1)^n n! Im z^(n+1)| <= n!, as |z^(n+1)| <= 1."""
    part = entails([x**2 + y**2 <= 1], abs(u * y) <= abs(u))
    here = {x: real_part(n + 1, t), y: imaginary_part(n + 1, t), u: factor(n)}
    by = [instance(powers_are_at_most_one(), n + 1), substitute(part, here)]
    bound = entails(BELL_GIVEN, abs(BELL_DERIVATIVES(n, t)) <= FACTORIALS(n), by=by)
    return generalize(bound, n, t)
