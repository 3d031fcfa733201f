"""The primitives of jax: what each means on arrays of Reals.

A rule takes the parameters of the equation and its operands; it is called where some operand is
not a constant of the program. Primitives that move numbers about by computed places (gather,
scatter, pad, dynamic slices) are asked of jax itself, on arrays of places, so that there is no
second formula.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from proofs.certify import graph_sums as sums
from proofs.certify import graphs as g
from proofs.certify import smooth
from proofs.certify.errors import NotUnderstood
from proofs.certify.graphs import Array
from proofs.certify.reals import Ball

Parameters = dict[str, Any]
Rule = Callable[..., Any]

NAMES = {
    "add": "add", "add_any": "add", "sub": "subtract", "mul": "multiply", "div": "divide",
    "neg": "negative",
    "exp": "exp", "exp2": "exp2", "log": "log", "log1p": "log1p", "expm1": "expm1", "tanh": "tanh",
    "logistic": "sigmoid", "sin": "sin", "cos": "cos", "tan": "tan", "asin": "arcsin",
    "acos": "arccos",
    "atan": "arctan", "sinh": "sinh", "cosh": "cosh", "asinh": "arcsinh", "acosh": "arccosh",
    "atanh": "arctanh",
    "sqrt": "sqrt", "rsqrt": "rsqrt", "cbrt": "cbrt", "abs": "absolute", "sign": "sign",
    "square": "square",
    "erf": "erf", "erfc": "erfc", "lgamma": "lgamma", "atan2": "arctan2", "max": "maximum",
    "min": "minimum",
    "pow": "power",
}  # fmt: skip
SAME = (
    "copy", "copy_p", "stop_gradient", "optimization_barrier", "real", "conj", "reduce_precision",
    "device_put",
    "sharding_constraint", "pvary", "mesh_cast", "reshard", "layout_constraint",
)  # fmt: skip
STEPS = (
    "floor",
    "ceil",
    "round",
    "rem",
    "nextafter",
    "clz",
    "population_count",
    "bitcast_convert_type",
)


def elementwise(name: str) -> Rule:
    return lambda p, *arrays: g.apply(name, *arrays)


RULES: dict[str, Rule] = {name: elementwise(core) for name, core in NAMES.items()}
RULES |= {
    name: (lambda p, *arrays: list(arrays) if len(arrays) > 1 else arrays[0]) for name in SAME
}
RULES |= {
    name: (lambda p, a, b, c=name: g.comparison(c)(a, b))
    for name in ("eq", "ne", "gt", "ge", "lt", "le")
}


def rule(*names: str) -> Callable[[Rule], Rule]:
    def put(f: Rule) -> Rule:
        RULES.update(dict.fromkeys(names, f))
        return f

    return put


rule("integer_pow")(lambda p, a: g.power(a, int(p["y"])))
rule("is_finite")(lambda p, a: g.finite(a))
rule("clamp")(lambda p, low, x, high: g.clipped(x, low, high))
rule("select_n")(lambda p, which, *cases: g.chosen(which, cases))
rule("digamma")(lambda p, a: g.function(smooth.DIGAMMA)(a))
rule("erf_inv")(lambda p, a: g.function(smooth.ERFINV)(a))


@rule(*STEPS)
def _steps(p: Parameters, *arrays: Array) -> Any:
    raise NotUnderstood("a function with steps", g.STEPS)


@rule("convert_element_type")
def _cast(p: Parameters, a: Array) -> Any:
    kind = np.dtype(p["new_dtype"]).kind
    if kind in "fV":
        return a if a.dtype.kind in "fO" else a.astype(float)
    if kind == "b":
        return g.comparison("ne")(a, 0.0)
    raise NotUnderstood(f"a number turned into {np.dtype(p['new_dtype'])}", g.STEPS)


# Sums and their like.
def _axes(rule_of: Callable[[list[Any]], Any]) -> Rule:
    return lambda p, a: sums.reduced(rule_of, a, p["axes"])


rule("reduce_sum")(_axes(sums.sum_of))
rule("reduce_prod")(_axes(sums.product_of))
rule("reduce_max")(_axes(sums.largest_of))
rule("reduce_min")(_axes(sums.smallest_of))
rule("argmax")(
    lambda p, a: sums.reduced(lambda xs: sums.place_of_largest(xs), a, p["axes"]).astype(
        p["index_dtype"]
    )
)
rule("argmin")(
    lambda p, a: sums.reduced(lambda xs: sums.place_of_largest(xs, -1), a, p["axes"]).astype(
        p["index_dtype"]
    )
)
for _name, _rule in (
    ("cumsum", sums.cumsum), ("cumprod", sums.cumprod), ("cummax", sums.cummax),
    ("cummin", sums.cummin),
    ("cumlogsumexp", sums.cumlogsumexp),
):  # fmt: skip
    rule(_name)(lambda p, a, r=_rule: sums.along(a, p["axis"], r, p["reverse"]))


@rule("sort")
def _sort(p: Parameters, *arrays: Array) -> list[Array]:
    axis, count = p["dimension"], p["num_keys"]
    moved = [np.moveaxis(a, axis, -1) for a in arrays]
    out = [np.empty_like(a) for a in moved]
    for i in np.ndindex(*moved[0].shape[:-1]):
        order = sums.order_of([a[i].tolist() for a in moved[:count]], len(arrays) == 1)
        for a, b in zip(moved, out, strict=True):
            b[i] = a[i][order]
    return [np.moveaxis(a, -1, axis) for a in out]


@rule("top_k")
def _top_k(p: Parameters, a: Array) -> list[Array]:
    axis, k = p.get("axis", a.ndim - 1) % a.ndim, p["k"]
    moved = np.moveaxis(a, axis, -1)
    places = np.empty((*moved.shape[:-1], k), dtype=np.int32)
    for i in np.ndindex(*moved.shape[:-1]):
        line = list(moved[i])
        for j in range(k):
            rest = [q for q in range(len(line)) if q not in places[i][:j]]
            places[(*i, j)] = rest[sums.place_of_largest([line[q] for q in rest])]
    values = np.take_along_axis(moved, places, -1)
    return [np.moveaxis(values, -1, axis), np.moveaxis(places, -1, axis)]


# Numbers moved about.
@rule("broadcast_in_dim")
def _broadcast(p: Parameters, a: Array, *_: Any) -> Array:
    made = [1] * len(p["shape"])
    for i, d in enumerate(p["broadcast_dimensions"]):
        made[d] = a.shape[i]
    return np.broadcast_to(a.reshape(made), p["shape"])


@rule("reshape")
def _reshape(p: Parameters, a: Array, *_: Any) -> Array:
    if p.get("dimensions") is not None:
        a = np.transpose(a, p["dimensions"])
    return a.reshape(p["new_sizes"])


@rule("slice")
def _slice(p: Parameters, a: Array) -> Array:
    steps = p["strides"] or (1,) * a.ndim
    return a[
        tuple(slice(*s) for s in zip(p["start_indices"], p["limit_indices"], steps, strict=True))
    ]


rule("transpose")(lambda p, a: np.transpose(a, p["permutation"]))
rule("squeeze")(lambda p, a: np.squeeze(a, axis=tuple(p["dimensions"])))
rule("expand_dims")(lambda p, a: np.expand_dims(a, tuple(p["dimensions"])))
rule("rev")(lambda p, a: np.flip(a, p["dimensions"]))
rule("concatenate")(lambda p, *arrays: np.concatenate(g.together(arrays), axis=p["dimension"]))
rule("stack")(lambda p, *arrays: np.stack(g.together(arrays), axis=p["axis"]))
rule("unstack")(
    lambda p, a: [np.squeeze(x, p["axis"]) for x in np.split(a, a.shape[p["axis"]], p["axis"])]
)
rule("split")(lambda p, a: np.split(a, np.cumsum(p["sizes"])[:-1], axis=p["axis"]))
rule("tile")(lambda p, a: np.tile(a, p["reps"]))


@rule("dot_general")
def _dot(p: Parameters, a: Array, b: Array) -> Array:
    (ca, cb), (ba, bb) = p["dimension_numbers"]
    fa = [i for i in range(a.ndim) if i not in ca and i not in ba]
    fb = [i for i in range(b.ndim) if i not in cb and i not in bb]
    sizes: Callable[..., Any] = lambda x, axes: [x.shape[i] for i in axes]
    lead, inner = sizes(a, ba), math.prod(sizes(a, ca))
    left = a.transpose([*ba, *fa, *ca]).reshape(math.prod(lead), math.prod(sizes(a, fa)), inner)
    right = b.transpose([*bb, *cb, *fb]).reshape(math.prod(lead), inner, math.prod(sizes(b, fb)))
    parts = [sums.matmul(x, y) for x, y in zip(left, right, strict=True)]
    out = np.stack(g.together(parts)) if parts else np.empty(0, dtype=object)
    return g.lifted(out.reshape([*lead, *sizes(a, fa), *sizes(b, fb)]))


# Places that jax itself works out.


def moved(a: Array, bind: Callable[[Array], Any], outside: Any = None) -> Array:
    """The elements of a where `bind`, on the places 0, 1, ..., puts them; -1 is a number from
    outside.
    """
    places: Array = np.asarray(bind(np.arange(a.size, dtype=np.int32).reshape(a.shape)))
    found: Array = a.ravel()[places]
    if (places < 0).any():
        found = g.lifted(found).copy() if isinstance(outside, Ball) else found.copy()
        found[places < 0] = outside
    return found


def _bind(name: str, p: Parameters, *arrays: Any) -> Any:
    from jax import lax

    return getattr(lax, f"{name}_p").bind(*arrays, **p)


def _whole_numbers(*arrays: Array) -> None:
    if not all(map(g.is_plain, arrays)):
        raise NotUnderstood("an index that depends on the parameters", g.STEPS)


@rule("gather")
def _gather(p: Parameters, a: Array, where: Array) -> Array:
    _whole_numbers(where)
    fill = p.get("fill_value")
    outside = Ball(math.nan if fill is None else fill)
    return moved(a, lambda q: _bind("gather", p | {"fill_value": -1}, q, where), outside)


@rule("dynamic_slice")
def _dynamic_slice(p: Parameters, a: Array, *starts: Array) -> Array:
    _whole_numbers(*starts)
    first = [
        min(max(int(s), 0), n - k)
        for s, n, k in zip(starts, a.shape, p["slice_sizes"], strict=True)
    ]
    return a[tuple(slice(s, s + k) for s, k in zip(first, p["slice_sizes"], strict=True))]


@rule("dynamic_update_slice")
def _dynamic_update(p: Parameters, a: Array, update: Array, *starts: Array) -> Array:
    _whole_numbers(*starts)
    out, update = g.together([a, update])
    out = out.copy()
    first = [
        min(max(int(s), 0), n - k) for s, n, k in zip(starts, a.shape, update.shape, strict=True)
    ]
    out[tuple(slice(s, s + k) for s, k in zip(first, update.shape, strict=True))] = update
    return out


@rule("pad")
def _pad(p: Parameters, a: Array, value: Array) -> Array:
    a, value = g.together([a, value])
    return moved(a, lambda places: _bind("pad", p, places, np.int32(-1)), value[()])


def _scatter(how: str) -> Rule:
    def scatter(p: Parameters, a: Array, where: Array, updates: Array) -> Array:
        from jax.lax import GatherDimensionNumbers, gather

        _whole_numbers(where)
        d = p["dimension_numbers"]
        removed = {*d.inserted_window_dims, *d.operand_batching_dims}
        left = iter([updates.shape[i] for i in d.update_window_dims])
        sizes = [1 if i in removed else next(left) for i in range(a.ndim)]
        numbers = GatherDimensionNumbers(
            offset_dims=d.update_window_dims, collapsed_slice_dims=d.inserted_window_dims,
            start_index_map=d.scatter_dims_to_operand_dims,
            operand_batching_dims=d.operand_batching_dims,
            start_indices_batching_dims=d.scatter_indices_batching_dims,
        )  # fmt: skip
        places = gather(
            np.arange(a.size, dtype=np.int32).reshape(a.shape), where, numbers, tuple(sizes),
            mode=p["mode"], fill_value=-1,
        )  # fmt: skip
        numbers_put = g.flat_list(g.lifted(updates))
        if how == "sub":
            numbers_put = [-x for x in numbers_put]
        found = np.asarray(places).ravel().tolist()
        return sums.scattered(a, found, numbers_put, "add" if how == "sub" else how)

    return scatter


for _name, _how in (
    ("scatter", "put"), ("scatter_add", "add"), ("scatter-add", "add"), ("scatter_sub", "sub"),
    ("scatter-sub", "sub"),
    ("scatter_mul", "mul"), ("scatter-mul", "mul"), ("scatter_max", "max"), ("scatter-max", "max"),
    ("scatter_min", "min"), ("scatter-min", "min"),
):  # fmt: skip
    rule(_name)(_scatter(_how))


# Linear algebra, of one matrix.
def _one_matrix(a: Array) -> None:
    if a.ndim != 2:
        raise NotUnderstood("linear algebra of stacked matrices", "write a loop")


@rule("cholesky")
def _cholesky(p: Parameters, a: Array) -> Array:
    from proofs.certify.numpy_functions import RULES as NUMPY

    _one_matrix(a)
    a = g.settled(a)
    if p.get("symmetrize_input"):
        a = g.apply("multiply", g.apply("add", a, a.T), 0.5)
    found = NUMPY[np.linalg.cholesky](a)
    return g.mapped(g.number, found)


@rule("triangular_solve")
def _triangular_solve(p: Parameters, a: Array, b: Array) -> Array:
    """x with op(a) x = b, or x op(a) = b; the other half of a is not looked at."""
    _one_matrix(a)
    a, b, lower = g.settled(g.lifted(a)), g.settled(g.lifted(b)), bool(p["lower"])
    if p["transpose_a"]:
        a, lower = a.T, not lower
    if not p["left_side"]:
        a, b, lower = a.T, b.T, not lower
    out, n = b.copy(), len(a)
    for k in range(n) if lower else reversed(range(n)):
        for j in range(k) if lower else range(k + 1, n):
            out[k] = out[k] - a[k, j] * out[j]
        if not p["unit_diagonal"]:
            out[k] = out[k] * (1 / a[k, k])
    return out if p["left_side"] else out.T
