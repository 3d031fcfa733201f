"""Terms: what none may be made of, by numbers, formulas, foreign objects, sorts and names."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
import sympy

from proofs.kernel import (
    KernelError, N, R, V, all_of, entails, evaluate, exists, forall, fun, function, implies, inner,
    instance, maximum, minimum, natural, norm, real, sqrt, vector, zero,
)  # fmt: skip
from proofs.kernel.terms import term
from tests.kernel.refusals import refuses

x, y, z = real("x y z")
m, n = natural("m n")
u, v = vector("u v")
f = function("f", R >> R)
L = function("L", V >> R)

Make = Callable[[], object]


def test_numbers_are_exact() -> None:
    for inexact in (0.5, 1e300, float("nan"), 1j):
        with pytest.raises(KernelError, match=r"is no term"):
            x + inexact
    refuses(r"0\.1 \(float\) is no term; .*Fraction\(1, 10\)", lambda: x < 0.1)
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
    sympy.Symbol("x", real=True), sympy.Symbol("x", positive=True), sympy.Dummy("x", real=True),
    sympy.Integer(1), sympy.Rational(1, 3), sympy.Float("0.1"), sympy.I, sympy.oo, sympy.nan,
    sympy.zoo, sympy.Piecewise((sympy.Symbol("x"), sympy.Symbol("x") > 0), (0, True)),
    sympy.floor(sympy.Symbol("x")), sympy.sqrt(sympy.Symbol("x")) ** 2,
    sympy.Symbol("x") / sympy.Symbol("x"), sympy.Pow(sympy.Integer(0), -1, evaluate=False),
    sympy.Function("f")(sympy.Symbol("x")),
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
    refuses("one name, two sorts: f", lambda: other(n) == f(n))
    refuses(
        "one name, two sorts: .*x in N, x in R",
        lambda: natural("x") < x,
        lambda: forall(R, lambda t: (natural("x") > t) & (t > x)),
    )
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
    with pytest.raises(KernelError, match="a product of two vectors, u and v: write inner"):
        u * v
    with pytest.raises(KernelError, match="a product of two vectors"):
        (x * u) * (y * v)
    function("a", N >> R)(m * n + 2 * n + 1)
    f(n)


@pytest.mark.parametrize("exponent", [-1, Fraction(1, 2), 0.5, True, "2"])
def test_only_literal_natural_powers(exponent: Any) -> None:
    with pytest.raises(KernelError, match="is no literal 0, 1"):
        x**exponent
    with pytest.raises(KernelError, match="is no literal 0, 1"):
        x**n
    evaluate(x**0 == 1)


def test_literal_numbers_are_worked_out() -> None:
    same: list[tuple[Any, Any]] = [
        (x + 0, x), (x - 1 + 3, x + 2), (x + 2 + (y - 2), x + y), (1 * x, x), (0 * x, term(0)),
        (2 * (x * 3), 6 * x), (Fraction(1, 2) * x * 2, x), (x / 2, Fraction(1, 2) * x), (x**1, x),
        (x**0, term(1)), ((0 * x + 3) ** 2, term(9)), (u + zero, u), (zero + zero, zero),
        (1 * u, u), (0 * u, zero), (x * zero, zero), (2 * (3 * u), 6 * u), (u / x, (1 / x) * u),
        (2 * (x * u), (2 * x) * u), (u / 2, Fraction(1, 2) * u), (all_of(x > 0), x > 0),
        (implies(x > 0), x > 0),
    ]  # fmt: skip
    for written, built in same:
        assert written is built


def test_the_order_of_what_is_subtracted_and_divided() -> None:
    """Also where Python is handed a number of its own: 1 - x is not x - 1."""
    assert 1 - x is -1 * x + 1
    assert x - 1 is x + (-1)
    assert x - y is x + (-1) * y
    assert u - v is u + (-1) * v
    assert 1 / x is not x / 1
    evaluate((1 - x) + x == 1)
    evaluate((Fraction(1, 2) - x) + x == Fraction(1, 2))


def test_a_function_has_the_sort_of_its_value() -> None:
    assert fun(V, lambda w: 2 * w).sort is V >> V
    assert fun(R, V, lambda a, w: a * inner(w, w)).sort is (R, V) >> R


def test_nothing_else_is_worked_out() -> None:
    """What cancels must be proved."""
    assert (x / y).op == "/"
    for t in (x - x, x * x, x / x, u - u, x * u - u * x, norm(u) ** 2, sqrt(term(4)), abs(term(1))):
        assert t.args
        assert t is not zero


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


def test_nonsense_arities() -> None:
    refuses("min of 0 numbers", minimum)
    refuses("max of 0 numbers", maximum)
    refuses("sqrt of 0 numbers", sqrt)
    refuses("sqrt of 2 numbers", lambda: sqrt(x, y))
    assert minimum(x, y, z).op == "min"


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
    assert ((R >> R) >> R).name == "(R -> R) -> R"
    assert (R >> (R >> R)).name == "R -> R -> R"
    assert ((N, V) >> R).name == "N x V -> R"


def test_a_bound_name_that_is_taken_gets_a_prime() -> None:
    clash = forall(R, lambda x: exists(R, lambda y: y > x))
    opened = instance(clash, y).goal
    assert str(opened) == "there is y' such that y' > y"
    assert str(exists(R, lambda y: y > x)) == "there is y such that y > x"
