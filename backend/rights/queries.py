"""Reads of requests: those that wait, those that have ended, the passages of one, and what the worker has to do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q, QuerySet

from backend.access import policy
from backend.access.actors import Actor
from backend.access.permissions import Permission
from backend.core import clock
from backend.core.errors import NotFound
from backend.rights.models import CopiedPassage, Pack, SubjectRequest
from backend.rights.rules import Facts

# A worker that has given no sign for so long is gone, and another begins again.
SILENT = timedelta(minutes=2)


def visible_to(actor: Actor) -> QuerySet[SubjectRequest]:
    """Return the requests of the partnership, for whoever governs its information."""
    found = SubjectRequest.objects.select_related("agency")
    if actor.is_system:
        return found
    if not policy.holds(actor, Permission.SUBJECT_REQUEST_SEE):
        return found.none()
    return found.filter(partnership_id=actor.partnership_id)


def one_of(actor: Actor, request_id: UUID) -> SubjectRequest:
    """Return a request that the actor sees; raise NotFound."""
    found = visible_to(actor).filter(pk=request_id).first()
    if found is None:
        raise NotFound
    return found


def waiting(actor: Actor) -> QuerySet[SubjectRequest]:
    """Return those that somebody still waits for, what is due first at the top."""
    return visible_to(actor).filter(state__in=SubjectRequest.UNFINISHED).order_by("due_at", "id")


def ended(actor: Actor) -> QuerySet[SubjectRequest]:
    """Return those that were released, refused or withdrawn, the latest first."""
    return visible_to(actor).exclude(state__in=SubjectRequest.UNFINISHED).order_by("-ended_at", "-id")


VIEWS: Mapping[str, tuple[str, Callable[[Actor], QuerySet[SubjectRequest]]]] = {
    "waiting": ("Not answered yet", waiting),
    "ended": ("Answered", ended),
}


def pack_of(request_id: UUID) -> Pack | None:
    """Return what the worker does for a request, without the file."""
    return Pack.objects.defer("pdf", "data").filter(root_id=request_id).first()


def passages_of(request_id: UUID) -> QuerySet[CopiedPassage]:
    """Return what was copied of the record, in its order; nothing unless the request is open."""
    return CopiedPassage.objects.filter(root_id=request_id).order_by("position", "id")


PASSAGE_VIEWS: Mapping[str, tuple[str, Q]] = {
    "to-decide": ("To decide", Q(decision="")),
    "proposed": ("Labelled", ~Q(proposed="")),
    "taken-out": ("Taken out", Q(decision__in=[CopiedPassage.REDACT, CopiedPassage.WITHHOLD])),
    "all": ("All", Q()),
}


def counts_of(request_id: UUID) -> dict[str, int]:
    """Return how many passages there are in each view."""
    asked = {name: Count("id", filter=condition) for name, (_label, condition) in PASSAGE_VIEWS.items() if condition}
    found = passages_of(request_id).order_by().aggregate(all=Count("id"), **asked)
    return {name: found[name] for name in PASSAGE_VIEWS}


@dataclass(frozen=True, slots=True)
class Given:
    """A copy that was given to whoever asked: when, by whom, and what they are to the child."""

    id: UUID
    at: datetime
    from_agency: str
    asker: str
    by: str


def given_of(root_id: UUID) -> list[Given] | None:
    """Return the copies of the record of this root’s child that were released; None for who does not read the root."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT app.reads_root(%s)", [root_id])
        if not cursor.fetchone()[0]:
            return None
        cursor.execute("SELECT id, at, from_agency, to_whom, by_name FROM app.copies_given_of(%s)", [root_id])
        return [Given(*row) for row in cursor.fetchall()]


def facts(one: SubjectRequest, actor: Actor) -> Facts:
    """Return what the rules of a request ask."""
    undecided = CopiedPassage.objects.filter(root_id=one.id, decision="").count() if one.state == one.OPEN else 0
    return Facts(actor.user_id, pack_of(one.id), undecided)


def to_do() -> QuerySet[Pack]:
    """Return what nobody is doing: asked for, or begun by a worker that is gone; the oldest first."""
    gone = Q(state=Pack.RUNNING, beat_at__lt=clock.now() - SILENT)
    return Pack.objects.defer("pdf", "data").filter(Q(state=Pack.WAITING) | gone).order_by("id")


def over(limit: int) -> list[UUID]:
    """Return some requests that have ended and whose copies are no longer needed."""
    now = clock.now()
    gone = SubjectRequest.objects.filter(state__in=[SubjectRequest.REFUSED, SubjectRequest.WITHDRAWN])
    ids = Q(expires_at__lte=now) | Q(root_id__in=gone.values("id"))
    found = Pack.objects.filter(ids, forgotten_at=None).order_by("id")
    return list(found.values_list("root_id", flat=True)[:limit])


def late(pause: timedelta) -> QuerySet[Pack]:
    """Return those of requests whose day is over and of whom nobody was reminded lately; for the worker."""
    now = clock.now()
    quiet = Q(reminded_at=None) | Q(reminded_at__lte=now - pause)
    overdue = SubjectRequest.objects.filter(state__in=SubjectRequest.UNFINISHED, due_at__lt=now)
    return Pack.objects.defer("pdf", "data").filter(quiet, root_id__in=overdue.values("id")).order_by("root_id")


def one_passage(request_id: UUID, passage_id: UUID) -> CopiedPassage:
    """Return a passage of a request; raise NotFound."""
    found = passages_of(request_id).filter(pk=passage_id).first()
    if found is None:
        raise NotFound
    return found
