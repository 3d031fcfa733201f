"""Particular losses, once each, with their gradients and with what is proved of them.

A page says SQUARE.at(e1, loss=L, point=w0, gradient=g, modulus=delta) and has the values with their
theorems: see `proofs.witnesses`. Losses may import lemmas; pages and `background` import losses.

lines       LINE x, RAMP w (on R), LEVEL 0, LEVEL_ON_THE_LINE 0 (on R)
parabolas   SQUARE x^2, RAISED_SQUARE x^2 + 1, HILL -x^2, CAP x - x^2, DOME -|w|^2,
            RISING_RIDGE y - x^2, ELLIPSES (x^2 + 7 y^2)/2, DIAGONAL (x + y)^2/2,
            bowl(c) c |w|^2/2, parabola(c) c w^2 (on R),
            valley(u, a, b) (a |w|^2 + (b - a) (u.w)^2)/2,
            EASED_PARABOLA w^2 - max(|w| - 1, 0)^2/4 (on R), EASED_VALLEY in x
cubics      FALLING_CUBIC w^3 - 3w (on R), BENT_CUBIC x^2 - x^3, STEEPENING_CUBIC -x^3 - x,
            STEEPENING_CUBIC_ON_THE_LINE -w^3 - w (on R), QUARTIC x^4, FALLING_QUARTIC -x^4,
            TURNING_QUARTIC -x + 2 x^4, QUARTIC_ON_THE_LINE w^4 (on R),
            climbing_cubic(along, c, rho) -x + c x^2/2 + rho x^3/6
saddles     SADDLE x^2 - y^2, SLOPING_SADDLE y + x y
bells       BELL 1/(1 + x^2), BELL_ON_THE_LINE 1/(1 + w^2), DIP -1/(1 + x^2)
huber       huber(along, beyond, curvature): a parabola up to |x| = beyond, then its tangent
undulating  UNDULATING, x^2/2 with a slope that falls for a while, and is nowhere 0 but at 0
wells       well(u, v) with two minima, DOUBLE_WELL in coordinates, CREST x^2 + (y^2 - 1)^2
kinks       KINK |x|, TWO_KINKS |x| + 2|y|, CUSP x + y + 4 sqrt(|x y|)
broken_lines  along_a_line(...): losses in u.w whose slope is a broken line
bowl_runs   runs on c |w|^2/2 from e1, with what linear rates ask of them
landscapes  of which something is shown box by box: rosenbrock, himmelblau, beale, log_sum_exp, ...
"""
