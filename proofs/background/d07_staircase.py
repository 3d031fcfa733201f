"""A loss on which gradient descent with alpha = 1 = 1 / lipschitz is as slow as d7 allows, though
the gradient tells at each point of the run how high the loss is.

In x = u.w, with the minimum at 0, its slope is x up to x = 1, and 1 from there to the first of n
stairs. On the stair number k the slope falls from p = r^k to p/2, and rises from there to r p: so a
step from the upper end of a stair leads to its lower end. All stairs are alike, but for their size.
"""

from functools import cache

from proofs.lemmas.descents import descent, obeys, there_is
from proofs.lemmas.inner_products import norm_scaling
from proofs.lemmas.powers import next_power, power
from proofs.losses.broken_lines import along_a_line, bent_line, bent_slope, error_of_bends, u, x, y
from proofs.prelude import *

(value, slope), W = function("value slope", (N, R) >> R), function("W", N >> V)
(r, reach, excess, p, z, mu, factor), (k, n) = real("r reach excess p z mu factor"), natural("k n")
RATIO = [r > 1, reach * (r - 1) == r, 4 * excess * (r**2 - 1) == 2 * r**2 + 1, is_power(power)]
P = power(k, r)


def lower_end(p: Term | int) -> Term:
    """Where the slope is p, at the lower end of a stair."""
    x: Term = reach * (p - 1) + excess + Fraction(1, 2)
    return x


def stair_from(z: Term, p: Term) -> list[tuple[int, Term]]:
    """The bends from z to z + r p."""
    return [(-1, z), (2, z + p / 2), (-1, z + r * p)]


def stair(p: Term) -> list[tuple[int, Term]]:
    """The bends from lower_end(p) to lower_end(r p)."""
    return stair_from(lower_end(p), p)


FOOT = [(-1, 1)]
ARE_THERE = {
    value: recursion(
        R,
        lambda x: bent_line(x, FOOT, rise=1),
        lambda k, y, x: y + bent_line(x, stair(power(k, r))),
        R,
    ),
    slope: recursion(
        R,
        lambda x: bent_slope(x, FOOT, rise=1),
        lambda k, y, x: y + bent_slope(x, stair(power(k, r))),
        R,
    ),
}
RULES = [rule for f, e in ARE_THERE.items() for rule in witnessed(e.goal, f).hypotheses[0].args]
GIVEN = [*RATIO, *RULES]


def at_foot(x: Term | int) -> list[Theorem]:
    """value(0, x) and slope(0, x)."""
    return [*(instance(rule, x) for rule in RULES[::2]), *next_power(r, k)]


def one_stair_more(k: Term, x: Term | int) -> list[Theorem]:
    """value(k + 1, x) and slope(k + 1, x)."""
    return [*(instance(rule, k, x) for rule in RULES[1::2]), *next_power(r, k), is_large(k)]


def is_large(k: Term) -> Theorem:
    """r^k >= 1."""

    def large(k: Term | int) -> Term:
        return all_of(power(k, r) >= 1)

    base = entails(RATIO, large(0), by=next_power(r, k))
    step = entails([*RATIO, large(k)], large(k + 1), by=next_power(r, k))
    return instance(by_induction(large, base, step, k), k)


def is_positive() -> Theorem:
    """r^k > 0, and the stairs begin beyond 0."""
    positive = (p > 0) & (lower_end(p) >= 0)
    beyond = substitute(entails([*RATIO, p >= 1], positive), {p: P})
    return entails(RATIO, beyond.goal, by=[beyond, is_large(k)])


@cache
def beyond_the_stairs() -> Theorem:
    """From lower_end(r^k) on, the slope of k stairs is r^k."""

    def here(k: Term | int, x: Term) -> Term:
        steep: Term = power(k, r)
        level = steep * (x - lower_end(steep)) + excess * steep**2
        return implies(x >= lower_end(steep), (slope(k, x) == steep) & (value(k, x) == level))

    def straight(k: Term | int) -> Term:
        return forall(R, lambda x: here(k, x))

    base = for_each(straight(0), x, given=GIVEN, by=at_foot(x))
    known = [instance(straight(k), x), *one_stair_more(k, x)]
    step = for_each(straight(k + 1), x, given=[*GIVEN, straight(k)], by=known)
    return instance(by_induction(straight, base, step, k), k)


# ----------------------------------------------------------------------------- on one more stair
TURN, RISE = bent_slope(x, stair_from(z, p)), bent_line(x, stair_from(z, p))
HERE = {z: lower_end(P), p: P}


def nothing_before(x_there: Term | int) -> Theorem:
    """Before its first bend a stair changes nothing."""
    flat = entails([r > 1, p > 0, x <= z], (TURN == 0) & (RISE == 0))
    return substitute(flat, {**HERE, x: x_there})


def turns_no_more(x_there: Term, y_there: Term) -> Theorem:
    """A stair turns the slope by at most |x - y|."""
    change = TURN - bent_slope(y, stair_from(z, p))
    close = entails([r > 1, p > 0], abs(change) <= abs(x - y))
    return substitute(close, {**HERE, x: x_there, y: y_there})


@cache
def across() -> list[Theorem]:
    """|tx - ty| <= |x - y| for the slopes tx, ty, which are s at first and turned by b: both before
    z, both beyond it, and on either side.
    """
    (sx, sy, sz, bx, by, bz), (tx, ty) = real("sx sy sz bx by bz"), real("tx ty")
    turned, close = [tx == sx + bx, ty == sy + by], abs(tx - ty) <= abs(x - y)
    before = [x <= z, y <= z, bx == 0, by == 0, abs(sx - sy) <= abs(x - y)]
    beyond = [x >= z, y >= z, sx == p, sy == p, abs(bx - by) <= abs(x - y)]
    either = [x <= z, y >= z, bx == 0, bz == 0, sz == p, sy == p]
    either += [abs(sx - sz) <= abs(x - z), abs(bz - by) <= abs(z - y)]
    rules = [entails([*turned, *case], close) for case in (before, beyond, either)]
    exchanged = {x: y, y: x, sx: sy, sy: sx, bx: by, by: bx, tx: ty, ty: tx}
    rules.append(substitute(rules[-1], exchanged))
    places = (x, y, lower_end(P))
    values = dict(zip((sx, sy, sz), (slope(k, at) for at in places), strict=True))
    values |= zip((bx, by, bz), (bent_slope(at, stair(P)) for at in places), strict=True)
    values |= {tx: slope(k + 1, x), ty: slope(k + 1, y), **HERE}
    return [substitute(rule, values) for rule in rules]


@cache
def nowhere_steeper() -> Theorem:
    """The slope changes by at most |x - y|."""

    def close(k: Term | int, x: Term, y: Term) -> Term:
        return all_of(abs(slope(k, x) - slope(k, y)) <= abs(x - y))

    def steady(k: Term | int) -> Term:
        return forall(R, R, lambda x, y: close(k, x, y))

    base = for_each(steady(0), x, y, given=GIVEN, by=[*at_foot(x), *at_foot(y)])
    corner, known = lower_end(P), [*one_stair_more(k, x), *one_stair_more(k, y), is_positive()]
    for a, b in ((x, y), (x, corner), (corner, y)):
        known += [instance(steady(k), a, b), turns_no_more(a, b)]
    for a in (x, y, corner):
        known += [instance(beyond_the_stairs(), a), nothing_before(a)]
    cases = [
        entails([*GIVEN, steady(k), at_x, at_y], close(k + 1, x, y), by=[*across(), *known])
        for at_x in (x <= corner, x >= corner)
        for at_y in (y <= corner, y >= corner)
    ]
    step = for_each(steady(k + 1), x, y, given=[*GIVEN, steady(k)], by=cases)
    return instance(by_induction(steady, base, step, k), n)


@cache
def no_lower() -> Theorem:
    """It is 0 at 0, and nowhere less."""

    def least(k: Term | int) -> Term:
        return forall(R, lambda x: (value(k, x) >= 0) & (value(k, 0) == 0))

    base = for_each(least(0), x, given=GIVEN, by=[*at_foot(x), *at_foot(0)])
    given, high = [*GIVEN, least(k)], entails([r > 1, p > 0, x >= z], p * (x - z) + RISE >= 0)
    known = [instance(least(k), x), *one_stair_more(k, x), is_positive()]
    not_below, corner = value(k + 1, x) >= 0, lower_end(P)
    before = entails([*given, x <= corner], not_below, by=[*known, nothing_before(x)])
    known += [instance(beyond_the_stairs(), x), substitute(high, HERE)]
    beyond = entails([*given, x >= corner], not_below, by=known)
    known = [instance(least(k), x), *one_stair_more(k, 0), is_positive(), nothing_before(0)]
    at_zero = entails(given, value(k + 1, 0) == 0, by=known)
    step = for_each(least(k + 1), x, given=given, by=[before, beyond, at_zero])
    return instance(by_induction(least, base, step, k), n)


def missed(k: Term | int, x: Term, y: Term) -> Term:
    """What the linear model at x misses for the step y."""
    error: Term = value(k, x + y) - value(k, x) - slope(k, x) * y
    return error


@cache
def model_errs() -> Theorem:
    """The linear model errs by at most (1 + 2 n) y^2: each stair by at most 2 y^2."""

    def small(k: Term | int) -> Term:
        return forall(R, R, lambda x, y: abs(missed(k, x, y)) <= (1 + 2 * k) * y**2)

    foot = [error_of_bends(FOOT, rise=1), *at_foot(x), *at_foot(x + y)]
    base = for_each(small(0), x, y, given=GIVEN, by=foot)
    (old, new, both), size = real("old new both"), real("size")
    given = [both == old + new, abs(old) <= (1 + 2 * k) * size, abs(new) <= 2 * size]
    total = entails(given, abs(both) <= (1 + 2 * (k + 1)) * size)
    bends = error_of_bends(stair(P))
    turned = bends.goal.args[0].args[0]
    parts = missed(k + 1, x, y) == missed(k, x, y) + turned
    known = [*one_stair_more(k, x), *one_stair_more(k, x + y)]
    summed = entails(GIVEN, parts, by=known)
    values = {both: missed(k + 1, x, y), old: missed(k, x, y), new: turned, size: y**2}
    known = [substitute(total, values), summed, bends, instance(small(k), x, y)]
    step = for_each(small(k + 1), x, y, given=[*GIVEN, small(k)], by=known)
    return instance(by_induction(small, base, step, k), n)


STAIRCASE = along_a_line(
    u,
    lambda x: value(n, x),
    lambda x: slope(n, x),
    1 + 2 * n,
    error=lambda: instance(model_errs(), x, y),
    turns=lambda: instance(nowhere_steeper(), x, y),
    given=[norm(u) == 1, *GIVEN],
)


def staircase_is_least() -> Theorem:
    """0 is a minimizer."""
    w = vector("w")
    lowest = instance(no_lower(), inner(u, w))
    return for_each(minimizer(STAIRCASE.value, zero), w, given=GIVEN, by=[lowest])


# ------------------------------------------------------------------------------ down all n stairs
DOWN = descent(lower_end(power(n, r)) * u, STAIRCASE.gradient, 1)
RUN = obeys(W, DOWN)


def on_slope(k: Term | int, x: Term, z: Term) -> Term:
    """With k stairs, the slope at x is z, and the value excess z^2."""
    return all_of(slope(k, x) == z, value(k, x) == excess * z**2)


def at_slope(k: Term | int, z: Term) -> Term:
    """This is so at lower_end(z)."""
    return on_slope(k, lower_end(z), z)


def slope_after(n: Term | int, k: Term | int) -> Term:
    """r^(n - k): how steep it is after k steps down n stairs."""
    z: Term = power(n, r) * power(k, 1 / r)
    return z


@cache
def shorter_steps() -> Theorem:
    """0 < (1/r)^k <= 1, and (1/r)^k r^k = 1."""

    def short(k: Term | int) -> Term:
        return all_of(power(k, 1 / r) > 0, power(k, 1 / r) <= 1, slope_after(k, k) == 1)

    known = [*next_power(r, k), *next_power(1 / r, k)]
    base = entails(RATIO, short(0), by=known)
    step = entails([*RATIO, short(k)], short(k + 1), by=known)
    return instance(by_induction(short, base, step, k), k)


@cache
def uppermost() -> Theorem:
    """With k stairs, the slope is r^k at lower_end(r^k)."""
    there = instance(beyond_the_stairs(), lower_end(P))
    same = replaced(lambda z: at_slope(k, z), P, slope_after(k, 0))
    return entails(GIVEN, at_slope(k, slope_after(k, 0)), by=[there, same, *next_power(1 / r, k)])


@cache
def on_each_stair() -> Theorem:
    """For k <= n, the slope of n stairs at lower_end(r^(n - k)) is r^(n - k)."""

    def here(n: Term | int, k: Term | int) -> Term:
        return implies(k <= n, at_slope(n, slope_after(n, k)))

    def each(n: Term | int) -> Term:
        return forall(N, lambda k: here(n, k))

    first = entails(GIVEN, here(n, 0), by=[substitute(uppermost(), {k: n})])
    start, bottom = substitute(first, {n: 0}), entails([], here(0, k + 1))
    base = by_induction(lambda k: here(0, k), start, bottom, k)
    below, higher = slope_after(n, k), slope_after(n + 1, k + 1)
    lower = entails([*RATIO, z <= p], lower_end(z) <= lower_end(p))
    same = entails(RATIO, below == higher, by=[*next_power(r, n), *next_power(1 / r, k)])
    known = [*one_stair_more(n, lower_end(below)), instance(each(n), k), shorter_steps()]
    known.append(substitute(lower, {z: below, p: power(n, r)}))
    there = entails([*GIVEN, each(n), k <= n], at_slope(n + 1, below), by=known)
    moved = replaced(lambda z: at_slope(n + 1, z), below, higher)
    next_step = entails([*GIVEN, each(n)], here(n + 1, k + 1), by=[moved, same, there])
    more = by_induction(lambda k: here(n + 1, k), substitute(first, {n: n + 1}), next_step, k)
    return instance(by_induction(each, base, more, n), n, k)


@cache
def down_the_stairs() -> Theorem:
    """For k <= n, u.W(k) = lower_end(r^(n - k)): by induction on the steps."""
    here, at, step = slope_after(n, k), inner(u, W(k)), instance(RUN[1], k)
    given = [norm(u) == 1, *GIVEN, *RUN]

    def placed(k: Term | int) -> Term:
        return implies(k <= n, inner(u, W(k)) == lower_end(slope_after(n, k)))

    first = RUN[0].args[1]
    start = replaced(lambda w: inner(u, w) == inner(u, first), first, W(0))
    begun = entails(given, placed(0), by=[start, *next_power(1 / r, k)])
    moved = W(k) - STAIRCASE.gradient(W(k))
    moves = replaced(lambda w: inner(u, w) == inner(u, moved), moved, W(k + 1))
    slides = replaced(lambda x: slope(n, x) == here, lower_end(here), at)
    there = lower_end(here) - here == lower_end(slope_after(n, k + 1))
    stride = entails(RATIO, there, by=next_power(1 / r, k))
    known = [step, moves, slides, stride, on_each_stair()]
    onwards = entails([*given, placed(k)], placed(k + 1), by=known)
    return instance(by_induction(placed, begun, onwards, k), k)


@cache
def seen_from_the_run() -> Theorem:
    """For k <= n, the loss and the length of the gradient at W(k)."""
    here, at = slope_after(n, k), inner(u, W(k))
    given = [norm(u) == 1, *GIVEN, *RUN, k <= n]
    same = replaced(lambda x: on_slope(n, x, here), lower_end(here), at)
    on_it = entails(given, on_slope(n, at, here), by=[same, on_each_stair(), down_the_stairs()])
    known = [on_it, shorter_steps(), is_large(n), norm_scaling(slope(n, at), u)]
    length = norm(STAIRCASE.gradient(W(k))) == here
    seen = all_of(STAIRCASE(W(k)) == excess * here**2, length)
    return entails(given[:-1], implies(k <= n, seen), by=known)


# ---------------------------------------------------------------------------------- in terms of mu
VALUES = {reach: r / (r - 1), excess: 1 / (2 * mu), r: sqrt((2 + mu) / (2 - 2 * mu))}


@cache
def factors_pay_off() -> Theorem:
    """factor^n (r^n)^2 = 1, where factor r^2 = 1."""
    given = [is_power(power), factor * r**2 == 1]

    def paid(k: Term | int) -> Term:
        return all_of(power(k, factor) * power(k, r) ** 2 == 1)

    known = [*next_power(r, k), *next_power(factor, k)]
    one, more = factor * r**2, power(k, factor) * power(k, r) ** 2
    product = entails([one == 1, more == 1], one * more == 1)
    base = entails(given, paid(0), by=known)
    step = entails([*given, paid(k)], paid(k + 1), by=[*known, product])
    return instance(by_induction(paid, base, step, k), n)


def from_the_top(existence: Term, rate: Term) -> Theorem:
    """There is a run as the formula `existence` says, from the top of n stairs."""
    loss, unit = STAIRCASE, norm(u) == 1
    given = [unit, *GIVEN, *RUN, mu > 0, 2 * mu * excess == 1, rate * r**2 == 1]
    there = witnessed(existence, loss.value, loss.gradient, loss.modulus, W, zero)
    lowest, along_the_run = instance(no_lower(), 0), seen_from_the_run()
    known = [loss.smooth(), loss.steady(), staircase_is_least(), lowest]
    known += [substitute(factors_pay_off(), {factor: rate}), *next_power(1 / r, k)]
    known += [substitute(along_the_run, {k: i}) for i in (0, n)]
    known += [substitute(shorter_steps(), {k: i}) for i in (0, n)] + [is_large(n)]
    *parts, on_the_way, reached, above = there.hypotheses[0].args
    steep = for_each(on_the_way, k, given=given, by=[lowest, along_the_run])
    shown = [entails(given, part, by=known) for part in (*parts, reached, above)]
    return there_is(W, DOWN, entails(given, existence, by=[there, steep, *shown]))


def down_a_staircase(existence: Term, rate: Term) -> Theorem:
    """{is_power(power), |u| = 1, 0 < mu < 1} |- `existence`, where q = rate."""
    use = from_the_top(existence, rate)
    for f, are_there in ARE_THERE.items():
        use = choose(are_there, use, f)
    for symbol, term in VALUES.items():
        use = substitute(use, {symbol: term})
    given = [is_power(power), norm(u) == 1, mu > 0, mu < 1]
    facts = [entails(given, hypothesis) for hypothesis in use.hypotheses]
    return entails(given, existence, by=[use, *facts])
