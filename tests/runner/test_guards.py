"""Guards: what the source of a proof module may not say, each beside what it may."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest

from proofs.kernel import KernelError
from proofs.runner import pages
from proofs.runner.guards import HOME, check_module, made_there
from proofs.runner.pages import ROOMS_OF_LEMMAS, check_page, check_rooms

HEAD = '''"""A page."""

from proofs.lemmas.inner_products import cauchy_schwarz
from proofs.prelude import *

x, y = real("x y")
u, v = vector("u v")
CLAIM = Claim(for_all=[x], given={"x is positive": x > 0, "x is small": x < 1}, then=x + 1 > 1)
'''
STEP = '''

def theorem_sum():
    """x + 1 > 1 for x > 0."""
    return CLAIM.proved(by=[entails([x > 0], x + 1 > 1)])
'''


def steps(source: str, page: bool = True) -> list[str]:
    """The steps of a module with this source."""
    return check_module("a99_page.py", source, "a99" if page else "")


def test_a_clean_page() -> None:
    helper = '''

def scaled(factor, w=None, *more):
    """factor w."""
    total = factor * w
    for one in more:
        total = total + one
    return [total for _ in range(2)][0]
'''
    second = '''

def inequality_second():
    """The other one."""
    square = fun(V, lambda w: inner(w, w))
    tenth, bound = Fraction(1, 10), {"one": 1, "two": 2}
    by = [cauchy_schwarz(u, v)] if bound["one"] else []
    return entails([square(u) > tenth], square(u) > 0, by)
'''
    assert steps(HEAD + STEP + helper + second) == ["theorem_sum", "inequality_second"]


# Each line stands at the top of a page, where the second must pass.
LINES: list[tuple[str, str, str, str]] = [
    ("a solver", "import z3", "A = 1", "`import z3`"),
    ("a solver's names", "from z3 import Solver", "A = 1", "no solver"),
    ("sympy", "from sympy import Symbol", "A = 1", "no solver, no other library"),
    ("the kernel's module", "import proofs.kernel.theorem", "A = 1", "`import proofs"),
    ("an inner module", "from proofs.kernel.theorem import axiom", "A = 1", "import from"),
    ("the kernel itself", "from proofs.kernel import entails", "A = entails", "import from"),
    ("the axioms", "from proofs.axioms import mean_value_theorem", "A = 1", "import from"),
    ("a relative module", "from . import other", "A = 1", "import from"),
    (
        "one name of the prelude",
        "from proofs.prelude import entails",
        "from proofs.prelude import *",
        "entails",
    ),
    (
        "everything of a lemma",
        "from proofs.lemmas.inner_products import *",
        "from proofs.prelude import *",
        r"\* is no public",
    ),
    (
        "a private name",
        "from proofs.lemmas.inner_products import _s",
        "from proofs.lemmas.angles import against",
        "_s is no",
    ),
    (
        "what a lemma imports",
        "from proofs.lemmas.inner_products import cache",
        "from proofs.lemmas.inner_products import norm_scaling",
        "cache is no",
    ),
    (
        "what a loss imports",
        "from proofs.losses.lines import particular",
        "from proofs.losses.lines import LINE",
        "particular is no",
    ),
    ("the operating system", "import os", "A = 1", "`import os`"),
    ("fractions", "from fractions import Fraction", "A = Fraction(1, 2)", "import from"),
    ("what claims import", "from proofs.claims import Statement", "A = Claim", "import from"),
    ("a home of a like name", "from proofs.prelude2 import x", "A = 1", "import"),
    (
        "a lemma that is not there",
        "from proofs.lemmas.nothing import x",
        "A = 1",
        "x is no public name",
    ),
    ("strategies of a like name", "from strategies_z3 import x", "A = 1", "import"),
    (
        "a module of strategies",
        "from strategies.losses import sympy",
        "from strategies import starts",
        "import from",
    ),
    (
        "what strategies import",
        "from strategies import drawn",
        "from strategies import starts",
        "drawn is no public",
    ),
    (
        "a later page",
        "from proofs.b_opposite_to_the_gradient.b18_x import theorem_y",
        "from proofs.a_why_gradient_descent_works.a10_square_is_positive import theorem_always",
        "b18, a later page",
    ),
    (
        "the page itself",
        "from proofs.a_why_gradient_descent_works.a99_page import theorem_y",
        "A = 1",
        "a99, a later page",
    ),
    (
        "a symbol of another page",
        "from proofs.a_why_gradient_descent_works.a10_square_is_positive import g",
        "from proofs.a_why_gradient_descent_works.a10_square_is_positive import theorem_always",
        "not its symbols",
    ),
    (
        "hiding by another name",
        "from proofs.a_why_gradient_descent_works.a10_square_is_positive import theorem_always "
        "as entails",
        "from proofs.a_why_gradient_descent_works.a10_square_is_positive import theorem_always "
        "as it",
        "entails hides",
    ),
    (
        "hiding by assignment",
        "entails = cauchy_schwarz",
        "implied = cauchy_schwarz",
        "entails hides",
    ),
    ("hiding a notion", "convex = cauchy_schwarz", "bent = cauchy_schwarz", "convex hides"),
    ("hiding in a tuple", "a, forall = 1, 2", "a, every = 1, 2", "forall hides"),
    ("a walrus", "A = [(real := 1)]", "A = [1]", "real hides|NamedExpr"),
    ("hiding in a loop", "B = [inner for inner in [1]]", "B = [i for i in [1]]", "inner hides"),
    ("hiding by a parameter", "F = lambda fun: fun", "F = lambda g: g", "fun hides"),
    ("a notion on a page", 'A = definition("{x} is good")', "A = convex", "a notion is made in"),
    ("a sort of its own", 'A = Sort("V")', "A = V", "could read like another"),
    ("filtered losses", "A = starts().filter(bool)", "A = starts()", "`.filter` alters what"),
    ("altered losses", "A = losses().map(abs)", "A = losses()", "`.map` alters what"),
    ("a private variable", "_hidden = 1", "shown = 1", "_hidden hides"),
    ("a private attribute", "A = CLAIM._shown", "A = CLAIM.then", "_shown"),
    ("a pick into a formula", "A = CLAIM.then.args[0]", "A = CLAIM.then", "`.args` picks"),
    ("a dunder", "A = x.__class__", "A = x.sort", "__class__"),
    ("an attribute set", "CLAIM.then = x", "A = CLAIM.then", "set from outside"),
    ("an attribute added to", "CLAIM.n += 1", "A = CLAIM.unsaid", "set from outside"),
    (
        "an item set",
        'CLAIM.given["x is zero"] = x == 0',
        'A = CLAIM.given["x is positive"]',
        "an item is set",
    ),
    ("an item deleted", 'del CLAIM.given["x is small"]', "A = CLAIM.given", "Delete|item is set"),
    ("setattr", 'setattr(CLAIM, "then", x)', "A = abs(x)", "setattr has no place"),
    ("object", "A = object", "A = Claim", "object has no place"),
    ("type", "A = type(x)", "A = x.sort", "type has no place"),
    ("getattr", 'A = getattr(x, "op")', "A = x.op", "getattr has no place"),
    ("globals", "A = globals()", "A = dict()", "globals has no place"),
    ("vars", "A = vars(CLAIM)", "A = list(CLAIM.for_all)", "vars has no place"),
    ("eval", 'A = eval("x > 0")', "A = x > 0", "eval has no place"),
    ("exec", 'exec("import z3")', "A = 1", "exec has no place"),
    ("open", 'A = open("/etc/hosts")', "A = 1", "open has no place"),
    ("exit", "A = exit(0)", "A = 1", "exit has no place"),
    ("print", "A = print(1)", "A = 1", "print has no place"),
    ("__import__", 'A = __import__("z3")', "A = 1", "__import__ has no place"),
    ("__builtins__", "A = __builtins__", "A = 1", "__builtins__ has no place"),
    (
        "a float",
        "A = 0.1 * x",
        "A = Fraction(1, 10) * x",
        r"the float 0\.1 where a number belongs",
    ),
    ("a large float", "A = 1e3", "A = 1000", "the float"),
    ("a complex number", "A = 1j", "A = 1", "the float"),
    (
        "a quotient of literals",
        "A = Fraction(1 / 10)",
        "A = Fraction(1, 10)",
        "1 / 10|float|Fraction",
    ),
    ("a float by name", 'A = Fraction(float("0.1"))', 'A = Fraction("0.1")', "float"),
    ("an assertion", "assert x", "A = x", "Assert"),
    ("a class", "class Liar: pass", "A = Claim", "ClassDef"),
    ("a try", "try:\n    A = 1\nfinally:\n    A = 2", "A = 1", "Try"),
    ("a with", "with A:\n    pass", "A = 1", "With"),
    ("a coroutine", "async def f(): pass", "A = 1", "AsyncFunctionDef"),
    ("a match", "match entails:\n    case Claim(then=g):\n        pass", "A = 1", "Match"),
    ("a frame", "A = (i for i in [1]).gi_frame", "A = [i for i in [1]]", "gi_frame"),
    ("a traceback", "A = x.tb_frame.f_globals", "A = x.data", "tb_frame|f_globals"),
    (
        "one name twice",
        'A = {"a": 1, "a": 2}',
        'A = {"a": 1, "b": 2}',
        "two entries of a dictionary under one name",
    ),
    (
        "one hypothesis twice",
        'A = Claim(for_all=[x], given={"s": x > 0, "s": x < 5}, then=x < 5)',
        'A = Claim(for_all=[x], given={"s": x > 0, "t": x < 5}, then=x < 5)',
        "two entries",
    ),
    ("a step that is no function", "theorem_other = lambda: 1", "A = lambda: 1", "theorem_other"),
    (
        "a step in a branch",
        'if x is y:\n    def theorem_b():\n        """b."""',
        "A = 1 if x is y else 2",
        "theorem_b",
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("refused", "allowed", "message"), [line[1:] for line in LINES], ids=[w for w, *_ in LINES]
)
def test_lines_of_a_page(refused: str, allowed: str, message: str) -> None:
    assert steps(f"{HEAD}{allowed}\n{STEP}") == ["theorem_sum"]
    with pytest.raises(KernelError, match=rf"a99_page\.py, line \d+: .*({message})"):
        steps(f"{HEAD}{refused}\n{STEP}")


# Inside a step: a guard that looked at the top level only would miss these.
INSIDE = [
    "import z3", "from z3 import Solver", "from proofs.lemmas.angles import against",
    "global CLAIM", "assert x", "A = 0.5", "A = eval('1')", "x.args = ()", "entails = 1",
    "try:\n        pass\n    finally:\n        pass", "A = x.__dict__", "del CLAIM",
]  # fmt: skip


@pytest.mark.parametrize("refused", INSIDE)
def test_lines_of_a_step(refused: str) -> None:
    body = f'''

def theorem_other():
    """Another."""
    {refused}
    return CLAIM.proved()
'''
    with pytest.raises(KernelError, match=r"a99_page\.py, line \d+: "):
        steps(HEAD + body)
    assert steps(HEAD + body.replace(refused, "A = 1")) == ["theorem_other"]


def test_nonlocal_and_a_lambda_in_a_step() -> None:
    nested = STEP + '''

def inequality_nested():
    """A function inside."""
    count = 1

    def inner_step(t):
        {}count
        return t

    return inner_step(count)
'''  # fmt: skip
    assert steps(HEAD + nested.format("t = ")) == ["theorem_sum", "inequality_nested"]
    with pytest.raises(KernelError, match="Nonlocal"):
        steps(HEAD + nested.format("nonlocal "))


@pytest.mark.parametrize(
    "name",
    [
        "theorm_sum",
        "Theorem_sum",
        "theoremsum",
        "sum_theorem",
        "test_sum",
        "counter_example_x",
        "lemma_x",
    ],
)
def test_a_step_that_escapes_by_a_typo_in_its_prefix(name: str) -> None:
    with pytest.raises(KernelError, match=f"{name} is a step, or is it"):
        steps(HEAD + STEP.replace("theorem_sum", name))


@pytest.mark.parametrize("arguments", ["n", "n=1", "*n", "**n", "*, n=1", "n, /"])
def test_a_step_takes_no_arguments(arguments: str) -> None:
    with pytest.raises(KernelError, match="theorem_sum is a step, or is it"):
        steps(HEAD + STEP.replace("theorem_sum()", f"theorem_sum({arguments})"))
    assert steps(HEAD + STEP.replace("theorem_sum()", f"helper({arguments})")) == []


@pytest.mark.parametrize(
    "prefix",
    ["identity", "inequality", "enclosure", "search", "counterexample", "inhabited", "theorem"],
)
def test_the_prefixes_of_steps(prefix: str) -> None:
    assert steps(HEAD + STEP.replace("theorem_sum", f"{prefix}_sum")) == [f"{prefix}_sum"]


def test_two_steps_of_one_name() -> None:
    with pytest.raises(
        KernelError, match="theorem_sum stands twice; the second would hide the first"
    ):
        steps(HEAD + STEP + STEP)
    assert steps(HEAD + STEP + STEP.replace("sum", "other")) == ["theorem_sum", "theorem_other"]


def test_a_step_that_something_else_replaces() -> None:
    """The page would run the other thing under the step's name."""
    for line in (
        "theorem_sum = CLAIM.proved",
        "theorem_sum, y = 1, 2",
        "from proofs.lemmas.inner_products import cauchy_schwarz as theorem_sum",
        "from proofs.lemmas.inner_products import theorem_sum",
        "for theorem_sum in [1]:\n    pass",
    ):
        with pytest.raises(KernelError, match="theorem_sum"):
            steps(f"{HEAD}{STEP}\n\n{line}\n")


def test_decorated_steps() -> None:
    with pytest.raises(KernelError, match="a step is a plain function that returns its theorem"):
        steps(HEAD + STEP.replace("def theorem", "@print\ndef theorem"))
    steps(HEAD + STEP)


def test_a_step_says_what_it_shows() -> None:
    with pytest.raises(KernelError, match="theorem_sum has no docstring that says the mathematics"):
        steps(HEAD + STEP.replace('"""x + 1 > 1 for x > 0."""', "pass"))
    with pytest.raises(KernelError, match="helper has no docstring"):
        steps(HEAD + STEP + "\n\ndef helper(n):\n    return n\n")


@pytest.mark.parametrize(
    "source", ["def theorem_sum(:\n    return 1", "x = = 1", "\tif", "return 1 +", "x = 'open"]
)
def test_a_syntax_error(source: str) -> None:
    with pytest.raises(KernelError, match=r"a99_page\.py, line \d+: not Python: "):
        steps(source)


@pytest.mark.parametrize("name", ["CLAIM", "x", "u, y"])
def test_a_statement_that_another_replaces(name: str) -> None:
    other = f"\n\n{name} = {'1, 2' if ',' in name else '1'}\n"
    with pytest.raises(KernelError, match="stands twice; the second would hide the first"):
        steps(HEAD + STEP + other)
    assert steps(HEAD + STEP + other.replace("u, y", "a, b").replace(name, "A")) == ["theorem_sum"]
    assert check_module("lemma.py", '"""A lemma."""\n\nx = 1\nx = 2\n') == []


@pytest.mark.parametrize("around", ["if x is y", "for _ in [1]", "while x is y"])
def test_a_statement_inside_another(around: str) -> None:
    told = rf"`{around.split()[0]}` outside a function: nobody sees what is stated"
    with pytest.raises(KernelError, match=told):
        steps(HEAD + STEP + f"\n\n{around}:\n    A = 1\n")


LEMMA = '''"""A lemma."""

from functools import cache

from proofs.axioms import mean_value_theorem
from proofs.prelude import *


def first(t):
    """First."""
    return t
'''


def test_a_lemma_has_no_steps_and_the_same_guards() -> None:
    free = LEMMA.replace("first(t)", "first()").replace("return t", "return 1")
    assert steps(LEMMA, page=False) == []
    steps(free, page=False)
    with pytest.raises(KernelError, match="first is a step, or is it"):
        steps(free.replace("from proofs.axioms import mean_value_theorem\n", "").replace(
            "from functools import cache\n", ""))  # fmt: skip
    with pytest.raises(KernelError, match="import z3"):
        steps(f"import z3\n{LEMMA}", page=False)


def test_a_lemma_takes_nothing_from_a_page() -> None:
    page = "from proofs.a_why_gradient_descent_works.a10_square_is_positive import theorem_always"
    with pytest.raises(KernelError, match="import from"):
        steps(f"{LEMMA}\n{page}\n", page=False)


def test_every_lemma_passes() -> None:
    """What a page may not have it must not get from them, nor from one that no page reaches yet."""
    for room in ROOMS_OF_LEMMAS:
        paths = sorted((HOME / room).rglob("*.py"))
        assert paths
        for path in paths:
            name = path.relative_to(HOME).as_posix()
            check_module(name, path.read_text(encoding="utf-8"))
            check_rooms(path.parent)


def test_the_names_that_a_module_makes() -> None:
    assert {"LINE", "RAMP"} <= made_there("proofs.losses.lines")
    assert not {"particular", "real", "V"} & made_there("proofs.losses.lines")
    assert made_there("proofs.losses") == made_there("proofs.losses.none") == frozenset()


LEMMA_LINES = [
    "from proofs.kernel.theorem import axiom", "from proofs.kernel import axiom",
    "from sympy import Symbol", "from proofs.axioms import axiom",
    "from proofs.axioms import _secret", "A = entails._made", "class Liar: pass", "A = object",
    "A = 0.5", "entails = 1", "A = entails.__globals__",
]  # fmt: skip


@pytest.mark.parametrize("line", LEMMA_LINES)
def test_lines_of_a_lemma(line: str) -> None:
    assert steps(LEMMA, page=False) == []
    with pytest.raises(KernelError, match=r"a99_page\.py, line \d+: "):
        steps(f"{LEMMA}{line}\n", page=False)


NOTION = """

@definition("{x} is above {y}")
def above_it(x, y):
    '''x > y.'''
    return x > y
"""
WORDS = [
    ("{x} is above something", "words hide what it is about: its words show x, not x, y"),
    ("{x} is above {y} by {z}", "its words show x, y, z, not x, y"),
    ("{x.sort} is above {y}", "its words show x.sort, y"),
    ("{x[0]} is above {y}", r"its words show x\[0\], y"),
    ("{x!r} is above {y}", "words hide what it is about"),
    ("{x:>9} is above {y}", "words hide what it is about"),
    ("{x} and {y} are collinear", "reads like .*collinear: two notions, the same words"),
    ("{x} is a minimizer of {y}", "reads like .*minimizer: two notions, the same words"),
    ("{x} is a  minimizer of {y}", "words that may read like another's"),
    ("{x} is \u0430 minimizer of {y}", "words that may read like another's"),
]


@pytest.mark.parametrize(("words", "error"), WORDS)
def test_the_words_of_a_notion(words: str, error: str) -> None:
    """A notion shows all that it depends on, looks nothing up, and reads like no other."""
    pages.check_common_notions()
    assert steps(LEMMA + NOTION, page=False) == []
    with pytest.raises(KernelError, match=error):
        steps(LEMMA + NOTION.replace("{x} is above {y}", words), page=False)


def test_a_notion_has_its_words_in_quotes() -> None:
    for made in ("above = definition(WORDS)(lambda x, y: x > y)", "make = definition"):
        with pytest.raises(KernelError, match="decorates a function, with its words in quotes"):
            steps(f"{LEMMA}{made}\n", page=False)


@pytest.mark.parametrize("front", ["lemmas/extra", "lemmas", "a_why_gradient_descent_works", ""])
def test_rooms_hold_words_alone(
    front: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever a room's `__init__` holds is run by each import from the room."""
    home = tmp_path / "proofs"
    copytree(HOME, home, ignore=lambda _, names: [n for n in names if n == "__pycache__"])
    monkeypatch.setattr(pages, "HOME", home)
    (home / "lemmas" / "extra").mkdir()
    lemma = home / "lemmas" / "extra" / "one.py"
    lemma.write_text(LEMMA, encoding="utf-8")
    page = home / "a_why_gradient_descent_works" / "a10_square_is_positive.py"
    text = page.read_text(encoding="utf-8")
    text = text.replace("from proofs", "from proofs.lemmas.extra.one import first\nfrom proofs", 1)
    page.write_text(text, encoding="utf-8")
    monkeypatch.setattr("proofs.runner.guards.HOME", home)
    for cached in (pages.check_rooms, pages.check_lemma, made_there):
        cached.cache_clear()
    try:
        assert "theorem_square_is_positive" in check_page(page)
        pages.check_rooms.cache_clear()
        pages.check_lemma.cache_clear()
        (home / front / "__init__.py").write_text(
            '"""Words."""\n\nfrom proofs.kernel.theorem import axiom\n', encoding="utf-8"
        )
        with pytest.raises(KernelError, match="holds more than words"):
            check_page(page)
    finally:
        for cached in (pages.check_rooms, pages.check_lemma, made_there):
            cached.cache_clear()
