"""Certificates: why the inequalities of the pages and lemmas hold, for everyone to check.

`certificates.txt` has a line for each query that a run asks: its key, and the certificate that
proofs/replay.py replays. `finding` makes them: it splits cases, and closes each by a sum of
products that `identities` looks for by linear programming (scipy). Nothing in this room is trusted,
and no run of the proofs imports it; `python -m proofs.runner.certificates` does.
"""
