"""Runs of gradient descent that do not do what a16 asks of them, by the loss that they run on.

in_the_strip      a double well, and a strip of starts from which descent stays in the upper one
without_arriving  a saddle that catches a run, a line and a bell curve that have no minimum
on_parabolas      runs that halve, turn round, run away or stop short
"""
