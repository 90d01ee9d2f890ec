"""Registers the administration app."""

from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    """Commands on people and agencies; each acts within the actor's own agency."""

    name = "backend.administration"
    label = "administration"

    def ready(self) -> None:
        """Register the words of messages and of verbs, and the daily check."""
        from backend.administration import checking, texts  # noqa: PLC0415 - models are ready only now

        texts.register()
        checking.register()
