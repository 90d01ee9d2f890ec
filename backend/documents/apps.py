"""Registers the documents app."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Files that hang on records."""

    name = "backend.documents"
    label = "documents"

    def ready(self) -> None:
        """Put looking through them, and tidying the store, on the worker's schedule; register words."""
        from backend.documents import commands, texts  # noqa: PLC0415 - models are ready only now
        from backend.notifications.schedule import EVERY_MINUTE, register_job  # noqa: PLC0415 - models are ready only now

        texts.register()
        register_job(commands.CHECK, cron=EVERY_MINUTE, run=commands.check_all)
        register_job(commands.TIDY, cron="17 3 * * *", run=commands.tidy)
