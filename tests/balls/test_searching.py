"""Searches: survival is counted, a counterexample shrunk and shown; nothing else is survival."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.errors import FailedHealthCheck, Unsatisfiable

from proofs.balls.searching import Survival, is_survival, survived
from proofs.kernel import KernelError, entails, real
from tests.kernel.refusals import refuses

settings.register_profile(
    "tests of the search",
    settings.get_profile("default"),
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=100,
)


@pytest.fixture(autouse=True)
def profile() -> Iterator[None]:
    """Every run draws the same 100 examples."""
    before = settings.get_current_profile_name()
    settings.load_profile("tests of the search")
    yield
    settings.load_profile(before)


def test_survival_is_counted() -> None:
    seen: list[int] = []

    def holds(n: int) -> bool:
        seen.append(n)
        return n * n >= n

    survival = survived("n^2 >= n", st.integers(), holds)
    assert is_survival(survival)
    assert survival.examples == len(seen) == 100
    assert survival.undecided == 0
    assert survival.claim == "n^2 >= n"


def test_a_counterexample_is_shrunk_and_shown() -> None:
    with pytest.raises(KernelError, match=r"n < 1000 fails for 1000: the search got False"):
        survived("n < 1000", st.integers(), lambda n: n < 1000)
    with pytest.raises(KernelError, match=r"sums are small fails for \[101\]"):
        survived("sums are small", st.lists(st.integers(0, 10**6)), lambda ns: sum(ns) <= 100)
    survived("n < 1000", st.integers(max_value=999), lambda n: n < 1000)


def test_only_true_survives() -> None:
    """Not what Python takes for true: 1, a nonempty text, NotImplemented, a formula."""
    answers: list[Any] = [1, "yes", 0, "", [], NotImplemented, float("nan")]
    for answer in answers:
        with pytest.raises(KernelError, match="the search got"):
            survived("a claim", st.just(1), lambda _: answer)
    with pytest.raises(KernelError, match="x > 0 is one term"):
        survived("a claim", st.just(1), lambda _: real("x") > 0)
    survived("a claim", st.just(1), lambda _: True)


def test_an_undecided_example_is_neither() -> None:
    """At most 1%: more is no evidence."""
    refuses(
        r"a claim: \d+ of \d+ cases are undecided, which is no evidence",
        lambda: survived("a claim", st.integers(0, 10**6), lambda n: None),
        lambda: survived("a claim", st.integers(0, 10**6), lambda n: None if n % 20 == 0 else True),
    )
    rare = iter([None, *[True] * 99])
    survival = survived("a claim", st.integers(0, 10**6), lambda n: next(rare))
    assert (survival.examples, survival.undecided) == (100, 1)
    twice = iter([None, None, *[True] * 98])
    with pytest.raises(KernelError, match="2 of 100 cases are undecided"):
        survived("a claim", st.integers(0, 10**6), lambda n: next(twice))


def test_a_search_that_tries_nothing_is_no_evidence() -> None:
    with pytest.raises((KernelError, Unsatisfiable)):
        survived("a claim", st.nothing(), lambda _: True)
    with pytest.raises((KernelError, Unsatisfiable, FailedHealthCheck)):
        survived("a claim", st.integers().filter(lambda _: False), lambda _: True)


def test_an_error_in_the_search_is_no_survival() -> None:
    def holds(n: int) -> bool:
        return 1 / n <= 1

    with pytest.raises(ZeroDivisionError):
        survived("1/n <= 1", st.integers(0, 5), holds)
    survived("1/n <= 1", st.integers(1, 5), holds)


def test_forged_survival_is_refused() -> None:
    genuine = survived("n = n", st.integers(), lambda n: n == n)
    assert is_survival(genuine)
    forged: list[Any] = [
        Survival("n = n", 10**6, 0),
        copy.copy(genuine),
        object.__new__(Survival),
        "survived 100 examples",
        None,
        True,
        entails([], real("x") >= real("x")),
    ]
    for fake in forged:
        assert not is_survival(fake)


def test_altered_survival_is_refused() -> None:
    for name, value in (
        ("examples", 10**9),
        ("undecided", -1),
        ("claim", "the Riemann hypothesis"),
    ):
        survival = survived("n = n", st.integers(), lambda n: n == n)
        with pytest.raises((KernelError, AttributeError)):
            setattr(survival, name, value)
        assert is_survival(survival)
        object.__setattr__(survival, name, value)
        assert not is_survival(survival)
