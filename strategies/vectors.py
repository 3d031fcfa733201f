"""Vectors: points, directions, pairs and triples; dyadic, so that balls hold them exactly.

What is drawn comes from one string of bytes, since hypothesis draws that at the price of a single
number; a byte chooses from a table that begins with the simplest entries, so a shrunk vector
consists of zeros and small numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from math import lcm
from operator import mul
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from hypothesis import strategies as st

from proofs.balls.arithmetic import total

Number = int | Fraction
Vector = tuple[Number, ...]
T = TypeVar("T")

LARGEST_DIMENSION = 64


def _table(size: int, largest: int, finest: int) -> list[Number]:
    """`size` numbers k/2^j up to `largest`, 2^j <= finest; simplest first: 0, 1, -1, 2, -2."""
    found: dict[Number, None] = {0: None}
    denominator = 1
    while denominator <= finest:
        for k in range(1, largest * denominator + 1):
            value = Fraction(k, denominator)
            exact: Number = int(value) if value.denominator == 1 else value
            found |= {exact: None, -exact: None}
        denominator *= 2
    return list(found)[:size]


SMALL = _table(64, 4, 8)  # weights and coefficients
NONZERO = SMALL[1:]
# Coordinates of points: whole numbers up to 12, halves, quarters, a few tiny and large ones.
PLACES: list[Number] = [
    *_table(49, 12, 2),
    *(s * Fraction(1, 2**j) for j in (10, 20) for s in (1, -1)),
    *(s * 100 for s in (1, -1)),
    *_table(250, 12, 16)[49:],
]


class Bytes:
    """Reads choices off a string of bytes, and from its beginning again when it ends."""

    def __init__(self, data: bytes):
        self.data, self.at = data, 0

    def parts(self, count: int) -> Iterator[Bytes]:
        """So many readers, of which each begins further on in the string."""
        for k in range(count):
            start = k * len(self.data) // count
            yield Bytes(self.data[start:] + self.data[:start])

    def below(self, bound: int) -> int:
        """A number 0, 1, ..., bound - 1, for a bound of at most 256."""
        self.at += 1
        return self.data[(self.at - 1) % len(self.data)] % bound

    def one_of(self, table: Sequence[T]) -> T:
        """An entry of a table of at most 256."""
        return table[self.below(len(table))]

    def vector(self, dimension: int, table: Sequence[Number]) -> Vector:
        """A vector of entries of the table."""
        size, begin = len(table), self.at % len(self.data)
        self.at += dimension
        rest = self.data[begin : begin + dimension]
        while len(rest) < dimension:
            rest += self.data[: dimension - len(rest)]
        return tuple([table[byte % size] for byte in rest])


def check_dimensions(dimensions: int | tuple[int, int]) -> tuple[int, int]:
    """(lowest, highest), from one number or both; ValueError unless 1 <= low <= high <= 64."""
    low, high = (dimensions, dimensions) if isinstance(dimensions, int) else dimensions
    if type(low) is not int or type(high) is not int or not 1 <= low <= high <= LARGEST_DIMENSION:
        write = f"write n or (lowest, highest), from 1 to {LARGEST_DIMENSION}"
        raise ValueError(f"dimensions={dimensions!r}: {write}")
    return low, high


_READ: WeakKeyDictionary[st.SearchStrategy[Any], tuple[Callable[[Bytes], Any], int]]
_READ = WeakKeyDictionary()


def from_bytes(build: Callable[[Bytes], T], size: int) -> st.SearchStrategy[T]:
    """What `build` reads off `size` random bytes; shrinks towards zero bytes."""
    made = st.binary(min_size=size, max_size=size).map(lambda data: build(Bytes(data)))
    _READ[made] = build, size
    return made


def reader(strategy: st.SearchStrategy[T]) -> tuple[Callable[[Bytes], T], int] | None:
    """How the values of a strategy of this package are read off bytes, and off how many."""
    return _READ.get(strategy)


def changed(strategy: st.SearchStrategy[T], change: Callable[[T], T]) -> st.SearchStrategy[T]:
    """`strategy.map(change)`, still read off bytes if the strategy is."""
    known = reader(strategy)
    if known is None:
        return strategy.map(change)
    build, size = known
    return from_bytes(lambda read: change(build(read)), size)


def mixed(*strategies: st.SearchStrategy[T]) -> st.SearchStrategy[T]:
    """`st.one_of(*strategies)`, still read off bytes if these are; shrinks to the first."""
    known = [found for found in map(reader, strategies) if found is not None]
    if len(known) < len(strategies):
        return st.one_of(*strategies)
    builds, sizes = zip(*known, strict=True)
    return from_bytes(lambda read: read.one_of(builds)(read), 1 + max(sizes))


def read_point(read: Bytes, dimension: int) -> Vector:
    """A point; one in eight each: of 0, 1 and -1, all equal, two nearly equal, just one not 0."""
    mode = read.below(8)
    point = read.vector(dimension, PLACES[:3] if mode == 4 else PLACES)
    if mode == 5:
        return (point[0],) * dimension
    if mode == 6 and dimension > 1:
        return (point[0], point[0] + read.one_of((1, -1)) * Fraction(1, 2**11), *point[2:])
    if mode == 7:
        i = read.below(dimension)
        return tuple(x if j == i else 0 for j, x in enumerate(point))
    return point


def points(dimension: int) -> st.SearchStrategy[Vector]:
    """Points of R^n: coordinates to 12, a few 100 or 2^-20; some equal or nearly equal.

    Shrinks to the origin. Raises ValueError for a dimension that is not 1 to 64.
    """
    check_dimensions(dimension)
    return from_bytes(lambda read: read_point(read, dimension), dimension + 3)


def dot(u: Sequence[Any], v: Sequence[Any]) -> Any:
    """u.v, of vectors of the same dimension, in any arithmetic."""
    return total(map(mul, u, v))


def over_one(v: Vector) -> tuple[list[int], int]:
    """Whole numbers, and the common denominator over which they are v: quicker than fractions."""
    below = lcm(*(x.denominator for x in v))
    return [x.numerator * (below // x.denominator) for x in v], below


def square_length(v: Vector) -> Fraction:
    """v.v, of a vector of exact numbers."""
    whole, below = over_one(v)
    return Fraction(dot(whole, whole), below**2)


def reflect(v: Sequence[Any], mirror: Sequence[int]) -> list[Any]:
    """v reflected in the hyperplane orthogonal to a mirror: 1, 2 or 4 entries 1 or -1."""
    support = [i for i, m in enumerate(mirror) if m]
    along = sum(v[i] if mirror[i] > 0 else -v[i] for i in support)
    twice = along + along if len(support) == 1 else along if len(support) == 2 else along / 2
    image = list(v)
    for i in support:
        image[i] = image[i] - twice if mirror[i] > 0 else image[i] + twice
    return image


def read_direction(
    read: Bytes,
    dimension: int,
    gradient_there: Callable[[], tuple[Vector, bool]],
    opposite: bool = True,
) -> Vector:
    """Small numbers; one coordinate; against or along the gradient, or (nearly) orthogonal to it.

    gradient_there() is a gradient, and whether it is known exactly.
    """
    mode = read.below(8)
    basic = tuple(int(i == read.data[0] % dimension) for i in range(dimension))
    direction = basic if mode == 1 else read.vector(dimension, SMALL)
    if mode in (2, 3, 4, 5) or not opposite:
        gradient, exact = gradient_there()
        i = read.below(dimension)
        across: list[Number] = [0] * dimension
        if dimension > 1:
            across[i], across[i - 1] = gradient[i - 1], -gradient[i]
        if mode == 2:
            direction = tuple(-x for x in gradient)
        elif mode == 3 or (mode in (4, 5) and dimension == 1):
            direction = gradient
        elif mode == 4 and exact:
            direction = tuple(across)
        elif mode in (4, 5):  # that the product is 0 balls tell only for a gradient that is exact
            whole, below = over_one((*across, *gradient))
            both = zip(whole[:dimension], whole[dimension:], strict=True)
            direction = tuple(Fraction(x * 2**10 - y, below * 2**10) for x, y in both)
        if not opposite:
            direction = not_opposite(direction if any(direction) else basic, gradient)
    return direction if any(direction) else basic


def not_opposite(direction: Vector, gradient: Vector) -> Vector:
    """The direction, turned round if it is nearly opposite to the gradient."""
    (u, _), (g, _) = over_one(direction), over_one(gradient)  # as if multiplied by these
    product, lengths = dot(u, g), dot(u, u) * dot(g, g)
    nearly = product < 0 and product**2 * 1001 > lengths * 1000
    return tuple(-x for x in direction) if nearly else direction


def directions(dimension: int, gradient: Vector | None = None) -> st.SearchStrategy[Vector]:
    """Nonzero vectors of R^n; some against, along or orthogonal to the gradient, if given.

    Shrinks to the first unit vector. Raises ValueError for a dimension that is not 1 to 64, or not
    the gradient's.
    """
    check_dimensions(dimension)
    if gradient is not None and len(gradient) != dimension:
        raise ValueError(
            f"gradient={gradient!r} has {len(gradient)} coordinates, and not {dimension}"
        )
    known = gradient or (0,) * dimension
    return from_bytes(
        lambda read: read_direction(read, dimension, lambda: (known, True)), dimension + 3
    )


def read_like(read: Bytes, v: Vector) -> Vector:
    """A vector beside v: any, 0, v, a multiple, -v, one as long, one orthogonal to it."""
    n, mode = len(v), read.below(8)
    if mode == 1:
        return (0,) * n
    if mode in (2, 3, 4):
        factor = (1, -1, read.one_of(SMALL))[mode - 2]
        return tuple(factor * x for x in v)
    if mode == 5:
        i = read.below(n)
        return tuple(-x if j == i else x for j, x in enumerate((*v[1:], v[0])))
    if mode == 6 and n > 1:
        i = read.below(n)
        return tuple(v[i - 1] if j == i else -v[i] if j == (i - 1) % n else 0 for j in range(n))
    return read.vector(n, SMALL)


def pairs_of_vectors(dimension: int) -> st.SearchStrategy[tuple[Vector, Vector]]:
    """Two vectors of R^n; the second is often 0, parallel or orthogonal to the first, or as long.

    Shrinks to zeros. Raises ValueError for a dimension that is not 1 to 64.
    """
    check_dimensions(dimension)

    def build(read: Bytes) -> tuple[Vector, Vector]:
        u = read.vector(dimension, SMALL)
        return u, read_like(read, u)

    return from_bytes(build, 2 * dimension + 3)


def triples_of_vectors(dimension: int) -> st.SearchStrategy[tuple[Vector, Vector, Vector]]:
    """Three vectors of R^n; the second is drawn beside the first, the third beside one of these.

    Shrinks to zeros. Raises ValueError for a dimension that is not 1 to 64.
    """
    check_dimensions(dimension)

    def build(read: Bytes) -> tuple[Vector, Vector, Vector]:
        u = read.vector(dimension, SMALL)
        v = read_like(read, u)
        return u, v, read_like(read, read.one_of((u, v)))

    return from_bytes(build, 3 * dimension + 5)
