"""Strategies of losses draw what their docstrings promise, and refuse other arguments."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from strategies import (
    convex_losses, lipschitz_losses, one_sided_losses, polyak_lojasiewicz_losses, smooth_losses,
    strongly_convex_losses,
)  # fmt: skip
from strategies.drawn import CONVEX_FAMILIES, FAMILIES, LIPSCHITZ_FAMILIES
from strategies.losses import Loss, Quadratic
from tests.strategies.shared import LINE, drawn, refused, simplest

pytestmark = pytest.mark.usefixtures("many_bits")


def test_dimensions_and_families_are_those_asked_for() -> None:
    seen: set[tuple[str, int]] = set()

    @drawn(600)
    @given(smooth_losses())
    def draw(loss: Loss) -> None:
        seen.add((loss.family, loss.dimension))

    draw()
    assert {n for _, n in seen} == set(range(1, 7))
    assert {family for family, _ in seen} == set(FAMILIES)
    for build in (smooth_losses, lipschitz_losses, convex_losses):
        for dimensions, expected in ((64, {64}), ((2, 3), {2, 3}), (1, {1})):
            found: set[int] = set()
            families: set[str] = set()

            @drawn(25)
            @given(build(dimensions, ["quadratic", "logistic"]))
            def check(loss: Loss) -> None:
                found.add(loss.dimension)
                families.add(loss.family)

            check()
            assert found == expected
            assert families == {"quadratic", "logistic"}


def test_default_families() -> None:
    for build, families in (
        (lipschitz_losses, set(LIPSCHITZ_FAMILIES)),
        (convex_losses, set(CONVEX_FAMILIES)),
    ):
        found: set[str] = set()

        @drawn(150)
        @given(build())
        def check(loss: Loss) -> None:
            found.add(loss.family)
            assert loss.lipschitz is not None
            assert 1 <= loss.dimension <= 6

        check()
        assert found == families


def test_quadratics_of_every_kind() -> None:
    """Round, (in)definite, singular, conditioned as badly as 10^6, with and without mirrors."""
    kinds: set[str] = set()

    @drawn(300)
    @given(smooth_losses((2, 6), ["quadratic"]))
    def draw(loss: Quadratic) -> None:
        low, high = min(loss.spectrum), max(loss.spectrum)
        kinds.update(
            name for name, met in {
                "round": low == high, "indefinite": low < 0 < high, "singular": 0 in loss.spectrum,
                "definite": 0 < low < high, "negative": high < 0,
                "ill-conditioned": low > 0 and high / low >= 10**6,
                "turned": bool(loss.mirrors), "straight": not loss.mirrors,
            }.items() if met
        )  # fmt: skip

    draw()
    assert len(kinds) == 8


@pytest.mark.parametrize("family", FAMILIES)
def test_families_shrink_to_small_whole_parameters(family: str) -> None:
    loss = simplest(smooth_losses(families=[family]))
    assert loss.family == family
    assert loss.dimension == (2 if family == "network" else 1)
    fractions = [word for word in repr(loss).split("Fraction(")[1:] if not word.startswith("1, 4")]
    assert not fractions, loss  # a sharpness is 1/4
    assert len(repr(loss)) < 200


def test_what_losses_shrink_to() -> None:
    assert simplest(smooth_losses()) == LINE
    assert simplest(lipschitz_losses()) == LINE
    assert simplest(one_sided_losses()) == LINE
    assert simplest(convex_losses()) == LINE
    assert simplest(convex_losses(with_minimizer=True)) == LINE
    assert simplest(strongly_convex_losses()) == LINE
    assert simplest(polyak_lojasiewicz_losses()) == LINE
    assert simplest(smooth_losses((3, 5))) == Quadratic((1, 1, 1), (0, 0, 0))


@pytest.mark.parametrize(
    "dimensions",
    [0, -1, 65, 10_000, True, (3, 1), (0, 2), (1, 65), 2.0, (1, 2.0), (1, True), (True, 2)],
)
def test_dimensions_out_of_range(dimensions: Any) -> None:
    known = lipschitz_losses, convex_losses, strongly_convex_losses, polyak_lojasiewicz_losses
    for build in (smooth_losses, *known):
        with pytest.raises((ValueError, TypeError)) as error:
            build(dimensions)
        if not isinstance(dimensions, float):
            assert isinstance(error.value, ValueError)
            assert f"dimensions={dimensions!r}: write n or (lowest, highest), from 1 to 64" in str(
                error.value
            )


def test_other_families_are_refused() -> None:
    there = "; there are quadratic, "
    refused(
        [
            (
                lambda: smooth_losses(families=["cubic", "quadratic"]),
                r"unknown families \['cubic'\]" + there,
            ),
            (lambda: lipschitz_losses(families=["cubic"]), r"unknown families \['cubic'\]"),
            (
                lambda: convex_losses(families=["gaussian"]),
                r"unknown families \['gaussian'\]" + there,
            ),
            (lambda: strongly_convex_losses(families=["gaussian"]), r"\['gaussian'\]" + there),
            (lambda: polyak_lojasiewicz_losses(families=["cubic"]), r"\['cubic'\]" + there),
            (
                lambda: lipschitz_losses(families=["polynomial"]),
                r"\['polynomial'\] have no Lipschitz constant",
            ),
            (
                lambda: smooth_losses(families=[]),
                r"families=\[\] have no loss with dimensions=\(1, 6\)",
            ),
            (
                lambda: smooth_losses(1, ["network"]),
                r"families=\['network'\] have no loss with dimensions=1; .* needs 2",
            ),
        ]
    )
