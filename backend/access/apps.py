"""Registers the access app."""

from typing import Any

from allauth.account.signals import authentication_step_completed
from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_delete, post_save
from django.http import HttpRequest


class AccessConfig(AppConfig):
    """Need to know, decided in Python and once more in the database."""

    name = "backend.access"
    label = "access"

    def ready(self) -> None:
        """Give every sign-in, whichever way it came, a membership to act in; and the schema its sign-in."""
        from backend.access import factors, schema, sign_in_log  # noqa: F401, PLC0415 - once settings are ready
        from backend.access.fresh import after_step  # noqa: PLC0415 - it reads the settings

        sign_in_log.connect()
        user_logged_in.connect(_signed_in, dispatch_uid="access.signed_in")
        authentication_step_completed.connect(after_step, dispatch_uid="access.fresh")
        # The model signals: allauth's own come after the commit, too late for the session of the request.
        post_save.connect(factors.after_saved, sender="mfa.Authenticator", dispatch_uid="access.factor_added")
        post_delete.connect(factors.after_deleted, sender="mfa.Authenticator", dispatch_uid="access.factor_removed")


def _signed_in(sender: Any, request: HttpRequest, user: Any, **signal: Any) -> None:
    from backend.access.session import begin  # noqa: PLC0415 - models are ready only after import

    begin(request, user.pk)
