"""What a loss does on a whole box, by ball arithmetic: the evidence of steps named `enclosure_`.

The box is halved until balls show the claim on every part. What comes out is rigorous, but no
theorem of the kernel: a loss is here a Python function of its coordinates, loss(*w), in any
arithmetic of balls and power series.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from proofs.balls.arithmetic import (
    BITS, Ball, coefficient, number, precision, up_to,
)  # fmt: skip
from proofs.balls.derivatives import (
    gradient_on, hessian_on, is_positive_definite, series_along, shifted,
)  # fmt: skip
from proofs.balls.traced import taken_down
from proofs.kernel.terms import KernelError

HALVINGS = 3  # of a range of alpha
PARTS = 4  # of the way of a step
BOXES = 20_000  # at most, into which a box is split
SHORTEST = Fraction(1, 2**40)  # side of such a box

Box = Sequence[tuple[Any, Any]]  # (lowest, highest) for each coordinate
Point = Sequence[Any]


@dataclass(frozen=True, eq=False)
class Enclosure:
    """What balls have shown of a whole box; it counts if `descends` or `linearizes` made it."""

    claim: str
    boxes: int


_MADE: dict[int, tuple[Enclosure, tuple[str, int]]] = {}


def is_enclosure(value: object) -> bool:
    """Whether `descends` or `linearizes` made `value`, and nobody altered it."""
    made, contents = _MADE.get(id(value), (None, ()))
    return isinstance(value, Enclosure) and made is value and contents == (value.claim, value.boxes)


def _enclosure(told: str, boxes: int) -> Enclosure:
    made = Enclosure(told, boxes)
    _MADE[id(made)] = (made, (told, boxes))
    return made


def descends(
    loss: Callable[..., Any], box: Box, alpha0: Fraction, rises: tuple[Point, Fraction]
) -> Enclosure:
    """From each start of the box with nonzero gradient, each alpha in (0, alpha0] lowers the loss.

    `rises` shows that alpha0 is within a factor 2 of the largest such number: a start of the box
    and an alpha of at most 2 alpha0 that does not lower the loss. Raises KernelError where either
    is not so, or cannot be told.
    """
    start, alpha = rises
    sides = _checked(box, alpha0, alpha, *start)
    formula, at = _taken_down(loss, sides)
    if not 0 < alpha <= 2 * alpha0 or not _inside(start, box):
        raise KernelError(
            f"{rises} is no start of {box} with a learning rate of at most twice {alpha0}"
        )
    with precision(BITS[0]):
        point, rate, far = [number(x) for x in start], number(alpha0), number(alpha)
        moves: Callable[[], bool] = lambda: not all(x.contains(0) for x in gradient_on(at, point))
        if not _told(lambda: change_after_a_step(at, point, far) >= 0 and moves()):
            raise KernelError(
                f"from {_listed(start)}, alpha = {alpha} is not shown not to lower the loss"
            )
        boxes = split(
            sides,
            lambda w: falls_throughout(at, w, rate),
            lambda w: change_after_a_step(at, w, rate) > 0,
            ("fall from", "rises from"),
        )
    return _enclosure(
        f"{formula} falls from each w in {_product(box)} with a gradient other than 0, "
        f"for all alpha in (0, {alpha0}]; not from {_listed(start)} with {alpha}",
        boxes,
    )


def linearizes(
    loss: Callable[..., Any], box: Box, lipschitz: Fraction, exceeds: tuple[Point, Point, Fraction]
) -> Enclosure:
    """|loss(*v) - loss(*w) - grad(w).(v - w)| <= lipschitz |v - w|^2 / 2 for all v, w of the box.

    `exceeds` shows that lipschitz is within a factor 2 of the least such number: a v and a w of the
    box, and a number that is at least lipschitz / 2, with which it is not so. Raises KernelError
    where either is not so, or cannot be told.
    """
    v, w, less = exceeds
    sides = _checked(box, lipschitz, less, *v, *w)
    formula, at = _taken_down(loss, sides)
    if not lipschitz <= 2 * less or not (_inside(v, box) and _inside(w, box)):
        raise KernelError(
            f"{exceeds} is not two points of {box} with a number of at least half of {lipschitz}"
        )
    with precision(BITS[0]):
        ends = [number(x) for x in v], [number(x) for x in w]
        bound, small = number(lipschitz), number(less)
        if not _told(lambda: relative_remainder(at, *ends) > small):
            raise KernelError(
                f"from {_listed(w)} to {_listed(v)}, {less} is not shown to be too small"
            )
        words = "bend so little", "bends more"
        boxes = split(
            sides, lambda w: bends_less(at, w, bound), lambda w: bends_more(at, w, bound), words
        )
    return _enclosure(
        f"{formula} differs from its linear model at w by at most {lipschitz} |v - w|^2 / 2, "
        f"for all v and w in {_product(box)}; not with {less}, from {_listed(w)} to {_listed(v)}",
        boxes,
    )


def _taken_down(
    loss: Callable[..., Any], sides: Sequence[object]
) -> tuple[str, Callable[[Point], Any]]:
    """The loss in words, its name and its formula; and as a function of a point."""
    with precision(BITS[0]):
        formula, at = taken_down(loss, len(sides))
    name = getattr(loss, "__name__", "")
    return (f"{name}, which is {formula}," if name.isidentifier() else formula), at


def _checked(box: Box, *numbers: object) -> list[tuple[Fraction, Fraction]]:
    for x in (*numbers, *(end for side in box for end in side)):
        number(x)  # refuses what is not exact
    if not box or any(low >= high for low, high in box):
        raise KernelError(f"the box {box} is empty; write (lowest, highest) for each coordinate")
    return [(Fraction(low), Fraction(high)) for low, high in box]


def _inside(point: Point, box: Box) -> bool:
    return len(point) == len(box) and all(
        low <= x <= high for x, (low, high) in zip(point, box, strict=True)
    )


def _told(question: Callable[[], Any]) -> bool:
    """Whether it is so; not where a denominator may be 0."""
    try:
        return bool(question())
    except (ValueError, ZeroDivisionError):
        return False


def _listed(point: Point) -> str:
    return f"({', '.join(map(str, point))})"


def _product(box: Box) -> str:
    return " x ".join(f"[{low}, {high}]" for low, high in box)


def split(
    sides: list[tuple[Fraction, Fraction]],
    shown: Callable[[list[Ball]], bool],
    refuted: Callable[[list[Ball]], bool],
    words: tuple[str, str],
) -> int:
    """How many boxes it took; one is halved along its longest side until all are `shown`.

    Raises KernelError, in these words, where it is `refuted` in the middle of a box, or a box is
    too small.
    """
    stack, count = [sides], 0
    while stack:
        box, count = stack.pop(), count + 1
        if _told(lambda: shown([number(a).union(number(b)) for a, b in box])):
            continue
        middle = [(a + b) / 2 for a, b in box]
        wrong = _told(lambda: refuted([number(x) for x in middle]))
        i = max(range(len(box)), key=lambda i: box[i][1] - box[i][0])
        if wrong or box[i][1] - box[i][0] < SHORTEST or count > BOXES:
            what = words[1] if wrong else f"is not shown to {words[0]}"
            raise KernelError(f"it {what} near {tuple(map(float, middle))} (after {count} boxes)")
        stack += [
            [*box[:i], half, *box[i + 1 :]]
            for half in ((box[i][0], middle[i]), (middle[i], box[i][1]))
        ]
    return count


def relative_remainder(f: Callable[..., Any], v: Sequence[Ball], w: Sequence[Ball]) -> Ball:
    """2 |f(v) - f(w) - grad f(w).(v - w)| / |v - w|^2, of two points."""
    s = [x - y for x, y in zip(v, w, strict=True)]
    linear = f(w) + sum(g * x for g, x in zip(gradient_on(f, w), s, strict=True))
    return 2 * abs(f(v) - linear) / sum(x * x for x in s)


def bends_less(f: Callable[..., Any], box: Sequence[Ball], bound: Ball) -> bool:
    """Whether all eigenvalues of the Hessian lie between -bound and bound, all over the box.

    Then, by Taylor's theorem, so does 2 (f(v) - f(w) - grad f(w).(v - w)) / |v - w|^2 for all v and
    w of the box.
    """
    h = hessian_on(f, box)
    return all(is_positive_definite(shifted(bound, h, sign)) for sign in (1, -1))


def bends_more(f: Callable[..., Any], point: Sequence[Ball], bound: Ball) -> bool:
    """Whether a second derivative along a coordinate exceeds the bound."""
    return any(abs(row[i]) > bound for i, row in enumerate(hessian_on(f, point)))


def change_after_a_step(f: Callable[..., Any], point: Sequence[Ball], alpha: Ball) -> Ball:
    """f(w - alpha grad f(w)) - f(w) for w in the box `point`."""
    return f([x - alpha * g for x, g in zip(point, gradient_on(f, point), strict=True)]) - f(point)


def falls_throughout(f: Callable[..., Any], box: Sequence[Ball], alpha0: Ball) -> bool:
    """f(w - alpha g) < f(w) for all w in the box with g = grad f(w) != 0, alpha in (0, alpha0].

    By Taylor's theorem the change is -alpha |g|^2 + alpha^2 g.Hg / 2 with a mean H of Hessians on
    the way. So it is negative where alpha g.Hg / 2 < |g|^2; where that holds only up to a part of
    alpha0, the mean value theorem has to do for the rest. It is also negative where 2/alpha0 - H is
    positive definite on every part of the way: there g may come near 0.
    """
    g = gradient_on(f, box)
    against, square = [-x for x in g], sum(x * x for x in g)
    after: Callable[[Ball], list[Ball]]
    after = lambda alpha: [x - alpha * y for x, y in zip(box, g, strict=True)]

    def bends_little(alpha: Ball) -> bool:
        return bool(alpha * coefficient(series_along(f, box, against, 2, alpha), 2) < square)

    def stays_below(a: Ball, b: Ball) -> bool:
        middle, part = (a + b) / 2, a.union(b)
        slope = coefficient(series_along(f, after(part), against, 1), 1)
        return bool(f(after(middle)) - f(box) + slope * (part - middle) < 0)

    def falls(a: Ball, b: Ball, halvings: int = HALVINGS) -> bool:
        if bends_little(b) if a.is_zero() else stays_below(a, b):
            return True
        middle, left = (a + b) / 2, halvings - 1
        return left >= 0 and falls(a, middle, left) and falls(middle, b, left)

    def is_flat(k: int) -> bool:
        h = hessian_on(f, after(alpha0 * k / PARTS + up_to(alpha0 / PARTS)))
        return is_positive_definite(shifted(2 / alpha0, h, -1))

    moves = not square.contains(0)  # otherwise `falls` cannot tell, and need not be asked
    return (moves and falls(number(0), alpha0)) or all(map(is_flat, range(PARTS)))
