"""Rocq: the derivations of an export as a development that somebody else's kernel checks.

    python -m proofs.runner.certificates --export DIR
    python -m proofs.rocq DIR OUT [a11 ...]     writes OUT/a11.v ..., and compiles where coqc is

`reading` reads a page's derivation; `writing` has terms and formulas as Rocq writes them;
`normalizing` proves what the kernel takes for one thing because the normal forms are one;
`certifying` makes a lemma of a query by its certificate, `rules` one of each rule that was applied.
On 2026-11-26, with coqc 8.16, all theorems of these pages were proved, on the listed axioms alone:
a01 to a17, b01 to b08, b20, c02 and c03. d01 and d02 do not compile yet (a field equation), and of
the others not every page was tried with the code of that day.
Nothing here is trusted: coqc judges what is written, and prints on what each theorem rests.
"""
