"""An implication that is read backwards."""

from proofs.kernel import Term, e1, e2, inner, norm, real, square_nonnegative, zero
from proofs.lemmas.inner_products import cauchy_schwarz
from tests.planted_faults.fault import Fault, Reasons, Values, says, u, v

a, b, x, y = real("a b x y")


def converse(name: str, premise: Term, conclusion: Term, at: Values, inhabited: Values,
             by: Reasons = list, **given: Term) -> Fault:  # fmt: skip
    """The conclusion follows from the premise, not the premise from the conclusion."""
    return Fault(
        name=name,
        claim=says(premise, {**given, "the conclusion": conclusion}),
        twin=says(conclusion, {**given, "the premise": premise}),
        by=by,
        at=at,
        inhabited=inhabited,
    )


FAULTS = [
    converse("x > 1 if x^2 > 1", x > 1, x**2 > 1, at={x: -2}, inhabited={x: 2}),
    converse("x, y > 0 if x y > 0", (x > 0) & (y > 0), x * y > 0,
             at={x: -1, y: -1}, inhabited={x: 1, y: 1}),
    converse("a < x and b < y if a + b < x + y", (a < x) & (b < y), a + b < x + y,
             at={a: 1, x: 0, b: 0, y: 2}, inhabited={a: 0, x: 1, b: 0, y: 1}),
    converse("u = v if |u| = |v|", u == v, norm(u) == norm(v),
             at={u: e1, v: e2}, inhabited={u: e1, v: e1}, by=lambda: [cauchy_schwarz(u, v)]),
    converse("u = -v if u.v < 0", u == -v, inner(u, v) < 0,
             at={u: e1, v: -2 * e1}, inhabited={u: e1, v: -e1},
             by=lambda: [square_nonnegative(v)], **{"v is not zero": v != zero}),
    converse("u is zero if u.v = 0", u == zero, inner(u, v) == 0,
             at={u: e1, v: e2}, inhabited={u: zero, v: e2}, by=lambda: [cauchy_schwarz(u, v)]),
    converse("v is zero if |u + v| <= |u| + |v|", v == zero, norm(u + v) <= norm(u) + norm(v),
             at={u: zero, v: e1}, inhabited={u: e1, v: zero}, by=lambda: [cauchy_schwarz(u, v)]),
]  # fmt: skip
