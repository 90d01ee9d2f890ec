"""Registers the insights app."""

from django.apps import AppConfig


class InsightsConfig(AppConfig):
    """Reads what others keep; the one thing it writes is what may be published of it."""

    name = "backend.insights"
    label = "insights"

    def ready(self) -> None:
        """Register the job that publishes months."""
        from backend.insights import jobs  # noqa: PLC0415 - apps must be loaded before tables are imported

        jobs.register()
