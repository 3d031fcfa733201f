"""Operations of torch that only move numbers about: torch itself says where each goes, on tensors
of places.

So there is no second formula for indexing. What adds to places (index_put, scatter_add, ...) is
worked out here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch

from proofs.certify import graph_sums as sums
from proofs.certify import graphs as g
from proofs.certify.errors import NotUnderstood
from proofs.certify.graphs import Array
from proofs.certify.reals import Ball

MOVES = {
    "view", "_unsafe_view", "view_copy", "permute",
    "permute_copy", "transpose", "t", "select", "slice", "expand",
    "unsqueeze", "squeeze", "cat", "stack", "flip", "roll", "gather", "index_select", "index",
    "embedding", "unfold", "diagonal", "tril", "triu", "constant_pad_nd", "repeat", "unbind",
    "split",
    "split_with_sizes", "as_strided", "select_copy", "slice_copy", "expand_copy", "unsqueeze_copy",
    "squeeze_copy", "t_copy", "transpose_copy", "unbind_copy", "split_copy", "as_strided_copy",
    "diagonal_copy", "split_with_sizes_copy",
    "diag_embed", "copy",
    "slice_scatter", "select_scatter", "as_strided_scatter", "diagonal_scatter", "index_put",
    "scatter",
}  # fmt: skip
OVERWRITING = {"index_put", "scatter", "as_strided_scatter"}
INTO = {*OVERWRITING, "copy", "slice_scatter", "select_scatter", "diagonal_scatter"}
# Which operands are indices; whole numbers elsewhere are numbers that are moved.
INDICES = {
    "gather": 2, "index_select": 2, "index": 1, "embedding": 1,
    "scatter": 2, "index_put": 1,
}  # fmt: skip
ADDING: dict[str, Callable[..., Any]] = {}


def adding(*names: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    def put(f: Callable[..., Any]) -> Callable[..., Any]:
        ADDING.update(dict.fromkeys(names, f))
        return f

    return put


class Places:
    """Numbers in a row; place 0 is the number 0, and the operands of one operation follow."""

    def __init__(self) -> None:
        self.numbers: list[Any] = [Ball(0)]

    def of(self, x: Any) -> Any:
        """An operand with places for its numbers; settings as they are."""
        if isinstance(x, np.ndarray):
            first = len(self.numbers)
            self.numbers += g.flat_list(g.lifted(x))
            return torch.arange(first, len(self.numbers)).reshape(x.shape)
        if isinstance(x, (list, tuple)):
            return type(x)(self.of(y) for y in x)
        return x

    @staticmethod
    def index(x: Any) -> Any:
        """An operand that says where."""
        if isinstance(x, np.ndarray):
            if x.dtype.kind not in "iub":
                raise NotUnderstood("an index that depends on the parameters", g.STEPS)
            return torch.as_tensor(x.copy())
        return type(x)(Places.index(y) for y in x) if isinstance(x, (list, tuple)) else x

    def back(self, x: Any) -> Any:
        """The numbers at the places of a result."""
        if isinstance(x, torch.Tensor):
            flat = x.reshape(-1).tolist()
            return g.array_from([self.numbers[i] for i in flat], x.shape)
        return [self.back(y) for y in x]


def move(target: Any, name: str, args: Sequence[Any], kwargs: dict[str, Any]) -> Any:
    """An operation that moves numbers, on arrays of Reals."""
    places = Places()
    if name == "constant_pad_nd":
        value = args[2] if len(args) > 2 else kwargs.pop("value", 0)
        args, places.numbers[0] = args[:2], g.number(value)
    if name == "scatter" and len(args) == 3:
        args = [*args, kwargs.pop("src", None) if "src" in kwargs else kwargs.pop("value")]
    if name == "scatter" and not isinstance(args[3], np.ndarray):  # one value for all
        args = [*args[:3], np.full(np.shape(args[2]), float(args[3]))]
        target = torch.ops.aten.scatter.src
    at = INDICES.get(name)
    if all(a.dtype.kind in "iub" for a in _arrays(args)):
        return _whole(target(*map(Places.index, args), **kwargs))
    if name in INTO and args[0].dtype.kind in "iub" and not all(map(_is_whole, args[1:])):
        raise NotUnderstood("a number stored among whole numbers", g.STEPS)
    given = [Places.index(x) if i == at else places.of(x) for i, x in enumerate(args)]
    if name in OVERWRITING:
        _once(name, given, args)
    found = target(*given, **kwargs)
    return places.back(found)


def _is_whole(x: Any) -> bool:
    """Whether an operand's numbers are whole ones for sure."""
    whole: Any = lambda n: type(n) is Ball and n.ball.is_exact() and n.ball.is_integer()
    return all(whole(n) for a in _arrays(x) for n in g.flat_list(g.lifted(a)))


def _arrays(x: Any) -> list[Array]:
    if isinstance(x, (list, tuple)):
        return [a for y in x for a in _arrays(y)]
    return [x] if isinstance(x, np.ndarray) else []


def _whole(x: Any) -> Any:
    """Whole numbers of torch as arrays."""
    return x.numpy() if isinstance(x, torch.Tensor) else [_whole(y) for y in x]


def _once(name: str, given: list[Any], args: Sequence[Any]) -> None:
    """Raises where several values are stored in one place: torch does not say which stays."""
    start = torch.arange(given[0].numel()).reshape(given[0].shape)
    if name == "scatter":
        where = torch.gather(start, args[1], given[2])
    elif name == "as_strided_scatter":
        where = torch.as_strided(start, *args[2:])
    else:
        where = torch.ops.aten.index(start, given[1])
    if where.unique().numel() != where.numel():
        raise NotUnderstood("several values stored in one place", "their order is not defined")


@adding("index_put_add")
def _index_put(a: Array, indices: Sequence[Any], values: Any) -> Array:
    start = torch.arange(a.size).reshape(a.shape)
    given = [None if i is None else torch.as_tensor(i.copy()) for i in indices]
    where = torch.ops.aten.index(start, given)
    put = np.broadcast_to(g.lifted(values), where.shape)
    return sums.scattered(a, where.reshape(-1).tolist(), put.ravel().tolist(), "add")


@adding("scatter_add")
def _scatter_add(a: Array, dim: int, index: Array, src: Any) -> Array:
    start = torch.arange(a.size).reshape(a.shape)
    where = torch.gather(start, dim, torch.as_tensor(index.copy()))
    cut = tuple(slice(0, n) for n in index.shape)
    return sums.scattered(a, where.reshape(-1).tolist(), g.lifted(src)[cut].ravel().tolist(), "add")


@adding("index_add")
def _index_add(a: Array, dim: int, index: Array, src: Any, alpha: Any = 1) -> Array:
    start = torch.arange(a.size).reshape(a.shape)
    where = torch.index_select(start, dim, torch.as_tensor(index.copy()))
    put = g.lifted(src) if alpha == 1 else g.apply("multiply", g.lifted(src), alpha)
    return sums.scattered(a, where.reshape(-1).tolist(), put.ravel().tolist(), "add")


@adding("embedding_dense_backward")
def _embedding(grad: Any, index: Array, count: int, padding: int, by_count: bool) -> Array:
    if by_count:
        raise NotUnderstood("an embedding whose gradient is scaled by frequency")
    grad = g.lifted(grad)
    width = grad.shape[-1]
    where = [
        -1 if i == padding and padding >= 0 else int(i) * width + j
        for i in index.ravel()
        for j in range(width)
    ]
    return sums.scattered(np.zeros((count, width)), where, grad.ravel().tolist(), "add")
