"""Convolutions, pools and resampling of torch, of many shapes: values and slopes are torch's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

torch = pytest.importorskip(
    "torch", reason="torch is not installed: its front end is not tested here"
)

import torch.nn.functional as F  # noqa: E402

from proofs.certify import check_descent  # noqa: E402
from proofs.certify.balls import exact, middle, working  # noqa: E402
from proofs.certify.gradient import in_balls, true_gradient  # noqa: E402
from proofs.certify.reals import Ball  # noqa: E402
from proofs.certify.torch_front import torch_program  # noqa: E402
from tests.certify.torch_functions import POOLS  # noqa: E402

D = torch.float64
some: Callable[[int, int], Any] = lambda low, high: st.integers(low, high)
quickly = settings(max_examples=3, deadline=None, phases=[Phase.generate])


def agrees(f: Callable[..., Any], *shapes: tuple[int, ...]) -> None:
    """Of f at arrays of these shapes: the value, the gradient and the gradient's own code."""
    rng = np.random.default_rng(sum(map(sum, shapes)))
    point = tuple(torch.tensor(rng.normal(size=shape)) for shape in shapes)
    with torch.no_grad():
        weights = torch.tensor(rng.normal(size=tuple(f(*point).shape)))
    loss: Callable[..., Any] = lambda *arrays: (weights * f(*arrays)).sum()
    program = torch_program(loss, None, point if point[1:] else point[0])
    with working(128):
        value = program.loss([Ball(exact(x)) for x in program.start])
    assert middle(value.ball) == pytest.approx(float(loss(*point)), rel=1e-9, abs=1e-9)
    leaves = [x.clone().requires_grad_() for x in point]
    found = torch.autograd.grad(loss(*leaves), leaves)
    wanted = torch.cat([x.reshape(-1) for x in found]).tolist()
    slopes = true_gradient(program).gradient
    assert [middle(s) for s in slopes] == pytest.approx(wanted, rel=1e-9, abs=1e-9)
    code = in_balls(program)
    assert code is not None
    assert [middle(s) for s in code[0]] == pytest.approx(wanted, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("transposed", [False, True])
def test_convolution(count: int, transposed: bool) -> None:
    """Of any stride, padding, dilation and groups, with its derivatives in all three operands."""

    @quickly
    @given(st.data())
    def check(data: st.DataObject) -> None:
        draw: Callable[[int, int], list[int]] = lambda low, high: [
            data.draw(some(low, high)) for _ in range(count)
        ]
        groups, batch = data.draw(some(1, 2)), data.draw(some(1, 2))
        ins, outs = groups * data.draw(some(1, 2)), groups * data.draw(some(1, 2))
        window, stride, padding = draw(1, 3), draw(1, 3), draw(0, 2)
        dilation = draw(1, 2)
        sizes = draw(1, 3 if count == 3 else 5)
        options: dict[str, Any] = {
            "stride": stride, "padding": padding, "dilation": dilation, "groups": groups,
        }  # fmt: skip
        if transposed:
            larger = [max(s, d) for s, d in zip(stride, dilation, strict=True)]
            options["output_padding"] = [data.draw(some(0, n - 1)) for n in larger]
            kernel = (ins, outs // groups, *window)
            function = getattr(F, f"conv_transpose{count}d")
        else:
            kernel = (outs, ins // groups, *window)
            function = getattr(F, f"conv{count}d")
        call: Callable[..., Any] = lambda a, w, b: function(a, w, b, **options)
        shapes = (batch, ins, *sizes), kernel, (outs,)
        try:
            call(*(torch.zeros(shape, dtype=D) for shape in shapes))
        except RuntimeError:  # the window is larger than the image
            assume(False)
        agrees(call, *shapes)

    check()


@pytest.mark.parametrize("name", POOLS)
def test_pool(name: str) -> None:
    @quickly
    @given(st.tuples(some(1, 3), some(0, 1), some(0, 1), some(0, 1)))
    def check(options: tuple[int, ...]) -> None:
        agrees(lambda a: POOLS[name](a, options), (1, 2, 4, 5 if name != "fold" else 10))

    check()


def test_a_small_convolutional_net() -> None:
    torch.manual_seed(0)
    x, labels = torch.randn(2, 1, 4, 4, dtype=D), torch.tensor([0, 1])
    nn = torch.nn
    layers = nn.Conv2d(1, 2, 3, padding=1), nn.BatchNorm2d(2), nn.GELU(), nn.MaxPool2d(2)
    rest = nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(2, 2)
    module = nn.Sequential(*layers, *rest).double().eval()
    report = check_descent(lambda m: F.cross_entropy(m(x), labels), at=module)
    assert report.verdict == "right"
    assert report.certified is not None
    assert report.refuted is not None
    assert report.refuted <= 1.05 * report.certified
