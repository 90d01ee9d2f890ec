"""Shapes in, one for each edge and act, and shapes out, one for each audience."""
