"""From claims to verdicts: a judge that knows no rule of the engine."""
