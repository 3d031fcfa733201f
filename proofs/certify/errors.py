"""What the room raises: one sentence each, with the operation, the place and what to do."""

from __future__ import annotations

import os
import sys

_HERE = os.path.dirname(os.path.abspath(__file__))


class BadCall(ValueError):
    """The call itself makes no sense: a wrong shape, a learning rate of 0, a loss that is no number."""


class NotDecided(Exception):
    """Balls cannot answer here; the words say why, and what would help."""


class Undecided(NotDecided):
    """A comparison has no answer on the range in force, or there are too many paths."""


class NotUnderstood(NotDecided, TypeError):
    """An operation that the room has no rule for, named with the line of the user's program."""

    def __init__(self, operation: str, advice: str = "", place: str | None = None) -> None:
        self.operation, self.place = operation, line_of_program() if place is None else place
        told = f"{operation} at {self.place}" if self.place else operation
        super().__init__(f"{told} is not understood in balls{': ' + advice if advice else ''}")


class OutOfBudget(NotDecided):
    """The time or the number of evaluations that the caller allowed is spent."""


def line_of_program() -> str:
    """file:line of the innermost frame that belongs neither to this room nor to a library."""
    frame = sys._getframe(1)
    while frame is not None:
        name = frame.f_code.co_filename
        inside = name.startswith(_HERE) or "site-packages" in name or name.startswith("<__array")
        if (
            not inside
            and f"{os.sep}lib{os.sep}python" not in name
            and not name.startswith("<frozen")
        ):
            return f"{os.path.basename(name)}:{frame.f_lineno}"
        frame = frame.f_back  # type: ignore[assignment]
    return ""
