"""People who ask: a browser for any membership, and the memberships of the reference data by agency and role."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.client import ClientHandler

from backend.access.actors import Actor, actor_of
from backend.access.binding import bind
from backend.access.factors import FACTOR_KEY
from backend.access.fresh import FRESH_KEY
from backend.access.sessions import MEMBERSHIP_KEY, SessionStore
from backend.agencies.models import Membership
from backend.agencies.roles import Role
from backend.core import clock

API = "/api/v1/"
NEW_KEY = "a new key"
# The product, put together once: for each browser anew it would look through all its files again.
_PRODUCT = ClientHandler(enforce_csrf_checks=False)


def membership(agency: str, role: Role, *, team: str = "", nth: int = 0) -> Membership:
    """The `nth` active membership of a role in an agency of the reference data, in the order of their email."""
    rows = Membership.objects.select_related("user", "agency", "team").filter(
        agency__slug=agency, role=role, ended_at=None, user__is_active=True
    )
    if team:
        rows = rows.filter(team__name=team)
    return rows.order_by("user__email", "id")[nth]


def actor(agency: str, role: Role, *, team: str = "", nth: int = 0) -> Actor:
    """The actor of that membership."""
    return actor_of(membership(agency, role, team=team, nth=nth))


def membership_of(who: Actor) -> Membership:
    """The membership an actor acts in."""
    return Membership.objects.select_related("user", "agency", "team").get(pk=who.membership_id)


def signed_in(row: Membership) -> SessionStore:
    """A session of that membership, as a sign-in leaves it."""
    session = SessionStore()
    session[SESSION_KEY] = str(row.user_id)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = row.user.get_session_auth_hash()
    session[MEMBERSHIP_KEY] = str(row.id)
    # Fresh however a test moves the clock; tests/access/test_fresh_sign_in.py has those that are not.
    session[FRESH_KEY] = (clock.now() + timedelta(days=3650)).isoformat()
    session[FACTOR_KEY] = True
    session.create()
    return session


def _client() -> Client:
    made = Client(raise_request_exception=False)
    made.handler = _PRODUCT
    return made


@dataclass
class Browser:
    """One browser: it keeps its cookies, speaks JSON and sends a fresh Idempotency-Key with each POST."""

    client: Client = field(default_factory=_client)

    def get(self, path: str, **headers: str) -> HttpResponse:
        """GET a path of the API."""
        return self.client.get(_address(path), headers=headers or None)

    def post(self, path: str, body: Any = None, *, key: str | None = NEW_KEY, **headers: str) -> HttpResponse:
        """POST JSON."""
        return self.send("POST", path, body, key=str(uuid4()) if key == NEW_KEY else key, **headers)

    def patch(self, path: str, body: Any, **headers: str) -> HttpResponse:
        """PATCH JSON."""
        return self.send("PATCH", path, body, key=None, **headers)

    def send(self, method: str, path: str, body: Any = None, *, key: str | None = None, **headers: str) -> HttpResponse:
        """Send any method; `body` as bytes goes as it is."""
        if key:
            headers["Idempotency-Key"] = key
        content_type = headers.pop("Content-Type", "application/json")
        data = body if isinstance(body, bytes) else json.dumps({} if body is None else body, default=str).encode()
        return self.client.generic(method, _address(path), data, content_type=content_type, headers=headers or None)


def _address(path: str) -> str:
    return path if path.startswith("/") else API + path


def browser_of(row: Membership | Actor) -> Browser:
    """A browser signed in as that membership."""
    row = membership_of(row) if isinstance(row, Actor) else row
    browser = Browser()
    browser.client.cookies[settings.SESSION_COOKIE_NAME] = signed_in(row).session_key or ""
    return browser


def everybody() -> list[Membership]:
    """Every active membership of the database."""
    rows = Membership.objects.filter(ended_at=None, user__is_active=True).select_related("user", "agency", "team")
    return list(rows.order_by("agency__slug", "role", "user__email"))


def bound_to(membership_id: UUID | None) -> None:
    """Tell the running transaction who asks, with the function the product uses."""
    bind(membership_id)


def seen(table: str) -> set[UUID]:
    """The keys of a table as the running transaction may see them, by a bare SELECT."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT id FROM "{table}"')
        return {key for (key,) in cursor.fetchall()}
