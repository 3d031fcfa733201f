"""An independent reading of the kernel's statements: exact evaluation in a finite model.

There are Fractions only. Vectors are tuples of Fractions with the usual inner product. A quantifier
ranges over a few values of its sort, which is enough to tell whether renaming, substitution and
normal forms keep the meaning. Outside their domain, 1/x and the root take odd values on purpose:
whatever the kernel proves must hold for any values there.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt, prod
from typing import Any

from proofs.kernel import R, Term, V
from proofs.kernel.terms import Sort

DIMENSION = 3
RELATIONS: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq,
    "!=": operator.ne,
}  # fmt: skip


FUNCTIONS: dict[str, Callable[..., Any]] = {"abs": abs, "min": min, "max": max}


class IrrationalError(Exception):
    """A root that is no rational number: the example is dropped."""


def root(square: Fraction) -> Fraction:
    """The square root; of a negative number, an odd value."""
    if square < 0:
        return 2 * square**2 - 3
    rational = Fraction(isqrt(square.numerator), isqrt(square.denominator))
    if rational**2 != square:
        raise IrrationalError
    return rational


def quotient(top: Fraction, bottom: Fraction) -> Fraction:
    """top / bottom; top / 0 is an odd value."""
    return top / bottom if bottom else 7 * top


def dot(u: tuple[Fraction, ...], v: tuple[Fraction, ...]) -> Fraction:
    """The inner product."""
    return sum((a * b for a, b in zip(u, v, strict=True)), Fraction(0))


@dataclass
class Model:
    """Values of the free symbols, and the few values that a quantifier of each sort ranges over."""

    values: Mapping[Term, Any]
    domains: Mapping[Sort, list[Any]]

    def value(self, t: Term, bound: tuple[Any, ...] = ()) -> Any:
        """The value of a term or formula; `bound` are the bound variables', the innermost first."""
        if t.op in ("forall", "exists"):
            cases = [self.value(t.args[0], (v, *bound)) for v in self.domains[t.data[1]]]
            return all(cases) if t.op == "forall" else any(cases)
        if t.op == "fun":
            return lambda *values: self.value(t.args[0], (*values, *bound))
        if t.op == "defined":
            return self.value(t.args[0], bound)
        return self._combined(t, [self.value(a, bound) for a in t.args], bound)

    def _combined(self, t: Term, a: list[Any], bound: tuple[Any, ...]) -> Any:
        if t.op in RELATIONS:
            return RELATIONS[t.op](*a)
        match t.op:
            case "number":
                return t.data
            case "symbol":
                return self.values[t]
            case "bound":
                return bound[t.data]
            case "zero" | "frame":
                return tuple(
                    Fraction(t.op == "frame" and i + 1 == t.data) for i in range(DIMENSION)
                )
            case "+":
                return tuple(map(sum, zip(*a, strict=True))) if t.sort == V else sum(a)
            case "*":
                return prod(a)
            case "scale":
                return tuple(a[0] * x for x in a[1])
            case "^":
                return a[0] ** t.data
            case "/":
                return quotient(*a)
            case "inner":
                return dot(*a)
            case "norm":
                return root(dot(a[0], a[0]))
            case "sqrt":
                return root(a[0])
            case "abs" | "min" | "max":
                return FUNCTIONS[t.op](*a)
            case "apply":
                return a[0](*a[1:])
            case "and" | "or" | "not":
                return all(a) if t.op == "and" else any(a) if t.op == "or" else not a[0]
            case "implies":
                return not a[0] or a[1]
            case "true" | "false":
                return t.op == "true"
        raise AssertionError(f"no meaning for {t.op}")


def reals(*values: int | Fraction) -> dict[Sort, list[Fraction]]:
    """Domains for statements that quantify over real numbers only."""
    return {R: [Fraction(v) for v in values]}
