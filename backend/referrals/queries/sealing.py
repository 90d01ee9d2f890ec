"""Who keeps the seal of a referral, who could be named on it, and who decides about it while it is not sealed."""

from uuid import UUID

from django.db.models import Q, QuerySet

from backend.access import queries as access
from backend.access.actors import Actor
from backend.agencies.models import Membership
from backend.agencies.roles import Role
from backend.cases.queries.sealing import facts_of, to_seal
from backend.cases.rules.sealing import Keeper, SealFacts
from backend.referrals.models import Referral

DECIDING = (Role.TRIAGE_OFFICER, Role.MANAGER)


def governed(actor: Actor, pk: UUID) -> Referral | None:
    """Return a referral as information governance of the agency that holds it knows it, and nothing that is written."""
    one = to_seal(actor, pk)
    if one is None or one.noun != "referral" or one.referrer_agency_id is None:
        return None
    return Referral(
        **one.alike,
        holder_id=one.agency_id,
        triage_officer_id=one.person_id,
        referrer_agency_id=one.referrer_agency_id,
    )


def seal_facts(referral: Referral, actor: Actor) -> SealFacts:
    """Return what the rules of the seal of a referral need.

    A manager of any agency of the partnership may be named: nobody else could be asked to help a sealed child.
    """
    officer = referral.triage_officer
    keeper = Keeper(
        agency_id=referral.holder_id,
        agency=referral.holder.name,
        person_id=referral.triage_officer_id,
        person=officer.name if officer else "",
        does="has this referral in triage",
        roles=DECIDING,
        noun="referral",
    )
    elsewhere = Q(role=Role.MANAGER, agency__partnership_id=referral.partnership_id, agency__ended_at=None)
    return facts_of(referral, actor, keeper, has_died=bool(referral.died_from), wider=elsewhere)


def deciders(referral: Referral) -> "QuerySet[Membership]":
    """Return who decides about a referral at the agency that holds it, and may know of the child."""
    members = Membership.objects.filter(
        access.may_know(referral.child_id),
        agency_id=referral.holder_id,
        role__in=DECIDING,
        ended_at=None,
        user__is_active=True,
    )
    return members.select_related("user", "agency").order_by("user__name", "id")
