"""Losses: smooth functions of a vector, with their gradient, for balls, power series and sympy.

A loss is a value. Its repr recreates it; called on a list of coordinates it gives its value there,
in whatever arithmetic they are in: balls, power series of balls, or sympy's expressions.
Its gradient is written out by hand, by the rules of calculus, and costs about as much as the value;
what searches test is that the loss behaves as this gradient says. Parameters are whole numbers and
fractions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import factorial
from typing import Any, ClassVar, NamedTuple

import sympy

from proofs.balls import arithmetic, derivatives
from strategies.vectors import (
    LARGEST_DIMENSION, Number, Vector, dot, reflect, square_length,
)  # fmt: skip


class Activation(NamedTuple):
    """A smooth function of one number, with its derivative and a bound on its second derivative."""

    value: Callable[[Any], Any]
    slope: Callable[[Any], Any]
    symbolic: Callable[[Any], Any]
    curvature: Fraction
    convex: bool = False
    least: Fraction | None = None  # a lower bound of its values

    def __call__(self, x: Any) -> Any:
        return self.value(x) if arithmetic.is_ball(x) else self.symbolic(x)


ACTIVATIONS = {
    "sin": Activation(
        lambda x: x.sin(), lambda x: x.cos(), sympy.sin, Fraction(1), least=Fraction(-1)
    ),
    "cos": Activation(
        lambda x: x.cos(), lambda x: -x.sin(), sympy.cos, Fraction(1), least=Fraction(-1)
    ),
    "tanh": Activation(
        arithmetic.tanh,
        lambda x: 1 - arithmetic.tanh(x) ** 2,
        sympy.tanh,
        Fraction(77, 100),  # |tanh''| is at most 4/(3 sqrt(3)) < 0.77
        least=Fraction(-1),
    ),
    "softplus": Activation(
        arithmetic.softplus,
        arithmetic.sigmoid,
        lambda x: sympy.log(1 + sympy.exp(x)),
        Fraction(1, 4),
        True,
        Fraction(0),
    ),
    "log_cosh": Activation(
        arithmetic.log_cosh,
        arithmetic.tanh,
        lambda x: sympy.log(sympy.cosh(x)),
        Fraction(1),
        True,
        Fraction(0),
    ),
    "square": Activation(
        lambda x: x * x, lambda x: 2 * x, lambda x: x**2, Fraction(2), True, Fraction(0)
    ),
}


def activation(name: str) -> Activation:
    """The activation of that name; raises ValueError at an unknown one."""
    if name not in ACTIVATIONS:
        raise ValueError(f"the activation {name!r} is unknown; there are {', '.join(ACTIVATIONS)}")
    return ACTIVATIONS[name]


@dataclass(frozen=True)
class Loss:
    """A function of `dimension` coordinates. What is not known of it is None."""

    family: ClassVar[str]
    parameters: ClassVar[tuple[str, ...]] = ()  # the fields that are numbers, in nested tuples

    def __post_init__(self) -> None:
        if not 1 <= self.dimension <= LARGEST_DIMENSION:
            found = f"a {self.family} loss of {self.dimension} coordinates"
            raise ValueError(f"{found}: a loss has 1 to {LARGEST_DIMENSION}")

    @property
    def dimension(self) -> int:
        """How many coordinates it takes."""
        raise NotImplementedError

    @property
    def lipschitz(self) -> Fraction | None:
        """A number L with |gradient(v) - gradient(w)| <= L |v - w| for all v and w."""
        return None

    @property
    def one_sided(self) -> Fraction | None:
        """A number L with (gradient(v) - gradient(w)).(v - w) <= L |v - w|^2 for all v and w."""
        return self.lipschitz

    @property
    def convex(self) -> bool:
        """Whether it is known to be convex."""
        return False

    @property
    def strong_convexity(self) -> Fraction | None:
        """A number mu > 0 such that loss - mu |.|^2 / 2 is convex."""
        return None

    @property
    def polyak_lojasiewicz(self) -> Fraction | None:
        """A number mu > 0 with |gradient|^2 >= 2 mu (loss - its minimum)."""
        return self.strong_convexity

    @property
    def least(self) -> Fraction | None:
        """A lower bound of its values."""
        return None

    @property
    def minimizer(self) -> Vector | None:
        """A point where it is least."""
        return None

    @property
    def landmark(self) -> Vector | None:
        """A point about which it is of interest."""
        return self.minimizer

    def __call__(self, w: Sequence[Any]) -> Any:
        raise NotImplementedError

    def gradient(self, w: Sequence[Any]) -> list[Any]:
        """The partial derivatives at w, in the arithmetic of w."""
        raise NotImplementedError

    def numbers(self, w: Sequence[Any]) -> Any:
        """The parameters in the arithmetic of w, which must have `dimension` coordinates."""
        if len(w) != self.dimension:
            raise ValueError(
                f"a {self.family} loss of {self.dimension} coordinates at a point of {len(w)}"
            )
        key = arithmetic.kind_of_number(w[0])
        if key not in self._converted:
            self._converted[key] = [
                arithmetic.convert(getattr(self, name), w[0]) for name in self.parameters
            ]
        return self._converted[key]

    @cached_property
    def _converted(self) -> dict[Any, Any]:
        return {}

    def curvature(self, box: Sequence[Any]) -> list[list[Any]]:
        """The second derivatives, enclosed on a box: a list of balls or exact numbers."""
        return derivatives.hessian_on(self, [arithmetic.number(x) for x in box])

    def bends(self, point: Sequence[Any], along: Sequence[Any], order: int, upto: Any = 0) -> Any:
        """The derivative of this order along a direction, at a point or all the way to `upto`."""
        try:
            series = derivatives.series_along(self, point, along, order, upto)
        except (ValueError, ZeroDivisionError):  # a denominator may be 0 on the way
            return arithmetic.NOT_KNOWN
        if upto == 0:
            arithmetic.check_finite(series, point, "the loss")
        return factorial(order) * arithmetic.coefficient(series, order)

    def lipschitz_on(self, box: Sequence[tuple[Number, Number]]) -> Fraction:
        """A Lipschitz constant of the gradient on a box: a bound of the Frobenius norm of H."""
        if len(box) != self.dimension or any(low > high for low, high in box):
            raise ValueError(
                f"the box {box!r}: write (lowest, highest) for each of {self.dimension} coordinates"
            )
        entries = self.curvature([arithmetic.number(a).union(arithmetic.number(b)) for a, b in box])
        largest = arithmetic.total(x.abs_upper() ** 2 for row in entries for x in row)
        if not largest.is_finite():
            found = f"the curvature on the box {box!r} has no bound that balls can find"
            raise ValueError(f"{found}; take a smaller box")
        return arithmetic.above(largest.sqrt())

    def to_sympy(self, *symbols: sympy.Symbol) -> sympy.Expr:
        """The loss as an expression of sympy, in real symbols x0, x1, ... or in those given."""
        named = symbols or sympy.symbols(f"x:{self.dimension}", real=True)
        return sympy.sympify(self(list(named)))

    def __add__(self, other: Loss) -> Loss:
        return Sum((self, other))

    def __mul__(self, other: Loss) -> Loss:
        return Product(self, other)


@dataclass(frozen=True)
class Quadratic(Loss):
    """(1/2) sum_i spectrum_i z_i^2, where z is w - center reflected in the mirrors.

    So its Hessian has this spectrum. A mirror is a vector with 1, 2 or 4 entries 1 or -1 among
    zeros.
    """

    spectrum: Vector
    center: Vector
    mirrors: tuple[tuple[int, ...], ...] = ()
    family = "quadratic"
    parameters = ("spectrum", "center")

    def __post_init__(self) -> None:
        super().__post_init__()
        if len(self.center) != self.dimension or any(
            len(m) != self.dimension for m in self.mirrors
        ):
            raise ValueError(f"spectrum, center and mirrors differ in dimension: {self!r}")
        for mirror in self.mirrors:
            if not set(mirror) <= {0, 1, -1} or sum(map(abs, mirror)) not in (1, 2, 4):
                raise ValueError(
                    f"the mirror {mirror!r} has not 1, 2 or 4 entries 1 or -1 among zeros"
                )

    @property
    def dimension(self) -> int:
        return len(self.spectrum)

    @property
    def lipschitz(self) -> Fraction:
        return max(abs(Fraction(s)) for s in self.spectrum)

    @property
    def one_sided(self) -> Fraction:
        return Fraction(max(self.spectrum))

    @property
    def convex(self) -> bool:
        return min(self.spectrum) >= 0

    @property
    def strong_convexity(self) -> Fraction | None:
        least = Fraction(min(self.spectrum))
        return least if least > 0 else None

    @property
    def polyak_lojasiewicz(self) -> Fraction | None:
        bent = [Fraction(s) for s in self.spectrum if s != 0]
        return min(bent) if bent and min(bent) > 0 else None

    @property
    def least(self) -> Fraction | None:
        return Fraction(0) if self.convex else None

    @property
    def minimizer(self) -> Vector | None:
        return self.center if self.convex else None

    @property
    def landmark(self) -> Vector:
        return self.center

    def _turned(self, w: Sequence[Any], center: Sequence[Any]) -> list[Any]:
        z = [x - c for x, c in zip(w, center, strict=True)]
        for mirror in self.mirrors:
            z = reflect(z, mirror)
        return z

    def __call__(self, w: Sequence[Any]) -> Any:
        spectrum, center = self.numbers(w)
        turned = self._turned(w, center)
        return arithmetic.total(s * (z * z) for s, z in zip(spectrum, turned, strict=True)) / 2

    def gradient(self, w: Sequence[Any]) -> list[Any]:
        spectrum, center = self.numbers(w)
        slopes = self._slopes(self._turned(w, center))
        slope = [s * z for s, z in zip(spectrum, slopes, strict=True)]
        for mirror in reversed(self.mirrors):
            slope = reflect(slope, mirror)
        return slope

    def _slopes(self, turned: Sequence[Any]) -> Sequence[Any]:
        return turned


@dataclass(frozen=True)
class Rippled(Quadratic):
    """sum_i spectrum_i (z_i^2 + 3 sin(z_i)^2)/8 with a spectrum that is not negative.

    The second derivative of (z^2 + 3 sin(z)^2)/8 lies between -1/2 and 1, and the square of the
    first is at least 1/24 of the value. (Karimi, Nutini and Schmidt, 2016, show 1/128.)
    """

    family = "rippled"

    def __post_init__(self) -> None:
        super().__post_init__()
        if min(self.spectrum) < 0:
            raise ValueError(f"spectrum={self.spectrum!r}: none is negative")

    @property
    def convex(self) -> bool:
        return not any(self.spectrum)

    @property
    def strong_convexity(self) -> Fraction | None:
        return None

    @property
    def polyak_lojasiewicz(self) -> Fraction | None:
        least = super().polyak_lojasiewicz
        return None if least is None else least / 48

    @property
    def least(self) -> Fraction:
        return Fraction(0)

    @property
    def minimizer(self) -> Vector:
        return self.center

    def __call__(self, w: Sequence[Any]) -> Any:
        (spectrum, center), sin = self.numbers(w), ACTIVATIONS["sin"]
        turned = self._turned(w, center)
        waves = (z * z + 3 * (sin(z) * sin(z)) for z in turned)
        return arithmetic.total(s * wave for s, wave in zip(spectrum, waves, strict=True)) / 8

    def _slopes(self, turned: Sequence[Any]) -> list[Any]:
        sin, cos = ACTIVATIONS["sin"], ACTIVATIONS["cos"]
        return [(z + 3 * sin(z) * cos(z)) / 4 for z in turned]


@dataclass(frozen=True)
class Polynomial(Loss):
    """sum c w_i^p w_j^q ... over terms (c, ((i, p), (j, q), ...)) in `size` coordinates."""

    size: int
    terms: tuple[tuple[Number, tuple[tuple[int, int], ...]], ...]
    family = "polynomial"

    @property
    def dimension(self) -> int:
        return self.size

    @cached_property
    def coefficients(self) -> Vector:
        """The c of the terms."""
        return tuple(c for c, _ in self.terms)

    parameters = ("coefficients",)

    @property
    def one_sided(self) -> Fraction | None:
        # known where each term is concave
        concave = (
            c <= 0 and len(powers) == 1 and powers[0][1] % 2 == 0 for c, powers in self.terms
        )
        return Fraction(0) if all(concave) else None

    def __call__(self, w: Sequence[Any]) -> Any:
        value = 0 * w[0]
        for c, (_, powers) in zip(self.numbers(w)[0], self.terms, strict=True):
            for i, p in powers:
                c = c * arithmetic.whole_power(w[i], p)
            value = value + c
        return value

    def gradient(self, w: Sequence[Any]) -> list[Any]:
        slopes = [0 * x for x in w]
        for c, (_, powers) in zip(self.numbers(w)[0], self.terms, strict=True):
            for i, p in powers:
                slope = c * p * arithmetic.whole_power(w[i], p - 1) if p > 1 else c
                for j, q in powers:
                    slope = slope * arithmetic.whole_power(w[j], q) if j != i else slope
                slopes[i] = slopes[i] + slope
        return slopes


def _check_rows(rows: Sequence[Vector]) -> None:
    if len({len(row) for row in rows}) > 1:
        raise ValueError(f"rows={rows!r}: all rows have one dimension")


@dataclass(frozen=True)
class Ridge(Loss):
    """sum_j weights_j f(rows_j.w + shifts_j) with an activation f.

    Trigonometric sums have f = sin or cos; a logistic loss has f = softplus, weights 1 and the rows
    -label * data.
    """

    function: str
    weights: Vector
    rows: tuple[Vector, ...]
    shifts: Vector
    center: Vector | None = None  # given where the loss is even about it
    parameters = ("weights", "rows", "shifts")

    def __post_init__(self) -> None:
        activation(self.function)
        if not self.rows or not len(self.weights) == len(self.rows) == len(self.shifts):
            raise ValueError(
                f"a weight and a shift belong to each row, of which there is at least one: {self!r}"
            )
        _check_rows(self.rows)
        super().__post_init__()

    @property
    def family(self) -> str:  # type: ignore[override]
        """Named after the activation, or what it makes."""
        if self.function in ("sin", "cos"):
            return "trigonometric"
        logistic = self.function == "softplus" and set(self.weights) == {1}
        return "logistic" if logistic else self.function

    @property
    def dimension(self) -> int:
        return len(self.rows[0])

    @cached_property
    def lipschitz(self) -> Fraction:
        bounds = (
            abs(Fraction(c)) * square_length(row)
            for c, row in zip(self.weights, self.rows, strict=True)
        )
        return sum(bounds, Fraction(0)) * activation(self.function).curvature

    @property
    def convex(self) -> bool:
        return activation(self.function).convex and min(self.weights) >= 0

    @property
    def least(self) -> Fraction | None:
        least = activation(self.function).least
        if least is None or (least == 0 and min(self.weights) < 0):
            return None
        return sum((least * abs(Fraction(c)) for c in self.weights), Fraction(0))

    @property
    def minimizer(self) -> Vector | None:
        return self.center if self.convex else None

    def __call__(self, w: Sequence[Any]) -> Any:
        f = activation(self.function)
        return arithmetic.total(
            c * f(dot(row, w) + b) for c, row, b in zip(*self.numbers(w), strict=True)
        )

    def gradient(self, w: Sequence[Any]) -> list[Any]:
        f, (weights, rows, shifts) = activation(self.function), self.numbers(w)
        slopes = [
            c * f.slope(dot(row, w) + b) for c, row, b in zip(weights, rows, shifts, strict=True)
        ]
        return [dot(slopes, column) for column in zip(*rows, strict=True)]


@dataclass(frozen=True)
class LogSumExp(Loss):
    """log(sum_j exp(rows_j.w + shifts_j))."""

    rows: tuple[Vector, ...]
    shifts: Vector
    center: Vector | None = None  # given where the loss is even about it
    family = "log-sum-exp"
    parameters = ("rows", "shifts")

    def __post_init__(self) -> None:
        if not self.rows or len(self.rows) != len(self.shifts):
            raise ValueError(
                f"a shift belongs to each row, of which there is at least one: {self!r}"
            )
        _check_rows(self.rows)
        super().__post_init__()

    @property
    def dimension(self) -> int:
        return len(self.rows[0])

    @cached_property
    def lipschitz(self) -> Fraction:
        # v.Hv is the variance of the numbers rows_j.v under the weights of the softmax.
        return max(map(square_length, self.rows))

    @property
    def convex(self) -> bool:
        return True

    @property
    def minimizer(self) -> Vector | None:
        return self.center

    def _powers(self, w: Sequence[Any]) -> list[Any]:
        exp = (lambda x: x.exp()) if arithmetic.is_ball(w[0]) else sympy.exp
        return [exp(dot(row, w) + b) for row, b in zip(*self.numbers(w), strict=True)]

    def __call__(self, w: Sequence[Any]) -> Any:
        powers = arithmetic.total(self._powers(w))
        return powers.log() if arithmetic.is_ball(w[0]) else sympy.log(powers)

    def gradient(self, w: Sequence[Any]) -> list[Any]:
        powers = self._powers(w)
        whole = arithmetic.total(powers)
        return [dot(powers, column) / whole for column in zip(*self.numbers(w)[0], strict=True)]


@dataclass(frozen=True)
class Bumps(Loss):
    """sum_j heights_j f(sharpness_j |w - centers_j|^2), where f(q) is exp(-q) or 1/(1 + q)."""

    shape: str  # "gaussian", with exp(-q), or "rational", with 1/(1 + q)
    heights: Vector
    sharpness: Vector
    centers: tuple[Vector, ...]
    parameters = ("heights", "sharpness", "centers")

    def __post_init__(self) -> None:
        if self.shape not in ("gaussian", "rational"):
            raise ValueError(
                f"the shape {self.shape!r} is unknown; there are gaussian and rational"
            )
        if min(self.sharpness) <= 0:
            raise ValueError(f"sharpness={self.sharpness!r}: each is positive")
        super().__post_init__()

    @property
    def family(self) -> str:  # type: ignore[override]
        """Named after the shape."""
        return self.shape

    @property
    def dimension(self) -> int:
        return len(self.centers[0])

    @cached_property
    def lipschitz(self) -> Fraction:
        # The Hessian of one bump is largest at its center: -2 height sharpness times the identity.
        each = (2 * abs(Fraction(h)) * s for h, s in zip(self.heights, self.sharpness, strict=True))
        return sum(each, Fraction(0))

    @property
    def least(self) -> Fraction:
        return Fraction(sum(min(h, 0) for h in self.heights))

    @property
    def landmark(self) -> Vector | None:
        """The center of a single bump; beside one of several, slopes are too small for balls."""
        return self.centers[0] if len(self.centers) == 1 else None

    def _each(self, w: Sequence[Any]) -> Iterable[tuple[Any, Any, list[Any], Any]]:
        for h, s, center in zip(*self.numbers(w), strict=True):
            d = [x - c for x, c in zip(w, center, strict=True)]
            q = s * dot(d, d)
            if self.shape == "rational":
                yield h, s, d, 1 / (1 + q)
            else:
                yield h, s, d, (-q).exp() if arithmetic.is_ball(q) else sympy.exp(-q)

    def __call__(self, w: Sequence[Any]) -> Any:
        return arithmetic.total(h * f for h, _, _, f in self._each(w))

    def gradient(self, w: Sequence[Any]) -> list[Any]:
        slopes = [0 * x for x in w]
        for h, s, d, f in self._each(w):
            factor = -2 * h * s * (f * f if self.shape == "rational" else f)
            slopes = [t + factor * x for t, x in zip(slopes, d, strict=True)]
        return slopes


@dataclass(frozen=True)
class Network(Loss):
    """(1/2) sum_j (v.tanh(W x_j) - y_j)^2: a network of two layers, and its squared error.

    The coordinates of the loss are the rows of W, one for each hidden unit, and then v.
    """

    hidden: int
    inputs: tuple[Vector, ...]
    targets: Vector
    family = "network"
    parameters = ("inputs", "targets")

    def __post_init__(self) -> None:
        if not self.inputs or len(self.inputs) != len(self.targets) or self.hidden < 1:
            raise ValueError(
                f"a target belongs to each input, of which there is at least one: {self!r}"
            )
        _check_rows(self.inputs)
        super().__post_init__()

    @property
    def dimension(self) -> int:
        return self.hidden * (len(self.inputs[0]) + 1)

    @property
    def least(self) -> Fraction:
        return Fraction(0)

    def _forward(self, w: Sequence[Any]) -> tuple[list[list[Any]], list[Any], Any]:
        """tanh(W x_j) and the residual for each j, and v."""
        inputs, targets = self.numbers(w)
        d = len(inputs[0])
        rows = [w[d * k : d * k + d] for k in range(self.hidden)]
        v = w[d * self.hidden :]
        tanh = ACTIVATIONS["tanh"]
        layers = [[tanh(dot(x, row)) for row in rows] for x in inputs]
        return layers, [dot(v, layer) - y for layer, y in zip(layers, targets, strict=True)], v

    def __call__(self, w: Sequence[Any]) -> Any:
        _, residuals, _ = self._forward(w)
        return dot(residuals, residuals) / 2

    def gradient(self, w: Sequence[Any]) -> list[Any]:
        layers, residuals, v = self._forward(w)
        units = list(zip(*layers, strict=True))
        columns = list(zip(*self.numbers(w)[0], strict=True))
        by_rows = []
        for k, unit in enumerate(units):
            back = [r * v[k] * (1 - t * t) for r, t in zip(residuals, unit, strict=True)]
            by_rows += [dot(back, column) for column in columns]
        return by_rows + [dot(residuals, unit) for unit in units]


@dataclass(frozen=True)
class Sum(Loss):
    """The sum of losses."""

    parts: tuple[Loss, ...]
    family = "sum"

    def __post_init__(self) -> None:
        if not self.parts or len({p.dimension for p in self.parts}) > 1:
            raise ValueError(f"a sum needs parts, of one dimension: {self!r}")

    @property
    def dimension(self) -> int:
        return self.parts[0].dimension

    @property
    def lipschitz(self) -> Fraction | None:
        bounds = [p.lipschitz for p in self.parts]
        return None if None in bounds else sum((b for b in bounds if b is not None), Fraction(0))

    @property
    def one_sided(self) -> Fraction | None:
        bounds = [p.one_sided for p in self.parts]
        return None if None in bounds else sum((b for b in bounds if b is not None), Fraction(0))

    @property
    def convex(self) -> bool:
        return all(p.convex for p in self.parts)

    @property
    def strong_convexity(self) -> Fraction | None:
        total = sum((p.strong_convexity or Fraction(0) for p in self.parts), Fraction(0))
        return total if self.convex and total > 0 else None

    @property
    def least(self) -> Fraction | None:
        bounds = [p.least for p in self.parts]
        return None if None in bounds else sum((b for b in bounds if b is not None), Fraction(0))

    @property
    def minimizer(self) -> Vector | None:
        places = {p.minimizer for p in self.parts}
        return places.pop() if len(places) == 1 else None

    def __call__(self, w: Sequence[Any]) -> Any:
        return arithmetic.total(p(w) for p in self.parts)

    def gradient(self, w: Sequence[Any]) -> list[Any]:
        return [
            arithmetic.total(xs) for xs in zip(*(p.gradient(w) for p in self.parts), strict=True)
        ]


@dataclass(frozen=True)
class Product(Loss):
    """The product of two losses."""

    left: Loss
    right: Loss
    family = "product"

    def __post_init__(self) -> None:
        if self.left.dimension != self.right.dimension:
            raise ValueError(f"a product needs factors of one dimension: {self!r}")

    @property
    def dimension(self) -> int:
        return self.left.dimension

    def __call__(self, w: Sequence[Any]) -> Any:
        return self.left(w) * self.right(w)

    def gradient(self, w: Sequence[Any]) -> list[Any]:
        a, b = self.left(w), self.right(w)
        return [
            x * b + a * y
            for x, y in zip(self.left.gradient(w), self.right.gradient(w), strict=True)
        ]


@dataclass(frozen=True)
class Composition(Loss):
    """f(loss) with an activation f."""

    outer: str
    inner: Loss
    family = "composition"

    def __post_init__(self) -> None:
        activation(self.outer)

    @property
    def dimension(self) -> int:
        return self.inner.dimension

    @property
    def least(self) -> Fraction | None:
        return activation(self.outer).least

    def __call__(self, w: Sequence[Any]) -> Any:
        return activation(self.outer)(self.inner(w))

    def gradient(self, w: Sequence[Any]) -> list[Any]:
        slope = activation(self.outer).slope(self.inner(w))
        return [slope * x for x in self.inner.gradient(w)]
