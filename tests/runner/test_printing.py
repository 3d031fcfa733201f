"""Statements in LaTeX, by kind of term, and where they may be broken."""

from __future__ import annotations

from typing import Any

import pytest

from proofs.kernel import Term
from proofs.prelude import (
    Fraction, N, R, V, convex, differentiable, differentiable_everywhere, e1, exists, forall, fun,
    function, iff, implies, inner, maximum, minimum, norm, real, sqrt, sums, taylor_powers, vector,
    zero,
)  # fmt: skip
from proofs.runner.printing import (
    CLOSES, MEANS, OPENS, Notion, latex, marked_latex, pieces, unmarked, variables,
)  # fmt: skip

L, delta, f = function("L", V >> R), function("delta", R >> R), function("f", (N, R) >> R)
u, v, w0, w_star = vector("u v w0 w_star")
x, y, alpha, lipschitz, eta_star, t_other = real("x y alpha lipschitz eta_star t_other")

WRITTEN = [
    (x, "x"),
    (alpha, r"\alpha"),
    (w0, "w_{0}"),
    (w_star, r"w^{\star}"),
    (eta_star**2, r"{\eta^{\star}}^{2}"),
    (t_other, r"t_{\mathrm{other}}"),
    (lipschitz, r"\mathrm{lipschitz}"),
    (e1, "e_{1}"),
    (zero, "0"),
    (x + Fraction(1, 2), r"x + \frac{1}{2}"),
    (x - Fraction(3, 2), r"x - \frac{3}{2}"),
    (-x + y, "-x + y"),
    (x * (y + 1), r"x \, (y + 1)"),
    ((x + 1) ** 2, "(x + 1)^{2}"),
    (x / (y + 1), r"\frac{x}{y + 1}"),
    (x / 2, r"\frac{x}{2}"),
    (alpha * u, r"\alpha \, u"),
    (inner(u, v + w0), r"\langle u,v + w_{0} \rangle"),
    (norm(u) ** 2, r"\lVert u \rVert^{2}"),
    (abs(x), r"\lvert x \rvert"),
    (sqrt(x + 1), r"\sqrt{x + 1}"),
    (maximum(x, minimum(y, 0)), r"\max(x,\min(y,0))"),
    (L(w0 - alpha * u), r"L(w_{0} - \alpha \, u)"),
    (fun(V, lambda w: inner(w, w)), r"w \mapsto \langle w,w \rangle"),
    (x < y, "x < y"),
    (x <= y, r"x \le y"),
    (x >= y, r"x \ge y"),
    (x != y, r"x \ne y"),
    (u == v, "u = v"),
    ((x > 0) & (x < y), "0 < x < y"),
    ((x > 0) | (y > 0), r"x > 0 \text{ or } y > 0"),
    (~(x > 0), r"\lnot x > 0"),
    (implies(x > 0, y > 0), r"x > 0 \implies y > 0"),
    (iff(x > 0, y > 0), r"(x > 0 \implies y > 0) \text{ and } (y > 0 \implies x > 0)"),
    (forall(R, lambda x: x**2 >= 0), r"\forall x\colon\; x^{2} \ge 0"),
    (
        forall(R, N, lambda x, n: implies(x > 0, f(n, x) > 0)),
        r"\forall x \in \mathbb{R}, n \in \mathbb{N} \text{ with } x > 0\colon\; f(n,x) > 0",
    ),
    (exists(R, lambda x: (x > 0) & (x < y)), r"\exists x > 0\colon\; x < y"),
    (exists(V, lambda w: L(w) > 0), r"\exists w \in V\colon\; L(w) > 0"),
    (convex(L), r"L\text{ is convex}"),
    (
        differentiable(L, at=w0, gradient=u, modulus=delta),
        r"L\text{ is differentiable at }w_{0}\text{ with gradient }u\text{ and modulus }\delta",
    ),
    (
        taylor_powers(f),
        r"f\text{(k, x) is x\textasciicircum{}k/k!}",
    ),
    (
        forall(R, lambda x: forall(R, lambda y: x < y)),
        r"\forall x, y\colon\; x < y",
    ),
]


@pytest.mark.parametrize(("statement", "expected"), WRITTEN, ids=lambda case: str(case)[:50])
def test_kinds_of_term(statement: Any, expected: str) -> None:
    assert latex(statement) == expected


def test_a_notion_unfolds() -> None:
    written = latex(convex(L), unfold=True)
    assert written.startswith(r"\forall v, w \in V, t \in \mathbb{R} \text{ with } 0 \le t \le 1")


def test_notions_are_marked_with_their_numbers() -> None:
    notions: list[Notion] = []
    smooth = differentiable_everywhere(L, function("g", V >> V), function("m", (V, R) >> R))
    written = marked_latex(implies(convex(L), smooth), notions)
    assert unmarked(written) == latex(implies(convex(L), smooth))
    assert [reads for reads, _, _ in notions] == [
        "{loss} is convex",
        "{loss} is differentiable at {at} with gradient {gradient} and modulus {modulus}",
        "{loss} has the gradient {gradient} everywhere, with modulus {modulus}",
    ]
    assert written.startswith(f"{OPENS}0{MEANS}L\\text{{ is convex}}{CLOSES} \\implies {OPENS}2")
    assert f"{OPENS}1{MEANS}" in notions[2][2]
    assert marked_latex(convex(L), notions) == f"{OPENS}0{MEANS}L\\text{{ is convex}}{CLOSES}"
    assert len(notions) == 3


def test_variables_have_their_sorts() -> None:
    total = function("total", (N, N >> R) >> R)
    written = variables([L, w0, u, alpha, total], in_latex=True)
    assert written == (
        r"L: V \to \mathbb{R}, w_{0}, u \in V, \alpha \in \mathbb{R}, "
        r"\mathrm{total}: \mathbb{N} \times (\mathbb{N} \to \mathbb{R}) \to \mathbb{R}"
    )
    assert latex(sums(total)) == r"\mathrm{total}\text{ sums up sequences}"


@pytest.mark.parametrize("statement", [case[0] for case in WRITTEN], ids=lambda s: str(s)[:50])
def test_the_pieces_are_the_whole(statement: Term) -> None:
    written = latex(statement)
    assert "".join(pieces(written)) == written
    assert all(piece.count("{") == piece.count("}") for piece in pieces(written))


def test_no_piece_ends_inside_a_fraction() -> None:
    written = latex((x + y) / (x + 1) + 1 <= y)
    assert list(pieces(written)) == [r"\frac{x + y}{x + 1} + ", r"1 \le ", "y"]


def test_a_bound_name_that_is_taken_gets_a_prime() -> None:
    """By a free symbol, or by a variable that is bound further out in the same run."""
    assert str(forall(R, lambda x: x < real("y"))) == "for all x: x < y"
    assert str(forall(R, lambda y: y < real("y"))) == "for all y': y' < y"
    alike = forall(R, lambda x: forall(R, (lambda t: lambda x: t < x)(x)))
    assert str(alike) == "for all x, x': x < x'"
    both = exists(R, lambda y: exists(R, (lambda t: lambda y: t < y + real("y"))(y)))
    assert str(both) == "there is y', y'' such that y' < y'' + y"
