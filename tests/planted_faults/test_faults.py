"""Each fault by every route: reasons, certificates, a lying solver, evidence of another claim,
forged or altered theorems, searches. What proves its twin is accepted beside it.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import strategies as st

from proofs import replay
from proofs.balls.arithmetic import number
from proofs.balls.searching import survived
from proofs.certificates.finding import Search
from proofs.claims import Claim
from proofs.kernel import KernelError, Term, Theorem, V, e1, e2, inner, solver
from proofs.kernel.algebra import normal
from proofs.kernel.solver import NotProved, key
from proofs.kernel.terms import term
from proofs.kernel.theorem import genuine
from proofs.runner.pages import kind
from tests.planted_faults import (
    converses, dropped_hypotheses, equality_cases, near_miss_constants, other_evidence,
    second_order_terms, strictness, swapped_quantifiers,
)  # fmt: skip
from tests.planted_faults.fault import RLIMIT, Fault, told, w

KINDS = [
    converses, dropped_hypotheses, equality_cases, near_miss_constants, other_evidence,
    second_order_terms, strictness, swapped_quantifiers,
]  # fmt: skip
FAULTS: list[Fault] = [fault for kind in KINDS for fault in kind.FAULTS]
each = pytest.mark.parametrize("fault", FAULTS, ids=str)


def proved(claim: Claim, fault: Fault, *more: Theorem) -> Theorem:
    """The claim, by what proves the twin."""
    return claim.proved(by=[*fault.by(), *more], rlimit=RLIMIT)


@cache
def theorem(fault: Fault) -> Theorem:
    """The twin's."""
    return proved(fault.twin, fault)


def holds_of_something(fault: Fault) -> dict[str, Callable[[], Theorem]]:
    """The step that shows what the twin is about, if it has hypotheses."""
    at = fault.at if fault.inhabited is None else fault.inhabited
    step = lambda: fault.twin.inhabited_by(at, by=fault.shown())
    return {"inhabited_twin": step} if fault.twin.given else {}


def test_there_are_enough_of_each_kind() -> None:
    assert {len(kind.FAULTS) >= 7 for kind in KINDS} == {True}
    assert len(FAULTS) >= 60
    assert len({fault.name for fault in FAULTS}) == len(FAULTS)


@each
def test_the_claim_is_false_and_the_twin_true(fault: Fault) -> None:
    """The values refute the claim, and not the twin; a page on the twin HOLDS."""
    fault.claim.fails(fault.at, by=fault.shown())
    with pytest.raises(KernelError, match="do not refute the claim"):
        fault.twin.fails(fault.at, by=fault.shown())
    steps = {"theorem_twin": lambda: theorem(fault), **holds_of_something(fault)}
    assert told({"CLAIM": fault.twin}, **steps) == "HOLDS"


@each
def test_reasons_do_not_prove_it(fault: Fault) -> None:
    """Nor does the twin's theorem as one of them."""
    for more in ([], [theorem(fault)]):
        with pytest.raises(NotProved, match=r"does not follow|no answer"):
            proved(fault.claim, fault, *more)


@each
def test_the_theorem_of_its_twin_is_another(fault: Fault) -> None:
    other = told({"CLAIM": fault.claim}, theorem_claim=lambda: theorem(fault))
    assert "CLAIM is neither proved nor refuted" in other
    assert "theorem_claim proves nothing that a claim of the page asks for" in other


@each
def test_a_refuted_claim_is_not_proved(fault: Fault) -> None:
    """The page says FAILS, and its repair is the twin."""
    steps: dict[str, Callable[[], object]] = {
        "counterexample_claim": lambda: fault.claim.fails(fault.at, by=fault.shown()),
        "theorem_repair": lambda: theorem(fault),
        **holds_of_something(fault),
    }
    both = {"CLAIM": fault.claim, "REPAIR": fault.twin}
    assert told(both, **steps).endswith("the page declares HOLDS; its theorems give FAILS")


NO_CERTIFICATES = ["", "(1) .", "(1 (square 0)) .", "(0) .", "? false (1) .", "? true (1) ."]


@each
def test_a_certificate_of_its_twin_is_another(
    fault: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without z3 the certificate proves the twin; stored for the claim it proves nothing."""
    by = fault.by()
    with monkeypatch.context() as patch:
        patch.setattr(solver, "PROVED", {})
        fault.twin.proved(by=by, rlimit=RLIMIT)
        queries = [query for query, _ in solver.PROVED]
    certificates = [Search(query, 20.0).certificate() for query in queries]
    with pytest.raises(NotProved) as caught:
        fault.claim.proved(by=by, rlimit=RLIMIT)
    query = caught.value.query
    asked = query.text([*query.facts, *caught.value.assertions])
    monkeypatch.setattr(solver, "z3", lambda: "")
    for certificate in [*certificates, *NO_CERTIFICATES]:
        with pytest.raises(replay.Refused):
            replay.check(asked, certificate)
    for certificate in certificates or [""]:  # "": unit propagation does it
        lines = {key(query): certificate for query in [*queries, asked]}
        monkeypatch.setattr(solver, "stored", lambda lines=lines: lines)
        monkeypatch.setattr(solver, "PROVED", {})
        fault.twin.proved(by=by, rlimit=RLIMIT)
        with pytest.raises(NotProved, match="z3 is not installed"):
            fault.claim.proved(by=by, rlimit=RLIMIT)


@each
def test_a_solver_that_lies_is_named(fault: Fault, monkeypatch: pytest.MonkeyPatch) -> None:
    """The closing table tells what stands on its word alone."""
    monkeypatch.setattr(solver, "PROVED", {})
    monkeypatch.setattr(solver, "ask", lambda *_: "unsat")
    alone = proved(fault.claim, fault)
    assert kind("theorem_claim", alone) == "solver"


@each
def test_a_theorem_that_is_forged_or_altered_is_none(fault: Fault) -> None:
    twin, false = theorem(fault), fault.claim.closed()
    forged = copy.copy(twin)
    object.__setattr__(forged, "goal", false)
    assert "no verdict" in told({"CLAIM": fault.claim}, theorem_claim=lambda: forged)
    with pytest.raises(KernelError, match="is no theorem"):
        genuine(forged)
    goal = twin.goal
    try:
        object.__setattr__(twin, "goal", false)
        assert "no verdict" in told({"CLAIM": fault.claim}, theorem_claim=lambda: twin)
        with pytest.raises(KernelError, match="was altered"):
            genuine(twin)
    finally:
        object.__setattr__(twin, "goal", goal)
    genuine(twin)


class InBalls:
    """A function of the values `at`, as a search has its losses: in two coordinates, at points."""

    def __init__(self, symbol: Term, value: Any):
        self.symbol, self.value = symbol, value

    def __call__(self, *point: Any) -> Any:
        exact = [[Fraction(int(x.fmpq().p), int(x.fmpq().q)) for x in xs] for xs in point]
        value = self.value(*(x[0] if len(x) == 1 else x[0] * e1 + x[1] * e2 for x in exact))
        if self.symbol.sort.output == V:
            return [number(c) for c in in_balls(w, value)]
        return number(normal(value).data)


def in_balls(symbol: Term, value: Any) -> Any:
    """The value of a symbol as searches draw it."""
    if symbol.sort == V:
        return [normal(inner(value, e)).data for e in (e1, e2)]
    return InBalls(symbol, value) if symbol.sort.inputs else normal(term(value)).data


FOUND = r" fails for |balls cannot decide there is"


@each
def test_a_search_is_no_proof(fault: Fault) -> None:
    """It finds the fault, or cannot tell; and what survives is no theorem, of the twin either."""
    start = SimpleNamespace(cases=[{v: in_balls(v, value) for v, value in fault.at.items()}])
    granted = [name for name, h in fault.claim.given.items() if h.op == "defined"]
    with pytest.raises(KernelError, match=FOUND):
        fault.claim.survives(st.just(start), lambda at: at, granted=granted)
    survival = survived(str(fault.claim.closed()), st.just(1), lambda _: True)
    assert "no verdict" in told({"CLAIM": fault.claim}, theorem_claim=lambda: survival)
