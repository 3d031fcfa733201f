"""A loss along a segment on which its curvature is at most p + q t: it lies below a cubic.

A function on [0, 1] whose derivative is at most a + b t + c t^2 grows by at most a + b/2 + c/3, by
the mean value theorem. So does the slope of the loss along the segment, whose derivative is the
curvature; and then the loss.
"""

from functools import cache
from typing import Any

from proofs.axioms import mean_value_theorem
from proofs.background.b09_taylor.hessians import (
    curvature_along, curvature_modulus, gradient_is_modelled, hessian_of_a_multiple,
)  # fmt: skip
from proofs.claims import Witness
from proofs.lemmas.descent_lemma import loss_and_step, smooth_on_segment
from proofs.lemmas.inner_products import cauchy_schwarz, norm_scaling
from proofs.losses.cubics import climbing_cubic
from proofs.prelude import *

f, slope = function("f slope", R >> R)
near = function("near", (R, R) >> R)
a, b, c, t, h, epsilon = real("a b c t h epsilon")
INSIDE = [t >= 0, t <= 1, epsilon > 0]


# ------------------------------------------------------------- a slope that is at most a parabola
def most_steep(t: Term) -> Term:
    """a + b t + c t^2."""
    value: Term = a + b * t + c * t**2
    return value


def lowered(t: Term | int) -> Term:
    """f(t) - a t - b t^2/2 - c t^3/3."""
    value: Term = f(t) - (a * t + b * t**2 / 2 + c * t**3 / 3)
    return value


def steepness(t: Term) -> Term:
    """The derivative of `lowered`."""
    value: Term = slope(t) - most_steep(t)
    return value


def shorter(t: Term, epsilon: Term) -> Term:
    """The modulus of `lowered`."""
    room = minimum(1, epsilon / (abs(b) + 3 * abs(c) + 1))
    return minimum(near(t, epsilon / 2), room)


@cache
def cubic_is_smooth() -> Theorem:
    """The linear model of b t^2/2 + c t^3/3 errs by at most epsilon |h| / 2."""
    bent, size, length = b / 2 + c * t + c * h / 3, (abs(b) + 3 * abs(c)) / 2, abs(h)
    e, r, y = real("e r y")
    below = entails([t >= 0, t <= 1, length <= 1], abs(bent) <= size)
    short = entails([epsilon > 0, length < epsilon / (2 * size + 1)], size * length <= epsilon / 2)
    scaled = entails([abs(e) <= r, r * abs(y) <= epsilon / 2],
                     abs(e * y**2) <= epsilon / 2 * abs(y))  # fmt: skip
    close = [*INSIDE, length <= 1, length < epsilon / (2 * size + 1)]
    known = [below, short, substitute(scaled, {e: bent, r: size, y: h})]
    return entails(close, abs(bent * h**2) <= epsilon / 2 * length, by=known)


@cache
def lowered_is_smooth() -> Theorem:
    """`lowered` has its derivative: half of epsilon |h| is spent on f, half on the cubic."""
    smooth = differentiable_on_unit_interval(f, slope, near)
    bent = (b / 2 + c * t + c * h / 3) * h**2
    of_f = f(t + h) - f(t) - slope(t) * h
    missed = lowered(t + h) - lowered(t) - steepness(t) * h
    both = [abs(bent) <= epsilon / 2 * abs(h), abs(of_f) <= epsilon / 2 * abs(h)]
    summed = entails(both, abs(missed) <= epsilon * abs(h), by=[identical(missed, of_f - bent)])
    positive = entails([epsilon > 0], epsilon / (abs(b) + 3 * abs(c) + 1) > 0)
    everywhere = differentiable_on_unit_interval(
        fun(R, lowered), fun(R, steepness), fun(R, R, shorter)
    )
    known = [instance(smooth, t, epsilon / 2, h), cubic_is_smooth(), summed, positive]
    return for_each(everywhere, t, epsilon, h, given=[smooth], by=known)


@cache
def grows_by_at_most() -> Theorem:
    """f(1) - f(0) <= a + b/2 + c/3: otherwise `lowered` has a positive slope somewhere."""
    smooth = differentiable_on_unit_interval(f, slope, near)
    bound = forall(R, lambda t: implies(t > 0, t < 1, slope(t) <= most_steep(t)))
    rise: Term = lowered(1) - lowered(0)
    somewhere = exists(R, lambda t: (t > 0) & (t < 1) & (rise == steepness(t)))
    axiom = instance(
        mean_value_theorem(), f=fun(R, lowered), d=fun(R, steepness), delta=fun(R, R, shorter)
    )
    found = entails([smooth], somewhere, by=[axiom, lowered_is_smooth()])
    goal, inside = f(1) - f(0) <= a + b / 2 + c / 3, [t > 0, t < 1, rise == steepness(t)]
    return choose(found, entails([bound, *inside], goal, by=[instance(bound, t)]), t)


# ------------------------------------------------------------------------------ along a segment
L, grad, modulus, w0, s = loss_and_step(V)
Hess, mu = function("Hess", (V, V) >> V), function("mu", (V, R) >> R)
hess, local_mu = function("hess", V >> V), function("mu", R >> R)
(theta, u), (p, q, x) = vector("theta u"), real("p q x")


def at(w: Term) -> tuple[Term, Term]:
    """v |-> Hess(w, v), and its modulus epsilon |-> mu(w, epsilon)."""
    return fun(V, lambda v: Hess(w, v)), fun(R, lambda epsilon: mu(w, epsilon))


def turns_on_segment(step: Term) -> Term:
    """Hess is the derivative of grad from w0 to w0 + step."""

    def there(t: Term) -> Term:
        w = w0 + t * step
        return implies(t >= 0, t <= 1, derivative_of_gradient(grad, w, *at(w)))

    return forall(R, there)


def curvature_at_most(step: Term, p: Term, q: Term) -> Term:
    """The curvature from w0 to w0 + step is at most p + q t."""
    return forall(
        R,
        lambda t: implies(t >= 0, t <= 1, inner(step, Hess(w0 + t * step, step)) <= p + q * t),
    )


SLOPE = (
    fun(R, lambda t: inner(s, grad(w0 + t * s))),
    fun(R, lambda t: inner(s, Hess(w0 + t * s, s))),
    fun(R, R, lambda t, epsilon: curvature_modulus(at(w0 + t * s)[1], s)(epsilon)),
)
LOSS = (
    fun(R, lambda t: L(w0 + t * s)),
    SLOPE[0],
    fun(R, R, lambda t, epsilon: modulus(w0 + t * s, epsilon / (norm(s) + 1)) / (norm(s) + 1)),
)


@cache
def slope_is_smooth() -> Theorem:
    """The slope s.grad(w0 + t s) has the derivative s.Hess(w0 + t s, s) on [0, 1]."""
    w = w0 + t * s
    here = {hess: at(w)[0], local_mu: at(w)[1], theta: w, u: s}
    local = instance(substitute(curvature_along(), here), epsilon, h)
    everywhere, there = differentiable_on_unit_interval(*SLOPE), instance(turns_on_segment(s), t)
    return for_each(everywhere, t, epsilon, h, given=[turns_on_segment(s)], by=[local, there])


@cache
def loss_is_smooth() -> Theorem:
    """L(w0 + t s) has the derivative s.grad(w0 + t s) on [0, 1]."""
    smooth, w, longer = differentiable_on_segment(L, grad, modulus, w0, s), w0 + t * s, norm(s) + 1
    there = differentiable(L, w, grad(w), fun(R, lambda epsilon: modulus(w, epsilon)))
    model = instance(there, epsilon=epsilon / longer, s=h * s)
    size, length, reach, missed = real("size length reach missed")
    sizes = [epsilon > 0, size >= 0, length >= 0]
    small = entails([*sizes, missed <= epsilon / (size + 1) * (length * size)],
                    missed <= epsilon * length)  # fmt: skip
    within = entails([*sizes, reach > 0, length < reach / (size + 1)], length * size < reach)
    positive = entails([*sizes, reach > 0], (epsilon / (size + 1) > 0) & (reach / (size + 1) > 0))
    error = L(w + h * s) - L(w) - h * inner(grad(w), s)
    values = {size: norm(s), length: abs(h), missed: abs(error)}
    values |= {reach: modulus(w, epsilon / longer)}
    known = [substitute(fact, values) for fact in (small, within, positive)]
    known += [instance(smooth, t), model, norm_scaling(h, s)]
    everywhere = differentiable_on_unit_interval(*LOSS)
    return for_each(everywhere, t, epsilon, h, given=[smooth], by=known)


def of(growth: Theorem, triple: tuple[Term, Term, Term], *bound: Term | int) -> Theorem:
    """`growth`, which is `grows_by_at_most`, of one of the two."""
    return substitute(growth, dict(zip((f, slope, near, a, b, c), (*triple, *bound), strict=True)))


def slope_grows(growth: Theorem) -> Theorem:
    """s.grad(w0 + s) - s.grad(w0) <= p + q/2."""
    curved, grown = curvature_at_most(s, p, q), of(growth, SLOPE, p, q, 0)
    below = forall(R, lambda t: implies(t > 0, t < 1, SLOPE[1](t) <= p + q * t))
    bound = for_each(below, t, given=[curved], by=[instance(curved, t)])
    return entails([turns_on_segment(s), curved], grown.goal, by=[grown, slope_is_smooth(), bound])


def slope_grows_on_the_way(growth: Theorem) -> Theorem:
    """s.grad(w0 + x s) - s.grad(w0) <= p x + q x^2/2 for 0 < x < 1: at the step x s, along which
    the curvature is x^2 times that along s.
    """
    curved, way = curvature_at_most(s, p, q), [x > 0, x < 1, t >= 0, t <= 1]
    within = entails(way, (x * t >= 0) & (x * t <= 1))
    known = [within, instance(turns_on_segment(s), x * t)]
    bent = for_each(turns_on_segment(x * s), t, given=[turns_on_segment(s), *way[:2]], by=known)
    there, _ = at(w0 + t * (x * s))
    scaled = substitute(hessian_of_a_multiple(), {hess: there, u: s, h: x})
    linear_there = entails([turns_on_segment(s), *way], linear(there), by=known)
    less = entails([*way, a <= p + q * (x * t)], x**2 * a <= x**2 * p + x**3 * q * t)
    curvature = inner(s, Hess(w0 + t * (x * s), s))
    known = [scaled, linear_there, substitute(less, {a: curvature}), within]
    flat = curvature_at_most(x * s, x**2 * p, x**3 * q)
    turned = for_each(flat, t, given=[turns_on_segment(s), curved, *way[:2]],
                      by=[*known, instance(curved, x * t)])  # fmt: skip
    grown = substitute(slope_grows(growth), {s: x * s, p: x**2 * p, q: x**3 * q})
    goal = inner(s, grad(w0 + x * s)) - inner(s, grad(w0)) <= p * x + q * x**2 / 2
    divided = entails([x > 0, x * a <= x**2 * p + x**3 * q / 2], a <= p * x + q * x**2 / 2)
    rise = inner(s, grad(w0 + x * s)) - inner(s, grad(w0))
    known = [grown, bent, turned, substitute(divided, {a: rise})]
    return entails([turns_on_segment(s), curved, x > 0, x < 1], goal, by=known)


def loss_grows(growth: Theorem) -> Theorem:
    """L(w0 + s) - L(w0) - s.grad(w0) <= p/2 + q/6."""
    smooth = differentiable_on_segment(L, grad, modulus, w0, s)
    first, given = inner(s, grad(w0)), [turns_on_segment(s), curvature_at_most(s, p, q)]
    grown = of(growth, LOSS, first, p, q / 2)
    below = forall(R, lambda t: implies(t > 0, t < 1, LOSS[1](t) <= first + p * t + q / 2 * t**2))
    bound = for_each(below, x, given=given, by=[slope_grows_on_the_way(growth)])
    goal = L(w0 + s) - L(w0) - first <= p / 2 + q / 6
    return entails([smooth, *given], goal, by=[grown, loss_is_smooth(), bound])


# --------------------------------------------------------------------------- against the gradient
(rho, alpha), g = real("rho alpha"), grad(w0)


def falls_along_the_ray(growth: Theorem, bent: Term, curved: Term) -> Theorem:
    """L(w0 - alpha g) - L(w0) <= -alpha |g|^2 (1 - c alpha / 2 - rho |g| alpha^2 / 6), by
    `grows_by_at_most`, from alpha > 0, L being differentiable on the way, and two formulas, which
    speak of 0 <= t <= alpha.

    `bent` says that Hess is the derivative of grad at w0 - t g, and `curved` that g.Hess(w0 - t g)
    g <= (c + rho t |g|) |g|^2.
    """
    step, rest = -alpha * g, [alpha > 0, t >= 0, t <= 1]
    smooth = differentiable_on_segment(L, grad, modulus, w0, step)
    within = entails(rest, (alpha * t >= 0) & (alpha * t <= alpha))
    known = [within, instance(bent, alpha * t)]
    turns = for_each(turns_on_segment(step), t, given=[bent, alpha > 0], by=known)
    there, _ = at(w0 + t * step)
    scaled = substitute(hessian_of_a_multiple(), {hess: there, u: g, h: -alpha})
    linear_there = entails([bent, *rest], linear(there), by=known)
    y, size = real("y size")
    most = alpha**2 * c * size**2 + alpha**3 * rho * size**3 * t
    less = entails([y <= (c + rho * (alpha * t) * size) * size**2], alpha**2 * y <= most)
    along = substitute(less, {y: inner(g, Hess(w0 + t * step, g)), size: norm(g)})
    values = {s: step, p: alpha**2 * c * norm(g) ** 2, q: alpha**3 * rho * norm(g) ** 3}
    flat = curvature_at_most(step, values[p], values[q])
    known = [within, instance(curved, alpha * t), scaled, linear_there, along]
    stays_below = for_each(flat, t, given=[bent, curved, alpha > 0], by=known)
    bracket = 1 - c * alpha / 2 - rho * norm(g) * alpha**2 / 6
    falls = L(w0 + step) - L(w0) <= -alpha * norm(g) ** 2 * bracket
    grown = substitute(loss_grows(growth), values)
    return entails([smooth, bent, curved, alpha > 0], falls, by=[grown, turns, stays_below])


# ------------------------------------------------------------- a loss whose curvature grows just so
def cubic_hessian(along: Term, curvature: Any, growth: Any) -> tuple[Term, Term]:
    """The derivative of the gradient of `climbing_cubic`, and its modulus."""
    bent = lambda w, v: (curvature + growth * inner(along, w)) * inner(along, v) * along
    return fun(V, V, bent), fun(V, R, lambda w, epsilon: 2 * epsilon / growth)


@cache
def cubic_bends() -> Theorem:
    """The gradient of climbing_cubic(u, c, rho) has this derivative at each w: the linear model
    errs by rho (u.s)^2 / 2.
    """
    w, given, (bent, near_w) = vector("w"), [norm(u) == 1, rho > 0], cubic_hessian(u, c, rho)
    there = (fun(V, lambda v: bent(w, v)), fun(R, lambda epsilon: near_w(w, epsilon)))
    slope_there = climbing_cubic(u, c, rho).gradient
    straight = for_each(linear(there[0]), theta, t, s)
    modelled = gradient_is_modelled(slope_there, w, *there)
    small = for_each(modelled, epsilon, s, given=given, by=[cauchy_schwarz(u, s)])
    goal = derivative_of_gradient(slope_there, w, *there)
    return generalize(entails(given, goal, by=[straight, small]), w)


def on_a_cubic(rate: Any, start: Term = zero, growth: int = 9) -> Witness:
    """-x + x^2/2 + growth x^3/6 from `start`, where x = e1.w, with c = 1, rho = growth, and what
    holds on the way.
    """
    cubic, (bent, near_w) = climbing_cubic(e1, 1, growth), cubic_hessian(e1, 1, growth)
    at_start = cubic.at(start, loss=L, gradient=grad, modulus=modulus, point=w0)
    at_start |= {Hess: bent, mu: near_w, c: 1, rho: growth, alpha: rate}
    everywhere = substitute(cubic_bends(), {u: e1, c: 1, rho: growth})
    there = instance(everywhere, w=start - t * cubic.gradient(start))
    bends_there = generalize(entails([t >= 0, t <= rate], there.goal, by=[there]), t)
    smooth = substitute(smooth_on_segment(L, grad, modulus, w0, -alpha * g), at_start)
    return at_start | Witness({}, [smooth, bends_there])
