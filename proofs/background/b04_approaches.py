"""Moving towards a point: u.(theta - target) < 0 exactly where all small steps along u lead nearer
to it.

|theta + eta u - target|^2 = |theta - target|^2 + 2 eta u.(theta - target) + eta^2 |u|^2, and the
last term is smaller than the one before it while eta is small (Nesterov, Introductory Lectures on
Convex Optimization).
"""

from proofs.prelude import *

theta, target, u = vector("theta target u")
eta, eta0 = real("eta eta0")


def comes_nearer(theta: Term, target: Term, u: Term, eta: Term) -> Term:
    """|theta + eta u - target| < |theta - target|."""
    return norm(theta + eta * u - target) < norm(theta - target)


def points_towards(theta: Term, target: Term, u: Term) -> Term:
    """u.(theta - target) < 0."""
    return inner(u, theta - target) < 0


def leads_nearer(theta: Term, target: Term, u: Term) -> Term:
    """`comes_nearer` for all small eta."""
    return for_all_small(lambda eta: comes_nearer(theta, target, u, eta))


def towards_is_nearer(start: Term, point: Term, direction: Term) -> Theorem:
    """iff(points_towards(...), leads_nearer(...)).

    Where u.(theta - target) < 0, eta0 = -2 u.(theta - target) / (|u|^2 + 1) serves. Conversely, ask
    at eta0 / 2.
    """
    sign, nearer = points_towards(theta, target, u), leads_nearer(theta, target, u)
    small = -2 * inner(u, theta - target) / (norm(u) ** 2 + 1)
    near = [sign, eta > 0, eta < small]
    falls = generalize(entails(near, comes_nearer(theta, target, u, eta)), eta)
    positive = entails([sign], small > 0)
    there = entails([sign], nearer, by=[witnessed(nearer, small), positive, falls])
    below = forall(R, lambda eta: implies(eta > 0, eta < eta0, comes_nearer(theta, target, u, eta)))
    halfway = entails([eta0 > 0, below], sign, by=[instance(below, eta0 / 2)])
    back = choose(entails([nearer], nearer), halfway, eta0)
    both = entails([], iff(sign, nearer), by=[there, back])
    return substitute(both, {theta: start, target: point, u: direction})
