"""Shapes of disagreements, in and out."""
