"""A family that agrees for a time is asked again before it is over; when it is, nobody has said no."""

from datetime import timedelta
from typing import Any

import pytest

from backend.access.binding import acting
from backend.agencies.roles import Role
from backend.audit.models import Event
from backend.cases.models import Case, Transfer
from backend.core import clock
from backend.deadlines.calendar import END_OF_DAY, at_local, day_said, local
from backend.deadlines.jobs import expire
from backend.deadlines.kinds import KINDS
from backend.deadlines.models import Deadline
from backend.deadlines.registration import describer
from backend.interventions.queries import visible_to
from backend.notifications.audience import Person
from backend.notifications.models import Outbox
from backend.sharing.models import Agreement
from tests.actors import browser_of
from tests.cases.conftest import World
from tests.cases.test_working import refusal
from tests.cases.working import machine_state, now, today, visited, work
from tests.clocks import clocks
from tests.edges import take
from tests.interventions.made import intervention_in, mentor
from tests.worker import worker_login

pytestmark = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
MONTHS = timedelta(days=90)


@pytest.fixture
def world(db: None) -> World:
    return World()


@pytest.fixture
def committed_world(transactional_db: None) -> World:
    return World()


def for_a_time(world: World, *, days: int = 90) -> Case:
    """A case whose family was visited and agreed for so many days."""
    case = world.allocated()
    visited(world, case)
    return work(world, "record_agreement", case, agreed_until=(today() + timedelta(days=days)).isoformat())


def run_out(days: int = 91) -> None:
    """Let the worker do what follows so many days from now, twice: the second call finds nothing."""
    with clock.at(clock.now() + timedelta(days=days)), worker_login():
        expire()
        expire()


def answers(case: Case) -> list[str]:
    return list(Agreement.objects.using("owner").filter(root_id=case.id).order_by("id").values_list("state", flat=True))


def page(world: World, case: Case) -> dict[str, Any]:
    return dict(browser_of(world.worker).get(f"cases/{case.id}/").json())


def test_the_last_day_is_ahead_and_stands_on_the_page_and_on_my_work(world: World) -> None:
    case = world.allocated()
    visited(world, case)
    over = refusal(world, "record_agreement", case, agreed_until=today().isoformat())
    assert over == "The last day they agreed to is over. Choose a day after today, or leave it empty."
    last_day = today() + timedelta(days=30)
    case = work(world, "record_agreement", case, agreed_until=last_day.isoformat())
    assert page(world, case)["agreement_label"] == f"Agreed, until {day_said(last_day)}"
    deadline = Deadline.objects.get(root_id=case.id, kind="agreement_ends")
    assert deadline.due_at == at_local(last_day, END_OF_DAY)
    [turn] = browser_of(world.worker).get("work/").json()["turning_points"]
    assert (turn["label"], turn["url"]) == ("Agreement to be helped ends", f"/cases/{case.id}/do/renew_agreement")


def test_who_agrees_for_as_long_as_the_help_lasts_is_not_asked_again(world: World) -> None:
    case = world.allocated()
    visited(world, case)
    case = work(world, "record_agreement", case)
    assert "agreement_ends" not in clocks(case.id)
    assert page(world, case)["agreement_label"] == "Agreed"


def test_what_they_said_last_counts(world: World) -> None:
    case = for_a_time(world)
    later = today() + timedelta(days=200)
    case = work(world, "renew_agreement", case, agreed_until=later.isoformat())
    running = Deadline.objects.get(root_id=case.id, kind="agreement_ends", met_at=None)
    assert running.due_at == at_local(later, END_OF_DAY)
    work(world, "renew_agreement", case)
    assert clocks(case.id)["agreement_ends"] == "met"
    case = for_a_time_again(world, case)
    work(world, "withdraw_agreement", case)
    assert not Deadline.objects.filter(root_id=case.id, kind="agreement_ends", met_at=None).exists()


def for_a_time_again(world: World, case: Case) -> Case:
    return work(world, "renew_agreement", now(world, case), agreed_until=(today() + MONTHS).isoformat())


def test_the_worker_is_reminded_two_weeks_before(world: World) -> None:
    case = for_a_time(world)
    deadline = Deadline.objects.get(root_id=case.id, kind="agreement_ends")
    assert local(deadline.remind_at).date() == today() + timedelta(days=90 - 14)
    assert KINDS[deadline.kind].role is Role.CASE_WORKER
    subject = describer(deadline.kind)(case.id)
    assert subject.audience == Person(world.worker.user_id)


@committed
def test_when_the_last_day_is_over_two_working_days_begin_and_lead_and_worker_are_told(committed_world: World) -> None:
    world = committed_world
    case = for_a_time(world)
    run_out()
    assert answers(case) == ["given", "expired"]
    assert clocks(case.id, using="owner")["agreement_withdrawn"] == "running"
    assert clocks(case.id, using="owner")["agreement_ends"] == "met_late"
    assert machine_state(world, case) == Case.ASSESSING
    assert page(world, case)["agreement_label"] == "Agreement has run out"
    rows = Outbox.objects.using("owner").filter(message="case_agreement_ran_out", root_id=case.id)
    assert len(rows) == 2
    with acting(world.worker):
        event = Event.objects.get(root_id=case.id, verb="case.expire_agreement")
    assert event.role == "system"


@committed
def test_after_it_has_run_out_the_family_agrees_again_or_the_work_goes_on_otherwise(committed_world: World) -> None:
    world = committed_world
    renewed, other = for_a_time(world), for_a_time(world)
    run_out()
    with clock.at(clock.now() + timedelta(days=92)):
        work(world, "renew_agreement", now(world, renewed))
        work(world, "go_on_otherwise", now(world, other), what_goes_on="School.", what_allows_it="Children Act 1989.")
    assert answers(renewed) == ["given", "expired", "given"]
    for case in (renewed, other):
        assert clocks(case.id, using="owner")["agreement_withdrawn"] in ("met", "met_late")


@committed
def test_no_provider_reads_on_because_of_a_yes_that_has_run_out(committed_world: World) -> None:
    world = committed_world
    case = for_a_time(world)
    target = intervention_in("started", case, world.worker)
    with acting(mentor()):
        assert visible_to(mentor()).filter(pk=target.id).exists()
    run_out()
    with clock.at(clock.now() + timedelta(days=92)), acting(mentor()):
        assert not visible_to(mentor()).filter(pk=target.id).exists()


def test_every_answer_is_read_with_who_gave_it_how_until_when_and_in_which_words(world: World) -> None:
    case = for_a_time(world, days=30)
    work(world, "withdraw_agreement", case, note="She wants a rest.", reason_code="child_said_no")
    path = f"cases/{case.id}/agreements/"
    no, yes = browser_of(world.worker).get(path).json()["answers"]
    assert (no["state_label"], no["words"], no["child_told"]) == ("Agreement withdrawn", "She wants a rest.", None)
    assert no["said_by"] == "The child does not want it"
    assert (yes["state_label"], yes["child_told"]) == ("Agreed", True)
    assert yes["until"] == (today() + timedelta(days=30)).isoformat()
    assert all(one["recorded_by"] == world.worker.name for one in (no, yes))
    assert browser_of(world.youth_justice_manager).get(path).status_code == 404


def test_to_step_up_is_an_answer_to_a_no(world: World) -> None:
    case = for_a_time(world)
    work(world, "withdraw_agreement", case)
    work(world, "step_up", now(world, case))
    assert clocks(case.id)["agreement_withdrawn"] == "met"


@committed
def test_it_runs_out_also_while_another_agency_has_taken_the_case_over(committed_world: World) -> None:
    world = committed_world
    case = for_a_time(world)
    to = world.youth_justice_manager
    take("propose_transfer", case.id, world.manager, noun="case", to_agency_id=str(to.agency_id))
    with acting(to):
        asked = Transfer.objects.get(case_id=case.id)
    take("accept", asked.id, to, noun="transfer")
    run_out()
    assert answers(case) == ["given", "expired"]
    assert clocks(case.id, using="owner")["agreement_withdrawn"] == "running"


@committed
def test_a_case_that_has_closed_meanwhile_is_left_alone(committed_world: World) -> None:
    world = committed_world
    case = for_a_time(world)
    work(world, "close", case, goes_on="Nobody needs to.")
    run_out()
    assert answers(case) == ["given"]
