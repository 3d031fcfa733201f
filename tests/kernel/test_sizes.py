"""A statement that is too big gets an error, soon, that shows it and says which limit."""

from collections.abc import Callable
from fractions import Fraction
from functools import reduce
from typing import Any

import pytest

from proofs.kernel.algebra import WORK, normal
from proofs.kernel.solver import Query
from proofs.kernel.terms import DEPTH, DIGITS, EXPONENT, SIZE, TooBig, power
from proofs.kernel.verdict import obligations
from proofs.prelude import (
    Claim, R, Term, all_of, entails, evaluate, forall, fun, function, identical,
    implies, inner, maximum, norm, real, sqrt, substitute, vector,
)  # fmt: skip

x, y, z, a, b, c = real("x y z a b c")
u, v = vector("u v")
f = function("f", R >> R)


def repeated(times: int, step: Callable[[Any], Any], first: Any = x) -> Any:
    return reduce(lambda t, _: step(t), range(times), first)


def at_once(step: Callable[[Any], Any], first: Any = x) -> Any:
    """As many steps as there may be, but for what states and rules put around it."""
    return reduce(lambda t, _: step(t) if t.depth < DEPTH - 10 else t, range(DEPTH), first)


BIG: dict[str, Callable[[], object]] = {
    "digits": lambda: x > 10**DIGITS,
    "digits below": lambda: x > Fraction(1, 10**DIGITS),
    "digits of an astronomic number": lambda: entails([], x + 2 ** (10**6) > x),
    "digits by a product": lambda: repeated(3, lambda t: t * 10 ** (DIGITS // 2)),
    "digits by a power": lambda: power(7, EXPONENT) * power(7, EXPONENT),
    "an astronomic power of a number": lambda: power(7, 9**9),
    "digits when multiplied out": lambda: normal((10 ** (DIGITS // 2) * x + 1) ** 3 > 0),
    "an exponent": lambda: x**100_000,
    "a negative exponent": lambda: x ** -(10**5_000),
    "depth": lambda: repeated(3_000, lambda t: abs(t + 1)),
    "depth of quantifiers": lambda: repeated(
        400, lambda g: forall(R, lambda t: implies(t > 0, g)), x > 0
    ),
    "depth by a substitution": lambda: substitute(
        evaluate(at_once(f) == at_once(f)), {x: at_once(f)}
    ),
    "size": lambda: repeated(40, lambda t: t + t),
    "size of a product": lambda: repeated(40, lambda t: t * t),
    "size of a power": lambda: repeated(40, lambda t: t**EXPONENT),
    "size of a formula": lambda: repeated(40, lambda g: implies(g, g), x > 0),
    "a power supposed": lambda: entails([(x + 1) ** 999 * (x + 2) > 0], x > 0),
    "a power multiplied out": lambda: identical((x + 1) ** 999 * (x + 1), (x + 1) ** 1000),
    "a power of many variables": lambda: identical((x + y + z + a + b + c) ** 60, x),
    "a product multiplied out": lambda: entails(
        [], all_of(*(repeated(30, lambda t: t * (x + t), y) >= 0 for _ in range(2)))
    ),
    "a power of a length": lambda: normal(norm(x * u + y * v + z * u + a * v) ** 200 > 0),
    "many denominators": lambda: identical(
        sum((1 / (p - q) for p in (x, y, z, a, b, c) for q in (x, y, z, a, b, c) if p is not q), x),
        x,
    ),
}


@pytest.mark.parametrize("kind", BIG)
def test_too_big(kind: str) -> None:
    with pytest.raises(
        TooBig, match=r"over [\d,]+ (deep|prod)|more than 1,000 digits|exponent over"
    ):
        BIG[kind]()


@pytest.mark.parametrize(
    ("said", "attempt"),
    [
        (f"over {WORK:,} products of monomials: (x + y + z)^99", lambda: normal((x + y + z) ** 99)),
        (f"exponent over {EXPONENT:,}", lambda: (x + 7) ** 10**9),
        ("a power of x + 7", lambda: (x + 7) ** 10**9),
        (f"over {DEPTH} deep or {SIZE:,} long", lambda: repeated(999, lambda t: abs(t + 1))),
        ("|||||||", lambda: repeated(999, lambda t: abs(t + 1))),
        (f"more than {DIGITS:,} digits", lambda: x + 10**DIGITS),
    ],
)
def test_the_error_shows_statement_and_limit(said: str, attempt: Callable[[], object]) -> None:
    with pytest.raises(TooBig) as error:
        attempt()
    assert said in str(error.value)
    assert len(str(error.value)) < 300


DEEP: dict[str, Term] = {
    "abs": at_once(lambda t: abs(t - 1)),
    "sqrt": at_once(sqrt),
    "function": at_once(f),
    "fun": at_once(lambda t: f(fun(R, lambda s: f(s) + t)(y))),
    "norm": norm(at_once(lambda w: norm(w) * u + v, x * v)),
    "inner": at_once(lambda t: inner(t * u, v) + 1),
    "inverse": at_once(lambda t: 1 / (1 + t)),
    "maximum": at_once(lambda t: maximum(t, y)),
    "Horner": at_once(lambda t: x * t + 1),
    "not": at_once(lambda g: ~g, x > 0),
    "implies": at_once(lambda g: implies(g, y > 0), x > 0),
    "and, or": at_once(lambda g: (g & (y > 0)) | (y > 1), x > 0),
    "forall": at_once(lambda g: ~forall(R, lambda t: implies(t > x, g)), x > 0),
}


@pytest.mark.parametrize("kind", DEEP)
def test_what_is_just_not_too_deep_goes_through(kind: str) -> None:
    """Whatever walks through a statement reaches its end: no RecursionError, no word of a limit."""
    t = DEEP[kind]
    formula: Term = t if t.op in ("not", "implies", "or", "forall") else t <= t
    assert DEPTH - 12 < t.depth < len(str(t))
    assert normal(normal(t)) is normal(t)
    assert entails([formula], formula & (x**2 >= 0)).goal.op == "and"
    assert substitute(entails([formula], formula), {x: y}).goal is not formula
    assert Query().formula(formula)
    assert len([*obligations(forall(R, lambda s: implies(s > 0, formula)))]) < 2 * DEPTH
    assert Claim(for_all=sorted(formula.free, key=hash), then=formula).closed().free == frozenset()


def test_what_is_not_too_big() -> None:
    """Each limit leaves what is next to it."""
    assert len(str(power(7, EXPONENT) + x)) > 800
    assert len(str(x > 10**DIGITS - 1)) > DIGITS
    identical((x + 1) ** 49 * (x + 1), (x + 1) ** 50)
    identical((x + y + z) ** 9, (z + y + x) ** 9)
    entails([], maximum(*(x + k for k in range(24))) >= x + 7)
    entails([], repeated(12, lambda t: abs(t - 1)) >= 0)
    entails([x > k for k in range(1_000)], x > 17)
