"""A program, as the rest of the room sees it: what a front end supplies.

A front end makes a `Program` from the user's loss, gradient and starting point. Coordinates are a
flat list everywhere outside the front ends; `Layout` turns it into what the user's functions
take, and back.
"""

from __future__ import annotations

import inspect
import math
import os
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from typing import Any

from proofs.certify.errors import BadCall, FloatAsked, NotDecided, OutOfBudget
from proofs.certify.reals import Ball, Real


@dataclass
class Program:
    """A loss, perhaps its gradient, and a start.

    start: the coordinates as floats. names: what to call each in a report.
    loss, gradient: from a flat list of `Real`s, by the user's own code (or by the graph that was
    traced from it); they raise `NotUnderstood` for an operation without a rule. gradient is None
    where there is none to run.
    loss_value, gradient_value: from a flat list of floats, as the user's program computes it, in
    its own precision.
    unit: the unit roundoff of that precision. front: which front end made it.
    """

    start: list[float]
    names: list[str]
    loss: Callable[[list[Any]], Any]
    gradient: Callable[[list[Any]], list[Any]] | None
    loss_value: Callable[[list[float]], float]
    gradient_value: Callable[[list[float]], list[float]] | None
    unit: float = 2.0**-53
    front: str = "python"
    notes: list[str] = field(default_factory=list)


class Layout:
    """How the user's argument is built: floats, arrays, and dicts, lists and tuples of these.

    Raises BadCall for an empty argument, integers, nan and what is no number.
    """

    def __init__(self, at: Any) -> None:
        self.start: list[float] = []
        self.names: list[str] = []
        self.units: list[float] = []
        self.build = self._read(at, "w" if not isinstance(at, (dict, list, tuple)) else "")
        if not self.start:
            raise BadCall("at is empty: give the parameters at which to check")
        self.arrays = bool(self.units)
        self.unit = max(self.units, default=2.0**-53)

    def _read(self, at: Any, name: str) -> Callable[[list[Any], int], tuple[Any, int]]:
        if isinstance(at, dict):
            return self._composed({k: self._read(v, f"{name}[{k!r}]") for k, v in at.items()}, dict)
        if isinstance(at, (list, tuple)):
            kind = type(at)
            make = kind if kind in (list, tuple) else (lambda parts: kind(*parts))
            parts = {i: self._read(v, f"{name}[{i}]") for i, v in enumerate(at)}
            return self._composed(parts, lambda pairs: make([v for _, v in pairs]))
        if hasattr(at, "dtype") and hasattr(at, "shape"):
            return self._array(at, name)
        if isinstance(at, bool) or not isinstance(at, (int, float)):
            raise BadCall(
                f"{_called(name)} is {at!r:.60} ({type(at).__name__}): floats, arrays or trees of"
                " arrays are asked for"
            )
        if isinstance(at, int):
            raise BadCall(
                f"{_called(name)} is the integer {at}: write {at}.0, for a step would be cut off"
            )
        self._put(at, name or "w")
        return lambda flat, k: (flat[k], k + 1)

    def _put(self, value: float, name: str) -> None:
        if not math.isfinite(value):
            raise BadCall(f"{name} is {value} at the start: every coordinate must be finite")
        self.start.append(value)
        self.names.append(name)

    def _composed(
        self, parts: dict[Any, Any], make: Callable[[Any], Any]
    ) -> Callable[..., tuple[Any, int]]:
        def build(flat: list[Any], k: int) -> tuple[Any, int]:
            made = []
            for key, part in parts.items():
                value, k = part(flat, k)
                made.append((key, value))
            return make(made), k

        return build

    def _array(self, at: Any, name: str) -> Callable[[list[Any], int], tuple[Any, int]]:
        import numpy as np

        from proofs.certify.numpy_front import array_of

        if isinstance(at, (np.matrix, np.ma.MaskedArray)):
            raise BadCall(
                f"{_called(name)} is a {type(at).__name__}: the loss is run on plain arrays, so"
                " give one"
            )
        array = np.asarray(at)
        if array.dtype.kind in "iub":
            raise BadCall(
                f"{_called(name)} holds integers ({array.dtype}): use floats, for a step would"
                " be cut off"
            )
        if array.dtype.kind != "f" or array.dtype.itemsize > 8:
            raise BadCall(
                f"{_called(name)} is an array of {array.dtype}: an array of floats of at most"
                " 64 bits is asked for"
            )
        shape, dtype, size = array.shape, array.dtype, array.size
        self.units.append(float(np.finfo(dtype).eps) / 2)
        for index in np.ndindex(*shape):
            self._put(
                float(array[index]), f"{name}[{', '.join(map(str, index))}]" if index else name
            )

        def build(flat: list[Any], k: int) -> tuple[Any, int]:
            part = flat[k : k + size]
            if any(isinstance(x, Real) for x in part):
                return (array_of(part, shape) if shape else part[0]), k + size
            made = np.array(part, dtype=dtype).reshape(shape)
            return (made if shape else made[()]), k + size

        return build

    def argument(self, flat: Sequence[Any]) -> Any:
        """The user's argument with these coordinates; fresh arrays each time."""
        return self.build(list(flat), 0)[0]

    def flatten(self, tree: Any, like: Any, what: str) -> list[Any]:
        """The coordinates of a gradient, which must be built as the start is.

        Raises BadCall where it is built otherwise.
        """
        out: list[Any] = []
        _flatten(tree, like, what, out)
        return out


def _called(name: str) -> str:
    return "at" if name in ("", "w") else f"at{name}"


def _flatten(tree: Any, like: Any, what: str, out: list[Any]) -> None:
    if isinstance(like, dict):
        if not isinstance(tree, dict) or set(tree) != set(like):
            raise BadCall(
                f"{what} is built otherwise than at: a dict with the keys"
                f" {sorted(map(str, like))} is asked for"
            )
        for key in like:
            _flatten(tree[key], like[key], f"{what}[{key!r}]", out)
        return
    if isinstance(like, (list, tuple)):
        if not hasattr(tree, "__len__") or len(tree) != len(like) or isinstance(tree, (dict, str)):
            raise BadCall(
                f"{what} is built otherwise than at: {len(like)} parts are asked for, not"
                f" {_told(tree)}"
            )
        for i, part in enumerate(like):
            _flatten(tree[i], part, f"{what}[{i}]", out)
        return
    shape = tuple(getattr(like, "shape", ()))
    if isinstance(tree, (list, tuple)) and shape:
        import numpy as np

        tree = (
            np.array(tree, dtype=object)
            if any(isinstance(x, Real) for x in tree)
            else np.asarray(tree)
        )
    if tree is None or isinstance(tree, (str, bytes)):
        raise BadCall(f"{what} returns {tree!r:.40}: an array or a float is asked for")
    found = tuple(getattr(tree, "shape", ()))
    if found != shape:
        raise BadCall(
            f"{what} has shape {found}, the parameters have {shape}: a gradient has the shape"
            " of its point"
        )
    if not shape:
        out.append(tree.item() if hasattr(tree, "item") and not isinstance(tree, Real) else tree)
    else:
        out.extend(tree.ravel().tolist())


def _told(value: Any) -> str:
    shape = getattr(value, "shape", None)
    return f"an array of shape {shape}" if shape else f"{value!r:.60}"


def number_of_loss(value: Any) -> Any:
    """The loss's value as one number, a Real or a float.

    Raises BadCall for an array, a complex, a bool, a string or None.
    """
    if isinstance(value, Real):
        return value
    shape = getattr(value, "shape", ())
    if shape != () and math.prod(shape) != 1:
        raise BadCall(
            f"the loss returns an array of shape {tuple(shape)}: return one number (a mean or a"
            " sum)"
        )
    if isinstance(value, (list, tuple)):
        raise BadCall(f"the loss returns {len(value)} numbers: return one (a mean or a sum)")
    if hasattr(value, "item"):
        value = value.item()
        if isinstance(value, Real):
            return value
    odd = isinstance(value, (bool, complex, str, bytes)) or value is None
    if odd or not hasattr(value, "__float__"):
        raise BadCall(
            f"the loss returns {value!r:.40} ({type(value).__name__}): return one real number"
        )
    return value


def spread_over(function: Callable[..., Any], at: Any) -> bool:
    """Whether the function takes the parts of a tuple or list as separate arguments, as loss(w,
    b) does.
    """
    if not isinstance(at, (tuple, list)) or len(at) < 2:
        return False
    try:
        parameters = list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError):
        return False
    positional = [p for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
    if any(p.kind == p.VAR_POSITIONAL for p in parameters) and not positional:
        return True
    return len([p for p in positional if p.default is p.empty]) > 1


def python_program(loss: Callable[..., Any], grad: Callable[..., Any] | None, at: Any) -> Program:
    """numpy code and plain Python: the functions themselves run on balls."""
    layout = Layout(at)
    spread = {id(f): spread_over(f, at) for f in (loss, grad) if f is not None}
    call: Callable[[Any, Any], Any] = lambda f, x: f(*x) if spread[id(f)] else f(x)

    def gradient(flat: list[Any]) -> list[Any]:
        assert grad is not None
        with _new_arrays(loss, grad):
            found = layout.flatten(call(grad, layout.argument(flat)), at, "grad")
        return [x if isinstance(x, Real) else Ball(x) for x in found]

    def gradient_value(flat: list[float]) -> list[float]:
        assert grad is not None
        argument = layout.argument(flat)
        with failing("grad"):
            found = layout.flatten(call(grad, argument), at, "grad")
        if _changed(argument, layout.argument(flat)):
            raise BadCall("grad changes its argument: work on a copy (w = w.copy())")
        if any(isinstance(x, (complex, str)) or x is None for x in found):
            raise BadCall(
                "grad returns"
                f" {next(x for x in found if isinstance(x, (complex, str)) or x is None)!r}: no"
                " float"
            )
        return [float(x) for x in found]

    def in_balls(flat: list[Any]) -> Any:
        with _new_arrays(loss, grad):
            try:
                value = number_of_loss(call(loss, layout.argument(flat)))
            except FloatAsked as asked:  # return float(loss): the Real is what would be returned
                if not asked.returned:
                    raise
                value = asked.real
        return value if isinstance(value, Real) else Ball(value)

    def value(flat: list[float]) -> float:
        argument = layout.argument(flat)
        with failing("the loss"):
            found = float(number_of_loss(call(loss, argument)))
        if _changed(argument, layout.argument(flat)):
            raise BadCall("the loss changes its argument: work on a copy (w = w.copy())")
        return found

    return Program(
        layout.start, layout.names, in_balls, gradient if grad is not None else None,
        value, gradient_value if grad is not None else None,
        layout.unit, "numpy" if layout.arrays else "python",
    )  # fmt: skip


@contextmanager
def failing(what: str) -> Iterator[None]:
    """An exception of the user's function, on floats, becomes a BadCall that names it and its
    line.
    """
    try:
        yield
    except (BadCall, NotDecided, OutOfBudget):
        raise
    except Exception as reason:
        trace = traceback.extract_tb(reason.__traceback__)[-1]
        place = f"{os.path.basename(trace.filename)}:{trace.lineno}"
        told = f"{type(reason).__name__}: {reason}"
        raise BadCall(
            f"{what} fails at this point, at {place} ({told}): repair it first"
        ) from reason


def _new_arrays(*functions: Any) -> Any:
    """While numpy code runs on balls, np.zeros and its like make arrays that hold them."""
    if "numpy" not in sys.modules:
        return nullcontext()
    from proofs.certify.numpy_creation import creating

    return creating(*functions)


def _changed(a: Any, b: Any) -> bool:
    if isinstance(a, dict):
        return any(_changed(a.get(k), b[k]) for k in b) or len(a) != len(b)
    if isinstance(a, (list, tuple)):
        return len(a) != len(b) or any(_changed(x, y) for x, y in zip(a, b, strict=True))
    return bool((a != b).any()) if getattr(a, "shape", ()) != () else a != b


def program_of(loss: Callable[..., Any], grad: Callable[..., Any] | None, at: Any) -> Program:
    """The program, by the front end that knows the types of `at`: jax, torch, otherwise numpy
    and plain Python.
    """
    if not callable(loss):
        raise BadCall(f"the loss is {loss!r:.60}: a function is asked for")
    if grad is not None and not callable(grad):
        raise BadCall(
            f"grad is {grad!r:.60}: a function of the parameters is asked for, not its value"
        )
    modules = _modules_of(at)
    if not modules & {"jax", "jaxlib", "torch"} and {"jax", "torch"} & set(sys.modules):
        modules = _modules_of_result(loss, at)
    if modules & {"jax", "jaxlib"}:
        from proofs.certify.jax_front import jax_program

        return jax_program(loss, grad, at)
    if "torch" in modules:
        from proofs.certify.torch_front import torch_program

        return torch_program(loss, grad, at)
    return python_program(loss, grad, at)


def _modules_of_result(loss: Callable[..., Any], at: Any) -> set[str]:
    """jnp code at numpy arrays returns arrays of jax: it is jax code. Empty if the loss fails, and
    where its code does not mention jax or torch, which is not called.
    """
    if not _mentions(loss, {"jax", "jaxlib", "torch"}, 4):
        return set()
    try:
        made = Layout(at).argument(Layout(at).start)
        value = loss(*made) if spread_over(loss, at) else loss(made)
    except (NotDecided, OutOfBudget):
        raise
    except Exception:
        return set()
    return _modules_of(value)


def _mentions(function: Any, packages: set[str], depth: int) -> bool:
    """Whether a function, or one that it mentions, mentions something of these packages."""
    for value in (function, getattr(function, "__module__", None), type(function).__module__):
        name = value if isinstance(value, str) else getattr(value, "__name__", "")
        is_package = isinstance(value, (str, type(sys)))
        if is_package and str(name).partition(".")[0] in packages:
            return True
    inner = getattr(function, "func", getattr(function, "__wrapped__", function))
    code = getattr(inner, "__code__", None)
    if code is None or depth == 0:
        return False
    codes = [code, *(c for c in code.co_consts if hasattr(c, "co_names"))]
    names = {name for c in codes for name in c.co_names}
    found = [inner.__globals__[name] for name in names if name in inner.__globals__]
    for cell in inner.__closure__ or ():
        with suppress(ValueError):  # an empty cell
            found.append(cell.cell_contents)
    return any(_mentions(value, packages, depth - 1) for value in found)


def _modules_of(at: Any) -> set[str]:
    """The packages that the types in `at` come from, or are made from (a module of torch)."""
    if isinstance(at, dict):
        return set().union(*map(_modules_of, at.values())) if at else set()
    if isinstance(at, (list, tuple)):
        return set().union(*map(_modules_of, at)) if at else set()
    if "jax" in sys.modules and not hasattr(at, "dtype") and hasattr(at, "__dict__"):
        leaves = sys.modules["jax"].tree_util.tree_leaves(at)
        if leaves and leaves[0] is not at:  # a class that jax knows as a tree
            return set().union(*map(_modules_of, leaves)) | {"jax"}
    return {kind.__module__.partition(".")[0] for kind in type(at).__mro__}
