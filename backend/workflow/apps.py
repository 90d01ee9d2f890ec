"""Registers the workflow app."""

from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    """Machines, confirmations by a second person, and idempotency keys."""

    name = "backend.workflow"
    label = "workflow"
