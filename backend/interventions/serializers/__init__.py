"""Shapes of interventions and sessions, in and out."""
