"""Registers the children app."""

from django.apps import AppConfig


class ChildrenConfig(AppConfig):
    """Children as they were recorded, and which records are the same child."""

    name = "backend.children"
    label = "children"
