"""What bad input gets: one sentence each (what, where, what to do), and nothing of it is ever
`right`.
"""

from __future__ import annotations

import math
import re
import time
from typing import Any

import numpy as np
import pytest

from proofs.certify import BadCall, check_descent

W = np.array([1.0, 2.0])


def square(w: Any) -> Any:
    return np.sum(w * w)


def twice(w: Any) -> Any:
    return 2 * w


def doubled_in_place(w: Any) -> Any:
    w *= 2
    return np.sum(w * w)


@pytest.mark.parametrize(
    ("loss", "told"),
    [
        (lambda w: w * w, r"returns an array of shape \(2,\)"),
        (lambda w: [1.0, 2.0], "returns 2 numbers"),
        (lambda w: np.sum(w) * 1j, "one real number"),
        (lambda w: "low", "one real number"),
        (lambda w: None, "one real number"),
        (doubled_in_place, "changes its argument"),
        (lambda w: w[5], r"the loss fails at this point, at test_bad_input.py:\d+ \(IndexError"),
        (lambda w: 1 / 0, "ZeroDivisionError"),
        (3.0, "a function is asked for"),
    ],
)
def test_loss(loss: Any, told: str) -> None:
    with pytest.raises(BadCall, match=told):
        check_descent(loss, twice, at=W)


@pytest.mark.parametrize(
    ("loss", "told"),
    [
        (lambda w: np.nan * np.sum(w), "the loss is nan at the start"),
        (lambda w: np.inf * np.sum(w * w), "the loss is inf at the start"),
        (lambda w: np.sum(np.log(-w)), "the loss is nan at the start"),
        (lambda w: math.exp(w[0]) + w[1] ** 2, "a float is needed here"),
        (lambda w: np.sum(w % 1) + w @ w, r"np.remainder at test_bad_input.py:\d+"),
        (lambda w: np.sum(np.round(w, 1)), "steps"),
        (
            lambda w: np.sum(np.linalg.svd(np.outer(w, w))[1]),
            r"numpy.linalg.svd at test_bad_input.py:\d+",
        ),
        (lambda w: np.sum(np.array(w, dtype=int)) + w @ w, "float"),
        (lambda w: round(w[0]) + w[1], "float"),
    ],
)
def test_loss_that_is_not_decided(loss: Any, told: str) -> None:
    report = check_descent(loss, twice, at=W)
    assert report.verdict in ("not decided", "wrong gradient")
    assert "proved" not in str(report)
    assert re.search(told, str(report)), str(report)


def test_random_loss() -> None:
    rng = np.random.default_rng(0)
    report = check_descent(lambda w: square(w) + 1e-9 * rng.normal(), twice, at=W)
    assert report.verdict == "impure"


@pytest.mark.parametrize(
    ("at", "told"),
    [
        (np.array([]), "at is empty"),
        ([], "at is empty"),
        ({}, "at is empty"),
        (np.array([1, 2]), "holds integers"),
        ([1, 2], r"at\[0\] is the integer 1"),
        (1, "at is the integer 1: write 1.0"),
        (np.array([True]), "holds integers"),
        (True, "floats, arrays or trees"),
        (np.array([1.0, np.nan]), r"w\[1\] is nan"),
        (np.array([np.inf]), "must be finite"),
        ("here", "floats, arrays or trees"),
        ([None], "floats, arrays or trees"),
        (W * 1j, "array of complex128"),
        (W.astype(np.longdouble), "at most 64 bits"),
        (None, "give at="),
    ],
)
def test_at(at: Any, told: str) -> None:
    with pytest.raises(BadCall, match=told):
        check_descent(lambda w: 0.0, None, at=at)


@pytest.mark.parametrize(
    ("grad", "told"),
    [
        (lambda w: (2 * w)[:, None], r"shape \(2, 1\), the parameters have \(2,\)"),
        (lambda w: 2 * w[:1], r"shape \(1,\)"),
        (lambda w: 2.0, r"shape \(\)"),
        (lambda w: None, "grad returns None: an array or a float"),
        (lambda w: "2 w", "grad returns '2 w'"),
        (lambda w: w * 1j, "no float"),
        (lambda w: {"w": w}, "shape"),
        (2 * W, "a function of the parameters is asked for"),
        (lambda w: w[7], "grad fails at this point"),
    ],
)
def test_grad(grad: Any, told: str) -> None:
    with pytest.raises(BadCall, match=told):
        check_descent(square, grad, at=W)


def test_grad_with_other_keys() -> None:
    with pytest.raises(BadCall, match=r"keys \['a', 'b'\]"):
        check_descent(
            lambda p: p["a"] ** 2 + p["b"] ** 2,
            lambda p: {"a": 2 * p["a"]},
            at={"a": 1.0, "b": 2.0},
        )


@pytest.mark.parametrize("alpha", [0, -0.1, math.nan, math.inf, "much", "0.1", True, [0.1, 0.2]])
def test_alpha(alpha: Any) -> None:
    with pytest.raises(BadCall, match=r"a learning rate is a positive"):
        check_descent(square, twice, at=W, alpha=alpha)


@pytest.mark.parametrize(
    ("box", "told"),
    [
        ([(1, -1), (0, 1)], "its ends are reversed"),
        ([(0, math.nan), (0, 1)], "must be finite"),
        ([(0, 1)], "1 sides, and the loss has 2 coordinates"),
        (3, "a list of"),
        ([], "no sides"),
    ],
)
def test_box(box: Any, told: str) -> None:
    with pytest.raises(BadCall, match=told):
        check_descent(square, twice, at=W, box=box)


def test_box_that_leaves_the_domain() -> None:
    report = check_descent(lambda w: np.sum(np.log(w)), box=[(-1, 1), (0.5, 1)])
    assert report.verdict == "not decided"
    assert "leaves the domain" in str(report)
    hidden = check_descent(lambda w: np.sum(np.sqrt(w + 0.999999)), box=[(-1, 1)], budget=3.0)
    assert hidden.verdict == "not decided"


@pytest.mark.parametrize("steps", [0, -1, 1.5, True])
def test_steps(steps: Any) -> None:
    with pytest.raises(BadCall, match="steps is"):
        check_descent(square, twice, at=W, alpha=0.1, steps=steps)
    with pytest.raises(BadCall, match="steps needs alpha"):
        check_descent(square, twice, at=W, steps=3)


def test_a_loss_that_takes_minutes() -> None:
    def endless(w: Any) -> Any:
        time.sleep(0.4)
        return np.sum(w**4)

    began = time.monotonic()
    report = check_descent(endless, lambda w: 4 * w**3, at=W, budget=1.0)
    assert time.monotonic() - began < 5
    hours = check_descent(lambda w: time.sleep(3600), at=W, budget=0.3)
    assert hours.verdict == "not decided"
    assert time.monotonic() - began < 6
    assert report.verdict == "not decided"
    assert "the time allowed is over" in str(report)


def test_a_gradient_of_0_is_a_weak_check() -> None:
    report = check_descent(square, twice, at=np.zeros(2))
    assert "the check says little" in str(report)


def test_an_outer_broadcast_is_noted() -> None:
    x, y = np.arange(6.0).reshape(3, 2), np.arange(3.0)
    report = check_descent(lambda w: np.mean(((x @ w)[:, None] - y) ** 2), at=W)
    assert any("every pair is taken" in note for note in report.notes)
    fine = check_descent(lambda w: np.mean((x @ w - y) ** 2), at=W)
    assert fine.notes == []
