"""Evidence that is no theorem: balls, numbers with a rigorous bound on their error.

What belongs here: arithmetic in balls, what it decides, and who asks. No theorem rests on it.

- `arithmetic`: numbers, power series and three answers; `derivatives`: along a line and on boxes.
- `deciding`: whether a statement, which is prepared once, holds at given values, by `valuation` of
  its terms, `differences` of these and `comparing` them.
- `boxes`: what a loss does on a whole box, the evidence of the steps named `enclosure_`.
- `searching`: searches for a counterexample by hypothesis, of the steps named `search_`;
  `profiles`: how long they search, and what they remember.

It imports the kernel's terms and KernelError, flint and hypothesis. The claims, the runner, the
losses and the strategies import it; pages import only what `proofs.runner.guards` lists.
"""
