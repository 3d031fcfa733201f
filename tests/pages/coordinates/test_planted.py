"""The semantics itself: planted faults are seen, truths pass, and blindness is no evidence."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from proofs.claims import Claim
from proofs.kernel import R, Term, exists, forall, implies, inner, norm, real, vector
from tests.pages.coordinates.examining import CLAIMS, EXAMPLES, examine
from tests.pages.coordinates.roots import Scalar, inverse, root, sign
from tests.pages.coordinates.semantics import Point, beyond_samples
from tests.pages.coordinates.test_claims import check_share
from tests.pages.coordinates.vectors import minus

u, v = vector("u v")
c = real("c")
FAULTS = {
    "Cauchy and Schwarz with k / 2": Claim(
        for_all=[u, v], then=abs(inner(u, v)) <= norm(u) * norm(v) / 2
    ),
    "the triangle inequality the wrong way": Claim(
        for_all=[u, v], then=norm(u + v) >= norm(u) + norm(v)
    ),
    "a norm without the absolute value": Claim(for_all=[c, v], then=norm(c * v) == c * norm(v)),
    "a missing square": Claim(for_all=[c, v], then=inner(v, -c * v) == -c * norm(v)),
    "Pythagoras everywhere": Claim(
        for_all=[u, v], then=norm(u + v) ** 2 == norm(u) ** 2 + norm(v) ** 2
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("n", EXAMPLES)
def test_planted_fault_is_caught(fault: str, n: int) -> None:
    assert examine(FAULTS[fault], examples={n: 30}).false


@pytest.mark.parametrize(
    "true", [abs(inner(u, v)) <= norm(u) * norm(v), norm(u + v) <= norm(u) + norm(v)]
)
def test_true_statement_is_not(true: Term) -> None:
    report = examine(Claim(for_all=[u, v], then=true))
    assert report.is_met
    assert not report.false
    (conclusion,) = report.conclusions
    assert conclusion.true >= 0.9 * report.tested.total()  # a root of a sum of roots is undecided


@pytest.mark.parametrize("name", ["a10 CLAIM", "b09 CLAIM"])
def test_what_decides_nothing_is_no_evidence(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """And says which hypotheses were never decided."""
    monkeypatch.setattr(Point, "holds", lambda *_, **options: None)
    report = examine(CLAIMS[name])
    assert not report.is_met
    assert not report.false
    assert report.undecidable == list(CLAIMS[name].given)[:1]


def test_an_empty_premise_is_no_evidence() -> None:
    nowhere = implies((c > 0) & (c < 0), norm(u) == 7)
    (conclusion,) = examine(Claim(for_all=[c, u], then=nowhere)).conclusions
    assert (conclusion.true, conclusion.undecided) == (0, 0)
    assert conclusion.empty == sum(EXAMPLES.values())


def test_a_witness_is_a_witness_and_a_sample_is_not_all() -> None:
    """Where one is claimed and the other assumed, and the other way round."""
    some, every = exists(R, lambda t: t > c), forall(R, lambda t: t * t >= c)
    point = Point(1, {c: Fraction(0)}, None)  # type: ignore[arg-type]
    point.samples = {R: [Fraction(0), Fraction(1)]}
    assert point.holds(some) is True
    assert point.holds(every) is True  # nothing refutes it
    assert point.holds(every, positive=False) is None
    assert point.holds(forall(R, lambda t: t > c)) is False
    assert point.holds(exists(R, lambda t: t < c)) is None
    assert point.holds(exists(R, lambda t: t < c), positive=False) is False


def test_what_is_beyond_samples() -> None:
    nested = exists(R, lambda t: forall(R, lambda s: s <= t))
    turned = forall(R, lambda t: exists(R, lambda s: s > t))
    assert beyond_samples(nested)
    assert not beyond_samples(turned)
    assert beyond_samples(implies(turned, c > 0))
    assert not beyond_samples(implies(nested, c > 0))
    assert beyond_samples(forall(R >> R, lambda f: f(0) == f(0)))


def test_a_share_that_is_too_small_names_the_others() -> None:
    check_share({"a": True, "b": False}, 0.5)
    with pytest.raises(AssertionError, match=r"50% is less than 51%; not b"):
        check_share({"a": True, "b": False}, 0.51)


def test_signs_of_sums_of_roots() -> None:
    root_of: Callable[[int], Scalar] = lambda n: root(Fraction(n))
    assert sign(minus(root_of(2) + root_of(3), root_of(10))) < 0
    assert sign(minus(root_of(2) + root_of(3), root_of(9))) > 0
    assert sign(minus(root_of(8), 2 * root_of(2))) == 0
    assert (1 + root_of(2)) * inverse(1 + root_of(2)) == 1
    assert root_of(2) * root_of(8) == 4
    assert root(Fraction(4, 9)) == Fraction(2, 3)
