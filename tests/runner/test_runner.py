"""The pytest side of proof pages: what is collected, what a bad page is told, and the closing
table.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

import proofs.conftest  # noqa: F401  imported once here, it stays imported from run to run

pytest_plugins = ["pytester"]
ROOT = Path(__file__).parent.parent.parent

GOOD = '''"""a99. The square of a number is positive.

Claim     x^2 > 0.
Article   A:99: a sentence.
Idea      A square is never negative, and zero only for x = 0.
Notation  x, a number.
Verdict   HOLDS_IF x != 0.
"""

from proofs.claims import Claim
from proofs.kernel import entails, real, sqrt

x = real("x")

CLAIM = Claim(for_all=[x], given={"x is not zero": x != 0}, unsaid=["x is not zero"], then=x**2 > 0)


def inequality_square_is_not_negative():
    """x^2 >= 0."""
    return entails([], x**2 >= 0)


def theorem_square_is_positive():
    """x^2 >= 0, and x^2 = 0 only for x = 0."""
    return CLAIM.proved(by=[inequality_square_is_not_negative()])


def inhabited_by_one():
    """1 is not zero."""
    return CLAIM.inhabited_by({x: 1})


def counterexample_zero():
    """The square of 0 is 0."""
    return CLAIM.fails_without("x is not zero", {x: 0})
'''
STEPS = [
    "inequality_square_is_not_negative",
    "theorem_square_is_positive",
    "inhabited_by_one",
    "counterexample_zero",
]


def write_page(
    pytester: pytest.Pytester, source: str, name: str = "a99_square_is_positive.py"
) -> Path:
    folder = pytester.path / "a_article"
    folder.mkdir(exist_ok=True)
    page = folder / name
    page.write_text(source, encoding="utf-8")
    return page


def run(pytester: pytest.Pytester, *options: str) -> pytest.RunResult:
    return pytester.runpytest_inprocess("-p", "proofs.conftest", "-p", "no:cacheprovider", *options)


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


# What is wrong, the text put in place of another, and what a reader must be told.
BAD_STEPS = {
    "returns nothing": (
        ("    return entails([], x**2 >= 0)", "    entails([], x**2 >= 0)"),
        ["a99", "inequality_square_is_not_negative", "x^2 >= 0", "returns nothing"],
    ),
    "returns what it made itself": (
        ("    return entails([], x**2 >= 0)", "    return x**2 >= 0"),
        ["a99", "inequality_square_is_not_negative", "x^2 >= 0 (Term) is no theorem"],
    ),
    "does not follow": (
        ("entails([], x**2 >= 0)", "entails([], x**2 >= x)"),
        ["a99", "inequality_square_is_not_negative", "x^2 >= x does not follow", "x = 1/2"],
    ),
    "solver gives up": (
        ("entails([], x**2 >= 0)", "entails([], x**2 >= 0, rlimit=1)"),
        [
            "a99",
            "inequality_square_is_not_negative",
            "z3 gives no answer (unknown) within its limit",
            "x^2 >= 0",
        ],
    ),
    "witness does not inhabit": (
        ("inhabited_by({x: 1})", "inhabited_by({x: 0})"),
        ["a99", "inhabited_by_one", "the values {x: 0} do not inhabit the claim", "0 != 0"],
    ),
    "witness does not refute": (
        ('"x is not zero", {x: 0})', '"x is not zero", {x: 2})'),
        ["a99", "counterexample_zero", "the values {x: 2} do not refute the claim", "4 <= 0"],
    ),
    "identity that needs a solver": (
        ("inequality_square_is_not_negative", "identity_square_is_not_negative"),
        ["a99", "identity_square_is_not_negative", "rests on z3"],
    ),
    "a truth value where a formula belongs": (
        ("entails([], x**2 >= 0)", "entails([], 1 >= 0)"),
        [
            "a99",
            "inequality_square_is_not_negative",
            "True (bool) is no term",
            "collapsed while it was built",
        ],
    ),
    "another library's number": (
        ("entails([], x**2 >= 0)", "entails([], x**2 >= 'x')"),
        [
            "a99",
            "inequality_square_is_not_negative",
            "'x' (str) is no term",
            "only the kernel makes terms",
        ],
    ),
}


@pytest.mark.parametrize("case", BAD_STEPS)
def test_a_bad_step_is_named_with_its_value(pytester: pytest.Pytester, case: str) -> None:
    (old, new), told = BAD_STEPS[case]
    assert old in GOOD
    write_page(pytester, GOOD.replace(old, new))
    result = run(pytester)
    assert result.parseoutcomes()["failed"] >= 2, "the step, what builds on it, and the verdict"
    output = result.stdout.str()
    assert "a99  NO VERDICT" in output
    paragraph = next(p for p in output.split("____ ") if told[1] in p)
    for words in told:
        assert words in paragraph
    assert "Traceback" not in output
    assert "test_runner" not in paragraph


BAD_VERDICTS = {
    "no theorem for the claim": (
        (
            "    return CLAIM.proved(by=[inequality_square_is_not_negative()])",
            "    return CLAIM.inhabited_by({x: 2})",
        ),
        ["CLAIM is neither proved nor refuted", "CLAIM says: for all x with x != 0: x^2 > 0"],
    ),
    "a hypothesis that the claim does not declare": (
        (
            "    return CLAIM.proved(by=[inequality_square_is_not_negative()])",
            "    return entails([x > 1], CLAIM.closed(), by=[CLAIM.proved()])",
        ),
        ["CLAIM is neither proved nor refuted", "theorem_square_is_positive needs more: x > 1"],
    ),
    "another verdict": (
        ("Verdict   HOLDS_IF x", "Verdict   HOLDS x"),
        ["declares HOLDS", "give HOLDS_IF"],
    ),
    "unsaid and not shown to be needed": (
        (
            '    return CLAIM.fails_without("x is not zero", {x: 0})',
            "    return CLAIM.inhabited_by({x: 2})",
        ),
        ["CLAIM: unsaid by the article and not shown to be needed: x is not zero"],
    ),
    "not inhabited": (
        ("    return CLAIM.inhabited_by({x: 1})", "    return CLAIM.proved()"),
        [
            "no step shows that the hypotheses of CLAIM hold of anything",
            "there is x such that x != 0",
        ],
    ),
    "a theorem that nobody asked for": (
        ("inequality_square_is_not_negative", "theorem_square_is_not_negative"),
        [
            "theorem_square_is_not_negative proves nothing that a claim of the page asks for",
            "x^2 >= 0",
        ],
    ),
}
HYPOTHESES_OF_NOTHING = GOOD.replace(
    'given={"x is not zero": x != 0}', 'given={"x is not zero": x != x}'
)


@pytest.mark.parametrize("case", BAD_VERDICTS)
def test_a_verdict_that_is_not_earned_is_refused(pytester: pytest.Pytester, case: str) -> None:
    (old, new), told = BAD_VERDICTS[case]
    assert old in GOOD
    write_page(pytester, GOOD.replace(old, new))
    result = run(pytester)
    result.assert_outcomes(passed=4, failed=1)
    output = result.stdout.str()
    for words in [
        "a99. The square of a number is positive.",
        "step verdict",
        "a99  NO VERDICT",
        *told,
    ]:
        assert words in output


def test_hypotheses_that_nothing_satisfies(pytester: pytest.Pytester) -> None:
    write_page(pytester, HYPOTHESES_OF_NOTHING)
    output = run(pytester).stdout.str()
    assert "the values {x: 1} do not inhabit the claim: 1 != 1 is not shown" in output
    assert "a99  NO VERDICT" in output


@pytest.mark.parametrize(
    ("term", "told"),
    [
        ("1 / (x - 1) == 1 / (x - 1)", "a denominator that may be zero: x - 1 != 0 is not shown"),
        ("sqrt(x) == sqrt(x)", "a root of what may be negative: x >= 0 is not shown"),
    ],
    ids=["denominator", "root"],
)
def test_a_claim_outside_the_domain_of_its_terms(
    pytester: pytest.Pytester, term: str, told: str
) -> None:
    write_page(pytester, GOOD.replace("then=x**2 > 0)", f"then=(x**2 > 0) & ({term}))"))
    result = run(pytester)
    output = result.stdout.str()
    assert f"CLAIM holds {told}" in output
    assert "fails for x = " in output
    inside = term.replace("x - 1", "x**2 + 1").replace("sqrt(x)", "sqrt(x**2)")
    write_page(pytester, GOOD.replace("then=x**2 > 0)", f"then=(x**2 > 0) & ({inside}))"))
    run(pytester).assert_outcomes(passed=5)


BAD_PAGES = {
    "typo in a prefix": (
        ("def theorem_square", "def theorm_square"),
        "theorm_square_is_positive is a step, or is it?",
    ),
    "two steps of one name": (
        ("def inhabited_by_one", "def counterexample_zero"),
        "counterexample_zero stands twice",
    ),
    "no docstring": (('    """1 is not zero."""\n', ""), "inhabited_by_one has no docstring"),
    "imports a solver": (
        ("from proofs.claims import Claim\n", "import z3\nfrom proofs.claims import Claim\n"),
        "`import z3`",
    ),
    "imports from a solver": (
        ("from proofs.kernel", "from sympy import Symbol\nfrom proofs.kernel"),
        "import from sympy",
    ),
    "imports a private name": (
        ("entails, real, sqrt", "_made, real"),
        "_made is no public name of proofs.kernel",
    ),
    "imports the kernel's inside": (
        ("from proofs.kernel import", "from proofs.kernel.theorem import"),
        "import from proofs.kernel.theorem",
    ),
    "makes an axiom": (
        ("entails, real, sqrt", "axiom, real"),
        "axiom is no public name of proofs.kernel",
    ),
    "sets an attribute": (
        ("    return entails([], x**2", "    x.op = 1\n    return entails([], x**2"),
        "'op': an attribute",
    ),
    "alters through object": (
        (
            "    return entails([], x**2",
            "    object.__setattr__(x, 'op', 1)\n    return entails([], x**2",
        ),
        "'__setattr__': an attribute",
    ),
    "hides the kernel": (
        ('x = real("x")', 'x = real("x")\nentails = real("y")'),
        "entails hides a name of the kernel",
    ),
    "a float": (("x**2 >= 0)", "x**2 >= 0.5)"), "the float 0.5"),
    "one name for two hypotheses": (
        ('{"x is not zero": x != 0}', '{"x is not zero": x != 0, "x is not zero": x > 0}'),
        "two entries of a dictionary under one name",
    ),
    "catches an error": (
        (
            "    return entails([], x**2 >= 0)",
            "    try:\n        return 1\n    finally:\n        pass",
        ),
        "a step is a plain function",
    ),
    "not Python": (("def inhabited_by_one():", "def inhabited_by_one(:"), "line 28: not Python"),
    "no such verdict": (
        ("HOLDS_IF x", "TRUE x"),
        "the verdict is one of HOLDS_IF, HOLDS, FAILS, DEFINITION",
    ),
    "a part of the docstring is missing": (
        ("Idea      A square", "Thought   A square"),
        "a page has Claim, Article, Idea",
    ),
    "another number in the title": (('"""a99.', '"""a98.'), "does not begin with a99."),
    "no claim": (("CLAIM = Claim", "STATEMENT = Claim"), "states no CLAIM"),
    "the claim collapses": (
        ("then=x**2 > 0", "then=2 > 0"),
        "True (bool) is no term; a statement collapsed",
    ),
    "a stray variable": (
        ("for_all=[x]", "for_all=[]"),
        "['x'] occur in the claim and are not among its variables",
    ),
}


@pytest.mark.parametrize("case", BAD_PAGES)
def test_a_bad_page_is_refused_when_it_is_collected(pytester: pytest.Pytester, case: str) -> None:
    (old, new), told = BAD_PAGES[case]
    assert old in GOOD
    write_page(pytester, GOOD.replace(old, new))
    result = run(pytester)
    assert result.ret != 0
    output = result.stdout.str()
    assert told in output
    assert "a99_square_is_positive.py" in output


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


def test_last_failed_runs_the_failures_again(pytester: pytest.Pytester) -> None:
    page = write_page(pytester, GOOD.replace("x**2 >= 0)", "x**2 >= x)"))
    plugin = ("-p", "proofs.conftest")
    pytester.runpytest_inprocess(*plugin).assert_outcomes(passed=2, failed=3)
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
    assert closing_table(command("-O", *pages, "-W", "ignore::pytest.PytestConfigWarning")) == alone


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
    assert told == {"[(True, True, None, 400), (False, False, None, 10000)]"}
