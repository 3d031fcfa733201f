"""Rocq: the derivations of an export as a development that somebody else's kernel checks.

    python -m proofs.runner.certificates --export DIR
    python -m proofs.rocq DIR OUT [a11 ...]     writes OUT/a11.v ..., and compiles where coqc is

`reading` reads a page's derivation; `writing` has terms and formulas as Rocq writes them;
`normalizing` proves what the kernel takes for one thing because the normal forms are one;
`certifying` makes a lemma of a query by its certificate, `rules` one of each rule that was applied.
On 2026-11-26, with coqc 8.16, all theorems of every page but b09 were proved, on the listed axioms
alone, though not all with that day's last code. b09 (14 MB) was not run to its end: coqc took its
first five theorems of 18. For a12, a16, a17, b08, b10 to b25 and chapters C and D coqc needed 18
minutes of processor time (a page's most: 93 s, a16); the whole was not run at once.
Nothing here is trusted: coqc judges what is written, and prints on what each theorem rests.
"""
