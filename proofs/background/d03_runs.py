"""Runs of which d3 speaks: all those on a loss that is not convex."""

from collections.abc import Mapping
from typing import Any

from proofs.lemmas.linear_rates import faster_linear_rate, mu
from proofs.lemmas.powers import power
from proofs.lemmas.rates import L, W, alpha, grad, k, lipschitz, modulus, n
from proofs.losses.undulating import UNDULATING, undulating_is_steep
from proofs.prelude import *


def all_runs_undulating(every_run: Term, values: Mapping[Term, Any]) -> Theorem:
    """Runs with alpha = 1 = 1 / lipschitz have the rate (4/5)^n, because mu = 1/7."""
    loss = UNDULATING
    known_values = {L: loss.value, grad: loss.gradient, modulus: loss.modulus, lipschitz: 1}
    runs = substitute(entails([every_run], every_run), {**known_values, **values}).goal
    rate = faster_linear_rate(loss(zero))
    rate = substitute(rate, {**known_values, alpha: 1, mu: Fraction(1, 7)})
    on_the_way = next(h for h in rate.hypotheses if h.op == "forall")
    steep = for_each(on_the_way, k, by=[instance(undulating_is_steep(), W(k))])
    known = [rate, loss.smooth(), loss.steady(), loss.bounded(), steep]
    return for_each(runs, W, n, given=[is_power(power)], by=known)
