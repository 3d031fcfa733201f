"""Planted mistakes are found, right gradients are right in six conditions; the table is theirs."""

from __future__ import annotations

from pathlib import Path

import pytest

import proofs.certify
from proofs.certify import check_descent
from tests.tools.certify_planted import Entry, Planted, conditions, corpus
from tests.tools.certify_table import found_by_us

LOSSES = corpus()
BUGS = [(entry, bug) for entry in LOSSES for bug in entry.bugs]
RIGHT = [(name, entry) for name, entries in conditions().items() for entry in entries]
KINDS = {
    "sign of one coordinate", "factor 2", "1/m", "cross-term", "transposed", "chain factor",
    "stale cache", "region only", "relative 1e-3", "relative 1e-6", "float32",
}  # fmt: skip


def test_there_are_enough() -> None:
    assert len(BUGS) >= 26
    assert len({entry.name for entry, _ in BUGS}) >= 9
    assert {bug.kind for _, bug in BUGS} >= KINDS
    assert len({name for name, _ in RIGHT}) == 6


@pytest.mark.parametrize(("entry", "bug"), BUGS, ids=[f"{e.name}: {b.kind}" for e, b in BUGS])
def test_a_planted_mistake_is_found(entry: Entry, bug: Planted) -> None:
    assert found_by_us(entry, bug)


@pytest.mark.parametrize(("condition", "entry"), RIGHT, ids=[f"{e.name}, {c}" for c, e in RIGHT])
def test_a_right_gradient_is_right(condition: str, entry: Entry) -> None:
    report = check_descent(entry.loss, entry.grad, at=entry.at)
    assert report.verdict in ("right", "limited by rounding")


def test_the_table_is_of_these() -> None:
    page = Path(proofs.certify.__file__).with_name("COMPARISON.md").read_text()
    kinds = {bug.kind for _, bug in BUGS}
    for kind in kinds:
        number = sum(bug.kind == kind for _, bug in BUGS)
        assert f"| {kind} | {number} | {number} |" in page
    for condition in {name for name, _ in RIGHT}:
        number = sum(name == condition for name, _ in RIGHT)
        assert f"| {condition} | {number} | 0 |" in page
    assert f"{len({entry.name for entry in LOSSES})} losses in numpy" in page
