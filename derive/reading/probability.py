r"""Expectations, variances, entropies and divergences: ``\mathbb{E}_p[…]``, ``EX``, ``H(p, q)``, ``D_{KL}(p\|q)``."""

from __future__ import annotations

from typing import Any

import sympy as sp
from sympy.core.function import AppliedUndef

from derive.core.information import Expectation, Variance
from derive.core.nodes import Partial
from derive.core.vectors import VectorMean, is_matrix
from derive.reading.cursor import Cursor, ends_term, parted
from derive.reading.divergences import divergence, entropy, information
from derive.reading.exponents import to_the
from derive.reading.joint_information import expectation
from derive.reading.named_laws import HINT, laws_below
from derive.reading.scope import Scope
from derive.reading.tree import Bracket, Leaf, Node, Nodes, Scripted, core, name_of, unwrapped

EXPECTATION = ("E", r"\mathbb{E}", r"\mathcal{E}", r"\mathbf{E}")
VARIANCE = ("D", "V", r"\mathbb{V}", r"\mathbb{D}", "Var", r"\mathrm{Var}")
DIVERGENCE = ("D_{KL}", "KL", r"D_{\mathrm{KL}}", r"\mathbb{KL}", r"\mathbb{D}_{KL}", r"\mathcal{D}_{KL}")
ENTROPY = ("H", r"\mathbb{H}", r"\mathcal{H}", "CEH", "h")
INFORMATION = ("I", r"\mathbb{I}", r"\mathcal{I}", "MI", r"\mathrm{I}")
NAMES = (*EXPECTATION, *VARIANCE, *DIVERGENCE, *ENTROPY, *INFORMATION)
STEMS = frozenset(name.partition("_")[0] for name in NAMES)
SURE = (r"\mathbb{E}", r"\mathbb{V}", "Var", *DIVERGENCE, "CEH")


def read(scope: Scope, node: Node, cursor: Cursor) -> Any:
    """The functional with its argument; None where the name is an ordinary letter.

    Raises:
        Unreadable: its argument names no law or random variable.
    """
    base = core(node)
    stem = name_of((base,))
    if stem not in STEMS:
        return None
    name = name_of((Scripted(base, node.sub, None, 0, node.at),)) if isinstance(node, Scripted) and node.sub else stem
    if stem in INFORMATION:
        return None if isinstance(node, Scripted) else information(scope, node, cursor)
    known = (
        (scope.names.knows(stem) and name not in DIVERGENCE)
        or scope.names.knows(name)
        or scope.bound_letter(stem) is not None
    )
    if known and not (stem in (*EXPECTATION, *VARIANCE) and _of_variable(scope, cursor)):
        return None
    following = cursor.peek()
    bracketed = following is not None and isinstance(core(following), Bracket)
    if name in DIVERGENCE or stem in DIVERGENCE:
        return divergence(scope, node, cursor) if bracketed else None
    if stem in ENTROPY:
        return entropy(scope, node, stem, cursor) if bracketed else None
    if stem in EXPECTATION:
        return _moment(scope, node, stem, cursor, Expectation)
    if stem in VARIANCE and not (stem not in SURE and _is_list(following)):
        return _moment(scope, node, stem, cursor, Variance)
    return None


def _of_variable(scope: Scope, cursor: Cursor) -> bool:
    """Does a random variable follow, so that ``D(X)`` is a variance whatever else D is?"""
    following = cursor.peek()
    inner = core(following) if following is not None else None
    if isinstance(inner, Bracket):
        items = unwrapped(inner.items)
        inner = core(items[0]) if len(items) == 1 else None
    if not isinstance(inner, Leaf) or not inner.text.isupper():
        return False
    return inner.text in scope.names.variables and inner.text not in scope.names.families


def _is_list(following: Node | None) -> bool:
    """Do several arguments follow? Nothing has one variance with another."""
    inner = core(following) if following is not None else None
    return isinstance(inner, Bracket) and len(parted(inner.items, (",",))) > 1


def _moment(scope: Scope, node: Node, stem: str, cursor: Cursor, kind: Any) -> Any:
    sub = node.sub if isinstance(node, Scripted) else None
    following = cursor.peek()
    if following is None or ends_term(following):
        return None
    inner = core(following)
    bracketed = isinstance(inner, Bracket) and inner.open in ("(", "[", r"\{")
    capital = isinstance(inner, Leaf) and inner.kind == "letter" and inner.text.isupper()
    if stem not in SURE and sub is None and not bracketed and not capital:
        return None
    if stem not in SURE and sub is not None and (_is_indexed(scope, sub) or (stem != "E" and not bracketed)):
        return None
    if kind is Expectation and bracketed and isinstance(inner, Bracket):
        over_joint = expectation(scope, sub, inner)
        if over_joint is not None:
            cursor.take()
            for above in (node.sup if isinstance(node, Scripted) else None, getattr(following, "sup", None)):
                over_joint = over_joint if above is None else to_the(scope, node, over_joint, above)
            return over_joint
    below = laws_below(scope, sub) if sub is not None else [(None, None)]
    variable, law = below[0]
    before = scope.law
    scope.law = variable if variable is not None else before
    # The Z of E_{Z ~ p} and the z of p(z) are one letter.
    alike = [(name, v) for v, _ in below if v is not None for name in (str(v).upper(), str(v).lower())]
    scope.bound.extend(alike)
    try:
        if bracketed:
            cursor.take()
            assert isinstance(inner, Bracket)
            value = scope.value(inner.items)
        elif capital and sub is None:
            value = scope.factor(cursor)
        else:
            value = scope.term(cursor)
    finally:
        scope.law = before
        for _ in alike:
            scope.bound.pop()
    if len(below) > 1 and kind is not Expectation:
        raise scope.refuse("only an expected value is taken over several laws in turn", node)
    for inner_variable, inner_law in reversed(below[1:]):
        value = (VectorMean if is_matrix(value) else kind)(value, inner_variable, inner_law)
    made = _closed(scope, node, stem, kind, value, variable, law)
    if made is None:
        raise scope.refuse(f"{name_of((node,))} of {sp.latex(value)}: what is random in it?", node, HINT)
    if isinstance(node, Scripted) and node.sup is not None:
        made = to_the(scope, node, made, node.sup)
    if bracketed and isinstance(following, Scripted) and following.sup is not None:
        made = to_the(scope, node, made, following.sup)
    return made


def _is_indexed(scope: Scope, sub: Nodes) -> bool:
    """Is it the i of ``D_i``?"""
    inner = unwrapped(sub)
    only = inner[0] if len(inner) == 1 else None
    if not isinstance(only, Leaf) or only.text in scope.names.laws:
        return False
    return only.kind == "number" or (only.kind == "letter" and scope.is_index(only.text))


def _closed(scope: Scope, node: Node, stem: str, kind: Any, value: Any, variable: Any, law: Any) -> Any:
    if is_matrix(value):
        if kind is not Expectation:
            raise scope.refuse("the variance of a vector cannot be read", node)
        kind = VectorMean
    if law is not None:
        return kind(value, variable, law)
    # Nothing below: what is random among the letters of the argument.
    random = [v for v in scope.names.variables.values() if _occurs(value, v)]
    if len(random) == 1:
        return kind(value, random[0], random[0])
    entries = sorted({e for e in value.atoms(sp.Indexed) if str(e.base) in scope.names.variables}, key=str)
    if len(entries) == 1:
        letter = scope.names.variables[str(entries[0].base)]
        return kind(value.xreplace({entries[0]: letter}), letter, letter)
    if not random and not entries and value.has(Partial):
        samples = [f for f in scope.names.families if f in scope.names.variables]
        if len(samples) == 1:
            return kind(value, scope.names.families[samples[0]], scope.names.variables[samples[0]])
    capitals = [
        s for s in value.free_symbols if isinstance(s, sp.Symbol) and s.name[:1].isupper() and s.name in scope.invented
    ]
    if not random and len(capitals) == 1 and not entries:
        return kind(value, capitals[0], capitals[0])
    variables = sorted(set(scope.names.variables.values()), key=str)
    if not random and not entries and len(variables) == 1 and value.atoms(AppliedUndef):
        # A function of the sample: what is random stands inside it.
        return kind(value, variables[0], variables[0])
    if not random and not entries and not value.free_symbols:
        return value if kind is not Variance else sp.Integer(0)
    return None


def _occurs(value: Any, letter: Any) -> bool:
    """Does the letter occur, and not as the name of a family?"""
    if value == letter:
        return True
    if isinstance(value, sp.Indexed | sp.IndexedBase):
        return False
    return any(_occurs(a, letter) for a in value.args)
