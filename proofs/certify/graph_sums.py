"""Sums, products, the largest, sorting and scattering on the arrays of traced graphs (`graphs`)."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from proofs.certify import operations as op
from proofs.certify import reals
from proofs.certify.balls import exact
from proofs.certify.errors import NotUnderstood
from proofs.certify.graphs import (
    Array, added, array_from, boxed, compared, is_infinite, is_one, larger_one, lifted, mapped,
    number, settled, smaller_one,
)  # fmt: skip
from proofs.certify.reals import Ball, Real
from proofs.certify.shifts import Shifted, is_zero, largest, whole


# Sums, products and the largest along axes.
def rows(a: Any, axes: Sequence[int]) -> tuple[list[list[Any]], tuple[int, ...]]:
    """The numbers along some axes, in lists, and the shape of what is left."""
    a = boxed(a)
    gone = {int(x) % max(a.ndim, 1) for x in axes}
    kept = [i for i in range(a.ndim) if i not in gone]
    shape = tuple(a.shape[i] for i in kept)
    turned = a.transpose([*kept, *sorted(gone)] if a.ndim else [])
    return turned.reshape(math.prod(shape), -1 if a.size else 0).tolist(), shape


def reduced(
    rule: Callable[[list[Any]], Any], a: Any, axes: Sequence[int], keep: bool = False
) -> Array:
    """rule(numbers) along axes."""
    a = lifted(a)
    if a.ndim and not len(axes):
        return mapped(lambda x: rule([x]), a)
    lists, shape = rows(a, axes)
    out = array_from([rule(line) for line in lists], shape)
    if not keep:
        return out
    gone = {int(x) % max(a.ndim, 1) for x in axes}
    return out.reshape([1 if i in gone else n for i, n in enumerate(a.shape)])


def sum_of(numbers: list[Any]) -> Any:
    """The sum, through shifts."""
    open_ones = [x for x in numbers if type(x) is Shifted or is_infinite(x)]
    others = (
        numbers if not open_ones else [x for x in numbers if not any(x is y for y in open_ones)]
    )
    found = number(reals.total(others)) if others else Ball(0.0)
    for x in open_ones:
        found = added(found, x)
    return found


def product_of(numbers: list[Any]) -> Any:
    found: Any = Ball(1.0)
    for x in numbers:
        found = op.real(x) if is_one(found) else found * op.real(x)
    return found


def largest_of(numbers: list[Any]) -> Any:
    """The largest, left open until it is asked for."""
    real_ones = [x for x in numbers if not is_infinite(x)]
    if any(is_infinite(x) and x > 0 for x in numbers) or not real_ones:
        return math.inf if real_ones or any(x > 0 for x in numbers) else -math.inf
    return largest([whole(x) for x in real_ones])


def smallest_of(numbers: list[Any]) -> Any:
    found = numbers[0]
    for x in numbers[1:]:
        found = smaller_one(found, x)
    return found


def log_sum_exp_of(numbers: list[Any]) -> Any:
    """log(sum(exp)) without a comparison; numbers that are -inf count for nothing."""
    real_ones = [whole(x) for x in numbers if not is_infinite(x)]
    if any(is_infinite(x) and x > 0 for x in numbers):
        return Ball(math.nan)
    if not real_ones:
        return -math.inf
    first = max(range(len(real_ones)), key=lambda i: _about(real_ones[i]))  # any of them is exact
    return op._log_sum_exp([real_ones[first], *real_ones[:first], *real_ones[first + 1 :]])


def _about(x: Any) -> float:
    """About how large a number is, for a choice that no result depends on."""
    return float(x.value().mid()) if isinstance(x, Real) and x.has_value else 0.0


def place_of_largest(numbers: list[Any], sign: int = 1) -> int:
    """argmax (argmin for sign -1): the first of equals."""
    best, name = 0, "argmax" if sign > 0 else "argmin"
    for i in range(1, len(numbers)):
        if compared(numbers[i], ">" if sign > 0 else "<", numbers[best], name):
            best = i
    return best


def matmul(a: Any, b: Any) -> Array:
    """The product of matrices, or of stacks of them with the same leading shape."""
    a, b = thin(settled(boxed(a))), thin(settled(boxed(b)))
    if op.is_constant(a) and op.is_constant(b):
        as_ball: Callable[[Any], Ball] = lambda x: Ball(exact(x))
        if b.size < a.size:
            b = mapped(as_ball, b)
        else:
            a = mapped(as_ball, a)
    if a.ndim < 2 or b.ndim < 2:
        raise ValueError("matmul of vectors")
    return boxed(op.matmul(a, b))


def thin(a: Array) -> Array:
    """An array of constant balls as flint's own, which its matrices take at once."""
    if a.dtype == object and a.size and all(type(x) is Ball for x in a.flat):
        return mapped(lambda x: x.ball, a)
    return a


def along(a: Any, axis: int, rule: Callable[[list[Any]], list[Any]], back: bool = False) -> Array:
    """A rule from lists to lists along an axis (cumulative sums, sorted numbers)."""
    a = np.moveaxis(lifted(a), axis, -1)
    turn = slice(None, None, -1 if back else 1)
    lines = [rule(line[turn])[turn] for line in a.reshape(-1, a.shape[-1]).tolist()]
    return np.moveaxis(array_from([x for line in lines for x in line], a.shape), -1, axis)


def running(step: Callable[[Any, Any], Any]) -> Callable[[list[Any]], list[Any]]:
    """x0, step(x0, x1), ... of a list."""

    def rule(numbers: list[Any]) -> list[Any]:
        out = numbers[:1]
        for x in numbers[1:]:
            out.append(step(out[-1], x))
        return out

    return rule


cumsum, cumprod = running(added), running(lambda a, b: op.real(a) * op.real(b))
cummax, cummin = running(larger_one), running(smaller_one)
cumlogsumexp = running(lambda a, b: log_sum_exp_of([a, b]))


class Key:
    """A number, or several in order of weight, to sort by; ties keep their order."""

    def __init__(self, numbers: Sequence[Any], continuous: bool) -> None:
        self.numbers, self.continuous = numbers, continuous

    def __lt__(self, other: Key) -> bool:
        for x, y in zip(self.numbers, other.numbers, strict=True):
            if compared(x, "<", y, "sort", self.continuous):
                return True
            if len(self.numbers) > 1 and compared(y, "<", x, "sort", self.continuous):
                return False
        return False


def order_of(
    keys: Sequence[Sequence[Any]], continuous: bool, descending: bool = False
) -> list[int]:
    """The places of the numbers in their order; keys: lists of one length, the weightiest first."""
    made = [Key(column, continuous) for column in zip(*keys, strict=True)]
    return sorted(range(len(made)), key=lambda i: made[i], reverse=descending)


def scattered(out: Array, places: Sequence[int], updates: Sequence[Any], how: str) -> Array:
    """out.flat[p] (+)= u for each place that is not negative; a number may be added to several
    times.
    """
    flat = lifted(out).ravel().copy()
    waiting: dict[int, list[Any]] = {}
    for p, u in zip(places, updates, strict=True):
        if p >= 0:
            waiting.setdefault(int(p), []).append(u)
    for p, us in waiting.items():
        if how == "add":
            flat[p] = sum_of([x for x in (flat[p], *us) if not is_zero(x)] or [Ball(0.0)])
        elif how == "mul":
            flat[p] = product_of([flat[p], *us])
        elif how in ("max", "min"):
            for u in us:
                flat[p] = (larger_one if how == "max" else smaller_one)(flat[p], u)
        elif len(us) > 1:
            raise NotUnderstood("several values stored in one place", "their order is not defined")
        else:
            flat[p] = us[0]
    return flat.reshape(boxed(out).shape)
