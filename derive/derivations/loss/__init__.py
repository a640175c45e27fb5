"""Losses as negative log-likelihoods: the plans, one part of the argument a file."""
