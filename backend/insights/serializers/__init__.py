"""Shapes of figures, and of the records that a number counts."""
