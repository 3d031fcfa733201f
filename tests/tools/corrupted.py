"""Corrupts certificates and queries: no certificate may be accepted for a query that has a model.

    python -m proofs.runner.certificates --export DIR
    python -m tests.tools.corrupted DIR [how many queries]

A query is altered (an assertion is dropped or denied, a relation or a number changed, all made
weak) until z3 finds a model; then its certificate, corrupted copies of it and the next query's
certificate are replayed. Copies are replayed for the query itself, too, and counted.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from pathlib import Path

from proofs.replay import Refused, check
from proofs.kernel.solver import ask

RELATION = re.compile(r"\((>=|<=|>|<|=|distinct) ")
NUMBER = re.compile(r"(?<![x\d])\d+(?!\.)")
NAME = re.compile(r"x\d+")
FORGED = ("", ".", "(1) (-1) .", "(0) .", "(1 (square 0)) .", "(1 (>= 0 0)) .", "? (> 1 0) . .")


def replaced_one(pattern: re.Pattern[str], text: str, new: list[str], chance: random.Random) -> str:
    """The text with one match changed to one of `new`."""
    matches = list(pattern.finditer(text))
    if not matches or not new:
        return text
    match = chance.choice(matches)
    return text[: match.start()] + chance.choice(new) + text[match.end() :]


def altered_query(query: str, chance: random.Random) -> str:
    """A query that says something else."""
    lines = query.split("\n")
    at = chance.choice([i for i, line in enumerate(lines) if line.startswith("(assert ")])
    kind = chance.randrange(4)
    if kind == 0:
        del lines[at]
    elif kind == 1:
        lines[at] = f"(assert (not {lines[at][8:-1]}))"
    elif kind == 2:
        relations = ["(> ", "(>= ", "(< ", "(<= ", "(= ", "(distinct "]
        lines[at] = replaced_one(RELATION, lines[at], relations, chance)
    else:
        lines[at] = replaced_one(NUMBER, lines[at], ["0", "2", "3"], chance)
    return "\n".join(lines)


def corrupted(certificate: str, chance: random.Random) -> str:
    """A certificate with a word, a number, a name, a relation or a sign changed."""
    words = re.findall(r"[()?.]|[^\s()?.]+", certificate) or [""]
    kind = chance.randrange(6)
    if kind == 0:
        del words[chance.randrange(len(words))]
    elif kind == 1:
        words.insert(chance.randrange(len(words)), chance.choice(words))
    elif kind == 2:
        i, k = chance.randrange(len(words)), chance.randrange(len(words))
        words[i], words[k] = words[k], words[i]
    text = " ".join(words)
    if kind == 3:
        return replaced_one(NUMBER, text, ["0", "1", "2", "-1", "7"], chance)
    if kind == 4:
        return replaced_one(NAME, text, NAME.findall(text), chance)
    relations = ["> ", ">= ", "= ", "distinct "]
    return replaced_one(re.compile("(?:>=|>|=|distinct) "), text, relations, chance)


def systematic(certificate: str) -> list[str]:
    """Corruptions that keep the sums 0: no products, all negated, all sides exchanged."""
    emptied = re.sub(r"(?<=[.]) *\(.*?(?= [.])|^\(.*?(?= [.])", "", certificate)
    negated = re.sub(r"(^|[.)] )\((\d)", r"\1(-\2", certificate)
    turned = re.sub(r"\(>=? (\([^()]*\)|[^() ]+) (\([^()]*\)|[^() ]+)\)", r"(>= \2 \1)", negated)
    return [emptied, negated, turned]


def accepted(query: str, certificate: str) -> bool:
    """What the replayer says."""
    try:
        check(query, certificate)
    except Refused:
        return False
    return True


def corrupt_all(folder: str, most: int = 10**9) -> int:
    """Prints the counts; 1 where a certificate was accepted for a query with a model."""
    chance, counts = random.Random(0), Counter[str]()
    paths = [
        path for path in sorted(Path(folder).glob("*.smt2")) if path.with_suffix(".txt").exists()
    ]
    pairs = [(p.read_text(encoding="ascii"), p.with_suffix(".txt").read_text()) for p in paths]
    pairs = [pair for pair in pairs if len(pair[1]) < 5000][:most]
    for at, (query, certificate) in enumerate(pairs):
        copies = [corrupted(certificate, chance) for _ in range(4)]
        for copy in copies:
            if copy.split() != certificate.split():
                counts["corrupted, for its own query"] += 1
                counts["of these, accepted: still a proof"] += accepted(query, copy)
        others = [pairs[at - 1][1], *copies, certificate, *systematic(certificate), *FORGED]
        weak = query.replace("(> ", "(>= ").replace("(< ", "(<= ").replace("(distinct ", "(= ")
        lines = query.split("\n")
        denied = "\n".join([*lines[:-2], f"(assert (not {lines[-2][8:-1]}))", lines[-1]])
        for asked in (weak, denied, *(altered_query(query, chance) for _ in range(3))):
            if asked is weak:
                others.append(certificate.replace("(> ", "(>= "))
            if ask(asked, 1_000_000) == "sat":
                for other in others:
                    counts["for a query with a model"] += 1
                    if accepted(asked, other):
                        counts["of these, ACCEPTED"] += 1
                        print(f"ACCEPTED:\n{asked}\n{other}")
    for what, count in counts.items():
        print(f"{count:6} {what}")
    return int(counts["of these, ACCEPTED"] > 0)


if __name__ == "__main__":
    sys.exit(corrupt_all(sys.argv[1], *map(int, sys.argv[2:3])))
