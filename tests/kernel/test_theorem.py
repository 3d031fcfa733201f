"""Theorems: forgeries are recognised, and each rule holds to its side conditions."""

from __future__ import annotations

import copy
import gc
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from proofs.kernel import (
    KernelError, N, R, Term, Theorem, V, archimedes, by_induction, choose, e1, e2, e3, entails,
    evaluate, exists, forall, fun, function, generalize, identical, implies, inner, instance,
    natural, norm, real, recursion, replaced, sqrt, square_nonnegative, substitute, vector,
    witnessed, zero,
)  # fmt: skip
from proofs.kernel.algebra import normal
from proofs.kernel.theorem import axiom, genuine
from tests.kernel.refusals import refuses

x, y, a, b, c, d = real("x y a b c d")
k, m, n = natural("k m n")
u, v, w, g = vector("u v w g")
f = function("f", R >> R)
L = function("L", V >> R)
p, q = function("p q", N >> R)

FALSE = x < x
POSITIVE = entails([a > 0], a > -1)


def alike(left: Term, right: Term) -> bool:
    """Whether two statements have one normal form."""
    return normal(left) is normal(right)


def hypotheses(theorem: Theorem) -> set[Term]:
    """The normal forms of a theorem's hypotheses."""
    return {normal(h) for h in theorem.hypotheses}


# ------------------------------------------------------------------------------- forged and altered
class Impostor(Theorem):
    """A subclass that calls itself proved."""

    def __init__(self, *_: object) -> None:
        pass


def forged(kind: type[Theorem], **contents: object) -> Any:
    """A theorem made past the kernel."""
    made: Any = object.__new__(kind)
    for name in ("hypotheses", "goal", "axioms", "dimension", "means"):
        object.__setattr__(made, name, contents.get(name, getattr(POSITIVE, name)))
    return made


USES: list[Callable[[Any], object]] = [
    genuine,
    lambda t: entails([], a > -1, by=[t]),
    lambda t: generalize(t, a),
    lambda t: substitute(t, {a: 1}),
    lambda t: choose(t, t, a),
    lambda t: by_induction(lambda i: i >= 0, t, t, n),
]


@pytest.mark.parametrize(
    "use", USES, ids=["genuine", "entails", "generalize", "substitute", "choose", "by_induction"]
)
@pytest.mark.parametrize(
    "fake", ["forged", "copied", "subclass", "formula", "text", "nothing", "function"]
)
def test_forgeries_are_no_theorems(use: Callable[[Any], object], fake: str) -> None:
    made: dict[str, Any] = {
        "forged": forged(Theorem, hypotheses=(), goal=FALSE),
        "copied": copy.copy(POSITIVE),
        "subclass": forged(Impostor, hypotheses=()),
        "formula": a > -1,
        "text": "a > -1",
        "nothing": None,
        "function": test_forgeries_are_no_theorems,
    }
    with pytest.raises(KernelError, match=r"is no theorem"):
        use(made[fake])
    assert genuine(POSITIVE) is POSITIVE


def test_instance_of_a_forgery() -> None:
    universal = forall(R, lambda t: t > 0)
    with pytest.raises(KernelError, match=r"is no theorem"):
        instance(forged(Theorem, hypotheses=(), goal=universal), -1)
    assert instance(universal, -1).hypotheses == (universal,)


def test_the_constructor_makes_no_theorem() -> None:
    with pytest.raises((KernelError, TypeError), match=r"theorem|argument"):
        genuine(Theorem((), FALSE, frozenset(), 0, frozenset({"logic"})))
    with pytest.raises((KernelError, TypeError), match=r"theorem|argument"):
        genuine(Theorem())  # type: ignore[call-arg]


def test_an_empty_forgery_gets_a_readable_refusal() -> None:
    with pytest.raises(KernelError, match="is no theorem"):
        genuine(object.__new__(Theorem))


def test_theorems_cannot_be_set() -> None:
    for name in ("hypotheses", "goal", "axioms", "dimension", "means", "new"):
        with pytest.raises((KernelError, AttributeError, TypeError)):
            setattr(POSITIVE, name, ())
    genuine(POSITIVE)


class Flickering(tuple[Any, ...]):
    """Shows its items once; afterwards it is empty."""

    shown = False

    def __iter__(self) -> Iterator[Any]:
        items = () if self.shown else tuple(self[i] for i in range(len(self)))
        self.shown = True
        return iter(items)


class Agreeable(frozenset[str]):
    """Equal to whatever it is compared with."""

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = frozenset.__hash__


ALTERATIONS: list[tuple[str, Callable[[Theorem], object]]] = [
    ("hypotheses", lambda t: ()),
    ("hypotheses", lambda t: t.hypotheses[:0]),
    ("hypotheses", lambda t: Flickering(t.hypotheses)),
    ("goal", lambda t: FALSE),
    ("axioms", lambda t: frozenset({"another"})),
    ("axioms", lambda t: Agreeable()),
    ("dimension", lambda t: 3),
    ("means", lambda t: frozenset({"algebra"})),
]


@pytest.mark.parametrize(
    ("name", "change"), ALTERATIONS, ids=[f"{n}{i}" for i, (n, _) in enumerate(ALTERATIONS)]
)
def test_an_altered_theorem_is_recognised(name: str, change: Callable[[Theorem], object]) -> None:
    theorem = entails([a > 3], a > 2)
    object.__setattr__(theorem, name, change(theorem))
    for use in USES[:4]:
        with pytest.raises(KernelError, match="altered"):
            use(theorem)


def test_a_theorem_with_an_altered_part_is_recognised() -> None:
    """Its goal is still the same object, and says something else."""
    t = real("altered")
    inside = t * t
    theorem, universal = entails([], inside + 1 > 0), generalize(entails([], inside + 2 > 0), t)
    args = inside.args
    object.__setattr__(inside, "args", (t, -t))
    try:
        with pytest.raises(KernelError, match="altered"):
            entails([], t**2 < 1, by=[theorem])
        with pytest.raises(KernelError, match="altered"):
            substitute(theorem, {t: x})
    finally:
        object.__setattr__(inside, "args", args)
    entails([], t**2 > -1, by=[theorem])
    instance(universal, 5)


MISUSES: list[Callable[[Any, Any], object]] = [
    lambda left, right: identical(left, right),
    lambda left, right: evaluate(left == right),
    lambda left, right: entails([left == right], x > 0),
    lambda left, right: replaced(lambda s: left == right, x, y),
    lambda left, right: instance(left == right, x),
    lambda left, right: witnessed(exists(R, lambda s: left == right), x),
    lambda left, right: by_induction(
        lambda i: left == right, entails([], n >= 0), entails([], n >= 0), n
    ),
]


@pytest.mark.parametrize("misuse", MISUSES, ids=range(len(MISUSES)))
def test_nothing_is_remembered_of_an_altered_statement(
    misuse: Callable[[Any, Any], object], request: Any
) -> None:
    """A normal form computed while t + 1 was made to say t + 0 would prove f(t + 1) = f(t)
    afterwards.
    """
    t = real(f"altered{request.node.callspec.id}")
    part = t + 1
    args = part.args
    object.__setattr__(part, "args", (t, t - t))
    try:
        with pytest.raises(KernelError):
            misuse(f(part), f(t))
    finally:
        object.__setattr__(part, "args", args)
    with pytest.raises(KernelError, match="evaluates not to true"):
        evaluate(f(part) == f(t))


def test_a_discarded_theorem_does_not_lend_its_place() -> None:
    """The registry goes by identity: an object at the address of a theorem that is gone would pass
    for it.
    """
    places = set()
    for i in range(50):
        places.add(id(evaluate(x + i == i + x)))
    gc.collect()
    fakes = [forged(Theorem, hypotheses=(), goal=FALSE) for _ in range(200)]
    for fake in fakes:
        with pytest.raises(KernelError, match="is no theorem"):
            genuine(fake)
    assert len(places) == 50


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
    """In the space {0} there is no unit vector: what used one says so, even where the witness has
    disappeared.
    """
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


# ----------------------------------------------------------------------------------------- instance
def test_instances_have_the_sort_of_the_variable() -> None:
    naturals = generalize(entails([], n >= 0), n)
    refuses(
        "here belongs a term in N",
        lambda: instance(naturals, -a),
        lambda: instance(naturals, a),
        lambda: instance(naturals, -1),
        lambda: instance(naturals, n - 5),
        lambda: instance(naturals, n / 2),
        lambda: instance(naturals, abs(n)),
        lambda: instance(naturals, 1 / (n + 1)),
        lambda: instance(naturals, m / n),
        lambda: instance(naturals, sqrt(n)),
    )
    instance(naturals, 2 * n * m + 3)
    with pytest.raises(KernelError, match="here belongs a term in V"):
        instance(generalize(square_nonnegative(u), u), 0)
    with pytest.raises(KernelError, match="here belongs a term in R"):
        instance(forall(R, lambda t: t > 0), u)


def test_instances_of_what_is_not_universal() -> None:
    refuses(
        "is not of the form `forall",
        lambda: instance(exists(R, lambda t: t > 0), 1),
        lambda: instance(x > 0, 1),
        lambda: instance(~forall(R, lambda t: t > 0), 1),
        lambda: instance(forall(R, lambda t: t > 0), 1, 2),
        lambda: instance(implies(x > 0, forall(R, lambda t: t > 0)), 1),
    )
    assert instance(forall(R, lambda s, t: s > t), x, y).goal is (x > y)


def test_an_instance_of_a_formula_assumes_it() -> None:
    universal = forall(R, lambda t: f(t) > t)
    assert instance(universal, 3).hypotheses == (universal,)
    theorem = generalize(entails([f(x) > 0], f(x) >= 0), x)
    assert instance(theorem, y).hypotheses == ()
    assert alike(instance(theorem, y).goal, implies(f(y) > 0, f(y) >= 0))


# ---------------------------------------------------------------------------------------- witnessed
def test_a_witness_shows_its_property_first() -> None:
    positive = exists(R, lambda t: (t > 0) & (t**2 < 0))
    assert len(witnessed(positive, 1).hypotheses) == 1
    with pytest.raises(KernelError, match="does not follow"):
        entails([], positive, by=[witnessed(positive, 1)])
    small = exists(R, lambda t: (t > 0) & (t**2 < x))
    theorem = entails([x > 4], small, by=[witnessed(small, 2)])
    assert theorem.hypotheses == (x > 4,)


def test_a_witness_has_the_sort_of_the_variable() -> None:
    refuses(
        "here belongs a term in N",
        lambda: witnessed(exists(N, lambda i: i < 0), -1),
        lambda: witnessed(exists(N, lambda i: 2 * i == 1), x / 2),
        lambda: witnessed(exists(N, lambda i: i == x), x),
    )
    refuses("here belongs a term in V", lambda: witnessed(exists(V, lambda s: norm(s) == 0), 0))
    refuses(
        "here belongs a term in R -> R", lambda: witnessed(exists(R >> R, lambda h: h(0) == 0), L)
    )
    refuses("is not of the form `exists", lambda: witnessed(forall(R, lambda t: t > 0), 1))
    witnessed(exists(R, lambda t: t >= 0), n)
    witnessed(exists(R >> R, lambda h: h(0) == 0), fun(R, lambda t: t))


# --------------------------------------------------------------------------------------- generalize
def test_hypotheses_on_the_variable_move_inside() -> None:
    theorem = generalize(entails([a > 0, b > 0], a + b > 0), a)
    assert theorem.hypotheses == (b > 0,)
    assert alike(theorem.goal, forall(R, lambda t: implies(t > 0, t + b > 0)))
    closed = generalize(entails([a > 0, b > a], b > 0), a, b)
    assert closed.hypotheses == ()
    assert alike(closed.goal, forall(R, lambda s, t: implies(s > 0, t > s, t > 0)))
    with pytest.raises(KernelError, match="does not follow"):
        entails([], b > 0, by=[instance(closed, a, b)])


def test_only_free_symbols_are_generalized() -> None:
    attempts: list[Any] = [a + 1, 3, "a", e1, zero, f(a), None]
    for attempt in attempts:
        with pytest.raises(KernelError, match="free symbol"):
            generalize(POSITIVE, attempt)
    with pytest.raises(KernelError, match="free symbol"):
        generalize(POSITIVE, a, a)
    generalize(POSITIVE, a, b)


def test_a_natural_number_generalizes_over_the_naturals_only() -> None:
    theorem = generalize(entails([], n >= 0), n)
    assert alike(theorem.goal, forall(N, lambda i: i >= 0))
    assert not alike(theorem.goal, forall(R, lambda t: t >= 0))


# ------------------------------------------------------------------------------------------- choose
ABOVE = entails([], exists(R, lambda t: t > b), by=[witnessed(exists(R, lambda t: t > b), b + 1)])


def test_the_chosen_symbol_is_fresh() -> None:
    refuses(
        "must be fresh",
        lambda: choose(ABOVE, entails([a > b], a > b), a),  # in the goal
        lambda: choose(ABOVE, entails([a > b, a < b + 1], b + 1 > b), a),  # in another hypothesis
        lambda: choose(ABOVE, entails([b > b], FALSE), b),  # in the existence theorem
        lambda: choose(
            entails(
                [a > 7], exists(R, lambda t: t > 6), by=[witnessed(exists(R, lambda t: t > 6), a)]
            ),
            entails([a > 6, y > 0], y > -1),
            a,
        ),  # in a hypothesis of the existence theorem
    )
    assert (
        choose(
            ABOVE, entails([a > b], exists(R, lambda t: t > b), by=[witnessed(ABOVE.goal, a)]), a
        ).hypotheses
        == ()
    )


def test_choose_keeps_the_other_hypotheses() -> None:
    positive = entails(
        [], exists(R, lambda t: t > 0), by=[witnessed(exists(R, lambda t: t > 0), 1)]
    )
    assert choose(positive, entails([a > 0, b > 0], b > -1), a).hypotheses == (b > 0,)
    assert choose(positive, entails([b > 0], b > -1), a).hypotheses == (b > 0,)


def test_choose_drops_only_what_the_property_says() -> None:
    """The conjuncts of P(c) go; what follows from them, or resembles them, stays."""
    band = exists(R, lambda t: (t > 0) & (t < b))
    existence = entails([b > 0], band, by=[witnessed(band, b / 2)])
    theorem = choose(existence, entails([a > 0, a < b], b > 0), a)
    assert theorem.hypotheses == (b > 0,)
    with pytest.raises(KernelError, match="must be fresh"):
        choose(existence, entails([a > 0, a < b, a > b / 4], b > 0), a)
    with pytest.raises(KernelError, match="must be fresh"):
        choose(existence, entails([(a > 0) | (a < b)], x == x), a)
    either = exists(R, lambda t: (t > b) | (t < b))
    split = entails([], either, by=[witnessed(either, b + 1)])
    with pytest.raises(KernelError, match="must be fresh"):
        choose(split, entails([a > b], x == x), a)


def test_choose_takes_distinct_symbols() -> None:
    pair = exists(R, lambda s, t: s > t)
    existence = entails([], pair, by=[witnessed(pair, 1, 0)])
    with pytest.raises(KernelError, match="distinct free symbols"):
        choose(existence, entails([c > c], FALSE), c, c)
    for other in (c + 1, 2, e1, f(c)):
        with pytest.raises(KernelError, match="distinct free symbols"):
            choose(existence, entails([x > y], x - y > 0), c, other)  # type: ignore[arg-type]
    above = exists(R, lambda s: s > 0)
    use = entails([c > d], above, by=[witnessed(above, c - d)])
    assert choose(existence, use, c, d).hypotheses == ()


def test_a_natural_number_is_not_chosen_for_a_real_one() -> None:
    """There is a real number below 0, and no natural one."""
    below = exists(R, lambda t: t < 0)
    existence = entails([], below, by=[witnessed(below, -1)])
    with pytest.raises(KernelError, match="cannot stand for t in R"):
        choose(existence, entails([n < 0], FALSE), n)
    refuses("here belongs a term", lambda: choose(existence, entails([u == v], x == x), u))
    bigger = archimedes(x)
    refuses("here belongs a term in N", lambda: choose(bigger, entails([x <= a], x <= a), a))
    choose(
        existence,
        entails(
            [a < 0],
            exists(R, lambda t: t + 1 < 1),
            by=[witnessed(exists(R, lambda t: t + 1 < 1), a)],
        ),
        a,
    )


def test_choose_needs_an_existence_theorem() -> None:
    refuses(
        "is not of the form `exists",
        lambda: choose(generalize(POSITIVE, a), POSITIVE, c),
        lambda: choose(POSITIVE, POSITIVE, c),
        lambda: choose(ABOVE, POSITIVE, c, d),
    )


# --------------------------------------------------------------------------------------- substitute
def test_the_whole_sequent_is_substituted() -> None:
    theorem = substitute(POSITIVE, {a: -5})
    assert len(theorem.hypotheses) == 1
    with pytest.raises(KernelError, match="does not follow"):
        entails([], x - x - 5 > -1, by=[theorem])
    nested = substitute(entails([norm(g) > 0], inner(g, g) > 0), {g: u - u})
    assert len(nested.hypotheses) == 1
    assert substitute(entails([a > b], a - b > 0), {a: b, b: a}).hypotheses == (b > a,)


def test_substitution_keeps_sorts() -> None:
    refuses(
        "here belongs a term in N",
        lambda: substitute(entails([], n >= 0), {n: a}),
        lambda: substitute(entails([], n >= 0), {n: -1}),
        lambda: substitute(entails([], n >= 0), {n: m - 1}),
    )
    refuses("here belongs a term in V", lambda: substitute(square_nonnegative(g), {g: 0}))
    refuses(
        "only a free symbol",
        lambda: substitute(POSITIVE, {a + 0 * b + 1: x}),
        lambda: substitute(POSITIVE, {"a": x}),
    )
    refuses("only a free symbol", lambda: substitute(evaluate(norm(e1) == 1), {e1: zero}))
    substitute(square_nonnegative(g), {g: zero})
    substitute(entails([], n >= 0), {n: m + 1})


def test_substitution_does_not_capture() -> None:
    theorem = entails(
        [], exists(R, lambda t: t > x), by=[witnessed(exists(R, lambda t: t > x), x + 1)]
    )
    moved = substitute(theorem, {x: real("t")})
    assert alike(moved.goal, exists(R, lambda s: s > real("t")))
    assert not alike(moved.goal, exists(R, lambda s: s > s))


# ----------------------------------------------------------------------------------------- replaced
def test_equals_for_equals() -> None:
    theorem = replaced(lambda s: f(s) > s, a, b)
    assert hypotheses(theorem) == {normal(a == b), normal(f(a) > a)}
    assert alike(theorem.goal, f(b) > b)
    with pytest.raises(KernelError, match="does not follow"):
        entails([f(a) > a], f(b) > b, by=[theorem])
    entails([a == b, f(a) > a], f(b) > b, by=[theorem])
    partly = replaced(lambda s: f(s) > a, a, b)
    assert hypotheses(partly) == {normal(a == b), normal(f(a) > a)}
    assert alike(partly.goal, f(b) > a)
    refuses(
        "here belongs a term",
        lambda: replaced(lambda s: x > 0, u, a),
        lambda: replaced(lambda s: x > 0, f, f),
    )
    assert alike(replaced(lambda s: L(s) > 0, u, v).goal, L(v) > 0)


def test_naturals_and_reals_are_replaced_as_reals() -> None:
    """From n = a, P(n) one gets P(a): a statement on naturals only is not carried to a real
    number.
    """
    only_naturals = function("h", N >> R)
    refuses("here belongs a term in N", lambda: replaced(lambda s: only_naturals(s) > 0, n, a))
    replaced(lambda s: only_naturals(s) > 0, n, m)
    replaced(lambda s: f(s) > 0, n, a)


# ---------------------------------------------------------------------------------------- induction
def test_induction() -> None:
    """2^n > n, as p(0) = 1 and p(k + 1) = 2 p(k)."""
    doubles = forall(N, lambda i: p(i + 1) == 2 * p(i))
    base = entails([p(0) == 1], p(0) >= 1)
    step = entails([p(n) >= n + 1, doubles], p(n + 1) >= n + 2, by=[instance(doubles, n)])
    theorem = by_induction(lambda i: p(i) >= i + 1, base, step, n)
    assert hypotheses(theorem) == {normal(p(0) == 1), normal(doubles)}
    assert alike(theorem.goal, forall(N, lambda i: p(i) >= i + 1))


def test_induction_is_over_naturals() -> None:
    """P(0) and P(a) |- P(a + 1) for a real a say nothing of -1."""
    base = entails([], x - x >= 0)
    step = entails([a >= 0], a + 1 >= 0)
    two_ahead = entails([n >= 0], n + 2 >= 0)
    attempts: list[tuple[Theorem, Any]] = [
        (step, a),
        (step, a + 1),
        (step, -1),
        (two_ahead, n + 1),
        (two_ahead, 1),
    ]
    for proof, variable in attempts:
        with pytest.raises(KernelError, match=r"natural number|free symbol|term in N"):
            by_induction(lambda i: i >= 0, base, proof, variable)
    by_induction(lambda i: i >= 0, base, entails([n >= 0], n + 1 >= 0), n)


def test_no_other_hypothesis_mentions_the_induction_variable() -> None:
    claim: Callable[[Any], Term] = lambda i: i <= 5
    base = entails([], claim(x - x))
    refuses(
        "mention",
        lambda: by_induction(claim, base, entails([claim(n), n <= 4], claim(n + 1)), n),
        lambda: by_induction(
            claim, base, entails([claim(n), p(n) <= 5, p(n) == n + 1], claim(n + 1)), n
        ),
        lambda: by_induction(
            claim, entails([claim(n)], claim(x - x)), entails([FALSE], claim(n + 1)), n
        ),
        lambda: by_induction(
            lambda i: i <= n, entails([], x - x <= n), entails([FALSE], n + 1 <= n), n
        ),
    )
    theorem = by_induction(claim, base, entails([FALSE], claim(n + 1)), n)
    assert theorem.hypotheses == (FALSE,)


def test_hypotheses_about_other_numbers_stay() -> None:
    claim: Callable[[Any], Term] = lambda i: i <= k
    step = entails([claim(n), n + 1 <= k], claim(n + 1))
    with pytest.raises(KernelError, match="mention"):
        by_induction(claim, entails([], claim(x - x)), step, n)
    kept = by_induction(
        lambda i: i + k >= m, entails([k >= m], k >= m), entails([n + k >= m], n + 1 + k >= m), n
    )
    assert kept.hypotheses == (k >= m,)


def test_base_and_step_prove_the_claim_itself() -> None:
    claim: Callable[[Any], Term] = lambda i: p(i) > 0
    base, step = entails([p(0) > 0], p(0) > 0), entails([p(n) > 0, q(n) > 0], p(n) > 0)
    refuses("the base proves", lambda: by_induction(claim, entails([p(1) > 0], p(1) > 0), step, n))
    refuses("the base proves", lambda: by_induction(claim, entails([p(0) > 1], p(0) >= 0), step, n))
    refuses("the step proves", lambda: by_induction(claim, base, step, n))
    refuses(
        "the step proves",
        lambda: by_induction(claim, base, entails([p(n + 2) > 0], p(n + 2) > 0), n),
    )
    weaker = entails([p(n + 1) > 0], p(n + 1) > 0)
    with pytest.raises(KernelError, match="mention"):
        by_induction(claim, base, weaker, n)


# ---------------------------------------------------------------------------- recursion, archimedes
def test_recursion() -> None:
    theorem = recursion(R, x, lambda i, previous: 2 * previous + i)
    expected = exists(N >> R, lambda s: (s(0) == x) & forall(N, lambda i: s(i + 1) == 2 * s(i) + i))
    assert alike(theorem.goal, expected)
    vectors = recursion(V, u, lambda i, previous: previous - x * v)
    assert alike(
        vectors.goal,
        exists(N >> V, lambda s: (s(0) == u) & forall(N, lambda i: s(i + 1) == s(i) - x * v)),
    )
    family = recursion(R, lambda s: L(s), lambda i, previous, s: previous + L(i * s), V)
    assert alike(family.goal, exists((N, V) >> R, lambda h: (
        forall(V, lambda s: h(0, s) == L(s)) & forall(N, V, lambda i, s: h(i + 1, s) == h(i, s) + L(i * s))
    )))  # fmt: skip


def test_recursion_on_a_symbol_of_the_same_name() -> None:
    """The sequence that is asserted is new: the step may use another p, and means that one."""
    theorem = recursion(R, 0, lambda i, previous: p(i + 1) + 1)
    assert alike(
        theorem.goal,
        exists(N >> R, lambda s: (s(0) == 0) & forall(N, lambda i: s(i + 1) == p(i + 1) + 1)),
    )
    body = exists(N >> R, lambda s: (s(0) == 0) & forall(N, lambda i: s(i + 1) == s(i + 1) + 1))
    assert not alike(theorem.goal, body)


def test_recursion_keeps_sorts() -> None:
    refuses(
        "here belongs a term in N",
        lambda: recursion(N, 0, lambda i, previous: previous - 1),
        lambda: recursion(N, -1, lambda i, previous: previous),
        lambda: recursion(N, x, lambda i, previous: previous),
    )
    refuses("here belongs a term in V", lambda: recursion(V, 0, lambda i, previous: previous))
    recursion(N, 0, lambda i, previous: previous + i)


def test_recursion_does_not_catch_a_loose_variable() -> None:
    """Taken out of its binder, p would become the sequence itself: p(k + 1) = p(k + 1) + 1."""
    false = exists(N >> R, lambda s: forall(N, lambda i: s(i + 1) == s(i + 1) + 1))
    caught = false.args[0].args[0].args[1]
    loose = exists(R, lambda t: t > 0).args[0].args[0]
    refuses(
        r"bound variable|loose|outside",
        lambda: recursion(R, 0, lambda i, previous: caught),
        lambda: recursion(R, loose, lambda i, previous: previous),
        lambda: recursion(R, lambda s: loose, lambda i, previous, s: previous, V),
    )


def test_archimedes() -> None:
    assert alike(archimedes(x).goal, exists(N, lambda i: x <= i))
    assert alike(archimedes(n + 1).goal, exists(N, lambda i: n + 1 <= i))
    refuses("here belongs a term in R", lambda: archimedes(u), lambda: archimedes(f))


def test_archimedes_does_not_catch_a_loose_variable() -> None:
    """There is no n >= n + 1."""
    caught = exists(N, lambda i: i + 1 <= i).args[0].args[0]
    with pytest.raises(KernelError, match=r"bound variable|loose|outside"):
        archimedes(caught)


def test_squares() -> None:
    assert alike(square_nonnegative(u - v).goal, inner(u - v, u - v) >= 0)
    refuses(
        "here belongs a term in V", lambda: square_nonnegative(x), lambda: square_nonnegative(0)
    )


# -------------------------------------------------------------------------- attempts at absurdities
def test_every_space_may_be_trivial() -> None:
    """There is a vector other than 0 only where the space has one; so the theorem counts a frame
    vector.
    """
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
    """forall eps exists delta P does not give exists delta forall eps P by choose and
    generalize.
    """
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
