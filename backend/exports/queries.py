"""Reads of exports: one's own, what the worker has to make, and what it takes away."""

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from django.db.models import BooleanField, F, Func, Q, QuerySet

from backend.access.actors import Actor
from backend.core import clock
from backend.core.errors import NotFound
from backend.exports.models import UNFINISHED, Export, Repeat, State

# A worker that has given no sign for so long is gone, and somebody else begins again.
SILENT = timedelta(minutes=2)
_BARRED = "(%(expressions)s && (SELECT app.barred_children())::uuid[])"


def exports_of(actor: Actor) -> QuerySet[Export]:
    """Return what the actor asked for in this agency, the latest first.

    `is_closed` says that a conflict or a seal has closed a child of the file to them since it was made.
    """
    own = Export.objects.filter(user_id=actor.user_id, agency_id=actor.agency_id).order_by("-asked_at", "-id")
    closed = Func(F("child_ids"), template=_BARRED, output_field=BooleanField())
    return own.defer("root_ids", "child_ids").annotate(is_closed=closed)


def own(actor: Actor, export_id: UUID) -> Export:
    """Return one of the actor's exports; raise NotFound."""
    found = exports_of(actor).filter(pk=export_id).first()
    if found is None:
        raise NotFound
    return found


def unfinished(actor: Actor) -> QuerySet[Export]:
    """Return those that still wait or are being made."""
    return exports_of(actor).filter(state__in=UNFINISHED)


def to_make() -> QuerySet[Export]:
    """Return what nobody is making: asked for, or begun by a worker that is gone; the oldest first."""
    gone = Q(state=State.RUNNING, beat_at__lt=clock.now() - SILENT)
    return Export.objects.filter(Q(state=State.REQUESTED) | gone).order_by("asked_at", "id")


def expired() -> QuerySet[Export]:
    """Return those whose file has lain here long enough."""
    return Export.objects.filter(state=State.READY, expires_at__lte=clock.now()).order_by("expires_at", "id")


def kept(names: Collection[str]) -> set[str]:
    """Return which of these names of the store are the file of an export that is ready."""
    return set(Export.objects.filter(state=State.READY, storage_name__in=names).values_list("storage_name", flat=True))


def repeats_of(actor: Actor) -> QuerySet[Repeat]:
    """Return what the actor has made again and again in this agency, or had, the latest first."""
    return Repeat.objects.filter(user_id=actor.user_id, agency_id=actor.agency_id).order_by("-began_on", "-id")


def due_again(today: date) -> QuerySet[Repeat]:
    """Return what is to be asked for again today, or should have been."""
    return Repeat.objects.filter(stopped_at=None, next_on__lte=today).order_by("next_on", "id")
