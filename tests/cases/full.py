"""A case of two years in which everything has happened that happens to a case, more than once."""

from datetime import timedelta

from backend.access.actors import Actor
from backend.agencies.roles import Role
from backend.cases.models import Case
from backend.core import clock
from backend.interventions.models import Intervention
from tests.actors import actor
from tests.casework import (
    action_of,
    allocated,
    assessment_of,
    case_of,
    concern_of,
    goal_of,
    member_of,
    note_of,
    relationship_of,
)
from tests.edges import take
from tests.factories import FRONT_DOOR, agency_id, linked_to, manager, officer, referral_in, teacher
from tests.interventions import made as providing

# What somebody writes after a visit: some hundred words.
VISIT = "We met at home. She showed her drawings and said that the walk to school is still the worst of the day. " * 6
WORRY = "On Tuesday and again on Friday he came home long after dark and would not say where he had been. " * 7
# Who refers in factories.linked_to.
LINKED = "larch-hill-academy"
WEEKS, GOALS, ACTIONS, PEOPLE = 104, 8, 10, 8


def full_case() -> tuple[Case, Actor]:
    """The case, and who works on it."""
    said = {"text": WORRY, "basis": "seen", "currency": "current"}
    words = {"worried_about": [said] * 4, "working_well": [said] * 3, "needs_to_happen": WORRY}
    referral = take("accept", referral_in("triage", **words).id, officer(), lead_agency=agency_id(FRONT_DOOR))
    worker = manager()
    case = allocated(case_of(referral), to=worker)
    linked_to(referral, to=case.id, **words)
    _written(case, worker)
    _planned(case, worker)
    _around(case, worker)
    return case, worker


def _written(case: Case, worker: Actor) -> None:
    for week in range(WEEKS):
        when = (clock.now() - timedelta(weeks=week, hours=1)).isoformat()
        note_of(case, worker, kind="home_visit", child_seen="alone", people=["parent"], text=VISIT, happened_at=when)
    take("record_agreement", case.id, worker, noun="case", agreed_on=clock.now().date().isoformat())
    begun = assessment_of(case, worker, needs=VISIT, strengths=VISIT, child_words=VISIT, analysis=VISIT)
    take("complete", begun.id, worker, noun="assessment")


def _planned(case: Case, worker: Actor) -> None:
    goals = [goal_of(case, worker, words=f"{number}. Walk to school without being afraid.") for number in range(GOALS)]
    for _number in range(3):
        target = providing.intervention_in(Intervention.STARTED, case, worker)
        providing.ahead(target, providing.mentor())
    helpers = [teacher(), actor(LINKED, Role.PRACTITIONER), providing.mentor()]
    for number in range(ACTIONS):
        owner = helpers[number % len(helpers)]
        action_of(case, worker, owner, goal=str(goals[number % GOALS].id), text=f"{number}. Walk with her on Mondays.")
    for one in helpers:
        member_of(case, worker, one)


def _around(case: Case, worker: Actor) -> None:
    for number in range(PEOPLE):
        relationship_of(case, worker, name=f"Femi Example the {number + 1}th")
    concern_of(case, worker)
