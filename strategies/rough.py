"""Losses with a fault, for negative tests: kinks, jumps, and gradients that are wrong somewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from proofs.balls import arithmetic
from strategies.drawn import smooth_losses
from strategies.losses import Composition, Loss, Product, Quadratic, Sum, activation
from strategies.vectors import Number, Vector, changed, reflect


@dataclass(frozen=True)
class _Changed(Loss):
    """A loss on top of another."""

    loss: Loss

    @property
    def dimension(self) -> int:
        return self.loss.dimension

    @property
    def family(self) -> str:  # type: ignore[override]
        """That of the loss below."""
        return self.loss.family

    @property
    def lipschitz(self) -> Fraction | None:
        return self.loss.lipschitz

    @property
    def one_sided(self) -> Fraction | None:
        return self.loss.one_sided

    @property
    def convex(self) -> bool:
        return self.loss.convex

    @property
    def strong_convexity(self) -> Fraction | None:
        return self.loss.strong_convexity

    @property
    def polyak_lojasiewicz(self) -> Fraction | None:
        return self.loss.polyak_lojasiewicz

    @property
    def least(self) -> Fraction | None:
        return self.loss.least

    @property
    def minimizer(self) -> Vector | None:
        return self.loss.minimizer

    @property
    def landmark(self) -> Vector | None:
        return self.loss.landmark

    def __call__(self, w: Sequence[Any]) -> Any:
        return self.loss(w)

    def gradient(self, w: Sequence[Any]) -> list[Any]:
        return self.loss.gradient(w)


def absolute(x: Any) -> Any:
    """|x|, which has no derivatives at 0."""
    x0 = arithmetic.coefficient(x, 0)
    return x if x0 > 0 else -x if x0 < 0 else arithmetic.without_derivatives(abs(x0), x)


def heaviside(x: Any) -> Any:
    """1 where x >= 0 and otherwise 0, which has no derivatives at 0."""
    x0 = arithmetic.coefficient(x, 0)
    if x0 > 0 or x0 < 0:
        return arithmetic.number(int(x0 > 0))
    one = arithmetic.number(1)
    return arithmetic.without_derivatives(one if x0 >= 0 else arithmetic.up_to(one), x)


@dataclass(frozen=True)
class Kink(_Changed):
    """loss + height |w_0 - place|, with a subgradient for its gradient."""

    height: Number = 1
    place: Number = 0

    def __call__(self, w: Sequence[Any]) -> Any:
        height, place = arithmetic.number(self.height), arithmetic.number(self.place)
        return self.loss(w) + absolute(w[0] - place) * height

    def gradient(self, w: Sequence[Any]) -> list[Any]:
        side = -1 if arithmetic.coefficient(w[0], 0) < arithmetic.number(self.place) else 1
        first, *rest = self.loss.gradient(w)
        return [first + side * arithmetic.number(self.height), *rest]


@dataclass(frozen=True)
class Jump(_Changed):
    """loss, plus `height` where w_0 >= place."""

    height: Number = 1
    place: Number = 0

    def __call__(self, w: Sequence[Any]) -> Any:
        height, place = arithmetic.number(self.height), arithmetic.number(self.place)
        return self.loss(w) + heaviside(w[0] - place) * height


Region = Callable[[list[Any]], bool]
REGIONS: dict[str, Region] = {
    "everywhere": lambda x: True,
    "where x0 > 3": lambda x: x[0] > 3,
    "where |x0 - x1| < 1e-3": lambda x: len(x) > 1 and abs(x[0] - x[1]) * 1000 < 1,
    "where x0 x1 < -20": lambda x: len(x) > 1 and x[0] * x[1] < -20,
}


@dataclass(frozen=True)
class WrongGradient(_Changed):
    """The gradient is multiplied by `factor`, in one coordinate or all, in one of the `REGIONS`."""

    factor: Number = -1
    coordinate: int | None = None
    region: str = "everywhere"

    def __post_init__(self) -> None:
        if self.region not in REGIONS:
            raise ValueError(
                f"the region {self.region!r} is unknown; there are {', '.join(REGIONS)}"
            )

    def gradient(self, w: Sequence[Any]) -> list[Any]:
        right = self.loss.gradient(w)
        if not REGIONS[self.region]([arithmetic.coefficient(x, 0) for x in w]):
            return right
        wrong = arithmetic.number(self.factor)
        return [x * wrong if self.coordinate in (None, i) else x for i, x in enumerate(right)]


class DroppedCrossTerm(Product):
    """A product whose gradient forgets that the second factor varies."""

    def gradient(self, w: Sequence[Any]) -> list[Any]:
        return [x * self.right(w) for x in self.left.gradient(w)]


class TransposedMatrix(Quadratic):
    """A quadratic whose gradient turns back by the transpose of the right matrix."""

    def gradient(self, w: Sequence[Any]) -> list[Any]:
        spectrum, center = self.numbers(w)
        slope = [s * z for s, z in zip(spectrum, self._turned(w, center), strict=True)]
        for mirror in self.mirrors:
            slope = reflect(slope, mirror)
        return slope


class MissingChainFactor(Composition):
    """f(loss) whose gradient takes 1 for the gradient of the loss inside, in coordinate 0."""

    def gradient(self, w: Sequence[Any]) -> list[Any]:
        slope = activation(self.outer).slope(self.inner(w))
        return [slope, *(slope * x for x in self.inner.gradient(w)[1:])]


def _inside(change: Callable[[Loss], Loss]) -> Callable[[Loss], Loss]:
    """The change made to a loss and to all that it is composed of."""

    def changed(loss: Loss) -> Loss:
        if isinstance(loss, Sum):
            loss = Sum(tuple(map(changed, loss.parts)))
        elif isinstance(loss, Product):
            loss = Product(changed(loss.left), changed(loss.right))
        elif isinstance(loss, Composition):
            loss = Composition(loss.outer, changed(loss.inner))
        return change(loss)

    return changed


def _dropped(loss: Loss) -> Loss:
    return DroppedCrossTerm(loss.left, loss.right) if isinstance(loss, Product) else loss


def _transposed(loss: Loss) -> Loss:
    if type(loss) is not Quadratic:
        return loss
    return TransposedMatrix(loss.spectrum, loss.center, loss.mirrors)


def _unchained(loss: Loss) -> Loss:
    return MissingChainFactor(loss.outer, loss.inner) if isinstance(loss, Composition) else loss


# What turns a smooth loss into one with the fault; three of them leave some families as they are.
FAULTS: dict[str, Callable[[Loss], Loss]] = {
    "sign of the gradient": WrongGradient,
    "sign of one coordinate": lambda loss: WrongGradient(loss, coordinate=0),
    "factor 2": lambda loss: WrongGradient(loss, factor=2),
    "dropped cross-term": _inside(_dropped),
    "transposed matrix": _inside(_transposed),
    "missing chain factor": _inside(_unchained),
    "kink": Kink,
    "jump": Jump,
    "sign where x0 > 3": lambda loss: WrongGradient(loss, region="where x0 > 3"),
    "sign where |x0 - x1| < 1e-3": lambda loss: WrongGradient(
        loss, region="where |x0 - x1| < 1e-3"
    ),
    "sign where x0 x1 < -20": lambda loss: WrongGradient(loss, region="where x0 x1 < -20"),
    "relative error 1e-3": lambda loss: WrongGradient(loss, factor=1 + Fraction(1, 2**10)),
    "relative error 1e-6": lambda loss: WrongGradient(loss, factor=1 + Fraction(1, 2**20)),
}


def rough_losses(
    fault: str, losses: st.SearchStrategy[Loss] | None = None
) -> st.SearchStrategy[Loss]:
    """`losses` (by default `smooth_losses()`) with one of the `FAULTS` planted; shrinks as they do.

    Raises ValueError at an unknown fault.
    """
    if fault not in FAULTS:
        raise ValueError(f"the fault {fault!r} is unknown; there are {', '.join(FAULTS)}")
    return changed(smooth_losses() if losses is None else losses, FAULTS[fault])
