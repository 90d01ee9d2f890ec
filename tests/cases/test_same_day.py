"""What somebody does the same day because of an edge of a case: a task, with its own clock, on their list."""

from datetime import timedelta

import pytest

from backend.access.binding import acting
from backend.audit.models import Event
from backend.cases.models import Case, Note, Task
from backend.core import clock
from backend.core.errors import Conflict
from backend.deadlines.calendar import in_words
from backend.deadlines.models import Deadline
from backend.notifications.models import Outbox
from tests.actors import browser_of
from tests.cases.conftest import World
from tests.cases.working import assessing, work
from tests.clocks import clocks

committed = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def test_whoever_works_on_a_case_talks_with_a_family_the_same_day_it_takes_its_yes_back(world: World) -> None:
    case = assessing(world)
    work(world, "withdraw_agreement", case, by=world.manager)
    with acting(world.worker):
        task = Task.objects.get(root_id=case.id)
        decide = Deadline.objects.get(root_id=case.id, kind="agreement_withdrawn")
    assert (task.kind, task.owner_id, task.state) == ("agreement_withdrawn", world.worker.user_id, Task.OPEN)
    assert f"Decide by {in_words(decide.due_at)}: close the case, step up, or go on" in task.text
    assert clocks(task.id) == {"same_day_task": "running"}
    todo = browser_of(world.worker).get("tasks/").json()["results"]
    assert [one["kind_label"] for one in todo] == ["Talk with a family that no longer agrees to be helped"]
    assert browser_of(world.other_worker).get(f"tasks/{task.id}/").status_code == 404


@committed
def test_only_somebody_else_is_told_of_the_task_that_a_withdrawal_leaves(world: World) -> None:
    case = assessing(world)
    work(world, "withdraw_agreement", case)
    assert not Outbox.objects.using("owner").filter(message="task_given").exists()
    work(world, "renew_agreement", case)
    work(world, "withdraw_agreement", case, by=world.manager)
    told = Outbox.objects.using("owner").get(message="task_given")
    assert (told.audience, told.urgent) == ({"user_id": str(world.worker.user_id)}, True)


def stepped_up(world: World) -> Case:
    """A case that was passed to statutory services, who have not answered in writing."""
    return work(world, "step_up", assessing(world), told_person="Duty social worker")


@committed
def test_statutory_services_that_do_not_take_it_leave_the_case_where_it_is_and_somebody_decides_today(
    world: World,
) -> None:
    case = stepped_up(world)
    before = (case.state, case.lead_agency_id, case.lead_practitioner_id)
    case = work(world, "handover_refused", case, reason_code="wrong_area", reason="The duty manager said so.")
    assert (case.state, case.lead_agency_id, case.lead_practitioner_id) == before
    assert clocks(case.id, using="owner")["case_follow_up"] == "met"
    task = Task.objects.using("owner").get(root_id=case.id)
    assert (task.kind, task.owner_id) == ("handover_refused", world.worker.user_id)
    assert clocks(task.id, using="owner") == {"same_day_task": "running"}
    note = Note.objects.using("owner").filter(root_id=case.id, is_pinned=True).order_by("-id")[0]
    assert note.text == (
        "Statutory services did not take it.\n\nWhy: The child lives in another area.\n\nThe duty manager said so."
    )
    told = Outbox.objects.using("owner").get(message="case_handover_refused")
    assert (told.audience["agency_id"], told.urgent) == (str(case.lead_agency_id), True)


def test_nothing_is_refused_that_nobody_was_asked_and_nothing_twice(world: World) -> None:
    case = assessing(world)
    for _ in range(2):
        with pytest.raises(Conflict, match="No call to statutory services waits for a written follow-up"):
            work(world, "handover_refused", case)
        case = work(world, "step_up", case)
        case = work(world, "handover_refused", case)
    work(world, "record_follow_up", work(world, "step_up", case))
    with pytest.raises(Conflict, match="No call to statutory services"):
        work(world, "handover_refused", case)


def test_the_record_says_when_they_received_it_which_is_not_ahead(world: World) -> None:
    case = stepped_up(world)
    later = (clock.now() + timedelta(hours=1)).isoformat()
    with pytest.raises(Conflict, match="They receive it first"):
        work(world, "record_follow_up", case, received_at=later)
    moment = clock.now() - timedelta(minutes=5)
    work(world, "record_follow_up", case, received_by="Mr A. Duty", received_at=moment.isoformat())
    with acting(world.worker):
        note = Note.objects.filter(root_id=case.id).order_by("-id")[0]
        event = Event.objects.get(root_id=case.id, verb="case.record_follow_up")
    assert note.text.startswith(f"Received in writing by Mr A. Duty at {in_words(moment)}.")
    assert event.data == {"received_at": moment.isoformat()}
