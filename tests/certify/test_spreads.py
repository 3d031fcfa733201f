"""Intervals in arrays, tables of functions and programs for many boxes: against exact numbers and
against balls.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from flint import arb, arb_series
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from proofs.certify import spreads, tables
from proofs.certify.balls import FUNCTIONS, ONE, coefficient, exact, series_of, working
from proofs.certify.bends import bent
from proofs.certify.chains import joined
from proofs.certify.many import Many
from proofs.certify.parts import norm_bounds, positive_definite
from proofs.certify.program import python_program
from proofs.certify.spreads import Spread, between, spread
from proofs.certify.tables import Table
from proofs.certify.tracing import APPLY, Written, written_down

FLOATS = st.one_of(
    st.floats(-1e3, 1e3), st.floats(-1e200, 1e200), st.sampled_from([0.0, 5e-324, -1e-308, 0.1])
)
PARTS = st.floats(-1, 1)
DRAWN = settings(
    max_examples=200, deadline=None, phases=[Phase.generate], report_multiple_bugs=False
)


def within(x: Fraction, found: Spread) -> bool:
    """Whether an exact number is in an interval, or nothing is known of it."""
    mid, rad = float(found.mid), float(found.rad)
    return not np.isfinite(mid + rad) or abs(x - Fraction(mid)) <= Fraction(rad)


def inside(mid: float, rad: float, part: float) -> Fraction:
    """A number from mid - rad to mid + rad."""
    return Fraction(mid) + Fraction(part) * Fraction(rad)


@DRAWN
@given(FLOATS, FLOATS.map(abs), PARTS, FLOATS, FLOATS.map(abs), PARTS)
def check_operations(a: float, r: float, s: float, b: float, q: float, t: float) -> None:
    """Every operation of numbers in two intervals is in the interval that comes out."""
    with np.errstate(all="ignore"):
        x, y = (Spread(np.array([mid]), np.array([rad])) for mid, rad in ((a, r), (b, q)))
        u, v = inside(a, r, s), inside(b, q, t)
        for exact_one, found in (
            (u + v, x + y), (u - v, x - y), (u * v, x * y), (-u, -x), (u * u, x.square()),
            (abs(u), abs(x)), (u + Fraction(b), x + b), (u * Fraction(b), b * x),
            (Fraction(b) - u, b - x),
        ):  # fmt: skip
            assert within(exact_one, found[0])
        if u:
            assert within(1 / u, x.inverse()[0])
        low, high = x.ends()
        assert not low[0] > u
        assert not high[0] < u
        both = Spread(np.array([a, b]), np.array([r, q]))
        assert within(u + v, both.total(0))
        if abs(u - Fraction(b)) <= Fraction(q):  # u is in both
            assert within(u, x.meet(y)[0])
        assert within(u, between(low, high)[0])


def test_operations_enclose() -> None:
    check_operations()


def test_the_check_of_operations_can_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without what a rounding may change."""
    monkeypatch.setattr(spreads, "ROUNDING", 0.0)
    with pytest.raises(AssertionError):
        check_operations()


def test_the_middle_of_neighbours_is_one_of_them() -> None:
    low, high = np.nextafter(1.0, 0.0), 1.0
    for end in (low, high):
        assert within(Fraction(float(end)), between(low, high))
    assert np.isnan(between(high, low).mid)


def test_nothing_is_known_of_an_overflow() -> None:
    huge = spread(np.array([1e200]))
    with np.errstate(all="ignore"):
        for found in (
            huge * huge,
            huge.square(),
            (huge * huge).inverse(),
            spread(np.zeros(1)).inverse(),
        ):
            assert np.isnan(found.ends()).all() or not np.isfinite(found.mid + found.rad).any()
        assert not (huge * huge).ends()[0] > 0


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_a_table_encloses_its_function(name: str) -> None:
    """On intervals of all widths, in the grid and out of it, at points of them."""
    function, rng = FUNCTIONS[name], np.random.default_rng(0)
    table = Table(function, 0.1, 0.9)
    mid = rng.uniform(-0.2, 1.2, 300)
    rad = 10 ** rng.uniform(-12, 0, 300) * rng.integers(0, 2, 300)
    with np.errstate(all="ignore"):
        found = table(Spread(mid, rad))
    compared = 0
    for k, part in ((k, part) for k in range(300) for part in (-1, 0.3, 1)):
        with working(128, tables.ORDER):
            x = exact(float(mid[k])) + exact(part) * exact(float(rad[k])) * (1 - 1e-9)
            series = series_of(function, arb_series([x, ONE], tables.ORDER + 1))
            for i, bound in enumerate(found):
                told = arb(float(bound.mid[k]), float(bound.rad[k]))
                if told.is_finite():
                    compared += 1
                    value = function.ball(x) if i == 0 else coefficient(series, i)
                    assert told.overlaps(value)
    assert compared > 900 or name in ("arccosh",)


def test_a_table_of_what_is_not_known() -> None:
    """Of no number, and of a range that leaves the domain."""
    table = Table(FUNCTIONS["log"], -1.0, 2.0)
    found = table(Spread(np.array([np.nan, 0.5, 0.5]), np.array([0.1, 1.0, 0.1])))
    for k in range(tables.ORDER):
        assert np.isfinite(found[k].mid + found[k].rad).tolist() == [False, False, True]


def test_the_check_of_tables_can_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    """Taylor's polynomial without what is left of it."""
    right = tables.coefficients

    def wrong(function: Any, low: Any, high: Any) -> Spread:
        found = right(function, low, high)
        found.mid[tables.ORDER] = found.rad[tables.ORDER] = 0.0
        return found

    monkeypatch.setattr(tables, "coefficients", wrong)
    with pytest.raises(AssertionError):
        test_a_table_encloses_its_function("tanh")


A, T = np.random.default_rng(3).normal(size=(5, 3)), np.array([0, 1, 1, 0, 1.0])
LOSSES: dict[str, Any] = {
    "logistic": lambda w: np.mean(np.logaddexp(0, A @ w) - T * (A @ w)),
    "sigmoids": lambda w: np.sum((1 / (1 + np.exp(-(A @ w))) - T) ** 2),
    "net": lambda w: np.mean((w[0] * np.tanh(w[1] * A[:, 0] + w[2]) - T) ** 2),
    "logsumexp": lambda w: np.log(np.sum(np.exp(A @ w))) / 3,
    "products": lambda w: w[0] * w[1] * w[2] / (2 + w[0] ** 2) - w[1] ** 3 + 1,
    "waves": lambda w: np.sum(np.cos(2 * w) + w * w) + np.sin(w[0] * w[1]) ** 2,
    "a row": lambda w: 3 * w[0] - w[2],
}


@pytest.mark.parametrize("join", [True, False])
@pytest.mark.parametrize("name", sorted(LOSSES))
def test_many_boxes_as_one(monkeypatch: pytest.MonkeyPatch, name: str, join: bool) -> None:
    """On each box the value and the derivatives of points in it; and, once the grids are fine,
    hardly wider than in balls.
    """
    monkeypatch.setattr(tables, "EACH", 1)
    program = python_program(LOSSES[name], None, np.zeros(3))
    written = written_down(program.loss, 3)
    assert written is not None
    many, rng = Many(joined(written) if join else written), np.random.default_rng(1)
    middle, rad = rng.uniform(-1, 1, (3, 40)), np.tile(10 ** rng.uniform(-6, -1, 40), (3, 1))
    for at_once in (many.at_once, 7, many.at_once):
        many.at_once = at_once
        found = many(Spread(middle, rad))
        for k in range(40):
            for part in (np.zeros(3), rng.uniform(-1, 1, 3) * (1 - 1e-9)):
                there = bent(
                    program.loss, [exact(float(x)) for x in middle[:, k] + part * rad[:, k]], 96
                )
                assert there is not None
                assert overlaps(found.value[k], there.value)
                for i in range(3):
                    assert overlaps(found.gradient[i, k], there.gradient[i])
                    for j in range(3):
                        assert overlaps(found.matrix[i, j, k], there.matrix[i][j])
        wide = bent(
            program.loss,
            [
                exact(a - r).union(exact(a + r))
                for a, r in zip(middle[:, 0].tolist(), rad[:, 0].tolist(), strict=True)
            ],
            64,
        )
        assert wide is not None
        assert float(found.matrix.rad[0, 0, 0]) <= 1.1 * float(wide.matrix[0][0].rad()) + 1e-6


def overlaps(found: Spread, there: arb) -> bool:
    return bool(arb(float(found.mid), float(found.rad)).overlaps(there))


def test_a_chain_is_as_wide_as_its_function(monkeypatch: pytest.MonkeyPatch) -> None:
    """The square of a sigmoid that is written as 1 / (1 + exp(-z)): its second derivative."""
    monkeypatch.setattr(tables, "CELLS", (512, 512))
    loss = lambda w: (1 / (1 + np.exp(-(w[0] + w[1]))) - 1) ** 2
    written = written_down(python_program(loss, None, np.zeros(2)).loss, 2)
    assert written is not None
    box = Spread(np.zeros((2, 1)), np.full((2, 1), 0.2))
    apart, together = (Many(p)(box).matrix.rad[0, 0, 0] for p in (written, joined(written)))
    s = 1 / (1 + np.exp(-np.linspace(-0.4, 0.4, 999)))
    bend = 2 * s * (1 - s) * (s * (1 - s) + (s - 1) * (1 - 2 * s))
    assert together < 1.1 * (bend.max() - bend.min()) / 2 < apart / 3


def test_chains_that_are_equal_have_one_function() -> None:
    loss = lambda w: np.sum((1 / (1 + np.exp(-(A @ w))) - T) ** 2)
    written = written_down(python_program(loss, None, np.zeros(3)).loss, 3)
    assert written is not None
    made = {x for code, _, x in joined(written).steps if code == APPLY}
    assert len(made) == 2
    assert joined(Written([], 1, 0)).last == 0


@DRAWN
@given(st.integers(1, 6), st.integers(0, 10**6))
def check_positive_definite(definite: Any, n: int, seed: int) -> None:
    """A matrix inside that is not positive definite, or is larger than a bound, contradicts."""
    rng = np.random.default_rng(seed)
    mid = rng.normal(size=(n, n)) + np.eye(n) * rng.uniform(0, 4)
    rad = abs(rng.normal(size=(n, n))) * rng.choice([0.0, 0.1, 1.0])
    matrix = Spread((mid + mid.T)[..., None], (rad + rad.T)[..., None])
    told, bound, least = definite(matrix)[0], norm_bounds(matrix)[0], np.inf
    for _ in range(40):
        change = np.triu(rng.choice([-1.0, 1.0], size=(n, n)))
        inner = matrix.mid[..., 0] + matrix.rad[..., 0] * (change + np.triu(change, 1).T)
        values = np.linalg.eigvalsh(inner)
        least = min(least, values[0])
        assert abs(values).max() <= bound * (1 + 1e-9)
    assert not told or least > 0
    if not matrix.rad.any() and abs(least) > 1e-9:
        assert told == (least > 0)


def test_positive_definite() -> None:
    check_positive_definite(positive_definite)


def test_few_matrices_tell_exactly() -> None:
    """In three coordinates: positive definite where the least of four matrices is."""
    rng, turns = np.random.default_rng(0), ((1, 1), (1, -1), (-1, 1), (-1, -1))
    for _ in range(300):
        mid, rad = rng.normal(size=(3, 3)) / 2, rng.random((3, 3)) * rng.random() / 2
        matrix = Spread((mid + mid.T + 2 * np.eye(3))[..., None], (rad + rad.T)[..., None])
        signs = [np.outer((1, *turn), (1, *turn)) for turn in turns]
        ends = [np.linalg.eigvalsh(matrix.mid[..., 0] - s * matrix.rad[..., 0])[0] for s in signs]
        assert abs(min(ends)) < 1e-9 or positive_definite(matrix)[0] == (min(ends) > 0)


def test_the_check_of_matrices_can_fail() -> None:
    """Only the middle is looked at."""
    with pytest.raises(AssertionError):
        check_positive_definite(lambda matrix: positive_definite(spread(matrix.mid)))
