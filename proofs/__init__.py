"""The argument that gradient descent works, on one page; each sentence ends with the pages that
prove it.

**One step.** Let L be a loss on a space of parameters with an inner product, differentiable at w0
with gradient g: near w0 it is its linear model L(w0) + g.s, up to an error that is small against
|s| (a07, b12); this alone is what the argument uses of L (a06), and the gradient is the one vector
that does it (b10). The rule w1 = w0 - alpha g makes the step s = -alpha g (a01, a08, b24), for
which the model reads L(w0) - alpha |g|^2 (a09). Now |g|^2 > 0 unless g = 0 (a10), so the model
falls; and where g != 0 the loss itself falls for every small enough alpha, because the model then
errs by at most half of what it promises (a11, a15). How small depends on the loss: if the gradient
is Lipschitz with constant `lipschitz`, every alpha below 2/lipschitz is safe, and no larger bound
is (a12); without such a constant no finite number of observations names an alpha that is safe for a
step not yet tried (a17), and no one alpha need serve every start (a14). At a stationary point small
steps do not lower it (a13).

**The direction.** A step eta u lowers the loss for all small eta if u.g < 0, and only if u.g <= 0
(b13, b14); with a Lipschitz gradient one knows how small (b11). The product u.g, in coordinates the
sum of the products (b16), lies between -|u| |g| and |u| |g|, by Cauchy-Schwarz (b15), and so the
cosine, where there is an angle, between -1 and 1 (b17, b18). Where g != 0, among steps of one
length r the model falls most at -(r/|g|) g and nowhere else (b19); there the cosine is -1, the
angle half a turn (b22), and the product negative (b21). The loss need not fall most there: it does
against each other direction for all small eta, but how small depends on the direction (b20). Other
directions lower the loss as well, and in some other norm another one is steepest (b23). A direction
that lowers the loss may lead away from the minimum; the one against the gradient leads nearer to it
at first, if the loss is convex (b04), but a long step can miss it (b05) or raise the loss, which
eta < 1 does not prevent (b06).

**The limit.** That enough steps reach the minimum is false: a run may end at another minimum or a
saddle, go to and fro across the minimum of a convex loss, leave every bound, or, with rates that
shrink, converge to a point that is not stationary (a16, b08); and there may be no minimum (b02).
For a Lipschitz gradient and 0 < alpha < 2/lipschitz two things are true, with c = alpha (1 -
lipschitz alpha / 2): if L is bounded below, the gradient tends to zero along the run, and some step
before the N-th had |g|^2 <= (L(w0) - inf L) / (c N); and if L is convex and has a minimizer w*,
L(w_N) tends to its minimum L*, with L(w_N) - L* <= |w0 - w*|^2 / (c N) (a16).

**How small is small.** If the curvature along the step is at most c + rho t |g| at w0 - t g, every
alpha below 4 / (c + sqrt(c^2 + 8 rho |g| / 3)) lowers the loss, and on some losses no larger one;
neither 2/c nor twice the bound need do (c01). A rate is found without any constant of the loss by
shortening it, by a factor below 1, until the loss falls by at least c1 alpha |g|^2, with c1 < 1:
differentiability makes this end, and with c1 = 1 it never does where L is strictly above its linear
model and g != 0 (c02). With a Lipschitz gradient every alpha up to 2 (1 - c1)/lipschitz is
accepted, and on some losses no larger one, so that as many rates are refused as are larger, or
fewer (c06). A gradient that errs by at most epsilon |g|, epsilon < 1, still lowers the loss for 0 <
alpha < 2/((1 + epsilon) lipschitz), and no larger bound does for all such errors (c03). Where each
loss is computed with an error of at most delta, a decrease shows for alpha between two bounds,
sharp ones too, and on some losses none shows where |g|^2 <= 4 delta lipschitz (c04). A step shorter
than half the gap to the next number of the machine is rounded away; of a coordinate x among binary
numbers, one of at most u |x| / 2 is, and none of more than u |x|, where u is 2^-53 for doubles
(c05).

**How fast.** With h = alpha lipschitz and a convex loss, n steps come as near as this, and on some
losses no nearer: L(w_n) - L* <= lipschitz |w0 - w*|^2 / (2 (2 n h + 1)), and |grad(w_n)| <=
lipschitz |w0 - w*| / (n h + 1), up to h = sqrt(2) (d01). Without convexity, up to h = 1, one of n +
1 gradients has |g|^2 <= 4 lipschitz (L(w0) - inf L) / (n h (4 - h) + 2), and on some losses none
has less (d02). Where |grad|^2 >= 2 mu (L - L*) everywhere, each step shrinks the excess L - L* by
the factor 1 - 2 mu alpha (1 - h/2), up to h = 2; such a loss need not be convex (d03). If this is
so along the run, at h = 1 the factor is (2 lipschitz - 2 mu)/(2 lipschitz + mu), and on some losses
no smaller (d07).

Where the gradient is Lipschitz and L strongly convex with the constant mu, each step shrinks the
distance from the minimizer by the factor max(|1 - alpha mu|, |1 - alpha lipschitz|) at least, and
on some losses by no more; for alpha = 2/(mu + lipschitz), half of 1 + lipschitz/mu steps halve the
distance (d04). On a quadratic loss each eigenvector of the Hessian has its own factor, 1 - alpha
eigenvalue; all runs converge just for 0 < alpha < 2/lambda, where lambda is the greatest
eigenvalue; and steps that end where the loss is least on their line zigzag (d05). On x^2 - y^2 a
run with alpha < 1 comes to a saddle from y = 0 alone (d06).

The rest makes the words exact: on the real line (a02, a03), one step that minimizes (a04), the goal
the wrong way round (a05), what a direction of reduced loss is (b01, b03, b07), the whole Taylor
series (b09), and a small change of the parameters (b25). What the articles leave unsaid is gathered
in ASSUMPTIONS.md.
"""
