"""The paths that a program may take on a range of values: every one is followed.

A comparison that balls cannot decide has two outcomes; both are followed, one path after the
other. At each point of the range the program's value is that of one of the paths, and along one
path it is smooth. So what holds of every path holds of the program. **The value at a point and
the remainder over the range must come from the same path** (mixing them is unsound); here both
parts of a number (`proofs.certify.jets`) go through one run, so they cannot be mixed.

A comparison is known by its operands, as objects: the same two numbers compared again have the
outcome that the path has already chosen.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from flint import arb

from proofs.certify.balls import ZERO, working
from proofs.certify.errors import OutOfBudget, Undecided, line_of_program

Result = TypeVar("Result")
PLUS, NONE, MINUS = 4, 2, 1  # the signs that a difference may have, as bits
ALL = PLUS | NONE | MINUS
TESTS = {
    ">": PLUS,
    ">=": PLUS | NONE,
    "<": MINUS,
    "<=": MINUS | NONE,
    "==": NONE,
    "!=": PLUS | MINUS,
}
_SIGN = {1: PLUS, 0: NONE, -1: MINUS}


class Run:
    """One run of a program in balls: what its numbers and comparisons need to know.

    radius: the ball of t over which the range part of a jet holds, t = 0 being its centre.
    germ: comparisons at an exact tie are decided as they are just after t = 0.
    squares: the ids of numbers about 0 that are squares, or sums of these: never negative.
    roots: what the square of a root is, by the id of the root: a norm is smooth where it is
    squared.
    margins: how far each comparison was from a tie, by its place, where somebody wants to know.
    ties_agree: whether all ways through the ties at the centre are known to have the program's
    value there.
    tied: whether some path did not agree because of a tie at the centre.
    agrees: whether the path that is followed is the program's own at the centre, so that values
    there are the program's.
    """

    def __init__(self, radius: arb = ZERO, germ: bool = False, ties_agree: bool = False) -> None:
        self.radius, self.germ, self.ties_agree = radius, germ, ties_agree
        self.margins: dict[str, float] | None = _margins
        self.script: list[bool] = []
        self.tied = False
        self.kinks: dict[str, None] = {}
        self.tape: list[Any] = []
        self.start()

    def start(self) -> None:
        self.taken: list[bool] = []
        self.known: dict[tuple[Any, Any], int] = {}
        self.kept: list[Any] = []  # operands stay alive, or another object could get their id
        self.roots: dict[int, Any] = {}
        self.squares: set[int] = set()
        self.agrees = True
        self.tape = []

    def next(self) -> bool:
        """Turns to the next path; False if there is none."""
        taken = list(self.taken)
        while taken and not taken[-1]:
            taken.pop()
        if not taken:
            return False
        self.script = [*taken[:-1], False]
        self.start()
        return True


_margins: dict[str, float] | None = None
NOTES: dict[str, None] = {}  # remarks of the front ends on the program, of the check in progress
_run: Run | None = None
_local = threading.local()  # the deadline of each thread's check


def current() -> Run | None:
    """The run in progress."""
    return _run


def check_time() -> None:
    """Raises OutOfBudget once the time that the caller allowed is over."""
    deadline = getattr(_local, "deadline", None)
    if deadline is not None and time.monotonic() > deadline:
        raise OutOfBudget("the time allowed is over (budget=...)")


def deadline() -> float | None:
    """When the call in progress has to end (time.monotonic); it tells one call of check_descent
    from another.
    """
    return getattr(_local, "deadline", None)


@contextmanager
def until(deadline: float | None) -> Iterator[None]:
    """Every run inside stops with OutOfBudget after the deadline (time.monotonic)."""
    before, _local.deadline = getattr(_local, "deadline", None), deadline
    try:
        yield
    finally:
        _local.deadline = before


@contextmanager
def watching(margins: dict[str, float]) -> Iterator[None]:
    """Runs that are made inside write down how near each comparison came to a tie."""
    global _margins
    before, _margins = _margins, margins
    try:
        yield
    finally:
        _margins = before


@contextmanager
def running(run: Run | None) -> Iterator[None]:
    """Makes `run` the run in progress."""
    global _run
    before, _run = _run, run
    try:
        yield
    finally:
        _run = before


def follow(
    run: Run,
    compute: Callable[[], Result],
    bits: int,
    order: int = 1,
    most: int = 64,
    until: object = None,
) -> list[Result]:
    """The results of compute() along all paths; stops early at a result that is `until`.

    Raises Undecided if there are more than `most` paths.
    """
    found: list[Result] = []
    with working(bits, order), running(run):
        while True:
            check_time()
            found.append(compute())
            if until is not None and found[-1] is until:
                return found
            if not run.next():
                return found
            if len(found) >= most:
                kinks = ", ".join(run.kinks)
                raise Undecided(f"more than {most} paths through the comparisons ({kinks})")


def holds(
    a: Any,
    relation: str,
    b: Any,
    own: int | None,
    at_centre: int | None,
    name: str,
    continuous: bool = False,
) -> bool:
    """Whether `a relation b`; own is the sign of a - b where it is the same over the whole range,
    otherwise None.

    at_centre: the sign at the centre, if known; continuous: the program's value does not jump at
    a tie.
    """
    wanted = TESTS[relation]
    if own is not None:
        return bool(_SIGN[own] & wanted)
    run = _run
    if run is None:
        raise Undecided(f"the comparison {name} at {line_of_program()} cannot be told in balls")
    key, swapped = _key(a, b)
    if swapped:
        wanted = _mirrored(wanted)
    allowed = run.known.get(key, ALL)
    seen = None if at_centre is None else _SIGN[at_centre]
    if seen is not None and swapped:
        seen = _mirrored(seen)

    def chosen(outcome: bool) -> bool:
        """Notes whether the program at the centre goes this way too, or comes to the same value."""
        if not (at_centre == 0 and (continuous or run.ties_agree)):
            run.agrees = run.agrees and seen is not None and bool(seen & wanted) == outcome
            run.tied = run.tied or at_centre == 0
        return outcome

    if not allowed & ~wanted:
        return chosen(True)
    if not allowed & wanted:
        return chosen(False)
    place = len(run.taken)
    outcome = run.script[place] if place < len(run.script) else True
    run.taken.append(outcome)
    check_time()
    run.known[key] = allowed & (wanted if outcome else ~wanted)
    run.kept += (a, b)
    run.kinks[f"{name} at {line_of_program()}" if line_of_program() else name] = None
    return chosen(outcome)


def watch(difference: arb, name: str) -> None:
    """Writes down the margin of a comparison, if somebody wants to know."""
    if _run is None or _run.margins is None:
        return
    place = f"{name} at {line_of_program()}"
    margin = abs(float(difference.mid()))
    if margin < _run.margins.get(place, float("inf")):
        _run.margins[place] = margin


def remember_square(x: Any) -> Any:
    """Notes that x, about 0, is never negative; gives x back."""
    if _run is not None:
        _run.squares.add(id(x))
        _run.kept.append(x)
    return x


def are_squares(numbers: Any) -> bool:
    """Whether all of these are known to be squares or sums of squares."""
    squares = _run.squares if _run is not None else ()
    return bool(squares) and all(id(x) in squares for x in numbers)


def remember_root(root: Any, square: Any) -> Any:
    """Notes that root * root is `square`; gives root back."""
    if _run is not None:
        _run.roots[id(root)] = square
        _run.kept.append(root)
    return root


def _key(a: Any, b: Any) -> tuple[tuple[Any, Any], bool]:
    """By what a comparison is known (numbers of the run by identity, constants by value), and
    whether b came first.
    """
    if not getattr(a, "is_real", False):
        return (id(b), ("constant", _plain(a))), True
    if not getattr(b, "is_real", False):
        return (id(a), ("constant", _plain(b))), False
    return ((id(b), id(a)), True) if id(a) > id(b) else ((id(a), id(b)), False)


def _plain(constant: Any) -> Any:
    """A constant as Python has it: whole numbers and fractions are more than their floats."""
    return constant.item() if hasattr(constant, "item") else constant


def _mirrored(signs: int) -> int:
    """The signs of b - a, from those of a - b."""
    return (signs & NONE) | (MINUS if signs & PLUS else 0) | (PLUS if signs & MINUS else 0)
