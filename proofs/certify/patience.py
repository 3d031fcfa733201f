"""A loss that takes minutes is interrupted, where Python can do that; on a terminal, long work
shows progress.
"""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from proofs.certify.errors import OutOfBudget

_shown = 0.0


@contextmanager
def interrupted(seconds: float) -> Iterator[None]:
    """A moment after so many seconds OutOfBudget is raised wherever the program is: in the main
    thread, if nobody else uses the alarm. (Not just then: balls look at the clock themselves, and
    the alarm must not interrupt what is made of that.)
    """
    ours = (
        threading.current_thread() is threading.main_thread()
        and hasattr(signal, "setitimer")
        and signal.getsignal(signal.SIGALRM) in (signal.SIG_DFL, None)
        and signal.getitimer(signal.ITIMER_REAL)[0] == 0
        and seconds < 1e6
    )
    if not ours:
        yield
        return

    def stop(_: int, __: FrameType | None) -> None:
        raise OutOfBudget(f"the time allowed is over ({seconds:g} s)")

    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds * 1.02 + 0.1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)


def progress(told: str, began: float) -> None:
    """Shows on a terminal what long work is at: after two seconds, twice a second, on one line."""
    global _shown
    now = time.monotonic()
    if now - began < 2 or now - _shown < 0.5 or not sys.stderr.isatty():
        return
    _shown = now
    print(f"\r\x1b[K{told} ({now - began:.0f} s)", end="", file=sys.stderr, flush=True)


def finished() -> None:
    """Clears the line of progress."""
    global _shown
    if _shown:
        _shown = 0.0
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
