"""The notions of analysis that the articles use, as formulas.

A loss L is a function on a real inner-product space V; each notion also makes sense on the real
line, where the inner product is the product and |s| the absolute value. A `modulus` is the delta of
an epsilon-delta definition: a function.
"""

from collections.abc import Callable

from proofs.kernel import (
    N,
    R,
    Term,
    V,
    all_of,
    definition,
    exists,
    forall,
    fun,
    implies,
    inner,
    maximum,
    norm,
    zero,
)

__all__ = [
    "approaches_minimum", "collinear", "continuous", "converges", "convex", "derivative",
    "derivative_along", "derivative_of_gradient", "derivatives_at_most", "derivatives_at_zero",
    "derivatives_up_to", "differentiable", "differentiable_everywhere",
    "differentiable_on_segment", "differentiable_on_unit_interval", "direction_of_reduced_loss",
    "for_all_positive", "for_all_small", "for_arbitrarily_short_steps", "for_every_short_step",
    "for_some_rate", "gradient_descent", "is_cosine", "is_exponential", "is_first", "is_norm",
    "is_power", "linear", "lipschitz_from_start", "lipschitz_gradient", "lipschitz_near",
    "local_minimizer", "lower_bound", "lowers_every_step", "minimizer", "one_sided_lipschitz",
    "orthonormal", "polynomial", "positive_definite", "quasi_convex", "serves_every_start",
    "step_shorter_than", "strongly_convex", "subgradient", "sums", "symmetric", "taylor_powers",
    "taylor_sums",
]  # fmt: skip


@definition("{loss} is differentiable at {at} with gradient {gradient} and modulus {modulus}")
def differentiable(loss: Term, at: Term, gradient: Term, modulus: Term) -> Term:
    """For every epsilon > 0 the linear model errs by at most epsilon |s| wherever |s| <
    modulus(epsilon).

    Frechet's derivative (Rudin, Principles of Mathematical Analysis, chapter 9), represented by the
    gradient.
    """
    return forall(R, loss.sort.inputs[0], lambda epsilon, s: implies(
        epsilon > 0,
        (modulus(epsilon) > 0)
        & implies(
            norm(s) < modulus(epsilon),
            abs(loss(at + s) - loss(at) - inner(gradient, s)) <= epsilon * norm(s),
        ),
    ))  # fmt: skip


@definition("{loss} has the gradient {gradient} everywhere, with modulus {modulus}")
def differentiable_everywhere(loss: Term, gradient: Term, modulus: Term) -> Term:
    """`differentiable` at every point w, with gradient(w) and the modulus epsilon |-> modulus(w,
    epsilon).
    """
    return forall(
        loss.sort.inputs[0],
        lambda w: differentiable(loss, w, gradient(w), fun(R, lambda epsilon: modulus(w, epsilon))),
    )


@definition("{gradient} is one-sided Lipschitz with constant {lipschitz}")
def one_sided_lipschitz(gradient: Term, lipschitz: Term) -> Term:
    """(gradient(v) - gradient(w)).(v - w) <= lipschitz |v - w|^2 for all v and w."""
    space = gradient.sort.inputs[0]
    return forall(space, space, lambda v, w: (
        inner(gradient(v) - gradient(w), v - w) <= lipschitz * inner(v - w, v - w)
    ))  # fmt: skip


@definition("{gradient} is Lipschitz with constant {lipschitz}")
def lipschitz_gradient(gradient: Term, lipschitz: Term) -> Term:
    """|gradient(v) - gradient(w)| <= lipschitz |v - w| for all v and w (Nesterov, Introductory
    Lectures).
    """
    return forall(
        gradient.sort.inputs[0],
        lambda v, w: norm(gradient(v) - gradient(w)) <= lipschitz * norm(v - w),
    )


@definition("{loss} is continuous at {at} with modulus {modulus}")
def continuous(loss: Term, at: Term, modulus: Term) -> Term:
    """|loss(at + s) - loss(at)| <= epsilon wherever |s| < modulus(epsilon), for every epsilon >
    0.
    """
    return forall(R, loss.sort.inputs[0], lambda epsilon, s: implies(
        epsilon > 0,
        (modulus(epsilon) > 0)
        & implies(norm(s) < modulus(epsilon), abs(loss(at + s) - loss(at)) <= epsilon),
    ))  # fmt: skip


@definition(
    "{loss} has at {at} the derivative {gradient}.{direction} along {direction}, "
    "with modulus {modulus}"
)
def derivative_along(loss: Term, at: Term, gradient: Term, direction: Term, modulus: Term) -> Term:
    """t |-> loss(at + t direction) has the derivative gradient.direction at 0; along e1, e2: a
    partial derivative.
    """
    return differentiable(
        fun(R, lambda t: loss(at + t * direction)), 0, inner(gradient, direction), modulus
    )


@definition("{loss} is convex")
def convex(loss: Term) -> Term:
    """loss(v + t (w - v)) <= loss(v) + t (loss(w) - loss(v)) for 0 <= t <= 1 (Rockafellar, Convex
    Analysis, 4).
    """
    return forall(loss.sort.inputs[0], loss.sort.inputs[0], R, lambda v, w, t: implies(
        t >= 0, t <= 1, loss(v + t * (w - v)) <= loss(v) + t * (loss(w) - loss(v)),
    ))  # fmt: skip


@definition("{loss} is strongly convex with constant {mu}")
def strongly_convex(loss: Term, mu: Term) -> Term:
    """loss(v + t (w - v)) <= loss(v) + t (loss(w) - loss(v)) - mu t (1 - t) |w - v|^2 / 2 for 0 <=
    t <= 1 (Nesterov, Introductory Lectures).
    """
    return forall(loss.sort.inputs[0], loss.sort.inputs[0], R, lambda v, w, t: implies(
        t >= 0, t <= 1,
        loss(v + t * (w - v))
        <= loss(v) + t * (loss(w) - loss(v)) - mu / 2 * t * (1 - t) * norm(w - v) ** 2,
    ))  # fmt: skip


@definition("{loss} is quasi-convex")
def quasi_convex(loss: Term) -> Term:
    """loss(v + t (w - v)) <= max(loss(v), loss(w)) for 0 <= t <= 1 (Boyd and Vandenberghe, Convex
    Optimization).
    """
    return forall(loss.sort.inputs[0], loss.sort.inputs[0], R, lambda v, w, t: implies(
        t >= 0, t <= 1, loss(v + t * (w - v)) <= maximum(loss(v), loss(w)),
    ))  # fmt: skip


@definition("{at} is a minimizer of {loss}")
def minimizer(loss: Term, at: Term) -> Term:
    """loss(at) <= loss(w) for every w."""
    return forall(loss.sort.inputs[0], lambda w: loss(at) <= loss(w))


def for_all_small(holds: Callable[[Term], Term]) -> Term:
    """There is alpha0 > 0 such that holds(alpha) for every alpha with 0 < alpha < alpha0."""
    return exists(R, lambda alpha0: all_of(
        alpha0 > 0, forall(R, lambda alpha: implies(alpha > 0, alpha < alpha0, holds(alpha))),
    ))  # fmt: skip


def for_all_positive(holds: Callable[[Term], Term]) -> Term:
    """holds(alpha) for every alpha > 0."""
    return forall(R, lambda alpha: implies(alpha > 0, holds(alpha)))


def is_first(number: Term, holds: Callable[[Term], Term]) -> Term:
    """holds(number), and holds(k) for no natural k below it."""
    return all_of(holds(number), forall(N, lambda k: implies(k < number, ~holds(k))))


def serves_every_start(loss: Term, gradient: Term, alpha: Term) -> Term:
    """From every w with gradient(w) != 0, the step -alpha gradient(w) lowers the loss."""
    return forall(
        V, lambda w: implies(gradient(w) != zero, loss(w - alpha * gradient(w)) < loss(w))
    )


@definition("{direction} is a direction of reduced loss for {loss} at {at}")
def direction_of_reduced_loss(loss: Term, at: Term, direction: Term) -> Term:
    """Every small enough step along the direction lowers the loss: loss(at + alpha direction) <
    loss(at).
    """
    return for_all_small(lambda alpha: loss(at + alpha * direction) < loss(at))


@definition("{f} has the derivative {derivative} on [0, 1], with modulus {modulus}")
def differentiable_on_unit_interval(f: Term, derivative: Term, modulus: Term) -> Term:
    """The derivative is relative to [0, 1], so one-sided at its ends; the modulus may depend on the
    point.
    """
    return forall(R, lambda t, epsilon, h: implies(
        t >= 0, t <= 1, epsilon > 0,
        (modulus(t, epsilon) > 0)
        & implies(abs(h) < modulus(t, epsilon), t + h >= 0, t + h <= 1,
                  abs(f(t + h) - f(t) - derivative(t) * h) <= epsilon * abs(h)),
    ))  # fmt: skip


@definition(
    "{loss} has the gradient {gradient} on the segment from {start} along {step}, "
    "with modulus {modulus}"
)
def differentiable_on_segment(
    loss: Term, gradient: Term, modulus: Term, start: Term, step: Term
) -> Term:
    """`differentiable` at w = start + t step for 0 <= t <= 1, with gradient(w) and epsilon |->
    modulus(w, epsilon).
    """

    def there(t: Term) -> Term:
        w = start + t * step
        return differentiable(loss, w, gradient(w), fun(R, lambda epsilon: modulus(w, epsilon)))

    return forall(R, lambda t: implies(t >= 0, t <= 1, there(t)))


@definition("{gradient} is Lipschitz with constant {lipschitz} from {start} on, along {step}")
def lipschitz_from_start(gradient: Term, lipschitz: Term, start: Term, step: Term) -> Term:
    """|gradient(start + t step) - gradient(start)| <= lipschitz t |step| for 0 <= t <= 1: points of
    the segment are compared with its start alone.
    """
    return forall(R, lambda t: implies(
        t >= 0, t <= 1,
        norm(gradient(start + t * step) - gradient(start)) <= lipschitz * t * norm(step),
    ))  # fmt: skip


@definition("{operator} is linear")
def linear(operator: Term) -> Term:
    """operator(u + c v) = operator(u) + c operator(v)."""
    space = operator.sort.inputs[0]
    return forall(
        space, R, space, lambda u, c, v: operator(u + c * v) == operator(u) + c * operator(v)
    )


@definition("{hessian} is the derivative of {gradient} at {at}, with modulus {modulus}")
def derivative_of_gradient(gradient: Term, at: Term, hessian: Term, modulus: Term) -> Term:
    """`hessian` is linear, and |gradient(at + s) - gradient(at) - hessian(s)| <= epsilon |s| if |s|
    < modulus(epsilon).

    Frechet's derivative (Rudin, Principles of Mathematical Analysis, chapter 9): the Hessian,
    u.hessian(v) for u^T H v.
    """
    return linear(hessian) & forall(R, gradient.sort.inputs[0], lambda epsilon, s: implies(
        epsilon > 0,
        (modulus(epsilon) > 0)
        & implies(
            norm(s) < modulus(epsilon),
            norm(gradient(at + s) - gradient(at) - hessian(s)) <= epsilon * norm(s),
        ),
    ))  # fmt: skip


@definition("{operator} is symmetric")
def symmetric(operator: Term) -> Term:
    """u.operator(v) = operator(u).v."""
    return forall(
        operator.sort.inputs[0], lambda u, v: inner(u, operator(v)) == inner(operator(u), v)
    )


@definition("{operator} is positive definite")
def positive_definite(operator: Term) -> Term:
    """v.operator(v) > 0 for every v other than 0."""
    return forall(operator.sort.inputs[0], lambda v: implies(v != 0 * v, inner(v, operator(v)) > 0))


@definition("{gradient} is a subgradient of {loss} at {at}")
def subgradient(loss: Term, at: Term, gradient: Term) -> Term:
    """loss(at + s) >= loss(at) + gradient.s for every s (Rockafellar, Convex Analysis)."""
    return forall(loss.sort.inputs[0], lambda s: loss(at + s) >= loss(at) + inner(gradient, s))


@definition("{points} is gradient descent along {gradient} with learning rate {alpha}")
def gradient_descent(points: Term, gradient: Term, alpha: Term) -> Term:
    """points(k + 1) = points(k) - alpha gradient(points(k)) for every natural k: the update rule,
    again and again.
    """
    return forall(N, lambda k: points(k + 1) == points(k) - alpha * gradient(points(k)))


@definition("{low} is a lower bound of {loss}")
def lower_bound(loss: Term, low: Term) -> Term:
    """loss(w) >= low for every w; the greatest such number is the infimum of the loss."""
    return forall(loss.sort.inputs[0], lambda w: loss(w) >= low)


@definition("{loss} is a polynomial")
def polynomial(loss: Term) -> Term:
    """`loss` is in every class of functions on V that has the constants, w |-> b.w, w |-> w.w, sums
    and products.

    A class is given by its indicator: f is in it where contains(f) = 1. In R^n these are just the
    polynomials in the coordinates.
    """
    space = loss.sort.inputs[0]
    return forall((space >> R) >> R, lambda contains: implies(
        forall(R, space, lambda a, b: (contains(fun(space, lambda w: a)) == 1)
               & (contains(fun(space, lambda w: inner(b, w))) == 1)),
        contains(fun(space, lambda w: inner(w, w))) == 1,
        forall(space >> R, space >> R, lambda f, h: implies(
            contains(f) == 1, contains(h) == 1,
            (contains(fun(space, lambda w: f(w) + h(w))) == 1)
            & (contains(fun(space, lambda w: f(w) * h(w))) == 1),
        )),
        contains(loss) == 1,
    ))  # fmt: skip


@definition("every step of {points} lowers {loss} where {gradient} is not zero")
def lowers_every_step(points: Term, loss: Term, gradient: Term) -> Term:
    """loss(points(k + 1)) < loss(points(k)) for every natural k, unless points(k) is stationary."""
    return forall(
        N, lambda k: implies(norm(gradient(points(k))) > 0, loss(points(k + 1)) < loss(points(k)))
    )


@definition("{points} comes arbitrarily near the minimum of {loss}")
def approaches_minimum(points: Term, loss: Term) -> Term:
    """For every epsilon > 0, from some n on, loss(points(k)) <= loss(w) + epsilon for every w."""
    return forall(R, lambda epsilon: implies(epsilon > 0, exists(N, lambda n: forall(
        N, loss.sort.inputs[0], lambda k, w: implies(k >= n, loss(points(k)) <= loss(w) + epsilon),
    ))))  # fmt: skip


@definition("{points} converges to {limit}")
def converges(points: Term, limit: Term) -> Term:
    """For every epsilon > 0, from some n on, |points(k) - limit| <= epsilon."""
    return forall(R, lambda epsilon: implies(epsilon > 0, exists(N, lambda n: forall(
        N, lambda k: implies(k >= n, norm(points(k) - limit) <= epsilon),
    ))))  # fmt: skip


@definition("{at} is a local minimizer of {loss}")
def local_minimizer(loss: Term, at: Term) -> Term:
    """There is r > 0 such that loss(at) <= loss(w) for every w with |w - at| < r."""
    return exists(R, lambda r: (r > 0) & forall(
        loss.sort.inputs[0], lambda w: implies(norm(w - at) < r, loss(at) <= loss(w)),
    ))  # fmt: skip


def for_every_short_step(holds: Callable[[Term], Term]) -> Term:
    """There is r > 0 such that holds(s) for every vector s with 0 < |s| < r."""
    return exists(R, lambda r: all_of(
        r > 0, forall(V, lambda s: implies(norm(s) > 0, norm(s) < r, holds(s))),
    ))  # fmt: skip


def step_shorter_than(r: Term, holds: Callable[[Term], Term]) -> Term:
    """There is a vector s with 0 < |s| < r and holds(s)."""
    return exists(V, lambda s: all_of(norm(s) > 0, norm(s) < r, holds(s)))


def for_arbitrarily_short_steps(holds: Callable[[Term], Term]) -> Term:
    """For every r > 0 there is a vector s with 0 < |s| < r and holds(s)."""
    return forall(R, lambda r: implies(r > 0, step_shorter_than(r, holds)))


@definition("{gradient} is Lipschitz with constant {lipschitz} near {at}")
def lipschitz_near(gradient: Term, lipschitz: Term, at: Term) -> Term:
    """There is radius > 0 such that |gradient(v) - gradient(w)| <= lipschitz |v - w| for all v and
    w with |v - at| < radius and |w - at| < radius.
    """
    space = gradient.sort.inputs[0]
    return exists(R, lambda radius: (radius > 0) & forall(space, space, lambda v, w: implies(
        norm(v - at) < radius, norm(w - at) < radius,
        norm(gradient(v) - gradient(w)) <= lipschitz * norm(v - w),
    )))  # fmt: skip


def for_some_rate(slope: Term, holds: Callable[[Term], Term]) -> Term:
    """For some alpha > 0, holds(x) for every run x of gradient descent along `slope`, on R."""
    return exists(R, lambda alpha: (alpha > 0) & forall(
        N >> R, lambda x: implies(gradient_descent(x, slope, alpha), holds(x))
    ))  # fmt: skip


@definition("{u} and {v} are orthonormal")
def orthonormal(u: Term, v: Term) -> Term:
    """|u| = |v| = 1 and u.v = 0: they exist in dimension 2 and more."""
    return all_of(norm(u) == 1, norm(v) == 1, inner(u, v) == 0)


@definition("{u} and {v} are collinear")
def collinear(u: Term, v: Term) -> Term:
    """a u + b v = 0 for numbers a and b that are not both 0."""
    return exists(R, R, lambda a, b: ((a != 0) | (b != 0)) & (a * u + b * v == 0 * u))


@definition("{cosine} falls from 1 at 0 to -1 at {pi}, and satisfies d'Alembert's equation")
def is_cosine(cosine: Term, pi: Term) -> Term:
    """cos 0 = 1, cos pi = -1, cos is strictly decreasing on [0, pi], and cos(x + y) + cos(x - y) =
    2 cos x cos y for all x and y.
    """
    return all_of(
        pi > 0,
        cosine(0) == 1,
        cosine(pi) == -1,
        forall(R, lambda x, y: implies(x >= 0, x < y, y <= pi, cosine(y) < cosine(x))),
        forall(R, lambda x, y: cosine(x + y) + cosine(x - y) == 2 * cosine(x) * cosine(y)),
    )


@definition("{total} sums up sequences")
def sums(total: Term) -> Term:
    """total(n, a) = a(0) + ... + a(n - 1) for every sequence a: total(0, a) = 0, then total(k, a) +
    a(k).
    """
    return forall(N >> R, lambda a: total(0, a) == 0) & forall(
        N, N >> R, lambda k, a: total(k + 1, a) == total(k, a) + a(k)
    )


@definition("{slope} is the derivative of {f}")
def derivative(f: Term, slope: Term) -> Term:
    """f: R -> R is differentiable everywhere with the derivative slope(t), with some modulus."""
    return exists((R, R) >> R, lambda delta: differentiable_everywhere(f, slope, delta))


@definition("{derivatives} are the derivatives of {f} up to order {n}")
def derivatives_up_to(n: Term, f: Term, derivatives: Term) -> Term:
    """derivatives(0, t) = f(t), and derivatives(k + 1, t) is the derivative of derivatives(k, t)
    for k < n.
    """
    return forall(R, lambda t: derivatives(0, t) == f(t)) & forall(N, lambda k: implies(
        k < n,
        derivative(fun(R, lambda t: derivatives(k, t)), fun(R, lambda t: derivatives(k + 1, t))),
    ))  # fmt: skip


@definition("{f} has at 0 the derivatives {a} up to order {n}")
def derivatives_at_zero(n: Term, f: Term, a: Term) -> Term:
    """f has derivatives up to order n, and that of order k is a(k) at 0 for k <= n."""
    return exists((N, R) >> R, lambda derivatives: derivatives_up_to(n, f, derivatives) & forall(
        N, lambda k: implies(k <= n, derivatives(k, 0) == a(k)),
    ))  # fmt: skip


@definition("the derivatives of {f} of each order n are at most {bound}(n) on [0, {eta}]")
def derivatives_at_most(f: Term, bound: Term, eta: Term) -> Term:
    """|D(n, t)| <= bound(n) for 0 <= t <= eta, wherever D are the derivatives of f up to order
    n.
    """
    return forall(N, (N, R) >> R, R, lambda n, derivatives, t: implies(
        derivatives_up_to(n, f, derivatives), t >= 0, t <= eta, abs(derivatives(n, t)) <= bound(n),
    ))  # fmt: skip


@definition("{power}(k, x) is x^k")
def is_power(power: Term) -> Term:
    """power(0, x) = 1 and power(k + 1, x) = x power(k, x)."""
    return forall(R, lambda x: power(0, x) == 1) & forall(
        N, R, lambda k, x: power(k + 1, x) == x * power(k, x)
    )


@definition("{power}(k, x) is x^k/k!")
def taylor_powers(power: Term) -> Term:
    """power(0, x) = 1 and (k + 1) power(k + 1, x) = x power(k, x)."""
    return forall(R, lambda x: power(0, x) == 1) & forall(
        N, R, lambda k, x: (k + 1) * power(k + 1, x) == x * power(k, x)
    )


@definition("{partial}(n) is the sum of the first n terms {a}(k) {power}(k, {eta})")
def taylor_sums(partial: Term, a: Term, power: Term, eta: Term) -> Term:
    """partial(0) = 0 and partial(k + 1) = partial(k) + a(k) power(k, eta)."""
    return all_of(
        partial(0) == 0, forall(N, lambda k: partial(k + 1) == partial(k) + a(k) * power(k, eta))
    )


@definition("{nu} is a norm")
def is_norm(nu: Term) -> Term:
    """nu(v) > 0 for v != 0, nu(c v) = |c| nu(v), and nu(u + v) <= nu(u) + nu(v)."""
    return all_of(
        forall(V, lambda v: implies(v != 0 * v, nu(v) > 0)),
        forall(R, V, lambda c, v: nu(c * v) == abs(c) * nu(v)),
        forall(V, V, lambda u, v: nu(u + v) <= nu(u) + nu(v)),
    )


@definition("{exp} is the exponential function")
def is_exponential(exp: Term) -> Term:
    """exp(x + y) = exp(x) exp(y) and exp(x) >= 1 + x for all x and y."""
    return forall(R, lambda x, y: exp(x + y) == exp(x) * exp(y)) & forall(
        R, lambda x: exp(x) >= 1 + x
    )
