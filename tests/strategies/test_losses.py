"""Losses: value, gradient, constants and convexity are what they say, by series and sympy."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

import strategies.losses
import strategies.rough
from proofs.balls import derivatives
from proofs.balls.arithmetic import coefficient, fraction, number
from strategies import (
    convex_losses, lipschitz_losses, one_sided_losses, polyak_lojasiewicz_losses, smooth_losses,
    strongly_convex_losses,
)  # fmt: skip
from strategies.drawn import (
    CONVEX_FAMILIES, FAMILIES, LIPSCHITZ_FAMILIES, POLYAK_LOJASIEWICZ_FAMILIES,
)  # fmt: skip
from strategies.losses import (
    ACTIVATIONS, Bumps, Composition, LogSumExp, Loss, Network, Polynomial, Quadratic, Ridge,
    Rippled, Sum, activation,
)  # fmt: skip
from strategies.rough import FAULTS
from strategies.vectors import dot, reflect
from tests.strategies.shared import (
    LINE, PLANE, SLACK, Point, agree, as_balls, at_most, bends, drawn, eager, placed, refused,
)  # fmt: skip

pytestmark = pytest.mark.usefixtures("many_bits")


def evaluated(expression: Any, point: Point) -> Fraction:
    """sympy's value, to 60 digits."""
    at = {
        sympy.Symbol(f"x{i}", real=True): sympy.Rational(x.numerator, x.denominator)
        for i, x in enumerate(point)
    }
    value = sympy.sympify(expression).evalf(60, subs=at, maxn=2000)
    return Fraction(*map(int, sympy.Rational(value).as_numer_denom()))


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


@pytest.mark.parametrize("losses", eager(LIPSCHITZ_FAMILIES, one_sided_losses, (1, 4)))
def test_one_sided_bounds_the_second_derivatives_from_above(
    losses: st.SearchStrategy[Loss],
) -> None:
    """v.Hv <= one_sided |v|^2 at random points, for v that the power method makes large."""

    @drawn(10)
    @given(placed(losses))
    def check(drawn_: tuple[Loss, list[Any]]) -> None:
        loss, (w, d) = drawn_
        assert loss.one_sided is not None
        assert loss.one_sided > 0
        for v in vectors_to_try(loss, w, d):
            assert at_most(bends(loss, w, v), loss.one_sided * dot(v, v)), (loss, w, v)

    check()


def test_one_sided_is_less_than_lipschitz_where_a_loss_bends_down() -> None:
    saddle, falling = Quadratic((-3, 2), (0, 0)), Polynomial(1, ((-1, ((0, 4),)),))
    assert saddle.one_sided == 2
    assert saddle.lipschitz == 3
    assert falling.one_sided == 0
    assert falling.lipschitz is None
    assert (LINE + falling).one_sided == 1
    assert Polynomial(1, ((1, ((0, 4),)),)).one_sided is None
    assert Polynomial(1, ((-1, ((0, 3),)),)).one_sided is None


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
        Bumps("gaussian", (3,), (Fraction(1, 4),), ((0, 0),)),
        Bumps("rational", (-3,), (2,), ((0, 0),)),
        Ridge("cos", (2,), ((1, 2),), (0,)),
        Ridge("softplus", (1,), ((1, 2),), (0,)),
        Ridge("log_cosh", (3,), ((1, 2),), (0,)),
        LogSumExp(((1, 2), (-1, -2)), (0, 0)),
    ):
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


@pytest.mark.parametrize("family", CONVEX_FAMILIES)
def test_strongly_convex_losses_are_so(family: str) -> None:
    """v.Hv lies between mu |v|^2 and lipschitz |v|^2, and the gradient is zero at the minimizer."""

    @drawn(25)
    @given(placed(strongly_convex_losses((1, 4), [family])))
    def check(drawn_: tuple[Loss, list[Any]]) -> None:
        loss, (w, d) = drawn_
        assert loss.convex
        assert loss.strong_convexity is not None
        assert loss.lipschitz is not None
        assert loss.minimizer is not None
        assert 0 < loss.strong_convexity <= loss.lipschitz
        assert at_most(loss.strong_convexity * dot(d, d), bends(loss, w, d))
        assert at_most(bends(loss, w, d), loss.lipschitz * dot(d, d))
        assert all(agree(g, 0) for g in loss.gradient(as_balls(loss.minimizer)))

    check()


@pytest.mark.parametrize("family", POLYAK_LOJASIEWICZ_FAMILIES)
def test_polyak_lojasiewicz_losses_are_so(family: str) -> None:
    """|gradient|^2 >= 2 mu (loss - its minimum), and the curvature is at most `lipschitz`."""

    @drawn(50)
    @given(placed(polyak_lojasiewicz_losses((1, 4), [family])))
    def check(drawn_: tuple[Loss, list[Any]]) -> None:
        loss, (w, d) = drawn_
        assert loss.polyak_lojasiewicz is not None
        assert loss.lipschitz is not None
        assert loss.minimizer is not None
        assert 0 < loss.polyak_lojasiewicz <= loss.lipschitz
        gradient, least = loss.gradient(as_balls(w)), loss(as_balls(loss.minimizer))
        assert at_most(least, loss(as_balls(w)))
        excess = loss(as_balls(w)) - least
        assert at_most(2 * number(loss.polyak_lojasiewicz) * excess, dot(gradient, gradient))
        assert at_most(abs(bends(loss, w, d)), loss.lipschitz * dot(d, d))

    check()


def test_ripples_are_steep_everywhere() -> None:
    """Of (z^2 + 3 sin(z)^2)/8: the square of the slope is at least 1/24 of the value on [1/8, 8],
    piece by piece. Below, the slope is at least z/4 and the value at most z^2/2; above, they are at
    least (z - 3/2)/4 and at most (z^2 + 3)/8.
    """
    ripple, piece = Rippled((1,), (0,)), Fraction(1, 128)
    for i in range(16, 1024):
        z = [number(i * piece).union(number((i + 1) * piece))]
        (slope,) = ripple.gradient(z)
        assert slope * slope * 24 > ripple(z)
    assert not ripple.convex
    assert bends(ripple, (Fraction(3, 2),), (1,)) < 0
    assert number(ripple.polyak_lojasiewicz or 0).overlaps(number(Fraction(1, 48)))


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


def test_other_parameters_are_refused() -> None:
    refused(
        [
            (lambda: activation("relu"), r"the activation 'relu' is unknown; there are sin, "),
            (lambda: Ridge("relu", (1,), ((1,),), (0,)), "the activation 'relu' is unknown"),
            (lambda: Composition("relu", LINE), "the activation 'relu' is unknown"),
            (
                lambda: Bumps("square", (1,), (1,), ((0,),)),
                "the shape 'square' is unknown; there are gaussian and rational",
            ),
            (lambda: Bumps("gaussian", (1,), (-2,), ((0,),)), r"sharpness=\(-2,\)"),
            (lambda: Quadratic((), ()), "0 coordinates"),
            (lambda: Rippled((1, -1), (0, 0)), "none is negative"),
            (lambda: Quadratic((1,) * 65, (0,) * 65), "65 coordinates"),
            (lambda: Polynomial(0, ()), "0 coordinates"),
            (
                lambda: Quadratic((1, 1), (0,)),
                r"differ in dimension: Quadratic\(spectrum=\(1, 1\), center=\(0,\)",
            ),
            (
                lambda: Quadratic((1, 1), (0, 0), ((1, 1, 0),)),
                r"differ in dimension: .*\(1, 1, 0\)",
            ),
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
        ]
    )


@pytest.mark.parametrize(
    "loss",
    [
        LINE,
        PLANE,
        Ridge("sin", (1,), ((1, 2),), (0,)),
        LogSumExp(((1, 2), (2, 1)), (0, 0)),
        Network(1, ((1,),), (1,)),
        Bumps("gaussian", (1,), (1,), ((0, 0),)),
        PLANE + PLANE,
        PLANE * PLANE,
        Composition("sin", PLANE),
    ],
    ids=lambda loss: loss.family,
)
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
        lambda: Ridge("sin", (1, 1), ((1, 2), (1,)), (0, 0)),
        lambda: LogSumExp(((1, 2), (1,)), (0, 0)),
        lambda: Network(1, ((1,), (1, 2)), (0, 0)),
    ):
        with pytest.raises(ValueError, match="all rows have one dimension"):
            build()
    with pytest.raises(ValueError, match="a shift belongs to each row"):
        LogSumExp(((1, 2),), (0, 0))
