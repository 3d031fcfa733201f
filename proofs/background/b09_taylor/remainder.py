"""Taylor's theorem with Lagrange's remainder, for every order, from the mean value theorem.

    f(t) = a(0) + a(1) t + ... + a(n-1) t^(n-1)/(n-1)! + D(n, x) t^n/n!   for some x in (0, t],

where D(k, .) is the k-th derivative of f and a(k) = D(k, 0). (Rudin, Principles of Mathematical
Analysis, 5.15.)

As there, c is chosen so that D(0, t) - P(n, 0, t) - c t^n/n! = 0, where P(j, m, t) is the sum of
the first j terms of the series of D(m, .). That difference is 0 at 0 as well, so its derivative
D(1, .) - P(n-1, 1, .) - c t^(n-1)/(n-1)! is 0 at some point between; and so on, until after n steps
D(n, x) - c = 0.
"""

from functools import cache

from proofs.definitions import (
    converges, derivative, derivatives_at_most, derivatives_at_zero, derivatives_up_to,
    taylor_powers, taylor_sums,
)  # fmt: skip
from proofs.kernel import (
    N, R, Term, Theorem, all_of, by_induction, choose, entails, exists, forall, fun, function,
    generalize, implies, instance, natural, real, recursion, substitute, witnessed,
)  # fmt: skip
from proofs.background.b09_taylor.calculus import (
    constant_rule,
    identity_rule,
    mean_value,
    product_rule,
    same_derivative,
    sum_rule,
)

D, W = function("D power", (N, R) >> R)
P = function("P", (N, N, R) >> R)
f, a, S = function("f", R >> R), function("a", N >> R), function("S", N >> R)
t, x, c = real("t x c")
j, k, m, n = natural("j k m n")

POWERS = taylor_powers(W)
SUMS = [
    forall(N, R, lambda m, t: P(0, m, t) == 0),
    forall(N, N, R, lambda j, m, t: P(j + 1, m, t) == P(j, m, t) + a(m + j) * W(j, t)),
]
STARTS, CONTINUES = POWERS.args[0].args
ZERO, LINE = fun(R, lambda t: 0), fun(R, lambda t: t)


def power_function(k: Term | int) -> Term:
    """t |-> t^k/k!"""
    return fun(R, lambda t: W(k, t))


def sum_function(j: Term | int, m: Term | int) -> Term:
    """t |-> P(j, m, t), the sum of the first j terms a(m + k) t^k/k!."""
    return fun(R, lambda t: P(j, m, t))


@cache
def slope_of_powers() -> Theorem:
    """t^(k+1)/(k+1)! has the derivative t^k/k!: it is t/(k+1) times t^k/k!; by induction on k."""

    def holds(k: Term | int) -> Term:
        return derivative(power_function(k + 1), power_function(k))

    first = [instance(CONTINUES, 0, t), instance(STARTS, t)]
    base = same_derivative(
        LINE, fun(R, lambda t: 1), power_function(1), power_function(0), [POWERS], first
    )
    one, F, f = fun(R, lambda t: 1), power_function(k + 1), power_function(k)
    product, slope = fun(R, lambda t: t * F(t)), fun(R, lambda t: 1 * F(t) + t * f(t))
    scaled, its_slope = (fun(R, lambda t: 0 + 1 / (k + 2) * F(t)) for F in (product, slope))
    recurs = [instance(CONTINUES, k, t), instance(CONTINUES, k + 1, t)]
    known = [
        identity_rule(), product_rule(LINE, one, F, f), constant_rule(0),
        sum_rule(ZERO, ZERO, 1 / (k + 2), product, slope),
        same_derivative(scaled, its_slope, power_function(k + 2), F, [POWERS], recurs),
    ]  # fmt: skip
    step = entails([POWERS, holds(k)], holds(k + 1), by=known)
    return by_induction(holds, entails([POWERS], holds(0), by=[base, identity_rule()]), step, k)


@cache
def slope_of_sums() -> Theorem:
    """P(j + 1, m, .) has the derivative P(j, m + 1, .): term by term, by induction on j for every
    m.
    """

    def holds(j: Term | int) -> Term:
        return forall(N, lambda m: derivative(sum_function(j + 1, m), sum_function(j, m + 1)))

    given = [POWERS, *SUMS]
    none = [
        instance(SUMS[0], m, t),
        instance(SUMS[1], 0, m, t),
        instance(STARTS, t),
        instance(SUMS[0], m + 1, t),
    ]
    constant = fun(R, lambda t: a(m))
    flat = same_derivative(constant, ZERO, sum_function(1, m), sum_function(0, m + 1), given, none)
    base = generalize(entails(given, instance(holds(0), m).goal, by=[flat, constant_rule(a(m))]), m)
    old, power = (
        (sum_function(j + 1, m), sum_function(j, m + 1)),
        (power_function(j + 1), power_function(j)),
    )
    new, slope = (
        fun(R, lambda t: F(t) + a(m + j + 1) * w(t)) for F, w in zip(old, power, strict=True)
    )
    recurs = [instance(SUMS[1], j + 1, m, t), instance(SUMS[1], j, m + 1, t)]
    known = [
        instance(holds(j), m), instance(slope_of_powers(), j), sum_rule(*old, a(m + j + 1), *power),
        same_derivative(new, slope, sum_function(j + 2, m), sum_function(j + 1, m + 1), given, recurs),
    ]  # fmt: skip
    step = generalize(entails([*given, holds(j)], instance(holds(j + 1), m).goal, by=known), m)
    return by_induction(holds, base, step, j)


@cache
def at_zero() -> Theorem:
    """t^(k+1)/(k+1)! = 0 and P(j + 1, m, t) = a(m) at t = 0."""
    given = [POWERS, *SUMS]
    vanishes = generalize(entails([POWERS], W(k + 1, 0) == 0, by=[instance(CONTINUES, k, 0)]), k)

    def holds(j: Term | int) -> Term:
        return forall(N, lambda m: P(j + 1, m, 0) == a(m))

    def local(j: Term | int, by: list[Theorem]) -> Theorem:
        terms = [instance(SUMS[1], j, m, 0), instance(SUMS[0], m, 0), instance(STARTS, 0)]
        return generalize(
            entails(
                [*given, *([holds(k)] if by else [])], P(j + 1, m, 0) == a(m), by=[*terms, *by]
            ),
            m,
        )

    step = local(k + 1, [instance(holds(k), m), instance(vanishes, k)])
    sums = by_induction(holds, local(0, []), step, k)
    return entails(given, vanishes.goal & sums.goal, by=[vanishes, sums])


def powers_are_positive() -> Theorem:
    """t^k/k! > 0 for t > 0, by induction on k."""
    step = entails([POWERS, t > 0, W(k, t) > 0], W(k + 1, t) > 0, by=[instance(CONTINUES, k, t)])
    return by_induction(
        lambda k: W(k, t) > 0, entails([POWERS], W(0, t) > 0, by=[instance(STARTS, t)]), step, k
    )


def reaches(c: Term, order: Term | int, t: Term) -> Term:
    """D(order, x) = c for some x in (0, t]."""
    return exists(R, lambda x: (x > 0) & (x <= t) & (D(order, x) == c))


@cache
def by_rolle() -> Theorem:
    """Where D(m, t) - P(j, m, t) - c t^j/j! = 0 for t > 0, D(m + j, x) = c for some x in (0, t]: by
    induction on j.
    """
    smooth = derivatives_up_to(n, f, D)
    starts = forall(N, lambda k: implies(k <= n, D(k, 0) == a(k)))
    given = [smooth, starts, POWERS, *SUMS]

    def gap(j: Term | int, m: Term, t: Term) -> Term:
        value: Term = D(m, t) - (P(j, m, t) + c * W(j, t))
        return value

    def holds(j: Term | int) -> Term:
        return forall(
            N, R, lambda m, t: implies(m + j <= n, t > 0, gap(j, m, t) == 0, reaches(c, m + j, t))
        )

    first = [instance(SUMS[0], m, t), instance(STARTS, t), witnessed(reaches(c, m, t), t)]
    base = entails(given, instance(holds(0), m, t).goal, by=first)

    before = [m + (j + 1) <= n, t > 0, gap(j + 1, m, t) == 0]
    F, slope = fun(R, lambda t: gap(j + 1, m, t)), fun(R, lambda t: gap(j, m + 1, t))
    model = [fun(R, lambda t: P(j, m, t) + c * W(j, t)) for j, m in ((j + 1, m), (j, m + 1))]
    rules = [
        instance(smooth.args[0].args[1], m), instance(slope_of_sums(), j, m), instance(slope_of_powers(), j),
        sum_rule(sum_function(j + 1, m), sum_function(j, m + 1), c, power_function(j + 1), power_function(j)),
        sum_rule(fun(R, lambda t: D(m, t)), fun(R, lambda t: D(m + 1, t)), -1, *model),
    ]  # fmt: skip
    differentiable = entails([*given, m < n], derivative(F, slope), by=rules)
    origin = [
        instance(at_zero().goal.args[0], j),
        instance(at_zero().goal.args[1], j, m),
        instance(starts, m),
        at_zero(),
    ]
    vanishes = entails([*given, m < n], gap(j + 1, m, 0 * t) == 0, by=origin)
    rolle = mean_value(F, slope)
    flat = exists(R, lambda x: all_of(x > 0, x < t, gap(j, m + 1, x) == 0))
    at_x = [x > 0, x < t, F(t) - F(0) == t * slope(x)]
    zero_slope = entails([*given, *before, *at_x], flat, by=[witnessed(flat, x), vanishes])
    somewhere = entails([*given, *before], rolle.goal, by=[rolle, differentiable])
    level = choose(somewhere, zero_slope, x)
    goal = reaches(c, m + (j + 1), t)
    y = real("y")
    nearer = [y > 0, y <= x, D(m + (j + 1), y) == c]
    inside = [x > 0, x < t, gap(j, m + 1, x) == 0]
    found = choose(
        entails(
            [*given, *before, holds(j), *inside],
            reaches(c, m + 1 + j, x),
            by=[instance(holds(j), m + 1, x)],
        ),
        entails([*nearer, x < t], goal, by=[witnessed(goal, y)]),
        y,
    )
    step = entails(
        [*given, holds(j)], instance(holds(j + 1), m, t).goal, by=[choose(level, found, x)]
    )
    return by_induction(holds, generalize(base, m, t), generalize(step, m, t), j)


@cache
def lagrange_remainder() -> Theorem:
    """f(t) = P(n, 0, t) + D(n, x) t^n/n! for some x in (0, t]."""
    remainder = (D(0, t) - P(n, 0, t)) / W(n, t)
    always = instance(substitute(by_rolle(), {c: remainder}), n, 0, t)
    goal = exists(R, lambda x: (x > 0) & (x <= t) & (f(t) == P(n, 0, t) + D(n, x) * W(n, t)))
    given = [derivatives_up_to(n, f, D), *by_rolle().hypotheses, t > 0]
    positive = instance(powers_are_positive(), n)
    same = instance(derivatives_up_to(n, f, D).args[0].args[0], t)
    inside = [x > 0, x <= t, D(n, x) == remainder]
    use = entails([*given, *inside], goal, by=[witnessed(goal, x), positive, same])
    return choose(entails(given, reaches(remainder, n, t), by=[always, positive]), use, x)


def remainder_form(f: Term, partial: Term, D: Term, n: Term, power: Term, t: Term) -> Term:
    """f(t) = partial(n) + D(n, x) t^n/n! for some x in (0, t]."""
    return exists(R, lambda x: all_of(x > 0, x <= t, f(t) == partial(n) + D(n, x) * power(n, t)))


@cache
def taylor_theorem() -> Theorem:
    """The theorem for the partial sums S(n) at t, which are the P(n, 0, t)."""
    sums = taylor_sums(S, a, W, t)
    first, more = sums.args[0].args
    step = entails([sums, *SUMS, S(k) == P(k, 0, t)], S(k + 1) == P(k + 1, 0, t), by=[
        instance(more, k), instance(SUMS[1], k, 0, t),
    ])  # fmt: skip
    base = entails([first, SUMS[0]], S(0) == P(0, 0, t), by=[instance(SUMS[0], 0, t)])
    same = instance(by_induction(lambda k: S(k) == P(k, 0, t), base, step, k), n)
    goal = remainder_form(f, S, D, n, W, t)
    given = [*lagrange_remainder().hypotheses, sums]
    inside = [x > 0, x <= t, f(t) == P(n, 0, t) + D(n, x) * W(n, t)]
    use = choose(
        lagrange_remainder(), entails([*given, *inside], goal, by=[same, witnessed(goal, x)]), x
    )
    there_are = recursion(R, lambda m, t: 0, lambda j, y, m, t: y + a(m + j) * W(j, t), N, R)
    return choose(there_are, use, P)


def taylor(
    loss: Term,
    derivatives: Term,
    at_start: Term,
    power: Term,
    partial: Term,
    order: Term,
    step: Term,
) -> Theorem:
    """f(t) = S(n) + D(n, x) t^n/n! for some x in (0, t].

    The hypotheses are `derivatives_up_to(order, loss, derivatives)`, derivatives(k, 0) =
    at_start(k) for k <= order, `taylor_powers(power)`, `taylor_sums(partial, at_start, power,
    step)` and step > 0.
    """
    values = {f: loss, D: derivatives, a: at_start, W: power, S: partial, n: order, t: step}
    return substitute(taylor_theorem(), values)


def series_converges(
    loss: Term, at_start: Term, power: Term, partial: Term, bound: Term, step: Term
) -> Theorem:
    """S(n) tends to f(t) where bound(n) t^n/n! tends to 0, as |f(t) - S(n)| = |D(n, x)| t^n/n! <=
    bound(n) t^n/n!.

    The hypotheses are `derivatives_at_zero(n, loss, at_start)` for every n,
    `derivatives_at_most(loss, bound, step)`, that bound(n) power(n, step) converges to 0,
    `taylor_powers(power)`, `taylor_sums(partial, at_start, power, step)` and step > 0.
    """
    smooth = forall(N, lambda n: derivatives_at_zero(n, loss, at_start))
    bounded = derivatives_at_most(loss, bound, step)
    vanishes = converges(fun(N, lambda n: bound(n) * power(n, step)), 0)
    sums = taylor_sums(partial, at_start, power, step)
    given = [smooth, bounded, taylor_powers(power), sums, step > 0]
    close = abs(partial(n) - loss(step)) <= bound(n) * power(n, step)
    up_to = [
        derivatives_up_to(n, loss, D),
        forall(N, lambda k: implies(k <= n, D(k, 0) == at_start(k))),
    ]
    inside = [x > 0, x <= step, loss(step) == partial(n) + D(n, x) * power(n, step)]
    positive = instance(substitute(powers_are_positive(), {W: power, t: step}), n)
    small = entails([*given, *up_to, *inside], close, by=[instance(bounded, n, D, x), positive])
    by_order = choose(taylor(loss, D, at_start, power, partial, n, step), small, x)
    always = generalize(choose(instance(smooth, n), by_order, D), n)
    epsilon = real("epsilon")
    late = forall(N, lambda k: implies(k >= n, abs(bound(k) * power(k, step) - 0) <= epsilon))
    tends = instance(converges(partial, loss(step)), epsilon).goal.args[1]
    there = entails(
        [*given, late, k >= n],
        abs(partial(k) - loss(step)) <= epsilon,
        by=[always, instance(always, k), instance(late, k)],
    )
    use = entails([*given, late], tends, by=[witnessed(tends, n), generalize(there, k)])
    found = entails([vanishes, epsilon > 0], exists(N, lambda n: forall(
        N, lambda k: implies(k >= n, abs(bound(k) * power(k, step) - 0) <= epsilon))),
        by=[instance(vanishes, epsilon)])  # fmt: skip
    return generalize(choose(found, use, n), epsilon)
