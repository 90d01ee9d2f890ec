"""Versions as they are read: which one is in force on a day, the draft, and the list."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, QuerySet, Value, When
from django.db.models.functions import Cast, Concat

from backend.access.actors import Actor
from backend.configuration.kinds import kinds
from backend.configuration.models import Version
from backend.configuration.rules import today


def visible_to(actor: Actor) -> QuerySet[Version]:
    """Return every version of the actor's partnership."""
    versions = Version.objects.all()
    return versions if actor.is_system else versions.filter(partnership_id=actor.partnership_id)


def of_kind(actor: Actor, kind: str) -> QuerySet[Version]:
    """Return the versions of a kind, the latest first."""
    return visible_to(actor).filter(kind=kind).order_by("-number")


def in_force(partnership_id: Any, kind: str, on: date, *, known_at: datetime | None = None) -> QuerySet[Version]:
    """Return the version in force on a day, first in its queryset: the last agreed one whose day has come.

    `known_at` looks back: what was published later did not count yet at that moment. `partnership_id` may be an
    OuterRef.
    """
    agreed = Version.objects.filter(
        partnership_id=partnership_id, kind=kind, state__in=Version.AGREED, effective_on__lte=on
    )
    if known_at is not None:
        agreed = agreed.filter(published_at__lte=known_at)
    return agreed.order_by("-number")


def entries_in_force(partnership_id: UUID, kind: str, on: date) -> list[dict[str, Any]]:
    """Return the entries in force on a day; none where nothing was published yet."""
    found = in_force(partnership_id, kind, on).values_list("entries", flat=True).first()
    return list(found or [])


def before(version: Version) -> Version | None:
    """Return what a version is compared with: what counts now for a draft, else the one agreed before it."""
    if version.state not in Version.AGREED:
        return in_force(version.partnership_id, version.kind, today()).first()
    same = Version.objects.filter(partnership_id=version.partnership_id, kind=version.kind, state__in=Version.AGREED)
    return same.filter(number__lt=version.number).order_by("-number").first()


def named(ids: Sequence[UUID]) -> "QuerySet[Version, tuple[UUID, str]]":
    """Return (id, what it is called) of versions, as the lists of other kinds of record say it."""
    labels = Case(
        *(When(kind=kind.code, then=Value(kind.label)) for kind in kinds().values()), output_field=CharField()
    )
    called = Concat(labels, Value(", version "), Cast("number", CharField()))
    return Version.objects.filter(pk__in=ids).annotate(called=called).values_list("id", "called")


def to_come(version: Version) -> Version | None:
    """Return an agreed version whose day is still to come, and which a draft would take the place of."""
    agreed = Version.objects.filter(partnership_id=version.partnership_id, kind=version.kind, state=Version.PUBLISHED)
    return agreed.filter(effective_on__gt=today(), number__lt=version.number).order_by("-number").first()


def overtaken(partnership_id: UUID, kind: str, number: int) -> QuerySet[Version]:
    """Return the published versions that count no more once the one of this number is in force."""
    return Version.objects.filter(
        partnership_id=partnership_id, kind=kind, state=Version.PUBLISHED, number__lt=number
    ).order_by("number")
