"""Convolutions and pools of jax, of many shapes: values and derivatives are jax's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

jax = pytest.importorskip("jax", reason="jax is not installed: its front end is not tested here")

import jax.numpy as jnp  # noqa: E402
from jax import lax  # noqa: E402

from proofs.certify import check_descent  # noqa: E402
from proofs.certify.balls import exact, middle, working  # noqa: E402
from proofs.certify.gradient import in_balls, true_gradient  # noqa: E402
from proofs.certify.jax_front import jax_program  # noqa: E402
from proofs.certify.reals import Ball  # noqa: E402
from tests.certify.jax_functions import POOLS  # noqa: E402

jax.config.update("jax_enable_x64", True)
some: Callable[[int, int], Any] = lambda low, high: st.integers(low, high)
quickly = settings(max_examples=3, deadline=None, phases=[Phase.generate])


def agrees(f: Callable[..., Any], *shapes: tuple[int, ...]) -> None:
    """Of f at arrays of these shapes: the value, the gradient and the gradient's own code."""
    rng = np.random.default_rng(sum(map(sum, shapes)))
    point = [jnp.asarray(rng.normal(size=shape)) for shape in shapes]
    weights = rng.normal(size=jax.eval_shape(f, *point).shape)
    loss: Callable[..., Any] = lambda arrays: (weights * f(*arrays)).sum()
    program = jax_program(loss, None, point)
    with working(128):
        value = program.loss([Ball(exact(x)) for x in program.start])
    assert middle(value.ball) == pytest.approx(float(loss(point)), rel=1e-9, abs=1e-9)
    found = jax.jit(jax.grad(loss))(point)
    wanted = np.concatenate([np.ravel(x) for x in found]).tolist()
    slopes = true_gradient(program).gradient
    assert [middle(s) for s in slopes] == pytest.approx(wanted, rel=1e-9, abs=1e-9)
    code = in_balls(program)
    assert code is not None
    assert [middle(s) for s in code[0]] == pytest.approx(wanted, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("spread", [False, True])
def test_convolution(count: int, spread: bool) -> None:
    """Of any stride, padding, dilations, groups and order of axes, with both derivatives."""
    orders = {1: ("NCH", "OIH", "NHC"), 2: ("NHWC", "HWIO", "CNHW")}[count]

    @quickly
    @given(st.data())
    def check(data: st.DataObject) -> None:
        draw: Callable[[int, int], list[int]] = lambda low, high: [
            data.draw(some(low, high)) for _ in range(count)
        ]
        groups, batches = data.draw(st.sampled_from([(1, 1), (2, 1), (1, 2)]))
        batch, ins = 2 * batches, groups * data.draw(some(1, 2))
        outs = groups * batches * data.draw(some(1, 2))
        window, sizes = draw(1, 3), draw(1, 5)
        image = dict(zip("NCHW", [batch, ins, *sizes], strict=False))
        kernel = dict(zip("OIHW", [outs, ins // groups, *window], strict=False))
        shapes = tuple(image[c] for c in orders[0]), tuple(kernel[c] for c in orders[1])
        stride, dilation = draw(1, 3), draw(1, 2)
        holes = draw(1, 3) if spread else [1] * count
        padding = list(zip(draw(-1 if spread else 0, 2), draw(0, 2), strict=True))
        f: Callable[..., Any] = lambda a, w: lax.conv_general_dilated(
            a, w, stride, padding, holes, dilation, orders, groups, batches
        )
        try:
            assume(min(jax.eval_shape(f, *map(jnp.zeros, shapes)).shape) > 0)
        except ValueError:  # the window is larger than the image
            assume(False)
        agrees(f, *shapes)

    check()


@pytest.mark.parametrize("name", POOLS)
def test_pool(name: str) -> None:
    @quickly
    @given(st.tuples(some(1, 2), some(0, 1), some(0, 1)))
    def check(options: tuple[int, ...]) -> None:
        agrees(lambda a: POOLS[name](a, options), (4, 5))

    check()


def test_a_small_convolutional_net() -> None:
    rng = np.random.default_rng(0)
    x, labels = rng.normal(size=(2, 1, 4, 4)), np.array([0, 1])
    params = {"k": jnp.asarray(rng.normal(size=(2, 1, 2, 2))), "w": jnp.ones((2, 2)) / 3}

    def loss(p: Any) -> Any:
        made = jax.nn.relu(lax.conv(x, p["k"], (1, 1), "SAME"))
        made = lax.reduce_window(made, -jnp.inf, lax.max, (1, 1, 2, 2), (1, 1, 2, 2), "VALID")
        return -jnp.mean(jax.nn.log_softmax(made.mean((2, 3)) @ p["w"])[jnp.arange(2), labels])

    report = check_descent(loss, at=params)
    assert report.verdict == "right"
    assert report.certified is not None
    assert report.refuted is not None
    assert report.refuted <= 1.05 * report.certified
