"""The relations an actor can have to a record, and which columns of a projection row decide them."""

from collections.abc import Collection
from enum import StrEnum


class Relation(StrEnum):
    """How somebody is involved with a root; access.md says what each means."""

    CREATOR = "CREATOR"
    REFERRER = "REFERRER"
    HOLDER = "HOLDER"
    OFFERED = "OFFERED"
    OFFERED_LEAD = "OFFERED_LEAD"  # OFFERED of a transfer: to lead a case, which is more to see than a referral
    LINKED = "LINKED"  # own agency holds an open referral that this one was linked to
    ASKED = "ASKED"
    TRIAGING = "TRIAGING"
    LEAD = "LEAD"
    WORKER = "WORKER"
    UNIT = "UNIT"
    TEAM = "TEAM"
    PROVIDER = "PROVIDER"
    OWNER = "OWNER"
    FORMER = "FORMER"
    FORMER_WORKER = "FORMER_WORKER"  # of the FORMER, those who worked the case: they read on for ten working days
    KEEPER = "KEEPER"  # own agency answers for what is about no child: an entry of the directory, the configuration
    DISAGREEING = "DISAGREEING"  # own agency challenges a decision about it
    ANSWERING = "ANSWERING"  # own agency answers a challenge, at the stage it has reached
    INVITED = "INVITED"  # own agency was invited to hear an item of a panel's agenda, until that is over
    CHAIRING = "CHAIRING"  # own agency chairs the panel that hears it, until that is over
    BREAK_GLASS = "BREAK_GLASS"  # opened it in an emergency and said why: reads for four hours (ADR 65)
    NONE = "NONE"


# Decided by the person, by the person's team, or by the person's agency.
BY_PERSON = (
    Relation.CREATOR,
    Relation.WORKER,
    Relation.TEAM,
    Relation.OWNER,
    Relation.FORMER,
    Relation.FORMER_WORKER,
    Relation.BREAK_GLASS,
)
BY_TEAM = (Relation.UNIT,)
BY_AGENCY = (
    Relation.REFERRER,
    Relation.HOLDER,
    Relation.OFFERED,
    Relation.OFFERED_LEAD,
    Relation.LINKED,
    Relation.ASKED,
    Relation.TRIAGING,
    Relation.LEAD,
    Relation.PROVIDER,
    Relation.KEEPER,
    Relation.DISAGREEING,
    Relation.ANSWERING,
    Relation.INVITED,
    Relation.CHAIRING,
)
# Relations to a case that reach the referrals it answers (a case never knows its referrals; access_link does).
REACH_LINKED = (Relation.LEAD, Relation.WORKER, Relation.UNIT)
# Where somebody stands, as refusals and documents say it.
PLACES = {
    Relation.TEAM: "an agency that works on the case",
    Relation.PROVIDER: "an agency that provides a service",
    Relation.INVITED: "an agency that was invited to the panel",
    Relation.CHAIRING: "the agency that chairs the panel",
    Relation.DISAGREEING: "the agency that disagrees",
    Relation.ANSWERING: "the agency that answers a disagreement",
    Relation.CREATOR: "the person who made it",
    Relation.REFERRER: "the agency that referred",
    Relation.HOLDER: "the agency that holds it",
    Relation.OFFERED: "the agency it is offered to",
    Relation.OFFERED_LEAD: "the agency that is asked to lead",
    Relation.LINKED: "the agency that holds what it was linked to",
    Relation.ASKED: "the agency that was asked",
    Relation.TRIAGING: "the agency that decides about the child",
    Relation.LEAD: "the agency that leads the case",
    Relation.WORKER: "the worker on the case",
    Relation.UNIT: "the worker's team",
    Relation.OWNER: "the person it was given to",
    Relation.FORMER: "an agency that held it before",
    Relation.FORMER_WORKER: "the worker on the case until lately",
    Relation.KEEPER: "the agency that keeps it",
    Relation.BREAK_GLASS: "the person who opened it in an emergency",
}


def by_break_glass(relations: Collection[Relation]) -> bool:
    """Say whether somebody with these relations to a record opened it in an emergency: what they read is marked."""
    return Relation.BREAK_GLASS in relations
