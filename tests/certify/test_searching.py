"""A strategy of starts: mistakes in one region are found, because comparisons drive the draws."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from proofs.certify import BadCall, check_descent

STARTS = arrays(float, 3, elements=st.floats(-10, 10))


def loss(w: Any) -> Any:
    return np.sum(w**4)


def right(w: Any) -> Any:
    return 4 * w**3


def above_3(w: Any) -> Any:
    return right(w) * (1.01 if w[0] > 3 else 1)


def near_the_diagonal(w: Any) -> Any:
    g = right(w)
    if abs(w[0] - w[1]) < 1e-3:
        g[1] = -g[1]
    return g


@pytest.mark.parametrize("wrong", [above_3, near_the_diagonal])
def test_a_mistake_in_one_region(wrong: Any) -> None:
    report = check_descent(loss, wrong, at=STARTS, points=300)
    assert report.verdict == "wrong gradient"
    assert "found at [" in str(report)


def test_no_false_alarm() -> None:
    report = check_descent(loss, right, at=STARTS, points=100)
    assert report.verdict == "right"
    assert "the others of the strategy were not seen" in str(report)
    assert check_descent(loss, right, at=STARTS, points=20, alpha=1e-5).verdict == "right"
    assert check_descent(loss, right, at=STARTS, points=50, alpha=10.0).verdict == "step too large"


def test_kinks_are_counted_and_no_alarm() -> None:
    report = check_descent(lambda w: np.sum(np.abs(w)), np.sign, at=STARTS, points=50)
    assert report.verdict in ("right", "kink")
    assert report


def test_a_budget_ends_the_search() -> None:
    import time

    def slow(w: Any) -> Any:
        time.sleep(0.05)
        return loss(w)

    began = time.monotonic()
    report = check_descent(slow, right, at=STARTS, points=1000, budget=1.0)
    assert time.monotonic() - began < 5
    assert report.verdict == "not decided"
    assert "the time allowed is over" in str(report)


def test_starts_that_are_no_starts() -> None:
    with pytest.raises(BadCall, match="integer"):
        check_descent(loss, right, at=arrays(int, 3), points=5)
