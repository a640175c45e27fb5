"""Inverse matrices: multiplied away where the facts say that there is one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sympy as sp

from derive.checking.entries import FIRST, entry
from derive.core.claim import Claim
from derive.core.facts import Facts
from derive.core.ranges import sign
from derive.core.relation import EQUAL
from derive.core.statement import Statement
from derive.core.vectors import Diagonal, Rank, is_matrix


def without_inverse(claim: Claim) -> Claim | None:
    """A^{-1} r = s as r = A s, where A has an inverse; None where no term begins with one."""
    if not is_matrix(claim.left) or claim.relation != EQUAL:
        return None
    matrix = leading(claim.right) if leading(claim.right) is not None else leading(claim.left)
    if matrix is None or not invertible(matrix, claim.facts):
        return None
    return replace(claim, left=multiplied(matrix, claim.left), right=multiplied(matrix, claim.right))


def solved_away(statement: Statement, facts: Facts) -> Statement:
    """w = A^{-1} r as A w = r, where A has an inverse."""
    if not is_matrix(statement.left) or statement.relation != EQUAL:
        return statement
    made = without_inverse(Claim(statement.left, EQUAL, statement.right, facts))
    return statement if made is None else Statement(made.left, EQUAL, made.right)


def leading(expr: Any) -> Any | None:
    """A, where a term of the expression is c A^{-1} …"""
    for term in expr.args if isinstance(expr, sp.MatAdd) else (expr,):
        matrices = [f for f in (term.args if isinstance(term, sp.MatMul) else (term,)) if is_matrix(f)]
        if matrices and isinstance(matrices[0], sp.Inverse):
            return matrices[0].args[0]
    return None


def multiplied(matrix: Any, expr: Any) -> Any:
    """A · expr, with A A^{-1} cancelled."""
    if isinstance(expr, sp.MatAdd):
        return sp.MatAdd(*(multiplied(matrix, term) for term in expr.args))
    args = list(expr.args) if isinstance(expr, sp.MatMul) else [expr]
    place = next(k for k, a in enumerate(args) if is_matrix(a))
    if args[place] == sp.Inverse(matrix):
        del args[place]
        if not any(is_matrix(a) for a in args):
            args.append(sp.Identity(matrix.shape[0]))
    else:
        args.insert(place, matrix)
    return args[0] if len(args) == 1 else sp.MatMul(*args)


def invertible(matrix: Any, facts: Facts) -> bool:
    """Do the facts say that the matrix has an inverse: full rank stated, or positive definite by its form?"""
    if any(s == Statement(Rank(matrix), EQUAL, matrix.shape[0]) for s in facts.assumed):
        return True
    terms = matrix.args if isinstance(matrix, sp.MatAdd) else (matrix,)
    kinds = [definiteness(term, facts) for term in terms]
    return all(kinds) and "+" in kinds


def definiteness(term: Any, facts: Facts) -> str:
    """``+`` for a positive definite matrix, ``0`` for a positive semidefinite one, empty where neither is seen."""
    args = list(term.args) if isinstance(term, sp.MatMul) else [term]
    number = sp.Mul(*(a for a in args if not is_matrix(a)))
    matrices = [a for a in args if is_matrix(a)]
    if number != 1 and sign(number, facts) != "+":
        return ""
    if len(matrices) == 1 and isinstance(matrices[0], sp.Identity):
        return "+"
    if len(matrices) < 2 or matrices[0] != sp.Transpose(matrices[-1]):
        return ""
    inner = matrices[1:-1]
    weights = "+" if not inner else diagonal_sign(inner, facts)
    full = Statement(Rank(matrices[-1]), EQUAL, matrices[-1].shape[1]) in facts.assumed
    return "+" if full and weights == "+" else "0" if weights else ""


def diagonal_sign(inner: list[Any], facts: Facts) -> str:
    """Of the entries of the one diagonal matrix between X^T and X."""
    if len(inner) != 1 or not isinstance(inner[0], Diagonal):
        return ""
    found = sign(entry(inner[0].args[0], FIRST), replace(facts, indices={**facts.indices, FIRST: inner[0].shape[0]}))
    return {"+": "+", ">=0": "0", "0": "0"}.get(found or "", "")
