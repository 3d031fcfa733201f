"""A window that slides over arrays: convolutions, their derivatives, and pools, of jax and torch.

An array has the axes (batch, channels, ...); what follows them is the space, written flat here.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from proofs.certify import graph_sums as sums
from proofs.certify import graphs as g
from proofs.certify.graphs import Array
from proofs.certify.reals import Ball

Ints = Sequence[int]


class Window:
    """A window over a space of some sizes. places: where its elements lie in the flat space, by
    (position, element); -1 is outside.

    low, high: how much is put around. spread: as if the space had holes, spread - 1 of them
    between neighbours.
    """

    def __init__(
        self, sizes: Ints, window: Ints, stride: Ints, low: Ints, high: Ints, dilation: Ints,
        spread: Ints | None = None,
    ) -> None:  # fmt: skip
        count = len(sizes)
        self.sizes, self.window = tuple(map(int, sizes)), tuple(map(int, window))
        spread = spread or [1] * count
        self.positions = tuple(
            max(0, ((n - 1) * h + 1 if n else 0) + a + b - (d * (k - 1) + 1) + s) // s
            for n, h, a, b, d, k, s in zip(
                sizes, spread, low, high, dilation, window, stride, strict=True
            )
        )
        flat: Any = np.zeros((1, 1), dtype=int)
        inside: Any = np.ones((1, 1), dtype=bool)
        for i in range(count):
            first = np.arange(self.positions[i]) * stride[i] - low[i]
            at = first[:, None] + np.arange(self.window[i]) * dilation[i]
            there = (at % spread[i] == 0) & (at >= 0) & (at // spread[i] < sizes[i])
            flat = _outer(flat * sizes[i], at // spread[i], np.add)
            inside = _outer(inside, there, np.logical_and)
        self.places: Array = np.where(inside, flat, -1)

    def patches(self, a: Array, outside: Any = 0.0) -> Array:
        """(batch, channels, position, element) of (batch, channels, ...)."""
        flat = g.lifted(a).reshape(*a.shape[:2], -1)
        edge = np.full((*a.shape[:2], 1), g.number(outside), dtype=object)
        return np.concatenate([flat, edge], axis=2)[:, :, self.places]

    def laid(self, patches: Array) -> Array:
        """The adjoint of `patches`: what lies on one place is added up."""
        lead, where = patches.shape[:2], self.places.ravel().tolist()
        out = np.empty((*lead, *self.sizes), dtype=object)
        empty = np.zeros(self.sizes)
        for i in np.ndindex(*lead):
            out[i] = sums.scattered(empty, where, g.flat_list(patches[i]), "add")
        return out


def _outer(a: Array, b: Array, f: Callable[..., Any]) -> Array:
    """f of all pairs of rows and of columns."""
    both = f(a[:, None, :, None], b[None, :, None, :])
    return both.reshape(len(a) * len(b), -1)  # type: ignore[no-any-return]


def convolved(a: Array, kernel: Array, window: Window, groups: int) -> Array:
    """(batch, out, ...) from (batch, in, ...) and the kernel (out, in / groups, ...)."""
    parts = []
    for x, w in zip(np.split(a, groups, 1), np.split(kernel, groups, 0), strict=True):
        rows = window.patches(x).transpose(0, 2, 1, 3)  # batch, position, in, element
        size = rows.shape[2] * rows.shape[3]
        made = _product(rows.reshape(-1, size), w.reshape(len(w), size).T)
        parts.append(made.reshape(len(x), -1, len(w)).transpose(0, 2, 1))
    return np.concatenate(parts, 1).reshape(len(a), len(kernel), *window.positions)


def transposed(y: Array, kernel: Array, window: Window, groups: int) -> Array:
    """The adjoint of `convolved` in a: (batch, in, ...) from (batch, out, ...)."""
    parts = []
    for x, w in zip(np.split(y, groups, 1), np.split(kernel, groups, 0), strict=True):
        rows = x.reshape(*x.shape[:2], -1).transpose(0, 2, 1)  # batch, position, out
        made = _product(rows.reshape(-1, len(w)), w.reshape(len(w), -1))
        made = made.reshape(len(x), rows.shape[1], w.shape[1], -1)
        parts.append(window.laid(made.transpose(0, 2, 1, 3)))
    return np.concatenate(parts, 1)


def kernel_slopes(y: Array, a: Array, window: Window, groups: int) -> Array:
    """The adjoint of `convolved` in the kernel: (out, in / groups, ...)."""
    parts = []
    for x, b in zip(np.split(y, groups, 1), np.split(a, groups, 1), strict=True):
        rows = window.patches(b).transpose(0, 2, 1, 3)
        left = x.reshape(*x.shape[:2], -1).transpose(1, 0, 2).reshape(x.shape[1], -1)
        made = _product(left, rows.reshape(left.shape[1], -1))
        parts.append(made.reshape(x.shape[1], b.shape[1], *window.window))
    return np.concatenate(parts, 0)


def _product(a: Array, b: Array) -> Array:
    if not math.prod(a.shape) or not math.prod(b.shape):
        return np.full((len(a), b.shape[1]), Ball(0), dtype=object)
    return g.lifted(sums.matmul(a, b))
