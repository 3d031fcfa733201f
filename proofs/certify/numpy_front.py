"""numpy code on arrays of balls: an ndarray subclass whose ufuncs and array functions are those
of `operations`.

The user's function is not touched. What has no rule here raises `NotUnderstood` with the
operation and the line; nothing falls through to numpy unless its name is on a list below.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from proofs.certify import operations as op
from proofs.certify import paths
from proofs.certify.errors import NotUnderstood, line_of_program
from proofs.certify.reals import Real

# numpy's and scipy.special's names of ufuncs, where they differ from the primitive table's.
RENAMED = {
    "true_divide": "divide",
    "fabs": "absolute",
    "abs": "absolute",
    "float_power": "power",
    "pow": "power",
    "fmax": "maximum",
    "fmin": "minimum",
    "expit": "sigmoid",
    "log_expit": "log_sigmoid",
    "gammaln": "lgamma",
    "asin": "arcsin",
    "acos": "arccos",
    "atan": "arctan",
    "atan2": "arctan2",
    "asinh": "arcsinh",
    "radians": "deg2rad",
    "degrees": "rad2deg",
    "acosh": "arccosh",
    "atanh": "arctanh",
    "loggamma": "lgamma",
}
PREDICATES = {"isfinite": True, "isnan": False, "isinf": False}  # numbers are real
IDENTITIES = ("conjugate", "conj", "real", "copy")
REDUCTIONS: dict[str, Callable[..., Any]] = {
    "add": op.total, "multiply": op.product, "maximum": op.largest, "minimum": op.smallest,
    "fmax": op.largest, "fmin": op.smallest, "logaddexp": op.log_sum_exp,
}  # fmt: skip
NEUTRAL = {"add": 0.0, "multiply": 1.0}
STEPS = (
    "floor",
    "ceil",
    "rint",
    "trunc",
    "floor_divide",
    "remainder",
    "mod",
    "fmod",
    "modf",
    "divmod",
)
# Functions of numpy that only move numbers about, or that are written with the ufuncs above.
STRUCTURAL = frozenset(
    """
    append apply_along_axis argmax argmin argsort argwhere array_equal array_split atleast_1d
    atleast_2d atleast_3d block broadcast_arrays broadcast_to can_cast choose column_stack
    common_type compress concatenate conj copy copyto count_nonzero cross cumprod cumulative_prod
    cumulative_sum delete diag diagflat diagonal diff dsplit dstack ediff1d empty_like expand_dims
    extract fill_diagonal flatnonzero flip fliplr flipud full_like gradient hsplit hstack insert
    iscomplexobj isrealobj ix_ kron matrix_transpose may_share_memory meshgrid min_scalar_type
    moveaxis ndim nonzero ones_like outer pad partition permute_dims piecewise place polyval put
    putmask ravel ravel_multi_index repeat reshape resize result_type roll rollaxis rot90 select
    shape shares_memory size sort squeeze stack swapaxes take take_along_axis tile transpose
    trapezoid trapz tril triu unravel_index unstack vander vsplit vstack where zeros_like
    """.split()  # noqa: SIM905
)


class BallArray(np.ndarray[Any, Any]):
    """An array of `Real`s and plain numbers."""

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        return dispatch_ufunc(ufunc, method, *inputs, **options)

    def __array_function__(self, func: Any, types: Any, args: Any, kwargs: Any) -> Any:
        return dispatch_function(func, types, args, kwargs)

    def astype(self, dtype: Any, *_: Any, **__: Any) -> Any:
        """Real numbers have no dtype; integers and bools would lose them."""
        check_dtype(dtype)
        return self.copy()

    def round(self, *_: Any, **__: Any) -> Any:
        raise NotUnderstood("round", "the loss has steps there; write it without")


def _method(name: str) -> Callable[..., Any]:
    function = getattr(np, name)
    return lambda self, *args, **kwargs: dispatch_function(function, (), (self, *args), kwargs)


for _name in ("sum", "mean", "var", "std", "prod", "max", "min", "dot", "cumsum", "clip", "trace"):
    setattr(BallArray, _name, _method(_name))  # ndarray's own methods do not ask __array_function__


def array_of(values: Any, shape: tuple[int, ...]) -> BallArray:
    """A BallArray of the numbers in a flat list."""
    out = np.empty(len(values), dtype=object)
    for i, v in enumerate(values):
        out[i] = v
    return out.reshape(shape).view(BallArray)


def plain(x: Any) -> Any:
    """The same numbers as an ndarray that numpy does not hand back to us; single numbers as
    they are.
    """
    if isinstance(x, BallArray):
        return x.view(np.ndarray)
    return x


def objects(x: Any) -> np.ndarray[Any, Any]:
    """Anything as an array of objects, without turning a Real into something else."""
    if isinstance(x, np.ndarray):
        return x.view(np.ndarray) if x.dtype == object else x.astype(object)
    if isinstance(x, Real):
        out = np.empty((), dtype=object)
        out[()] = x
        return out
    return np.asarray(x, dtype=object)


def wrapped(x: Any) -> Any:
    """What goes back to the user's program."""
    if isinstance(x, np.ndarray):
        return x.view(BallArray) if x.dtype == object and not isinstance(x, BallArray) else x
    if isinstance(x, (tuple, list)):
        return type(x)(wrapped(y) for y in x) if type(x) in (tuple, list) else x
    return x


def check_dtype(dtype: Any) -> None:
    """Raises where a dtype is asked for that cannot hold real numbers."""
    if dtype is not None and np.dtype(dtype).kind not in "fO":
        raise NotUnderstood(
            f"a number turned into {np.dtype(dtype)}", "the loss has steps there, or is complex"
        )


def store(out: Any, result: Any) -> Any:
    """The result, also in `out` where the caller asked for that."""
    if out is None:
        return wrapped(result)
    (target,) = out if isinstance(out, tuple) else (out,)
    if target is None:
        return wrapped(result)
    if not (isinstance(target, np.ndarray) and target.dtype == object):
        raise NotUnderstood(
            "a result stored in an array of floats", "use np.zeros_like(w), or make a new array"
        )
    target.view(np.ndarray)[...] = result
    return target


def dispatch_ufunc(
    ufunc: Any, method: str, *inputs: Any, out: Any = None, where: Any = True, **options: Any
) -> Any:
    """A ufunc (or its reduce, accumulate, outer, at) on arrays of which one holds Reals."""
    name = RENAMED.get(ufunc.__name__, ufunc.__name__)
    check_dtype(options.pop("dtype", None))
    for ignored in ("casting", "order", "subok", "signature"):
        options.pop(ignored, None)
    if name in STEPS:
        raise NotUnderstood(f"np.{ufunc.__name__}", "the loss has steps there; write it without")
    raw = [plain(x) for x in inputs]
    if method == "__call__":
        result = _called(ufunc, name, raw, options)
        if where is not True:
            if out is None or out[0] is None:
                raise NotUnderstood(f"np.{ufunc.__name__}(where=) without out=", "use np.where")
            result = np.where(where, result, out[0].view(np.ndarray))
        return store(out, result)
    if method == "reduce":
        return store(out, _reduced(ufunc, raw, where, options))
    if method == "at" and name in op.ELEMENTWISE:
        if raw[0].dtype != object:
            raise NotUnderstood(
                f"np.{ufunc.__name__}.at on an array of floats", "use np.zeros_like(w)"
            )
        op.elementwise(name).at(*[raw[0], *raw[1:]])
        return None
    if method in ("accumulate", "outer") and name in op.ELEMENTWISE:
        raw = (
            [objects(x) for x in raw[:2]] + raw[2:]
            if method == "outer"
            else [objects(raw[0]), *raw[1:]]
        )
        return store(out, getattr(op.elementwise(name), method)(*raw, **options))
    raise NotUnderstood(f"np.{ufunc.__name__}.{method}")


def _called(ufunc: Any, name: str, raw: list[Any], options: dict[str, Any]) -> Any:
    if options:
        raise NotUnderstood(f"np.{ufunc.__name__}({', '.join(options)}=)")
    if name in op.ELEMENTWISE:
        if len(raw) == 2:
            _note_outer(name, np.shape(raw[0]), np.shape(raw[1]))
        return op.apply(name, *raw)
    if name in PREDICATES:
        return np.full(np.shape(raw[0]), PREDICATES[name])[()]
    if name in IDENTITIES:
        return raw[0]
    if name == "matmul":
        return op.matmul(objects_or_plain(raw[0]), objects_or_plain(raw[1]))
    if name in ("vecdot", "matvec", "vecmat"):
        a, b = objects(raw[0]), objects(raw[1])
        if name == "vecdot":
            return op.total(op.apply("multiply", a, b), axis=-1)
        return (
            op.matmul(a, b[..., None])[..., 0]
            if name == "matvec"
            else op.matmul(a[..., None, :], b)[..., 0, :]
        )
    raise NotUnderstood(
        f"the ufunc {ufunc.__name__}",
        "see the list of what is understood in proofs/certify/README.md",
    )


def _note_outer(name: str, a: tuple[int, ...], b: tuple[int, ...]) -> None:
    """(n, 1) beside (n,) gives (n, n), which is seldom meant."""
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    if len(shorter) == 1 and shorter[0] > 1 and longer == (shorter[0], 1):
        n = shorter[0]
        paths.NOTES[
            f"{name} of shapes {a} and {b} at {line_of_program()} gives ({n}, {n}): every pair is"
            " taken, which is seldom meant; use .ravel() or [:, 0]"
        ] = None


def objects_or_plain(x: Any) -> Any:
    return (
        x
        if isinstance(x, np.ndarray)
        else objects(x)
        if not isinstance(x, (list, tuple))
        else np.asarray(x)
    )


def _reduced(ufunc: Any, raw: list[Any], where: Any, options: dict[str, Any]) -> Any:
    name = ufunc.__name__
    if name in ("logical_and", "logical_or"):
        return getattr(ufunc, "reduce")(op.apply("not_equal", raw[0], 0), **options)  # noqa: B009
    if name not in REDUCTIONS:
        raise NotUnderstood(f"np.{name}.reduce")
    array, *rest = raw
    axis = rest[0] if rest else options.pop("axis", 0)
    keepdims = bool(options.pop("keepdims", False))
    initial = options.pop("initial", None)
    if options:
        raise NotUnderstood(f"np.{name}.reduce({', '.join(options)}=)")
    array = objects(array)
    if where is not True:
        if name not in NEUTRAL:
            raise NotUnderstood(f"np.{name}.reduce(where=)")
        array = np.where(where, array, NEUTRAL[name])
    found = REDUCTIONS[name](array, axis, keepdims)
    if initial is not None and initial is not np._NoValue:
        found = op.apply(RENAMED.get(name, name), found, initial)
    return found


def dispatch_function(func: Any, types: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """A function of numpy that is no ufunc."""
    from proofs.certify.numpy_functions import RULES

    rule = RULES.get(func) or RULES.get(getattr(func, "__name__", ""))
    if rule is not None:
        return wrapped(rule(*args, **kwargs))
    name = getattr(func, "__name__", str(func))
    if name in ("round", "around", "fix", "digitize", "searchsorted", "histogram", "floor", "ceil"):
        raise NotUnderstood(f"np.{name}", "the loss has steps there; write it without")
    if name not in STRUCTURAL:
        module = getattr(func, "__module__", "numpy")
        raise NotUnderstood(
            f"{module}.{name}", "see the list of what is understood in proofs/certify/README.md"
        )
    if "dtype" in kwargs:
        check_dtype(kwargs["dtype"])
    if name in ("ones_like", "zeros_like", "empty_like", "full_like"):
        return _filled_like(name, *args, **kwargs)
    args = tuple(_as_array(a) for a in args)
    some = next(
        (a for a in _flat(args) if isinstance(a, BallArray)), np.empty(0, object).view(BallArray)
    )
    return wrapped(np.ndarray.__array_function__(some, func, (BallArray,), args, kwargs))


def _filled_like(name: str, a: Any, fill: Any = None, **options: Any) -> Any:
    shape = options.get("shape")
    out = np.empty(np.shape(a) if shape is None else shape, dtype=object)
    out[...] = {"ones_like": 1.0, "full_like": fill}.get(name, 0.0)
    return out.view(BallArray)


def _as_array(a: Any) -> Any:
    if isinstance(a, Real):
        return objects(a).view(BallArray)
    if isinstance(a, (list, tuple)) and any(isinstance(x, (Real, list, tuple)) for x in a):
        return type(a)(_as_array(x) for x in a)
    return a


def _flat(args: Any) -> Any:
    for a in args:
        if isinstance(a, (list, tuple)):
            yield from _flat(a)
        else:
            yield a
