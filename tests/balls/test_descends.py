"""What `descends` shows is so at exact points of the box; what is not so, it refuses."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import product
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofs.balls import arithmetic
from proofs.balls.arithmetic import exp, number
from proofs.balls.boxes import Enclosure, descends, falls_throughout, is_enclosure
from proofs.kernel import KernelError, entails, real
from tests.balls.polynomials import (
    TINY, Point, Polynomial, between, drawn, fractions, interval, mirrored, polynomials,
)  # fmt: skip
from tests.kernel.refusals import refuses

pytestmark = pytest.mark.usefixtures("bits")


# -------------------------------------------------------------------- whether a loss falls on a box
ALPHAS = [Fraction(k, 16) for k in (1, 5, 9, 13, 15, 16)]
GRID = list(product([Fraction(0), Fraction(3, 5), Fraction(1)], repeat=2))


def first_failure(f: Polynomial, sides: Sequence[tuple[Fraction, Fraction]]) -> Fraction | None:
    """The least alpha = 2^k that does not lower the loss from a point of the box with g != 0."""
    starts = [w for w in (between(sides, p) for p in GRID) if any(f.gradient(w))]
    alphas = [Fraction(2) ** k for k in range(-11, 5)]
    return next((alpha for alpha in alphas if any(f.change(w, alpha) >= 0 for w in starts)), None)


@pytest.mark.parametrize("degree", [2, 3])
def test_falls_is_sound(degree: int) -> None:
    """Where it says True, as it often does, f(w - alpha g) < f(w) at exact points of the box."""
    said: list[bool] = []

    @drawn(70)
    @given(
        polynomials(degree),
        st.tuples(fractions, fractions),
        st.sampled_from([Fraction(1, 2**k) for k in (0, 2, 6, 10)]),
        st.sampled_from(
            [Fraction(1, 64), Fraction(1, 4), Fraction(3, 8), Fraction(1, 2), 1, 1 + TINY, 2]
        ),
    )
    def check(f: Polynomial, corner: Point, size: Fraction, part: Fraction) -> None:
        sides = [(x, x + size) for x in corner]
        failing = first_failure(f, sides)
        alpha0 = (failing or Fraction(1)) * part
        told = falls_throughout(f, [interval(a, b) for a, b in sides], number(alpha0))
        said.append(told)
        if told:
            assert failing is None or part < 1
            for w in (between(sides, p) for p in GRID):
                g = f.gradient(w)
                assert not any(g) or all(f.change(w, a * alpha0) < 0 for a in ALPHAS)

    check()
    assert said.count(True) > 10
    assert said.count(False) > 10


@drawn(100)
@given(
    st.lists(st.integers(-9, 9), min_size=2, max_size=2).filter(lambda s: max(s) > 0),
    st.tuples(fractions, fractions).filter(any),
    st.tuples(fractions, fractions),
    st.sampled_from([1 - TINY, Fraction(1), 1 + TINY]),
)
def test_falls_is_exact_about_a_stationary_point_of_a_quadratic(
    spectrum: list[int], mirror: Point, center: Point, part: Fraction
) -> None:
    """All directions occur there: 2 / (the largest eigenvalue) is the bound, and is not reached."""
    (a, b), (_, d) = mirrored([Fraction(s) for s in spectrum], mirror)
    p, q = center
    linear = {(1, 0): -a * p - b * q, (0, 1): -b * p - d * q}
    f = Polynomial({(2, 0): a / 2, (1, 1): b, (0, 2): d / 2, **linear})
    assert not any(f.gradient(center))
    box = [interval(x - Fraction(1, 8), x + Fraction(1, 8)) for x in center]
    assert falls_throughout(f, box, number(Fraction(2, max(spectrum)) * part)) is (part < 1)


def test_falls_by_parts() -> None:
    """On x^4, 1/2 leads from 1 to -1; up to 9/20 each part of the range has its own slope."""
    quartic: Callable[[Sequence[Any]], Any] = lambda w: w[0] ** 4
    box = [interval(1 - TINY, 1)]
    assert falls_throughout(quartic, box, number(Fraction(9, 20)))
    assert not falls_throughout(quartic, box, number(Fraction(1, 2)))
    assert not falls_throughout(quartic, box, number(Fraction(1, 2) + TINY))


def test_falls_looks_at_the_shortest_steps_too() -> None:
    """-x with a bump between 0.03 and 0.06: steps to 0.01 or beyond 0.1 lower it, but not 0.04."""
    line: Callable[[Sequence[Any]], Any] = lambda w: -w[0]
    bumpy: Callable[[Sequence[Any]], Any] = lambda w: (
        -w[0] + arithmetic.tanh(400 * w[0] - 12) - arithmetic.tanh(400 * w[0] - 24)
    )
    assert falls_throughout(line, [number(0)], number(1))
    assert falls_throughout(bumpy, [number(0)], number(Fraction(1, 100)))
    assert not falls_throughout(bumpy, [number(0)], number(1))


# ----------------------------------------------------------------------------------------- descends
bowl: Callable[[Any, Any], Any] = lambda x, y: x**2 + y**2 / 2
HERE = [(-1, 1), (-1, 1)]
JUST_BELOW = Fraction(1023, 1024)
RISES = ((1, 0), Fraction(1))
shown: Callable[[], Enclosure] = lambda: descends(bowl, HERE, JUST_BELOW, rises=RISES)


def test_descends_with_its_minimum_inside() -> None:
    """|w|^2 with the steps of x halved: 2 / 2 is the bound, and from (1, 0) it leads to (-1, 0)."""
    made = shown()
    assert is_enclosure(made)
    assert made.boxes == 1
    for told in ("[-1, 1] x [-1, 1]", "(0, 1023/1024]", "(1, 0)"):
        assert told in made.claim


def test_descends_about_a_saddle_and_a_maximum() -> None:
    """There all small steps lower the loss, except from the point itself, where g = 0."""
    saddle: Callable[[Any, Any], Any] = lambda x, y: x**2 - y**2
    assert descends(saddle, HERE, JUST_BELOW, rises=RISES).boxes == 1
    hill: Callable[[Any], Any] = lambda x: x**4 - x**2  # its minima are at 1/sqrt(2) and minus that
    assert is_enclosure(descends(hill, [(-1, 1)], Fraction(1, 4), rises=((1,), Fraction(1, 2))))
    refuses(
        "rises from near",
        lambda: descends(hill, [(-1, 1)], Fraction(11, 10), rises=((1,), Fraction(1))),
    )


def test_descends_looks_at_the_end_of_the_way() -> None:
    """Nearly straight up to 3/4 of a step; at its end the loss has risen."""
    late: Callable[[Any], Any] = lambda x: -x + Fraction(3, 2) * exp(28 * (x - 1))
    box, rises = [(-Fraction(1, 64), Fraction(1, 64))], ([0], Fraction(1))
    refuses("rises from", lambda: descends(late, box, Fraction(1), rises))
    descends(late, box, Fraction(3, 4), rises)


def test_descends_halves_the_box() -> None:
    """Himmelblau's hilltop is near (-0.27, -0.92)."""
    quartic: Callable[[Any, Any], Any] = lambda x, y: (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2
    made = descends(quartic, HERE, Fraction(1, 30), rises=((1, 1), Fraction(1, 16)))
    assert is_enclosure(made)
    assert made.boxes > 10
    refuses(
        r"rises from near \(.*\) \(after \d+ boxes\)",
        lambda: descends(quartic, HERE, Fraction(1, 10), rises=((1, 1), Fraction(1, 8))),
    )


def test_descends_refuses_an_alpha0_that_is_too_large() -> None:
    """And shows the point: from (1/2, 0), the middle of the box, the step 3/2 leads to (-1, 0)."""
    box = [(Fraction(1, 4), Fraction(3, 4)), (Fraction(-1, 4), Fraction(1, 4))]
    with pytest.raises(KernelError, match=r"it rises from near \(0\.5, 0\.0\) \(after 1 boxes\)"):
        descends(bowl, box, Fraction(3, 2), rises=((Fraction(1, 2), 0), Fraction(3, 2)))
    with pytest.raises(
        KernelError, match=r"is not shown to fall from near \(\S+,\) \(after \d+ boxes\)"
    ):
        descends(lambda x: x**2, [(-1, 1)], Fraction(1), rises=((1,), Fraction(1)))


def test_descends_refuses_what_is_no_box() -> None:
    refuses(
        r"the box .* is empty; write \(lowest, highest\) for each coordinate",
        lambda: descends(bowl, [], JUST_BELOW, rises=((), Fraction(1))),
        lambda: descends(bowl, [(-1, 1), (1, -1)], JUST_BELOW, rises=RISES),
        lambda: descends(bowl, [(1, 1), (0, 0)], JUST_BELOW, rises=RISES),
    )


def test_descends_refuses_another_start_or_rate() -> None:
    """`rises` is a start of the box and a rate of at most 2 alpha0 that does not lower the loss."""
    refuses(
        r"is no start of .* with a learning rate of at most twice",
        lambda: descends(bowl, HERE, JUST_BELOW, rises=((2, 0), Fraction(1))),
        lambda: descends(bowl, HERE, JUST_BELOW, rises=((0, -1 - TINY), Fraction(1))),
        lambda: descends(bowl, HERE, Fraction(1, 3), rises=((1, 0), Fraction(2, 3) + TINY)),
        lambda: descends(bowl, HERE, JUST_BELOW, rises=((1, 0), Fraction(0))),
        lambda: descends(bowl, HERE, JUST_BELOW, rises=((1, 0), Fraction(-1))),
        lambda: descends(bowl, HERE, -JUST_BELOW, rises=((1, 0), Fraction(-1))),
    )
    refuses(
        r"from \(1, 0\), alpha = 1023/1024 is not shown not to lower the loss",
        lambda: descends(bowl, HERE, JUST_BELOW, rises=((1, 0), JUST_BELOW)),
    )
    assert is_enclosure(descends(bowl, HERE, Fraction(1, 2), rises=RISES))


def test_descends_refuses_a_start_of_another_dimension() -> None:
    for start in ((1,), (1, 0, 0)):
        with pytest.raises(KernelError):
            descends(bowl, HERE, JUST_BELOW, rises=(start, Fraction(1)))


def test_descends_refuses_a_stationary_start() -> None:
    """From (0, 0) no alpha lowers the loss, which tells nothing: 2^-20 is far below the bound."""
    with pytest.raises(KernelError):
        descends(bowl, HERE, TINY, rises=((0, 0), TINY))
    with pytest.raises(KernelError):
        descends(lambda x, y: 0 * x + 0 * y, HERE, TINY, rises=RISES)


def test_descends_refuses_floats() -> None:
    given_: list[tuple[Any, Any, Any]] = [
        ([(-1.0, 1), (-1, 1)], JUST_BELOW, RISES),
        (HERE, 0.5, RISES),
        (HERE, JUST_BELOW, ((1, 0), 1.0)),
        (HERE, JUST_BELOW, ((1.0, 0), Fraction(1))),
        (HERE, JUST_BELOW, ((True, 0), Fraction(1))),
        (HERE, JUST_BELOW, (("1", 0), Fraction(1))),
    ]
    for box, alpha0, rises in given_:
        with pytest.raises(KernelError):
            descends(bowl, box, alpha0, rises=rises)


def test_descends_splits_where_a_denominator_comes_near_0() -> None:
    """1 + x^2 for x in [-4, 4]: products of balls do not know that a square is not negative."""
    well: Callable[[Any], Any] = lambda x: 1 - 1 / (1 + x * x)
    assert is_enclosure(
        descends(well, [(-4, 4)], Fraction(15, 16), rises=((Fraction(1, 2),), Fraction(15, 8)))
    )


def test_descends_refuses_a_pole() -> None:
    """1/x on [-1, 1], where the middle of the box is the pole."""
    with pytest.raises(KernelError):
        descends(
            lambda x: 1 / x, [(-1, 1)], Fraction(1, 4), rises=((Fraction(-1, 2),), Fraction(1, 4))
        )


def test_descends_refuses_a_kink_and_what_is_not_finite() -> None:
    kink: Callable[[Any], Any] = lambda x: (x * x).sqrt()  # |x|
    start = ((Fraction(1, 8),), Fraction(1, 4))  # |x| from 1/8 to -1/8
    refuses("is not shown to fall", lambda: descends(kink, [(-1, 1)], Fraction(1, 4), rises=start))
    refuses(
        "is not shown", lambda: descends(arithmetic.log, [(-1, 1)], Fraction(1, 4), rises=start)
    )


# ---------------------------------------------------------------------------------------- forgeries
def test_forged_enclosures_are_refused() -> None:
    genuine = shown()
    fakes: list[Any] = [
        Enclosure(genuine.claim, genuine.boxes),
        copy.copy(genuine),
        copy.deepcopy(genuine),
        object.__new__(Enclosure),
        dataclasses.replace(genuine, boxes=1),
        "shown",
        None,
        True,
        entails([], real("x") >= real("x")),
    ]
    assert not any(map(is_enclosure, fakes))
    assert is_enclosure(genuine)


def test_altered_enclosures_are_refused() -> None:
    for name, value in (("claim", "[-9, 9] x [-9, 9], alpha in (0, 9]"), ("boxes", 7)):
        made = shown()
        with pytest.raises(AttributeError):
            setattr(made, name, value)
        assert is_enclosure(made)
        object.__setattr__(made, name, value)
        assert not is_enclosure(made)


def test_points_at_random_in_random_boxes_of_descends() -> None:
    """What it says of a quartic is so at 200 exact points and rates of the box."""
    random = Random(1)
    f = Polynomial(
        {(4, 0): Fraction(1), (1, 1): Fraction(1), (0, 2): Fraction(1), (0, 1): Fraction(-1)}
    )
    sides = [(Fraction(0), Fraction(1)), (Fraction(0), Fraction(1))]
    at = (
        (1, 1),
        next(
            Fraction(k, 64)
            for k in range(1, 640)
            if f.change((Fraction(1),) * 2, Fraction(k, 64)) >= 0
        ),
    )
    alpha0 = at[1] * Fraction(5, 8)
    assert is_enclosure(descends(lambda *w: f(w), sides, alpha0, rises=at))
    for _ in range(200):
        w = between(sides, [Fraction(random.randrange(1000), 999) for _ in sides])
        assert f.change(w, alpha0 * Fraction(random.randrange(1, 1000), 999)) < 0
