"""A case that another agency leads by now and has not allocated: who worked on it goes on, and nothing is lost."""

from datetime import timedelta
from typing import Any

import pytest

from backend.cases.models import Case
from backend.core import clock
from backend.core.errors import Conflict
from backend.deadlines.calendar import in_words
from backend.deadlines.jobs import expire
from backend.deadlines.models import Deadline
from backend.sharing.models import Agreement
from tests import casework, edges
from tests.actors import browser_of
from tests.cases.conftest import World
from tests.cases.planning import ahead, planned
from tests.cases.test_edges import take
from tests.cases.test_putting_scores_right import SCALES
from tests.cases.working import assessing, given_for, machine_state, today, visited, work
from tests.clocks import clocks
from tests.worker import worker_login

committed = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def taken_over(world: World, case: Case) -> Case:
    """The case as youth justice has accepted it: nobody there is chosen yet."""
    take(world, "accept", world.proposed(case))
    return stored(case)


def stored(case: Case) -> Case:
    return Case.objects.using("owner").select_related("lead_agency").get(pk=case.id)


def chosen_by(case: Case) -> str:
    """When its lead practitioner is chosen by, in words."""
    found = Deadline.objects.using("owner").filter(root_id=case.id, kind="allocate")
    return in_words(next(one.due_at for one in found if one.is_running))


def offered(who: Any, path: str) -> set[str]:
    return {one["name"] for one in browser_of(who).get(path).json()["options"]}


@committed
def test_who_worked_on_it_scores_does_actions_and_records_meetings(world: World) -> None:
    case = planned(world)
    asked = casework.action_of(case, world.worker, world.worker)
    case = taken_over(world, case)
    browser = browser_of(world.worker)
    page = browser.get(f"cases/{case.id}/goals/").json()
    row = {"goal": page["goals"][0]["id"], "score": 7, "given_by": "child"}
    scored = browser.post(f"cases/{case.id}/goals/score/", {"version": page["version"], "rows": [row]})
    assert scored.status_code == 200, scored.content
    meeting = {
        "kind": "family_meeting",
        "held_on": today().isoformat(),
        "people": ["parent"],
        "child_view": "I like the club.",
        "what_changed": "How the week went.",
    }
    met = browser.post(f"cases/{case.id}/meetings/", meeting)
    assert met.status_code == 201, met.content
    wrong = {**meeting, "child_view": "", "version": 1, "reason": "Her brother said it."}
    assert browser.post(f"meetings/{met.json()['id']}/correct/", wrong).status_code == 200
    sheet = {"measure": "sdq_parent", "stage": "review", "taken_on": today().isoformat(), **SCALES}
    counted = browser.post(f"cases/{case.id}/scores/", sheet)
    assert counted.status_code == 201, counted.content
    assert edges.take("complete", asked.id, world.worker, noun="action").state == "done"
    assert edges.take("undo", asked.id, world.worker, noun="action").state == "open"
    assert offered(world.worker, f"cases/{case.id}/plan/") == {"record_meeting"}
    assert browser.get(f"cases/{case.id}/outcomes/").json()["options"], "a questionnaire is offered"
    # Whoever leads may, too; who managed it before reads it no more.
    assert offered(world.youth_justice_manager, f"cases/{case.id}/plan/") == {"record_meeting"}
    assert browser_of(world.manager).get(f"cases/{case.id}/plan/").status_code == 404


@committed
def test_a_no_counts_at_once_and_whoever_leads_now_decides_what_follows(world: World) -> None:
    case = taken_over(world, assessing(world))
    work(world, "withdraw_agreement", case)
    assert machine_state(world_of(world), case) == Case.UNALLOCATED
    decide = Deadline.objects.using("owner").get(root_id=case.id, kind="agreement_withdrawn")
    assert decide.owner_agency_id == world.youth_justice_manager.agency_id
    work(world, "renew_agreement", case)
    work(world, "withdraw_agreement", case)
    said = Agreement.objects.using("owner").filter(root_id=case.id).order_by("id").values_list("state", flat=True)
    assert list(said) == ["given", "withdrawn", "given", "withdrawn"]
    for edge in ("go_on_otherwise", "close", "propose_transfer", "transfer_out"):
        with pytest.raises(Conflict) as refused:
            work(world, edge, case, by=world.worker, **to_brightwater(world, edge))
        assert "Youth Justice Service leads this case now, so its managers decide this" in refused.value.reasons[0]
    work(world, "go_on_otherwise", case, by=world.youth_justice_manager)
    assert clocks(case.id, using="owner")["agreement_withdrawn"] == "met"


def to_brightwater(world: World, edge: str) -> dict[str, Any]:
    return {"to_agency_id": str(world.stranger.agency_id)} if edge == "propose_transfer" else {}


def world_of(world: World) -> World:
    """The world as the new lead's manager sees it."""
    seen = World()
    seen.manager = world.youth_justice_manager
    return seen


@committed
def test_a_first_no_counts_too(world: World) -> None:
    case = world.allocated()
    visited(world, case)
    case = taken_over(world, case)
    work(world, "record_refusal", case)
    assert clocks(case.id, using="owner")["agreement_withdrawn"] == "running"


@committed
@pytest.mark.parametrize("edge", ["agree_plan", "hold_review", "pause", "reallocate", "record_agreement"])
def test_what_waits_for_the_next_lead_practitioner_says_so_and_by_when(world: World, edge: str) -> None:
    case = taken_over(world, assessing(world))
    who = world.youth_justice_manager if edge == "reallocate" else world.worker
    with pytest.raises(Conflict) as refused:
        work(world, edge, case, by=who)
    assert refused.value.code == "wrong_state"
    waits = f"waits for the lead practitioner whom its managers choose by {chosen_by(case)}."
    assert waits in refused.value.reasons[0]


@committed
@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("goals/", {"words": "Sleep at night.", "whose": "child"}),
        ("actions/", {"text": "Ring the club.", "due_on": "2100-01-01"}),
        ("assessments/", {}),
    ],
)
def test_nothing_new_is_begun_meanwhile(world: World, path: str, body: dict[str, Any]) -> None:
    case = taken_over(world, planned(world))
    if path == "actions/":
        body = {**body, "owner": str(world.worker.membership_id), "not_for_family": False}
    answer = browser_of(world.worker).post(f"cases/{case.id}/{path}", body)
    assert answer.status_code == 409, answer.content
    assert f"choose by {chosen_by(case)}" in answer.content.decode()


def test_before_anybody_worked_on_a_case_nobody_scores_or_records_what_a_family_said(world: World) -> None:
    case_id = world.opened(led_by="city-early-help").id
    assert offered(world.manager, f"cases/{case_id}/plan/") == set()
    assert not offered(world.manager, f"cases/{case_id}/") & {"withdraw_agreement", "go_on_otherwise", "resume"}


# --- Clocks that run out meanwhile -----------------------------------------------------------------------------------


@committed
def test_the_day_to_look_again_comes_also_while_it_waits_and_the_work_then_goes_on_where_it_was(world: World) -> None:
    case = taken_over(world, work(world, "pause", planned(world), **given_for("pause")))
    with worker_login(), clock.at(clock.now() + timedelta(weeks=3)):
        expire()
        expire()
    case = stored(case)
    assert (case.state, case.state_before, case.paused_from) == (Case.UNALLOCATED, Case.ACTIVE, "")
    assert (case.next_action, case.look_again_on) == ("Allocate a lead practitioner", None)
    assert {kind: clocks(case.id, using="owner")[kind] for kind in ("look_again", "drift")} == {
        "look_again": "met_late",
        "drift": "running",
    }
    case = world.allocate(case.id, world.youth_justice_manager, world.youth_justice_worker)
    assert case.state == Case.ACTIVE
    assert work(world, "hold_review", case, by=world.youth_justice_worker, **held(world, case)).state == Case.ACTIVE


def held(world: World, case: Case) -> dict[str, Any]:
    body = browser_of(world.youth_justice_worker).get(f"cases/{case.id}/plan/").json()
    for goal in body["goals"]:
        edges.take("score", goal["id"], world.youth_justice_worker, noun="goal", score=6)
    return {**ahead(), "held_on": today().isoformat(), "child_view": "It is better with Rosa."}


@committed
def test_who_worked_on_it_ends_the_pause_before_its_day_and_the_case_still_waits(world: World) -> None:
    case = taken_over(world, work(world, "pause", assessing(world)))
    case = work(world, "resume", case)
    assert (case.state, case.state_before) == (Case.UNALLOCATED, Case.ASSESSING)
    assert clocks(case.id, using="owner")["look_again"] == "met"
