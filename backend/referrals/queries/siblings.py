"""Brothers and sisters: the cases of those who were referred together with the child of a case."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from backend.access.actors import Actor
from backend.referrals.queries.seeing import visible_to


def cases_of_siblings(actor: Actor, case_id: UUID) -> "QuerySet[Any, Any]":
    """Return a subquery of the cases that referrals made together led to, as far as the actor sees those referrals."""
    seen = visible_to(actor).order_by()
    families = seen.filter(case_id=case_id, family_id__isnull=False).values("family_id")
    return seen.filter(family_id__in=families, case_id__isnull=False).values("case_id")
