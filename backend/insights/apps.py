"""Registers the insights app."""

from django.apps import AppConfig


class InsightsConfig(AppConfig):
    """Reads what others keep; all that it writes is what it counted and what may be published of it."""

    name = "backend.insights"
    label = "insights"

    def ready(self) -> None:
        """Register the jobs that count figures and publish months."""
        from backend.insights import jobs  # noqa: PLC0415 - apps must be loaded before tables are imported

        jobs.register()
