"""Writes a page's development, has coqc check it, and compares what each theorem rests on."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from proofs.rocq.reading import read
from proofs.rocq.rules import Theorems

HERE = Path(__file__).parent
SECONDS = 1800  # for a page
# What Rocq's reals and its classical logic assume.
OWN = {"sig_not_dec", "sig_forall_dec", "functional_extensionality_dep", "classic"}


@dataclass
class Written:
    """A page's development: its text, the axioms of each theorem, and why others are not there."""

    text: str
    axioms: dict[str, frozenset[str]] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)


def development(page: str, derivation: str, queries: Mapping[str, tuple[str, str]]) -> Written:
    """The development of a page's derivation."""
    made, written = Theorems(queries), Written("")
    for step, proved in read(derivation).items():
        try:
            name = made.theorem(proved)
        except Exception as reason:  # whatever is wrong with a derivation, it is not proved
            written.missing[step] = f"{type(reason).__name__}: {reason}"[:200]
            continue
        made.lines.append(f"Definition {page}_{step} := @{name}.")
        made.lines.append(f"Print Assumptions {page}_{step}.")
        written.axioms[step] = made.axioms[id(proved)]
    written.text = "\n".join(["From Descent Require Import Space.", *made.lines]) + "\n"
    return written


def queries_of(folder: Path) -> dict[str, tuple[str, str]]:
    """The queries of an export with their certificates, by place."""
    paths = {path: path.with_suffix(".txt") for path in folder.glob("*.smt2")}
    return {
        query.stem: (query.read_text(encoding="ascii"), proof.read_text(encoding="ascii"))
        for query, proof in paths.items()
        if proof.exists()
    }


def assumptions_in(printed: str) -> list[frozenset[str]]:
    """What each `Print Assumptions` printed, in order."""
    told = re.split(r"^(?:Axioms:|Closed under the global context)$", printed, flags=re.MULTILINE)
    names = re.compile(r"^(?:[\w']+\.)*([\w']+)(?= :|$)", re.MULTILINE)
    return [frozenset(names.findall(part)) for part in told[1:]]


def compiled(folder: Path, name: str) -> tuple[int, str, str]:
    """coqc's return code, what it printed, and its errors."""
    command = ["coqc", "-q", "-Q", ".", "Descent", f"{name}.v"]
    try:
        run = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return 1, "", f"not within {SECONDS} s"
    return run.returncode, run.stdout, run.stderr


def checked(export: Path, out: Path, coqc: bool, page: str) -> tuple[list[str], int]:
    """What is told of a page's theorems, and how many of them are not proved."""
    sys.setrecursionlimit(10_000)  # proofs nest as deep as statements do
    text = (export / f"{page}.derivation").read_text(encoding="utf-8")
    written = development(page, text, queries_of(export))
    (out / f"{page}.v").write_text(written.text, encoding="utf-8")
    told = [f"{page} {step}: NOT WRITTEN: {why}" for step, why in written.missing.items()]
    failed = len(told)
    if not coqc:
        return told, failed
    code, printed, errors = compiled(out, page)
    if code:
        return [*told, f"{page}: coqc: {errors.strip()}"], failed + len(written.axioms)
    pairs = zip(written.axioms.items(), assumptions_in(printed), strict=True)
    for (step, axioms), found in pairs:
        more = found - OWN
        verdict = "proved" if more == axioms else "OTHER AXIOMS"
        failed += more != axioms
        rests = ", ".join(sorted(more)) or "Rocq's own axioms only"
        told.append(f"{page} {step}: {verdict}; rests on {rests}")
    return told, failed


def check_pages(export: Path, out: Path, pages: Sequence[str]) -> int:
    """Writes the pages' developments, and has coqc check them; how many theorems failed.

    Each page has a process of its own: what is written depends on no other page.
    """
    out.mkdir(parents=True, exist_ok=True)
    shutil.copy(HERE / "Space.v", out)
    coqc, failed = shutil.which("coqc") is not None, 0
    if not coqc:
        print("coqc is not installed: the developments are written and not checked")
    elif compiled(out, "Space")[0]:
        print(compiled(out, "Space")[2])
        return 1
    names = [path.stem for path in sorted(export.glob("*.derivation"))]
    wanted = [name for name in names if not pages or name in pages]
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn"), max_tasks_per_child=1) as pool:
        for told, more in pool.map(partial(checked, export, out, coqc), wanted):
            failed += more
            for line in told:
                print(line, flush=True)
    return failed
