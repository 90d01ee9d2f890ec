"""Registers the moments app."""

from django.apps import AppConfig


class MomentsConfig(AppConfig):
    """Takes reports in, and passes them on as the worker, who may find a child that the reporter may not."""

    name = "backend.moments"
    label = "moments"

    def ready(self) -> None:
        """Put passing on on the worker's schedule, and register the words of its verbs."""
        from backend.moments import verbs  # noqa: PLC0415 - models are ready only now
        from backend.moments.commands import passing_on  # noqa: PLC0415 - models are ready only now
        from backend.notifications.schedule import EVERY_MINUTE, register_job  # noqa: PLC0415 - models are ready only now

        verbs.register()
        register_job(passing_on.JOB, cron=EVERY_MINUTE, run=passing_on.pass_on_all)
