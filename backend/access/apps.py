"""Registers the access app."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Need to know, decided in Python and once more in the database."""

    name = "backend.access"
    label = "access"
