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
step not yet tried (a17), and no one alpha need serve every start (a14). At a stationary point
nothing moves (a13).

**The direction.** A step eta u lowers the loss for all small eta if u.g < 0, and only if u.g <= 0
(b13, b14, b11). By Cauchy-Schwarz u.g lies between -|u| |g| and |u| |g| (b15, b16), so the cosine
between -1 and 1 (b17, b18). Among steps of one length the model falls most at u = -(r/|g|) g and
nowhere else (b19), where the cosine is -1 and the angle half a turn (b21, b22). The loss need not
fall most there, but against each other direction of that length it does for all small eta (b20).
Other directions lower the loss as well, and in another norm another one is the steepest (b23). Nor
need the step lead towards the minimum, unless the loss is convex (b04); and a long one misses it
(b05), which eta < 1 does not prevent (b06).

**The limit.** That enough steps reach the minimum is false: a run may end at another minimum or a
saddle, go to and fro across the minimum of a convex loss, go on for ever, or, with rates that
shrink, come to rest where nothing is stationary (a16, b08, b02). For a Lipschitz gradient and alpha
< 2/lipschitz two things are true, with c = alpha (1 - lipschitz alpha / 2): if L is bounded below,
the gradient tends to zero along the run, and some step before the N-th had |g|^2 <= (L(w0) - inf L)
/ (c N); and if L is convex and has a minimizer w*, L(w_N) tends to its minimum L*, with L(w_N) - L*
<= |w0 - w*|^2 / (c N) (a16).

The rest makes the words exact: on the real line (a02, a03), one step that minimizes (a04), the goal
the wrong way round (a05), what a direction of reduced loss is (b01, b03, b07), the whole Taylor
series (b09), and a small change of the parameters (b25). What the articles leave unsaid is gathered
in ASSUMPTIONS.md.
"""
