"""What b20 needs of two steps of one length, one of them downhill, along -grad/|grad|.

pointwise     for all small eta downhill is better than another unit vector, and than all that stay
              away from it; but not than all others at once
chord         the loss on the chord from the end of one step to that of the other
extremal      a loss for which the bound by two descent lemmas is met
at_the_bound  where u.grad < 0, it is met by none
"""
