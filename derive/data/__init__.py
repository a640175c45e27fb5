"""Observations as they are given: typed on the command line, or in a text or CSV file, to exact values."""

from __future__ import annotations

from derive.data.sample import read_data
from derive.data.tokens import Observations, Value
from derive.data.vectors import read_vectors

__all__ = ["Observations", "Value", "read_data", "read_vectors"]
