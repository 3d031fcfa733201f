"""The axioms: few, sourced, made in one file, and each attacked by a search.

A search instantiates the axiom's own formula, the object that proofs use, and decides the instance
exactly. It finds what is wrong with a false axiom.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st
from sympy import QQ, Add, Mul, Poly, Rational, Symbol, cos, expand, pi

from proofs import axioms
from proofs.definitions import differentiable_on_unit_interval
from proofs.kernel import (
    KernelError,
    R,
    Term,
    Theorem,
    all_of,
    evaluate,
    exists,
    forall,
    fun,
    function,
    implies,
    instance,
    negation,
    real,
    witnessed,
)  # fmt: skip
from proofs.kernel.algebra import normal
from proofs.kernel.theorem import genuine

PROOFS = Path(axioms.__file__).parent
AXIOMS: dict[str, Callable[[], Theorem]] = {
    name: f
    for name, f in vars(axioms).items()
    if inspect.isfunction(f) and f.__module__ == axioms.__name__
}
SEARCH = settings(derandomize=True, database=None, deadline=None, max_examples=200)
t = real("t")


@dataclass(frozen=True)
class Attack:
    """A search: the axiom again, what is drawn, how that refutes a formula, and spoiled axioms.

    Each spoiled axiom goes with the smallest counterexample, which the search must find.
    """

    unspoiled: Term
    candidates: st.SearchStrategy[Any]
    refutes: Callable[[Term, Any], bool]
    spoiled: dict[str, tuple[Term, Any]]


# ---------------------------------------------------------------------------------- exact decisions
def is_false(statement: Term) -> bool:
    """Whether exact arithmetic refutes a statement about numbers; raises if it cannot tell."""
    try:
        evaluate(statement)
    except KernelError:
        evaluate(negation(statement))
        return True
    return False


def polynomial(term: Term) -> Any:
    """A term built from numbers and t as sympy's polynomial in t."""
    if term.op == "number":
        return Poly(QQ(term.data.numerator, term.data.denominator), Symbol("t"), domain=QQ)
    if term.op == "^":
        return polynomial(term.args[0]) ** int(term.data)
    if term.op in ("+", "*"):
        first, *rest = map(polynomial, term.args)
        for p in rest:
            first = first + p if term.op == "+" else first * p
        return first
    assert term is t, f"{term} is no polynomial in t"
    return Poly(Symbol("t"), domain=QQ)


def has_solution(existential: Term) -> bool:
    """Whether t > low, t < high and an equation of polynomials in t have a solution (Sturm)."""
    (system,) = witnessed(existential, t).hypotheses
    above, below, equation = system.args
    assert (above.op, below.op, equation.op) == (">", "<", "=="), system
    assert above.args[0] is below.args[0] is t, system
    low, high = above.args[1].data, below.args[1].data
    difference = polynomial(equation.args[0] - equation.args[1])
    if difference.is_ground:
        return bool(difference.is_zero and low < high)
    ends = [QQ(x.numerator, x.denominator) for x in (low, high)]
    inside = difference.count_roots(*ends) - sum(difference.eval(x) == 0 for x in ends)
    return bool(inside > 0)


# --------------------------------------------------------------------------- the mean value theorem
Coefficients = tuple[Fraction, ...]
ZERO, TENTH, HALF, ONE = Fraction(0), Fraction(1, 10), Fraction(1, 2), Fraction(1)


def slope(f: Coefficients) -> Coefficients:
    """The coefficients of the derivative."""
    return tuple(n * c for n, c in enumerate(f))[1:]


def value(f: Coefficients, x: Fraction) -> Fraction:
    """f(x)."""
    return sum((c * x**n for n, c in enumerate(f)), ZERO)


@dataclass(frozen=True)
class Curve:
    """A polynomial f on [0, 1], and d = f' + error in the place of its derivative."""

    f: Coefficients
    error: Coefficients = ()

    @property
    def bound(self) -> Fraction:
        """At least |f''|/2 on [0, 1] and positive: |f(t + h) - f(t) - f'(t) h| <= bound h^2."""
        return sum(map(abs, slope(slope(self.f))), ONE)

    def instance(self, axiom: Term) -> Term:
        """`axiom` for f, d and the modulus epsilon / bound, which serves f'."""
        f = fun(R, lambda t: sum(c * t**n for n, c in enumerate(self.f)))
        parts = (slope(self.f), self.error)
        d = fun(R, lambda t: sum(c * t**n for part in parts for n, c in enumerate(part)))
        return instance(axiom, f, d, fun(R, R, lambda t, epsilon: epsilon / self.bound)).goal

    def exposed(self) -> tuple[Fraction, Fraction, Fraction]:
        """t, epsilon, h that show d not to be the derivative: |error(t)| = 2 epsilon, h small."""
        degree = len(self.error)  # above that of the error, so it is not zero at all the points
        points = [Fraction(k, degree) for k in range(degree + 1)]
        t = max(points, key=lambda x: abs(value(self.error, x)))
        epsilon = abs(value(self.error, t)) / 2
        h = min(epsilon / (2 * self.bound), HALF)
        return t, epsilon, h if t + h <= 1 else -h


def refutes_mean_value(axiom: Term, curve: Curve) -> bool:
    """Whether the curve meets the premise, as far as `exposed` can tell, and not the conclusion."""
    premise, conclusion = curve.instance(axiom).args
    if has_solution(conclusion):
        return False
    return not (any(curve.error) and is_false(instance(premise, *curve.exposed()).goal))


def mean_value_theorem(
    premise: Callable[[Term, Term, Term], Term] = differentiable_on_unit_interval,
    high: Fraction = ONE,
    factor: int = 1,
) -> Term:
    """The axiom, or, with other arguments, what is false."""
    return forall(R >> R, R >> R, (R, R) >> R, lambda f, d, modulus: implies(
        premise(f, d, modulus),
        exists(R, lambda t: (t > 0) & (t < high) & (f(1) - f(0) == factor * d(t))),
    ))  # fmt: skip


def only_for_large_epsilon(f: Term, d: Term, modulus: Term) -> Term:
    """`differentiable_on_unit_interval` with epsilon > 1 for epsilon > 0: slopes may err by 1."""
    return forall(R, lambda t, epsilon, h: implies(
        t >= 0, t <= 1, epsilon > 1,
        (modulus(t, epsilon) > 0)
        & implies(abs(h) < modulus(t, epsilon), t + h >= 0, t + h <= 1,
                  abs(f(t + h) - f(t) - d(t) * h) <= epsilon * abs(h)),
    ))  # fmt: skip


COEFFICIENTS = st.lists(st.fractions(-5, 5, max_denominator=6), max_size=6).map(tuple)
MEAN_VALUE_THEOREM = Attack(
    unspoiled=mean_value_theorem(),
    candidates=st.builds(Curve, COEFFICIENTS, st.just(()) | COEFFICIENTS),
    refutes=refutes_mean_value,
    spoiled={
        "t in the first half": (mean_value_theorem(high=HALF), Curve(f=(ZERO, ZERO, ONE))),
        "twice the slope": (mean_value_theorem(factor=2), Curve(f=(ZERO, ONE))),
        "slopes that may err by 1": (
            mean_value_theorem(only_for_large_epsilon),
            Curve(f=(), error=(ONE,)),
        ),
    },
)


# --------------------------------------------------------------------------------------- the cosine
C, PI = function("cosine", R >> R), real("pi")


def cosine(at_pi: int = -1, falls_until: int = 1, doubled: int = 2, sign: int = 1) -> Term:
    """The axiom, or, with other arguments, what is false."""
    return exists(R >> R, R, lambda cosine, pi: all_of(
        pi > 0, cosine(0) == 1, cosine(pi) == at_pi,
        forall(R, lambda x, y: implies(
            x >= 0, x < y, y <= falls_until * pi, cosine(y) < cosine(x),
        )),
        forall(R, lambda x, y: (
            cosine(x + y) + sign * cosine(x - y) == doubled * cosine(x) * cosine(y)
        )),
    ))  # fmt: skip


def number(term: Term) -> Any:
    """sympy's exact value of a term, with its cosine and its pi for C and PI."""
    arguments = [number(a) for a in term.args if a is not C]
    known = {"+": Add, "*": Mul, "^": lambda base: base ** int(term.data), "apply": cos}
    if term.op in known:
        return known[term.op](*arguments)
    assert term is PI or term.op == "number", term
    return pi if term is PI else Rational(term.data.numerator, term.data.denominator)


def truth(statement: Term) -> bool:
    """Whether a statement holds of the cosine."""
    if statement.op in ("and", "implies"):
        *premises, last = map(truth, statement.args)
        return all((*premises, last)) if statement.op == "and" else last or not all(premises)
    above = expand(number(statement.args[0] - statement.args[1]))
    known = {
        "<": above.is_negative,
        "<=": above.is_nonpositive,
        ">": above.is_positive,
        ">=": above.is_nonnegative,
        "==": above.is_zero,
    }
    found = known[statement.op]
    assert found is not None, f"sympy does not decide {statement}"
    return bool(found)


def refutes_cosine(axiom: Term, multiples: tuple[Fraction, Fraction]) -> bool:
    """Whether the cosine fails `axiom` where x and y are these multiples of pi."""
    (system,) = witnessed(axiom, C, PI).hypotheses
    for part in (system.args[0] if system.op == "defined" else system).args:
        statement = part
        for multiple in multiples:
            if statement.op == "forall":
                statement = instance(statement, multiple * PI).goal
        if not truth(statement):
            return True
    return False


# Half of them on [0, pi]; of twelfths sympy knows the cosines in roots, which it can compare.
MULTIPLES = (st.integers(0, 12) | st.integers(-48, 48)).map(lambda n: Fraction(n, 12))
COSINE = Attack(
    unspoiled=cosine(),
    candidates=st.tuples(MULTIPLES, MULTIPLES),
    refutes=refutes_cosine,
    spoiled={
        "1 at pi": (cosine(at_pi=1), (ZERO, ZERO)),
        "falling until 2 pi": (cosine(falls_until=2), (ZERO, 2 * ONE)),
        "half of the sum": (cosine(doubled=1), (ZERO, ZERO)),
        "the difference for the sum": (cosine(sign=-1), (ZERO, ZERO)),
    },
)


# ------------------------------------------------------------------------- the exponential function
E = function("exp", R >> R)
Interval = tuple[Fraction, Fraction]


def exponential(
    combined: Callable[[Term, Term], Term] = lambda p, q: p * q, at_zero: int = 1, tangent: int = 1
) -> Term:
    """The axiom, or, with other arguments, what is false."""
    return exists(R >> R, lambda exp: all_of(
        forall(R, lambda x, y: exp(x + y) == combined(exp(x), exp(y))),
        forall(R, lambda x: exp(x) >= at_zero + tangent * x),
    ))  # fmt: skip


def exp_enclosure(x: Fraction) -> Interval:
    """Rational bounds of exp(x), |x| <= 8: thirty terms of its series at x/8, to the power 8."""
    small, term, total = x / 8, ONE, ZERO
    for k in range(30):
        total, term = total + term, term * small / (k + 1)
    rest = 2 * abs(term)  # each of the terms left out is at most half of the one before
    return (total - rest) ** 8, (total + rest) ** 8


def enclosure(term: Term) -> Interval:
    """Rational bounds of a term, with the exponential function for E."""
    if term.op == "number":
        return term.data, term.data
    if term.op == "apply":
        (argument,) = {*enclosure(term.args[1])}
        return exp_enclosure(argument)
    assert term.op in ("+", "*"), term
    first, *rest = map(enclosure, term.args)
    for other in rest:
        ends = [a + b if term.op == "+" else a * b for a in first for b in other]
        first = min(ends), max(ends)
    return first


def refutes_exponential(axiom: Term, point: tuple[Fraction, Fraction]) -> bool:
    """Whether the exponential function certainly fails `axiom` at x and y."""
    (system,) = witnessed(axiom, E).hypotheses
    for part in (system.args[0] if system.op == "defined" else system).args:
        statement = part
        for x in point:
            if statement.op == "forall":
                statement = instance(statement, x).goal
        low, high = enclosure(statement.args[0] - statement.args[1])
        if high < 0 or (statement.op == "==" and low > 0):
            return True
        assert statement.op in ("==", ">="), statement
    return False


RATIONALS = st.fractions(-4, 4, max_denominator=6)
EXPONENTIAL = Attack(
    unspoiled=exponential(),
    candidates=st.tuples(RATIONALS, RATIONALS),
    refutes=refutes_exponential,
    spoiled={
        "a sum for the product": (exponential(combined=lambda p, q: p + q), (ZERO, ZERO)),
        "2 at zero": (exponential(at_zero=2), (ZERO, ZERO)),
        "above a steeper line": (exponential(tangent=2), (ONE, ZERO)),
    },
)
ATTACKS = {"mean_value_theorem": MEAN_VALUE_THEOREM, "cosine": COSINE, "exponential": EXPONENTIAL}


# ---------------------------------------------------------------------------------------- the tests
def test_axioms_are_few() -> None:
    assert 1 <= len(AXIOMS) <= 10


def test_axioms_are_made_in_one_file() -> None:
    """Only axioms.py imports the rule `axiom`, and it calls it once for each of its functions."""
    importing = {
        path.relative_to(PROOFS).as_posix()
        for path in PROOFS.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.ImportFrom) and "axiom" in [a.name for a in node.names])
        or (isinstance(node, ast.Attribute) and node.attr == "axiom")
    }
    assert importing == {"axioms.py"}
    calls = [
        ast.unparse(c.func)
        for c in ast.walk(ast.parse(inspect.getsource(axioms)))
        if isinstance(c, ast.Call)
    ]
    assert calls.count("axiom") == len(AXIOMS)


def test_axioms_have_names_of_their_own() -> None:
    """A theorem lists the axioms that it rests on by these names."""
    names = [name for f in AXIOMS.values() for name in genuine(f()).axioms]
    assert len(names) == len(set(names)) == len(AXIOMS)


@pytest.mark.parametrize("name", AXIOMS)
def test_axiom_names_its_source(name: str) -> None:
    """A docstring ends in author, title and number, as in `Rudin, Principles ..., 5.10.`"""
    source = (inspect.getdoc(AXIOMS[name]) or "").split("\n\n")[-1].replace("\n", " ")
    assert re.fullmatch(r"[A-Z][\w. ]+, [A-Z][^,]+(, [\w ]*\d[\w.]*)+\.", source), source


def test_every_axiom_is_attacked() -> None:
    """The unspoiled formula is the axiom: so the others differ from it in what is spoiled alone."""
    assert set(ATTACKS) == set(AXIOMS)
    for name, attack in ATTACKS.items():
        assert normal(attack.unspoiled) is normal(AXIOMS[name]().goal)
        assert attack.spoiled


@pytest.mark.parametrize("name", ATTACKS)
def test_axiom_survives_the_search(name: str) -> None:
    formula = AXIOMS[name]().goal

    @SEARCH
    @given(ATTACKS[name].candidates)
    def search(candidate: Any) -> None:
        assert not ATTACKS[name].refutes(formula, candidate)

    search()


@pytest.mark.parametrize(
    ("name", "how"), [(name, how) for name, a in ATTACKS.items() for how in a.spoiled]
)
def test_search_refutes_a_spoiled_axiom(name: str, how: str) -> None:
    attack = ATTACKS[name]
    formula, smallest = attack.spoiled[how]
    found = find(attack.candidates, lambda c: attack.refutes(formula, c), settings=SEARCH)
    assert found == smallest


@SEARCH
@given(
    COEFFICIENTS,
    st.fractions(0, 1, max_denominator=12),
    st.fractions(TENTH, HALF),
    st.fractions(TENTH, 1 - TENTH),
)
def test_mean_value_theorem_is_about_polynomials_too(
    f: Coefficients, t: Fraction, epsilon: Fraction, part: Fraction
) -> None:
    """Its premise holds of a polynomial and its derivative: the search has something to attack."""
    curve = Curve(f)
    premise, _ = curve.instance(AXIOMS["mean_value_theorem"]().goal).args
    h = part * epsilon / curve.bound
    assert not is_false(instance(premise, t, epsilon, h if t + h <= 1 else -h).goal)
