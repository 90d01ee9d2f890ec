"""Clocks that keep promises: the working-day calendar, targets, and the deadlines running on a record."""
