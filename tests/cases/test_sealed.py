"""A sealed record: a question to a second person is known to the managers who are named, and to nobody else."""

import re
from typing import Any

import pytest

from backend.access.actors import Actor, actor_of
from backend.access.models import Named
from backend.agencies.models import Agency
from backend.agencies.roles import Role
from backend.cases.models import Case
from backend.core.errors import Conflict
from backend.notifications.models import Message
from backend.workflow.confirmations import NOBODY_NAMED
from backend.workflow.models import Confirmation
from tests.actors import browser_of
from tests.cases.conftest import World
from tests.cases.test_dying import ERROR, confirmed, died, given, second
from tests.cases.working import assessing, work
from tests.factories import MembershipFactory
from tests.notifications.telling import deliver, subjects

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
_ASKED = "asks for a second person"


def newcomer(world: World) -> Actor:
    """A manager who came to the agency that leads after the record was sealed."""
    agency = Agency.objects.using("owner").get(pk=world.manager.agency_id)
    return actor_of(MembershipFactory(user__email="zoe@made-up.example", agency=agency, role=Role.MANAGER))


def take_back(world: World, case: Case) -> Any:
    """One manager asks that the death be taken back."""
    return work(world, "take_back_death", case, by=world.manager, reason=ERROR)


def heard(who: Actor) -> list[str]:
    """The subjects of what they were told, of questions to a second person."""
    return [subject for subject in subjects(who) if _ASKED in subject]


def paths(who: Actor) -> set[str]:
    """Where the messages they got lead."""
    return set(Message.objects.using("owner").filter(user_id=who.user_id).values_list("path", flat=True))


def questions(who: Actor) -> list[dict[str, Any]]:
    """What waits for them as a second person."""
    answer: Any = browser_of(who).get("confirmations/?view=for-me")
    return list(answer.json()["results"])


def test_only_the_named_managers_are_told_and_see_the_question(world: World) -> None:
    named, case = second(world), assessing(world)
    deliver()
    unnamed = newcomer(world)
    Named.objects.using("owner").bulk_create(
        Named(user_id=who.user_id, child_id=case.child_id) for who in (world.manager, world.worker, named)
    )
    take_back(world, died(world, case))
    deliver()
    assert any("child is alive" in subject for subject in heard(named))
    assert heard(unnamed) == []
    assert [one["subject_reference"] for one in questions(named)] == [case.reference]
    assert questions(unnamed) == []
    waiting = Confirmation.objects.using("owner").get(target_id=case.id, state="asked")
    path, answer = f"confirmations/{waiting.id}/", {"version": waiting.version}
    assert browser_of(named).get(path).status_code == 200
    assert browser_of(unnamed).get(path).status_code == 404
    assert browser_of(unnamed).post(f"{path}confirm/", answer).status_code == 404
    assert browser_of(unnamed).post(f"{path}refuse/", {**answer, "reason": "Guessed."}).status_code == 404
    assert confirmed(world, case, by=named).status_code == 200
    deliver()
    assert f"/cases/{case.id}" in paths(named)
    assert f"/cases/{case.id}" not in paths(unnamed), "nor is a message about the record itself for them"


def test_of_a_record_that_is_not_sealed_every_manager_is_told(world: World) -> None:
    other, case = newcomer(world), assessing(world)
    died(world, case)
    deliver()
    assert heard(other)
    assert heard(second(world))


def test_where_no_other_manager_is_named_nobody_is_asked(world: World) -> None:
    case = assessing(world)
    for who in (world.manager, world.worker):
        Named.objects.using("owner").create(user_id=who.user_id, child_id=case.child_id)
    today = given()
    with pytest.raises(Conflict, match=re.escape(NOBODY_NAMED)):
        work(world, "record_death", case, by=world.manager, **today)
    assert not Confirmation.objects.using("owner").filter(target_id=case.id).exists()
    deliver()
    assert heard(second(world)) == []
    Named.objects.using("owner").create(user_id=second(world).user_id, child_id=case.child_id)
    work(world, "record_death", case, by=world.manager, **today)
    assert confirmed(world, case).status_code == 200
