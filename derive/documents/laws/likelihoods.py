"""The likelihood that the facts give: what a line that introduces one can be measured by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import sympy as sp

from derive.core.trees import mentions
from derive.documents.laws.sample_laws import joint
from derive.documents.letters import base_of

if TYPE_CHECKING:
    from derive.documents.course import Course


def log_likelihood(course: Course, letters: tuple[Any, ...], prior: bool) -> Any:
    """The log-likelihood of the samples whose laws know the letters, with their log-priors or without; or None."""
    total: list[Any] = []
    bases = {base_of(letter) for letter in letters}
    for base in course.facts.shapes:
        product = joint(base, course.facts)
        if product is None or (base in bases and not prior):
            continue
        if base in bases or any(product.has(letter) or product.has(base_of(letter)) for letter in letters):
            total.append(logarithm_of(product))
    # X beside the sample x_i is any of its observations, not one more.
    names = {str(base.label).lower() for base in course.facts.shapes}
    for name, known in course.facts.laws.items():
        apart = name.name.lower() not in names and name not in letters
        one = known.density is not None and known.variable == name and apart
        if one and any(mentions(known.density, letter) for letter in letters):
            # A single observation.
            total.append(sp.log(known.density))
    for letter in letters:
        law = course.facts.law(getattr(letter, "name", ""))
        if prior and law is not None and law.density is not None and law.variable == letter:
            total.append(sp.log(law.density))
    return sp.Add(*total) if total else None


def logarithm_of(product: Any) -> Any:
    """log ∏ f = Σ log f."""
    return sp.Sum(sp.log(product.function), *product.limits) if isinstance(product, sp.Product) else sp.log(product)


def objectives(course: Course) -> Iterator[Any]:
    """Log-likelihood, likelihood and their negatives, of each sample with a known law."""
    facts = course.facts
    for base in facts.shapes:
        product = joint(base, facts)
        if product is None:
            continue
        if not isinstance(product, sp.Product):
            yield from (sp.log(product), product, -sp.log(product))
            continue
        logarithm = sp.Sum(sp.log(product.function), *product.limits)
        size = product.limits[0][2]
        yield from (logarithm, product, -logarithm, -logarithm / size, logarithm / size)
