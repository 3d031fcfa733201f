"""The symbols of statements that balls decide, values for them, and the answer."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Any

from hypothesis import strategies as st

from proofs.balls.arithmetic import convert
from proofs.balls.deciding import decide
from proofs.kernel import KernelError, N, R, Term, V, function, natural, real, vector
from strategies.losses import Quadratic

x, y, z, alpha = real("x y z alpha")
u, v, w, d = vector("u v w d")
n = natural("n")
L, M = function("L M", V >> R)
h = function("h", R >> R)
s = function("s", N >> R)


def answer(
    formula: Term, at: dict[Term, Any], over: tuple[Term, Fraction] | None = None
) -> bool | None:
    """The answer, after a look at the margin."""
    told, margin = decide(formula, at, over)
    assert told in (True, False, None)
    assert 0 <= margin <= 1
    assert told is not None or margin == 1
    return told


def answer_unless_refused(formula: Term, at: dict[Term, Any], message: str) -> bool | None:
    """The answer, or None where it is refused with this message."""
    try:
        return answer(formula, at)
    except KernelError as refusal:
        if message not in str(refusal):
            raise
        return None


rationals = st.builds(Fraction, st.integers(-6, 6), st.sampled_from([1, 1, 2, 3]))
dyadic = st.builds(Fraction, st.integers(-12, 12), st.sampled_from([1, 1, 2, 4]))


BOWL = Quadratic((1, 2), (0, 0))


class Curve:
    """The polynomial in two variables with these coefficients of x^i y^j, in any arithmetic."""

    def __init__(self, terms: dict[tuple[int, int], Fraction]):
        self.terms = terms

    def __call__(self, p: Any) -> Any:
        total = 0 * p[0]
        for (i, j), c in self.terms.items():
            value = convert(c, p[0])
            for factor in [p[0]] * i + [p[1]] * j:
                value = value * factor
            total = total + value
        return total

    def __repr__(self) -> str:
        return f"Curve({self.terms})"

    def along(self, p: Any, q: Any) -> list[Fraction]:
        """The coefficients of t |-> f(p + t q), by interpolation at 0, 1, ..., 4."""
        values = [self([a + k * b for a, b in zip(p, q, strict=True)]) for k in range(5)]
        found, basis = [Fraction(0)] * 5, [Fraction(1)]
        for k in range(5):
            at_k = sum((c * Fraction(k) ** i for i, c in enumerate(found)), Fraction(0))
            factor = (values[k] - at_k) / sum(c * Fraction(k) ** i for i, c in enumerate(basis))
            found = [
                c + factor * b for c, b in zip(found, [*basis, *[Fraction(0)] * 5], strict=False)
            ]
            basis = [
                a - k * b for a, b in zip([Fraction(0), *basis], [*basis, Fraction(0)], strict=True)
            ]
        return found


EXPONENTS = [e for e in product(range(5), repeat=2) if sum(e) <= 4]
sparse = st.one_of(st.just(Fraction(0)), dyadic)
curves = st.fixed_dictionaries(dict.fromkeys(EXPONENTS, sparse)).map(
    lambda terms: Curve(terms)  # type: ignore[arg-type]
)
pairs = st.tuples(dyadic, dyadic)


def leading(coefficients: list[Fraction]) -> tuple[int, Fraction]:
    """The first coefficient that is not 0, with its order."""
    return next(((k, c) for k, c in enumerate(coefficients) if c), (5, Fraction(0)))
