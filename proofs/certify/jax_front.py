"""jax functions: traced once (`jax.make_jaxpr`), and the graph run on balls.

The loss and its gradient (jax.grad of the loss unless one is given) are traced at the shapes of
`at`. What is proved is proved of the trace; that the trace is the program is measured, at the
start and beside it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from proofs.certify import graphs as g
from proofs.certify import paths
from proofs.certify.errors import BadCall, NotDecided, NotUnderstood, OutOfBudget
from proofs.certify.jax_graph import Graph, derivatives_are_jax_own
from proofs.certify.operations import real
from proofs.certify.program import Program, failing, number_of_loss, spread_over

TRACE_ERRORS = (
    jax.errors.ConcretizationTypeError, jax.errors.TracerArrayConversionError,
    jax.errors.TracerBoolConversionError, jax.errors.TracerIntegerConversionError,
    jax.errors.NonConcreteBooleanIndexError,
)  # fmt: skip
ADVICE = (
    "jax cannot trace it; write it with jax.numpy, jnp.where and lax.cond in place of numpy and if"
)


class Tree:
    """The user's argument: a pytree of arrays of floats. Raises BadCall for other leaves."""

    def __init__(self, at: Any) -> None:
        found, self.definition = jax.tree_util.tree_flatten_with_path(at)
        if not found:
            raise BadCall("at is empty: give the parameters at which to check")
        self.start: list[float] = []
        self.names: list[str] = []
        self.shapes: list[tuple[int, ...]] = []
        self.dtypes: list[Any] = []
        self.unit = 0.0
        for path, leaf in found:
            self._read(jax.tree_util.keystr(path), leaf)

    def _read(self, name: str, leaf: Any) -> None:
        called = f"at{name}"
        if isinstance(leaf, (bool, int, str, bytes, complex)) or leaf is None:
            raise BadCall(
                f"{called} is {leaf!r} ({type(leaf).__name__}): arrays of floats are asked for"
            )
        array = jnp.asarray(leaf)
        if not jnp.issubdtype(array.dtype, jnp.floating):
            raise BadCall(
                f"{called} is an array of {array.dtype}: use floats, for a step would be cut off"
            )
        values = np.asarray(array.astype(jnp.float32) if array.dtype.itemsize < 4 else array)
        for index in np.ndindex(*values.shape):
            number = float(values[index])
            inside = f"[{', '.join(map(str, index))}]" if index else ""
            shown = (name or "w") + inside
            if not math.isfinite(number):
                raise BadCall(f"{shown} is {number} at the start: every coordinate must be finite")
            self.start.append(number)
            self.names.append(shown)
        self.shapes.append(values.shape)
        self.dtypes.append(array.dtype)
        self.unit = max(self.unit, float(jnp.finfo(array.dtype).eps) / 2)

    def parts(self, flat: Sequence[Any]) -> list[Sequence[Any]]:
        """The coordinates of each leaf."""
        out, k = [], 0
        for shape in self.shapes:
            out.append(flat[k : k + math.prod(shape)])
            k += math.prod(shape)
        return out

    def arrays(self, flat: Sequence[Any]) -> list[g.Array]:
        """The leaves as arrays of Reals."""
        pairs = zip(self.parts(flat), self.shapes, strict=True)
        return [g.array_from([real(x) for x in part], shape) for part, shape in pairs]

    def leaves(self, flat: Sequence[float]) -> list[Any]:
        """The leaves as jax's own arrays."""
        columns = zip(self.parts(flat), self.shapes, self.dtypes, strict=True)
        return [jnp.asarray(np.array(part).reshape(shape), dtype) for part, shape, dtype in columns]

    def argument(self, leaves: Sequence[Any]) -> Any:
        return jax.tree_util.tree_unflatten(self.definition, leaves)

    def flatten(self, tree: Any) -> list[Any]:
        """The leaves of a gradient. Raises BadCall where it is built otherwise than at."""
        leaves: list[Any]
        leaves, definition = jax.tree_util.tree_flatten(tree)
        shapes = [tuple(np.shape(x)) for x in leaves]
        if definition != self.definition and not (len(leaves) == 1 and len(self.shapes) == 1):
            raise BadCall(
                f"grad is built otherwise than at: {definition} in place of {self.definition}"
            )
        if shapes != self.shapes:
            raise BadCall(
                f"grad has shape {_one(shapes)}, the parameters have"
                f" {_one(self.shapes)}: a gradient has the shape of its point"
            )
        return leaves


def _one(shapes: list[Any]) -> Any:
    return shapes[0] if len(shapes) == 1 else shapes


class Traced(g.Traced):
    """A function of the leaves, as jax traces it. is_its_trace: no code of the user's is run but to
    trace it, so its floats come from the trace.
    """

    is_its_trace = False

    def floats(self, leaves: Sequence[Any]) -> list[Any]:
        """As the user's program computes it."""
        return (self.compiled if self.is_its_trace else self.function)(*leaves)

    def derivatives_are_jax_own(self) -> bool:
        """Whether jax.grad of it runs no code of the user's but the function itself."""
        try:
            return derivatives_are_jax_own(self.jaxpr.jaxpr)
        except NotDecided:
            return False

    @cached_property
    def compiled(self) -> Any:
        """The trace, compiled in one piece and for a few runs: operation by operation takes jax ten
        times as long.
        """
        whole = jax.jit(jax.extend.core.jaxpr_as_fun(self.jaxpr))
        lowered = whole.lower(*self.tree.leaves(self.tree.start))
        try:
            return lowered.compile(compiler_options={"xla_backend_optimization_level": 0})
        except jax.errors.JaxRuntimeError:  # a compiler without this option
            return lowered.compile()

    @cached_property
    def jaxpr(self) -> Any:
        leaves = self.tree.leaves(self.tree.start)
        try:
            return jax.make_jaxpr(self.function)(*leaves)
        except TRACE_ERRORS as reason:
            place = _place(reason)
            raise NotUnderstood(
                f"an if, a loop or numpy on a traced value in {self.what}", ADVICE, place
            ) from None
        except (NotDecided, BadCall, OutOfBudget):
            raise
        except Exception as reason:
            told = f"{self.what} ({type(reason).__name__}: {str(reason).splitlines()[0]:.100})"
            raise NotUnderstood(told, ADVICE, _place(reason)) from None

    def traced(self) -> Graph:
        if not self.is_its_trace:
            flat: Callable[[Any], Any] = lambda found: [x for a in found for x in np.ravel(a)]
            g.same_numbers(
                lambda x: flat(self.compiled(*self.tree.leaves(x))),
                lambda x: flat(self.function(*self.tree.leaves(x))),
                self.tree.start, self.tree.unit, self.what,
            )  # fmt: skip
        with g.explained(f"the trace of {self.what}", ""):
            return Graph(self.jaxpr)


def _place(reason: BaseException) -> str:
    import os
    import traceback

    for frame in reversed(traceback.extract_tb(reason.__traceback__)):
        inside = os.path.dirname(os.path.abspath(__file__))
        if "site-packages" not in frame.filename and not frame.filename.startswith((inside, "<")):
            return f"{os.path.basename(frame.filename)}:{frame.lineno}"
    return ""


def jax_program(loss: Callable[..., Any], grad: Callable[..., Any] | None, at: Any) -> Program:
    """The program of a jax loss; without grad, jax.grad of the loss."""
    tree = Tree(at)
    spread = {id(f): spread_over(f, at) for f in (loss, grad) if f is not None}
    call: Callable[..., Any] = lambda f, x: f(*x) if spread[id(f)] else f(x)

    def loss_of(*leaves: Any) -> list[Any]:
        found = call(loss, tree.argument(leaves))
        if not hasattr(found, "shape") and not isinstance(found, (int, float)):
            number_of_loss(found)
        if math.prod(np.shape(found)) != 1:
            raise BadCall(
                f"the loss returns an array of shape {tuple(np.shape(found))}: return one number"
                " (a mean or a sum)"
            )
        return [jnp.reshape(found, ())]

    def value(flat: list[float]) -> float:
        with failing("the loss"):
            return float(number_of_loss(call(loss, tree.argument(tree.leaves(flat)))))

    slopes = jax.grad(lambda leaves: loss_of(*leaves)[0])

    def gradient_of(*leaves: Any) -> list[Any]:
        if grad is None:
            return list(slopes(list(leaves)))
        return tree.flatten(call(grad, tree.argument(leaves)))

    shape = (tree.definition, tuple(tree.shapes), tuple(map(str, tree.dtypes)))
    traced_loss, traced_gradient = g.kept(
        (id(loss), id(grad), shape),
        lambda: (Traced(loss_of, tree, "the loss"), Traced(gradient_of, tree, "grad")),
    )

    def gradient_value(flat: list[float]) -> list[float]:
        with failing("grad"):
            found = traced_gradient.floats(tree.leaves(flat))
            return [float(x) for leaf in found for x in np.asarray(leaf, dtype=float).ravel()]

    has_gradient = True
    if grad is None:
        value(tree.start)
        try:
            traced_gradient.is_its_trace = traced_loss.derivatives_are_jax_own()
            traced_gradient.floats(tree.leaves(tree.start))
        except OutOfBudget:
            raise
        except Exception as reason:
            has_gradient = False
            paths.NOTES[
                f"jax.grad of the loss fails ({str(reason).splitlines()[0]:.100}): no gradient is"
                " checked"
            ] = None
        else:
            paths.NOTES["g is jax.grad of the loss"] = None
    return Program(
        tree.start, tree.names, lambda flat: traced_loss.run(flat)[0],
        traced_gradient.run if has_gradient else None, value,
        gradient_value if has_gradient else None, tree.unit, "jax",
    )  # fmt: skip
