"""Shapes of a person's work, of what is found again, and of a case at a glance."""
