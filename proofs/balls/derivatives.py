"""Derivatives of a loss in balls: along a direction, and on whole boxes; and what is definite."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flint import arb, arb_series

from proofs.balls.arithmetic import coefficient, number, precision, up_to


def series_along(
    f: Callable[..., Any], point: Sequence[Any], direction: Sequence[Any], order: int, upto: Any = 0
) -> Any:
    """The series of t |-> f(point + t direction), about 0 or about all t of [0, upto] at once."""
    with precision(order=order):
        t = up_to(number(upto))
        return f([arb_series([x + t * d, d]) for x, d in zip(point, direction, strict=True)])


def gradient_on(f: Callable[..., Any], box: Sequence[arb]) -> list[arb]:
    """The partial derivatives of f on a box, a list of balls."""
    units = [[int(i == j) for j in range(len(box))] for i in range(len(box))]
    return [coefficient(series_along(f, box, unit, 1), 1) for unit in units]


def hessian_on(f: Callable[..., Any], box: Sequence[arb]) -> list[list[arb]]:
    """The second derivatives of f on a box."""
    n = len(box)

    def second(i: int, j: int, sign: int = 1) -> arb:
        direction = [int(k == i) + sign * int(k == j) if i != j else int(k == i) for k in range(n)]
        return coefficient(series_along(f, box, direction, 2), 2)

    entries = {(i, i): 2 * second(i, i) for i in range(n)}
    for i in range(n):
        for j in range(i):
            entries[i, j] = entries[j, i] = (second(i, j) - second(i, j, -1)) / 2
    return [[entries[i, j] for j in range(n)] for i in range(n)]


def is_positive_definite(matrix: Sequence[Sequence[arb]]) -> bool:
    """Whether every symmetric matrix inside is: Gaussian elimination has positive pivots."""
    rows = [list(row) for row in matrix]
    for k, pivot in enumerate(rows):
        if not pivot[k] > 0:
            return False
        for row in rows[k + 1 :]:
            factor = row[k] / pivot[k]
            row[k:] = [x - factor * y for x, y in zip(row[k:], pivot[k:], strict=True)]
    return True


def shifted(c: arb, matrix: Sequence[Sequence[arb]], sign: int) -> list[list[arb]]:
    """c times the identity, plus sign times the matrix."""
    return [[c * int(i == j) + sign * x for j, x in enumerate(row)] for i, row in enumerate(matrix)]
