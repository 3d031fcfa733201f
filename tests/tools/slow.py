"""What the tests take, and why: `python -m tests.tools.slow [what pytest is given]`.

Processor time, of children too, by file and by test; how much of it goes before a test, in its
fixtures; and how often each asks z3, runs a step of a page, searches, or starts a process. What
several tests compute anew shows as the same steps and searches in each of them.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Generator
from importlib import import_module
from typing import Any

import pytest

SHOWN = 25
COUNTED = {
    "asks": ("proofs.kernel.solver", "ask"),
    "steps": ("proofs.runner.pages", "Page.run"),
    "searches": ("proofs.claims", "survived"),
    "processes": ("subprocess", "Popen.__init__"),
}
COUNTS = Counter[str]()
ROWS: dict[str, Counter[str]] = {}  # by test


def pytest_collection_finish() -> None:
    """Only now, for pytest rewrites what is imported after it."""
    for name, (module, path) in COUNTED.items():
        place: Any = import_module(module)
        *inside, function = path.split(".")
        for part in inside:
            place = getattr(place, part)
        setattr(place, function, counted(name, getattr(place, function)))


def counted(name: str, called: Callable[..., Any]) -> Callable[..., Any]:
    """The function, which counts its calls."""

    def counts(*values: Any, **named: Any) -> Any:
        COUNTS[name] += 1
        return called(*values, **named)

    return counts


def spent() -> int:
    """Milliseconds of processor time, of this process and of those that it has waited for."""
    return round(1000 * sum(os.times()[:4]))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    before, counts = spent(), COUNTS.copy()
    result = yield
    row = ROWS.setdefault(item.nodeid, Counter())
    row.update(COUNTS - counts)
    row["ms"] += spent() - before
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None]:
    before = spent()
    yield
    ROWS.setdefault(item.nodeid, Counter())["before"] += spent() - before


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """The slowest files, and the slowest tests."""
    files: dict[str, Counter[str]] = {}
    for name, row in ROWS.items():
        for group in ("all", name.split("::")[0]):
            files.setdefault(group, Counter()).update({**row, "tests": 1})
    for title, rows in (("file", files), ("test", ROWS)):
        terminalreporter.section(f"processor time by {title}")
        for line in lines(title, rows):
            terminalreporter.write_line(line)


def lines(title: str, rows: dict[str, Counter[str]]) -> list[str]:
    """A table of the slowest rows."""
    columns = [c for c in ("tests", *COUNTED) if any(c in row for row in rows.values())]
    found = [" ".join(f"{head:>9}" for head in ("seconds", "before", *columns)) + f"  {title}"]
    for name, row in sorted(rows.items(), key=lambda pair: -pair[1]["ms"])[:SHOWN]:
        seconds = [f"{row[unit] / 1000:9.2f}" for unit in ("ms", "before")]
        found.append(" ".join([*seconds, *(f"{row[c]:9}" for c in columns)]) + f"  {name}")
    return found


if __name__ == "__main__":
    told = [sys.executable, "-m", "pytest", "-q", "-p", "tests.tools.slow", *sys.argv[1:]]
    sys.exit(subprocess.call(told))
