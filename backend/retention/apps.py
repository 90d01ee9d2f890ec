"""Registers the retention app."""

from django.apps import AppConfig


class RetentionConfig(AppConfig):
    """How long records are kept, what holds them, and how they are deleted."""

    name = "backend.retention"
    label = "retention"

    def ready(self) -> None:
        """Register the schedule, the words of messages and verbs, and what the worker does."""
        from backend.retention import configuring, jobs, texts, verbs  # noqa: PLC0415 - models are ready only now

        configuring.register()
        texts.register()
        verbs.register()
        jobs.register()
