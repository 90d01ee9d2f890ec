"""How somebody signs in and where they are signed in: their own factors and sessions, as data; ending a session."""

import hashlib
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import qrcode
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import get_totp_secret
from django.conf import settings
from django.http import HttpRequest
from qrcode.constants import ERROR_CORRECT_M

from backend.access import models
from backend.core import clock
from backend.core.errors import NotFound

DEVICE_KEY = "device"
LABELS = {Authenticator.Type.TOTP: "App on a phone", Authenticator.Type.WEBAUTHN: "Passkey"}
# Looked for in this order: most browsers also call themselves by the names of others.
_BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac", "Mac"),
    ("Linux", "Linux"),
)


def device_of(user_agent: str) -> str:
    """Return a browser in words, as “Firefox on Windows”; nothing finer, which would tell people apart."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "A browser")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    return f"{browser} on {system}" if system else browser


def described(request: HttpRequest) -> dict[str, Any]:
    """Return a person's own factors and sessions."""
    user: Any = request.user
    authenticators = list(Authenticator.objects.filter(user_id=user.pk).order_by("created_at"))
    codes = next((one for one in authenticators if one.type == Authenticator.Type.RECOVERY_CODES), None)
    return {
        "has_password": user.has_usable_password(),
        "factors": [_factor(one) for one in authenticators if one is not codes],
        "codes_left": len(codes.wrap().get_unused_codes()) if codes else 0,
        "sessions": [_session(row, request.session.session_key) for row in _sessions(user.pk)],
    }


def _factor(one: Authenticator) -> dict[str, Any]:
    name = one.wrap().name if one.type == Authenticator.Type.WEBAUTHN else ""
    return {
        "id": one.pk,
        "type": one.type,
        "label": f"{LABELS[one.type]}: {name}" if name else LABELS[one.type],
        "added_at": one.created_at,
        "used_at": one.last_used_at,
    }


def _sessions(user_id: Any) -> Iterator[models.Session]:
    rows = models.Session.objects.filter(user_id=user_id, expire_date__gt=clock.now()).select_related(
        "membership__agency"
    )
    yield from rows.order_by("-expire_date", "session_key")


def _session(row: models.Session, own_key: str | None) -> dict[str, Any]:
    return {
        "id": _public_id(row.session_key),
        "device": row.get_decoded().get(DEVICE_KEY) or "A browser",
        "agency": row.membership.agency.name if row.membership else "",
        "since": row.started_at,
        "used_at": row.expire_date - _idle(),
        "is_this": row.session_key == own_key,
    }


def _idle() -> timedelta:
    return timedelta(seconds=settings.SESSION_COOKIE_AGE)


def _public_id(key: str) -> str:
    """Name a session without telling its key, which would be the session itself."""
    return hashlib.sha256(f"session {key}".encode()).hexdigest()[:32]


def end_sessions(request: HttpRequest, public_id: str) -> None:
    """End one of one's own other sessions, or all of them where none is named; raise NotFound for anybody else's."""
    others = [row for row in _sessions(request.user.pk) if row.session_key != request.session.session_key]
    chosen = [row for row in others if public_id in ("", _public_id(row.session_key))]
    if public_id and not chosen:
        raise NotFound
    models.Session.objects.filter(session_key__in=[row.session_key for row in chosen]).delete()


def end_all_sessions(user_id: Any) -> None:
    """End every session of somebody whose password has changed."""
    models.Session.objects.filter(user_id=user_id).delete()


def new_app(request: HttpRequest) -> dict[str, Any]:
    """Return what an authenticator app needs: a new secret, kept in the session until a code proves it was taken."""
    secret = get_totp_secret(regenerate=True)
    return {"secret": " ".join(re.findall("....", secret)), "picture": _picture(secret, request.user)}


def _picture(secret: str, user: Any) -> dict[str, Any]:
    """Return a QR code as its width and the path of its dark squares: no picture from elsewhere, no inline style."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(get_adapter().build_totp_url(user, secret))
    rows = code.get_matrix()
    runs = [
        f"M{match.start()} {y}h{len(match.group())}v1h-{len(match.group())}z"
        for y, row in enumerate(rows)
        for match in re.finditer("1+", "".join("1" if dark else "0" for dark in row))
    ]
    return {"size": len(rows), "path": "".join(runs)}
