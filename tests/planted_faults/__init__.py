"""False claims that look true: what no route may prove, each beside a twin that is true.

Each module is a kind of fault, a table to be read: the claim that is false, the twin that is true,
what proves the twin, and the values that refute the claim. `fault` says what a row has; the tests
try every row by every route.
"""
