"""The value of a term and the truth of a formula at a point of R^n."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from math import prod
from random import Random
from typing import Any

from proofs.kernel import N, R, Sort, Term, V
from tests.pages.coordinates.losses import Quadratic
from tests.pages.coordinates.notions import RULES, of_run, reduces
from tests.pages.coordinates.roots import OutOfDomain, inverse, root, sign
from tests.pages.coordinates.vectors import (
    Vector, coordinates, dot, draw_vector, length, minus, plus, scaled,
)  # fmt: skip


@dataclass(eq=False)
class Point:
    """Values in R^n for the variables of a claim, and samples for quantified statements."""

    dimension: int
    values: dict[Term, Any]
    random: Random
    witness: Vector | None = None  # another sample
    found: dict[Term, Any] | None = None  # values of closed terms, once nothing changes any more

    @cached_property
    def samples(self) -> dict[Sort, list[Any]]:
        """A few numbers and vectors: any ones, and some made of the values of the variables."""
        numbers = [x for v, x in self.values.items() if v.sort == R][:4]
        vectors = [x for v, x in self.values.items() if v.sort == V][:4]
        lengths = [length(x) for x in vectors]
        directed = [(v, b) for v, b in zip(vectors, lengths, strict=True) if sign(b)]
        turned = [scaled(-1 * a * inverse(b), v) for a in lengths[:2] for v, b in directed]
        threefold = [3 * inverse(x) for x in numbers if sign(x)]
        losses = [q for q in self.values.values() if isinstance(q, Quadratic)]
        lowest = [q.minimizer for q in losses if isinstance(q.centre, tuple) and min(q.ends) > 0]
        across = [minus(u, v) for u, v in pairwise(vectors)][:1]
        small = [Fraction(1, 50), Fraction(1), Fraction(-1, 3), Fraction(0)]
        drawn = draw_vector(self.random, self.dimension, vectors)
        zero = tuple(Fraction(0) for _ in range(self.dimension))
        return {
            N: [Fraction(k) for k in range(3)],
            R: [*small, *numbers, *(-1 * x for x in numbers[:2]), *threefold[:2]],
            V: [zero, drawn, *vectors, scaled(Fraction(1, 100), drawn), *turned, *across, *lowest]
            + ([self.witness] if self.witness else []),
        }

    def value(self, t: Term, bound: tuple[Any, ...] = ()) -> Any:
        """The number, vector or function that a term denotes; `bound` are its bound variables'."""
        match t.op:
            case "number":
                return t.data
            case "bound":
                return bound[t.data]
            case "symbol":
                if t not in self.values:
                    raise OutOfDomain(f"{t} is not drawn")
                return self.values[t]
            case "zero" | "frame":
                axis = t.data if t.op == "frame" else 0
                if axis > self.dimension:
                    raise OutOfDomain(t)
                return tuple(Fraction(int(k + 1 == axis)) for k in range(self.dimension))
            case "fun":
                return lambda *xs: self.value(t.args[0], (*xs, *bound))
            case "^" if t.data == 2 and t.args[0].op == "norm":
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
        """Whether a formula holds; `positive` where it is claimed, and not where it is assumed."""
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
                if premise is False:
                    return True
                return implied(premise, self.holds(f.args[1], positive, bound))
            case "forall" | "exists":
                return self._quantified(f, positive, bound)
            case "defined":
                return self._defined(f, positive, bound)
        left, right = (self.value(a, bound) for a in f.args)
        signs = [sign(x) for x in coordinates(minus(left, right))]
        decided: dict[str, Callable[[], bool]] = {
            "==": lambda: not any(signs), "!=": lambda: any(signs), "<": lambda: signs[0] < 0,
            "<=": lambda: signs[0] <= 0, ">": lambda: signs[0] > 0, ">=": lambda: signs[0] >= 0,
        }  # fmt: skip
        return decided[f.op]()

    def _defined(self, f: Term, positive: bool, bound: tuple[Any, ...]) -> bool | None:
        rule = RULES.get(f.data[0])
        known = None
        if rule and (not positive or rule is reduces):
            named = zip(f.data[1:], f.args[1:], strict=True)
            known = rule(**{name: self.value(a, bound) for name, a in named})
        if known is False or (known and rule is reduces):
            return known
        if known and self.dimension > 3 and rule is not of_run:
            return True  # in small dimensions the samples check what is known
        sampled = self.holds(f.args[0], positive, bound)
        if known and sampled is False:
            assert rule is of_run, f"{f} is known, and a sample refutes it"
        return sampled if sampled is False else known or sampled

    def _quantified(self, f: Term, positive: bool, bound: tuple[Any, ...]) -> bool | None:
        if no_sample_decides(f, positive):
            return None
        samples, universal = self.samples[f.data[1]], f.op == "forall"
        found = [self.holds(f.args[0], positive, (x, *bound)) for x in samples]
        all_or_none = conjunction(found) if universal else negated(conjunction(map(negated, found)))
        return all_or_none if universal == positive or all_or_none is not universal else None


def conjuncts(f: Term) -> tuple[Term, ...]:
    """The parts of a conjunction, or the formula alone."""
    return f.args if f.op == "and" else (f,)


def conjunction(parts: Iterable[bool | None]) -> bool | None:
    """False if one part is, and then no later part is looked at; else undecided if one part is."""
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


def no_sample_decides(f: Term, positive: bool) -> bool:
    """Whether a quantified formula has no samples, or none that shows it beyond doubt.

    There are none of functions; and where "there is alpha0 such that for all alpha" is claimed, or
    "for all alpha0 there is alpha" assumed, what holds at a sample is itself not beyond doubt.
    """
    doubtful = (f.op == "forall") != positive and quantifies(f.args[0])
    return doubtful or f.data[1] not in (N, R, V)


def beyond_samples(f: Term, positive: bool = True) -> bool:
    """Whether a formula that no sample decides occurs in this one."""
    if f.op in ("forall", "exists") and no_sample_decides(f, positive):
        return True
    if f.op in ("not", "implies"):
        first, *rest = f.args
        return beyond_samples(first, not positive) or any(beyond_samples(a, positive) for a in rest)
    parts = f.args[:1] if f.op == "defined" else f.args
    return any(beyond_samples(part, positive) for part in parts)
