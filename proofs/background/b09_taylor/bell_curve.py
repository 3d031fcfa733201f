"""1/(1 + x^2): its derivatives are bounded by factorials, and its Taylor series at 0 diverges at 2.

1/(1 + t^2) is the imaginary part of z = 1/(t - i) = (t + i)/(1 + t^2), and z' = -z^2, so that its
n-th derivative is (-1)^n n! times that of z^(n+1), where |z| <= 1. Here z^k is the vector powers(k,
t), in the plane of e1 = 1 and e2 = i, and factor(n) = (-1)^n n!. At t = 0, z = i: the series is 1 -
t^2 + t^4 - ... (Rudin, Principles of Mathematical Analysis, chapter 8.)
"""

from collections.abc import Callable
from fractions import Fraction
from functools import cache

from proofs.definitions import converges, derivative, derivatives_up_to, taylor_powers, taylor_sums
from proofs.kernel import (
    N, R, Term, Theorem, V, by_induction, choose, e1, e2, entails, forall, fun, function,
    generalize, implies, inner, instance, natural, negation, norm, real, recursion, replaced,
    substitute, witnessed,
)  # fmt: skip
from proofs.background.b09_taylor.calculus import (
    constant_rule,
    identity_rule,
    product_rule,
    same_derivative,
    sum_rule,
)
from proofs.lemmas.smooth_losses import differentiable_everywhere_by_remainder, modulus_by_remainder

powers, power = function("powers", (N, R) >> V), function("power", (N, R) >> R)
factor, S = function("factor S", N >> R)
B = function("B", R >> R)
t, h, epsilon = real("t h epsilon")
k, n = natural("k n")

BELL = fun(R, lambda t: 1 / (1 + t**2))


def times_z(t: Term, v: Term) -> Term:
    """z v, for a complex number v, which is a vector of the plane."""
    x, y = inner(e1, v), inner(e2, v)
    product: Term = BELL(t) * (t * x - y) * e1 + BELL(t) * (t * y + x) * e2
    return product


POWERS = [  # z^0 = 1 and z^(k+1) = z z^k
    forall(R, lambda t: powers(0, t) == e1),
    forall(N, R, lambda k, t: powers(k + 1, t) == times_z(t, powers(k, t))),
]
FACTOR = [factor(0) == 1, forall(N, lambda k: factor(k + 1) == -(k + 1) * factor(k))]
BELL_GIVEN = [*POWERS, *FACTOR]
DERIVATIVES = fun(N, R, lambda n, t: factor(n) * inner(e2, powers(n + 1, t)))


def part(k: Term | int, axis: Term) -> Term:
    """The real or the imaginary part of z^k, as a function of t."""
    return fun(R, lambda t: inner(axis, powers(k, t)))


@cache
def parts(k: Term) -> Theorem:
    """The parts of z^(k+1) = z z^k, and of z^0 = 1."""
    new = times_z(t, powers(k, t))
    first, more = instance(POWERS[0], t), instance(POWERS[1], k, t)
    facts = [entails([], inner(axis, new) == inner(axis, new), by=[]) for axis in (e1, e2)]
    by = [
        replaced(lambda v: inner(axis, v) == inner(axis, new), new, powers(k + 1, t))
        for axis in (e1, e2)
    ]
    start = [
        replaced(lambda v: inner(axis, v) == inner(axis, e1), e1, powers(0, t)) for axis in (e1, e2)
    ]
    x, y = (inner(axis, powers(k, t)) for axis in (e1, e2))
    z = BELL(t)
    goal = (
        (inner(e1, powers(k + 1, t)) == z * (t * x - y)) & (inner(e2, powers(k + 1, t)) == z * (t * y + x))
        & (inner(e1, powers(0, t)) == 1) & (inner(e2, powers(0, t)) == 0)
    )  # fmt: skip
    return generalize(entails(POWERS, goal, by=[first, more, *by, *start, *facts]), t)


BELL_SLOPE = fun(R, lambda t: -2 * t * BELL(t) ** 2)


def slope_of(k: Term | int, axis: Term) -> Term:
    """The part of -k z^(k+1), as a function of t."""
    return fun(R, lambda t: -k * inner(axis, powers(k + 1, t)))


def has_its_derivative(k: Term | int, axis: Term) -> Term:
    """The part of z^k has the derivative that of -k z^(k+1)."""
    return derivative(part(k, axis), slope_of(k, axis))


@cache
def slope_of_bell() -> Theorem:
    """b = 1/(1 + t^2) has the derivative -2 t b^2: the remainder is h^2 times something between -7
    and 7.
    """
    b, c, p, q, u = real("b c p q u")
    given = [(1 + t**2) * b == 1, (1 + (t + h) ** 2) * c == 1, abs(h) <= 1]
    apart = entails(given, c - b + 2 * t * h * b**2 == h**2 * b * c * (4 * t**2 * b + 2 * t * h * b - 1), by=[
        entails(given, c - b == -(2 * t * h + h**2) * b * c)
    ])  # fmt: skip
    small = entails(
        given, (b > 0) & (b <= 1) & (c > 0) & (c <= 1) & (t**2 * b <= 1) & (abs(t) * b <= 1)
    )
    bracket = entails([*given], abs(4 * t**2 * b + 2 * t * h * b - 1) <= 7, by=[
        small, entails([abs(h) <= 1, abs(t) * b <= 1, b > 0], abs(t * h * b) <= 1),
    ])  # fmt: skip
    product = entails([b > 0, b <= 1, c > 0, c <= 1], (b * c > 0) & (b * c <= 1))
    scaled = entails([p == h**2 * b * c * q, b * c > 0, b * c <= 1, abs(q) <= 7], abs(p) <= 7 * h**2, by=[
        substitute(entails([u > 0, u <= 1, abs(q) <= 7], abs(u * q) <= 7), {u: b * c}),
        substitute(entails([abs(u) <= 7, p == h**2 * u], abs(p) <= 7 * h**2), {u: b * c * q}),
    ])  # fmt: skip
    scaled = substitute(scaled, {p: c - b + 2 * t * h * b**2, q: 4 * t**2 * b + 2 * t * h * b - 1})
    error = entails(
        given,
        abs(c - b + 2 * t * h * b**2) <= 7 * h**2,
        by=[apart, small, bracket, product, scaled],
    )
    # For any function B with (1 + t^2) B(t) = 1, so that z3 meets no division.
    reciprocal = forall(R, lambda t: (1 + t**2) * B(t) == 1)
    slope, seven = fun(R, lambda t: -2 * t * B(t) ** 2), fun(R, lambda t: 7)

    def there(w: Term, s: Term) -> list[Theorem]:
        values = {t: w, h: s, b: B(w), c: B(w + s)}
        return [substitute(error, values), instance(reciprocal, w), instance(reciprocal, w + s)]

    smooth = differentiable_everywhere_by_remainder(B, slope, seven, there, given=[reciprocal])
    goal = derivative(B, slope)
    general = entails([reciprocal], goal, by=[smooth, witnessed(goal, modulus_by_remainder(seven))])
    holds = generalize(entails([], (1 + t**2) * BELL(t) == 1), t)
    return entails([], derivative(BELL, BELL_SLOPE), by=[substitute(general, {B: BELL}), holds])


@cache
def slopes_of_powers() -> Theorem:
    """z^k has the derivative -k z^(k+1), in both parts: by induction on k, with z = t b + i b."""

    def holds(k: Term | int) -> Term:
        return has_its_derivative(k, e1) & has_its_derivative(k, e2)

    one, none, line = fun(R, lambda t: 1), fun(R, lambda t: 0), fun(R, lambda t: t)
    constants = [
        same_derivative(
            fun(R, lambda t: v),
            none,
            part(0, axis),
            slope_of(0, axis),
            POWERS,
            [instance(parts(k), t)],
        )
        for v, axis in ((1, e1), (0, e2))
    ]
    base = entails(POWERS, holds(0), by=[*constants, constant_rule(1), constant_rule(0)])

    real_part, its_slope = (
        fun(R, lambda t: t * BELL(t)),
        fun(R, lambda t: 1 * BELL(t) + t * BELL_SLOPE(t)),
    )
    x, y, x_slope, y_slope = part(k, e1), part(k, e2), slope_of(k, e1), slope_of(k, e2)

    def product(F: Term, f: Term, G: Term, g: Term) -> tuple[Term, Term]:
        return fun(R, lambda t: F(t) * G(t)), fun(R, lambda t: f(t) * G(t) + F(t) * g(t))

    def combination(
        c: int, first: tuple[Term, Term], second: tuple[Term, Term]
    ) -> tuple[Term, Term]:
        """F + c G with its derivative."""
        (F, f), (G, g) = first, second
        return fun(R, lambda t: F(t) + c * G(t)), fun(R, lambda t: f(t) + c * g(t))

    ax, by_ = (real_part, its_slope, x, x_slope), (BELL, BELL_SLOPE, y, y_slope)
    ay, bx = (real_part, its_slope, y, y_slope), (BELL, BELL_SLOPE, x, x_slope)
    rules = [slope_of_bell(), identity_rule(), product_rule(line, one, BELL, BELL_SLOPE)]
    rules += [product_rule(*factors) for factors in (ax, by_, ay, bx)]
    for axis, c, first, second in ((e1, -1, ax, by_), (e2, 1, ay, bx)):
        both = product(*first), product(*second)
        rules.append(sum_rule(*both[0], c, *both[1]))
        rules.append(same_derivative(*combination(c, *both), part(k + 1, axis), slope_of(k + 1, axis), POWERS,
                                     [instance(parts(k), t), instance(parts(k + 1), t)]))  # fmt: skip
    step = entails([*POWERS, holds(k)], holds(k + 1), by=rules)
    return by_induction(holds, base, step, k)


@cache
def derivatives_of_bell() -> Theorem:
    """For every n, (-1)^n n! times the imaginary part of z^(n+1) is the n-th derivative of 1/(1 +
    t^2).
    """
    row: Callable[[Term], Term] = lambda n: fun(R, lambda t: DERIVATIVES(n, t))
    none = fun(R, lambda t: 0)
    first = [instance(parts(k), t), substitute(instance(parts(k), t), {k: 0})]
    value = generalize(entails(BELL_GIVEN, DERIVATIVES(0, t) == BELL(t), by=first), t)
    y, slope = part(k + 1, e2), slope_of(k + 1, e2)
    scaled, its_slope = (fun(R, lambda t: 0 + factor(k) * F(t)) for F in (y, slope))
    rules = [
        instance(slopes_of_powers(), k + 1), constant_rule(0), sum_rule(none, none, factor(k), y, slope),
        same_derivative(scaled, its_slope, row(k), row(k + 1), BELL_GIVEN, [instance(FACTOR[1], k)]),
    ]  # fmt: skip
    step = entails([*BELL_GIVEN, k < n], derivative(row(k), row(k + 1)), by=rules)
    chain = derivatives_up_to(n, BELL, DERIVATIVES)
    return generalize(entails(BELL_GIVEN, chain, by=[value, generalize(step, k)]), n)


@cache
def derivatives_are_bounded() -> Theorem:
    """|z|^k <= 1, so that |(-1)^n n! Im z^(n+1)| <= n!; by induction on k, since |z|^2 = 1/(1 +
    t^2).
    """

    def size(k: Term | int) -> Term:
        return inner(e1, powers(k, t)) ** 2 + inner(e2, powers(k, t)) ** 2

    x, y, u, v, b = real("x y u v b")
    given = [(1 + t**2) * b == 1, x**2 + y**2 <= 1, u == b * (t * x - y), v == b * (t * y + x)]
    smaller = entails(given, u**2 + v**2 <= 1, by=[
        entails(given, u**2 + v**2 == b * (x**2 + y**2)), entails([(1 + t**2) * b == 1], (b > 0) & (b <= 1)),
    ])  # fmt: skip
    here = {
        b: BELL(t),
        x: part(k, e1)(t),
        y: part(k, e2)(t),
        u: part(k + 1, e1)(t),
        v: part(k + 1, e2)(t),
    }
    reciprocal = entails([], (1 + t**2) * BELL(t) == 1)
    by = [instance(parts(k), t), substitute(smaller, here), reciprocal]
    base = entails(POWERS, size(0) <= 1, by=[instance(parts(k), t)])
    always = by_induction(
        lambda k: size(k) <= 1, base, entails([*POWERS, size(k) <= 1], size(k + 1) <= 1, by=by), k
    )
    part_bound = substitute(entails([x**2 + y**2 <= 1], abs(u * y) <= abs(u)), {
        x: part(n + 1, e1)(t), y: part(n + 1, e2)(t), u: factor(n),
    })  # fmt: skip
    return generalize(
        entails(
            BELL_GIVEN,
            abs(DERIVATIVES(n, t)) <= abs(factor(n)),
            by=[instance(always, n + 1), part_bound],
        ),
        n,
        t,
    )


AT_ZERO = fun(N, lambda n: DERIVATIVES(n, 0))
FACTORIALS = fun(N, lambda n: abs(factor(n)))


@cache
def series_diverges() -> Theorem:
    """The partial sums at 2 have no limit: the terms (-1)^n 2^n Im i^(n+1) do not tend to 0.

    If all partial sums from the n-th on were within 1/4 of s, then the squares of the next two
    terms would be at most 1/4; but their sum is at least |i^(n+1)|^2 = 1.
    """
    sums, exponents = taylor_sums(S, AT_ZERO, power, 2), taylor_powers(power)
    given = [*BELL_GIVEN, exponents, sums]
    x: Callable[[Term | int], Term] = lambda k: inner(e1, powers(k, 0))
    y: Callable[[Term | int], Term] = lambda k: inner(e2, powers(k, 0))

    def on_circle(k: Term | int) -> Term:
        return x(k) ** 2 + y(k) ** 2 == 1

    at_zero = instance(parts(k), 0)
    circle = by_induction(on_circle, entails(POWERS, on_circle(0), by=[at_zero]),
                          entails([*POWERS, on_circle(k)], on_circle(k + 1), by=[at_zero]), k)  # fmt: skip

    def weight(k: Term | int) -> Term:
        value: Term = factor(k) * power(k, 2)
        return value

    def large(k: Term | int) -> Term:
        return weight(k) ** 2 >= 1

    recurs = [instance(FACTOR[1], k), instance(exponents.args[0].args[1], k, 2)]
    doubles = entails([*FACTOR, exponents], weight(k + 1) == -2 * weight(k), by=recurs)
    start = entails([*FACTOR, exponents], large(0), by=[instance(exponents.args[0].args[0], 2)])
    grows = by_induction(
        large, start, entails([*FACTOR, exponents, large(k)], large(k + 1), by=[doubles]), k
    )
    p, q, u, v, limit = real("p q u v limit")
    near = [
        abs(p * u) <= Fraction(1, 2),
        abs(q * v) <= Fraction(1, 2),
        p**2 >= 1,
        q**2 >= 1,
        u**2 + v**2 == 1,
    ]
    terms = entails(near, u != u, by=[
        entails([abs(p * u) <= Fraction(1, 2), p**2 >= 1], 4 * u**2 <= 1),
        entails([abs(q * v) <= Fraction(1, 2), q**2 >= 1], 4 * v**2 <= 1),
    ])  # fmt: skip
    # The next two terms are weight(n) y(n + 1) and weight(n + 1) y(n + 2), and y(n + 2) = x(n + 1).
    terms = substitute(terms, {p: weight(n), q: weight(n + 1), u: y(n + 1), v: x(n + 1)})
    turned = entails(POWERS, y(n + 2) == x(n + 1), by=[instance(parts(n + 1), 0)])
    late = forall(N, lambda k: implies(k >= n, norm(S(k) - limit) <= Fraction(1, 4)))
    near_it = [norm(u - limit) <= Fraction(1, 4), norm(v - limit) <= Fraction(1, 4), v == u + p]
    step = entails(near_it, abs(p) <= Fraction(1, 2))
    steps = [
        substitute(step, {u: S(n + k), v: S(n + k + 1), p: AT_ZERO(n + k) * power(n + k, 2)})
        for k in range(2)
    ]
    by = [
        terms, turned, *steps, instance(circle, n + 1), instance(grows, n), instance(grows, n + 1),
        replaced(lambda s: abs(weight(n + 1) * s) <= Fraction(1, 2), y(n + 2), x(n + 1)),
        *(instance(late, n + k) for k in range(3)), *(instance(sums.args[0].args[1], n + k) for k in range(2)),
        *(entails([], n + k >= n) for k in range(3)),
    ]  # fmt: skip
    never = entails(given, ~late, by=by)
    refuted = negation(converges(S, limit).args[0])
    always = generalize(never, n)
    return generalize(
        entails(given, refuted, by=[witnessed(refuted, Fraction(1, 4)), always]), limit
    )


def of_the_bell(theorem: Theorem) -> Theorem:
    """`theorem` without its hypotheses on `powers` and `factor`: there are such functions."""
    there_is = recursion(R, 1, lambda k, y: -(k + 1) * y)
    there_are = recursion(V, lambda t: e1, lambda k, y, t: times_z(t, y), R)
    return choose(there_are, choose(there_is, theorem, factor), powers)
