"""Powers of a number: small or large in the end, as its absolute value is below 1 or above.

By Bernoulli's inequality, which holds of both at every step; so points whose distance is at most a
power of such a number converge. (Rudin, Principles of Mathematical Analysis, chapter 3.)
"""

from functools import cache

from proofs.prelude import *

power, points = function("power", (N, R) >> R), function("points", N >> V)
limit, (x, scale, epsilon) = vector("limit"), real("x scale epsilon")
k, n = natural("k n")


def there_are_powers(use: Theorem) -> Theorem:
    """`use`, in which the symbol `power` occurs, without its hypothesis is_power(power): there is
    such a function, by recursion.
    """
    return choose(recursion(R, lambda x: 1, lambda k, y, x: x * y, R), use, power)


def first_power(x: Term | int | Fraction) -> Theorem:
    """x^0 = 1."""
    return instance(is_power(power).args[0].args[0], x)


def next_power(x: Term | int | Fraction, k: Term | int) -> list[Theorem]:
    """x^0 = 1 and x^(k + 1) = x x^k."""
    starts, continues = is_power(power).args[0].args
    return [instance(starts, x), instance(continues, k, x)]


@cache
def powers_are_small() -> Theorem:
    """|x^k| (1 + k (1 - |x|)) <= 1, which says much where |x| < 1."""
    given, y = [is_power(power)], real("y")

    def small(k: Term | int) -> Term:
        return all_of(abs(power(k, x)) * (1 + k * (1 - abs(x))) <= 1)

    base = entails(given, small(0), by=next_power(x, 0))
    size = entails(given, abs(power(k + 1, x)) == abs(x) * abs(power(k, x)), by=next_power(x, k))
    less = abs(x) * (1 + (k + 1) * (1 - abs(x))) <= 1 + k * (1 - abs(x))
    shorter = entails([], less)
    scaled = entails([y >= 0, less], y * (less.args[0]) <= y * less.args[1])
    known = [size, shorter, substitute(scaled, {y: abs(power(k, x))})]
    step = entails([*given, small(k)], small(k + 1), by=known)
    return by_induction(small, base, step, k)


@cache
def powers_are_large() -> Theorem:
    """|x^k| >= 1 + k (|x| - 1), which says much where |x| > 1."""
    given = [is_power(power)]

    def large(k: Term | int) -> Term:
        return all_of(abs(power(k, x)) >= 1 + k * (abs(x) - 1))

    base = entails(given, large(0), by=next_power(x, 0))
    size = entails(given, abs(power(k + 1, x)) == abs(x) * abs(power(k, x)), by=next_power(x, k))
    step = entails([*given, large(k)], large(k + 1), by=[size])
    return by_induction(large, base, step, k)


@cache
def power_of_absolute_value() -> Theorem:
    """|x|^n = |x^n|."""
    given = [is_power(power)]

    def same(k: Term | int) -> Term:
        return all_of(power(k, abs(x)) == abs(power(k, x)))

    base = entails(given, same(0), by=[*next_power(x, 0), *next_power(abs(x), 0)])
    known = [*next_power(x, k), *next_power(abs(x), k)]
    step = entails([*given, same(k)], same(k + 1), by=known)
    return instance(by_induction(same, base, step, k), n)


@cache
def converges_with_powers() -> Theorem:
    """points(k) tends to `limit` if |points(k) - limit| <= |x^k| scale for every k, with |x| < 1:
    within epsilon once k >= scale / (epsilon (1 - |x|)).
    """
    near = forall(N, lambda k: norm(points(k) - limit) <= abs(power(k, x)) * scale)
    given, goal = [is_power(power), abs(x) < 1, near], converges(points, limit)
    settles = instance(goal, epsilon).goal.args[1]
    size, rest = real("size rest")
    late = [epsilon > 0, scale / (epsilon * rest) <= n, k >= n, rest > 0]
    enough = entails(late, scale <= epsilon * (k * rest))
    times = entails([size >= 0, *late], size * scale <= size * (epsilon * (k * rest)), by=[enough])
    little = entails([size * (1 + k * rest) <= 1, size >= 0, epsilon > 0],
                     size * (epsilon * (k * rest)) <= epsilon)  # fmt: skip
    there = {size: abs(power(k, x)), rest: 1 - abs(x)}
    small = [substitute(fact, there) for fact in (times, little)]
    known = [*small, instance(powers_are_small(), k), instance(near, k)]
    waited = [*given, epsilon > 0, scale / (epsilon * (1 - abs(x))) <= n]
    close = entails([*waited, k >= n], norm(points(k) - limit) <= epsilon, by=known)
    use = entails(waited, settles, by=[witnessed(settles, n), generalize(close, k)])
    return generalize(choose(archimedes(scale / (epsilon * (1 - abs(x)))), use, n), epsilon)
