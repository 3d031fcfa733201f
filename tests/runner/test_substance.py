"""Pages that are green and say nothing: each kind refused, beside a twin that says something."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from proofs.claims import Claim
from proofs.kernel import (
    R, Term, Theorem, V, definition, entails, exists, forall, generalize, iff, implies, inner, norm,
    real, vector,
)  # fmt: skip
from proofs.kernel.algebra import normal
from proofs.lemmas.inner_products import cauchy_schwarz
from proofs.runner.pages import Page
from proofs.runner.substance import check_symbols_of, empty, meaningless, vacuous
from tests.kernel.refusals import refuses
from tests.runner.sample import GOOD, run, with_changes, write_page

pytest_plugins = ["pytester"]
x, y = real("x y")
u, v = vector("u v")

HEAD = GOOD.split('"""\n\nfrom')[0].replace("HOLDS_IF x != 0", "{verdict}") + '"""\n\n'


def page(body: str, verdict: str = "HOLDS", imports: str = "") -> str:
    """A page with these statements and steps."""
    return f"{HEAD.format(verdict=verdict)}{imports}from proofs.prelude import *\n\n{body}"


def told(pytester: pytest.Pytester, source: str) -> str:
    """What pytest says of a page; empty where it is green."""
    write_page(pytester, source)
    result = run(pytester)
    return "" if result.ret == 0 else result.stdout.str()


def conclusions(then: Term, given: dict[str, Term] | None = None) -> Claim:
    """A claim with this conclusion."""
    free = sorted(then.free.union(*(h.free for h in (given or {}).values())), key=hash)
    return Claim(for_all=free, given=given or {}, then=then)


# What contradicts itself inside a conclusion, beside what does not: and the reasons that tell.
PREMISES: list[tuple[str, Term, Term, list[Theorem]]] = [
    ("bounds", implies(x > 0, x < 0, x == 7), implies(x > 0, x < 1, x < 7), []),
    ("a square", implies(x**2 < 0, x == 7), implies(x**2 <= 0, x == 0), []),
    ("nested", implies(x > 1, implies(x < 1, y == 7)), implies(x > 1, implies(y < 1, y < x)), []),
    (
        "inside a conjunction",
        (x == x + 0 * y) & implies(y > x, y < x, x == 7),
        (x <= x + y**2) & implies(y > x, x < y),
        [],
    ),
    (
        "under a quantifier",
        forall(R, lambda s: implies(s > x, s <= x, s == 7)),
        forall(R, lambda s: implies(s > x, s > x - 1)),
        [],
    ),
    ("against what is given", implies(y < 0, x == 7), implies(y < 2, x < 3), []),
    (
        "by the reasons of the proof",
        implies(inner(u, v) > norm(u) * norm(v), u == v),
        implies(inner(u, v) >= norm(u) * norm(v), inner(u, v) == norm(u) * norm(v)),
        [cauchy_schwarz(u, v)],
    ),
    (
        "against Cauchy-Schwarz, which no reason is",
        forall(V, lambda w: implies(norm(u + w) > norm(u) + norm(w), u == v)),
        forall(V, lambda w: implies(norm(u + w) >= norm(u) + norm(w), u == v)),
        [],
    ),
    ("under a negation", ~((x > 0) & (x < 0) & (x != 7)), ~((x > 0) & (x < 1) & (x * x > x)), []),
    ("an alternative", (x <= 0) | (x >= 0) | (x == 7), (x <= 0) | (x >= 1) | (x * x < x), []),
    (
        "an alternative, the first",
        (inner(u, v) == 7) | (inner(u, v) <= norm(u) * norm(v)),
        (inner(u, v) == norm(u) * norm(v)) | (inner(u, v) < norm(u) * norm(v)),
        [cauchy_schwarz(u, v)],
    ),
    (
        "of two, the second",
        implies(x > 0, x > -1) & implies(x > 1, x < 1, x == 7),
        implies(x > 0, x > -1) & implies(x > 1, x > 0),
        [],
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("empty_one", "twin", "reasons"), [p[1:] for p in PREMISES], ids=[p[0] for p in PREMISES]
)
def test_premises_inside_a_conclusion(empty_one: Term, twin: Term, reasons: list[Theorem]) -> None:
    given = {"y is positive": y > 1} if "y < 0" in str(empty_one) else {}
    assert list(vacuous("CLAIM", conclusions(twin, given), reasons)) == []
    (line,) = vacuous("CLAIM", conclusions(empty_one, given), reasons)
    assert line.startswith("CLAIM is about nothing where it says ")


OF_NOTHING = '''x = real("x")

CLAIM = Claim(for_all=[x], then=implies(x > 1, x < 1, x**2 + 1 == 0))


def theorem_of_nothing():
    """x^2 + 1 = 0 there."""
    return CLAIM.proved()
'''


def test_a_vacuous_page_is_red_and_its_twin_green(pytester: pytest.Pytester) -> None:
    source = page(OF_NOTHING)
    assert "CLAIM is about nothing where it says 1 < x < 1" in told(pytester, source)
    assert told(pytester, source.replace("x < 1, x**2 + 1 == 0", "x < 2, x**2 > x")) == ""


REPAIRED = page(
    '''x, y = real("x y")

CLAIM = Claim(for_all=[x], then=x**2 > x)


def counterexample_zero():
    """0."""
    return CLAIM.fails({x: 0})


REPAIR = Claim(for_all=[x], given={"x is above 1": x > 1}, then=x**2 > x)


def theorem_repair():
    """It."""
    return REPAIR.proved()


def inhabited_repair():
    """2."""
    return REPAIR.inhabited_by({x: 2})
''',
    "FAILS",
)
GIVEN = 'for_all=[x], given={"x is above 1": x > 1}, then=x**2 > x'
REPAIRS = [
    ("x == x", "for_all=[x], then=x == x", "REPAIR compares a thing with itself"),
    ("x - x == 0", "for_all=[x], then=x - x == 0", "REPAIR is true by its form alone"),
    ("squares", "for_all=[x], then=(x + 1)**2 == x**2 + 2*x + 1", "true by its form alone"),
    ("of another", "for_all=[y], then=y**2 >= 0", "REPAIR is about nothing that CLAIM is about"),
]


@pytest.mark.parametrize(("repair", "error"), [r[1:] for r in REPAIRS], ids=[r[0] for r in REPAIRS])
def test_repairs_that_repair_nothing(pytester: pytest.Pytester, repair: str, error: str) -> None:
    assert told(pytester, REPAIRED) == ""
    without = REPAIRED.split("\n\n\ndef inhabited_repair")[0] + "\n"
    assert error in told(pytester, with_changes((GIVEN, repair), source=without))


@pytest.mark.parametrize(
    ("supposed", "twin"),
    [
        ([x < y], [x < y - 1]),
        ([y - x > 0], [y - x > 1]),
        ([x > 0, implies(x > 0, x < y)], [x > 0, implies(x > 1, x < y)]),
        ([(y > 0) & (x < y)], [(y > 0) & (x < 0)]),
        ([(x < y) | (y < 0), y >= 0], [(x < y) | (y < 0), y >= -1]),
    ],
    ids=["the conclusion", "rearranged", "by modus ponens", "in a conjunction", "an alternative"],
)
def test_a_conclusion_is_not_supposed(supposed: list[Term], twin: list[Term]) -> None:
    empty_one, full = (
        conclusions(x < y, {f"hypothesis {i}": h for i, h in enumerate(hypotheses)})
        for hypotheses in (supposed, twin)
    )
    assert list(empty({"CLAIM": empty_one})) == ["CLAIM concludes what it supposes: x < y"]
    assert list(empty({"CLAIM": full})) == []


def test_comparisons_of_a_thing_with_itself() -> None:
    for then in (
        x >= x, ~(x < x), implies(y > 0, x == x), forall(R, lambda s: s <= s), u == u,
        implies(x > y, x > y), iff(x > y, x > y), forall(R, lambda s: implies(s > x, s > x)),
    ):  # fmt: skip
        (line,) = empty({"CLAIM": conclusions(then)})
        assert line.startswith("CLAIM compares a thing with itself")
    assert list(empty({"CLAIM": conclusions(x + y == y + x)})) == []


def test_what_exists_is_not_chosen_outside_its_premise() -> None:
    """There is an alpha such that, if it is positive, ...: so there is, and it is negative."""
    falls: Callable[[Term], Term] = lambda alpha: forall(
        R, lambda t: implies(t > 0, t < alpha, t * x < y)
    )
    chosen = [
        exists(R, lambda alpha: implies(alpha > 0, falls(alpha))),
        exists(R, lambda alpha: (alpha != 1) & implies(alpha > 0, falls(alpha))),
        exists(R, R, lambda a, b: implies(a > b, falls(a))),
        forall(R, lambda s: exists(R, lambda a: implies(a > s, falls(a)))),
        exists(R, lambda alpha: (alpha <= 0) | falls(alpha)),
        exists(R, lambda alpha: ~((alpha > 0) & ~falls(alpha))),
        exists(R, lambda alpha: (alpha < 1) & falls(alpha)),
        forall(R, lambda s: exists(R, lambda r: forall(V, lambda v: implies(norm(v) < r, s > y)))),
        exists(R, lambda r: forall(R, lambda s: implies(r > 0, s < x, s < y))),
        exists(R, lambda r: (r >= 0) & forall(V, lambda v: implies(norm(v) < r, x > y))),
        exists(R, lambda r: forall(V, lambda v: implies(norm(v) <= r, x > y))),
    ]
    for then in chosen:
        line, *_ = empty({"CLAIM": conclusions(then)})
        assert line.startswith("CLAIM says that there is something unless ")
    for then in (
        exists(R, lambda alpha: (alpha > 0) & falls(alpha)),
        exists(R, lambda alpha: (alpha > 0) & implies(x > 0, falls(alpha))),
        exists(R, R, lambda a, b: ((a != 0) | (b != 0)) & (a * x + b * y == 0)),
        exists(R, lambda r: forall(R, lambda s: implies(s > r, s > x))),
        exists(R, lambda r: (norm(u) < r) & forall(V, lambda v: implies(norm(v) < r, x > y))),
    ):
        assert list(empty({"CLAIM": conclusions(then)})) == []


def test_a_notion_is_about_what_its_words_show() -> None:
    small = definition("{t} is small")(lambda t: t < y)
    (line,) = empty({"CLAIM": conclusions(implies(small(x), x < y + 1))})
    assert line == "CLAIM: x is small is also about y, and hides it"
    hidden = [real(name) for name in "hgfedcba"]
    (line,) = empty({"CLAIM": conclusions(definition("{t} is low")(lambda t: t < sum(hidden))(x))})
    assert line == "CLAIM: x is low is also about a, b, c, d, e, f, g, h, and hides it"
    below = definition("{t} is below {bound}")(lambda t, bound: t < bound)
    assert list(empty({"CLAIM": conclusions(implies(below(x, y), x < y + 1))})) == []


def test_a_hypothesis_is_needed_where_the_claim_has_a_meaning() -> None:
    inverse = Claim(for_all=[x], given={"x is not 0": x != 0}, then=x * (1 / x) == 1)
    assert [str(t) for t in meaningless(inverse, "x is not 0", {x: 0})] == ["x != 0"]
    above = Claim(for_all=[x], given={"x is above 1": x > 1}, then=1 / x < 1)
    assert meaningless(above, "x is above 1", {x: 1}) == []
    assert [str(t) for t in meaningless(above, "x is above 1", {x: 0})] == ["x != 0"]
    assert meaningless(above, "x is above 1", {}) != []
    # One part of the conclusion has a meaning and fails: that shows the need as well.
    both = Claim(for_all=[x], given={"x is not 0": x != 0}, then=(x * (1 / x) == 1) & (x**2 > 0))
    assert meaningless(both, "x is not 0", {x: 0}) == []


def test_needed_where_it_has_no_meaning_is_red(pytester: pytest.Pytester) -> None:
    source = with_changes(("then=x**2 > 0", "then=x * (1 / x) == 1"))
    source = source.replace("by=[inequality_square_is_not_negative()]", "")
    source = source.replace("CLAIM.fails({x: 0}", "CLAIM.fails({x: x - x}")
    assert "CLAIM without 'x is not zero' has no meaning where it is refuted" in told(
        pytester, source
    )


BORROWED = page(
    '''g = vector("g")
CLAIM = Claim(
    for_all=[g],
    given={"the gradient is not zero": g != zero},
    unsaid=["the gradient is not zero"],
    then=inner(g, g) > 0,
)


def theorem_it():
    """It."""
    return theorem_square_is_positive()


def inhabited_it():
    """It."""
    return CLAIM.inhabited_by({g: e1})


def counterexample_it():
    """It."""
    return CLAIM.fails({g: zero}, without="the gradient is not zero")
''',
    "HOLDS_IF g != 0",
    "from proofs.a_why_gradient_descent_works.a10_square_is_positive import "
    "theorem_square_is_positive\n",
)


def test_a_page_states_something_of_its_own(pytester: pytest.Pytester) -> None:
    assert "this page states nothing" in told(pytester, BORROWED)
    proved = "CLAIM.proved(by=[instance(theorem_square_is_positive(), g)])"
    own = with_changes(
        ("then=inner(g, g) > 0", "then=norm(g) > 0"),
        ("return theorem_square_is_positive()", f"return {proved}"),
        source=BORROWED,
    )
    assert told(pytester, own) == ""


def test_no_two_pages_claim_the_same(pages: list[Page]) -> None:
    claims: dict[Term, str] = {}
    for one in pages:
        form = normal(one.claims["CLAIM"].closed())
        assert claims.setdefault(form, one.id) == one.id


def test_the_symbols_of_a_claim_are_the_page_s_own() -> None:
    kept: list[Term] = []
    forall(R, lambda x: kept.append(x) or x > 0)  # type: ignore[func-returns-value]
    leaked = Claim(for_all=[x, kept[0]], then=x + kept[0] == kept[0] + x)
    refuses("x has left its binder", lambda: check_symbols_of("CLAIM", leaked))
    check_symbols_of("CLAIM", Claim(for_all=[x, y], then=x + y == y + x))


@pytest.mark.parametrize(
    ("one", "other"),
    [(real("x"), real("x_")), (real("w1"), real("w_1")), (real("x"), vector("x_"))],
    ids=["x and x_", "w1 and w_1", "of two sorts"],
)
def test_no_two_variables_read_alike(one: Term, other: Term) -> None:
    same: Callable[[Term], Term] = lambda t: t == t + 0 * t if t.sort == R else inner(t, t) >= 0
    both = Claim(for_all=[one, other], then=same(one) & same(other))
    refuses("two variables read alike", lambda: check_symbols_of("CLAIM", both))
    check_symbols_of("CLAIM", Claim(for_all=[one], then=same(one)))
    check_symbols_of("CLAIM", Claim(for_all=[other], then=same(other)))


def test_a_bound_variable_does_not_read_like_a_free_one() -> None:
    other = Claim(for_all=[x], then=exists(R, lambda x_: x_ > x))
    refuses("two variables read alike", lambda: check_symbols_of("CLAIM", other))
    same = Claim(for_all=[x], then=forall(R, lambda x: x < x + 1) & (x < x + 1))
    check_symbols_of("CLAIM", same)  # printed as x and x'


def test_a_claim_in_small_letters_is_refused(pytester: pytest.Pytester) -> None:
    more = "\n\nMain_claim = Claim(for_all=[x], then=x > x**2)\n"
    assert "Main_claim is a claim; in small letters it is not shown" in told(pytester, GOOD + more)


@pytest.mark.parametrize(
    "name", ["\u200b", "x is p\u043esitive", "x is\tpositive", "x  is positive", "x is positive "]
)
def test_the_name_of_a_hypothesis_is_seen(name: str) -> None:
    hidden = Claim(for_all=[x], given={name: x > 0}, then=x > -1)
    refuses("signs that nobody sees", lambda: check_symbols_of("CLAIM", hidden))
    check_symbols_of("CLAIM", Claim(for_all=[x], given={"x is positive": x > 0}, then=x > -1))


def test_no_two_hypotheses_read_alike() -> None:
    alike = {"x is positive": x > 0, "X is positive": x > 1}
    refuses(
        "two hypotheses read alike: x is positive, X is positive",
        lambda: check_symbols_of("CLAIM", Claim(for_all=[x], given=alike, then=x > -1)),
    )


def test_a_page_whose_variable_reads_like_a_word_is_refused(pytester: pytest.Pytester) -> None:
    source = with_changes(('real("x")', 'real("not")'))
    assert "a variable called not reads like something else" in told(pytester, source)


@pytest.mark.parametrize("name", ["not", "and", "V", "R", "for", "true", "\u0445", "\u03b1"])
def test_no_variable_reads_like_something_else(name: str) -> None:
    """Neither one of the claim nor one that a binder in it names; the last two are letters of other
    alphabets.
    """
    other = real(name)
    check_symbols_of("CLAIM", Claim(for_all=[x], then=forall(R, lambda s: x + s == s + x)))
    for claim in (
        Claim(for_all=[x, other], then=x + other == other + x),
        Claim(for_all=[x], then=generalize(entails([], x + other == other + x), other).goal),
    ):
        refuses("reads like something else", partial(check_symbols_of, "CLAIM", claim))
