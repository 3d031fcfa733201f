"""A jaxpr as a list of steps on arrays of Reals: calls are written out, dead steps left out,
constants worked out once.

What depends on no parameter is a constant of the program: jax computes it, in the program's own
floats, as it would.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import jax
import jax.extend.core
import jax.numpy as jnp
import numpy as np
from jax.extend.core import Literal

from proofs.certify import errors, paths
from proofs.certify import graphs as g
from proofs.certify.errors import NotDecided, NotUnderstood
from proofs.certify.graphs import Array
from proofs.certify.jax_windows import RULES

CALLS = (
    "jit", "pjit", "closed_call", "core_call", "xla_call", "remat", "remat2", "checkpoint",
    "custom_jvp_call",
    "custom_vjp_call", "custom_vjp_call_jaxpr", "custom_lin",
)  # fmt: skip
CONTROL = ("scan", "while", "cond", "custom_linear_solve")
SILENT = ("debug_callback", "debug_print")
MOST_TURNS = 10_000  # of a while loop
MOVES = (
    "broadcast_in_dim", "reshape", "slice", "transpose", "squeeze", "expand_dims", "rev",
    "concatenate", "stack",
    "unstack", "split", "dynamic_slice", "dynamic_update_slice", "select_n",
)  # fmt: skip
INTEGERS: dict[str, Callable[..., Any]] = {
    "add": np.add, "sub": np.subtract, "mul": np.multiply, "neg": np.negative, "max": np.maximum,
    "min": np.minimum,
    "lt": np.less, "le": np.less_equal, "gt": np.greater, "ge": np.greater_equal, "eq": np.equal,
    "ne": np.not_equal, "and": np.bitwise_and, "or": np.bitwise_or, "xor": np.bitwise_xor,
}  # fmt: skip


@dataclass
class Step:
    """One equation. ins, outs: places in the environment; made: the inner graphs of a loop or
    branch.
    """

    name: str
    eqn: Any
    ins: list[int]
    outs: list[int]
    place: str
    rule: Callable[..., Any] | None
    inner: Any = None


class Graph:
    """A jaxpr, compiled."""

    def __init__(self, closed: Any) -> None:
        self.constants: dict[int, Array] = {}
        self.steps: list[Step] = []
        self.count = 0
        jaxpr = getattr(closed, "jaxpr", closed)
        self.ins = [self._new() for _ in jaxpr.invars]
        self.outs = self._write(jaxpr, getattr(closed, "consts", []), list(self.ins), None)
        self._prune()
        self._fold()
        self._patterns()

    def _new(self, value: Any = None) -> int:
        self.count += 1
        if value is not None:
            self.constants[self.count] = constant(value)
        return self.count

    def _write(
        self, jaxpr: Any, consts: Sequence[Any], ins: list[int], line: str | None
    ) -> list[int]:
        """Writes the equations of a jaxpr; the places of its results. line: of the call that it is
        from.
        """
        where: dict[Any, int] = dict(zip(jaxpr.invars, ins, strict=True))
        for v, c in zip(jaxpr.constvars, consts, strict=True):
            where[v] = self._new(c)
        place_of: Callable[..., Any] = lambda v: (
            self._new(v.val) if isinstance(v, Literal) else where[v]
        )
        for eqn in jaxpr.eqns:
            name, given = eqn.primitive.name, [place_of(v) for v in eqn.invars]
            if name in SILENT:
                continue
            body = _body(eqn) if name in CALLS else None
            known = _known(eqn, body) if body is not None else None
            if known is not None:
                outs = [self._new() for _ in eqn.outvars]
                self.steps.append(Step(name, eqn, given, outs, line or line_of(eqn), known))
            elif body is not None:
                within = getattr(body, "jaxpr", body)
                shown = (line or line_of(eqn)) if line or _of_library(within) else None
                outs = self._write(within, getattr(body, "consts", []), given, shown)
            else:
                outs = [self._new() for _ in eqn.outvars]
                inner = _inner(eqn) if name in CONTROL else None
                self.steps.append(
                    Step(name, eqn, given, outs, line or line_of(eqn), RULES.get(name), inner)
                )
            where.update(zip(eqn.outvars, outs, strict=True))
        return [place_of(v) for v in jaxpr.outvars]

    def _prune(self) -> None:
        """Leaves out what no result needs: its comparisons would be kinks that are none."""
        needed, kept = set(self.outs), []
        for step in reversed(self.steps):
            if needed.intersection(step.outs) or step.eqn.effects:
                kept.append(step)
                needed.update(step.ins)
        self.steps = kept[::-1]

    def _fold(self) -> None:
        left = []
        for step in self.steps:
            if all(i in self.constants for i in step.ins) and not step.eqn.effects:
                given = [self.constants[i] for i in step.ins]
                moves = step.name in MOVES and all(isinstance(a, np.ndarray) for a in given)
                found = self._done(step, given) if moves else bound(step.eqn, given)
                self.constants.update(zip(step.outs, found, strict=True))
            else:
                left.append(step)
        self.steps = left

    def _patterns(self) -> None:
        """Two that are exact: |x| of a sum of exponentials, and where(isfinite(x), x, other).

        The second is x unless x is an infinite constant; of a number that does not exist (1/0)
        balls know nothing.
        """
        by_out = {o: s for s in self.steps for o in s.outs}
        positive = {o for s in self.steps for o in s.outs if s.name == "exp"}
        for s in self.steps:
            if s.name in KEEPS_SIGN and s.ins[0] in positive and _some(s.eqn):
                positive.update(s.outs)
            elif s.name == "abs" and s.ins[0] in positive:
                s.rule = _itself
            elif s.name == "custom_linear_solve":  # what factors the matrix is not needed
                lengths = s.eqn.params["const_lengths"]
                s.ins = s.ins[: lengths.matvec] + s.ins[sum(lengths) :]
            elif s.name == "select_n" and len(s.ins) == 3:
                test = by_out.get(s.ins[0])
                if test is not None and test.name == "is_finite" and test.ins[0] == s.ins[2]:
                    s.ins, s.rule = [s.ins[2], s.ins[1]], _where_finite
        self._prune()

    def run(self, arguments: Sequence[Array]) -> list[Array]:
        """The results for arrays of Reals or constants."""
        env = dict(self.constants)
        env.update(zip(self.ins, arguments, strict=True))
        before = errors.current_line()
        try:
            for step in self.steps:
                errors.set_line(step.place)
                given = [env[i] for i in step.ins]
                with g.explained(f"the jax primitive {step.name}", step.place):
                    env.update(zip(step.outs, self._done(step, given), strict=True))
        finally:
            errors.set_line(before)
        return [env[o] for o in self.outs]

    def _done(self, step: Step, given: list[Array]) -> Sequence[Any]:
        name = step.name
        if step.inner is not None:
            return CONTROLS[name](step, given)
        if all(map(g.is_plain, given)) and name not in MOVES:
            if not any(a.dtype.kind == "f" for a in given):
                if name in INTEGERS:
                    return [np.asarray(INTEGERS[name](*given))]
                return bound(step.eqn, given)
            if step.rule is None:
                return bound(step.eqn, given)
            given = [
                g.lifted(given[0]),
                *given[1:],
            ]  # it depends on the path: in balls, not in floats
        if step.rule is None:
            raise NotUnderstood(f"the jax primitive {name}", UNKNOWN, step.place)
        found = step.rule(step.eqn.params, *given)
        several = isinstance(found, (list, tuple))
        return [g.boxed(x) for x in found] if several else [g.boxed(found)]


def _itself(p: Any, a: Array) -> Array:
    return a


def _where_finite(p: Any, a: Array, other: Array) -> Array:
    return g.mapped(lambda x, y: g.number(x if g.surely_exists(x) else y), a, other)


UNKNOWN = "write it with other operations, or check without balls"
KEEPS_SIGN = (
    "reduce_sum",
    "broadcast_in_dim",
    "reshape",
    "squeeze",
    "transpose",
    "exp",
    "stop_gradient",
    "slice",
)


def _some(eqn: Any) -> bool:
    return bool(np.prod(eqn.invars[0].aval.shape) > 0)


def constant(x: Any) -> Array:
    """A constant of the program as a plain array; short floats in a wider type, which is exact."""
    if jnp.issubdtype(getattr(x, "dtype", np.float64), jax.dtypes.extended):
        return x  # type: ignore[no-any-return]  # a random key
    a = np.asarray(x)
    if a.dtype.kind == "c":
        raise NotUnderstood("complex numbers", "the loss must be real")
    if a.dtype.kind == "V" or a.dtype == np.float16 or a.dtype.name.startswith("bfloat"):
        return a.astype(np.float32)
    return a


def bound(eqn: Any, given: Sequence[Array]) -> list[Array]:
    """What jax computes from constants."""
    is_key: Callable[..., Any] = lambda a: jnp.issubdtype(a.dtype, jax.dtypes.extended)
    pairs = zip(given, eqn.invars, strict=True)
    values = [a if is_key(a) else jnp.asarray(a, v.aval.dtype) for a, v in pairs]
    options = eqn.primitive.get_bind_params(eqn.params)
    functions, parameters = (
        options if isinstance(options, tuple) else ((), options)
    )  # before jax 0.7, and after
    found = eqn.primitive.bind(*functions, *values, **parameters)
    return [constant(x) for x in (found if eqn.primitive.multiple_results else [found])]


_HERE = os.path.dirname(os.path.abspath(__file__))
_JAX = os.path.dirname(os.path.abspath(jax.__file__))


def line_of(eqn: Any) -> str:
    """file:line of the user's program that an equation comes from."""
    trace = getattr(eqn.source_info, "traceback", None)
    for frame in getattr(trace, "frames", ()):
        name = frame.file_name
        library = (
            "site-packages" in name
            or name.startswith((_HERE, "<"))
            or f"{os.sep}lib{os.sep}python" in name
        )
        if not library:
            return f"{os.path.basename(name)}:{frame.line_num}"
    return ""


def _of_library(jaxpr: Any) -> bool:
    """Whether a body is a library's own function: jax keeps such bodies, with the line of their
    first caller.
    """
    return "site-packages" in str(getattr(getattr(jaxpr, "debug_info", None), "func_src_info", ""))


def derivatives_are_jax_own(jaxpr: Any) -> bool:
    """Whether jax.grad of a jaxpr runs no code of the user's: no derivative of theirs is in it."""
    return all(
        (_of_jax(eqn) if eqn.primitive.name.startswith("custom") else eqn.primitive.name in KNOWN)
        and all(map(derivatives_are_jax_own, _inside(eqn)))
        for eqn in jaxpr.eqns
    )


def _inside(eqn: Any) -> list[Any]:
    """Every jaxpr in the parameters of an equation."""
    found = []
    for value in eqn.params.values():
        for inner in value if isinstance(value, (list, tuple)) else [value]:
            inner = getattr(inner, "jaxpr", inner)
            if hasattr(inner, "eqns"):
                found.append(inner)
    return found


def _of_jax(eqn: Any) -> bool:
    """Whether a function with a derivative of its own is jax's. jax.custom_gradient and
    lax.custom_root wrap the user's.
    """
    body = _body(eqn)
    if body is None and "jaxprs" in eqn.params:
        body = eqn.params["jaxprs"].matvec
    info = getattr(getattr(body, "jaxpr", body), "debug_info", None)
    source = str(getattr(info, "func_src_info", ""))
    wrapped = "custom_derivatives" in source or "solves" in source
    return f" at {_JAX}{os.sep}" in source and not wrapped


def _body(eqn: Any) -> Any:
    for key in ("call_jaxpr", "jaxpr", "fun_jaxpr"):
        if key in eqn.params:
            return eqn.params[key]
    return None


def _known(eqn: Any, body: Any) -> Callable[..., Any] | None:
    """A rule for a whole call whose body is, letter for letter, that of a function that jax writes
    with kinks.
    """
    if eqn.primitive.name != "custom_jvp_call" or len(eqn.invars) != 2:
        return None
    shapes = tuple((v.aval.shape, str(v.aval.dtype)) for v in eqn.invars)
    if str(getattr(body, "jaxpr", body)) != _written(shapes):
        return None
    return lambda p, a, b: g.apply("logaddexp", a, b)


@cache
def _written(shapes: tuple[Any, ...]) -> str:
    arguments = [jax.ShapeDtypeStruct(shape, dtype) for shape, dtype in shapes]
    closed = jax.make_jaxpr(jnp.logaddexp)(*arguments)
    for eqn in _all_equations(closed.jaxpr):
        if eqn.primitive.name == "custom_jvp_call":
            body = _body(eqn)
            return str(getattr(body, "jaxpr", body))
    return ""


def _all_equations(jaxpr: Any) -> Any:
    for eqn in jaxpr.eqns:
        yield eqn
        body = _body(eqn)
        if body is not None and eqn.primitive.name != "custom_jvp_call":
            yield from _all_equations(getattr(body, "jaxpr", body))


def _inner(eqn: Any) -> Any:
    p = eqn.params
    if eqn.primitive.name == "scan":
        return Graph(p["jaxpr"])
    if eqn.primitive.name == "while":
        return Graph(p["cond_jaxpr"]), Graph(p["body_jaxpr"])
    if eqn.primitive.name == "cond":
        return [Graph(branch) for branch in p["branches"]]
    return Graph(p["jaxprs"].matvec)


def _scan(step: Step, given: list[Array]) -> list[Array]:
    p = step.eqn.params
    count, carried, turns = p["num_consts"], p["num_carry"], p["length"]
    consts, carry, columns = given[:count], given[count : count + carried], given[count + carried :]
    kept: list[list[Array]] = []
    for i in range(turns)[:: -1 if p["reverse"] else 1]:
        paths.check_time()
        out = step.inner.run([*consts, *carry, *(g.boxed(x[i]) for x in columns)])
        carry = out[:carried]
        kept.append(out[carried:])
    if p["reverse"]:
        kept.reverse()
    made = [g.boxed(np.stack(g.together(column))) for column in zip(*kept, strict=True)]
    if not turns:
        avals = [v.aval for v in step.eqn.outvars[carried:]]
        made = [np.zeros(a.shape, a.dtype) for a in avals]
    return [*carry, *made]


def _while(step: Step, given: list[Array]) -> list[Array]:
    p = step.eqn.params
    test, body = step.inner
    a, b = p["cond_nconsts"], p["body_nconsts"]
    for_test, for_body, state = given[:a], given[a : a + b], given[a + b :]
    for _ in range(MOST_TURNS):
        paths.check_time()
        if not bool(test.run([*for_test, *state])[0]):
            return state
        state = body.run([*for_body, *state])
    raise NotDecided(
        f"the while loop at {step.place} does not end within {MOST_TURNS} turns in balls"
    )


def _cond(step: Step, given: list[Array]) -> list[Array]:
    if not g.is_plain(given[0]):
        raise NotUnderstood("a branch chosen by a number that depends on the parameters", g.STEPS)
    branch = min(max(int(given[0]), 0), len(step.inner) - 1)
    return step.inner[branch].run(given[1:])  # type: ignore[no-any-return]


def _linear_solve(step: Step, given: list[Array]) -> list[Array]:
    """x with matvec(x) = b: the matrix is that of the program's own linear map."""
    from proofs.certify import operations as op
    from proofs.certify.numpy_functions import _eliminated

    count = step.eqn.params["const_lengths"].matvec
    consts, sides = given[:count], given[count:]
    if len(sides) != 1:
        raise NotUnderstood("custom_linear_solve of several arrays", UNKNOWN)
    (b,) = sides
    columns = []
    for i in range(b.size):
        unit = np.zeros(b.size)
        unit[i] = 1.0
        columns.append(g.flat_list(g.lifted(step.inner.run([*consts, unit.reshape(b.shape)])[0])))
    matrix = g.array_from(
        [op.real(x) for row in zip(*columns, strict=True) for x in row], (b.size, b.size)
    )
    found = _eliminated(g.settled(matrix), g.settled(g.lifted(b)).reshape(-1, 1))[1]
    return [found.reshape(b.shape)]


CONTROLS: dict[str, Callable[[Step, list[Array]], Sequence[Any]]] = {
    "scan": _scan, "while": _while, "cond": _cond, "custom_linear_solve": _linear_solve,
}  # fmt: skip


KNOWN = {*RULES, *CALLS, *CONTROL, *SILENT, *INTEGERS}


def understood() -> list[str]:
    """The names of the primitives with a rule."""
    return sorted(KNOWN)
