"""Reads of people and of what needs attention."""
