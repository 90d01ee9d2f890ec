"""Registers the rights app."""

from django.apps import AppConfig


class RightsConfig(AppConfig):
    """Copies of a child's record for whoever may ask for one."""

    name = "backend.rights"
    label = "rights"

    def ready(self) -> None:
        """Register the machine of a request, its words, and what the worker does for it."""
        from backend.notifications.schedule import EVERY_MINUTE, register_job  # noqa: PLC0415 - models are ready only now
        from backend.rights import texts, verbs  # noqa: PLC0415 - models are ready only now
        from backend.rights.commands import keeping, rectifying, requesting, working  # noqa: F401, PLC0415 - models are ready only now

        texts.register()
        verbs.register()
        register_job(working.WORK, cron=EVERY_MINUTE, run=working.work_all)
        register_job(keeping.TIDY, cron="41 * * * *", run=keeping.tidy)
        register_job(keeping.REMIND, cron="13 7-17 * * *", run=keeping.remind)
