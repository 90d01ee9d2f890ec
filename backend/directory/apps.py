"""Registers the directory app."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Services that a child can be referred or pointed to."""

    name = "backend.directory"
    label = "directory"

    def ready(self) -> None:
        """Register the machine of a service and the words of its verbs."""
        from backend.directory import commands, verbs  # noqa: F401, PLC0415 - models are ready only now

        verbs.register()
