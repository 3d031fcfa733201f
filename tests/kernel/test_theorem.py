"""What a theorem records, and attempts at absurdities with all rules together."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from proofs.kernel import (
    KernelError, R, Theorem, V, archimedes, by_induction, choose, e1, e2, e3, entails, evaluate,
    exists, forall, fun, function, generalize, identical, inner, instance, natural, norm, real,
    recursion, replaced, square_nonnegative, substitute, vector, witnessed, zero,
)  # fmt: skip
from proofs.kernel.theorem import axiom
from tests.kernel.comparing import alike
from tests.kernel.refusals import refuses

x, y, a, d = real("x y a d")
n = natural("n")
u, v, g = vector("u v g")
f = function("f", R >> R)
L = function("L", V >> R)

FALSE = x < x


# --------------------------------------------------------------------------- what a theorem records
def test_axioms_and_means_are_inherited() -> None:
    oops = axiom("oops", forall(R, lambda t: t > 0))
    wrong = entails([], FALSE, by=[instance(oops, -1)])
    assert wrong.axioms == {"oops"}
    assert wrong.means == {"logic"}
    assert entails([y > 1], y > 0, by=[wrong]).means == {"logic"}
    assert entails([y > 1], FALSE, by=[entails([y > 1], y > 0), wrong]).means == {"logic", "z3"}
    for derived in (
        generalize(wrong, y),
        substitute(wrong, {x: y}),
        entails([], y == 0, by=[wrong]),
    ):
        assert derived.axioms == {"oops"}
    use = entails([a > x], FALSE, by=[wrong])
    witness = entails(
        [], exists(R, lambda t: t > x), by=[witnessed(exists(R, lambda t: t > x), x + 1)]
    )
    assert choose(witness, use, a).axioms == {"oops"}
    assert entails([x > 0], x > -1).axioms == frozenset()
    assert identical(x + x, 2 * x).means == {"algebra"}


def test_an_axiom_is_closed() -> None:
    """A free xi would be the mean value theorem's point for every function at once."""
    refuses(
        "an axiom is closed",
        lambda: axiom("mvt", forall(R >> R, lambda h: h(1) - h(0) == h(x))),
        lambda: axiom("frame", e1 == e2),
        lambda: axiom("frame", forall(V, lambda s: inner(s, e1) == 0)),
    )
    axiom("mvt", forall(R >> R, lambda h: exists(R, lambda t: h(1) - h(0) == h(t))))


SQUARE = exists(R, lambda t: t**2 >= x)
WITNESS = witnessed(SQUARE, 1)
MEANS: list[tuple[str, Callable[[], Theorem]]] = [
    ("algebra", lambda: identical(x + x, 2 * x)),
    ("algebra", lambda: identical(u + u, 2 * u)),
    ("algebra", lambda: evaluate(x == x)),
    ("algebra", lambda: square_nonnegative(u)),
    ("logic", lambda: instance(forall(R, lambda t: t > 0), 1)),
    ("logic", lambda: WITNESS),
    ("logic", lambda: generalize(WITNESS, y)),
    ("logic", lambda: substitute(WITNESS, {x: y})),
    ("logic", lambda: choose(witnessed(SQUARE, y), instance(forall(R, lambda t: t > 0), 1), a)),
    ("logic", lambda: replaced(lambda t: t > 0, x, y)),
    ("logic", lambda: by_induction(lambda i: SQUARE, WITNESS, WITNESS, n)),
    ("logic", lambda: recursion(R, 0, lambda i, previous: previous)),
    ("logic", lambda: archimedes(x)),
    ("logic", lambda: axiom("squares", forall(R, lambda t: t**2 >= 0))),
]


@pytest.mark.parametrize(("means", "prove"), MEANS, ids=range(len(MEANS)))
def test_a_rule_says_by_what_means(means: str, prove: Callable[[], Theorem]) -> None:
    """The table of verdicts tells what stands on one solver's word: no rule adds or loses it."""
    assert prove().means == {means}


AXIOM = axiom("some square", exists(R, lambda t: t**2 == 2))
LADEN = entails([], AXIOM.goal, by=[AXIOM, evaluate(norm(e2) == 1), entails([y > 1], y > 0)])
PLAIN = instance(forall(R, lambda t: AXIOM.goal), 1)
INHERITED: list[Callable[[], Theorem]] = [
    lambda: entails([y > 2], AXIOM.goal, by=[LADEN]),
    lambda: entails([y > 2], AXIOM.goal, hints=[LADEN]),
    lambda: generalize(LADEN, x),
    lambda: substitute(LADEN, {x: y}),
    lambda: instance(generalize(LADEN, x), 0),
    lambda: choose(LADEN, PLAIN, a),
    lambda: choose(PLAIN, LADEN, a),
    lambda: by_induction(lambda i: AXIOM.goal, LADEN, PLAIN, n),
    lambda: by_induction(lambda i: AXIOM.goal, PLAIN, LADEN, n),
]


@pytest.mark.parametrize("derive", INHERITED, ids=range(len(INHERITED)))
def test_what_a_theorem_rests_on_rests_with_what_follows(derive: Callable[[], Theorem]) -> None:
    """Each parent of each rule hands on its axioms, its frame and its means."""
    derived = derive()
    assert derived.axioms == {"some square"}
    assert derived.dimension == 2
    assert derived.means >= LADEN.means == {"algebra", "logic", "z3"}


def test_the_goal_is_the_statement_itself() -> None:
    """Not only its normal form: what is printed is what was asked for."""
    assert identical(x + x, 2 * x).goal is (x + x == 2 * x)
    assert identical(u + u, 2 * u).goal is (u + u == 2 * u)
    assert identical(x / x, 1).goal is (x / x == 1)
    assert evaluate(x + x >= 2 * x).goal is (x + x >= 2 * x)
    assert entails([x > 1], x > 0).goal is (x > 0)
    assert square_nonnegative(u).goal is (inner(u, u) >= 0)
    assert WITNESS.goal is SQUARE
    assert generalize(WITNESS, y).goal is forall(R, lambda y: SQUARE)
    assert instance(forall(R, lambda t: t > 0), y + 1).goal is (y + 1 > 0)
    assert replaced(lambda t: t > x, x, y).goal is (y > x)


FRAMES: list[tuple[int, Callable[[], Theorem]]] = [
    (0, lambda: entails([], norm(u) >= 0)),
    (1, lambda: evaluate(norm(e1) == 1)),
    (2, lambda: entails([], inner(e1, u) == inner(u, e1), by=[evaluate(norm(e2) == 1)])),
    (2, lambda: entails([norm(e2) == 1], x == x)),
    (3, lambda: identical(e3 + u, u + e3)),
    (3, lambda: square_nonnegative(e3)),
    (1, lambda: witnessed(exists(V, lambda s: s != zero), e1)),
    (1, lambda: witnessed(exists(V, lambda s: norm(s) == 1), e1)),
    (2, lambda: witnessed(exists(V, V, lambda s, t: inner(s, t) == 0), e1, e2)),
    (1, lambda: substitute(witnessed(exists(V, lambda s: norm(s) == 1), u), {u: e1})),
    (1, lambda: generalize(witnessed(exists(V, lambda s: norm(s) == 1), e1), x)),
    (2, lambda: instance(forall(V, lambda s: inner(s, s) >= 0), e2)),
    (3, lambda: instance(generalize(square_nonnegative(u), u), e3)),
    (1, lambda: replaced(lambda s: inner(s, s) >= 0, u, e1)),
    (2, lambda: substitute(entails([L(u) > 0], L(u) > -1), {L: fun(V, lambda s: inner(s, e2))})),
]


@pytest.mark.parametrize(
    ("dimension", "prove"), FRAMES, ids=[f"{i}-{d}" for i, (d, _) in enumerate(FRAMES)]
)
def test_the_frame_that_was_used_is_counted(dimension: int, prove: Callable[[], Theorem]) -> None:
    """In the space {0} there is no unit vector: what used one says so, though it is not seen."""
    assert prove().dimension == dimension


def test_the_frame_is_counted_through_choose() -> None:
    unit = entails(
        [], exists(V, lambda s: norm(s) == 1), by=[witnessed(exists(V, lambda s: norm(s) == 1), e1)]
    )
    use = entails(
        [norm(v) == 1],
        exists(V, lambda s: s != zero),
        by=[witnessed(exists(V, lambda s: s != zero), v)],
    )
    theorem = choose(unit, use, v)
    assert theorem.hypotheses == ()
    assert theorem.dimension == 1


# -------------------------------------------------------------------------- attempts at absurdities
def test_every_space_may_be_trivial() -> None:
    """Not every space has a vector other than 0; so the theorem counts a frame vector."""
    statement = exists(V, lambda s: norm(s) > 0)
    with pytest.raises(KernelError, match="does not follow"):
        entails([], statement, by=[witnessed(statement, g)])
    assert entails([], statement, by=[witnessed(statement, e1)]).dimension == 1


def test_exchanging_quantifiers() -> None:
    """For every number there is a greater one; no number is greater than all."""
    greater = generalize(
        entails([], exists(R, lambda t: t > x), by=[witnessed(exists(R, lambda t: t > x), x + 1)]),
        x,
    )
    greatest = exists(R, lambda t: forall(R, lambda s: t > s))
    with pytest.raises(KernelError, match="does not follow"):
        entails([], greatest, by=[greater, witnessed(greatest, y)])
    (hypothesis,) = witnessed(greatest, x + 1).hypotheses
    assert alike(hypothesis, forall(R, lambda s: x + 1 > s))
    with pytest.raises(KernelError, match="must be fresh"):
        choose(instance(greater, x), entails([a > x], a > x), a)


def test_a_modulus_for_all_epsilon_is_not_one_delta() -> None:
    """By choose and generalize, "for all, there is" does not become "there is, for all"."""
    each = forall(R, lambda eps: exists(R, lambda delta: f(delta) < eps))
    use = entails([f(d) < a], f(d) < a)
    with pytest.raises(KernelError, match="must be fresh"):
        choose(instance(each, a), generalize(use, a), d)
    with pytest.raises(KernelError, match="must be fresh"):
        choose(instance(each, a), use, d)


def test_a_hypothesis_on_a_variable_blocks_nothing_and_is_not_lost() -> None:
    """x > 0 |- 1/x > 0 cannot be made to speak of x = 0 or of a negative x."""
    theorem = generalize(entails([x > 0], 1 / x > 0), x)
    assert theorem.hypotheses == ()
    for value in (-2, y):
        with pytest.raises(KernelError, match="does not follow"):
            entails([], 1 / (x - x + value) > 0, by=[instance(theorem, value)])
    entails([y > 3], 1 / y > 0, by=[instance(theorem, y)])


def test_division_by_what_becomes_zero_later() -> None:
    """x / x = 1 needs x != 0; substituted, the hypothesis is y - y != 0 and helps nobody."""
    theorem = substitute(identical(x / x, 1), {x: y - y})
    assert len(theorem.hypotheses) == 1
    with pytest.raises(KernelError, match="does not follow"):
        entails([], (y - y) / (y - y) == 1, by=[theorem])
    assert substitute(identical(x / x, 1), {x: y**2 + 1}).hypotheses[0] is (y**2 + 1 != 0)
