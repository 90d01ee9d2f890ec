"""Reads of deadlines and targets: of one record or a page of them, what is due next, how long a clock may run."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import QuerySet, UUIDField, Value

from backend.access import queries as access
from backend.access.actors import Actor
from backend.access.compiled import read
from backend.access.once import once
from backend.agencies.models import Target
from backend.core import clock
from backend.core.among import among
from backend.deadlines.kinds import KINDS, NEVER_NEXT, Kind
from backend.deadlines.models import RUNNING, TICKING, Deadline, Hand

_URGENT = "_urgent"
# What a line of a list says of a clock.
_TELLS = tuple(field.name for field in fields(Hand))


def of_root(root_id: UUID) -> list[Deadline]:
    """Return every deadline a record ever had, the earliest due first."""
    return list(Deadline.objects.filter(root_id=root_id).order_by("due_at", "id"))


def of_roots(root_ids: Iterable[UUID]) -> dict[UUID, list[Deadline]]:
    """Return the deadlines of a page of records in one query; every id asked for is a key."""
    found: dict[UUID, list[Deadline]] = {root_id: [] for root_id in root_ids}
    for deadline in Deadline.objects.filter(root_id__in=list(found)).order_by("due_at", "id"):
        found[deadline.root_id].append(deadline)
    return found


def running_of_roots(root_ids: Iterable[UUID]) -> dict[UUID, list[Hand]]:
    """Return the clocks of a page of records that run or are held, in one query; every id asked for is a key.

    A list says what is to come, and most clocks of a record are over: it reads none of those, and of the others only
    what tells their kind, their hour and their colour.
    """
    found: dict[UUID, list[Hand]] = {root_id: [] for root_id in root_ids}
    for row in read(_hands, ids=list(found)) if found else ():
        hand = Hand(*row)
        found[hand.root_id].append(hand)
    return found


def _hands(*, ids: list[UUID]) -> QuerySet[Deadline, Any]:
    asked = among("root_id", Value(ids, output_field=ArrayField(UUIDField())))
    return Deadline.objects.filter(RUNNING, asked).order_by("due_at", "id").values_list(*_TELLS)


def next_due(root_id: UUID) -> datetime | None:
    """Return when the earliest clock that runs and is not paused falls due; None when none does."""
    ticking = Deadline.objects.filter(TICKING, root_id=root_id).exclude(kind__in=NEVER_NEXT).order_by("due_at")
    return ticking.values_list("due_at", flat=True).first()


def targets(kinds: Iterable[str], *, partnership_id: UUID, urgent: bool = False) -> dict[str, Target | Kind]:
    """Return how long each kind may run: the partnership's own figure, else the standard one.

    An urgent record takes the kind's `_urgent` target where there is one. Raise ValueError for a kind nobody knows.
    """
    wanted = {kind: [f"{kind}{_URGENT}", kind] if urgent else [kind] for kind in kinds}
    names = [name for alternatives in wanted.values() for name in alternatives]
    known: dict[str, Target | Kind] = {name: KINDS[name] for name in names if name in KINDS}
    own = once(("targets", partnership_id), lambda: _own_targets(partnership_id))
    known |= {name: own[name] for name in names if name in own}
    found = {kind: next((known[name] for name in wanted[kind] if name in known), None) for kind in wanted}
    unknown = [kind for kind, target in found.items() if target is None]
    if unknown:
        raise ValueError(f"no target for the clock {', '.join(unknown)}")
    return {kind: target for kind, target in found.items() if target}


def _own_targets(partnership_id: UUID) -> dict[str, Target]:
    return {target.kind: target for target in Target.objects.filter(partnership_id=partnership_id)}


def running(root_id: UUID) -> QuerySet[Deadline]:
    """Return the clocks of a record that are neither met nor stopped."""
    return Deadline.objects.filter(RUNNING, root_id=root_id)


def running_since(root_id: UUID, kind: str) -> datetime | None:
    """Return when the running clock of a kind began, or began again; None where none runs."""
    return running(root_id).filter(kind=kind).values_list("started_at", flat=True).first()


def running_of(root_ids: Iterable[UUID]) -> QuerySet[Deadline]:
    """Return the clocks of several records that are neither met nor stopped."""
    return Deadline.objects.filter(RUNNING, root_id__in=list(root_ids))


def run_out(kinds: Iterable[str]) -> QuerySet[Deadline]:
    """Return the clocks of these kinds that ran out and whose consequence is still to come."""
    now = clock.now()
    waiting = Deadline.objects.filter(TICKING, kind__in=list(kinds), due_at__lte=now, expired_at__isnull=True)
    return waiting.exclude(expiry_next_at__gt=now).order_by("due_at")


def breached(actor: Actor) -> QuerySet[Deadline]:
    """Return the missed clocks of the actor's agency, the longest missed first: met, stopped or held ones never.

    A clock about a child whom the actor may not see, by a conflict or a seal, is not among them.
    """
    missed = Deadline.objects.filter(TICKING, owner_agency_id=actor.agency_id, due_at__lt=clock.now())
    return missed.exclude(access.barred(actor)).order_by("due_at", "id")


def to_remind() -> QuerySet[Deadline]:
    """Return the clocks whose next reminder is due, the longest waiting first."""
    return Deadline.objects.filter(TICKING, remind_at__lte=clock.now()).order_by("remind_at", "id")
