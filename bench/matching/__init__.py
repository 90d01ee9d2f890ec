"""Trains the weights of matching, and measures how well and how fast children are found."""
