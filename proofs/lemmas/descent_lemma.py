"""The descent lemma: how much the linear model errs where the gradient is Lipschitz.

    |L(w0 + s) - L(w0) - grad(w0).s| <= lipschitz |s|^2 / 2

Nesterov, Introductory Lectures on Convex Optimization, Lemma 1.2.3; here from the mean value
theorem. With sign = 1 or -1, phi(t) = sign (L(w0 + t s) - t grad(w0).s) - lipschitz t^2 |s|^2 / 2
has the derivative sign (grad(w0 + t s) - grad(w0)).s - lipschitz t |s|^2 <= 0 on (0, 1), so phi(1)
<= phi(0). This holds in every real inner-product space, and on R.
"""

from functools import cache

from proofs.axioms import mean_value_theorem
from proofs.definitions import (
    differentiable, differentiable_everywhere, differentiable_on_segment,
    differentiable_on_unit_interval, lipschitz_gradient, lipschitz_on_segment,
)  # fmt: skip
from proofs.kernel import (
    Sort, R, Term, Theorem, V, choose, entails, exists, fun, function, generalize, inner, instance,
    minimum, norm, real, substitute, vector,
)  # fmt: skip
from proofs.lemmas.inner_products import cauchy_schwarz, norm_scaling

epsilon, h, t, lipschitz = real("epsilon h t lipschitz")


def symbols(sort: Sort) -> tuple[Term, Term, Term, Term, Term]:
    """L, its gradient and its modulus, w0 and s, on the space `sort`: V or R."""
    w0, s = (vector if sort == V else real)("w0 s")
    return (
        function("L", sort >> R),
        function("grad", sort >> sort),
        function("modulus", (sort, R) >> R),
        w0,
        s,
    )


def linear_model_error(loss: Term, gradient: Term, start: Term, step: Term) -> Term:
    """L(w0 + s) - L(w0) - grad(w0).s."""
    error: Term = loss(start + step) - loss(start) - inner(gradient(start), step)
    return error


@cache
def auxiliary_function(sort: Sort, sign: int) -> tuple[Term, Term, Term]:
    """phi, its derivative, and a modulus of that."""
    L, grad, modulus, w0, s = symbols(sort)
    phi = fun(
        R,
        lambda t: (
            sign * (L(w0 + t * s) - t * inner(grad(w0), s)) - lipschitz * t**2 * inner(s, s) / 2
        ),
    )
    slope = fun(
        R, lambda t: sign * inner(grad(w0 + t * s) - grad(w0), s) - lipschitz * t * inner(s, s)
    )
    near = fun(R, R, lambda t, epsilon: minimum(
        modulus(w0 + t * s, epsilon / (2 * (norm(s) + 1))) / (norm(s) + 1),
        epsilon / (lipschitz * inner(s, s) + 1),
    ))  # fmt: skip
    return phi, slope, near


def derivative_of_auxiliary_function(sort: Sort, sign: int) -> Theorem:
    """phi has its derivative on [0, 1]: half of epsilon |h| is spent on L, half on the square."""
    L, grad, modulus, w0, s = symbols(sort)
    phi, slope, near = auxiliary_function(sort, sign)
    smooth = differentiable_on_segment(L, grad, modulus, w0, s)
    w, share = w0 + t * s, epsilon / (2 * (norm(s) + 1))
    given = [smooth, lipschitz >= 0, t >= 0, t <= 1, epsilon > 0]
    close = [*given, abs(h) < near(t, epsilon)]

    there = differentiable(L, w, grad(w), fun(R, lambda epsilon: modulus(w, epsilon)))
    model = entails(
        given,
        instance(there, share, h * s).goal,
        by=[instance(smooth, t), instance(there, share, h * s)],
    )
    half = entails([epsilon > 0], (share > 0) & (2 * share * norm(s) <= epsilon))
    positive = entails(given, (modulus(w, share) > 0) & (near(t, epsilon) > 0), by=[model, half])
    short = entails(close, (norm(h * s) < modulus(w, share)) & (lipschitz * inner(s, s) * abs(h) <= epsilon),
                    by=[positive, norm_scaling(h, s)])  # fmt: skip
    error = L(w + h * s) - L(w) - h * inner(grad(w), s)
    linear = entails(
        close, abs(error) <= share * norm(s) * abs(h), by=[model, half, short, norm_scaling(h, s)]
    )
    halved = entails(close, 2 * abs(error) <= epsilon * abs(h), by=[linear, half])
    square = entails(close, lipschitz * inner(s, s) * h**2 <= epsilon * abs(h), by=[short])
    accurate = entails(
        close, abs(phi(t + h) - phi(t) - slope(t) * h) <= epsilon * abs(h), by=[halved, square]
    )
    holds = instance(differentiable_on_unit_interval(phi, slope, near), t, epsilon, h).goal
    return generalize(
        entails([smooth, lipschitz >= 0], holds, by=[accurate, positive]), t, epsilon, h
    )


def one_side(sort: Sort, sign: int) -> Theorem:
    """sign (L(w0 + s) - L(w0) - grad(w0).s) <= lipschitz |s|^2 / 2: phi(1) - phi(0) is a slope of
    phi.
    """
    L, grad, _, w0, s = symbols(sort)
    phi, slope, near = auxiliary_function(sort, sign)
    steady = lipschitz_on_segment(grad, lipschitz, w0, s)
    inside = [steady, t > 0, t < 1]
    mean_value = exists(R, lambda t: (t > 0) & (t < 1) & (phi(1) - phi(0) == slope(t)))
    derivative = derivative_of_auxiliary_function(sort, sign)
    somewhere = entails(derivative.hypotheses, mean_value,
                        by=[instance(mean_value_theorem(), phi, slope, near), derivative])  # fmt: skip
    change = grad(w0 + t * s) - grad(w0)
    at_most_lengths = cauchy_schwarz(change, s) if sort == V else norm_scaling(change, s)
    turned = entails(
        inside, norm(change) * norm(s) <= lipschitz * t * norm(s) ** 2, by=[instance(steady, t)]
    )
    falls = entails(inside, slope(t) <= 0, by=[turned, at_most_lengths])
    bound = sign * linear_model_error(L, grad, w0, s) <= lipschitz * norm(s) ** 2 / 2
    return choose(somewhere, entails([*inside, phi(1) - phi(0) == slope(t)], bound, by=[falls]), t)


@cache
def lemma_on_segment(sort: Sort) -> Theorem:
    """Both sides, for the symbols of `symbols(sort)`."""
    L, grad, modulus, w0, s = symbols(sort)
    given = [
        differentiable_on_segment(L, grad, modulus, w0, s),
        lipschitz_on_segment(grad, lipschitz, w0, s),
    ]
    bound = abs(linear_model_error(L, grad, w0, s)) <= lipschitz * norm(s) ** 2 / 2
    return entails([*given, lipschitz >= 0], bound, by=[one_side(sort, 1), one_side(sort, -1)])


def smooth_on_segment(
    loss: Term, gradient: Term, modulus: Term, start: Term, step: Term
) -> Theorem:
    """{differentiable_everywhere} |- differentiable_on_segment."""
    everywhere = differentiable_everywhere(loss, gradient, modulus)
    there = instance(everywhere, start + t * step)
    return generalize(entails([everywhere, t >= 0, t <= 1], there.goal, by=[there]), t)


def steady_on_segment(gradient: Term, constant: Term | int, start: Term, step: Term) -> Theorem:
    """{lipschitz_gradient} |- lipschitz_on_segment."""
    everywhere = lipschitz_gradient(gradient, constant)
    bound = norm(gradient(start + t * step) - gradient(start)) <= constant * t * norm(step)
    there = [instance(everywhere, start + t * step, start), norm_scaling(t, step)]
    return generalize(entails([everywhere, t >= 0, t <= 1], bound, by=there), t)


@cache
def lemma_everywhere(sort: Sort) -> Theorem:
    """The corollary for the symbols of `symbols(sort)`: what holds everywhere holds on each
    segment.
    """
    L, grad, modulus, w0, s = symbols(sort)
    given = [
        differentiable_everywhere(L, grad, modulus),
        lipschitz_gradient(grad, lipschitz),
        lipschitz >= 0,
    ]
    segment = lemma_on_segment(sort)
    there = [smooth_on_segment(L, grad, modulus, w0, s), steady_on_segment(grad, lipschitz, w0, s)]
    return entails(given, segment.goal, by=[segment, *there])


def at_values(
    lemma: Theorem,
    loss: Term,
    gradient: Term,
    modulus: Term,
    start: Term,
    step: Term,
    constant: Term | int,
) -> Theorem:
    """`lemma` with terms for its symbols."""
    L, grad, delta, w0, s = symbols(loss.sort.inputs[0])
    return substitute(
        lemma, {L: loss, grad: gradient, delta: modulus, w0: start, s: step, lipschitz: constant}
    )


def descent_lemma_on_segment(
    loss: Term, gradient: Term, modulus: Term, start: Term, step: Term, constant: Term | int
) -> Theorem:
    """|L(w0 + s) - L(w0) - grad(w0).s| <= lipschitz |s|^2 / 2, from what holds on the segment from
    w0 to w0 + s.

    The hypotheses are `differentiable_on_segment(loss, gradient, modulus, start, step)`,
    `lipschitz_on_segment(gradient, constant, start, step)` and constant >= 0. L may be in V >> R or
    in R >> R.
    """
    return at_values(
        lemma_on_segment(loss.sort.inputs[0]), loss, gradient, modulus, start, step, constant
    )


def descent_lemma(
    loss: Term, gradient: Term, modulus: Term, start: Term, step: Term, constant: Term | int
) -> Theorem:
    """|L(w0 + s) - L(w0) - grad(w0).s| <= lipschitz |s|^2 / 2, from what holds everywhere.

    The hypotheses are `differentiable_everywhere(loss, gradient, modulus)`,
    `lipschitz_gradient(gradient, constant)` and constant >= 0. L may be in V >> R or in R >> R.
    """
    return at_values(
        lemma_everywhere(loss.sort.inputs[0]), loss, gradient, modulus, start, step, constant
    )
