"""Reverse mode in balls: one run of the program encloses all partial derivatives.

A `Node` is a ball that remembers from what it was made. A whole sum, product of vectors or
product with a constant matrix is one entry of the tape, so a loss of a million operations fits in
memory.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flint import arb, arb_mat, arb_series

from proofs.certify import balls, paths
from proofs.certify.balls import NOT_KNOWN, ONE, ZERO, Function, coefficient, exact, series_of
from proofs.certify.errors import NotUnderstood
from proofs.certify.reals import Ball, Real, sign_of


class Node(Real):
    """A ball and the ways it depends on earlier ones: ((node, derivative), ...).

    bar: the derivative of the loss by this node. size: the sum of the sizes of the terms that
    make it up, a float: how large the rounding of a derivative in floats may be (a measure, no
    bound).
    """

    __slots__ = ("ball", "bar", "size", "tape", "ways")

    def __init__(self, ball: arb, tape: list[Any], ways: Sequence[tuple[Node, Any]] = ()) -> None:
        self.ball, self.tape, self.ways = ball, tape, ways
        self.bar: arb | None = None
        self.size = 0.0
        tape.append(self)

    def __repr__(self) -> str:
        return f"Node({self.ball})"

    def _other(self, other: Any) -> Any:
        if type(other) is Node:
            if other.tape is not self.tape:
                raise NotUnderstood(
                    "a number kept from an earlier run", "the program must not store its arguments"
                )
            return other
        return Real._other(self, other)

    def constant(self, value: arb) -> Ball:
        return Ball(value)

    def add(self, other: Any) -> Node:
        if type(other) is arb:
            return Node(self.ball + other, self.tape, ((self, ONE),))
        return Node(self.ball + other.ball, self.tape, ((self, ONE), (other, ONE)))

    def minus(self) -> Node:
        return Node(-self.ball, self.tape, ((self, -1),))

    def times(self, other: Any) -> Node:
        if type(other) is arb:
            return Node(self.ball * other, self.tape, ((self, other),))
        return Node(self.ball * other.ball, self.tape, ((self, other.ball), (other, self.ball)))

    def over(self, other: arb) -> Node:
        return Node(self.ball / other, self.tape, ((self, 1 / other),))

    def square(self) -> Node:
        return Node(balls.square(self.ball), self.tape, ((self, 2 * self.ball),))

    def inverse(self) -> Node:
        value = 1 / self.ball
        return Node(value, self.tape, ((self, -value * value),))

    def apply(self, function: Function) -> Node:
        slope = coefficient(series_of(function, arb_series([self.ball, ONE], 2)), 1)
        return Node(function.ball(self.ball), self.tape, ((self, slope),))

    def value(self) -> arb:
        return self.ball

    def signs(self) -> tuple[int | None, int | None]:
        """A tie is undecided: the neighbours of the point may go either way."""
        centre = sign_of(self.ball)
        return centre or None, centre

    def push(self) -> None:
        """Gives the derivative by this node on to those that it was made from."""
        bar = self.bar
        if bar is None:
            return
        for node, slope in self.ways:
            if slope is ONE:
                step, size = bar, self.size
            else:
                step, size = bar * slope, self.size * abs(float(slope))
            node.bar = step if node.bar is None else node.bar + step
            node.size += size

    @staticmethod
    def total(numbers: Sequence[Any]) -> Any:
        """The sum, as one entry."""
        value, ways, tape = ZERO, [], None
        for x in numbers:
            if type(x) is Node:
                value += x.ball
                ways.append((x, ONE))
                tape = x.tape
            else:
                value += x.ball if type(x) is Ball else exact(x)
        return Ball(value) if tape is None else Node(value, tape, ways)

    @staticmethod
    def dot(a: Sequence[Any], b: Sequence[Any]) -> Any:
        """The sum of the products, as one entry."""
        value, ways, tape = ZERO, [], None
        for x, y in zip(a, b, strict=True):
            p = x.ball if isinstance(x, (Node, Ball)) else exact(x)
            q = y.ball if isinstance(y, (Node, Ball)) else exact(y)
            value += p * q
            if type(x) is Node:
                ways.append((x, q))
                tape = x.tape
            if type(y) is Node:
                ways.append((y, p))
                tape = y.tape
        return Ball(value) if tape is None else Node(value, tape, ways)


class Block:
    """The product of a constant matrix with a matrix of nodes, as one entry of the tape."""

    def __init__(self, matrix: arb_mat, inside: list[list[Any]], tape: list[Any]) -> None:
        self.matrix, self.inside = matrix, inside
        values = matrix * arb_mat([[x.ball for x in row] for row in inside])
        self.out = [[Node(v, []) for v in row] for row in values.tolist()]
        for row in self.out:
            for node in row:
                node.tape = tape
        tape.append(self)

    def push(self) -> None:
        bars = arb_mat(
            [[node.bar if node.bar is not None else ZERO for node in row] for row in self.out]
        )
        steps = (self.matrix.transpose() * bars).tolist()
        sizes = self.weights().T @ [[node.size for node in row] for row in self.out]
        for row, line, bound in zip(self.inside, steps, sizes.tolist(), strict=True):
            for node, step, size in zip(row, line, bound, strict=True):
                if type(node) is Node:
                    node.bar = step if node.bar is None else node.bar + step
                    node.size += size

    def weights(self) -> Any:
        """The sizes of the matrix's entries, as floats."""
        import numpy as np

        flat = np.fromiter(map(float, self.matrix.entries()), float)
        return np.abs(flat).reshape(self.matrix.nrows(), self.matrix.ncols())


def gradient(
    compute: Callable[[list[Any]], Any], point: Sequence[arb], run: paths.Run
) -> tuple[arb, list[arb], list[float]]:
    """The value, all partial derivatives, and the size of the terms of each, on the path that the
    run follows.

    point: a point or a box. A derivative that does not exist is nan.
    """
    tape = run.tape
    leaves = [Node(x, tape) for x in point]
    out = compute(list(leaves))
    if not isinstance(out, Node):  # a constant
        return (
            (out.ball if isinstance(out, Ball) else exact(out)),
            [ZERO] * len(leaves),
            [0.0] * len(leaves),
        )
    out.bar, out.size = ONE, 1.0
    for entry in reversed(tape):
        entry.push()
    slopes = [ZERO if leaf.bar is None else leaf.bar for leaf in leaves]
    sizes = [leaf.size for leaf in leaves]
    tape.clear()
    return out.ball, [s if s.is_finite() else NOT_KNOWN for s in slopes], sizes
