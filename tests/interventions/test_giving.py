"""Who gives a service: named from the provider's own people, passed on when they leave or are too close to a family."""

from typing import Any

import pytest
from django.db import DatabaseError, connections, transaction

from backend.access.binding import acting
from backend.access.models import Conflict as Barred
from backend.administration.commands import conflicts
from backend.administration.commands.leaving import end_membership
from backend.agencies.models import Membership
from backend.agencies.roles import Role
from backend.core.errors import Conflict, NotFound
from backend.core.ids import uuid7
from backend.interventions.commands.giving_back import give_back_all
from backend.interventions.models import Intervention
from backend.notifications.models import Outbox
from tests.actors import actor, browser_of, seen
from tests.administration.leading import as_system
from tests.cases.conftest import World
from tests.factories import MembershipFactory
from tests.interventions.made import PROVIDER, go, grouped, held, intervention_in, mentor
from tests.worker import worker_login

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
LINK = {"kind": "family", "note": "He is my nephew."}


def boss() -> Any:
    """The manager of the provider."""
    return actor(PROVIDER, Role.MANAGER)


def given(world: World, state: str = Intervention.STARTED) -> Intervention:
    """A service that the mentor gives."""
    return go("name_worker", intervention_in(state, world.allocated(), world.worker), mentor())


def now_as(target: Intervention) -> Intervention:
    [found] = as_system(Intervention, id=target.id)
    return found


def barred_from(child_id: Any, who: Any) -> None:
    Barred.objects.using("owner").create(id=uuid7(), user_id=who.user_id, child_id=child_id)


def one_child(known: Any, twin: Any) -> None:
    """Two records that stand for one child."""
    with connections["owner"].cursor() as cursor:
        for record in (known, twin):
            cursor.execute("DELETE FROM access_samechild WHERE record_id = %s", [record])
            cursor.execute("INSERT INTO access_samechild (record_id, stands_for_id) VALUES (%s, %s)", [record, known])


def test_whoever_is_named_is_shown_and_told_and_hears_what_changes(world: World) -> None:
    target = intervention_in(Intervention.WAITLISTED, world.allocated(), world.worker)
    go("name_worker", target, boss())
    assert browser_of(world.worker).get(f"interventions/{target.id}/").json()["worker"] == mentor().name
    [told] = as_system(Outbox, message="intervention_given")
    assert told.audience == {"user_id": str(mentor().user_id)}
    go("cancel", target, world.worker)
    [over] = as_system(Outbox, message="intervention_not_needed")
    assert over.audience == {"user_id": str(mentor().user_id)}


def test_only_people_of_the_provider_can_be_named(world: World) -> None:
    target = intervention_in(Intervention.STARTED, world.allocated(), world.worker)
    with pytest.raises(Conflict, match="works for your agency now"):
        go("name_worker", target, mentor(), worker_id=str(world.worker.user_id))
    stolen = "UPDATE interventions_intervention SET worker_id = %s WHERE id = %s"
    with pytest.raises(DatabaseError, match="works for the agency"), transaction.atomic(using="owner"):
        connections["owner"].cursor().execute(stolen, [world.worker.user_id, target.id])


def test_what_a_leaver_gives_is_counted_before_and_a_managers_after(world: World) -> None:
    target = given(world)
    path = f"people/{mentor().membership_id}/"
    assert browser_of(boss()).get(path).json()["held"]["services"] == 1
    who = mentor()
    with acting(boss()):
        end_membership(boss(), who.membership_id)
    assert now_as(target).worker_id == boss().user_id
    [told] = as_system(Outbox, message="work_passed_on")
    assert (told.audience, told.fields["amount"]) == ({"user_id": str(boss().user_id)}, "1 service for a child")
    held(target, boss())


def test_nobody_leaves_while_they_give_something_whoever_says_so(world: World) -> None:
    given(world)
    stolen = "UPDATE agencies_membership SET ended_at = now() WHERE id = %s"
    with pytest.raises(DatabaseError, match="still gives"), transaction.atomic(using="owner"):
        connections["owner"].cursor().execute(stolen, [mentor().membership_id])


def test_who_is_too_close_to_the_family_is_out_at_once_and_a_colleague_gives_it(world: World) -> None:
    target, who = given(world), mentor()
    session = held(target, who)
    other = given(World())
    browser = browser_of(who)
    path = f"interventions/{target.id}/"
    assert "declare_conflict" in {one["name"] for one in browser.get(path).json()["options"]}
    answer = browser.post(f"{path}declare-conflict/", LINK, key="a-key-of-mine")
    assert (answer.status_code, answer.json()["state"]) == (201, "in_force"), answer.content
    assert browser.get(path).content == browser.get(f"interventions/{uuid7()}/").content, "as if it had never been"
    rows = browser.get("interventions/?view=under-way").json()["results"]
    assert [row["id"] for row in rows] == [str(other.id)], "other families keep who they know"
    with acting(who):
        assert seen("interventions_intervention") == {other.id}
        assert session.id not in seen("interventions_session")
    assert (now_as(target).worker_id, now_as(other).worker_id) == (boss().user_id, who.user_id)
    [told] = as_system(Outbox, message="work_in_conflict")
    assert told.fields["amount"] == "1 service for a child"
    with pytest.raises((NotFound, Intervention.DoesNotExist)):
        go("complete", target, who)
    with pytest.raises(NotFound):
        held(target, who)


def test_nobody_too_close_to_the_family_can_be_named(world: World) -> None:
    target = intervention_in(Intervention.STARTED, world.allocated(), world.worker)
    barred_from(target.child_id, mentor())
    options = browser_of(boss()).get(f"interventions/{target.id}/").json()["options"]
    [form] = [option["input"] for option in options if option["name"] == "name_worker"]
    assert str(mentor().user_id) not in {choice["value"] for choice in form[0]["choices"]}
    with pytest.raises(Conflict, match="can work with this family"):
        go("name_worker", target, boss())
    stolen = "UPDATE interventions_intervention SET worker_id = %s WHERE id = %s"
    with pytest.raises(DatabaseError, match="no conflict of interest"), transaction.atomic(using="owner"):
        connections["owner"].cursor().execute(stolen, [mentor().user_id, target.id])


def test_a_conflict_holds_for_every_record_of_the_same_child(world: World) -> None:
    target = intervention_in(Intervention.STARTED, world.allocated(), world.worker)
    twin = uuid7()
    one_child(target.child_id, twin)
    barred_from(twin, mentor())
    assert browser_of(mentor()).get(f"interventions/{target.id}/").status_code == 404
    with acting(mentor()):
        assert seen("interventions_intervention") == set()
    with pytest.raises(Conflict, match="can work with this family"):
        go("name_worker", target, boss())
    stolen = "UPDATE interventions_intervention SET worker_id = %s WHERE id = %s"
    with pytest.raises(DatabaseError, match="no conflict of interest"), transaction.atomic(using="owner"):
        connections["owner"].cursor().execute(stolen, [mentor().user_id, target.id])


def test_a_service_is_taken_from_who_is_too_close_once_two_records_turn_out_to_be_one_child(world: World) -> None:
    """As when a referral is matched again: out at once, and the worker gives what they had to a colleague."""
    target, other = given(world), given(World())
    answer = browser_of(mentor()).post(f"interventions/{other.id}/declare-conflict/", LINK, key="a-key-of-mine")
    assert answer.json()["state"] == "in_force"
    assert now_as(target).worker_id == mentor().user_id
    one_child(target.child_id, other.child_id)
    assert browser_of(mentor()).get(f"interventions/{target.id}/").status_code == 404
    with worker_login():
        conflicts.find_children()
    assert now_as(target).worker_id == boss().user_id


def test_a_group_goes_on_without_the_one_who_is_too_close_to_one_of_them(world: World) -> None:
    first, second = given(world), given(World())
    key, _sessions = grouped([first, second], mentor())
    barred_from(first.child_id, mentor())
    shown = browser_of(mentor()).get(f"sessions/groups/{key}/").json()
    assert str(first.id) not in str(shown)
    with pytest.raises((Conflict, NotFound)):
        grouped([first, second], mentor())


def test_where_nobody_of_the_provider_may_give_it_the_lead_has_it_back(world: World) -> None:
    target, who = given(world), mentor()
    others = Membership.objects.filter(agency_id=who.agency_id).exclude(user_id=who.user_id)
    for user_id in set(others.values_list("user_id", flat=True)):
        Barred.objects.using("owner").create(id=uuid7(), user_id=user_id, child_id=target.child_id)
    with acting(who):
        conflicts.declare_about(who, "intervention", target.id, uuid7(), LINK)
    back = now_as(target)
    assert (back.provider_agency_id, back.worker_id, back.state) == (None, None, Intervention.STARTED)
    with worker_login():
        assert give_back_all() == 1
    assert browser_of(world.worker).get(f"interventions/{target.id}/").status_code == 200


def test_who_keeps_another_role_there_goes_on_giving_it(world: World) -> None:
    target, who = given(world), mentor()
    MembershipFactory(user_id=who.user_id, agency_id=who.agency_id, role=Role.CASE_WORKER)
    with acting(boss()):
        end_membership(boss(), who.membership_id)
    assert now_as(target).worker_id == who.user_id
