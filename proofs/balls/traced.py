"""A loss as it is computed, taken down once: the formula that is printed is what is bounded.

The loss is called on numbers of which nothing is known but what is done with them. It may not ask
what they are: on a whole box there is no answer, and a comparison would hide a jump.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any, NoReturn

from flint import arb, fmpq

from proofs.kernel.terms import KernelError

_SUM, _PRODUCT, _POWER, _ATOM = range(4)
Operation = tuple[Callable[..., Any], tuple[int, ...]]


class Asked(KernelError, AttributeError):
    """A loss asks what its number is."""

    def __init__(self) -> None:
        super().__init__(
            "a loss asks what its number is (a comparison, `if`, `max`, `abs`, floor, ...): on a "
            "whole box that has no answer, and could hide a jump; write the loss as one formula"
        )


class Traced:
    """A number of a loss: its place among the values, and how it is written."""

    __slots__ = ("_index", "_operations", "_text", "_tightness")

    def __init__(self, operations: list[Operation], index: int, text: str, tightness: int):
        self._operations, self._index = operations, index
        self._text, self._tightness = text, tightness

    def _at(self, tightness: int) -> str:
        return self._text if self._tightness >= tightness else f"({self._text})"

    def _made(self, f: Callable[..., Any], *of: Traced, text: str, tightness: int) -> Traced:
        self._operations.append((f, tuple(a._index for a in of)))
        return Traced(self._operations, len(self._operations) - 1, text, tightness)

    def _constant(self, x: object) -> Traced:
        if isinstance(x, Traced):
            return x
        if isinstance(x, arb):
            text, value = str(_fraction(x)) if x.is_exact() else str(x), lambda: x
        elif type(x) is int or type(x) is Fraction:
            exact = arb(fmpq(x.numerator, x.denominator))
            text, value = str(x), lambda: x if type(x) is int else exact
        else:
            raise KernelError(f"a loss computes with {x!r}; write Fraction(1, 10)")
        return self._made(value, text=text, tightness=_ATOM if text.isdigit() else _SUM)

    def _joined(self, f: Any, sign: str, left: object, right: object, place: int) -> Any:
        a, b = self._constant(left), self._constant(right)
        text = f"{a._at(place)}{sign}{b._at(place + (sign not in (' + ', ' ')))}"
        return self._made(f, a, b, text=text, tightness=place)

    def __add__(self, other: object) -> Any:
        nothing = type(other) is int and other == 0  # with which Python's sum begins
        return self if nothing else self._joined(operator.add, " + ", self, other, _SUM)

    def __radd__(self, other: object) -> Any:
        nothing = type(other) is int and other == 0
        return self if nothing else self._joined(operator.add, " + ", other, self, _SUM)

    def __sub__(self, other: object) -> Any:
        return self._joined(operator.sub, " - ", self, other, _SUM)

    def __rsub__(self, other: object) -> Any:
        return self._joined(operator.sub, " - ", other, self, _SUM)

    def __mul__(self, other: object) -> Any:
        return self._joined(operator.mul, " ", self, other, _PRODUCT)

    def __rmul__(self, other: object) -> Any:
        return self._joined(operator.mul, " ", other, self, _PRODUCT)

    def __truediv__(self, other: object) -> Any:
        return self._joined(operator.truediv, "/", self, other, _PRODUCT)

    def __rtruediv__(self, other: object) -> Any:
        return self._joined(operator.truediv, "/", other, self, _PRODUCT)

    def __neg__(self) -> Any:
        return self._made(operator.neg, self, text=f"-{self._at(_PRODUCT)}", tightness=_SUM)

    def __pow__(self, n: object) -> Any:
        if type(n) is not int:
            raise KernelError(f"a loss raises to the power {n!r}, which is no whole number")
        text = f"{self._at(_ATOM)}^{n}" if n >= 0 else f"{self._at(_ATOM)}^({n})"
        return self._made(lambda x: x**n, self, text=text, tightness=_POWER)

    def under(self, name: str, f: Callable[[Any], Any]) -> Any:
        """f of this number, written by its name."""
        return self._made(f, self, text=f"{name}({self._text})", tightness=_ATOM)

    def _refuses(self, *others: object) -> NoReturn:
        raise Asked

    def __getattr__(self, name: str) -> Any:
        if name in _ELEMENTARY:
            return lambda: self.under(name, operator.methodcaller(name))
        return self._refuses()

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = _refuses
    __hash__ = __bool__ = __abs__ = __int__ = __float__ = __index__ = _refuses
    __round__ = __floor__ = __ceil__ = __trunc__ = __mod__ = __rmod__ = _refuses
    __floordiv__ = __rfloordiv__ = __divmod__ = __rpow__ = __iter__ = __len__ = _refuses
    __getitem__ = __str__ = __repr__ = __format__ = _refuses


_ELEMENTARY = frozenset({"exp", "log", "sqrt", "sin", "cos", "atan", "tan", "sinh", "cosh"})


def _fraction(x: arb) -> Fraction:
    mantissa, exponent = x.man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


def taken_down(loss: Callable[..., Any], n: int) -> tuple[str, Callable[[Sequence[Any]], Any]]:
    """The formula of a loss of n coordinates, w1 to wn, and the function of a point that it is."""
    operations: list[Operation] = []
    names = [f"w{i}" for i in range(1, n + 1)] if n > 1 else ["w"]
    inputs = [Traced(operations, i, name, _ATOM) for i, name in enumerate(names)]
    operations += [(lambda: None, ())] * n
    result = loss(*inputs)
    if not isinstance(result, Traced):
        raise KernelError(f"the loss is {result!r} everywhere, whatever its coordinates")

    def value(point: Sequence[Any]) -> Any:
        found = list(point)
        for f, where in operations[n:]:
            found.append(f(*[found[i] for i in where]))
        return found[result._index]

    return result._text, value
