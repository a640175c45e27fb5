"""The likelihood that the facts give: what a line that introduces one can be measured by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import sympy as sp

from derive.documents.densities import joint

if TYPE_CHECKING:
    from derive.documents.course import Course


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
