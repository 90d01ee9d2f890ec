"""Conventions of the API: strict input, one error shape, cursor pages."""
