"""What b23 needs: the steepest vector in any norm, and in R^n in the max and the 1-norm."""
