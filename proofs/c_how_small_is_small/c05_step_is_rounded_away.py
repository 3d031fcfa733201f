"""c05. A step shorter than half the gap to the next number of the machine is rounded away.

Question  A:09, 23; B:26: alpha is small, and the step is repeated. Can rounding stop it?
Claim     If fl(x - d) is a number of the machine that is nearest to x - d, the others are at least
          gap away from x, and |d| < gap / 2: fl(x - d) = x.
Idea      x is nearer to x - d than any other number of the machine.
Notation  x, a coordinate of w; d, that of alpha g; F(y) = 1 where y is a number of the machine; fl,
          its rounding. For doubles the gap is at least u |x|, where u = 2^-53.
Verdict   HOLDS. The bound is sharp: at gap / 2 the step may move x. Where fl errs by at most u
          |fl(x - d)|, every step with |d| > u |x| moves x. That doubles keep these promises, away
          from overflow and underflow, is the standard of their arithmetic (IEEE 754), and is not
          proved here.
"""

from proofs.prelude import *

F, fl, (u, x, d, gap) = function("F", R >> R), function("fl", R >> R), real("u x d gap")


def nearest(numbers, number, x):
    """No number of F is nearer to x."""
    return forall(R, lambda y: implies(numbers(y) == 1, abs(number - x) <= abs(y - x)))


def apart(numbers, far, x):
    """The other numbers of F are at least `far` away from x."""
    return forall(R, lambda y: implies(numbers(y) == 1, y != x, abs(y - x) >= far))


CLAIM = Claim(
    for_all=[F, fl, gap, x, d],
    given={
        "x and fl(x - d) are in F": (F(x) == 1) & (F(fl(x - d)) == 1),
        "no number of F is nearer": nearest(F, fl(x - d), x - d),
        "the others are at least gap away": apart(F, gap, x),
        "d is short": abs(d) < gap / 2,
    },
    then=fl(x - d) == x,
)


def theorem_stalls():
    """A number of F nearest to x - d is nearer to x than gap, and so x itself."""
    near, far = nearest(F, fl(x - d), x - d), apart(F, gap, x)
    return CLAIM.proved(by=[instance(near, x), instance(far, fl(x - d))])


def counterexample_half_the_gap():
    """F has 1 and 2, and 3/2, halfway, is rounded to 2: the step -1/2 moves 1."""
    numbers = fun(R, lambda x: maximum(1 - abs(x - 1) * abs(x - 2), 0))
    there = [for_each(nearest(numbers, 2, Fraction(3, 2)), x), for_each(apart(numbers, 1, 1), x)]
    at = {F: numbers, fl: fun(R, lambda x: 2), gap: 1, x: 1, d: -Fraction(1, 2)}
    return CLAIM.fails(at, by=there, without="d is short")


def inhabited_stalls():
    """F has 1 alone, and fl takes every number to 1; gap = 1."""
    numbers = fun(R, lambda x: maximum(1 - abs(x - 1), 0))
    there = [for_each(nearest(numbers, 1, 1), x), for_each(apart(numbers, 1, 1), x)]
    at = {F: numbers, fl: fun(R, lambda x: 1), gap: 1, x: 1, d: 0}
    return CLAIM.inhabited_by(at, by=there)


# -------- a step that is long enough moves x
MOVES = Claim(
    for_all=[fl, u, x, d],
    given={
        "the error is at most u |fl(x - d)|": abs(fl(x - d) - (x - d)) <= u * abs(fl(x - d)),
        "d is not short": abs(d) > u * abs(x),
    },
    then=fl(x - d) != x,
)


def theorem_moves():
    """Were fl(x - d) = x, the error would be |d|."""
    return MOVES.proved()


def inhabited_moves():
    """Exact arithmetic, where fl(x) = x."""
    return MOVES.inhabited_by({fl: fun(R, lambda x: x), u: 0, x: 1, d: 1})
