"""A few dozen functions of numpy in mpmath: an evaluator that shares no code with what it judges.

`Exact` stands in for the module numpy while the source of a random loss is executed; `Vec` for its
arrays. Numbers are mpmath's, at whatever precision is in force; comparisons are Python's on them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import mpmath  # type: ignore[import-untyped]
from mpmath import mpf


class Vec:
    """A vector of numbers or of bools: what an array does in the losses of the fuzz."""

    def __init__(self, items: Any) -> None:
        self.items: list[Any] = list(items)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, Vec):
            return Vec(x for x, k in zip(self.items, key.items, strict=True) if k)
        return Vec(self.items[key]) if isinstance(key, slice) else self.items[key]

    def __setitem__(self, key: Any, value: Any) -> None:
        if isinstance(key, Vec):
            self.items = [value if k else x for x, k in zip(self.items, key.items, strict=True)]
        else:
            self.items[key] = value

    def map(self, f: Callable[[Any], Any]) -> Vec:
        return Vec(map(f, self.items))

    def with_(self, other: Any, f: Callable[[Any, Any], Any]) -> Vec:
        others = other.items if isinstance(other, Vec) else [other] * len(self)
        return Vec(f(x, y) for x, y in zip(self.items, others, strict=True))

    def __add__(self, o: Any) -> Vec:
        return self.with_(o, lambda x, y: x + y)

    def __sub__(self, o: Any) -> Vec:
        return self.with_(o, lambda x, y: x - y)

    def __rsub__(self, o: Any) -> Vec:
        return self.with_(o, lambda x, y: y - x)

    def __mul__(self, o: Any) -> Vec:
        return self.with_(o, lambda x, y: x * y)

    def __truediv__(self, o: Any) -> Vec:
        return self.with_(o, lambda x, y: mpf(x) / y)

    def __pow__(self, n: int) -> Vec:
        return self.map(lambda x: x**n)

    def __neg__(self) -> Vec:
        return self.map(lambda x: -x)

    __radd__, __rmul__ = __add__, __mul__

    def __gt__(self, o: Any) -> Vec:
        return self.with_(o, lambda x, y: x > y)

    def __ge__(self, o: Any) -> Vec:
        return self.with_(o, lambda x, y: x >= y)

    def __lt__(self, o: Any) -> Vec:
        return self.with_(o, lambda x, y: x < y)

    def __le__(self, o: Any) -> Vec:
        return self.with_(o, lambda x, y: x <= y)

    def __matmul__(self, o: Any) -> Any:
        return sum(self * o, mpf(0))

    def copy(self) -> Vec:
        return Vec(self.items)

    def sum(self) -> Any:
        return sum(self.items, mpf(0))


class Mat:
    """A constant matrix."""

    def __init__(self, rows: list[list[float]]) -> None:
        self.rows = [Vec(mpf(x) for x in row) for row in rows]

    def __matmul__(self, v: Vec) -> Vec:
        return Vec(row @ v for row in self.rows)


def _each(f: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda x: x.map(f) if isinstance(x, Vec) else f(x)


def _pair(f: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    def both(a: Any, b: Any) -> Any:
        if isinstance(a, Vec):
            return a.with_(b, f)
        return b.with_(a, lambda y, x: f(x, y)) if isinstance(b, Vec) else f(a, b)

    return both


def _where(c: Any, a: Any, b: Any) -> Any:
    if not isinstance(c, Vec):
        return a if c else b
    parts = [v.items if isinstance(v, Vec) else [v] * len(c) for v in (a, b)]
    return Vec(x if k else y for k, x, y in zip(c.items, *parts, strict=True))


class _Linalg:
    @staticmethod
    def norm(v: Vec) -> Any:
        return mpmath.sqrt((v * v).sum())


class Exact:
    """The module numpy, as far as the losses of the fuzz use it."""

    linalg = _Linalg
    exp = staticmethod(_each(lambda x: mpmath.exp(x)))
    log = staticmethod(_each(lambda x: mpmath.log(x)))
    log1p = staticmethod(_each(lambda x: mpmath.log(1 + x)))
    tanh = staticmethod(_each(lambda x: mpmath.tanh(x)))
    sin = staticmethod(_each(lambda x: mpmath.sin(x)))
    cos = staticmethod(_each(lambda x: mpmath.cos(x)))
    sqrt = staticmethod(_each(lambda x: mpmath.sqrt(x)))
    abs = staticmethod(_each(lambda x: x if x >= 0 else -x))
    sign = staticmethod(_each(lambda x: 1 if x > 0 else -1 if x < 0 else 0))
    maximum = staticmethod(_pair(lambda a, b: a if a >= b else mpf(b)))
    minimum = staticmethod(_pair(lambda a, b: a if a <= b else mpf(b)))
    logaddexp = staticmethod(_pair(lambda a, b: mpmath.log(mpmath.exp(a) + mpmath.exp(b))))
    where = staticmethod(_where)

    @staticmethod
    def clip(x: Any, low: float, high: float) -> Any:
        return Exact.minimum(Exact.maximum(x, low), high)

    @staticmethod
    def sum(v: Vec) -> Any:
        return v.sum()

    @staticmethod
    def mean(v: Vec) -> Any:
        return v.sum() / len(v)

    @staticmethod
    def var(v: Vec) -> Any:
        centred = v - v.sum() / len(v)
        return (centred * centred).sum() / len(v)

    @staticmethod
    def max(v: Vec) -> Any:
        return max(v)

    @staticmethod
    def min(v: Vec) -> Any:
        return min(v)

    @staticmethod
    def prod(v: Vec) -> Any:
        return mpmath.fprod(v)

    @staticmethod
    def cumsum(v: Vec) -> Vec:
        return Vec(sum(v.items[: k + 1], mpf(0)) for k in range(len(v)))

    @staticmethod
    def concatenate(parts: list[Vec]) -> Vec:
        return Vec(x for part in parts for x in part)
