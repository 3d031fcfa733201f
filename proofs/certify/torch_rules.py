"""The operations of torch (aten): what each means on arrays of Reals.

Other operations are written by torch itself with these (`torch_front` asks for its
decompositions). A rule takes the operands as torch passes them, tensors being arrays; it is
called where some operand is no constant of the program.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from proofs.certify import graph_sums as sums
from proofs.certify import graphs as g
from proofs.certify import operations as op
from proofs.certify import smooth
from proofs.certify.errors import NotUnderstood
from proofs.certify.graphs import Array
from proofs.certify.reals import Ball

Rule = Callable[..., Any]

NAMES = {
    "mul": "multiply", "neg": "negative", "exp": "exp", "exp2": "exp2", "log": "log",
    "log2": "log2",
    "log10": "log10", "log1p": "log1p", "expm1": "expm1", "tanh": "tanh", "sigmoid": "sigmoid",
    "sin": "sin", "cos": "cos", "tan": "tan", "asin": "arcsin", "acos": "arccos", "atan": "arctan",
    "sinh": "sinh", "cosh": "cosh", "asinh": "arcsinh", "acosh": "arccosh", "atanh": "arctanh",
    "sqrt": "sqrt", "rsqrt": "rsqrt", "abs": "absolute", "sign": "sign", "sgn": "sign",
    "erf": "erf", "erfc": "erfc", "lgamma": "lgamma", "atan2": "arctan2", "maximum": "maximum",
    "minimum": "minimum", "fmax": "maximum", "fmin": "minimum", "reciprocal": "reciprocal",
    "pow": "power", "logaddexp": "logaddexp", "xlogy": "xlogy",
    "hypot": "hypot",
}  # fmt: skip
SAME = ("clone", "detach", "alias", "lift_fresh_copy", "detach_copy")
STEPS = (
    "floor",
    "ceil",
    "round",
    "trunc",
    "frac",
    "remainder",
    "fmod",
    "floor_divide",
    "bernoulli",
)

RULES: dict[str, Rule] = {}


def rule(*names: str) -> Callable[[Rule], Rule]:
    def put(f: Rule) -> Rule:
        RULES.update(dict.fromkeys(names, f))
        return f

    return put


for _name, _core in NAMES.items():
    rule(_name)(lambda *arrays, c=_core, **_: g.apply(c, *arrays))
for _name in SAME:
    rule(_name)(lambda a, **_: a)
for _name in ("eq", "ne", "gt", "ge", "lt", "le"):
    rule(_name)(lambda a, b, c=_name: g.comparison(c)(a, b))
for _name in STEPS:

    @rule(_name)
    def _steps(*_: Any, name: str = _name, **__: Any) -> Any:
        raise NotUnderstood(f"the torch operation {name}", g.STEPS)


def _scaled(b: Any, alpha: Any) -> Any:
    return b if alpha == 1 else g.apply("multiply", g.lifted(b), alpha)


rule("add")(lambda a, b, alpha=1: g.apply("add", a, _scaled(b, alpha)))
rule("sub")(lambda a, b, alpha=1: g.apply("subtract", a, _scaled(b, alpha)))
rule("rsub")(lambda a, b, alpha=1: g.apply("subtract", b, _scaled(a, alpha)))
rule("relu")(lambda a: g.relu(a))
rule("digamma")(lambda a: g.function(smooth.DIGAMMA)(a))
rule("erfinv")(lambda a: g.function(smooth.ERFINV)(a))
rule("clamp")(lambda a, low=None, high=None: g.clipped(a, low, high))
rule("clamp_min")(lambda a, low: g.clipped(a, low, None))
rule("clamp_max")(lambda a, high: g.clipped(a, None, high))
rule("hardtanh")(lambda a, low=-1.0, high=1.0: g.clipped(a, low, high))
rule("where")(lambda which, a, b: g.chosen(g.boxed(which).astype(bool), [b, a]))
rule("isnan")(lambda a: ~g.finite(g.chosen(g.infinite(a), [a, np.zeros(a.shape)])))
rule("isinf")(lambda a: ~g.finite(a))
rule("masked_fill")(lambda a, mask, value: g.chosen(g.boxed(mask).astype(bool), [a, value]))
rule("addcmul")(lambda a, b, c, value=1: _plus_scaled(a, g.apply("multiply", b, c), value))
rule("addcdiv")(lambda a, b, c, value=1: _plus_scaled(a, g.apply("divide", b, c), value))
rule("lerp")(lambda a, b, t: g.apply("add", a, g.apply("multiply", t, g.apply("subtract", b, a))))


def _plus_scaled(a: Any, b: Any, scale: Any) -> Array:
    return g.apply("add", a, _scaled(b, scale))


@rule("div")
def _div(a: Any, b: Any, rounding_mode: Any = None) -> Array:
    if rounding_mode is not None:
        raise NotUnderstood("a division that rounds", g.STEPS)
    return g.apply("divide", a, b)


@rule("_to_copy")
def _cast(a: Array, dtype: Any = None, **_: Any) -> Array:
    if dtype is None or dtype.is_floating_point:
        return a
    if str(dtype) == "torch.bool":
        return g.comparison("ne")(a, 0.0)
    raise NotUnderstood(f"a number turned into {dtype}", g.STEPS)


# Sums and their like.
def axes(a: Array, dim: Any) -> list[int]:
    """The axes that torch means: None and [] are all of them."""
    if dim is None or (isinstance(dim, Sequence) and not len(dim)):
        return list(range(a.ndim))
    return [int(d) % max(a.ndim, 1) for d in (dim if isinstance(dim, Sequence) else [dim])]


def _reduction(rule_of: Callable[[list[Any]], Any]) -> Rule:
    def reduce(a: Any, dim: Any = None, keepdim: bool = False, dtype: Any = None) -> Array:
        a = g.boxed(a)
        return sums.reduced(rule_of, a, axes(a, dim), keepdim)

    return reduce


def _mean_of(numbers: list[Any]) -> Any:
    return sums.sum_of(numbers) / len(numbers)


for _name, _rule in (
    ("sum", sums.sum_of), ("mean", _mean_of), ("prod", sums.product_of), ("amax", sums.largest_of),
    ("amin", sums.smallest_of), ("logsumexp", sums.log_sum_exp_of),
):  # fmt: skip
    rule(_name)(_reduction(_rule))
rule("_softmax")(lambda a, dim, *_, **__: g.apply("exp", _log_softmax(a, dim)))


@rule("_log_softmax")
def _log_softmax(a: Any, dim: int, *_: Any, **__: Any) -> Array:
    a = g.boxed(a)
    return g.apply(
        "subtract", a, sums.reduced(sums.log_sum_exp_of, a, axes(a, dim), keep=bool(a.ndim))
    )


@rule("_log_softmax_backward_data")
def _log_softmax_backward(grad: Any, out: Any, dim: int, *_: Any) -> Array:
    total = sums.reduced(sums.sum_of, grad, axes(g.boxed(grad), dim), keep=bool(g.boxed(grad).ndim))
    return g.apply("subtract", grad, g.apply("multiply", g.apply("exp", out), total))


@rule("_softmax_backward_data")
def _softmax_backward(grad: Any, out: Any, dim: int, *_: Any) -> Array:
    both = g.apply("multiply", grad, out)
    total = sums.reduced(sums.sum_of, both, axes(both, dim), keep=bool(both.ndim))
    return g.apply("subtract", both, g.apply("multiply", out, total))


@rule("log_sigmoid_forward")
def _log_sigmoid(a: Any) -> list[Array]:
    return [g.apply("log_sigmoid", a), np.zeros(0)]


@rule("log_sigmoid_backward")
def _log_sigmoid_backward(grad: Any, a: Any, *_: Any) -> Array:
    return g.apply("multiply", grad, g.apply("sigmoid", g.apply("negative", a)))


@rule("tanh_backward")
def _tanh_backward(grad: Any, out: Any) -> Array:
    return g.apply("multiply", grad, g.apply("subtract", 1.0, g.apply("square", out)))


@rule("sigmoid_backward")
def _sigmoid_backward(grad: Any, out: Any) -> Array:
    return g.apply("multiply", grad, g.apply("multiply", out, g.apply("subtract", 1.0, out)))


@rule("threshold_backward")
def _threshold_backward(grad: Any, a: Any, threshold: Any) -> Array:
    return g.chosen(g.comparison("le")(a, float(threshold)), [grad, np.zeros(g.boxed(grad).shape)])


@rule("any", "all")
def _any(*_: Any, **__: Any) -> Any:
    raise NotUnderstood("any or all of numbers that depend on the parameters", "compare them first")


@rule("argmax")
def _argmax(a: Array, dim: Any = None, keepdim: bool = False) -> Array:
    return sums.reduced(lambda xs: sums.place_of_largest(xs), a, axes(a, dim), keepdim).astype(
        np.int64
    )


@rule("argmin")
def _argmin(a: Array, dim: Any = None, keepdim: bool = False) -> Array:
    found = sums.reduced(lambda xs: sums.place_of_largest(xs, -1), a, axes(a, dim), keepdim)
    return found.astype(np.int64)


def _with_place(sign: int) -> Rule:
    def both(a: Array, dim: Any = None, keepdim: bool = False) -> Any:
        if dim is None:
            return _reduction(sums.largest_of if sign > 0 else sums.smallest_of)(a)
        places = sums.reduced(
            lambda xs: sums.place_of_largest(xs, sign), a, axes(a, dim), bool(a.ndim)
        )
        places = places.astype(np.int64)
        if not a.ndim:
            return [a, places]
        values = np.take_along_axis(a, places, dim)
        return [x if keepdim else np.squeeze(x, dim) for x in (values, places)]

    return both


rule("max")(lambda a, *r, **k: _either(1, a, *r, **k))
rule("min")(lambda a, *r, **k: _either(-1, a, *r, **k))


def _either(sign: int, a: Array, dim: Any = None, keepdim: bool = False) -> Any:
    if isinstance(dim, np.ndarray):
        return g.apply("maximum" if sign > 0 else "minimum", a, dim)
    return _with_place(sign)(a, dim, keepdim)


@rule("sort")
def _sort(a: Array, dim: int = -1, descending: bool = False, stable: bool = False) -> list[Array]:
    moved = np.moveaxis(a, dim, -1)
    places = np.empty(moved.shape, dtype=np.int64)
    for i in np.ndindex(*moved.shape[:-1]):
        places[i] = sums.order_of([list(moved[i])], False, descending)
    values = np.take_along_axis(moved, places, -1)
    return [np.moveaxis(values, -1, dim), np.moveaxis(places, -1, dim)]


@rule("topk")
def _topk(a: Array, k: int, dim: int = -1, largest: bool = True, *_: Any, **__: Any) -> list[Array]:
    values, places = _sort(a, dim, largest)
    cut = [slice(None)] * a.ndim
    cut[dim % a.ndim] = slice(0, k)
    return [values[tuple(cut)], places[tuple(cut)]]


for _name, _step in (
    ("cumsum", sums.cumsum),
    ("cumprod", sums.cumprod),
    ("logcumsumexp", sums.cumlogsumexp),
):
    rule(_name)(lambda a, dim, r=_step, **_: sums.along(a, dim, r))


@rule("var")
def _var(a: Array, dim: Any = None, correction: Any = 1, keepdim: bool = False, **_: Any) -> Array:
    where = axes(a, dim)
    count = math.prod(a.shape[i] for i in where)
    off = g.apply("subtract", a, sums.reduced(_mean_of, a, where, keep=bool(a.ndim)))
    total = sums.reduced(sums.sum_of, g.apply("square", off), where, keepdim)
    return g.apply("divide", total, count - (1 if correction is None else correction))


@rule("var_mean")
def _var_mean(a: Array, dim: Any = None, correction: Any = 1, keepdim: bool = False) -> list[Array]:
    return [_var(a, dim, correction, keepdim), _reduction(_mean_of)(a, dim, keepdim)]


@rule("linalg_vector_norm")
def _norm(
    a: Array, ord: Any = 2, dim: Any = None, keepdim: bool = False, dtype: Any = None
) -> Array:
    size: Callable[..., Any] = lambda: g.apply("absolute", a)
    where = axes(a, dim)
    if ord in (None, 2):
        return sums.reduced(op.root_of_squares, g.settled(g.lifted(a)), where, keepdim)
    if ord in (math.inf, -math.inf):
        return sums.reduced(
            sums.largest_of if ord > 0 else sums.smallest_of, size(), where, keepdim
        )
    if ord == 1:
        return sums.reduced(sums.sum_of, size(), where, keepdim)
    if ord == 0:
        raise NotUnderstood("a norm that counts", g.STEPS)
    return g.power(sums.reduced(sums.sum_of, g.power(size(), ord), where, keepdim), 1 / Ball(ord))


# Products.
def _mm(a: Any, b: Any) -> Array:
    return g.lifted(sums.matmul(a, b))


rule("mm", "bmm")(_mm)
rule("mv")(lambda a, b: _mm(a, g.boxed(b)[:, None])[:, 0])
rule("dot")(lambda a, b: g.boxed(_mm(g.boxed(a)[None, :], g.boxed(b)[:, None])[0, 0]))


@rule("addmm")
def _addmm(c: Any, a: Any, b: Any, beta: Any = 1, alpha: Any = 1) -> Array:
    return g.apply("add", _scaled(c, beta), _scaled(_mm(a, b), alpha))


rule("baddbmm")(_addmm)
rule("addmv")(
    lambda c, a, b, beta=1, alpha=1: g.apply(
        "add", _scaled(c, beta), _scaled(_mm(a, g.boxed(b)[:, None])[:, 0], alpha)
    )
)
