"""Registers the administration app."""

from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    """Commands on people, agencies and conflicts of interest."""

    name = "backend.administration"
    label = "administration"

    def ready(self) -> None:
        """Register the words of messages and of verbs, the worker's jobs, and what is offered at each record."""
        from backend.administration import (  # noqa: PLC0415 - models are ready only now
            checking,
            offering,
            telling,
            texts,
            texts_signing_in,
        )
        from backend.administration.commands import sending_links  # noqa: PLC0415 - as above

        texts.register()
        texts_signing_in.register()
        telling.connect()
        checking.register()
        sending_links.register()
        offering.register()
