"""What a text says in its own sentences and formulas: the context that nobody wrote down as such."""
