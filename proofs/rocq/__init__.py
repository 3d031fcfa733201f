"""Rocq: the derivations of an export as a development that somebody else's kernel checks.

    python -m proofs.runner.certificates --export DIR
    python -m proofs.rocq DIR OUT [a11 ...]     writes OUT/a11.v ..., and compiles where coqc is

`reading` reads a page's derivation; `writing` has terms and formulas as Rocq writes them;
`normalizing` proves what the kernel takes for one thing because the normal forms are one;
`certifying` makes a lemma of a query by its certificate, `rules` one of each rule that was applied.
On 2026-11-27, with coqc 8.16, all 509 theorems of all 55 pages were proved, on the listed axioms
alone, in 43 minutes of processor time on a slow and busy machine; the day before, on a quicker one,
in 26, of which b09 took 219 s and 3.6 GB, more than any other.
Nothing here is trusted: coqc judges what is written, and prints on what each theorem rests.
"""
