"""Which drafts somebody may see: their own and, for a manager, their agency's."""

from uuid import UUID

from django.db.models import Q, QuerySet

from backend.access.actors import Actor
from backend.agencies.roles import Role
from backend.drafts.models import Draft


def visible_to(actor: Actor) -> QuerySet[Draft]:
    """Return the drafts the actor may read and write."""
    if actor.is_system:
        return Draft.objects.all()
    mine = Q() if actor.role is Role.MANAGER else Q(author_id=actor.user_id)
    return Draft.objects.filter(mine, agency_id=actor.agency_id)


def of_root(actor: Actor, root_id: UUID, *, form: str) -> Draft | None:
    """Return the actor's draft of a form about a record, or None."""
    return visible_to(actor).filter(root_id=root_id, form=form).first()
