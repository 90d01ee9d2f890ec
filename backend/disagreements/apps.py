"""Registers the disagreements app."""

from django.apps import AppConfig


class DisagreementsConfig(AppConfig):
    """Challenges of decisions, about whichever record an app above registers."""

    name = "backend.disagreements"
    label = "disagreements"

    def ready(self) -> None:
        """Register the words of messages and verbs, what reminders say, and what follows when nobody answers."""
        from backend.deadlines.registration import (  # noqa: PLC0415 - models are ready only now
            register_expiry,
            register_subject,
        )
        from backend.disagreements import subjects, texts, verbs  # noqa: PLC0415 - models are ready only now
        from backend.disagreements.commands import edges, raising  # noqa: PLC0415 - models are ready only now

        texts.register()
        verbs.register()
        register_subject(subjects.CLOCKS, subjects.subject)
        register_expiry(raising.REPLY, edges.escalate_unanswered)
        register_expiry(edges.STAGE_2, edges.escalate_unanswered)
        register_expiry(edges.RESPONSE, edges.let_stand_unanswered)
