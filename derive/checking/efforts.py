"""What makes the value of a claim at a point laborious."""

from __future__ import annotations

import sympy as sp

from derive.core.claim import Claim
from derive.core.information import OfLaws, OverALaw
from derive.core.statement import Statement
from derive.core.vectors import Gradient, MatrixAt, MatrixOf, VectorIntegral, VectorMean


def averages(claim: Claim) -> bool:
    """Has the claim integrals or expected values in it, each a sum over many points?"""
    sides = [
        s
        for side in (claim.left, claim.right)
        for s in ((side.left, side.right) if isinstance(side, Statement) else (side,))
    ]
    return any(e.has(sp.Integral, OverALaw, OfLaws, VectorIntegral, VectorMean) for e in sides)


def by_matrix(claim: Claim) -> bool:
    """Has the claim a derivative by a matrix in it, two values of what is derived for each of its entries?"""
    sides = [side for side in (claim.left, claim.right) if not isinstance(side, Statement)]
    return any(isinstance(e.args[1], MatrixOf | MatrixAt) for side in sides for e in side.atoms(Gradient))
