"""Your own loss: is the gradient right, does a step lower the loss, up to which learning rate is
that proved?

    from proofs.certify import check_descent
    print(check_descent(loss, grad, at=w, alpha=0.01))

DESIGN. This room imports flint, numpy where it is installed, and nothing of proofs outside itself.

    errors     what is raised, one sentence each
    balls      balls and series of balls; `FUNCTIONS`, the trusted rules of one variable
    paths      every path of undecided comparisons is followed; the run in progress
    reals      `Real`, what a program computes with; `Ball`
    jets       `Jet`: a series along a ray, centre and range on one path (Taylor models)
    tape       `Node`: reverse mode in balls
    operations the primitive table on arrays of Reals: `apply(name, *arrays)`, matmul, total,
    largest, softmax, ... numpy_front, numpy_functions   numpy code, unchanged;  program:
    `Program` and `Layout`, and which front end is used gradient, ray, boxes, stepping, searching,
    blackbox   the questions;  check, report, plot, __main__, plugin   the answers

How a front end plugs in. It makes a `program.Program`: the start as a flat list of floats, names
of the coordinates, and

    loss(flat list of Real) -> Real          the user's loss in real arithmetic
    gradient(flat list of Real) -> list      the gradient's own code, likewise; None if there is
    none loss_value(list of float) -> float       as the user's program computes it
    gradient_value(list of float) -> list    likewise

jax and torch trace the function once and interpret the graph on ndarrays of objects (Reals and
plain numbers), each operation by `operations.apply(name, ...)` or another function of that table.
Every kind of Real (Ball, Jet, Node) goes through the same code, so a front end knows of none.
Rules: an operation without a rule raises `NotUnderstood(name, advice, place)`; plain numbers are
exact constants; a comparison goes through `apply("greater", a, b)` and gives bools (on the path
that is followed: undecided comparisons are followed both ways by running the program again);
maximum, minimum, absolute, relu and clip go through the table, for they are continuous at a tie;
a new smooth function of one variable is one entry of `balls.FUNCTIONS`, from which forward and
reverse mode follow. `program.program_of` chooses the front end by the types in `at` (of jax code
at numpy arrays: by the type of its result):

    graphs, graph_sums   arrays of a traced graph, and what both front ends do with them
    shifts, smooth       max(x) that cancels costs no path; functions that only jax and torch have
    windows        what slides over an image: convolutions, their derivatives, pools
    jax_front, jax_graph, jax_rules, jax_windows        jax_program(loss, grad, at)
    torch_front, torch_graph, torch_rules, torch_moves, torch_windows
                                                        torch_program(loss, grad, at)
"""

from __future__ import annotations

from proofs.certify.check import assert_descent, check_descent
from proofs.certify.errors import BadCall, NotDecided, NotUnderstood
from proofs.certify.report import Report

__all__ = ["BadCall", "NotDecided", "NotUnderstood", "Report", "assert_descent", "check_descent"]
