"""What is missing among the certificates is looked for, and stored where it is found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from proofs.kernel import entails, real, solver
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


def test_what_needs_no_certificate_is_exported_with_an_empty_one(
    file: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Where the replayer knows more than modus ponens: x > 0 implies x >= 0."""
    x = real("x")

    def asked(ids: object) -> tuple[dict[str, str], list[object]]:
        assert entails([x > 0], x >= 0).means == {"logic"}
        assert entails([x > 0], (x > 0) | (x > 1)).means == {"logic"}
        return {}, []

    monkeypatch.setattr(certificates, "asked", asked)
    certificates.export(tmp_path / "out")
    found = {path.name: path.read_text() for path in (tmp_path / "out").iterdir()}
    assert found.keys() == {"logic.1.smt2", "logic.1.txt"}
    assert "(assert (> x0 (/ 0 1)))" in found["logic.1.smt2"]
    check(found["logic.1.smt2"], found["logic.1.txt"])
