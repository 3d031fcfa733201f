"""Kinks: every path is followed, with value and remainder on one path; relu and hinge nets; the
fuzz's share.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from flint import arb

from proofs.certify import check_descent, jets, paths
from proofs.certify.balls import ZERO, coefficient, exact, middle, working
from proofs.certify.errors import NotUnderstood, Undecided
from proofs.certify.naming import ties_agree
from proofs.certify.program import python_program
from proofs.certify.ray import Ray, bracket
from proofs.certify.reals import Ball, larger
from tests.certify.fuzz import fuzz


def test_the_fuzz_finds_nothing() -> None:
    out = fuzz(range(40), rates=20)
    assert out.unsound == []
    assert out.done > 30
    assert max(out.ratios) < 1.01


def test_the_fuzz_would_find_values_and_remainders_of_different_paths(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The prototype's mistake, planted: the value at the centre is taken as the program's,
    whichever path is followed.
    """
    monkeypatch.setattr(
        paths.Run, "agrees", property(lambda run: True, lambda run, value: None), raising=False
    )
    assert fuzz(range(60), rates=20).unsound != []


def test_the_fuzz_would_find_a_path_that_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths.Run, "next", lambda run: False)
    assert fuzz(range(60), rates=20).unsound != []


def test_the_fuzz_would_find_a_remainder_at_the_centre(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = jets.model_of

    def careless(value: Any, order: int, constant: Any) -> Any:
        found = honest(value, order, constant)
        return (
            [*found[:-1], coefficient(value.centre, order)]
            if isinstance(value, jets.Jet)
            else found
        )

    monkeypatch.setattr(jets, "model_of", careless)
    assert fuzz(range(60), rates=20).unsound != []


def test_an_undecided_comparison_is_never_false_silently() -> None:
    with working(64), pytest.raises(Undecided, match=r"the comparison > at test_kinks.py:\d+"):
        bool(Ball(arb(0, 1)) > 0)
    with working(64):
        assert Ball(1.0) > 0
        assert not Ball(-1.0) > 0
        assert Ball(0.0) == 0


def test_both_outcomes_are_followed_and_remembered() -> None:
    x = Ball(arb(0, 1))
    seen = paths.follow(paths.Run(), lambda: (x > 0, x > 0, x >= 0, x < 0, x <= 0, x == 0), 64)
    assert seen == [
        (True, True, True, False, False, False),
        (False, False, True, False, True, True),
        (False, False, False, True, True, False),
    ]


def test_too_many_paths_are_undecided() -> None:
    def compute() -> Any:
        return sum(larger(Ball(arb(0, 1)), Ball(0.0)).ball for _ in range(10))

    with pytest.raises(Undecided, match="more than 64 paths"):
        paths.follow(paths.Run(), compute, 64)


def test_nan_is_not_compared() -> None:
    with working(64), pytest.raises(Undecided, match="nan"):
        bool(Ball(arb.nan()) > 0)


def test_a_number_of_an_earlier_run_is_refused() -> None:
    kept: list[Any] = []

    def loss(w: Any) -> Any:
        kept.append(w)
        return np.sum(kept[0] * w)

    ray = Ray(python_program(loss, None, np.ones(2)), [1.0, 1.0])
    kept.clear()
    ray.germ()
    with pytest.raises(NotUnderstood, match="earlier run"):
        ray.germ(4)


@pytest.mark.parametrize(
    ("loss", "agree"),
    [
        (lambda w: np.sum(np.where(w > 0, w * w, w**3)) + np.tanh(w[1]), True),
        (lambda w: np.sum(np.where(w > 0, w * w + 1e-30, w**3)), False),
        (lambda w: np.sum(np.maximum(w, 0)) + np.exp(w[1]), True),
    ],
)
def test_ties(loss: Any, agree: bool) -> None:
    program = python_program(loss, None, np.array([0.0, 1.5]))
    assert ties_agree(program.loss, [exact(x) for x in program.start]) is agree


def test_a_jump_upwards_at_the_start_is_never_certified() -> None:
    report = check_descent(
        lambda w: w @ w + np.where(w[0] < 1, 0.5, 0.0), lambda w: 2 * w, at=np.array([1.0, 1.0])
    )
    assert report.certified is None
    assert report.verdict == "kink"


@pytest.mark.parametrize("hidden", [4, 8])
def test_a_relu_net(hidden: int) -> None:
    rng = np.random.default_rng(1)
    x, y = rng.normal(size=(12, 3)), rng.normal(size=12)

    def loss(p: Any) -> Any:
        return np.mean((np.maximum(x @ p["W"] + p["b"], 0) @ p["v"] - y) ** 2)

    def grad(p: Any) -> Any:
        z = x @ p["W"] + p["b"]
        a = np.maximum(z, 0)
        r = 2 * (a @ p["v"] - y) / len(y)
        back = np.outer(r, p["v"]) * (z > 0)
        return {"W": x.T @ back, "b": back.sum(0), "v": a.T @ r}

    start = {
        "W": rng.normal(size=(3, hidden)),
        "b": rng.normal(size=hidden),
        "v": rng.normal(size=hidden),
    }
    report = check_descent(loss, grad, at=start)
    assert report.verdict == "right"
    assert report.certified is not None
    assert report.refuted is not None
    assert report.refuted <= 1.05 * report.certified


def test_a_hinge_loss() -> None:
    rng = np.random.default_rng(2)
    x, y = rng.normal(size=(30, 4)), np.sign(rng.normal(size=30))
    loss = lambda w: np.mean(np.maximum(0, 1 - y * (x @ w))) + 0.05 * w @ w
    grad = lambda w: -x.T @ (y * (y * (x @ w) < 1)) / 30 + 0.1 * w
    report = check_descent(loss, grad, at=rng.normal(size=4))
    assert report.verdict == "right"
    assert report.certified
    assert report.refuted
    assert report.refuted <= 1.05 * report.certified


def test_the_rate_of_a_kink_is_exact() -> None:
    """|x| from 1 with slope 1 and a step of alpha: lower iff alpha < 2."""
    found = bracket(Ray(python_program(np.abs, None, np.float64(1.0)), [1.0]))
    assert found.certified is not None
    assert found.refuted is not None
    assert found.certified < 2 <= found.refuted
    assert bool(Ray(python_program(np.abs, None, np.float64(1.0)), [1.0]).rise(2.0) >= ZERO)
    assert middle(Ray(python_program(np.abs, None, np.float64(1.0)), [1.0]).slopes()[0]) == -1
