"""Reads of what stands around a case on its page: how the family may be reached."""

from django.db.models import QuerySet

from backend.access import policy, queries
from backend.access.actors import Actor
from backend.access.models import Link
from backend.access.policy import Permission
from backend.cases.models import Case
from backend.children.models import ContactPoint


def contacts_of(actor: Actor, case: Case) -> QuerySet[ContactPoint]:
    """Return the family's numbers, as the referrals say them that the case answers and the actor reads."""
    reads = policy.relations_that([Permission.REFERRAL_READ_TEXT], actor.role)
    readable = queries.linked_roots(actor, reads)
    answered = Link.objects.filter(parent_id=case.id, root_id__in=readable).values("root_id")
    return ContactPoint.objects.filter(root_id__in=answered).order_by("-recorded_at", "position", "id")
