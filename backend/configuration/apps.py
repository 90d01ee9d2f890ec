"""Registers the configuration app."""

from django.apps import AppConfig


class ConfigurationConfig(AppConfig):
    """Versions of what a partnership decides for itself."""

    name = "backend.configuration"
    label = "configuration"

    def ready(self) -> None:
        """Register the machine of a version, the words of its verbs, and the worker's job."""
        from backend.configuration import commands, jobs, verbs  # noqa: F401, PLC0415 - models are ready only now

        verbs.register()
        jobs.register()
