"""Every verdict provoked, and what the report says with it."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from proofs.certify import BadCall, Report, assert_descent, check_descent
from proofs.certify.report import VERDICTS, down, up

X = np.array([[1.0, 2.0], [3.0, -1.0], [0.0, 4.0], [2.0, 2.0], [-1.0, 3.0]])
Y = np.array([1.0, 0.0, 2.0, 1.0, 3.0])
W = np.array([0.5, -0.25])
RATE = 2 / np.linalg.eigvalsh(2 * X.T @ X / 5)[-1]


def loss(w: Any) -> Any:
    return np.mean((X @ w - Y) ** 2)


def grad(w: Any) -> Any:
    return 2 * X.T @ (X @ w - Y) / len(Y)


def exact_rate(w: Any, g: Any) -> float:
    """2 g.g' / g.Hg for a quadratic loss along -g, g' the true gradient."""
    return float(2 * (g @ grad(w)) / (g @ (2 * X.T @ X / 5) @ g))


def test_right() -> None:
    report = check_descent(loss, grad, at=W, alpha=0.01)
    assert report.verdict == "right"
    assert report.exit_code == 0
    assert report.gradient_error is not None
    assert report.gradient_error < 1e-15
    true = exact_rate(W, grad(W))
    assert report.certified is not None
    assert report.refuted is not None
    assert report.certified < true < report.refuted < 1.001 * report.certified
    assert "alpha = 0.01 is one of these" in str(report)


def test_step_too_large() -> None:
    report = check_descent(loss, grad, at=W, alpha=1.0)
    assert report.verdict == "step too large"
    assert report.exit_code == 1
    assert (
        f"alpha = 1 raises the loss from {loss(W):.6g} to {loss(W - grad(W)):.6g} (proved)"
        in str(report)
    )
    assert "Use a learning rate of at most" in str(report)
    assert report.pages == ["a07", "a12", "a14", "b05"]


@pytest.mark.parametrize(
    ("bug", "told"),
    [
        (lambda g: 2 * g, "2 times too large"),
        (lambda g: g / 5, "5 times too small"),
        (lambda g: -g, "wrong sign"),
        (lambda g: g[::-1], "another order"),
        (lambda g: g * np.array([1, -1]), "wrong sign in 1 of 2"),
        (lambda g: g * np.array([1, 1 + 1e-6]), "w[1]"),
        (lambda g: g + np.array([1e-9, 0]), "w[0]"),
    ],
)
def test_wrong_gradient(bug: Any, told: str) -> None:
    report = check_descent(loss, lambda w: bug(grad(w)), at=W)
    assert report.verdict == "wrong gradient"
    assert told in str(report)
    assert report.worst is not None
    assert report.worst["should_be"] == pytest.approx(
        grad(W)[0 if "[0]" in report.worst["name"] else 1]
    )


def test_uphill() -> None:
    report = check_descent(loss, lambda w: -grad(w), at=W)
    assert "-g points uphill" in str(report)
    assert "b13" in report.pages


def test_kink_with_a_subgradient_is_harmless() -> None:
    report = check_descent(lambda w: np.sum(np.abs(w)), np.sign, at=np.array([0.0, 1.0]), alpha=0.5)
    assert report.verdict == "kink"
    assert report.exit_code == 0
    assert report.kinks == [
        f"abs at {__file__.rsplit('/', 1)[-1]}:{report.kinks[0].rsplit(':', 1)[-1]}"
    ]
    assert "go from -1 to 1" in str(report)
    assert "lies between" in str(report)


def test_kink_with_no_subgradient_is_not() -> None:
    report = check_descent(
        lambda w: np.sum(np.abs(w)), lambda w: np.array([3.0, 1.0]), at=np.array([0.0, 1.0])
    )
    assert report.verdict == "kink"
    assert report.exit_code == 1
    assert "does not lie between" in str(report)


def test_paths_that_agree_to_first_order_are_no_kink() -> None:
    report = check_descent(
        lambda w: np.sum(np.maximum(0, w) ** 2) + w @ w,
        lambda w: 2 * np.maximum(0, w) + 2 * w,
        at=np.array([0.0, 1.0]),
    )
    assert report.verdict == "right"


def test_jump() -> None:
    report = check_descent(
        lambda w: np.where(w[0] > 0, 1.0, 0.0) + w @ w, lambda w: 2 * w, at=np.array([0.0, 1.0])
    )
    assert report.verdict == "kink"
    assert "jumps" in str(report)
    assert not report


def test_rounding_by_overflow() -> None:
    softplus: Any = lambda x: np.sum(np.log(1 + np.exp(5 * x)) / 5)
    slope: Any = lambda x: np.exp(5 * x) / (1 + np.exp(5 * x))
    report = check_descent(softplus, slope, at=np.array([20], np.float32))
    assert report.verdict == "rounding"
    assert "the formula of g is right in real arithmetic (proved)" in str(report)


def test_rounding_by_cancellation() -> None:
    f = lambda x: x * x / 2
    report = check_descent(f, lambda x: ((x + 1e11) ** 2 - x * x - 1e22) / 2e11, at=np.float64(1.5))
    assert report.verdict == "rounding"


def test_limited_by_rounding() -> None:
    report = check_descent(lambda w: 1e12 + w @ w, lambda w: 2 * w, at=np.array([1e-4, 0.0]))
    assert report.verdict == "limited by rounding"
    assert report
    assert report.get("best_gain") < report.get("noise")


class Noisy:
    """A loss that is never the same, and a gradient that remembers."""

    def __init__(self) -> None:
        self.count = 0
        self.seen = W

    def loss(self, w: Any) -> Any:
        self.count += 1
        return loss(w) + self.count

    def remembered(self, w: Any) -> Any:
        self.seen = w
        return loss(w)

    def stale(self, w: Any) -> Any:
        return grad(self.seen)


def test_impure_loss() -> None:
    report = check_descent(Noisy().loss, grad, at=W)
    assert report.verdict == "impure"
    assert report.exit_code == 1


def test_impure_gradient() -> None:
    noisy = Noisy()
    report = check_descent(noisy.remembered, noisy.stale, at=W)
    assert report.verdict == "impure"
    assert "after the loss was asked elsewhere" in str(report)


def test_not_decided_names_operation_and_line() -> None:
    report = check_descent(lambda w: np.sum(np.abs(np.fft.fft(w)) ** 2), lambda w: 4 * w, at=W)
    assert report.verdict == "not decided"
    assert report.exit_code == 2
    assert "numpy.fft.fft at test_verdicts.py:" in str(report)
    assert "(proved)" not in str(report)


def test_a_black_box_is_never_right() -> None:
    f = lambda w: np.sum(np.real(np.fft.ifft(np.fft.fft(w))) ** 2)
    good, bad = check_descent(f, lambda w: 2 * w, at=W), check_descent(f, lambda w: 3 * w, at=W)
    assert good.verdict == "not decided"
    assert "agree with g to within their noise (measured)" in str(good)
    assert bad.verdict == "wrong gradient"
    assert "measured" in str(bad)
    assert "proved" not in str(good) + str(bad)


def test_without_a_gradient_the_step_is_against_the_true_one() -> None:
    report = check_descent(loss, at=W, alpha=1.0)
    assert report.verdict == "step too large"
    assert "no gradient was given" in str(report)


def test_all_verdicts_are_in_this_file() -> None:
    with open(__file__) as file:
        text = file.read()
    assert [v for v in VERDICTS if f'verdict == "{v}"' not in text] == []


def test_assert_descent() -> None:
    assert assert_descent(loss, grad, at=W).verdict == "right"
    with pytest.raises(AssertionError, match="wrong gradient: g is off by 1"):
        assert_descent(loss, lambda w: 2 * grad(w), at=W)
    box = lambda w: np.sum(np.abs(np.fft.fft(w)) ** 2)
    with pytest.raises(AssertionError, match="not decided"):
        assert_descent(box, lambda w: 4 * w, at=W)
    assert assert_descent(box, lambda w: 4 * w, at=W, undecided=True).verdict == "not decided"
    with pytest.raises(BadCall):
        assert_descent(loss, grad, at=W, alpha=-1)


def test_json_and_numbers() -> None:
    report = check_descent(loss, grad, at=W, alpha=0.01)
    told = json.loads(report.to_json())
    assert told["verdict"] == "right"
    assert told["numbers"]["certified"] == {"value": report.certified, "proved": True}
    assert told["numbers"]["noise"]["proved"] is False
    assert told["front"] == "numpy"
    assert told["words"] == str(report)


def test_plot(tmp_path: Any) -> None:
    pytest.importorskip("matplotlib")
    for name in ("ray.svg", "ray.png"):
        check_descent(loss, grad, at=W, alpha=0.5).plot(str(tmp_path / name))
        assert (tmp_path / name).stat().st_size > 1000
    with pytest.raises(ValueError, match="no ray"):
        Report().plot()


@pytest.mark.parametrize("x", [0.1, 1.0, 123456789.0, 9.999999e-5, 3e300, 5e-324, 0.99999999])
def test_certified_is_never_rounded_up(x: float) -> None:
    assert float(down(x)) <= x <= float(up(x))


def test_steps() -> None:
    good = check_descent(loss, grad, at=W, alpha=0.05, steps=20)
    assert good.verdict == "right"
    assert "each of the 20 steps" in str(good)
    assert good.get("losses") == sorted(good.get("losses"), reverse=True)
    quartic = check_descent(
        lambda w: np.sum(w**4 - 2 * w**2),
        lambda w: 4 * w**3 - 4 * w,
        at=np.array([0.01]),
        alpha=0.3,
        steps=50,
    )
    assert quartic.verdict in ("step too large", "limited by rounding")
    assert 3 < quartic.get("steps") < 50


def test_budget() -> None:
    import time

    def slow(w: Any) -> Any:
        time.sleep(0.05)
        return np.sum(w**4 + np.cos(3 * w))

    began = time.monotonic()
    report = check_descent(slow, lambda w: 4 * w**3 - 3 * np.sin(3 * w), at=W, budget=0.5)
    assert time.monotonic() - began < 3
    assert report.verdict == "not decided" or report.certified
