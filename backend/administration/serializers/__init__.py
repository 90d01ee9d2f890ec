"""Shapes of people, and of what needs a manager’s attention."""
