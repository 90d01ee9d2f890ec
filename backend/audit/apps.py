"""Registers the audit app and the writer of access rows."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Events, history and the access log."""

    name = "backend.audit"
    label = "audit"

    def ready(self) -> None:
        """Give the transaction middleware its writer."""
        from backend.access.transaction import register_access_writer  # noqa: PLC0415 - models are ready only now
        from backend.audit.access_log import write_access_row  # noqa: PLC0415 - models are ready only now

        register_access_writer(write_access_row)
