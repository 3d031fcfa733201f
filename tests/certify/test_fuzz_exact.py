"""A small share of the fuzz that mpmath judges, and whether its judge sees what is false."""

from __future__ import annotations

import pytest

from proofs.certify import Report
from tests.tools.certify_fuzz import Judge, Outcome, check, judge_gradient, judge_rates
from tests.tools.certify_losses import Case

SQUARE = Case("def loss(w):\n    return w @ w\n", [[0.0]] * 3, [0.0] * 3, [1.0])


@pytest.mark.parametrize("first", range(0, 40, 8))
def test_what_is_proved_is_true(first: int) -> None:
    out = Outcome()
    for seed in range(first, first + 8):
        check(seed, out, rates=20, budget=3.0)
    assert out.done >= 6
    assert out.unsound == []
    assert out.alarms == []


def seen(**numbers: float) -> list[str]:
    report, out = Report(), Outcome()
    for name, value in numbers.items():
        report.put(name, value, True)
    judge_rates(0, Judge(SQUARE, [2.0]), report, 60, out)
    return out.unsound


def test_the_judge_sees_rates_that_are_false() -> None:
    assert seen(certified=0.999, refuted=1.001, slope=-4.0) == []
    assert "does not descend" in seen(certified=1.0)[0]
    assert "descends, and is refuted" in seen(refuted=0.999)[0]
    assert "the slope is -4.0" in seen(slope=-4.001)[0]


def test_the_judge_sees_gradients_that_are_false() -> None:
    def told(verdict: str, g: float, smooth: bool, planted: bool) -> tuple[int, int]:
        report, out = Report(verdict), Outcome()
        report.put("gradient_error", 1e-6, True)
        judge_gradient(0, report, ([g], [2.0]), smooth, planted, out)
        return len(out.unsound), len(out.alarms)

    assert told("right", 2.0, True, False) == (0, 0)
    assert told("right", 2.0, False, False) == (1, 0)
    assert told("right", 2.1, True, True) == (2, 0)
    assert told("wrong gradient", 2.0, True, False) == (0, 1)
