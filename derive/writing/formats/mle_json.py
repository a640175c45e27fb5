"""The JSON of a maximum-likelihood derivation, as scripts rely on it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from derive.core.derivation import Chain, Step
from derive.core.notation import Notation
from derive.core.phrase import Phrase
from derive.core.statement import Side
from derive.derivations.result import Estimate, MaximumLikelihood
from derive.writing.latex import latex
from derive.writing.words import say


def write(derivation: MaximumLikelihood, notation: Notation, language: str, detail: str) -> str:
    """One object: chains, estimates, optimum, data."""

    def show(side: Side) -> str:
        return latex(side, notation)

    def said(phrase: Phrase) -> str:
        return say(phrase, language, lambda side: f"${show(side)}$")

    made = {
        "command": "mle",
        "title": said(derivation.title),
        "chains": [chain_of(chain, show, said, detail) for chain in derivation.chains],
        "estimates": [estimate_of(e, show) for e in derivation.estimates],
        "optimum": {
            "kind": derivation.optimum.kind,
            "verdict": derivation.optimum.verdict,
            "because": said(derivation.optimum.because),
        },
        "data": None
        if derivation.size is None
        else {"size": derivation.size, "log_likelihood": number(derivation.log_likelihood)},
    }
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


def chain_of(chain: Chain, show: Callable[[Side], str], said: Callable[[Phrase], str], detail: str) -> dict[str, Any]:
    """A chain: its subject and its steps."""
    return {
        "subject": show(chain.start),
        "topic": said(chain.topic),
        "steps": [step_of(step, show, said, detail) for step in chain.steps],
    }


def step_of(step: Step, show: Callable[[Side], str], said: Callable[[Phrase], str], detail: str) -> dict[str, Any]:
    """A step; its finer steps with full detail."""
    made: dict[str, Any] = {
        "relation": step.relation.latex,
        "latex": show(step.after),
        "rule": step.rule,
        "because": said(step.because),
        "needs": [show(need) for need in step.needs],
        "verdict": step.verdict.outcome.value if step.verdict else "unknown",
    }
    if detail == "full" and step.inside:
        made["inside"] = [step_of(finer, show, said, detail) for finer in step.inside]
    return made


def estimate_of(estimate: Estimate, show: Callable[[Side], str]) -> dict[str, Any]:
    """One parameter's estimate."""
    return {
        "parameter": show(estimate.letter),
        "latex": show(estimate.shown),
        "form": estimate.form,
        "value": number(estimate.value),
        "conditions": [show(c) for c in estimate.conditions],
    }


def number(value: Any) -> Any:
    """A JSON number (or a list of them), or null."""
    if isinstance(value, tuple):
        return [number(v) for v in value]
    return None if value is None else int(value) if getattr(value, "is_Integer", False) else float(value)
