"""Registers the presence app."""

from django.apps import AppConfig


class PresenceConfig(AppConfig):
    """Knows a record by its id and who reads it, never what it is about."""

    name = "backend.presence"
    label = "presence"

    def ready(self) -> None:
        """Register the job that forgets who was where."""
        from backend.presence import jobs  # noqa: PLC0415 - apps must be loaded before tables are imported

        jobs.register()
