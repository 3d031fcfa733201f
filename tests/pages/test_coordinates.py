"""Statements without coordinates, put into coordinates: an independent semantics of the kernel's
language in R^n.

The claims speak of any real inner-product space. Here they are evaluated at random exact rational
points of R^n for n = 1, 2, 3, 10 and 100: wherever the hypotheses hold, so must the conclusion.
Numbers are exact: rational, or a sum of square roots, whose sign is decided exactly. A loss is a
quadratic function with its exact gradient.

A formula is true, false or undecided (None). A universal statement is checked at the samples of the
point, and false if it fails at one; an existential one is true if a sample is a witness, and
otherwise undecided. In a premise it is the other way round. So a claim that comes out false is
false. What is not decided is listed below by name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache, cached_property, partial
from itertools import pairwise, product
from math import isqrt, prod
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proofs import definitions
from proofs.claims import Claim
from proofs.kernel import N, R, Sort, Term, V, function, inner, norm, real, vector
from proofs.kernel.verdict import Judgement
from proofs.kernel.terms import TRUE
from proofs.runner.pages import load_pages

EXAMPLES = {
    1: 5,
    2: 5,
    3: 4,
    10: 3,
    100: 2,
}  # points with true hypotheses that are looked for in each dimension
ATTEMPTS = 20  # draws for each of them


class OutOfDomain(Exception):
    """A division by zero, a root of a negative number, or a number that this arithmetic does not
    have.
    """


# ------------------------------------------------------------------------------------ exact numbers
def rational_root(x: Fraction) -> Fraction | None:
    """The square root of x >= 0, if it is rational."""
    top, bottom = isqrt(x.numerator), isqrt(x.denominator)
    return (
        Fraction(top, bottom)
        if top * top == x.numerator and bottom * bottom == x.denominator
        else None
    )


@dataclass(frozen=True)
class Surd:
    """A sum of coefficient * sqrt(radicand); no quotient of two radicands is a square, so the roots
    are independent.
    """

    terms: tuple[tuple[Fraction, Fraction], ...]  # radicand, coefficient

    def __add__(self, other: Scalar | int) -> Scalar:
        return surd((*self.terms, *terms(other)))

    __radd__ = __add__

    def __mul__(self, other: Scalar | int) -> Scalar:
        return surd((d * e, a * b) for (d, a), (e, b) in product(self.terms, terms(other)))

    __rmul__ = __mul__

    def __sub__(self, other: Scalar) -> Scalar:
        return self + -1 * other

    def __rsub__(self, other: Scalar) -> Scalar:
        return other + -1 * self


Scalar = Fraction | Surd
Vector = tuple[Scalar, ...]


def terms(x: Scalar | int) -> tuple[tuple[Fraction, Fraction], ...]:
    """The number as a sum of roots."""
    return x.terms if isinstance(x, Surd) else ((Fraction(1), Fraction(x)),)


def surd(parts: Iterable[tuple[Fraction, Fraction]]) -> Scalar:
    """The sum of coefficient * sqrt(radicand), a Fraction if it is one."""
    sums = {Fraction(1): Fraction(0)}
    for radicand, coefficient in parts:
        for known in sums:
            if (ratio := rational_root(radicand / known)) is not None:
                sums[known] += ratio * coefficient
                break
        else:
            sums[radicand] = coefficient
    kept = tuple((d, c) for d, c in sums.items() if c)
    return sums[Fraction(1)] if all(d == 1 for d, _ in kept) else Surd(kept)


def sign(x: Scalar) -> int:
    """-1, 0 or 1. A Surd is not 0, because its roots are independent over the rationals."""
    if isinstance(x, Fraction):
        return (x > 0) - (x < 0)
    bits = 16
    while True:
        value, error = Fraction(0), Fraction(0)
        for d, c in x.terms:
            unit = Fraction(1, d.denominator << bits)
            value += c * isqrt((d.numerator * d.denominator) << 2 * bits) * unit
            error += abs(c) * unit
        if abs(value) > error:
            return (value > 0) - (value < 0)
        bits *= 2


def root(x: Scalar) -> Scalar:
    """The square root of a rational number."""
    if isinstance(x, Surd) or x < 0:
        raise OutOfDomain(x)
    return surd([(x, Fraction(1))]) if x else Fraction(0)


def inverse(x: Scalar) -> Scalar:
    """1 / x, for a sum of at most two roots: (p + q) (p - q) is rational."""
    if not sign(x) or len(terms(x)) > 2:
        raise OutOfDomain(x)
    (d, a), (e, b) = (*terms(x), (Fraction(1), Fraction(0)))[:2]
    return surd([(d, a / (a * a * d - b * b * e)), (e, -b / (a * a * d - b * b * e))])


# ---------------------------------------------------- vectors: tuples, or numbers for the real line
def plus(u: Any, v: Any) -> Any:
    """u + v."""
    return tuple(a + b for a, b in zip(u, v, strict=True)) if isinstance(u, tuple) else u + v


def scaled(c: Any, v: Any) -> Any:
    """c v."""
    return tuple(c * a if a else a for a in v) if isinstance(v, tuple) else c * v


def dot(u: Any, v: Any) -> Scalar:
    """u.v, on the real line the product."""
    pairs = zip(u, v, strict=True) if isinstance(u, tuple) else [(u, v)]
    return sum((a * b for a, b in pairs if a and b), start=Fraction(0))


def minus(u: Any, v: Any) -> Any:
    """u - v."""
    return tuple(a - b for a, b in zip(u, v, strict=True)) if isinstance(u, tuple) else u - v


def length(v: Any) -> Scalar:
    """|v|."""
    return root(dot(v, v)) if isinstance(v, tuple) else v if sign(v) >= 0 else -1 * v


# ------------------------------------------------------------------------------------------- losses
@dataclass(frozen=True, eq=False)
class Quadratic:
    """w |-> constant + slope.x + (bend x.x + fold (axis.x)^2) / 2 with x = w - centre; exact in
    every dimension.
    """

    centre: Any
    slope: Any
    axis: Any
    bend: Fraction
    fold: Fraction
    constant: Fraction

    def __call__(self, w: Any) -> Scalar:
        x = minus(w, self.centre)
        along = dot(self.axis, x)
        return (
            self.constant
            + dot(self.slope, x)
            + (self.bend * dot(x, x) + self.fold * along * along) * Fraction(1, 2)
        )

    def hessian(self, x: Any) -> Any:
        """The second derivative, applied to x."""
        return plus(scaled(self.bend, x), scaled(self.fold * dot(self.axis, x), self.axis))

    def gradient(self, w: Any) -> Any:
        """The gradient at w."""
        return plus(self.slope, self.hessian(minus(w, self.centre)))

    @cached_property
    def ends(self) -> tuple[Any, Any]:
        """Numbers between which the eigenvalues of the Hessian lie; the second is one of them."""
        return self.bend, self.bend + self.fold * dot(self.axis, self.axis)

    @cached_property
    def bound(self) -> Fraction:
        """A Lipschitz constant of the gradient; positive."""
        return Fraction(max(*map(abs, self.ends), Fraction(1, 10)))

    def modulus(self, epsilon: Scalar) -> Scalar:
        """|L(w + s) - L(w) - gradient(w).s| <= bound |s|^2 / 2 <= epsilon |s| where |s| < epsilon /
        bound.
        """
        return epsilon * (1 / self.bound)

    def modulus_at(self, w: Any, epsilon: Scalar) -> Scalar:
        """The same at every w."""
        return self.modulus(epsilon)

    @property
    def convex(self) -> bool:
        """Whether no eigenvalue is negative: enough in every dimension."""
        return bool(min(self.ends) >= 0)

    @property
    def minimizer(self) -> Any:
        """The minimizer, where the eigenvalues are positive: centre - Hessian^-1 slope (Sherman and
        Morrison).
        """
        back = self.fold * dot(self.axis, self.slope) * (1 / self.ends[1])
        return minus(self.centre, scaled(1 / self.bend, minus(self.slope, scaled(back, self.axis))))


@dataclass(frozen=True, eq=False)
class Run:
    """k |-> the k-th point of gradient descent."""

    start: Any
    gradient: Callable[[Any], Any]
    rate: Scalar

    def __call__(self, k: Fraction) -> Any:
        w = self.start
        for _ in range(int(k)):
            w = minus(w, scaled(self.rate, self.gradient(w)))
        return w


@dataclass(eq=False)
class Table:
    """A function with random values, drawn as they are asked for."""

    random: Random
    values: dict[tuple[Any, ...], Fraction] = field(default_factory=dict)

    def __call__(self, *at: Any) -> Fraction:
        return self.values.setdefault(at, Fraction(self.random.randint(-5, 5), 2))


# ----------------------------------------------------- notions known of such losses by construction
def is_gradient(loss: Any, at: Any, gradient: Any, modulus: Any) -> bool | None:
    """Differentiability: of a Quadratic, or of a quadratic function on the real line by central
    differences.
    """
    if isinstance(loss, Quadratic):
        return bool(gradient == loss.gradient(at) and modulus == loss.modulus)
    f = [loss(at + Fraction(k)) for k in (-1, 0, 1, 2)] if not isinstance(at, tuple) else []
    if (
        not f
        or sign(f[3] - 3 * f[2] + 3 * f[1] - f[0])
        or not isinstance(getattr(modulus, "__self__", 0), Quadratic)
    ):
        return None
    bent = f[2] - 2 * f[1] + f[0]
    return bool(2 * gradient == f[2] - f[0] and max(bent, -bent) <= 2 * modulus.__self__.bound)


def is_gradient_everywhere(loss: Any, gradient: Any, modulus: Any, **where: Any) -> bool | None:
    """Differentiability everywhere, or on a segment."""
    return (
        (gradient, modulus) == (loss.gradient, loss.modulus_at)
        if isinstance(loss, Quadratic)
        else None
    )


def is_lipschitz(gradient: Any, lipschitz: Any, **where: Any) -> bool | None:
    """A Lipschitz gradient, everywhere or on a segment."""
    loss = getattr(gradient, "__self__", None)
    return True if isinstance(loss, Quadratic) and sign(lipschitz - loss.bound) >= 0 else None


def is_minimizer(loss: Any, at: Any) -> bool | None:
    """A stationary point of a convex Quadratic."""
    return (
        not any(sign(x) for x in coordinates(loss.gradient(at)))
        if getattr(loss, "convex", False)
        else None
    )


def is_lower_bound(loss: Any, low: Any) -> bool | None:
    """A number that is at most the minimum."""
    return (
        sign(loss(loss.minimizer) - low) >= 0
        if isinstance(loss, Quadratic) and min(loss.ends) > 0
        else None
    )


def reduces(loss: Any, at: Any, direction: Any) -> bool | None:
    """Whether t u.gradient + t^2 u.Hu / 2 is negative for all small t > 0."""
    if not isinstance(loss, Quadratic):
        return None
    slope, bent = (
        sign(dot(direction, loss.gradient(at))),
        sign(dot(direction, loss.hessian(direction))),
    )
    return (slope or bent) < 0


def of_hessian(operator: Any, definite: bool = False) -> bool | None:
    """A Hessian is linear and symmetric, and positive definite if its eigenvalues are positive."""
    loss = getattr(operator, "__self__", None)
    known = isinstance(loss, Quadratic) and operator == loss.hessian
    return True if known and (not definite or min(loss.ends) > 0) else None  # type: ignore[union-attr]


def of_run(points: Any, gradient: Any, alpha: Any) -> bool | None:
    """What is gradient descent for the first steps is gradient descent."""
    return True if isinstance(points, Run) else None


KNOWN: dict[str, Callable[..., bool | None]] = {
    "differentiable": is_gradient,
    "differentiable_everywhere": is_gradient_everywhere,
    "differentiable_on_segment": is_gradient_everywhere,
    "lipschitz_gradient": is_lipschitz,
    "lipschitz_on_segment": is_lipschitz,
    "convex": lambda loss: True if getattr(loss, "convex", False) else None,
    "minimizer": is_minimizer,
    "lower_bound": is_lower_bound,
    "direction_of_reduced_loss": reduces,
    "linear": of_hessian,
    "symmetric": of_hessian,
    "positive_definite": partial(of_hessian, definite=True),
    "gradient_descent": of_run,
}
# Hypotheses with a quantifier, in words of their own, that hold by construction unless a sample
# refutes them.
CONSTRUCTED = {
    "L is quadratic",
    "theta moves along u",
    "u is against the gradient",
    "eta_star is the minimizer on the line",
}


@cache
def words(notion: str) -> str:
    """How the definition of this name reads, as it stands in the terms that it makes."""
    samples: dict[str, Term] = {
        "loss": function("loss", V >> R), "operator": function("operator", V >> V),
        "points": function("points", N >> V),
        "modulus": function("modulus", (V, R) >> R), "gradient": function("gradient", V >> V),
    }  # fmt: skip
    for name in ("at", "direction", "start", "step"):
        samples[name] = vector(name)
    for name in ("lipschitz", "low", "alpha"):
        samples[name] = real(name)
    define: Any = getattr(definitions, notion)
    if notion in ("differentiable", "direction_of_reduced_loss"):
        samples |= {"gradient": vector("slope"), "modulus": function("delta", R >> R)}
    names = define.__wrapped__.__code__.co_varnames[: define.__wrapped__.__code__.co_argcount]
    return str(define(*(samples[name] for name in names)).data[0])


RULES = {words(notion): rule for notion, rule in KNOWN.items()}


# ---------------------------------------------------------------------------------------- semantics
@dataclass(eq=False)
class Point:
    """Values in R^n for the variables of a claim, and the samples at which quantified statements
    are checked.
    """

    dimension: int
    values: dict[Term, Any]
    random: Random
    witness: Vector | None = None  # another sample
    found: dict[Term, Any] | None = (
        None  # the values of terms without loose variables, once nothing changes any more
    )

    @cached_property
    def samples(self) -> dict[Sort, list[Any]]:
        """A few numbers and vectors: arbitrary ones, and such as are made of the values of the
        variables.
        """
        numbers = [x for v, x in self.values.items() if v.sort == R][:4]
        vectors = [x for v, x in self.values.items() if v.sort == V][:4]
        lengths = [length(x) for x in vectors]
        turned = [scaled(-1 * a * inverse(b), v) for a in lengths[:2] for b, v in zip(lengths, vectors, strict=True)
                  if sign(b)]  # fmt: skip
        threefold = [3 * inverse(x) for x in numbers if sign(x)]
        losses = [
            q
            for q in self.values.values()
            if isinstance(q, Quadratic) and isinstance(q.centre, tuple)
        ]
        lowest = [q.minimizer for q in losses if min(q.ends) > 0]
        across = [minus(u, v) for u, v in pairwise(vectors)][:1]
        small = [Fraction(1, 50), Fraction(1), Fraction(-1, 3), Fraction(0)]
        drawn = draw_vector(self.random, self.dimension, vectors)
        zero = tuple(Fraction(0) for _ in range(self.dimension))
        return {
            N: [Fraction(k) for k in range(3)],
            R: [*small, *numbers, *(-1 * x for x in numbers[:2]), *threefold[:2]],
            V: [
                zero,
                drawn,
                *vectors,
                scaled(Fraction(1, 100), drawn),
                *turned,
                *across,
                *lowest,
                *([self.witness] if self.witness else []),
            ],
        }

    def value(self, t: Term, bound: tuple[Any, ...] = ()) -> Any:
        """The number, vector or function that a term denotes, its bound variables having the values
        `bound`.
        """
        if t.op in ("number", "symbol", "bound"):
            return (
                t.data
                if t.op == "number"
                else self.values[t]
                if t.op == "symbol"
                else bound[t.data]
            )
        if t.op in ("zero", "frame"):
            if t.op == "frame" and t.data > self.dimension:
                raise OutOfDomain(t)
            return tuple(
                Fraction(int(t.op == "frame" and k == t.data)) for k in range(1, self.dimension + 1)
            )
        if t.op == "fun":
            return lambda *xs: self.value(t.args[0], (*xs, *bound))
        if t.op == "^" and t.data == 2 and t.args[0].op == "norm":
            v = self.value(t.args[0].args[0], bound)
            return dot(v, v)
        if self.found is None or t.loose:
            return self._value(t, bound)
        if t not in self.found:
            self.found[t] = self._value(t, bound)
        return self.found[t]

    def _value(self, t: Term, bound: tuple[Any, ...]) -> Any:
        first, *rest = [self.value(a, bound) for a in t.args]
        match t.op:
            case "+":
                for x in rest:
                    first = plus(first, x)
                return first
            case "*":
                for x in rest:
                    first = first * x
                return first
            case "^":
                return prod([first] * t.data, start=Fraction(1))
            case "scale":
                return scaled(first, rest[0])
            case "/":
                return first * inverse(rest[0])
            case "inner":
                return dot(first, rest[0])
            case "norm" | "abs":
                return length(first)
            case "sqrt":
                return root(first)
            case "min" | "max":
                for x in rest:
                    first = x if sign(minus(x, first)) == (1 if t.op == "max" else -1) else first
                return first
            case "apply":
                return first(*rest)
        raise AssertionError(f"{t.op} has no meaning here")

    def holds(self, f: Term, positive: bool = True, bound: tuple[Any, ...] = ()) -> bool | None:
        """Whether a formula holds; `positive` says on which side of the implications it stands."""
        try:
            return self._holds(f, positive, bound)
        except OutOfDomain:
            return None

    def _holds(self, f: Term, positive: bool, bound: tuple[Any, ...]) -> bool | None:
        match f.op:
            case "and":
                return conjunction(self.holds(a, positive, bound) for a in f.args)
            case "or":
                return negated(conjunction(negated(self.holds(a, positive, bound)) for a in f.args))
            case "not":
                return negated(self.holds(f.args[0], not positive, bound))
            case "implies":
                premise = self.holds(f.args[0], not positive, bound)
                return (
                    True
                    if premise is False
                    else implied(premise, self.holds(f.args[1], positive, bound))
                )
            case "forall" | "exists":
                return self._quantified(f, positive, bound)
            case "defined":
                rule = RULES.get(f.data[0])
                named = (
                    {k: self.value(a, bound) for k, a in zip(f.data[1:], f.args[1:], strict=True)}
                    if rule
                    else {}
                )
                known = rule(**named) if rule and (not positive or rule is reduces) else None
                if known is False or (known and rule is reduces):
                    return known
                if known and self.dimension > 3 and rule is not of_run:
                    return True  # in small dimensions the samples check what is known
                sampled = self.holds(f.args[0], positive, bound)
                assert not (known and sampled is False) or rule is of_run, (
                    f"{f} is known, and a sample refutes it"
                )
                return sampled if sampled is False else known or sampled
        left, right = (self.value(a, bound) for a in f.args)
        signs = [sign(x) for x in coordinates(minus(left, right))]
        decided: dict[str, Callable[[], bool]] = {
            "==": lambda: not any(signs), "!=": lambda: any(signs), "<": lambda: signs[0] < 0,
            "<=": lambda: signs[0] <= 0, ">": lambda: signs[0] > 0, ">=": lambda: signs[0] >= 0,
        }  # fmt: skip
        return decided[f.op]()

    def _quantified(self, f: Term, positive: bool, bound: tuple[Any, ...]) -> bool | None:
        samples, universal = self.samples.get(f.data[1], []), f.op == "forall"
        if not samples or (universal != positive and quantifies(f.args[0])):
            return None  # no sample of a function, and no witness beyond doubt
        found = [self.holds(f.args[0], positive, (x, *bound)) for x in samples]
        all_or_none = conjunction(found) if universal else negated(conjunction(map(negated, found)))
        return all_or_none if universal == positive or all_or_none is not universal else None


def conjunction(parts: Iterable[bool | None]) -> bool | None:
    """False if one part is, else undecided if one part is; later parts are not looked at once one
    is False.
    """
    undecided = False
    for part in parts:
        if part is False:
            return False
        undecided = undecided or part is None
    return None if undecided else True


def negated(holds: bool | None) -> bool | None:
    """The negation."""
    return None if holds is None else not holds


def implied(premise: bool | None, conclusion: bool | None) -> bool | None:
    """The implication from a premise that is not False."""
    return True if conclusion else conclusion if premise else None


def quantifies(f: Term) -> bool:
    """Whether a quantifier occurs in the formula."""
    return f.op in ("forall", "exists") or any(map(quantifies, f.args))


def coordinates(v: Any) -> tuple[Scalar, ...]:
    """The coordinates of a vector, or the number alone."""
    return v if isinstance(v, tuple) else (v,)


# ------------------------------------------------------------------------------------------ drawing
def draw_number(random: Random, positive: bool = False) -> Fraction:
    """A rational number, rather small."""
    size = random.choice([Fraction(1, k) for k in (40, 40, 10, 3, 2, 1)] + [Fraction(2)])
    return size if positive else size * random.choice([-1, 1, 0, 1])


def draw_vector(random: Random, n: int, others: list[Vector]) -> Vector:
    """A rational vector: often a multiple of another one, or of rational length
    (stereographically), or any.
    """
    kind = random.randrange(6)
    if not random.randrange(8):
        return (Fraction(0),) * n
    drawn: Vector
    if others and kind < 2:
        drawn = scaled(
            random.choice([Fraction(k, 2) for k in (-2, -1, 1, 2)]), random.choice(others)
        )
        return drawn
    x = [Fraction(random.randint(-3, 3)) for _ in range(n)]
    if kind == 5:
        return tuple(x)
    last, square = random.randrange(n), sum((a * a for a in x[1:]), start=Fraction(0))
    unit = [2 * a / (square + 1) for a in x[1:]] + [(square - 1) / (square + 1)]
    unit[-1], unit[last] = unit[last], unit[-1]
    size: Scalar = random.choice([Fraction(-2), Fraction(1, 2), Fraction(1), Fraction(3)])
    drawn = scaled(length(others[0]) if others and kind == 4 else size, tuple(unit))
    return drawn


def draw_orthonormal(random: Random, n: int) -> tuple[Vector, Vector]:
    """Two columns of a reflection."""
    x = [Fraction(random.randint(-3, 3)) for _ in range(n)]
    x[0] += not any(x)
    i, j = random.sample(range(n), 2)
    square = sum((a * a for a in x), start=Fraction(0))
    columns = [
        tuple(Fraction(int(k == c)) - 2 * x[k] * x[c] / square for k in range(n)) for c in (i, j)
    ]
    return columns[0], columns[1]


POSITIVE = {"alpha", "eta", "lipschitz", "r", "epsilon", "other", "eta_star"}
STARTS, LOSSES, SLOPES = ("w0", "theta", "start"), ("L", "f"), ("g", "grad", "gradient", "slope")


class Draw:
    """The drawing of a point that has a fair chance to meet the hypotheses of a claim; they are
    checked afterwards.
    """

    def __init__(self, claim: Claim, n: int, random: Random) -> None:
        self.claim, self.random, self.n = claim, random, n
        self.named = {v.data: v for v in claim.for_all}
        self.point = Point(n, {}, random)
        self.values = self.point.values
        self.hypotheses = [
            part for h in claim.given.values() for part in (h.args if h.op == "and" else (h,))
        ]
        for v in claim.for_all:
            if v.sort in (R, N):
                number = draw_number(random, positive=v.data in POSITIVE and random.random() < 0.9)
                self.values[v] = number if v.sort == R else Fraction(random.randint(1, 4))
            elif v.sort == V:
                self.values[v] = draw_vector(
                    random, n, [x for w, x in self.values.items() if w.sort == V]
                )
        conclusions = claim.then.args if claim.then.op == "and" else (claim.then,)
        premises = [f.args[0] for f in conclusions if f.op == "implies"]
        premise = random.choice(premises) if premises and random.randrange(2) else TRUE
        wanted = [
            f
            for f in (premise.args if premise.op == "and" else (premise,))
            if f.op in ("==", "exists")
        ]
        self.settle(*wanted)
        loss = self.draw_loss()
        self.draw_functions(loss)
        self.settle(*wanted)
        if loss:
            self.draw_numbers_of(loss)
        self.point.found = {}

    def settle(self, *wanted: Term) -> None:
        """Gives variables the values that the equations wanted, and those among the hypotheses,
        demand of them.
        """
        for _ in range(2):
            for h in (*wanted, *self.hypotheses):
                try:
                    if h.op == "==":
                        self.solve(*h.args)
                    elif h.op == "exists":
                        self.witness(h)
                    elif (
                        h.op == "defined"
                        and h.data[0] == "{u} and {v} are orthonormal"
                        and self.n > 1
                    ):
                        if not self.point.holds(h, positive=False):
                            self.values |= zip(
                                h.args[1:], draw_orthonormal(self.random, self.n), strict=True
                            )
                    elif h.op == "defined" and h.data[0] == words("differentiable"):
                        loss, at, gradient, _ = h.args[1:]
                        if loss.op == "fun" and gradient.op == "symbol" and gradient.sort == R:
                            f, t = self.point.value(loss), self.point.value(at)
                            self.values[gradient] = (
                                f(t + Fraction(1)) - f(t - Fraction(1))
                            ) * Fraction(1, 2)
                except (KeyError, OutOfDomain):
                    continue  # it speaks of what is not drawn yet

    def witness(self, existential: Term) -> None:
        """Makes an existential statement true by giving values to the right sides of its
        equations.
        """
        if existential.data[1] == V:
            self.point.witness = x = draw_vector(self.random, self.n, [])
            for f in existential.args[0].args:
                if f.op == "==" and f.args[1].op == "symbol":
                    self.values[f.args[1]] = self.point.value(f.args[0], (x,))

    def solve(self, left: Term, right: Term) -> None:
        """Makes left == right true by a variable that is one side, that is scaled, or that is
        projected.
        """
        value = self.point.value
        if left.op == "symbol" and left not in right.free:
            self.values[left] = value(right)
        elif left.op == "norm" and left.args[0].op == "symbol":
            v = value(left.args[0])
            if right.op == "symbol":
                self.values[right] = length(v)
            elif sign(length(v)):
                self.values[left.args[0]] = scaled(value(right) * inverse(length(v)), v)
        elif (
            left.op == "inner"
            and left.args[0].op == "symbol"
            and right.op == "number"
            and not right.data
        ):
            u, x = map(value, left.args)
            if any(x):
                self.values[left.args[0]] = minus(u, scaled(dot(u, x) * inverse(dot(x, x)), x))
        elif left.op == "*" and left.args[0].op == "symbol":
            factor = prod(map(value, left.args[1:]), start=Fraction(1))
            if sign(factor):
                self.values[left.args[0]] = value(right) * inverse(factor)

    def draw_loss(self) -> Quadratic | None:
        """A quadratic loss, if the claim has one: with the gradient at the point that the
        hypotheses name.
        """
        symbol = next((self.named[name] for name in LOSSES if name in self.named), None)
        if symbol is None:
            return None
        space, random = symbol.sort.inputs[0], self.random
        others = [x for w, x in self.values.items() if w.sort == V]
        draw: Callable[[], Any] = lambda: (
            draw_number(random) if space == R else draw_vector(random, self.n, others)
        )
        centre, slope = draw(), draw()
        for v in self.claim.for_all:
            if v.sort == space and v.data in STARTS:
                centre = self.values[v]
            if v.sort == space and v.data in SLOPES:
                slope = self.values[v]
        for h in self.hypotheses:
            if h.op == "defined" and h.data[0] == words("differentiable") and h.args[1] is symbol:
                centre, slope = map(self.point.value, h.args[2:4])
        bowl = random.random() < 0.6
        bend, fold = (
            draw_number(random, positive=bowl),
            draw_number(random, positive=True) * (1 if bowl else -1),
        )
        axis = random.choice([slope, draw()])
        loss = Quadratic(centre, slope, axis, bend, fold * random.randrange(2), draw_number(random))
        self.values[symbol] = loss
        return loss

    def draw_functions(self, loss: Quadratic | None) -> None:
        """The gradient, the moduli, the Hessian of the loss; runs; tables for the rest."""
        for v in self.claim.for_all:
            inputs, output = v.sort.inputs, v.sort.output
            if v in self.values or not inputs:
                continue
            elif loss and len(inputs) == 1 and inputs[0] != N:
                kind = "hessian" if v.data == "H" else "gradient" if v.data in SLOPES else "modulus"
                self.values[v] = getattr(loss, kind)
            elif loss and inputs[0] in (R, V) and len(inputs) == 2:
                self.values[v] = loss.modulus_at
            elif output == R and not any(s.inputs for s in inputs):
                self.values[v] = Table(self.random)
        for v in self.claim.for_all:
            if v.sort == N >> V and v.data in ("W", "theta"):
                self.draw_run(v, loss)
        if {"theta", "u"} <= self.named.keys() and self.named["u"].sort == N >> V:
            run = self.values[self.named["theta"]]
            self.values[self.named["u"]] = lambda k: scaled(Fraction(-1), run.gradient(run(k)))

    def draw_run(self, symbol: Term, loss: Quadratic | None) -> None:
        """Gradient descent on the loss, or along the gradient that a hypothesis names."""
        vectors = [x for w, x in self.values.items() if w.sort == V]
        start = draw_vector(self.random, self.n, vectors)
        rate = (
            self.values[next(self.named[k] for k in ("alpha", "eta") if k in self.named)]
            if loss
            else Fraction(0)
        )
        if loss and self.random.random() < 0.8:
            rate = rate * (1 / (2 * loss.bound))
            self.values[next(self.named[k] for k in ("alpha", "eta") if k in self.named)] = rate
        gradient: Any = loss.gradient if loss else None
        for h in self.hypotheses:
            if not loss and h.op == "defined" and h.data[0] == words("gradient_descent"):
                gradient, rate = map(self.point.value, h.args[2:4])
        self.values[symbol] = Run(start, gradient, rate)

    def draw_numbers_of(self, loss: Quadratic) -> None:
        """Numbers and vectors that belong to the loss."""
        values, random = self.values, self.random
        for name, v in self.named.items():
            if name == "lipschitz":
                values[v] = loss.bound * random.choice([1, 1, 2])
            elif (
                name in ("alpha", "eta", "s", "u", "other")
                and v.sort in (R, V)
                and random.randrange(2)
            ):
                if not any(w.sort == N >> V for w in self.claim.for_all) and not self.equated(v):
                    values[v] = scaled(
                        Fraction(1, random.choice([1, 4])) * (1 / loss.bound), values[v]
                    )
            elif name in ("w_star", "theta_star") and min(loss.ends) > 0:
                values[v] = loss.minimizer
            elif name in ("L_star", "low") and min(loss.ends) > 0:
                values[v] = loss(loss.minimizer)
            elif name == "eta_star" and (
                bent := dot(values[self.named["u"]], loss.hessian(values[self.named["u"]]))
            ):
                values[v] = -1 * dot(values[self.named["u"]], loss.slope) * inverse(bent)

    def equated(self, v: Term) -> bool:
        """Whether an equation of the hypotheses mentions the variable."""
        return any(h.op == "==" and v in h.free for h in self.hypotheses)


# --------------------------------------------------------------------------------------- the claims
CLAIMS = {
    f"{page.id} {name}": claim for page in load_pages() for name, claim in page.claims.items()
}


def names(listed: str) -> list[str]:
    """The claims of a list such as "a04 CLAIM, a05 CLAIM"."""
    return [" ".join(name.split()) for name in listed.split(",")]


REFUTED = names(
    """
    a03 WITH_A_PLUS, a03 MISREADING_ALPHA_MAKES_THE_SLOPE_NEGATIVE, a04 CLAIM, a04 EVEN_WHERE_IT_LOWERS, a05 CLAIM,
    a05 TURNED_ROUND, a06 CONTINUITY_ALONE, a06 PARTIALS_ALONE, a11 FOR_EVERY_ALPHA, a12 CURVATURE_AT_THE_START,
    a13 CLAIM, a13 AT_A_MAXIMUM, a13 AT_A_SADDLE, a13 AT_A_MINIMUM, a14 CLAIM, a14 MISREADING_SMALL_STEP,
    a14 LIPSCHITZ_IS_NECESSARY, a16 CLAIM, a16 LIMIT_IS_A_LOCAL_MINIMIZER, a16 CONVEX_LOSS, a16 MINIMUM_EXISTS,
    a16 IN_FINITELY_MANY_STEPS, a16 ONE_RATE_APPROACHES, a16 ONE_RATE_STAYS_BOUNDED, a16 LIMIT_IS_STATIONARY,
    b03 MISREADING_AT_ONE_ETA, b04 CLAIM, b04 DOWNHILL_ON_A_CONVEX_LOSS, b05 MISREADING_PAST_MEANS_HIGHER,
    b06 CLAIM, b06 ONLY_BELOW_1, b07 FOR_EVERY_ETA, b08 CLAIM, b08 GRADIENT_DESCENT, b08 CONVEX_LOSS,
    b09 SERIES_CONVERGES, b09 SUM_IS_THE_LOSS, b11 CLAIM, b11 REST_IS_SMALLER_THAN_ETA_SLOPE,
    b12 MISREADING_AS_AN_EQUALITY, b13 CLAIM, b13 NOT_EVEN_ZERO_OR_LESS, b13 FOR_ALL_SMALL_ETA,
    b14 MISREADING_GOOD_WITH_EVERY_ETA, b16 MISREADING_THE_RANGE_IS_THE_DOT_PRODUCT, b20 CLAIM,
    b20 FOR_EVERY_LENGTH, b21 THE_OTHER_WAY_ROUND, b23 CLAIM, b23 OPPOSITE_IN_EVERY_NORM,
    b24 MISREADING_UNIT_VECTOR, b24 MISREADING_ONE_AFTER_THE_OTHER, b25 PARTIALS_ALONE
    """
)
# Of those, some are refuted at the points that are drawn here: the points are not too tame.
CAUGHT = names(
    """
    a03 WITH_A_PLUS, a04 CLAIM, a11 FOR_EVERY_ALPHA, b12 MISREADING_AS_AN_EQUALITY, b24 MISREADING_UNIT_VECTOR,
    b16 MISREADING_THE_RANGE_IS_THE_DOT_PRODUCT, b24 MISREADING_ONE_AFTER_THE_OTHER
    """
)
# Out of reach: hypotheses on cosines, norms, series, unknown functions, or sequences that are not
# drawn here.
OUT_OF_REACH = names(
    """
    a06 CLAIM, a17 FINITELY_MANY_DATA, b07 CLAIM, b09 CLAIM, b09 REPAIR, b09 EVERY_POLYNOMIAL,
    b09 THE_FIRST_COEFFICIENTS, b09 EVERY_DERIVATIVE_VANISHES, b10 THE_ONLY_ONE, b22 CLAIM, b23 IN_ANY_NORM,
    b23 IN_THE_MAX_NORM, b23 IN_THE_1_NORM
    """
)
# Conclusions, by number, that are out of reach: "there is alpha0 such that for all alpha", "for all
# epsilon there is".
NEVER_DECIDED: dict[str, set[int]] = {
    "a01 SMALL_TOGETHER": {1, 2},
    "a02 SMALL_STEPS": {1},
    "a05 AT_A_STRICT_MINIMUM": {1},
    "a05 REPAIR": {1},
    "a07 CLAIM": {1},
    "a07 IT_IS_DIFFERENTIABILITY": {1, 2},
    "a11 CLAIM": {1},
    "a13 REPAIR": {1},
    "b02 CLAIM": {1},
    "b12 CLAIM": {1},
    "b20 REPAIR": {1},
    "b25 CLAIM": {1},
    "b25 THE_SAME_AS_A07": {1, 2},
}
# Conclusions, by number, that speak of what exists, or rest on what holds for all, and lack a
# witness at some points.
SOMETIMES_UNDECIDED: dict[str, set[int]] = {
    "a05 SOME_RAISE": {1},
    "a05 SOME_LOWER": {1},
    "a06 WITHOUT_CONTINUITY": {1},
    "b04 TOWARDS_MEANS_NEARER": {1, 2},
    "b05 THE_MINIMIZER_ON_THE_LINE": {1},
    "b15 WHERE_A_BOUND_IS_REACHED": {1},
    "b15 IN_DIMENSION_TWO_AND_MORE": {2},
    "b23 REPAIR_STEEPEST_IN_THE_EUCLIDEAN_NORM": {1},
}
# The only claims that have no point in R^1 are those about two orthonormal vectors.
TWO_DIMENSIONAL = names(
    """
    a16 STRIP_OF_STARTS, b01 BY_COMPONENTS, b10 BY_COMPONENTS, b15 IN_DIMENSION_TWO_AND_MORE, b16 CLAIM,
    b20 THE_BOUND_IS_SHARP, b23 A_DIRECTION_NEARLY_ACROSS, b24 CLAIM
    """
)


@dataclass
class Report:
    """What came of the points drawn for a claim."""

    tested: Counter[int] = field(
        default_factory=Counter
    )  # by dimension: points at which the hypotheses hold
    undecided: Counter[int] = field(default_factory=Counter)  # by the number of the conclusion
    empty: Counter[int] = field(
        default_factory=Counter
    )  # by the number of the conclusion: premise false
    refuted: list[str] = field(default_factory=list)


def meets(claim: Claim, point: Point) -> bool:
    """Whether the hypotheses hold at the point, as far as quantified ones can be decided by
    construction.
    """
    for name, hypothesis in claim.given.items():
        holds = point.holds(hypothesis, positive=False)
        if not (holds or (holds is None and name in CONSTRUCTED)):
            return False
    return True


def examine(
    claim: Claim, examples: Mapping[int, int] = EXAMPLES, attempts: int = ATTEMPTS
) -> Report:
    """Evaluates a claim at points of R^n that hypothesis draws."""
    report = Report()
    conclusions = claim.then.args if claim.then.op == "and" else (claim.then,)

    def at(n: int, seed: int) -> None:
        random = Random(f"{n} {seed}")
        points = (Draw(claim, n, random).point for _ in range(attempts))
        point = next((p for p in points if meets(claim, p)), None)
        if point is None:
            return
        report.tested[n] += 1
        for i, conclusion in enumerate(conclusions, 1):
            holds = point.holds(conclusion)
            report.undecided[i] += holds is None
            if conclusion.op == "implies":
                report.empty[i] += point.holds(conclusion.args[0], positive=False) is False
            if holds is False:
                values = {v.data: x for v, x in point.values.items()}
                report.refuted.append(f"in R^{n}, {values} refutes {conclusion}")

    for n, count in examples.items():
        exactly = settings(derandomize=True, database=None, deadline=None, max_examples=count)
        exactly(given(st.just(n), st.integers(0, 2**32))(at))()
    return report


@pytest.mark.parametrize("name", [name for name in CLAIMS if name not in (*REFUTED, *OUT_OF_REACH)])
def test_claim_holds_in_coordinates(name: str) -> None:
    report = examine(CLAIMS[name])
    assert not report.refuted, report.refuted[0]
    missing = set(EXAMPLES) - set(report.tested)
    assert missing == ({1} if name in TWO_DIMENSIONAL else set()), (
        f"no point meets the hypotheses in R^n, n in {missing}"
    )
    total = report.tested.total()
    never = {i for i, count in report.undecided.items() if count == total}
    assert never == NEVER_DECIDED.get(name, set()), report.undecided
    assert set(+report.undecided) - never == SOMETIMES_UNDECIDED.get(name, set()), report.undecided
    assert not [i for i, count in report.empty.items() if count == total], (
        "a premise that no point meets"
    )


@pytest.mark.parametrize("name", OUT_OF_REACH)
def test_what_is_called_out_of_reach_is(name: str) -> None:
    assert not examine(CLAIMS[name], examples={1: 5, 2: 5}, attempts=2).tested


@pytest.mark.parametrize("name", CAUGHT)
def test_points_refute_what_is_refuted(name: str) -> None:
    assert examine(CLAIMS[name]).refuted


def test_the_lists_name_every_claim_that_is_not_tested(judgements: dict[str, Judgement]) -> None:
    outcomes = {
        f"{page} {name}": o for page, j in judgements.items() for name, o in j.outcomes.items()
    }
    assert {name for name, outcome in outcomes.items() if outcome == "refuted"} == set(REFUTED)
    assert {
        *OUT_OF_REACH,
        *NEVER_DECIDED,
        *SOMETIMES_UNDECIDED,
        *TWO_DIMENSIONAL,
    } <= outcomes.keys() - set(REFUTED)
    assert set(CAUGHT) <= set(REFUTED)


# ----------------------------------------------------------------------------------- planted faults
u, v = vector("u v")
c = real("c")
FAULTS = {
    "Cauchy and Schwarz with k / 2": Claim(
        for_all=[u, v], then=abs(inner(u, v)) <= norm(u) * norm(v) / 2
    ),
    "the triangle inequality the wrong way": Claim(
        for_all=[u, v], then=norm(u + v) >= norm(u) + norm(v)
    ),
    "a norm without the absolute value": Claim(for_all=[c, v], then=norm(c * v) == c * norm(v)),
    "a missing square": Claim(for_all=[c, v], then=inner(v, -c * v) == -c * norm(v)),
    "Pythagoras everywhere": Claim(
        for_all=[u, v], then=norm(u + v) ** 2 == norm(u) ** 2 + norm(v) ** 2
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("n", EXAMPLES)
def test_planted_fault_is_caught(fault: str, n: int) -> None:
    assert examine(FAULTS[fault], examples={n: 30}).refuted


@pytest.mark.parametrize(
    ("name", "without"),
    [
        ("a10 CLAIM", "the gradient is not zero"),
        ("a12 CLAIM", "alpha is small"),
        ("b14 CLAIM", "eta is small"),
        ("b19 CLAIM", "u has the length r"),
    ],
)
def test_points_show_that_a_hypothesis_is_needed(name: str, without: str) -> None:
    claim = CLAIMS[name]
    assert without in claim.given
    given = {hypothesis: f for hypothesis, f in claim.given.items() if hypothesis != without}
    assert examine(Claim(for_all=claim.for_all, given=given, then=claim.then)).refuted


@pytest.mark.parametrize(
    "true", [abs(inner(u, v)) <= norm(u) * norm(v), norm(u + v) <= norm(u) + norm(v)]
)
def test_true_statement_is_not(true: Term) -> None:
    report = examine(Claim(for_all=[u, v], then=true))
    assert set(report.tested) == set(EXAMPLES)
    assert not report.refuted
    assert not +report.undecided


def test_signs_of_sums_of_roots() -> None:
    root_of: Callable[[int], Scalar] = lambda n: root(Fraction(n))
    assert (
        sign(minus(root_of(2) + root_of(3), root_of(10)))
        < 0
        < sign(minus(root_of(2) + root_of(3), root_of(9)))
    )
    assert sign(minus(root_of(8), 2 * root_of(2))) == 0
    assert (1 + root_of(2)) * inverse(1 + root_of(2)) == 1
    assert root_of(2) * root_of(8) == 4
    assert root(Fraction(4, 9)) == Fraction(2, 3)
