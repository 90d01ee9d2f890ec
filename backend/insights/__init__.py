"""Figures for those who answer for children being helped in time: counted from what happened, each with its list."""
