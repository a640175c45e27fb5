"""What the laws are called that justify the lines of a derivation."""

from __future__ import annotations

from types import MappingProxyType

from derive.core.derivation import Step
from derive.core.phrase import Phrase

GROUPS: dict[str, dict[str, tuple[str, ...]]] = {
    "logarithm": {
        "law_log_of_product": ("log_of_series", "log_of_product"),
        "law_log_of_power": ("log_of_power",),
        "law_log_of_exponential": ("log_of_exponential", "log_of_exponential_factor"),
        "law_log_of_quotient": ("log_of_quotient", "logs_joined", "logarithms_joined"),
        "law_logarithms": ("logarithms_opened", "logarithms_of_link", "logarithms_simplified", "content_put_in"),
        "law_log_of_one": ("log_of_one", "divergence_from_itself"),
        "law_log_of_ratio_turned": ("ratio_turned",),
        "law_log_increasing": ("log_is_increasing",),
    },
    "sum": {
        "law_sum_linear": ("sums_taken_apart", "sum_of_sums", "constant_out_of_sum", "sums_apart"),
        "law_constant_counted": ("sum_of_constant",),
        "law_sums_swapped": ("sums_swap",),
        "law_probabilities_sum": ("total_is_one", "one_hot_total", "one_hot_used", "entries_sum"),
        "law_equal_observations": ("grouped_by_value",),
    },
    "derivative": {
        "law_derivative_linear": ("derivative_of_sum", "derivative_of_multiple", "derivative_under_sum"),
        "law_derivative_of_constant": ("derivative_of_constant",),
        "law_derivative_of_itself": ("derivative_of_itself",),
        "law_derivative_of_logarithm": ("derivative_of_logarithm",),
        "law_derivative_of_exponential": ("derivative_of_exponential",),
        "law_derivative_of_power": ("derivative_of_power",),
        "law_product_rule": ("derivative_of_product",),
        "law_chain_rule": ("chain_rule", "chain_rule_twice", "chain_rule_block", "derivative_of_function"),
        "law_gradient_linear": ("gradient_under_sum", "gradient_of_multiple", "gradient_of_terms"),
        "law_term_by_term": ("differentiated", "differentiated_again", "slope_found", "bend_found"),
    },
    "expectation": {
        "law_expectation_linear": (
            "expectation_linear",
            "expectation_of_sum",
            "constant_out_of_expectation",
            "expectation_of_series",
            "mean_linear",
        ),
        "law_expectation_as_sum": ("mean_as_sum", "mean_as_integral", "as_expectation"),
        "law_jensen": ("jensen",),
        "law_total_probability": ("score_mean",),
        "law_variance": ("variance_as_moments", "variance_put_in"),
        "law_known_moment": ("moment_put_in", "moments_put_in"),
    },
    "model": {
        "law_independence": ("independence",),
        "law_definition": (
            "density_put_in",
            "likelihood_put_in",
            "densities_put_in",
            "masses_put_in",
            "entropy_definition",
            "cross_entropy_definition",
            "kl_definition",
            "entropy_seen",
            "cross_entropy_seen",
            "divergence_seen",
            "mean_named",
            "prediction_put_in",
            "prediction_named",
            "density_in_integral",
            "sign_turned",
        ),
        "law_found_before": ("expression_put_in", "set_to_zero", "estimate", "estimate_put_in"),
    },
    "equation": {
        "law_denominators": ("denominators_cleared", "equation_divided"),
        "law_multiplied_out": ("multiplied_out", "gathered"),
        "law_solved": ("solved", "solved_admissible", "isolated", "moment_solved"),
    },
    "sign": {"law_sign": ("negative", "monotone", "not_negative", "no_stationary_point")},
}
"""For every group, each law's name with the rules of which it speaks."""

OVERLAPS: tuple[frozenset[str], ...] = tuple(
    map(
        frozenset,
        (
            {"law_log_of_product", "law_log_of_quotient"},
            {"law_log_of_power", "law_log_of_exponential"},
            {"law_log_of_ratio_turned", "law_log_of_power", "law_log_of_quotient"},
            {"law_probabilities_sum", "law_total_probability", "law_constant_counted"},
            {"law_sum_linear", "law_constant_counted"},
            {"law_derivative_linear", "law_gradient_linear", "law_derivative_of_constant", "law_product_rule"},
            {"law_chain_rule", "law_derivative_of_logarithm"},
            {"law_chain_rule", "law_derivative_of_exponential"},
            {"law_chain_rule", "law_derivative_of_power"},
            {"law_derivative_of_itself", "law_derivative_of_power", "law_derivative_linear"},
            {"law_definition", "law_found_before", "law_independence", "law_expectation_as_sum"},
            {"law_found_before", "law_known_moment", "law_variance"},
            {"law_found_before", "law_solved", "law_denominators"},
        ),
    )
)
"""Laws that may be given, one as well as another, for one and the same line: they are not offered side by side."""

_NAMES = MappingProxyType({rule: law for laws in GROUPS.values() for law, rules in laws.items() for rule in rules})
_GROUP = MappingProxyType({law: group for group, laws in GROUPS.items() for law in laws})

# A line that does several things at once has no single law to be named.
SEVERAL = frozenset({"law_logarithms", "law_term_by_term", "law_multiplied_out"})


def law_of(step: Step) -> str | None:
    """The key of the law's name; None where the step has none of general use.

    >>> from derive.core.relation import EQUAL
    >>> import sympy as sp
    >>> law_of(Step(sp.Symbol("a"), EQUAL, sp.Symbol("b"), "jensen", Phrase("jensen")))
    'law_jensen'
    """
    return _NAMES.get(step.rule)


def named(step: Step) -> Phrase:
    """The name of the law, or that the line is rewritten."""
    return Phrase(law_of(step) or "law_rewritten")


def others(law: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Laws that are wrong where this one is right: those of its own group, and those of other groups.

    None that does several things, and none that may be given for the same line.
    """
    also = SEVERAL.union({law}, *(laws for laws in OVERLAPS if law in laws))
    near = tuple(k for k, group in _GROUP.items() if group == _GROUP[law] and k not in also)
    far = tuple(k for k, group in _GROUP.items() if group != _GROUP[law] and k not in also)
    return near, far
