"""The directory as it is read: the list with its filters, what somebody typed, and what fits a child."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import F, Func, IntegerField, Q, QuerySet, UUIDField, Value

from backend.access.actors import Actor
from backend.core import clock
from backend.directory.models import Service
from backend.directory.rules import CAPACITY_HOLDS_FOR, SPACE, Wanted

_FIND = "SELECT id FROM app.find_services(%s)"
# So many are weighed for one child; a directory that has more of the right age and place offers the best of them.
_WEIGHED, _SUGGESTED = 400, 30


def visible_to(actor: Actor) -> QuerySet[Service]:
    """Return every service of the actor's partnership, ended ones too: an old referral may name them."""
    services = Service.objects.select_related("agency", "kept_by")
    return services if actor.is_system else services.filter(partnership_id=actor.partnership_id)


def listed(actor: Actor) -> QuerySet[Service]:
    """Return those that can be found now, by name."""
    return visible_to(actor).filter(state__in=Service.LISTED).order_by("name", "id")


def kept_by(actor: Actor) -> QuerySet[Service]:
    """Return those the actor's agency answers for, ended ones too."""
    return visible_to(actor).filter(kept_by_id=actor.agency_id).order_by("name", "id")


def for_age(age: int) -> Q:
    """Say that a service takes somebody of this age."""
    return (Q(min_age=None) | Q(min_age__lte=age)) & (Q(max_age=None) | Q(max_age__gte=age))


def for_ward(ward: str) -> Q:
    """Say that a service works in a ward."""
    return Q(is_citywide=True) | Q(wards__contains=[ward])


def with_space() -> Q:
    """Say that somebody said lately that there is room."""
    return Q(state=Service.ACTIVE, capacity=SPACE, capacity_said_at__gte=clock.now() - CAPACITY_HOLDS_FOR)


_FILTERS: Mapping[str, Any] = {
    "age": for_age,
    "ward": for_ward,
    "need": lambda code: Q(needs__contains=[code]),
    "language": lambda code: Q(languages__contains=[code]),
    "cost": lambda code: Q(cost=code),
    "evidence": lambda code: Q(evidence=code),
    "kind": lambda code: Q(kind=code),
    "has_space": lambda wanted: with_space() if wanted else Q(),
}


def filtered(services: QuerySet[Service], filters: Mapping[str, Any]) -> QuerySet[Service]:
    """Return those that pass every filter given."""
    for name, value in filters.items():
        services = services.filter(_FILTERS[name](value))
    return services


def searched(services: QuerySet[Service], words: str) -> QuerySet[Service]:
    """Return those that what somebody typed may mean, the likeliest first; at most 200 are looked at."""
    with connection.cursor() as cursor:
        cursor.execute(_FIND, [words])
        ids: list[UUID] = [key for (key,) in cursor.fetchall()]
    place = Func(
        Value(ids, output_field=ArrayField(UUIDField())),
        F("id"),
        function="array_position",
        output_field=IntegerField(),
    )
    return services.filter(pk__in=ids).annotate(place=place).order_by("place", "id")


def fitting(actor: Actor, wanted: Wanted, words: str = "") -> list[Service]:
    """Return at most thirty open services of the right age and place: those that meet most needs first, then room.

    With words, only those that the words may mean.
    """
    services = listed(actor).filter(state=Service.ACTIVE)
    services = searched(services, words) if words else services
    if wanted.age is not None:
        services = services.filter(for_age(wanted.age))
    if wanted.ward:
        services = services.filter(for_ward(wanted.ward))
    needs = set(wanted.needs)
    if needs:
        services = services.filter(needs__overlap=list(needs))
    found = list(services[:_WEIGHED])
    found.sort(key=lambda one: (-len(needs & set(one.needs)), *_room(one), one.name))
    return found[:_SUGGESTED]


def _room(service: Service) -> tuple[bool, int]:
    waits = service.wait_weeks if service.wait_weeks is not None else 99
    return service.capacity != SPACE, waits


def open_service(actor: Actor, service_id: UUID) -> Service | None:
    """Return a service that can be chosen now, or None."""
    return listed(actor).filter(pk=service_id).first()
