"""Certificates for all that the pages and lemmas ask: finds those that are missing, writes all out.

python -m proofs.runner.certificates                 finds what is missing, drops what is unused
python -m proofs.runner.certificates --anew          finds all anew
python -m proofs.runner.certificates --export DIR    then: python proofs/replay.py DIR
python -m proofs.runner.certificates --export DIR a11 ...    of some pages only

The export has every query with its certificate, and for each page every rule that its theorems
rest on (DIR/a11.derivation; see derivations.py).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from pathlib import Path

from proofs import replay
from proofs.kernel.solver import CERTIFICATES, PROVED, key, stored
from proofs.kernel.theorem import Theorem
from proofs.runner.derivations import derivation, recorded
from proofs.runner.pages import NoVerdict, Page, load_page, page_paths

SECONDS = 40.0  # for each query; none takes half of it


def asked(ids: Sequence[str] = ()) -> tuple[dict[str, str], list[Page]]:
    """Every query of the pages and lemmas, with the page and the step that ask it first; the pages
    as they ran: all, or those that are named.
    """
    places, pages = dict[str, str](), list[Page]()

    def note(place: str) -> None:
        new = [query for query, _ in PROVED if query not in places]
        places.update({query: f"{place}.{i}" for i, query in enumerate(new, 1)})

    for path in page_paths():
        if ids and path.stem[:3] not in ids:
            continue
        page = load_page(path)
        pages.append(page)
        note(page.id)
        for step in page.steps:
            with suppress(Exception):
                page.run(step)
            note(f"{page.id}.{step}")
        with suppress(NoVerdict):
            page.judge()
        note(f"{page.id}.verdict")
    return places, pages


def sought(query: str) -> str | None:
    """A certificate of the query, empty where unit propagation is enough; None if none is found."""
    from proofs.certificates.finding import NotFound, Search  # it needs scipy, and nobody else does

    with suppress(NotFound, replay.Refused):
        certificate = Search(query, SECONDS).certificate()
        replay.check(query, certificate)
        return certificate
    return None


def complete(queries: Iterable[str], kept: Mapping[str, str]) -> Iterator[str]:
    """Stores the certificates that are kept, and new ones for queries without; tells how many."""
    queries, lines = list(dict.fromkeys(queries)), dict(kept)
    missing = [q for q in queries if key(q) not in lines]
    if missing:
        with ProcessPoolExecutor(os.cpu_count()) as pool:
            new = dict(zip(missing, pool.map(sought, missing), strict=True))
        found = {key(q): certificate for q, certificate in new.items() if certificate is not None}
        lines |= found
        yield f"{len(found)} certificates found, of {len(new)} that were missing"
    text = "".join(
        f"{name} {certificate}".rstrip() + "\n" for name, certificate in sorted(lines.items())
    )
    if not CERTIFICATES.exists() or CERTIFICATES.read_text(encoding="ascii") != text:
        CERTIFICATES.write_text(text, encoding="ascii")
        stored.cache_clear()
        yield f"{len(lines)} certificates are stored, {len(text):,} characters"


def export(folder: Path, ids: Sequence[str] = ()) -> None:
    """Writes each query and its certificate, in files named after the step that asks, and each
    page's derivations.
    """
    with recorded() as made:
        places, pages = asked(ids)
    unasked = [a.query for a in made.values() if a.query and a.query not in places]
    places |= {query: f"logic.{i}" for i, query in enumerate(dict.fromkeys(unasked), 1)}
    folder.mkdir(parents=True, exist_ok=True)
    for page in pages:
        theorems = {n: t for n, t in page.evidence.items() if isinstance(t, Theorem)}
        text = derivation(theorems, made, places)
        (folder / f"{page.id}.derivation").write_text(text, encoding="utf-8")
    for query, place in places.items():
        (folder / f"{place}.smt2").write_text(query, encoding="ascii")
        certificate = "" if query in unasked else stored().get(key(query))
        if certificate is not None:
            (folder / f"{place}.txt").write_text(certificate, encoding="ascii")


def certify_all(arguments: list[str]) -> int:
    """Finds what is missing; 1 where something still is."""
    if arguments[:1] == ["--export"]:
        export(Path(arguments[1]), arguments[2:])
        return 0
    places, _ = asked()
    still = {} if arguments == ["--anew"] else stored()
    for told in complete(places, {k: still[k] for k in map(key, places) if k in still}):
        print(told)
    alone = [place for query, place in places.items() if key(query) not in stored()]
    print(*(f"ONE SOLVER: {place}" for place in alone), f"{len(places)} queries", sep="\n")
    return int(bool(alone))


if __name__ == "__main__":
    sys.exit(certify_all(sys.argv[1:]))
