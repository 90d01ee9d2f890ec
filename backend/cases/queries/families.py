"""How brothers and sisters are found: whose cases belong to one family is known to the app that refers children."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from backend.access.actors import Actor
from backend.cases.models import Case
from backend.cases.queries import visible_to

# A subquery of the ids of the cases of those who were referred together with the child of a case, as an actor sees.
Find = Callable[[Actor, UUID], "QuerySet[Any, Any]"]
_finders: dict[str, Find] = {}


def register_siblings(noun: str, find: Find) -> None:
    """Say by which records brothers and sisters are found; called in the app's ready()."""
    _finders[noun] = find


def finders() -> list[str]:
    """Return the kinds of record by which they are found."""
    return sorted(_finders)


def cases_of_family(actor: Actor, case_id: UUID) -> QuerySet[Case]:
    """Return the cases that the actor reads of brothers and sisters, and those of the same child that were joined."""
    family = Q(joined_into_id=case_id) | Q(id__in=Case.objects.filter(pk=case_id).values("joined_into_id"))
    for find in _finders.values():
        family |= Q(id__in=find(actor, case_id))
    return visible_to(actor).filter(family).exclude(pk=case_id)
