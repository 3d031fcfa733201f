"""Starts: the rare directions are drawn, and few trials are trivial."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import pytest
from flint import fmpq
from hypothesis import given
from hypothesis import strategies as st

from proofs.balls.arithmetic import fraction, number, precision
from proofs.balls.listening import Overheard
from proofs.kernel import real
from strategies import Start, lipschitz_losses, mixed, rough_losses, smooth_losses, starts
from strategies.losses import LogSumExp, Loss, Polynomial, Quadratic
from strategies.rough import Jump
from strategies.trials import TOGETHER, rounded_gradient
from strategies.vectors import Vector, dot
from tests.strategies.shared import LINE, drawn, refused, simplest, three_hundred

pytestmark = pytest.mark.usefixtures("many_bits")


def test_few_trials_are_trivial() -> None:
    """hypothesis begins with some whose bytes are all 0."""
    trivial: list[bool] = []
    drawn(100)(
        given(starts(smooth_losses()))(lambda trial: trivial.append(len(set(trial.cases)) == 1))
    )()
    assert len(trivial) == 100
    assert sum(trivial) <= 10


def test_hypothesis_draws_losses_and_starts_at_once() -> None:
    """Off one string: where it draws two that are alike, it tries copies of one in place of the
    other, and half of the losses come twice.
    """
    losses: list[Loss] = []
    families = ["quadratic", "polynomial"]
    parts = mixed(smooth_losses(3, families), rough_losses("jump", lipschitz_losses(3)))
    drawn(400 // TOGETHER)(given(starts(parts))(lambda trial: losses.extend(trial.losses)))()
    assert len(losses) == 400
    assert len(set(losses)) > 350
    assert 100 < sum(isinstance(loss, Jump) for loss in losses) < 300


def test_a_strategy_of_ones_own_draws_as_many_losses() -> None:
    """hypothesis draws each by itself, where a string of bytes does not tell all of them."""
    own = st.fractions(1, 100).map(lambda s: Quadratic((s,), (0,)))
    for losses in (own, mixed(own, smooth_losses()), rough_losses("jump", own)):
        seen = three_hundred(starts(losses))
        assert {len(trial.cases) for trial in seen} == {3 * TOGETHER}
        assert sum(len(trial.losses) == TOGETHER for trial in seen) > 250
        for trial in seen:
            assert [s.loss for s in trial.cases[::3]] == [s.loss for s in trial.cases[2::3]]


@pytest.mark.parametrize("opposite", [True, False])
def test_directions_of_starts(opposite: bool) -> None:
    """Opposite to the gradient, along it, (nearly) orthogonal; opposite=False is kept."""
    cosines: list[Any] = []  # with their sign, squared
    basic: set[bool] = set()

    @drawn(25)
    @given(starts(smooth_losses((2, 4), ["quadratic"]), opposite=opposite))
    def draw(trial: Any) -> None:
        assert len(trial.losses) == TOGETHER
        for k, start in enumerate(trial.cases):
            assert start.loss is trial.losses[k // 3]
        for start in trial.cases:
            assert any(start.direction)
            assert 0 < start.fraction < 1
            assert 1 <= start.steps <= 8
            basic.add(sorted(map(abs, start.direction))[-2] == 0)
            g = [fraction(x) for x in start.gradient()]
            if any(g):
                product, lengths = dot(g, start.direction), dot(g, g) * start.squared_length()
                cosines.append(product * abs(product) / lengths)

    draw()
    assert basic == {True, False}
    assert cosines.count(1) > 12
    assert cosines.count(0) > 20
    assert any(0 < c * c < Fraction(1, 10**4) for c in cosines)
    if opposite:
        assert cosines.count(-1) > 15
    else:
        assert min(cosines) > Fraction(-1000, 1001) * (1 + Fraction(1, 10**4))


def test_nearly_orthogonal_where_the_gradient_is_not_exact() -> None:
    """Then nothing claims to be orthogonal: the product is not 0, and known to be so."""
    near = 0

    @drawn(25)
    @given(starts(smooth_losses((2, 3), ["logistic", "gaussian"])))
    def draw(trial: Any) -> None:
        nonlocal near
        for start in trial.cases:
            g, slope = start.gradient(), start.slope()
            if not slope.is_zero():
                ratio = fraction(slope) ** 2 / (fraction(dot(g, g)) * start.squared_length())
                near += 0 < ratio < Fraction(1, 10**5)

    draw()
    assert near > 5


def test_a_start_that_leans_downhill() -> None:
    """The gradient is (0, 6), and 3/4 of the length of (4, 0) is 3: it leans to (4, -3), about."""
    start = Start(Quadratic((1, 2), (0, 0)), (0, 3), (4, 0)).leaning()
    x, y = map(Fraction, start.direction)
    gap, distance = (fraction(x) for x in (start.gap(over=4), start.distance()))
    errors = (x - 4, y + 3, gap - Fraction(3, 5), distance**2 - Fraction(4, 5))
    assert max(map(abs, errors)) < Fraction(1, 10**8)
    flat = Start(Quadratic((1, 2), (0, 0)), (0, 0), (4, 0))
    assert flat.leaning() is flat


def test_a_gradient_is_computed_once_at_a_point_and_a_precision() -> None:
    asked: list[int] = []
    loss = Overheard(Quadratic((Fraction(1, 3), 2), (0, 0)), lambda: asked.append(1))
    start, beside = Start(loss, (1, 3), (0, 1)), Start(loss, (1, 4), (0, 1))
    radii = []
    for bits in (64, 256):
        with precision(bits):
            start.gradient().clear()
            [x, y] = start.gradient()
            radii.append(float(x.rad()))
            assert x.contains(fmpq(1, 3))
            assert y == 6
    assert len(asked) == 2
    assert 0 < radii[1] < radii[0] / 2**180
    assert beside.gradient()[1] == 8
    assert len(asked) == 3


def test_a_gradient_is_rounded_and_kept_within_bounds() -> None:
    """To 21 binary digits; to a length from 2^-64 to 2^64."""
    third = Quadratic((Fraction(1, 3),), (0,))
    assert rounded_gradient(third, (1,)) == ((Fraction(2**22 // 3, 2**22),), False)
    for value, near in ((Fraction(3, 2), Fraction(3, 2)), (2**21 + 1, 2**21)):
        assert rounded_gradient(Quadratic((1,), (0,)), (value,)) == ((near,), near == value)
    for scale in (Fraction(2) ** 70, Fraction(1, 2**70)):
        (x, y), exact = rounded_gradient(Quadratic((3 * scale, scale), (0, 0)), (1, -1))
        assert exact
        assert Fraction(1, 4) < x <= 4
        assert x == -3 * y
    assert rounded_gradient(third, (0,)) == ((0,), True)
    even = LogSumExp(((1,), (-1,)), (Fraction(1, 3), Fraction(1, 3)))  # its slope: 0, in a ball
    assert rounded_gradient(even, (0,)) == ((0,), False)


def test_what_starts_shrink_to() -> None:
    [start] = simplest(starts(smooth_losses(), 1, together=1)).cases
    assert (start.loss, start.point, start.direction) == (LINE, (0,), (1,))
    assert (start.fraction, start.steps) == (Fraction(1, 2), 1)
    trial = simplest(starts(smooth_losses(2), 3))
    assert {(s.point, s.direction, s.fraction, s.steps) for s in trial.cases} == {
        ((0, 0), (1, 0), Fraction(1, 2), 1)
    }


C, RHO, ALPHA = real("c rho alpha")
CUBIC = Polynomial(1, ((-1, ((0, 1),)), (Fraction(1, 2), ((0, 2),)), (Fraction(3, 2), ((0, 3),))))


@pytest.mark.parametrize(
    ("loss", "point", "numbers"),
    [
        (Quadratic((1, 3), (0, 0)), (0, 5), (3, 0, Fraction(1, 3))),
        (CUBIC, (0,), (1, 9, Fraction(1, 3))),
        (CUBIC, (-1,), (-8, 0, None)),
    ],
)
def test_rays_are_measured(loss: Loss, point: Vector, numbers: Any) -> None:
    """Half of 2/3 is taken, of 2 / c on a quadratic loss and of the bound on the cubic of c01."""
    told = Start(loss, point, (1,) * len(point)).ray(C, RHO, ALPHA)
    for symbol, expected in zip((C, RHO, ALPHA), numbers, strict=True):
        assert expected is None or abs(told[symbol] - expected) < Fraction(1, 10**8)
    assert told[C] >= numbers[0]
    assert told[RHO] > numbers[1]
    g = loss.gradient([number(x) for x in point])
    size = float(dot(g, g).sqrt())
    bound = 4 / (float(told[C]) + math.sqrt(told[C] ** 2 + 8 * told[RHO] * size / 3))
    assert 0 < told[ALPHA] <= bound / 2


def test_no_ray_where_there_is_no_gradient() -> None:
    assert Start(Quadratic((1,), (0,)), (0,), (1,)).ray(C, RHO, ALPHA)[ALPHA] == 0


@pytest.mark.parametrize("count", [0, -3, True, 2.0])
def test_other_counts_are_refused(count: Any) -> None:
    refused([(lambda: starts(smooth_losses(), count), f"count={count!r}")])
