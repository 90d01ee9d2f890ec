"""Registers the worklists app."""

from django.apps import AppConfig


class WorklistsConfig(AppConfig):
    """Reads only: it has no table, and writes nothing."""

    name = "backend.worklists"
    label = "worklists"
