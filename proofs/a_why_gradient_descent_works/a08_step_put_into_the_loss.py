"""a08. With the step put in, the goal reads L(w0 - alpha g) < L(w0).

Claim     If w1 = w0 + s and s = -alpha g, then L(w1) = L(w0 - alpha g), so L(w1) < L(w0) says
          L(w0 - alpha g) < L(w0).
Article   A:18-20: s is defined by the update rule, the goal is stated, and s is put into it.
Idea      Equals for equals, inside the argument of L: first w0 + s for w1, then -alpha g for s.
Notation  g = g(w0), the gradient at the start; s = w1 - w0, the step.
Verdict   HOLDS, in any inner-product space and for any L, g and alpha.
"""

from proofs.losses.lines import LINE
from proofs.prelude import *

L = function("L", V >> R)
w0, w1, s, g = vector("w0 w1 s g")
alpha = real("alpha")

CLAIM = Claim(
    for_all=[L, w0, w1, s, g, alpha],
    given={
        "s leads from w0 to w1": w1 == w0 + s,
        "s is the step of the update rule": s == -alpha * g,
    },
    then=(L(w1) == L(w0 - alpha * g)) & iff(L(w1) < L(w0), L(w0 - alpha * g) < L(w0)),
)


def identity_new_parameters():
    """L(w1) = L(w0 + s), since w1 = w0 + s."""
    return replaced(lambda w: L(w1) == L(w), w1, w0 + s)


def identity_step_put_in():
    """L(w0 + s) = L(w0 - alpha g), since s = -alpha g."""
    return replaced(lambda step: L(w0 + s) == L(w0 + step), s, -alpha * g)


def theorem_goal_with_the_step_put_in():
    """L(w1) and L(w0 - alpha g) are one number, below L(w0) or not."""
    return CLAIM.proved(by=[identity_new_parameters(), identity_step_put_in()])


def inhabited_by_a_line():
    """L(w) = e1.w has the gradient e1; alpha = 1 leads from 0 to -e1."""
    at = LINE.at(zero, loss=L, point=w0, gradient=g)
    return CLAIM.inhabited_by(at | {w1: -e1, s: -e1, alpha: 1})
