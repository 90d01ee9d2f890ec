"""Registers the workflow app."""

from django.apps import AppConfig

from backend.notifications.schedule import register_job


class WorkflowConfig(AppConfig):
    """Machines, confirmations by a second person, and idempotency keys."""

    name = "backend.workflow"
    label = "workflow"

    def ready(self) -> None:
        """Register the words of messages, and put the clean-up of used keys on the worker's schedule."""
        from backend.workflow import texts  # noqa: PLC0415 - apps must be loaded before tables are imported
        from backend.workflow.idempotency import forget_old_keys  # noqa: PLC0415 - models are ready only now

        texts.register()
        register_job("workflow.forget_keys", cron="45 2 * * *", run=forget_old_keys)
