"""Quadratic losses: on V in the coordinates x = e1.w and y = e2.w, or of |w|; on the real line.

One on the real line is quadratic in pieces: its second derivative is 2 up to |w| = 1, then 3/2.
"""

from collections.abc import Callable
from functools import cache

from proofs.lemmas.inner_products import cauchy_schwarz, norm_scaling
from proofs.prelude import *
from proofs.witnesses import ParticularLoss, particular

# x^2
SQUARE = particular(
    V,
    lambda w: inner(e1, w) ** 2,
    gradient=lambda w: 2 * inner(e1, w) * e1,
    curvature=lambda w: 1,
    smooth_by=lambda w, s: [cauchy_schwarz(e1, s)],
    least_at=zero,
    convex_by=lambda v, w, t: [],
)
# x^2 + 1
RAISED_SQUARE = particular(
    V,
    lambda w: inner(e1, w) ** 2 + 1,
    gradient=lambda w: 2 * inner(e1, w) * e1,
    curvature=lambda w: 1,
    smooth_by=lambda w, s: [cauchy_schwarz(e1, s)],
    least_at=zero,
)
# -x^2
HILL = particular(
    V,
    lambda w: -(inner(e1, w) ** 2),
    gradient=lambda w: -2 * inner(e1, w) * e1,
    curvature=lambda w: 1,
    smooth_by=lambda w, s: [cauchy_schwarz(e1, s)],
)
# y - x^2
RISING_RIDGE = particular(
    V,
    lambda w: inner(e2, w) - inner(e1, w) ** 2,
    gradient=lambda w: e2 - 2 * inner(e1, w) * e1,
    curvature=lambda w: 1,
    smooth_by=lambda w, s: [cauchy_schwarz(e1, s)],
)
# x - x^2
CAP = particular(
    V,
    lambda w: inner(e1, w) - inner(e1, w) ** 2,
    gradient=lambda w: (1 - 2 * inner(e1, w)) * e1,
    curvature=lambda w: 1,
    smooth_by=lambda w, s: [cauchy_schwarz(e1, s)],
)
# -|w|^2
DOME = particular(
    V,
    lambda w: -inner(w, w),
    gradient=lambda w: -2 * w,
    curvature=lambda w: 1,
)
# (x^2 + 7 y^2)/2
ELLIPSES = particular(
    V,
    lambda w: (inner(e1, w) ** 2 + 7 * inner(e2, w) ** 2) / 2,
    gradient=lambda w: inner(e1, w) * e1 + 7 * inner(e2, w) * e2,
    curvature=lambda w: 4,
    smooth_by=lambda w, s: [cauchy_schwarz(e1, s), cauchy_schwarz(e2, s)],
    convex_by=lambda v, w, t: [],
    least_at=zero,
)
# (x + y)^2/2
DIAGONAL = particular(
    V,
    lambda w: inner(e1 + e2, w) ** 2 / 2,
    gradient=lambda w: inner(e1 + e2, w) * (e1 + e2),
    curvature=lambda w: 1,
    smooth_by=lambda w, s: [cauchy_schwarz(e1 + e2, s)],
)


c = real("c")
SYMBOLIC_BOWL = particular(
    V,
    lambda w: c * inner(w, w) / 2,
    gradient=lambda w: c * w,
    curvature=lambda w: c,
    given=[c > 0],
    lipschitz=c,
    least_at=zero,
    steady_by=lambda v, w: [norm_scaling(c, v - w)],
    convex_by=lambda v, w, t: [square_nonnegative(w - v)],
)
SYMBOLIC_PARABOLA = particular(
    R,
    lambda w: c * w**2,
    gradient=lambda w: 2 * c * w,
    curvature=lambda w: c,
    given=[c > 0],
    lipschitz=2 * c,
    least_at=0,
    convex_by=lambda v, w, t: [],
)


def bowl(curvature: Term | int | Fraction) -> ParticularLoss:
    """curvature |w|^2 / 2 on V; its facts hold for curvature > 0."""
    return SYMBOLIC_BOWL.where({c: curvature})


def parabola(coefficient: Term | int | Fraction) -> ParticularLoss:
    """coefficient w^2 on the real line; its facts hold for coefficient > 0."""
    return SYMBOLIC_PARABOLA.where({c: coefficient})


u, (mu, lipschitz) = vector("u"), real("mu lipschitz")
curvatures = [norm(u) == 1, mu > 0, mu <= lipschitz]


def valley_is_steady(v: Term, w: Term) -> list[Theorem]:
    """|turn|^2 = mu^2 |d|^2 + (lipschitz^2 - mu^2) (u.d)^2 <= lipschitz^2 |d|^2, for d = v - w."""
    d, (size, along) = v - w, real("size along")
    turn = mu * v + (lipschitz - mu) * inner(u, v) * u - mu * w - (lipschitz - mu) * inner(u, w) * u
    small = entails(
        [mu > 0, mu <= lipschitz, along <= size],
        mu**2 * size + (lipschitz**2 - mu**2) * along <= lipschitz**2 * size,
    )
    short = entails(curvatures, inner(u, d) ** 2 <= inner(d, d), by=[cauchy_schwarz(u, d)])
    known = [short, substitute(small, {along: inner(u, d) ** 2, size: inner(d, d)})]
    square = inner(turn, turn) <= lipschitz**2 * inner(d, d)
    return [entails(curvatures, square, by=known)]


SYMBOLIC_VALLEY = particular(
    V,
    lambda w: mu * inner(w, w) / 2 + (lipschitz - mu) * inner(u, w) ** 2 / 2,
    gradient=lambda w: mu * w + (lipschitz - mu) * inner(u, w) * u,
    curvature=lambda w: lipschitz,
    given=curvatures,
    lipschitz=lipschitz,
    least_at=zero,
    smooth_by=lambda w, s: [cauchy_schwarz(u, s)],
    steady_by=valley_is_steady,
)


def valley(across: Term, flat: Term | int | Fraction, steep: Term | int) -> ParticularLoss:
    """(flat |w|^2 + (steep - flat) (across.w)^2)/2 on V: its second derivative is `steep` along the
    unit vector `across`, and otherwise `flat`; its facts hold for 0 < flat <= steep.
    """
    return SYMBOLIC_VALLEY.where({u: across, mu: flat, lipschitz: steep})


def eased(w: Term) -> Term:
    """w^2 - max(|w| - 1, 0)^2/4."""
    value: Term = w**2 - maximum(abs(w) - 1, 0) ** 2 / 4
    return value


def eased_slope(w: Term) -> Term:
    """2w, from which (|w| - 1)/2 is taken, with the sign of w, where |w| > 1."""
    slope: Term = 2 * w - (maximum(w - 1, 0) + minimum(w + 1, 0)) / 2
    return slope


def eased_misses(w: Term, s: Term) -> Term:
    """What the linear model of the eased parabola at w misses at w + s."""
    missed: Term = eased(w + s) - eased(w) - eased_slope(w) * s
    return missed


@cache
def eased_misses_little() -> Theorem:
    """The linear model misses between 0 and s^2: s^2, less a quarter of what the linear models of
    the two squares miss that are taken from w^2, which is between 0 and s^2 too.
    """
    w, s, y, z, missed = real("w s y z missed")
    parts = fun(R, lambda w: maximum(w - 1, 0)), fun(R, lambda w: minimum(w + 1, 0))
    apart = entails([], maximum(abs(w) - 1, 0) ** 2 == sum(part(w) ** 2 for part in parts))
    errors = [part(w + s) ** 2 - part(w) ** 2 - 2 * part(w) * s for part in parts]
    small = [entails([], (error >= 0) & (error <= s**2)) for error in errors]
    both = [apart, substitute(apart, {w: w + s})]
    total = entails([], eased_misses(w, s) == s**2 - sum(errors) / 4, by=both)
    between: Callable[[Term], Term] = lambda value: (value >= 0) & (value <= s**2)
    rest = entails([between(y), between(z), missed == s**2 - (y + z) / 4], between(missed))
    here = substitute(rest, {**dict(zip((y, z), errors, strict=True)), missed: eased_misses(w, s)})
    return entails([], between(eased_misses(w, s)), by=[total, *small, here])


def eased_model_error(at: Term, step: Term) -> Theorem:
    """The linear model of the eased parabola misses at least 0 and at most the squared step."""
    return substitute(eased_misses_little(), dict(zip(real("w s"), (at, step), strict=True)))


def eased_within(at: Term, step: Term, shorter: Theorem) -> list[Theorem]:
    """What the linear model misses is at most |s|^2, by `shorter`: step^2 <= |s|^2."""
    missed, square, size = real("missed square size")
    given = [missed >= 0, missed <= square, square <= size]
    lengths = dict(zip((square, size), shorter.goal.args, strict=True))
    within = entails(given, abs(missed) <= size)
    here = substitute(within, {missed: eased_misses(at, step), **lengths})
    return [eased_model_error(at, step), shorter, here]


def eased_below_its_chords(v: Term, w: Term, t: Term) -> list[Theorem]:
    """{0 <= t <= 1} |- eased(v + t (w - v)) <= eased(v) + t (eased(w) - eased(v)).

    Both ends lie above the linear model there.
    """
    x, y, above_x, above_y, there, slope = real("x y above_x above_y there slope")
    between: Callable[[Term, Term], Term] = lambda x, y: x + t * (y - x)
    above = eased(x) >= eased(y) + eased_slope(y) * (x - y)
    tangent = entails([], above, by=[eased_model_error(y, x - y)])
    models = [a >= there + slope * (p - between(x, y)) for a, p in ((above_x, x), (above_y, y))]
    chord = entails([t >= 0, t <= 1, *models], there <= above_x + t * (above_y - above_x))
    middle = between(v, w)
    values = {above_x: eased(v), above_y: eased(w), there: eased(middle)}
    at_middle = substitute(chord, {x: v, y: w, **values, slope: eased_slope(middle)})
    return [*(substitute(tangent, {x: end, y: middle}) for end in (v, w)), at_middle]


EASED_PARABOLA = particular(
    R,
    eased,
    gradient=eased_slope,
    curvature=lambda w: 1,
    lipschitz=2,
    least_at=0,
    smooth_by=lambda w, s: eased_within(w, s, entails([], s**2 <= norm(s) ** 2)),
    convex_by=eased_below_its_chords,
)


# the same along e1: x^2 - max(|x| - 1, 0)^2/4
EASED_VALLEY = particular(
    V,
    lambda w: eased(inner(e1, w)),
    gradient=lambda w: eased_slope(inner(e1, w)) * e1,
    curvature=lambda w: 1,
    least_at=zero,
    smooth_by=lambda w, s: eased_within(
        inner(e1, w),
        inner(e1, s),
        entails([], inner(e1, s) ** 2 <= norm(s) ** 2, by=[cauchy_schwarz(e1, s)]),
    ),
    convex_by=lambda v, w, t: eased_below_its_chords(inner(e1, v), inner(e1, w), t),
)
