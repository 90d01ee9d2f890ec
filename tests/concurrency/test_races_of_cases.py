"""Many at once on one case: whoever wins, one agency leads, one person is responsible, nothing is there twice."""

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.cases.models import Case, Transfer
from backend.core import clock
from backend.interventions.models import Intervention
from tests import casework
from tests.actors import browser_of
from tests.cases import working
from tests.cases.conftest import World
from tests.concurrency.racing import at_once, browsers_of, counted
from tests.edges import good_input
from tests.interventions import made

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

RACERS = 16
# Whoever comes second finds another version or state, or a record that is theirs no longer.
TOO_LATE = (403, 404, 409)
_LEADS = """SELECT count(*) FROM access_involvement WHERE root_id = %s AND relation = 'LEAD' AND ends_at IS NULL"""
_HAPPENED = "SELECT count(*) FROM audit_event WHERE root_id = %s AND verb = %s"


@pytest.fixture
def world() -> World:
    return World()


def case_now(case: Case) -> Case:
    """The case as everybody will find it."""
    return Case.objects.using("owner").get(pk=case.id)


def asked(noun: str, places: str, record: Any, edge: str, **given: Any) -> tuple[str, dict[str, Any]]:
    """The address and the body by which an edge of a record is taken."""
    body = {**good_input(noun, edge, **given), "version": record.version}
    return f"{places}/{record.id}/{edge.replace('_', '-')}/", body


def race(record: Any, who: Mapping[str, tuple[Actor, Mapping[str, Any]]], noun: str, places: str) -> dict[str, int]:
    """Let several take different edges of one record in the same instant; return what each was answered."""
    acts = []
    for edge, (actor, given) in who.items():
        path, body = asked(noun, places, record, edge, **given)
        browser = browser_of(actor)
        acts.append(lambda browser=browser, path=path, body=body: browser.post(path, body))
    return {edge: answer.status_code for edge, answer in zip(who, at_once(acts), strict=True)}


def leads_once(case_id: UUID) -> bool:
    return counted(_LEADS, case_id) == 1


def test_of_16_managers_who_allocate_at_once_one_wins_and_one_person_is_responsible(world: World) -> None:
    case = Case.objects.using("owner").get(pk=world.opened(led_by="city-early-help").id)
    people = [world.worker, world.other_worker] * (RACERS // 2)
    acts = []
    for browser, person in zip(browsers_of(world.manager, RACERS), people, strict=True):
        path, body = asked("case", "cases", case, "allocate", lead_practitioner_id=str(person.user_id))
        acts.append(lambda browser=browser, path=path, body=body: browser.post(path, body))
    statuses = Counter(answer.status_code for answer in at_once(acts))
    assert statuses == {200: 1, 409: RACERS - 1}
    assert case_now(case).lead_practitioner_id in {world.worker.user_id, world.other_worker.user_id}
    assert counted(_HAPPENED, case.id, "case.allocate") == 1
    assert leads_once(case.id)


def test_a_transfer_that_16_accept_at_once_moves_the_lead_once(world: World) -> None:
    transfer = world.proposed()
    path, body = asked("transfer", "transfers", transfer, "accept")
    browsers = browsers_of(world.youth_justice_manager, RACERS)
    answers = at_once([lambda browser=browser: browser.post(path, body) for browser in browsers])
    statuses = Counter(answer.status_code for answer in answers)
    assert statuses[200] == 1
    assert set(statuses) <= {200, *TOO_LATE}
    now = Case.objects.using("owner").get(pk=transfer.case_id)
    assert (now.lead_agency_id, now.state) == (world.youth_justice_manager.agency_id, Case.UNALLOCATED)
    assert leads_once(now.id)


@pytest.mark.parametrize("answer", ["accept", "decline"])
def test_whether_the_answer_or_the_withdrawal_is_first_one_agency_leads(world: World, answer: str) -> None:
    transfer = world.proposed()
    statuses = race(
        transfer, {answer: (world.youth_justice_manager, {}), "withdraw": (world.manager, {})}, "transfer", "transfers"
    )
    won = [edge for edge, status in statuses.items() if status == 200]
    assert len(won) == 1, statuses
    assert all(status in (200, *TOO_LATE) for status in statuses.values())
    moved = won == ["accept"]
    expected = world.youth_justice_manager if moved else world.manager
    now = Case.objects.using("owner").get(pk=transfer.case_id)
    assert now.lead_agency_id == expected.agency_id
    assert leads_once(now.id)
    ended = Transfer.objects.using("owner").get(pk=transfer.id).state
    assert ended == {"accept": "accepted", "decline": "declined", "withdraw": "withdrawn"}[won[0]]


def test_a_case_that_is_closed_paused_and_passed_on_at_once_does_one_of_them(world: World) -> None:
    case = working.now(world, working.assessing(world))
    offered = {"to_agency_id": str(world.youth_justice_manager.agency_id)}
    ends = {**working.given_for("close"), "goes_on": "Her school keeps an eye on her."}
    statuses = race(
        case,
        {
            "close": (world.worker, ends),
            "pause": (world.manager, working.given_for("pause")),
            "propose_transfer": (world.manager, offered),
        },
        "case",
        "cases",
    )
    assert Counter(statuses.values()) == {200: 1, 409: 2}, statuses
    assert leads_once(case.id)
    open_transfers = "SELECT count(*) FROM cases_transfer WHERE case_id = %s AND state = 'proposed'"
    is_open = case_now(case).state != Case.CLOSED
    assert counted(open_transfers, case.id) == (1 if statuses["propose_transfer"] == 200 else 0)
    assert is_open or counted(open_transfers, case.id) == 0, "nobody is asked to lead what has ended"


def test_notes_typed_while_the_lead_moves_are_each_kept_or_refused(world: World) -> None:
    """Sixteen write, one hands the case over: what was answered with 201 is there, the rest was told why not."""
    case = working.now(world, working.assessing(world))
    path, body = asked(
        "case", "cases", case, "propose_transfer", to_agency_id=str(world.youth_justice_manager.agency_id)
    )
    note = {
        "kind": "phone_call",
        "people": ["parent"],
        "child_seen": "not_seen",
        "text": "She rang back.",
    }
    writers = browsers_of(world.worker, RACERS)
    moving = browser_of(world.manager)
    answers = at_once(
        [
            lambda: moving.post(path, body),
            *(lambda writer=writer: writer.post(f"cases/{case.id}/notes/", note) for writer in writers),
        ]
    )
    written = [answer.status_code for answer in answers[1:]]
    assert set(written) <= {201, 409}, [answer.content for answer in answers[1:]]
    kept = counted("SELECT count(*) FROM cases_note WHERE root_id = %s AND text = 'She rang back.'", case.id)
    assert kept == written.count(201)
    assert leads_once(case.id)


def test_an_action_is_done_once_however_many_say_so(world: World) -> None:
    case = world.allocated()
    action = casework.action_of(case, world.worker, world.worker)
    path, body = asked("action", "actions", action, "complete")
    browsers = browsers_of(world.worker, RACERS)
    answers = at_once([lambda browser=browser: browser.post(path, body) for browser in browsers])
    assert Counter(answer.status_code for answer in answers) == {200: 1, 409: RACERS - 1}
    assert counted(_HAPPENED, case.id, "action.complete") == 1


def test_a_service_is_started_waitlisted_or_cancelled_but_only_one_of_them(world: World) -> None:
    agreed = made.intervention_in(Intervention.AGREED, world.allocated(), world.worker)
    with acting(made.mentor()):
        target = Intervention.objects.get(pk=agreed.id)
    statuses = race(
        target,
        {
            "start": (made.mentor(), made.given_for("start")),
            "waitlist": (made.mentor(), {}),
            "cancel": (world.worker, {}),
        },
        "intervention",
        "interventions",
    )
    assert min(statuses.values()) == 200, statuses
    assert list(statuses.values()).count(200) == 1, statuses
    assert all(status in (200, *TOO_LATE) for status in statuses.values())


def test_one_session_is_recorded_once_however_many_type_it(world: World) -> None:
    started = made.intervention_in(Intervention.STARTED, world.allocated(), world.worker)
    session = made.ahead(started, made.mentor())
    path, body = asked("session", "sessions", session, "record", outcome="attended")
    with clock.at(clock.now() + timedelta(days=4)):
        browsers = browsers_of(made.mentor(), RACERS)
        answers = at_once([lambda browser=browser: browser.post(path, body) for browser in browsers])
    codes = Counter(answer.status_code for answer in answers)
    assert codes == {200: 1, 409: RACERS - 1}, [answer.content for answer in answers][:3]
