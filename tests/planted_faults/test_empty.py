"""Claims about nothing, and claims without a meaning: red on a page, whatever is proved of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from proofs.kernel import KernelError, solver
from proofs.runner.pages import on_one_solver
from tests.planted_faults import hidden_division, root_domains, vacuity
from tests.planted_faults.fault import RLIMIT, Empty, page, told

KINDS = [hidden_division, root_domains, vacuity]
FAULTS: list[Empty] = [fault for kind in KINDS for fault in kind.FAULTS]
each = pytest.mark.parametrize("fault", FAULTS, ids=str)


@each
def test_it_is_red_and_its_twin_holds(fault: Empty) -> None:
    at, by = fault.inhabited or {}, fault.shown()
    steps: dict[str, Callable[[], object]] = {
        "theorem_claim": lambda: fault.claim.proved(by=fault.by(), rlimit=RLIMIT)
    }
    assert fault.told in told({"CLAIM": fault.claim}, **steps)
    steps = {"theorem_twin": lambda: fault.twin.proved(by=fault.by(), rlimit=RLIMIT)}
    if fault.twin.given:
        steps["inhabited_twin"] = lambda: fault.twin.inhabited_by(at, by=by)
    assert told({"CLAIM": fault.twin}, **steps) == "HOLDS"


WITHOUT_MEANING = [fault for kind in KINDS[:2] for fault in kind.FAULTS]


@pytest.mark.parametrize("fault", WITHOUT_MEANING, ids=str)
def test_a_solver_that_lies_of_its_meaning_is_named(
    fault: Empty, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(solver, "PROVED", {})
    monkeypatch.setattr(solver, "ask", lambda *_: "unsat")
    lied = page({"CLAIM": fault.claim}, {})
    assert on_one_solver(lied) == ["the meaning of CLAIM"]
    monkeypatch.setattr(solver, "PROVED", {})
    monkeypatch.setattr(solver, "certified", lambda *_: True)
    assert on_one_solver(lied) == []


ABOUT_NOTHING = [fault for fault in FAULTS if fault.told == vacuity.NOTHING]


@pytest.mark.parametrize("fault", ABOUT_NOTHING, ids=str)
def test_what_inhabits_the_twin_does_not_inhabit_it(fault: Empty) -> None:
    at, by = fault.inhabited or {}, fault.shown()
    with pytest.raises(KernelError, match="do not inhabit the claim"):
        fault.claim.inhabited_by(at, by=by)
    assert fault.told in told(
        {"CLAIM": fault.claim},
        theorem_claim=lambda: fault.claim.proved(by=fault.by(), rlimit=RLIMIT),
        inhabited_claim=lambda: fault.twin.inhabited_by(at, by=by),
    )
