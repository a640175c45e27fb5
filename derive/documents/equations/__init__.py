"""Equations of a document: set up, rearranged, solved alone or together."""
