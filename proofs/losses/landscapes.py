"""Losses of which something is shown box by box, as functions of their coordinates in any
arithmetic of balls.

(Rosenbrock 1960, Himmelblau 1972 and Beale 1958 are test functions for optimization in the plane.)
"""

from proofs.prelude import *
from typing import Any

from proofs.balls.arithmetic import exp, log, number, softplus, tanh

LABELLED = ((2, 1), (1, 0), (-1, 0), (0, 1))
TARGETS = ((1, 1), (-1, -1), (2, 1))


def rosenbrock(x: Any, y: Any) -> Any:
    """(1 - x)^2 + 100 (y - x^2)^2: a long bent valley."""
    return (1 - x) ** 2 + 100 * (y - x**2) ** 2


def himmelblau(x: Any, y: Any) -> Any:
    """(x^2 + y - 11)^2 + (x + y^2 - 7)^2: four minima about a hill."""
    return (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2


def beale(x: Any, y: Any) -> Any:
    """(3/2 - x + x y)^2 + (9/4 - x + x y^2)^2 + (21/8 - x + x y^3)^2: a flat valley with steep
    corners.
    """
    a, b, c = number(Fraction(3, 2)), number(Fraction(9, 4)), number(Fraction(21, 8))
    return (a - x + x * y) ** 2 + (b - x + x * y**2) ** 2 + (c - x + x * y**3) ** 2


def log_sum_exp(x: Any, y: Any) -> Any:
    """log(exp(x) + exp(y - x) + exp(-y))."""
    return log(exp(x) + exp(y - x) + exp(-y))


def logistic(w: Any, b: Any) -> Any:
    """log(1 + exp(-w x - b)) for x = 2, 0 with the label 1, and log(1 + exp(w x + b)) for x = 1,
    -1, added up.
    """
    return sum(softplus(-(w * x + b) if label else w * x + b) for x, label in LABELLED)


def gaussian(x: Any, y: Any) -> Any:
    """exp(-x^2 - y^2)."""
    return exp(-(x * x + y * y))


def network(w1: Any, w2: Any, v1: Any, v2: Any) -> Any:
    """Half the squared errors of v1 tanh(w1 x) + v2 tanh(w2 x) against y, for (x, y) = (1, 1), (-1,
    -1), (2, 1).
    """
    return sum((v1 * tanh(w1 * x) + v2 * tanh(w2 * x) - y) ** 2 for x, y in TARGETS) / 2
