"""Registers the insights app."""

from django.apps import AppConfig


class InsightsConfig(AppConfig):
    """Reads only: it has no table yet, and writes nothing."""

    name = "backend.insights"
    label = "insights"
