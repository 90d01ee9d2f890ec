"""Tests of what a partnership decides for itself, in versions."""
