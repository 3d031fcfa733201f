"""What `linearizes` shows is so at exact points of the box; what is not so, it refuses."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import product
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofs.balls import arithmetic, boxes
from proofs.balls.arithmetic import fraction, number
from proofs.balls.boxes import bends_less, is_enclosure, linearizes
from tests.balls.polynomials import (
    TINY, Point, Polynomial, between, drawn, fractions, interval, mirrored, polynomials,
)  # fmt: skip
from tests.kernel.refusals import refuses

pytestmark = pytest.mark.usefixtures("bits")
GRID = list(product([Fraction(0), Fraction(3, 5), Fraction(1)], repeat=2))
HERE = [(-1, 1), (-1, 1)]
JUST_BELOW = Fraction(1023, 1024)


def remainder(f: Polynomial, v: Point, w: Point) -> Fraction:
    """2 |f(v) - f(w) - grad f(w).(v - w)| / |v - w|^2, exactly."""
    s = [x - y for x, y in zip(v, w, strict=True)]
    linear = Fraction(f(w)) + sum(g * x for g, x in zip(f.gradient(w), s, strict=True))
    return Fraction(2 * abs(f(v) - linear) / sum(x * x for x in s))


@pytest.mark.parametrize("degree", [2, 3, 4])
def test_bends_less_is_sound(degree: int) -> None:
    """Where it says True, as it often does, no two exact points have a larger remainder."""
    said: list[bool] = []

    @drawn(70)
    @given(
        polynomials(degree),
        st.tuples(fractions, fractions),
        st.sampled_from([Fraction(1, 2**k) for k in (0, 2, 6, 10)]),
        st.sampled_from(
            [Fraction(1, 2), 1 - TINY, Fraction(1), 1 + TINY, Fraction(5, 4), Fraction(3, 2), 2]
        ),
    )
    def check(f: Polynomial, corner: Point, size: Fraction, part: Fraction) -> None:
        sides = [(x, x + size) for x in corner]
        places = [between(sides, p) for p in GRID]
        largest = max(remainder(f, v, w) for v in places for w in places if v != w)
        told = bends_less(f, [interval(a, b) for a, b in sides], number(largest * part))
        said.append(told)
        assert not (told and part <= 1)

    check()
    assert said.count(True) > 10
    assert said.count(False) > 10


@drawn(100)
@given(
    st.lists(st.integers(-9, 9), min_size=2, max_size=2).filter(any),
    st.tuples(fractions, fractions).filter(any),
    st.sampled_from([1 - TINY, Fraction(1), 1 + TINY]),
)
def test_bends_less_is_exact_on_a_quadratic(
    spectrum: list[int], mirror: Point, part: Fraction
) -> None:
    """The bound is the largest eigenvalue, of either sign, and is not reached itself."""
    (a, b), (_, d) = mirrored([Fraction(s) for s in spectrum], mirror)
    f = Polynomial({(2, 0): a / 2, (1, 1): b, (0, 2): d / 2, (1, 0): Fraction(1)})
    box = [interval(-1, 1), interval(0, 2)]
    assert bends_less(f, box, number(max(map(abs, spectrum)) * part)) is (part > 1)


@drawn(60)
@given(polynomials(3), st.lists(fractions, min_size=4, max_size=4).filter(lambda x: x[:2] != x[2:]))
def test_remainders_are_enclosed(f: Polynomial, x: Point) -> None:
    v, w = x[:2], x[2:]
    found = boxes.relative_remainder(f, *([number(y) for y in point] for point in (v, w)))
    assert abs(fraction(found) - remainder(f, v, w)) <= fraction(found.rad())


JUST_ABOVE = Fraction(1025, 512)
EXCEEDS = ((1, 0), (0, 0), JUST_BELOW * 2)
saddle: Callable[[Any, Any], Any] = lambda x, y: y**2 / 2 - x**2


def test_linearizes_a_saddle() -> None:
    """Its second derivatives are -2 and 1."""
    made = linearizes(saddle, HERE, JUST_ABOVE, exceeds=EXCEEDS)
    assert is_enclosure(made)
    assert made.boxes == 1
    for told in (
        "at most 1025/512 |v - w|^2 / 2",
        "[-1, 1] x [-1, 1]",
        "not with 1023/512, from (0, 0) to (1, 0)",
    ):
        assert told in made.claim
    assert is_enclosure(linearizes(lambda x, y: -saddle(x, y), HERE, JUST_ABOVE, exceeds=EXCEEDS))


def test_linearizes_halves_the_box() -> None:
    """x^4 - x y^3 + y^2 has its largest eigenvalue, 10 + sqrt(13), in the corner (1, -1)."""
    f = Polynomial({(4, 0): Fraction(1), (1, 3): Fraction(-1), (0, 2): Fraction(1)})
    made = linearizes(
        lambda *w: f(w), HERE, Fraction(15), exceeds=((1, 1), (1 - TINY, 1), Fraction(10))
    )
    assert made.boxes > 1
    random = Random(1)
    for _ in range(200):
        v, w = ([Fraction(random.randrange(-99, 100), 99) for _ in range(2)] for _ in range(2))
        assert remainder(f, v, w) <= 15
    less = ((1, -1), (1 - TINY, -1), Fraction(6))
    refuses(
        "bends more near", lambda: linearizes(lambda *w: f(w), HERE, Fraction(11), exceeds=less)
    )


def test_linearizes_refuses_a_bound_that_is_too_small_or_reached() -> None:
    along_x, along_y = ((1, 0), (0, 0), Fraction(1)), ((0, 1), (0, 0), Fraction(1))
    refuses(
        r"it bends more near \(0.0, 0.0\) \(after 1 boxes\)",
        lambda: linearizes(saddle, HERE, 2 - TINY, exceeds=along_x),
        lambda: linearizes(lambda x, y: saddle(y, -x), HERE, 2 - TINY, exceeds=along_y),
    )
    refuses(
        "is not shown to bend so little near",
        lambda: linearizes(saddle, HERE, Fraction(2), exceeds=along_x),
    )


def test_linearizes_sees_what_is_bent_across_the_axes_only() -> None:
    """x y has the second derivatives 0 along both axes, and the eigenvalues 1 and -1."""
    diagonal = ((1, 1), (0, 0), Fraction(1, 2))
    refuses(
        "is not shown", lambda: linearizes(lambda x, y: x * y, HERE, 1 - TINY, exceeds=diagonal)
    )
    assert is_enclosure(
        linearizes(lambda x, y: x * y, HERE, 1 + TINY, exceeds=((1, 1), (0, 0), 1 - TINY))
    )


def test_linearizes_refuses_other_points_and_numbers() -> None:
    """`exceeds` are two points of the box and a number, too small for them but half the bound."""
    refuses(
        r"is not two points of .* with a number of at least half of 1025/512",
        lambda: linearizes(
            saddle, HERE, JUST_ABOVE, exceeds=((1 + TINY, 0), (0, 0), JUST_BELOW * 2)
        ),
        lambda: linearizes(
            saddle, HERE, JUST_ABOVE, exceeds=((1, 0), (0, -1 - TINY), JUST_BELOW * 2)
        ),
        lambda: linearizes(
            saddle, HERE, JUST_ABOVE, exceeds=((1, 0), (0, 0), JUST_ABOVE / 2 - TINY)
        ),
        lambda: linearizes(saddle, HERE, JUST_ABOVE, exceeds=((1,), (0, 0), JUST_BELOW * 2)),
        lambda: linearizes(saddle, HERE, JUST_ABOVE, exceeds=((1, 0), (0,), JUST_BELOW * 2)),
        lambda: linearizes(
            saddle, HERE, JUST_ABOVE, exceeds=((1, 0, 0), (0, 0, 0), JUST_BELOW * 2)
        ),
    )
    refuses(
        r"from \(0, .\) to \(., .\), .* is not shown to be too small",
        lambda: linearizes(saddle, HERE, JUST_ABOVE, exceeds=((1, 0), (0, 0), Fraction(2))),
        lambda: linearizes(saddle, HERE, JUST_ABOVE, exceeds=((0, 1), (0, 0), JUST_ABOVE / 2)),
        lambda: linearizes(saddle, HERE, JUST_ABOVE, exceeds=((0, 1), (0, 1), JUST_ABOVE / 2)),
    )


def test_linearizes_refuses_floats_and_what_is_no_box() -> None:
    given_: list[tuple[Any, Any, Any]] = [
        ([(-1.0, 1), (-1, 1)], JUST_ABOVE, EXCEEDS),
        (HERE, 2.5, EXCEEDS),
        (HERE, "2", EXCEEDS),
        (HERE, JUST_ABOVE, ((1.0, 0), (0, 0), 1)),
        (HERE, JUST_ABOVE, ((1, 0), (0.0, 0), 1)),
        (HERE, JUST_ABOVE, ((1, 0), (0, 0), 1.5)),
        (HERE, JUST_ABOVE, ((1, 0), (0, 0), "1")),
    ]
    for box, lipschitz, exceeds in given_:
        refuses("is no exact number", lambda: linearizes(saddle, box, lipschitz, exceeds))
    for box in ([], [(-1, 1), (1, -1)], [(0, 0), (0, 0)]):
        refuses("is empty", lambda: linearizes(saddle, box, JUST_ABOVE, EXCEEDS))


def test_linearizes_refuses_a_kink_a_pole_and_what_is_not_finite() -> None:
    kink: Callable[[Any], Any] = lambda x: (x * x).sqrt()  # |x|
    side, across = ((1,), (Fraction(1, 2),), Fraction(1, 2)), ((1,), (-1,), Fraction(1, 2))
    refuses("is not shown", lambda: linearizes(kink, [(-1, 1)], Fraction(1), exceeds=across))
    near = ((Fraction(9, 16),), (Fraction(1, 2),), Fraction(5, 2))
    assert is_enclosure(
        linearizes(arithmetic.log, [(Fraction(1, 2), 1)], Fraction(5), exceeds=near)
    )
    for f in (arithmetic.log, lambda x: 1 / x):
        refuses("bends more near", lambda: linearizes(f, [(-1, 1)], Fraction(1), exceeds=side))
    refuses(
        "is not shown to be too small",
        lambda: linearizes(arithmetic.log, [(-1, 1)], Fraction(1), exceeds=across),
    )
    shifted = ((2,), (1,), Fraction(1))  # log(x + 1) is not finite at the edge
    refuses(
        "is not shown|bends more",
        lambda: linearizes(lambda x: arithmetic.log(x + 1), [(-1, 2)], Fraction(2), shifted),
    )
