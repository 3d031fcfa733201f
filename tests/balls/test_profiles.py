"""The profiles: the gate is the same everywhere, the hunt remembers and shares what failed."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st

from proofs.balls.profiles import example_database, register_profiles
from proofs.balls.searching import survived
from proofs.kernel import KernelError
from strategies.trials import TOGETHER

ROOT = Path(__file__).parent.parent.parent
SERVER = shutil.which("redis-server")
register_profiles()
PLACES = ["folder", *(["redis"] if SERVER else [])]


def test_gate_is_deterministic_and_thorough_enough() -> None:
    gate = settings.get_profile("gate")
    assert (gate.derandomize, gate.database, gate.deadline) == (True, None, None)
    assert gate.max_examples * TOGETHER == 400  # losses


def test_hunt_is_random_long_and_remembers() -> None:
    hunt = settings.get_profile("hunt")
    assert (hunt.derandomize, hunt.deadline) == (False, None)
    assert hunt.max_examples * TOGETHER == 10_000
    assert hunt.database is not None


@pytest.fixture(params=PLACES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A folder, and a Redis server of our own where Debian's package redis-server is installed."""
    if request.param == "folder":
        yield str(tmp_path / "examples")
        return
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        str(SERVER),
        "--port",
        str(port),
        "--bind",
        "127.0.0.1",
        "--save",
        "",
        "--dir",
        str(tmp_path),
    ]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        for _ in range(600):
            with socket.socket() as attempt:
                if attempt.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait()


def first_tried(place: str, limit: int) -> int:
    """The first example that a machine which starts afresh tries, with what is kept at a place."""
    tried: list[int] = []

    def holds(n: int) -> bool:
        tried.append(n)
        return n < limit

    settings.register_profile(
        "a machine",
        settings.get_profile("hunt"),
        database=example_database(place),
        max_examples=300,
    )
    before = settings.get_current_profile_name()
    settings.load_profile("a machine")
    try:
        survived("every number is small", st.integers(0, 10**6), holds)
    except KernelError:
        pass
    finally:
        settings.load_profile(before)
    return tried[0]


def test_machines_share_what_failed(place: str) -> None:
    """What one machine found and shrank, another with the same database tries first."""
    first_tried(place, limit=54_321)
    assert first_tried(place, limit=54_321) == 54_321
    assert first_tried(place, limit=10**7) == 54_321


def test_another_claim_has_other_examples(place: str) -> None:
    """The inner function of every search is the same; what is remembered goes by the claim."""
    database = example_database(place)
    settings.register_profile(
        "a machine", settings.get_profile("hunt"), database=database, max_examples=300
    )
    before = settings.get_current_profile_name()
    settings.load_profile("a machine")
    tried: list[int] = []

    def holds(n: int) -> bool:
        tried.append(n)
        return True

    try:
        with pytest.raises(KernelError):
            survived("one claim", st.integers(0, 10**6), lambda n: n < 54_321)
        survived("another claim", st.integers(0, 10**6), holds)
    finally:
        settings.load_profile(before)
    assert tried[0] != 54_321


if sys.platform != "win32":  # which has no such terminals
    import pty

    def seen_on_a_terminal(expected: str, *arguments: str) -> bool:
        """Whether pytest writes this to a terminal; it is stopped as soon as it does."""
        master, slave = pty.openpty()
        command = [sys.executable, "-m", "pytest", "proofs", "-p", "no:cacheprovider", *arguments]
        run = subprocess.Popen(command, cwd=ROOT, stdout=slave, stderr=slave, stdin=slave)
        os.close(slave)
        written = b""
        try:
            while expected.encode() not in written:
                part = os.read(master, 4096)
                if not part:
                    return False
                written += part
        except OSError:  # how a terminal ends on Linux
            return False
        finally:
            run.terminate()
            run.wait()
            os.close(master)
        return True

    def test_a_hunt_shows_its_progress_on_a_terminal(
        monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("DESCENT_EXAMPLES", str(tmp_path))
        step = ("-k", "a02 and search_convex_losses")
        assert seen_on_a_terminal(
            "a02 search_convex_losses: 100 of 1,250", *step, "--hypothesis-profile=hunt"
        )
        assert not seen_on_a_terminal("search_convex_losses: 100 of", *step)
