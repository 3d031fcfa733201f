"""Statements: what no term, formula or binder may be made of, and what looks alike and is not."""

from __future__ import annotations

import copy
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
import sympy

from proofs.kernel import (
    KernelError, N, R, Term, V, all_of, any_of, definition, e1, entails, evaluate, exists, forall,
    fun, function, iff, implies, inner, instance, maximum, minimum, natural, norm, real, sqrt,
    substitute, vector, zero,
)  # fmt: skip
from proofs.kernel.algebra import normal
from proofs.kernel.terms import is_intact, open_binder, replace
from tests.kernel.refusals import refuses

x, y, z = real("x y z")
m, n = natural("m n")
u, v = vector("u v")
f = function("f", R >> R)
L = function("L", V >> R)

Make = Callable[[], object]


def alike(a: Term, b: Term) -> bool:
    """Whether two statements differ at most in the names of bound variables, and in polynomial
    identities.
    """
    return normal(a) is normal(b)


def test_numbers_are_exact() -> None:
    for inexact in (0.5, 1e300, float("nan"), 1j):
        with pytest.raises(KernelError, match=r"is no term"):
            x + inexact
    with pytest.raises(KernelError, match=r"0\.1 \(float\) is no term; .*Fraction\(1, 10\)"):
        x < 0.1  # noqa: B015
    evaluate(x + Fraction(1, 10) - x == Fraction(1, 10))


def test_a_quotient_of_literals_is_the_rational_number() -> None:
    """1/3 is no decimal fraction, and 1/2 of two integers is not 0."""
    third = Fraction(1, 3)
    evaluate(3 * (x * 0 + third) == 1)
    for wrong in (Fraction(3333333333333333, 10**16), Fraction(0), Fraction(1 / 3)):
        with pytest.raises(KernelError, match="evaluates not to true"):
            evaluate(3 * (x * 0 + wrong) == 1)


def test_a_formula_is_no_truth_value() -> None:
    refuses(
        "has no truth value",
        lambda: not x,
        lambda: bool(x == x),
        lambda: x == y or x != y,
        lambda: x < y < z,
        lambda: 1 if x > 0 else 0,
        lambda: max(x, y),
        lambda: sorted([x, y]),
        lambda: x in [y],
        lambda: bool(x),
    )
    entails([x < y, y < z], (x < y) & (y < z) & ~(x == z))


@pytest.mark.parametrize("collapsed", [True, False, None, "x > 0", 1, NotImplemented])
def test_a_truth_value_or_text_is_no_formula(collapsed: object) -> None:
    refuses(
        r"is no term|here belongs a term in truth values",
        lambda: entails([collapsed], x == x),
        lambda: entails([], collapsed),
        lambda: (x > 0) & collapsed,
        lambda: implies(x > 0, collapsed),
        lambda: forall(R, lambda t: collapsed),
        lambda: all_of(collapsed),
    )
    entails([x > 0], all_of(x > 0))


def test_a_collapsed_statement_is_named_as_such() -> None:
    with pytest.raises(KernelError, match=r"True \(bool\) is no term; a statement collapsed"):
        entails([], True)


def test_no_string_is_read_as_a_formula() -> None:
    """Nothing is evaluated: neither the call nor the power that would never end."""
    for text in ("__import__('os').getcwd()", "9**9**9", "x", ""):
        with pytest.raises(KernelError, match=r"\(str\) is no term"):
            x + text


SYMPY: list[Any] = [
    sympy.Symbol("x", real=True), sympy.Symbol("x", positive=True), sympy.Dummy("x", real=True), sympy.Integer(1),
    sympy.Rational(1, 3), sympy.Float("0.1"), sympy.I, sympy.oo, sympy.nan, sympy.zoo,
    sympy.Piecewise((sympy.Symbol("x"), sympy.Symbol("x") > 0), (0, True)), sympy.floor(sympy.Symbol("x")),
    sympy.sqrt(sympy.Symbol("x")) ** 2, sympy.Symbol("x") / sympy.Symbol("x"),
    sympy.Pow(sympy.Integer(0), -1, evaluate=False), sympy.Function("f")(sympy.Symbol("x")),
]  # fmt: skip


@pytest.mark.parametrize("foreign", SYMPY, ids=str)
def test_sympy_objects_are_no_terms(foreign: Any) -> None:
    refuses(
        "is no term",
        lambda: x + foreign,
        lambda: x < foreign,
        lambda: inner(u, foreign),
        lambda: f(foreign),
    )


@pytest.mark.parametrize(
    "foreign", [sympy.true, sympy.Symbol("x") > 0, sympy.Ne(1, 1), sympy.Eq(1, 1)], ids=str
)
def test_sympy_formulas_are_no_formulas(foreign: Any) -> None:
    refuses(
        "is no term",
        lambda: entails([foreign], x > 0),
        lambda: entails([], foreign),
        lambda: ~(x > 0) | foreign,
    )


def test_a_symbol_has_no_assumption_but_its_sort() -> None:
    """The name `positive` assumes nothing; that a natural number is not negative is its sort."""
    positive = real("positive")
    for wrong in (positive > 0, positive != 0, norm(u) > 0, n > 0):
        with pytest.raises(KernelError, match="does not follow"):
            entails([], wrong)
    entails([], n >= 0)
    entails([], norm(u) >= 0)


def test_two_functions_of_one_name_and_other_sorts() -> None:
    other = function("f", N >> R)
    with pytest.raises(KernelError, match="one name, two sorts: f"):
        other(n) == f(n)  # noqa: B015
    with pytest.raises(KernelError, match="one name, two sorts: x"):
        natural("x") < x  # noqa: B015
    with pytest.raises(KernelError, match="one name, two sorts: x"):
        forall(R, lambda t: (natural("x") > t) & (t > x))
    with pytest.raises(KernelError, match="does not follow"):
        entails([natural("x") >= 0], x >= 0)
    entails([f(n) > 0], f(n) > 0)


def test_a_function_is_no_number() -> None:
    refuses(
        r"here belongs a term in R",
        lambda: f > 0,
        lambda: f + 1,
        lambda: f == f,
        lambda: sqrt(f),
        lambda: inner(f, f),
        lambda: 2 * L,
    )


def test_the_sorts_of_arguments() -> None:
    refuses(
        r"here belongs a term in",
        lambda: L(x),
        lambda: f(u),
        lambda: inner(u, x),
        lambda: inner(x, u),
        lambda: u + x,
        lambda: u < v,
        lambda: u == x,
        lambda: x == u,
        lambda: u == 0,
        lambda: sqrt(u),
        lambda: minimum(u, x),
        lambda: u**2,
        lambda: function("a", N >> R)(x),
        lambda: function("a", N >> R)(n - 1),
        lambda: function("a", N >> R)(n / 2),
        lambda: forall(R, lambda t: t),
        lambda: fun(R, lambda t: t > 0),
        lambda: ~x,
        lambda: x & y,
        lambda: abs(x > 0),
    )
    refuses(
        "cannot be applied",
        lambda: f(x, y),
        lambda: f(),
        lambda: x(y),
        lambda: u(),
        lambda: f(x)(x),
    )
    with pytest.raises(KernelError, match="a product of two vectors"):
        u * v
    with pytest.raises(KernelError, match="a product of two vectors"):
        (x * u) * (y * v)
    function("a", N >> R)(m * n + 2 * n + 1)
    f(n)


@pytest.mark.parametrize("exponent", [-1, Fraction(1, 2), 0.5, True, "2"])
def test_only_literal_natural_powers(exponent: Any) -> None:
    with pytest.raises(KernelError, match="is no literal 0, 1, 2"):
        x**exponent
    with pytest.raises(KernelError, match="is no literal 0, 1, 2"):
        x**n
    evaluate(x**0 == 1)


def test_a_literal_zero_below() -> None:
    refuses(
        "the denominator is zero",
        lambda: x / 0,
        lambda: u / 0,
        lambda: 1 / (x * 0),
        lambda: x / Fraction(0),
    )
    with pytest.raises(KernelError, match="the denominator is zero"):
        instance(forall(R, lambda t: implies(t > 0, 1 / t > 0)), 0)
    instance(forall(R, lambda t: implies(t > 0, 1 / t > 0)), 2)


# -------------------------------------------------------------------------------------------- names
@pytest.mark.parametrize(
    "name",
    [
        "_0_0",
        "_x",
        "x'",
        "x'7",
        "x y'",
        "p'",
        "#0",
        "1x",
        "x-y",
        "e1",
        "e2 x",
        "e17",
        "x;y",
        "9**9",
    ],
)
def test_names_that_could_be_taken_for_others(name: str) -> None:
    for make in (real, natural, vector):
        with pytest.raises(KernelError, match="is no name for a symbol"):
            make(name)
    assert real("x0 alpha ex e").__len__() == 4


def test_a_subclass_of_text_is_no_name() -> None:
    """It could call itself anything: here like the sequence that `recursion` builds."""

    class Name(str):
        def isidentifier(self) -> bool:
            return True

        def split(self, *_: Any) -> Any:
            return [self]

    with pytest.raises(KernelError, match="is no name for a symbol"):
        real(Name("p'"))


def test_a_symbol_does_not_print_like_the_notation() -> None:
    """min(x, y) would be read as the least of x and y."""
    for name in ("min", "max", "sqrt"):
        with pytest.raises(KernelError, match="is no name for a symbol"):
            function(name, (R, R) >> R)
    function("minimal", (R, R) >> R)


def test_two_sorts_do_not_read_alike() -> None:
    assert ((R >> R) >> R).name != (R >> (R >> R)).name
    assert ((R, R) >> R).name != (R >> R).name


def test_a_bound_name_that_is_taken_gets_a_prime() -> None:
    clash = forall(R, lambda x: exists(R, lambda y: y > x))
    opened = instance(clash, y).goal
    assert str(opened) == "there is y' such that y' > y"
    assert str(exists(R, lambda y: y > x)) == "there is y such that y > x"


# ------------------------------------------------------------------------------- forged and altered
class Liar(Term):
    """A subclass whose text and parts could say anything."""

    def __repr__(self) -> str:
        return "0 = 0"


def copied(kind: type[Term], original: Term, **changes: object) -> Any:
    """A node with the contents of `original`, made past the kernel."""
    node: Any = object.__new__(kind)
    for name in ("op", "sort", "args", "data", "free", "loose", "serial"):
        object.__setattr__(node, name, changes.get(name, getattr(original, name)))
    return node


@pytest.mark.parametrize("kind", [Term, Liar])
@pytest.mark.parametrize("changes", [{}, {"args": (x, x)}, {"op": "!="}], ids=str)
def test_forged_nodes_are_no_terms(kind: type[Term], changes: dict[str, object]) -> None:
    forged, number = copied(kind, x > 0, **changes), copied(kind, x)
    refuses(
        "is no term",
        lambda: entails([], forged),
        lambda: entails([forged], x > 0),
        lambda: (x > 0) & forged,
        lambda: evaluate(forged),
        lambda: number + x,
        lambda: x + number,
        lambda: f(number),
    )
    entails([x > 0], (x > 0) & (x + x > 0))


def test_the_constructor_makes_no_term() -> None:
    with pytest.raises(KernelError, match="is no term"):
        entails([], Term("true", (x > 0).sort, (), None, frozenset(), 0, 0))
    entails([], all_of())


def test_copies_are_no_terms() -> None:
    duplicate = copy.copy(x > 0)
    with pytest.raises(KernelError, match="is no term"):
        entails([], implies(duplicate, x > 0))
    entails([], implies(x > 0, x > 0))


def test_an_empty_forgery_gets_a_readable_refusal() -> None:
    with pytest.raises(KernelError, match="is no term"):
        x + object.__new__(Term)


def test_statements_cannot_be_set() -> None:
    for name, value in (("op", ">="), ("args", (x, x)), ("free", frozenset()), ("new", 1)):
        with pytest.raises((KernelError, AttributeError, TypeError)):
            setattr(x > 0, name, value)
    assert (x > 0).op == ">"


Alter = Callable[[Term, str, object], None]


@pytest.fixture
def alter(request: pytest.FixtureRequest) -> Alter:
    """Alters a node behind the kernel's back, until the test ends."""

    def change(node: Term, name: str, value: object) -> None:
        old = getattr(node, name)
        request.addfinalizer(lambda: object.__setattr__(node, name, old))
        object.__setattr__(node, name, value)

    return change


@pytest.mark.parametrize(
    ("name", "value"), [("op", ">="), ("args", (real("x"), real("x"))), ("op", "!=")]
)
def test_an_altered_statement_is_refused(alter: Alter, name: str, value: object) -> None:
    t = real("altered")
    statement = t > t + 1
    with pytest.raises(KernelError, match="does not follow"):
        entails([], statement)
    alter(statement, name, value)
    refuses(
        r"is no term|altered",
        lambda: entails([], statement),
        lambda: entails([t > 0, statement], t > 0),
    )


def test_an_altered_part_is_refused(alter: Alter) -> None:
    t = real("deep")
    inside = t * t * t
    statement = implies(t > 0, inside + t < 0)
    alter(inside, "args", (t, t, real("x")))
    assert not is_intact(statement)
    with pytest.raises(KernelError, match="altered"):
        entails([statement, t == 0], t == 0)


def test_an_altered_list_of_free_symbols_is_noticed(alter: Alter) -> None:
    """Freshness rests on it: without it, `choose` and `by_induction` would take anything."""
    t = real("hidden")
    statement = t > 17
    alter(statement, "free", frozenset())
    assert not is_intact(statement)
    with pytest.raises(KernelError, match="altered"):
        entails([statement], t > 16)


def test_an_altered_depth_is_noticed(alter: Alter) -> None:
    loose = forall(R, lambda t: t > 23).args[0]
    assert loose.loose == 1
    alter(loose, "loose", 0)
    assert not is_intact(loose)


def test_what_was_computed_of_an_altered_statement_is_forgotten() -> None:
    """The normal form is remembered: one computed while a part was altered must not outlive the
    alteration.
    """
    t = real("poisoned")
    part = t + 1
    statement, args = f(part) == f(t), part.args
    object.__setattr__(part, "args", (t, t - t))
    try:
        with pytest.raises(KernelError, match=r"is no term|altered"):
            evaluate(statement)
    finally:
        object.__setattr__(part, "args", args)
    with pytest.raises(KernelError, match="evaluates not to true"):
        evaluate(statement)
    evaluate(f(part) == f(1 + t))


def test_nonsense_arities() -> None:
    attempts: list[Make] = [
        lambda: minimum(),
        lambda: maximum(),
        lambda: sqrt(),
        lambda: sqrt(x, y),
    ]
    for attempt in attempts:
        with pytest.raises((KernelError, TypeError)):
            attempt()
    assert minimum(x, y, z).op == "min"


# ------------------------------------------------------------------------------------------ binders
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
    """`.args` shows the inside of a binder; nothing can be proved with it, and nothing else can
    bind it.
    """
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
    """A function term with variables of its own and from outside, as an argument, under binders,
    applied later.
    """
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
    assert open_binder(body, [x]) is forall(R, lambda b: f(x * b) >= forallless(x, b))
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
    with pytest.raises(KernelError, match="only a free symbol can be replaced"):
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
