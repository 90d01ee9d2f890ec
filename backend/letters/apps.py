"""Registers the letters app."""

from django.apps import AppConfig


class LettersConfig(AppConfig):
    """Letters from templates: filled from a case, put into the writer's own words, and kept as its documents."""

    name = "backend.letters"
    label = "letters"

    def ready(self) -> None:
        """Register the templates as something a partnership configures, the form, and the words of the verb."""
        from backend.drafts.registration import register_form  # noqa: PLC0415 - models are ready only now
        from backend.letters import configuring, verbs  # noqa: PLC0415 - models are ready only now
        from backend.letters.rules import FORM  # noqa: PLC0415 - models are ready only now

        register_form(FORM, label="letter", path="/cases/{root_id}/letter", is_own=True)
        configuring.register()
        verbs.register()
