"""What pytest and people see of the proofs.

`guards` reads pages as syntax, `pages` runs them, `failures` tells what went wrong and where,
`collecting` is the door to pytest; `printing`, `writing` and `countermodels` write mathematics out;
`update` writes what follows from a page. This room may import every other, and none imports it, but
for `prelude`, which puts the printing in place. Nothing here makes a theorem.
"""
