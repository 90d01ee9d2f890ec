"""Registers the audit app and the writer of access rows."""

from django.apps import AppConfig
from simple_history.signals import pre_create_historical_record


class AuditConfig(AppConfig):
    """Events, history and the access log."""

    name = "backend.audit"
    label = "audit"

    def ready(self) -> None:
        """Give the transaction middleware its writer, and link each history row to its event."""
        from backend.access.transaction import register_access_writer  # noqa: PLC0415 - models are ready only now
        from backend.audit.access_log import write_access_row  # noqa: PLC0415 - models are ready only now
        from backend.audit.history import link_to_event  # noqa: PLC0415 - models are ready only now

        register_access_writer(write_access_row)
        pre_create_historical_record.connect(link_to_event, dispatch_uid="audit.link_to_event")
