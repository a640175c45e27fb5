"""derive: derivations of probability and statistics, step by step, each step judged."""
