"""What a document says of a joint law: its formula, or a factorisation such as independence."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import sympy as sp
from sympy.core.function import AppliedUndef

from derive.checking.settling import settled
from derive.core.claim import Claim, Outcome
from derive.core.domains import Integers
from derive.core.facts import Facts
from derive.core.information import Cardinality
from derive.core.joints import Joint, Part, part_of, whole
from derive.core.relation import EQUAL, Relation
from derive.said.spoken import ranges

if TYPE_CHECKING:
    from derive.documents.course import Course

UNKNOWN_LAW = ""


def about_a_joint(course: Course, part: Part, right: Any) -> str | None:
    """Is ``p(z | x) = right`` said of an unknown law, and not claimed? A formula is, and so is independence.

    What relates parts of one law with each other is a claim, but for a product of parts that need not be the law:
    nobody can derive p(x, y) = p(x) p(y).
    """
    own = [
        f for f in right.atoms(AppliedUndef) if (p := part_of(f.func.__name__, course.facts)) and p.name == part.name
    ]
    if not own:
        return UNKNOWN_LAW if part.joint.density is None else None
    left = part.at(*(part.joint.variables[k] for k in (*part.shown, *part.behind)), *part.joint.given)
    if part.joint.density is not None or network(course.facts, part, right) is None:
        return None
    holds = settled([Claim(left, EQUAL, course.meaning(right), course.facts)]).holds
    return None if holds else UNKNOWN_LAW


def with_values(facts: Facts, text: str) -> Facts:
    r"""The facts with the index that counts the values z_1, …, z_k of a variable: ``\sum_{j=1}^k p(x, z_j)``."""
    for joint in facts.joints.values():
        for letter, support in zip(joint.variables, joint.supports, strict=True):
            if not isinstance(support, Integers) or not isinstance(support.upper, Cardinality):
                continue
            for index, size in sorted(set(ranges(text))):
                known = {str(getattr(k, "label", k)) for k in (*facts.domains, *facts.indices, *facts.shapes)}
                counted = re.search(rf"(?<![A-Za-z\\]){re.escape(letter.name)}_\{{?{index}(?![A-Za-z])", text)
                several = {n for i, n in ranges(text) if i == index} != {size}
                if not counted or several or {index, size} & known or str(letter) in map(str, facts.shapes):
                    continue
                number = sp.Symbol(size, integer=True, positive=True)
                place = sp.Symbol(index, integer=True, positive=True)
                facts = replace(facts, indices={**facts.indices, place: number}).defining(number, support.upper)
    return facts


def is_open(facts: Facts, left: Any, right: Any) -> bool:
    """Is an unknown law on one side, and a formula on the other, or was something said of the law that is not known?

    The words around may say which law it is: then the formula follows.
    """
    parts = [
        [p for f in side.atoms(AppliedUndef) if (p := part_of(f.func.__name__, facts)) is not None]
        for side in (left, right)
    ]
    if any(p.joint.told for side in parts for p in side):
        return True
    for own, other, side in ((parts[0], parts[1], right), (parts[1], parts[0], left)):
        variables = {s for p in own for s in p.joint.variables}
        unknown = any(p.joint.density is None for p in own)
        if unknown and not other and not side.has(AppliedUndef) and side.free_symbols - variables:
            return True
    return False


def iterates(facts: Facts, names: set[str]) -> set[str]:
    r"""Those that are other values of a parameter of a joint law: ``\theta^{(t)}``, ``\theta'``."""
    own = [str(g.args[0].label) if g.args else g.name for j in facts.joints.values() for g in j.given]
    return {name for name in names if any(re.fullmatch(re.escape(one) + r"(?:\^.+|'+|_.+)", name) for one in own)}


def numbered(facts: Facts, left: Any, relation: Relation, right: Any) -> bool:
    """Does a refutation hang on how many values a variable has, of which the sides write some out?

    Of P(C = 1) + P(C = 2) = 1 nothing but the number of classes says whether it holds.
    """
    sizes: dict[Any, int] = {}
    for side in (left, right):
        for f in side.atoms(AppliedUndef):
            part = part_of(f.func.__name__, facts)
            for place, value in () if part is None else part.split(f.args)[0].items():
                support = part.joint.supports[place] if part is not None else None
                if value.is_Integer and isinstance(support, Integers) and isinstance(support.upper, Cardinality):
                    sizes[support.upper] = max(int(value), 2, sizes.get(support.upper, 0))
    if not sizes:
        return False
    changes = {size: sp.Integer(number) for size, number in sizes.items()}

    def sized(domain: Any) -> Any:
        return Integers(domain.lower, domain.upper.xreplace(changes)) if isinstance(domain, Integers) else domain

    fixed = replace(
        facts,
        joints={k: replace(j, supports=tuple(map(sized, j.supports))) for k, j in facts.joints.items()},
        laws={k: replace(law, support=sized(law.support)) for k, law in facts.laws.items()},
        domains={k: sized(domain) for k, domain in facts.domains.items()},
    )
    found = settled([Claim(left.xreplace(changes), relation, right.xreplace(changes), fixed)])
    return found.verdict.outcome is not Outcome.REFUTED


def network(facts: Facts, part: Part, right: Any) -> list[AppliedUndef] | None:
    """The factors of ∏ p(s_i | b_i), where each variable is shown once, and those behind its bar before; else None."""
    joint, behind = part.joint, [joint_letter(part, k) for k in part.behind]
    factors = list(sp.Mul.make_args(right))
    shown: list[Any] = []
    waiting = [(f, part_of(f.func.__name__, facts)) for f in factors if isinstance(f, AppliedUndef)]
    if len(waiting) != len(factors) or any(p is None or p.name != part.name for _, p in waiting):
        return None
    ordered: list[AppliedUndef] = []
    while waiting:
        ready = next(
            (
                (f, p)
                for f, p in waiting
                if p is not None
                and f.args[: len(p.shown) + len(p.behind)] == tuple(joint.variables[k] for k in (*p.shown, *p.behind))
                and {joint.variables[k] for k in p.behind} <= {*shown, *behind}
                and not {joint.variables[k] for k in p.shown} & {*shown, *behind}
            ),
            None,
        )
        if ready is None or ready[1] is None:
            return None
        waiting.remove(ready)
        ordered.append(ready[0])
        shown += [joint.variables[k] for k in ready[1].shown]
    return ordered if set(shown) == {joint.variables[k] for k in part.shown} else None


def joint_letter(part: Part, place: int) -> Any:
    """The letter of a variable."""
    return part.joint.variables[place]


def factorised(facts: Facts, part: Part, left: Any, right: Any) -> Facts:
    """The facts with the law as a product of laws that have nothing to do with each other, or by its formula.

    Where only a part of the law is said to be something, the facts stay as they are.
    """
    joint, complete = part.joint, not part.behind and len(part.shown) == len(part.joint.variables)
    letters = tuple(joint.variables[k] for k in (*part.shown, *part.behind))
    if joint.density is not None:
        return facts
    if left.args[: len(letters)] != letters:
        return replace(facts, joints={**facts.joints, part.name: replace(joint, told=True)})
    factors = network(facts, part, right)
    if factors is None:
        own = {*letters, *joint.given}
        known = {s for s in right.free_symbols if s in facts.domains or s in facts.shapes} | own
        if not complete or right.has(AppliedUndef) or not right.free_symbols <= known:
            return replace(facts, joints={**facts.joints, part.name: replace(joint, told=True)})
        return replace(facts, joints={**facts.joints, part.name: replace(joint, density=right)})
    if part.behind:
        front: Any = part.of(part.behind).at(*(joint.variables[k] for k in part.behind), *joint.given)
        factors = [front, *factors]
    used = {*part.shown, *part.behind}
    rest = [k for k in range(len(joint.variables)) if k not in used]
    if rest:
        last = part.of(rest, used)
        factors.append(last.at(*(joint.variables[k] for k in (*last.shown, *last.behind)), *joint.given))
    joints = dict(facts.joints)
    density: Any = sp.Integer(1)
    for number, factor in enumerate(factors, start=1):
        piece = part_of(factor.func.__name__, facts)
        assert piece is not None
        places = sorted((*piece.shown, *piece.behind))
        name = f"{part.name}^{{({number})}}"
        own_law = Joint(
            tuple(joint.variables[k] for k in places), tuple(joint.supports[k] for k in places), joint.given, None, True
        )
        joints[name] = own_law
        fresh = whole(name, own_law).of(map(places.index, piece.shown), map(places.index, piece.behind))
        density *= fresh.at(*factor.args)
    joints[part.name] = replace(joint, density=density)
    return replace(facts, joints=joints)
