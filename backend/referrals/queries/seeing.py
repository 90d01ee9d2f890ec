"""Which referrals and questions an actor may see, in step with the row policies of the tables."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from backend.access import policy, queries
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.access.relations import Relation
from backend.core import clock
from backend.referrals.models import InformationRequest, Referral

# Relations that few rows have, found in the projection; the others are columns of the referral itself.
_RARE = (
    Relation.OFFERED,
    Relation.LINKED,
    Relation.TRIAGING,
    Relation.PROVIDER,
    Relation.FORMER,
    Relation.FORMER_WORKER,
    Relation.WORKER,
    Relation.UNIT,
    Relation.TEAM,
    Relation.OWNER,
    Relation.DISAGREEING,
    Relation.ANSWERING,
    Relation.BREAK_GLASS,
)
_REACHING = (Relation.WORKER, Relation.UNIT)
_WITH = ("partnership", "referrer_agency", "holder", "created_by", "triage_officer", "child", "linked_to")
_COLUMNS = {
    Relation.HOLDER: "holder_id",
    Relation.REFERRER: "referrer_agency_id",
    Relation.LEAD: "lead_agency_id",
}


def visible_to(actor: Actor) -> QuerySet[Referral]:
    """Return the referrals whose status the actor may see; a draft only to the person who is writing it."""
    referrals = Referral.objects.select_related(*_WITH)
    if actor.is_system:
        return referrals
    return referrals.filter(seen_by(actor)).exclude(queries.barred(actor))


def seen_by(actor: Actor) -> Q:
    """Return the referrals that an actor's role, agency and relations open to them, whoever they are barred from."""
    sees = policy.relations_that(policy.SEES_ROOT, actor.role)
    own = Q(pk__in=[])
    if Relation.CREATOR in sees:
        own = Q(created_by_id=actor.user_id, referrer_agency_id=actor.agency_id)
    # Columns first: where they say yes, the database does not look up what else the actor has to do with.
    sent = Q(pk__in=[])
    for relation, column in _COLUMNS.items():
        if relation in sees:
            sent |= Q(**{column: actor.agency_id})
    sent |= queries.reached(actor, sees.intersection(_RARE), by="id")
    sent |= queries.reached_by_link(actor, sees.intersection(_REACHING))
    return own | (Q(submitted_at__isnull=False) & sent)


def questions_visible_to(actor: Actor) -> QuerySet[InformationRequest]:
    """Return the questions the actor was asked, for as long as they may look, and those of referrals they decide."""
    questions = InformationRequest.objects.select_related("asked_agency", "holder_agency")
    if actor.is_system:
        return questions
    sees = policy.relations_that([Permission.INFORMATION_REQUEST_SEE], actor.role)
    found = Q(pk__in=[])
    if Relation.ASKED in sees:
        found |= asked_of(actor.agency_id)
    if Relation.HOLDER in sees:
        # Asked of each question's own referral: a list of all that the agency holds would be read whole.
        held = Referral.objects.filter(holder_id=actor.agency_id, submitted_at__isnull=False)
        found |= Q(Exists(held.filter(id=OuterRef("root_id"))))
    return questions.filter(found).exclude(queries.barred(actor))


def asked_of(agency_id: UUID) -> Q:
    """Return the questions an agency was asked and may still look at."""
    return Q(asked_agency_id=agency_id) & (Q(access_until__isnull=True) | Q(access_until__gt=clock.now()))


def shared_roots(referral: Referral) -> list[UUID]:
    """Return the referral and its case: what was shared of them belongs together."""
    return [root_id for root_id in (referral.id, referral.case_id) if root_id]
