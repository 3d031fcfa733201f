"""The exponential function, from exp(x + y) = exp(x) exp(y) and exp(x) >= 1 + x alone.

Rudin, Principles of Mathematical Analysis, 8.6. That there is such a function is an axiom.
"""

from fractions import Fraction
from functools import cache

from proofs.axioms import exponential
from proofs.definitions import (
    converges, derivative, derivatives_up_to, differentiable_everywhere, is_exponential,
    taylor_powers,
)  # fmt: skip
from proofs.kernel import (
    N, R, Term, Theorem, all_of, archimedes, by_induction, choose, entails, fun, function,
    generalize, instance, minimum, natural, real, substitute, witnessed,
)  # fmt: skip
from proofs.background.b09_taylor.calculus import at, error_is_small, within_each
from proofs.lemmas.descents import for_each

exp = function("exp", R >> R)
power = function("power", (N, R) >> R)
x, h, c, epsilon = real("x h c epsilon")
k, n = natural("k n")

EXP = is_exponential(exp)
ADDS, ABOVE = EXP.args[0].args
POWERS = taylor_powers(power)


@cache
def positive() -> Theorem:
    """exp(x) > 0, and exp(x) exp(-x) = 1: exp(x) = exp(x/2)^2, and exp(0) = exp(0)^2 >= 1."""
    pairs = [(x, -x), (x / 2, x / 2), (0, 0)]
    by = [*(instance(ADDS, *pair) for pair in pairs), instance(ABOVE, 0)]
    return entails([EXP], (exp(x) > 0) & (exp(x) * exp(-x) == 1) & (exp(0) == 1), by=by)


def instance_above(at: Term) -> Theorem:
    """exp(at) >= 1 + at."""
    return instance(ABOVE, at)


@cache
def nearly_linear() -> Theorem:
    """|exp(h) - 1 - h| <= 2 h^2 for |h| < 1/2, since exp(h) = 1 / exp(-h) <= 1 / (1 - h)."""
    by = [substitute(positive(), {x: h}), instance(ABOVE, h), instance(ABOVE, -h)]
    below = entails([EXP, 2 * abs(h) < 1], exp(h) * (1 - h) <= 1, by=by)
    return entails([EXP, 2 * abs(h) < 1], abs(exp(h) - 1 - h) <= 2 * h**2, by=[*by, below])


def exp_modulus(exp: Term) -> Term:
    """(x, epsilon) |-> min(1/2, epsilon / (2 exp(x)))."""
    return fun(R, R, lambda x, epsilon: minimum(Fraction(1, 2), epsilon / (2 * exp(x))))


@cache
def own_derivative() -> Theorem:
    """exp is its own derivative, with the modulus `exp_modulus(exp)`: the error is exp(x) (exp(h) -
    1 - h).
    """
    modulus, e = exp_modulus(exp), exp(h) - 1 - h
    scaled = entails([abs(e) <= 2 * h**2, exp(x) > 0], abs(exp(x) * e) <= 2 * exp(x) * h**2)
    split = entails(
        [EXP], abs(exp(x + h) - exp(x) - exp(x) * h) == abs(exp(x) * e), by=[instance(ADDS, x, h)]
    )
    error = error_is_small(2 * exp(x), exp(x + h) - exp(x) - exp(x) * h)
    by = [nearly_linear(), positive(), scaled, split, error, within_each(at(modulus, x))]
    return for_each(differentiable_everywhere(exp, exp, modulus), x, epsilon, h, given=[EXP], by=by)


def has_itself_for_derivative() -> Theorem:
    """exp is its own derivative."""
    return entails(
        [EXP],
        derivative(exp, exp),
        by=[witnessed(derivative(exp, exp), exp_modulus(exp)), own_derivative()],
    )


def of_the_exponential(theorem: Theorem) -> Theorem:
    """`theorem` without its hypothesis is_exponential(exp), since there is such a function."""
    return choose(exponential(), theorem, exp)


EXPS = fun(N, R, lambda n, t: exp(t))


def derivatives_of_exp() -> Theorem:
    """All derivatives of exp are exp."""
    value = generalize(entails([], EXPS(0, x) == exp(x)), x)
    up = generalize(
        entails([EXP, k < n], derivative(exp, exp), by=[has_itself_for_derivative()]), k
    )
    return generalize(entails([EXP], derivatives_up_to(n, exp, EXPS), by=[value, up]), n)


def below_its_value_at_one() -> Theorem:
    """0 < exp(t) <= exp(1) for 0 <= t <= 1: exp(1) = exp(t) exp(1 - t) >= exp(t) (1 + (1 - t))."""
    by = [positive(), instance(ADDS, x, 1 - x), instance(ABOVE, 1 - x)]
    return generalize(entails([EXP, x >= 0, x <= 1], abs(exp(x)) <= exp(1), by=by), n, x)


def terms_vanish() -> Theorem:
    """exp(1)/n! tends to 0, since k/k! <= 1."""
    starts, continues = POWERS.args[0].args

    def small(k: Term | int) -> Term:
        return all_of(power(k, 1) >= 0, power(k, 1) <= 1, k * power(k, 1) <= 1)

    base = entails([POWERS], small(0), by=[instance(starts, 1)])
    always = by_induction(
        small, base, entails([POWERS, small(k)], small(k + 1), by=[instance(continues, k, 1)]), k
    )
    tends = converges(fun(N, lambda n: exp(1) * power(n, 1)), 0)
    goal = instance(tends, epsilon).goal.args[1]
    late = [EXP, POWERS, epsilon > 0, exp(1) / epsilon <= n, k >= n]
    p = real("p")
    far = [c > 0, epsilon > 0, c / epsilon <= n, k >= n]
    product = substitute(entails([*far, p >= 0, k * p <= 1], c * p <= epsilon, by=[
        entails(far, c <= epsilon * k),
        entails([c <= epsilon * k, p >= 0], c * p <= epsilon * (k * p)),
    ]), {c: exp(1), p: power(k, 1)})  # fmt: skip
    near = entails(
        late,
        abs(exp(1) * power(k, 1) - 0) <= epsilon,
        by=[product, instance(always, k), substitute(positive(), {x: 1})],
    )
    use = entails(late[:4], goal, by=[witnessed(goal, n), generalize(near, k)])
    return generalize(choose(archimedes(exp(1) / epsilon), use, n), epsilon)
