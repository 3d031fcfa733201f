"""Derivatives of every order: there is at most one of each order, and |x|^3 has no third (Rudin,
chapter 5).
"""

from collections.abc import Callable
from functools import cache

from proofs.definitions import (
    converges, derivative, derivatives_at_most, derivatives_at_zero, derivatives_up_to,
    differentiable_everywhere, taylor_powers, taylor_sums,
)  # fmt: skip
from proofs.kernel import (
    N, R, Term, Theorem, by_induction, choose, entails, exists, forall, fun, function, generalize,
    implies, instance, maximum, natural, negation, real, recursion, replaced, substitute, witnessed,
)  # fmt: skip
from proofs.background.b09_taylor.calculus import (
    constant_rule, slopes_of_equals, identity_rule, product_rule, same_derivative, sum_rule,
)  # fmt: skip
from proofs.lemmas.naturals import nothing_between
from proofs.lemmas.smooth_losses import differentiable_everywhere_by_remainder, modulus_by_remainder

D, E, power = function("D E power", (N, R) >> R)
f, a, S = function("f", R >> R), function("a", N >> R), function("S", N >> R)
t, h, eta, x, epsilon = real("t h eta x epsilon")
j, k, n = natural("j k n")


def row(D: Term, k: Term | int) -> Term:
    """D(k, .)."""
    return fun(R, lambda t: D(k, t))


@cache
def derivatives_agree() -> Theorem:
    """If D and E are derivatives of f up to order n, then D(k, .) = E(k, .) for every k <= n: by
    induction on k.
    """
    smooth = [derivatives_up_to(n, f, D), derivatives_up_to(n, f, E)]
    (zero_d, up_d), (zero_e, up_e) = (s.args[0].args for s in smooth)

    def holds(k: Term | int) -> Term:
        return implies(k <= n, forall(R, lambda t: D(k, t) == E(k, t)))

    start = generalize(
        entails(smooth, D(0, t) == E(0, t), by=[instance(zero_d, t), instance(zero_e, t)]), t
    )
    same = slopes_of_equals(row(D, k), row(D, k + 1), row(E, k), row(E, k + 1))
    by = [same, instance(up_d, k), instance(up_e, k)]
    step = entails([*smooth, holds(k)], holds(k + 1), by=by)
    return by_induction(holds, entails(smooth, holds(0), by=[start]), step, k)


def bounded_by(
    loss: Term, derivatives: Term, bound: Term, eta: Term | int, chains: Theorem, small: Theorem
) -> Theorem:
    """The derivatives of `loss` are at most `bound` on [0, eta], since those that we know are.

    `chains` says that `derivatives` are its derivatives up to every order, `small` that
    |derivatives(n, t)| <= bound(n) for every n, and for every t or those in [0, eta].
    """
    agree = substitute(derivatives_agree(), {f: loss, E: derivatives})
    same = entails([derivatives_up_to(n, loss, D), *chains.hypotheses], D(n, t) == derivatives(n, t), by=[
        entails([*agree.hypotheses], forall(R, lambda t: D(n, t) == derivatives(n, t)), by=[instance(agree, n)]),
        instance(chains, n), instance(forall(R, lambda t: D(n, t) == derivatives(n, t)), t),
    ])  # fmt: skip
    given = [*dict.fromkeys([*chains.hypotheses, *small.hypotheses])]
    goal = instance(derivatives_at_most(loss, bound, eta), n, D, t).goal
    return generalize(entails(given, goal, by=[same, instance(small, n, t)]), n, D, t)


def at_zero_by(loss: Term, derivatives: Term, a: Term, chains: Theorem) -> Theorem:
    """`loss` has at 0 the derivatives a(k) = derivatives(k, 0) up to order n, for every n."""
    goal = derivatives_at_zero(n, loss, a)
    values = generalize(entails([], implies(k <= n, derivatives(k, 0) == a(k))), k)
    return entails(
        chains.hypotheses, goal, by=[witnessed(goal, derivatives), instance(chains, n), values]
    )


def order_two_and_every(smooth: Theorem) -> list[Theorem]:
    """What `smooth` says of the symbol n, for n = 2 and for every n."""
    return [substitute(smooth, {n: 2}), generalize(smooth, n)]


def at_zero_always(loss: Term, derivatives: Term, a: Term, chains: Theorem) -> list[Theorem]:
    """`at_zero_by` up to order 2, and up to every order."""
    return order_two_and_every(at_zero_by(loss, derivatives, a, chains))


def zero_at_zero() -> list[Theorem]:
    """All derivatives of 0 are 0."""
    none, nones = fun(R, lambda t: 0), fun(N, R, lambda k, t: 0)
    up = generalize(entails([k < n], derivative(none, none), by=[constant_rule(0)]), k)
    value = generalize(entails([], nones(0, t) == none(t)), t)
    chains = generalize(entails([], derivatives_up_to(n, none, nones), by=[value, up]), n)
    return at_zero_always(none, nones, NONE, chains)


# -------------------------------------------------------------------------------------------- |x|^3
CUBE = fun(R, lambda t: abs(t) ** 3)
SLOPES = (CUBE, fun(R, lambda t: 3 * t * abs(t)), fun(R, lambda t: 6 * abs(t)))


def indicator(k: Term, j: int) -> Term:
    """1 for k = j, and 0 for every other natural number k."""
    return maximum(0, 1 - abs(k - j))


CUBE_DERIVATIVES = fun(N, R, lambda k, t: indicator(k, 0) * abs(t) ** 3 + indicator(k, 1) * 3 * t * abs(t)
                       + indicator(k, 2) * 6 * abs(t))  # fmt: skip


@cache
def slopes_of_cube() -> list[Theorem]:
    """t |t| has the derivative 2 |t|; so |t|^3 = t (t |t|) has 3 t |t|, and that has 6 |t|."""
    square, slope, line, one = (
        fun(R, v) for v in (lambda t: t * abs(t), lambda t: 2 * abs(t), lambda t: t, lambda t: 1)
    )
    goal, constant = derivative(square, slope), fun(R, lambda t: 1)
    smooth = differentiable_everywhere_by_remainder(square, slope, constant)
    bent = entails([], goal, by=[smooth, witnessed(goal, modulus_by_remainder(constant))])
    product = (fun(R, lambda t: t * square(t)), fun(R, lambda t: 1 * square(t) + t * slope(t)))
    triple, its_slope = (fun(R, lambda t: 0 + 3 * F(t)) for F in (square, slope))
    none = fun(R, lambda t: 0)
    rules = [
        bent,
        identity_rule(),
        constant_rule(0),
        product_rule(line, one, square, slope),
        sum_rule(none, none, 3, square, slope),
    ]
    return [
        entails(
            [],
            derivative(SLOPES[0], SLOPES[1]),
            by=[*rules, same_derivative(*product, SLOPES[0], SLOPES[1])],
        ),
        entails(
            [],
            derivative(SLOPES[1], SLOPES[2]),
            by=[*rules, same_derivative(triple, its_slope, SLOPES[1], SLOPES[2])],
        ),
    ]


@cache
def cube_has_two_derivatives() -> Theorem:
    """|t|^3, 3 t |t|, 6 |t|."""
    chain = derivatives_up_to(2, CUBE, CUBE_DERIVATIVES)
    rows = [row(CUBE_DERIVATIVES, j) for j in range(3)]
    here = [same_derivative(SLOPES[j], SLOPES[j + 1], rows[j], rows[j + 1]) for j in range(2)]
    at: Callable[[Term | int], Term] = lambda k: derivative(
        row(CUBE_DERIVATIVES, k), row(CUBE_DERIVATIVES, k + 1)
    )
    cases = [replaced(at, j, k) for j in range(2)]
    up = entails(
        [k < 2],
        at(k),
        by=[*slopes_of_cube(), *here, *cases, nothing_between(0, k), nothing_between(1, k)],
    )
    value = generalize(entails([], CUBE_DERIVATIVES(0, t) == CUBE(t)), t)
    return entails([], chain, by=[value, generalize(up, k)])


@cache
def cube_has_no_third_derivative() -> Theorem:
    """No D are the derivatives of |t|^3 up to an order n >= 3: D(2, t) = 6 |t|, which has no slope
    d at 0.

    With epsilon = 1, |6 |h| - d h| <= |h| would hold for h > 0 and for h < 0, that is d >= 5 and d
    <= -5.
    """
    chain = derivatives_up_to(n, CUBE, D)
    value, up = chain.args[0].args
    near = function("near", (R, R) >> R)
    start = generalize(entails([chain], CUBE(t) == D(0, t), by=[instance(value, t)]), t)

    def agree(j: int) -> Theorem:
        return slopes_of_equals(SLOPES[j], SLOPES[j + 1], row(D, j), row(D, j + 1))

    below = [instance(up, j) for j in range(3)]
    second = entails(
        [chain, n >= 3], agree(1).goal, by=[start, agree(0), agree(1), *slopes_of_cube(), *below]
    )
    smooth = differentiable_everywhere(row(D, 2), row(D, 3), near)
    r = near(0, 1) / 2
    values = [instance(second, p) for p in (0, r, -r)]
    kink = entails(
        [smooth, chain, n >= 3],
        CUBE(t) != CUBE(t),
        by=[*(instance(smooth, 0, 1, s) for s in (r, -r)), *values],
    )
    third = entails([chain, n >= 3], derivative(row(D, 2), row(D, 3)), by=below)
    return generalize(entails([], implies(n >= 3, ~chain), by=[choose(third, kink, near)]), n, D)


CUBE_BOUND = fun(N, lambda n: maximum(0, 18 - 6 * n))


@cache
def cube_is_bounded() -> Theorem:
    """On [0, 1] the derivatives of |t|^3 that there are are at most 18, 12 and 6, of order 0, 1 and
    2.
    """
    goal = instance(derivatives_at_most(CUBE, CUBE_BOUND, 1), n, D, t).goal
    chain, known = derivatives_up_to(n, CUBE, D), derivatives_up_to(n, CUBE, CUBE_DERIVATIVES)
    two = cube_has_two_derivatives().goal.args[0].args
    up = entails([n <= 2, k < n], derivative(row(CUBE_DERIVATIVES, k), row(CUBE_DERIVATIVES, k + 1)), by=[
        cube_has_two_derivatives(), instance(two[1], k),
    ])  # fmt: skip
    some = entails([n <= 2], known, by=[cube_has_two_derivatives(), generalize(up, k)])
    agree = instance(substitute(derivatives_agree(), {f: CUBE, E: CUBE_DERIVATIVES}), n)
    equal = agree.goal.args[1]
    same = entails([chain, n <= 2], equal, by=[agree, some])
    inside = [t >= 0, t <= 1]
    value = entails([equal, *inside, n <= 2], abs(D(n, t)) <= CUBE_BOUND(n), by=[
        instance(equal, t), nothing_between(0, n), nothing_between(1, n),
        *(entails([*inside, n == j], abs(CUBE_DERIVATIVES(n, t)) <= CUBE_BOUND(n)) for j in range(3)),
    ])  # fmt: skip
    none = instance(cube_has_no_third_derivative(), n, D)
    return generalize(entails([], goal, by=[same, value, none, nothing_between(2, n)]), n, D, t)


# -------------------------------------------------------------------------- powers and partial sums
def of_the_powers(theorem: Theorem) -> Theorem:
    """`theorem` without its hypothesis taylor_powers(power): there are such functions."""
    there_are = exists((N, R) >> R, lambda power: taylor_powers(power))
    recurs = recursion(R, lambda x: 1, lambda k, y, x: x * y / (k + 1), R)
    start, more = witnessed(recurs.goal, power).hypotheses[0].args
    multiplied = entails(
        [more], (k + 1) * power(k + 1, x) == x * power(k, x), by=[instance(more, k, x)]
    )
    use = entails(
        [start, more], there_are, by=[witnessed(there_are, power), generalize(multiplied, k, x)]
    )
    return choose(choose(recurs, use, power), theorem, power)


def of_the_sums(theorem: Theorem, a: Term, eta: Term | int) -> Theorem:
    """`theorem` without its hypothesis taylor_sums(partial, a, power, eta): there is such a
    sequence.
    """
    return choose(recursion(R, 0, lambda k, y: y + a(k) * power(k, eta)), theorem, S)


NONE = fun(N, lambda k: 0)


@cache
def sums_of_zeros() -> Theorem:
    """If every a(k) is 0, so is every S(n): by induction on n."""
    sums = taylor_sums(S, NONE, power, eta)
    _start, more = sums.args[0].args
    step = entails([sums, S(k) == 0], S(k + 1) == 0, by=[instance(more, k)])
    return by_induction(lambda k: S(k) == 0, entails([sums], S(0) == 0), step, k)


def sums_of_zeros_converge(step: Term | int) -> Theorem:
    """They converge to 0."""
    zeros = substitute(sums_of_zeros(), {eta: step})
    goal = instance(converges(S, 0), epsilon).goal.args[1]
    near = generalize(
        entails(
            [*zeros.hypotheses, epsilon > 0, k >= 0],
            abs(S(k) - 0) <= epsilon,
            by=[instance(zeros, k)],
        ),
        k,
    )
    return generalize(
        entails([*zeros.hypotheses, epsilon > 0], goal, by=[witnessed(goal, 0), near]), epsilon
    )


def sums_of_zeros_miss(step: Term | int, value: Term, positive: Theorem) -> Theorem:
    """They do not converge to `value`, which is positive: with epsilon = value/2, no n serves."""
    zeros = substitute(sums_of_zeros(), {eta: step})
    refuted = negation(converges(S, value).args[0])
    goal = refuted_for(refuted, value)
    far = entails([*zeros.hypotheses, *positive.hypotheses], instance(goal, n).goal, by=[
        witnessed(instance(goal, n).goal, n), instance(zeros, n), positive,
    ])  # fmt: skip
    by = [witnessed(refuted, value / 2), generalize(far, n), positive]
    return entails([*zeros.hypotheses, *positive.hypotheses], refuted, by=by)


def refuted_for(refuted: Term, value: Term) -> Term:
    """What `refuted` says of epsilon = value/2, without epsilon > 0."""
    return witnessed(refuted, value / 2).hypotheses[0].args[1]


@cache
def bounds_of_cube_vanish() -> Theorem:
    """CUBE_BOUND(n) power(n, 1) = 0 for n >= 3."""
    sequence = fun(N, lambda n: CUBE_BOUND(n) * power(n, 1))
    goal = instance(converges(sequence, 0), epsilon).goal.args[1]
    near = entails(
        [epsilon > 0, k >= 3],
        abs(sequence(k) - 0) <= epsilon,
        by=[entails([k >= 3], CUBE_BOUND(k) == 0)],
    )
    return generalize(
        entails([epsilon > 0], goal, by=[witnessed(goal, 3), generalize(near, k)]), epsilon
    )


def cube_at_zero() -> Theorem:
    """|t|^3, 3 t |t| and 6 |t| are 0 at 0."""
    goal = derivatives_at_zero(2, CUBE, NONE)
    zeros = generalize(entails([k <= 2], CUBE_DERIVATIVES(k, 0) == 0), k)
    return entails(
        [], goal, by=[witnessed(goal, CUBE_DERIVATIVES), cube_has_two_derivatives(), zeros]
    )


def no_bounds() -> Theorem:
    """0 eta^n/n! tends to 0, for eta = 1."""
    sequence = fun(N, lambda n: NONE(n) * power(n, 1))
    goal = instance(converges(sequence, 0), epsilon).goal.args[1]
    near = generalize(entails([epsilon > 0, k >= 0], abs(sequence(k) - 0) <= epsilon), k)
    return generalize(entails([epsilon > 0], goal, by=[witnessed(goal, 0), near]), epsilon)
