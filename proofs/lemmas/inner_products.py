"""Inner products: lengths of multiples, and Cauchy-Schwarz with its case of equality."""

from proofs.kernel import Term, Theorem, entails, inner, norm, square_nonnegative, substitute, vector, zero

u, v = vector("u v")


def norm_scaling(factor: Term | int, w: Term) -> Theorem:
    """|c w| = |c| |w|."""
    return entails([], norm(factor * w) == norm(factor) * norm(w))


def cauchy_schwarz(a: Term, b: Term) -> Theorem:
    """-|a| |b| <= a.b <= |a| |b|.

    For b != 0, expand 0 <= | |b|^2 a - (a.b) b |^2. That leaves b = 0, where 0 <= |a + t b|^2 = |a|^2 + 2 t a.b for
    every t: at t = -(|a|^2 + 1) / (2 a.b) it would be -1, so a.b = 0. (Rudin, Principles of Mathematical Analysis 1.35)
    """
    square = inner(u, v) ** 2 <= inner(u, u) * inner(v, v)
    off = square_nonnegative(inner(v, v) * u - inner(u, v) * v)
    t = -(inner(u, u) + 1) / (2 * inner(u, v))
    degenerate = entails([inner(v, v) == 0], inner(u, v) == 0, by=[square_nonnegative(u + t * v)])
    regular = entails([inner(v, v) > 0], square, by=[off])
    squared = entails([], square, by=[degenerate, regular])
    bound = entails([], abs(inner(u, v)) <= norm(u) * norm(v), by=[squared])
    both = entails([], (inner(u, v) <= norm(u) * norm(v)) & (inner(u, v) >= -norm(u) * norm(v)), by=[bound])
    return substitute(both, {u: a, v: b})


def cauchy_schwarz_equality(a: Term, b: Term) -> Theorem:
    """|a.b| = |a| |b| exactly where a and b are collinear: |b|^2 a = (a.b) b."""
    collinear = inner(v, v) * u - inner(u, v) * v == zero
    equal = abs(inner(u, v)) == norm(u) * norm(v)
    return substitute(entails([], (equal & collinear) | (~equal & ~collinear), by=[cauchy_schwarz(u, v)]), {u: a, v: b})
