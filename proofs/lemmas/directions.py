"""Directions of reduced loss, with their eta0 named (Nocedal and Wright, Numerical
Optimization, on search directions).
"""

from proofs.lemmas.small_steps import never_for_all_small
from proofs.prelude import *

eta = real("eta")


def reduces_below(loss: Term, at: Term, direction: Term, bound: Term | int) -> Term:
    """loss(at + eta direction) < loss(at) for every eta with 0 < eta < bound."""
    return forall(
        R, lambda eta: implies(eta > 0, eta < bound, loss(at + eta * direction) < loss(at))
    )


def reduced_with_eta0(loss: Term, at: Term, direction: Term, eta0: Term | int) -> Theorem:
    """A direction of reduced loss: z3 sees that every eta < eta0 lowers the loss, and eta0 > 0."""
    reduced = direction_of_reduced_loss(loss, at, direction)
    falls = for_each(reduces_below(loss, at, direction, eta0), eta)
    return entails([], reduced, by=[witnessed(reduced, alpha0=eta0), falls])


def never_reduced(loss: Term, at: Term, direction: Term) -> Theorem:
    """No direction of reduced loss: z3 sees that no eta with 0 < eta < 1 lowers the loss."""
    lowered = for_all_small(lambda eta: loss(at + eta * direction) < loss(at))
    reduced = direction_of_reduced_loss(loss, at, direction)
    return entails([], ~reduced, by=[never_for_all_small(lowered, eta)])
