"""Chains, steps and numbers as JSON, the same for every verb."""

from __future__ import annotations

from typing import Any

from derive.core.derivation import Chain, Step
from derive.writing.voice import Voice


def chain_of(chain: Chain, voice: Voice, detail: str) -> dict[str, Any]:
    """A chain: its subject and its steps."""
    return {
        "subject": voice.show(chain.start),
        "topic": voice.said(chain.topic),
        "steps": [step_of(step, voice, detail) for step in chain.steps],
    }


def step_of(step: Step, voice: Voice, detail: str) -> dict[str, Any]:
    """A step; its finer steps with full detail."""
    made: dict[str, Any] = {
        "relation": step.relation.latex,
        "latex": voice.show(step.after),
        "rule": step.rule,
        "because": voice.said(step.because),
        "needs": [voice.show(need) for need in step.needs],
        "verdict": step.verdict.outcome.value if step.verdict else "unknown",
    }
    if detail == "full" and step.inside:
        made["inside"] = [step_of(finer, voice, detail) for finer in step.inside]
    return made


def number(value: Any) -> Any:
    """A JSON number (or a list of them), or null."""
    if isinstance(value, tuple):
        return [number(v) for v in value]
    return None if value is None else int(value) if getattr(value, "is_Integer", False) else float(value)
