"""Convolutions, pools and resampling of torch.

What is linear with constant weights (an average over a window, a resized image) has its weights
from torch itself, asked on unit vectors, and its derivative is the adjoint of that.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import torch

from proofs.certify import graph_sums as sums
from proofs.certify import graphs as g
from proofs.certify import operations as op
from proofs.certify import windows
from proofs.certify.errors import NotUnderstood
from proofs.certify.graphs import Array
from proofs.certify.reals import Ball
from proofs.certify.torch_rules import RULES, rule
from proofs.certify.windows import Window

__all__ = ["RULES"]

MOST = 20_000_000  # weights of a linear map, all zeros counted
Ints = Sequence[int]


def _window(
    big: Ints, kernel: Array, stride: Ints, padding: Ints, dilation: Ints, out: Ints = (0,)
) -> Window:
    """The window of a convolution that maps the space `big` on the smaller one."""
    count = len(big)
    full: Callable[[Ints], list[int]] = lambda x: list(x) * count if len(x) == 1 else list(x)
    low = full(padding)
    high = [p - q for p, q in zip(low, full(out), strict=True)]
    return Window(big, kernel.shape[2:], full(stride), low, high, full(dilation))


@rule("convolution")
def _convolution(
    a: Any, kernel: Any, bias: Any, stride: Ints, padding: Ints, dilation: Ints,
    transposed: bool, output_padding: Ints, groups: int,
) -> Array:  # fmt: skip
    a, kernel = g.boxed(a), g.boxed(kernel)
    if transposed:
        big = [
            (n - 1) * s - 2 * p + d * (k - 1) + 1 + q
            for n, s, p, d, k, q in zip(
                a.shape[2:], stride, padding, dilation, kernel.shape[2:], output_padding,
                strict=True,
            )
        ]  # fmt: skip
        window = _window(big, kernel, stride, padding, dilation, output_padding)
        out = windows.transposed(a, kernel, window, groups)
    else:
        window = _window(a.shape[2:], kernel, stride, padding, dilation)
        out = windows.convolved(a, kernel, window, groups)
    if bias is None:
        return out
    return g.apply("add", out, g.boxed(bias).reshape(-1, *[1] * (a.ndim - 2)))


@rule("convolution_backward")
def _convolution_backward(
    grad: Any, a: Any, kernel: Any, bias: Any, stride: Ints, padding: Ints, dilation: Ints,
    transposed: bool, output_padding: Ints, groups: int, wanted: Sequence[bool],
) -> list[Any]:  # fmt: skip
    grad, a, kernel = g.boxed(grad), g.boxed(a), g.boxed(kernel)
    found: list[Any] = [None, None, None]
    if transposed:
        window = _window(grad.shape[2:], kernel, stride, padding, dilation, output_padding)
        if wanted[0]:
            found[0] = windows.convolved(grad, kernel, window, groups)
        if wanted[1]:
            found[1] = windows.kernel_slopes(a, grad, window, groups)
    else:
        window = _window(a.shape[2:], kernel, stride, padding, dilation)
        if wanted[0]:
            found[0] = windows.transposed(grad, kernel, window, groups)
        if wanted[1]:
            found[1] = windows.kernel_slopes(grad, a, window, groups)
    if wanted[2]:
        axes = [i for i in range(grad.ndim) if i != 1]
        found[2] = sums.reduced(sums.sum_of, grad, axes)
    return found


# Linear maps with constant weights.
@lru_cache(16)
def weights(name: str, sizes: Ints, *options: Any) -> tuple[Array, tuple[int, ...]]:
    """The matrix of a linear operation on a space, as torch computes it in doubles, and the sizes
    of its results: each unit vector is a channel.
    """
    count = math.prod(sizes)
    if count * count > MOST:
        raise NotUnderstood("a large image that is pooled or resized", "use a smaller one")
    units = torch.eye(count, dtype=torch.float64).reshape(1, count, *sizes)
    found = getattr(torch.ops.aten, name).default(units, *options)[0]
    return found.reshape(count, -1).numpy().T, tuple(found.shape[1:])


def _asked(name: str, sizes: Ints, options: Sequence[Any]) -> tuple[Array, tuple[int, ...]]:
    whole = lambda x: tuple(x) if isinstance(x, (list, tuple)) else x
    return weights(name, tuple(map(int, sizes)), *map(whole, options))


def _times(x: Any, weight: float) -> Any:
    return op.real(x) * weight


def _average(x: Any, weight: float) -> Any:
    """x / k, the weight of an average being 1 / k."""
    count = round(1 / weight)
    if abs(weight * count - 1) > 1e-12:
        raise NotUnderstood("a pool whose weights are no averages")
    return op.real(x) / count


def _linear(
    matrix: Array, a: Any, shape: Ints, lead: int, part: Callable[[Any, float], Any]
) -> Array:
    """A matrix on what follows the first axes of an array. part: a number by its weight."""
    a = g.settled(g.lifted(a))
    rows = [[(int(j), float(row[j])) for j in np.flatnonzero(row)] for row in matrix]
    out = [
        sums.sum_of([part(line[j], weight) for j, weight in row] or [Ball(0)])
        for line in a.reshape(math.prod(a.shape[:lead]), -1)
        for row in rows
    ]
    return g.array_from(out, [*a.shape[:lead], *shape])


def _pool(name: str, space: int) -> None:
    """avg_pool2d and its derivative."""

    @rule(name)
    def forward(a: Any, *options: Any, **named: Any) -> Array:
        lead = g.boxed(a).ndim - space
        matrix, shape = _asked(name, a.shape[lead:], [*options, *named.values()])
        return _linear(matrix, a, shape, lead, _average)

    @rule(f"{name}_backward")
    def backward(grad: Any, a: Any, *options: Any, **named: Any) -> Array:
        sizes = g.boxed(a).shape[-space:]
        adaptive = name.startswith("_adaptive")
        asked = [g.boxed(grad).shape[-space:]] if adaptive else [*options, *named.values()]
        return _linear(_asked(name, sizes, asked)[0].T, grad, sizes, a.ndim - space, _average)


for _name, _space in (
    ("avg_pool2d", 2), ("avg_pool3d", 3), ("_adaptive_avg_pool2d", 2), ("_adaptive_avg_pool3d", 3),
):  # fmt: skip
    _pool(_name, _space)


def _resized(name: str) -> None:
    """The derivative of upsample_bilinear2d and the like."""

    @rule(f"{name}_backward")
    def backward(grad: Any, size: Ints, before: Ints, *options: Any) -> Array:
        matrix, _ = _asked(name, before[2:], [size, *options])
        return _linear(matrix.T, grad, before[2:], 2, _times)


for _name in (
    "upsample_nearest1d", "upsample_nearest2d", "upsample_nearest3d", "upsample_linear1d",
    "upsample_bilinear2d", "upsample_bicubic2d", "upsample_trilinear3d",
):  # fmt: skip
    _resized(_name)


def _padded(name: str, space: int) -> None:
    @rule(f"{name}_backward")
    def backward(grad: Any, a: Any, padding: Ints) -> Array:
        sizes = g.boxed(a).shape[-space:]
        matrix, _ = _asked(name, sizes, [padding])
        return _linear(matrix.T, grad, sizes, a.ndim - space, _times)


for _space in (1, 2, 3):
    _padded(f"replication_pad{_space}d", _space)


@rule("adaptive_max_pool2d")
def _adaptive_max_pool(a: Any, size: Ints) -> list[Array]:
    a = g.boxed(a)
    rows, columns = a.shape[-2:]
    cut: Callable[[int, int, int], range] = lambda i, n, k: range(i * n // k, -(-(i + 1) * n // k))
    windows_of = [
        [r * columns + c for r in cut(i, rows, size[0]) for c in cut(j, columns, size[1])]
        for i in range(size[0])
        for j in range(size[1])
    ]
    flat = a.reshape(*a.shape[:-2], rows * columns)
    places = np.empty((*a.shape[:-2], len(windows_of)), dtype=np.int64)
    for at in np.ndindex(*places.shape):
        inside = windows_of[at[-1]]
        places[at] = inside[sums.place_of_largest([flat[at[:-1]][i] for i in inside])]
    shape = (*a.shape[:-2], *size)
    return [np.take_along_axis(flat, places, -1).reshape(shape), places.reshape(shape)]


@rule("max_pool2d_with_indices_backward", "adaptive_max_pool2d_backward")
def _max_pool_backward(grad: Any, a: Any, *options: Any) -> Array:
    """Each slope to the place of its largest; the places are the last operand."""
    a, grad, places = g.boxed(a), g.lifted(grad), g.boxed(options[-1])
    size = math.prod(a.shape[-2:])
    first = np.arange(math.prod(a.shape[:-2])).reshape(-1, 1) * size
    where = (first + places.reshape(len(first), -1)).ravel().tolist()
    return sums.scattered(np.zeros(a.shape), where, g.flat_list(grad), "add")


@rule("_trilinear")
def _trilinear(
    a: Any, b: Any, c: Any, one: Ints, two: Ints, three: Ints, summed: Ints, *_: Any
) -> Array:
    first, second, third = (
        np.expand_dims(g.boxed(x), tuple(axes)) for x, axes in ((a, one), (b, two), (c, three))
    )
    product = g.apply("multiply", g.apply("multiply", first, second), third)
    return sums.reduced(sums.sum_of, product, summed)


@rule("softshrink_backward", "hardshrink_backward")
def _shrink_backward(grad: Any, a: Any, limit: Any) -> Array:
    inside = np.logical_and(
        g.comparison("le")(a, float(limit)), g.comparison("ge")(a, -float(limit))
    )
    return g.chosen(inside, [grad, np.zeros(g.boxed(grad).shape)])


@rule("_weight_norm_interface_backward")
def _weight_norm_backward(grad: Any, v: Any, size: Any, norms: Any, dim: int) -> list[Array]:
    """Of v g / |v|, the norm of each slice along dim."""
    v = g.boxed(v)
    axes = [i for i in range(v.ndim) if i != dim]
    along = sums.reduced(sums.sum_of, g.apply("multiply", grad, v), axes, keep=True)
    along = g.apply("divide", along, norms)
    inward = g.apply("multiply", v, g.apply("divide", along, g.apply("square", norms)))
    factor = g.apply("divide", size, norms)
    turned = g.apply("subtract", grad, g.apply("multiply", inward, norms))
    return [g.apply("multiply", factor, turned), along]
