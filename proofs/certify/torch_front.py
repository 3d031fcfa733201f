"""torch functions: traced once to a graph of aten operations (make_fx), which is run on balls.

In-place operations are written out (torch.func.functionalize), and torch writes what has no rule
here with what has (its decompositions). The gradient is torch.autograd of the loss unless one is
given. What is proved is proved of the trace; that the trace is the program is measured, at the
start and beside it. `at` may be a module: its parameters are the coordinates, and the loss is
called with the module.
"""

from __future__ import annotations

import math
import os
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch
import torch.nn.attention
from torch.fx.experimental.proxy_tensor import make_fx

from proofs.certify import paths
from proofs.certify import graphs as g
from proofs.certify.errors import BadCall, NotDecided, NotUnderstood, OutOfBudget
from proofs.certify.operations import real
from proofs.certify.program import Program, failing, number_of_loss, spread_over
from proofs.certify.torch_graph import Graph, Lines, constant, decompositions

ADVICE = "torch cannot trace it; write it with torch.where in place of if and .item()"


class Tree:
    """The user's argument: a module, a tensor, floats, or dicts, lists and tuples of these."""

    def __init__(self, at: Any) -> None:
        self.start: list[float] = []
        self.names: list[str] = []
        self.tensors: list[torch.Tensor] = []
        self.unit = 0.0
        self.module = at if isinstance(at, torch.nn.Module) else None
        if self.module is not None:
            at = {k: p for k, p in self.module.named_parameters() if p.requires_grad}
        self.shape = self._read(at, "")
        if not self.start:
            raise BadCall("at is empty: give the parameters at which to check")

    def _read(self, at: Any, name: str) -> Any:
        if isinstance(at, dict):
            kind = dict if type(at) is not dict else type(at)
            return kind, {k: self._read(v, f"{name}[{k!r}]") for k, v in at.items()}
        if isinstance(at, (list, tuple)):
            return type(at), {i: self._read(v, f"{name}[{i}]") for i, v in enumerate(at)}
        if isinstance(at, (bool, int, str, bytes, complex)) or at is None:
            raise BadCall(
                f"at{name} is {at!r} ({type(at).__name__}): tensors of floats are asked for"
            )
        tensor = torch.as_tensor(at).detach()
        if not tensor.is_floating_point():
            raise BadCall(f"at{name} is a tensor of {tensor.dtype}: use floats")
        values = tensor.cpu().double().numpy()
        for index in np.ndindex(*values.shape):
            number = float(values[index])
            shown = (name or "w") + (f"[{', '.join(map(str, index))}]" if index else "")
            if not math.isfinite(number):
                raise BadCall(f"{shown} is {number} at the start: every coordinate must be finite")
            self.start.append(number)
            self.names.append(shown)
        self.tensors.append(tensor)
        self.unit = max(self.unit, torch.finfo(tensor.dtype).eps / 2)
        return len(self.tensors) - 1

    def parts(self, flat: Sequence[Any]) -> Iterator[tuple[Sequence[Any], torch.Tensor]]:
        k = 0
        for tensor in self.tensors:
            yield flat[k : k + tensor.numel()], tensor
            k += tensor.numel()

    def arrays(self, flat: Sequence[Any]) -> list[g.Array]:
        return [g.array_from([real(x) for x in part], t.shape) for part, t in self.parts(flat)]

    def leaves(self, flat: Sequence[float]) -> list[torch.Tensor]:
        return [
            torch.tensor(list(part), dtype=torch.float64).to(t.dtype).reshape(t.shape).to(t.device)
            for part, t in self.parts(flat)
        ]

    def argument(self, leaves: Sequence[Any], shape: Any = None) -> Any:
        shape = self.shape if shape is None else shape
        if isinstance(shape, int):
            return leaves[shape]
        kind, inside = shape
        made = {k: self.argument(leaves, v) for k, v in inside.items()}
        if issubclass(kind, dict):
            return made
        return kind(made.values()) if kind in (list, tuple) else kind(*made.values())

    def flatten(self, tree: Any) -> list[Any]:
        """The tensors of a gradient. Raises BadCall where it is built otherwise than at."""
        found = _leaves(tree, self.shape)
        for x, t in zip(found, self.tensors, strict=True):
            if tuple(x.shape) != tuple(t.shape):
                raise BadCall(
                    f"grad has shape {tuple(x.shape)}, the parameters have"
                    f" {tuple(t.shape)}: a gradient has the shape of its point"
                )
        return found


def _leaves(tree: Any, shape: Any) -> list[Any]:
    if isinstance(shape, int):
        if not isinstance(tree, (torch.Tensor, float, int, np.ndarray)):
            raise BadCall(
                f"grad is built otherwise than at: a tensor is asked for, not {tree!r:.40}"
            )
        return [torch.as_tensor(tree)]
    _, inside = shape
    if isinstance(tree, (list, tuple)) and len(tree) == len(inside):
        parts = list(tree)
    elif isinstance(tree, dict) and set(tree) == set(inside):
        parts = [tree[k] for k in inside]
    else:
        raise BadCall(f"grad is built otherwise than at: {len(inside)} parts are asked for")
    return [x for part, s in zip(parts, inside.values(), strict=True) for x in _leaves(part, s)]


@contextmanager
def _quiet() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@contextmanager
def _traceable() -> Iterator[None]:
    """torch.distributions look at their arguments with an if, which cannot be traced; the program
    itself does so when it is run on floats. Of the kernels for attention the one that is made of
    other operations is traced: what torch writes for the derivative of another is wrong.
    """
    before = torch.distributions.Distribution._validate_args
    torch.distributions.Distribution.set_default_validate_args(False)
    try:
        with torch.nn.attention.sdpa_kernel(torch.nn.attention.SDPBackend.MATH):
            yield
    finally:
        torch.distributions.Distribution.set_default_validate_args(before)


class Traced(g.Traced):
    """A function of the leaves, as torch traces it."""

    def traced(self) -> Graph:
        leaves = self.tree.leaves(self.tree.start)

        def forward(*given: Any) -> Any:
            with Lines():
                return self.function(*given)

        try:
            with _quiet(), _traceable(), torch.fx.traceback.preserve_node_meta():
                first = make_fx(forward)(*leaves)
                again = torch.fx.Interpreter(first).run  # autograd and functionalize do not mix
                found = make_fx(
                    torch.func.functionalize(again, remove="mutations_and_views"),
                    decomposition_table=decompositions(),
                )(*leaves)  # fmt: skip
        except (NotDecided, BadCall, OutOfBudget):
            raise
        except Exception as reason:
            told = str(reason).splitlines()[0] if str(reason) else ""
            shown = f"{self.what} ({type(reason).__name__}: {told:.100})"
            raise NotUnderstood(shown, ADVICE, _place(reason)) from None
        with g.explained(f"the trace of {self.what}", ""):
            graph = Graph(found)  # which refuses random numbers, in better words

        def numbers(function: Callable[..., Any], point: Sequence[float]) -> list[float]:
            with _quiet():
                made = function(*self.tree.leaves(point))
            return [x for tensor in made for x in np.ravel(constant(tensor))]

        g.same_numbers(
            lambda x: numbers(found, x), lambda x: numbers(self.function, x),
            self.tree.start, self.tree.unit, self.what,
        )  # fmt: skip
        return graph


def _place(reason: BaseException) -> str:
    import traceback

    inside = os.path.dirname(os.path.abspath(__file__))
    for frame in reversed(traceback.extract_tb(reason.__traceback__)):
        if "site-packages" not in frame.filename and not frame.filename.startswith((inside, "<")):
            return f"{os.path.basename(frame.filename)}:{frame.lineno}"
    return ""


def torch_program(loss: Callable[..., Any], grad: Callable[..., Any] | None, at: Any) -> Program:
    """The program of a torch loss; without grad, torch.autograd of the loss."""
    tree = Tree(at)
    spread = {id(f): spread_over(f, at) for f in (loss, grad) if f is not None}

    def call(f: Callable[..., Any], leaves: Sequence[Any]) -> Any:
        x = tree.argument(leaves)
        if tree.module is None:
            return f(*x) if spread[id(f)] else f(x)
        own = {k: v.clone() for k, v in tree.module.named_buffers()}  # a loss may write to them
        parts = {f"module.{k}": v for k, v in (own | x).items()}
        return torch.func.functional_call(_Loss(tree.module, f), parts, ())

    def loss_of(*leaves: Any) -> list[Any]:
        found = call(loss, leaves)
        if not isinstance(found, torch.Tensor):
            number_of_loss(found)
            found = torch.as_tensor(found)
        if found.numel() != 1:
            raise BadCall(
                f"the loss returns an array of shape {tuple(found.shape)}: return one number"
                " (a mean or a sum)"
            )
        return [found.reshape(())]

    def value(flat: list[float]) -> float:
        with failing("the loss"), _quiet():
            found = call(loss, tree.leaves(flat))
            return float(
                number_of_loss(found.detach() if isinstance(found, torch.Tensor) else found)
            )

    def gradient_of(*leaves: Any) -> list[Any]:
        if grad is not None:
            return [x.detach() for x in tree.flatten(call(grad, leaves))]
        leaves = tuple(x.detach().requires_grad_() for x in leaves)
        with torch.enable_grad():
            (found,) = loss_of(*leaves)
            slopes = torch.autograd.grad(found, leaves, allow_unused=True)
        pairs = zip(slopes, leaves, strict=True)
        return [torch.zeros_like(x) if s is None else s.detach() for s, x in pairs]

    def gradient_value(flat: list[float]) -> list[float]:
        with failing("grad"), _quiet():
            found = gradient_of(*tree.leaves(flat))
            return [float(x) for t in found for x in t.reshape(-1).tolist()]

    has_gradient = True
    if grad is None:
        value(tree.start)
        try:
            gradient_value(tree.start)
        except BadCall as reason:
            has_gradient = False
            paths.NOTES[
                f"torch.autograd of the loss fails ({reason!s:.150}): no gradient is checked"
            ] = None
        else:
            paths.NOTES["g is torch.autograd of the loss"] = None
    shape = (str(tree.shape), str([(t.shape, t.dtype) for t in tree.tensors]), tree.module)
    traced_loss, traced_gradient = g.kept(
        (id(loss), id(grad), shape),
        lambda: (Traced(loss_of, tree, "the loss"), Traced(gradient_of, tree, "grad")),
    )
    return Program(
        tree.start, tree.names, lambda flat: traced_loss.run(flat)[0],
        traced_gradient.run if has_gradient else None, value,
        gradient_value if has_gradient else None, tree.unit, "torch",
    )  # fmt: skip


class _Loss(torch.nn.Module):  # type: ignore[misc]
    """A loss of a module as a module, so that functional_call can put parameters into it."""

    def __init__(self, module: torch.nn.Module, loss: Callable[..., Any]) -> None:
        super().__init__()
        self.module, self.loss = module, loss

    def forward(self) -> Any:
        return self.loss(self.module)
