"""What b09 needs: Taylor's theorem with its remainder, and four functions on which it is tried.

slopes_at_a_point      sums, products and compositions of functions with a slope at a point
derivative_rules       the same everywhere; uniqueness of the derivative; the mean value theorem
higher_derivatives     derivatives of every order, of which there is at most one each
series                 the powers x^k/k!, the partial sums, and their limits
polynomial_parts       the first terms of the series of each derivative, as functions
remainder              Taylor's theorem: f(t) = S(n) + D(n, x) t^n/n!
polynomials_are_exact  the series of a polynomial in the plane ends, and is the polynomial
hessians               the first coefficients are L(theta), u.grad and u.Hess(u)
exponential            exp, which is the sum of its series
cube                   |x|^3, which has no third derivative
bell_derivatives       1/(1 + x^2), and its derivatives by complex numbers
bell_series            its series at 0 diverges at 2
flat_function          x^-m exp(-1/x^2): its slope at 0 is 0
flat_slopes            and its slope elsewhere
flat_derivatives       so all derivatives of exp(-1/x^2) are 0 at 0
witnesses              losses made of these four, on which the claims of b09 are tried
"""
