"""A pause of the work: why, until which day, and what goes on after it."""

from datetime import timedelta

import pytest
from rest_framework.exceptions import ValidationError

from backend.access.binding import acting
from backend.cases.commands import transfer_machine
from backend.cases.models import Case, Note
from backend.core import clock
from backend.deadlines.jobs import expire
from backend.notifications.models import Outbox
from tests.cases.conftest import World
from tests.cases.working import assessing, machine_state, refusal, today, work
from tests.clocks import clocks
from tests.worker import worker_login

committed = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.mark.parametrize(("days", "reason"), [(0, "after today"), (43, "within the next 6 weeks")])
def test_a_pause_ends_on_a_day_within_six_weeks(world: World, days: int, reason: str) -> None:
    case = assessing(world)
    day = (today() + timedelta(days=days)).isoformat()
    assert reason in refusal(world, "pause", case, look_again_on=day)


def test_a_paused_case_goes_on_where_it_was(world: World) -> None:
    case = work(world, "pause", assessing(world))
    assert (case.state, case.next_action, case.next_action_on) == (Case.PAUSED, Case.LOOK_AGAIN, case.look_again_on)
    assert clocks(case.id)["drift"] == "paused"
    case = work(world, "resume", case)
    assert (case.state, case.paused_from, case.look_again_on) == (Case.ASSESSING, "", None)
    assert clocks(case.id)["look_again"] == "met"


@committed
def test_a_pause_that_nobody_looks_at_again_ends_by_itself(world: World) -> None:
    case = work(world, "pause", assessing(world))
    with worker_login(), clock.at(clock.now() + timedelta(weeks=3)):
        expire()
    assert machine_state(world, case) == Case.ASSESSING
    assert Outbox.objects.using("owner").filter(message="case_resumed", root_id=case.id).count() == 1


@committed
def test_a_paused_case_that_is_transferred_comes_back_paused_and_then_goes_on_where_it_was(world: World) -> None:
    case = work(world, "pause", assessing(world))
    transfer = world.proposed(case)
    with acting(world.youth_justice_manager):
        transfer_machine.perform(world.youth_justice_manager, "accept", transfer.id, version=transfer.version, given={})
    case = world.allocate(case.id, world.youth_justice_manager, world.youth_justice_worker)
    assert case.state == Case.PAUSED
    assert clocks(case.id)["drift"] == "paused", "a family that nobody is to see is not missed"
    case = work(world, "resume", case, by=world.youth_justice_worker)
    assert clocks(case.id)["drift"] == "running"
    assert case.state == Case.ASSESSING


def test_another_reason_for_a_pause_is_said_in_words_and_stands_in_the_chronology(world: World) -> None:
    case = assessing(world)
    with pytest.raises(ValidationError, match="Say what the reason is"):
        work(world, "pause", case, reason_code="other")
    work(world, "pause", case, reason_code="other", reason="The family is moving house and asked for quiet.")
    written = Note.objects.filter(root_id=case.id, text__contains="asked for quiet").get()
    assert written.text == "Why the work pauses: The family is moving house and asked for quiet."
