r"""Expectations, variances, entropies and divergences: ``\mathbb{E}_p[…]``, ``EX``, ``H(p, q)``, ``D_{KL}(p\|q)``."""

from __future__ import annotations

import re
from typing import Any

import sympy as sp
from sympy.core.function import AppliedUndef

from derive.core.information import CrossEntropy, Divergence, Entropy, Expectation, Variance
from derive.core.nodes import Partial
from derive.core.phrase import Phrase
from derive.reading.cursor import Cursor, ends_term, parted
from derive.reading.exponents import to_the
from derive.reading.scope import Scope
from derive.reading.tree import Bracket, Leaf, Node, Nodes, Scripted, core, is_command, is_mark, name_of, unwrapped

EXPECTATION = ("E", r"\mathbb{E}", r"\mathcal{E}", r"\mathbf{E}")
VARIANCE = ("D", "V", r"\mathbb{V}", r"\mathbb{D}", "Var", r"\mathrm{Var}")
DIVERGENCE = ("D_{KL}", "KL", r"D_{\mathrm{KL}}", r"\mathbb{KL}", r"\mathbb{D}_{KL}", r"\mathcal{D}_{KL}")
ENTROPY = ("H", r"\mathbb{H}", r"\mathcal{H}", "CEH", "h")
SURE = (r"\mathbb{E}", r"\mathbb{V}", "Var", *DIVERGENCE, "CEH")


def read(scope: Scope, node: Node, cursor: Cursor) -> Any:
    """The functional with its argument; None where the name is an ordinary letter.

    Raises:
        Unreadable: its argument names no law or random variable.
    """
    base = core(node)
    stem = name_of((base,))
    name = name_of((Scripted(base, node.sub, None, 0, node.at),)) if isinstance(node, Scripted) and node.sub else stem
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
        return _divergence(scope, node, cursor) if bracketed else None
    if stem in ENTROPY:
        return _entropy(scope, node, stem, cursor) if bracketed else None
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
    below = _laws_below(scope, sub) if sub is not None else [(None, None)]
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
        value = kind(value, inner_variable, inner_law)
    made = _closed(scope, node, stem, kind, value, variable, law)
    if made is None:
        raise scope.refuse(f"{name_of((node,))} of {sp.latex(value)}: what is random in it?", node, _HINT)
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


_HINT = "`given: X ~ …` declares a random variable; a subscript names the law: E_{p}[…]"


def _closed(scope: Scope, node: Node, stem: str, kind: Any, value: Any, variable: Any, law: Any) -> Any:
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
        return value if kind is Expectation else sp.Integer(0)
    return None


def _occurs(value: Any, letter: Any) -> bool:
    """Does the letter occur, and not as the name of a family?"""
    if value == letter:
        return True
    if isinstance(value, sp.Indexed | sp.IndexedBase):
        return False
    return any(_occurs(a, letter) for a in value.args)


def _laws_below(scope: Scope, sub: Nodes) -> list[tuple[Any, Any]]:
    r"""The variables and laws of ``x \\sim p, y \\sim q``, the outermost first."""
    parts = parted(unwrapped(sub), (",",))
    if len(parts) < 2 or not all(any(is_command(n, r"\sim") for n in part) for part in parts):
        return [_law_below(scope, sub)]
    made = [_law_below(scope, part) for part in parts]
    if any(law is None for _, law in made):
        raise scope.refuse("a law below this expected value is not known", sub[0], _HINT)
    return made


def _law_below(scope: Scope, sub: Nodes) -> tuple[Any, Any]:
    r"""The variable and the law that ``p``, ``p(x)``, ``x \sim p`` or ``q_\phi(z \mid x)`` names."""
    nodes = unwrapped(sub)
    for place, node in enumerate(nodes):
        if is_command(node, r"\sim"):
            law = law_of(scope, nodes[place + 1 :])
            variable = scope.value(nodes[:place]) if law is None else _variable(scope, law, nodes[:place])
            return (variable, law) if law is not None else (None, None)
    law = law_of(scope, nodes)
    if law is None:
        return None, None
    last = nodes[-1]
    inside = last.items if isinstance(last, Bracket) else ()
    inside = parted(inside, ("|", ";", ","))[0] if inside else ()
    return _variable(scope, law, inside), law


def _variable(scope: Scope, law: Any, nodes: Nodes) -> Any:
    declared = scope.facts.laws.get(law)
    if nodes:
        name = name_of(nodes)
        if declared is not None and str(declared.variable).lower() == name.lower():
            return declared.variable
        return scope.letter(name) or scope.invent(name)
    return declared.variable if declared is not None else scope.letter("x") or scope.invent("x")


def law_of(scope: Scope, nodes: Nodes) -> Any:
    """The symbol of the law that a name stands for; capitals and small letters are one where only one is declared.

    A parameter's letter, as in E_θ[…], names no law: None.
    """
    kept = [n for n in unwrapped(nodes) if not isinstance(n, Bracket)]
    if not kept:
        return None
    name = name_of(tuple(kept))
    for table in (scope.names.laws, scope.names.variables):
        if name in table:
            return table[name]
    alike = [law for known, law in (scope.names.laws | scope.names.variables).items() if known.lower() == name.lower()]
    if len(alike) == 1:
        scope.remark(Phrase("remark_same_letter", {"written": name, "meant": str(alike[0])}))
        return alike[0]
    if scope.names.letters.get(name) is not None or len(kept) > 1 or not _may_name_a_law(name):
        return None
    return scope.names.laws.setdefault(name, sp.Symbol(name))


def _may_name_a_law(name: str) -> bool:
    r"""A Latin letter with accents and scripts: ``p``, ``\\hat{P}``, ``q_\\phi``."""
    stem = re.sub(r"\\(hat|tilde|bar|mathbf|mathcal|mathbb)", "", name).strip("{}")
    return stem[:1].isalpha()


def _divergence(scope: Scope, node: Node, cursor: Cursor) -> Any:
    bracket = core(cursor.peek() or node)
    assert isinstance(bracket, Bracket)
    parts = [p for p in parted(bracket.items, ("|", r"\|", ",", ";", ":")) if unwrapped(p)]
    barred = any(is_mark(n, "|", r"\|") for n in bracket.items)
    if not barred and not all(_names_a_law(scope, p, 2) for p in parts):
        return None
    laws = [law_of(scope, _with_lost_subscript(scope, p)) for p in parts]
    if len(parts) != 2 or any(law is None for law in laws):
        raise scope.refuse("a divergence is read between two laws with names", node, "`given: p(x), q(x) pmf on …`")
    cursor.take()
    return _in_base(scope, Divergence(*laws))


def _with_lost_subscript(scope: Scope, nodes: Nodes) -> Nodes:
    """``p 1`` for ``p_1``, where the sign of the subscript was lost: a law is no product."""
    inner = unwrapped(nodes)
    if len(inner) != 2 or not all(isinstance(n, Leaf) for n in inner):
        return nodes
    stem, below = inner
    if not isinstance(below, Leaf) or below.kind != "number" or not isinstance(stem, Leaf) or stem.kind != "letter":
        return nodes
    made = Scripted(stem, (below,), None, 0, stem.at)
    scope.remark(Phrase("remark_same_letter", {"written": f"{stem.text} {below.text}", "meant": name_of((made,))}))
    return (made,)


def _entropy(scope: Scope, node: Node, stem: str, cursor: Cursor) -> Any:
    """H(p), H(X), H(p, q), H_p(q); None where the arguments are no laws (a loss called H)."""
    bracket = core(cursor.peek() or node)
    assert isinstance(bracket, Bracket)
    parts = parted(bracket.items, (",", ";", r"\|"))
    sub = node.sub if isinstance(node, Scripted) else None
    if (isinstance(node, Scripted) and node.sup is not None) or len(parts) > 2 or (sub is not None and len(parts) > 1):
        return None
    names = [*((sub,) if sub is not None else ()), *parts]
    if any(not _names_a_law(scope, n, len(names)) for n in names):
        return None
    laws = [law_of(scope, n) for n in names]
    if any(law is None for law in laws):
        return None
    cursor.take()
    return _in_base(scope, Entropy(laws[0]) if len(laws) == 1 else CrossEntropy(*laws))


def _in_base(scope: Scope, nats: Any) -> Any:
    """In the unit of the page's logarithm."""
    base = scope.facts.definitions.get(r"\log")
    return nats if base is None else nats / sp.log(base)


def _names_a_law(scope: Scope, nodes: Nodes, count: int) -> bool:
    """A declared law or variable; undeclared, the letters that everybody uses for one."""
    inner = unwrapped(nodes)
    bare = tuple(n for n in inner if not isinstance(n, Bracket))
    name = name_of(bare)
    if any(isinstance(n, Leaf) and n.kind == "mark" for n in inner):
        return False
    known = {k.lower() for k in (*scope.names.laws, *scope.names.variables)}
    if name.lower() in known:
        return True
    return not scope.names.knows(name) and name in ("p", "q", "P", "Q", *(("X", "Y") if count == 1 else ()))
