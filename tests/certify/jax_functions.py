"""Functions of three numbers, that use every primitive of jax that has a rule."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

jax.config.update("jax_enable_x64", True)  # before the constants below are made

WEIGHTS = np.array([1.0, -2.0, 0.5])
MATRIX = np.array([[2.0, 1.0, 0.5], [0.25, 3.0, -1.0], [1.0, 0.5, 4.0]])
ALL = (-3.0, 3.0)
UP = (0.2, 3.0)
IN = (-0.9, 0.9)
INDEX = jnp.array([2, 0, 2])
SECOND = jnp.array([0.3, -1.0, 2.0])


def _scan(w: Any) -> Any:
    body = lambda c, x: (jnp.sin(c * x + w[0]), c * w)
    last, kept = lax.scan(body, w[1], w, reverse=True)
    return kept.sum(axis=0) * last


def while_loop(w: Any) -> Any:
    step = lambda s: (s[0] + 1, jnp.sin(s[1]) + w)
    return lax.while_loop(lambda s: s[0] < 3, step, (0, w))[1]


def custom(w: Any) -> Any:
    twice = jax.custom_vjp(lambda x: x * x)
    twice.defvjp(lambda x: (x * x, x), lambda x, g: (2 * x * g,))
    return twice(w)


def _spd(w: Any) -> Any:
    return MATRIX @ MATRIX.T + jnp.outer(w, w)


# Functions of three numbers that give three: their primitives, in the graph or in its gradient.
FUNCTIONS: dict[str, tuple[Callable[[Any], Any], tuple[float, float]]] = {
    "arithmetic": (lambda w: (w + 2.0) * w - w / 3.0 - (-w), ALL),
    "divide": (lambda w: SECOND / w + w / SECOND, UP),
    "exp": (jnp.exp, ALL),
    "exp2": (jnp.exp2, ALL),
    "log": (jnp.log, UP),
    "log1p": (jnp.log1p, UP),
    "expm1": (jnp.expm1, ALL),
    "tanh": (jnp.tanh, ALL),
    "logistic": (jax.nn.sigmoid, ALL),
    "sin": (jnp.sin, ALL),
    "cos": (jnp.cos, ALL),
    "tan": (jnp.tan, IN),
    "asin": (jnp.arcsin, IN),
    "acos": (jnp.arccos, IN),
    "atan": (jnp.arctan, ALL),
    "sinh": (jnp.sinh, ALL),
    "cosh": (jnp.cosh, ALL),
    "asinh": (jnp.arcsinh, ALL),
    "acosh": (lambda w: jnp.arccosh(w + 1), UP),
    "atanh": (jnp.arctanh, IN),
    "sqrt": (jnp.sqrt, UP),
    "rsqrt": (lax.rsqrt, UP),
    "cbrt": (jnp.cbrt, UP),
    "abs": (jnp.abs, ALL),
    "sign": (lambda w: jnp.sign(w) * w, ALL),
    "square": (jnp.square, ALL),
    "erf": (lax.erf, ALL),
    "erfc": (lax.erfc, ALL),
    "erf_inv": (lax.erf_inv, IN),
    "lgamma": (lax.lgamma, UP),
    "atan2": (lambda w: jnp.arctan2(w, 2.0), ALL),
    "max": (lambda w: jnp.maximum(w, SECOND), ALL),
    "min": (lambda w: jnp.minimum(w, SECOND), ALL),
    "pow": (lambda w: w**1.7 + w**-2 + 2.0**w + w**w, UP),
    "integer_pow": (lambda w: w**5, ALL),
    "clamp": (lambda w: jnp.clip(w, -1.0, 1.5) + lax.clamp(-1.0, w, 1.0), ALL),
    "select_n": (lambda w: jnp.where(w > 0.5, w**2, jnp.where(w <= -1.0, w, 3 * w)), ALL),
    "compare": (lambda w: w * (w < 0.1) + (w >= 2.0) * w**2 + (w != SECOND) + (w == 9.0), ALL),
    "is_finite": (lambda w: jnp.where(jnp.isfinite(w), w, 0.0) * jnp.isfinite(w), ALL),
    "relu": (jax.nn.relu, ALL),
    "gelu": (lambda w: jax.nn.gelu(w, approximate=False), ALL),
    "elu": (jax.nn.elu, ALL),
    "softplus": (jax.nn.softplus, ALL),
    "logaddexp": (lambda w: jnp.logaddexp(w, SECOND), ALL),
    "softmax": (jax.nn.softmax, ALL),
    "log_softmax": (jax.nn.log_softmax, ALL),
    "logsumexp": (lambda w: w * jax.nn.logsumexp(2 * w), ALL),
    "sums": (lambda w: w * w.sum() + jnp.mean(w) * w.var(), ALL),
    "prod": (lambda w: w * jnp.prod(w), UP),
    "largest": (lambda w: jnp.max(w) * w + jnp.min(w), ALL),
    "argmax": (lambda w: w[jnp.argmax(w)] + w * w[jnp.argmin(w)], ALL),
    "cumsum": (lambda w: jnp.cumsum(w) * w + lax.cumsum(w, reverse=True), ALL),
    "cumprod": (lambda w: lax.cumprod(w), UP),
    "cummax": (lambda w: lax.cummax(w) + lax.cummin(w), ALL),
    "cumlogsumexp": (lax.cumlogsumexp, ALL),
    "sort": (lambda w: jnp.sort(w) ** 2, ALL),
    "sort by": (lambda w: lax.sort((w, w * SECOND), num_keys=1)[1], ALL),
    "top_k": (lambda w: lax.top_k(w, 2)[0].sum() * w, ALL),
    "convert": (lambda w: w.astype(jnp.float32).astype(float) + w.astype(bool), UP),
    "broadcast": (lambda w: (w[:, None] * jnp.ones((3, 2))).sum(1), ALL),
    "reshape": (lambda w: jnp.outer(w, w).reshape(9)[1:7:2], ALL),
    "slice": (lambda w: jnp.outer(w, w)[1, ::-1], ALL),
    "transpose": (lambda w: (jnp.outer(w, SECOND).T * MATRIX)[0], ALL),
    "expand_dims": (lambda w: lax.expand_dims(w, (0,))[0], ALL),
    "concatenate": (lambda w: jnp.concatenate([w, jnp.ones(1), w])[1:4], ALL),
    "stack": (lambda w: jnp.stack([w, SECOND, w**2])[:, 1], ALL),
    "split": (lambda w: jnp.split(jnp.outer(w, w), 3)[1][0], ALL),
    "tile": (lambda w: jnp.tile(w, 2)[2:5], ALL),
    "dot_general": (lambda w: MATRIX @ w + jnp.outer(w, w) @ w, ALL),
    "batched dot": (
        lambda w: jnp.einsum("bij,bj->bi", jnp.stack([MATRIX * w[0]] * 3), jnp.ones((3, 3)))[1],
        ALL,
    ),
    "gather": (lambda w: w[INDEX] * jnp.outer(w, w)[INDEX, jnp.array([0, 1, 1])], ALL),
    "outside": (lambda w: w.at[jnp.array([0, 7, 1])].get(mode="fill", fill_value=2.0), ALL),
    "dynamic_slice": (lambda w: lax.dynamic_slice(jnp.outer(w, w), (1, 0), (1, 3))[0], ALL),
    "dynamic_update_slice": (lambda w: lax.dynamic_update_slice(SECOND, w[:2] ** 2, (1,)), ALL),
    "pad": (lambda w: lax.pad(w, w[0], [(1, -1, 1)])[:3], ALL),
    "scatter": (lambda w: SECOND.at[jnp.array([2, 0])].set(w[:2] ** 2), ALL),
    "scatter_add": (lambda w: SECOND.at[INDEX].add(w) * SECOND.at[0].subtract(w[1]), ALL),
    "scatter_mul": (lambda w: SECOND.at[jnp.array([1])].multiply(w[:1], unique_indices=True), ALL),
    "scatter_max": (lambda w: SECOND.at[1].max(w[0]) + SECOND.at[1].min(w[2]), ALL),
    "rev": (lambda w: w[::-1] ** 2, ALL),
    "scan": (_scan, ALL),
    "while": (while_loop, ALL),
    "cond": (lambda w: lax.cond(w[0] > 0, lambda x: x**2, lambda x: jnp.sin(x), w), ALL),
    "switch": (lambda w: lax.switch(2, [jnp.sin, jnp.cos, jnp.exp], w), ALL),
    "fori": (lambda w: lax.fori_loop(0, 3, lambda i, x: x * w + w[i], w), ALL),
    "remat": (jax.checkpoint(lambda w: jnp.sin(w) ** 2), ALL),
    "jit": (jax.jit(lambda w: w * jnp.cos(w)), ALL),
    "custom_vjp": (custom, ALL),
    "stop_gradient": (lambda w: w + 0 * lax.stop_gradient(w), ALL),
    "norm": (lambda w: w * jnp.linalg.norm(w), UP),
    "solve": (lambda w: jnp.linalg.solve(_spd(w), w), ALL),
    "cholesky": (lambda w: jnp.linalg.cholesky(_spd(w))[2], ALL),
    "triangular": (lambda w: jax.scipy.linalg.solve_triangular(_spd(w), w, lower=True), ALL),
    "map": (lambda w: lax.map(jnp.sin, w), ALL),
    "vmap": (jax.vmap(lambda x: x * jnp.tanh(x)), ALL),
    "barrier": (lambda w: lax.optimization_barrier(w) ** 2, ALL),
    "precision": (lambda w: lax.reduce_precision(w, 11, 52) ** 2, ALL),
    "copy": (lambda w: jnp.copy(w), ALL),
    "unstack": (lambda w: jnp.unstack(jnp.outer(w, w))[1], ALL),
}


def pool(a: Any, start: float, step: Any, options: tuple[int, ...]) -> Any:
    """A window of 2 by 3 of any stride and padding."""
    padding = ((options[1], 0), (0, options[2]))
    return lax.reduce_window(a, start, step, (2, 3), (options[0], 2), padding)


POOLS: dict[str, Callable[[Any, Any], Any]] = {
    "sum": lambda a, o: pool(a, 0.0, lax.add, o),
    "max": lambda a, o: pool(a, -jnp.inf, lax.max, o),
    "min": lambda a, o: pool(a, jnp.inf, lax.min, o),
    "same": lambda a, o: lax.reduce_window(a, 0.0, lax.add, (2, 2), (o[0], 1), "SAME"),
    "dilated": lambda a, o: lax.reduce_window(
        a, 0.0, lax.add, (2, 2), (o[0], 1), "VALID", window_dilation=(1, 2)
    ),
    "transposed": lambda a, o: lax.conv_transpose(
        a[None, None], jnp.ones((1, 1, 2, 2)), (o[0], 2), "SAME",
        dimension_numbers=("NCHW", "OIHW", "NCHW"),
    ),
    "tangents": lambda a, o: jax.jvp(lambda x: pool(x, -jnp.inf, lax.max, o), (a,), (a**2,))[1],
}  # fmt: skip
