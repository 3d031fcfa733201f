"""Strategies of vectors: rare cases are drawn, bad arguments refused; and what they shrink to."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given

from proofs.balls.arithmetic import number
from strategies import directions, pairs_of_vectors, points, triples_of_vectors
from strategies.vectors import (
    PLACES, Bytes, dot, not_opposite, over_one, read_direction, square_length,
)  # fmt: skip
from tests.strategies.shared import Point, drawn, simplest, three_hundred


def parallel(u: Any, v: Any) -> bool:
    return bool(dot(u, v) ** 2 == dot(u, u) * dot(v, v))


RARE: dict[str, Callable[[Any, Any], bool]] = {
    "zero": lambda u, v: any(u) and not any(v),
    "the same": lambda u, v: any(u) and u == v,
    "opposite": lambda u, v: any(u) and v == tuple(-x for x in u),
    "parallel": lambda u, v: any(u) and any(v) and parallel(u, v) and u != v,
    "as long": lambda u, v: dot(u, u) == dot(v, v) and not parallel(u, v),
    "orthogonal": lambda u, v: any(u) and any(v) and dot(u, v) == 0,
    "any": lambda u, v: any(u) and any(v) and dot(u, v) != 0 and not parallel(u, v),
}


@pytest.mark.parametrize("rare", RARE)
def test_pairs_and_triples_hold_the_rare_cases(rare: str) -> None:
    """At least one in fifty pairs; of triples, among the first two and among the others."""
    pairs = three_hundred(pairs_of_vectors(3))
    assert all(len(u) == len(v) == 3 for u, v in pairs)
    assert sum(RARE[rare](u, v) for u, v in pairs) >= 6
    triples = three_hundred(triples_of_vectors(3))
    assert sum(RARE[rare](u, v) for u, v, _ in triples) >= 6
    assert sum(RARE[rare](u, w) or RARE[rare](v, w) for u, v, w in triples) >= 6


def test_points_include_the_rare_cases() -> None:
    """Within 200 examples in the plane; all are dyadic."""
    found: set[str] = set()

    @drawn(200)
    @given(points(2))
    def draw(p: Point) -> None:
        assert len(p) == 2
        assert all(number(x).is_exact() for x in p)
        x, y = p
        found.update(
            name for name, met in {
                "the origin": not any(p), "equal": x == y != 0,
                "nearly equal": 0 < abs(x - y) < Fraction(1, 1000),
                "one only": (x == 0) != (y == 0), "x0 > 3": x > 3, "x0 x1 < -20": x * y < -20,
                "large": max(map(abs, p)) == 100, "tiny": 0 < min(map(abs, p)) < Fraction(1, 1000),
            }.items() if met
        )  # fmt: skip

    draw()
    assert found >= {"equal", "nearly equal", "one only", "x0 > 3", "x0 x1 < -20"}
    assert {"large", "tiny"} & found


def test_directions_know_the_gradient() -> None:
    """None is 0; some are units, against the gradient, along it or (nearly) orthogonal."""
    g = (3, -4, 12)
    found = three_hundred(directions(3, g))
    cosine_squared: Callable[[Any], Fraction] = lambda d: Fraction(dot(d, g) ** 2, 169 * dot(d, d))
    assert all(any(d) for d in found)
    for kind in (
        [tuple(-x for x in g) == d for d in found],
        [d == g for d in found],
        [dot(d, g) == 0 for d in found],
        [0 < cosine_squared(d) < Fraction(1, 10**4) for d in found],
        [dot(d, d) == 1 for d in found],
    ):
        assert sum(kind) >= 6
    assert all(any(d) for d in three_hundred(directions(2)))


def test_what_they_shrink_to() -> None:
    assert simplest(pairs_of_vectors(2)) == ((0, 0), (0, 0))
    assert simplest(triples_of_vectors(2)) == ((0, 0), (0, 0), (0, 0))
    assert simplest(directions(3)) == (1, 0, 0)
    assert simplest(points(3)) == (0, 0, 0)
    assert simplest(points(2), lambda p: p[0] > 3) == (4, 0)


@pytest.mark.parametrize("dimension", [0, 65, 10_000, True, -1])
def test_dimensions_out_of_range_are_refused(dimension: int) -> None:
    for strategy in (points, directions, pairs_of_vectors, triples_of_vectors):
        with pytest.raises(ValueError, match=f"dimensions={dimension!r}"):
            strategy(dimension)


def test_a_gradient_of_another_dimension_is_refused() -> None:
    with pytest.raises(ValueError, match=r"gradient=\(1, 2\) has 2 coordinates, and not 3"):
        directions(3, (1, 2))


@pytest.mark.parametrize(("size", "begin", "count"), [(9, 0, 9), (9, 7, 5), (3, 2, 11), (1, 0, 4)])
def test_a_vector_is_read_like_its_entries_one_by_one(size: int, begin: int, count: int) -> None:
    """Also over the end of the string, and more than once round it."""
    data = bytes(37 * k % 251 for k in range(size))
    one_by_one, at_once = Bytes(data), Bytes(data)
    one_by_one.at = at_once.at = begin
    expected = tuple(one_by_one.one_of(PLACES) for _ in range(count))
    assert at_once.vector(count, PLACES) == expected
    assert at_once.below(256) == one_by_one.below(256)


@given(points(3), directions(3))
def test_whole_numbers_over_one_denominator(u: Any, v: Any) -> None:
    whole, below = over_one(u)
    assert all(type(x) is int for x in whole)
    assert tuple(Fraction(x, below) for x in whole) == u
    assert square_length(u) == dot(u, u)
    opposite = dot(u, v) < 0 and dot(u, v) ** 2 * 1001 > dot(u, u) * dot(v, v) * 1000
    assert not_opposite(v, u) == (tuple(-x for x in v) if opposite else v)
    assert not_opposite(v, tuple(-x for x in v)) == tuple(-x for x in v)


def test_a_direction_that_is_nearly_orthogonal() -> None:
    """(3, -1/2) less a thousandth of the gradient (1/2, 3), which is not known exactly."""
    read = Bytes(bytes([5, 0, 0, 0]))
    found = read_direction(read, 2, lambda: ((Fraction(1, 2), 3), False))
    assert found == (3 - Fraction(1, 2**11), -Fraction(1, 2) - Fraction(3, 2**10))
