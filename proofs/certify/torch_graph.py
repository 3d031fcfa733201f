"""A graph of aten operations as a list of nodes, run on arrays of Reals.

What depends on no parameter is a constant of the program: torch computes it, in the program's own
floats.
"""

from __future__ import annotations

import operator
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch

from proofs.certify import errors
from proofs.certify import graphs as g
from proofs.certify.errors import NotUnderstood
from proofs.certify.torch_moves import ADDING, MOVES, move
from proofs.certify.torch_windows import RULES

UNKNOWN = "write it with other operations, or check without balls"
SETTINGS = ("device", "layout", "pin_memory", "memory_format", "non_blocking", "implicit")
HAS_DTYPE = ("sum", "mean", "prod", "cumsum", "cumprod", "linalg_vector_norm")


def decompositions() -> dict[Any, Callable[..., Any]]:
    from torch._decomp import decomposition_table

    return {k: f for k, f in decomposition_table.items() if name_of(k) not in KEPT}


KEPT = {*RULES, *MOVES, *ADDING, "bitwise_and", "bitwise_or", "bitwise_xor", "bitwise_not"}


def name_of(target: Any) -> str:
    """aten.add.Tensor is add."""
    parts = str(target).split(".")
    return parts[1] if len(parts) > 1 and parts[0] in ("aten", "prims") else str(target)


class Graph:
    """A traced function: its nodes in order, constants worked out by torch."""

    def __init__(self, traced: torch.fx.GraphModule) -> None:
        self.constants: dict[Any, Any] = {}
        self.nodes: list[tuple[torch.fx.Node, str, str]] = []
        self.inputs: list[torch.fx.Node] = []
        traced.graph.eliminate_dead_code()
        for node in traced.graph.nodes:
            self._read(traced, node)

    def _read(self, traced: torch.fx.GraphModule, node: torch.fx.Node) -> None:
        if node.op == "placeholder":
            self.inputs.append(node)
        elif node.op == "get_attr":
            self.constants[node] = operator.attrgetter(str(node.target))(traced)
        elif node.op == "output":
            self.output = node.args[0]
        else:
            name = name_of(node.target)
            tags = getattr(node.target, "tags", ())
            if torch.Tag.nondeterministic_seeded in tags:
                raise NotUnderstood(
                    f"the torch operation {name}", "draw numbers before", place_of(node)
                )
            if name.startswith("as_strided") and not _is_contiguous(node.args[0]):
                raise NotUnderstood(f"{name} of a view", "write it with reshape", place_of(node))
            if all(n in self.constants for n in node.all_input_nodes) and callable(node.target):
                load: Callable[..., Any] = lambda a: torch.fx.node.map_arg(
                    a, lambda n: self.constants[n]
                )
                self.constants[node] = node.target(*load(node.args), **load(node.kwargs))
            else:
                self.nodes.append((node, name, place_of(node)))

    def run(self, arguments: Sequence[g.Array]) -> list[Any]:
        """The results for arrays of Reals."""
        env: dict[Any, Any] = {n: constant(c) for n, c in self.constants.items()}
        env.update(zip(self.inputs, arguments, strict=True))
        load: Callable[..., Any] = lambda a: torch.fx.node.map_aggregate(
            a, lambda x: env[x] if isinstance(x, torch.fx.Node) else x
        )
        before = errors.current_line()
        try:
            for node, name, place in self.nodes:
                errors.set_line(place)
                settings = {k: v for k, v in node.kwargs.items() if k not in SETTINGS}
                args = [*load(node.args)]
                with g.explained(f"the torch operation {name}", place):
                    env[node] = _done(node.target, name, args, dict(load(settings)), place)
        finally:
            errors.set_line(before)
        return [env[n] for n in self.output]


def _is_contiguous(node: Any) -> bool:
    """Whether a tensor lies in memory as its numbers are read: only then do strides mean the same
    here.
    """
    value = node.meta.get("val") if isinstance(node, torch.fx.Node) else None
    if not isinstance(value, torch.Tensor):
        return False
    return bool(value.is_contiguous() and value.storage_offset() == 0)


def constant(x: Any) -> Any:
    """A constant of the program as a plain array; short floats in a wider type, which is exact."""
    if not isinstance(x, torch.Tensor):
        return [constant(y) for y in x] if isinstance(x, (list, tuple)) else x
    if x.is_complex():
        raise NotUnderstood("complex numbers", "the loss must be real")
    x = x.detach().cpu()
    return (x.double() if x.is_floating_point() else x).numpy()


def _done(target: Any, name: str, args: list[Any], kwargs: dict[str, Any], place: str) -> Any:
    if target is operator.getitem:
        return args[0][args[1]]
    if name in FILLED:
        return FILLED[name](*args, **kwargs)
    if name == "index_put" and (args[3:4] or [kwargs.get("accumulate", False)])[0]:
        return ADDING["index_put_add"](*args[:3])
    kwargs.pop("accumulate", None)
    if name in BOOLS:
        return BOOLS[name](*(_bools(a) for a in args))
    if name in MOVES:
        if name == "index_put":
            args = args[:3]
        return move(target, name, args, kwargs)
    if name in ADDING:
        return ADDING[name](*args, **kwargs)
    arrays = [a for a in args if isinstance(a, np.ndarray)]
    if arrays and all(map(g.is_plain, arrays)) and not any(a.dtype.kind == "f" for a in arrays):
        given = [torch.as_tensor(a.copy()) if isinstance(a, np.ndarray) else a for a in args]
        return constant(target(*given, **kwargs))
    if name not in RULES:
        raise NotUnderstood(f"the torch operation {name}", UNKNOWN, place)
    if name in HAS_DTYPE:
        kwargs.pop("dtype", None)
    return RULES[name](*args, **kwargs)


BOOLS: dict[str, Callable[..., Any]] = {
    "bitwise_and": np.bitwise_and, "bitwise_or": np.bitwise_or, "bitwise_xor": np.bitwise_xor,
    "bitwise_not": np.bitwise_not, "logical_and": np.logical_and, "logical_or": np.logical_or,
    "logical_xor": np.logical_xor, "logical_not": np.logical_not,
}  # fmt: skip


def _bools(a: Any) -> g.Array:
    """An operand of and, or, not: numbers that depend on the parameters are compared with 0."""
    a = g.boxed(a)
    return a if a.dtype.kind in "iub" else g.comparison("ne")(a, 0.0)


def _filled(shape: Any, value: Any, like: g.Array, dtype: Any = None) -> g.Array:
    if dtype is not None:
        kind = torch.empty(0, dtype=dtype).numpy().dtype
    else:
        kind = like.dtype if g.is_plain(like) else np.dtype(float)
    return np.full(shape, value, dtype=float if kind.kind == "f" else kind)


FILLED: dict[str, Callable[..., Any]] = {
    "full_like": lambda a, value, dtype=None: _filled(a.shape, value, a, dtype),
}


def place_of(node: torch.fx.Node) -> str:
    """file:line of the user's program, where `Lines` wrote it down."""
    found = str(node.meta.get("stack_trace") or "")
    return found if "\n" not in found else ""


class Lines(torch.overrides.TorchFunctionMode):  # type: ignore[misc]
    """Writes the line of the user's program into what torch is about to trace."""

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        torch.fx.traceback.current_meta["stack_trace"] = self._line()
        if func is torch.nn.functional.one_hot:
            return _one_hot(*args, **(kwargs or {}))
        return func(*args, **(kwargs or {}))

    def _line(self) -> str:
        here = os.path.dirname(os.path.abspath(__file__))
        frame: Any = sys._getframe(2)
        while frame is not None and not frame.f_code.co_filename.startswith(here):
            name = frame.f_code.co_filename
            library = "site-packages" in name or f"{os.sep}lib{os.sep}python" in name
            if not library and not name.startswith("<"):
                return f"{os.path.basename(name)}:{frame.f_lineno}"
            frame = frame.f_back
        return ""


def _one_hot(labels: torch.Tensor, num_classes: int = -1) -> torch.Tensor:
    """one_hot, which looks at its labels with an if."""
    if num_classes < 0:
        raise NotUnderstood("one_hot of as many classes as there are labels", "give num_classes")
    return (labels[..., None] == torch.arange(num_classes, device=labels.device)).long()


def understood() -> list[str]:
    """The names of the aten operations with a rule."""
    return sorted({*RULES, *MOVES, *ADDING, *FILLED, *BOOLS})
