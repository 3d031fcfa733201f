"""Jets: a number as a power series along a ray, at the centre of a range and over the whole of
it, on one path.

For alpha = c + t, `centre` holds the Taylor coefficients at t = 0 and `range` those at every t of
the run's radius, both up to t^order. So the number at c + t lies in  sum_{k < n} centre_k t^k +
range_n t^n  (Taylor, with Lagrange's remainder in coefficient form). `refined` uses the same fact
at every operation that would suffer from wide balls: that is what a Taylor model does, and why
cancellation along the ray costs nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import Any

from flint import arb, arb_mat, arb_poly, arb_series

from proofs.certify import paths
from proofs.certify.balls import (
    NOT_KNOWN,
    ONE,
    ZERO,
    Function,
    coefficient,
    exact,
    reciprocal,
    series_of,
)
from proofs.certify.errors import NotUnderstood
from proofs.certify.reals import Ball, Real, sign_of


class Jet(Real):
    """A series at the centre and, unless it is None, over the range of the run that it belongs
    to.
    """

    __slots__ = ("centre", "is_refined", "range", "run")

    def __init__(self, centre: arb_series, over: arb_series | None, run: paths.Run) -> None:
        self.centre, self.range, self.run, self.is_refined = centre, over, run, False

    def __repr__(self) -> str:
        return f"Jet({self.centre}, {self.range})"

    def _other(self, other: Any) -> Any:
        if type(other) is Jet:
            if other.run is not self.run:
                raise NotUnderstood(
                    "a number kept from an earlier run", "the program must not store its arguments"
                )
            return other
        return Real._other(self, other)

    def constant(self, value: arb) -> Jet:
        series = arb_series([value])
        return Jet(series, None if self.range is None else series, self.run)

    def add(self, other: Any) -> Jet:
        if type(other) is arb:
            over = None if self.range is None else self.range + other
            return Jet(self.centre + other, over, self.run)
        over = None if self.range is None else self.range + other.range
        return Jet(self.centre + other.centre, over, self.run)

    def minus(self) -> Jet:
        return Jet(-self.centre, None if self.range is None else -self.range, self.run)

    def times(self, other: Any) -> Jet:
        if type(other) is arb:
            over = None if self.range is None else times(self.range, other)
            return Jet(times(self.centre, other), over, self.run)
        over = None if self.range is None else times(self.range, other.range)
        return Jet(times(self.centre, other.centre), over, self.run)

    def square(self) -> Jet:
        centre, over = self.centre * self.centre, None
        if self.range is not None:
            over = self.range * self.range
            constant = coefficient(self.range, 0)
            if not (constant > ZERO or constant < ZERO) and constant.is_finite():
                top = constant.abs_upper()
                over = arb_series([ZERO.union(top * top), *over.coeffs()[1:]], over.prec)
        return Jet(centre, over, self.run)

    def inverse(self) -> Jet:
        self.refine()
        over = None if self.range is None else reciprocal(self.range)
        return Jet(reciprocal(self.centre), over, self.run)

    def apply(self, function: Function) -> Jet:
        self.refine()
        over = None if self.range is None else series_of(function, self.range)
        return Jet(series_of(function, self.centre), over, self.run)

    @staticmethod
    def total(numbers: Sequence[Any]) -> Jet:
        """The sum."""
        return reduce(Jet.add, _as_jets(numbers))

    def refine(self) -> None:
        """Narrows the range part by Taylor's theorem from the centre part."""
        if self.is_refined or self.range is None:
            return
        self.is_refined = True
        prec = min(self.centre.prec, self.range.prec)
        order = min(prec - 1, max(self.centre.length(), self.range.length()))  # the rest is 0
        if order < 1 or not coefficient(self.range, order).is_finite():
            return
        if order == 1:  # the most common model, without polynomials
            slope = self.range[1]
            value = _both(self.centre[0] + self.run.radius * slope, self.range[0])
            self.range = arb_series([value, slope], prec)
            return
        lowest = self.centre.coeffs()[:order]
        lowest += [ZERO] * (order - len(lowest))
        model = arb_poly([*lowest, coefficient(self.range, order)])
        shifted = model(arb_poly([self.run.radius, ONE])).coeffs()
        shifted += [ZERO] * (order + 1 - len(shifted))
        wide = self.range.coeffs()
        wide += [ZERO] * (order + 1 - len(wide))
        self.range = arb_series([_both(x, y) for x, y in zip(shifted, wide, strict=True)], prec)

    def value(self) -> arb:
        return coefficient(self.centre if self.range is None else self.range, 0)

    def signs(self) -> tuple[int | None, int | None]:
        centre = sign_of(coefficient(self.centre, 0))
        if self.run.germ:
            return (centre if centre != 0 else self._sign_after()), centre
        if self.range is None:
            if centre is None or centre != 0:
                return centre, centre
            return (0 if _is_zero(self.centre) else None), centre
        own = sign_of(coefficient(self.range, 0))
        if own is None or own == 0:
            self.refine()
            own = sign_of(coefficient(self.range, 0))
        if own == 0 and not (_is_zero(self.centre) and _is_zero(self.range)):
            own = None
        return own, centre

    def _sign_after(self) -> int | None:
        """The sign just after t = 0 of a number that is 0 there: of its first coefficient not 0.

        0 only where all are 0 and so is the remainder; None where the terms known do not tell.
        """
        for c in self.centre.coeffs():
            if not c.is_zero():
                return sign_of(c)
        order = min(self.centre.prec, self.range.prec) - 1 if self.range is not None else 0
        return 0 if order > 0 and coefficient(self.range, order).is_zero() else None


def times(x: arb_series, y: Any) -> arb_series:
    """x y, where flint would forget that 0 times what is not known is not known."""
    product = x * y
    if product.length() == 0 and not (
        _is_finite(x) and (_is_finite(y) if type(y) is arb_series else y.is_finite())
    ):
        return arb_series([NOT_KNOWN] * product.prec)
    return product


def _is_finite(series: arb_series) -> bool:
    return all(c.is_finite() for c in series.coeffs())


def _both(x: arb, y: arb) -> arb:
    if not x.is_finite():
        return y
    if not y.is_finite():
        return x
    return x.intersection(y)


def _is_zero(series: arb_series) -> bool:
    return all(c.is_zero() for c in series.coeffs())


def along(
    run: paths.Run, start: list[arb], direction: list[arb], centre: arb, over: bool = True
) -> list[Jet]:
    """The coordinates of start - (centre + t) direction, as jets over the run's radius (or at
    the centre alone).
    """
    made = []
    whole = centre + run.radius if over else None
    for w, g in zip(start, direction, strict=True):
        at = arb_series([w - centre * g, -g])
        spread = None if whole is None else arb_series([w - whole * g, -g])
        made.append(Jet(at, spread, run))
    return made


def model_of(value: Any, order: int, constant: arb | None) -> list[arb]:
    """b_0 .. b_n with value(t) - constant in b_0 + ... + b_n t^n over the radius."""
    if not isinstance(value, Jet):  # the loss does not depend on the ray
        only = value.ball if hasattr(value, "ball") else value
        return [only if constant is None else only - constant, *[ZERO] * order]
    over = value.centre if value.range is None else value.range
    found = [coefficient(value.centre, k) for k in range(order)] + [coefficient(over, order)]
    if constant is not None:
        found[0] = found[0] - constant
    return [c if c.is_finite() else NOT_KNOWN for c in found]


def _as_jets(numbers: Sequence[Any]) -> list[Jet]:
    """Jets and constants, of which one at least is a jet, as jets of one run."""
    first = next(x for x in numbers if type(x) is Jet)
    if any(type(x) is Jet and x.run is not first.run for x in numbers):
        raise NotUnderstood(
            "a number kept from an earlier run", "the program must not store its arguments"
        )
    return [
        x if type(x) is Jet else first.constant(x.ball if type(x) is Ball else exact(x))
        for x in numbers
    ]


def matrix_times_jets(matrix: arb_mat, rows: list[list[Any]]) -> list[list[Any]]:
    """A constant matrix times a matrix of jets and constants: one product of flint's matrices
    for all coefficients.
    """
    jets, columns = _as_jets([x for row in rows for x in row]), len(rows[0])
    lifted = [jets[k : k + columns] for k in range(0, len(jets), columns)]
    has_range, run = jets[0].range is not None, jets[0].run
    parts = [[x.centre for x in row] for row in lifted]
    if has_range:
        parts = [[*line, *(x.range for x in row)] for line, row in zip(parts, lifted, strict=True)]
    length = max(series.length() for line in parts for series in line) or 1
    flat = [[c for series in line for c in _padded(series, length)] for line in parts]
    found = (matrix * arb_mat(flat)).tolist()
    prec = min(series.prec for line in parts for series in line)
    out: list[list[Any]] = []
    for line in found:
        made = [arb_series(line[k : k + length], prec) for k in range(0, len(line), length)]
        over = made[columns:] if has_range else [None] * columns
        out.append([Jet(p, q, run) for p, q in zip(made[:columns], over, strict=True)])
    return out


def _padded(series: arb_series, length: int) -> list[arb]:
    coefficients = series.coeffs()
    return [*coefficients, *([ZERO] * (length - len(coefficients)))]
