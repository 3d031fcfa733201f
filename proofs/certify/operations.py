"""The primitive table: what numpy's, jax's and torch's operations mean on arrays of reals.

A front end maps its names onto these; each takes and gives arrays of objects (`Real`s and plain
numbers) or single ones. `ELEMENTWISE[name]` is a function of one, two or three numbers;
`apply(name, *arrays)` broadcasts it. The rules of one variable are in `balls.FUNCTIONS`; what is
here is made from those.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import numpy as np
from flint import arb, arb_mat

from proofs.certify import paths, reals
from proofs.certify.balls import FUNCTIONS, exact
from proofs.certify.errors import NotUnderstood
from proofs.certify.jets import Jet, matrix_times_jets
from proofs.certify.reals import Ball, Real, larger, magnitude, power, sign, smaller
from proofs.certify.tape import Block, Node

Array = np.ndarray[Any, Any]


def real(x: Any) -> Any:
    """A number as a Real."""
    return x if isinstance(x, Real) else Ball(exact(x))


def _function(name: str) -> Callable[[Any], Any]:
    rule = FUNCTIONS[name]
    return lambda x: real(x).apply(rule)


def _is_constant(x: Any, value: float) -> bool:
    return (
        x.ball.is_exact() and bool(x.ball == value)
        if type(x) is Ball
        else (not isinstance(x, Real) and x == value)
    )


def _logaddexp(a: Any, b: Any) -> Any:
    """log(e^a + e^b) = b + softplus(a - b): smooth, though it is often written with max."""
    return b + real(a - b).apply(FUNCTIONS["softplus"])


def _xlogy(x: Any, y: Any) -> Any:
    return 0.0 if _is_constant(x, 0) else x * _function("log")(y)


def _entropy(x: Any) -> Any:
    return -_xlogy(x, x)


def _hypot(a: Any, b: Any) -> Any:
    return root_of_squares([a, b])


def _clip(x: Any, low: Any, high: Any) -> Any:
    x = x if low is None else larger(real(x), low, "clip")
    return x if high is None else smaller(real(x), high, "clip")


def _arctan2(y: Any, x: Any) -> Any:
    """The angle of (x, y), off the negative x-axis."""
    y, x = real(y), real(x)
    if reals.compare(x, ">", 0, "arctan2"):
        return (y / x).apply(FUNCTIONS["arctan"])
    quarter = arb.pi() / 2
    if reals.compare(y, ">", 0, "arctan2"):
        return -(x / y).apply(FUNCTIONS["arctan"]) + Ball(quarter)
    if reals.compare(y, "<", 0, "arctan2"):
        return -(x / y).apply(FUNCTIONS["arctan"]) - Ball(quarter)
    raise NotUnderstood("arctan2 on the negative x-axis", "the angle jumps there")


def _huber(delta: Any, r: Any) -> Any:
    size = magnitude(real(r))
    return (
        real(r).square() * 0.5
        if reals.compare(size, "<=", delta, "huber")
        else delta * (size - delta * 0.5)
    )


def _sinc(x: Any) -> Any:
    """sin(pi x) / (pi x), off 0."""
    turned = real(x) * Ball(arb.pi())
    return turned.apply(FUNCTIONS["sin"]) / turned


def _heaviside(x: Any, at_zero: Any) -> Any:
    s = sign(real(x))
    return at_zero if s == 0 else int(s > 0)


def _logit(p: Any) -> Any:
    p = real(p)
    return (p / (1 - p)).apply(FUNCTIONS["log"])


_OF_ONE: dict[str, Callable[..., Any]] = {name: _function(name) for name in FUNCTIONS}
_OTHERS: dict[str, Callable[..., Any]] = {
    "add": lambda a, b: a + b,
    "subtract": lambda a, b: a - b,
    "multiply": lambda a, b: a * b,
    "divide": lambda a, b: real(a) / b,
    "power": lambda a, n: power(real(a), n),
    "negative": lambda x: -x,
    "positive": lambda x: x,
    "square": lambda x: reals.squared(x if isinstance(x, Real) else real(x)),
    "reciprocal": lambda x: 1 / real(x),
    "cbrt": lambda x: _cbrt(real(x)),
    "absolute": lambda x: magnitude(real(x)),
    "maximum": lambda a, b: larger(real(a), b, "maximum"),
    "minimum": lambda a, b: smaller(real(a), b, "minimum"),
    "clip": _clip,
    "relu": lambda x: larger(real(x), 0.0, "relu"),
    "sign": lambda x: sign(real(x)),
    "heaviside": _heaviside,
    "logaddexp": _logaddexp,
    "hypot": _hypot,
    "arctan2": _arctan2,
    "xlogy": _xlogy,
    "xlog1py": lambda x, y: 0.0 if _is_constant(x, 0) else x * _function("log1p")(y),
    "entr": _entropy,
    "rel_entr": lambda x, y: _xlogy(x, x) - _xlogy(x, y),
    "kl_div": lambda x, y: _xlogy(x, x) - _xlogy(x, y) - x + y,
    "huber": _huber,
    "pseudo_huber": lambda d, r: d * d * ((1 + (real(r) / d).square()).sqrt() - 1),
    "logit": _logit,
    "sinc": _sinc,
    "sqrt": lambda x: reals.root(real(x)),
    "deg2rad": lambda x: real(x) * Ball(arb.pi() / 180),
    "rad2deg": lambda x: real(x) * Ball(180 / arb.pi()),
    "greater": lambda a, b: reals.compare(real(a), ">", b),
    "greater_equal": lambda a, b: reals.compare(real(a), ">=", b),
    "less": lambda a, b: reals.compare(real(a), "<", b),
    "less_equal": lambda a, b: reals.compare(real(a), "<=", b),
    "equal": lambda a, b: reals.compare(real(a), "==", b),
    "not_equal": lambda a, b: reals.compare(real(a), "!=", b),
}
ELEMENTWISE = _OF_ONE | _OTHERS
COMPARISONS = ("greater", "greater_equal", "less", "less_equal", "equal", "not_equal")


def _cbrt(x: Any) -> Any:
    root: Callable[[Any], Any] = lambda y: (y.apply(FUNCTIONS["log"]) / 3).apply(FUNCTIONS["exp"])
    return root(x) if reals.compare(x, ">", 0, "cbrt") else -root(-x)


@cache
def elementwise(name: str) -> Any:
    """The rule of that name as a ufunc over objects."""
    if name in ("add", "subtract", "multiply"):  # numpy asks the objects themselves
        return getattr(np, name)
    rule = ELEMENTWISE[name]
    return np.frompyfunc(rule, rule.__code__.co_argcount, 1)


def apply(name: str, *arrays: Any) -> Any:
    """An elementwise rule on arrays that broadcast; comparisons give arrays of bool.

    Raises NotUnderstood for an unknown name.
    """
    if name not in ELEMENTWISE:
        raise NotUnderstood(name)
    if not any(isinstance(a, np.ndarray) for a in arrays):
        return ELEMENTWISE[name](*(a.item() if isinstance(a, np.generic) else a for a in arrays))
    if name == "power" and type(arrays[1]) in (int, float) and arrays[1] == 2:
        name, arrays = "square", arrays[:1]  # the most common power, said once for all entries
    with np.errstate(all="ignore"):  # flint may compute with doubles inside, and leave their flags
        out = elementwise(name)(*map(boxed, arrays))
    return out.astype(bool)[()] if name in COMPARISONS and isinstance(out, np.ndarray) else out


def boxed(x: Any) -> Any:
    """An operand that numpy takes as it is: a Real in an array of no dimension, a subclass as
    an ndarray.
    """
    if isinstance(x, np.ndarray):
        return x.view(np.ndarray)
    if isinstance(x, Real):
        out = np.empty((), dtype=object)
        out[()] = x
        return out
    return x


def root_of_squares(numbers: Sequence[Any]) -> Any:
    """The Euclidean norm of a list; its square is the exact sum of squares."""
    whole = real(reals.total([real(x).square() for x in numbers]))
    return paths.remember_root(whole.apply(FUNCTIONS["sqrt"]), whole)


def total(array: Any, axis: Any = None, keepdims: bool = False) -> Any:
    """The sum along axes (None: all)."""
    return _reduced(array, reals.total, axis, keepdims)


def product(array: Any, axis: Any = None, keepdims: bool = False) -> Any:
    return _reduced(array, lambda xs: _folded(lambda a, b: a * b, xs, 1.0), axis, keepdims)


def largest(array: Any, axis: Any = None, keepdims: bool = False) -> Any:
    return _reduced(array, lambda xs: _folded(ELEMENTWISE["maximum"], xs), axis, keepdims)


def smallest(array: Any, axis: Any = None, keepdims: bool = False) -> Any:
    return _reduced(array, lambda xs: _folded(ELEMENTWISE["minimum"], xs), axis, keepdims)


def norm(array: Any, axis: Any = None, keepdims: bool = False) -> Any:
    """The Euclidean norm along axes."""
    return _reduced(array, root_of_squares, axis, keepdims)


def log_sum_exp(array: Any, axis: Any = None, keepdims: bool = False) -> Any:
    """log(sum(exp)), without a comparison: smooth, though it is often written with max."""
    return _reduced(array, _log_sum_exp, axis, keepdims)


def _log_sum_exp(numbers: Sequence[Any]) -> Any:
    first = real(numbers[0])
    others = [(real(x) - first).apply(FUNCTIONS["exp"]) for x in numbers[1:]]
    return first + (1 + reals.total([*others, 0.0])).apply(FUNCTIONS["log"]) if others else first


def _folded(rule: Callable[[Any, Any], Any], numbers: Sequence[Any], start: Any = None) -> Any:
    if not len(numbers):
        if start is None:
            raise ValueError("the largest or smallest of no numbers")
        return start
    found = numbers[0]
    for x in numbers[1:]:
        found = rule(found, x)
    return found


def _reduced(array: Any, rule: Callable[[Sequence[Any]], Any], axis: Any, keepdims: bool) -> Any:
    array = np.asarray(array, dtype=object)
    if axis is None:
        axis = tuple(range(array.ndim))
    given: list[Any] = list(axis) if isinstance(axis, (tuple, list)) else [axis]
    axes = tuple(int(a) % max(array.ndim, 1) for a in given)
    kept = [a for a in range(array.ndim) if a not in axes]
    shape = tuple(array.shape[a] for a in kept)
    rows = array.transpose([*kept, *axes]).reshape(
        -1 if array.size else int(np.prod(shape)), _size(array, axes)
    )
    out = np.empty(len(rows), dtype=object)
    for i, row in enumerate(rows):
        out[i] = rule(row.tolist())
    if keepdims:
        return out.reshape([1 if a in axes else n for a, n in enumerate(array.shape)])
    return out.reshape(shape)[()]


def _size(array: Array, axes: tuple[int, ...]) -> int:
    return int(np.prod([array.shape[a] for a in axes], dtype=int))


def is_constant(array: Any) -> bool:
    """Whether an array holds plain numbers alone."""
    return not (isinstance(array, np.ndarray) and array.dtype.kind == "O") or not any(
        isinstance(x, Real) for x in np.ravel(array)
    )


def matmul(a: Any, b: Any) -> Any:
    """The matrix product as numpy has it, for one or two dimensions, and stacks of these."""
    a, b = np.asarray(a), np.asarray(b)
    if a.ndim == 0 or b.ndim == 0:
        raise ValueError("matmul of a number")
    if a.ndim > 2 or b.ndim > 2:
        return _stacked(a, b)
    rows = a.reshape(1, -1) if a.ndim == 1 else a
    columns = b.reshape(-1, 1) if b.ndim == 1 else b
    if rows.shape[1] != columns.shape[0]:
        raise ValueError(f"matmul: shapes {a.shape} and {b.shape} do not fit")
    out = _matrix_product(rows, columns)
    shape = (() if a.ndim == 1 else (a.shape[0],)) + (() if b.ndim == 1 else (b.shape[1],))
    return out.reshape(shape)[()]


def _stacked(a: Array, b: Array) -> Any:
    a = a[None, :] if a.ndim == 1 else a
    vector = b.ndim == 1
    b = b[:, None] if vector else b
    lead = np.broadcast_shapes(a.shape[:-2], b.shape[:-2])
    a, b = np.broadcast_to(a, lead + a.shape[-2:]), np.broadcast_to(b, lead + b.shape[-2:])
    out = np.empty((*lead, a.shape[-2], b.shape[-1]), dtype=object)
    for i in np.ndindex(*lead):
        out[i] = _matrix_product(a[i], b[i])
    return out[..., 0] if vector else out


def _matrix_product(a: Array, b: Array) -> Array:
    """a @ b for matrices: with a constant one by flint's matrices, otherwise by products of
    vectors.
    """
    out = np.empty((a.shape[0], b.shape[1]), dtype=object)
    if a.shape[1] == 0:
        out.fill(0.0)
        return out
    if a.size and b.size:
        known: Callable[[Any], bool] = lambda m: all(
            type(x) in (Ball, Jet, Node) or not isinstance(x, Real) for x in m.flat
        )
        if is_constant(a) and known(b):
            _fill(out, _constant_times(a, b))
            return out
        if is_constant(b) and known(a):
            _fill(out.T, _constant_times(b.T, a.T))
            return out
    left, right = [row.tolist() for row in a], [column.tolist() for column in b.T]
    for i, row in enumerate(left):
        for j, column in enumerate(right):
            out[i, j] = reals.dot(row, column)
    return out


def _fill(out: Array, rows: list[list[Any]]) -> None:
    for i, row in enumerate(rows):
        for j, x in enumerate(row):
            out[i, j] = x


_MATRICES: dict[tuple[Any, ...], arb_mat] = {}


def constant_matrix(a: Array) -> arb_mat:
    """A matrix of plain numbers in flint's form; the last few are remembered by their contents."""
    if a.dtype.kind not in "fiub" or a.dtype.itemsize > 8:
        return arb_mat([[exact(x) for x in row] for row in a.tolist()])
    key = (a.shape, a.dtype.str, a.tobytes())
    if key not in _MATRICES:
        if len(_MATRICES) >= 16:
            _MATRICES.pop(next(iter(_MATRICES)), None)
        flat = (
            a.astype(float).ravel().tolist() if a.dtype.kind == "f" else [int(x) for x in a.ravel()]
        )
        _MATRICES[key] = arb_mat(a.shape[0], a.shape[1], flat)
    return _MATRICES[key]


def _constant_times(a: Array, b: Array) -> list[list[Any]]:
    rows = b.tolist()
    kinds = {type(x) for row in rows for x in row}
    matrix = constant_matrix(a)
    if Jet in kinds:
        return matrix_times_jets(matrix, rows)
    if Node in kinds:
        inside = [
            [x if isinstance(x, (Node, Ball)) else Ball(exact(x)) for x in row] for row in rows
        ]
        tape = next(x.tape for row in inside for x in row if type(x) is Node)
        return Block(matrix, inside, tape).out
    values = matrix * arb_mat(
        [[x.ball if type(x) is Ball else exact(x) for x in row] for row in rows]
    )
    return [[Ball(v) for v in row] for row in values.tolist()]


def softmax(array: Any, axis: Any = None) -> Any:
    """exp(x) / sum(exp(x)), without a comparison."""
    shifted = array - log_sum_exp(array, axis, keepdims=True)
    return apply("exp", shifted)
