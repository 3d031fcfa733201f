"""Verdicts: `judge` gives one only where theorems of exactly the claim's formulas are shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace as changed
from typing import Any

import pytest

from proofs.claims import Claim
from proofs.kernel import (
    KernelError, N, R, Term, Theorem, V, all_of, any_of, definition, e1, entails, evaluate, exists,
    forall, fun, function, generalize, identical, iff, implies, inner, instance, natural, norm,
    real, sqrt, square_nonnegative, vector, witnessed, zero,
)  # fmt: skip
from proofs.kernel.verdict import Judgement, NotJudged, judge, obligations
from proofs.kernel.theorem import axiom
from tests.kernel.refusals import refuses

x, y, a, b = real("x y a b")
n = natural("n")
u, v, g = vector("u v g")
f = function("f", R >> R)
L = function("L", V >> R)
K = function("K", (R >> R) >> R)

# x^2 + x > 0 for x > 0, and the article does not say that x is positive.
POSITIVE = Claim(
    for_all=[x], given={"x is positive": x > 0}, unsaid=["x is positive"], then=x**2 + x > 0
)
PROOF = {
    "theorem_positive": POSITIVE.proved(),
    "inhabited_by_one": POSITIVE.inhabited_by({x: 1}),
    "counterexample_minus_one": POSITIVE.fails({x: -1}, without="x is positive"),
}
# x^2 > 0 fails at 0 and holds elsewhere.
SQUARE = Claim(for_all=[x], then=x**2 > 0)
NONZERO = SQUARE.but(given={"x is not zero": x != 0})
REFUTATION = {
    "counterexample_zero": SQUARE.fails({x: 0}),
    "theorem_elsewhere": NONZERO.proved(),
    "inhabited_by_one": NONZERO.inhabited_by({x: 1}),
}


def without(evidence: Mapping[str, Theorem], name: str) -> dict[str, Theorem]:
    """The evidence but for one step."""
    return {n: t for n, t in evidence.items() if n != name}


# ------------------------------------------------------------------------------------ true verdicts
def test_holds_if() -> None:
    judgement = judge({"CLAIM": POSITIVE}, PROOF)
    assert judgement.verdict == "HOLDS_IF"
    assert judgement.unsaid == ["x is positive"]
    assert judgement.outcomes == {"CLAIM": "proved"}
    assert judgement.axioms == []


def test_fails() -> None:
    judgement = judge({"CLAIM": SQUARE, "REPAIR": NONZERO}, REFUTATION)
    assert judgement.verdict == "FAILS"
    assert judgement.outcomes == {"CLAIM": "refuted", "REPAIR": "proved"}


def test_holds_and_definition() -> None:
    true = Claim(for_all=[u], then=inner(u, u) >= 0)
    steps = {"theorem_square": generalize(square_nonnegative(u), u)}
    assert judge({"CLAIM": true}, steps).verdict == "HOLDS"
    assert judge({"CLAIM": changed(true, defines="a square")}, steps).verdict == "DEFINITION"


def test_axioms_are_listed() -> None:
    claim = Claim(for_all=[x], then=x**2 + x > x - 1)
    trusted = axiom("squares", forall(R, lambda t: t**2 >= 0))
    judgement = judge({"CLAIM": claim}, {"theorem_x": claim.proved(by=[instance(trusted, x)])})
    assert judgement.axioms == ["squares"]


# ---------------------------------------------------------------------------------- claims as built
def test_a_claim_that_collapses_is_refused() -> None:
    collapsed: list[Any] = [True, False, all_of(), any_of(), x is x]
    for formula in collapsed:
        with pytest.raises(KernelError, match="collapse"):
            Claim(for_all=[x], then=formula)
        with pytest.raises(KernelError, match="collapse"):
            Claim(for_all=[x], given={"h": formula}, then=x > 0)
    assert Claim(for_all=[a], given={"a is not zero": a != 0}, then=a / a == 1).then.op == "=="


def test_a_claim_is_made_of_formulas() -> None:
    refuses(
        r"is no term|here belongs a term in truth values",
        lambda: Claim(for_all=[x], then="x > 0"),  # type: ignore[arg-type]
        lambda: Claim(for_all=[x], then=x),
        lambda: Claim(for_all=[x], then=None),  # type: ignore[arg-type]
        lambda: Claim(for_all=[x], given={"h": 0.5}, then=x > 0),  # type: ignore[dict-item]
    )


def test_a_claim_is_closed() -> None:
    refuses(
        "not among its variables",
        lambda: Claim(for_all=[x], then=x > y),
        lambda: Claim(for_all=[x], given={"h": y > 0}, then=x > 0),
        lambda: Claim(for_all=[], then=x > 0),
    )
    Claim(for_all=[x, y], then=x > y)


def test_the_variables_of_a_claim_are_free_symbols() -> None:
    attempts: list[Any] = [[x, 3], [x + 1], ["x"], [x, e1], [f(x), x], [None, x]]
    for for_all in attempts:
        with pytest.raises(KernelError, match="symbol"):
            Claim(for_all=for_all, then=x > 0)
    Claim(for_all=[x, u], then=x > 0)


def test_unsaid_names_are_hypotheses() -> None:
    with pytest.raises(KernelError, match="unsaid, but not among the hypotheses"):
        Claim(for_all=[x], given={"x > 0": x > 0}, unsaid=["x is positive"], then=x > 0)
    refuses(
        "there is no hypothesis 'x > 0' to drop",
        lambda: POSITIVE.closed(without="x > 0"),
        lambda: POSITIVE.but(without="x > 0"),
        lambda: POSITIVE.fails({x: 1}, without="x > 0"),
    )
    POSITIVE.but(without="x is positive")


def test_a_claim_does_not_change_after_it_is_made() -> None:
    """What is judged is what was printed."""
    given, for_all, unsaid = {"x is positive": x > 0}, [x], ["x is positive"]
    claim = Claim(for_all=for_all, given=given, unsaid=unsaid, then=x > -1)
    stated = claim.closed()
    given["x is negative"] = x < 0
    for_all.append(y)
    unsaid.clear()
    assert claim.closed() is stated
    assert list(claim.unsaid) == ["x is positive"]
    held: Any = claim.given
    for change in (lambda: setattr(claim, "then", x > 5), lambda: held.update({"no": x < x})):
        with pytest.raises((KernelError, AttributeError, TypeError)):
            change()
    assert claim.closed() is stated


def test_a_vector_claim_says_so() -> None:
    """The statements about a claim: its universal closure, and that its hypotheses hold of
    something.
    """
    claim = Claim(for_all=[g], given={"g is not zero": g != zero}, then=inner(g, g) > 0)
    assert str(claim.closed()) == "for all g in V with g != 0: g.g > 0"
    assert str(claim.closed(without="g is not zero")) == "for all g in V: g.g > 0"
    assert str(claim.inhabited()) == "there is g in V such that g != 0"


# --------------------------------------------------------------------------------- verdicts refused
def test_neither_proved_nor_refuted() -> None:
    refuses(
        "CLAIM is neither proved nor refuted",
        lambda: judge({"CLAIM": POSITIVE}, without(PROOF, "theorem_positive")),
        lambda: judge({"CLAIM": POSITIVE}, {}),
        lambda: judge(
            {"CLAIM": SQUARE, "REPAIR": NONZERO}, without(REFUTATION, "counterexample_zero")
        ),
    )
    refuses(
        "REPAIR is neither proved nor refuted",
        lambda: judge(
            {"CLAIM": SQUARE, "REPAIR": NONZERO}, without(REFUTATION, "theorem_elsewhere")
        ),
    )


def test_a_theorem_of_something_else_is_no_proof() -> None:
    other = {
        "weaker": generalize(entails([x > 1], x**2 + x > 0), x),
        "another": generalize(entails([x > 0], x**2 + 2 * x > 0), x),
        "naturals": generalize(entails([n > 0], n**2 + n > 0), n),
        "open": entails([x > 0], x**2 + x > 0),
        "vacuous": generalize(entails([x > 0, x < 0], x**2 + x > 0), x),
        "instance": instance(PROOF["theorem_positive"], 2),
    }
    for name, theorem in other.items():
        with pytest.raises(KernelError, match="neither proved nor refuted"):
            judge({"CLAIM": POSITIVE}, PROOF | {"theorem_positive": theorem, name: theorem})


def test_a_proof_that_needs_a_hypothesis_that_the_claim_does_not_declare() -> None:
    extra = generalize(entails([x > 0, a > 0], x**2 + x > 0), x)
    assert extra.hypotheses == (a > 0,)
    with pytest.raises(KernelError, match="neither proved nor refuted"):
        judge({"CLAIM": POSITIVE}, PROOF | {"theorem_positive": extra})


def test_proved_only_where_there_are_frame_vectors() -> None:
    """A claim speaks of every space, {0} included; a refutation may choose the space."""
    claim = Claim(for_all=[x], then=exists(V, lambda s: norm(s) == 1))
    unit = generalize(entails([], claim.then, by=[witnessed(claim.then, e1)]), x)
    with pytest.raises(KernelError, match="neither proved nor refuted"):
        judge({"CLAIM": claim}, {"theorem_unit": unit})
    trivial = Claim(for_all=[u], then=u == zero)
    repair = Claim(for_all=[u], then=inner(u, u) >= 0)
    steps = {"counterexample_e1": trivial.fails({u: e1}), "theorem_square": repair.proved()}
    assert judge({"CLAIM": trivial, "REPAIR": repair}, steps).verdict == "FAILS"
    polynomial = Claim(for_all=[x], then=x**2 >= 0)
    framed = generalize(entails([], polynomial.then, by=[evaluate(norm(e1) == 1)]), x)
    with pytest.raises(KernelError, match="neither proved nor refuted"):
        judge({"CLAIM": polynomial}, {"theorem_square": framed})
    assert judge({"CLAIM": polynomial}, {"theorem_square": polynomial.proved()}).verdict == "HOLDS"


def test_a_frame_that_disappears_is_not_forgotten() -> None:
    """There is no unit vector in the space {0}."""
    claim = Claim(for_all=[x], then=exists(V, lambda s: inner(s, s) == 1))
    unit = generalize(witnessed(claim.then, e1), x)
    with pytest.raises(KernelError, match="neither proved nor refuted"):
        judge({"CLAIM": claim}, {"theorem_unit": unit})


def test_proved_and_refuted() -> None:
    """Only a false axiom does that."""
    wrong = axiom("every number is positive", forall(R, lambda t: t > 0))
    claim = Claim(for_all=[x], then=x > 0)
    steps = {
        "theorem_all": claim.proved(by=[instance(wrong, x)]),
        "counterexample_zero": claim.fails({x: 0}),
    }
    with pytest.raises(KernelError, match="CLAIM is both proved and refuted"):
        judge({"CLAIM": claim}, steps)


def test_hypotheses_that_nothing_satisfies() -> None:
    with pytest.raises(
        KernelError, match="no step shows that the hypotheses of CLAIM hold of anything"
    ):
        judge({"CLAIM": POSITIVE}, without(PROOF, "inhabited_by_one"))
    vacuous = {
        "two signs": [x > 0, x < 0],
        "a swapped box": [x >= 1, x <= 0],
        "between naturals": [n > 0, n < 1],
        "cosine -2": [norm(u) == 1, norm(g) == 1, inner(u, g) == -2],
    }
    for premises in vacuous.values():
        claim = Claim(
            for_all=[x, n, u, g], given={str(i): h for i, h in enumerate(premises)}, then=x == 17
        )
        with pytest.raises(KernelError, match=r"do not inhabit|is not shown"):
            claim.inhabited_by({x: 1, n: 1, u: e1, g: -e1})
    other = Claim(for_all=[x], given={"x > 1": x > 1}, then=x > 0)
    steps = {"theorem_a": other.proved(), "inhabited_a": POSITIVE.inhabited_by({x: 1})}
    with pytest.raises(
        KernelError, match="no step shows that the hypotheses of CLAIM hold of anything"
    ):
        judge({"CLAIM": other}, steps)
    judge({"CLAIM": other}, steps | {"inhabited_a": other.inhabited_by({x: 2})})


def test_unsaid_hypotheses_are_shown_to_be_needed() -> None:
    with pytest.raises(
        KernelError, match="unsaid by the article and not shown to be needed: x is positive"
    ):
        judge({"CLAIM": POSITIVE}, without(PROOF, "counterexample_minus_one"))
    idle = Claim(
        for_all=[x], given={"x > 0": x > 0, "x > -1": x > -1}, unsaid=["x > -1"], then=x**2 + x > 0
    )
    with pytest.raises(KernelError, match=r"do not refute|is not shown"):
        idle.fails({x: 2}, without="x > -1")
    steps = {"theorem_a": idle.proved(), "inhabited_a": idle.inhabited_by({x: 1})}
    with pytest.raises(KernelError, match="not shown to be needed: x > -1"):
        judge({"CLAIM": idle}, steps | {"counterexample_a": idle.fails({x: 0}, without="x > 0")})
    judge(
        {"CLAIM": changed(idle, unsaid=["x > 0"])},
        steps | {"counterexample_a": idle.fails({x: 0}, without="x > 0")},
    )


def test_a_witness_that_does_not_refute() -> None:
    refuses(
        r"do not refute|is not shown",
        lambda: SQUARE.fails({x: 1}),
        lambda: SQUARE.fails({x: y}),
        lambda: SQUARE.fails({}),
        lambda: POSITIVE.fails({x: -1}),
        lambda: POSITIVE.fails({x: 1}),
    )
    with pytest.raises(KernelError, match="here belongs a term in R"):
        SQUARE.fails({x: u})
    with pytest.raises(KernelError, match="is no term"):
        SQUARE.fails({x: 0.0})
    assert SQUARE.fails({x: 0}).hypotheses == ()


def test_a_witness_in_the_domain_only() -> None:
    """1/0 is no value: it refutes nothing."""
    claim = Claim(for_all=[x], given={"x is not zero": x != 0}, then=1 / x > 0)
    with pytest.raises(KernelError, match="the denominator is zero"):
        claim.fails({x: 0})
    unguarded = Claim(for_all=[x, y], then=1 / x > 0)
    with pytest.raises(KernelError, match=r"do not refute|is not shown"):
        unguarded.fails({x: y - y})
    claim.fails({x: -1})


def test_theorems_that_no_claim_asks_for() -> None:
    stray = entails([], x < x + 1)
    for name in ("theorem_stray", "counterexample_stray", "inhabited_stray"):
        with pytest.raises(
            KernelError, match=f"{name} proves nothing that a claim of the page asks for"
        ):
            judge({"CLAIM": POSITIVE}, PROOF | {name: stray})
    judge(
        {"CLAIM": POSITIVE},
        PROOF | {"inequality_stray": stray, "identity_stray": identical(x + x, 2 * x)},
    )


def test_a_claim_that_fails_needs_a_proved_repair() -> None:
    with pytest.raises(KernelError, match="the claim fails and has no proved REPAIR"):
        judge({"CLAIM": SQUARE}, {"counterexample_zero": SQUARE.fails({x: 0})})
    with pytest.raises(KernelError, match="the claim fails and has no proved REPAIR"):
        judge({"CLAIM": SQUARE, "READING": NONZERO}, REFUTATION)
    worse = SQUARE.but(then=x**2 > 1)
    steps = {"counterexample_zero": SQUARE.fails({x: 0}), "counterexample_one": worse.fails({x: 1})}
    with pytest.raises(KernelError, match="the claim fails and has no proved REPAIR"):
        judge({"CLAIM": SQUARE, "REPAIR": worse}, steps)
    both = REFUTATION | {"counterexample_one": worse.fails({x: 1})}
    with pytest.raises(KernelError, match="the claim fails and has no proved REPAIR"):
        judge({"CLAIM": SQUARE, "REPAIR": NONZERO, "REPAIR_WORSE": worse}, both)
    judge({"CLAIM": SQUARE, "REPAIR": NONZERO, "MISREADING": worse}, both)


def test_forged_theorems_are_not_judged() -> None:
    forged: Any = object.__new__(Theorem)
    contents = {"hypotheses": (), "goal": POSITIVE.closed(), "axioms": frozenset(), "dimension": 0}
    for name, value in (contents | {"means": frozenset({"logic"})}).items():
        object.__setattr__(forged, name, value)
    with pytest.raises(KernelError, match="is no theorem"):
        judge({"CLAIM": POSITIVE}, PROOF | {"theorem_positive": forged})
    altered = Claim(for_all=[x], then=x >= 0)
    theorem = generalize(entails([x >= 0], x >= 0), x)
    object.__setattr__(theorem, "goal", altered.closed())
    with pytest.raises(KernelError, match="altered"):
        judge({"CLAIM": altered}, {"theorem_x": theorem})


def test_outcomes_are_of_the_formulas_and_not_of_names() -> None:
    """A definition or another arrangement of the same formula is the same claim; another formula is
    not.
    """

    @definition("{t} is positive")
    def positive(t: Term) -> Term:
        return t > 0

    folded = Claim(
        for_all=[x],
        given={"x is positive": positive(x)},
        unsaid=["x is positive"],
        then=x * (x + 1) > 0,
    )
    assert judge({"CLAIM": folded}, PROOF).verdict == "HOLDS_IF"
    rearranged = Claim(
        for_all=[y], given={"y is positive": y * 2 > 0}, unsaid=["y is positive"], then=-y < y**2
    )
    assert judge({"CLAIM": rearranged}, PROOF).verdict == "HOLDS_IF"
    with pytest.raises(KernelError, match="neither proved nor refuted"):
        judge({"CLAIM": rearranged.but(then=y**2 > 1)}, PROOF)


# ------------------------------------------------------------------------------ divisions and roots
def judged(then: Any, given: Mapping[str, Any], *names: str) -> Callable[[], Judgement]:
    """Judges a claim on all the variables, without evidence."""
    return lambda: judge(
        {"CLAIM": Claim(for_all=[x, y, a, b, n, u, v, f, L, K], given=dict(given), then=then)}, {}
    )


UNDEFINED: list[tuple[Any, dict[str, Any], str]] = [
    (1 / x > 0, {}, "denominator"),
    (x / x == 1, {}, "denominator"),
    (y / (x - 1) > 0, {"h": x > 0}, "denominator"),
    (1 / (x * y) > 0, {"h": x > 0}, "denominator"),
    (1 / norm(u) > 0, {}, "denominator"),
    (inner(u, v) / (norm(u) * norm(v)) <= 1, {"h": u != zero}, "denominator"),
    (u / x == v, {"h": x >= 0}, "denominator"),
    (f(1 / x) > 0, {}, "denominator"),
    (x > 0, {"h": 1 / x > 0}, "denominator"),
    (x > 0, {"h": 1 / x > 0, "late": x != 0}, "denominator"),
    ((1 / x > 0) & (x != 0), {}, "denominator"),
    ((1 / x > 0) | (x == 0), {}, "denominator"),
    ((x != 0) | (1 / x > 0), {}, "denominator"),
    (implies(1 / x > 0, x != 0, x > 0), {}, "denominator"),
    (forall(R, lambda t: 1 / t > 0), {"h": x != 0}, "denominator"),
    (exists(R, lambda t: 1 / t > x), {}, "denominator"),
    (exists(N, lambda i: x < 1 / i), {}, "denominator"),
    (forall(R, lambda t: implies(t > x, 1 / t > 0)), {"h": x > -1}, "denominator"),
    (f(1) == fun(R, lambda t: 1 / t)(x), {}, "denominator"),
    (K(fun(R, lambda t: 1 / t)) > 0, {}, "denominator"),
    (K(fun(R, lambda t: K(fun(R, lambda s: s / (t - x))))) > 0, {}, "denominator"),
    (~(1 / x > 0), {}, "denominator"),
    (iff(1 / x > 0, x > 0), {"h": x >= 0}, "denominator"),
    (1 / f(x) > 0, {"h": f(y) > 0}, "denominator"),
    (sqrt(x) >= 0, {}, "root"),
    (sqrt(x) ** 2 == x, {}, "root"),
    (sqrt(x - 1) >= 0, {"h": x > 0}, "root"),
    (sqrt(inner(u, v)) >= 0, {}, "root"),
    (1 / sqrt(x) > 0, {"h": x >= 0}, "denominator"),
    (forall(R, lambda t: sqrt(t) >= 0), {}, "root"),
    (sqrt(sqrt(x) - 1) >= 0, {"h": x >= 0}, "root"),
]
DEFINED: list[tuple[Any, dict[str, Any]]] = [
    (1 / x > 0, {"h": x > 0}),
    (x / x == 1, {"h": x != 0}),
    (y / (x - 1) > 0, {"h": x > 1}),
    (1 / (x * y) > 0, {"h": x > 0, "k": y < 0}),
    (1 / norm(u) > 0, {"h": u != zero}),
    (inner(u, v) / (norm(u) * norm(v)) <= 1, {"h": u != zero, "k": v != zero}),
    (u / x == v, {"h": x > 0}),
    (x > 0, {"early": x != 0, "h": 1 / x > 0}),
    ((x != 0) & (1 / x > 0), {}),
    ((x == 0) | (1 / x > 0), {}),
    (implies(x != 0, 1 / x > 0, x > 0), {}),
    (forall(R, lambda t: implies(t > x, 1 / t > 0)), {"h": x > 0}),
    (exists(N, lambda i: x < 1 / (i + 1)), {}),
    (exists(R, lambda t: (t > 0) & (1 / t > x)), {}),
    (f(1) == fun(R, lambda t: t / (1 + t**2))(x), {}),
    (K(fun(R, lambda t: 1 / (1 + t**2))) > 0, {}),
    (K(fun(R, lambda t: K(fun(R, lambda s: s / (t**2 + x))))) > 0, {"h": x > 0}),
    (x / 2 > 0, {}),
    (sqrt(x) ** 2 == x, {"h": x >= 0}),
    (sqrt(inner(u, u)) >= 0, {}),
    (sqrt(x**2 + 1) > 0, {}),
    (1 / sqrt(x) > 0, {"h": x > 0}),
    (sqrt(sqrt(x) - 1) >= 0, {"h": x >= 1}),
]


@pytest.mark.parametrize(
    ("then", "given", "what"), UNDEFINED, ids=[f"{t}" for t, _, _ in UNDEFINED]
)
def test_a_claim_outside_its_domain(then: Any, given: dict[str, Any], what: str) -> None:
    message = (
        "CLAIM holds a denominator that may be zero"
        if what == "denominator"
        else "CLAIM holds a root of what may"
    )
    with pytest.raises(KernelError, match=message):
        judged(then, given)()


@pytest.mark.parametrize(("then", "given"), DEFINED, ids=[f"{t}" for t, _ in DEFINED])
def test_a_claim_inside_its_domain(then: Any, given: dict[str, Any]) -> None:
    """The only complaint is that there is no proof."""
    with pytest.raises(KernelError, match=r"^CLAIM is neither proved nor refuted$"):
        judged(then, given)()


def test_a_definition_is_looked_into() -> None:
    @definition("{t} has a small inverse")
    def small(t: Term) -> Term:
        inverse: Term = 1 / t
        return inverse < 1

    with pytest.raises(KernelError, match="a denominator that may be zero"):
        judged(small(x), {})()
    with pytest.raises(KernelError, match=r"^CLAIM is neither proved nor refuted$"):
        judged(small(x), {"h": x > 1})()


def test_what_a_definition_does_not_use_need_not_be_defined() -> None:
    @definition("whatever {s} is, {t} is positive")
    def positive(s: Term, t: Term) -> Term:
        return t > 0

    with pytest.raises(KernelError, match=r"^CLAIM is neither proved nor refuted$"):
        judged(positive(1 / x, x), {})()


def test_the_zero_gradient_by_name() -> None:
    """The cosine of the angle with -g is -1: the claim must say that g is not 0."""
    cosine = inner(g, -g) / (norm(g) * norm(-g))
    claim = Claim(for_all=[g], then=cosine == -1)
    with pytest.raises(KernelError, match="a denominator that may be zero"):
        judge({"CLAIM": claim}, {})
    guarded = claim.but(given={"g is not zero": g != zero})
    steps = {"theorem_cosine": guarded.proved(), "inhabited_by_e1": guarded.inhabited_by({g: e1})}
    assert judge({"CLAIM": guarded}, steps).verdict == "HOLDS"


def test_obligations_know_what_stands_before_them() -> None:
    (found,) = obligations(forall(R, lambda t: implies(t > x, 1 / (t - x) > 0)))
    context, needed = found
    assert len(context) == 1
    entails(context, needed)
    assert list(obligations(x + y > 0)) == []


def test_obligations_tell_the_variables_of_binders_apart() -> None:
    """Of binders in one another, of which two bind the same name, each has its own symbol."""
    inner_most = exists(R, lambda r: 1 / (r - x) > 0)
    statement = forall(R, lambda r: exists(R, lambda s: (s / (r - s) > r) & inner_most))
    needs = [needed for _, needed in obligations(statement)]
    assert [str(needed) for needed in needs] == ["r - s != 0", "r - x != 0"]
    (r, s), (q,) = (sorted(n.free - {x}, key=str) for n in needs)
    assert r is not q
    assert {r.data.split("'")[0], s.data.split("'")[0]} == {"r", "s"}
    alike = forall(R, lambda r: exists(R, (lambda q: lambda r: 1 / (q - r) > 0)(r)))
    ((_, needed),) = obligations(alike)
    assert len(needed.free) == 2


def test_all_that_is_open_is_told_with_what_would_close_it() -> None:
    other = Claim(
        for_all=[x], given={"x is large": x > 5}, unsaid=["x is large"], then=1 / (x - 6) < 1
    )
    stray = evaluate(x - x == 0)

    def told(claim: Claim, **steps: Theorem) -> NotJudged:
        with pytest.raises(NotJudged) as error:
            judge({"CLAIM": claim}, steps)
        return error.value

    kinds = [kind for kind, _ in told(other, theorem_stray=stray).open]
    assert kinds == ["", "theorem_", "counterexample_", ""]
    (missing,) = told(POSITIVE, **without(PROOF, "inhabited_by_one")).open
    assert missing[0] == "inhabited_"
    (missing,) = told(SQUARE, counterexample_zero=REFUTATION["counterexample_zero"]).open
    assert missing[0] == ""
    words = ["a denominator that may be zero", "neither proved nor refuted", "needed: x is large"]
    for part in (*words, "theorem_stray proves nothing that a claim of the page asks for"):
        assert part in str(told(other, theorem_stray=stray))


def test_a_subclass_is_not_believed() -> None:
    """Its fields are; what its methods say of them is not asked."""

    class Liar(Claim):
        def closed(self, without: str = "") -> Term:
            return forall(R, lambda y: y == y)

    lie = Liar(for_all=[x], then=x > x**2)
    truth = generalize(evaluate(x == x), x)
    with pytest.raises(NotJudged, match="neither proved nor refuted"):
        judge({"CLAIM": lie}, {"theorem_lie": truth})


def test_the_steps_that_decide_a_claim_are_named() -> None:
    always = Claim(for_all=[x], then=x**2 >= 0)
    judged = judge({"CLAIM": always}, {"theorem_a": always.proved(), "theorem_b": always.proved()})
    assert judged.steps == {"CLAIM": ["theorem_a", "theorem_b"]}


@pytest.mark.parametrize("name", ["", " "])
def test_a_hypothesis_has_a_name(name: str) -> None:
    """Without one, it could be dropped and no word would be said of it."""
    with pytest.raises(KernelError, match="a hypothesis needs a name in words"):
        Claim(for_all=[x], given={name: x > 0}, then=x > 0)
