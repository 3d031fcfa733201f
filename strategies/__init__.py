"""What hypothesis draws: vectors, losses, and starts on them.

Numbers are dyadic fractions, so that balls (`proofs.kernel.balls`) hold them exactly. Strategies have plural names,
check their arguments, and say what they shrink to.
"""

from strategies.drawn import convex_losses, lipschitz_losses, smooth_losses
from strategies.starts import Start, starts
from strategies.vectors import points

__all__ = ["Start", "convex_losses", "lipschitz_losses", "points", "smooth_losses", "starts"]
