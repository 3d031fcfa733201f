"""Directions of reduced loss, with their eta0 named (Nocedal and Wright, Numerical Optimization,
2.2).
"""

from proofs.kernel import R, Term, forall, implies


def reduces_below(loss: Term, at: Term, direction: Term, bound: Term | int) -> Term:
    """loss(at + eta direction) < loss(at) for every eta with 0 < eta < bound."""
    return forall(
        R, lambda eta: implies(eta > 0, eta < bound, loss(at + eta * direction) < loss(at))
    )
