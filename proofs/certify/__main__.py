"""python -m proofs.certify module:loss --grad module:grad --at module:w0 --alpha 0.01

Exit status: 0 right, 1 wrong, 2 not decided or a call that makes no sense.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import os
import sys
from typing import Any

from proofs.certify.errors import BadCall


def main(arguments: list[str] | None = None) -> int:
    """Runs the command line; gives the exit status."""
    options = _parser().parse_args(arguments)
    sys.path.insert(0, os.getcwd())
    try:
        from proofs.certify import check_descent

        report = check_descent(
            resolve(options.loss),
            None if options.grad is None else resolve(options.grad),
            at=None if options.at is None else _start(options.at),
            alpha=options.alpha,
            box=None if options.box is None else _box(options.box),
            steps=options.steps,
            budget=options.budget,
        )
    except BadCall as reason:
        print(
            json.dumps({"verdict": "bad call", "words": str(reason)})
            if options.json
            else f"bad call: {reason}"
        )
        return 2
    print(report.to_json() if options.json else report)
    if options.plot:
        try:
            report.plot(options.plot)
        except (ValueError, ImportError, OSError) as reason:
            print(f"no picture: {reason}", file=sys.stderr)
    return report.exit_code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m proofs.certify",
        description=(
            "Is the gradient right, does a step lower the loss, up to which learning"
            " rate is that proved?"
        ),
        epilog="exit status: 0 right, 1 wrong, 2 not decided or a call that makes no sense",
    )
    parser.add_argument("loss", help="module:name or file.py:name of the loss")
    parser.add_argument(
        "--grad", help="module:name of its gradient (left out: only the step is checked)"
    )
    parser.add_argument("--at", help="module:name of the parameters, or numbers: 0.3,-0.3")
    parser.add_argument("--alpha", type=float, help="the learning rate to ask about")
    parser.add_argument(
        "--box", help="low:high for each coordinate, as -1:1,-1:1: every start in it"
    )
    parser.add_argument("--steps", type=int, help="how many steps of the run to look at")
    parser.add_argument("--budget", type=float, default=60.0, help="seconds (60)")
    parser.add_argument("--plot", metavar="FILE", help="draw the loss along the ray (.svg or .png)")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    return parser


def resolve(name: str) -> Any:
    """The object that module:name or file.py:name names.

    Raises BadCall where there is none.
    """
    module, colon, path = name.rpartition(":")
    if not colon or not module:
        raise BadCall(f"{name!r} names nothing: write module:name, as in train:loss")
    try:
        found: Any = _module(module)
        for part in path.split("."):
            found = getattr(found, part)
    except (ImportError, AttributeError, OSError, SyntaxError) as reason:
        raise BadCall(f"{name} cannot be found: {reason}") from reason
    return found


def _module(name: str) -> Any:
    if not name.endswith(".py"):
        return importlib.import_module(name)
    stem = os.path.splitext(os.path.basename(name))[0]
    spec = importlib.util.spec_from_file_location(stem, name)
    if spec is None or spec.loader is None or not os.path.exists(name):
        raise ImportError(f"there is no file {name}")
    module = sys.modules.setdefault(stem, importlib.util.module_from_spec(spec))
    if module.__spec__ is not spec and getattr(module, "__file__", None) == spec.origin:
        return module
    spec.loader.exec_module(module)
    return module


def _start(text: str) -> Any:
    if ":" in text:
        found = resolve(text)
        return found() if callable(found) and not hasattr(found, "shape") else found
    try:
        numbers = [float(x) for x in text.split(",")]
    except ValueError:
        raise BadCall(f"--at {text!r}: write module:name, or numbers as 0.3,-0.3") from None
    if len(numbers) == 1:
        return numbers[0]
    import numpy as np

    return np.array(numbers)


def _box(text: str) -> list[tuple[float, float]]:
    try:
        return [(float(a), float(b)) for a, b in (part.split(":") for part in text.split(","))]
    except ValueError:
        raise BadCall(f"--box {text!r}: write low:high for each coordinate, as -1:1,-1:1") from None


if __name__ == "__main__":
    raise SystemExit(main())
