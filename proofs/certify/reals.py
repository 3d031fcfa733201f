"""Real numbers that a user's unchanged program can compute with.

`Real` is what the program sees: arithmetic, comparisons, `abs`, and methods for the elementary
functions (numpy calls them on arrays of objects). Its kinds hold what is known of the number:
`Ball` (here), `jets.Jet` (a series along a ray, at its centre and over a range), `tape.Node` (a
ball that remembers how it was made). A constant of the program is a Python or numpy number, or a
`Ball`, beside any kind.

Nothing is silently wrong: an undecided comparison raises or is followed both ways (`paths`), and
float(x) raises.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any, NoReturn

from flint import arb

from proofs.certify import balls, paths
from proofs.certify.balls import FUNCTIONS, ZERO, Function, exact
from proofs.certify.errors import (
    BadCall,
    FloatAsked,
    NotUnderstood,
    Undecided,
    line_of_program,
    returns_at_once,
)

_FLOAT = (
    "a float is needed here (float(x), math.exp, np.zeros(n)[i] = x, dtype=float); use np.exp"
    " and the like,"
    " np.zeros_like(w), or a list"
)


class Real:
    """A real number of which balls know something. Its kinds implement add, times, over, apply
    and sign_of_difference.
    """

    __slots__ = ()
    __hash__ = None  # type: ignore[assignment]
    is_real = True
    has_value = True

    # What a kind implements. The other operand is of the same kind, or an arb that is a constant.
    def constant(self, value: arb) -> Any:
        """A constant as a number of this kind."""
        raise NotImplementedError

    def add(self, other: Any) -> Any:
        raise NotImplementedError

    def minus(self) -> Any:
        raise NotImplementedError

    def times(self, other: Any) -> Any:
        raise NotImplementedError

    def inverse(self) -> Any:
        raise NotImplementedError

    def square(self) -> Any:
        raise NotImplementedError

    def apply(self, function: Function) -> Any:
        raise NotImplementedError

    def signs(self) -> tuple[int | None, int | None]:
        """The sign over the whole range (None if it changes or cannot be told), and the sign at
        the centre.
        """
        raise NotImplementedError

    def value(self) -> arb:
        """A ball around the value."""
        raise NotImplementedError

    def is_nan(self) -> bool:
        """Whether nothing is known of the value."""
        return bool(self.value().is_nan())

    # Arithmetic.
    def _other(self, other: Any) -> Any:
        """The other operand as the same kind or an arb; None if numpy or another kind has to
        see to it.
        """
        kind = type(other)
        if kind is type(self):
            return other
        if kind is Ball:
            return other.ball
        if kind is float or kind is int:
            return arb(other)
        if getattr(other, "is_real", False) or getattr(other, "shape", ()) != ():
            return None
        try:
            return exact(other)
        except BadCall:
            return None

    def __add__(self, other: Any) -> Any:
        right = self._other(other)
        if right is None:
            return NotImplemented
        found = self.add(right)
        return paths.remember_square(found) if paths.are_squares((self, other)) else found

    __radd__ = __add__

    def __sub__(self, other: Any) -> Any:
        if other is self:
            return self.constant(ZERO)
        other = self._other(other)
        return (
            NotImplemented
            if other is None
            else self.add(-other if type(other) is arb else other.minus())
        )

    def __rsub__(self, other: Any) -> Any:
        other = self._other(other)
        return NotImplemented if other is None else self.minus().add(other)

    def __mul__(self, other: Any) -> Any:
        if other is self:
            return squared(self)
        other = self._other(other)
        return NotImplemented if other is None else self.times(other)

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Any:
        other = self._other(other)
        if other is None:
            return NotImplemented
        if type(other) is arb:
            return self.times(1 / other) if _power_of_two(other) else self.over(other)
        return self.times(other.inverse())

    def over(self, other: arb) -> Any:
        """self / other for a constant."""
        return self.times(1 / other)

    def __rtruediv__(self, other: Any) -> Any:
        other = self._other(other)
        if other is None:
            return NotImplemented
        inverse = self.inverse()
        return inverse if type(other) is arb and other == 1 else inverse.times(other)

    def __pow__(self, n: Any) -> Any:
        return power(self, n)

    def __rpow__(self, base: Any) -> Any:
        return power(base, self)

    def __neg__(self) -> Any:
        return self.minus()

    def __pos__(self) -> Any:
        return self

    def __abs__(self) -> Any:
        return magnitude(self)

    # Comparisons.
    def __lt__(self, other: Any) -> Any:
        return compare(self, "<", other)

    def __le__(self, other: Any) -> Any:
        return compare(self, "<=", other)

    def __gt__(self, other: Any) -> Any:
        return compare(self, ">", other)

    def __ge__(self, other: Any) -> Any:
        return compare(self, ">=", other)

    def __eq__(self, other: Any) -> Any:
        return compare(self, "==", other)

    def __ne__(self, other: Any) -> Any:
        return compare(self, "!=", other)

    def __bool__(self) -> bool:
        return bool(compare(self, "!=", 0))

    # What would lose the error bound.
    def _no_float(self, *_: Any) -> NoReturn:
        raise NotUnderstood("a number turned into a float", _FLOAT)

    def __float__(self) -> float:
        raise FloatAsked(self, returns_at_once(sys._getframe(1)), _FLOAT)

    __int__ = __index__ = __complex__ = __round__ = __trunc__ = _no_float

    def _no_steps(self, *_: Any) -> NoReturn:
        raise NotUnderstood("floor, ceil, // or %", "the loss has steps there; write it without")

    __floor__ = __ceil__ = __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = __divmod__ = (
        _no_steps
    )

    # What numpy and others call on numbers.
    def conjugate(self) -> Any:
        return self

    def item(self) -> Any:
        return self

    @property
    def real(self) -> Any:
        return self

    @property
    def imag(self) -> float:
        return 0.0

    def __array_ufunc__(self, *args: Any, **options: Any) -> Any:
        from proofs.certify.numpy_front import dispatch_ufunc

        return dispatch_ufunc(*args, **options)

    def __array_function__(self, *args: Any) -> Any:
        from proofs.certify.numpy_front import dispatch_function

        return dispatch_function(*args)


def _method(name: str) -> Callable[[Any], Any]:
    if name == "sqrt":
        return lambda self: root(self)
    return lambda self: self.apply(FUNCTIONS[name])


for _name in FUNCTIONS:  # numpy calls x.exp() where it meets an object
    setattr(Real, _name, _method(_name))


def _power_of_two(x: arb) -> bool:
    return bool(x.is_exact() and x.is_finite() and abs(int(x.man_exp()[0])) == 1)


class Ball(Real):
    """A ball: a value at a point, or all values on a box; also any constant."""

    __slots__ = ("ball",)

    def __init__(self, ball: Any) -> None:
        self.ball: arb = ball if type(ball) is arb else exact(ball)

    def __repr__(self) -> str:
        return f"Ball({self.ball})"

    def constant(self, value: arb) -> Ball:
        return Ball(value)

    def add(self, other: Any) -> Ball:
        return Ball(self.ball + (other if type(other) is arb else other.ball))

    def minus(self) -> Ball:
        return Ball(-self.ball)

    def times(self, other: Any) -> Ball:
        return Ball(self.ball * (other if type(other) is arb else other.ball))

    def over(self, other: arb) -> Ball:
        return Ball(self.ball / other)

    def inverse(self) -> Ball:
        return Ball(1 / self.ball)

    def square(self) -> Ball:
        return Ball(balls.square(self.ball))

    def apply(self, function: Function) -> Ball:
        return Ball(function.ball(self.ball))

    def value(self) -> arb:
        return self.ball

    def signs(self) -> tuple[int | None, int | None]:
        own = sign_of(self.ball)
        return own, own

    @staticmethod
    def total(numbers: Sequence[Any]) -> Ball:
        """The sum."""
        return Ball(sum((x.ball if type(x) is Ball else exact(x) for x in numbers), ZERO))


def sign_of(ball: arb) -> int | None:
    """1, -1 or 0 if it is so for the whole ball, otherwise None."""
    if ball > ZERO:
        return 1
    if ball < ZERO:
        return -1
    return 0 if ball.is_zero() else None


def compare(a: Any, relation: str, b: Any, name: str = "", continuous: bool = False) -> Any:
    """Whether `a relation b`, on the path that is followed; elementwise where numpy has to see
    to it.
    """
    if b is None or isinstance(b, str):
        return relation == "!="
    if getattr(b, "shape", ()) != () and not getattr(b, "is_real", False):
        return NotImplemented
    if a is b:
        return relation in (">=", "<=", "==")
    both = difference(a, b)
    own, centre = both.signs()
    paths.watch(both.value(), name or relation)
    if own is None and both.is_nan():
        raise Undecided(
            f"{name or 'a comparison'} at {line_of_program()} meets a number of which nothing"
            " is known (nan)"
        )
    return paths.holds(
        a, relation, b, own, centre, name or f"the comparison {relation}", continuous
    )


def difference(a: Any, b: Any) -> Any:
    """a - b as a Real, also where both are constants."""
    both = (a if getattr(a, "is_real", False) else Ball(a)) - b
    if both is NotImplemented or not getattr(both, "is_real", False):
        raise NotUnderstood(f"{type(a).__name__} beside {type(b).__name__}")
    return both


def larger(a: Any, b: Any, name: str = "max") -> Any:
    """max(a, b)."""
    return a if compare(a, ">", b, name, continuous=True) else b


def smaller(a: Any, b: Any, name: str = "min") -> Any:
    """min(a, b)."""
    return b if compare(a, ">", b, name, continuous=True) else a


def magnitude(a: Any) -> Any:
    """|a|."""
    return a if compare(a, ">", 0, "abs", continuous=True) else -a


def sign(a: Any) -> int:
    """-1, 0 or 1."""
    if compare(a, ">", 0, "sign"):
        return 1
    return -1 if compare(a, "<", 0, "sign") else 0


def power(base: Any, n: Any) -> Any:
    """base ** n: whole n by multiplication (base may be negative), n = 1/2 by the root, other n
    for base > 0.
    """
    if isinstance(n, Ball) and n.ball.is_exact():
        n = _plain(n.ball)
    if getattr(n, "shape", ()) != () or getattr(base, "shape", ()) != ():
        return NotImplemented
    if getattr(n, "is_real", False):
        base = base if getattr(base, "is_real", False) else Ball(base)
        return (base.apply(FUNCTIONS["log"]) * n).apply(FUNCTIONS["exp"])
    exponent = exact(n)
    if not exponent.is_exact() or not exponent.is_finite():
        raise NotUnderstood(f"the power {n}")
    if exponent.is_integer():
        k = int(exponent.unique_fmpz())
        if abs(k) > 10_000:
            raise NotUnderstood(f"the power {k}")
        return (
            base.constant(balls.ONE)
            if k == 0
            else _whole(base, k)
            if k > 0
            else 1 / _whole(base, -k)
        )
    if exponent == balls.HALF:
        return root(base)
    if exponent == arb(1.5):
        return base * root(base)
    if isinstance(base, Ball) and base.ball.is_zero() and exponent > ZERO:
        return Ball(ZERO)
    return (base.apply(FUNCTIONS["log"]).times(exponent)).apply(FUNCTIONS["exp"])


def _whole(base: Any, n: int) -> Any:
    if n == 1:
        return base
    half = squared(_whole(base, n // 2))
    return half * base if n % 2 else half


def squared(x: Any) -> Any:
    """x^2; of a norm, the sum of squares that it is the root of."""
    run = paths.current()
    if run is None:
        return x.square()
    if id(x) in run.roots:
        return run.roots[id(x)]
    found = x.square()
    return paths.remember_square(found) if about_0(x) else found


def about_0(x: Any) -> bool:
    """Whether the value may be 0, as far as balls know."""
    if isinstance(x, Ball):
        ball = x.ball
    elif x.has_value:
        ball = x.value()
    else:
        return True
    return not (ball > ZERO or ball < ZERO)


def root(x: Any) -> Any:
    """The square root; what its square is stays known where x is a sum of squares about 0."""
    found = x.apply(FUNCTIONS["sqrt"])
    return paths.remember_root(found, x) if paths.are_squares((x,)) else found


def _plain(ball: arb) -> Any:
    mantissa, exponent = ball.man_exp()
    return (
        Fraction(int(mantissa)) * Fraction(2) ** int(exponent) if ball.is_finite() else float(ball)
    )


def total(numbers: Sequence[Any]) -> Any:
    """The sum."""
    kind = _kind(numbers)
    found = kind.total(numbers) if hasattr(kind, "total") else sum(numbers)
    return paths.remember_square(found) if paths.are_squares(numbers) else found


def dot(a: Sequence[Any], b: Sequence[Any]) -> Any:
    """The sum of the products."""
    kind = _kind([*a, *b])
    return kind.dot(a, b) if hasattr(kind, "dot") else sum(x * y for x, y in zip(a, b, strict=True))


def _kind(numbers: Sequence[Any]) -> Any:
    """The kind of the numbers that are none of the program's constants; None if there are several
    kinds.
    """
    kinds = {kind for kind in set(map(type, numbers)) if getattr(kind, "is_real", False)}
    found = kinds - {Ball} or kinds
    return found.pop() if len(found) == 1 else None
