"""np.zeros(n) and its like, while a program runs on balls: arrays that Reals can be put into.

A hand-written gradient begins with g = np.zeros(3) and assigns its entries. While the program
runs here, and in its thread alone, these functions of numpy make arrays of objects instead of
floats.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from proofs.certify.errors import NotUnderstood
from proofs.certify.numpy_front import BallArray, objects, wrapped
from proofs.certify.operations import apply, log_sum_exp, softmax
from proofs.certify.reals import Real

_thread: int | None = None
_depth = 0
_LOCK = threading.RLock()


def _holds_floats(dtype: Any) -> bool:
    try:
        return dtype is None or np.dtype(dtype).kind == "f"
    except TypeError:
        return False


def _filled(name: str) -> Callable[..., Any]:
    original = getattr(np, name)

    def make(*args: Any, **options: Any) -> Any:
        place = 2 if name == "full" else 1
        dtype = options.get("dtype", args[place] if len(args) > place else None)
        made = original(*args, **options)
        if threading.get_ident() != _thread or not _holds_floats(dtype) or made.dtype.kind != "f":
            return made
        return made.astype(object).view(BallArray)

    return make


def _like(name: str) -> Callable[..., Any]:
    original = getattr(np, name)

    def make(a: Any, *args: Any, **options: Any) -> Any:
        made = original(a, *args, **options)
        ours = threading.get_ident() == _thread and getattr(made, "dtype", None) is not None
        return made.astype(object).view(BallArray) if ours and made.dtype.kind == "f" else made

    return make


def _converted(name: str) -> Callable[..., Any]:
    original = getattr(np, name)

    def make(a: Any, dtype: Any = None, *args: Any, **options: Any) -> Any:
        ours = threading.get_ident() == _thread and _has_reals(a)
        if not ours or not (_holds_floats(dtype) or np.dtype(dtype).kind == "O"):
            return original(a, dtype, *args, **options)
        copy = name == "array" and options.get("copy", True) is not False
        if isinstance(a, np.ndarray):
            return a.copy().view(BallArray) if copy else a.view(BallArray)
        if isinstance(a, Real):
            out = np.empty((), dtype=object)
            out[()] = a
            return out.view(BallArray)
        return original(a, dtype=object).view(BallArray)

    return make


def _has_reals(a: Any) -> bool:
    if isinstance(a, np.ndarray):
        return bool(a.dtype == object)
    if isinstance(a, (list, tuple)):
        return any(_has_reals(x) for x in a)
    return isinstance(a, Real)


_OURS = (
    {name: _filled(name) for name in ("zeros", "ones", "empty", "full")}
    | {name: _like(name) for name in ("zeros_like", "ones_like", "empty_like", "full_like")}
    | {name: _converted(name) for name in ("array", "asarray", "asanyarray", "ascontiguousarray")}
)
_THEIRS = {name: getattr(np, name) for name in _OURS}


def _of_scipy(
    name: str, original: Callable[..., Any], rule: Callable[..., Any]
) -> Callable[..., Any]:
    def special(a: Any, axis: Any = None, **options: Any) -> Any:
        if threading.get_ident() != _thread or not _has_reals(a):
            return original(a, axis=axis, **options)
        keepdims = options.pop("keepdims", False)
        if any(v is not None and v is not False for v in options.values()):
            raise NotUnderstood(f"scipy.special.{name}({', '.join(options)}=)")
        return wrapped(rule(objects(a), axis, keepdims))

    return special


SPECIAL: dict[str, Callable[..., Any]] = {
    "logsumexp": log_sum_exp,
    "softmax": lambda a, axis, _: softmax(a, axis),
    "log_softmax": lambda a, axis, _: apply("subtract", a, log_sum_exp(a, axis, True)),
}
_special: dict[int, Callable[..., Any]] = {}


def _specials() -> dict[int, Callable[..., Any]]:
    """Ours by the id of scipy's, once scipy.special is loaded."""
    module = sys.modules.get("scipy.special")
    if module is not None and not _special:
        for name, rule in SPECIAL.items():
            original = getattr(module, name)
            _special[id(original)] = _of_scipy(name, original, rule)
    return _special


def _found(space: dict[str, Any]) -> list[tuple[dict[str, Any], str, Any, Any]]:
    """Where a namespace has one of their functions: (namespace, name, theirs, ours)."""
    by_id = {id(_THEIRS[name]): ours for name, ours in _OURS.items()} | _specials()
    return [
        (space, name, value, by_id[id(value)])
        for name, value in list(space.items())
        if id(value) in by_id
    ]


_libraries: dict[str, list[tuple[dict[str, Any], str, Any, Any]]] = {}


def _in_libraries() -> list[tuple[dict[str, Any], str, Any, Any]]:
    """The places in numpy and in scipy.special, where it is loaded; looked up once."""
    for name in ("numpy", "scipy.special"):
        if name not in _libraries and name in sys.modules:
            _libraries[name] = _found(sys.modules[name].__dict__)
    return [place for places in _libraries.values() for place in places]


@contextmanager
def creating(*functions: Any) -> Iterator[None]:
    """Inside, in this thread, new arrays can hold Reals. Other threads see numpy as it is.

    functions: the user's, whose modules may have imported the names (from numpy import zeros).
    """
    global _thread, _depth
    with _LOCK:
        _depth += 1
        places: list[tuple[dict[str, Any], str, Any, Any]] = []
        if _depth == 1:
            _thread = threading.get_ident()
            spaces = {id(s): s for f in functions if (s := getattr(f, "__globals__", None))}
            places = _in_libraries() + [place for s in spaces.values() for place in _found(s)]
            for space, name, _, ours in places:
                space[name] = ours
        try:
            yield
        finally:
            _depth -= 1
            if _depth == 0:
                _thread = None
            for space, name, theirs, _ in places:
                space[name] = theirs
