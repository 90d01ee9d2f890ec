"""An authenticator app, as a phone has it, and signing in with it."""

import base64
import hashlib
import hmac
import struct
import time
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP

from backend.agencies.models import User
from tests.access.signing_in import LOGIN, PASSWORD
from tests.actors import Browser

AUTH = "/_allauth/browser/v1/auth"
FACTORS = "/_allauth/browser/v1/account/authenticators"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code(secret: str = SECRET, *, step: int = 0) -> str:
    """The six digits of RFC 6238; with `step` 1 those of the next half minute, which a quick phone shows already."""
    counter = struct.pack(">Q", int(time.time()) // 30 + step)
    digest = hmac.new(base64.b32decode(secret.replace(" ", "")), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


def with_app(user: User) -> User:
    """Somebody who has set up an app."""
    TOTP.activate(user, SECRET)
    return user


def factors_of(user: User) -> list[str]:
    return sorted(Authenticator.objects.filter(user=user).values_list("type", flat=True))


def password_only(browser: Browser, user: User, password: str = PASSWORD) -> Any:
    return browser.post(LOGIN, {"email": user.email, "password": password})


def sign_in(browser: Browser, user: User, *, step: int = 0) -> None:
    """Password, then the code of the app."""
    first = password_only(browser, user)
    assert first.status_code == 401, first.content
    second = browser.post(f"{AUTH}/2fa/authenticate", {"code": code(step=step)})
    assert second.status_code == 200, second.content
