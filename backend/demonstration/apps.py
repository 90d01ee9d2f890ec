"""Registers the demonstration app."""

from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    """Makes the demo city; nothing here runs while the product serves."""

    name = "backend.demonstration"
    label = "demonstration"
