"""Whether every run says the same: `python -m tests.tools.determinism [RUNS]`.

Each run proves the pages and exports their derivations, queries and certificates, in processes of
its own with another PYTHONHASHSEED; the second run with `-n 2`, the third under load. What each
step says and proves, the verdicts, the counts of the searches and all files of the export are to be
the same, byte for byte. RUNS is 20, which takes an hour; the exit status is 1 where two differ. A
run that is red ends it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

ROOT = Path(__file__).parents[2]
PYTHON = [sys.executable, "-m"]
RUNS = 20


def main(runs: int = RUNS) -> int:
    """Prints what differs from the first run; 1 where something does."""
    first = dict[str, bytes]()
    differing = 0
    for number in range(runs):
        how = {1: "-n 2", 2: "under load"}.get(number, "")
        with loaded(2 * (os.cpu_count() or 1) if number == 2 else 0):
            said = run(number, ["-n", "2"] if number == 1 else [])
        first = first or said
        different = sorted(n for n in first.keys() | said.keys() if first.get(n) != said.get(n))
        differing += bool(different)
        told = f"DIFFERENT from the first run: {', '.join(different)}" if different else "the same"
        size = sum(map(len, said.values()))
        print(f"hash seed {number} {how}: {len(said):,} texts, {size:,} bytes: {told}", flush=True)
    return int(differing > 0)


def run(seed: int, options: list[str]) -> dict[str, bytes]:
    """All that a run says, by step and by file."""
    with TemporaryDirectory() as name:
        folder, report = Path(name) / "export", Path(name) / "report.xml"
        environment = {**os.environ, "PYTHONHASHSEED": str(seed)}
        proofs = ["pytest", "proofs", "-q", "-p", "no:cacheprovider", f"--junitxml={report}"]
        export = ["proofs.runner.certificates", "--export", str(folder)]
        for command in ([*proofs, *options], export):
            everything = [*PYTHON, *command]
            subprocess.run(
                everything, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True
            )
        files = {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
        return {**dict(steps(report)), **files}


def steps(report: Path) -> Iterator[tuple[str, bytes]]:
    """What is told of each step and verdict, but for its time."""
    for case in ElementTree.parse(report).iter("testcase"):
        case.attrib.pop("time")
        yield f"{case.get('classname')} {case.get('name')}", ElementTree.tostring(case)


@contextmanager
def loaded(processes: int) -> Iterator[None]:
    """Meanwhile so many processes are busy."""
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(processes)]
    try:
        yield
    finally:
        for process in busy:
            process.kill()


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
