"""The rows of the tables, and the symbols of which they speak."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from proofs.claims import Claim
from proofs.definitions import differentiable_everywhere, lipschitz_gradient
from proofs.kernel import R, Term, Theorem, V, entails, function, inner, norm, real, vector
from proofs.lemmas.descent_lemma import descent_lemma
from proofs.lemmas.inner_products import norm_scaling
from proofs.runner.pages import NoVerdict, Page

RLIMIT = 1_000_000  # z3's count of work; what it then cannot tell is not proved either
Values = Mapping[Any, Any]
Reasons = Callable[[], list[Theorem]]

L, grad = function("L", V >> R), function("grad", V >> V)
modulus, delta = function("delta", (V, R) >> R), function("delta", R >> R)
g, u, v, w, s = vector("g u v w s")
lipschitz, alpha = real("lipschitz alpha")
SMOOTH = {
    "L is differentiable": differentiable_everywhere(L, grad, modulus),
    "grad is Lipschitz": lipschitz_gradient(grad, lipschitz),
    "lipschitz is positive": lipschitz > 0,
}
PARTS = {"loss": L, "gradient": grad, "modulus": modulus, "point": w, "lipschitz": lipschitz}
AT_W = {"loss": L, "gradient": g, "modulus": delta, "point": w}


STEP = -alpha * grad(w)


def says(then: Term, given: Mapping[str, Term] | None = None) -> Claim:
    """A claim for all values of the symbols that it mentions."""
    free = then.free.union(*(h.free for h in (given or {}).values()))
    return Claim(for_all=sorted(free, key=lambda t: str(t.data)), given=given or {}, then=then)


def error(step: Term) -> Any:
    """What the linear model at w misses."""
    return L(w + step) - L(w) - inner(grad(w), step)


def model(step: Term) -> Reasons:
    """The descent lemma: |error| <= lipschitz |step|^2 / 2."""
    return lambda: [descent_lemma(L, grad, modulus, w, step, lipschitz)]


@cache
def falls_after_a_step() -> Theorem:
    """The step to w - alpha grad(w) lowers the loss by alpha (1 - lipschitz alpha / 2) |grad|^2."""
    least = alpha * (1 - lipschitz * alpha / 2) * square(grad(w))
    by = [*model(STEP)(), norm_scaling(-alpha, grad(w))]
    return entails([*SMOOTH.values(), alpha >= 0], L(w + STEP) <= L(w) - least, by=by)


def step_falls() -> list[Theorem]:
    """That, as a reason."""
    return [falls_after_a_step()]


def square(t: Term) -> Any:
    """|t|^2."""
    return norm(t) ** 2


@dataclass(frozen=True, kw_only=True, eq=False)
class Fault:
    """A claim that is false, beside its twin that is true.

    `by` proves the twin, and seems to prove the claim; `at` is where the claim fails. The
    hypotheses of the twin hold at `inhabited`, where they do not at `at`.
    """

    name: str
    claim: Claim
    twin: Claim
    by: Reasons = list
    at: Values
    shown: Reasons = list  # what is known of the values `at`
    inhabited: Values | None = None

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, kw_only=True, eq=False)
class Empty:
    """A claim that says nothing, or has no meaning, whatever is proved of it: `told` is why.

    `by` proves the twin, whose hypotheses hold at `inhabited`, and the claim where that can be.
    """

    name: str
    claim: Claim
    twin: Claim
    by: Reasons = list
    inhabited: Values | None = None
    shown: Reasons = list  # what is known of those values
    told: str

    def __str__(self) -> str:
        return self.name


def without_meaning(told: str) -> Callable[..., Empty]:
    """Rows of claims that lack the hypothesis which gives them their meaning."""

    def lacks(
        name: str, then: Term, missing: Term, at: Values, by: Reasons = list, **given: Term
    ) -> Empty:
        twin = says(then, {"it has a meaning": missing, **given})
        claim = says(then, given)
        return Empty(name=name, claim=claim, twin=twin, by=by, inhabited=at, told=told)

    return lacks


def page(claims: Mapping[str, Claim], steps: Mapping[str, Callable[[], object]]) -> Page:
    """A page of these claims and steps that calls itself HOLDS."""
    return Page(Path("a99_fault.py"), dict(steps), dict(claims), "A fault.", "HOLDS")


def told(claims: Mapping[str, Claim], **steps: Callable[[], object]) -> str:
    """The verdict on such a page; or what is open."""
    try:
        return page(claims, steps).judge().verdict
    except NoVerdict as what_is_open:
        return str(what_is_open)
