"""A wall clock for a step, so that one that never ends is told, and the rest of the run goes on.

It interrupts Python, not a library that is computing; z3 has a watchdog of its own.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

from proofs.kernel import KernelError

SECONDS = 900.0  # for a step, without the steps that it runs; many times what any page takes


class _TimeIsUp(BaseException):
    """No Exception, so that hypothesis does not take it for a counterexample and try again."""


def _ring(signum: int, frame: FrameType | None) -> NoReturn:
    raise _TimeIsUp


@contextmanager
def limited(what: str, seconds: float | None = None) -> Iterator[None]:
    """KernelError where what is inside takes longer; no limit off the main thread, or on Windows.

    The clock of what is around stands still.
    """
    main = threading.current_thread() is threading.main_thread()
    if not main or not hasattr(signal, "setitimer"):
        yield
        return
    allowed = SECONDS if seconds is None else seconds  # 0: no limit
    before = signal.signal(signal.SIGALRM, _ring)
    around, _ = signal.setitimer(signal.ITIMER_REAL, allowed)
    try:
        yield
    except _TimeIsUp:
        raise KernelError(f"{what} has not ended after {allowed:g} s, and is stopped") from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, around)
        signal.signal(signal.SIGALRM, before)
