"""c05. A step shorter than half the gap to the next number of the machine is rounded away.

Question  A:09, 23; B:26: alpha is small, and the step is repeated. Can rounding stop it?
Claim     If fl(x - d) is a number of the machine that is nearest to x - d, the others are at least
          gap away from x, and |d| < gap / 2: fl(x - d) = x.
Idea      x is nearer to x - d than any other number of the machine.
Notation  x, a coordinate of w; d, that of alpha g; F(y) = 1 where y is a number of the machine; fl,
          its rounding; r = fl(x - d).
Verdict   HOLDS. The bound is sharp: at gap / 2 the step may move x. For doubles, where size = 2^52
          and u = 1 / (2 size) = 2^-53, the gap is least just below a power of 2; there, too, a step
          with |d| <= u |x| / 2 is rounded away, since a tie goes to the even number. Every step
          with |d| > u |x| moves x. That doubles are rounded so, away from overflow and underflow,
          is the standard of their arithmetic (IEEE 754), and is not proved here.
"""

from proofs.background.c05_numbers import exactly, moves, stays
from proofs.prelude import *

F, fl, (x, d, gap) = function("F", R >> R), function("fl", R >> R), real("x d gap")


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


# -------- binary numbers, such as doubles: a step of u |x| / 2 is rounded away, ties included
scale, (size, m), (s, r) = function("scale", R >> R), natural("size m"), real("s r")


def number(y, part=1):
    """y = 0, or |y| = n t for a scale t and a whole n with size <= n < 2 size; for part = 2, an
    even one.
    """
    return (y == 0) | exists(N, R, lambda n, t: all_of(
        size <= part * n, part * n < 2 * size, scale(t) == 1, abs(y) == part * n * t
    ))  # fmt: skip


NEAREST, EVEN = "no number is nearer to x - d than r", "if one is as near, r is even"
BINARY = {
    "size is positive": size >= 1,
    "scales are a factor 2 apart, or more": forall(R, R, lambda s, t: implies(
        scale(s) == 1, scale(t) == 1, all_of(s > 0, t > 0, any_of(s == t, s >= 2 * t, t >= 2 * s))
    )),
    "x is a number": all_of(size <= m, m < 2 * size, scale(s) == 1, abs(x) == m * s),
    NEAREST: forall(R, lambda y: implies(number(y), abs(r - (x - d)) <= abs(y - (x - d)))),
}  # fmt: skip
u = Fraction(1, 2) / size
UP_TO_HALF = Claim(
    for_all=[scale, size, m, s, x, d, r],
    given={
        **BINARY,
        EVEN: forall(R, lambda y: implies(
            number(y), y != r, abs(r - (x - d)) == abs(y - (x - d)), number(r, part=2)
        )),
        "r is a number": number(r),
        "d is short": abs(d) <= u * abs(x) / 2,
    },
    then=r == x,
)  # fmt: skip


def theorem_up_to_half():
    """Other numbers are more than u |x| away, but for one: below a power of 2, and that is odd."""
    return stays(UP_TO_HALF, number)


AT_ONE = {scale: fun(R, lambda t: maximum(1 - abs(t - 1), 0)), size: 1, m: 1, s: 1, x: 1}


def inhabited_up_to_half():
    """The numbers 0, 1 and -1; no step."""
    return UP_TO_HALF.inhabited_by(exactly(UP_TO_HALF, AT_ONE | {d: 0, r: 1}))


# -------- a step of more than u |x| moves x
MOVES = Claim(
    for_all=[scale, size, m, s, x, d, r],
    given={
        **BINARY,
        "half and double are scales": (scale(s / 2) == 1) & (scale(2 * s) == 1),
        "d is not short": abs(d) > u * abs(x),
    },
    then=r != x,
)


def theorem_moves():
    """A neighbour of x, at most 2 u |x| away, is nearer to x - d."""
    return moves(MOVES, number)


def inhabited_moves():
    """The numbers 0, 1/2, 1, 2 and their opposites; the step 1 to 0."""
    three = fun(R, lambda t: 1 + (t - 1) * (t - 2) * (2 * t - 1))
    return MOVES.inhabited_by(exactly(MOVES, AT_ONE | {scale: three, d: 1, r: 0}))
