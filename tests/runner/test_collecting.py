"""The pytest side of proof pages: what is collected, what is shown, and the closing table."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import warnings
from collections import defaultdict
from pathlib import Path
from xml.etree import ElementTree

import pytest

import proofs.conftest  # noqa: F401  imported once here, it stays imported from run to run
from proofs.kernel import solver
from tests.runner.sample import GOOD, STEPS, run, write_page

pytest_plugins = ["pytester"]
ROOT = Path(__file__).parent.parent.parent


def test_a_good_page_passes_and_reads_as_the_proof(pytester: pytest.Pytester) -> None:
    write_page(pytester, GOOD)
    result = run(pytester, "-v")
    result.assert_outcomes(passed=5)
    output = result.stdout.str()
    for step in [*STEPS, "verdict"]:
        assert f"a99_square_is_positive.py::{step} PASSED" in output
    assert "PASSED  x^2 >= 0, and x^2 = 0 only for x = 0." in output
    assert re.search(
        r"^a99 .*HOLDS_IF +2 solver, 2 witness  \| unsaid: x is not zero$", output, re.MULTILINE
    )
    assert "Article A: 1 claims: 1 HOLDS_IF" in output
    assert "Axioms used: none" in output


def test_an_inequality_without_a_certificate_fails_where_certificates_are_asked_for(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Told with its page and step; the table names it either way."""
    monkeypatch.setattr(solver, "PROVED", {})
    write_page(pytester, GOOD)
    alone = "a99 inequality_square_is_not_negative, a99 theorem_square_is_positive"
    result = run(pytester)
    result.assert_outcomes(passed=5)
    result.stdout.fnmatch_lines([f"ONE SOLVER: *z3's word alone: {alone}"])
    result = run(pytester, "--certified")
    result.assert_outcomes(passed=4, failed=1)
    told = "on z3's word alone, without a certificate: inequality_square_is_not_negative, *"
    result.stdout.fnmatch_lines(["a99. *", "step verdict", told, f"ONE SOLVER: *: {alone}"])
    monkeypatch.setattr(solver, "PROVED", {})
    monkeypatch.setattr(solver, "certified", lambda *_: True)
    result = run(pytester, "--certified")
    result.assert_outcomes(passed=5)
    result.stdout.no_fnmatch_line("*ONE SOLVER*")


@pytest.mark.parametrize(
    "name", ["a9_too_short.py", "b99_other_article.py", "notes.py", "A99_Capital.py"]
)
def test_a_file_that_would_not_be_a_page_is_refused(pytester: pytest.Pytester, name: str) -> None:
    write_page(pytester, GOOD, name)
    result = run(pytester)
    assert result.ret != 0
    assert f"{name}: a page is named like a11_what_it_says.py" in result.stdout.str()


def test_pages_report_to_junit_and_stop_at_the_first_failure(pytester: pytest.Pytester) -> None:
    write_page(pytester, GOOD.replace("entails([], x**2 >= 0)", "entails([], x**2 >= x)"))
    run(pytester, "-x", "--junitxml=report.xml").assert_outcomes(failed=1)
    suite = ElementTree.parse(pytester.path / "report.xml").getroot()[0]
    assert (suite.get("failures"), suite.get("tests")) == ("1", "1")
    failure = suite[0].find("failure")
    assert failure is not None
    assert "x^2 >= x does not follow" in (failure.text or "")


def test_k_selects_a_claim_and_the_verdict_runs_the_steps_it_needs(
    pytester: pytest.Pytester,
) -> None:
    write_page(pytester, GOOD)
    write_page(pytester, GOOD.replace("a99", "a98"), "a98_square_is_positive.py")
    run(pytester, "-k", "a98").assert_outcomes(passed=5, deselected=5)
    result = run(pytester, "-k", "a98 and verdict")
    result.assert_outcomes(passed=1, deselected=9)
    assert re.search(r"^a98 .*HOLDS_IF", result.stdout.str(), re.MULTILINE)


def test_what_k_does_not_select_is_not_imported(pytester: pytest.Pytester) -> None:
    """Nor checked; its steps count as deselected all the same."""
    write_page(pytester, GOOD)
    broken = GOOD.replace("a99", "a98").replace("CLAIM = ", "WRONG = real(1)\nCLAIM = ")
    write_page(pytester, broken, "a98_square_is_positive.py")
    run(pytester, "-k", "a99").assert_outcomes(passed=5, deselected=5)
    for keyword in ("a98", "page", "a98 or a99", "not a99", "square"):
        assert (
            "a98_square_is_positive.py cannot be read" in run(pytester, "-k", keyword).stdout.str()
        ), keyword


def test_k_that_is_no_expression_is_told(pytester: pytest.Pytester) -> None:
    write_page(pytester, GOOD)
    result = run(pytester, "-k", "a99 and and")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert "Wrong expression" in result.stderr.str()


def test_last_failed_runs_the_failures_again(pytester: pytest.Pytester) -> None:
    page = write_page(pytester, GOOD.replace("x**2 >= 0)", "x**2 >= x)"))
    plugin = ("-p", "proofs.conftest")
    first = pytester.runpytest_inprocess(*plugin).parseoutcomes()
    assert (first["passed"], first["failed"], first["depending"]) == (2, 1, 2)
    page.write_text(GOOD, encoding="utf-8")
    pytester.runpytest_inprocess(*plugin, "--lf").assert_outcomes(passed=3)


def test_statements_prints_and_proves_nothing(pytester: pytest.Pytester) -> None:
    write_page(pytester, GOOD)
    result = run(pytester, "--statements")
    assert result.ret == 0
    output = result.stdout.str()
    assert "CLAIM. For all x in R:" in output
    assert "x != 0    [x is not zero]  (unsaid)" in output
    assert "passed" not in output
    assert r"$x^{2} > 0$" in run(pytester, "--statements=latex").stdout.str()


def test_twice_verbose_shows_the_theorem_beside_its_sentence(pytester: pytest.Pytester) -> None:
    write_page(pytester, GOOD)
    for options in (("-vv",), ("--statements", "-vv")):
        lines = run(pytester, *options).stdout.str().splitlines()
        says = next(i for i, line in enumerate(lines) if "0 only for x = 0." in line)
        assert lines[says + 1].strip().startswith("|- for all x with x != 0: x^2 > 0")
    assert "|-" not in run(pytester, "--statements").stdout.str()
    assert "|-" not in run(pytester, "-v").stdout.str()
    write_page(pytester, GOOD.replace("x**2 >= 0)", "x**2 >= x)"))
    assert "fails: not proved: x^2 >= x" in run(pytester, "--statements", "-vv").stdout.str()


def command(*options: str) -> str:
    arguments = [sys.executable, *options, "-p", "no:cacheprovider"]
    done = subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def closing_table(output: str) -> str:
    return output.split(" verdicts ")[1].split("\n", 1)[1].split("\n=")[0].strip()


def test_xdist_and_python_O_give_the_same_table() -> None:
    pages = ["-m", "pytest", "proofs", "-k", "a09 or a10 or a13"]
    alone = closing_table(command(*pages))
    assert alone.count("\n") >= 4
    assert closing_table(command(*pages, "-n", "2")) == alone
    assert closing_table(command("-O", *pages)) == alone


def test_under_xdist_a_page_stays_in_one_worker() -> None:
    """In another one its verdict would run the steps anew."""
    told = command("-m", "pytest", "proofs", "-k", "b01 or b02 or b03", "-n", "2", "-v")
    worker = defaultdict[str, set[str]](set)
    for gw, page in re.findall(r"^\[(gw\d)\].* proofs/\S+/(b\d\d)_", told, re.MULTILINE):
        worker[page].add(gw)
    assert sorted(worker) == ["b01", "b02", "b03"]
    assert all(len(gws) == 1 for gws in worker.values())
    assert set[str]().union(*worker.values()) == {"gw0", "gw1"}


ENVIRONMENTS: dict[str, tuple[list[str], dict[str, str]]] = {
    "no plugin is loaded by itself": ([], {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}),
    "without hypothesis's plugin": (["-p", "no:hypothesispytest"], {}),
    "without any plugin of ours": (["-p", "no:descent", "-p", "no:xdist"], {}),
    "where no cache can be written": (["-o", f"cache_dir={os.devnull}/cache"], {}),
    "python -O": ([], {"PYTHONOPTIMIZE": "1"}),
    "two processes": (["-n", "2"], {}),
    "every warning shown": ([], {"PYTHONWARNINGS": "always"}),
}


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_a_green_project_is_green_in_every_environment(name: str) -> None:
    """A warning, an option that is not there, a cache that cannot be written is no failed proof."""
    options, more = ENVIRONMENTS[name]
    page = "proofs/a_why_gradient_descent_works/a10_square_is_positive.py"
    arguments = [sys.executable, "-m", "pytest", page, *options]
    done = subprocess.run(
        arguments, cwd=ROOT, env={**os.environ, **more}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"^a10 .*HOLDS_IF", done.stdout, re.MULTILINE)


def test_a_warning_is_an_error_in_the_projects_own_tests_alone(
    pytestconfig: pytest.Config,
) -> None:
    with pytest.raises(UserWarning, match="heard"):
        warnings.warn("heard", stacklevel=1)
    assert pytestconfig.getini("filterwarnings") == []


def test_what_is_imported_leaves_the_garbage_collector_on() -> None:
    show = [sys.executable, "-c", "import gc, proofs.conftest; print(gc.isenabled())"]
    run = subprocess.run(show, cwd=ROOT, capture_output=True, check=True, text=True)
    assert run.stdout.strip() == "True"


def test_profiles_do_not_depend_on_ci() -> None:
    """CI=true changes hypothesis's own default profile; ours name what they inherit."""
    show = (
        "import proofs.conftest; from hypothesis import settings; "
        "print([(p.derandomize, p.database is None, p.deadline, p.max_examples) "
        "for p in map(settings.get_profile, ('gate', 'hunt'))])"
    )
    told = set()
    for ci in ("true", ""):
        environment = {**os.environ, "CI": ci}
        command = [sys.executable, "-c", show]
        run = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, check=True, text=True
        )
        told.add(run.stdout.strip())
    assert told == {"[(True, True, None, 50), (False, False, None, 1250)]"}
