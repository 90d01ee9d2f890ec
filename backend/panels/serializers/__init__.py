"""Shapes of panels, in and out."""
