"""How the city's services are taken up within a case: asked, agreed, waited for, given in sessions, and ended."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from backend.core import clock
from backend.core.ids import uuid7
from backend.deadlines.calendar import at_local, local
from backend.demonstration import material
from backend.demonstration.directory import provided_services
from backend.demonstration.staff import Seat
from backend.demonstration.stage import Scene
from backend.demonstration.verbs_moving import case_id
from backend.directory.models import Service
from backend.interventions.commands import intervention_machine, recommend
from backend.interventions.commands.sessions import add_session, plan_session
from backend.interventions.models import Intervention
from backend.interventions.queries.goals import goals_to_tie
from backend.interventions.serializers.inputs import INTERVENTION_INPUTS
from backend.interventions.serializers.session_inputs import AddSessionInput, PlanSessionInput
from backend.sharing.rules import fitting
from backend.workflow.views import validated

_OUTCOMES = ("attended", "attended", "attended", "partly_attended", "did_not_attend", "cancelled_by_family")
# Why, one time and the next.
_NOT_HELD = {
    "did_not_attend": ("forgot", "not_known"),
    "cancelled_by_family": ("child_ill", "other_plans"),
}
# How far a service has come whose case goes on: most are under way, some wait.
_AS_FAR_AS = ("offer", "waitlist", "start", "start", "start", "start")
# What the family knew when the service was asked: mostly all of it, now and then not yet.
KNEW = {"child_told": "yes", "parent_told": "yes", "family_agreed": "given"}
_NOT_YET = {"child_told": "not_yet", "parent_told": "yes", "family_agreed": "given", "not_told_why": "other"}
_FAMILY = (KNEW, KNEW, KNEW, _NOT_YET)
_WEEK = timedelta(days=7)
_MOST_SESSIONS, _PLANNED = 8, 12
_BEFORE_THE_NEXT = timedelta(minutes=30)
# When school is over, whatever the hour at which the city is made.
_AFTER_SCHOOL = time(15, 45)


def serve(scene: Scene) -> None:
    """A service helps from now until the next step; if that one closes the case, the service has ended before it."""
    worker = scene.part("worker")
    actor = scene.becomes(worker)
    service = _service(scene, list(provided_services(actor)))
    if service is None:
        return
    ends = "close" in scene.verbs
    # Where the next step comes at once, everything of this one happens now.
    last = max(min(scene.next_at or scene.now, scene.now) - _BEFORE_THE_NEXT, clock.now())
    moments = _moments(clock.now(), last)
    with clock.at(next(moments)):
        goal = scene.words(material.texts()["agreements"])
        target = recommend(actor, case_id(scene), {"service_id": service.id, "goal": goal}, intervention_id=uuid7())
        target = _tie(scene, worker, target)
    far = "start" if ends else scene.random.choice(_AS_FAR_AS)
    for edge, seat, given in _steps(scene, worker, _provider(scene, service), far):
        with clock.at(next(moments)):
            target = _take(scene, seat, edge, target, **_days(edge), **given)
    if far == "start":
        _sessions(scene, target, _provider(scene, service), last)
        if ends:
            _end(scene, target, _provider(scene, service), last)


def _tie(scene: Scene, worker: Seat, target: Intervention) -> Intervention:
    """Where there is a plan already, the service works towards its first goal."""
    goals = [str(pk) for pk in goals_to_tie(target).values_list("id", flat=True)[:1]]
    return _take(scene, worker, "tie_goals", target, goals=goals) if goals else target


def _steps(scene: Scene, worker: Seat, provider: Seat, far: str) -> Iterator[tuple[str, Seat, dict[str, Any]]]:
    kinds = scene.kind(worker.agency), scene.kind(provider.agency)
    yield "offer", worker, {**scene.random.choice(_FAMILY), **basis(*kinds)}
    if far == "offer":
        return
    yield "provider_accept", provider, {}
    yield "agree", worker, {"agreed_by": "parent_and_child"}
    if far == "waitlist":
        yield "waitlist", provider, {}
    else:
        yield "start", provider, {"planned_sessions": _PLANNED}


def _sessions(scene: Scene, target: Intervention, provider: Seat, last: datetime) -> None:
    """One a week until the next step, and one ahead while it goes on."""
    at, number = _afternoon(clock.now() + _WEEK), 0
    while at < last - _BEFORE_THE_NEXT and number < _MOST_SESSIONS:
        with clock.at(at):
            actor = scene.becomes(provider)
            values = {
                "outcome": scene.random.choice(_OUTCOMES),
                "mode": scene.random.choice(("school", "community")),
                "goals": [str(goal) for goal in target.goals],
            }
            if values["outcome"] in _NOT_HELD:
                values["not_held_why"] = _NOT_HELD[values["outcome"]][number % 2]
            add_session(actor, target.id, validated(AddSessionInput, values), session_id=uuid7())
        at, number = at + _WEEK, number + 1
    if "close" not in scene.verbs:
        with clock.at(last):
            actor = scene.becomes(provider)
            day = _afternoon(scene.now + timedelta(days=scene.random.randint(1, 9)))
            values = {"planned_at": day.isoformat(), "mode": "school"}
            plan_session(actor, target.id, validated(PlanSessionInput, values), session_id=uuid7())


def _afternoon(moment: datetime) -> datetime:
    return at_local(local(moment).date(), _AFTER_SCHOOL)


def _end(scene: Scene, target: Intervention, provider: Seat, last: datetime) -> None:
    outcome = scene.words(material.texts()["goes_on"])
    early = scene.random.random() < 0.25
    edge, more = ("end_early", {"reason_code": "family_stopped"}) if early else ("complete", {})
    with clock.at(last):
        _take(scene, provider, edge, target, outcome=outcome, **more)


def _take(scene: Scene, seat: Seat, edge: str, target: Intervention, **raw: Any) -> Intervention:
    done: Intervention = scene.edge(seat, intervention_machine, edge, target.id, INTERVENTION_INPUTS[edge], **raw)
    return done


def _days(edge: str) -> dict[str, str]:
    today = local(clock.now()).date().isoformat()
    return {"agree": {"agreed_on": today}, "start": {"started_on": today}}.get(edge, {})


def _moments(first: datetime, last: datetime) -> Iterator[datetime]:
    """A few hours between one step and the next, less where there is little time."""
    step = min(timedelta(hours=20), max((last - first) / 12, timedelta(minutes=1)))
    at = first + timedelta(minutes=5)
    while True:
        yield min(at, last) if last > first else first
        at += step


def _service(scene: Scene, services: list[Service]) -> Service | None:
    """One for the child's age whose agency has somebody who could give it."""
    age = scene.child.age_on(local(clock.now()).date()) if scene.child.born_on else None
    fits = [one for one in services if age is not None and takes(one, age) and _seats(scene, one)]
    return scene.random.choice(fits) if fits else None


def takes(service: Service, age: int) -> bool:
    """Say whether a service is for children of an age."""
    above = service.min_age is None or service.min_age <= age
    return above and (service.max_age is None or age <= service.max_age)


def _seats(scene: Scene, service: Service) -> list[Seat]:
    slug = service.agency.slug if service.agency else ""
    return [seat for seat in scene.company.actors if seat.agency == slug and seat.role in ("practitioner", "manager")]


def _provider(scene: Scene, service: Service) -> Seat:
    return _seats(scene, service)[0]


def basis(sender: str, recipient: str) -> dict[str, str]:
    """The first of each list that both kinds of agency may use, as somebody who knows them chooses."""
    return {
        "article6": fitting(sender, recipient, name="share_basis_article6")[0].code,
        "condition": fitting(sender, recipient, name="share_conditions")[0].code,
        "power": fitting(sender, recipient, name="share_powers")[0].code,
    }
