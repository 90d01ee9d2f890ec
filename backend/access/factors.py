"""The second factor (docs/adr/0063): whoever has none acts in no membership, outside the demonstration.

allauth asks for it after the password of whoever has one. Here it is decided what somebody without one reaches: nothing
but setting one up. The session knows, so that no request asks the database for it.
"""

from typing import Any
from uuid import UUID

from allauth.core import context
from allauth.mfa.models import Authenticator
from django.conf import settings

from backend.access import models

FACTOR_KEY = "second_factor"
MISSING = "Set up a second way to show that it is you, then you can go on."


def suffices(session: Any) -> bool:
    """Say whether the person at a session may act: they have a second factor, or it is the demonstration."""
    return settings.DEMO or bool(session.get(FACTOR_KEY))


def has_one(user_id: UUID) -> bool:
    """Say whether a person has a second factor; recovery codes are none by themselves."""
    return bool(_factors(user_id).exists())


def note(session: Any, user_id: UUID) -> None:
    """Write into a session that begins whether its person has a second factor."""
    session[FACTOR_KEY] = has_one(user_id)


def vouched_for(session: Any) -> None:
    """Write into a session that another has asked its person for a second factor (docs/adr/0067)."""
    session[FACTOR_KEY] = True


def types(user_id: UUID) -> list[str]:
    """Return the kinds of second factor that a person has: `totp`, `webauthn`."""
    return sorted(set(_factors(user_id).values_list("type", flat=True)))


def forget(user_id: UUID) -> None:
    """Take every factor from a person who has lost theirs, and end their sessions: they set up another."""
    Authenticator.objects.filter(user_id=user_id).delete()
    models.Session.objects.filter(user_id=user_id).delete()


def after_saved(sender: Any, instance: Authenticator, created: bool, **signal: Any) -> None:
    """A person who has just set one up acts from the next request on, under a new session id."""
    request = own_request(instance)
    if created and request is not None and instance.type != Authenticator.Type.RECOVERY_CODES:
        request.session.cycle_key()
        request.session[FACTOR_KEY] = True


def after_deleted(sender: Any, instance: Authenticator, **signal: Any) -> None:
    """Whoever has removed their last one sets up another before they go on."""
    request = own_request(instance)
    if request is not None:
        note(request.session, instance.user_id)


def _factors(user_id: UUID) -> Any:
    return Authenticator.objects.filter(user_id=user_id).exclude(type=Authenticator.Type.RECOVERY_CODES)


def own_request(instance: Authenticator) -> Any:
    """Return the request in hand if it is that of the person whose factor it is."""
    request = context.request
    return request if request is not None and getattr(request.user, "pk", None) == instance.user_id else None
