"""Binders: whatever the kernel does to random statements, they keep their meaning.

The statements have quantifiers and functions. A finite model (`exact.py`) gives every statement a
truth value. Normal forms and negations must keep it; to substitute in the statement must be to
change the model; an instance must be the body at the value. Each seed is a test of its own.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from fractions import Fraction
from functools import partial
from typing import Any

import pytest

from proofs.kernel import (
    KernelError, N, R, Term, V, definition, e1, e2, entails, exists, forall, fun, function,
    generalize, iff, implies, inner, instance, maximum, minimum, natural, negation, norm, real,
    sqrt, substitute, vector, zero,
)  # fmt: skip
from proofs.kernel.algebra import normal
from proofs.kernel.solver import NotProved
from proofs.kernel.terms import Sort, open_binder, replace
from tests.kernel.exact import DIMENSION, IrrationalError, Model

x, y = real("x y")
n, m = natural("n m")
u, v = vector("u v")
f = function("f", R >> R)
h = function("h", (R, V) >> R)
G = function("G", V >> V)
q = function("q", N >> V)
k = function("k", R >> N)
K = function("K", (R >> R) >> R)
SYMBOLS = [x, y, n, m, u, v, f, h, G, q, k, K]
FREE: dict[Sort, list[Term]] = {R: [x, y, n], N: [n, m], V: [u, v, e1, e2, zero]}


@definition("{a} is bounded by {b}")
def bounded(a: Any, b: Any) -> Term:
    """A defined notion with a binder of its own, whose variable is called like others."""
    return forall(R, lambda t: implies(t * a < b, h(t, u) <= a * t))


class Maker:
    """Random terms and formulas over the variables in `scope`."""

    def __init__(self, seed: int):
        self.rng = random.Random(seed)

    def pick(self, *makers: Callable[[], Any]) -> Any:
        """What one of the makers makes; another try where it divides by a literal 0."""
        while True:
            with suppress(KernelError):
                return self.rng.choice(makers)()

    def bound(
        self, sort: Sort, depth: int, make: Callable[..., Any], scope: dict[Sort, list[Term]]
    ) -> Any:
        """A Python function for a binder: its variable is in scope, and likely to be used."""
        return lambda t: make(depth - 1, {**scope, sort: [*scope[sort], t, t, t]})

    def number(self, depth: int, scope: dict[Sort, list[Term]]) -> Any:
        """A number."""
        if depth <= 0 or self.rng.random() < 0.2:
            return self.rng.choice(
                [*scope[R], *scope[N], x * 0 + self.rng.choice([0, 1, -2, Fraction(1, 2)])]
            )
        a: Callable[[], Any] = lambda: self.number(depth - 1, scope)
        w: Callable[[], Any] = lambda: self.vector(depth - 1, scope)
        return self.pick(
            lambda: a() + a(), lambda: a() - a(), lambda: a() * a(), lambda: a() ** 2,
            lambda: a() / a(), lambda: inner(w(), w()), lambda: inner(w(), w()), lambda: norm(w()),
            lambda: abs(a()), lambda: sqrt(a()), lambda: minimum(a(), a()),
            lambda: maximum(a(), a(), a()), lambda: f(a()), lambda: h(a(), w()), lambda: k(a()),
            lambda: K(f), lambda: K(fun(R, self.bound(R, depth, self.number, scope))),
            lambda: fun(R, self.bound(R, depth, self.number, scope))(a()),
            lambda: fun(V, R, lambda s, t: self.number(
                depth - 1, {**scope, V: [*scope[V], s, s, s], R: [*scope[R], t, t, t]}
            ))(w(), a()),
        )  # fmt: skip

    def vector(self, depth: int, scope: dict[Sort, list[Term]]) -> Any:
        """A vector."""
        if depth <= 0 or self.rng.random() < 0.25:
            return self.rng.choice(scope[V])
        a: Callable[[], Any] = lambda: self.number(depth - 1, scope)
        w: Callable[[], Any] = lambda: self.vector(depth - 1, scope)
        return self.pick(
            lambda: w() + w(), lambda: w() - w(), lambda: a() * w(), lambda: w() / a(),
            lambda: G(w()), lambda: q(self.rng.choice(scope[N])),
            lambda: fun(R, self.bound(R, depth, self.vector, scope))(a()),
        )  # fmt: skip

    def functional(self, g: Term, scope: dict[Sort, list[Term]]) -> Any:
        """A number made of a function's values at a few places, one through another functional."""
        a, b = self.number(1, scope), self.number(1, scope)
        return g(a) * self.number(1, scope) + K(fun(R, lambda t: g(t * b) + t * g(b))) - g(b)

    def formula(self, depth: int, scope: dict[Sort, list[Term]]) -> Any:
        """A formula."""
        a: Callable[[], Any] = lambda: self.number(2, scope)
        w: Callable[[], Any] = lambda: self.vector(1, scope)
        p: Callable[[], Any] = lambda: self.formula(depth - 1, scope)
        if depth <= 0 or self.rng.random() < 0.25:
            return self.pick(
                lambda: a() < a(), lambda: a() <= a(), lambda: a() > a(), lambda: a() >= a(),
                lambda: a() == a(), lambda: a() != a(), lambda: w() == w(), lambda: w() != w(),
                lambda: bounded(a(), a()),
            )  # fmt: skip
        sort = self.rng.choice([R, R, N, V])
        body = self.bound(sort, depth, self.formula, scope)
        return self.pick(
            lambda: forall(sort, body), lambda: exists(sort, body), lambda: forall(sort, body),
            lambda: exists(sort, body), lambda: p() & p(), lambda: p() | p(), lambda: ~p(),
            lambda: negation(p()), lambda: implies(p(), p()), lambda: iff(p(), p()),
        )  # fmt: skip

    def model(self) -> Model:
        """Random values for the symbols, and small domains."""
        number: Callable[[], Fraction] = lambda: Fraction(
            self.rng.choice([-2, -1, 0, 1, 2, 3]), self.rng.choice([1, 2])
        )
        values: dict[Sort, Callable[[], Any]] = {
            R: number,
            N: lambda: Fraction(self.rng.choice([0, 1, 2, 5])),
            V: lambda: tuple(number() for _ in range(DIMENSION)),
        }

        def function_into(sort: Sort) -> Callable[..., Any]:
            table: dict[tuple[Any, ...], Any] = {}

            def value(*arguments: Any) -> Any:
                return table.setdefault(arguments, values[sort]())

            return value

        domains = {
            R: [Fraction(c) for c in (-1, 0, 2)],
            N: [Fraction(0), Fraction(3)],
            V: [values[V]() for _ in range(2)],
        }
        given = {
            s: values[s.sort]() if s.sort in values else function_into(s.sort.output or R)
            for s in SYMBOLS
        }
        given[K] = lambda g: g(Fraction(1)) - 2 * g(Fraction(0)) * g(Fraction(-1, 2))
        return Model(given, domains)

    def replacement(self) -> dict[Any, Any]:
        """A term of its sort for each of some symbols."""
        scope = FREE
        values: dict[Any, Callable[[], Any]] = {
            x: lambda: self.number(2, scope),
            u: lambda: self.vector(2, scope),
            n: lambda: self.rng.choice([m, n + 1, m * n, m * 0 + 2]),
            f: lambda: fun(R, self.bound(R, 2, self.number, scope)),
            h: lambda: fun(
                R,
                V,
                lambda s, t: self.number(2, {**scope, R: [*scope[R], s, s], V: [*scope[V], t, t]}),
            ),
            G: lambda: fun(V, self.bound(V, 2, self.vector, scope)),
            K: lambda: fun(R >> R, lambda g: self.functional(g, scope)),
        }
        return {s: self.pick(values[s]) for s in self.rng.sample(list(values), 4)}


def statements(seed: int, count: int = 12) -> Iterator[tuple[Maker, Term, Model]]:
    """Random statements, each with a model."""
    maker = Maker(seed)
    for _ in range(count):
        yield maker, maker.formula(3, FREE), maker.model()


SEEDS = range(20)


@pytest.mark.parametrize("seed", SEEDS)
def test_normal_forms_and_negations_keep_the_meaning(seed: int) -> None:
    for _, statement, model in statements(seed):
        form, negated = normal(statement), negation(statement)
        assert normal(~statement) is normal(negated)
        assert normal(form) is form
        with suppress(IrrationalError):
            value = model.value(statement)
            assert model.value(form) is value
            assert model.value(negated) is not value


def unless_undefined(attempt: Callable[[], Any]) -> Any:
    """What it gives; None where a denominator has become the literal 0."""
    try:
        return attempt()
    except KernelError as error:
        if "the denominator is zero" in str(error):
            return None
        raise


@pytest.mark.parametrize("seed", SEEDS)
def test_substitution_is_a_change_of_the_model(seed: int) -> None:
    for maker, statement, model in statements(1000 + seed):
        replacement = maker.replacement()
        with suppress(IrrationalError):
            changed = Model(
                {**model.values, **{s: model.value(t) for s, t in replacement.items()}},
                model.domains,
            )
            value = changed.value(statement)
            substituted = unless_undefined(partial(replace, statement, replacement))
            assert substituted is None or model.value(substituted) is value


@pytest.mark.parametrize("seed", SEEDS)
def test_an_instance_is_the_body_at_the_value(seed: int) -> None:
    maker = Maker(2000 + seed)

    def body(s: Term, t: Term) -> Any:
        return maker.formula(2, {**FREE, V: [*FREE[V], s, s, s], R: [*FREE[R], t, t, t]})

    for _ in range(12):
        universal, model = forall(V, R, body), maker.model()
        w, t = maker.vector(2, FREE), maker.number(2, FREE)
        inside = universal.args[0].args[0]
        opened = unless_undefined(partial(instance, universal, w, t))
        half = unless_undefined(partial(open_binder, universal.args[0], (w,)))
        with suppress(IrrationalError):
            number, place = model.value(t), model.value(w)
            assert opened is None or model.value(opened.goal) is model.value(
                inside, (number, place)
            )
            each = [model.value(inside, (other, place)) for other in model.domains[R]]
            assert half is None or model.value(half) is all(each)


@pytest.mark.parametrize("seed", range(4))
def test_what_z3_proves_of_opaque_parts_holds_in_every_model(seed: int) -> None:
    """Quantified formulas and function values are to z3 constants that may be anything."""
    proved = 0
    for maker, statement, _ in statements(3000 + seed, 10):
        other = maker.formula(1, FREE)
        for goal in (
            implies(statement & other, other),
            statement | negation(statement),
            implies(other, statement),
        ):
            with suppress(NotProved):
                theorem = entails([], goal, rlimit=300_000)
                moved = substitute(theorem, {x: y - x, f: fun(R, lambda t: f(t) * x)})
                proved += 1
                for each in (theorem, moved, generalize(theorem, x, u), generalize(moved, y, v)):
                    for _ in range(2):
                        with suppress(IrrationalError):
                            assert maker.model().value(each.goal)
    assert proved >= 10
