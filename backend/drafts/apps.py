"""Registers the drafts app."""

from django.apps import AppConfig


class DraftsConfig(AppConfig):
    """Knows a form by its name and its record by id, never what is asked."""

    name = "backend.drafts"
    label = "drafts"

    def ready(self) -> None:
        """Register the texts of reminders and the job that sends them."""
        from backend.drafts import jobs, texts  # noqa: PLC0415 - apps must be loaded before tables are imported

        texts.register()
        jobs.register()
