"""Drawing points of R^n that have a fair chance to meet the hypotheses of a claim."""

from __future__ import annotations

from fractions import Fraction
from math import prod
from random import Random
from typing import Any

from proofs.claims import Claim
from proofs.kernel import N, R, Term, V
from proofs.kernel.terms import TRUE, term
from tests.pages.coordinates.losses import Cosine, Quadratic, Run, Table, natural_power
from tests.pages.coordinates.notions import words
from tests.pages.coordinates.roots import OutOfDomain, Scalar, inverse, sign
from tests.pages.coordinates.semantics import Point, conjuncts
from tests.pages.coordinates.vectors import (
    Vector, dot, draw_number, draw_orthonormal, draw_vector, length, minus, scaled,
)  # fmt: skip

# What pages call their variables; a point drawn for another name has only less of a chance.
POSITIVE = {"alpha", "eta", "lipschitz", "r", "epsilon", "other", "eta_star", "pi"}
SCALED = {"alpha", "eta", "s", "u", "other"}
STARTS, LOSSES, SLOPES = ("w0", "theta", "start"), ("L", "f"), ("g", "grad", "gradient", "slope")
RATES = ("alpha", "eta")


class Draw:
    """A point that has a fair chance to meet the hypotheses of a claim; that is checked later."""

    def __init__(self, claim: Claim, n: int, random: Random) -> None:
        self.claim, self.random, self.n = claim, random, n
        self.named = {v.data: v for v in claim.for_all}
        self.point = Point(n, {}, random)
        self.values = self.point.values
        self.hypotheses = [part for h in claim.given.values() for part in conjuncts(h)]
        for v in claim.for_all:
            if v.sort in (R, N):
                number = draw_number(random, positive=v.data in POSITIVE and random.random() < 0.9)
                self.values[v] = number if v.sort == R else Fraction(random.randint(1, 4))
            elif v.sort == V:
                self.values[v] = draw_vector(random, n, self.vectors())
        if {"cosine", "pi"} <= self.named.keys():
            half_turn = self.values[self.named["pi"]] = draw_number(random, positive=True)
            self.values[self.named["cosine"]] = Cosine(half_turn)
        if "power" in self.named:
            self.values[self.named["power"]] = natural_power
        premises = [f.args[0] for f in conjuncts(claim.then) if f.op == "implies"]
        premise = random.choice(premises) if premises and random.randrange(3) else TRUE
        wanted = [f for f in conjuncts(premise) if f.op in ("==", "exists")]
        self.settle(*wanted)
        loss = self.draw_loss()
        self.draw_functions(loss)
        self.settle(*wanted)
        if loss:
            self.draw_numbers_of(loss)
        self.point.found = {}

    def vectors(self) -> list[Vector]:
        """The vectors drawn so far."""
        return [x for v, x in self.values.items() if v.sort == V]

    def settle(self, *wanted: Term) -> None:
        """Gives variables the values that these formulas and the hypotheses demand of them."""
        for _ in range(2):
            for h in (*wanted, *self.hypotheses):
                try:
                    self.meet(h)
                except OutOfDomain:
                    continue  # it speaks of what is not drawn yet

    def meet(self, h: Term) -> None:
        """Gives variables the values that a formula demands of them, if it is a simple one."""
        if h.op == "==":
            self.solve(*h.args)
        elif h.op == "exists":
            self.witness(h)
        elif h.op == "defined" and h.data[0] == words("orthonormal") and self.n > 1:
            if not self.point.holds(h, positive=False):
                self.values |= zip(h.args[1:], draw_orthonormal(self.random, self.n), strict=True)
        elif h.op == "defined" and h.data[0] == words("differentiable"):
            loss, at, gradient, _ = h.args[1:]
            if loss.op == "fun" and gradient.op == "symbol" and gradient.sort == R:
                f, t = self.point.value(loss), self.point.value(at)
                rise = f(t + Fraction(1)) - f(t - Fraction(1))
                self.values[gradient] = rise * Fraction(1, 2)

    def witness(self, existential: Term) -> None:
        """Makes an existential statement true by the values of its equations' right sides."""
        if existential.data[1] == V:
            self.point.witness = x = draw_vector(self.random, self.n, [])
            for f in existential.args[0].args:
                if f.op == "==" and f.args[1].op == "symbol":
                    self.values[f.args[1]] = self.point.value(f.args[0], (x,))

    def solve(self, left: Term, right: Term) -> None:
        """Makes left == right true by a variable: one side, or one that is scaled or projected."""
        value = self.point.value
        if left.op == "symbol" and left not in right.free:
            self.values[left] = value(right)
        elif left.op == "norm" and left.args[0].op == "symbol":
            v = value(left.args[0])
            if right.op == "symbol":
                self.values[right] = length(v)
            elif sign(length(v)):
                self.values[left.args[0]] = scaled(value(right) * inverse(length(v)), v)
        elif left.op == "inner" and left.args[0].op == "symbol" and right is term(0, R):
            u, x = map(value, left.args)
            if any(x):
                self.values[left.args[0]] = minus(u, scaled(dot(u, x) * inverse(dot(x, x)), x))
        elif left.op == "*" and left.args[0].op == "apply" and right.op == "inner":
            self.turn(left.args[0], right)
        elif left.op == "*" and left.args[0].op == "symbol":
            factor = prod(map(value, left.args[1:]), start=Fraction(1))
            if sign(factor):
                self.values[left.args[0]] = value(right) * inverse(factor)

    def turn(self, cosine: Term, product: Term) -> None:
        """Makes cosine(angle) |u| |v| == u.v true by the angle, of u as it is, or as it is turned:
        against v, along it, or across.
        """
        (function, angle), (left, right) = cosine.args, product.args
        known, u, v = (self.point.value(t) for t in (function, left, right))
        if not isinstance(known, Cosine):
            return
        if sign(length(u)) and sign(length(v)):
            turned = scaled(Fraction(self.random.choice([-1, 1])), v)
            if self.random.randrange(2):
                turned = minus(u, scaled(dot(u, v) * inverse(dot(v, v)), v))
            for x in (u, turned):
                sizes = length(x) * length(v)
                found = dot(x, v) * inverse(sizes) if sign(sizes) else Fraction(0)
                if angles := known.angles(found):
                    self.values[left], self.values[angle] = x, self.random.choice(angles)
                    return
        elif angle not in self.values or self.random.randrange(2):
            self.values[angle] = known.half_turn * Fraction(self.random.randint(-6, 18), 6)

    def draw_loss(self) -> Quadratic | None:
        """A quadratic loss, if the claim has one, with the gradient that the hypotheses name."""
        symbol = next((self.named[name] for name in LOSSES if name in self.named), None)
        if symbol is None or not symbol.sort.inputs:
            return None
        space, random = symbol.sort.inputs[0], self.random
        others = self.vectors()

        def draw() -> Any:
            return draw_number(random) if space == R else draw_vector(random, self.n, others)

        centre, slope = draw(), draw()
        for v in self.claim.for_all:
            if v.sort == space and v.data in STARTS:
                centre = self.values[v]
            if v.sort == space and v.data in SLOPES:
                slope = self.values[v]
        for h in self.hypotheses:
            if h.op == "defined" and h.data[0] == words("differentiable") and h.args[1] is symbol:
                centre, slope = map(self.point.value, h.args[2:4])
        bowl = random.random() < 0.6
        bend = draw_number(random, positive=bowl)
        fold = draw_number(random, positive=True) * (1 if bowl else -1)
        axis = random.choice([slope, draw()])
        loss = Quadratic(centre, slope, axis, bend, fold * random.randrange(2), draw_number(random))
        self.values[symbol] = loss
        return loss

    def draw_functions(self, loss: Quadratic | None) -> None:
        """The gradient, the moduli, the Hessian of the loss; runs; tables for the rest."""
        for v in self.claim.for_all:
            inputs, output = v.sort.inputs, v.sort.output
            if v in self.values or not inputs:
                continue
            elif loss and len(inputs) == 1 and inputs[0] != N:
                kind = "hessian" if v.data == "H" else "gradient" if v.data in SLOPES else "modulus"
                self.values[v] = getattr(loss, kind)
            elif loss and inputs[0] in (R, V) and len(inputs) == 2:
                self.values[v] = loss.modulus_at
            elif output == R and not any(s.inputs for s in inputs):
                self.values[v] = Table(self.random)
        for v in self.claim.for_all:
            if v.sort == N >> V and v.data in ("W", "theta"):
                self.draw_run(v, loss)
        if {"theta", "u"} <= self.named.keys() and self.named["u"].sort == N >> V:
            run = self.values[self.named["theta"]]
            self.values[self.named["u"]] = lambda k: scaled(Fraction(-1), run.gradient(run(k)))

    def draw_run(self, symbol: Term, loss: Quadratic | None) -> None:
        """Gradient descent on the loss, or along the gradient that a hypothesis names."""
        start = draw_vector(self.random, self.n, self.vectors())
        gradient: Any = loss.gradient if loss else None
        rate: Scalar = Fraction(0)
        learning_rate = next((self.named[k] for k in RATES if k in self.named), None)
        if loss and learning_rate is not None:
            if self.random.random() < 0.8:
                self.values[learning_rate] *= 1 / (2 * loss.bound)
            rate = self.values[learning_rate]
        for h in self.hypotheses:
            if not loss and h.op == "defined" and h.data[0] == words("gradient_descent"):
                gradient, rate = map(self.point.value, h.args[2:4])
        self.values[symbol] = Run(start, gradient, rate)

    def draw_numbers_of(self, loss: Quadratic) -> None:
        """Numbers and vectors that belong to the loss."""
        values, random = self.values, self.random
        for name, v in self.named.items():
            if name == "lipschitz":
                values[v] = loss.bound * random.choice([1, 1, 2])
            elif name in SCALED and v.sort in (R, V) and random.randrange(2):
                if not any(w.sort == N >> V for w in self.claim.for_all) and not self.equated(v):
                    share = Fraction(1, random.choice([1, 4]))
                    values[v] = scaled(share * (1 / loss.bound), values[v])
            elif name in ("w_star", "theta_star") and min(loss.ends) > 0:
                values[v] = loss.minimizer
            elif name in ("L_star", "low") and min(loss.ends) > 0:
                values[v] = loss(loss.minimizer)
            elif name == "eta_star" and "u" in self.named:
                u = values[self.named["u"]]
                if bent := dot(u, loss.hessian(u)):
                    values[v] = -1 * dot(u, loss.slope) * inverse(bent)

    def equated(self, v: Term) -> bool:
        """Whether an equation of the hypotheses mentions the variable."""
        return any(h.op == "==" and v in h.free for h in self.hypotheses)
