"""What the room raises: one sentence each, with the operation, the place and what to do."""

from __future__ import annotations

import dis
import os
import sys
from types import FrameType

_HERE = os.path.dirname(os.path.abspath(__file__))


class BadCall(ValueError):
    """The call itself makes no sense: a wrong shape, a learning rate of 0, a loss that is no
    number.
    """


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


class FloatAsked(NotUnderstood):
    """float(x) of a Real; returned: whether the frame that asked returns just that."""

    def __init__(self, real: object, returned: bool, advice: str) -> None:
        self.real, self.returned = real, returned
        super().__init__("a number turned into a float", advice)


class OutOfBudget(Exception):
    """The time or the number of evaluations that the caller allowed is spent."""


def returns_at_once(frame: FrameType) -> bool:
    """Whether a frame is in the middle of `return float(...)`, called from this room: what it
    returns is that number.

    By its bytecode, and only where that leaves no doubt: the call is of the builtin float,
    without jumps in its argument.
    """
    back = frame.f_back
    if back is None or not back.f_code.co_filename.startswith(_HERE):
        return False
    if frame.f_builtins.get("float") is not float or "float" in frame.f_globals:
        return False
    steps = list(dis.get_instructions(frame.f_code))
    at = next((k for k, i in enumerate(steps) if i.offset == frame.f_lasti), None)
    if at is None:
        return False
    call = at + 1 if steps[at].opname == "PRECALL" else at  # Python 3.11 may do both at once
    first = call - 1 if steps[call - 1].opname == "PRECALL" else call
    after = steps[call + 1].opname if call + 1 < len(steps) else ""
    if steps[call].opname != "CALL" or steps[call].arg != 1 or after != "RETURN_VALUE":
        return False
    return _is_call_of_float(steps[:first])


def _is_call_of_float(before: list[dis.Instruction]) -> bool:
    """Whether the instructions end with LOAD_GLOBAL float and one expression, its argument."""
    depth = 0
    for step in reversed(before):
        if step.is_jump_target or step.opcode in dis.hasjrel or step.opcode in dis.hasjabs:
            return False
        if depth == 1 and step.opname == "LOAD_GLOBAL":
            return bool(step.argval == "float")
        depth += dis.stack_effect(step.opcode, step.arg, jump=False)
    return False


_line: str | None = None  # of the traced program that a front end interprets


def set_line(line: str | None) -> None:
    """Where in the user's program the interpreter of a traced graph is; None where none is at
    work.
    """
    global _line
    _line = line


def current_line() -> str | None:
    """The line set by `set_line`."""
    return _line


def line_of_program() -> str:
    """file:line of the innermost frame that belongs neither to this room nor to a library."""
    if _line is not None:
        return _line
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
