"""Another area that does not answer: those who lead are told, a day later the front door; it is listed meanwhile."""

from datetime import timedelta
from typing import Any

import pytest

from backend.access.binding import acting
from backend.audit.models import Event
from backend.cases.models import Case, Note
from backend.core import clock
from backend.deadlines.jobs import expire
from backend.notifications.models import Outbox
from backend.sharing.models import Disclosure
from tests.actors import browser_of
from tests.cases.conftest import World
from tests.cases.test_moving_away import ASKED, RECEIVER, asked
from tests.cases.working import given_for, now, work
from tests.clocks import clocks
from tests.edges import good_input
from tests.worker import worker_login

committed = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
HANDOVER = {**ASKED, "open_actions": "Visit on Friday.", "who_to_speak_to": "Ms Malik, 0121 496 0000"}
LIST = "exceptions/list/?kind=moving_unanswered"


def told(case: Case) -> list[tuple[str, Any]]:
    """Who was told that nobody answers, in order."""
    rows = Outbox.objects.using("owner").filter(root_id=case.id, urgent=True).order_by("id")
    return [(row.message, row.audience) for row in rows if row.message.startswith("case_out")]


def run_out(days: int) -> None:
    """Let the worker do what follows `days` from now."""
    with clock.at(clock.now() + timedelta(days=days)), worker_login():
        expire()
        assert expire() == 0


@committed
def test_the_lead_managers_are_told_first_and_the_front_door_a_working_day_later(world: World) -> None:
    case = asked(world)
    lead = {"agency_id": str(world.manager.agency_id), "roles": ["manager"], "child_id": str(case.child_id)}
    front_door = {"agency_id": str(world.front_door_manager.agency_id), "roles": ["manager"]}
    run_out(7)
    assert told(case) == [("case_out_unanswered", lead)]
    assert clocks(case.id, using="owner")["transfer_out_follow_up"] == "running"
    (row,) = browser_of(world.manager).get(LIST).json()["results"]
    assert row["reference"] == case.reference
    run_out(14)
    # Both clocks have run out by now, whichever of the two the worker looks at first.
    first, *later = told(case)
    assert first == ("case_out_unanswered", lead)
    assert dict(later) == {"case_out_unanswered": lead, "case_out_escalated": front_door}
    with acting(world.manager):
        verbs = set(Event.objects.filter(root_id=case.id).values_list("verb", flat=True))
    assert {"case.chase_transfer_out", "case.escalate_transfer_out"} <= verbs
    assert now(world, case).state == Case.ENGAGING
    assert browser_of(world.front_door_manager).get(f"cases/{case.id}/").status_code == 404


@committed
@pytest.mark.parametrize("edge", ["confirm_transfer_out", "end_transfer_out"])
def test_their_answer_stops_both_clocks_and_takes_it_off_the_list(world: World, edge: str) -> None:
    case = asked(world)
    run_out(7)
    work(world, edge, now(world, case))
    found = clocks(case.id, using="owner")
    assert {found["transfer_out_answer"], found["transfer_out_follow_up"]} <= {"met", "met_late"}
    assert browser_of(world.manager).get(LIST).json()["results"] == []
    before = told(case)
    run_out(20)
    assert told(case) == before


def test_the_handover_has_four_parts_and_is_kept(world: World) -> None:
    case = work(world, "transfer_out", world.allocated(), **HANDOVER)
    with acting(world.worker):
        text = Note.objects.get(root_id=case.id, is_pinned=True).text
    for part in ("What matters now: School", "Open actions: Visit", "Risks: None", "Who to speak to first: Ms Malik"):
        assert part in text


@pytest.mark.parametrize("part", ["contact", "who_to_speak_to", "open_actions", "risks", "what_matters"])
def test_it_is_not_asked_without_a_named_person_or_a_part_of_the_handover(world: World, part: str) -> None:
    case = world.allocated()
    body = {**good_input("case", "transfer_out", **given_for("transfer_out"), **HANDOVER), part: " "}
    answer = browser_of(world.worker).post(f"cases/{case.id}/transfer-out/", {**body, "version": case.version})
    assert (answer.status_code, list(answer.json()["fields"])) == (400, [part])


def test_what_they_are_sent_is_shown_before_and_nothing_is_done_for_it(world: World) -> None:
    case = world.allocated()
    body = {**good_input("case", "transfer_out", **given_for("transfer_out"), **HANDOVER), "version": case.version}
    answer = browser_of(world.worker).post(f"cases/{case.id}/transfer-out/preview/", body)
    assert answer.status_code == 200, answer.content
    (shown,) = answer.json()["agencies"]
    assert (shown["agency"], shown["who"]) == (f"{RECEIVER}, Coventry", ASKED["contact"])
    handover, child = shown["sections"][:2]
    assert [one["label"] for one in handover["answers"]] == [
        "What matters now",
        "Open actions",
        "Risks",
        "Who to speak to first",
    ]
    assert "Amina" in str(child)
    assert now(world, case).out_asked_at is None
    with acting(world.worker):
        assert not Disclosure.objects.filter(root_id=case.id).exists()
        assert not Note.objects.filter(root_id=case.id).exists()
