"""Theorems that several pages use, by subject: the index, which a test holds complete.

Lemmas import the prelude, the axioms and one another; losses, background and pages import lemmas.
Each is a function that returns its theorem; the steps of its proof are lemmas too.

inner_products     |c w| = |c| |w|: norm_scaling. -|u| |v| <= u.v <= |u| |v|: cauchy_schwarz; where
                   it is an equality: cauchy_schwarz_equality. Steps: norm_of_a_multiple,
                   at_most_the_lengths
angles             |u.v| = |u| |v| where collinear: equality_where_collinear; u.v = -|u| |v| where
                   opposite: opposite, against, against_by_lengths. Which values u.g takes:
                   takes, takes_every_value, unit_vector_across. Steps: collinear_by_coefficients
differentiability  a gradient, from a quadratic bound on what the linear model misses: model_error,
                   differentiable_everywhere_by_remainder, modulus_by_remainder. Steps:
                   small_against_the_step, remainder_is_small
derivatives        at most one gradient at a point: gradient_is_unique, one_gradient; along a line:
                   modulus_along
linear_models      L(w0 + s) ~ L(w0) + g.s is differentiability: small_remainder,
                   small_remainder_is_differentiability, modulus_chooses_d. Steps: error_at_most,
                   small_off_zero, small_near_zero, error_is_small, differentiability_asks, some_d,
                   some_d_for_each_epsilon, differentiable_by_epsilon_and_delta,
                   small_remainder_chosen, same_d, carried_over
slopes             small steps follow the sign of u.grad: reduced_where_negative,
                   not_positive_where_reduced. Steps: radius_is_positive,
                   model_errs_by_half_of_the_slope, negative_slope, slope_of_reduced_loss
small_steps        never for all small alpha: never_for_all_small; however short: arbitrarily_short
directions         a direction of reduced loss, by its eta0: reduces_below, reduced_with_eta0; none:
                   never_reduced
descent_lemma      the model errs by at most lipschitz |s|^2 / 2: descent_lemma,
                   descent_lemma_on_segment, its upper side upper_descent_lemma; its hypotheses on
                   a segment: smooth_on_segment, steady_on_segment; from one side:
                   steady_from_one_side. Steps: loss_and_step,
                   linear_model_error, auxiliary_function, derivative_of_auxiliary_function,
                   turns_along, one_side, steady_turns, lemma_on_segment, everywhere_to_segment,
                   lemma_everywhere, upper_lemma, at_values
convexity          a convex loss lies above its linear models: first_order_convexity,
                   first_order_convexity_everywhere. Steps: two_points_on_a_loss, gap_on_segment,
                   above_its_linear_model, above_all_its_linear_models
descents           runs: obeys, descent, there_is, fails_along, denial; their limits: stays_bounded,
                   converges_with_halves, stays_above, stays_away; the run 2^-k: halves_are_small;
                   one run: leads_from_e1_to_zero
rates              |grad|^2 is at most c / n after n steps: stationary_rate; it tends to zero:
                   gradient_vanishes; a step lowers the loss: loss_falls, fall_is_positive. Steps:
                   small_gradient_in_sequence, losses_never_rise, gradients_tend_to_zero
cocoercivity       a loss with a Lipschitz gradient, at two points: cocoercivity where it is convex,
                   fall_between where it is not
exact_rates        after n steps with alpha <= sqrt(2) / lipschitz, the excess and the gradient of a
                   convex loss: exact_rate. Steps: spare, weighted_sum, weighted_sum_never_grows,
                   excess_within_potential, gradient_within_potential, along_the_run,
                   two_successive_points, potential_of_the_run, against_the_minimizer
smooth_rates       without convexity, the least |grad|^2: least_gradient. Steps: taken, step_falls,
                   run_falls, paid, still_paid, least_in_sequence, excess_over_a_bound
linear_rates       where |grad|^2 is at least a multiple of the excess, a step shrinks this by one
                   factor: linear_rate, faster_linear_rate. Steps: steep_at, shrinks_by_a_factor,
                   rate_of_a_run, excess_shrinks, excess_shrinks_faster
convex_rates       the excess is at most c / n after n steps: convex_rate; it tends to zero:
                   minimum_is_approached. Steps: spared, potential, potential_never_grows,
                   excess_of_sequence, gradient_is_zero_at_a_minimizer, error_at_a_minimizer,
                   aims_at_a_minimizer, first_excess, weighed, excess_with_short_steps,
                   excess_with_long_steps
strong_convexity   a strongly convex loss lies above its parabolas: above_its_parabolas, and with a
                   Lipschitz gradient that changes as much as it may: change_is_monotone. Steps:
                   flattened_is_convex, flattened_is_smooth, above_by_a_share
contraction        steps shrink the distance by slowest_factor: step_contracts, descent_contracts,
                   distance_after_steps; it is below 1: factor_is_below_one. Along an eigenvector:
                   bends, run_along_an_eigenvector, distance_along_an_eigenvector. Steps:
                   distance_falls, distance_of_sequence, monotone_at_a_minimizer
powers             there are powers: there_are_powers, first_power, next_power; small or large in
                   the end: powers_are_small, powers_are_large, converges_with_powers; of |x|:
                   power_of_absolute_value
naturals           no natural number lies between k and k + 1: nothing_between; what holds of some
                   holds of a first one: there_is_a_first; 0, or i + 1: predecessor
polynomials        in two variables, by their coefficients: combination, polynomial_at
"""
