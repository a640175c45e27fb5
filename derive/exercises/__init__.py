"""Exercises: questions made from judged derivations, their variants, answers and marking schemes."""
