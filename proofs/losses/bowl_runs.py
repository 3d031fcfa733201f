"""Runs on multiples of |w|^2 from e1, for linear rates: to the minimum, or on to (-2)^k e1."""

from collections.abc import Mapping

from proofs.claims import Witness
from proofs.lemmas.descents import FROM_E1_TO_ZERO, leads_from_e1_to_zero
from proofs.lemmas.powers import next_power, power
from proofs.losses.parabolas import bowl
from proofs.prelude import *
from proofs.witnesses import ParticularLoss

w, k, are_powers = vector("w"), natural("k"), [is_power(power)]


def bowl_is_steep(loss: ParticularLoss, mu: Fraction, points: Term) -> list[Theorem]:
    """Everywhere, and so at the first two points, |gradient|^2 >= 2 mu times the excess."""

    def steep(w: Term) -> Term:
        enough: Term = norm(loss.gradient(w)) ** 2 >= 2 * mu * (loss(w) - loss(zero))
        return enough

    everywhere = for_each(forall(V, steep), w)
    at_first = forall(N, lambda k: implies(k <= 1, steep(points(k))))
    return [everywhere, for_each(at_first, k, by=[instance(everywhere, points(k))])]


def first_step(
    curvature: int, points: Term, mu: Fraction, rate: int, symbols: Mapping[str, Term]
) -> Witness:
    """curvature |w|^2 / 2 from e1, with lipschitz = 1 and this mu."""
    loss, parts = bowl(curvature), ("loss", "gradient", "modulus", "minimizer")
    run = {"mu": mu, "alpha": rate, "points": points, "lipschitz": 1, "steps": 1}
    at = loss.at(e1, **{part: symbols[part] for part in parts})
    h = Fraction(rate)
    factors = 1 - 2 * mu * h * (1 - h / 2), (2 - h * (3 - h) * mu) / (2 + h * mu)
    facts = [fact for factor in factors for fact in next_power(factor, 0)]
    facts += bowl_is_steep(loss, mu, points) if mu <= curvature else []
    facts += [loss.steady()] if curvature == 1 else []
    return at | Witness({symbols[part]: value for part, value in run.items()}, facts)


def to_the_minimum(mu: int, symbols: Mapping[str, Term]) -> Witness:
    """|w|^2 / 2 with alpha = 1: the points e1, 0, 0, 0, ..."""
    at = first_step(1, FROM_E1_TO_ZERO, Fraction(mu), 1, symbols)
    return at | Witness({}, [leads_from_e1_to_zero()])


def leaping(curvature: int, rate: int, symbols: Mapping[str, Term]) -> Witness:
    """With alpha curvature = 3 and mu = 1/2: the points (-2)^k e1."""
    points = fun(N, lambda k: power(k, -2) * e1)
    moves = gradient_descent(points, bowl(curvature).gradient, rate)
    steps = for_each(moves, k, given=are_powers, by=next_power(-2, k))
    at = first_step(curvature, points, Fraction(1, 2), rate, symbols)
    return at | Witness({}, [steps, *next_power(-2, 0)])
