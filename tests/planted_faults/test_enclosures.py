"""What balls must not show of a box; evidence of balls that is altered, or stands for a proof."""

from __future__ import annotations

import copy
from dataclasses import replace

import pytest
from hypothesis import strategies as st

from proofs.balls.boxes import is_enclosure
from proofs.balls.searching import is_survival, survived
from proofs.kernel import KernelError, entails, real
from tests.planted_faults.enclosures import FAULTS, Boxed
from tests.planted_faults.fault import page, says

each = pytest.mark.parametrize("fault", FAULTS, ids=str)
CLAIM = says(real("x") ** 2 > real("x"))


@each
def test_balls_do_not_show_it_and_show_its_twin(fault: Boxed) -> None:
    with pytest.raises(KernelError, match=fault.told):
        fault.claim()
    assert is_enclosure(fault.twin())


def refused(step: str, evidence: object, told: str) -> None:
    """A step that returns this evidence fails."""
    with pytest.raises(KernelError, match=told):
        page({"CLAIM": CLAIM}, {step: lambda: evidence}).run(step)


@each
def test_an_enclosure_counts_as_it_was_made(fault: Boxed) -> None:
    made = fault.twin()
    assert page({"CLAIM": CLAIM}, {"enclosure_twin": lambda: made}).run("enclosure_twin") is made
    for altered in (replace(made, claim="x^2 falls everywhere"), copy.copy(made)):
        refused("enclosure_claim", altered, "must return what `descends` and `linearizes` made")
    refused("theorem_claim", made, "is no theorem")
    refused("search_claim", made, "must return what `survives` and `survived` made")
    object.__setattr__(made, "claim", "x^2 falls everywhere")
    refused("enclosure_claim", made, "must return what `descends` and `linearizes` made")


def test_a_survival_counts_as_it_was_made() -> None:
    made = survived("x^2 >= 0", st.integers(), lambda n: n * n >= 0)
    assert page({"CLAIM": CLAIM}, {"search_twin": lambda: made}).run("search_twin") is made
    for altered in (replace(made, claim=str(CLAIM.closed())), copy.copy(made)):
        assert not is_survival(altered)
        refused("search_claim", altered, "must return what `survives` and `survived` made")
    refused("theorem_claim", made, "is no theorem")
    refused("enclosure_claim", made, "must return what `descends` and `linearizes` made")
    object.__setattr__(made, "undecided", 0 if made.undecided else 1)
    refused("search_claim", made, "must return what `survives` and `survived` made")


def test_a_theorem_is_neither() -> None:
    made = entails([], real("x") ** 2 >= 0)
    assert page({"CLAIM": CLAIM}, {"inequality_it": lambda: made}).run("inequality_it") is made
    refused("search_it", made, "must return what `survives` and `survived` made")
    refused("enclosure_it", made, "must return what `descends` and `linearizes` made")
    refused("identity_it", made, "rests on an inequality")
