"""The rules for natural numbers: induction, recursion, Archimedes; and that of squares."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from proofs.kernel import (
    KernelError, N, R, Term, Theorem, V, archimedes, by_induction, entails, exists, forall,
    function, inner, instance, natural, real, recursion, square_nonnegative, vector,
)  # fmt: skip
from proofs.kernel.algebra import normal
from tests.kernel.comparing import alike, hypotheses
from tests.kernel.refusals import refuses

x, a = real("x a")
k, m, n = natural("k m n")
u, v = vector("u v")
f = function("f", R >> R)
L = function("L", V >> R)
p, q = function("p q", N >> R)

FALSE = x < x


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
        forall(V, lambda s: h(0, s) == L(s))
        & forall(N, V, lambda i, s: h(i + 1, s) == h(i, s) + L(i * s))
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
