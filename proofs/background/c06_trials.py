"""How many rates backtracking tries, where it is known which ones are accepted at the latest."""

from collections.abc import Callable

from proofs.background.c02_powers import SHRINKING, bernoulli, rate_below, rates, short, tau
from proofs.lemmas.naturals import predecessor, there_is_a_first
from proofs.prelude import *

i, j, k = natural("i j k")
Holds = Callable[[Term], Term]


def few_trials(claim: Claim, accepted: Holds, bound: Term, each: Theorem) -> Theorem:
    """The claim, which asks for SHRINKING and concludes that there are j and k: the first rate that
    is at most `bound` and the first one that is accepted, with k <= j and a rate at k of at least
    min(rates(0), tau bound).

    `each` says of the symbol i that rates(i) is accepted if it is at most `bound` and positive.
    """
    given, below = claim.hypotheses, lambda k: rates(k) <= bound
    at_most, taken = there_is_a_first(below), there_is_a_first(accepted)
    (some_below,), (some_taken,) = at_most.hypotheses, taken.hypotheses
    positive = instance(bernoulli(), i)

    late = [*given, rates(j) > 0, rates(j) < bound]
    use = entails(late, at_most.goal, by=[at_most, witnessed(some_below, j)])
    first_below = choose(substitute(rate_below(), {short: bound}), use, j)
    at_j = [*given, *is_first(j, below).args]
    each_j = [substitute(fact, {i: j}) for fact in (each, positive)]
    now = entails(at_j, accepted(j), by=each_j)
    first_taken = entails(at_j, taken.goal, by=[taken, now, witnessed(some_taken, j)])

    at_k, none_before = [*at_j, *is_first(k, accepted).args], is_first(k, accepted).args[1]
    early = entails(at_k, k <= j, by=[now, instance(none_before, j)])
    enough, predecessors = rates(k) >= minimum(rates(0), tau * bound), predecessor(k)
    same = replaced(lambda n: rates(n) == tau * rates(i), i + 1, k)
    known = [each, positive, same, instance(none_before, i), instance(SHRINKING[1], i)]
    after_one = entails([*at_k, k == i + 1], enough, by=known)
    some_i = predecessors.goal.args[1]
    known = [predecessors, replaced(lambda n: rates(0) == rates(n), 0 * k, k)]
    known += [choose(entails([some_i], some_i), after_one, i)]
    large = entails(at_k, enough, by=known)
    last = entails(at_k, claim.then, by=[witnessed(claim.then, j, k), early, large])
    found = choose(first_below, choose(first_taken, last, k), j)
    return claim.proved(by=[found])


def same_numbers(claim: Claim, holds: Holds, other: Holds, each: Theorem) -> Theorem:
    """The claim, which asks for SHRINKING and concludes that the symbol j is the first number that
    the one holds of just if it is the first that the other holds of.

    `each` says of the symbol i that both hold of it or neither, if rates(i) is positive.
    """
    both, given = [is_first(j, holds), is_first(j, other)], claim.hypotheses
    alike = entails(given, iff(holds(i), other(i)), by=[each, instance(bernoulli(), i)])
    ways = [substitute(alike, {i: j})]
    for one, two in (both, both[::-1]):
        known = [alike, instance(one.args[1], i)]
        ways.append(for_each(two.args[1], i, given=[*given, one], by=known))
    return claim.proved(by=ways)
