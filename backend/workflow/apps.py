"""Registers the workflow app."""

from django.apps import AppConfig

from backend.notifications.schedule import register_job


class WorkflowConfig(AppConfig):
    """Machines, confirmations by a second person, and idempotency keys."""

    name = "backend.workflow"
    label = "workflow"

    def ready(self) -> None:
        """Register the words of messages and of reminders, and put the clean-up of used keys on the schedule."""
        from backend.deadlines.registration import register_subject  # noqa: PLC0415 - models are ready only now
        from backend.workflow import reminding, texts  # noqa: PLC0415 - apps must be loaded before tables are imported
        from backend.workflow.confirmations import CLOCK  # noqa: PLC0415 - models are ready only now
        from backend.workflow.idempotency import forget_old_keys  # noqa: PLC0415 - models are ready only now

        texts.register()
        register_subject((CLOCK,), reminding.subject)
        register_job("workflow.forget_keys", cron="45 2 * * *", run=forget_old_keys)
