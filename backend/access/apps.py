"""Registers the access app."""

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest


class AccessConfig(AppConfig):
    """Need to know, decided in Python and once more in the database."""

    name = "backend.access"
    label = "access"

    def ready(self) -> None:
        """Give every sign-in, whichever way it came, a membership to act in; and the schema its sign-in."""
        from backend.access import schema  # noqa: F401, PLC0415 - registers itself, once settings are ready

        user_logged_in.connect(_choose_membership, dispatch_uid="access.choose_membership")


def _choose_membership(sender: Any, request: HttpRequest, user: Any, **signal: Any) -> None:
    from backend.access.session import choose_first_membership  # noqa: PLC0415 - models are ready only after import

    choose_first_membership(request, user.pk)
