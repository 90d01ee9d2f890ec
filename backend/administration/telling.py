"""Whatever happens to how somebody signs in, they are told by message, in the transaction in which it happens."""

from typing import Any

from allauth.account.signals import password_changed, password_reset
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_delete, post_save
from django.http import HttpRequest

from backend.access import devices, factors
from backend.access.security import LABELS, device_of
from backend.agencies.models import User
from backend.notifications.audience import Person
from backend.notifications.commands import tell


def connect() -> None:
    """Listen to what allauth and Django say."""
    post_save.connect(_step_added, sender=Authenticator, dispatch_uid="administration.step_added")
    post_delete.connect(_step_removed, sender=Authenticator, dispatch_uid="administration.step_removed")
    user_logged_in.connect(_signed_in, dispatch_uid="administration.signed_in")
    for one in (password_changed, password_reset):
        one.connect(_password_changed, dispatch_uid="administration.password")


def _step_added(sender: Any, instance: Authenticator, created: bool, **signal: Any) -> None:
    if created and instance.type in LABELS:
        _tell(instance.user_id, "sign_in_step_added", LABELS[instance.type])


def _step_removed(sender: Any, instance: Authenticator, **signal: Any) -> None:
    # What a manager takes away is told as what it is (commands/signing_in.py).
    if instance.type in LABELS and factors.own_request(instance) is not None:
        _tell(instance.user_id, "sign_in_step_removed", LABELS[instance.type])


def _signed_in(sender: Any, request: HttpRequest, user: User, **signal: Any) -> None:
    # In the demonstration everybody comes and goes as everybody.
    if not settings.DEMO and not devices.is_known(request, user.id):
        _tell(user.id, "sign_in_device", device_of(request.headers.get("User-Agent", "")))


def _password_changed(sender: Any, user: User, **signal: Any) -> None:
    _tell(user.id, "sign_in_password", "")


def _tell(user_id: Any, message: str, label: str) -> None:
    tell(
        event_id=None,
        root_id=None,
        audience=Person(user_id),
        message=message,
        fields={"label": label},
        path="/security",
        urgent=True,
    )
