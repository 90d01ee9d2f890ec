"""The records that edges are taken of, each brought where it has to be by the real edges."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from backend.access.binding import acting
from backend.access.relations import Relation
from backend.agencies.roles import Role
from backend.cases.commands import open_or_join
from backend.cases.commands.notes import write_note
from backend.cases.models import Case, Goal
from backend.children.models import Child
from backend.core import clock
from backend.core.ids import uuid7
from backend.referrals.models import Referral
from tests import casework, factories
from tests.actors import actor, browser_of
from tests.api.costs.row import LEAD, WORKER, Record
from tests.cases.working import given_for
from tests.directory import entries
from tests.edges import take
from tests.factories import manager, officer, questions, referral_in, second_manager
from tests.referrals import callers
from tests.world import World


def in_state(state: str) -> Record:
    """A referral in a state."""
    return lambda world: world.states()[state]


def kept(name: str) -> Record:
    """A record that the world keeps by name."""
    return lambda world: world.records[name]


# --- Referrals -------------------------------------------------------------------------------------------------------


def about_a_known_child(_world: World) -> UUID:
    """A referral in triage about a child of whom another referral is open."""
    same = {"child_given_name": "Zsofia", "child_nhs_number": "9990000026", "child_upn": None}
    factories.submitted(actor("larch-hill-academy", Role.PRACTITIONER), **same)
    second = factories.submitted(**same)
    return take("start_triage", second.id, officer()).id


def called(_world: World) -> UUID:
    """A call by somebody without an account, in triage."""
    return callers.called().id


def with_a_link(_world: World) -> UUID:
    """One whose caller got a link to the status."""
    return take("give_status_link", callers.called().id, officer()).id


def asked_of_three(_world: World) -> UUID:
    """A referral in triage whose three questions are still open."""
    referral = referral_in(Referral.TRIAGE)
    asked = questions("school-nursing", "brightwater", "youth-justice")
    take("request_information", referral.id, officer(), **asked)
    return take("resume_triage", referral.id, officer()).id


def answered_disagreement(world: World) -> UUID:
    """A disagreement whose answer waits to be accepted or taken further."""
    pk = world.records["disagreement"]
    return take("answer", pk, world.who(Relation.ANSWERING, Role.MANAGER), noun="disagreement").id


# --- Cases -----------------------------------------------------------------------------------------------------------


def unallocated(_world: World) -> UUID:
    """A case that waits for a lead practitioner."""
    with acting(manager()):
        return Case.objects.filter(lead_agency_id=manager().agency_id, state=Case.UNALLOCATED)[0].id


def allocated(world: World) -> UUID:
    """One whose lead practitioner is the manager who takes its edges here."""
    worker = {"lead_practitioner_id": str(manager().user_id)}
    return take("allocate", unallocated(world), manager(), noun="case", **worker).id


def after(edge: str, before: Record, **given: Any) -> Record:
    """A case after one more edge, taken by the manager of the agency that leads it."""
    return lambda world: take(edge, before(world), manager(), noun="case", **{**given_for(edge), **given}).id


def pinned(world: World) -> UUID:
    """A note that is on top of the others."""
    return take("pin", world.records["note"], WORKER(world), noun="note").id


def naming(world: World) -> UUID:
    """A note by the manager of the agency that leads the case, which names somebody who works on it."""
    who, by = WORKER(world), LEAD(world)
    with acting(by):
        case = Case.objects.get(pk=world.records["case"])
    return casework.note_of(case, by, named=[str(who.membership_id)]).id


def just_done(edge: str, noun: str, **given: Any) -> Record:
    """A goal or an action to which somebody who works on the case has just done something."""
    return lambda world: take(edge, world.records[noun], WORKER(world), noun=noun, **given).id


def done_here(world: World) -> UUID:
    """An action that the agency which leads the case has done."""
    who = WORKER(world)
    with acting(who):
        case = Case.objects.get(pk=world.records["case"])
    return take("complete", casework.action_of(case, who, who).id, who, noun="action").id


def visited(world: World) -> UUID:
    """A case whose family was met."""
    pk = allocated(world)
    given = {
        "kind": "home_visit",
        "happened_at": clock.now() - timedelta(hours=1),
        "people": ["parent"],
        "child_seen": "with_others",
        "text": "She showed her drawings.",
        "meant_for": [],
        "next_action": "",
        "next_action_on": None,
    }
    with acting(manager()):
        write_note(manager(), pk, given, note_id=uuid7())
    return pk


assessing = after("record_agreement", visited)
withdrawn = after("withdraw_agreement", assessing)
ENDING = {"goes_on": "Her school keeps an eye on her."}
closed = after("close", assessing, **ENDING)


def found_out(world: World) -> UUID:
    """A case with a complete assessment, a goal that was scored and two actions: its plan can be agreed."""
    pk = assessing(world)
    with acting(manager()):
        case = Case.objects.get(pk=pk)
    take("complete", casework.assessment_of(case, manager()).id, manager(), noun="assessment")
    casework.goal_of(case, manager())
    for owner in (manager(), factories.teacher()):
        casework.action_of(case, manager(), owner)
    return pk


def scored_again(world: World) -> UUID:
    """A case whose plan was agreed, and whose goal has been scored since: it can be reviewed."""
    pk = found_out(world)
    take("agree_plan", pk, manager(), noun="case", **given_for("agree_plan"))
    with acting(manager()):
        goal = Goal.objects.get(root_id=pk)
    take("score", goal.id, manager(), noun="goal", score=6)
    return pk


def ending_asked(world: World) -> UUID:
    """A case that somebody asked to close though a risk is unresolved: its question to a second person."""
    pk = assessing(world)
    take("close", pk, manager(), noun="case", **{**given_for("close"), **ENDING, "risk_remains": True})
    return factories.open_confirmation(pk, second_manager()).id


def death_asked(world: World) -> UUID:
    """A case of a child who has died, as one manager says: their question to a second one."""
    pk = allocated(world)
    take("record_death", pk, manager(), noun="case", died_on="2026-01-05")
    return factories.open_confirmation(pk, second_manager()).id


def child_died(world: World) -> UUID:
    """The same case once the second one has agreed."""
    question = death_asked(world)
    answer = browser_of(second_manager()).post(f"confirmations/{question}/confirm/", {"version": 1})
    assert answer.status_code == 200, answer.content
    with acting(manager()):
        return Case.objects.exclude(died_from="").latest("closed_at").id


# --- Services --------------------------------------------------------------------------------------------------------


def service(_world: World) -> UUID:
    """An entry of the directory."""
    return entries.service().id


def service_with_room(_world: World) -> UUID:
    """One that said how much room it has."""
    return entries.with_capacity(entries.service()).id


def paused_service(world: World) -> UUID:
    """One that takes nobody for the time being."""
    return take("pause", service(world), entries.keeper(), noun="service").id


# --- Two records of one child ----------------------------------------------------------------------------------------


def the_likely(_world: World, pk: UUID) -> dict[str, Any]:
    """The child who is most likely the one of a referral."""
    found = browser_of(manager()).get(f"referrals/{pk}/likely-children/").json()["results"]
    return {"child": found[0]["id"]}


def merge_proposed(world: World) -> UUID:
    """A referral whose child somebody asked to join to another record."""
    pk = about_a_known_child(world)
    browser = browser_of(officer())
    body = {"version": version(browser, f"referrals/{pk}/"), "reason": "One child.", **the_likely(world, pk)}
    assert browser.post(f"referrals/{pk}/merge-child/", body).status_code == 200
    return pk


def leads_asked(world: World) -> UUID:
    """The question which of two open cases goes on, of a referral's child and of one who may be the same."""
    return UUID(_of_two_cases(world)["choice"]["id"])


def question_about_two_cases(world: World) -> UUID:
    """The question to a second person about joining two records whose cases' lead has said which goes on."""
    found, browser = _of_two_cases(world), browser_of(manager())
    choice, referral = found["choice"], f"referrals/{found['id']}/"
    body = {"version": version(browser, f"case-choices/{choice['id']}/"), "goes_on": choice["cases"][0]["id"]}
    assert browser.post(f"case-choices/{choice['id']}/say/", body).status_code == 200
    asking = browser_of(officer())
    body = {"version": version(asking, referral), "reason": "One child.", **the_likely(world, found["id"])}
    answer = asking.post(f"{referral}merge-child/", body)
    assert answer.status_code == 200, answer.content
    return UUID(answer.json()["merge"]["confirmation"]["id"])


def _of_two_cases(world: World) -> Any:
    pk = about_a_known_child(world)
    likely = the_likely(world, pk)
    with acting(officer()):
        referral = Referral.objects.select_related("child", "holder").get(pk=pk)
        for child in (referral.child, Child.objects.get(pk=likely["child"])):
            open_or_join(officer(), child, holder=referral.holder, theme="violence_reduction", priority="amber")
    browser = browser_of(officer())
    body = {"version": version(browser, f"referrals/{pk}/"), **likely}
    answer = browser.post(f"referrals/{pk}/ask-leads/", body)
    assert answer.status_code == 200, answer.content
    return answer.json()


def _answered(answer: str, **given: Any) -> Record:
    def record(world: World) -> UUID:
        pk = merge_proposed(world)
        browser = browser_of(manager())
        waiting = browser.get(f"referrals/{pk}/matching/").json()["merge"]["confirmation"]
        found = browser.post(f"confirmations/{waiting['id']}/{answer}/", {"version": waiting["version"], **given})
        assert found.status_code == 200, found.content
        return pk

    return record


merged = _answered("confirm")
merge_refused = _answered("refuse", reason="No.")


def question_of(before: Record) -> Record:
    """The question to a second person about the two records of a referral's child."""

    def record(world: World) -> UUID:
        waiting = browser_of(manager()).get(f"referrals/{before(world)}/matching/").json()["merge"]["confirmation"]
        return UUID(waiting["id"])

    return record


def version(browser: Any, path: str) -> int:
    """The version of what stands at an address."""
    return int(browser.get(path).json()["version"])
