"""Strategies: each loss is what it says, each draws what its docstring promises, and each fault
changes what it says.

Gradients are compared with those by power series and by sympy, at 256 bits: two balls agree if they
overlap, and are narrow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from random import Random
from typing import Any

import pytest
import sympy
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

import strategies.losses
import strategies.rough
from proofs.balls import arithmetic, derivatives
from proofs.balls.arithmetic import coefficient, fraction, number
from strategies import convex_losses, lipschitz_losses, points, rough_losses, smooth_losses, starts
from strategies.drawn import CONVEX_FAMILIES, FAMILIES, LIPSCHITZ_FAMILIES
from strategies.losses import (
    ACTIVATIONS, Bumps, Composition, LogSumExp, Loss, Network, Polynomial, Product, Quadratic,
    Ridge, Sum, activation,
)  # fmt: skip
from strategies.rough import (
    FAULTS,
    REGIONS,
    DroppedCrossTerm,
    MissingChainFactor,
    TransposedMatrix,
    WrongGradient,
)
from strategies.vectors import SMALL, dot, reflect

Point = Sequence[Any]
SLACK = Fraction(1, 10**30)


def drawn(count: int) -> settings:
    """The same `count` examples in every run, shown as they were drawn."""
    return settings(
        max_examples=count, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )  # fmt: skip


def simplest(
    strategy: st.SearchStrategy[Any], condition: Callable[[Any], bool] = lambda _: True
) -> Any:
    """What a strategy shrinks to."""
    return find(
        strategy,
        condition,
        settings=settings(drawn(500), phases=[Phase.generate, Phase.shrink]),
        random=Random(0),
    )


@pytest.fixture(autouse=True)
def bits() -> Iterator[None]:
    """256 bits."""
    with arithmetic.precision(256):
        yield


def as_balls(point: Point) -> list[Any]:
    """The coordinates as balls."""
    return [number(x) for x in point]


def agree(a: Any, b: Any) -> bool:
    """Whether two narrow balls, or a ball and a Fraction, overlap."""
    x, y = number(a), number(b)
    assert x.is_finite()
    assert y.is_finite()
    rounding = fraction(x.rad()) + fraction(y.rad())
    assert rounding <= SLACK * (1 + abs(fraction(x)))
    return abs(fraction(x) - fraction(y)) <= rounding


def at_most(a: Any, b: Any) -> bool:
    """Whether a <= b, but for rounding."""
    difference = number(a) - number(b)
    assert difference.is_finite()
    return fraction(difference) <= SLACK * (1 + abs(fraction(number(b))))


def evaluated(expression: Any, point: Point) -> Fraction:
    """sympy's value, to 60 digits."""
    at = {
        sympy.Symbol(f"x{i}", real=True): sympy.Rational(x.numerator, x.denominator)
        for i, x in enumerate(point)
    }
    value = sympy.sympify(expression).evalf(60, subs=at, maxn=2000)
    return Fraction(*map(int, sympy.Rational(value).as_numer_denom()))


def bends(loss: Loss, box: Point, v: Point) -> Any:
    """v.Hv."""
    h = loss.curvature(box)
    return dot(as_balls(v), [dot(row, as_balls(v)) for row in h])


small = st.sampled_from(SMALL)


def placed(
    losses: st.SearchStrategy[Loss], count: int = 2
) -> st.SearchStrategy[tuple[Loss, list[Any]]]:
    """A loss with vectors of its dimension, of small numbers."""
    return losses.flatmap(
        lambda loss: st.tuples(
            st.just(loss),
            st.lists(st.tuples(*[small] * loss.dimension), min_size=count, max_size=count),
        )
    )


def eager(
    families: Sequence[str], build: Callable[..., st.SearchStrategy[Loss]], dimensions: Any = (1, 6)
) -> list[Any]:
    """A strategy for each family, so that none is left out."""
    return [
        pytest.param(build((max(2, dimensions[0]), dimensions[1]), [f]), id=f) for f in families
    ]


# ----------------------------------------------------------------------------------- what a loss is
@pytest.mark.parametrize("losses", eager(list(FAMILIES), smooth_losses))
def test_repr_recreates_the_loss(losses: st.SearchStrategy[Loss]) -> None:
    names = vars(strategies.losses) | vars(strategies.rough) | {"Fraction": Fraction}

    @drawn(20)
    @given(losses)
    def check(loss: Loss) -> None:
        for one in (loss, *(make(loss) for make in FAULTS.values())):
            again = eval(repr(one), dict(names))
            assert again == one
            assert type(again) is type(one)
            assert repr(again) == repr(one)
            assert hash(again) == hash(one)

    check()


@pytest.mark.parametrize("losses", eager(list(FAMILIES), smooth_losses))
def test_gradient_is_the_derivative(losses: st.SearchStrategy[Loss]) -> None:
    """The hand-written one and that by power series; on series it has the same constant terms."""

    @drawn(15)
    @given(placed(losses))
    def check(drawn_: tuple[Loss, list[Any]]) -> None:
        loss, (w, d) = drawn_
        by_hand, by_series = loss.gradient(as_balls(w)), derivatives.gradient_on(loss, as_balls(w))
        assert len(by_hand) == loss.dimension
        assert all(map(agree, by_hand, by_series))
        along = derivatives.series_along(loss, as_balls(w), as_balls(d), 1)
        assert agree(coefficient(along, 0), loss(as_balls(w)))
        assert agree(coefficient(along, 1), dot(as_balls(d), by_hand))
        changing = derivatives.series_along(loss.gradient, as_balls(w), as_balls(d), 1)
        assert all(agree(coefficient(x, 0), g) for x, g in zip(changing, by_hand, strict=True))
        assert agree(dot(as_balls(d), [coefficient(x, 1) for x in changing]), bends(loss, w, d))

    check()


@pytest.mark.parametrize("losses", eager(list(FAMILIES), smooth_losses, (1, 3)))
def test_value_and_gradient_are_those_of_sympy(losses: st.SearchStrategy[Loss]) -> None:
    @drawn(5)
    @given(placed(losses, 1))
    def check(drawn_: tuple[Loss, list[Any]]) -> None:
        loss, (w,) = drawn_
        expression = loss.to_sympy()
        assert not expression.atoms(sympy.Float)
        symbols = sympy.symbols(f"x:{loss.dimension}", real=True)
        pairs = [(expression, loss(as_balls(w)))]
        pairs += [
            (expression.diff(x), g)
            for x, g in zip(symbols, loss.gradient(as_balls(w)), strict=True)
        ]
        for exact, found in pairs:
            value = evaluated(exact, w)
            assert abs(fraction(found) - value) <= SLACK * (1 + abs(value)) + fraction(found.rad())

    check()


def test_sympy_in_other_symbols() -> None:
    a, b = sympy.symbols("a b", real=True)
    assert sympy.expand(Quadratic((2, 4), (1, 0)).to_sympy(a, b) - ((a - 1) ** 2 + 2 * b**2)) == 0


LINE = Quadratic((1,), (0,))
PLANE = Polynomial(2, ((1, ((0, 1), (1, 2))), (Fraction(1, 2), ((0, 3),))))


def test_values_by_hand() -> None:
    """One of each family."""
    half = Fraction(1, 2)
    cases: list[tuple[Loss, tuple[Any, ...], Any]] = [
        (Quadratic((1, 2), (1, 0), ((1, -1),)), (3, 5), (5**2 + 2 * 2**2) * half),
        (PLANE, (2, 3), 22),
        (Ridge("square", (3, -1), ((1, 2), (0, 1)), (1, 0)), (1, 1), 47),
        (Bumps("rational", (3,), (1,), ((1, 1),)), (2, 2), 1),
        (Network(1, ((1,), (2,)), (1, 3)), (0, 5), 5),
        (LINE + LINE * LINE, (2,), 6),
        (Composition("square", LINE), (2,), 4),
    ]
    for loss, w, value in cases:
        assert agree(loss(as_balls(w)), value), loss
    zero = as_balls((0, 0))
    assert agree(LogSumExp(((1, 0), (0, 1)), (0, 0))(zero), number(2).log())
    assert agree(Bumps("gaussian", (2,), (half,), ((1, 1),))(zero), 2 * number(-1).exp())
    assert agree(Ridge("softplus", (1,), ((1, 1),), (0,))(zero), number(2).log())
    assert agree(Ridge("cos", (2,), ((1, 1),), (0,))(zero), 2)


# -------------------------------------------------------------- constants, convexity and minimizers
def vectors_to_try(loss: Loss, w: Point, given_: Point) -> list[Any]:
    """Those given, the unit vectors, and two steps of the power method from there, rounded."""
    n = loss.dimension
    found = [given_, *(tuple(int(i == j) for j in range(n)) for i in range(n))]
    for v in list(found):
        for _ in range(2):
            image = [fraction(dot(row, as_balls(v))) for row in loss.curvature(w)]
            largest = max(map(abs, image))
            v = tuple((x / largest).limit_denominator(1000) for x in image) if largest else v
        found.append(v)
    return found


@pytest.mark.parametrize("losses", eager(LIPSCHITZ_FAMILIES, lipschitz_losses, (1, 4)))
def test_lipschitz_bounds_the_second_derivatives(losses: st.SearchStrategy[Loss]) -> None:
    """|v.Hv| <= lipschitz |v|^2 at random points, for v that the power method makes large."""

    @drawn(10)
    @given(placed(losses))
    def check(drawn_: tuple[Loss, list[Any]]) -> None:
        loss, (w, d) = drawn_
        assert loss.lipschitz is not None
        places = [w] if loss.landmark is None else [w, loss.landmark]
        for place in places:
            for v in vectors_to_try(loss, place, d):
                assert at_most(abs(bends(loss, place, v)), loss.lipschitz * dot(v, v)), (
                    loss,
                    place,
                    v,
                )

    check()


def turned(loss: Quadratic, i: int) -> list[Any]:
    """The eigenvector for spectrum_i."""
    v: list[Any] = [Fraction(i == j) for j in range(loss.dimension)]
    for mirror in reversed(loss.mirrors):
        v = reflect(v, mirror)
    return v


@drawn(60)
@given(placed(smooth_losses(families=["quadratic"])))
def test_quadratic_has_its_spectrum(drawn_: tuple[Quadratic, list[Any]]) -> None:
    """H v = s v for each s, so that lipschitz is attained; H is the same everywhere."""
    loss, (w, _) = drawn_
    h = loss.curvature(w)
    for i, s in enumerate(loss.spectrum):
        v = turned(loss, i)
        assert dot(v, v) == 1
        assert all(agree(dot(row, as_balls(v)), s * x) for row, x in zip(h, v, strict=True))
    assert loss.lipschitz == max(Fraction(s) if s > 0 else -Fraction(s) for s in loss.spectrum)
    assert loss.convex is (min(loss.spectrum) >= 0)


def test_lipschitz_is_attained_elsewhere_too() -> None:
    """By a bump at its center; at 0 by cos, logistic losses, log-sum-exp of opposite rows."""
    for loss in (
        Bumps("gaussian", (3,), (Fraction(1, 4),), ((0, 0),)), Bumps("rational", (-3,), (2,), ((0, 0),)),
        Ridge("cos", (2,), ((1, 2),), (0,)), Ridge("softplus", (1,), ((1, 2),), (0,)),
        Ridge("log_cosh", (3,), ((1, 2),), (0,)), LogSumExp(((1, 2), (-1, -2)), (0, 0)),
    ):  # fmt: skip
        assert agree(abs(bends(loss, (0, 0), (1, 2))), loss.lipschitz * 5), loss


def test_lipschitz_goes_by_the_longest_row() -> None:
    """log(exp(x) + exp(-x) + 1) bends by 2/3 at 0; one row there is 0."""
    loss = LogSumExp(((1,), (-1,), (0,)), (0, 0, 0))
    assert agree(bends(loss, (0,), (1,)), Fraction(2, 3))
    assert loss.lipschitz == 1


@pytest.mark.parametrize("losses", eager(list(FAMILIES), smooth_losses, (1, 4)))
def test_lipschitz_on_a_box(losses: st.SearchStrategy[Loss]) -> None:
    """It bounds |v.Hv| / |v|^2 on a box; at a point it is within sqrt(n) of the largest."""

    @drawn(6)
    @given(placed(losses), st.sampled_from([Fraction(0), Fraction(1, 64), Fraction(1, 8)]))
    def check(drawn_: tuple[Loss, list[Any]], width: Fraction) -> None:
        loss, (w, d) = drawn_
        bound = loss.lipschitz_on([(x, x + width) for x in w])
        inside = [[x + width * part for x in w] for part in (0, Fraction(1, 3), 1)]
        for place in inside:
            for v in vectors_to_try(loss, place, d):
                assert at_most(abs(bends(loss, place, v)), bound * dot(v, v)), (loss, place, v)
        if not width:
            frobenius = sum(fraction(x) ** 2 for row in loss.curvature(w) for x in row)
            assert abs(bound**2 - frobenius) <= SLACK * (1 + frobenius)

    check()


def test_lipschitz_on_a_box_where_the_curvature_changes_sign() -> None:
    """x^3 on [-1, 1], where |6 x| <= 6; x y (x + y / 2) on [-1, 1]^2."""
    assert 6 <= Polynomial(1, ((1, ((0, 3),)),)).lipschitz_on([(-1, 1)]) <= 7
    assert PLANE.lipschitz_on([(-1, 1), (-1, 1)]) >= 2


@pytest.mark.parametrize("with_minimizer", [False, True])
@pytest.mark.parametrize("family", CONVEX_FAMILIES)
def test_convex_losses_are_convex(family: str, with_minimizer: bool) -> None:
    """v.Hv >= 0, chords lie above the loss, a minimizer is one, and `least` is a lower bound."""

    @drawn(25)
    @given(placed(convex_losses((1, 4), [family], with_minimizer), 3), st.sampled_from([1, 2, 5]))
    def check(drawn_: tuple[Loss, list[Any]], part: int) -> None:
        loss, (v, w, d) = drawn_
        t = Fraction(part, 8)
        assert loss.convex
        assert loss.lipschitz is not None
        assert at_most(0, bends(loss, v, d))
        ends, middle = (
            (loss(as_balls(v)), loss(as_balls(w))),
            [x + t * (y - x) for x, y in zip(v, w, strict=True)],
        )
        assert at_most(loss(as_balls(middle)), ends[0] + number(t) * (ends[1] - ends[0]))
        assert loss.least is None or at_most(loss.least, ends[0])
        if with_minimizer:
            assert loss.minimizer is not None
            assert all(agree(g, 0) for g in loss.gradient(as_balls(loss.minimizer)))
        if loss.minimizer is not None:
            assert at_most(loss(as_balls(loss.minimizer)), ends[0])
            assert loss.least is None or at_most(loss.least, loss(as_balls(loss.minimizer)))

    check()


@pytest.mark.parametrize("losses", eager(list(FAMILIES), smooth_losses))
def test_least_and_convex_and_minimizer_are_true_where_known(
    losses: st.SearchStrategy[Loss],
) -> None:
    @drawn(20)
    @given(placed(losses))
    def check(drawn_: tuple[Loss, list[Any]]) -> None:
        loss, (w, d) = drawn_
        assert loss.least is None or at_most(loss.least, loss(as_balls(w)))
        assert not loss.convex or at_most(0, bends(loss, w, d))
        assert loss.minimizer is None or at_most(loss(as_balls(loss.minimizer)), loss(as_balls(w)))

    check()


def test_what_is_known_of_sums() -> None:
    """Of products and compositions, little."""
    apart = Quadratic((1,), (3,))
    assert (LINE + LINE).minimizer == (0,)
    assert (LINE + apart).minimizer is None
    assert (LINE + apart).lipschitz == 2
    assert (LINE + apart).least == 0
    assert (LINE + apart).convex
    unbounded = Polynomial(1, ((1, ((0, 3),)),))
    for whole in (LINE + unbounded, LINE * LINE, Composition("square", LINE)):
        assert whole.lipschitz is None
        assert not whole.convex
    assert (LINE + unbounded).least is None
    assert Composition("square", LINE).least == 0
    assert Quadratic((-1,), (0,)).minimizer is None
    assert Quadratic((-1,), (0,)).least is None


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_activations(name: str) -> None:
    """Slope and bend are those of the value, and the bound on the bend is nearly attained."""
    f, largest = activation(name), Fraction(0)
    for k in range(-64, 65):
        x = number(Fraction(k, 16))
        series = derivatives.series_along(lambda w: f(w[0]), [x], [1], 2)
        assert agree(f.slope(x), coefficient(series, 1))
        assert agree(f.value(x), coefficient(series, 0))
        bend = 2 * fraction(coefficient(series, 2))
        largest = max(largest, abs(bend))
        assert not f.convex or bend >= 0
        assert f.least is None or at_most(f.least, f.value(x))
    assert largest <= f.curvature
    assert largest >= f.curvature * Fraction(99, 100)


# ----------------------------------------------------------------------------- what strategies draw
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
                "definite": 0 < low < high, "negative": high < 0, "ill-conditioned": low > 0 and high / low >= 10**6,
                "turned": bool(loss.mirrors), "straight": not loss.mirrors,
            }.items() if met
        )  # fmt: skip

    draw()
    assert len(kinds) == 8


def test_points_include_the_rare_cases() -> None:
    """Within 200 examples in the plane; all are dyadic."""
    found: set[str] = set()

    @drawn(200)
    @given(points(2))
    def draw(p: Point) -> None:
        assert len(p) == 2
        assert all(number(x).is_exact() for x in p)
        x, y = p
        found.update(
            name for name, met in {
                "the origin": not any(p), "equal": x == y != 0, "nearly equal": 0 < abs(x - y) < Fraction(1, 1000),
                "one only": (x == 0) != (y == 0), "x0 > 3": x > 3, "x0 x1 < -20": x * y < -20,
                "large": max(map(abs, p)) == 100, "tiny": 0 < min(map(abs, p)) < Fraction(1, 1000),
            }.items() if met
        )  # fmt: skip

    draw()
    assert found >= {"equal", "nearly equal", "one only", "x0 > 3", "x0 x1 < -20"}
    assert {"large", "tiny"} & found


def test_few_trials_are_trivial() -> None:
    """hypothesis begins with some whose bytes are all 0. When losses and starts were read off
    strings of different lengths, a third was so: it swaps strings, and puts zeros for one that does
    not fit.
    """
    trivial: list[bool] = []
    drawn(400)(
        given(starts(smooth_losses()))(lambda trial: trivial.append(len(set(trial.cases)) == 1))
    )()
    assert len(trivial) == 400
    assert sum(trivial) <= 80


@pytest.mark.parametrize("opposite", [True, False])
def test_directions_of_starts(opposite: bool) -> None:
    """Opposite to the gradient, along it, (nearly) orthogonal; opposite=False is kept."""
    cosines: list[Any] = []  # with their sign, squared
    basic: set[bool] = set()

    @drawn(100)
    @given(starts(smooth_losses((2, 4), ["quadratic"]), opposite=opposite))
    def draw(trial: Any) -> None:
        assert len(trial.cases) == 3
        for start in trial.cases:
            assert start.loss is trial.loss
            assert any(start.direction)
            assert 0 < start.fraction < 1
            assert 1 <= start.steps <= 8
            basic.add(sorted(map(abs, start.direction))[-2] == 0)
            g = [fraction(x) for x in start.gradient()]
            if any(g):
                product, lengths = (
                    dot(g, start.direction),
                    dot(g, g) * dot(start.direction, start.direction),
                )
                cosines.append(product * abs(product) / lengths)

    draw()
    assert basic == {True, False}
    assert cosines.count(1) > 12
    assert cosines.count(0) > 20
    assert any(0 < c * c < Fraction(1, 10**4) for c in cosines)
    if opposite:
        assert cosines.count(-1) > 15
    else:
        assert min(cosines) > Fraction(-1000, 1001) * (1 + Fraction(1, 10**4))


def test_nearly_orthogonal_where_the_gradient_is_not_exact() -> None:
    """Then nothing claims to be orthogonal: the product is not 0, and known to be so."""
    near = 0

    @drawn(100)
    @given(starts(smooth_losses((2, 3), ["logistic", "gaussian"])))
    def draw(trial: Any) -> None:
        nonlocal near
        for start in trial.cases:
            g, slope = start.gradient(), start.slope()
            if not slope.is_zero():
                ratio = fraction(slope) ** 2 / (fraction(dot(g, g)) * start.squared_length())
                near += 0 < ratio < Fraction(1, 10**5)

    draw()
    assert near > 5


# ---------------------------------------------------------------------------------------- shrinking
def test_what_strategies_shrink_to() -> None:
    assert simplest(points(3)) == (0, 0, 0)
    assert simplest(points(2), lambda p: p[0] > 3) == (4, 0)
    assert simplest(smooth_losses()) == LINE
    assert simplest(lipschitz_losses()) == LINE
    assert simplest(convex_losses()) == LINE
    assert simplest(convex_losses(with_minimizer=True)) == LINE
    assert simplest(smooth_losses((3, 5))) == Quadratic((1, 1, 1), (0, 0, 0))
    assert simplest(rough_losses("factor 2")) == WrongGradient(LINE, factor=2)
    [start] = simplest(starts(smooth_losses(), 1)).cases
    assert (start.loss, start.point, start.direction) == (LINE, (0,), (1,))
    assert (start.fraction, start.steps) == (Fraction(1, 2), 1)
    trial = simplest(starts(smooth_losses(2), 3))
    assert {(s.point, s.direction, s.fraction, s.steps) for s in trial.cases} == {
        ((0, 0), (1, 0), Fraction(1, 2), 1)
    }


@pytest.mark.parametrize("family", FAMILIES)
def test_families_shrink_to_small_whole_parameters(family: str) -> None:
    loss = simplest(smooth_losses(families=[family]))
    assert loss.family == family
    assert loss.dimension == (2 if family == "network" else 1)
    fractions = [word for word in repr(loss).split("Fraction(")[1:] if not word.startswith("1, 4")]
    assert not fractions, loss  # a sharpness is 1/4
    assert len(repr(loss)) < 200


# ------------------------------------------------------------------------------------------- errors
@pytest.mark.parametrize(
    "dimensions",
    [0, -1, 65, 10_000, True, (3, 1), (0, 2), (1, 65), 2.0, (1, 2.0), (1, True), (True, 2)],
)
def test_dimensions_out_of_range(dimensions: Any) -> None:
    for build in (smooth_losses, lipschitz_losses, convex_losses):
        with pytest.raises((ValueError, TypeError)) as error:
            build(dimensions)
        if not isinstance(dimensions, float):
            assert isinstance(error.value, ValueError)
            assert f"dimensions={dimensions!r}: write n or (lowest, highest), from 1 to 64" in str(
                error.value
            )
    if not isinstance(dimensions, tuple | float):
        with pytest.raises(ValueError, match=f"dimensions={dimensions!r}"):
            points(dimensions)


def test_other_arguments_out_of_range() -> None:
    """Each error shows the value, and what there is instead."""
    attempts: list[tuple[Callable[[], Any], str]] = [
        (
            lambda: smooth_losses(families=["cubic", "quadratic"]),
            r"unknown families \['cubic'\]; there are quadratic, ",
        ),
        (lambda: lipschitz_losses(families=["cubic"]), r"unknown families \['cubic'\]"),
        (
            lambda: convex_losses(families=["gaussian"]),
            r"unknown families \['gaussian'\]; there are quadratic, ",
        ),
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
        (
            lambda: rough_losses("a typo"),
            r"the fault 'a typo' is unknown; there are sign of the gradient, ",
        ),
        (lambda: activation("relu"), r"the activation 'relu' is unknown; there are sin, "),
        (lambda: Ridge("relu", (1,), ((1,),), (0,)), "the activation 'relu' is unknown"),
        (lambda: Composition("relu", LINE), "the activation 'relu' is unknown"),
        (
            lambda: WrongGradient(LINE, region="here"),
            "the region 'here' is unknown; there are everywhere, ",
        ),
        (
            lambda: Bumps("square", (1,), (1,), ((0,),)),
            "the shape 'square' is unknown; there are gaussian and rational",
        ),
        (lambda: Bumps("gaussian", (1,), (-2,), ((0,),)), r"sharpness=\(-2,\)"),
        (lambda: Quadratic((), ()), "0 coordinates"),
        (lambda: Quadratic((1,) * 65, (0,) * 65), "65 coordinates"),
        (lambda: Polynomial(0, ()), "0 coordinates"),
        (
            lambda: Quadratic((1, 1), (0,)),
            r"differ in dimension: Quadratic\(spectrum=\(1, 1\), center=\(0,\)",
        ),
        (lambda: Quadratic((1, 1), (0, 0), ((1, 1, 0),)), r"differ in dimension: .*\(1, 1, 0\)"),
        (
            lambda: Ridge("sin", (1, 2), ((1,),), (0,)),
            r"a weight and a shift belong to each row, .*\(1, 2\)",
        ),
        (lambda: Ridge("sin", (), (), ()), "at least one"),
        (lambda: Network(1, (), ()), "a target belongs to each input"),
        (lambda: Network(0, ((1,),), (1,)), r"hidden=0"),
        (
            lambda: LINE + Quadratic((1, 1), (0, 0)),
            r"a sum needs parts, of one dimension: .*\(1, 1\)",
        ),
        (lambda: Sum(()), r"a sum needs parts, .*Sum\(parts=\(\)\)"),
        (
            lambda: LINE * Quadratic((1, 1), (0, 0)),
            r"a product needs factors of one dimension: .*\(1, 1\)",
        ),
        (lambda: LINE.lipschitz_on([]), r"the box \[\]"),
        (lambda: LINE.lipschitz_on([(1, -1)]), r"the box \[\(1, -1\)\]"),
        (lambda: LINE.lipschitz_on([(0, 1), (0, 1)]), r"the box \[\(0, 1\), \(0, 1\)\]"),
        *((lambda n=n: starts(smooth_losses(), n), f"count={n!r}") for n in (0, -3, True, 2.0)),
    ]
    for attempt, message in attempts:
        with pytest.raises(ValueError, match=message):
            attempt()


@pytest.mark.parametrize(
    "loss",
    [LINE, PLANE, Ridge("sin", (1,), ((1, 2),), (0,)), LogSumExp(((1, 2), (2, 1)), (0, 0)), Network(1, ((1,),), (1,)),
     Bumps("gaussian", (1,), (1,), ((0, 0),)), PLANE + PLANE, PLANE * PLANE, Composition("sin", PLANE)],
    ids=lambda loss: loss.family,
)  # fmt: skip
def test_a_point_of_another_dimension_is_refused(loss: Loss) -> None:
    """Not read as if the coordinates that are too many were not there."""
    for n in (loss.dimension - 1, loss.dimension + 1):
        if n:
            for attempt in (loss, loss.gradient):
                with pytest.raises(
                    ValueError, match=f"of {loss.dimension} coordinates at a point of {n}"
                ):
                    attempt(as_balls((1,) * n))


def test_rows_of_another_dimension_are_refused() -> None:
    for build in (
        lambda: Ridge("sin", (1, 1), ((1, 2), (1,)), (0, 0)), lambda: LogSumExp(((1, 2), (1,)), (0, 0)),
        lambda: Network(1, ((1,), (1, 2)), (0, 0)),
    ):  # fmt: skip
        with pytest.raises(ValueError, match="all rows have one dimension"):
            build()
    with pytest.raises(ValueError, match="a shift belongs to each row"):
        LogSumExp(((1, 2),), (0, 0))


# ------------------------------------------------------------------------------------------- faults
def expected(fault: str, loss: Loss, w: Point) -> tuple[Any, list[Any]]:
    """Value and gradient with the fault, from those without."""
    value, g = loss(as_balls(w)), loss.gradient(as_balls(w))
    first, *rest = g
    other = w[1] if len(w) > 1 else w[0] + (1 if w[0] >= 0 else -1)  # in no region
    inside = {
        "where x0 > 3": w[0] > 3, "where |x0 - x1| < 1e-3": abs(w[0] - other) < Fraction(1, 1000),
        "where x0 x1 < -20": w[0] * other < -20,
    }  # fmt: skip
    factors = {"sign of the gradient": -1, "factor 2": 2, "relative error 1e-3": 1 + Fraction(1, 2**10),
               "relative error 1e-6": 1 + Fraction(1, 2**20)}  # fmt: skip
    factors |= {f"sign {region}": -1 if met else 1 for region, met in inside.items()}
    if fault in factors:
        return value, [x * number(factors[fault]) for x in g]
    if fault == "sign of one coordinate":
        return value, [-first, *rest]
    if fault == "kink":
        return value + number(abs(w[0])), [first + (1 if w[0] >= 0 else -1), *rest]
    if fault == "jump":
        return value + int(w[0] >= 0), g
    if fault == "dropped cross-term" and isinstance(loss, Product):
        return value, [x * loss.right(as_balls(w)) for x in loss.left.gradient(as_balls(w))]
    if fault == "missing chain factor" and isinstance(loss, Composition):
        return value, [activation(loss.outer).slope(loss.inner(as_balls(w))), *rest]
    return value, g


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_changes_what_it_says_and_nothing_else(fault: str) -> None:
    changed: list[bool] = []

    losses = smooth_losses((1, 3))
    if fault == "transposed matrix":  # it takes two mirrors that do not commute
        losses = smooth_losses((3, 4), ["quadratic", "polynomial"])

    @drawn(120)
    @given(losses.flatmap(lambda loss: st.tuples(st.just(loss), points(loss.dimension))))
    def check(drawn_: tuple[Loss, Point]) -> None:
        loss, w = drawn_
        rough = FAULTS[fault](loss)
        known: Callable[[Loss], Any] = lambda f: (
            f.dimension,
            f.family,
            f.lipschitz,
            f.convex,
            f.least,
            f.minimizer,
        )
        assert known(rough) == known(loss)
        value, g = expected(fault, loss, w)
        found = rough.gradient(as_balls(w))
        assert fraction(rough(as_balls(w))) == fraction(value)
        parts = list(loss.parts) if isinstance(loss, Sum) else [loss]
        parts += [loss.left, loss.right] if isinstance(loss, Product) else []
        parts += [loss.inner] if isinstance(loss, Composition) else []
        turning = fault == "transposed matrix" and any(
            isinstance(p, Quadratic) and len(p.mirrors) > 1 for p in parts
        )
        same = [
            abs(fraction(x) - fraction(y)) <= SLACK * (1 + abs(fraction(y)))
            for x, y in zip(found, g, strict=True)
        ]
        assert all(same) or turning
        right = loss.gradient(as_balls(w))
        changed.append(
            fraction(rough(as_balls(w))) != fraction(loss(as_balls(w)))
            or any(
                abs(fraction(x) - fraction(y)) > SLACK for x, y in zip(found, right, strict=True)
            )
        )

    check()
    assert any(changed)
    assert all(changed) or fault != "kink"
    assert not all(changed) or fault in ("sign of the gradient", "factor 2", "kink")


def test_three_faults_leave_some_families_as_they_are() -> None:
    bowl = Quadratic((1, 2), (0, 0), ((1, 1), (1, 0)))
    assert FAULTS["dropped cross-term"](bowl * PLANE) == DroppedCrossTerm(bowl, PLANE)
    assert FAULTS["transposed matrix"](bowl) == TransposedMatrix(
        bowl.spectrum, bowl.center, bowl.mirrors
    )
    assert FAULTS["missing chain factor"](Composition("sin", PLANE)) == MissingChainFactor(
        "sin", PLANE
    )
    inside = PLANE + Composition("sin", bowl * PLANE)
    assert FAULTS["dropped cross-term"](inside) == PLANE + Composition(
        "sin", DroppedCrossTerm(bowl, PLANE)
    )
    for fault in ("dropped cross-term", "transposed matrix", "missing chain factor"):
        assert FAULTS[fault](PLANE) == PLANE
    wrong, right = TransposedMatrix(bowl.spectrum, bowl.center, bowl.mirrors), bowl
    assert not agree(wrong.gradient(as_balls((1, 2)))[0], right.gradient(as_balls((1, 2)))[0])
    assert wrong != right


def test_regions() -> None:
    """Only where the whole of the ball is inside."""
    for name, inside, outside in (
        ("where x0 > 3", (4, 0), (3, 9)), ("where |x0 - x1| < 1e-3", (1, 1 + Fraction(1, 2048)), (1, 2)),
        ("where x0 x1 < -20", (3, -7), (4, -5)), ("everywhere", (0, 0), None),
    ):  # fmt: skip
        assert REGIONS[name](as_balls(inside))
        assert outside is None or not REGIONS[name](as_balls(outside))
    assert not REGIONS["where x0 > 3"]([number(2).union(number(4))])
    assert not REGIONS["where x0 x1 < -20"](as_balls((9,)))
