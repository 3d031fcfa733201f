"""`python -m proofs.runner.book DIR` proves everything and writes the book."""

from __future__ import annotations

import subprocess
import sys

from proofs.runner.guards import HOME


def book(arguments: list[str]) -> int:
    """As `pytest proofs/ --book DIR`, in a process of its own."""
    if not arguments or arguments[0].startswith("-"):
        print("python -m proofs.runner.book DIR [options of pytest, such as -k a11 or -n 2]")
        return 2
    options = ["-q", f"--book={arguments[0]}", *arguments[1:]]
    return subprocess.call([sys.executable, "-m", "pytest", str(HOME), *options])


if __name__ == "__main__":
    sys.exit(book(sys.argv[1:]))
