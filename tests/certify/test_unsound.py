"""Answers that were unsound once, each by its smallest example: what is proved must be true."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from proofs.certify import BadCall, check_descent


def rises(loss: Any, at: list[float], g: list[float], alpha: float) -> bool:
    """Whether alpha does not lower the loss, in floats: the examples leave no room for rounding."""
    w = np.array(at)
    return bool(loss(w - alpha * np.array(g)) >= loss(w))


def test_a_tie_of_abs_met_again_by_an_if() -> None:
    """At a tie |z| has one value on both ways; `if z > 0` has not."""

    def loss(w: Any) -> Any:
        z = w[0]
        y = abs(z)
        if z > 0:
            y = 0.05 - y
        return y

    assert rises(loss, [0.0], [-1.0], 0.01)
    report = check_descent(loss, lambda w: np.array([-1.0]), at=np.array([0.0]))
    assert report.certified is None


def test_a_tie_of_maximum_met_again_by_where() -> None:
    def loss(w: Any) -> Any:
        y = np.maximum(w, 0.0)
        return np.sum(np.where(w > 0, 0.05 - 2 * y, y - w))

    assert rises(loss, [0.0], [-1.0], 0.01)
    report = check_descent(loss, lambda w: np.array([-1.0]), at=np.array([0.0]))
    assert report.certified is None


def test_whole_numbers_beyond_the_floats_are_compared_as_they_are() -> None:
    """2**53 and 2**53 + 1 are one float and two numbers."""

    def loss(w: Any) -> Any:
        x, y = w[0], 0.0
        if x > 2**53:
            y = y + 1
        if x > 2**53 + 1:
            y = y - 3
        return y - x * 2.0**-60

    report = check_descent(loss, lambda w: np.array([-1.0]), at=np.array([2.0**53 - 2]), alpha=3.0)
    assert report.certified is not None
    assert report.certified < 3  # at 2**53 + 1 the first comparison holds and the second does not


def test_a_square_that_is_positive_just_after_a_tie() -> None:
    """alpha**2 has no term of first order, and is positive: the slope is +3, not -1."""

    def loss(w: Any) -> Any:
        return np.where(np.sum(w * w) > 0, 3 * w[0], -w[0])

    assert rises(loss, [0.0], [-1.0], 1e-3)
    report = check_descent(loss, lambda w: np.array([-1.0]), at=np.array([0.0]))
    assert report.get("slope") in (3.0, None)
    assert report.certified is None


def test_the_sign_of_a_square() -> None:
    def loss(w: Any) -> Any:
        return np.sum(np.sign(w**2) * w)

    report = check_descent(loss, lambda w: np.array([1.0]), at=np.array([0.0]))
    assert report.get("slope") in (-1.0, None)


def test_a_slope_is_not_proved_where_paths_that_nobody_takes_have_others() -> None:
    """tanh(-1/2)**2 and tanh(1/2)**2 tie, which balls cannot tell: one path is the loss's."""

    def loss(w: Any) -> Any:
        z = np.array([-0.5, 0.5]) + np.array([3.0, 1.0]) * w
        return np.min(np.tanh(z) ** 2)

    report = check_descent(loss, lambda w: np.array([1.0]), at=np.array([0.0]))
    slope = (loss(np.array([-1e-6])) - loss(np.array([0.0]))) / 1e-6
    told = report.numbers.get("slope")
    assert told is None or not told.proved or abs(told.value - slope) < 1e-3


def caught(w: Any) -> Any:
    try:
        return float(w[0]) ** 2 + w[1]
    except Exception:
        return w[1] * 1.0


def by_type(w: Any) -> Any:
    return w @ w if isinstance(w[0], float) else 0 * w[0]


def by_dtype(w: Any) -> Any:
    return np.sum(w * w) if w.dtype == object else np.sum(w * w * 3)


@pytest.mark.parametrize(
    ("loss", "true", "on_balls"),
    [
        (caught, [2.0, 1.0], [0.0, 1.0]),
        (by_type, [2.0, 4.0], [0.0, 0.0]),
        (by_dtype, [6.0, 12.0], [2.0, 4.0]),
    ],
)
def test_a_loss_that_is_another_one_on_balls(loss: Any, true: Any, on_balls: Any) -> None:
    at = np.array([1.0, 2.0])
    report = check_descent(loss, lambda w: np.array(true), at=at, alpha=0.01)
    wrong = check_descent(loss, lambda w: np.array(on_balls), at=at, alpha=0.01)
    assert (report.verdict, wrong.verdict) == ("not decided", "wrong gradient")
    assert "(proved)" not in f"{report}{wrong}"
    assert "in floats" in str(report)


def test_a_loss_that_is_another_one_on_balls_though_not_at_the_start() -> None:
    report = check_descent(caught, lambda w: np.array([0.0, 1.0]), at=np.array([0.0, 2.0]))
    assert report.verdict == "not decided"


def test_a_loss_that_changes_while_it_is_checked() -> None:
    calls = []

    def loss(w: Any) -> Any:
        calls.append(1)
        return np.sum(w * w) if len(calls) < 8 else np.sum(w**4)

    report = check_descent(loss, lambda w: 2 * w, at=np.array([1.0, 2.0]))
    assert report.verdict == "impure"


def test_a_gradient_that_changes_its_argument() -> None:
    def grad(w: Any) -> Any:
        w *= 2
        return w

    with pytest.raises(BadCall, match="grad changes its argument"):
        check_descent(lambda w: np.sum(w * w), grad, at=np.array([1.0, 2.0]))
