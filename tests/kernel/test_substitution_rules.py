"""The rules that put one thing for another: substitute and replaced."""

from __future__ import annotations

import pytest

from proofs.kernel import (
    KernelError, N, R, V, e1, entails, evaluate, exists, function, inner, natural, norm, real,
    replaced, square_nonnegative, substitute, vector, witnessed, zero,
)  # fmt: skip
from proofs.kernel.algebra import normal
from tests.kernel.comparing import alike, hypotheses
from tests.kernel.refusals import refuses

x, a, b = real("x a b")
m, n = natural("m n")
u, v, g = vector("u v g")
f = function("f", R >> R)
L = function("L", V >> R)

POSITIVE = entails([a > 0], a > -1)


# --------------------------------------------------------------------------------------- substitute
def test_the_whole_sequent_is_substituted() -> None:
    theorem = substitute(POSITIVE, {a: -5})
    assert len(theorem.hypotheses) == 1
    with pytest.raises(KernelError, match="does not follow"):
        entails([], x - x - 5 > -1, by=[theorem])
    nested = substitute(entails([norm(g) > 0], inner(g, g) > 0), {g: u - u})
    assert len(nested.hypotheses) == 1
    assert substitute(entails([a > b], a - b > 0), {a: b, b: a}).hypotheses == (b > a,)


def test_substitution_keeps_sorts() -> None:
    refuses(
        "here belongs a term in N",
        lambda: substitute(entails([], n >= 0), {n: a}),
        lambda: substitute(entails([], n >= 0), {n: -1}),
        lambda: substitute(entails([], n >= 0), {n: m - 1}),
    )
    refuses("here belongs a term in V", lambda: substitute(square_nonnegative(g), {g: 0}))
    refuses(
        "distinct free symbols",
        lambda: substitute(POSITIVE, {a + 0 * b + 1: x}),
        lambda: substitute(POSITIVE, {"a": x}),
    )
    refuses("distinct free symbols", lambda: substitute(evaluate(norm(e1) == 1), {e1: zero}))
    substitute(square_nonnegative(g), {g: zero})
    substitute(entails([], n >= 0), {n: m + 1})


def test_substitution_does_not_capture() -> None:
    theorem = entails(
        [], exists(R, lambda t: t > x), by=[witnessed(exists(R, lambda t: t > x), x + 1)]
    )
    moved = substitute(theorem, {x: real("t")})
    assert alike(moved.goal, exists(R, lambda s: s > real("t")))
    assert not alike(moved.goal, exists(R, lambda s: s > s))


# ----------------------------------------------------------------------------------------- replaced
def test_equals_for_equals() -> None:
    theorem = replaced(lambda s: f(s) > s, a, b)
    assert hypotheses(theorem) == {normal(a == b), normal(f(a) > a)}
    assert alike(theorem.goal, f(b) > b)
    with pytest.raises(KernelError, match="does not follow"):
        entails([f(a) > a], f(b) > b, by=[theorem])
    entails([a == b, f(a) > a], f(b) > b, by=[theorem])
    partly = replaced(lambda s: f(s) > a, a, b)
    assert hypotheses(partly) == {normal(a == b), normal(f(a) > a)}
    assert alike(partly.goal, f(b) > a)
    refuses(
        "here belongs a term",
        lambda: replaced(lambda s: x > 0, u, a),
        lambda: replaced(lambda s: x > 0, f, f),
    )
    assert alike(replaced(lambda s: L(s) > 0, u, v).goal, L(v) > 0)


def test_naturals_and_reals_are_replaced_as_reals() -> None:
    """From n = a, P(n) one gets P(a), except where P speaks of naturals only."""
    only_naturals = function("h", N >> R)
    refuses("here belongs a term in N", lambda: replaced(lambda s: only_naturals(s) > 0, n, a))
    replaced(lambda s: only_naturals(s) > 0, n, m)
    replaced(lambda s: f(s) > 0, n, a)
