"""Reads of what could be on the agenda of a meeting: the chair's own cases in which something has not been settled."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q

from backend.access import policy, queries
from backend.access.actors import Actor
from backend.access.models import Link
from backend.access.policy import Permission
from backend.access.relations import Relation
from backend.cases.models import Action, Case, Transfer
from backend.cases.queries import transfers_visible_to
from backend.cases.queries import visible_to as cases_visible_to
from backend.core import clock
from backend.deadlines.calendar import local
from backend.deadlines.models import TICKING, Deadline
from backend.disagreements.models import Disagreement
from backend.disagreements.queries import visible_to as disagreements_visible_to
from backend.panels.models import Panel, PanelDecision, PanelItem
from backend.panels.queries import visible_to
from backend.panels.rules import LONGEST_READ

# As many as an afternoon hears and some more.
MOST = 20
# The clock of the next review of a plan.
_REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A case that a meeting could hear, and what of it is open."""

    case: Case
    reasons: tuple[str, ...]


def proposals_for(actor: Actor, panel: Panel) -> list[Proposal]:
    """Return the cases of the chairing agency that the actor may put on the agenda and in which something is open.

    Cases led elsewhere are for whoever works on them to put there: they say what is shared with the chair, and why.
    In one statement; none for who prepares no meeting, or once it has begun.
    """
    prepares = actor.agency_id == panel.chair_agency_id and policy.holds(actor, Permission.PANEL_PLAN)
    if not prepares or panel.state != Panel.PLANNED or panel.starts_at <= clock.now():
        return []
    puts = policy.relations_that([Permission.PANEL_ITEM_PUT_ON], actor.role)
    mine = queries.reached(actor, puts - {Relation.LEAD}, by="id")
    if Relation.LEAD in puts:
        mine |= Q(lead_agency_id=actor.agency_id)
    there = PanelItem.objects.filter(case_id=OuterRef("pk"), panel_id=panel.id, state__in=PanelItem.HEARD)
    reasons = _reasons(actor)
    found = cases_visible_to(actor).filter(mine, ~Exists(there), lead_agency_id=actor.agency_id)
    open_ones = found.exclude(state=Case.CLOSED).filter(reduce(or_, reasons.values()))
    says = {f"is_open_{number}": _said(one) for number, one in enumerate(reasons.values())}
    cases = open_ones.annotate(**says).order_by("reference")[:MOST]
    return [Proposal(case, tuple(_true_of(case, dict(zip(reasons, says, strict=True))))) for case in cases]


def _true_of(case: Case, names: Mapping[str, str]) -> Iterator[str]:
    return (reason for reason, name in names.items() if getattr(case, name))


def _reasons(actor: Actor) -> Mapping[str, Q]:
    """Return each thing that can be open, in words, and the cases in which it is."""
    now, today = clock.now(), local(clock.now()).date()
    disputed = disagreements_visible_to(actor).filter(state__in=Disagreement.OPEN).values("about_id")
    answered = Link.objects.filter(root_id__in=disputed).values("parent_id")
    offered = transfers_visible_to(actor).filter(from_agency_id=actor.agency_id, state=Transfer.PROPOSED)
    late = Deadline.objects.filter(TICKING, kind=_REVIEW, owner_agency_id=actor.agency_id, due_at__lt=now)
    done = Action.objects.filter(decision_id=OuterRef("pk")).exclude(state=Action.OPEN)
    undone = PanelDecision.objects.filter(~Exists(done), due_on__lt=today, due_on__gt=today - LONGEST_READ)
    heard = visible_to(actor).filter(state=PanelItem.DECIDED, id__in=undone.values("root_id"))
    return {
        "A disagreement is open": Q(id__in=disputed) | Q(id__in=answered),
        "Nobody has answered who leads it": Q(id__in=offered.values("case_id")),
        "Its review is overdue": Q(id__in=late.values("root_id")),
        "What a panel decided is not done": Q(id__in=heard.values("case_id")),
    }


def _said(found: Q) -> "ExpressionWrapper[Q]":
    return ExpressionWrapper(found, output_field=BooleanField())
