"""What rests on what, by the names in the sources."""

from __future__ import annotations

import pytest

from proofs.kernel import Theorem
from proofs.runner.book.references import Thing, everything_under, module_of, rests_on
from proofs.runner.pages import load_page, page_paths

PATHS = {path.stem[:3]: path for path in page_paths()}


def of(page: str, step: str) -> set[tuple[str, str]]:
    reasons = rests_on(Thing(module_of(PATHS[page]), step))
    return {(reason.room, reason.name) for reason in reasons}


def test_a_step_rests_on_the_steps_and_lemmas_that_it_names() -> None:
    assert of("a11", "inequality_loss_falls") == {
        ("pages", "inequality_model_errs_by_at_most_half")
    }
    assert of("a11", "counterexample_kink") == {
        ("lemmas", "never_for_all_small"), ("losses", "KINK")
    }  # fmt: skip


def test_through_helpers_beside_it_but_not_through_claims() -> None:
    """`instance(SMOOTH, ...)` names the notion that SMOOTH says; CLAIM is what it is about."""
    assert of("a11", "inequality_alpha0_is_positive") == {("definitions", "differentiable")}
    assert of("a11", "theorem_linear_model") == set()


def test_of_another_page() -> None:
    (reason,) = rests_on(Thing(module_of(PATHS["a15"]), "theorem_stepping_against_the_gradient"))
    assert (reason.page, reason.name) == ("a11", "inequality_loss_falls")


@pytest.mark.parametrize("page", ["a12", "b12", "b22"])
def test_the_axioms_that_a_theorem_rests_on_are_found(page: str) -> None:
    """The kernel counts axioms itself: whatever it finds must be under the step by its names."""
    loaded, some = load_page(PATHS[page]), False
    for step in loaded.steps:
        if step.startswith("search_"):
            continue
        found = loaded.run(step)
        assert isinstance(found, Theorem)
        under = everything_under(Thing(module_of(PATHS[page]), step))
        named = {thing.name.replace("_", " ") for thing in under if thing.room == "axioms"}
        assert found.axioms <= named
        some = some or bool(found.axioms)
    assert some
