"""What somebody does the same day because of an edge of a case: a task, with its own clock, on their list."""

import pytest

from backend.access.binding import acting
from backend.cases.models import Task
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
