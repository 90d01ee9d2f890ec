"""Cases that referrals tie to another: those of brothers and sisters, and those that had closed before it began."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from backend.access.actors import Actor
from backend.cases.queries.assessing import register_earlier
from backend.cases.queries.families import register_siblings
from backend.referrals.queries.seeing import visible_to


def cases_of_siblings(actor: Actor, case_id: UUID) -> "QuerySet[Any, Any]":
    """Return a subquery of the cases that referrals made together led to, as far as the actor sees those referrals."""
    seen = visible_to(actor).order_by()
    families = seen.filter(case_id=case_id, family_id__isnull=False).values("family_id")
    return seen.filter(family_id__in=families, case_id__isnull=False).values("case_id")


def cases_before(actor: Actor, case_id: UUID) -> "QuerySet[Any, Any]":
    """Return a subquery of the closed cases after which a child was referred again, which led to this case."""
    return visible_to(actor).order_by().filter(case_id=case_id, earlier_case__isnull=False).values("earlier_case_id")


def register() -> None:
    """Say that referrals are how these cases are found."""
    register_siblings("referral", cases_of_siblings)
    register_earlier("referral", cases_before)
