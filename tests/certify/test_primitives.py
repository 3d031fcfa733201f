"""Every rule that is trusted: against numpy at points, and against itself on wide balls, by
hypothesis.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from flint import arb, arb_mat, arb_series
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from proofs.certify import jets, operations, paths
from proofs.certify.balls import (
    FUNCTIONS,
    coefficient,
    exact,
    lower,
    middle,
    norm,
    series_of,
    square,
    union,
    upper,
    working,
)
from proofs.certify.bends import Bend
from proofs.certify.reals import Ball
from proofs.certify.tape import gradient

POSITIVE, UNIT, ALL, ABOVE_1, AROUND = (
    (0.05, 30.0),
    (-0.95, 0.95),
    (-8.0, 8.0),
    (1.05, 20.0),
    (-1.4, 1.4),
)
DOMAINS: dict[str, tuple[float, float]] = {
    "log": POSITIVE,
    "log2": POSITIVE,
    "log10": POSITIVE,
    "sqrt": POSITIVE,
    "rsqrt": POSITIVE,
    "lgamma": POSITIVE,
    "gamma": (0.3, 8.0),
    "arcsin": UNIT,
    "arccos": UNIT,
    "arctanh": UNIT,
    "arccosh": ABOVE_1,
    "tan": AROUND,
    "log1p": (-0.9, 20.0),
}
OTHERWISE: dict[str, Any] = {
    "rsqrt": lambda x: 1 / np.sqrt(x),
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "softplus": lambda x: np.logaddexp(0, x),
    "log_sigmoid": lambda x: -np.logaddexp(0, -x),
    "erf": math.erf,
    "erfc": math.erfc,
    "lgamma": math.lgamma,
    "gamma": math.gamma,
    "ndtr": lambda x: (1 + math.erf(x / math.sqrt(2))) / 2,
}
NAMES = sorted(FUNCTIONS)
part = st.floats(0, 1)


def reference(name: str) -> Any:
    return OTHERWISE.get(name) or getattr(np, name)


def at(name: str, where: float) -> float:
    low, high = DOMAINS.get(name, ALL)
    return low + (high - low) * where


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=25, deadline=None)
@given(where=part)
def test_value_and_derivatives(name: str, where: float) -> None:
    x, f = at(name, where), reference(name)
    with working(128, 3):
        rule = FUNCTIONS[name]
        value = rule.ball(exact(x))
        series = series_of(rule, arb_series([exact(x), 1]))
        assert middle(value) == pytest.approx(f(x), rel=1e-11, abs=1e-12)
        assert coefficient(series, 0).overlaps(value)
        h = 1e-4 * max(1.0, abs(x)) if name not in ("lgamma", "gamma") else 1e-4
        low, high = rule.ball(exact(x - h)), rule.ball(exact(x + h))
        assume(low.is_finite() and high.is_finite())
        slope = (high - low) / (exact(x + h) - exact(x - h))
        bend = (high + low - 2 * value) / (exact(h) * exact(h)) / 2
        third = upper(abs(coefficient(series, 3))) + 1
        assert middle(coefficient(series, 1)) == pytest.approx(
            middle(slope), rel=1e-4, abs=1e-5 * third
        )
        assert middle(coefficient(series, 2)) == pytest.approx(
            middle(bend), rel=1e-3, abs=1e-3 * third
        )


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=25, deadline=None)
@given(where=part, radius=st.floats(0, 2), inside=st.floats(-1, 1), slope=st.floats(-2, 2))
def test_a_wide_ball_contains_what_its_points_give(
    name: str, where: float, radius: float, inside: float, slope: float
) -> None:
    """The value and every coefficient of the series at a point lie in those of any ball around
    it.
    """
    x = at(name, where)
    with working(128, 8):
        rule = FUNCTIONS[name]
        point = exact(x) + exact(inside) * exact(radius)
        wide = (exact(x) - exact(radius)).union(exact(x) + exact(radius))
        narrow = rule.ball(point)
        assume(narrow.is_finite())
        whole = rule.ball(wide)
        assert not whole.is_finite() or whole.overlaps(narrow)
        fine = series_of(rule, arb_series([point, exact(slope), 1]))
        coarse = series_of(rule, arb_series([wide, exact(slope), 1]))
        for k in range(9):
            if coefficient(coarse, k).is_finite():
                assert coefficient(coarse, k).overlaps(coefficient(fine, k)), k


@pytest.mark.parametrize("name", ["sigmoid", "softplus", "tanh"])
def test_a_ball_contains_where_a_derivative_turns(name: str) -> None:
    """Its middle, where the ends alone would not."""
    rule = FUNCTIONS[name]
    with working(128, 10):
        for x in np.linspace(-9, 9, 181).tolist():
            fine = series_of(rule, arb_series([exact(x), 1]))
            coarse = series_of(rule, arb_series([exact(x) + arb(0, 0.1), 1]))
            assert all(coarse[k].overlaps(fine[k]) for k in range(11)), x


BINARY: dict[str, Any] = {
    "maximum": np.maximum,
    "minimum": np.minimum,
    "logaddexp": np.logaddexp,
    "hypot": np.hypot,
    "add": np.add,
    "subtract": np.subtract,
    "multiply": np.multiply,
    "divide": np.divide,
    "arctan2": np.arctan2,
}


@pytest.mark.parametrize("name", sorted(BINARY))
@settings(max_examples=40, deadline=None)
@given(a=st.floats(-5, 5), b=st.floats(-5, 5))
def test_two_numbers(name: str, a: float, b: float) -> None:
    assume(abs(a) > 1e-3 and abs(b) > 1e-3 and abs(a - b) > 1e-3)
    f = BINARY[name]
    with working(128):
        found = operations.ELEMENTWISE[name](Ball(a), Ball(b))
        assert middle(found.ball) == pytest.approx(f(a, b), rel=1e-12, abs=1e-12)
        run = paths.Run()
        with paths.running(run):
            _, slopes, _ = gradient(
                lambda x: operations.ELEMENTWISE[name](*x), [exact(a), exact(b)], run
            )
    h = 1e-6
    for slope, (u, v) in zip(slopes, ((h, 0), (0, h)), strict=True):
        numeric = (f(a + u, b + v) - f(a - u, b - v)) / (2 * h)
        assert middle(slope) == pytest.approx(numeric, rel=1e-4, abs=1e-5)


ONE: dict[str, Any] = {
    "absolute": np.abs,
    "cbrt": np.cbrt,
    "square": np.square,
    "reciprocal": np.reciprocal,
    "negative": np.negative,
    "relu": lambda x: np.maximum(x, 0),
    "sign": np.sign,
    "sinc": np.sinc,
    "deg2rad": np.deg2rad,
    "rad2deg": np.rad2deg,
}


@pytest.mark.parametrize("name", sorted(ONE))
@settings(max_examples=30, deadline=None)
@given(a=st.floats(-5, 5))
def test_one_number(name: str, a: float) -> None:
    assume(abs(a) > 1e-3)
    with working(128):
        found = operations.ELEMENTWISE[name](Ball(a))
    value = middle(found.ball) if isinstance(found, Ball) else float(found)
    assert value == pytest.approx(float(ONE[name](a)), rel=1e-12, abs=1e-12)


@pytest.mark.parametrize(
    ("name", "arguments", "value"),
    [
        ("xlogy", (0.0, 0.0), 0.0),
        ("xlogy", (2.0, 3.0), 2 * math.log(3)),
        ("entr", (0.5,), -0.5 * math.log(0.5)),
        ("rel_entr", (0.5, 0.25), 0.5 * math.log(2)),
        ("kl_div", (0.5, 0.25), 0.5 * math.log(2) - 0.25),
        ("huber", (1.0, 3.0), 2.5),
        ("huber", (1.0, 0.5), 0.125),
        ("pseudo_huber", (2.0, 1.5), 1.0),
        ("logit", (0.75,), math.log(3)),
        ("heaviside", (0.0, 0.5), 0.5),
        ("heaviside", (-1.0, 0.5), 0),
        ("clip", (3.0, -1.0, 1.0), 1.0),
        ("power", (2.0, 0.5), math.sqrt(2)),
        ("power", (-2.0, 3.0), -8.0),
        ("power", (2.0, -2), 0.25),
        ("power", (0.0, 1.7), 0.0),
        ("power", (2.0, 1.5), 2**1.5),
        ("xlog1py", (2.0, 1.0), 2 * math.log(2)),
    ],
)
def test_special_values(name: str, arguments: tuple[float, ...], value: float) -> None:
    with working(128):
        found = operations.ELEMENTWISE[name](*[Ball(x) for x in arguments])
    assert float(found.ball.mid() if isinstance(found, Ball) else found) == pytest.approx(
        value, rel=1e-14
    )


def test_every_rule_is_tested() -> None:
    here = Path(__file__)
    text = here.read_text() + here.with_name("test_numpy.py").read_text()
    missing = [
        n
        for n in operations.ELEMENTWISE
        if n not in FUNCTIONS and f'"{n}"' not in text and f".{n}(" not in text
    ]
    assert [n for n in missing if n not in operations.COMPARISONS and n not in ("positive",)] == []


def composite(x: Any) -> Any:
    return ((x * x - 3 * x).tanh() + (x / 3).exp() * (1 + x * x).log() - 1 / (2 + x.sin())) ** 2


@settings(max_examples=60, deadline=None)
@given(c=st.floats(-2, 2), r=st.floats(1e-6, 0.7), inside=st.floats(-1, 1), order=st.integers(1, 7))
def test_a_jet_contains_the_function(c: float, r: float, inside: float, order: int) -> None:
    """f(c + t) lies in the sum of the centre's coefficients and the range's last one, for every
    t of the radius.
    """
    with working(128, order):
        run = paths.Run((-exact(r)).union(exact(r)))
        with paths.running(run):
            (x,) = jets.along(run, [exact(c)], [arb(-1)], arb(0))
            model = jets.model_of(composite(x), order, None)
        t = exact(inside) * exact(r)
        value = composite(Ball(exact(c) + t)).ball
        total = sum((b * t**k if k else b for k, b in enumerate(model)), arb(0))
        assert not total.is_finite() or total.overlaps(value)
        # and it is tight where the range is small
        if r < 1e-3 and order >= 2:
            assert float(total.rad()) < 1e-3


@settings(max_examples=40, deadline=None)
@given(x=st.floats(-2, 2), y=st.floats(-2, 2), r=st.floats(0, 0.3))
def test_second_derivatives_of_a_box_contain_those_of_its_points(
    x: float, y: float, r: float
) -> None:
    f = lambda v: composite(v[0] * v[1]) + v[0] / (3 + v[1])
    from proofs.certify.bends import bent

    point = bent(f, [exact(x), exact(y)], 128)
    with working(128):
        box = [(exact(v) - exact(r)).union(exact(v) + exact(r)) for v in (x, y)]
    whole = bent(f, box, 128)
    assert point is not None
    if whole is None:
        return
    assert whole.value.overlaps(point.value)
    for i in range(2):
        assert whole.gradient[i].overlaps(point.gradient[i])
        for j in range(2):
            assert whole.matrix[i][j].overlaps(point.matrix[i][j])
    run = paths.Run()
    with working(128), paths.running(run):
        _, slopes, _ = gradient(f, [exact(x), exact(y)], run)
    assert all(a.overlaps(b) for a, b in zip(slopes, point.gradient, strict=True))
    step = exact(2.0**-60)
    with working(400), paths.running(run):
        for i in range(2):
            sides = [
                [exact(v) + (step * s if i == j else 0) for j, v in enumerate((x, y))]
                for s in (1, -1)
            ]
            after, before = (gradient(f, side, run)[1] for side in sides)
            for a, b, second in zip(after, before, point.matrix[i], strict=True):
                assert upper(abs((a - b) / (2 * step) - second)) <= 1e-15 * (1 + upper(abs(second)))


def test_nothing_known_stays_unknown() -> None:
    """flint's series forget that 0 times nan is nan."""
    nan = arb_series([arb.nan(), arb.nan()])
    with working(64, 2):
        run = paths.Run()
        lost = jets.Jet(nan, None, run)
        zero = jets.Jet(arb_series([0, 0]), None, run)
        assert (lost * zero).is_nan()
        assert (lost * 0.0).is_nan()
        assert jets.Jet(arb_series([0, 1]), None, run).inverse().is_nan()


def test_balls() -> None:
    assert lower(square(arb(0, 2))) >= -1e-7
    assert upper(square(arb(1, 2))) >= 9
    with working(64):
        assert norm([arb(0), arb(0)]).is_zero()
        assert middle(norm([arb(3), arb(4)])) == pytest.approx(5.0)
        assert norm([arb(0, 1), arb(0, 1)]).is_finite()
        assert union([arb(1), arb(2)]).contains(arb(1.5))
        assert lower(arb(1) / 3) <= 1 / 3 <= upper(arb(1) / 3)
    assert upper(arb.nan()) == math.inf
    assert lower(arb.nan()) == -math.inf
    assert isinstance(Bend(arb(1), arb_mat([[1]]), arb_mat([[0]]), paths.Run()) * 2, Bend)
