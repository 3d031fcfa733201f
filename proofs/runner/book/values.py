"""Terms as floats, to be drawn: a vector is a pair, so dimension 3 and more has no picture.

The numbers of a witness are exact; only the drawing rounds. Numbers may be arrays of numpy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, reduce
from operator import add, mul
from typing import Any

import numpy as np

from proofs.kernel.terms import N, Term, V, build, open_binder
from proofs.runner.printing import text

Values = Mapping[Term, Any]


class NoPicture(Exception):
    """A value that has no place in the plane."""


def value(t: Term, at: Values) -> Any:
    """The value of a number, a vector or a function, where the symbols have the values `at`."""
    op, vectors = t.op, t.sort == V
    if op == "symbol" and t in at:
        return at[t]
    if op == "number":
        return float(t.data)
    if op == "zero" or (op == "frame" and t.data <= 2):
        return (float(op == "frame" and t.data == 1), float(op == "frame" and t.data == 2))
    if op == "fun":
        return lambda *given: value(*_opened(t, given, at))
    if op not in _OPERATIONS and op not in ("apply", "scale", "+", "^"):
        raise NoPicture(f"{t} has no value here")
    parts = [value(a, at) for a in t.args]
    if op == "apply":
        return parts[0](*parts[1:])
    if op == "scale":
        return tuple(parts[0] * x for x in parts[1])
    if op == "+":
        return tuple(map(sum, zip(*parts, strict=True))) if vectors else reduce(add, parts)
    if op == "^":
        return parts[0] ** t.data
    return _OPERATIONS[op](*parts)


def _opened(t: Term, given: Sequence[Any], at: Values) -> tuple[Term, Values]:
    fresh = [
        build("symbol", sort, data=f"{name}'{t.serial}")
        for name, sort in zip(t.data, t.sort.inputs, strict=True)
    ]
    return open_binder(t.args[0], tuple(fresh)), {**at, **dict(zip(fresh, given, strict=True))}


def _dot(u: Any, v: Any) -> Any:
    return u[0] * v[0] + u[1] * v[1]


_OPERATIONS: dict[str, Any] = {
    "*": lambda *factors: reduce(mul, factors),
    "/": lambda a, b: a / b,
    "inner": _dot,
    "norm": lambda v: np.sqrt(_dot(v, v)),
    "abs": np.abs,
    "sqrt": np.sqrt,
    "min": lambda *numbers: reduce(np.minimum, numbers),
    "max": lambda *numbers: reduce(np.maximum, numbers),
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
    "and": lambda *parts: reduce(np.logical_and, parts),
}
# The functions that a witness is made of, by what is given of them. What is left open at 0 is 0.
_STANDARD: dict[str, tuple[str, Any]] = {
    "exp is the exponential function": ("exp", np.exp),
    "power(k, x) is x^k": ("power", lambda k, x: x**k),
    "for all x with x != 0: x inverse(x) = 1": ("inverse", lambda x: _power_or_zero(x, -1)),
    "for all m in N, x in R: powers(m + 1, x) = inverse(x) powers(m, x)": (
        "powers", lambda m, x: _power_or_zero(x, -m),
    ),
}  # fmt: skip


def _power_or_zero(x: Any, k: float) -> Any:
    return np.where(x == 0, 0.0, np.power(np.where(x == 0, 1.0, x), k))


def standard(given: Sequence[Term]) -> dict[Term, Any]:
    """The symbols of functions with a name, such as the exponential, that formulas speak of."""
    told = [(f, _STANDARD[text(f)]) for f in given if text(f) in _STANDARD]
    return {s: made for f, (name, made) in told for s in f.free if s.data == name}


def sequences(given: Sequence[Term], at: Values) -> dict[Term, Any]:
    """The sequences p that the formulas p(0) = start, p(k + 1) = step(p(k)) define."""
    found, known = dict[Term, Any](), dict(at)
    starts = {f.args[0].args[0]: f.args[1] for f in given if _is_start(f)}
    for sequence, start in starts.items():
        rule = next((f for f in given if f.op == "forall" and sequence in f.free), None)
        if rule is None:
            continue
        k = build("symbol", N, data="k'0")
        after = open_binder(rule.args[0], (k,))

        def points(k_value: float, start: Term = start, after: Term = after,
                   sequence: Term = sequence, k: Term = k) -> Any:  # fmt: skip
            @cache
            def point(n: int) -> Any:
                if n == 0:
                    return value(start, known)
                earlier = {sequence: lambda _: point(n - 1), k: float(n - 1)}
                return value(after.args[1], {**known, **earlier})

            return point(int(k_value))

        found[sequence] = points
    return found


def _is_start(f: Term) -> bool:
    applied = f.args[0] if f.op == "==" else f
    return applied.op == "apply" and applied.args[0].op == "symbol" and (
        applied.args[0].sort.inputs == (N,) and applied.args[1].op == "number"
    )  # fmt: skip
