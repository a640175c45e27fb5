"""Marking: answers of students against the key of a sheet, by the checker of hand-written derivations."""
