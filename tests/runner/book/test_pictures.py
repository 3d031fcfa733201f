"""Pictures of counterexamples: what they show is the witness's own."""

from __future__ import annotations

from fractions import Fraction
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest

from proofs import claims
from proofs.kernel import N, R, Term, V, e1, e2, e3, forall, fun, function, inner, norm, zero
from proofs.losses.kinks import TWO_KINKS
from proofs.losses.parabolas import EASED_PARABOLA, ELLIPSES
from proofs.runner.book.chapters import drawn_of
from proofs.runner.book.figures import step_and_tangent, walk_downhill
from proofs.runner.book.values import NoPicture, sequences, value
from proofs.runner.pages import Page, load_page, page_paths

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
    ("a11", "counterexample_kink"): ["L: w \u21a6 |e1.w|", "w0 = 0, where it is 0"],
    ("a11", "counterexample_for_every_alpha"): ["to \u22123, where it is 9"],
    ("a02", "counterexample_long_step_to_the_left"): ["w0 + s = \u22122, where it is \u22122"],
    ("a13", "counterexample_at_a_saddle"): ["Level lines of", "w0 = (0, 0), where it is 0"],
    ("a14", "counterexample_quartic"): ["The graph of L: w \u21a6 (e1.w)^4."],
    ("a16", "inhabited_strip_of_starts"): [
        "W(0), W(1), ...: from (1, 0)", "\u22122 u = (\u22122, 0)", "Shaded: where a run may start"
    ],
    ("b09", "counterexample_sum_is_the_loss"): ["\u03b8 + \u03b7 u = 1, where it is 0.3679"],
    ("b19", "counterexample_longer_step"): ["The vectors u = \u22122 e1", "grad = (1, 0)"],
    ("b20", "counterexample_of_the_same_length"): ["\u03b8 + \u03b7 v = (3.462, 1.442)"],
    ("b20", "counterexample_one_eta0_for_all_u"): ["lowest for \u03b1 = 1 = (0.5, \u22120.866)"],
    ("b23", "counterexample_opposite_in_every_norm"): ["Level lines of nu", "grad = (2, 1)"],
    ("c02", "counterexample_c1_is_one"): ["w \u2212 rates(j) g: from (0, 0)", "to (0.9375, 0)"],
    ("c05", "counterexample_half_the_gap"): ["x \u2212 d = 1.5, where it is 0.75"],
    ("d05", "inhabited_zigzag"): ["W(0), W(1), ...: from (3, 1), where it is 6"],
    ("d06", "counterexample_turning_round"): ["Arrows against the gradient", "to (\u22121, 0)"],
}  # fmt: skip


@pytest.mark.parametrize(("page", "step"), DRAWN, ids=map("-".join, DRAWN))
def test_a_counterexample_is_drawn_where_the_claim_looks(page: str, step: str) -> None:
    drawn = drawn_of(witnessed(page, step), step)
    assert drawn is not None
    for words in DRAWN[page, step]:
        assert words in drawn["alt"]
    assert ElementTree.fromstring(drawn["svg"]).tag.endswith("svg")


class Told(BaseException):
    """That a witness was put in: what it proves is not asked here."""


def witnessed(number: str, *steps: str) -> Page:
    """A page whose steps, or else counterexamples, have told their witnesses."""
    page = load_page(PATHS[number])
    for step in steps or [s for s in page.steps if s.startswith("counterexample_")]:

        def told(*seen: Any, step: str = step) -> None:
            page.witnesses[step] = seen
            raise Told

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(claims, "watched", told)
            with pytest.raises(Told):
                page.steps[step]()
    return page


NUMBERS, NOTHING = "it is of numbers alone", "its vectors are all 0"
WITHOUT = {
    "a01 counterexample_small_together_at_a_zero_gradient": NOTHING,
    "a03 counterexample_negative_learning_rate": NUMBERS,
    "a03 counterexample_positive_slope": NUMBERS,
    "a03 counterexample_with_a_plus": NUMBERS,
    "a10 counterexample_zero_gradient": NOTHING,
    "a12 counterexample_double_well_with_a_larger_alpha": "its loss is written out at two numbers",
    "a12 counterexample_negative_constant": NUMBERS,
    "b01 counterexample_no_direction": NOTHING,
    "b06 counterexample_zero_u": NOTHING,
    "b11 counterexample_misreading_then_the_square_is_far_below_1": NUMBERS,
    "b18 counterexample_negative_k": NUMBERS,
    "b18 counterexample_c_below_minus_one": NUMBERS,
    "b18 counterexample_c_above_one": NUMBERS,
    "b22 counterexample_out_of_the_plane": "its vectors need three dimensions",
    "b23 counterexample_zero_gradient_in_the_1_norm": "it is of numbers and a sequence of zeros",
    "d05 counterexample_misreading_flattest_is_slowest": NUMBERS,
}


@pytest.mark.parametrize("page", PATHS)
def test_every_counterexample_has_a_picture_or_a_reason(page: str) -> None:
    seen = witnessed(page)
    without = {f"{page} {step}" for step in seen.witnesses if drawn_of(seen, step) is None}
    assert without == {name for name in WITHOUT if name.startswith(page)}


def test_a_run_on_a_loss_that_varies_is_drawn_where_it_refutes() -> None:
    page = witnessed("a16", "inhabited_repair_convex")
    assert drawn_of(page, "inhabited_repair_convex") is None


def test_the_figures_of_the_article() -> None:
    assert "from \u22122, where it is 4 to" in walk_downhill()["alt"]
    assert "(A:13-15)" in step_and_tangent()["caption"]
    assert step_and_tangent() == step_and_tangent()
