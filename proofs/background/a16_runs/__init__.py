"""Runs of gradient descent that do not do what a16 asks of them, by the loss that they run on.

in_the_strip      a double well, and a strip of starts from which descent stays in the upper one
without_arriving  a saddle that catches a run, and a bell curve that has no minimum
on_parabolas      runs that halve, cross the minimum for ever, or stop short
on_a_quartic      at every learning rate a run that turns round, and one that runs away
"""
