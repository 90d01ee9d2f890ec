"""People who sign in, and what a browser says of its session."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings as django_settings

from backend.access.actors import Actor
from backend.access.fresh import FRESH_KEY
from backend.access.sessions import SessionStore
from backend.agencies.models import Membership, User
from backend.agencies.roles import Role
from backend.core import clock
from tests.actors import Browser, browser_of, membership

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LOGIN, SESSION = "/_allauth/browser/v1/auth/login", "/_allauth/browser/v1/auth/session"
PASSWORD = "correct horse battery staple"


def a_teacher() -> Membership:
    return membership("oakfield-school", Role.PRACTITIONER)


def with_password(row: Membership) -> User:
    row.user.set_password(PASSWORD)
    row.user.save(update_fields=["password"])
    return row.user


def who_is_in(browser: Browser) -> dict[str, Any]:
    answer = browser.get("session/")
    assert answer.status_code == 200
    return answer.json()


def session_key(browser: Browser) -> str:
    return browser.client.cookies[django_settings.SESSION_COOKIE_NAME].value


def stale(row: Membership | Actor) -> Browser:
    """A browser of somebody who signed in six minutes ago."""
    browser = browser_of(row)
    grow_stale(browser)
    return browser


def grow_stale(browser: Browser, *, minutes: int = 6) -> None:
    """Let that many minutes go by since the sign-in, for the session only."""
    store = SessionStore(session_key(browser))
    store[FRESH_KEY] = (clock.now() - timedelta(minutes=minutes)).isoformat()
    store.save()
