"""python -m proofs.certify.understood: what each front end understands, made from the code."""

from __future__ import annotations

import textwrap
from importlib.util import find_spec


def understood() -> dict[str, list[str]]:
    """The names by front end; numpy's only where it is installed."""
    from proofs.certify.balls import FUNCTIONS

    found = {"functions of one variable": sorted(FUNCTIONS)}
    if find_spec("numpy") is None:
        return found
    from proofs.certify import numpy_creation, numpy_front, numpy_functions, operations

    names = {*operations.ELEMENTWISE, *numpy_front.RENAMED, *numpy_front.PREDICATES, "matmul"}
    names |= {"vecdot", "matvec", "vecmat"}
    found["elementwise rules"] = sorted(operations.ELEMENTWISE)
    found["ufuncs of numpy and scipy.special"] = sorted(names)
    found["reductions of ufuncs"] = sorted(numpy_front.REDUCTIONS)
    found["functions of numpy with a rule"] = sorted({f.__name__ for f in numpy_functions.RULES})
    found["functions of numpy that move numbers about"] = sorted(numpy_front.STRUCTURAL)
    found["functions of scipy.special"] = sorted(numpy_creation.SPECIAL)
    if find_spec("jax") is not None:
        from proofs.certify import jax_graph

        found["primitives of jax"] = jax_graph.understood()
    if find_spec("torch") is not None:
        from proofs.certify import torch_graph

        found["aten operations of torch"] = torch_graph.understood()
    return found


if __name__ == "__main__":
    for title, names in understood().items():
        print(f"{title}:")
        print(textwrap.fill(", ".join(names), 98, initial_indent="  ", subsequent_indent="  "))
