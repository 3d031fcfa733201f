"""A run with other versions than the pinned ones says so in its closing table."""

from collections.abc import Callable
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from proofs.kernel import solver
from proofs.runner import versions
from proofs.runner.versions import other_versions, pins
from proofs.runner.writing import table

PACKAGES = {"hypothesis", "pytest", "python-flint", "sympy", "z3-solver"}


def test_here_are_the_pinned_versions() -> None:
    assert pins().keys() == PACKAGES
    assert [*other_versions()] == []
    assert not [line for line in table([], {}) if "OTHER VERSIONS" in line]


def but(package: str, says: Callable[[], str]) -> Callable[[str], str]:
    return lambda asked: says() if asked == package else pins()[asked]


@pytest.mark.parametrize("package", sorted(PACKAGES))
@pytest.mark.parametrize("found", ["0.1", "5.4", "none"])
def test_another_version_is_told(monkeypatch: pytest.MonkeyPatch, package: str, found: str) -> None:
    def says() -> str:
        if found == "none":
            raise PackageNotFoundError
        return found

    monkeypatch.setattr(versions, "version", but(package, says))
    told = f"{package} {found} (pinned: {pins()[package]})"
    assert [*other_versions()] == [told]
    line = f"OTHER VERSIONS than the pinned, so other evidence: {told}"
    assert line in [*table([], {})]


@pytest.mark.parametrize("said", ["4.13.0", "5.4.01", "5.40.0", "no version at all"])
def test_another_program_under_the_pinned_name_is_told(
    monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    monkeypatch.setattr(versions, "ask", lambda *_: f'(:version "{said}")')
    assert [*other_versions()] == [f"the program z3 {said} (pinned: {pins()['z3-solver']})"]
    monkeypatch.setattr(versions, "ask", lambda *_: "killed after 120 s")
    assert "the program z3 killed after 120 s" in next(other_versions())


def test_without_z3_its_program_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "z3", lambda: "")
    monkeypatch.setattr(versions, "ask", lambda *_: pytest.fail("asked"))
    assert [*other_versions()] == []
    assert solver.z3()


def test_an_installed_project_knows_its_pins(monkeypatch: pytest.MonkeyPatch) -> None:
    here, lines = pins(), ["python-flint<1,>=0.8", 'mypy==2.4.1; extra == "dev"']
    lines += [f'{name}=={pinned}; extra == "proofs"' for name, pinned in here.items()]
    monkeypatch.setattr(versions, "PROJECT", Path("nowhere"))
    monkeypatch.setattr(versions, "requires", lambda _: lines)
    assert pins() == here


def test_unknown_pins_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def requires(name: str) -> list[str]:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(versions, "PROJECT", Path("nowhere"))
    monkeypatch.setattr(versions, "requires", requires)
    assert "not known" in next(other_versions())
