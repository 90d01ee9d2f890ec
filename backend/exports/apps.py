"""Registers the exports app."""

from django.apps import AppConfig


class ExportsConfig(AppConfig):
    """Lists as files."""

    name = "backend.exports"
    label = "exports"

    def ready(self) -> None:
        """Put making them, and taking their files away, on the worker's schedule; register words."""
        from backend.exports import texts  # noqa: PLC0415 - models are ready only now
        from backend.exports.commands import keeping, making, repeating  # noqa: PLC0415 - models are ready only now
        from backend.notifications.schedule import EVERY_MINUTE, register_job  # noqa: PLC0415 - models are ready only now

        texts.register()
        register_job(making.MAKE, cron=EVERY_MINUTE, run=making.make_all)
        register_job(repeating.REPEAT, cron="11 * * * *", run=repeating.repeat_all)
        register_job(keeping.TIDY, cron="23 * * * *", run=keeping.tidy)
