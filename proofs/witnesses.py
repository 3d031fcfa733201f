"""Particular losses as witnesses: what each symbol of a claim stands for, and what is proved of it.

Nothing here is trusted. Imports claims and lemmas; `losses/` makes the losses, which pages use.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any


from proofs.claims import Witness, for_each
from proofs.definitions import convex, lipschitz_gradient, lower_bound, minimizer
from proofs.kernel import (
    KernelError, R, Sort, Term, Theorem, V, fun, instance, real, substitute, vector,
)  # fmt: skip
from proofs.kernel.terms import replace
from proofs.lemmas.differentiability import (
    differentiable_everywhere_by_remainder, modulus_by_remainder,
)  # fmt: skip

Reasons = Callable[..., Iterable[Theorem]]
NONE: Reasons = lambda *symbols: ()


@dataclass(frozen=True, eq=False)
class ParticularLoss:
    """A loss, with its gradient and with theorems about it, each made when it is first asked for.

    `value` is in V >> R, `gradient` in V >> V and `modulus` in (V, R) >> R; or R stands for each V.
    `facts` are the theorems, by name; those that are not there have not been proved.
    """

    value: Term
    gradient: Term
    modulus: Term
    lipschitz: Any
    minimizer: Any
    facts: Mapping[str, Callable[[], Theorem]]

    def __call__(self, w: Any) -> Any:
        return self.value(w)

    def smooth(self) -> Theorem:
        """The loss has its gradient everywhere, with the modulus."""
        return self._fact("smooth")

    def steady(self) -> Theorem:
        """The gradient is Lipschitz with the constant `lipschitz`."""
        return self._fact("steady")

    def convex(self) -> Theorem:
        """The loss is convex."""
        return self._fact("convex")

    def least(self) -> Theorem:
        """The minimizer is one."""
        return self._fact("least")

    def bounded(self) -> Theorem:
        """The value at the minimizer is a lower bound."""
        return self._fact("bounded")

    def where(self, values: Mapping[Term, Any]) -> ParticularLoss:
        """The loss with values for the symbols that its terms hold, its parameters."""

        def specialized(fact: Callable[[], Theorem]) -> Callable[[], Theorem]:
            return cache(lambda: substitute(fact(), values))

        there: Callable[[Any], Any]
        there = lambda part: replace(part, values) if isinstance(part, Term) else part
        return ParticularLoss(
            *(there(self.value), there(self.gradient), there(self.modulus)),
            *(there(self.lipschitz), there(self.minimizer)),
            facts={name: specialized(fact) for name, fact in self.facts.items()},
        )

    def at(self, point: Any = None, /, **parts: Term) -> Witness:
        """Values for symbols, by what each stands for, with what is proved of these values.

        The parts are those of drawn losses: at(e1, loss=L, point=w0, gradient=g, modulus=delta). A
        gradient or a modulus that is a function of the point is that everywhere; `lipschitz`,
        `minimizer` and `least` (the value there) bring their theorems.
        """
        return Witness(
            {symbol: self._value(part, symbol, point) for part, symbol in parts.items()},
            [fact for part, symbol in parts.items() for fact in self._facts(part, symbol, point)],
        )

    def _fact(self, name: str) -> Theorem:
        if name not in self.facts:
            raise KernelError(f"nothing says that {self.value} is {name}")
        return self.facts[name]()

    def _value(self, part: str, symbol: Term, point: Any) -> Any:
        if part == "gradient":
            return self.gradient if symbol.sort.inputs else self.gradient(point)
        if part == "modulus" and len(symbol.sort.inputs) == 2:
            return self.modulus
        if part == "modulus":
            return fun(R, lambda epsilon: self.modulus(point, epsilon))
        if part == "least":
            return self.value(self.minimizer)
        known = {"loss": self.value, "point": point}
        known |= {"lipschitz": self.lipschitz, "minimizer": self.minimizer}
        if known.get(part) is None:
            raise KernelError(f"{self.value} has no part {part!r} here")
        return known[part]

    def _facts(self, part: str, symbol: Term, point: Any) -> list[Callable[[], Theorem]]:
        if part == "modulus" and "smooth" in self.facts:
            everywhere = len(symbol.sort.inputs) == 2
            return [self.smooth if everywhere else lambda: instance(self.smooth(), w=point)]
        facts = {"lipschitz": self.steady, "minimizer": self.least, "least": self.bounded}
        return [facts[part]] if part in facts else []


def particular(
    space: Sort,
    value: Callable[[Term], Any],
    gradient: Callable[[Term], Any],
    curvature: Callable[[Term], Any] | None = None,
    *,
    given: Sequence[Term] = (),
    lipschitz: Any = None,
    least_at: Any = None,
    smooth_by: Reasons = NONE,
    steady_by: Reasons = NONE,
    convex_by: Reasons | None = None,
) -> ParticularLoss:
    """A loss on `space`, V or R, by the Python functions of its value and its gradient.

    The linear model at w errs by at most curvature(w) |s|^2 for |s| <= 1, which z3 shows from the
    theorems smooth_by(w, s). Without a `curvature` nothing is proved of `gradient`, which is only
    called so. Where they are given: the gradient has the constant `lipschitz`, by steady_by(v, w);
    `least_at` is a minimizer; the loss is convex, by convex_by(v, w, t). All this holds under the
    hypotheses `given`.
    """
    v, w = (vector if space == V else real)("v w")
    t, loss, grad = real("t"), fun(space, value), fun(space, gradient)
    bound = fun(space, curvature or (lambda w: 1))
    facts: dict[str, Callable[[], Theorem]] = {}
    if curvature:
        facts["smooth"] = lambda: differentiable_everywhere_by_remainder(
            loss, grad, bound, smooth_by, given
        )
    if lipschitz is not None:
        steady = lipschitz_gradient(grad, lipschitz)
        facts["steady"] = lambda: for_each(steady, v, w, given=given, by=steady_by(v, w))
    if convex_by is not None:
        bent = convex(loss)
        facts["convex"] = lambda: for_each(bent, v, w, t, given=given, by=convex_by(v, w, t))
    if least_at is not None:
        facts["least"] = lambda: for_each(minimizer(loss, least_at), w, given=given)
        bounded = lower_bound(loss, loss(least_at))
        facts["bounded"] = lambda: for_each(bounded, w, given=given)
    once = {name: cache(fact) for name, fact in facts.items()}
    return ParticularLoss(loss, grad, modulus_by_remainder(bound), lipschitz, least_at, once)
