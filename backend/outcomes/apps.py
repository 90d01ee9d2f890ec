"""Registers the outcomes app."""

from django.apps import AppConfig

from backend.audit.verbs import register_verbs


class OutcomesConfig(AppConfig):
    """Scores at the beginning, on the way and at the end."""

    name = "backend.outcomes"
    label = "outcomes"

    def ready(self) -> None:
        """Register the words of what is done with scores."""
        register_verbs(
            {
                "score.record": "Recorded a score",
                "score.correct": "Put a score right",
                "score.undo": "Took back a score just recorded",
            }
        )
