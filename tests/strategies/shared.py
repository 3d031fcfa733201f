"""What tests of strategies share: losses to draw, vectors for them, and balls that agree."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

from proofs.balls.arithmetic import fraction, number
from strategies.losses import Loss, Polynomial, Quadratic
from strategies.vectors import SMALL, dot

Point = Sequence[Any]
SLACK = Fraction(1, 10**30)
LINE = Quadratic((1,), (0,))
PLANE = Polynomial(2, ((1, ((0, 1), (1, 2))), (Fraction(1, 2), ((0, 3),))))
small = st.sampled_from(SMALL)


def drawn(count: int) -> settings:
    """The same `count` examples in every run, shown as they were drawn."""
    return settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )


def simplest(
    strategy: st.SearchStrategy[Any], condition: Callable[[Any], bool] = lambda _: True
) -> Any:
    """What a strategy shrinks to."""
    return find(
        strategy,
        condition,
        settings=settings(drawn(500), phases=[Phase.generate, Phase.shrink]),
        random=Random(0),
    )


def as_balls(point: Point) -> list[Any]:
    """The coordinates as balls."""
    return [number(x) for x in point]


def agree(a: Any, b: Any) -> bool:
    """Whether two narrow balls, or a ball and a Fraction, overlap."""
    x, y = number(a), number(b)
    assert x.is_finite()
    assert y.is_finite()
    rounding = fraction(x.rad()) + fraction(y.rad())
    assert rounding <= SLACK * (1 + abs(fraction(x)))
    return abs(fraction(x) - fraction(y)) <= rounding


def at_most(a: Any, b: Any) -> bool:
    """Whether a <= b, but for rounding."""
    difference = number(a) - number(b)
    assert difference.is_finite()
    return fraction(difference) <= SLACK * (1 + abs(fraction(number(b))))


def bends(loss: Loss, box: Point, v: Point) -> Any:
    """v.Hv."""
    h = loss.curvature(box)
    return dot(as_balls(v), [dot(row, as_balls(v)) for row in h])


def placed(
    losses: st.SearchStrategy[Loss], count: int = 2
) -> st.SearchStrategy[tuple[Loss, list[Any]]]:
    """A loss with vectors of its dimension, of small numbers."""
    return losses.flatmap(
        lambda loss: st.tuples(
            st.just(loss),
            st.lists(st.tuples(*[small] * loss.dimension), min_size=count, max_size=count),
        )
    )


def eager(
    families: Sequence[str], build: Callable[..., st.SearchStrategy[Loss]], dimensions: Any = (1, 6)
) -> list[Any]:
    """A strategy for each family, so that none is left out."""
    return [
        pytest.param(build((max(2, dimensions[0]), dimensions[1]), [f]), id=f) for f in families
    ]


def refused(attempts: list[tuple[Callable[[], Any], str]]) -> None:
    """Each error shows the value, and what there is instead."""
    for attempt, message in attempts:
        with pytest.raises(ValueError, match=message):
            attempt()


def three_hundred(strategy: st.SearchStrategy[Any]) -> list[Any]:
    """Three hundred examples."""
    found: list[Any] = []

    @settings(derandomize=True, database=None, deadline=None, max_examples=300)
    @given(strategy)
    def collect(example: Any) -> None:
        found.append(example)

    collect()
    return found
