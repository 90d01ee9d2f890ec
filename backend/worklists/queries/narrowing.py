"""What a caseload is narrowed to: whose it is, how soon help is needed, and whether something in it is overdue."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from backend.access.actors import Actor
from backend.agencies.models import Membership
from backend.cases.models import Case
from backend.cases.queries.caseloads import load_kind, nearest


@dataclass(frozen=True, slots=True)
class Wanted:
    """Nothing of a child, since it stands in an address."""

    worker: UUID | None = None
    # Only those that wait for a lead practitioner.
    is_unallocated: bool = False
    team: UUID | None = None
    # A code of the caseload weights.
    how_soon: str = ""
    is_late: bool = False


def narrowed(actor: Actor, cases: QuerySet[Case], wanted: Wanted) -> QuerySet[Case]:
    """Return those of some open cases that are wanted, but for what is overdue: only what comes next tells that.

    A case that waits for a lead practitioner is nobody's here, also while whoever had it before goes on with it.
    """
    if wanted.is_unallocated:
        cases = cases.filter(state=Case.UNALLOCATED)
    if wanted.worker:
        cases = cases.filter(lead_practitioner_id=wanted.worker).exclude(state=Case.UNALLOCATED)
    if wanted.team:
        theirs = nearest(actor.agency_id).filter(team_id=wanted.team).values("user_id")
        cases = cases.filter(lead_practitioner_id__in=theirs).exclude(state=Case.UNALLOCATED)
    if wanted.how_soon:
        cases = cases.annotate(load_kind=load_kind()).filter(load_kind=wanted.how_soon)
    return cases


def people_to_choose(actor: Actor) -> "QuerySet[Membership]":
    """Return who works in the actor's agency, by name."""
    return nearest(actor.agency_id).order_by("user__name", "id")
