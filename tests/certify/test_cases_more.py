"""What the fourteen cases ask besides, and seven more of their kinds, each with its answer."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import mpmath  # type: ignore[import-untyped]
import numpy as np
import pytest

from proofs.certify import Report, check_descent

Function = Callable[..., Any]


def brackets(report: Report, rate: float, ratio: float = 1.001) -> bool:
    """Whether the true rate lies in a narrow bracket."""
    low, high = report.certified, report.refuted
    return (
        low is not None
        and high is not None
        and low < rate * (1 + 1e-12) <= high * (1 + 2e-12) <= ratio * low
    )


def test_b1_without_the_outlier() -> None:
    """The line without the point at 35: this start up to 2 g.g / g.Hg, every one up to 0.0309."""
    x, y, start = np.arange(1.0, 5), -np.arange(4.0), np.array([0.3, -0.3])
    loss: Function = lambda p: np.sum((p[0] * x + p[1] - y) ** 2)
    grad: Function = lambda p: (
        2 * np.array([np.sum((p[0] * x + p[1] - y) * x), np.sum(p[0] * x + p[1] - y)])
    )
    h, g = 2 * np.array([[x @ x, x.sum()], [x.sum(), 4]]), grad(start)
    report = check_descent(loss, grad, at=start, alpha=0.01)
    assert report.verdict == "right"
    assert brackets(report, 2 * (g @ g) / (g @ h @ g))
    assert report.get("certified_everywhere") == pytest.approx(0.0309, abs=1e-3)


def test_c1_off_by_so_much_here_and_uphill_there() -> None:
    x, y = np.array([1.0, 2, 4, 7]), np.array([2.0, 3, 6, 10])
    loss: Function = lambda p: np.sum((p[0] + p[1] * x - y) ** 2) / 8
    grad: Function = lambda p: np.repeat(np.sum(p[0] + p[1] * x - y) / 4, 2)
    here, there = (check_descent(loss, grad, at=np.array(p)) for p in ([0.0, 0.0], [6.0, 0.0]))
    assert "off by 0.778" in str(here)
    assert here.certified is not None
    assert "uphill" in str(there)
    assert there.certified is None


def test_c2_no_small_step_descends() -> None:
    x, y, eps = np.array([1.0, 2, 4, 5]), np.array([0.0, 0, 1, 1]), 1e-5

    def grad(p: Any) -> Any:
        z = p[0] * x + p[1]
        s = np.sqrt(np.var(z) + eps)
        e = 2 * ((z - np.mean(z)) / s - y) / 4 / s
        return np.array([np.sum(e * x), np.sum(e)])

    def loss(p: Any) -> Any:
        z = p[0] * x + p[1]
        return np.mean(((z - np.mean(z)) / np.sqrt(np.var(z) + eps) - y) ** 2)

    assert grad(np.array([2.0, 1.0])) == pytest.approx([-0.423, -0.316], abs=1e-3)
    report = check_descent(loss, grad, at=np.array([2.0, 1.0]))
    assert report.verdict == "wrong gradient"
    assert "uphill" in str(report)


def test_d2_in_plain_python() -> None:
    loss: Function = lambda x: math.nan if x != x else x**0.5 if x > 0 else x
    report = check_descent(loss, lambda x: math.nan, at=-1.0)
    assert report.verdict == "wrong gradient"
    assert report.worst is not None
    assert report.worst["should_be"] == 1


def test_metres_and_millimetres() -> None:
    """One column in other units: every start descends iff alpha < 2 / lambda_max, far less then."""
    x, y = np.array([[1.0, 2], [2, 1], [3, 5], [4, 4]]), np.array([1.0, 2, 2, 3])
    rates = []
    for scale in (1.0, 1e3):
        a = x * np.array([1.0, scale])
        report = check_descent(
            lambda w, a=a: np.mean((a @ w - y) ** 2),
            lambda w, a=a: a.T @ (a @ w - y) / 2,
            at=np.zeros(2),
            alpha=0.01,
        )
        top = float(np.linalg.eigvalsh(a.T @ a / 2)[-1])
        assert report.get("certified_everywhere") == pytest.approx(2 / top, rel=1e-6)
        assert report.get("certified_everywhere") < 2 / top
        assert report.verdict == ("right" if scale == 1 else "step too large")
        rates.append(report.get("certified_everywhere"))
    assert rates[0] / rates[1] > 5e5


@pytest.mark.parametrize("start", [(-1.2, 1.0), (0.5, 2.0), (1.5, -0.5)])
def test_rosenbrock_along_its_gradient(start: tuple[float, float]) -> None:
    """phi is a polynomial of degree 4 in alpha, whose smallest positive root is the rate."""
    loss: Function = lambda x, y: (1 - x) ** 2 + 100 * (y - x * x) ** 2
    grad: Function = lambda x, y: (-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x))
    (x, y), (p, q) = start, grad(*start)
    with mpmath.workprec(200):
        u, v = mpmath.mpf(p), mpmath.mpf(q)
        bend = [-u * u, 2 * x * u - v, y - mpmath.mpf(x) ** 2]  # y - x^2 along the ray
        square = [
            sum(bend[i] * bend[k - i] for i in range(max(0, k - 2), min(2, k) + 1))
            for k in range(5)
        ]
        phi = [100 * c for c in square]
        phi[2] += u * u
        phi[3] += 2 * (1 - mpmath.mpf(x)) * u
        roots = mpmath.polyroots(phi[:4], maxsteps=200, extraprec=200)
        rate = min(float(r.real) for r in roots if abs(r.imag) < 1e-30 and r.real > 0)
    report = check_descent(loss, grad, at=start, alpha=0.01)
    assert report.verdict == "step too large"
    assert brackets(report, rate)


def test_weight_decay_is_not_divided_by_the_batch() -> None:
    """The loss has c/2 |w|^2, its gradient c w / m: g is off by (1 - 1/m) c |w|."""
    x, y, c = np.array([[1.0, 2], [2, 1], [3, 5], [4, 4]]), np.array([1.0, 2, 2, 3]), 0.1
    loss: Function = lambda w: np.mean((x @ w - y) ** 2) + c / 2 * (w @ w)
    grad: Function = lambda w, m=4: 2 * x.T @ (x @ w - y) / 4 + c * w / m
    at = np.array([1.0, -2.0])
    report = check_descent(loss, grad, at=at)
    off = 0.75 * c * np.linalg.norm(at) / np.linalg.norm(grad(at, 1))
    assert report.verdict == "wrong gradient"
    assert report.gradient_error == pytest.approx(off, rel=1e-6)
    assert check_descent(loss, lambda w: grad(w, 1), at=at).verdict == "right"


def test_the_sigmoid_is_applied_twice() -> None:
    """The loss takes logits and is given probabilities: p - y is not its gradient."""
    x, t = np.array([[1.0, 2], [2, -1], [-3, 1]]), np.array([1.0, 0, 1])
    sigmoid: Function = lambda z: 1 / (1 + np.exp(-z))

    def loss(w: Any) -> Any:
        p = sigmoid(sigmoid(x @ w))
        return -np.mean(t * np.log(p) + (1 - t) * np.log(1 - p))

    grad: Function = lambda w: x.T @ (sigmoid(x @ w) - t) / 3

    def right(w: Any) -> Any:
        p = sigmoid(x @ w)
        return x.T @ ((sigmoid(p) - t) * p * (1 - p)) / 3

    at = np.array([0.3, -0.2])
    assert check_descent(loss, grad, at=at).verdict == "wrong gradient"
    assert check_descent(loss, right, at=at).verdict == "right"


def test_a_perceptron_that_starts_at_0() -> None:
    """mean max(0, -y x.w) at 0: every row ties, and the mean of -y x / 2 is a subgradient."""
    x, t = np.array([[1.0, 2], [2, 1], [-1, -3]]), np.array([1.0, 1, -1])
    loss: Function = lambda w: np.mean(np.maximum(0, -t * (x @ w)))
    half: Function = lambda w: -(t[:, None] * x).mean(axis=0) / 2
    report = check_descent(loss, half, at=np.zeros(2), alpha=0.1)
    assert report.verdict == "kink"
    assert "lies between" in str(report)
    away: Function = lambda w: np.array([1.0, 1.0])
    wrong = check_descent(loss, away, at=np.zeros(2))
    assert wrong.verdict in ("kink", "wrong gradient")
    assert not wrong
    assert wrong.certified is None


def test_the_deviation_of_equal_numbers() -> None:
    """std is a norm about its mean: at equal entries it has a kink, and its formula gives nan."""
    grad: Function = lambda w: (w - np.mean(w)) / np.std(w) / 3
    report = check_descent(np.std, grad, at=np.full(3, 2.0))
    assert report.verdict in ("kink", "not decided", "wrong gradient")
    assert not report
    apart = check_descent(np.std, grad, at=np.array([1.0, 2.0, 4.0]))
    assert apart.verdict == "right"


def test_the_logarithm_of_a_softmax_underflows() -> None:
    """-log(exp(z_0) / sum exp(z)) in float32 at (-60, 60) is inf, where it should be 120."""

    def loss(z: Any) -> Any:
        e = np.exp(z)
        return -np.log(e[0] / np.sum(e))

    def grad(z: Any) -> Any:
        e = np.exp(z)
        return e / np.sum(e) - np.array([1, 0], dtype=z.dtype)

    with np.errstate(all="ignore"):
        report = check_descent(loss, grad, at=np.array([-60, 60], dtype=np.float32))
    assert report.verdict in ("rounding", "limited by rounding")
    assert "120" in str(report)
    assert check_descent(loss, grad, at=np.array([-60.0, 60.0])).verdict == "right"
