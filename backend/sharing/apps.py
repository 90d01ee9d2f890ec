"""Registers the sharing app."""

from django.apps import AppConfig


class SharingConfig(AppConfig):
    """Agreements and disclosures."""

    name = "backend.sharing"
    label = "sharing"

    def ready(self) -> None:
        """Register what follows when the last day of a share is over, and what is said before."""
        from backend.deadlines.registration import (  # noqa: PLC0415 - models are ready only now
            register_expiry,
            register_subject,
        )
        from backend.sharing.commands import run_out  # noqa: PLC0415 - models are ready only now
        from backend.sharing.registration import subject  # noqa: PLC0415 - models are ready only now
        from backend.sharing.rules import CLOCK  # noqa: PLC0415 - read with what needs it

        register_expiry(CLOCK, run_out)
        register_subject((CLOCK,), subject)
