"""Bad input beside that of test_bad_input: one sentence for each, and none is ever `right`."""

from __future__ import annotations

import math
import time
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st

from proofs.certify import BadCall, Report, check_descent

W = np.array([1.0, 2.0])


def square(w: Any) -> Any:
    return np.sum(w * w)


def twice(w: Any) -> Any:
    return 2 * w


def array_of(*shape: int) -> Any:
    return lambda w: np.ones(shape) * np.sum(w)


BAD: dict[str, dict[str, Any]] = {
    "an array": {"loss": array_of(3)},
    "a row": {"loss": array_of(1, 2)},
    "an empty array": {"loss": array_of(0)},
    "complex": {"loss": lambda w: np.sum(w * w) + 0j},
    "a string": {"loss": lambda w: f"{np.sum(w)}"},
    "bytes": {"loss": lambda w: b"1"},
    "a bool": {"loss": lambda w: w[0] > 0},
    "a generator": {"loss": lambda w: (x for x in w)},
    "nothing": {"loss": lambda w: None},
    "two arguments": {"loss": lambda a, b: a * b},
    "no argument": {"loss": lambda: 1.0},
    "endless recursion": {"loss": lambda w: (lambda f: f(f))(lambda f: f(f))},
    "a list that grows": {"loss": lambda p: (p.append(1.0), p[0])[1], "at": [1.0]},
    "a dict that grows": {"loss": lambda p: (p.update(b=1.0), p["a"])[1], "at": {"a": 1.0}},
    "no loss": {"loss": None},
    "integers in a dict": {"at": {"a": np.array([1, 2])}},
    "nan in a tuple": {"at": (1.0, math.nan)},
    "strings": {"at": np.array(["a", "b"])},
    "objects": {"at": np.array([1.0, None], dtype=object)},
    "a set": {"at": {1.0, 2.0}},
    "a masked array": {"at": np.ma.MaskedArray(W, [False, True])},
    "a matrix": {"at": np.ones((1, 2)).view(np.matrix)},
    "empty arrays": {"at": {"a": np.zeros(0)}},
    "grad of another shape": {"grad": lambda w: 2 * w[:, None]},
    "grad a string": {"grad": lambda w: "uphill"},
    "grad of strings": {"grad": lambda w: ["a", "b"]},
    "grad complex": {"grad": lambda w: 2j * w},
    "grad that changes its argument": {"grad": lambda w: w.__imul__(2)},
    "alpha 0": {"alpha": 0.0},
    "alpha -1": {"alpha": -1},
    "alpha nan": {"alpha": math.nan},
    "alpha inf": {"alpha": math.inf},
    "alpha complex": {"alpha": 1j},
    "alpha an array": {"alpha": np.array([0.1, 0.2])},
    "alpha that underflows": {"alpha": 1e-300 * 1e-300},
    "budget a string": {"budget": "long"},
    "budget nan": {"budget": math.nan},
    "budget negative": {"budget": -1},
    "steps 0": {"alpha": 0.1, "steps": 0},
    "steps a float": {"alpha": 0.1, "steps": 2.0},
    "steps in a box": {"alpha": 0.1, "steps": 2, "box": [(0, 1)] * 2},
    "steps from a strategy": {"alpha": 0.1, "steps": 2, "at": st.just(W)},
    "a box for a strategy": {"box": [(0, 1)] * 2, "at": st.just(W)},
    "no points": {"points": 0, "at": st.just(W)},
    "reversed ends": {"box": [(0, 1), (2, 1)]},
    "nan in a box": {"box": [(0, math.nan), (0, 1)]},
    "a box of strings": {"box": "ab"},
    "a box of other size": {"box": [(0, 1)] * 3},
}


@pytest.mark.parametrize("what", BAD)
def test_a_bad_call_is_one_sentence(what: str) -> None:
    call: dict[str, Any] = {"loss": square, "grad": twice, "at": W} | BAD[what]
    with pytest.raises(BadCall) as seen:
        check_descent(call.pop("loss"), call.pop("grad"), **call)
    told = str(seen.value)
    assert 15 < len(told) < 300
    assert "\n" not in told
    assert not told.endswith(".")


def nan_at_times(w: Any) -> Any:
    return np.sum(np.where(w > 0, np.sqrt(-w), w))


UNDECIDED: dict[str, dict[str, Any]] = {
    "nan": {"loss": lambda w: math.nan},
    "inf": {"loss": lambda w: math.inf},
    "-inf": {"loss": lambda w: np.sum(w) * -np.inf},
    "log of a negative": {"loss": lambda w: np.sum(np.log(-w))},
    "root of a negative in a branch": {"loss": nan_at_times},
    "0 / 0": {"loss": lambda w: np.sum((w - W) / (w - W))},
    "math.exp": {"loss": lambda w: math.exp(w[0]) - w[0] * math.e + w @ w - w[0] ** 2 + w[0] ** 2},
    "int": {"loss": lambda w: np.sum(w * w) + 0 * int(w[0])},
    "floor": {"loss": lambda w: np.sum(w * w) + 0 * np.floor(w[0])},
    "an unknown function": {"loss": lambda w: np.sum(np.fft.ifft(np.fft.fft(w)).real ** 2)},
    "a box that leaves the domain": {
        "loss": lambda w: np.sum(w * w - 1e-9 * np.log(w)), "box": [(-1, 1)] * 2,
    },
    "a pole in a box": {"loss": lambda w: np.sum(1 / (w - 0.3)), "grad": None, "box": [(0, 1)] * 2},
    "a kink in a box": {"loss": lambda w: np.sum(np.abs(w)), "grad": np.sign, "box": [(-1, 1)] * 2},
}  # fmt: skip


@pytest.mark.parametrize("what", UNDECIDED)
def test_what_is_not_decided_is_not_right(what: str) -> None:
    call: dict[str, Any] = {"loss": square, "grad": twice, "at": W, "budget": 2.0} | UNDECIDED[what]
    report = check_descent(call.pop("loss"), call.pop("grad"), **call)
    assert report.verdict in ("not decided", "wrong gradient")
    assert report.certified is None
    assert not report
    assert report.advice


@pytest.mark.parametrize(
    "g", [lambda w: w * np.nan, lambda w: np.array([2.0, np.inf]), lambda w: np.array([-np.inf, 4])]
)
def test_a_gradient_that_is_not_finite(g: Any) -> None:
    report = check_descent(square, g, at=W, alpha=0.1)
    assert report.verdict == "wrong gradient"
    assert "not finite" in str(report)


def draws(share: float) -> Any:
    rng = np.random.default_rng(0)
    return lambda w: np.sum(w * w) * (1 + share * rng.random())


def remembers() -> Any:
    seen: list[Any] = []

    def loss(w: Any) -> Any:
        seen.append(w)
        return np.sum(w * w) + len(seen)

    return loss


@pytest.mark.parametrize(
    "loss", [draws(1.0), draws(1e-12), lambda w: np.sum(w * w) * time.time(), remembers()]
)
def test_impure(loss: Any) -> None:
    report = check_descent(loss, twice, at=W)
    assert report.verdict == "impure"
    assert report.certified is None
    assert "measured" in str(report)


def test_a_random_gradient() -> None:
    rng = np.random.default_rng(0)
    report = check_descent(square, lambda w: 2 * w + 1e-12 * rng.normal(size=2), at=W)
    assert report.verdict == "impure"
    assert "w[0] of g" in str(report)


def slow(seconds: float) -> Any:
    def loss(w: Any) -> Any:
        time.sleep(seconds)
        return np.sum(w**4 + np.cos(3 * w))

    return loss


QUARTIC: dict[str, Any] = {"grad": lambda w: 4 * w**3 - 3 * np.sin(3 * w), "budget": 0.5}


@pytest.mark.parametrize(
    "more",
    [
        {"at": W},
        {"at": W, "alpha": 0.01, "steps": 10**9},
        {"box": [(0, 1), (0, 1)]},
        {"at": st.just(W)},
    ],
)
@pytest.mark.parametrize("seconds", [0.0, 0.03, 3.0])
def test_a_budget_is_kept(seconds: float, more: dict[str, Any]) -> None:
    """Whatever the budget interrupts, a report comes back soon after it."""
    began = time.monotonic()
    report: Report = check_descent(slow(seconds), **QUARTIC, **more)
    assert time.monotonic() - began < 2.5
    if seconds == 3.0:
        assert report.verdict == "not decided"
        assert "budget" in f"{report.advice} {report}"


def test_a_step_that_changes_nothing_does_not_raise_the_loss() -> None:
    report = check_descent(square, twice, at=W, alpha=1.0)
    assert report.verdict == "step too large"
    assert "raises" not in str(report)
