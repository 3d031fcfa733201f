"""pytest: the fixture and marker `check_descent`, and `pytest --loss module:f`.

Loaded by every pytest that runs where this package is installed (entry point pytest11), so it
imports nothing at the start.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from typing import Any

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("descent", "certify a loss")
    for name, told in (
        ("--loss", "module:name of a loss to certify, beside the tests"),
        ("--loss-grad", "module:name of its gradient"),
        ("--loss-at", "module:name of the parameters, or numbers: 0.3,-0.3"),
        ("--loss-alpha", "the learning rate to ask about"),
    ):
        _add(group, name, told)

    if "--pyargs" in sys.argv:
        _project_options(parser)


def _project_options(parser: pytest.Parser) -> None:
    """`pytest --pyargs proofs --statements`: the options of proofs/conftest.py, which an installed
    package's conftest adds too late. When it does, it is told that they are there.
    """
    told = "print each claim as a mathematician writes it (text or latex), and prove nothing"
    try:
        parser.addoption(
            "--statements", nargs="?", const="text", choices=("text", "latex"), help=told
        )
    except ValueError:
        return
    original = parser.addoption

    def addoption(*names: str, **attributes: Any) -> None:
        if "--statements" not in names:
            original(*names, **attributes)

    parser.addoption = addoption  # type: ignore[method-assign]


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(args: list[str]) -> None:
    """`--hypothesis-profile=hunt` on an installed wheel: the project's profiles, if asked for."""
    if "--pyargs" in args and any(a.startswith("--hypothesis-profile") for a in args):
        importlib.import_module("proofs.balls.profiles").register_profiles()


def _add(group: Any, name: str, told: str) -> None:
    try:
        group.addoption(name, default=None, metavar="NAME", help=told)
    except ValueError:  # another plugin has that option
        return


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        "descent(loss, grad=None, at=..., alpha=None): the test passes only if this loss is"
        " certified",
    )


@pytest.fixture
def check_descent() -> Any:
    """proofs.certify.assert_descent: fails the test with the report."""
    from proofs.certify import assert_descent

    return assert_descent


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_call(item: pytest.Item) -> None:
    for marker in item.iter_markers("descent"):
        from proofs.certify import assert_descent

        assert_descent(*marker.args, **marker.kwargs)


def pytest_collection_modifyitems(session: pytest.Session, items: list[pytest.Item]) -> None:
    name = session.config.getoption("--loss", None)
    if name:
        items.append(LossItem.from_parent(session, name=f"loss {name}"))


class LossItem(pytest.Item):
    """The loss that the command line names."""

    def runtest(self) -> None:
        from proofs.certify import assert_descent
        from proofs.certify.__main__ import _start, resolve

        option: Callable[[str], Any] = lambda name: self.config.getoption(f"--loss{name}", None)
        loss = resolve(option(""))
        grad = option("-grad")
        at = option("-at")
        alpha = option("-alpha")
        report = assert_descent(
            loss,
            None if grad is None else resolve(grad),
            at=getattr(loss, "at", None) if at is None else _start(at),
            alpha=None if alpha is None else float(alpha),
        )
        self.add_report_section("call", "descent", str(report))

    def repr_failure(self, excinfo: Any, style: Any = None) -> Any:
        return str(excinfo.value)

    def reportinfo(self) -> tuple[Any, int, str]:
        return self.path, 0, self.name
