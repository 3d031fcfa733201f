"""What the jax and the torch front ends share: arrays in a traced graph, and operations on them.

An array is a plain ndarray of floats, integers or bools (a constant of the program, exact), or
one of objects: Reals, and infinite floats where a mask put them. A number that is both a constant
and computed in balls is a `Ball`. Comparisons give plain arrays of bool, on the path that is
followed, and see the same objects as the program moves about, so that what a path has decided
stays decided (`paths`).
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from proofs.certify import operations as op
from proofs.certify import paths, reals
from proofs.certify.balls import FUNCTIONS, Function, exact
from proofs.certify.errors import BadCall, NotDecided, NotUnderstood, OutOfBudget, Undecided
from proofs.certify.reals import Ball, Real
from proofs.certify.shifts import Shifted, is_zero, whole

Array = np.ndarray[Any, Any]
STEPS = "the loss has steps there; write it without"
_MIRRORED = {">": "<", ">=": "<=", "<": ">", "<=": ">=", "==": "==", "!=": "!="}
_BY_VALUE: dict[str, Callable[[Any, Any], bool]] = {
    ">": lambda a, b: a > b, ">=": lambda a, b: a >= b, "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b, "==": lambda a, b: a == b, "!=": lambda a, b: a != b,
}  # fmt: skip


def is_plain(a: Array) -> bool:
    """Whether an array holds constants of the program."""
    return bool(a.dtype != object)


def boxed(x: Any) -> Array:
    """Anything as an array; a Real in one of no dimension."""
    if isinstance(x, np.ndarray):
        return x
    if isinstance(x, Real):
        out = np.empty((), dtype=object)
        out[()] = x
        return out
    return np.asarray(x)


def number(x: Any) -> Any:
    """A constant as a Ball; infinite ones stay floats."""
    if isinstance(x, Real) or (isinstance(x, float) and math.isinf(x)):
        return x
    return Ball(exact(x))


def mapped(f: Callable[..., Any], *arrays: Any) -> Array:
    """f on the elements of arrays that broadcast."""
    return boxed(np.frompyfunc(f, len(arrays), 1)(*arrays))


def lifted(a: Any) -> Array:
    """The same numbers in an array of objects."""
    a = boxed(a)
    return a if a.dtype == object else mapped(number, a)


def settled(a: Array) -> Array:
    """The same numbers, none of them with names (shifts)."""
    if a.dtype == object and any(type(x) is Shifted for x in a.flat):
        return mapped(whole, a)
    return a


def flat_list(a: Array) -> list[Any]:
    return a.ravel().tolist()


def array_from(numbers: Sequence[Any], shape: Sequence[int]) -> Array:
    """An array of objects."""
    out = np.empty(len(numbers), dtype=object)
    for i, x in enumerate(numbers):
        out[i] = x
    return out.reshape(tuple(shape))


def together(arrays: Sequence[Array]) -> list[Array]:
    """Arrays that are put into one: all plain, or all of objects."""
    return list(arrays) if all(map(is_plain, arrays)) else [lifted(a) for a in arrays]


def has_value_everywhere(x: Any) -> bool:
    """Whether a number is finite for sure. Raises NotDecided for numbers without a value."""
    if type(x) is Shifted:
        return has_value_everywhere(x.part) and all(
            has_value_everywhere(n) for top in x.weights for n in top.numbers
        )
    if not isinstance(x, Real):
        return math.isfinite(x)
    if not x.has_value:
        raise NotDecided("whether a number is finite, or infinite ones")
    return bool(x.value().is_finite())


def surely_exists(x: Any) -> bool:
    """False for an infinite constant, True for a finite number. Raises Undecided for what balls
    know nothing of.
    """
    if is_infinite(x):
        return False
    try:
        if has_value_everywhere(x):
            return True
    except (
        NotDecided
    ):  # a number without a value: where it comes out unknown, so does what is made of it
        return True
    raise Undecided("whether a number is finite, where balls do not know it to exist")


# Elementwise arithmetic.
def is_infinite(x: Any) -> bool:
    return type(x) is float and math.isinf(x)


def added(a: Any, b: Any) -> Any:
    if is_infinite(a) or is_infinite(b):
        return _with_infinity(a, b)
    if is_zero(a) and isinstance(b, Real):
        return b
    if is_zero(b) and isinstance(a, Real):
        return a
    return a + b


def _with_infinity(a: Any, b: Any) -> Any:
    end, other = (a, b) if is_infinite(a) else (b, a)
    if is_infinite(other):
        return a + b if a == b else Ball(math.nan)
    return end if has_value_everywhere(other) else Ball(math.nan)


def _subtracted(a: Any, b: Any) -> Any:
    if is_infinite(a) or is_infinite(b):
        return _with_infinity(a, -b)
    return a if is_zero(b) and isinstance(a, Real) else a - b


def _exp(x: Any) -> Any:
    if is_infinite(x):
        return Ball(0.0 if x < 0 else math.nan)
    return op.real(x).apply(FUNCTIONS["exp"])


def _multiplied(a: Any, b: Any) -> Any:
    if is_one(a) and isinstance(b, Real):
        return b
    if is_one(b) and isinstance(a, Real):
        return a
    return op.real(a) * op.real(b) if is_infinite(a) or is_infinite(b) else a * b


def positive_part_first(x: Any) -> Any:
    """|x|, where exp(k u) is not asked for."""
    if type(x) is Shifted and x.is_product:
        return x if reals.compare(whole(x.part), ">", 0.0, "abs", continuous=True) else -x
    return reals.magnitude(whole(op.real(x)))


def known(x: Any) -> Any:
    """An operand of a comparison: constants as floats, so that a path knows them again."""
    x = whole(x)
    if type(x) is Ball and x.ball.is_exact() and x.ball.is_finite():
        near = float(x.ball)
        if math.isfinite(near) and exact(near) == x.ball:
            return near
    return x


def compared(a: Any, relation: str, b: Any, name: str = "", continuous: bool = False) -> bool:
    """Whether a relation b, two numbers."""
    if type(a) is Shifted and a.is_product and is_zero(b):
        a = a.part
    a, b = known(a), known(b)
    for one, other, turned in ((a, b, relation), (b, a, _MIRRORED[relation])):
        if isinstance(other, float) and math.isinf(other) and isinstance(one, Real):
            if not has_value_everywhere(one):
                raise Undecided(
                    f"{name or 'a comparison'} with infinity of a number not known to be finite"
                )
            return bool(_BY_VALUE[turned](0.0, other))
    if not isinstance(a, Real):
        if not isinstance(b, Real):
            return bool(_BY_VALUE[relation](a, b))
        a, b, relation = b, a, _MIRRORED[relation]
    return bool(reals.compare(a, relation, b, name, continuous))


def comparison(relation: str) -> Callable[[Any, Any], Array]:
    """The comparison of arrays: bools."""
    symbol = {"eq": "==", "ne": "!=", "gt": ">", "ge": ">=", "lt": "<", "le": "<="}[relation]

    def compare(a: Any, b: Any) -> Array:
        a, b = boxed(a), boxed(b)
        if is_plain(a) and is_plain(b):
            return boxed(_BY_VALUE[symbol](a, b))
        return mapped(lambda x, y: compared(x, symbol, y), a, b).astype(bool)

    return compare


def larger_one(a: Any, b: Any) -> Any:
    for one, other in ((a, b), (b, a)):
        if is_infinite(one) and isinstance(other, Real):
            return other if one < 0 else one
    return number(a if compared(a, ">", b, "maximum", continuous=True) else b)


def smaller_one(a: Any, b: Any) -> Any:
    for one, other in ((a, b), (b, a)):
        if is_infinite(one) and isinstance(other, Real):
            return other if one > 0 else one
    return number(b if compared(a, ">", b, "minimum", continuous=True) else a)


def _sign(x: Any) -> Any:
    if compared(x, ">", 0.0, "sign"):
        return Ball(1)
    return Ball(-1 if compared(x, "<", 0.0, "sign") else 0)


def maximum(a: Any, b: Any) -> Array:
    return mapped(larger_one, boxed(a), boxed(b))


def minimum(a: Any, b: Any) -> Array:
    return mapped(smaller_one, boxed(a), boxed(b))


def clipped(x: Any, low: Any, high: Any) -> Array:
    """x where low and high are not None."""
    x = x if low is None else maximum(x, low)
    return x if high is None else minimum(x, high)


def relu(x: Any) -> Array:
    return maximum(x, 0.0)


def power(a: Any, n: Any) -> Array:
    """a ** n elementwise; a constant n is used as it is."""
    return mapped(lambda x, k: number(reals.power(op.real(whole(x)), known(k))), boxed(a), boxed(n))


# Elementwise rules that need more than `operations.apply`.
OWN: dict[str, Callable[..., Array]] = {
    "add": lambda a, b: mapped(added, a, b),
    "subtract": lambda a, b: mapped(_subtracted, a, b),
    "multiply": lambda a, b: mapped(_multiplied, a, b),
    "exp": lambda a: mapped(_exp, a),
    "absolute": lambda a: mapped(positive_part_first, a),
    "maximum": maximum,
    "minimum": minimum,
    "sign": lambda a: mapped(_sign, a),
    "power": power,
}


def apply(name: str, *arrays: Any) -> Array:
    """An elementwise rule of the primitive table on arrays, not all of them plain floats unless
    that is exact.
    """
    made = [boxed(a) for a in arrays]
    if all(map(is_plain, made)):
        made[0] = lifted(made[0])
    if name in OWN:
        return OWN[name](*made)
    if name not in ("divide", "negative", "square", "log"):
        made = [settled(a) for a in made]
    found = boxed(op.elementwise(name)(*made))
    if name in ("xlogy", "xlog1py", "clip", "heaviside", "huber", "entr"):
        return mapped(number, found)
    return found


def function(rule: Function) -> Callable[[Any], Array]:
    """A smooth function of one variable that the table does not have."""
    return lambda a: mapped(lambda x: op.real(whole(x)).apply(rule), boxed(a))


def finite(a: Any) -> Array:
    """Whether the numbers are finite: real ones are, unless balls do not know that they exist."""
    a = boxed(a)
    if is_plain(a):
        return np.isfinite(a) if a.dtype.kind == "f" else np.ones(a.shape, bool)
    return mapped(_is_finite, a).astype(bool)


def infinite(a: Array) -> Array:
    """Which numbers are infinite for sure, as those of masks are."""
    return np.isinf(a) if is_plain(a) else mapped(is_infinite, a).astype(bool)


def _is_finite(x: Any) -> bool:
    if is_infinite(x):
        return False
    return has_value_everywhere(x) or surely_exists(x)


def chosen(which: Any, cases: Sequence[Any]) -> Array:
    """cases[which] elementwise; which: bools or whole numbers."""
    which = boxed(which)
    if which.dtype == object:
        raise NotUnderstood("a choice by a number that depends on the parameters", STEPS)
    made = together([boxed(c) for c in cases])
    if not which.ndim:
        return made[min(max(int(which), 0), len(made) - 1)]
    which, *made = np.broadcast_arrays(which.astype(int), *made)
    out = np.empty(which.shape, dtype=np.result_type(*made))
    for k, case in enumerate(made):
        np.copyto(out, case, where=which == k)
    return out


def is_one(x: Any) -> bool:
    """Whether a number is the constant 1."""
    if type(x) is Ball:
        return bool(x.ball.is_exact() and x.ball == 1)
    return not isinstance(x, Real) and bool(x == 1)


@contextmanager
def explained(operation: str, place: str) -> Iterator[None]:
    """What jax, torch or numpy raise inside becomes `not decided`, with the operation and the
    line.
    """
    try:
        yield
    except (NotDecided, BadCall, OutOfBudget):
        raise
    except Exception as reason:
        told = str(reason).splitlines()[0] if str(reason) else type(reason).__name__
        raise NotUnderstood(f"{operation} ({told:.80})", "write it otherwise", place) from reason


_local = threading.local()


def kept(key: Any, make: Callable[[], Any]) -> Any:
    """Traces are kept for one call of check_descent: what a function closes over may change."""
    call = paths.deadline()
    if call is None or call != getattr(_local, "call", None):
        _local.traces, _local.call = {}, call
    traces: dict[Any, Any] = _local.traces
    if key not in traces:
        traces[key] = make()
    return traces[key]


def same_numbers(
    traced: Callable[[list[float]], Any], program: Callable[[list[float]], Any],
    start: Sequence[float], unit: float, what: str,
) -> None:  # fmt: skip
    """Measures whether a trace computes what the program does, at the start and beside it.

    Raises NotUnderstood. How much is small is said by the largest number that is met.
    """
    points = [[x * (1 + shift) + shift for x in start] for shift in (0.0, 2.0**-7)]
    ours, theirs = ([np.asarray(f(p), float) for p in points] for f in (traced, program))
    sizes = np.abs(np.concatenate(theirs))
    limit = 1e-3 if unit > 2.0**-40 else 1e-6
    small = limit * float(np.max(sizes, initial=0.0, where=np.isfinite(sizes)))
    if not np.allclose(ours, theirs, limit, small, equal_nan=True):
        raise NotUnderstood(
            f"{what}, whose trace computes other numbers than the function itself",
            "it depends on earlier calls, on random numbers or on what is not traced", "",
        )  # fmt: skip


class Traced:
    """A function of the leaves, traced to a graph when it is first asked for."""

    def __init__(self, function: Callable[..., list[Any]], tree: Any, what: str) -> None:
        self.function, self.tree, self.what = function, tree, what
        self.graph: Any = None

    def run(self, flat: Sequence[Any]) -> list[Any]:
        """The results for a flat list of Reals, flat."""
        if self.graph is None:
            try:
                self.graph = self.traced()
            except NotDecided as reason:
                self.graph = reason
        if isinstance(self.graph, NotDecided):
            raise self.graph
        found = self.graph.run(self.tree.arrays(flat))
        return [op.real(x) for a in found for x in flat_list(settled(lifted(a)))]

    def traced(self) -> Any:
        """The graph; raises NotUnderstood where it cannot be traced."""
        raise NotImplementedError
