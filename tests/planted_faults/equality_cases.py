"""Cases of equality that are too narrow."""

from proofs.kernel import (
    Term, e1, e2, iff, inner, maximum, norm, real, square_nonnegative, zero,
)  # fmt: skip
from proofs.lemmas.inner_products import cauchy_schwarz, cauchy_schwarz_equality
from tests.planted_faults.fault import Fault, Reasons, Values, alpha, says, square, u, v

x, y, h = real("x y h")
lengths = norm(u) * norm(v)


def narrow(equality: Term, case: Term, all_cases: Term, at: Values, by: Reasons = list) -> Fault:
    """The equality holds in `all_cases`, not in this `case` alone."""
    name = f"{equality} only where {case}"
    return Fault(
        name=name, claim=says(iff(equality, case)), twin=says(iff(equality, all_cases)),
        by=by, at=at,
    )  # fmt: skip


FAULTS = [
    narrow(abs(inner(u, v)) == lengths, u == v, square(v) * u == inner(u, v) * v,
           at={u: e1, v: 2 * e1}, by=lambda: [cauchy_schwarz_equality(u, v)]),
    narrow(inner(u, v) == lengths, (norm(u) * v == norm(v) * u) & (u != zero),
           norm(u) * v == norm(v) * u, at={u: zero, v: e1},
           by=lambda: [square_nonnegative(norm(u) * v - norm(v) * u), cauchy_schwarz(u, v)]),
    narrow(norm(u + v) == norm(u) + norm(v), u == v, inner(u, v) == lengths,
           at={u: e1, v: 2 * e1}),
    narrow(norm(u + v) ** 2 == square(u) + square(v), (u == zero) | (v == zero), inner(u, v) == 0,
           at={u: e1, v: e2}),
    narrow(x**2 == x, x == 1, (x == 0) | (x == 1), at={x: 0}),
    narrow(x * y == 0, x == 0, (x == 0) | (y == 0), at={x: 1, y: 0}),
    narrow(maximum(x, y) == x, x > y, x >= y, at={x: 1, y: 1}),
    narrow((1 - alpha * h) ** 2 == 1, alpha * h == 0, (alpha * h == 0) | (alpha * h == 2),
           at={alpha: 2, h: 1}),
]  # fmt: skip
