"""Binds an actor to the running transaction, so that row-level security knows who is asking; and to a request."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

from django.contrib.auth import HASH_SESSION_KEY
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare

from backend.access import acting_as, devices, factors, fresh, once, used
from backend.access.actors import SYSTEM, Actor, actor_of
from backend.access.models import Session
from backend.core import clock
from backend.core.api.errors import refusal_response

ABSOLUTE_SESSION = timedelta(hours=10)
_IDLE_REFRESH = timedelta(minutes=1)

_BIND = """SELECT set_config('app.membership', %s, true), set_config('app.job', %s, true),
                  set_config('app.root', %s, true), set_config('app.moment', %s, true)"""


def bind(membership_id: UUID | None, *, job: str = "", root_id: UUID | None = None) -> None:
    """Tell the database, for this transaction only, who is asking; nobody when all are empty."""
    moment = clock.pinned()
    values = [str(membership_id or ""), job, str(root_id or ""), moment.isoformat() if moment else ""]
    with connection.cursor() as cursor:
        cursor.execute(_BIND, values)
    once.begin()


@contextmanager
def acting(actor: Actor) -> Iterator[Actor]:
    """Open a transaction bound to `actor`, for commands outside a request: the demo city, tests, races."""
    with transaction.atomic():
        bind(actor.membership_id)
        with _read_once():
            yield actor


@contextmanager
def acting_as_system(*, job: str, root_id: UUID | None = None) -> Iterator[Actor]:
    """Open a transaction of the worker's bound to a named job and, where it concerns one record, to that root."""
    with transaction.atomic():
        bind(None, job=job, root_id=root_id)
        with _read_once():
            yield SYSTEM


@contextmanager
def _read_once() -> Iterator[None]:
    try:
        yield
    finally:
        once.end()


class ActorMiddleware:
    """Finds out who is asking from the one session query and binds them; for nobody it binds nobody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set `request.actor` and the database's idea of it before any view runs."""
        # Outside a transaction (health) nobody is asked for: it must answer while the database is away.
        row = _session_row(request) if connection.in_atomic_block else None
        membership = row.membership if row and factors.suffices(request.session) else None
        active = membership is not None and membership.is_active_at(clock.now())
        # Our attribute on Django's request, which its types do not know.
        request.actor = actor_of(membership) if membership is not None and active else None  # type: ignore[attr-defined]
        if connection.in_atomic_block:
            bind(membership.id if membership is not None and active else None)
        refusal = acting_as.changed_role(request, request.actor)  # type: ignore[attr-defined] # set above
        with used.noting() as granted:
            answer = refusal_response(refusal) if refusal else self.get_response(request)
            response = fresh.judged(request, answer, granted)
        devices.remember(request, response)
        if response.status_code >= 400:
            # The transaction is to be rolled back: a session save would fail inside it.
            request.session.modified = request.session.modified and not connection.needs_rollback
        return response


def _session_row(request: HttpRequest) -> Session | None:
    session = request.session
    session.get(HASH_SESSION_KEY)  # loads, in one query, if there is a cookie
    row: Session | None = getattr(session, "row", None)
    if row is None or row.user is None or not row.user.is_active:
        return None
    stored = session.get(HASH_SESSION_KEY, "")
    if not constant_time_compare(stored, row.user.get_session_auth_hash()):
        return None
    if row.started_at + ABSOLUTE_SESSION < clock.now():
        session.flush()
        return None
    request._cached_user = row.user  # type: ignore[attr-defined] # saves Django's own query for request.user
    if row.membership is not None:
        row.membership.user = row.user
    if row.expire_date - clock.now() < timedelta(seconds=session.get_expiry_age()) - _IDLE_REFRESH:
        session.modified = True  # idle time runs from the last request, written at most once a minute
    return row
