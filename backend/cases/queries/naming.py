"""Reads of the cases for which somebody has to name the agency that leads."""

from django.db.models import Exists, OuterRef, QuerySet

from backend.access import queries as access
from backend.access.actors import Actor
from backend.cases.models import Transfer
from backend.deadlines.models import RUNNING, Deadline

# The clock on a case that two agencies in a row have not taken, of whoever names the next one.
NAMING = "transfer_naming"


def to_name(actor: Actor) -> QuerySet[Transfer]:
    """Return the transfers after which the actor's agency has to name who leads, the longest waiting first."""
    waiting = Deadline.objects.filter(RUNNING, root_id=OuterRef("case_id"), kind=NAMING)
    asked = Transfer.objects.filter(Exists(waiting), escalated_to_id=actor.agency_id, named_at=None)
    due = waiting.values("due_at")[:1]
    return asked.exclude(access.barred(actor)).annotate(name_by=due).select_related("from_agency").order_by("id")
