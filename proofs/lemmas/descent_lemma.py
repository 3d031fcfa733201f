"""The descent lemma: how much the linear model errs where the gradient is Lipschitz.

    |L(w0 + s) - L(w0) - grad(w0).s| <= lipschitz |s|^2 / 2

Nesterov, Introductory Lectures on Convex Optimization; here from the mean value
theorem. With sign = 1 or -1, phi(t) = sign (L(w0 + t s) - t grad(w0).s) - lipschitz t^2 |s|^2 / 2
has the derivative sign (grad(w0 + t s) - grad(w0)).s - lipschitz t |s|^2 <= 0 on (0, 1), so phi(1)
<= phi(0). This holds in every real inner-product space, and on R.
"""

from functools import cache

from proofs.axioms import mean_value_theorem
from proofs.lemmas.inner_products import cauchy_schwarz, norm_scaling
from proofs.prelude import *

epsilon, h, t, lipschitz = real("epsilon h t lipschitz")
v, w = vector("v w")


def loss_and_step(sort: Sort) -> tuple[Term, Term, Term, Term, Term]:
    """The symbols L, grad, modulus, w0 and s on the space `sort`: V or R."""
    L, grad = function("L", sort >> R), function("grad", sort >> sort)
    modulus = function("delta", (sort, R) >> R)
    return L, grad, modulus, *(vector if sort == V else real)("w0 s")


def linear_model_error(loss: Term, gradient: Term, start: Term, step: Term) -> Term:
    """L(w0 + s) - L(w0) - grad(w0).s."""
    error: Term = loss(start + step) - loss(start) - inner(gradient(start), step)
    return error


@cache
def auxiliary_function(sort: Sort, sign: int) -> tuple[Term, Term, Term]:
    """phi, its derivative, and a modulus of that."""
    L, grad, modulus, w0, s = loss_and_step(sort)
    square, g = inner(s, s), grad(w0)

    def value(t: Term) -> Term:
        tilted = L(w0 + t * s) - t * inner(g, s)
        phi: Term = sign * tilted - lipschitz * t**2 * square / 2
        return phi

    def near(t: Term, epsilon: Term) -> Term:
        share = epsilon / (2 * (norm(s) + 1))
        for_loss, for_square = modulus(w0 + t * s, share) / (norm(s) + 1), lipschitz * square + 1
        return minimum(for_loss, epsilon / for_square)

    slope = fun(R, lambda t: sign * inner(grad(w0 + t * s) - g, s) - lipschitz * t * square)
    return fun(R, value), slope, fun(R, R, near)


def derivative_of_auxiliary_function(sort: Sort, sign: int) -> Theorem:
    """phi has its derivative on [0, 1]: half of epsilon |h| is spent on L, half on the square."""
    L, grad, modulus, w0, s = loss_and_step(sort)
    phi, slope, near = auxiliary_function(sort, sign)
    smooth = differentiable_on_segment(L, grad, modulus, w0, s)
    w, share = w0 + t * s, epsilon / (2 * (norm(s) + 1))
    square = lipschitz * inner(s, s)
    given = [smooth, lipschitz >= 0, t >= 0, t <= 1, epsilon > 0]
    close = [*given, abs(h) < near(t, epsilon)]

    there = differentiable(L, w, grad(w), fun(R, lambda epsilon: modulus(w, epsilon)))
    local = instance(there, epsilon=share, s=h * s)
    model = entails(given, local.goal, by=[instance(smooth, t), local])
    half = entails([epsilon > 0], (share > 0) & (2 * share * norm(s) <= epsilon))
    positive = entails(given, (modulus(w, share) > 0) & (near(t, epsilon) > 0), by=[model, half])
    within = (norm(h * s) < modulus(w, share)) & (square * abs(h) <= epsilon)
    short = entails(close, within, by=[positive, norm_scaling(h, s)])

    error = L(w + h * s) - L(w) - h * inner(grad(w), s)
    known = [model, half, short, norm_scaling(h, s)]
    by_model = entails(close, abs(error) <= share * norm(s) * abs(h), by=known)
    halved = entails(close, 2 * abs(error) <= epsilon * abs(h), by=[by_model, half])
    bent = entails(close, square * h**2 <= epsilon * abs(h), by=[short])
    missed = phi(t + h) - phi(t) - slope(t) * h
    accurate = entails(close, abs(missed) <= epsilon * abs(h), by=[halved, bent])
    everywhere = differentiable_on_unit_interval(phi, slope, near)
    assumed = [smooth, lipschitz >= 0]
    return for_each(everywhere, t, epsilon, h, given=assumed, by=[accurate, positive])


def turns_along(sort: Sort, sign: int) -> Term:
    """sign (grad(w0 + t s) - grad(w0)).s <= lipschitz t |s|^2 for 0 < t < 1."""
    _, grad, _, w0, s = loss_and_step(sort)
    return forall(R, lambda t: implies(
        t > 0, t < 1,
        sign * inner(grad(w0 + t * s) - grad(w0), s) <= lipschitz * t * inner(s, s),
    ))  # fmt: skip


@cache
def one_side(sort: Sort, sign: int) -> Theorem:
    """sign (L(w0 + s) - L(w0) - grad(w0).s) <= lipschitz |s|^2 / 2: phi(1) - phi(0) is a slope of
    phi.
    """
    L, grad, _, w0, s = loss_and_step(sort)
    phi, slope, near = auxiliary_function(sort, sign)
    turns = turns_along(sort, sign)
    inside = [turns, t > 0, t < 1]
    mean_value = exists(R, lambda t: (t > 0) & (t < 1) & (phi(1) - phi(0) == slope(t)))
    derivative_of_phi = derivative_of_auxiliary_function(sort, sign)
    theorem = instance(mean_value_theorem(), f=phi, d=slope, delta=near)
    somewhere = entails(derivative_of_phi.hypotheses, mean_value, by=[theorem, derivative_of_phi])

    falls = entails(inside, slope(t) <= 0, by=[instance(turns, t)])
    wanted = sign * linear_model_error(L, grad, w0, s) <= lipschitz * norm(s) ** 2 / 2
    use = entails([*inside, phi(1) - phi(0) == slope(t)], wanted, by=[falls])
    return choose(somewhere, use, t)


def steady_turns(sort: Sort, sign: int) -> Theorem:
    """{lipschitz_from_start} |- turns_along, by Cauchy-Schwarz."""
    _, grad, _, w0, s = loss_and_step(sort)
    steady = lipschitz_from_start(grad, lipschitz, w0, s)
    change = grad(w0 + t * s) - grad(w0)
    at_most_lengths = cauchy_schwarz(change, s) if sort == V else norm_scaling(change, s)
    bound = norm(change) * norm(s) <= lipschitz * t * norm(s) ** 2
    turned = entails([steady, t > 0, t < 1], bound, by=[instance(steady, t)])
    return for_each(turns_along(sort, sign), t, given=[steady], by=[turned, at_most_lengths])


@cache
def lemma_on_segment(sort: Sort) -> Theorem:
    """Both sides, for the symbols of `loss_and_step(sort)`."""
    L, grad, modulus, w0, s = loss_and_step(sort)
    smooth = differentiable_on_segment(L, grad, modulus, w0, s)
    steady = lipschitz_from_start(grad, lipschitz, w0, s)
    bound = abs(linear_model_error(L, grad, w0, s)) <= lipschitz * norm(s) ** 2 / 2
    both = [one_side(sort, 1), one_side(sort, -1)]
    turns = [steady_turns(sort, 1), steady_turns(sort, -1)]
    return entails([smooth, steady, lipschitz >= 0], bound, by=[*both, *turns])


def smooth_on_segment(
    loss: Term, gradient: Term, modulus: Term, start: Term, step: Term
) -> Theorem:
    """{differentiable_everywhere} |- differentiable_on_segment."""
    everywhere = differentiable_everywhere(loss, gradient, modulus)
    segment = differentiable_on_segment(loss, gradient, modulus, start, step)
    return for_each(segment, t, given=[everywhere], by=[instance(everywhere, start + t * step)])


def steady_on_segment(gradient: Term, constant: Term | int, start: Term, step: Term) -> Theorem:
    """{lipschitz_gradient} |- lipschitz_from_start."""
    everywhere = lipschitz_gradient(gradient, constant)
    segment = lipschitz_from_start(gradient, constant, start, step)
    there = instance(everywhere, v=start + t * step, w=start)
    return for_each(segment, t, given=[everywhere], by=[there, norm_scaling(t, step)])


def steady_from_one_side(gradient: Term, constant: Term | int) -> Theorem:
    """{lipschitz_gradient} |- one_sided_lipschitz, for a gradient on V, by Cauchy-Schwarz."""
    everywhere = lipschitz_gradient(gradient, constant)
    change, apart = gradient(v) - gradient(w), v - w
    at_most = norm(change) * norm(apart) <= constant * norm(apart) ** 2
    bound = entails([everywhere], at_most, by=[instance(everywhere, v=v, w=w)])
    known = [bound, cauchy_schwarz(change, apart)]
    one_sided = one_sided_lipschitz(gradient, constant)
    return for_each(one_sided, v, w, given=[everywhere], by=known)


def everywhere_to_segment(
    loss: Term, gradient: Term, modulus: Term, start: Term, step: Term, constant: Term | int
) -> Theorem:
    """differentiable_everywhere implies differentiable_on_segment, and lipschitz_gradient implies
    lipschitz_from_start.
    """
    smooth = smooth_on_segment(loss, gradient, modulus, start, step)
    steady = steady_on_segment(gradient, constant, start, step)
    both = [implies(*theorem.hypotheses, theorem.goal) for theorem in (smooth, steady)]
    return entails([], all_of(*both), by=[smooth, steady])


@cache
def lemma_everywhere(sort: Sort) -> Theorem:
    """The corollary, for the symbols of `loss_and_step(sort)`."""
    L, grad, modulus, w0, s = loss_and_step(sort)
    smooth = differentiable_everywhere(L, grad, modulus)
    given = [smooth, lipschitz_gradient(grad, lipschitz), lipschitz >= 0]
    there = everywhere_to_segment(L, grad, modulus, w0, s, lipschitz)
    lemma = lemma_on_segment(sort)
    return entails(given, lemma.goal, by=[lemma, there])


@cache
def upper_lemma(sort: Sort) -> Theorem:
    """The upper side, for the symbols of `loss_and_step(sort)`, by what is asked of it alone."""
    L, grad, modulus, w0, s = loss_and_step(sort)
    smooth = differentiable_everywhere(L, grad, modulus)
    bounded = one_sided_lipschitz(grad, lipschitz)
    there = instance(bounded, v=w0 + t * s, w=w0)
    turns = for_each(turns_along(sort, 1), t, given=[bounded], by=[there])
    above = linear_model_error(L, grad, w0, s) <= lipschitz * norm(s) ** 2 / 2
    known = [one_side(sort, 1), smooth_on_segment(L, grad, modulus, w0, s), turns]
    return entails([smooth, bounded, lipschitz >= 0], above, by=known)


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
    L, grad, delta, w0, s = loss_and_step(loss.sort.inputs[0])
    terms = {L: loss, grad: gradient, delta: modulus, w0: start, s: step}
    return substitute(lemma, terms | {lipschitz: constant})


def descent_lemma_on_segment(
    loss: Term, gradient: Term, modulus: Term, start: Term, step: Term, constant: Term | int
) -> Theorem:
    """|L(w0 + s) - L(w0) - grad(w0).s| <= lipschitz |s|^2 / 2, by what holds from w0 to w0 + s.

    The hypotheses are `differentiable_on_segment(loss, gradient, modulus, start, step)`,
    `lipschitz_from_start(gradient, constant, start, step)` and constant >= 0. L may be in V >> R or
    in R >> R.
    """
    lemma = lemma_on_segment(loss.sort.inputs[0])
    return at_values(lemma, loss, gradient, modulus, start, step, constant)


def descent_lemma(
    loss: Term, gradient: Term, modulus: Term, start: Term, step: Term, constant: Term | int
) -> Theorem:
    """|L(w0 + s) - L(w0) - grad(w0).s| <= lipschitz |s|^2 / 2, by what holds everywhere.

    The hypotheses are `differentiable_everywhere(loss, gradient, modulus)`,
    `lipschitz_gradient(gradient, constant)` and constant >= 0. L may be in V >> R or in R >> R.
    """
    lemma = lemma_everywhere(loss.sort.inputs[0])
    return at_values(lemma, loss, gradient, modulus, start, step, constant)


def upper_descent_lemma(
    loss: Term, gradient: Term, modulus: Term, start: Term, step: Term, constant: Term | int
) -> Theorem:
    """L(w0 + s) - L(w0) - grad(w0).s <= lipschitz |s|^2 / 2.

    The hypotheses are `differentiable_everywhere(loss, gradient, modulus)`,
    `one_sided_lipschitz(gradient, constant)` and constant >= 0. L may be in V >> R or in R >> R.
    """
    lemma = upper_lemma(loss.sort.inputs[0])
    return at_values(lemma, loss, gradient, modulus, start, step, constant)
