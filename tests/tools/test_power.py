"""The searches find planted faults as the gate runs them, the same on each run, and shrink them.

Here are the sign of the gradient for every search, and for each other fault the searches that it is
most about. The other cells of the table are only tried by `python -m tests.tools.power`, which uses
random seeds: what each search makes of the sign of one coordinate, of regions, kinks and jumps, and
of a wrong cross-term, transpose or chain, apart from the searches named here.
`tests/tools/POWER.md` shows them all.
"""

from __future__ import annotations

import re
from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

import proofs.balls.searching
from proofs.balls.arithmetic import NotSmooth, fraction, number
from proofs.kernel import KernelError
from strategies import Start
from strategies.losses import Loss, Polynomial, Quadratic
from strategies.vectors import Vector
from tests.tools import power
from tests.tools.power import (
    ABOVE_THE_BOUND, BLIND, CONVEX, FAULTS, HEADS, SHARP, Overpromised, Results, Run, blind,
    is_refutation, main, searches, seed_range, seeded, tried,
)  # fmt: skip

pytestmark = pytest.mark.usefixtures("gate")

TABLE = (power.HOME / "POWER.md").read_text(encoding="utf-8")
ROWS = Counter(re.findall(r"^\| ([a-z]\d\d \w+) \|", TABLE, re.MULTILINE))
TAYLOR = ("a07 small_remainder", "b09 smooth_losses", "b12 smooth_losses")
OF_SECOND_ORDER = ("dropped cross-term", "transposed matrix", "missing chain factor")
SCALED = ("factor 2", "relative error 1e-3", "relative error 1e-6")
REGIONS = ("sign where x0 > 3", "sign where |x0 - x1| < 1e-3", "sign where x0 x1 < -20")


def found(search: str, fault: str) -> Start:
    """The smallest counterexample that a search shows where the fault is planted."""
    assert (search, fault) not in blind()
    outcome, seen = tried(search, FAULTS[fault])
    assert outcome.kind == "found", outcome.says
    return seen.start(outcome.says)


def largest(v: Vector) -> Fraction:
    """The largest |coordinate|."""
    return max(abs(Fraction(x)) for x in v)


def below(loss: Any) -> Loss:
    """The loss without its fault."""
    inner: Loss = getattr(loss, "loss", loss)
    return inner


# ----------------------------------------------------------------------------- found, and how small
@pytest.mark.parametrize("search", searches())
def test_sign_of_the_gradient_is_found_and_shrunk(search: str) -> None:
    """A loss of one or two coordinates with parameters 0 and 1, at a point of 0 and 1."""
    start = found(search, "sign of the gradient")
    assert start.loss.dimension <= (2 if search.startswith("b20") else 1)
    assert largest(start.point) <= (1 if search != "b20 long_steps" else 3)  # stuck at 33/16
    assert largest(start.direction) <= 1
    assert len(repr(below(start.loss))) <= 80  # Quadratic(spectrum=(1,), center=(0,), mirrors=())


@pytest.mark.parametrize(
    "search",
    ["a07 small_remainder", "a11 smooth_losses", "a12 lipschitz_losses", "b20 smooth_losses"],
)
def test_sign_of_one_coordinate_is_found_and_shrunk(search: str) -> None:
    start = found(search, "sign of one coordinate")
    assert start.loss.dimension <= 3
    assert largest(start.point) <= 1
    assert below(start.loss).family == "quadratic"


@pytest.mark.parametrize("fault", SCALED)
@pytest.mark.parametrize("search", TAYLOR)
def test_taylor_searches_find_a_factor(search: str, fault: str) -> None:
    """Which decrease alone cannot see, however large or small."""
    start = found(search, fault)
    assert start.loss.dimension == 1
    assert largest(start.point) <= 1
    assert below(start.loss).family == "quadratic"


@pytest.mark.parametrize("fault", OF_SECOND_ORDER)
@pytest.mark.parametrize("search", TAYLOR)
def test_taylor_searches_find_a_wrong_rule(search: str, fault: str) -> None:
    """In one coordinate there is no transposed matrix: mirrors that do not commute need two."""
    start = found(search, fault)
    assert largest(start.point) <= 4
    assert start.loss.dimension >= (2 if fault == "transposed matrix" else 1)
    if fault == "missing chain factor":
        assert start.loss.dimension == 1


@pytest.mark.parametrize("search", [s for s in SHARP if (s, ABOVE_THE_BOUND) not in blind()])
def test_one_percent_above_the_sharp_bound_is_found(search: str) -> None:
    assert isinstance(found(search, ABOVE_THE_BOUND).loss, Overpromised)


@pytest.mark.parametrize("fault", ["relative error 1e-3", "relative error 1e-6"])
@pytest.mark.parametrize(
    "search", ["a12 lipschitz_losses", "b11 lipschitz_losses", "b12 lipschitz_losses"]
)
def test_sharp_bounds_tell_a_small_relative_error(search: str, fault: str) -> None:
    """The curvature reaches the Lipschitz constant all over a quadratic, and amid a bump."""
    assert below(found(search, fault).loss).family in ("quadratic", "gaussian", "rational")


@pytest.mark.parametrize("fault", ["kink", "jump"])
@pytest.mark.parametrize(
    "search", [*TAYLOR, "a11 smooth_losses", "a14 one_rate_for_several_starts"]
)
def test_kinks_and_jumps_are_found_where_they_are(search: str, fault: str) -> None:
    start = found(search, fault)
    assert start.loss.dimension == 1
    assert start.point == (0,)


@pytest.mark.parametrize("fault", REGIONS)
@pytest.mark.parametrize(
    "search", ["a11 smooth_losses", "a12 lipschitz_losses", "a16 convex_losses"]
)
def test_a_fault_in_a_region_is_found_in_it(search: str, fault: str) -> None:
    """At x0 in (3, 4], x0 = x1, or a product of about -21 (in a16 also on a run from 0 there)."""
    start = found(search, fault)
    x0, x1 = map(Fraction, (*start.point, 0)[:2])
    if "x0 > 3" in fault:
        assert start.loss.dimension == 1
        assert 3 < x0 <= 4 or (
            search[:3] == "a16" and start.point == (0,) and start.loss.minimizer[0] > 3
        )
    elif "1e-3" in fault:
        assert abs(x0 - x1) * 1000 < 1
    else:
        from_0 = search[:3] == "a16" and not any(start.point)
        assert from_0 or -30 <= x0 * x1 <= -20  # -20 itself where a step leads into the region


def test_the_same_is_found_on_each_run() -> None:
    cell = ("b12 lipschitz_losses", "relative error 1e-6")
    assert found(*cell) == found(*cell)


# ------------------------------------------------------------------------------ what cannot be seen
def test_what_cannot_be_seen_is_of_searches_and_faults() -> None:
    assert set(HEADS) == set(FAULTS)
    for why in BLIND:
        assert set(why.faults) <= set(FAULTS)
        assert set(why.searches) <= set(searches())
        assert any(number == BLIND.index(why) for number in blind().values())


def test_every_fault_but_the_bound_is_seen_by_a_taylor_search() -> None:
    assert all(
        (search, fault) not in blind()
        for search in TAYLOR
        for fault in FAULTS
        if fault != ABOVE_THE_BOUND
    )


def test_searches_for_the_bound_are_those_that_know_a_constant_of_the_loss() -> None:
    """Of the convex ones a16's run has a bound for its learning rate that is not sharp."""
    told = {search for search in ROWS if (search, ABOVE_THE_BOUND) not in blind()}
    assert told == set(SHARP)


CANNOT_BE_SEEN = [
    ("a11 smooth_losses", "factor 2"),
    ("a02 small_steps", "transposed matrix"),
    ("b04 convex_losses", "kink"),
    ("a16 convex_losses", ABOVE_THE_BOUND),
    ("a16 losses_bounded_below", "jump"),
]


@pytest.mark.parametrize(("search", "fault"), CANNOT_BE_SEEN)
def test_what_cannot_be_seen_is_not_found(search: str, fault: str) -> None:
    assert (search, fault) in blind()
    assert tried(search, FAULTS[fault])[0].kind == "survived"


@pytest.mark.parametrize("search", CONVEX)
def test_convex_searches_draw_neither_products_nor_compositions(search: str) -> None:
    """So two of the faults leave every loss as it is."""
    outcome, seen = tried(search, FAULTS["dropped cross-term"])
    assert outcome.kind == "survived"
    assert all(loss.convex for loss in seen.trial.losses)
    assert not any(family in outcome.says for family in ("product", "composition", "sum,"))


def test_overpromised_loss_allows_steps_one_percent_too_long() -> None:
    assert Overpromised(Quadratic((101,), (0,))).lipschitz == 100
    assert Overpromised(Polynomial(1, ((1, ((0, 1),)),))).lipschitz is None
    one = [number(1)]
    assert fraction(Overpromised(Quadratic((101,), (0,))).bends(one, one, 2)) == 100


# ----------------------------------------------------------------------------- what counts as found
def test_only_a_counterexample_counts() -> None:
    assert is_refutation(KernelError("L(w) < L(v) fails for Start(...)"))
    assert is_refutation(NotSmooth("L is not smooth at (0)"))
    assert is_refutation(
        ExceptionGroup("two", [NotSmooth("at (0)"), KernelError("x < 0 fails for 0")])
    )
    assert not is_refutation(
        KernelError("x < 0: 5 of 400 examples are undecided, which is no evidence")
    )
    assert not is_refutation(KernelError("nothing is said of x, so balls cannot tell"))
    assert not is_refutation(ExceptionGroup("two", [NotSmooth("at (0)"), ValueError("0")]))


@pytest.mark.parametrize(("break_down", "kind"), [
    ("x < 0: 5 of 400 examples are undecided, which is no evidence", "undecided"),
    ("nothing is said of x", "broken"),
])  # fmt: skip
def test_a_search_that_cannot_tell_has_not_found(
    monkeypatch: pytest.MonkeyPatch, break_down: str, kind: str
) -> None:
    def step() -> None:
        raise KernelError(break_down)

    step.__module__ = searches()["a11 smooth_losses"].__module__
    monkeypatch.setattr(power, "searches", lambda: {"a search": step})
    assert tried("a search", FAULTS["kink"])[0].kind == kind


# --------------------------------------------------------------------------------------- the script
def test_a_seed_decides_what_is_drawn_and_leaves_no_trace() -> None:
    given = vars(proofs.balls.searching)["given"]

    def drawn(seed: int) -> str:
        with seeded("gate", seed):
            return tried("b13 convex_losses", None)[0].says

    assert drawn(1) == drawn(1) != drawn(2)
    assert vars(proofs.balls.searching)["given"] is given
    assert settings.get_current_profile_name() == "gate"


def test_results_are_kept_unless_the_sources_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, run = tmp_path / "results", Run("gate", "a02 convex_losses", "sign of the gradient", 3)
    outcome = Results(path).outcome(run)
    assert outcome.kind == "found"
    monkeypatch.setattr(power, "tried", None)
    assert Results(path).outcome(run) == outcome
    monkeypatch.setattr(power, "sources", lambda: "other ones")
    assert not Results(path).of


def test_the_table_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(power, "CONTROLS", 0)
    output = tmp_path / "POWER.md"
    asked = ["--search", "a02 convex", "--seeds", "4:6", "--misses", "1", "--output", str(output)]
    assert main(asked) == 0
    lines = output.read_text(encoding="utf-8").splitlines()
    (row,) = [line for line in lines if line.startswith("| a02 convex")]
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    assert len(cells) == 1 + len(FAULTS)
    assert cells[1:4] == ["2/2", "2/2", "- (a)"]


def test_true_claims_raise_no_false_alarm(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--true", "--profile", "gate", "--search", "a02 small", "--seeds", "1"]) == 0
    assert "gate, seed 0: 1 searches, " in capsys.readouterr().out


def test_a_false_alarm_is_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(FAULTS, "", FAULTS["sign of the gradient"])
    assert main(["--true", "--profile", "gate", "--search", "a02 small", "--seeds", "1"]) == 1
    assert "FALSE ALARM a02 small_steps: found: " in capsys.readouterr().out


def test_seeds_are_counted_or_ranged() -> None:
    assert (seed_range("3"), seed_range("2:5")) == (range(3), range(2, 5))


def test_the_table_in_the_tree_is_of_the_searches_of_today() -> None:
    """Under both profiles. A new search may be missing until the table is made anew."""
    for profile in ("gate", "hunt"):
        assert f"## {profile}: " in TABLE
    assert len(ROWS) >= 22
    assert set(ROWS) <= set(searches()), "rows of searches that are no more"
    assert set(ROWS.values()) == {2}
    assert "not run" not in TABLE
