"""exp(-1/x^2), continued by 0: all its derivatives vanish at 0, so that its Taylor series there is
0.

The functions g(m, x) = x^-m exp(-1/x^2), with g(m, 0) = 0, are differentiable everywhere, and

    g(m, .)' = 2 g(m + 3, .) - m g(m + 1, .)

So the n-th derivative of each is a combination of them, by induction on n; and they are 0 at 0.
(Rudin, Principles of Mathematical Analysis, chapter 8, exercise 1.)

`inverse` is any function with x inverse(x) = 1 for x != 0, and powers(m, x) = inverse(x)^m. Away
from 0, g(m, x) is e(m, x) = inverse(x)^m exp(-inverse(x)^2); everywhere it is x e(m + 1, x).
"""

from collections.abc import Callable
from functools import cache

from proofs.definitions import derivative, derivatives_at_zero, derivatives_up_to, differentiable
from proofs.kernel import (
    N, R, Term, Theorem, all_of, by_induction, choose, entails, exists, forall, fun, function,
    generalize, implies, instance, minimum, natural, real, recursion, replaced, substitute,
    witnessed,
)  # fmt: skip
from proofs.background.b09_taylor.calculus import (
    at, chain_rule_at, composition_of, constant_rule, error_is_small, exact, multiple_of,
    multiple_rule_at, product_of, product_rule_at, same_at_a_point, same_derivative, sum_rule,
    within_each,
)  # fmt: skip
from proofs.lemmas.descents import for_each
from proofs.background.b09_taylor.higher_derivatives import NONE
from proofs.background.b09_taylor.exponential import (
    EXP,
    exp,
    exp_modulus,
    of_the_exponential,
    own_derivative,
    positive,
)
from proofs.background.b09_taylor.exponential import instance_above as above

inverse = function("inverse", R >> R)
powers, D, D1, D2 = function("powers D D1 D2", (N, R) >> R)
near, near1, near2 = function("near near1 near2", (R, R) >> R)
x, t, h, c, s, b, epsilon = real("x t h c s b epsilon")
k, m, n = natural("k m n")

INVERSE = forall(R, lambda x: implies(x != 0, x * inverse(x) == 1))
POWERS = [
    forall(R, lambda x: powers(0, x) == 1),
    forall(N, R, lambda m, x: powers(m + 1, x) == inverse(x) * powers(m, x)),
]
FLAT_GIVEN = [EXP, INVERSE, *POWERS]
At = Callable[[Term], Term]


def e(m: Term | int, x: Term) -> Term:
    """x^-m exp(-1/x^2), for x != 0."""
    value: Term = powers(m, x) * exp(-(inverse(x) ** 2))
    return value


def flat(m: Term | int) -> Term:
    """x |-> x^-m exp(-1/x^2) for x != 0, and 0 at 0."""
    return fun(R, lambda x: x * e(m + 1, x))


def slope(m: Term | int) -> Term:
    """2 flat(m + 3) - m flat(m + 1)."""
    return fun(R, lambda x: 2 * flat(m + 3)(x) - m * flat(m + 1)(x))


# ---------------------------------------------------------------------------------- it is flat at 0
@cache
def bounded() -> Theorem:
    """For every s > 0, x^-m exp(-s/x^2) is bounded: by induction on m for every s, halving s.

    exp(-s y^2) <= 1 / (1 + s y^2), so that |y| exp(-s y^2) <= 1 + 1/s.
    """

    def damped(m: Term | int, s: Term, x: Term) -> Term:
        value: Term = abs(powers(m, x)) * exp(-s * inverse(x) ** 2)
        return value

    def some_bound(m: Term | int, s: Term) -> Term:
        return exists(R, lambda b: (b > 0) & forall(R, lambda x: damped(m, s, x) <= b))

    def holds(m: Term | int) -> Term:
        return forall(R, lambda s: implies(s > 0, some_bound(m, s)))

    y = inverse(x)
    small = entails([EXP, s > 0], (exp(-s * y**2) * (1 + s * y**2) <= 1) & (exp(-s * y**2) > 0), by=[
        substitute(positive(), {x: -s * y**2}), above(s * y**2),
    ])  # fmt: skip
    at_most_one = entails(
        [EXP, *POWERS, s > 0], damped(0, s, x) <= 1, by=[small, instance(POWERS[0], x)]
    )
    one = entails(
        [EXP, *POWERS, s > 0],
        some_bound(0, s),
        by=[witnessed(some_bound(0, s), 1), generalize(at_most_one, x)],
    )
    q, r = real("q r")
    first = entails([s > 0, q * (1 + s * r**2) <= 1, q > 0], abs(r) * q <= 1 + 1 / s)
    first = substitute(first, {q: exp(-s * y**2), r: y})
    half = s / 2
    both = exp(-half * y**2)
    split = substitute(instance_of_sum(), {c: -half * y**2})
    last = [b > 0, forall(R, lambda x: damped(m, half, x) <= b)]
    by = [
        instance(last[1], x),
        instance(POWERS[1], m, x),
        substitute(first, {s: half}),
        substitute(small, {s: half}),
        split,
    ]
    product = substitute(
        entails([q <= c, abs(r) <= b, q >= 0], q * abs(r) <= c * b),
        {q: abs(y) * both, c: 1 + 1 / half, r: powers(m, x) * both},
    )
    bound = entails(
        [EXP, *POWERS, s > 0, *last], damped(m + 1, s, x) <= (1 + 1 / half) * b, by=[*by, product]
    )
    positive_bound = entails([s > 0, b > 0], (1 + 1 / half) * b > 0)
    goal = some_bound(m + 1, s)
    use = entails([EXP, *POWERS, s > 0, *last], goal, by=[
        witnessed(goal, (1 + 1 / half) * b), positive_bound, generalize(bound, x),
    ])  # fmt: skip
    there = entails([holds(m), s > 0], some_bound(m, half), by=[instance(holds(m), half)])
    step = generalize(choose(there, use, b), s)
    return by_induction(holds, generalize(one, s), step, m)


def instance_of_sum() -> Theorem:
    """exp(2 c) = exp(c)^2."""
    return entails([EXP], exp(2 * c) == exp(c) ** 2, by=[instance(EXP.args[0].args[0], c, c)])


@cache
def tangent_at_zero() -> Theorem:
    """flat(m) has the derivative 0 at 0: |flat(m)(h)| = h^2 |e(m + 2, h)| <= b h^2, where b bounds
    e(m + 2, .).
    """
    bound = [b > 0, forall(R, lambda x: abs(powers(m + 2, x)) * exp(-1 * inverse(x) ** 2) <= b)]
    twice = [
        instance(POWERS[1], m + 1, h),
        instance(INVERSE, h),
        substitute(positive(), {x: -(inverse(h) ** 2)}),
    ]
    f, q = flat(m), real("q")
    at_h = entails([*FLAT_GIVEN, h != 0], f(h) == h**2 * e(m + 2, h), by=twice)
    size = entails([*FLAT_GIVEN, *bound], abs(e(m + 2, h)) <= b, by=[*twice, instance(bound[1], h)])
    product = entails([f(h) == h**2 * q, abs(q) <= b], abs(f(h)) <= b * h**2)
    value = entails([h == 0, b > 0], abs(f(h)) <= b * h**2)
    goal = differentiable(f, 0, 0, fun(R, lambda epsilon: epsilon / b))
    by = [at_h, size, substitute(product, {q: e(m + 2, h)}), value, error_is_small(b, f(h))]
    return for_each(goal, epsilon, h, given=[*FLAT_GIVEN, *bound], by=by)


# ------------------------------------------------------------------------------ its slope elsewhere
def off_zero(F: Term, slope: Term, modulus: Term) -> Term:
    """F has the derivative slope(x) at every x != 0."""
    return forall(R, lambda x: implies(x != 0, differentiable(F, x, slope(x), at(modulus, x))))


@cache
def slope_of_inverse() -> Theorem:
    """1/x has the derivative -1/x^2: with y = 1/x and z = 1/(x + h), z - y + h y^2 = h^2 y^2 z, and
    |z| <= 2 |y|.
    """
    u, v = real("u v")
    modulus = fun(
        R, R, lambda x, epsilon: minimum(abs(x) / 2, epsilon / (2 * abs(inverse(x)) ** 3))
    )
    near = [x != 0, abs(h) < abs(x) / 2, x * u == 1, (x + h) * v == 1]
    twice = entails(near, (abs(v) <= 2 * abs(u)) & (v - u + h * u**2 == h**2 * u**2 * v), by=[
        entails(near, v - u == -h * u * v)
    ])  # fmt: skip
    error = entails(near, abs(v - u + h * u**2) <= 2 * abs(u) ** 3 * h**2, by=[
        twice, entails([abs(v) <= 2 * abs(u)], abs(h**2 * u**2 * v) <= 2 * abs(u) ** 3 * h**2),
    ])  # fmt: skip
    inside = implies(abs(h) < abs(x) / 2, x + h != 0)
    defined = entails([x != 0, x * u == 1], all_of(abs(x) / 2 > 0, 2 * abs(u) ** 3 > 0, inside))
    slope = fun(R, lambda x: -(inverse(x) ** 2))
    here = {u: inverse(x), v: inverse(x + h)}
    missed = inverse(x + h) - inverse(x) + h * inverse(x) ** 2
    by = [
        *(substitute(theorem, here) for theorem in (error, defined)), instance(INVERSE, x), instance(INVERSE, x + h),
        error_is_small(2 * abs(inverse(x)) ** 3, missed), within_each(at(modulus, x)),
    ]  # fmt: skip
    local = for_each(
        differentiable(inverse, x, slope(x), at(modulus, x)),
        epsilon,
        h,
        given=[INVERSE, x != 0],
        by=by,
    )
    goal = exists((R, R) >> R, lambda near: off_zero(inverse, slope, near))
    return entails([INVERSE], goal, by=[witnessed(goal, modulus), generalize(local, x)])


def has_slope_off_zero(F: Term, slope: Term) -> Term:
    """F has the derivative slope(x) at every x != 0, with some modulus."""
    return exists((R, R) >> R, lambda near: off_zero(F, slope, near))


def function_e(m: Term | int) -> Term:
    """x |-> e(m, x)."""
    return fun(R, lambda x: e(m, x))


def its_slope(m: Term | int) -> Term:
    """x |-> 2 e(m + 3, x) - m e(m + 1, x)."""
    return fun(R, lambda x: 2 * e(m + 3, x) - m * e(m + 1, x))


def at_x(F: Term, slope: Term, modulus: Term, x: Term) -> Term:
    """F has the derivative slope(x) at x."""
    return differentiable(F, x, slope(x), at(modulus, x))


def by_rule(
    made: Callable[[Term], Term],
    rules: list[Theorem],
    G: Term,
    slope: Term,
    given: list[Term],
    facts: list[Theorem],
) -> Theorem:
    """given |- G has the `slope` off zero: for x != 0 the `rules` give made(x), a derivative of
    what is G by `facts`.

    `facts` are about the symbols t and x.
    """
    _, F, _, p, _ = made(x).args
    equal = entails(given, F(t) == G(t), by=facts)
    same = entails([*given, x != 0], p == slope(x), by=facts)
    moved = same_at_a_point(made(x), G, slope(x), equal, same)
    modulus = fun(R, R, lambda x, epsilon: made(x).args[4](epsilon))
    local = entails(
        [*given, x != 0], differentiable(G, x, slope(x), at(modulus, x)), by=[moved, *rules]
    )
    goal = has_slope_off_zero(G, slope)
    return entails(given, goal, by=[witnessed(goal, modulus), generalize(local, x)])


INVERSE_SLOPE = fun(R, lambda x: -(inverse(x) ** 2))
INVERTED = off_zero(inverse, INVERSE_SLOPE, near)


@cache
def slope_of_exponential() -> Theorem:
    """exp(-1/x^2) has the derivative 2 x^-3 exp(-1/x^2) off zero, by the product rule and the chain
    rule.
    """
    inverted: At = lambda x: at_x(inverse, INVERSE_SLOPE, near, x)
    square: At = lambda x: product_of(inverted(x), inverted(x))
    minus: At = lambda x: multiple_of(-1, square(x))
    outer: At = lambda x: at_x(exp, exp, exp_modulus(exp), -(inverse(x) ** 2))
    made: At = lambda x: composition_of(outer(x), minus(x))
    given = [*FLAT_GIVEN, INVERTED]
    rules = [
        instance(INVERTED, x), product_rule_at(inverted(x), inverted(x)), multiple_rule_at(-1, square(x)),
        instance(own_derivative(), -(inverse(x) ** 2)), chain_rule_at(outer(x), minus(x)),
    ]  # fmt: skip
    facts = [
        instance(POWERS[0], t),
        instance(POWERS[0], x),
        *(instance(POWERS[1], k, x) for k in range(3)),
    ]
    return by_rule(made, rules, function_e(0), its_slope(0), given, facts)


@cache
def slopes_off_zero() -> Theorem:
    """e(m, .) has the derivative 2 e(m + 3, .) - m e(m + 1, .) off zero: by induction on m."""

    def holds(m: Term | int) -> Term:
        return has_slope_off_zero(function_e(m), its_slope(m))

    old = off_zero(function_e(m), its_slope(m), near1)
    first: At = lambda x: at_x(inverse, INVERSE_SLOPE, near, x)
    second: At = lambda x: at_x(function_e(m), its_slope(m), near1, x)
    made: At = lambda x: product_of(first(x), second(x))
    rules = [instance(INVERTED, x), instance(old, x), product_rule_at(first(x), second(x))]
    facts = [instance(POWERS[1], m, t), *(instance(POWERS[1], m + k, x) for k in range(4))]
    next_one = by_rule(
        made, rules, function_e(m + 1), its_slope(m + 1), [*FLAT_GIVEN, INVERTED, old], facts
    )
    step = choose(exact(holds(m)), next_one, near1)
    always = by_induction(holds, slope_of_exponential(), step, m)
    return choose(slope_of_inverse(), always, near)


@cache
def slope_everywhere() -> Theorem:
    """flat(m) has the derivative 2 flat(m + 3) - m flat(m + 1): the product rule for x e(m + 1, x)
    off zero; 0 at 0.
    """
    old = off_zero(function_e(m + 1), its_slope(m + 1), near1)
    bound = [b > 0, forall(R, lambda x: abs(powers(m + 2, x)) * exp(-1 * inverse(x) ** 2) <= b)]
    line: At = lambda x: at_x(
        fun(R, lambda t: t), fun(R, lambda t: 1), fun(R, R, lambda t, epsilon: 1), x
    )
    second: At = lambda x: at_x(function_e(m + 1), its_slope(m + 1), near1, x)
    made: At = lambda x: product_of(line(x), second(x))
    f, its = flat(m), slope(m)
    reach: Callable[[Term, Term], Term] = lambda x, epsilon: made(x).args[4](epsilon)
    modulus = fun(
        R,
        R,
        lambda x, epsilon: (
            x * inverse(x) * reach(x, epsilon) + (1 - x * inverse(x)) * (epsilon / b)
        ),
    )
    given = [*FLAT_GIVEN, old, *bound]
    one, _value = x * inverse(x), real("value")
    facts = [instance(POWERS[1], m + 1 + k, x) for k in range(4)]
    straight = for_each(line(x), epsilon, h)
    p = made(x).args[3]
    same = entails([*given, x != 0], p == its(x), by=[*facts, instance(INVERSE, x)])
    moved = same_at_a_point(made(x), f, its(x), entails([], f(t) == f(t)), same)
    elsewhere = entails([*given, x != 0], differentiable(f, x, its(x), made(x).args[4]),
                        by=[moved, straight, instance(old, x), product_rule_at(line(x), second(x))])  # fmt: skip
    here = differentiable(f, x, its(x), at(modulus, x))
    a_sum = one * reach(x, epsilon) + (1 - one) * (epsilon / b)
    chosen = entails([x != 0, INVERSE], a_sum == reach(x, epsilon), by=[instance(INVERSE, x)])
    off = for_each(
        here, epsilon, h, given=[*given, x != 0], by=[instance(elsewhere, epsilon, h), chosen]
    )
    at_0 = entails(given, differentiable(f, 0, its(0), at(modulus, 0)), by=[tangent_at_zero()])
    on = replaced(lambda y: differentiable(f, y, its(y), at(modulus, y)), 0, x)
    everywhere = generalize(entails(given, here, by=[off, at_0, on]), x)
    goal = derivative(f, its)
    use = entails(given, goal, by=[witnessed(goal, modulus), everywhere])
    there_is = instance(bounded(), m + 2, 1)
    some = entails([EXP, *POWERS], there_is.goal.args[1], by=[there_is])
    return choose(instance(slopes_off_zero(), m + 1), choose(some, use, b), near1)


ZERO = fun(R, lambda t: 0)


@cache
def derivatives_vanish() -> Theorem:
    """flat(m) has derivatives of every order n, and they are 0 at 0: by induction on n for every m.

    If D1 and D2 are the derivatives of flat(m + 3) and flat(m + 1) up to order n, then flat(m), 2
    D1(0, .) - m D2(0, .), 2 D1(1, .) - m D2(1, .), ... are those of flat(m) up to order n + 1.
    """

    def holds(n: Term | int) -> Term:
        return forall(N, lambda m: derivatives_at_zero(n, flat(m), NONE))

    def chain(n: Term | int, m: Term | int, D: Term) -> list[Term]:
        return [
            derivatives_up_to(n, flat(m), D),
            forall(N, lambda k: implies(k <= n, D(k, 0) == 0)),
        ]

    alone = fun(N, R, lambda k, t: flat(m)(t))
    start = witnessed(instance(holds(0), m).goal, alone)
    values = generalize(entails([], alone(0, t) == flat(m)(t)), t)
    no_step = generalize(entails([], implies(k < 0, instance_of_chain(k, alone))), k)
    base = entails(
        [],
        instance(holds(0), m).goal,
        by=[start, values, no_step, generalize(entails([k <= 0], alone(k, 0) == 0), k)],
    )

    follows = [forall(R, lambda t: D(0, t) == flat(m)(t)),
               forall(N, R, lambda k, t: D(k + 1, t) == 2 * D1(k, t) - m * D2(k, t))]  # fmt: skip
    known = [*chain(n, m + 3, D1), *chain(n, m + 1, D2)]
    given = [*FLAT_GIVEN, *follows, *known]
    row: Callable[[Term, Term | int], Term] = lambda D, k: fun(R, lambda t: D(k, t))
    first_by = [
        instance(follows[0], t),
        instance(follows[1], 0, t),
        *(instance(f.args[0].args[0], t) for f in (known[0], known[2])),
    ]
    first = same_derivative(flat(m), slope(m), row(D, 0), row(D, 1), given, first_by)
    first = entails(given, derivative(row(D, 0), row(D, 1)), by=[first, slope_everywhere()])
    twice, twice_slope = (fun(R, lambda t: 0 + 2 * D1(k, t)) for k in (k, k + 1))
    less, less_slope = (fun(R, lambda t: (0 + 2 * D1(k, t)) + -m * D2(k, t)) for k in (k, k + 1))
    rules = [
        constant_rule(0), sum_rule(ZERO, ZERO, 2, row(D1, k), row(D1, k + 1)),
        sum_rule(twice, twice_slope, -m, row(D2, k), row(D2, k + 1)),
        same_derivative(
            less, less_slope, row(D, k + 1), row(D, k + 2), given,
            [instance(follows[1], k, t), instance(follows[1], k + 1, t)],
        ),
        *(instance(f.args[0].args[1], k) for f in (known[0], known[2])),
    ]  # fmt: skip
    step_at: Callable[[Term | int], Term] = lambda k: implies(
        k < n + 1, derivative(row(D, k), row(D, k + 1))
    )
    smooth = by_induction(
        step_at, first_up(first, n, given, step_at(0)), entails(given, step_at(k + 1), by=rules), k
    )
    at_zero: Callable[[Term | int], Term] = lambda k: implies(k <= n + 1, D(k, 0) == 0)
    zero_first = entails(given, at_zero(0), by=[instance(follows[0], 0)])
    zero_next = entails(
        given,
        at_zero(k + 1),
        by=[instance(follows[1], k, 0), instance(known[1], k), instance(known[3], k)],
    )
    zeros = by_induction(at_zero, zero_first, zero_next, k)
    goal = derivatives_at_zero(n + 1, flat(m), NONE)
    use = entails(given, goal, by=[witnessed(goal, D), smooth, zeros])
    there_is = recursion(R, lambda t: flat(m)(t), lambda k, y, t: 2 * D1(k, t) - m * D2(k, t), R)
    use = choose(there_is, use, D)
    assumed = [
        entails([holds(n)], instance(holds(n), m + j).goal, by=[instance(holds(n), m + j)])
        for j in (3, 1)
    ]
    step = choose(assumed[1], choose(assumed[0], use, D1), D2)
    return by_induction(holds, generalize(base, m), generalize(step, m), n)


def first_up(first: Theorem, n: Term, given: list[Term], goal: Term) -> Theorem:
    """The first derivative, under the premise 0 < n + 1."""
    return entails(given, goal, by=[first])


def instance_of_chain(k: Term, D: Term) -> Term:
    """D(k + 1, .) is the derivative of D(k, .)."""
    return derivative(fun(R, lambda t: D(k, t)), fun(R, lambda t: D(k + 1, t)))


@cache
def positive_at_one() -> Theorem:
    """exp(-1/x^2) > 0 at x = 1."""
    by = [
        instance(POWERS[0], 1),
        instance(POWERS[1], 0, 1),
        instance(INVERSE, 1),
        substitute(positive(), {x: -(inverse(1) ** 2)}),
    ]
    return entails(FLAT_GIVEN, flat(0)(1) > 0, by=by)


def of_the_inverse(theorem: Theorem) -> Theorem:
    """`theorem` without its hypotheses on `inverse` and `powers`: there are such functions."""
    reciprocal = exists(
        R >> R, lambda inverse: forall(R, lambda x: implies(x != 0, x * inverse(x) == 1))
    )
    holds = generalize(entails([x != 0], x * (1 / x) == 1), x)
    there_is = entails([], reciprocal, by=[witnessed(reciprocal, fun(R, lambda x: 1 / x)), holds])
    there_are = recursion(R, lambda x: 1, lambda m, y, x: inverse(x) * y, R)
    return choose(there_is, choose(there_are, theorem, powers), inverse)


def of_the_flat_function(theorem: Theorem) -> Theorem:
    """`theorem` without its hypotheses on exp, `inverse` and `powers`: there are such functions."""
    return of_the_exponential(of_the_inverse(theorem))


def is_flat(f: Term, exp: Term) -> list[Term]:
    """f(0) = 0, and f(x) = exp(-1/x^2) for x != 0."""
    return [f(0) == 0, forall(R, lambda x: implies(x != 0, f(x) == exp(-1 / x**2)))]


def flat_is_flat() -> list[Theorem]:
    """flat(0) is such a function."""
    squared = entails([INVERSE, x != 0], -1 / x**2 == -(inverse(x) ** 2), by=[
        instance(INVERSE, x), entails([x != 0, x * inverse(x) == 1], x**2 * (1 / x**2) == x**2 * inverse(x) ** 2),
    ])  # fmt: skip
    same = replaced(lambda y: exp(-(inverse(x) ** 2)) == exp(y), -(inverse(x) ** 2), -1 / x**2)
    powers_at = [instance(POWERS[0], x), instance(POWERS[1], 0, x), instance(INVERSE, x)]
    value = entails(
        [*FLAT_GIVEN, x != 0], flat(0)(x) == exp(-1 / x**2), by=[squared, same, *powers_at]
    )
    return [entails([], flat(0)(0) == 0), generalize(value, x)]


def every_derivative_vanishes(f: Term) -> Theorem:
    """{exp is the exponential function, is_flat(f, exp)} |- f has at 0 the derivatives 0, of every
    order.
    """
    origin, elsewhere = is_flat(f, exp)
    there = [
        instance(elsewhere, x),
        instance(flat_is_flat()[1], x),
        replaced(lambda y: f(y) == flat(0)(y), 0, x),
    ]
    equal = generalize(entails([*FLAT_GIVEN, origin, elsewhere], f(x) == flat(0)(x), by=there), x)
    goal = derivatives_at_zero(n, f, NONE)
    chain = [derivatives_up_to(n, flat(0), D), forall(N, lambda k: implies(k <= n, D(k, 0) == 0))]
    start, _up = chain[0].args[0].args
    value = generalize(
        entails(
            [*FLAT_GIVEN, origin, elsewhere, *chain],
            D(0, t) == f(t),
            by=[instance(start, t), instance(equal, t)],
        ),
        t,
    )
    use = entails([*FLAT_GIVEN, origin, elsewhere, *chain], goal, by=[witnessed(goal, D), value])
    return generalize(of_the_inverse(choose(instance(derivatives_vanish(), n, 0), use, D)), n)
