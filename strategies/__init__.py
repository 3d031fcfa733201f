"""What hypothesis draws: vectors, losses, and starts on them.

Numbers are dyadic fractions, so that balls (`proofs.balls.arithmetic`) hold them exactly.
Strategies have plural names, check their arguments, and say what they shrink to.
"""

from strategies.drawn import convex_losses, lipschitz_losses, smooth_losses
from strategies.rough import rough_losses
from strategies.trials import Start, starts
from strategies.steps import step_sizes
from strategies.vectors import directions, pairs_of_vectors, points, triples_of_vectors

__all__ = [
    "Start", "convex_losses", "directions", "lipschitz_losses", "pairs_of_vectors", "points", "rough_losses",
    "smooth_losses", "starts", "step_sizes", "triples_of_vectors",
]  # fmt: skip
