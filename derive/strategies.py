"""Combinators of rules: where and how often they are applied."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from derive.core.derivation import Step
from derive.core.facts import Facts
from derive.core.phrase import Phrase
from derive.core.relation import EQUAL
from derive.core.trees import changed_at
from derive.rules.rule import Rule

LIMIT = 200


def everywhere(rule: Rule, expr: Any, facts: Facts) -> tuple[Step, ...]:
    """One step: the rule at every outermost node where it applies; no step where it applies nowhere."""
    new, changes = changed_at(expr, lambda node: rule.apply(node, facts))
    if not changes or new == expr:
        return ()
    before, after = changes[0]
    return (Step(expr, EQUAL, new, rule.id, Phrase(rule.id, {"before": before, "after": after})),)


def exhaust(rules: Sequence[Rule], expr: Any, facts: Facts) -> tuple[Step, ...]:
    """Steps by the first rule that applies, again and again until none does."""
    steps: list[Step] = []
    for _ in range(LIMIT):
        for rule in rules:
            made = everywhere(rule, expr, facts)
            if made:
                steps.extend(made)
                expr = made[-1].after
                break
        else:
            return tuple(steps)
    return tuple(steps)


def as_one(steps: tuple[Step, ...], rule: str, because: Phrase) -> tuple[Step, ...]:
    """The steps summed up in one, the finer ones inside; no step where there are none or the ends agree."""
    if not steps or steps[0].before == steps[-1].after:
        return ()
    return (Step(steps[0].before, EQUAL, steps[-1].after, rule, because, inside=steps),)
