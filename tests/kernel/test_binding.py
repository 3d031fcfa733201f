"""Binding: no variable is caught or escapes, by instantiation, substitution or taking apart."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from proofs.kernel import (
    KernelError, N, R, Term, V, all_of, any_of, definition, e1, entails, evaluate, exists, forall,
    fun, function, iff, implies, inner, instance, real, substitute, vector, zero,
)  # fmt: skip
from proofs.kernel.algebra import normal
from proofs.kernel.terms import open_binder, replace
from tests.kernel.comparing import alike
from tests.kernel.refusals import refuses

x, y, z = real("x y z")
u, v = vector("u v")
f = function("f", R >> R)
L = function("L", V >> R)


def test_binders_take_one_sort_for_each_variable() -> None:
    refuses(
        "a binder needs a sort for each of its variables",
        lambda: forall(R, V, lambda a: a > 0),
        lambda: forall(R, V, lambda a, b, c: a > 0),
        lambda: exists(lambda a: a > 0),
        lambda: forall("R", lambda a: a > 0),
        lambda: fun(R, 3, lambda a, b: a),
    )
    assert str(forall(R, lambda a, b: a > b)) == "for all a, b: a > b"


def test_capture_by_instantiation() -> None:
    """For all b there is a > b: at b = a, the witness is another variable."""
    above = forall(R, lambda b: exists(R, lambda x: x > b))
    assert alike(instance(above, x).goal, exists(R, lambda a: a > x))
    assert not alike(instance(above, x).goal, exists(R, lambda a: a > a))
    with pytest.raises(KernelError, match="does not follow"):
        entails([instance(above, x).goal], exists(R, lambda a: a > a))


def test_capture_by_substitution() -> None:
    statement = forall(R, lambda b: f(b) > x)
    assert alike(replace(statement, {x: y}), forall(R, lambda y: f(y) > real("y")))
    assert alike(replace(statement, {f: fun(R, lambda a: a * x)}), forall(R, lambda b: b * x > x))
    nested = forall(R, lambda a: exists(R, lambda b: f(a + b) > x))
    expected = forall(R, lambda a: exists(R, lambda b: a + b - y > y))
    assert alike(replace(nested, {x: y, f: fun(R, lambda b: b - y)}), expected)


def test_a_parameter_named_like_the_binder_of_a_definition() -> None:
    """Binders are by position: a definition applied to a symbol called `t` does not catch it."""

    @definition("{f} is bounded by {c}")
    def bounded(f: Term, c: Term) -> Term:
        return forall(R, lambda t: f(t) <= c)

    t = real("t")
    assert normal(bounded(f, t)) is normal(forall(R, lambda s: f(s) <= t))
    assert normal(bounded(f, t)) is not normal(forall(R, lambda s: f(s) <= s))
    assert str(bounded(f, t)) == "f is bounded by t"
    assert replace(bounded(f, t), {t: x}) is bounded(f, x)


def test_a_variable_out_of_its_binder() -> None:
    """`.args` shows the inside of a binder: nothing is proved with it, nothing else binds it."""
    inside = exists(N, lambda k: k + 1 <= k).args[0]
    with pytest.raises(KernelError, match=r"bound variable|loose|could be asked|outside"):
        entails([inside], x > 0)
    with pytest.raises(KernelError, match=r"bound variable|loose|outside"):
        evaluate(inside == inside if inside.sort == R else ~inside | inside)
    loose = inside.args[0]
    refuses(
        r"bound variable|loose|cannot stand|outside",
        lambda: instance(forall(R, lambda a: exists(R, lambda b: b > a)), loose),
        lambda: substitute(entails([x > 0], x > -1), {x: loose}),
        lambda: replace(x > 0, {x: loose}),
    )


@pytest.mark.parametrize("bind", [forall, exists])
def test_another_binder_does_not_catch_a_loose_variable(bind: Callable[..., Term]) -> None:
    """forall t. #0 > 0 would be: forall t. t > 0."""
    loose = forall(R, lambda s: s > 0).args[0]
    with pytest.raises(KernelError, match=r"bound variable|loose|outside"):
        bind(R, lambda t: loose)
    bind(R, lambda t: bind(R, lambda s: s > t))


def test_a_function_term_does_not_catch_a_loose_variable() -> None:
    loose = fun(R, lambda s: s * x).args[0]
    with pytest.raises(KernelError, match=r"bound variable|loose|outside"):
        fun(R, lambda t: loose)
    fun(R, lambda t: fun(R, lambda s: s * t)(x))


def test_shifting_in_nested_functions() -> None:
    """Values move below binders, and binders below values, without a change of what they mean."""
    scaled = fun(V, lambda w: inner(w, w))
    shifted = fun(R, V, lambda t, w: L(w + t * u) - t)
    table: list[tuple[Term, Term]] = [
        (fun(R, R, lambda a, b: a - b)(x, y), x - y),
        (fun(R, lambda a: fun(R, lambda b: a - b)(y))(x), x - y),
        (fun(R, lambda a: fun(R, R, lambda b, c: a + 2 * b + 3 * c)(y, a))(x), x + 2 * y + 3 * x),
        (shifted(x, v), L(v + x * u) - x),
        (replace(shifted, {L: scaled})(x, v), inner(v + x * u, v + x * u) - x),
        (fun(V, lambda w: fun(R, lambda t: L(w + t * w))(x))(v), L(v + x * v)),
        (
            replace(fun(R, lambda a: f(f(a) + y)), {f: fun(R, lambda b: b * y), y: x})(z),
            (z * y + x) * y,
        ),
    ]
    for computed, expected in table:
        evaluate(computed == expected)
    step = fun(V, lambda w: w - x * fun(V, lambda q: 2 * q)(w))
    evaluate(step(step(v)) == v - 4 * x * v + 4 * x**2 * v)


def test_functions_of_functions() -> None:
    """With variables of their own and from outside, as arguments, under binders, applied later."""
    K = function("K", (R >> R) >> R)
    at_two = fun(R >> R, lambda h: h(2) + h(x))
    twice = fun(R >> R, lambda h: K(fun(R, lambda t: h(t * h(t)))))
    statement = forall(R, lambda a: K(fun(R, lambda t: t * a - y)) > a)
    assert alike(replace(statement, {K: at_two}), forall(R, lambda a: 2 * a - y + (x * a - y) > a))
    once = replace(statement, {K: twice})
    assert alike(once, forall(R, lambda a: K(fun(R, lambda t: t * (t * a - y) * a - y)) > a))
    assert alike(replace(once, {K: at_two}), forall(R, lambda a: (
        2 * (2 * a - y) * a - y + x * (x * a - y) * a - y > a
    )))  # fmt: skip
    deep = forall(R, lambda a, b: K(fun(R, lambda s: a * s + K(fun(R, lambda t: b * s * t)))) > 0)
    assert alike(replace(deep, {K: at_two}), forall(R, lambda a, b: (
        2 * a + 4 * b + 2 * b * x + x * a + 2 * b * x + b * x**2 > 0
    )))  # fmt: skip
    assert alike(
        instance(deep, x, y).goal, K(fun(R, lambda s: x * s + K(fun(R, lambda t: y * s * t)))) > 0
    )
    chosen = forall((R >> R) >> R, lambda h: forall(R, lambda a: h(fun(R, lambda t: t + a)) > a))
    assert alike(instance(chosen, at_two).goal, forall(R, lambda a: 2 + a + x + a > a))


def test_opening_under_binders_lifts_the_value() -> None:
    body = forall(R, lambda a: forall(R, lambda b: f(a * b) >= forallless(a, b))).args[0]
    assert open_binder(body, (x,)) is forall(R, lambda b: f(x * b) >= forallless(x, b))
    two = fun(R, R, lambda a, b: fun(R, lambda c: a * c - b * c)(a + b))
    evaluate(two(x, y) == x * (x + y) - y * (x + y))
    deep = forall(R, lambda a: exists(V, lambda w: forall(R, lambda c: L(a * w) > c * a)))
    assert instance(deep, y).goal is exists(V, lambda w: forall(R, lambda c: L(y * w) > c * y))


def forallless(a: Term, b: Term) -> object:
    """A body with a function term that mentions both variables."""
    return fun(R, lambda c: a - c * b)(b)


def test_siblings_at_one_depth_are_different_variables() -> None:
    both = forall(
        R, lambda a: (f(a) > 0) & exists(R, lambda b: f(b) < 0) & exists(R, lambda b: f(b) > a)
    )
    assert instance(both, 2).goal is (f(2) > 0) & exists(R, lambda b: f(b) < 0) & exists(
        R, lambda b: f(b) > 2
    )
    assert forall(R, lambda a: forall(R, lambda b: f(a) > b)) is not forall(
        R, lambda a: forall(R, lambda b: f(b) > a)
    )


def test_simultaneous_replacement() -> None:
    assert replace(x < y, {x: y, y: x}) is (y < x)
    with pytest.raises(KernelError, match="here belong distinct free symbols"):
        replace(x + y < 0, {x + y: z})
    with pytest.raises(KernelError, match="here belongs a term in V"):
        replace(u == zero, {u: 0})
    assert replace(u == v, {u: zero}) is (zero == v)


def test_quantifiers_over_functions_and_constants() -> None:
    assert str(forall(V >> R, lambda loss: exists(V, lambda w: loss(w) >= loss(e1)))) == (
        "for all loss: V -> R: there is w in V such that loss(w) >= loss(e1)"
    )
    with pytest.raises(KernelError, match="here belongs a term in V -> R"):
        instance(forall(V >> R, lambda loss: loss(zero) >= 0), f)
    with pytest.raises(KernelError, match="here belongs a term in V -> R"):
        instance(forall(V >> R, lambda loss: loss(zero) >= 0), fun(R, lambda t: t))
    instance(forall(V >> R, lambda loss: loss(zero) >= 0), fun(V, lambda w: inner(w, w)))


def test_propositions_are_no_values() -> None:
    """Only numbers, vectors and functions of them are quantified over."""
    truth = (x > 0).sort
    refuses(
        r"truth|a binder needs a sort",
        lambda: function("claim", truth),
        lambda: function("property", R >> truth),
        lambda: function("property", (V, truth) >> R),
        lambda: forall(truth, lambda p: p),
        lambda: fun(truth, lambda p: x),
    )


def test_connectives_are_flat_and_empty_ones_have_their_meaning() -> None:
    assert all_of(x > 0, all_of(y > 0, z > 0)) is all_of(all_of(x > 0, y > 0), z > 0)
    assert entails([], all_of()).goal is all_of()
    with pytest.raises(KernelError, match="does not follow"):
        entails([], any_of())
    entails([], iff(x > 0, ~(x <= 0)))
    with pytest.raises(KernelError, match="does not follow"):
        entails([], implies(x > 0, y > 0, x > y))
    entails([], implies(x > y, y > 0, x > 0))
