"""Registers the oversight app."""

from django.apps import AppConfig


class OversightConfig(AppConfig):
    """Reads the access log, which nobody else does, and keeps what was opened in emergencies."""

    name = "backend.oversight"
    label = "oversight"

    def ready(self) -> None:
        """Register the words of messages and the worker's job."""
        from backend.oversight import jobs, texts  # noqa: PLC0415 - models are ready only now

        texts.register()
        jobs.register()
