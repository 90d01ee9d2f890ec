"""Reads of one case at a glance: where it came from, what was found out, who does what, and what comes next."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery

from backend.access import policy
from backend.access import queries as access
from backend.access.actors import Actor
from backend.access.models import Link
from backend.access.policy import Permission
from backend.cases.models import Action, Assessment, Case, Goal
from backend.cases.queries.assessing import assessments_visible_to
from backend.cases.queries.planning import actions_visible_to, goals_visible_to, meetings_of
from backend.cases.rules import can_be_referred_again
from backend.children.models import Child, SafetyAlert
from backend.children.queries import with_alerts
from backend.core import clock
from backend.core.among import among
from backend.deadlines.calendar import local
from backend.deadlines.models import Deadline
from backend.deadlines.queries import running
from backend.interventions.models import Intervention, Session
from backend.interventions.queries import may_recommend, of_case
from backend.panels.models import PanelItem
from backend.panels.queries import ahead_of
from backend.referrals.models import Referral
from backend.referrals.queries.seeing import visible_to as referrals_visible_to
from backend.worklists.queries.why import Why, why_of
from backend.worklists.rules import turning_points

# As much as somebody takes in at a glance; each has a page of its own with all of it.
_MOST = 10
# A service whose provider was to read no more, as the family does not agree to it: it is decided about or ends.
_STOPPED = "stopped, as it may not be shared any more"


@dataclass(frozen=True, slots=True)
class Involved:
    """Somebody who has a part in the case, and which."""

    agency: str
    person: str
    what: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class Coming:
    """A day on which something is to happen, the past ones included that nobody has dealt with."""

    on: date
    label: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class Overview:
    """A case at a glance."""

    referrals: Sequence[Referral]
    why: Sequence[Why]
    assessment: Assessment | None
    goals: Sequence[Goal]
    involved: Sequence[Involved]
    dates: Sequence[Coming]
    may_refer_on: bool
    may_refer_again: bool


def overview_of(actor: Actor, case: Case) -> Overview:
    """Return what the actor may see of a case that they read, in a statement for each kind of thing."""
    child, alerts = with_alerts(case.child_id)
    answered = among("id", ArraySubquery(Link.objects.filter(parent_id=case.id).values("root_id")))
    referrals = list(referrals_visible_to(actor).filter(answered).order_by("submitted_at", "id")[:_MOST])
    complete = assessments_visible_to(actor).filter(root_id=case.id, state=Assessment.COMPLETE)
    goals = goals_visible_to(actor).filter(root_id=case.id, state=Goal.OPEN).order_by("made_at", "id")
    open_actions = actions_visible_to(actor).filter(root_id=case.id, state=Action.OPEN)
    actions = list(open_actions.order_by("due_on", "id")[:_MOST])
    planned = Session.objects.filter(root_id=OuterRef("pk"), state=Session.PLANNED).order_by("planned_at")
    open_services = of_case(actor, case.id).filter(state__in=Intervention.OPEN)
    services = list(open_services.annotate(next_session_at=Subquery(planned.values("planned_at")[:1]))[:_MOST])
    coming = [
        *_planned(case),
        *_of_actions(actions),
        *_sessions(services),
        *_panels(actor, case),
        *_of_child(child, alerts),
    ]
    related = access.relations(actor, [case.id, *(one.id for one in referrals)])
    return Overview(
        referrals=referrals,
        why=why_of(actor, referrals, related),
        assessment=complete.order_by("-number").first(),
        goals=list(goals[:_MOST]),
        involved=[*_leads(case), *_sent(referrals), *_gives(services), *_does(case, actions)],
        dates=sorted(coming, key=lambda one: (one.on, one.label))[:_MOST],
        may_refer_on=may_recommend(actor, case, related[case.id]),
        may_refer_again=can_be_referred_again(case, has_died=child is not None and child.died_on is not None)
        and policy.holds(actor, Permission.REFERRAL_CREATE),
    )


def _leads(case: Case) -> Iterator[Involved]:
    person = case.lead_practitioner.name if case.lead_practitioner else ""
    yield Involved(case.lead_agency.name, person, "Leads the case")


def _sent(referrals: Sequence[Referral]) -> Iterator[Involved]:
    for one in referrals:
        what = f"Made referral {one.reference}"
        yield Involved(one.referrer_agency.name, one.created_by.name, what, f"/referrals/{one.id}")


def _gives(services: Sequence[Intervention]) -> Iterator[Involved]:
    for one in services:
        agency = one.provider_agency.name if one.provider_agency else one.organisation
        person = one.worker.name if one.worker else one.answered_by_name
        state = _STOPPED if one.is_stopped else Intervention.LABELS[one.state].lower()
        what = f"{one.service_name}: {state}"
        yield Involved(agency, person, what, f"/interventions/{one.id}")


def _does(case: Case, actions: Sequence[Action]) -> Iterator[Involved]:
    """Yield who does something of the plan, besides who leads."""
    for one in actions:
        if one.owner_id != case.lead_practitioner_id:
            yield Involved(one.owner_agency.name, one.owner.name, one.text, f"/actions/{one.id}")


def _planned(case: Case) -> Iterator[Coming]:
    if case.next_action_on is not None:
        yield Coming(case.next_action_on, case.next_action)
    for deadline in _ticking(case):
        yield Coming(local(deadline.due_at).date(), deadline.label)
    meeting = meetings_of(case.id).first()
    if meeting is not None and meeting.next_on is not None:
        yield Coming(meeting.next_on, "Next review or meeting", f"/cases/{case.id}/reviews")


def _ticking(case: Case) -> list[Deadline]:
    return list(running(case.id).filter(paused_at=None).order_by("due_at", "id")[:_MOST])


def _of_actions(actions: Sequence[Action]) -> Iterator[Coming]:
    for one in actions:
        yield Coming(one.due_on, one.text, f"/actions/{one.id}")


def _sessions(services: Sequence[Any]) -> Iterator[Coming]:
    """Yield the next session of each service, which its own statement has brought."""
    for one in services:
        if one.next_session_at is not None:
            label = f"Session: {one.service_name}"
            yield Coming(local(one.next_session_at).date(), label, f"/interventions/{one.id}")


def _panels(actor: Actor, case: Case) -> Iterator[Coming]:
    """Yield the meetings that are to hear the case and have not decided about it."""
    waiting = ahead_of(actor, case.id).filter(state=PanelItem.ON_AGENDA)
    for item in waiting.order_by("panel__starts_at", "id")[:_MOST]:
        label = f"Heard by a panel: {item.panel.name}"
        yield Coming(local(item.panel.starts_at).date(), label, f"/panel-items/{item.id}")


def _of_child(child: Child | None, alerts: Sequence[SafetyAlert]) -> Iterator[Coming]:
    for alert in alerts:
        yield Coming(alert.review_on, "Look again at what visitors must know")
    today = local(clock.now()).date()
    for point in turning_points(child, on=today) if child else ():
        yield Coming(point.on, point.label)
