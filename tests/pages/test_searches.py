"""Searches of claims: what they test, what they take for granted, what they say of failures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.errors import FailedHealthCheck, Unsatisfiable

from proofs.a_why_gradient_descent_works import a11_small_step_lowers_the_loss as a11
from proofs.a_why_gradient_descent_works import a14_one_learning_rate_for_every_start as a14
from proofs.claims import Claim
from proofs.kernel import KernelError, R, fun, instance, norm, real
from proofs.balls.arithmetic import NotSmooth
from proofs.runner.pages import Page
from proofs.balls.profiles import register_profiles
from proofs.balls.searching import Survival, is_survival
from strategies import Start, convex_losses, lipschitz_losses, rough_losses, smooth_losses, starts
from strategies.losses import Loss, Quadratic

register_profiles()
pytestmark = pytest.mark.usefixtures("gate")


def small_steps_lower(
    losses: st.SearchStrategy[Any], granted: Sequence[str] = ("L is differentiable at w0",)
) -> Survival:
    """The search of a11 on other losses."""
    at = {"loss": a11.L, "point": a11.w0, "gradient": a11.g}
    return a11.CLAIM.survives(starts(losses), lambda start: start.gives(**at), granted=granted)


def test_rows_that_speak_of_the_loss_are_searched(pages: list[Page]) -> None:
    """The list at the end of the ledger is what was asked for; pages may have more searches."""
    rows = {
        "a02", "a07", "a11", "a12", "a14", "a16",
        "b04", "b09", "b11", "b12", "b13", "b14", "b20", "b23", "c01", "c03", "c04", "c06",
    }  # fmt: skip
    searched = {page.id for page in pages for step in page.steps if step.startswith("search_")}
    assert searched >= rows, f"not searched: {', '.join(sorted(rows - searched))}"


def test_searches_are_far_from_undecided(pages: list[Page]) -> None:
    """At most 1 case in 400: so other seeds stay away from the 1 in 100 that fails a search."""
    rates = {}
    for page in pages:
        for step in page.steps:
            if step.startswith("search_"):
                found = page.run(step)
                assert isinstance(found, Survival)
                rates[page.id, step] = found.undecided / found.cases
    assert rates
    assert max(rates.values()) <= 1 / 400, rates


def test_survival_tells_families_dimensions_and_the_tightest_case() -> None:
    found = small_steps_lower(smooth_losses((2, 3), ["quadratic", "logistic"]))
    assert is_survival(found)
    assert found.examples >= 200
    assert set(found.families) == {"quadratic", "logistic"}
    assert set(found.dimensions) == {2, 3}
    assert sum(found.families.values()) == sum(found.dimensions.values()) == found.examples
    assert 0 < found.margin < 1
    assert "Start(loss=" in found.tightest
    assert all(
        part in str(found)
        for part in ("quadratic", "dimensions 2 to 3", "tightest", f"{found.examples} tried")
    )


def test_a_false_claim_is_found_and_shrunk() -> None:
    """With the gradient's sign wrong: the loss w^2/2 in one coordinate, from a whole number."""
    with pytest.raises(
        KernelError, match=r"there is alpha0 .* fails for Start\(loss=WrongGradient\(loss=Quadratic"
    ) as found:
        small_steps_lower(rough_losses("sign of the gradient"))
    assert "point=(0,)" in str(found.value) or "point=(1,)" in str(found.value)


def test_a_sharp_bound_is_found_1_percent_above() -> None:
    """a14's repair, with alpha up to 2.02 / lipschitz."""
    too_much = Fraction(101, 100)
    at = {"loss": a14.L, "gradient": a14.grad, "point": a14.w, "lipschitz": a14.lipschitz}
    with pytest.raises(KernelError, match="fails for Start"):
        a14.REPAIR.but(without="alpha is small").survives(
            starts(lipschitz_losses()),
            lambda start: start.gives(**at),
            granted=a14.REPAIR.given.keys() - {"lipschitz is positive", "alpha is small"},
            then=instance(a14.REPAIR.then, a14.w).goal,
            over=lambda start: (a14.alpha, start.below(2 * too_much / start.loss.lipschitz)),
        )


def test_hypotheses_are_tested_unless_granted() -> None:
    """At a stationary point the step is zero: with no other start, nothing is found."""
    flat = st.just(Quadratic((0, 0), (0, 0)))
    with pytest.raises((Unsatisfiable, FailedHealthCheck)):
        small_steps_lower(flat)
    with pytest.raises(KernelError, match="fails for Start"):
        small_steps_lower(flat, granted=["L is differentiable at w0", "the gradient is not zero"])


def test_what_is_granted_is_not_false() -> None:
    """Of a stationary start it is false that its gradient is not zero."""
    flat = st.just(Quadratic((0, 0), (0, 0)))
    claim = a11.CLAIM.but(then=a11.L(a11.w0) <= a11.L(a11.w0 + a11.g))
    known = ["L is differentiable at w0", "the gradient is not zero"]
    at = {"loss": a11.L, "point": a11.w0, "gradient": a11.g}
    with pytest.raises(KernelError, match="'the gradient is not zero' is granted, and it is false"):
        claim.survives(starts(flat), lambda start: start.gives(**at), granted=known)
    curved = starts(convex_losses(families=["quadratic"]))
    assert claim.survives(curved, lambda start: start.gives(**at), granted=known[:1]).examples


def test_what_is_granted_stays_false_where_it_is_tried_again() -> None:
    """However many cases hypothesis tries before it has the smallest."""
    steep = a11.CLAIM.but(given={"the gradient is short": norm(a11.g) < 100})
    at = {"loss": a11.L, "point": a11.w0, "gradient": a11.g}
    losses = starts(convex_losses(families=["quadratic"]))
    known = ["L is differentiable at w0", "the gradient is short"]
    with pytest.raises(KernelError, match="'the gradient is short' is granted, and it is false"):
        steep.survives(losses, lambda start: start.gives(**at), known, then=a11.L(a11.w0) >= -1)


def test_a_search_asks_the_losses_that_it_draws() -> None:
    x = real("x")
    claim = Claim(for_all=[x], given={"x is positive": x > 0}, then=x > x**2)
    for known in (["x is positive"], []):
        with pytest.raises(KernelError, match="is decided without the losses that are drawn"):
            claim.survives(starts(smooth_losses()), lambda start: {x: Fraction(1, 2)}, known)
    nothing = a11.CLAIM.but(then=a11.L(a11.w0) == a11.L(a11.w0))
    for then in (x * x - x**2 == 0, nothing.then):
        with pytest.raises(KernelError, match="true by its form alone: there is nothing to search"):
            claim.survives(starts(smooth_losses()), lambda start: {x: 1}, then=then)
    for then in (a11.L(a11.w0) ** 2 >= -1, norm(a11.g) >= 0):
        with pytest.raises(KernelError, match="true by its form alone: there is nothing to search"):
            a11.CLAIM.survives(starts(smooth_losses()), lambda start: {x: 1}, then=then)
    about = a11.CLAIM.but(then=a11.L(a11.w0) >= 0, given={})
    flat: dict[Any, Any] = {a11.L: Quadratic((1,), (0,)), a11.w0: [1], a11.g: [1]}
    granted = ["L is differentiable at w0"]
    with pytest.raises(KernelError, match="is decided without the losses that are drawn"):
        about.survives(starts(smooth_losses()), lambda start: flat, granted)


def test_a_loss_written_for_a_search_is_refused() -> None:
    """It may compare balls, which on a whole range have no order: a jump would be hidden."""
    jumps = lambda w: w[0] * w[0] - (1000 if w[0] != 1 else 0)
    at = {"point": a11.w0, "gradient": a11.g}
    for own in (jumps, lambda w: w[0] * w[0]):
        with pytest.raises(KernelError, match="L is a function written for this search"):
            a11.CLAIM.survives(
                starts(smooth_losses()),
                lambda start: start.gives(**at) | {a11.L: own},
                granted=["L is differentiable at w0"],
            )
    assert small_steps_lower(smooth_losses()).examples


def test_a_search_tells_its_domain() -> None:
    """The golden file shows it: other losses, or more that is granted, show in review."""
    domains = {
        small_steps_lower(smooth_losses((2, 3), ["quadratic", "logistic"])).domain,
        small_steps_lower(smooth_losses((2, 3), ["quadratic"])).domain,
        small_steps_lower(smooth_losses((1, 3), ["quadratic"])).domain,
    }
    assert len(domains) == 3
    assert (
        "families: logistic, quadratic; dimensions 2 to 3; granted: L is differentiable at w0"
        in domains
    )


def test_what_is_granted_is_a_hypothesis() -> None:
    with pytest.raises(KernelError, match="granted, but not among the hypotheses: L is smooth"):
        small_steps_lower(smooth_losses(), granted=["L is smooth"])


def test_what_is_not_granted_must_be_decidable() -> None:
    """That L is differentiable is no matter for balls."""
    with pytest.raises(KernelError, match=r"balls cannot|nothing is said of delta"):
        small_steps_lower(smooth_losses(), granted=[])


def test_a_rough_loss_is_not_smooth_at_a_point() -> None:
    for fault in ("kink", "jump"):
        with pytest.raises(NotSmooth, match=r"L is not smooth at \(0\), for Start\("):
            small_steps_lower(rough_losses(fault))


@dataclass(frozen=True)
class Broken(Loss):
    """A loss that is nan or infinite where it should have a value."""

    family = "broken"

    @property
    def dimension(self) -> int:
        return 2

    def __call__(self, w: Sequence[Any]) -> Any:
        return (w[0] - w[0] - 1).log() if self.nan else 1 / (w[0] - w[0])

    def gradient(self, w: Sequence[Any]) -> list[Any]:
        return [1 + 0 * x for x in w]

    nan: bool = True


def test_a_loss_without_a_finite_value_is_refused_with_value_and_point() -> None:
    with pytest.raises(
        KernelError,
        match=r"L is nan at \(0, 0\); a loss has a finite value everywhere, for Start\(",
    ):
        small_steps_lower(st.just(Broken()))


def test_a_claim_that_is_undecided_is_no_evidence() -> None:
    """x^2 >= 1/3^2 at x = 1/3, which no ball holds exactly."""
    x = real("x")
    claim = Claim(for_all=[x], then=fun(R, lambda x: x * x)(x) >= Fraction(1, 9))
    third = starts(smooth_losses())
    with pytest.raises(KernelError, match=r"1200 of 1200 cases are undecided"):
        claim.survives(third, lambda start: {x: Fraction(1, 3)})


def test_start_gives_values_by_name() -> None:
    start = Start(Quadratic((1, 2), (0, 0)), (3, 4), (1, 0))
    given = start.gives(loss=a11.L, point=a11.w0, gradient=a11.g, lipschitz=a14.lipschitz)
    assert given[a11.L] is start.loss
    assert given[a11.w0] == (3, 4)
    assert given[a14.lipschitz] == 2
    assert [int(x.unique_fmpz()) for x in given[a11.g]()] == [3, 8]
    with pytest.raises(AttributeError):
        start.gives(nonsense=a11.L)
