"""Registers the voices app."""

from django.apps import AppConfig


class VoicesConfig(AppConfig):
    """What children, parents and communities said."""

    name = "backend.voices"
    label = "voices"

    def ready(self) -> None:
        """Register the machine of a saying, the words of its verbs and of its message."""
        from backend.voices import commands, texts, verbs  # noqa: F401, PLC0415 - models are ready only now

        texts.register()
        verbs.register()
