"""The referral at which something is said of its child: locked, and judged once."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef

from backend.access import policy
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.access.queries import relations_to
from backend.access.relations import Relation
from backend.core.errors import Conflict, Forbidden, NotFound
from backend.matching.models import Merge
from backend.referrals.models import Referral
from backend.referrals.queries.seeing import visible_to


@dataclass(frozen=True, slots=True)
class Held:
    """The referral at which something is said of its child, locked."""

    referral: Referral
    child_id: UUID
    relations: frozenset[Relation]
    # Joining the record is proposed or done already.
    is_proposed: bool


def held_by(actor: Actor, referral_id: UUID, permission: Permission, *, version: int) -> Held:
    """Return the referral, locked, and the record of its child, if the actor may decide about that."""
    proposed = Merge.objects.filter(child_id=OuterRef("child_id"), state__in=[Merge.PROPOSED, Merge.JOINED])
    found = visible_to(actor).annotate(is_proposed=Exists(proposed)).filter(pk=referral_id)
    referral = found.select_for_update(of=("self",), no_key=True).first()
    if referral is None:
        raise NotFound
    relations = relations_to(actor, referral.id)
    policy.require(actor, permission, relations)
    if version != referral.version:
        raise Conflict("Somebody has changed this since you opened it. Look again, then decide.", code="stale")
    if referral.child_id is None:
        raise NotFound
    return Held(referral, referral.child_id, relations, referral.is_proposed)


def person(actor: Actor) -> UUID:
    """Return who says it; raise Forbidden for the system."""
    if actor.is_system:
        raise Forbidden("Only a person can say this.")
    return actor.user_id
