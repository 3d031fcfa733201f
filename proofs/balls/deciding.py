"""What a statement amounts to at given values: yes, no or cannot tell, by ball arithmetic.

Searches decide the claims themselves here, so that no claim is written a second time for its
search. Statements about every small alpha are settled for all of them at once, by a Taylor series
in alpha; see `proofs.balls.arithmetic`. No answer is a theorem.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cache, partial
from typing import Any

from proofs.balls.arithmetic import (
    BITS, NOT_KNOWN, Answer, all_hold, check_finite, coefficient, holds, is_series, negated, number,
    power, power_of_2, precision, product, scale, shown, up_to, variable, without_constant,
    without_derivatives,
)  # fmt: skip

from proofs.kernel.terms import KernelError, N, R, Term, V, build, multiply, zero

Number = int | Fraction
SHRINKINGS = 60  # of an alpha0 that is sought, by a factor of at least 4 each
PIECES = 6  # how often a range that is given is halved


class Values:
    """The meaning of terms and formulas, where symbols stand for numbers, vectors (lists of
    numbers) and functions.

    One symbol, or the variable of one quantifier, may range over (0, b] or [-b, 0): then formulas
    are decided for all its values, and their terms are series in it.
    """

    def __init__(self, at: Mapping[Term, Any]):
        self.at = at
        self.known: dict[Term, Any] = {}
        self.bound: list[
            Any
        ] = []  # the values of the variables that quantifiers bind, innermost first
        self.t: Any = None  # the variable as a series, where one ranges
        self.reach: tuple[int, Any, Any] | None = (
            None  # its side (1 or -1), and the ends of its range
        )
        self.hopeless = (
            False  # whether nothing can be told at t = 0, so that a shorter range will not do
        )
        self.tried: int | None = None  # while an alpha0 is sought: 2^tried
        self.hint = 0  # up to 2^hint the second-order term may be the smaller one
        self.margin = 1.0
        self.places: dict[
            Term, tuple[list[list[Any]], list[Any], bool, bool]
        ] = {}  # of what does not range
        self.constants: list[tuple[Term, list[Any], Any]] = []
        self.about_0: dict[Any, Any] = {}

    def symbol(self, t: Term) -> Any:
        """The value of a symbol, or of a number."""
        if t not in self.known:
            if t.op != "number" and t not in self.at:
                raise KernelError(f"nothing is said of {t}, so balls cannot tell")
            value = t.data if t.op == "number" else self.at[t]
            if callable(value) and not t.sort.inputs:
                value = value()
            if not t.sort.inputs and value is not None:
                value = [number(x) for x in value] if t.sort == V else number(value)
            self.known[t] = value
        known = self.known[t]
        return self.ranging() if known is None else known

    def ranging(self) -> Any:
        """The variable that ranges, as a series."""
        if self.t is None:
            raise KernelError("balls cannot decide what depends here on a variable that ranges")
        return self.t

    def real(self, t: Term) -> Any:
        """The value of a number: a ball, or a series in the variable that ranges."""
        if t.op in ("number", "symbol"):
            return self.symbol(t)
        if t.op == "bound":
            return self.ranging() if self.bound[t.data] is None else self.bound[t.data]
        if t.op == "apply":
            return self.apply(t)
        if t.op == "inner":
            return sum(product(x, y) for x, y in zip(*map(self.vector, t.args), strict=True))
        if t.op == "^" and t.args[0].op == "norm" and t.data == 2:
            return sum(x * x for x in self.vector(t.args[0].args[0]))
        if t.op == "norm":
            return sum(x * x for x in self.vector(t.args[0])).sqrt()
        values = [self.real(a) for a in t.args]
        if t.op in ("+", "*"):
            first, *rest = values
            for x in rest:
                first = first + x if t.op == "+" else product(first, x)
            return first
        if t.op == "^":
            return power(values[0], t.data)
        if t.op == "/":
            return values[0] / values[1]
        if t.op == "sqrt":
            return values[0].sqrt()
        if t.op == "abs" and not is_series(values[0]):
            return abs(values[0])
        raise KernelError(f"{t} is no number that balls know")

    def vector(self, t: Term) -> list[Any]:
        """The coordinates of a vector."""
        if t is zero:
            dimensions = {len(self.symbol(s)) for s in self.at if s.sort == V}
            if len(dimensions) != 1:
                raise KernelError(
                    f"the zero vector among vectors of dimensions {dimensions or 'that nothing tells'}"
                )
            return [number(0)] * dimensions.pop()
        if t.op == "symbol":
            return list(self.symbol(t))
        if t.op == "apply":
            return list(self.apply(t))
        if t.op == "+":
            first, *rest = map(self.vector, t.args)
            for v in rest:
                first = [x + y for x, y in zip(first, v, strict=True)]
            return first
        if t.op == "scale":
            factor = self.real(t.args[0])
            return [factor * x for x in self.vector(t.args[1])]
        raise KernelError(f"{t} is no vector that balls know")

    def apply(self, t: Term) -> Any:
        """The value of f(x, ...)."""
        f, *args = t.args
        if f.sort.inputs[0] == N:  # a sequence, or a function of a natural number and a real one
            k, *x = map(self.real, args)
            return self.symbol(f)(int(k.unique_fmpz()), *x)
        return self.called(f, *self.place(t))

    def place(self, t: Term) -> tuple[list[list[Any]], list[Any], bool, bool]:
        """The x, ... of f(x, ...); their coordinates where the variable is 0; if those are exact;
        if x ranges.
        """
        if t in self.places:
            return self.places[t]
        x = [self.vector(a) if a.sort == V else [self.real(a)] for a in t.args[1:]]
        at0 = [coefficient(y, 0) for v in x for y in v]
        ranges = any(is_series(y) for v in x for y in v)
        place = x, at0, all(y.is_exact() for y in at0), ranges
        if not ranges and not t.loose:
            self.places[t] = place
        return place

    def called(self, f: Term, x: list[list[Any]], at0: list[Any], exact: bool, ranges: bool) -> Any:
        """f(x, ...), which is computed once where nothing ranges, and checked where x is exact."""
        constant = exact and not ranges
        for g, point, value in self.constants if constant else ():
            if g is f and point == at0:
                return value
        try:
            value = self.symbol(f)(*x)
        except (ValueError, ZeroDivisionError) as reason:
            if exact:
                raise KernelError(
                    f"{f} has no value at {shown(at0)} ({reason}); a loss has a finite value everywhere"
                ) from None
            raise
        if exact:
            check_finite(value, at0, f)
        if constant:
            self.constants.append((f, at0, value))
        return value

    def parts(self, left: Term, right: Term, constant: bool = True) -> list[Any]:
        """left - right as the parts of a sum, where values of functions at the same exact point
        (for t = 0) cancel.

        With constant=False the values for t = 0 are left out.
        """
        found: list[Any] = []
        starts: list[
            list[Any]
        ] = []  # [factor, function, point or None, its value or how to compute it]
        for factor, part in _difference(left, right):
            if part.op != "apply" or part.args[0].sort.inputs[0] == N:
                found.append(_times(self.real(part), factor))
                continue
            f, (x, at0, exact, ranges) = part.args[0], self.place(part)
            if ranges:
                value = self.called(f, x, at0, exact, ranges)
                found.append(_times(without_constant(value), factor))
            if not constant:
                continue
            start = (
                partial(coefficient, value, 0)
                if ranges
                else partial(self.called, f, x, at0, exact, ranges)
            )
            for known in starts:  # what is not exact is not known to be the same point
                if exact and known[1] is f and known[2] == at0:
                    known[0] += factor
                    break
            else:
                starts.append([factor, f, at0 if exact else None, start])
        values = [(factor, start()) for factor, _, _, start in starts if factor]
        if len(values) > 1 and not sum(
            factor for factor, _ in values
        ):  # then only differences of values matter
            values = [(factor, start - values[0][1]) for factor, start in values[1:]]
        return found + [_times(start, factor) for factor, start in values]

    def compared(self, left: Term, relation: str, right: Term) -> Answer:
        """Whether left relation right, for all values of the variable that ranges."""
        if self.reach is None:
            parts = self.parts(left, right)
            self.measure(sum(parts), sum(map(abs, parts)))
            return holds(number(sum(parts)), relation)
        if left.op == "abs" and relation in ("<", "<="):
            return all_hold(
                self.compared(part, relation, right) for part in (left.args[0], -left.args[0])
            )
        side, a, b = self.reach
        if a:  # the mean value theorem, about the middle
            middle, whole = number((a + b) / 2), number(a).union(number(b))
            d0 = coefficient(self.series(left, right, side, middle), 0)
            slope = self.enclosed(left, right, side, whole, 1)
            return holds(d0 + slope * (whole - middle), relation)
        key = (left, right, side)
        if key not in self.about_0:
            near = self.series(left, right, side, number(0))
            d0, d1, bent = (coefficient(near, i) for i in range(3))
            first, hint = (d1, scale(d1, bent)) if d0.is_zero() else (d0, 0)  # what decides near 0
            self.about_0[key] = d0, d1, first.contains(0) and not first.is_zero(), hint
        d0, d1, hopeless, hint = self.about_0[key]
        self.hopeless, self.hint = self.hopeless or hopeless, min(self.hint, hint)
        if self.tried is not None and (self.hopeless or self.tried > self.hint):
            return None
        whole = up_to(number(b))
        if d0.is_zero() and d1.is_zero():
            return holds(self.leading(left, right, side, whole), relation)
        d2 = self.enclosed(left, right, side, whole, 2)  # Taylor's theorem, about 0
        if not d0.is_zero():
            return holds(d0 + d1 * whole + d2 * whole**2, relation)
        if self.tried is None:
            self.measure(d1 + d2 * number(b), abs(d1) + abs(d2 * number(b)))
        return holds(d1 + d2 * whole, relation)  # the difference over t

    def leading(self, left: Term, right: Term, side: int, whole: Any) -> Any:
        """The difference over t^k, which has the same sign, where its terms of order less than k <=
        4 vanish at 0.
        """
        with precision(order=4):
            near = self.series(left, right, side, number(0))
            k = next((k for k in range(4) if not coefficient(near, k).is_zero()), 4)
            return self.enclosed(left, right, side, whole, k)

    def measure(self, difference: Any, size: Any) -> None:
        """Notes how near a difference comes to 0, against the size of what is compared."""
        if size > 0:
            self.margin = min(self.margin, float((abs(difference) / size).mid()))

    def enclosed(self, left: Term, right: Term, side: int, whole: Any, order: int) -> Any:
        """The coefficient of t^order > 0 in left - right, about any of the values `whole`."""
        return (
            coefficient(self.series(left, right, side, whole, constant=False), order)
            if order
            else NOT_KNOWN
        )

    def series(self, left: Term, right: Term, side: int, about: Any, constant: bool = True) -> Any:
        """left - right as a series in t, about a ball of values."""
        self.t = variable(about, side)
        try:
            parts = self.parts(left, right, constant)
            return number(sum(parts[1:], parts[0])) if parts else number(0)
        except (
            ValueError,
            ZeroDivisionError,
        ):  # a denominator that contains 0, which a shorter range may not do
            return without_derivatives(NOT_KNOWN, self.t)

    def formula(self, f: Term) -> Answer:
        """Whether a formula holds; where a variable ranges: yes for all of its values, or no for
        all of them.
        """
        if f.op in ("defined", "not"):
            answer = self.formula(f.args[0])
            return answer if f.op == "defined" else negated(answer)
        if f.op == "and":
            return all_hold(self.formula(a) for a in f.args)
        if f.op == "or":
            return negated(all_hold(negated(self.formula(a)) for a in f.args))
        if f.op == "implies":
            premise, conclusion = f.args
            return negated(all_hold((self.formula(premise), negated(self.formula(conclusion)))))
        if f.op == "exists" and self.reach is None:
            return self.some_number(f) if f.data[1] == N else self.for_small(f)
        if f.op in ("<", "<=", ">", ">=", "==", "!="):
            left, right = f.args
            if left.sort == V:
                ranging, self.t = self.t if self.reach is None else None, None
                difference = self.vector(left if right is zero else left - right)
                same, self.t = all_hold(holds(x, "==") for x in difference), ranging
                return same if f.op == "==" else negated(same)
            flipped = f.op in (">", ">=")
            return self.compared(
                right if flipped else left, f.op.replace(">", "<"), left if flipped else right
            )
        raise KernelError(f"balls cannot decide {f}")

    def for_small(self, f: Term) -> Answer:
        """There is alpha0 > 0 such that P(alpha) for all alpha in (0, alpha0), or for all with
        |alpha| < alpha0.
        """
        sides, body = _small(f)
        answer, tried, margin = None, 1, self.margin  # beyond every hint: a first look
        for _ in range(SHRINKINGS):
            self.hopeless, self.hint, self.tried = False, 0, tried
            answer = all_hold(self.on_side(side, power_of_2(tried), body) for side in sides)
            if answer is not None or self.hopeless:
                break
            tried = min(tried - 2, self.hint - 7)
        self.margin, self.tried = min(margin, 2.0 ** (tried - self.hint)), None
        return answer

    def on_side(self, side: int, b: Any, body: Term) -> Answer:
        """P(alpha) for alpha in (0, b], in [-b, 0), or for alpha = 0."""
        around = self.bound
        self.reach, self.bound = (
            (side, 0, b) if side else None,
            [None if side else number(0), b, *around],
        )
        answer = self.formula(body)
        self.reach, self.bound = None, around
        return answer

    def some_number(self, f: Term) -> Answer:
        """There is k < n with P(k)."""
        bounded, *rest = f.args[0].args if f.args[0].op == "and" else f.args
        if bounded.op != "<" or bounded.args[0] is not build("bound", N, data=0):
            raise KernelError(f"balls cannot decide {f}: say k < n and ...")
        around, self.bound, self.t = self.bound, [None, *self.bound], None
        n = self.real(bounded.args[1]).unique_fmpz()
        if n is None:
            raise KernelError(f"balls cannot decide {f}: {bounded.args[1]} is no whole number")
        answers = []
        for value in range(int(n)):
            self.bound = [number(value), *around]
            answers.append(negated(all_hold(map(self.formula, rest))))
        self.bound = around
        return negated(all_hold(answers))

    def throughout(self, f: Term, a: Fraction, b: Fraction, pieces: int = PIECES) -> Answer:
        """Whether a formula holds for all values in (a, b] of the symbol that ranges; halved where
        in doubt.
        """
        self.reach = (1, a, b)
        answer = self.formula(f)
        if answer is not None:
            return answer
        if not pieces:  # perhaps it fails at the end
            self.reach, self.t = None, number(b)
            return False if self.formula(f) is False else None
        middle = (a + b) / 2
        return all_hold(
            self.throughout(f, *piece, pieces - 1) for piece in ((a, middle), (middle, b))
        )


def decide(
    formula: Term, at: Mapping[Term, Any], over: tuple[Term, Fraction] | None = None
) -> tuple[Answer, float]:
    """Whether `formula` holds at the values `at` of its symbols, for all alpha in (0, b] with over
    = (alpha, b).

    Values are exact numbers, lists of them, functions of balls and series, or functions without
    arguments that compute a value at the current precision. The second result is the margin: of the
    closest comparison, |a - b| against the size of what is compared; of "for all small alpha", the
    alpha0 found, against where terms of second order take over.
    """
    answer, margin = None, 1.0
    for bits in BITS:
        with precision(bits):
            values = Values({**at, over[0]: None} if over else at)
            answer = (
                values.throughout(formula, Fraction(0), over[1])
                if over
                else values.formula(formula)
            )
            margin = values.margin
        if answer is not None:
            break
    return answer, margin if answer is not None else 1.0


def _times(x: Any, factor: Number) -> Any:
    return x if factor == 1 else -x if factor == -1 else x * number(factor)


@cache
def _parts(t: Term) -> list[tuple[Number, Term]]:
    """A number as a sum of multiples of terms that are neither sums nor multiples."""
    if t.op == "+":
        return [part for a in t.args for part in _parts(a)]
    if t.op == "*" and t.args[0].op == "number":
        times = t.args[0].data.numerator if t.args[0].data.denominator == 1 else t.args[0].data
        return [(times * factor, part) for factor, part in _parts(multiply(*t.args[1:]))]
    return [(1, t)]


@cache
def _difference(left: Term, right: Term) -> list[tuple[Number, Term]]:
    return _parts(left - right)


@cache
def _small(f: Term) -> tuple[tuple[int, ...], Term]:
    """The sides on which alpha is small, and P(alpha), in a statement made by `for_all_small` or
    with |alpha|.
    """
    alpha, alpha0 = (build("bound", R, data=i) for i in (0, 1))
    body = f.args[0]
    if (
        body.op == "and"
        and len(body.args) == 2
        and body.args[0] is (alpha > 0)
        and body.args[1].op == "forall"
    ):
        small = body.args[1].args[0]
        for sides, premise in (
            ((1,), (alpha > 0) & (alpha < alpha0)),
            ((1, -1, 0), abs(alpha) < alpha0),
        ):
            if (
                small.op == "implies" and small.args[0] is premise and small.args[1].loose < 2
            ):  # no word of alpha0
                return sides, small.args[1]
    raise KernelError(f"balls cannot decide {f}")
