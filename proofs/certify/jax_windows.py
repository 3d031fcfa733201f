"""Convolutions and pools of jax: what slides a window."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from proofs.certify import graph_sums as sums
from proofs.certify import graphs as g
from proofs.certify import windows
from proofs.certify.graphs import Array
from proofs.certify.jax_rules import RULES, Parameters, rule
from proofs.certify.windows import Window

__all__ = ["RULES"]


@rule("conv_general_dilated")
def _convolution(p: Parameters, a: Array, kernel: Array) -> Array:
    specs = p["dimension_numbers"]
    a, kernel = a.transpose(specs.lhs_spec), kernel.transpose(specs.rhs_spec)
    low, high = zip(*p["padding"], strict=True) if p["padding"] else ((), ())
    window = Window(
        a.shape[2:], kernel.shape[2:], p["window_strides"], low, high, p["rhs_dilation"],
        p["lhs_dilation"],
    )  # fmt: skip
    count = p["batch_group_count"]
    pairs = zip(np.split(a, count, 0), np.split(kernel, count, 0), strict=True)
    out = np.concatenate(
        [windows.convolved(x, w, window, p["feature_group_count"]) for x, w in pairs], 1
    )
    return out.transpose(np.argsort(specs.out_spec))


def _window(p: Parameters, a: Array) -> Window:
    low, high = zip(*p["padding"], strict=True) if p["padding"] else ((), ())
    ones = (1,) * a.ndim
    return Window(
        a.shape, p["window_dimensions"], p["window_strides"], low, high,
        p.get("window_dilation", ones), p.get("base_dilation", ones),
    )  # fmt: skip


def _reduced(rule_of: Callable[[list[Any]], Any], outside: float) -> Callable[..., Array]:
    def reduce(p: Parameters, a: Array) -> Array:
        window = _window(p, a)
        lists = window.patches(a[None, None], outside)[0, 0].tolist()
        return g.array_from([rule_of(line) for line in lists], window.positions)

    return reduce


rule("reduce_window_sum")(_reduced(sums.sum_of, 0.0))
rule("reduce_window_max")(_reduced(sums.largest_of, -np.inf))
rule("reduce_window_min")(_reduced(sums.smallest_of, np.inf))


@rule("select_and_scatter_add")
def _scattered(p: Parameters, source: Array, a: Array) -> Array:
    """Each number of source to the place of the largest (smallest) in its window."""
    window, sign = _window(p, a), 1 if p["select_prim"].name == "ge" else -1
    numbers, where = g.flat_list(g.lifted(a)), []
    for places in window.places.tolist():
        inside = [i for i in places if i >= 0]
        where.append(inside[sums.place_of_largest([numbers[i] for i in inside], sign)])
    return sums.scattered(np.zeros(a.shape), where, g.flat_list(g.lifted(source)), "add")


@rule("select_and_gather_add")
def _gathered(p: Parameters, tangents: Array, a: Array) -> Array:
    """Of each window the tangent at the place of its largest (smallest)."""
    window, sign = _window(p, a), 1 if p["select_prim"].name == "ge" else -1
    numbers, slopes = g.flat_list(g.lifted(a)), g.flat_list(g.lifted(tangents))
    out = []
    for places in window.places.tolist():
        inside = [i for i in places if i >= 0]
        out.append(slopes[inside[sums.place_of_largest([numbers[i] for i in inside], sign)]])
    return g.array_from(out, window.positions)
