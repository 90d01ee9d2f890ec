"""Scores of how a child is doing, each about a subject that an app above knows."""
