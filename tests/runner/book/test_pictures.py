"""Pictures of counterexamples: what they show is the witness's own."""

from __future__ import annotations

from fractions import Fraction
from xml.etree import ElementTree

import numpy as np
import pytest

from proofs.kernel import N, R, Term, V, e1, e2, e3, forall, fun, function, inner, norm, zero
from proofs.losses.kinks import TWO_KINKS
from proofs.losses.parabolas import EASED_PARABOLA, ELLIPSES
from proofs.runner.book.chapters import drawn_of
from proofs.runner.book.figures import step_and_tangent, walk_downhill
from proofs.runner.book.values import NoPicture, sequences, value
from proofs.runner.pages import load_page, page_paths

PATHS = {path.stem[:3]: path for path in page_paths()}
W = 3 * e1 - 2 * e2
x = function("x", N >> R)


@pytest.mark.parametrize(
    ("t", "expected"),
    [
        (inner(W, e1), 3),
        (norm(W) ** 2, 13),
        (W, (3, -2)),
        (zero, (0, 0)),
        (ELLIPSES(W), Fraction(37, 2)),
        (ELLIPSES.gradient(W), (3, -14)),
        (TWO_KINKS(W), 7),
        (EASED_PARABOLA(3), 8),
        (EASED_PARABOLA.gradient(-3), -5),
    ],
    ids=str,
)
def test_values(t: Term, expected: object) -> None:
    found = value(t, {})
    assert np.allclose(np.array(found, float), np.array(expected, float))


def test_arrays_are_taken_for_numbers() -> None:
    at = value(ELLIPSES.value, {})
    assert np.allclose(at((np.array([0.0, 2.0]), np.array([1.0, 0.0]))), [3.5, 2.0])


def test_a_run_by_its_recurrence() -> None:
    rule = forall(N, lambda k: x(k + 1) == x(k) - EASED_PARABOLA.gradient(x(k)))
    run = sequences([x(0) == 2, rule], {})[x]
    assert [run(k) for k in range(4)] == [2, -1.5, 1.25, -1.125]


@pytest.mark.parametrize("t", [e3, function("g", V >> V)(e1), fun(V, lambda w: w + e3)(e1)])
def test_what_has_no_place_in_the_plane(t: Term) -> None:
    with pytest.raises(NoPicture):
        value(t, {})


DRAWN = {
    ("a11", "counterexample_kink"): ["the loss L: w \u21a6 |e1.w|", "w0 = 0, where it is 0"],
    ("a11", "counterexample_for_every_alpha"): ["to \u22123, where it is 9"],
    ("a02", "counterexample_long_step_to_the_left"): ["w0 + s = \u22122, where it is \u22122"],
    ("a16", "counterexample_convex_loss"): ["x(0), x(1), ...: from 2, where it is 3.75"],
    ("a13", "counterexample_at_a_saddle"): ["Level lines of", "w0 = (0, 0), where it is 0"],
}


@pytest.mark.parametrize(("page", "step"), DRAWN, ids="-".join)
def test_a_counterexample_is_drawn_where_the_claim_looks(page: str, step: str) -> None:
    loaded = load_page(PATHS[page])
    loaded.run(step)
    drawn = drawn_of(loaded, step)
    assert drawn is not None
    for words in DRAWN[page, step]:
        assert words in drawn["alt"]
    assert ElementTree.fromstring(drawn["svg"]).tag.endswith("svg")


def test_no_picture_where_nothing_is_to_be_seen() -> None:
    loaded = load_page(PATHS["b22"])
    loaded.run("counterexample_one_turn_more")
    assert drawn_of(loaded, "counterexample_one_turn_more") is None


def test_the_figures_of_the_article() -> None:
    assert "from \u22122, where it is 4 to" in walk_downhill()["alt"]
    assert "(A:13-15)" in step_and_tangent()["caption"]
    assert step_and_tangent() == step_and_tangent()
