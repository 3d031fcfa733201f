"""The gate to z3: what it proves, what it must not prove, and how it gives up."""

from __future__ import annotations

import re
import time
from fractions import Fraction
from typing import Any

import pytest
import z3  # type: ignore[import-untyped]

from proofs.kernel import (
    KernelError, N, R, V, all_of, any_of, definition, e1, e2, entails, exists, forall, fun,
    function, iff, implies, inner, instance, maximum, minimum, natural, norm, real, sqrt,
    square_nonnegative, vector, zero,
)  # fmt: skip
from proofs.kernel import solver
from proofs.kernel.algebra import normal
from proofs.kernel.solver import NotProved, Query, follows
from tests.kernel.refusals import refuses

x, y, a, b = real("x y a b")
m, n = natural("m n")
u, v, g = vector("u v g")
f = function("f", R >> R)
L = function("L", V >> R)

# The Cauchy-Schwarz inequality in six coordinates is true, and z3 has no answer in minutes.
P, Q = ([real(f"{name}{i}") for i in range(6)] for name in "pq")
PRODUCTS = [p * q for p, q in zip(P, Q, strict=True)]
HARD = sum(PRODUCTS) ** 2 <= sum(p**2 for p in P) * sum(q**2 for q in Q)


def unproved(*statements: Any) -> None:
    """z3 finds values that refute each statement."""
    for statement in statements:
        with pytest.raises(NotProved, match="does not follow"):
            entails([], statement)


# ------------------------------------------------------------------------------- unknown and killed
def test_unknown_proves_nothing() -> None:
    """Only `unsat` proves, and what was proved once is not taken for proved with less work."""
    true = implies(x > 0, y > 0, (x + y) ** 3 > x**3 + y**3)
    with pytest.raises(NotProved, match=r"no answer"):
        entails([], true, rlimit=1)
    entails([], true)
    with pytest.raises(NotProved, match=r"no answer"):
        entails([], true, rlimit=1)


def test_sat_proves_nothing() -> None:
    with pytest.raises(NotProved, match="does not follow"):
        entails([], x > 0)
    with pytest.raises(NotProved, match="does not follow"):
        entails([x > 0], x > 1)
    entails([x > 1], x > 0)


def test_the_watchdog_kills_a_query_that_hangs() -> None:
    started = time.monotonic()
    with pytest.raises(NotProved, match=r"no answer .*killed"):
        follows([], HARD, rlimit=0, wall_clock=0.5)
    assert time.monotonic() - started < 60


def test_an_answer_does_not_depend_on_the_queries_before() -> None:
    """z3 4.12.5 called these premises contradictory after an earlier check on the same solver."""
    satisfiable = [a > 0, -b == a * (a + b), a**2 + b**2 == 1]
    for _ in range(2):
        with pytest.raises(NotProved):
            entails(satisfiable, x < x)
        entails([], x + 1 > x)
        with pytest.raises(NotProved):
            entails([*satisfiable, x > 0], x < 0)


def test_a_tampered_z3_module_has_no_effect(monkeypatch: pytest.MonkeyPatch) -> None:
    """The solver runs in a process of its own."""
    monkeypatch.setattr(z3.Solver, "check", lambda *_: z3.unsat)
    monkeypatch.setattr(z3, "unsat", z3.sat)
    unproved(a > 0, (a > 0) & (b > 0))
    entails([a > 0], a + 1 > 0)


@pytest.mark.parametrize(
    "reply",
    ["unknown", "sat", "timeout", "", '(error "x")\nunsat', "unsat\nunsat", "UNSAT", "unsat?"],
)
def test_nothing_but_unsat_proves(monkeypatch: pytest.MonkeyPatch, reply: str) -> None:
    monkeypatch.setattr(solver, "PROVED", {})
    with monkeypatch.context() as patch:
        patch.setattr(solver, "ask", lambda *_: reply)
        with pytest.raises(NotProved):
            entails([a > 12345], a > 2)
    entails([a > 12345], a > 2)


# ----------------------------------------------------------------------------------------- division
def test_division_never_cancels_what_may_be_zero() -> None:
    unproved(
        x / x == 1,
        x * (1 / x) != 0,
        x / y * y == x,
        x / x > 0,
        1 / x != 0,
        1 / (x * y) == (1 / x) * (1 / y),
        1 / (1 / x) == x,
    )
    entails([x != 0], x / x == 1)
    entails([x != 0], x * (1 / x) != 0)
    entails([y != 0], x / y * y == x)
    entails([x > 0], 1 / x > 0)
    entails([x != 0, y != 0], 1 / (x * y) == (1 / x) * (1 / y))
    entails([x != 0], 1 / (1 / x) == x)
    entails([], 0 * (1 / a) == 0)


def test_two_denominators_that_are_zero() -> None:
    """Though u = 0 = v, 1/u and 1/v may differ; 1/x = 0 is no contradiction where x may be 0."""
    with pytest.raises(NotProved, match="does not follow"):
        entails([x == 0, y == 0], 1 / x == 1 / y)
    with pytest.raises(NotProved, match="does not follow"):
        entails([1 / x == 0], x < x)
    entails([1 / x == 0], x == 0)
    entails([x == y, x != 0], 1 / x == 1 / y)


def test_the_zero_gradient_is_not_simplified_away() -> None:
    """The cosine of the angle between g and -g is -1 only where g is not 0."""
    cosine = inner(g, -g) / (norm(g) * norm(-g))
    unproved(cosine == -1, norm(g) > 0, -inner(g, g) < 0)
    entails([g != zero], cosine == -1)
    entails([g != zero], -inner(g, g) < 0)
    with pytest.raises(KernelError, match="does not follow"):
        entails([g == zero], cosine == -1)


def test_opaque_terms_are_one_where_they_are_identical_and_two_elsewhere() -> None:
    entails([f(x + x) > 0], f(2 * x) > 0)
    entails([1 / (x * y + x) > 0], 1 / (x * (1 + y)) > 0)
    unproved(
        f(x) == f(y), implies(x == y, f(x) == f(y)), L(u) == L(v), implies(f(x) > 0, f(-x) > 0)
    )
    entails([forall(R, lambda t: f(t) > 0)], forall(R, lambda s: s - s < f(s)))
    entails([], iff(exists(R, lambda t: f(t) > 0), ~forall(R, lambda t: f(t) <= 0)))
    unproved(
        implies(forall(R, lambda t: f(t) > 0), f(x) > 0),
        implies(exists(R, lambda t: f(t) > 0), forall(R, lambda t: f(t) > 0)),
        implies(forall(R, lambda t: f(t) >= 0), forall(N, lambda t: f(t) >= 0)),
    )


# -------------------------------------------------------------------------------------------- roots
def test_the_domain_of_a_root_is_not_smuggled_in() -> None:
    """s >= 0 and s^2 = x - 1 would say that x >= 1."""
    unproved(
        sqrt(x) ** 2 == x,
        sqrt(a) * sqrt(a) == a,
        sqrt(x) >= 0,
        implies(x > 0, sqrt(x - 1) ** 2 == x - 1),
        implies(sqrt(x - 1) == y, x >= 1),
        sqrt(x**2) == x,
        sqrt(x) * sqrt(y) == sqrt(x * y),
    )
    entails([x >= 0], sqrt(x) ** 2 == x)
    entails([x >= 0], sqrt(x) >= 0)
    entails([x >= 1], sqrt(x - 1) ** 2 == x - 1)
    entails([], sqrt(x**2) == abs(x))
    entails([x >= 0, y >= 0], sqrt(x) * sqrt(y) == sqrt(x * y))


def test_nested_radicals() -> None:
    two, three, six = (sqrt(0 * x + k) for k in (2, 3, 6))
    entails([], sqrt(5 + 2 * six) == two + three)
    unproved(sqrt(5 + 2 * six) > two + three)


# ------------------------------------------------------------------------------------------ vacuity
def test_contradictory_premises_stay_with_the_theorem() -> None:
    """They prove anything, and the theorem says so: it needs them all."""
    contradictions: list[list[Any]] = [
        [a > 0, a < 0],
        [a * x < 2, a * x > 2],
        [(x >= 1) & (x <= 0)],
        [norm(u) == 1, norm(g) == 1, norm(u + g) == 3, inner(u, g) == -2],
        [m > 0, m < 0],
        [a != a],
        [x > 0, sqrt(x) < 0],
        [~(inner(u, u) >= 0)],
    ]
    for premises in contradictions:
        theorem = entails(premises, b == 17)
        assert set(theorem.hypotheses) == set(premises)
    theorem = entails([(a > 0) & ((a <= 0) | (b > 0)), abs(a) >= 0, a != a], b > 100)
    assert len(theorem.hypotheses) == 3
    unproved(b == 17, b > 100)


def test_quantified_premises_that_contradict_each_other_stay() -> None:
    above, below = forall(R, lambda t: f(t) > t), forall(R, lambda t: f(t) < 0)
    theorem = entails([above, below], x < x, by=[instance(above, 0), instance(below, 0)])
    assert theorem.hypotheses == (above, below)
    with pytest.raises(NotProved, match="does not follow"):
        entails([above], x < x, by=[instance(above, 0), instance(below, 0)])


def test_trivial_premises_are_not_kept() -> None:
    theorem = entails([x == x, (x + 1) ** 2 == x**2 + 2 * x + 1, a > 0, 2 * a > 0], a > -1)
    assert {normal(h) for h in theorem.hypotheses} == {normal(a > 0)}


def test_a_theorem_used_brings_its_hypotheses_as_premises() -> None:
    """H |- G enters as H -> G: it helps only where H is shown."""
    theorem = entails([a > 0], a > -1)
    with pytest.raises(NotProved, match="does not follow"):
        entails([], a > -1, by=[theorem])
    entails([a > 5], a > -1, by=[theorem])
    with pytest.raises(NotProved, match="does not follow"):
        entails([b > 0], a > -1, by=[theorem])


def test_a_premise_is_no_proof_of_something_else() -> None:
    assert entails([a > 5], a > 5).hypotheses == (a > 5,)
    with pytest.raises(NotProved, match="does not follow"):
        entails([a > 5], a > 6)


# ------------------------------------------------------------------------------ numbers and vectors
def test_literals_are_exact() -> None:
    third, tenth = Fraction(1, 3), Fraction(1, 10)
    entails([x == third], 3 * x == 1)
    entails([x == tenth], 10 * x == 1)
    entails([x == Fraction(1, 2)], x > 0)
    with pytest.raises(NotProved, match="does not follow"):
        entails([x == Fraction(3333333333333333, 10**16)], 3 * x == 1)
    with pytest.raises(NotProved, match="does not follow"):
        entails([x == Fraction(0.1)], 10 * x == 1)
    entails([x == -Fraction(7, 3)], (3 * x == -7) & (x < -2) & (-x > 2))
    entails([], x + 10**40 > x + 10**40 - 1)


def test_natural_numbers_are_not_negative_and_nothing_more() -> None:
    entails([], (n >= 0) & (n + m >= 0) & (n * m >= 0))
    entails([], function("k", R >> N)(x) >= 0)
    unproved(n > 0, n - m >= 0, n == 2 * m, (n == 0) | (n > 0) & (n < 1))
    with pytest.raises(NotProved, match="does not follow"):
        entails([], real("n") >= 0)


def test_least_greatest_and_absolute_values() -> None:
    entails([], (minimum(x, y, a) <= y) & (maximum(x, y, a) >= a) & (abs(x) >= x) & (abs(x) >= -x))
    entails([x < 2], (minimum(x, 2) == x) & (maximum(x, 2, Fraction(5, 2)) == Fraction(5, 2)))
    entails([], (abs(x) == maximum(x, -x)) & (abs(x * y) == abs(x) * abs(y)) & (abs(a) ** 3 >= 0))
    unproved(minimum(x, y) == x, abs(x) == x, abs(x + y) == abs(x) + abs(y), maximum(m, n) == m)


def test_inner_products_and_norms() -> None:
    entails([], inner(u + v, u - v) == inner(u, u) - inner(v, v))
    entails(
        [],
        (inner(u, u) >= 0)
        & (norm(u) ** 2 == inner(u, u))
        & (norm(-u) == norm(u))
        & (norm(zero) == 0),
    )
    entails([], (inner(e1, e2) == 0) & (norm(e1) == 1) & (e1 != e2) & (e1 != zero))
    entails([u == zero], norm(u) == 0)
    entails([norm(u) == 0], u == zero)
    entails([], norm(x * u) == abs(x) * norm(u))
    unproved(
        norm(u) > 0, inner(u, v) >= 0, norm(x * u) == x * norm(u), u == v, inner(a * g, g) >= 0,
        inner(u, e1) == 0, norm(u + v) == norm(u) + norm(v), L(u + v) == L(u) + L(v),
        (u == e1) | (u == e2),
    )  # fmt: skip


def test_cauchy_schwarz_is_not_known() -> None:
    """z3 makes up inner products that no vectors have; the message says that it shows nothing."""
    with pytest.raises(NotProved, match="no vectors need have them"):
        entails([], inner(u, v) <= norm(u) * norm(v))
    by = [square_nonnegative(norm(v) * u - norm(u) * v)]
    entails([norm(u) > 0, norm(v) > 0], inner(u, v) <= norm(u) * norm(v), by)


def test_connectives() -> None:
    entails([], implies(x > 0, y > 0, (x > 0) & (y > 0)))
    entails([], iff(~((x > 0) & (y > 0)), (x <= 0) | (y <= 0)))
    entails([any_of(x > 1, y > 1), ~(x > 1)], y > 1)
    entails([], all_of())
    unproved(
        implies(implies(x > 0, y > 0), y > 0),
        iff(implies(x > 0, y > 0), implies(y > 0, x > 0)),
        any_of(),
    )


def test_function_terms_are_computed() -> None:
    square = fun(V, lambda w: inner(w, w))
    entails([], square(u + v) - square(u) == 2 * inner(u, v) + square(v))
    with pytest.raises(NotProved, match="does not follow"):
        entails([], square(u + v) == square(u) + square(v))


# ---------------------------------------------------------------------------- the text of a query
@definition("{s} is small")
def small(s: Any) -> Any:
    return s < 1


TEXTS: list[tuple[Any, str, list[str]]] = [
    (x > 0, "(> x0 (/ 0 1))", []),
    (x <= Fraction(-1, 2), "(<= x0 (- (/ 1 2)))", []),
    (small(x), "(< x0 (/ 1 1))", []),
    (n == x, "(= x0 x1)", ["(>= x0 0)"]),
    (~(x != y), "(not (distinct x0 x1))", []),
    (implies(x > 0, y > x), "(=> (> x0 (/ 0 1)) (> x1 x0))", []),
    (x**3 < x * y + Fraction(1, 2), "(< (* x0 x0 x0) (+ (* x0 x1) (/ 1 2)))", []),
    (x / y >= 2, "(>= (* x0 x1) (/ 2 1))", ["(=> (distinct x2 0) (= (* x2 x1) 1))"]),
    (f(x) > f(2 * x - x), "(> x0 x0)", []),
    (inner(u, zero) > 0, "(> 0.0 (/ 0 1))", []),
    (inner(2 * u + e1, e1) > 0,
     "(> (+ 0.0 (* (/ 2 1) (/ 1 1) x0) (* (/ 1 1) (/ 1 1) (/ 1 1))) (/ 0 1))", []),
    (u == e1,
     "(= (+ 0.0 (* (/ 1 1) (/ 1 1) x0) (* (/ 1 1) (- (/ 1 1)) x1) (* (- (/ 1 1)) (/ 1 1) x1)"
     " (* (- (/ 1 1)) (- (/ 1 1)) (/ 1 1))) (/ 0 1))", ["(>= x0 0)"]),
    (norm(u) > 0, "(> x0 (/ 0 1))",
     ["(>= x0 0)", "(>= x1 0)", "(= (* x0 x0) (+ 0.0 (* (/ 1 1) (/ 1 1) x1)))"]),
    (norm(3 * e1 + 4 * e2) > 0, "(> (/ 5 1) (/ 0 1))", []),
    (sqrt(x) > 0, "(> x0 (/ 0 1))", ["(=> (>= x1 0) (and (>= x0 0) (= (* x0 x0) x1)))"]),
    (abs(x) > 0, "(> x0 (/ 0 1))",
     ["(>= x0 x1)", "(>= x0 (* (- (/ 1 1)) x1))", "(or (= x0 x1) (= x0 (* (- (/ 1 1)) x1)))"]),
    (minimum(x, y) > 0, "(> x0 (/ 0 1))", ["(<= x0 x1)", "(<= x0 x2)", "(or (= x0 x1) (= x0 x2))"]),
    (maximum(x, y) > 0, "(> x0 (/ 0 1))", ["(>= x0 x1)", "(>= x0 x2)", "(or (= x0 x1) (= x0 x2))"]),
    (forall(R, lambda t: f(t) > 0) | exists(R, lambda t: f(t) <= 0), "(or x0 (not x0))", []),
    (exists(R, lambda t: f(t) <= 0) & forall(R, lambda t: f(t) > 0), "(and (not x0) x0)", []),
    (exists(R, lambda t: t == t) & forall(R, lambda t: t < t), "(and true false)", []),
    (forall(R, lambda t: t == t) | exists(R, lambda t: t < t), "(or true false)", []),
]  # fmt: skip


@pytest.mark.parametrize(("statement", "text", "facts"), TEXTS, ids=[str(t) for t, _, _ in TEXTS])
def test_what_is_asked(statement: Any, text: str, facts: list[str]) -> None:
    """By its text a certificate is found: what asks the same in other words has none."""
    query = Query()
    assert query.formula(statement) == text
    assert query.facts == facts


def test_what_declares_the_constants() -> None:
    query = Query()
    assertions = [query.formula((x > 0) & forall(R, lambda t: f(t) > 0) & (norm(u) > 0))]
    assert query.text([*query.facts, *assertions]).splitlines() == [
        "(declare-const x0 Real)",
        "(declare-const x1 Bool)",
        "(declare-const x2 Real)",
        "(declare-const x3 Real)",
        *(f"(assert {fact})" for fact in query.facts),
        "(assert (and (> x0 (/ 0 1)) x1 (> x2 (/ 0 1))))",
        "(check-sat)",
    ]


def test_z3_knows_what_is_asked() -> None:
    """Where modus ponens does not do it: definitions, implications and dual quantifiers."""
    entails([small(x)], x < 2)
    entails([implies(x > 0, y > x), x > 1], y > 1)
    above, below = forall(R, lambda t: f(t) > x), exists(R, lambda t: f(t) <= x)
    entails([~above, x > 1], below & (x > 0))
    entails([below, x > 1], ~above & (x > 0))
    entails([implies(exists(R, lambda t: t == t), x > 1)], x > 0)
    entails([forall(R, lambda t: t < t) | (x > 1)], x > 0)
    with pytest.raises(NotProved, match="does not follow"):
        entails([below, x > 1], above & (x > 0))


# ----------------------------------------------------------------------------------------- messages
def test_the_message_shows_small_values_that_refute() -> None:
    with pytest.raises(
        NotProved, match=r"not proved: y > 1 does not follow\. .*it fails for .*y = "
    ) as caught:
        entails([x > 0, x < 1, 2 * y == x], y > 1)
    values = dict(
        part.split(" = ")
        for part in str(caught.value).split("fails for ")[1].split(". ")[0].rstrip(".").split(", ")
    )
    assert set(values) == {"x", "y"}
    assert 0 < Fraction(values["x"]) < 1
    assert 2 * Fraction(values["y"]) == Fraction(values["x"])
    with pytest.raises(NotProved, match=r"fails for f\(x\) = -?\d+"):
        entails([], f(x) == 3)
    with pytest.raises(NotProved, match="does not follow"):
        entails([], any_of())


def test_what_is_no_number_is_not_asked_about() -> None:
    refuses(
        "here belongs a term",
        lambda: entails([], u > 0),
        lambda: entails([], x),
        lambda: entails([u], x > 0),
    )


def test_a_counterexample_respects_what_defines_the_names() -> None:
    """A norm is not negative, and its square is the product."""
    with pytest.raises(NotProved) as refused:
        entails([norm(u) != 0, norm(u) <= Fraction(1, 2)], inner(u, u) > 1)
    shown = dict(re.findall(r"(\|u\||u\.u) = ([-/\d]+)", str(refused.value)))
    length = Fraction(shown["|u|"])
    assert 0 < length <= Fraction(1, 2)
    assert Fraction(shown["u.u"]) == length**2
