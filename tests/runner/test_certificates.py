"""What is missing among the certificates is looked for, and stored where it is found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from proofs.kernel import solver
from proofs.kernel.solver import key
from proofs.replay import check
from proofs.runner import certificates
from tests.kernel.test_replay import SQUARE, WEAK, query

UNITS = query("x9", "(not x9)")  # unit propagation refutes it: its certificate is empty
KNOWN = query("(> x0 0)", "(< x0 0)")


@pytest.fixture
def file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """Where certificates are stored."""
    path = tmp_path / "certificates.txt"
    monkeypatch.setattr(certificates, "CERTIFICATES", path)
    monkeypatch.setattr(solver, "CERTIFICATES", path)
    solver.stored.cache_clear()
    yield path
    solver.stored.cache_clear()


def test_all_that_is_found_is_stored(file: Path) -> None:
    """What has a model has none; what is kept is not looked for."""
    told = list(certificates.complete([UNITS, SQUARE, WEAK, KNOWN], {key(KNOWN): "kept"}))
    assert told[0] == "2 certificates found, of 3 that were missing"
    lines = dict(line.partition(" ")[::2] for line in file.read_text().splitlines())
    assert lines.keys() == {key(UNITS), key(SQUARE), key(KNOWN)}
    assert (lines[key(UNITS)], lines[key(KNOWN)]) == ("", "kept")
    check(SQUARE, lines[key(SQUARE)])
    assert solver.stored() == lines
    assert list(certificates.complete([UNITS, SQUARE], lines)) == []
