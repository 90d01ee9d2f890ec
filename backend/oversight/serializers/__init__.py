"""Shapes of who looked, and of break-glass."""
