"""Smooth functions of one variable that only jax and torch have: rules on balls and on series."""

from __future__ import annotations

from typing import Any

from flint import arb, arb_series, ctx

from proofs.certify.balls import NOT_KNOWN, ONE, ZERO, Function, _monotone, coefficient, composed


def _digamma(x: arb) -> arb:
    found = x.digamma()
    return found if found.is_finite() else NOT_KNOWN


def _digamma_series(x: arb_series) -> arb_series:
    """psi(x): the derivative of lgamma at the constant, composed with the rest."""
    length = min(ctx.cap, x.prec)
    before = ctx.cap
    ctx.cap = length + 1
    try:
        start = arb_series([coefficient(x, 0), ONE], length + 1)
        slopes = start.lgamma().derivative()
    finally:
        ctx.cap = before
    return composed([coefficient(slopes, k) for k in range(length)], x)


def _erfinv(x: arb) -> arb:
    return x.erfinv() if x.is_exact() or bool(abs(x) < ONE) else NOT_KNOWN


def _erfinv_series(x: arb_series) -> arb_series:
    """y with y' = sqrt(pi) / 2 exp(y^2) x'."""
    length = min(ctx.cap, x.prec)
    y = arb_series([_monotone(_erfinv)(coefficient(x, 0))], 1)
    half = arb.pi().sqrt() / 2
    for k in range(1, length):
        known = arb_series(y.coeffs() or [ZERO], k)
        slope = half * (known * known).exp() * arb_series(x.derivative().coeffs() or [ZERO], k)
        rest: list[Any] = slope.integral().coeffs()
        rest += [ZERO] * (k + 1 - len(rest))
        y = arb_series([coefficient(y, 0), *rest[1 : k + 1]], k + 1)
    return arb_series(y.coeffs() or [ZERO], length)


DIGAMMA = Function("digamma", _digamma, _digamma_series)
ERFINV = Function("erf_inv", _monotone(_erfinv), _erfinv_series)
