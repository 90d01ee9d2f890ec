"""Registers the notifications app."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Knows people, agencies and verbs, never a case model."""

    name = "backend.notifications"
    label = "notifications"

    def ready(self) -> None:
        """Register the jobs that the worker runs for us."""
        from backend.notifications import jobs  # noqa: PLC0415 - apps must be loaded before tables are imported

        jobs.register()
