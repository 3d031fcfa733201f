"""What an author is told of a mistake: where, by file and line, what, and each cause once."""

from __future__ import annotations

import re
import signal
import time
import unittest

import pytest

import proofs.conftest  # noqa: F401  imported once here, it stays imported from run to run
from proofs.kernel import KernelError
from proofs.runner.clock import limited
from tests.runner.sample import GOOD, NAME, STEPS, line_of, run, with_changes, write_page

pytest_plugins = ["pytester"]
NOT_NEGATIVE = "inequality_square_is_not_negative"

# What is wrong, the text put in place of another, a part of the line that is named, what is told.
BAD_STEPS: dict[str, tuple[tuple[str, str], str, str, list[str]]] = {
    "a sign error": (
        ("entails([], x**2 >= 0)", "entails([], -x**2 >= 0)"),
        "entails([], -x**2",
        NOT_NEGATIVE,
        ["-x^2 >= 0 does not follow", "x = ", "refused by `entails`"],
    ),
    "a bound that is too good": (
        ("entails([], x**2 >= 0)", "entails([], x**2 >= x)"),
        "entails([], x**2 >= x)",
        NOT_NEGATIVE,
        ["x^2 >= x does not follow", "x = 1/2"],
    ),
    "returns nothing": (
        ("    return entails([], x**2 >= 0)", "    entails([], x**2 >= 0)"),
        f"def {NOT_NEGATIVE}",
        NOT_NEGATIVE,
        ["returns nothing; a step returns its theorem"],
    ),
    "returns what it made itself": (
        ("    return entails([], x**2 >= 0)", "    return x**2 >= 0"),
        "",
        NOT_NEGATIVE,
        ["x^2 >= 0 (Term) is no theorem"],
    ),
    "the solver gives up": (
        ("entails([], x**2 >= 0)", "entails([], x**2 >= 0, rlimit=1)"),
        "rlimit=1",
        NOT_NEGATIVE,
        ["z3 gives no answer (unknown) within its limit", "x^2 >= 0"],
    ),
    "a witness that does not inhabit": (
        ("inhabited_by({x: 1})", "inhabited_by({x: 0})"),
        "inhabited_by({x: 0})",
        "inhabited_by_one",
        ["the values {x: 0} do not inhabit the claim", "0 != 0", "refused by `inhabited_by`"],
    ),
    "a witness that does not refute": (
        ("fails({x: 0}", "fails({x: 2}"),
        "fails({x: 2}",
        "counterexample_zero",
        ["the values {x: 2} do not refute the claim", "4 <= 0"],
    ),
    "a forgotten hypothesis": (
        ('without="x is not zero")', ")"),
        "fails({x: 0}",
        "counterexample_zero",
        ["do not refute the claim: 0 != 0 is not shown"],
    ),
    "a hypothesis that is none": (
        ('without="x is not zero"', 'without="x is not 0"'),
        "x is not 0",
        "counterexample_zero",
        ["there is no hypothesis 'x is not 0' to drop, only ['x is not zero']"],
    ),
    "a typo in a name": (
        ("by=[inequality_square", "by=[inequalty_square"),
        "by=[inequalty_square",
        "theorem_square_is_positive",
        ["NameError: name 'inequalty_square_is_not_negative' is not defined"],
    ),
    "an argument name that the formula does not bind": (
        ("entails([], x**2 >= 0)", "instance(forall(R, lambda y, z: y * z == z * y), y=x, w=x)"),
        "w=x",
        NOT_NEGATIVE,
        ["binds y, z, in this order; it is given y, w", "refused by `instance`"],
    ),
    "an identity that needs a solver": (
        (NOT_NEGATIVE, "identity_square_is_not_negative"),
        "def identity_square",
        "identity_square_is_not_negative",
        ["rests on an inequality: call it inequality_"],
    ),
    "a truth value where a formula belongs": (
        ("entails([], x**2 >= 0)", "entails([], 1 >= 0)"),
        "1 >= 0",
        NOT_NEGATIVE,
        ["True (bool) is no term", "a statement collapsed"],
    ),
    "a number that is too big": (
        ("entails([], x**2 >= 0)", "entails([], x**2 >= -(10**5_000))"),
        "10**5_000",
        NOT_NEGATIVE,
        ["a number of more than 1,000 digits", "refused by `compare`"],
    ),
    "a power that is too big to multiply out": (
        ("entails([], x**2 >= 0)", "entails([], (x + 1) ** 999 * (x - 7) ** 2 >= 0)"),
        "** 999",
        NOT_NEGATIVE,
        ["over 20,000 products of monomials: (x + 1)^999 (x - 7)^2", "refused by `entails`"],
    ),
    "another library's number": (
        ("entails([], x**2 >= 0)", "entails([], x**2 >= 'x')"),
        ">= 'x'",
        NOT_NEGATIVE,
        ["'x' (str) is no term", "only the kernel makes terms"],
    ),
}


@pytest.mark.parametrize("case", BAD_STEPS)
def test_a_mistake_is_told_once_with_its_place(pytester: pytest.Pytester, case: str) -> None:
    change, part, step, told = BAD_STEPS[case]
    source = with_changes(change)
    write_page(pytester, source)
    result = run(pytester)
    output = result.stdout.str()
    assert result.parseoutcomes()["failed"] == 1, "the cause is told once"
    assert "a99  NO VERDICT" in output
    paragraph = output.split(f"____ a99 {step} ____")[1].split(" verdicts ")[0]
    if part and part.startswith("def "):
        assert f"{NAME}, line {line_of(part, source)}: {step}" in paragraph
    elif part:
        assert f"a_article/{NAME}:{line_of(part, source)}, {step}:  " in paragraph
    for words in told:
        assert words in paragraph
    assert "Traceback" not in output
    assert re.search(rf"a99 verdict depends on .*\b{step}\b.*, failing", output)


def test_what_stands_on_a_failing_step_depends_on_it(pytester: pytest.Pytester) -> None:
    write_page(pytester, with_changes(("entails([], x**2 >= 0)", "entails([], x**2 >= x)")))
    result = run(pytester)
    outcomes = result.parseoutcomes()
    assert (outcomes["failed"], outcomes["depending"], outcomes["passed"]) == (1, 2, 2)
    assert result.ret == 1
    # Under CI pytest does not shorten its summary, which then tells the cause again.
    output, _, _ = result.stdout.str().partition("short test summary info")
    assert f"a99 theorem_square_is_positive depends on a99 {NOT_NEGATIVE}, which fails" in output
    assert f"a99 verdict depends on {NOT_NEGATIVE}, theorem_square_is_positive, failing" in output
    assert output.count("x^2 >= x does not follow") == 1


def test_a_step_that_rests_on_itself(pytester: pytest.Pytester) -> None:
    write_page(pytester, with_changes(("entails([], x**2 >= 0)", "theorem_square_is_positive()")))
    output = run(pytester).stdout.str()
    # On CI pytest repeats in its summary what failed, in full.
    told = output.partition("short test summary")[0]
    assert told.count(f"{NAME}, line 17: {NOT_NEGATIVE} rests on itself") == 1
    assert f"{NAME}:24, theorem_square_is_positive:  return CLAIM.proved(" in output


def test_a_function_without_an_end_is_told_in_few_lines(pytester: pytest.Pytester) -> None:
    deep = '''def deep(k):
    """Deeper."""
    return deep(k + 1)


def inequality'''
    changes = ("def inequality", deep), ("entails([], x**2 >= 0)", "deep(1)")
    write_page(pytester, with_changes(*changes))
    output = run(pytester).stdout.str()
    assert "a function calls itself without end, or too deep for Python" in output
    told = output.partition("short test summary")[0]
    assert told.count("deep:  return deep(k + 1)") == 1


def test_a_step_alone_tells_what_another_would(pytester: pytest.Pytester) -> None:
    """With the failing step not selected, what stands on it tells the cause in full."""
    write_page(pytester, with_changes(("entails([], x**2 >= 0)", "entails([], x**2 >= x)")))
    result = run(pytester, "-k", "theorem_square_is_positive")
    result.assert_outcomes(failed=1, deselected=4)
    output = result.stdout.str()
    assert f"{NAME}:24, theorem_square_is_positive:  return CLAIM.proved" in output
    assert f"{NAME}:19, {NOT_NEGATIVE}:  return entails" in output


def test_a_lemma_is_in_the_chain_and_one_cause_in_it_is_told_once(
    pytester: pytest.Pytester,
) -> None:
    wrong = "cauchy_schwarz(x, x)"
    source = with_changes(
        (
            "from proofs.prelude",
            "from proofs.lemmas.inner_products import cauchy_schwarz\nfrom proofs.prelude",
        ),
        ("return entails([], x**2 >= 0)", f"return {wrong}"),
        ("return CLAIM.inhabited_by({x: 1})", f"return {wrong}"),
    )
    write_page(pytester, source)
    result = run(pytester)
    output = result.stdout.str()
    assert result.parseoutcomes()["failed"] == 1
    page_line = output.index(f"a_article/{NAME}:{line_of(wrong, source)}, {NOT_NEGATIVE}")
    lemma = output.index("lemmas/inner_products.py:", page_line)
    assert page_line < lemma < output.index("refused by `substitute`")
    assert f"a99 inhabited_by_one depends on what fails in a99 {NOT_NEGATIVE}" in output


# The verdict lists all that is open, and nothing that a failing step may yet close.
BAD_VERDICTS = {
    "no theorem for the claim": (
        ("CLAIM.proved(by=[inequality_square_is_not_negative()])", "CLAIM.inhabited_by({x: 2})"),
        ["CLAIM is neither proved nor refuted. It says: for all x with x != 0: x^2 > 0"],
    ),
    "a hypothesis that the claim does not declare": (
        (
            "CLAIM.proved(by=[inequality_square_is_not_negative()])",
            "entails([x > 1], CLAIM.closed(), by=[CLAIM.proved()])",
        ),
        ["CLAIM is neither proved nor refuted", "theorem_square_is_positive needs more: x > 1"],
    ),
    "another verdict": (
        ("Verdict   HOLDS_IF x", "Verdict   HOLDS x"),
        ["declares HOLDS", "give HOLDS_IF"],
    ),
    "unsaid and not shown to be needed": (
        ('CLAIM.fails({x: 0}, without="x is not zero")', "CLAIM.inhabited_by({x: 2})"),
        ["CLAIM: unsaid by the article and not shown to be needed: x is not zero"],
    ),
    "not inhabited": (
        ("CLAIM.inhabited_by({x: 1})", "CLAIM.proved()"),
        ["the hypotheses of CLAIM hold of anything: there is x such that x != 0"],
    ),
    "a theorem that nobody asked for": (
        (NOT_NEGATIVE, "theorem_square_is_not_negative"),
        ["theorem_square_is_not_negative proves nothing that a claim of the page asks for"],
    ),
}


@pytest.mark.parametrize("case", BAD_VERDICTS)
def test_a_verdict_that_is_not_earned_is_refused(pytester: pytest.Pytester, case: str) -> None:
    change, told = BAD_VERDICTS[case]
    write_page(pytester, with_changes(change))
    result = run(pytester)
    result.assert_outcomes(passed=4, failed=1)
    output = result.stdout.str()
    heading = ["a99. The square of a number is positive.", "step verdict", "a99  NO VERDICT"]
    for words in [*heading, *told]:
        assert words in output


def test_all_that_is_open_is_listed(pytester: pytest.Pytester) -> None:
    source = with_changes(
        ("CLAIM.inhabited_by({x: 1})", "CLAIM.proved()"),
        ('CLAIM.fails({x: 0}, without="x is not zero")', "CLAIM.proved()"),
        ("Verdict   HOLDS_IF x", "Verdict   HOLDS x"),
    )
    write_page(pytester, source)
    output = run(pytester).stdout.str()
    assert "  - no step shows that the hypotheses of CLAIM hold of anything" in output
    assert "  - CLAIM: unsaid by the article and not shown to be needed" in output


def test_a_failing_step_leaves_no_false_leads(pytester: pytest.Pytester) -> None:
    """The claim waits for its theorem; that the hypotheses hold of nothing is open all the same."""
    source = with_changes(
        ("entails([], x**2 >= 0)", "entails([], x**2 >= x)"),
        ("CLAIM.inhabited_by({x: 1})", "square_nonnegative(zero)"),
    )
    write_page(pytester, source)
    output = run(pytester, "-k", "verdict").stdout.str()
    assert "these steps fail: inequality_square_is_not_negative, theorem_square_is" in output
    assert "neither proved nor refuted" not in output
    assert "inhabited_by_one proves nothing that a claim of the page asks for" in output


MORE = '''

NOT_NEGATIVE = CLAIM.but(then=x**2 >= 0)
LARGE = CLAIM.but(then=x**2 > 1)


def theorem_not_negative():
    """So it is at least 0."""
    return NOT_NEGATIVE.proved()


def inhabited_not_negative():
    """1."""
    return NOT_NEGATIVE.inhabited_by({x: 1})


def counterexample_large():
    """1 again."""
    return LARGE.fails({x: 1})
'''


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("def theorem_not_negative", "def theorem_large", "decides NOT_NEGATIVE, not LARGE"),
        ("def theorem_not_negative", "def theorem_bound", "call it theorem_not_negative"),
        (
            "def counterexample_large",
            "def counterexample_not_negative",
            "call it counterexample_large",
        ),
        (
            "def theorem_square_is",
            "def theorem_large_if",
            "theorem_large_if_positive decides CLAIM",
        ),
    ],
)
def test_a_step_that_decides_a_claim_has_its_name(
    pytester: pytest.Pytester, old: str, new: str, told: str
) -> None:
    write_page(pytester, GOOD + MORE)
    run(pytester).assert_outcomes(passed=8)
    source = with_changes((old, new), source=GOOD + MORE)
    write_page(pytester, source)
    result = run(pytester)
    result.assert_outcomes(passed=7, failed=1)
    output = result.stdout.str()
    assert told in output
    assert f"{NAME}, line {line_of(new, source)}: " in output


def test_more_words_may_follow_the_name_of_a_claim(pytester: pytest.Pytester) -> None:
    change = ("def counterexample_large", "def counterexample_large_at_one")
    write_page(pytester, with_changes(change, source=GOOD + MORE))
    run(pytester).assert_outcomes(passed=8)


def test_hypotheses_that_nothing_satisfies(pytester: pytest.Pytester) -> None:
    change = ('given={"x is not zero": x != 0}', 'given={"x is not zero": x != x}')
    write_page(pytester, with_changes(change))
    output = run(pytester).stdout.str()
    assert "the values {x: 1} do not inhabit the claim: 1 != 1 is not shown" in output
    assert "a99  NO VERDICT" in output


@pytest.mark.parametrize(
    ("term", "told"),
    [
        (
            "1 / (x - 1) < 1 / (x - 1) + 1",
            "a denominator that may be zero: x - 1 != 0 is not shown",
        ),
        ("sqrt(x) < sqrt(x) + 1", "a root of what may be negative: x >= 0 is not shown"),
    ],
    ids=["denominator", "root"],
)
def test_a_claim_outside_the_domain_of_its_terms(
    pytester: pytest.Pytester, term: str, told: str
) -> None:
    write_page(pytester, with_changes(("then=x**2 > 0)", f"then=(x**2 > 0) & ({term}))")))
    output = run(pytester).stdout.str()
    assert f"CLAIM holds {told}" in output
    assert "fails for x = " in output
    inside = term.replace("x - 1", "x**2 + 1").replace("sqrt(x)", "sqrt(x**2)")
    write_page(pytester, with_changes(("then=x**2 > 0)", f"then=(x**2 > 0) & ({inside}))")))
    run(pytester).assert_outcomes(passed=5)


# A page that cannot be read stops that page only.
BAD_PAGES = {
    "a mistyped import": (
        (
            "from proofs.prelude",
            "from proofs.lemmas.inner_products import cauchy_swartz\nfrom proofs.prelude",
        ),
        "line 10: cauchy_swartz is no public name of proofs.lemmas.inner_products",
    ),
    "a home that is not there": (
        (
            "from proofs.prelude",
            "from proofs.lemmas.inner import cauchy_schwarz\nfrom proofs.prelude",
        ),
        "line 10: cauchy_schwarz is no public name of proofs.lemmas.inner",
    ),
    "a typo in a name at the top": (
        ("then=x**2 > 0", "then=y**2 > 0"),
        f"{NAME}:14:  CLAIM = Claim(",
    ),
    "an import of a later page": (
        (
            "from proofs.prelude",
            "from proofs.b_opposite_to_the_gradient.b18_k_times_cosine_lies_between_minus_k_and_k "
            "import theorem_bounds\nfrom proofs.prelude",
        ),
        "line 10: import of b18, a later page; a99 may build on earlier ones",
    ),
    "a symbol of another page": (
        (
            "from proofs.prelude",
            "from proofs.a_why_gradient_descent_works.a10_square_is_positive import CLAIM as it\n"
            "from proofs.prelude",
        ),
        "line 10: CLAIM of a10: a page takes theorems of another page, not its symbols",
    ),
    "a typo in a prefix": (
        ("def theorem_square", "def theorm_square"),
        "theorm_square_is_positive is a step, or is it?",
    ),
    "two steps of one name": (
        ("def inhabited_by_one", "def counterexample_zero"),
        "line 32: counterexample_zero stands twice",
    ),
    "no docstring": (('    """1 is not zero."""\n', ""), "inhabited_by_one has no docstring"),
    "a solver": (("from proofs.prelude", "import z3\nfrom proofs.prelude"), "line 10: `import z3`"),
    "another library": (
        ("from proofs.prelude", "from sympy import Symbol\nfrom proofs.prelude"),
        "import from sympy",
    ),
    "the kernel's inside": (
        ("from proofs.prelude", "from proofs.kernel.theorem import axiom\nfrom proofs.prelude"),
        "import from proofs.kernel.theorem",
    ),
    "a pick into a formula": (
        ("return entails([], x**2 >= 0)", "return entails([], CLAIM.then.args[0] >= 0)"),
        "line 19: `.args` picks into a formula",
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
    "leaves the process": (
        ("    return entails([], x**2 >= 0)", "    return exit(0)"),
        "line 19: exit has no place in a proof",
    ),
    "hides the prelude": (
        ('x = real("x")', 'x = real("x")\nconvex = real("y")'),
        "line 13: convex hides a name of the prelude",
    ),
    "a float": (("x**2 >= 0)", "x**2 >= 0.5)"), "the float 0.5"),
    "one name for two hypotheses": (
        ('{"x is not zero": x != 0}', '{"x is not zero": x != 0, "x is not zero": x > 0}'),
        "two entries of a dictionary under one name",
    ),
    "a hypothesis without a name": (
        ('given={"x is not zero": x != 0}, unsaid=["x is not zero"]', 'given={"": x != 0}'),
        "a hypothesis needs a name in words, not ''",
    ),
    "catches an error": (
        (
            "    return entails([], x**2 >= 0)",
            "    try:\n        return 1\n    finally:\n        pass",
        ),
        "a step is a plain function",
    ),
    "not Python": (("def inhabited_by_one():", "def inhabited_by_one(:"), "line 27: not Python"),
    "no such verdict": (
        ("HOLDS_IF x", "TRUE x"),
        "the verdict is one of HOLDS_IF, HOLDS, FAILS, DEFINITION",
    ),
    "a part of the docstring is missing": (
        ("Idea      A square", "Thought   A square"),
        "a page has Claim, Article, Idea",
    ),
    "another number in the title": (('"""a99.', '"""a98.'), "does not begin with a99."),
    "a title on two lines": (("of a number is", "of a\nnumber is"), "on one line"),
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
def test_a_page_that_cannot_be_read_stops_itself_only(pytester: pytest.Pytester, case: str) -> None:
    change, told = BAD_PAGES[case]
    write_page(pytester, with_changes(change))
    write_page(pytester, with_changes(("a99", "a98")), "a98_square_is_positive.py")
    result = run(pytester)
    result.assert_outcomes(passed=5, failed=1)
    output = result.stdout.str()
    assert told in output
    assert NAME in output
    assert "a99  NO VERDICT" in output
    assert "a98  The square of a number is positive.  HOLDS_IF" in output


def test_an_evasion_is_a_failure_of_its_step(pytester: pytest.Pytester) -> None:
    """pytest's skip, however a step may come by it, is no evidence: the run is not green."""
    from proofs.runner.pages import make_page

    page = write_page(pytester, GOOD)
    module = type(pytest)("module")
    exec(GOOD, vars(module))
    made = make_page(page, module, STEPS)
    for evasion in (pytest.skip, exit):
        made.failures.clear()
        made.evidence.clear()
        made.steps["inhabited_by_one"] = lambda evasion=evasion: evasion("no")  # type: ignore[misc]
        with pytest.raises(Exception, match="these steps fail: inhabited_by_one"):
            made.judge()


@pytest.mark.parametrize("mark", ["skip(reason='later')", "skipif(True, reason='x')", "xfail"])
def test_a_step_that_is_marked_is_not_green(pytester: pytest.Pytester, mark: str) -> None:
    """Nor is one that raises unittest's SkipTest."""
    write_page(pytester, GOOD)
    pytester.makeconftest(
        "import pytest\ndef pytest_collection_modifyitems(items):\n"
        f"    items[1].add_marker(pytest.mark.{mark})\n"
    )
    result = run(pytester)
    assert result.ret != 0
    assert "theorem_square_is_positive is skipped, and shows nothing" in result.stdout.str()


def test_a_step_that_raises_unittest_s_skip_is_not_green(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_page(pytester, GOOD)

    def skips(*_: object) -> None:
        raise unittest.SkipTest("later")

    monkeypatch.setattr("proofs.claims.entails", skips)
    result = run(pytester)
    assert result.ret != 0
    assert "skipped" not in result.parseoutcomes()
    assert "theorem_square_is_positive is skipped, and shows nothing" in result.stdout.str()


ENDLESS = "    while True:\n        pass\n"


def test_what_never_ends_is_told_and_the_rest_goes_on(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a step, in a step that others stand on, and outside the steps."""
    write_page(pytester, with_changes(("    return entails([], x**2 >= 0)", ENDLESS)))
    endless = (
        f'def endless(k):\n    """For ever."""\n{ENDLESS}\n\nCLAIM = endless(1)\nOTHER = Claim'
    )
    outside = with_changes(("a99", "a97"), ("CLAIM = Claim", endless))
    write_page(pytester, outside, "a97_square_is_positive.py")
    write_page(pytester, with_changes(("a99", "a98")), "a98_square_is_positive.py")
    monkeypatch.setattr("proofs.runner.clock.SECONDS", 2.0)
    result = run(pytester)
    output = result.stdout.str()
    assert "inequality_square_is_not_negative has not ended after 2 s, and is stopped" in output
    assert "a97_square_is_positive.py: what stands outside its steps has not ended" in output
    assert "a98  The square of a number is positive.  HOLDS_IF" in output
    assert "a99  NO VERDICT" in output
    assert output.partition("short test summary")[0].count("has not ended") == 2


def test_the_clock_of_what_is_around_stands_still() -> None:
    def work(seconds: float) -> None:
        end = time.process_time() + seconds
        while time.process_time() < end:
            pass

    def after_an_inner_one() -> None:
        with limited("inner", 60):
            work(0.01)
        work(30)

    with limited("outer", 60), limited("inner", 60):
        work(0.01)
    for outer, inner, told in ((60, 0.05, "inner"), (0.05, 60, "outer")):
        stopped = pytest.raises(KernelError, match=rf"{told} has not ended after 0\.05 s")
        with stopped, limited("outer", outer):
            if told == "outer":
                after_an_inner_one()
            with limited("inner", inner):
                work(30)
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0


def test_a_page_named_on_the_command_line_is_read_under_the_guards(
    pytester: pytest.Pytester,
) -> None:
    """pytest itself would run the file as a module of tests, and `exit` with it."""
    page = write_page(pytester, GOOD + "\n\nexit(0)\n")
    result = run(pytester, str(page))
    assert result.ret == 1
    assert "exit has no place in a proof" in result.stdout.str()
    page.write_text(GOOD, encoding="utf-8")
    run(pytester, str(page)).assert_outcomes(passed=5)
