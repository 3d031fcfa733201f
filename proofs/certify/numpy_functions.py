"""numpy's functions that are no ufuncs, each with its rule: sums, means, products, linear
algebra.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from proofs.certify import operations as op
from proofs.certify import reals
from proofs.certify.errors import NotUnderstood
from proofs.certify.numpy_front import check_dtype, dispatch_ufunc, objects, plain, store
from proofs.certify.reals import compare

RULES: dict[Any, Callable[..., Any]] = {}


def rule(*functions: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    def put(f: Callable[..., Any]) -> Callable[..., Any]:
        for function in functions:
            RULES[function] = f
        return f

    return put


def _reducing(ufunc: Any) -> Callable[..., Any]:
    def reduce(
        a: Any, axis: Any = None, dtype: Any = None, out: Any = None, keepdims: Any = False,
        initial: Any = None,
        where: Any = True,
    ) -> Any:  # fmt: skip
        check_dtype(dtype)
        where = True if where is np._NoValue else where
        initial = None if initial is np._NoValue else initial
        keepdims = False if keepdims is np._NoValue else keepdims
        return dispatch_ufunc(
            ufunc, "reduce", objects(a), axis=axis, keepdims=keepdims, initial=initial, where=where,
            out=None if out is None else (out,),
        )  # fmt: skip

    return reduce


_sum = rule(np.sum)(_reducing(np.add))
rule(np.prod)(_reducing(np.multiply))
_max, _min = _reducing(np.maximum), _reducing(np.minimum)


@rule(np.max, np.amax)
def _largest(
    a: Any,
    axis: Any = None,
    out: Any = None,
    keepdims: Any = False,
    initial: Any = None,
    where: Any = True,
) -> Any:
    return _max(a, axis, None, out, keepdims, initial, where)


@rule(np.min, np.amin)
def _smallest(
    a: Any,
    axis: Any = None,
    out: Any = None,
    keepdims: Any = False,
    initial: Any = None,
    where: Any = True,
) -> Any:
    return _min(a, axis, None, out, keepdims, initial, where)


@rule(np.ptp)
def _range(a: Any, axis: Any = None) -> Any:
    return op.apply("subtract", _max(a, axis), _min(a, axis))


def _count(a: Any, axis: Any) -> int:
    shape = np.shape(a)
    if axis is None:
        return math.prod(shape)
    axes = (axis,) if np.isscalar(axis) else axis
    return math.prod(shape[i] for i in axes)


@rule(np.mean)
def _mean(
    a: Any,
    axis: Any = None,
    dtype: Any = None,
    out: Any = None,
    keepdims: Any = False,
    where: Any = True,
) -> Any:
    if where is not True and where is not np._NoValue:
        raise NotUnderstood("np.mean(where=)", "divide a sum by a count")
    total = _sum(a, axis, dtype, None, keepdims)
    return store(out, op.apply("divide", plain(total), _count(objects(a), axis)))


@rule(np.average)
def _average(
    a: Any, axis: Any = None, weights: Any = None, returned: bool = False, keepdims: Any = False
) -> Any:
    if returned:
        raise NotUnderstood("np.average(returned=True)")
    if weights is None:
        return _mean(a, axis, None, None, keepdims)
    a, weights = objects(a), objects(weights)
    if weights.shape != a.shape:
        weights = weights.reshape([n if i == axis else 1 for i, n in enumerate(a.shape)])
    top = _sum(op.apply("multiply", a, weights), axis, None, None, keepdims)
    return op.apply(
        "divide",
        plain(top),
        plain(_sum(np.broadcast_to(weights, a.shape), axis, None, None, keepdims)),
    )


@rule(np.var)
def _var(
    a: Any,
    axis: Any = None,
    dtype: Any = None,
    out: Any = None,
    ddof: Any = 0,
    keepdims: Any = False,
    **more: Any,
) -> Any:
    check_dtype(dtype)
    ddof = more.pop("correction", ddof)
    if more:
        raise NotUnderstood(f"np.var({', '.join(more)}=)")
    a = objects(a)
    off = op.apply("square", op.apply("subtract", a, plain(_mean(a, axis, keepdims=True))))
    return store(
        out,
        op.apply("divide", plain(_sum(off, axis, None, None, keepdims)), _count(a, axis) - ddof),
    )


@rule(np.std)
def _std(
    a: Any,
    axis: Any = None,
    dtype: Any = None,
    out: Any = None,
    ddof: Any = 0,
    keepdims: Any = False,
    **m: Any,
) -> Any:
    return store(out, op.apply("sqrt", plain(_var(a, axis, dtype, None, ddof, keepdims, **m))))


@rule(np.cumsum)
def _cumsum(a: Any, axis: Any = None, dtype: Any = None, out: Any = None) -> Any:
    check_dtype(dtype)
    a = objects(a).ravel() if axis is None else objects(a)
    return store(out, np.add.accumulate(a, axis=0 if axis is None else axis))


@rule(np.dot)
def _dot(a: Any, b: Any, out: Any = None) -> Any:
    a, b = _matrix(a), _matrix(b)
    if a.ndim == 0 or b.ndim == 0:
        return store(out, op.apply("multiply", a, b))
    if b.ndim <= 2:
        return store(out, op.matmul(a, b))
    return store(out, _tensordot(a, b, axes=((a.ndim - 1,), (b.ndim - 2,))))


def _matrix(a: Any) -> Any:
    """An array as it is: one of floats stays one, so that constant matrices are known as such."""
    a = plain(a)
    return a if isinstance(a, np.ndarray) and a.dtype.kind in "fiub" else objects(a)


@rule(np.vdot)
def _vdot(a: Any, b: Any) -> Any:
    return op.matmul(_matrix(a).ravel(), _matrix(b).ravel())


@rule(np.inner)
def _inner(a: Any, b: Any) -> Any:
    a, b = _matrix(a), _matrix(b)
    if a.ndim == 0 or b.ndim == 0:
        return op.apply("multiply", a, b)
    return _tensordot(a, b, axes=((a.ndim - 1,), (b.ndim - 1,)))


@rule(np.tensordot)
def _tensordot(a: Any, b: Any, axes: Any = 2) -> Any:
    a, b = _matrix(a), _matrix(b)
    if isinstance(axes, (int, np.integer)):
        n = int(axes)
        axes = (tuple(range(a.ndim - n, a.ndim)), tuple(range(n)))
    left, right = ([x] if np.isscalar(x) else list(x) for x in axes)
    left, right = [x % a.ndim for x in left], [x % b.ndim for x in right]
    free_a, free_b = (
        [i for i in range(a.ndim) if i not in left],
        [i for i in range(b.ndim) if i not in right],
    )
    inner = math.prod(a.shape[i] for i in left)
    rows = a.transpose([*free_a, *left]).reshape(-1, inner)
    columns = b.transpose([*right, *free_b]).reshape(inner, -1)
    shape = [a.shape[i] for i in free_a] + [b.shape[i] for i in free_b]
    return op.matmul(rows, columns).reshape(shape)[()]


@rule(np.outer)
def _outer(a: Any, b: Any, out: Any = None) -> Any:
    a, b = objects(a).ravel(), objects(b).ravel()
    return store(out, op.apply("multiply", a[:, None], b[None, :]))


@rule(np.einsum)
def _einsum(*operands: Any, out: Any = None, **_: Any) -> Any:
    """By index letters: the products of all factors, summed."""
    subscripts, *factors = operands
    if not isinstance(subscripts, str) or "." in subscripts:
        raise NotUnderstood("np.einsum with lists of axes or dots", "write the letters")
    left, arrow, right = subscripts.replace(" ", "").partition("->")
    terms = left.split(",")
    if not arrow:
        right = "".join(sorted(c for c in set(left) - {","} if left.count(c) == 1))
    arrays: list[Any] = [objects(a) for a in factors]
    sizes = {
        c: n
        for term, a in zip(terms, arrays, strict=True)
        for c, n in zip(term, a.shape, strict=True)
    }
    letters = right + "".join(sorted(set("".join(terms)) - set(right)))
    product: Any = 1.0
    for term, a in zip(terms, arrays, strict=True):
        for c in sorted(set(term)):
            while term.count(c) > 1:  # a diagonal
                i, j = term.index(c), term.rindex(c)
                a = np.diagonal(a, axis1=i, axis2=j)
                term = "".join(x for k, x in enumerate(term) if k not in (i, j)) + c
        a = a.transpose([term.index(c) for c in letters if c in term])
        product = op.apply(
            "multiply", product, a.reshape([sizes[c] if c in term else 1 for c in letters])
        )
    product = np.broadcast_to(objects(product), [sizes[c] for c in letters])
    summed = tuple(range(len(right), len(letters)))
    return store(out, op.total(product, summed) if summed else product)


@rule(np.trace)
def _trace(
    a: Any, offset: int = 0, axis1: int = 0, axis2: int = 1, dtype: Any = None, out: Any = None
) -> Any:
    return store(out, op.total(np.diagonal(objects(a), offset, axis1, axis2), -1))


@rule(np.clip)
def _clip(a: Any, a_min: Any = None, a_max: Any = None, out: Any = None, **more: Any) -> Any:
    low, high = more.get("min", a_min), more.get("max", a_max)
    low, high = (None if x is np._NoValue else plain(x) for x in (low, high))
    found = objects(a)
    if low is not None:
        found = op.apply("maximum", found, low)
    return store(out, found if high is None else op.apply("minimum", found, high))


@rule(np.nan_to_num, np.real, np.real_if_close)
def _same(a: Any, *_: Any, **__: Any) -> Any:
    return objects(a)


@rule(np.sinc)
def _sinc(x: Any) -> Any:
    return op.apply("sinc", objects(x))


@rule(np.any)
def _any(a: Any, axis: Any = None, out: Any = None, keepdims: Any = False, **_: Any) -> Any:
    truth = np.asarray(op.apply("not_equal", objects(a), 0))
    return np.any(truth, axis=axis, keepdims=bool(keepdims) and keepdims is not np._NoValue)


@rule(np.all)
def _all(a: Any, axis: Any = None, out: Any = None, keepdims: Any = False, **_: Any) -> Any:
    truth = np.asarray(op.apply("not_equal", objects(a), 0))
    return np.all(truth, axis=axis, keepdims=bool(keepdims) and keepdims is not np._NoValue)


@rule(np.isclose)
def _isclose(
    a: Any, b: Any, rtol: float = 1e-5, atol: float = 1e-8, equal_nan: bool = False
) -> Any:
    off = op.apply("absolute", op.apply("subtract", objects(a), objects(b)))
    allowed = op.apply("add", op.apply("multiply", op.apply("absolute", objects(b)), rtol), atol)
    return op.apply("less_equal", off, allowed)


@rule(np.allclose)
def _allclose(
    a: Any, b: Any, rtol: float = 1e-5, atol: float = 1e-8, equal_nan: bool = False
) -> bool:
    return bool(np.all(_isclose(a, b, rtol, atol)))


@rule(np.median)
def _median(
    a: Any, axis: Any = None, out: Any = None, overwrite_input: bool = False, keepdims: bool = False
) -> Any:
    if axis is not None or keepdims:
        raise NotUnderstood("np.median along an axis", "write a loop")
    ordered = np.sort(objects(a).ravel())
    n = len(ordered)
    return ordered[n // 2] if n % 2 else (ordered[n // 2 - 1] + ordered[n // 2]) / 2


@rule(np.linalg.norm)
def _norm(x: Any, ord: Any = None, axis: Any = None, keepdims: bool = False) -> Any:
    x = objects(x)
    vector = (axis is not None and np.isscalar(axis)) or (axis is None and x.ndim == 1)
    if ord is None or ord == "fro" or (ord == 2 and vector):
        return op.norm(x, axis, keepdims)
    if not vector:
        raise NotUnderstood(f"np.linalg.norm(ord={ord}) of a matrix")
    size = op.apply("absolute", x)
    if ord == 1:
        return op.total(size, axis, keepdims)
    if ord in (math.inf, -math.inf):
        return (op.largest if ord > 0 else op.smallest)(size, axis, keepdims)
    powers = op.total(op.apply("power", size, ord), axis, keepdims)
    return op.apply("power", powers, 1 / ord)


def _eliminated(a: Any, b: Any) -> tuple[Any, Any]:
    """Gaussian elimination of [a | b] with the pivot of the largest midpoint; the pivots'
    product (det) and a^-1 b.
    """
    a, b = objects(a).copy(), objects(b).copy()
    n = len(a)
    if a.shape != (n, n):
        raise NotUnderstood("linear algebra of stacked matrices", "write a loop")
    b = b.reshape(n, -1)
    det: Any = 1.0
    for k in range(n):
        pivot = max(range(k, n), key=lambda i: _size(a[i, k]))
        if pivot != k:
            a[[k, pivot]], b[[k, pivot]], det = a[[pivot, k]], b[[pivot, k]], -det
        det = det * a[k, k]
        inverse = 1 / op.real(a[k, k])
        for i in range(k + 1, n):
            factor = a[i, k] * inverse
            a[i, k:] = a[i, k:] - factor * a[k, k:]
            b[i] = b[i] - factor * b[k]
    for k in reversed(range(n)):
        for j in range(k + 1, n):
            b[k] = b[k] - a[k, j] * b[j]
        b[k] = b[k] * (1 / op.real(a[k, k]))
    return det, b


def _size(x: Any) -> float:
    """About how large a number is: for the choice of a pivot, which no result depends on."""
    ball = getattr(x, "ball", None)
    if ball is None and hasattr(x, "centre"):
        ball = x.centre[0]
    return abs(float(x if ball is None else ball.mid()))


@rule(np.linalg.solve)
def _solve(a: Any, b: Any) -> Any:
    return _eliminated(a, b)[1].reshape(np.shape(b))


@rule(np.linalg.inv)
def _inv(a: Any) -> Any:
    return _eliminated(a, np.eye(len(objects(a))))[1]


@rule(np.linalg.det)
def _det(a: Any) -> Any:
    a = objects(a)
    return _eliminated(a, np.zeros((len(a), 1)))[0]


@rule(np.linalg.slogdet)
def _slogdet(a: Any) -> Any:
    det = op.real(_det(a))
    positive = compare(det, ">", 0, "slogdet")
    return (1.0 if positive else -1.0), (det if positive else -det).log()


@rule(np.linalg.cholesky)
def _cholesky(a: Any, **_: Any) -> Any:
    a = objects(a)
    n = len(a)
    low = np.empty((n, n), dtype=object)
    low[...] = 0.0
    for i in range(n):
        for j in range(i + 1):
            rest = a[i, j] - reals.dot(low[i, :j].tolist(), low[j, :j].tolist()) if j else a[i, j]
            low[i, j] = op.real(rest).sqrt() if i == j else rest / op.real(low[j, j])
    return low


@rule(np.matrix_power if hasattr(np, "matrix_power") else np.linalg.matrix_power)
def _matrix_power(a: Any, n: int) -> Any:
    a = objects(a)
    found: Any = np.eye(len(a)).astype(object)
    for _ in range(abs(n)):
        found = op.matmul(found, a)
    return found if n >= 0 else _inv(found)


@rule(np.linalg.multi_dot)
def _multi_dot(arrays: Any, *, out: Any = None) -> Any:
    found = _matrix(arrays[0])
    for a in arrays[1:]:
        found = op.matmul(found, _matrix(a))
    return store(out, found)


@rule(np.convolve)
def _convolve(a: Any, v: Any, mode: str = "full") -> Any:
    a, v = objects(a), objects(v)
    if len(v) > len(a):
        a, v = v, a
    n, m = len(a), len(v)
    full = [
        reals.total([a[j] * v[k - j] for j in range(max(0, k - m + 1), min(n, k + 1))])
        for k in range(n + m - 1)
    ]
    cut = {"full": (0, n + m - 1), "same": ((m - 1) // 2, (m - 1) // 2 + n), "valid": (m - 1, n)}[
        mode
    ]
    out = np.empty(len(full), dtype=object)
    out[:] = full
    return out[slice(*cut)]
