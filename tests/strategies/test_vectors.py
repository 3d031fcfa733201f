"""Strategies of vectors and step sizes: rare cases, bad arguments, and what they shrink to."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

from proofs.balls import arithmetic
from strategies import directions, pairs_of_vectors, step_sizes, triples_of_vectors
from strategies.vectors import dot

EVERY = settings(derandomize=True, database=None, deadline=None, max_examples=300)


def drawn(strategy: st.SearchStrategy[Any]) -> list[Any]:
    """Three hundred examples."""
    found: list[Any] = []

    @EVERY
    @given(strategy)
    def collect(example: Any) -> None:
        found.append(example)

    collect()
    return found


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
    pairs = drawn(pairs_of_vectors(3))
    assert all(len(u) == len(v) == 3 for u, v in pairs)
    assert sum(RARE[rare](u, v) for u, v in pairs) >= 6
    triples = drawn(triples_of_vectors(3))
    assert sum(RARE[rare](u, v) for u, v, _ in triples) >= 6
    assert sum(RARE[rare](u, w) or RARE[rare](v, w) for u, v, w in triples) >= 6


def test_directions_know_the_gradient() -> None:
    """None is 0; some are units, against the gradient, along it or (nearly) orthogonal."""
    g = (3, -4, 12)
    found = drawn(directions(3, g))
    nearly_across: Callable[[Any], bool] = lambda d: (
        0 < 10**4 * dot(d, g) ** 2 < 169 * dot(d, d)
    )  # cosine below 1/100
    assert all(any(d) for d in found)
    for kind in (
        [tuple(-x for x in g) == d for d in found],
        [d == g for d in found],
        [dot(d, g) == 0 for d in found],
        [nearly_across(d) for d in found],
        [dot(d, d) == 1 for d in found],
    ):
        assert sum(kind) >= 6
    assert all(any(d) for d in drawn(directions(2)))


def test_step_sizes_lie_below_the_bound() -> None:
    """Exactly: for 2/3, which no ball holds, as well; and some are nearly the bound."""
    for bound in (1, Fraction(2, 3), 10**6):
        found = drawn(step_sizes(bound))
        assert all(0 < x < bound and arithmetic.number(x).is_exact() for x in found)
        assert max(found) > bound * Fraction(999_999, 10**6)
        assert min(found) < bound * Fraction(1, 1000)


def test_what_they_shrink_to() -> None:
    anything: Callable[[Any], bool] = lambda _: True
    assert find(pairs_of_vectors(2), anything, settings=EVERY) == ((0, 0), (0, 0))
    assert find(triples_of_vectors(2), anything, settings=EVERY) == ((0, 0), (0, 0), (0, 0))
    assert find(directions(3), anything, settings=EVERY) == (1, 0, 0)
    assert find(step_sizes(8), anything, settings=EVERY) == 4


@pytest.mark.parametrize("dimension", [0, 65, 10_000, True, -1])
def test_dimensions_out_of_range_are_refused(dimension: int) -> None:
    for strategy in (directions, pairs_of_vectors, triples_of_vectors):
        with pytest.raises(ValueError, match=f"dimensions={dimension!r}"):
            strategy(dimension)


def test_other_bad_arguments_are_refused() -> None:
    with pytest.raises(ValueError, match=r"gradient=\(1, 2\) has 2 coordinates, and not 3"):
        directions(3, (1, 2))
    for bound in (0, -1, Fraction(-1, 2), 0.5, True):
        with pytest.raises(
            ValueError, match=f"below={bound!r}".replace("(", r"\(").replace(")", r"\)")
        ):
            step_sizes(bound)  # type: ignore[arg-type]
