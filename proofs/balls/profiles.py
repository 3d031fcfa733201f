"""The profiles of hypothesis: `gate` is the same everywhere; `hunt` is random, long, and remembers.

`pytest proofs/ -k search --hypothesis-profile=hunt` hunts. What makes a search fail is kept and
tried first the next time, in .hypothesis/examples, or where the environment variable
DESCENT_EXAMPLES says: a folder, which machines may share, or redis://host:port/number, a Redis
server (which needs the package `redis`).
"""

from __future__ import annotations

import os

from hypothesis import Phase, settings
from hypothesis.database import DirectoryBasedExampleDatabase, ExampleDatabase

VARIABLE = "DESCENT_EXAMPLES"


def example_database(place: str) -> ExampleDatabase:
    """The example database at a place: a folder, or the address of a Redis server."""
    if not place.startswith(("redis://", "rediss://", "unix://")):
        return DirectoryBasedExampleDatabase(place)
    from hypothesis.extra.redis import RedisExampleDatabase
    from redis import Redis

    return RedisExampleDatabase(Redis.from_url(place))


def register_profiles() -> None:
    """Registers `gate` and `hunt`; each names its parent, for CI=true changes the default."""
    gate = settings(
        settings.get_profile("default"),
        derandomize=True,
        database=None,
        deadline=None,
        max_examples=50,  # each of eight losses: `strategies.trials.TOGETHER`
        # No targets: of few losses, half would climb towards one near miss, and find less than
        # as many new losses.
        phases=[Phase.explicit, Phase.generate, Phase.shrink],
        report_multiple_bugs=False,
        print_blob=False,
    )
    settings.register_profile("gate", gate)
    settings.register_profile(
        "hunt",
        gate,
        derandomize=False,
        database=example_database(os.environ.get(VARIABLE, ".hypothesis/examples")),
        max_examples=1_250,
        phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.target, Phase.shrink],
    )
