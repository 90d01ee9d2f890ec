"""The access log: views say what they touch, and the transaction's last statement writes it down."""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection
from django.http import HttpRequest

from backend.access.actors import Actor
from backend.access.binding import bind
from backend.core.ids import uuid7

# The words of section 62 of the Data Protection Act 2018 for what can be done with personal data.
COLLECTION, ALTERATION, CONSULTATION, DISCLOSURE = "collection", "alteration", "consultation", "disclosure"
# Erasure is written by app.end_disposal, in the transaction that deletes.
COMBINATION, ERASURE = "combination", "erasure"
# Who looks where nobody is signed in: whoever holds a link.
STATUS_LINK = "status_link"


# Each request waits for it: said once and not composed each time, and nothing of it is read back.
_INSERT = """INSERT INTO "audit_accesslog"
  (id, user_id, membership_id, agency_id, role, kind, label, status, root_ids, child_ids)
  VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s::uuid[], %s::uuid[])"""


class Touched:
    """What one request touched; a view fills it in as it goes."""

    __slots__ = ("by_link", "child_ids", "kind", "label", "root_ids")

    def __init__(self, label: str, kind: str, *, by_link: bool = False) -> None:
        self.label = label
        self.kind = kind
        self.by_link = by_link
        self.root_ids: set[UUID] = set()
        self.child_ids: set[UUID] = set()


def begin(request: HttpRequest, label: str, kind: str, *, by_link: bool = False) -> Touched:
    """Say that this request is about children's records; the label is the route's name, never the client's words.

    `by_link`: whoever asks holds a link and is nobody else, whoever may be signed in at the same browser.
    """
    touched = Touched(label, kind, by_link=by_link)
    if by_link and getattr(request, "actor", None) is not None:
        # Also where the refusal of this request is written down on its own (access/transaction.py).
        request.actor = None  # type: ignore[attr-defined]
        bind(None)
    # Django types no attribute of ours on a request; the writer of access rows reads it.
    request.touched = touched  # type: ignore[attr-defined]
    return touched


def touch(request: HttpRequest, roots: Iterable[UUID], children: Iterable[UUID | None] = ()) -> None:
    """Add the records the answer speaks of; `begin` must have been called."""
    # The attribute that `begin` set, which Django does not type.
    touched: Touched = request.touched  # type: ignore[attr-defined]
    touched.root_ids.update(roots)
    touched.child_ids.update(child for child in children if child is not None)


def write_access_row(request: HttpRequest, status: int) -> None:
    """Write the request's one row, if it touched a child's record; raise DatabaseError when it cannot be written."""
    touched: Touched | None = getattr(request, "touched", None)
    if touched is None:
        return
    write_row(touched, getattr(request, "actor", None), status)


def write_row(touched: Touched, actor: Actor | None, status: int) -> None:
    """Write the one row of what was done in this transaction, by a request or by the worker in somebody's name."""
    who: tuple[UUID | None, UUID | None, UUID | None, str] = (None, None, None, STATUS_LINK if touched.by_link else "")
    if actor:
        who = (actor.user_id, actor.membership_id, actor.agency_id, actor.role.value)
    what = (touched.kind, touched.label, status, sorted(touched.root_ids), sorted(touched.child_ids))
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [uuid7(), *who, *what])
