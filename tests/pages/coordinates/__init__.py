"""Statements without coordinates, put into coordinates: an independent semantics in R^n.

The claims speak of any real inner-product space. Here they are evaluated at random exact rational
points of R^n for n = 1, 2, 3, 10 and 100: wherever the hypotheses hold, so must the conclusion.
Numbers are exact: rational, or a sum of square roots, whose sign is decided exactly. A loss is a
quadratic function with its exact gradient.

A formula is true, false or undecided (None). A universal statement is checked at the samples of the
point, and false if it fails at one; an existential one is true if a sample is a witness, and
otherwise undecided. In a premise it is the other way round. So a claim that comes out false is
false, and its page must refute it. How much is decided, and how much is not, is counted.

    roots.py      exact numbers
    vectors.py    tuples of them, and how they are drawn
    losses.py     the functions that are drawn
    notions.py    what is known of them by construction
    semantics.py  the value of a term and the truth of a formula at a point
    drawing.py    points that have a fair chance to meet the hypotheses of a claim
    examining.py  what comes of the points drawn for a claim
"""
