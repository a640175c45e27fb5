"""Plans: which rules in what order."""
