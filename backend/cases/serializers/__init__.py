"""Shapes in, one for each edge of a case and a transfer, and shapes out."""
