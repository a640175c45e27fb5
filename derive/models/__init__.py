"""From declared distributions to the first line of a derivation."""
