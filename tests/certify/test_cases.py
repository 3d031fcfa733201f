"""Fourteen public reports, re-created in a few lines each: what the report must say of them."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from proofs.certify import Report, check_descent


Fn = Callable[..., Any]


def brackets(report: Report, rate: float, ratio: float = 1.001) -> bool:
    """Whether the true rate lies in the bracket, and the bracket is narrow."""
    low, high = report.certified, report.refuted
    assert low is not None
    assert high is not None
    return low <= rate * (1 + 1e-12) and rate * (1 - 1e-12) <= high <= ratio * low


def test_a1_one_wrong_sign_among_2000() -> None:
    """pytorch#59615: a fast check passes a gradient with one wrong coordinate."""
    rng = np.random.default_rng(0)
    w, c = rng.normal(size=2000), 1 + rng.random(2000) * 1e-3
    w[7] = 1e-3

    def grad(v: Any) -> Any:
        g = c * v
        g[7] = -g[7]
        return g

    report = check_descent(lambda v: np.sum(c * v * v) / 2, grad, at=w)
    assert report.verdict == "wrong gradient"
    assert report.worst is not None
    assert report.worst["name"] == "w[7]"
    assert "wrong sign in 1 of 2000" in str(report)


def test_b1_sum_of_squares_with_an_outlier() -> None:
    """tensorflow#12030: rate 0.01 diverges; this start descends up to 7.962e-4, every start up
    to 7.955e-4.
    """
    x, y = np.array([1.0, 2, 3, 4, 35]), np.array([0.0, -1, -2, -3, -34])
    loss: Fn = lambda p: np.sum((p[0] * x + p[1] - y) ** 2)
    grad: Fn = lambda p: (
        2 * np.array([np.sum((p[0] * x + p[1] - y) * x), np.sum(p[0] * x + p[1] - y)])
    )
    start = np.array([0.3, -0.3])
    report = check_descent(loss, grad, at=start, alpha=0.01)
    h = 2 * np.array([[x @ x, x.sum()], [x.sum(), 5]])
    g = grad(start)
    assert report.verdict == "step too large"
    assert brackets(report, 2 * (g @ g) / (g @ h @ g))
    assert "from every start" in str(report)
    assert report.get("certified_everywhere") == pytest.approx(
        2 / np.linalg.eigvalsh(h)[-1], rel=1e-6
    )


@pytest.mark.parametrize("x", [31.0, 32.0, 199.0])
def test_b2_one_sample_at_a_time(x: float) -> None:
    """keras#3040: one sample descends iff alpha < 1/(x^2 + 1); 0.001 fails from x = 32 on."""
    loss: Fn = lambda w, b: (w * x + b - 2 * x) ** 2
    grad: Fn = lambda w, b: (2 * (w * x + b - 2 * x) * x, 2 * (w * x + b - 2 * x))
    report = check_descent(loss, grad, at=(0.0, 0.0), alpha=0.001)
    assert brackets(report, 1 / (x * x + 1))
    assert report.verdict == ("right" if x < 32 else "step too large")


def test_b4_step_not_divided_by_lipschitz() -> None:
    """benchopt#49: 1.99/L descends from every start, 1.99 does not."""
    x = np.array([[1.0, 2], [3, -1], [0, 4], [2, 2], [-1, 3], [4, 0]])
    y = np.array([1.0, 0, 2, 1, 3, 1])
    lipschitz = float(np.linalg.norm(x, 2) ** 2)
    loss: Fn = lambda w: np.sum((x @ w - y) ** 2) / 2
    grad: Fn = lambda w: x.T @ (x @ w - y)
    assert check_descent(loss, grad, at=np.zeros(2), alpha=1.99).verdict == "step too large"
    report = check_descent(loss, grad, at=np.zeros(2), alpha=1.99 / lipschitz)
    assert report.verdict == "right"
    assert report.get("certified_everywhere") == pytest.approx(2 / lipschitz, rel=1e-6)
    box = check_descent(loss, grad, box=[(-5, 5), (-5, 5)], alpha=1.99 / lipschitz)
    assert box.verdict == "right"


@pytest.mark.parametrize("x", [4.0, 5.0, 8.0])
def test_b6_hidden_rate(x: float) -> None:
    """stackoverflow 7783243: one point (x, x) descends iff alpha < 2/(x^2 + 1); 0.1 fails from
    x = 5 on.
    """
    loss: Fn = lambda a, b: (a * x + b - x) ** 2 / 2
    grad: Fn = lambda a, b: ((a * x + b - x) * x, a * x + b - x)
    report = check_descent(loss, grad, at=(0.5, 0.0), alpha=0.1)
    assert brackets(report, 2 / (x * x + 1))
    assert report.verdict == ("right" if x < 5 else "step too large")


@pytest.mark.parametrize("at", [(0.0, 0.0), (6.0, 0.0), (2.0, -0.5), (8.0, -1.0)])
def test_c1_one_element_in_place_of_a_column(at: tuple[float, float]) -> None:
    """A course's first exercise: wrong everywhere, and yet a small step often descends."""
    x, y = np.array([1.0, 2, 4, 7]), np.array([2.0, 3, 6, 10])
    loss: Fn = lambda b, w: np.sum((b + w * x - y) ** 2) / 8

    def grad(b: Any, w: Any) -> Any:
        r = b + w * x - y
        return np.sum(r) / 4, np.sum(r * 1) / 4

    report = check_descent(loss, grad, at=at)
    assert report.verdict == "wrong gradient"
    assert report.worst is not None
    assert report.worst["name"] == "[1]"


def test_c2_batch_normalization_with_constant_statistics() -> None:
    """deeplearning.ai 178397: the statistics are not constants; dL/db is 0, not -0.3."""
    x, y, eps = np.array([1.0, 2, 4, 5]), np.array([0.0, 0, 1, 1]), 1e-5

    def loss(w: Any, b: Any) -> Any:
        z = w * x + b
        return np.mean(((z - np.mean(z)) / np.sqrt(np.var(z) + eps) - y) ** 2)

    def grad(w: Any, b: Any) -> Any:
        z = w * x + b
        deviation = np.sqrt(np.var(z) + eps)
        e = 2 * ((z - np.mean(z)) / deviation - y) / 4 / deviation
        return np.sum(e * x), np.sum(e)

    report = check_descent(loss, grad, at=(2.0, 1.0))
    assert report.verdict == "wrong gradient"
    assert report.gradient_error is not None
    assert report.gradient_error > 1e4


def test_c3_missing_1_over_the_batch() -> None:
    """center loss#9: too large by the factor m = 5, and a small step descends all the same."""
    at = np.array([1.0, 2, -1, 3, 0])
    loss: Fn = lambda f: np.sum((f - 0.5) ** 2) / 10
    wrong, right = (
        check_descent(loss, lambda f: f - 0.5, at=at),
        check_descent(loss, lambda f: (f - 0.5) / 5, at=at),
    )
    assert wrong.verdict == "wrong gradient"
    assert "5 times too large (a missing 1/5?)" in str(wrong)
    assert brackets(wrong, 2.0)
    assert right.verdict == "right"
    assert brackets(right, 10.0)


def test_c5_broadcast() -> None:
    """pytorch#16045: (n, 1) against (n,) is another loss, whose gradient is right; all one can
    do is say so.
    """
    x, y = np.array([[1.0, 2], [0, 1], [3, 1], [2, 5]]), np.array([3.0, 1, 4, 9])
    loss: Fn = lambda w: np.mean(((x @ w)[:, None] - y) ** 2)
    grad: Fn = lambda w: 2 * x.T @ (x @ w - y.mean()) / 4
    report = check_descent(loss, grad, at=np.array([1.0, -1.0]))
    assert report.verdict == "right"
    assert "every pair is taken" in str(report)


def test_d1_ties() -> None:
    """kornia#4184: a maximum of equal numbers: a kink, at which (1/4, ..) is a subgradient that
    descends.
    """
    report = check_descent(np.max, lambda w: np.full(4, 0.25), at=np.ones(4), alpha=1.0)
    assert report.verdict == "kink"
    assert report
    assert "lies between" in str(report)
    assert report.get("slope") == pytest.approx(-0.25)
    assert report.certified is not None
    assert report.certified > 1e6


@pytest.mark.parametrize("norm", [np.linalg.norm, lambda x: np.sqrt(np.sum(x**2))])
def test_d2_nan_where_the_loss_is_smooth(norm: Any) -> None:
    """jax#21723: |x|^2 as norm(x)**2 has gradient nan at 0, where it is 0."""
    report = check_descent(lambda x: norm(x) ** 2, lambda x: x * np.nan, at=np.zeros(2))
    assert report.verdict == "wrong gradient"
    assert "not finite" in str(report)
    assert report.worst is not None
    assert report.worst["should_be"] == 0


def test_d2_nan_from_the_branch_not_taken() -> None:
    """where(x > 0, sqrt(x), x) has gradient nan at x < 0, where it is 1."""
    loss: Fn = lambda x: np.sum(np.where(x > 0, np.sqrt(x), x))
    report = check_descent(loss, lambda x: x * np.nan, at=np.array([-1.0]))
    assert report.verdict == "wrong gradient"
    assert report.worst is not None
    assert report.worst["should_be"] == 1
    assert check_descent(loss, lambda x: np.ones(1), at=np.array([-1.0])).verdict == "right"


def test_e1_softplus_overflows() -> None:
    """burn#5373: log(1 + exp(5 x))/5 overflows in float32 from x = 18 on: the formula is right,
    its floats are not.
    """
    at = np.array([20], np.float32)
    loss: Fn = lambda x: np.sum(np.log(1 + np.exp(5 * x)) / 5)
    grad: Fn = lambda x: np.exp(5 * x) / (1 + np.exp(5 * x))
    report = check_descent(loss, grad, at=at)
    assert report.verdict == "rounding"
    assert "should be 1" in str(report)
    stable: Fn = lambda x: np.sum(np.logaddexp(0, 5 * x) / 5)
    assert check_descent(stable, lambda x: 1 / (1 + np.exp(-5 * x)), at=at).verdict == "right"


def test_e2_variance_cancels() -> None:
    """sherpa-onnx#3857: E[x^2] - E[x]^2 in float32 loses all digits; in doubles the rate is 4
    (var + 1e-5).
    """
    at = np.array([-15.94 + k / 1000 for k in (-7, -2, 3, 6)])

    def variance(x: Any) -> Any:
        return np.mean(x * x) - np.mean(x) ** 2

    loss: Fn = lambda x: np.log(variance(x) + 1e-5)
    grad: Fn = lambda x: (x - np.mean(x)) / 2 / (variance(x) + 1e-5)
    report = check_descent(loss, grad, at=at)
    assert report.verdict == "right"
    assert brackets(report, 4 * (np.var(at) + 1e-5))
    assert report.certified is not None
    assert math.isclose(report.certified, 1.38e-4, rel_tol=0.01)
    single = check_descent(loss, grad, at=at.astype(np.float32))
    assert single.verdict == "limited by rounding"
    assert "loses all digits" in str(single)


def test_e3_wrong_or_noise() -> None:
    """LBFGS-Lite#1: is the gradient wrong, or tiny? Both can be told, where finite differences
    cannot.
    """
    loss: Fn = lambda x, y: 1e8 + (x - 1) ** 2 + 10 * (y - x * x) ** 2
    right: Fn = lambda x, y: (2 * (x - 1) - 40 * x * (y - x * x), 20 * (y - x * x))
    h = 2.0**-17
    good = check_descent(loss, right, at=(1 + h, 1 + h))
    assert good.verdict == "limited by rounding"
    assert good.get("best_gain") == pytest.approx(6e-10, rel=0.1)
    bad = check_descent(loss, lambda x, y: (right(x, y)[0], -right(x, y)[1]), at=(1 + h, 1 + h))
    assert bad.verdict == "wrong gradient"
    assert "off by 0.86" in str(bad)
