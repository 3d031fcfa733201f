"""The defined notions that are known of the drawn functions by construction."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache, partial
from typing import Any

from proofs import definitions
from proofs.kernel import N, R, Term, V, function, real, vector
from tests.pages.coordinates.losses import Cosine, Quadratic, Run, natural_power
from tests.pages.coordinates.roots import sign
from tests.pages.coordinates.vectors import coordinates, dot


def is_gradient(loss: Any, at: Any, gradient: Any, modulus: Any) -> bool | None:
    """Differentiability of a Quadratic; else of a quadratic function of a number."""
    if isinstance(loss, Quadratic):
        return bool(gradient == loss.gradient(at) and modulus == loss.modulus)
    maker = getattr(modulus, "__self__", None)
    if isinstance(at, tuple) or not isinstance(maker, Quadratic):
        return None
    f = [loss(at + Fraction(k)) for k in (-1, 0, 1, 2)]
    if sign(f[3] - 3 * f[2] + 3 * f[1] - f[0]):
        return None
    bent = f[2] - 2 * f[1] + f[0]
    return bool(2 * gradient == f[2] - f[0] and max(bent, -bent) <= 2 * maker.bound)


def is_gradient_everywhere(loss: Any, gradient: Any, modulus: Any, **where: Any) -> bool | None:
    """Differentiability everywhere, or on a segment."""
    if not isinstance(loss, Quadratic):
        return None
    return (gradient, modulus) == (loss.gradient, loss.modulus_at)


def is_lipschitz(gradient: Any, lipschitz: Any, **where: Any) -> bool | None:
    """A Lipschitz gradient, everywhere or on a segment."""
    loss = getattr(gradient, "__self__", None)
    return True if isinstance(loss, Quadratic) and sign(lipschitz - loss.bound) >= 0 else None


def is_strongly_convex(loss: Any, mu: Any) -> bool | None:
    """A Quadratic whose eigenvalues are at least mu."""
    return True if isinstance(loss, Quadratic) and sign(min(loss.ends) - mu) >= 0 else None


def is_minimizer(loss: Any, at: Any) -> bool | None:
    """A stationary point of a convex Quadratic."""
    if not getattr(loss, "convex", False):
        return None
    return not any(sign(x) for x in coordinates(loss.gradient(at)))


def is_lower_bound(loss: Any, low: Any) -> bool | None:
    """A number that is at most the minimum."""
    if not isinstance(loss, Quadratic) or min(loss.ends) <= 0:
        return None
    return sign(loss(loss.minimizer) - low) >= 0


def reduces(loss: Any, at: Any, direction: Any) -> bool | None:
    """Whether t u.gradient + t^2 u.Hu / 2 is negative for all small t > 0."""
    if not isinstance(loss, Quadratic):
        return None
    slope = sign(dot(direction, loss.gradient(at)))
    return (slope or sign(dot(direction, loss.hessian(direction)))) < 0


def of_hessian(operator: Any, definite: bool = False) -> bool | None:
    """A Hessian is linear and symmetric, and positive definite if its eigenvalues are positive."""
    loss = getattr(operator, "__self__", None)
    if not isinstance(loss, Quadratic) or operator != loss.hessian:
        return None
    return True if not definite or min(loss.ends) > 0 else None


def of_run(points: Any, gradient: Any, alpha: Any) -> bool | None:
    """What is gradient descent for the first steps is gradient descent."""
    return True if isinstance(points, Run) else None


KNOWN: dict[str, Callable[..., bool | None]] = {
    "differentiable": is_gradient,
    "differentiable_everywhere": is_gradient_everywhere,
    "differentiable_on_segment": is_gradient_everywhere,
    "lipschitz_gradient": is_lipschitz,
    "lipschitz_from_start": is_lipschitz,
    "one_sided_lipschitz": is_lipschitz,
    "strongly_convex": is_strongly_convex,
    "quasi_convex": lambda loss: True if getattr(loss, "convex", False) else None,
    "convex": lambda loss: True if getattr(loss, "convex", False) else None,
    "minimizer": is_minimizer,
    "lower_bound": is_lower_bound,
    "direction_of_reduced_loss": reduces,
    "linear": of_hessian,
    "symmetric": of_hessian,
    "positive_definite": partial(of_hessian, definite=True),
    "gradient_descent": of_run,
    "is_power": lambda power: power is natural_power,
    "is_cosine": lambda cosine, pi: isinstance(cosine, Cosine) and cosine.half_turn == pi,
}
# Hypotheses with a quantifier, by the names that pages give them. They hold by construction, unless
# a sample refutes them.
CONSTRUCTED = {
    "L is quadratic",
    "theta moves along u",
    "u is against the gradient",
    "eta_star is the minimizer on the line",
}


@cache
def words(notion: str) -> str:
    """How the definition of this name reads, as it stands in the terms that it makes."""
    samples: dict[str, Term] = {
        "loss": function("loss", V >> R), "operator": function("operator", V >> V),
        "points": function("points", N >> V), "cosine": function("cosine", R >> R),
        "modulus": function("modulus", (V, R) >> R), "gradient": function("gradient", V >> V),
        "power": function("power", (N, R) >> R),
    }  # fmt: skip
    for name in ("at", "direction", "start", "step", "u", "v"):
        samples[name] = vector(name)
    for name in ("lipschitz", "low", "alpha", "mu", "pi"):
        samples[name] = real(name)
    define: Any = getattr(definitions, notion)
    if notion in ("differentiable", "direction_of_reduced_loss"):
        samples |= {"gradient": vector("slope"), "modulus": function("delta", R >> R)}
    names = define.__wrapped__.__code__.co_varnames[: define.__wrapped__.__code__.co_argcount]
    return str(define(*(samples[name] for name in names)).data[0])


RULES = {words(notion): rule for notion, rule in KNOWN.items()}
