"""Quadratic losses: every start at once. alpha lowers the loss from every start exactly if
alpha < 2 / lambda_max.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from flint import arb

from proofs.certify import paths, tape
from proofs.certify.balls import ONE, ZERO, Function, exact, lower, middle, upper, working
from proofs.certify.errors import NotDecided, NotUnderstood
from proofs.certify.program import Program
from proofs.certify.reals import Real

MOST = 400  # coordinates, for the matrix of second derivatives is stored and factored


class Degree(Real):
    """A bound on the degree of a polynomial in the coordinates: no value, so no comparison."""

    __slots__ = ("degree",)
    has_value = False

    def __init__(self, degree: int) -> None:
        self.degree = degree

    def constant(self, value: arb) -> Degree:
        return Degree(0)

    def add(self, other: Any) -> Degree:
        return Degree(self.degree if type(other) is arb else max(self.degree, other.degree))

    def minus(self) -> Degree:
        return self

    def times(self, other: Any) -> Degree:
        if type(other) is arb:
            return self
        if self.degree + other.degree > 2:
            raise NotDecided("the loss is not quadratic")
        return Degree(self.degree + other.degree)

    def square(self) -> Degree:
        return self.times(self)

    def inverse(self) -> Degree:
        if self.degree > 0:
            raise NotDecided("the loss is not quadratic")
        return self

    def apply(self, function: Function) -> Degree:
        return self.inverse()

    @staticmethod
    def dot(a: Any, b: Any) -> Any:
        """The degree of a sum of products."""
        most = 0
        for x, y in zip(a, b, strict=True):
            degree = (x.degree if type(x) is Degree else 0) + (y.degree if type(y) is Degree else 0)
            most = max(most, degree)
        if most > 2:
            raise NotDecided("the loss is not quadratic")
        return Degree(most)

    def value(self) -> arb:
        raise NotDecided("the loss compares numbers: it is not one quadratic function")

    def signs(self) -> tuple[int | None, int | None]:
        raise NotDecided("the loss compares numbers: it is not one quadratic function")


def is_quadratic(program: Program) -> bool:
    """Whether the loss is a polynomial of degree at most 2 in its coordinates, by the
    operations that it consists of.
    """
    try:
        value = program.loss([Degree(1) for _ in program.start])
    except (NotDecided, NotUnderstood, ArithmeticError, TypeError, ValueError, AttributeError):
        return False
    return not isinstance(value, Degree) or value.degree <= 2


@dataclass
class Curvature:
    """The second derivatives of a quadratic loss: every alpha <= certified descends from every
    start with g != 0.

    refuted fails from the start `failing`; None where there is no such alpha, as for a loss
    without curvature.
    """

    certified: float | None
    refuted: float | None
    failing: list[float] | None
    largest: float
    smallest: float


def curvature(
    program: Program, gradient: list[arb] | None = None, bits: int = 128
) -> Curvature | None:
    """The bracket for all starts of a quadratic loss; None where the loss is not shown to be one.
    gradient: balls around the gradient at the start, where they are known.

    Source: L(w - alpha g) - L(w) = -alpha g.g + alpha^2 g.Hg / 2, negative for every g != 0 iff
    2/alpha > lambda_max(H).
    """
    n = len(program.start)
    if n > MOST or find_spec("numpy") is None or not is_quadratic(program):
        return None
    with working(bits):
        start = [exact(x) for x in program.start]
        here = gradient or _gradient(program, start)
        rows = []
        for i in range(n):
            beside = [x + ONE if j == i else x for j, x in enumerate(start)]
            rows.append([x - y for x, y in zip(_gradient(program, beside), here, strict=True)])
        base = [g - _dot(row, program.start) for g, row in zip(here, rows, strict=True)]
        values, vectors = eigen([[middle(x) for x in row] for row in rows])
        top, vector = values[-1], vectors[-1]
        size = max(abs(values[0]), abs(top), 1e-300)
        bound = top + 1e-9 * size
        tries = 0
        while not positive_definite(rows, exact(bound), -1):
            bound, tries = bound + 1e-9 * size * 4**tries, tries + 1
            if tries > 20:
                return None
        if bound <= 0:
            return Curvature(None, None, None, bound, values[0])
        certified = lower(2 / exact(bound)) * (1 - 1e-15)
        image = [_dot(row, vector) for row in rows]
        rayleigh = _dot(image, vector) / _dot([exact(v) for v in vector], vector)
        refuted, failing = None, None
        if bool(rayleigh > ZERO):
            refuted, failing = _failing(rows, base, vector, upper(2 / rayleigh) * (1 + 1e-6))
        return Curvature(certified, refuted, failing, bound, values[0])


def _gradient(program: Program, point: list[arb]) -> list[arb]:
    run = paths.Run()
    with paths.running(run):
        return tape.gradient(program.loss, point, run)[1]


def _dot(row: list[arb], vector: list[float]) -> arb:
    return sum((x * exact(v) for x, v in zip(row, vector, strict=True)), ZERO)


def eigen(matrix: list[list[float]]) -> tuple[list[float], list[list[float]]]:
    """Eigenvalues from the smallest, and eigenvectors, as floats: what rests on them is proved
    otherwise.
    """
    import numpy as np

    values, vectors = np.linalg.eigh((np.array(matrix) + np.array(matrix).T) / 2)
    return values.tolist(), vectors.T.tolist()


def positive_definite(rows: list[list[arb]], shift: arb, sign: int) -> bool:
    """Whether shift + sign * matrix is positive definite, for every symmetric matrix inside:
    all pivots are positive.
    """
    n = len(rows)
    a = [[sign * rows[i][j] + (shift if i == j else ZERO) for j in range(n)] for i in range(n)]
    for k in range(n):
        if not a[k][k] > ZERO:
            return False
        inverse = 1 / a[k][k]
        for i in range(k + 1, n):
            factor = a[i][k] * inverse
            if factor.is_zero():
                continue
            row, pivot = a[i], a[k]
            for j in range(k, n):
                row[j] = row[j] - factor * pivot[j]
    return True


def _failing(
    rows: list[list[arb]], base: list[arb], vector: list[float], alpha: float
) -> tuple[float | None, list[float] | None]:
    """A start from which alpha does not descend: along the steepest eigenvector, seen from a
    minimum if there is one.
    """
    import numpy as np

    matrix = np.array([[middle(x) for x in row] for row in rows])
    lowest = np.linalg.lstsq(matrix, -np.array([middle(x) for x in base]), rcond=None)[0]
    for far in (1.0, 1e3, 1e6):
        reach = far * max(1.0, float(np.abs(lowest).max(initial=0.0)))
        start = (lowest + reach * np.array(vector)).tolist()
        g = [b + _dot(row, start) for b, row in zip(base, rows, strict=True)]
        bent = [sum((x * y for x, y in zip(row, g, strict=True)), ZERO) for row in rows]
        squared = sum((x * x for x in g), ZERO)
        curved = sum((x * y for x, y in zip(g, bent, strict=True)), ZERO)
        if bool(exact(alpha) * curved / 2 >= squared):
            return alpha, start
    return None, None
