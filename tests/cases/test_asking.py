"""An agency of the team asks for the lead: one question at a time, answered by a transfer or with a reason, or late."""

import json
from datetime import timedelta
from typing import Any

import pytest

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.agencies.roles import AGENCY_ROLES, Role
from backend.cases.commands import lead_request_machine
from backend.cases.commands.going_on import go_on_all
from backend.cases.models import Case, LeadRequest, TeamMember, Transfer
from backend.cases.queries.team import places_of
from backend.core import clock
from backend.core.errors import Conflict, Forbidden, NotFound
from backend.deadlines.jobs import expire
from backend.notifications.models import Outbox
from tests import casework, factories
from tests.actors import browser_of
from tests.cases.conftest import PROPOSAL, World
from tests.cases.planning import found_out
from tests.cases.working import now, work
from tests.clocks import clocks
from tests.edges import take
from tests.worker import worker_login

committed = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
EDGES = {
    "refuse": ({"asked", "lapsed"}, {"refused"}),
    "withdraw": ({"asked", "lapsed"}, {"withdrawn"}),
    "answer_by_transfer": ({"asked", "lapsed"}, {"answered"}),
    "overtake": ({"asked", "lapsed"}, {"overtaken"}),
    "lapse": ({"asked"}, {"lapsed"}),
}


def member(world: World, case: Case, manager: Actor) -> TeamMember:
    """A manager on the team, of an agency that was asked to lead before and would not: so it is known to the case."""
    slug = "front-door" if manager == world.front_door_manager else "youth-justice"
    transfer = world.proposed(case, to=slug)
    take("decline", transfer.id, manager, noun="transfer")
    return casework.member_of(case, world.worker, manager)


def asked(world: World, case: Case | None = None, by: Actor | None = None) -> LeadRequest:
    """A request of the youth justice manager, who is on the team of a case of city early help."""
    case, by = case or found_out(world), by or world.youth_justice_manager
    return casework.lead_asked_for(member(world, case, by), by)


def state_of(request: LeadRequest) -> str:
    return LeadRequest.objects.using("owner").get(pk=request.id).state


def told(request: LeadRequest) -> dict[str, list[dict[str, Any]]]:
    rows = Outbox.objects.using("owner").filter(root_id=request.root_id, message__startswith="lead").order_by("id")
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row.message, []).append(row.audience)
    return found


def in_any_order(audiences: list[dict[str, Any]]) -> list[str]:
    return sorted(json.dumps(one, sort_keys=True) for one in audiences)


def test_the_machine_is_the_table() -> None:
    found = {
        name: (lead_request_machine.sources(name), lead_request_machine.targets(name))
        for name in lead_request_machine.edges
    }
    assert found == EDGES


@committed
def test_asking_tells_the_lead_and_says_by_when_the_answer_is_due(world: World) -> None:
    request = asked(world)
    assert clocks(request.id, using="owner") == {"lead_request_answer": "running"}
    managers = {"agency_id": str(world.manager.agency_id), "roles": ["manager"]}
    assert in_any_order(told(request)["lead_requested"]) == in_any_order(
        [managers, {"user_id": str(world.worker.user_id)}]
    )
    for reader, sees_case in ((world.manager, True), (world.worker, True), (world.youth_justice_manager, False)):
        shown = browser_of(reader).get(f"lead-requests/{request.id}/").json()
        assert (shown["state"], shown["due_at"] is not None, shown["case_url"] is not None) == (
            "asked",
            True,
            sees_case,
        ), reader
    assert browser_of(world.stranger).get(f"lead-requests/{request.id}/").status_code == 404
    shown = browser_of(world.manager).get(f"cases/{request.root_id}/").json()["lead_requests"]
    assert [one["id"] for one in shown] == [str(request.id)]


@committed
@pytest.mark.parametrize("who", ["manager", "worker"])
def test_it_stands_in_the_work_of_those_who_answer(world: World, who: str) -> None:
    request = asked(world)
    work_of = browser_of(getattr(world, who)).get("work/").json()
    lines = [one for part in ("overdue", "today", "soon") for one in work_of[part] if one["kind"] == "lead_request"]
    assert [(one["url"], one["reference"]) for one in lines] == [
        (f"/lead-requests/{request.id}", request.case_reference)
    ]
    assert not any(one["kind"] == "lead_request" for one in browser_of(world.other_worker).get("work/").json()["soon"])


@committed
def test_only_a_manager_on_the_team_asks_and_only_from_their_own_place(world: World) -> None:
    case = found_out(world)
    teachers = casework.member_of(case, world.worker, world.teacher)
    managers = member(world, case, world.youth_justice_manager)
    with pytest.raises(Forbidden):
        casework.lead_asked_for(teachers, world.teacher)
    with pytest.raises(Conflict, match="Only they themselves"):
        casework.lead_asked_for(teachers, world.youth_justice_manager)
    for outsider in (world.stranger, world.officer):
        with pytest.raises(NotFound):
            casework.lead_asked_for(managers, outsider)
    with pytest.raises(Forbidden):
        casework.lead_asked_for(managers, world.manager)


@committed
def test_an_agency_asks_once_at_a_time(world: World) -> None:
    request = asked(world)
    place = browser_of(world.youth_justice_manager).get("team-members/").json()["results"][0]["id"]
    browser = browser_of(world.youth_justice_manager)
    answer = browser.post(f"team-members/{place}/lead-requests/", {"why": "better_placed", "reason": "Again."})
    assert (answer.status_code, "asked to lead this case already" in answer.content.decode()) == (409, True)
    assert "request_lead" not in [one["name"] for one in browser.get(f"team-members/{place}/").json()["options"]]
    take("withdraw", request.id, world.youth_justice_manager, noun="lead_request")
    assert in_any_order(told(request)["lead_request_withdrawn"]) == in_any_order(told(request)["lead_requested"])
    answer = browser.post(f"team-members/{place}/lead-requests/", {"why": "better_placed", "reason": "Again."})
    assert answer.status_code == 201, answer.content


@committed
def test_the_lead_answers_by_proposing_the_transfer(world: World) -> None:
    request = asked(world)
    shown = browser_of(world.worker).get(f"lead-requests/{request.id}/").json()
    assert f"to_agency_id={request.agency_id}" in shown["propose_url"]
    take("propose_transfer", request.root_id, world.worker, noun="case", to_agency_id=str(request.agency_id))
    with acting(world.worker):
        transfer = Transfer.objects.get(case_id=request.root_id, state=Transfer.PROPOSED)
        found = LeadRequest.objects.get(pk=request.id)
    assert (found.state, found.transfer_id, found.answered_by_name) == ("answered", transfer.id, world.worker.name)
    assert clocks(request.id, using="owner") == {"lead_request_answer": "met"}
    assert browser_of(world.manager).get(f"cases/{request.root_id}/").json()["lead_requests"] == []


@committed
def test_a_transfer_to_somebody_else_leaves_it_open_until_the_lead_moves(world: World) -> None:
    request = asked(world, by=world.front_door_manager)
    to = str(world.youth_justice_manager.agency_id)
    work(world, "propose_transfer", now(world, Case(id=request.root_id)), **{**PROPOSAL, "to_agency_id": to})
    with worker_login():
        assert go_on_all() == 0
    assert state_of(request) == "asked"
    with acting(world.manager):
        transfer = Transfer.objects.get(case_id=request.root_id, state=Transfer.PROPOSED)
    take("accept", transfer.id, world.youth_justice_manager, noun="transfer")
    with worker_login():
        assert go_on_all() == 1
    assert state_of(request) == "overtaken"
    assert clocks(request.id, using="owner") == {"lead_request_answer": "stopped"}
    assert told(request)["lead_request_overtaken"] == [{"user_id": str(world.front_door_manager.user_id)}]


@committed
def test_it_ends_by_itself_when_the_case_closes(world: World) -> None:
    case = world.allocated()
    request = asked(world, case)
    work(world, "close", now(world, case), goes_on="Nobody needs to.")
    with worker_login():
        assert go_on_all() >= 1
    assert state_of(request) == "overtaken"


@committed
def test_a_refusal_tells_who_asked_why(world: World) -> None:
    request = asked(world)
    with pytest.raises(Forbidden):
        take("refuse", request.id, world.worker, noun="lead_request")
    given = {"reason_code": "family_wants_us", "reason": "She asked to stay with her worker."}
    take("refuse", request.id, world.manager, noun="lead_request", **given)
    shown = browser_of(world.youth_justice_manager).get(f"lead-requests/{request.id}/").json()
    assert (shown["state"], shown["reason_label"], shown["answer"], shown["answered_by"]) == (
        "refused",
        "The child or family wants to stay with us",
        "She asked to stay with her worker.",
        world.manager.name,
    )
    assert shown["place_url"].startswith("/team-members/")
    assert told(request)["lead_request_refused"] == [{"user_id": str(world.youth_justice_manager.user_id)}]
    message = Outbox.objects.using("owner").get(message="lead_request_refused")
    assert "She asked" not in str(message.fields)


@committed
def test_one_that_nobody_answers_is_late_stands_on_the_list_and_can_still_be_answered(world: World) -> None:
    request = asked(world)
    with clock.at(clock.now() + timedelta(days=7)):
        with worker_login():
            assert expire() >= 1
            assert expire() == 0
        assert state_of(request) == "lapsed"
        listed = browser_of(world.manager).get("exceptions/list/?kind=leads_asked_for").json()["results"]
        assert [one["url"] for one in listed] == [f"/lead-requests/{request.id}"]
        assert told(request)["lead_request_late"] == [{"user_id": str(world.youth_justice_manager.user_id)}]
        assert "lead_request_lapsed" in told(request)
        take("refuse", request.id, world.manager, noun="lead_request", reason="Not now.")
        assert browser_of(world.manager).get("exceptions/list/?kind=leads_asked_for").json()["results"] == []


@committed
def test_who_is_no_longer_on_the_team_reads_it_no_more_and_the_lead_still_answers(world: World) -> None:
    request = asked(world)
    with acting(world.youth_justice_manager):
        place = places_of(world.youth_justice_manager).get()
    take("end", place.id, world.worker, noun="team_member")
    assert browser_of(world.youth_justice_manager).get(f"lead-requests/{request.id}/").status_code == 404
    take("refuse", request.id, world.manager, noun="lead_request")
    assert state_of(request) == "refused"


@committed
@pytest.mark.parametrize("role", AGENCY_ROLES)
def test_colleagues_of_who_asked_do_not_see_it(world: World, role: Role) -> None:
    request = asked(world)
    colleague = factories.every_role_in("youth-justice")[role]
    assert browser_of(colleague).get(f"lead-requests/{request.id}/").status_code == 404
    with acting(colleague):
        assert not LeadRequest.objects.exists()
