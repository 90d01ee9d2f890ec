"""The lead of a case moves only when the receiver takes it, and nobody is without somebody responsible meanwhile."""

from datetime import timedelta

import pytest

from backend.access.binding import acting, acting_as_system
from backend.audit.models import Event
from backend.cases import queries
from backend.cases.commands import case_machine, transfer_machine
from backend.cases.commands.transfer_edges import lapse
from backend.cases.models import Case, Transfer
from backend.core import clock
from backend.core.errors import Forbidden
from backend.deadlines.jobs import expire
from backend.deadlines.models import Deadline
from backend.deadlines.queries import of_root
from backend.notifications.models import Outbox
from backend.sharing.models import Disclosure
from tests.cases.conftest import PROPOSAL, World
from tests.cases.test_edges import take
from tests.clocks import clocks
from tests.worker import worker_login

committed = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def case_now(transfer: Transfer) -> Case:
    return Case.objects.using("owner").select_related("lead_agency").get(pk=transfer.case_id)


def running(root_id: object) -> dict[str, object]:
    found = Deadline.objects.using("owner").filter(root_id=root_id)
    return {deadline.kind: deadline.owner_agency_id for deadline in found if deadline.is_running}


def messages() -> list[tuple[str, dict[str, object], bool]]:
    rows = Outbox.objects.using("owner").order_by("id")
    return [(row.message, row.audience, row.urgent) for row in rows if row.message.startswith(("transfer", "case_p"))]


def managers_of(agency_id: object) -> dict[str, object]:
    return {"agency_id": str(agency_id), "roles": ["manager"]}


def test_proposing_writes_the_handover_the_disclosure_and_a_clock_and_moves_nothing(world: World) -> None:
    transfer = world.proposed()
    with acting(world.manager):
        case = Case.objects.get(pk=transfer.case_id)
        assert (case.state, case.lead_agency_id) == (Case.ENGAGING, world.manager.agency_id)
        assert [deadline.kind for deadline in of_root(transfer.id)] == ["transfer_answer"]
        assert transfer.next_due_at == of_root(transfer.id)[0].due_at
        assert [share.to_agency_id for share in Disclosure.objects.filter(root_id=case.id)] == [transfer.to_agency_id]
        verbs = list(Event.objects.filter(root_id=case.id).order_by("id").values_list("verb", flat=True))
        assert verbs[-2:] == ["transfer.propose", "case.propose_transfer"]
    with acting(world.youth_justice_manager):
        assert queries.waiting_for(world.youth_justice_manager).get() == transfer
        assert not queries.visible_to(world.youth_justice_manager).filter(pk=transfer.case_id).exists()


@committed
def test_accepting_moves_the_lead_and_the_old_worker_stays_responsible_until_it_is_allocated(world: World) -> None:
    transfer = world.proposed()
    take(world, "accept", transfer)
    case = case_now(transfer)
    assert (case.state, case.state_before) == (Case.UNALLOCATED, Case.ENGAGING)
    assert case.lead_agency_id == world.youth_justice_manager.agency_id
    assert (case.lead_practitioner_id, case.practitioner_agency_id) == (world.worker.user_id, world.worker.agency_id)
    assert case.next_action == "Allocate a lead practitioner"
    assert set(running(case.id)) == {"allocate", "first_contact", "drift"}
    assert set(running(case.id).values()) == {case.lead_agency_id}
    assert clocks(transfer.id, using="owner") == {"transfer_answer": "met"}
    told = {message: audience for message, audience, _ in messages()}
    assert told["transfer_accepted"] == managers_of(world.manager.agency_id)
    assert told["transfer_accepted_worker"] == {"user_id": str(world.worker.user_id)}
    with acting(world.worker):
        assert queries.worked(world.worker).filter(pk=case.id).exists()
    with acting(world.manager):
        assert not queries.visible_to(world.manager).filter(pk=case.id).exists()
        assert queries.transfers_visible_to(world.manager).filter(pk=transfer.id).exists()

    world.allocate(case.id, world.youth_justice_manager, world.youth_justice_worker)
    case = case_now(transfer)
    assert case.state == Case.ENGAGING
    assert case.lead_practitioner_id == world.youth_justice_worker.user_id
    assert ("case_passed_on", {"user_id": str(world.worker.user_id)}, False) in messages()
    with acting(world.worker):
        assert queries.visible_to(world.worker).filter(pk=case.id).exists(), "reads on for ten working days"
        assert not queries.worked(world.worker).filter(pk=case.id).exists()
        with pytest.raises(Forbidden, match=r"\.$"):
            case_machine.perform(world.worker, "propose_transfer", case.id, version=case.version, given=PROPOSAL)
    with clock.at(clock.now() + timedelta(days=15)), acting(world.worker):
        assert not queries.visible_to(world.worker).filter(pk=case.id).exists()


@committed
def test_a_case_waiting_for_allocation_starts_its_days_anew_at_the_agency_that_takes_it(world: World) -> None:
    transfer = world.proposed_at_decision()
    with clock.at(clock.now() + timedelta(days=1)), acting(world.manager):
        transfer_machine.perform(world.manager, "accept", transfer.id, version=1, given={})
    case = case_now(transfer)
    assert case.lead_agency_id == world.manager.agency_id
    assert case.opened_as_id is None
    assert (case.lead_practitioner_id, case.state_before) == (None, "")
    states = [deadline.state for deadline in Deadline.objects.using("owner").filter(root_id=case.id).order_by("id")]
    assert states == ["stopped", "running"]
    with clock.at(clock.now() + timedelta(days=2)), acting(world.officer):
        assert not Case.objects.filter(pk=case.id).exists()


@committed
@pytest.mark.parametrize(("edge", "message"), [("decline", "transfer_declined"), ("lapse", "transfer_lapsed")])
def test_a_transfer_that_is_not_taken_is_the_lead_managers_task_today(world: World, edge: str, message: str) -> None:
    transfer = world.proposed()
    take_as_it_comes(world, edge, transfer)
    case = case_now(transfer)
    assert (case.state, case.lead_agency_id) == (Case.ENGAGING, world.manager.agency_id)
    assert running(case.id) == {
        "first_contact": world.manager.agency_id,
        "drift": world.manager.agency_id,
        "transfer_follow_up": world.manager.agency_id,
    }
    assert (message, managers_of(world.manager.agency_id), True) in messages()
    assert "transfer_refused_again" not in [name for name, _, _ in messages()]
    assert running(transfer.id) == {}


@committed
def test_the_second_time_in_a_row_the_front_door_helps(world: World) -> None:
    take(world, "decline", world.proposed())
    first = Transfer.objects.using("owner").get()
    second = world.proposed(case_now(first), to="brightwater")
    assert "transfer_follow_up" not in running(first.case_id), "naming another agency meets it"
    with acting(world.stranger):
        answer = {"reason_code": "not_our_need", "reason": "We see adults only."}
        transfer_machine.perform(world.stranger, "decline", second.id, version=1, given=answer)
    front_door = {**managers_of(world.officer.agency_id), "child_id": str(first.child_id)}
    assert ("transfer_refused_again", front_door, True) in messages()


@committed
def test_an_accepted_transfer_in_between_starts_the_count_anew(world: World) -> None:
    take(world, "decline", world.proposed())
    first = Transfer.objects.using("owner").get()
    take(world, "accept", world.proposed(case_now(first)))
    case = world.allocate(first.case_id, world.youth_justice_manager, world.youth_justice_worker)
    back = World()
    back.manager, back.youth_justice_manager = world.youth_justice_manager, world.manager
    transfer = back.proposed(case, to="city-early-help")
    take(back, "decline", transfer)
    assert "transfer_refused_again" not in [name for name, _, _ in messages()]


@committed
def test_withdrawing_closes_the_case_to_the_agency_that_was_asked(world: World) -> None:
    transfer = world.proposed()
    take(world, "withdraw", transfer)
    assert clocks(transfer.id, using="owner") == {"transfer_answer": "stopped"}
    assert ("transfer_withdrawn", managers_of(transfer.to_agency_id), False) in messages()
    with acting(world.youth_justice_manager):
        assert not Case.objects.filter(pk=transfer.case_id).exists()
        assert not queries.visible_to(world.youth_justice_manager).filter(pk=transfer.case_id).exists()
        assert queries.transfers_visible_to(world.youth_justice_manager).get().state == Transfer.WITHDRAWN
    later = clock.now() + timedelta(days=15)
    with clock.at(later), acting(world.youth_justice_manager):
        assert not queries.transfers_visible_to(world.youth_justice_manager).exists()
        assert not Transfer.objects.exists()


@committed
def test_the_worker_lets_it_lapse_when_the_clock_runs_out_and_once_only(world: World) -> None:
    transfer = world.proposed()
    later = clock.now() + timedelta(days=7)
    with clock.at(later), worker_login():
        assert expire() == 1
        assert expire() == 0
    assert Transfer.objects.using("owner").get(pk=transfer.id).state == Transfer.LAPSED
    with worker_login(), acting_as_system(job="test", root_id=transfer.id) as system:
        lapse(transfer.id, system)


def take_as_it_comes(world: World, edge: str, transfer: Transfer) -> None:
    """Lapse by the worker, when it is time; the rest by hand."""
    if edge != "lapse":
        take(world, edge, transfer)
        return
    with clock.at(clock.now() + timedelta(days=7)), worker_login():
        assert expire() == 1
