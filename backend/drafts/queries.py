"""Which drafts somebody may see: their own and, for a manager, those of their agency that are not for one person."""

from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet

from backend.access.actors import Actor
from backend.agencies.roles import Role
from backend.drafts.models import Draft


def visible_to(actor: Actor) -> QuerySet[Draft]:
    """Return the drafts the actor may read and write."""
    if actor.is_system:
        return Draft.objects.all()
    mine = Q(author_id=actor.user_id)
    if actor.role is Role.MANAGER:
        mine |= Q(is_own=False)
    return Draft.objects.filter(mine, agency_id=actor.agency_id)


def of_root(actor: Actor, root_id: UUID, *, form: str) -> Draft | None:
    """Return the actor's draft of a form about a record, or None."""
    return visible_to(actor).filter(root_id=root_id, form=form).first()


def unsent(actor: Actor, *, form: str, root_id: UUID | OuterRef) -> QuerySet[Draft]:
    """Return what the actor is typing into a form of their own about a record, also of each row of a list."""
    return visible_to(actor).filter(root_id=root_id, form=form, author_id=actor.user_id, is_own=True)
