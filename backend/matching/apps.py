"""Registers the matching app."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """Finding the known children who may be the one a referral is about, and joining their records."""

    name = "backend.matching"
    label = "matching"

    def ready(self) -> None:
        """Let children, and through them referrals below, ask who a record may be of; register machine and verbs."""
        from backend.children.queries import register_finder  # noqa: PLC0415 - models are ready only now
        from backend.matching import commands, subjects, texts, verbs  # noqa: F401, PLC0415 - models are ready only now
        from backend.matching.queries import likely_children  # noqa: PLC0415 - models are ready only now

        register_finder(likely_children)
        subjects.register()
        texts.register()
        verbs.register()
