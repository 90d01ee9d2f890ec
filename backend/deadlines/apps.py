"""Registers the deadlines app."""

from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    """Knows roots by id and clocks by kind, never a case model."""

    name = "backend.deadlines"
    label = "deadlines"

    def ready(self) -> None:
        """Register the texts of reminders and the jobs that watch the clocks."""
        from backend.deadlines import jobs, texts  # noqa: PLC0415 - apps must be loaded before tables are imported

        texts.register()
        jobs.register()
