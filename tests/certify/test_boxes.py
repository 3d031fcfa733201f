"""Every start of a box, every start of a quadratic loss, and a Lipschitz constant: against
known answers and points.
"""

from __future__ import annotations

from collections import Counter
from itertools import product
from typing import Any

import numpy as np
import pytest
from flint import arb, arb_mat

from proofs.certify import boxes, check_descent
from proofs.certify.balls import ZERO, exact, middle, working
from proofs.certify.bends import Bend, bent
from proofs.certify.boxes import Boxes, lipschitz
from proofs.certify.parts import Fall, Local, Parts
from proofs.certify.paths import Run
from proofs.certify.program import python_program
from proofs.certify.quadratics import curvature, is_quadratic
from proofs.certify.ray import Ray
from proofs.certify.spreads import Spread, between, spread
from proofs.certify.tracing import written_down

LOSSES: dict[str, tuple[Any, int, float]] = {
    "bowl": (lambda w: np.sum(w * w * np.array([1, 10.0])), 2, 1.0),
    "quartic": (lambda w: np.sum(w**4), 1, 1.0),
    "quartic and product": (lambda w: np.sum(w**4 + w * w) + w[0] * w[1], 2, 1.0),
    "banana": (lambda w: (1 - w[0]) ** 2 + 100 * (w[1] - w[0] ** 2) ** 2, 2, 1.5),
    "waves": (lambda w: np.sum(np.cos(w) + w * w), 1, 2.0),
    "logistic": (
        lambda w: np.mean(np.logaddexp(0, np.array([1.0, -2, 0.5]) * w[0] + w[1])) + w @ w / 10,
        2,
        1.0,
    ),
    "exponentials": (
        lambda w: np.exp(w[0] + w[1]) + np.exp(w[2] / 2 - w[1]) + np.exp(-w[0] - w[2]),
        3,
        1.0,
    ),
}


@pytest.mark.parametrize("name", sorted(LOSSES))
def test_the_rate_of_a_box(name: str) -> None:
    """The bracket is narrow, its failing start fails, and no start that is drawn contradicts
    what is certified.
    """
    loss, n, half = LOSSES[name]
    program = python_program(loss, None, np.zeros(n))
    found = Boxes(program, [(-half, half)] * n)
    found.search(60.0)  # ends long before, where a machine is not busy
    assert found.refuted <= 1.1 * found.certified
    assert found.failing is not None
    rng = np.random.default_rng(0)
    starts = [*rng.uniform(-half, half, size=(25, n)).tolist(), found.failing]
    for start in starts:
        program.start = start
        g = found.direction(start)
        assert g is not None
        ray = Ray(program, g)
        for part in (1.0, 0.9, 0.5, 0.01):
            assert not bool(ray.rise(found.certified * part) >= ZERO) or np.allclose(g, 0)
    program.start = found.failing
    assert bool(Ray(program, found.direction(found.failing) or []).rise(found.refuted) >= ZERO)


@pytest.mark.parametrize(
    ("place", "name", "rule"),
    [
        (Local, "descend", lambda self, ends, there, low, high: high > 0),
        (Fall, "positive_until", lambda self, bend, low, high: high),
    ],
)
def test_the_check_above_can_fail(
    monkeypatch: pytest.MonkeyPatch, place: Any, name: str, rule: Any
) -> None:
    """A rule of mean values without its derivative certifies too much, and so does one of
    curvature without its matrix.
    """
    monkeypatch.setattr(place, name, rule)
    monkeypatch.setattr(boxes, "ENOUGH", 0.5)
    with pytest.raises(AssertionError):
        test_the_rate_of_a_box("quartic and product")


def test_rates_beyond_the_one_that_fails_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Though the search asks for twice that rate."""
    monkeypatch.setattr(boxes, "ENOUGH", 0.5)
    test_the_rate_of_a_box("quartic and product")


@pytest.mark.parametrize("name", sorted(LOSSES))
def test_a_piece_of_rates_of_a_part(name: str) -> None:
    """Parts and rates about the edge: what each rule says descends does so at corners and middle
    of the part and of the piece; and D of a part holds the loss's own: phi = -g.D g.
    """
    loss, n, half = LOSSES[name]
    found = Boxes(python_program(loss, None, np.zeros(n)), [(-half, half)] * n)
    rng, said = np.random.default_rng(2), Counter[str]()
    for size in [1e-6, 1e-3, 0.02, 0.1, 0.3] * (24 // n):
        about = part_about(found, rng.uniform(-half, half, size=n), [half * size] * n)
        edge = 2 / np.linalg.eigvalsh(about.centre.matrix.mid[..., 0]).max()
        low = abs(edge) * rng.uniform(0.3, 1.2)
        high, fall = low * (1 + 0.3 * rng.random() ** 3), Fall.start(n, 1)
        pieces = ((0.0, high),) if rng.random() < 0.3 else ((0.0, low), (low, high))
        for a, b in pieces:
            ends = about.ends(between(np.array([a]), np.array([b])))
            there, piece = found.bents(ends), (np.array([a]), np.array([b]))
            until = fall.positive_until(there.matrix, *piece)
            sides = zip(about.middle[:, 0], about.off.rad[:, 0] * (1 - 1e-9), strict=True)
            starts = list(product(*[(m - r, m, m + r) for m, r in sides]))
            if a > 0 and about.descend(ends, there, *piece)[0]:
                said["means"] += 1
                until = piece[1]
            said["curvature"] += until[0] > a
            for start, part in product(starts, (0.01, 0.5, 1.0)):
                if until[0] > a:
                    assert not bool(rise(found, start, a + (until[0] - a) * part)[0] > ZERO)
            fall = fall.advanced(there.matrix, *piece)
            with working(boxes.BITS):
                value = arb_mat(n, n, [ball(fall.value[i, j, 0]) for i, j in np.ndindex(n, n)])
                for start in starts:
                    there_rises, g = rise(found, start, b)
                    row = arb_mat([g])
                    assert (row * value * row.transpose())[0, 0].overlaps(-there_rises)
    assert said["curvature"] > 5
    assert said["means"] > 5


@pytest.mark.parametrize("low", [0.0, 0.5, 0.8])
def test_how_far_a_quadratic_falls(low: float) -> None:
    """H = 2: D(alpha) = alpha - alpha^2 is positive up to 1, from whichever rate it is followed."""
    bend, piece = spread(np.full((1, 1, 1), 2.0)), (np.array([low]), np.array([1.3]))
    fall = Fall.start(1, 1).advanced(bend, np.zeros(1), piece[0])
    assert 0.95 < fall.positive_until(bend, *piece, parts=100)[0] < 1


def test_halves_cover_their_parts() -> None:
    rng = np.random.default_rng(4)
    low = rng.normal(size=(3, 20))
    high = low + rng.random((3, 20))
    parts = Parts(low, high, rng.random(20), rng.random((3, 20)))
    below, above, known = parts.halves()
    side, every = parts.blame.argmax(axis=0), np.arange(20)
    assert (below[:, :20] == low).all()
    assert (above[:, 20:] == high).all()
    cut = above[side, every]
    assert (cut == below[side, every + 20]).all()
    assert ((low[side, every] < cut) & (cut < high[side, every])).all()
    above[side, every], below[side, every + 20] = high[side, every], low[side, every]
    assert (above[:, :20] == high).all()
    assert (below[:, 20:] == low).all()
    assert (known == np.tile(parts.rate, 2)).all()


def test_no_part_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each that is halved makes one more; the certified rate is the smallest of all."""
    loss, n, half = LOSSES["quartic and product"]
    found = Boxes(python_program(loss, None, np.zeros(n)), [(-half, half)] * n)
    counts, asked = [], found.asked

    def counted(low: Any, high: Any, known: Any) -> Parts:
        counts.append(len(known))
        return asked(low, high, known)

    monkeypatch.setattr(found, "asked", counted)
    found.at_once = 5
    found.search(60.0)
    assert found.parts == 1 + sum(counts[1:]) // 2 > 9


def test_a_part_whose_corner_does_not_descend() -> None:
    """Of the bowl, where phi is -0.019 in the middle and 0.003 at a corner."""
    found = Boxes(python_program(LOSSES["bowl"][0], None, np.zeros(2)), [(-2, 2)] * 2)
    rate = np.array([0.105])
    for radius, descends in ((0.001, True), (0.03, False)):
        about = part_about(found, [1.0, 0.41225], [radius, 1e-9])
        ends = about.ends(spread(rate))
        assert about.descend(ends, found.bents(ends), rate, rate)[0] == descends
        corner = rise(found, [1.0 - radius, 0.41225], 0.105)[0]
        assert bool(corner < ZERO) is descends


def part_about(found: Boxes, point: Any, radii: list[float]) -> Local:
    """The part about a point."""
    middle, rad = np.array(point)[:, None], np.array(radii)[:, None]
    return Local(found.bents, middle - rad, middle + rad)


def ball(x: Spread) -> arb:
    """An interval as a ball."""
    return arb(float(x.mid), float(x.rad))


def rise(found: Boxes, start: Any, alpha: float) -> tuple[arb, list[arb]]:
    """phi(alpha) from a start, and the gradient there."""
    with working(boxes.BITS):
        point = [exact(float(w)) for w in start]
        here = found.bent(point)
        assert here is not None
        step = zip(point, here.gradient, strict=True)
        after = found.bent([w - exact(float(alpha)) * g for w, g in step])
        assert after is not None
        return after.value - here.value, here.gradient


def test_a_box_around_a_kink_is_not_decided() -> None:
    report = check_descent(lambda w: np.sum(np.abs(w)), box=[(-1, 1)], budget=2.0)
    assert report.verdict == "not decided"
    assert report.certified is None


def test_the_users_rate_on_a_box() -> None:
    loss, grad = lambda w: np.sum(w**4), lambda w: 4 * w**3
    assert check_descent(loss, grad, box=[(-1, 1)], alpha=0.4).verdict == "right"
    large = check_descent(loss, grad, box=[(-1, 1)], alpha=0.8)
    assert large.verdict == "step too large"
    assert "raises the loss from" in str(large)
    wrong = check_descent(loss, lambda w: 3 * w**3, box=[(-1, 1)], alpha=0.4)
    assert wrong.verdict == "wrong gradient"


def test_a_quadratic_loss_and_all_starts() -> None:
    rng = np.random.default_rng(3)
    x, y = rng.normal(size=(20, 5)), rng.normal(size=20)
    loss = lambda w: np.mean((x @ w - y) ** 2)
    program = python_program(loss, None, np.zeros(5))
    found = curvature(program)
    rate = 2 / np.linalg.eigvalsh(2 * x.T @ x / 20)[-1]
    assert found is not None
    assert found.certified is not None
    assert found.refuted is not None
    assert found.certified < rate < found.refuted
    assert found.refuted < 1.0001 * found.certified
    program.start = found.failing or []
    g = bent(program.loss, [exact(v) for v in program.start], 128)
    assert g is not None
    assert bool(Ray(program, [middle(v) for v in g.gradient]).rise(found.refuted * 1.001) >= ZERO)


@pytest.mark.parametrize(
    ("loss", "answer"),
    [
        (lambda w: w @ w + 3 * w[0] - 1, True),
        (lambda w: np.sum(w**3), False),
        (lambda w: np.sum(np.abs(w)), False),
        (lambda w: np.sum(np.exp(w)), False),
        (lambda w: np.sum(w) * 2, True),
        (lambda w: w[0] * w[1] / 3, True),
        (lambda w: (w @ w) * w[0], False),
        (lambda w: 1 / w[0], False),
        (lambda w: 5.0, True),
        (lambda w: np.max(w) ** 2, False),
    ],
)
def test_is_quadratic(loss: Any, answer: bool) -> None:
    assert is_quadratic(python_program(loss, None, np.array([1.0, 2.0]))) is answer


def test_lipschitz() -> None:
    bounds = lipschitz(
        python_program(lambda w: np.sum(w**4), None, np.zeros(2)), [(-1, 1), (-1, 2)]
    )
    assert bounds is not None
    assert 48 <= bounds[1] <= 48 * 1.05 * 1.01
    waves = lipschitz(
        python_program(lambda w: np.sum(np.sin(w)), None, np.zeros(2)), [(0, 1), (0, 1)]
    )
    assert waves is not None
    assert np.sin(1) <= waves[1] <= 1.06 * np.sin(1)
    assert (
        lipschitz(python_program(lambda w: np.sum(np.abs(w)), None, np.zeros(1)), [(-1, 1)], 0.5)
        is None
    )


def test_a_program_written_down_is_the_same_program() -> None:
    loss = lambda w: (
        np.sum(np.tanh(w) / (2 + w**2) - 3 * w)
        + np.logaddexp(w[0], w[1]) ** 3
        - w[0] / 3
        + np.sum(np.deg2rad(w) * np.tanh(w)) / 3
    )
    program = python_program(loss, None, np.array([0.3, 0.7]))
    short = written_down(program.loss, 2)
    assert short is not None
    with working(128, 2):
        run = Run()
        numbers = [
            Bend(exact(x), arb_mat([unit]), arb_mat(2, 2), run)
            for x, unit in ((0.3, [1, 0]), (0.7, [0, 1]))
        ]
        a, b = short(numbers), program.loss(list(numbers))
        assert a.ball.overlaps(b.ball)
        assert all(x.overlaps(y) for x, y in zip(a.bend.entries(), b.bend.entries(), strict=True))
    assert (
        written_down(python_program(lambda w: np.sum(np.abs(w)), None, np.ones(2)).loss, 2) is None
    )


@pytest.mark.parametrize("name", sorted(LOSSES))
def test_ends_enclose_every_step(name: str) -> None:
    """w - alpha g(w) for starts w of a part, its corners too, and rates of a range."""
    loss, n, half = LOSSES[name]
    found = Boxes(python_program(loss, None, np.zeros(n)), [(-half, half)] * n)
    rng = np.random.default_rng(1)
    about = part_about(found, [half / 2] * n, [half / 4] * n)
    ends = about.ends(between(np.zeros(1), np.full(1, 0.25)))
    draws = [*rng.uniform(-half / 4, half / 4, size=(40, n)), np.full(n, half / 4)]
    for start, alpha in product([half / 2 + w for w in draws], (0.0, 0.1, 0.25)):
        there = found.bent([exact(float(x)) for x in start])
        assert there is not None
        for k, (x, slope) in enumerate(zip(start, there.gradient, strict=True)):
            assert ball(ends[k, 0]).overlaps(exact(float(x)) - exact(alpha) * slope)
