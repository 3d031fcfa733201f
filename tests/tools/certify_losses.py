"""Random losses with kinks and jumps, as text for numpy and for mpmath (`certify_exact`)."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import mpmath  # type: ignore[import-untyped]
import numpy as np

from tests.tools.certify_exact import Exact, Mat, Vec

LEVELS = ("0.0", "0.5", "-0.5", "1.0", "0.3")  # what is compared with; ties lie on the first four


class Writer:
    """Writes the body of `def loss(w)`: statements on vectors v0.. and numbers s0.. ."""

    def __init__(self, rng: random.Random) -> None:
        self.rng, self.lines = rng, ["z = A @ w + b"]
        self.vectors, self.numbers = ["z"], ["z[0]", "z[1]"]

    def level(self) -> str:
        return self.rng.choice(LEVELS)

    def factor(self) -> str:
        return self.rng.choice(("2.0", "-1.5", "0.1", "-0.25", "0.05", "3.0"))

    def relation(self) -> str:
        return self.rng.choice((">", ">=", "<", "<="))

    def v(self, depth: int = 2) -> str:
        """A vector expression."""
        if depth == 0 or self.rng.random() < 0.15:
            return self.rng.choice(self.vectors)
        a, c, k = self.v(depth - 1), self.level(), self.factor()
        return self.rng.choice(
            (
                lambda: f"np.abs({a})",
                lambda: f"np.abs({a} - {c})",
                lambda: f"np.maximum({a}, {c})",
                lambda: f"np.minimum({a}, {self.v(depth - 1)})",
                lambda: f"np.maximum({self.v(depth - 1)}, {a})",
                lambda: f"np.where({self.test()}, {a}, {k} * {self.v(depth - 1)})",
                lambda: f"np.where({self.test()}, {a}, {a} + {k})",
                lambda: f"np.where({self.test()}, {a} * {a}, {a})",
                lambda: f"np.clip({a}, -0.5, {self.rng.choice(('0.5', '1.0'))})",
                lambda: f"np.tanh({a})",
                lambda: f"np.sin(2.0 * {a})",
                lambda: f"np.exp(-({a}) ** 2)",
                lambda: f"np.log1p(np.abs({a}))",
                lambda: f"np.log1p(({a}) ** 2)",
                lambda: f"np.logaddexp(0.0, {a})",
                lambda: f"({a}) ** {self.rng.choice((2, 2, 3, 4))}",
                lambda: f"({a}) * ({self.v(depth - 1)})",
                lambda: f"({a} + {self.v(depth - 1)})",
                lambda: f"({a} - {self.v(depth - 1)})",
                lambda: f"{k} * ({a})",
                lambda: f"({a}) / (1.0 + ({a}) ** 2)",
                lambda: f"np.sqrt(0.25 + ({a}) ** 2)",
                lambda: f"np.sqrt(np.abs({a}) + 0.5)",
                lambda: f"np.sign({a}) * ({self.v(depth - 1)})",
                lambda: f"np.cumsum({a})",
            )
        )()

    def test(self) -> str:
        """A vector of bools."""
        other = self.level() if self.rng.random() < 0.7 else self.rng.choice(self.vectors)
        return f"{self.rng.choice(self.vectors)} {self.relation()} {other}"

    def s(self, depth: int = 2) -> str:
        """A number."""
        if depth == 0 or self.rng.random() < 0.15:
            return self.rng.choice(self.numbers)
        if self.rng.random() < 0.6:
            form = self.rng.choice((
                "np.sum({})", "np.mean({})", "np.max({})", "np.min({})", "np.linalg.norm({})",
                "np.prod(np.tanh({}))", "np.var({})", "({})[2]", "np.linalg.norm({}) ** 2",
            ))  # fmt: skip
            return form.format(self.v())
        a, k = self.s(depth - 1), self.factor()
        return self.rng.choice(
            (
                lambda: f"abs({a})",
                lambda: f"max({a}, {self.s(depth - 1)})",
                lambda: f"min({a}, {self.level()})",
                lambda: f"({a} + {self.s(depth - 1)})",
                lambda: f"({a}) * ({self.s(depth - 1)})",
                lambda: f"{k} * ({a})",
                lambda: f"({a} if {self.choice()} else {self.s(depth - 1)})",
                lambda: f"({a} if {self.choice()} else {a} + {k})",
                lambda: f"np.sqrt(1.0 + ({a}) ** 2)",
                lambda: f"np.exp(-abs({a}))",
            )
        )()

    def choice(self) -> str:
        a, r = self.rng.choice(self.numbers), self.relation()
        return (
            f"{a} {r} {self.level() if self.rng.random() < 0.7 else self.rng.choice(self.numbers)}"
        )

    def statement(self) -> None:
        """Appends one statement; later ones may use its result, so comparisons are met again."""
        k, c = len(self.lines), self.level()
        kind = self.rng.randrange(8)
        if kind <= 2:
            self.lines.append(f"v{k} = {self.v()}")
            self.vectors.append(f"v{k}")
        elif kind <= 4:
            self.lines.append(f"s{k} = {self.s()}")
            self.numbers.append(f"s{k}")
        elif kind == 5:
            self.lines += [f"s{k} = {self.s(1)}", f"if {self.choice()}:", f"    s{k} = {self.s(1)}"]
            self.numbers.append(f"s{k}")
        elif kind == 6:
            a = self.rng.choice(self.vectors)
            self.lines += [f"v{k} = ({a}).copy()", f"v{k}[{a} {self.relation()} {c}] = {c}"]
            self.vectors.append(f"v{k}")
        else:
            step = f"x * x if x {self.relation()} {c} else {self.factor()} * x"
            self.lines += [f"s{k} = 0.0", f"for x in {self.v(1)}:", f"    s{k} = s{k} + ({step})"]
            self.numbers.append(f"s{k}")


@dataclass
class Case:
    """A random loss: its text, its constants, a start."""

    source: str
    a: list[list[float]]
    b: list[float]
    start: list[float]

    def loss(self) -> Callable[[Any], Any]:
        """In numpy."""
        return self._compiled(np, np.array(self.a), np.array(self.b))

    def exact(self, w: list[Any]) -> Any:
        """The loss at mpmath numbers, in the precision in force."""
        loss = self._compiled(Exact, Mat(self.a), Vec(mpmath.mpf(x) for x in self.b))
        return mpmath.mpf(loss(Vec(w)))

    def _compiled(self, module: Any, a: Any, b: Any) -> Callable[[Any], Any]:
        space: dict[str, Any] = {"np": module, "A": a, "b": b}
        exec(compile(self.source, "<random loss>", "exec"), space)
        found: Callable[[Any], Any] = space["loss"]
        return found


def draw(seed: int) -> Case:
    """The loss of a seed; two of five starts lie on ties, of entries and of levels."""
    rng = random.Random(seed)
    n = rng.randint(1, 3)
    tied = seed % 5 < 2

    def number() -> float:
        return rng.randint(-4, 4) / 2 if tied else round(rng.gauss(0, 1), 2)

    a = [[number() for _ in range(n)] for _ in range(3)]
    start = [rng.randint(-4, 4) / 4 if tied else round(rng.gauss(0, 1), 3) for _ in range(n)]
    levels = [rng.choice((-0.5, 0.0, 0.0, 0.5, 1.0)) for _ in range(3)]
    b = [round(rng.gauss(0, 1), 2) for _ in range(3)]
    if tied:
        b = [
            t - sum(x * w for x, w in zip(row, start, strict=True))
            for t, row in zip(levels, a, strict=True)
        ]
    writer = Writer(rng)
    for _ in range(rng.randint(1, 3)):
        writer.statement()
    terms = [writer.s() for _ in range(rng.randint(1, 2))]
    last = " + ".join([*terms, *(["w @ w / 8"] if rng.random() < 0.6 else [])])
    body = "\n    ".join([*writer.lines, f"return {last}"])
    return Case(f"def loss(w):\n    {body}\n", a, b, start)
