"""Strategies that draw losses: smooth ones of every family, or those of which something is known:
convex, strongly convex, with a Lipschitz gradient, with the inequality of Polyak and Lojasiewicz.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from hypothesis import strategies as st

from strategies.losses import (
    ACTIVATIONS, Bumps, Composition, LogSumExp, Loss, Network, Polynomial, Product, Quadratic,
    Ridge, Rippled, Sum,
)  # fmt: skip
from strategies.vectors import (
    NONZERO, PLACES, SMALL, Bytes, Number, Vector, check_dimensions, from_bytes,
)  # fmt: skip

POSITIVE: list[Number] = [x for x in NONZERO if x > 0]
NOT_ONE = [x for x in NONZERO if x != 1]  # a sum of softplus with the weights 1 is a logistic loss
CENTERS = PLACES[:33]  # whole numbers and halves
# Sharper bumps are nearly flat where points are drawn.
SHARPNESS = [Fraction(1, 4), Fraction(1, 16), Fraction(1, 64)]
EIGENVALUES: list[Number] = [1, 2, 3, Fraction(1, 2), 10, 100, 10**4, 10**8]
DEFAULT_DIMENSIONS = (1, 6)


def read_spectrum(read: Bytes, n: int, kind: int) -> Vector:
    """All equal, definite, indefinite, singular, conditioned up to 10^8, or alternating in sign."""
    spectrum = list(read.vector(n, EIGENVALUES[:6]))
    if kind == 0:
        return (spectrum[0],) * n
    if kind == 2:
        return tuple(-x if read.below(2) else x for x in spectrum)
    if kind == 5:
        return tuple(-spectrum[0] if i % 2 else spectrum[0] for i in range(n))
    if kind == 3 and n > 1:
        spectrum[read.below(n)] = 0
    if kind == 4:
        spectrum = list(read.vector(n, EIGENVALUES))
    return tuple(spectrum)


def read_mirrors(read: Bytes, n: int) -> tuple[tuple[int, ...], ...]:
    """At most two mirrors: 1, 2 or 4 entries 1 or -1 one after the other, and otherwise zeros.

    Two share the place and differ in size, so that it matters which one comes first (unless they
    are orthogonal).
    """
    sizes = [s for s in (2, 4, 1) if s <= n]
    count, first, k = read.one_of((0, 2, 2, 2, 1)), read.below(n), read.below(len(sizes))
    chosen = (sizes[k], sizes[k - 1 - read.below(len(sizes) - 1)])[:count]

    def mirror(size: int) -> tuple[int, ...]:
        places = {(first + k) % n for k in range(size)}
        return tuple(read.one_of((1, -1)) if i in places else 0 for i in range(n))

    return tuple(mirror(size) for size in chosen)


def read_quadratic(read: Bytes, n: int, kinds: Sequence[int] = (0, 1, 2, 3, 4, 5, 5)) -> Quadratic:
    """Spectrum, center and mirrors; none where the signs alternate, so that the axes are known."""
    kind = read.one_of(kinds)
    spectrum, center = read_spectrum(read, n, kind), read.vector(n, CENTERS)
    return Quadratic(spectrum, center, read_mirrors(read, n) if n > 1 and kind != 5 else ())


def read_polynomial(read: Bytes, n: int) -> Polynomial:
    """Up to five monomials in up to three coordinates, of degree at most 4, after a linear one."""
    terms: list[tuple[Number, tuple[tuple[int, int], ...]]] = [
        (read.one_of(NONZERO), ((read.below(n), 1),))
    ]
    for _ in range(1 + read.below(5)):
        powers: dict[int, int] = {}
        for _ in range(1 + read.below(3)):
            i = read.below(n)
            powers[i] = min(powers.get(i, 0) + 1 + read.below(2), 4)
        while sum(powers.values()) > 4:
            powers.popitem()
        terms.append((read.one_of(NONZERO), tuple(sorted(powers.items()))))
    return Polynomial(n, tuple(terms))


def read_rows(read: Bytes, n: int, most: int = 4) -> tuple[Vector, ...]:
    """One row or more, up to `most`, of n small numbers other than 0; from n = 2 on at least two.

    Across a single row the loss would be constant, which balls could not tell.
    """
    least = min(n, 2)
    return tuple(read.vector(n, NONZERO[:16]) for _ in range(least + read.below(most + 1 - least)))


def read_ridge(read: Bytes, n: int, function: str, signs: Sequence[Number] = NONZERO) -> Ridge:
    """Weights, rows and shifts."""
    rows = read_rows(read, n)
    return Ridge(function, read.vector(len(rows), signs[:16]), rows, read.vector(len(rows), SMALL))


def read_log_sum_exp(read: Bytes, n: int) -> LogSumExp:
    """Two to five rows; the second is minus the first, so that it is no linear function."""
    rows = read_rows(read, n)
    rows = (rows[0], tuple(-x for x in rows[0]), *rows[1:])
    return LogSumExp(rows, read.vector(len(rows), SMALL))


def read_bumps(read: Bytes, n: int, shape: str) -> Bumps:
    """One or two bumps."""
    count = 1 + read.below(2)
    centers = tuple(read.vector(n, CENTERS) for _ in range(count))
    return Bumps(shape, read.vector(count, NONZERO), read.vector(count, SHARPNESS), centers)


def read_network(read: Bytes, n: int) -> Network:
    """One hidden unit or more, and one to four rows of data."""
    hidden = read.one_of([h for h in range(1, n // 2 + 1) if n % h == 0])
    inputs = tuple(read.vector(n // hidden - 1, SMALL) for _ in range(1 + read.below(4)))
    return Network(hidden, inputs, read.vector(len(inputs), SMALL))


SIMPLE: dict[str, Callable[[Bytes, int], Loss]] = {
    "quadratic": read_quadratic,
    "polynomial": read_polynomial,
    "trigonometric": lambda read, n: read_ridge(read, n, read.one_of(("sin", "cos"))),
    "log-sum-exp": read_log_sum_exp,
    "softplus": lambda read, n: read_ridge(read, n, "softplus", NOT_ONE),
    "logistic": lambda read, n: read_ridge(read, n, "softplus", (1,)),
    "log_cosh": lambda read, n: read_ridge(read, n, "log_cosh"),
    "gaussian": lambda read, n: read_bumps(read, n, "gaussian"),
    "rational": lambda read, n: read_bumps(read, n, "rational"),
}
INNER = list(SIMPLE.values())  # of which others are composed
OUTER = [f for f in ACTIVATIONS if f != "tanh"]  # where it is flat, no precision sees its slope
FAMILIES: dict[str, Callable[[Bytes, int], Loss]] = SIMPLE | {
    "network": read_network,
    "sum": lambda read, n: Sum((read.one_of(INNER)(read, n), read.one_of(INNER)(read, n))),
    "product": lambda read, n: Product(read.one_of(INNER)(read, n), read.one_of(INNER)(read, n)),
    "composition": lambda read, n: Composition(read.one_of(OUTER), read.one_of(INNER)(read, n)),
}


def _centered(loss: Loss, center: Vector) -> Loss:
    """A convex loss made even about the center, so that it is least there."""
    if isinstance(loss, Quadratic):
        return Quadratic(loss.spectrum, center, loss.mirrors)
    assert isinstance(loss, Ridge | LogSumExp)
    rows = (*loss.rows, *(tuple(-x for x in row) for row in loss.rows))
    shifts = tuple(-sum(x * c for x, c in zip(row, center, strict=True)) for row in rows)
    if isinstance(loss, LogSumExp):
        return LogSumExp(rows, shifts, center)
    return Ridge(loss.function, loss.weights * 2, rows, shifts, center)


CONVEX_FAMILIES: dict[str, Callable[[Bytes, int], Loss]] = {
    "quadratic": lambda read, n: read_quadratic(read, n, (0, 1, 3, 4)),
    "log-sum-exp": read_log_sum_exp,
    "softplus": lambda read, n: read_ridge(read, n, "softplus", [x for x in NOT_ONE if x > 0]),
    "logistic": SIMPLE["logistic"],
    "log_cosh": lambda read, n: read_ridge(read, n, "log_cosh", POSITIVE),
}
LIPSCHITZ_FAMILIES = (
    "quadratic", "trigonometric", "log-sum-exp", "softplus", "logistic", "log_cosh", "gaussian",
    "rational",
)  # fmt: skip


def _chosen(
    readers: dict[str, Callable[[Bytes, int], Loss]],
    dimensions: int | tuple[int, int],
    families: Sequence[str] | None,
    then: Callable[[Loss, Bytes], Loss] = lambda loss, read: loss,
) -> st.SearchStrategy[Loss]:
    low, high = check_dimensions(dimensions)
    names = list(readers) if families is None else list(families)
    if unknown := [f for f in names if f not in readers]:
        raise ValueError(f"unknown families {unknown!r}; there are {', '.join(readers)}")
    choices = [(readers[f], max(low, 2 if f == "network" else 1)) for f in names]
    choices = [(read_loss, least) for read_loss, least in choices if least <= high]
    if not choices:
        raise ValueError(
            f"families={families!r} have no loss with dimensions={dimensions!r}; a network needs 2"
        )

    def build(read: Bytes) -> Loss:
        read_loss, least = read.one_of(choices)
        return then(read_loss(read, least + read.below(high + 1 - least)), read)

    return from_bytes(build, 32 + 16 * high)


def smooth_losses(
    dimensions: int | tuple[int, int] = DEFAULT_DIMENSIONS, families: Sequence[str] | None = None
) -> st.SearchStrategy[Loss]:
    """Smooth losses of all `FAMILIES` or of those given, in 1 to 6 coordinates or as many as given.

    Shrinks to the first family given (w^2 / 2 in one coordinate), the lowest dimension, and small
    whole parameters. Raises ValueError at a dimension outside 1 to 64, and at an unknown family.
    """
    return _chosen(FAMILIES, dimensions, families)


def lipschitz_losses(
    dimensions: int | tuple[int, int] = DEFAULT_DIMENSIONS,
    families: Sequence[str] = LIPSCHITZ_FAMILIES,
) -> st.SearchStrategy[Loss]:
    """Losses whose `lipschitz` is a Lipschitz constant of the gradient; of a quadratic, the least.

    Shrinks as `smooth_losses` does, and raises the same errors.
    """
    if unbounded := [f for f in families if f in FAMILIES and f not in LIPSCHITZ_FAMILIES]:
        found = f"the families {unbounded!r} have no Lipschitz constant that is known"
        raise ValueError(f"{found}; see `lipschitz_on`")
    return _chosen(FAMILIES, dimensions, families)


def _hollow(family: str) -> Callable[[Bytes, int], Loss]:
    """A reader of losses of a family, from half of which a fourth power is taken away."""

    def read_loss(read: Bytes, n: int) -> Loss:
        quadratic = family == "quadratic"
        loss = read_quadratic(read, n, (0, 1, 3, 4, 5)) if quadratic else FAMILIES[family](read, n)
        if not read.below(2):
            return loss
        return Sum((loss, Polynomial(n, ((-read.one_of(POSITIVE), ((read.below(n), 4),)),))))

    return read_loss


def one_sided_losses(
    dimensions: int | tuple[int, int] = DEFAULT_DIMENSIONS,
    families: Sequence[str] = LIPSCHITZ_FAMILIES,
) -> st.SearchStrategy[Loss]:
    """Losses with a known, positive `one_sided`, of a quadratic the least: those of the families
    given, and others that are one of them less a fourth power, and have no `lipschitz`.

    Shrinks as `smooth_losses` does. Raises ValueError at a dimension outside 1 to 64, and at a
    family not in `LIPSCHITZ_FAMILIES`.
    """
    return _chosen({family: _hollow(family) for family in LIPSCHITZ_FAMILIES}, dimensions, families)


def convex_losses(
    dimensions: int | tuple[int, int] = DEFAULT_DIMENSIONS,
    families: Sequence[str] | None = None,
    with_minimizer: bool = False,
) -> st.SearchStrategy[Loss]:
    """Convex losses with a known `lipschitz`; with_minimizer makes each even about a `minimizer`.

    Shrinks as `smooth_losses` does. Raises ValueError at a dimension outside 1 to 64, and at a
    family not in `CONVEX_FAMILIES`.
    """
    if not with_minimizer:
        return _chosen(CONVEX_FAMILIES, dimensions, families)
    centered: Callable[[Loss, Bytes], Loss] = lambda loss, read: _centered(
        loss, read.vector(loss.dimension, CENTERS)
    )
    return _chosen(CONVEX_FAMILIES, dimensions, families, centered)


def _bent(family: str) -> Callable[[Bytes, int], Loss]:
    """A reader of losses of a convex family, to each of which a definite quadratic is added."""

    def read_loss(read: Bytes, n: int) -> Loss:
        quadratic = read_quadratic(read, n, (0, 1, 1, 4))
        if family == "quadratic":
            return quadratic
        loss = CONVEX_FAMILIES[family](read, n)
        return Sum((_centered(loss, quadratic.center), quadratic))

    return read_loss


def strongly_convex_losses(
    dimensions: int | tuple[int, int] = DEFAULT_DIMENSIONS, families: Sequence[str] | None = None
) -> st.SearchStrategy[Loss]:
    """Losses with a known `strong_convexity`, `lipschitz` and `minimizer`: of each of the convex
    families, with a definite quadratic about the minimizer.

    Shrinks as `smooth_losses` does. Raises ValueError at a dimension outside 1 to 64, and at a
    family not in `CONVEX_FAMILIES`.
    """
    return _chosen({family: _bent(family) for family in CONVEX_FAMILIES}, dimensions, families)


def read_rippled(read: Bytes, n: int) -> Rippled:
    """Definite or singular, about a center, with mirrors."""
    below = read_quadratic(read, n, (0, 1, 3, 4))
    return Rippled(below.spectrum, below.center, below.mirrors)


POLYAK_LOJASIEWICZ_FAMILIES: dict[str, Callable[[Bytes, int], Loss]] = {
    "quadratic": CONVEX_FAMILIES["quadratic"],
    "rippled": read_rippled,
}


def polyak_lojasiewicz_losses(
    dimensions: int | tuple[int, int] = DEFAULT_DIMENSIONS, families: Sequence[str] | None = None
) -> st.SearchStrategy[Loss]:
    """Losses with a known `polyak_lojasiewicz`, `lipschitz` and `minimizer`: quadratic ones, some
    with many minimizers, and rippled ones, which are not convex.

    Shrinks as `smooth_losses` does. Raises ValueError at a dimension outside 1 to 64, and at a
    family not in `POLYAK_LOJASIEWICZ_FAMILIES`.
    """
    return _chosen(POLYAK_LOJASIEWICZ_FAMILIES, dimensions, families)
