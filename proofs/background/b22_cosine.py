"""What makes cos beta the cosine of an angle: it falls from 1 to -1, and angles add up.

From d'Alembert's equation cos(x + y) + cos(x - y) = 2 cos x cos y follow cos(pi/2) = 0, the period
2 pi, and cos(x + y) cos(x - y) = cos^2 x + cos^2 y - 1. So cos(x + y) and cos(x - y) are the two
roots t of

    t^2 - 2 cos x cos y t + cos^2 x + cos^2 y - 1 = 0

and this says of three unit vectors u, v and n, with u.n = cos x, v.n = cos y and t = u.v, that
their Gram determinant is 0: that they lie in one plane.
"""

from functools import cache

from proofs.axioms import cosine as cosine_axiom
from proofs.prelude import *

cosine = function("cosine", R >> R)
u, v, grad = vector("u v grad")
pi, beta, gamma, a, b = real("pi beta gamma a b")
COSINE = is_cosine(cosine, pi)


def of_the_cosine(theorem: Theorem) -> Theorem:
    """`theorem` without its hypothesis is_cosine(cosine, pi), since there are such a function and
    such a number.
    """
    return choose(cosine_axiom(), theorem, cosine, pi)


def dalembert(x: Term, y: Term) -> Theorem:
    """cos(x + y) + cos(x - y) = 2 cos x cos y."""
    return instance(COSINE.args[0].args[4], x, y)


@cache
def minus_one_at_pi_alone() -> Theorem:
    """For 0 <= beta <= pi: cos beta = -1 exactly where beta = pi, since cos beta > cos pi for beta
    < pi.
    """
    falls = instance(COSINE.args[0].args[3], beta, pi)
    same = replaced(lambda angle: cosine(angle) == -1, pi, beta)
    given = [COSINE, beta >= 0, beta <= pi]
    return entails(given, iff(cosine(beta) == -1, beta == pi), by=[falls, same])


@cache
def zero_at_a_right_angle() -> Theorem:
    """cos(pi/2) = 0, since cos pi + cos 0 = 2 cos(pi/2)^2."""
    return entails([COSINE], cosine(pi / 2) == 0, by=[dalembert(pi / 2, pi / 2)])


@cache
def zero_at_a_right_angle_alone() -> Theorem:
    """For 0 <= beta <= pi: cos beta = 0 exactly where beta = pi/2, as cos falls strictly."""
    right, falls = pi / 2, COSINE.args[0].args[3]
    sides = [instance(falls, beta, right), instance(falls, right, beta)]
    same = replaced(lambda angle: cosine(angle) == 0, right, beta)
    known = [zero_at_a_right_angle(), *sides, same]
    given = [COSINE, beta >= 0, beta <= pi]
    return entails(given, iff(cosine(beta) == 0, beta == right), by=known)


def repeats(angle: Term) -> Theorem:
    """cos(x + 2 pi) = cos x, since from x to x + pi the cosine changes its sign, and then again."""
    turns = [dalembert(angle + quarters * pi / 2, pi / 2) for quarters in (1, 3)]
    same = cosine(angle + 2 * pi) == cosine(angle)
    return entails([COSINE], same, by=[zero_at_a_right_angle(), *turns])


@cache
def product_of_the_cosines() -> Theorem:
    """cos(beta + gamma) cos(beta - gamma) = cos^2 beta + cos^2 gamma - 1: by cos 2 beta + cos 2
    gamma.
    """
    doubled = [dalembert(beta, beta), dalembert(gamma, gamma)]
    both = dalembert(beta + gamma, beta - gamma)
    product = cosine(beta + gamma) * cosine(beta - gamma)
    squares = cosine(beta) ** 2 + cosine(gamma) ** 2
    return entails([COSINE], product == squares - 1, by=[both, *doubled])


def gram_determinant(u: Term, v: Term, n: Term) -> Term:
    """The determinant of the inner products of u, v and n."""
    first, second, third = inner(u, n), inner(v, n), inner(u, v)
    squares = inner(v, v) * first**2 + inner(u, u) * second**2 + inner(n, n) * third**2
    return inner(u, u) * inner(v, v) * inner(n, n) + 2 * first * second * third - squares


@cache
def in_one_plane() -> Theorem:
    """It is 0 where v = a u + b grad."""
    inside = evaluate(gram_determinant(u, a * u + b * grad, grad) == 0)
    same = replaced(lambda v: gram_determinant(u, v, grad) == 0, a * u + b * grad, v)
    flat = gram_determinant(u, v, grad) == 0
    return entails([v == a * u + b * grad], flat, by=[inside, same])


def serves(angle: Term, u: Term, v: Term) -> Term:
    """The cosine of the angle serves as that of the angle between u and v."""
    equal: Term = cosine(angle) * norm(u) * norm(v) == inner(u, v)
    return equal


@cache
def angles_add_up() -> Theorem:
    """In one plane, with beta between u and grad and gamma between v and grad, beta + gamma or beta
    - gamma is an angle between u and v.
    """
    given = [serves(beta, u, grad), serves(gamma, v, grad), v == a * u + b * grad, grad != zero]
    lengths, product = norm(u) * norm(v), inner(u, v)
    squares = cosine(beta) ** 2 + cosine(gamma) ** 2
    solved = product**2 - 2 * cosine(beta) * cosine(gamma) * lengths * product
    equation = entails(given, solved + (squares - 1) * lengths**2 == 0, by=[in_one_plane()])
    factors = [product - cosine(angle) * lengths for angle in (beta + gamma, beta - gamma)]
    roots = [product_of_the_cosines(), dalembert(beta, gamma)]
    zero_product = entails([COSINE, *given], factors[0] * factors[1] == 0, by=[equation, *roots])
    either = any_of(serves(beta + gamma, u, v), serves(beta - gamma, u, v))
    return entails([COSINE, *given], either, by=[zero_product])
