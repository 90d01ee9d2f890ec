"""Registers the administration app."""

from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    """Commands on people, agencies and conflicts of interest."""

    name = "backend.administration"
    label = "administration"

    def ready(self) -> None:
        """Register the words of messages and of verbs, the worker's jobs, and what is offered at each record."""
        from backend.administration import checking, offering, texts  # noqa: PLC0415 - models are ready only now

        texts.register()
        checking.register()
        offering.register()
