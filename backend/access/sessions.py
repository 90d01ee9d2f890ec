"""The session store: one query brings the session, the person, the membership and the agency."""

from datetime import datetime
from typing import Any, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db.models import QuerySet

from backend.access.compiled import read
from backend.access.models import Session
from backend.core import clock

MEMBERSHIP_KEY = "membership_id"


def _of_key(*, session_key: str, now: datetime) -> QuerySet[Session]:
    joined = Session.objects.select_related("user", "membership__agency__partnership", "membership__team")
    return joined.filter(session_key=session_key, expire_date__gt=now)


class SessionStore(DatabaseStore):
    """Django's database sessions, with who they belong to in columns of their own."""

    row: Session | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Return the table of sessions."""
        return Session

    def _get_session_from_db(self) -> Session | None:
        self.row = next(iter(read(_of_key, session_key=str(self.session_key), now=clock.now())), None)
        if self.row is None:
            self._session_key = None
        return self.row

    def flush(self) -> None:
        """End the session; whoever signs in next in this browser has ten hours of their own."""
        super().flush()
        self.row = None

    def get_expiry_date(self, **kwargs: Any) -> datetime:
        """Return when the session ends if nothing more is asked, by the one clock that reads it too."""
        expires: datetime = super().get_expiry_date(**{"modification": clock.now(), **kwargs})
        return expires

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """Return the row to save, with the person and the membership taken from the data."""
        row = cast("Session", super().create_model_instance(data))
        row.user_id = data.get(SESSION_KEY)
        row.membership_id = data.get(MEMBERSHIP_KEY)
        row.started_at = self.row.started_at if self.row else clock.now()
        return row
