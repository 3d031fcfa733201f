"""What hypothesis draws: vectors, step sizes, losses, losses with a fault, and starts on them.

What belongs here: whatever a search tries, and nothing that judges it. Numbers are dyadic
fractions, so that balls hold them exactly. Strategies have plural names, check their arguments, and
say what they shrink to. `vectors` and `steps` draw numbers; `losses` are values, which `drawn`
draws and `rough` spoils; `trials` puts several starts
on each of several losses.

It imports proofs.balls (arithmetic and derivatives), the kernel's terms, hypothesis and sympy; the
pages, tests and tools import it.
"""

from strategies.drawn import (
    convex_losses, lipschitz_losses, one_sided_losses, polyak_lojasiewicz_losses, smooth_losses,
    strongly_convex_losses,
)  # fmt: skip
from strategies.rough import rough_losses
from strategies.steps import step_sizes
from strategies.trials import Start, starts
from strategies.vectors import (
    directions, mixed, pairs_of_vectors, points, triples_of_vectors,
)  # fmt: skip

__all__ = [
    "Start", "convex_losses", "directions", "lipschitz_losses", "mixed", "one_sided_losses",
    "pairs_of_vectors", "points", "polyak_lojasiewicz_losses", "rough_losses", "smooth_losses",
    "starts", "step_sizes", "strongly_convex_losses", "triples_of_vectors",
]  # fmt: skip
