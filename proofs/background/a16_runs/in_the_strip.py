"""A loss on the plane with two minima, and a whole strip of starts from which descent never leaves
the higher one.

    L(w) = x^4/4 + x^3/3 - x^2 + y^2/2,  where x = u.w and y = v.w for orthonormal u and v

has its minimum -8/3 at -2u, a saddle at 0 and a local minimum -5/12 at u. With alpha = 1/4 a step
from 0 < x <= 1 leads to x + x (1 - x) (x + 2)/4, which is again in (0, 1], and to 3y/4.
"""

from proofs.claims import Witness
from proofs.lemmas.descents import Run, descent, stays_above
from proofs.losses.wells import DOUBLE_WELL, well
from proofs.prelude import *

u, v, w, after = vector("u v w after")
W = function("W", N >> V)
k, n = natural("k n")

L, grad = well(u, v).value, well(u, v).gradient
ALPHA, LOCAL_MINIMUM, MINIMUM = Fraction(1, 4), Fraction(-5, 12), Fraction(-8, 3)


def in_strip(u: Term, w: Term) -> Term:
    """0 < x <= 1, at any y."""
    return all_of(inner(u, w) > 0, inner(u, w) <= 1)


STEPS = gradient_descent(W, grad, ALPHA)
RUN = [orthonormal(u, v), in_strip(u, W(0)), STEPS]


def component_after_step(a: Term) -> Theorem:
    """Where two points are equal, so are their components along `a`."""
    there: Term = w - ALPHA * grad(w)
    return replaced(lambda b: inner(a, b) == inner(a, there), there, after)


def in_coordinates() -> Theorem:
    """A step leads to 0 < x + x (1 - x) (x + 2)/4 <= 1 and to 3y/4, and x^4/4 + x^3/3 - x^2 + y^2/2
    falls, unless x = 1 and y = 0.
    """
    (x, y), (next_x, next_y), d = real("x y"), real("next_x next_y"), real("d")
    along = fun(R, lambda x: x**4 / 4 + x**3 / 3 - x**2)
    start, longer = [x > 0, x <= 1], x * (1 - x) * (x + 2) / 4
    inside = entails(start, (longer >= 0) & (x + longer > 0) & (x + longer <= 1))
    stays = entails([x > 0, longer == 0], x == 1)
    falls = entails([*start, d > 0, x + d <= 1, d == longer], along(x + d) < along(x))
    moved = [next_x == x + longer, next_y == 3 * y / 4]
    lower = along(next_x) + next_y**2 / 2 < along(x) + y**2 / 2
    known = [inside, stays, substitute(falls, {d: longer})]
    goal = (next_x > 0) & (next_x <= 1) & (((x == 1) & (y == 0)) | lower)
    return entails([*start, *moved], goal, by=known)


def one_step() -> Theorem:
    """A step from the strip leads into the strip, and lowers L unless the gradient is zero."""
    given = [orthonormal(u, v), in_strip(u, w), after == w - ALPHA * grad(w)]
    falls = (norm(grad(w)) == 0) | (L(after) < L(w))
    names = real("x y next_x next_y")
    places = inner(u, w), inner(v, w), inner(u, after), inner(v, after)
    rule = substitute(in_coordinates(), dict(zip(names, places, strict=True)))
    components = [component_after_step(u), component_after_step(v)]
    moved = [entails(given, equation, by=components) for equation in rule.hypotheses[2:]]
    flat = entails([inner(u, w) == 1, inner(v, w) == 0], norm(grad(w)) == 0)
    step = entails(given, in_strip(u, after) & falls, by=[rule, *moved, flat])
    return substitute(step, {w: W(k), after: W(k + 1)})


def stays_in_strip() -> Theorem:
    """Every point of a run that starts in the strip is in the strip: by induction on k."""
    step = entails(
        [*RUN, in_strip(u, W(k))], in_strip(u, W(k + 1)), by=[one_step(), instance(STEPS, k)]
    )
    return by_induction(lambda k: in_strip(u, W(k)), entails(RUN, in_strip(u, W(0))), step, k)


def never_below_the_local_minimum() -> Theorem:
    """In the strip x^4/4 + x^3/3 - x^2 falls from 0 to -5/12, so L >= -5/12 all along the run."""
    inside = instance(stays_in_strip(), k)
    return generalize(entails(RUN, in_strip(u, W(k)) & (L(W(k)) >= LOCAL_MINIMUM), by=[inside]), k)


def least_at_minus_two() -> Theorem:
    """L + 8/3 = (x + 2)^2 (3x^2 - 8x + 8)/12 + y^2/2 >= 0, and it is 0 at -2u."""
    given = [orthonormal(u, v)]
    least = for_each(minimizer(L, -2 * u), w, given=given)
    return entails(given, minimizer(L, -2 * u) & (L(-2 * u) == MINIMUM), by=[least])


def strip_facts() -> list[Theorem]:
    """The strip keeps every run that starts in it, at L >= -5/12; the minimum -8/3 is elsewhere."""
    return [never_below_the_local_minimum(), least_at_minus_two()]


def every_step_lowers_the_loss() -> Theorem:
    """Each step of such a run starts in the strip, and so lowers L."""
    step = [instance(stays_in_strip(), k), one_step(), instance(STEPS, k)]
    return for_each(lowers_every_step(W, L, grad), k, given=RUN, by=step)


def does_not_approach_the_minimum() -> Theorem:
    """Such a run stays 9/4 above the minimum."""
    low = instance(never_below_the_local_minimum(), n)
    high = entails(RUN, L(W(n)) > L(-2 * u) + 1, by=[low])
    return stays_above(W, L, lambda n: -2 * u, high)


def caught_in_strip(alpha: Term, points: Term, **loss: Term) -> Run:
    """The run from (1/2, 0) in the plane of e1 and e2."""
    start, at_start = e1 / 2, W(0) == e1 / 2
    inside = replaced(lambda w: in_strip(e1, w), start, W(0))
    begins = entails([at_start], in_strip(e1, W(0)), by=[inside])
    caught = [begins, every_step_lowers_the_loss(), does_not_approach_the_minimum()]
    facts = [substitute(fact, {u: e1, v: e2, W: points}) for fact in caught]
    at = DOUBLE_WELL.at(start, **loss) | Witness({alpha: ALPHA}, facts)
    return at, points, descent(start, DOUBLE_WELL.gradient, ALPHA)
