"""Registers the core app, which owns no table."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """The lowest rung of the ladder."""

    name = "backend.core"
    label = "core"
