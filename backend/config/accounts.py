"""How allauth treats accounts here: managers make them, nobody signs up, and what is kept of factors is encrypted."""

from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest

from backend.access import devices
from backend.access.fresh import is_fresh
from backend.agencies.models import User


class ClosedSignUp(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Sign-up is closed, and a sign-in is fresh by our own clock; everything else is allauth's."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say that nobody can make an account for themselves."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count tries by account and by where they come from, so that nobody elsewhere keeps a person out.

        A browser in which they have signed in before has a count of its own.
        """
        user = User.objects.filter(email=str(credentials.get("email", "")).lower()).only("id").first()
        known = user is not None and devices.is_known(request, user.id)
        place = request.COOKIES[devices.COOKIE] if known else self.get_client_ip(request)
        super().pre_authenticate(request, **{**credentials, "email": f"{credentials.get('email', '')} {place}"})

    def is_reauthentication_required(self, *, app: str, **more: object) -> bool:
        """Say whether somebody has to show again who they are before they change how they sign in."""
        return not is_fresh(context.request.session)


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """Whoever reads the database alone cannot make a code: secrets are kept under a key from the environment."""

    def encrypt(self, text: str) -> str:
        """Return a secret as it is kept."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return a secret as it was."""
        return _box().decrypt(encrypted_text.encode()).decode()


def _box() -> MultiFernet:
    """Return what encrypts with the key of now and still opens what was kept under the ones before it."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(urlsafe_b64encode(sha256(f"second factors {key}".encode()).digest())) for key in keys])
