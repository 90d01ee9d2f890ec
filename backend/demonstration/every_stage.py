"""Services of the city at every stage, and two children whose sessions show all that can be said of one."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.cases.models import Case
from backend.children.models import Child
from backend.core import clock
from backend.core.errors import Refusal
from backend.core.ids import uuid7
from backend.deadlines.calendar import local
from backend.demonstration.directory import provided_services
from backend.demonstration.emptying import OWNER
from backend.demonstration.givers import people_of
from backend.demonstration.stage import Company
from backend.demonstration.verbs_giving import KNEW, basis, takes
from backend.directory.models import Service
from backend.interventions.commands import intervention_machine, recommend, session_machine
from backend.interventions.commands.groups import plan_group, register_group
from backend.interventions.commands.sessions import add_session, plan_session
from backend.interventions.models import Intervention, Session
from backend.interventions.queries import age_of
from backend.interventions.serializers.inputs import INTERVENTION_INPUTS
from backend.interventions.serializers.session_inputs import (
    SESSION_INPUTS,
    AddSessionInput,
    PlanGroupInput,
    PlanSessionInput,
    RegisterGroupInput,
)
from backend.workflow.views import validated

_BEGAN, _MET, _STEP, _HOUR = timedelta(days=9), timedelta(days=7), timedelta(hours=2), timedelta(hours=1)
_MOST_TRIED, _PAIR = 60, 2
_UNDER_WAY = ("offer", "provider_accept", "agree", "start")
# How far each of these has come; what is waited for and what is under way or over stands in other cases.
_WAYS = (
    (),
    ("offer", "provider_accept"),
    ("offer", "provider_decline"),
    ("offer", "provider_accept", "agree"),
    ("offer", "provider_accept", "refuse"),
    ("offer", "cancel"),
    _UNDER_WAY,
    _UNDER_WAY,
)
_BY_PROVIDER = ("provider_accept", "provider_decline", "start")
_SAID: Mapping[str, Mapping[str, Any]] = {
    "provider_decline": {"reason_code": "no_room", "reason": "We could see them after the summer holidays."},
    "agree": {"agreed_by": "parent_and_child"},
    "refuse": {"refused_by": "child", "reason_code": "too_far", "reason": "Two buses each way, after school."},
    "cancel": {"reason_code": "another_service", "reason": "The school has found a place in its own group."},
    "start": {"planned_sessions": 10},
}
_GOAL = "Somebody to talk to who is not from school."
_OVER: tuple[Mapping[str, Any], ...] = (
    {
        "outcome": "attended",
        "mode": "school",
        "people": ["child"],
        "minutes": 50,
        "child_feedback": "I liked that we walked instead of sitting.",
        "text": "We walked round the field. They talked about their brother for the first time.",
    },
    {"outcome": "partly_attended", "mode": "school", "people": ["child"], "minutes": 20, "text": "Called to a lesson."},
    {"outcome": "cancelled_by_family", "mode": "school", "not_held_why": "child_ill", "not_held_text": "A bad cold."},
    {
        "outcome": "attended",
        "mode": "community",
        "people": ["child"],
        "minutes": 60,
        "concern": "worried",
        "concern_text": "They asked twice how late the library stays open, and did not want to go home.",
    },
)
_MOVED = {"moved_by": "family", "reason": "A hospital appointment."}
_TOGETHER = {"mode": "community", "worked_on": "Cooking together"}


def show_every_stage(company: Company) -> None:
    """Refer children of open cases on, each as far as one stage; nothing where that was done already."""
    if Intervention.objects.using(OWNER).filter(goal=_GOAL).exists():
        return
    cases = Case.objects.using(OWNER).filter(state__in=Case.WITH_PRACTITIONER).select_related("lead_agency")
    going_on: list[Intervention] = []
    ways = list(_WAYS)
    # Those known longest: what is shown began some days ago.
    for case in cases.order_by("opened_at", "id")[:_MOST_TRIED]:
        if not ways:
            break
        same = going_on[0].service_id if len(going_on) == 1 else None
        target = _come_so_far(company, case, ways[0], same)
        if target is not None:
            going_on += [target] if ways.pop(0) is _UNDER_WAY else []
    if len(going_on) == _PAIR:
        _meet(company, going_on)


def _come_so_far(company: Company, case: Case, way: tuple[str, ...], same: UUID | None) -> Intervention | None:
    """Take a service of a case as far as `way`, or return nothing where none fits or somebody may not."""
    worker = next((one for one in company.actors.values() if _works_on(one, case)), None)
    if worker is None:
        return None
    moments = _moments(clock.now() - _BEGAN, _STEP)
    try:
        with _at(next(moments), worker):
            service = _service(company, worker, case, same)
            if service is None:
                return None
            target = recommend(worker, case.id, {"service_id": service.id, "goal": _GOAL}, intervention_id=uuid7())
        for edge in way:
            who = _giver(company, target) if edge in _BY_PROVIDER else worker
            with _at(next(moments), who):
                target = _take(who, edge, target, _said(company, edge, case, target))
    except Refusal:
        # Somebody too close to this family, or a case that has moved on: another one is shown.
        return None
    return target


def _works_on(actor: Actor, case: Case) -> bool:
    return (actor.user_id, actor.agency_id) == (case.lead_practitioner_id, case.lead_agency_id)


def _service(company: Company, worker: Actor, case: Case, same: UUID | None) -> Service | None:
    age = age_of(Child.objects.filter(pk=case.child_id).first())
    there = Intervention.objects.filter(case_id=case.id, state__in=Intervention.OPEN).values("service_id")
    found = provided_services(worker).exclude(pk__in=there).exclude(agency_id=worker.agency_id)
    if same is not None:
        found = found.filter(pk=same)
    fits = [one for one in found if age is not None and takes(one, age) and people_of(company, _slug(one))]
    return fits[0] if fits else None


def _slug(service: Service) -> str:
    return service.agency.slug if service.agency else ""


def _giver(company: Company, target: Intervention) -> Actor:
    return people_of(company, _slug(target.service))[0]


def _said(company: Company, edge: str, case: Case, target: Intervention) -> dict[str, Any]:
    today = local(clock.now()).date().isoformat()
    days = {"agree": {"agreed_on": today}, "start": {"started_on": today}}
    if edge == "offer":
        return {**KNEW, **basis(case.lead_agency.kind, company.agencies[_slug(target.service)].kind)}
    return {**_SAID.get(edge, {}), **days.get(edge, {})}


def _take(who: Actor, edge: str, target: Intervention, raw: Mapping[str, Any]) -> Intervention:
    version = Intervention.objects.values_list("version", flat=True).get(pk=target.id)
    given = validated(INTERVENTION_INPUTS[edge], {**raw, "version": version})
    return intervention_machine.perform(who, edge, target.id, version=given.pop("version"), given=given)


def _meet(company: Company, targets: list[Intervention]) -> None:
    """The first child's sessions one by one, a moved one and one together with the other child, and one ahead."""
    first, giver = targets[0], _giver(company, targets[0])
    moments = _moments(clock.now() - _MET, timedelta(days=1))
    for said in _OVER:
        with _at(next(moments), giver):
            add_session(giver, first.id, validated(AddSessionInput, said), session_id=uuid7())
    with _at(next(moments), giver):
        plan = {"planned_at": (clock.now() + timedelta(days=9)).isoformat(), "mode": "school"}
        session = plan_session(giver, first.id, validated(PlanSessionInput, plan), session_id=uuid7())
        _move(giver, session)
    _together(giver, targets, next(moments), keep=True)
    _together(giver, targets, clock.now() - _HOUR, keep=False)


def _move(giver: Actor, session: Session) -> None:
    later = {**_MOVED, "planned_at": (clock.now() + timedelta(days=11)).isoformat(), "version": session.version}
    given = validated(SESSION_INPUTS["move"], later)
    session_machine.perform(giver, "move", session.id, version=given.pop("version"), given=given)


def _together(giver: Actor, targets: list[Intervention], at: datetime, *, keep: bool) -> None:
    """A group session, whose register is kept when it is over; else it is still to come."""
    key, starts = uuid7(), at + (_HOUR if keep else timedelta(days=6))
    plan = {**_TOGETHER, "planned_at": starts.isoformat(), "interventions": [str(one.id) for one in targets]}
    with _at(at, giver):
        sessions = plan_group(giver, validated(PlanGroupInput, plan), group_id=key)
    if not keep:
        return
    came = ({"outcome": "attended"}, {"outcome": "did_not_attend", "not_held_why": "not_known"})
    rows = [
        {**how, "session": str(session.id), "version": session.version}
        for how, session in zip(came, sessions, strict=True)
    ]
    with _at(starts + _HOUR, giver):
        register_group(giver, key, validated(RegisterGroupInput, {"rows": rows})["rows"])


@contextmanager
def _at(moment: datetime, who: Actor) -> Iterator[None]:
    with clock.at(moment), acting(who):
        yield


def _moments(first: datetime, step: timedelta) -> Iterator[datetime]:
    at = first
    while True:
        yield at
        at += step
