"""An ordinary case is sealed by two managers; somebody is named on it later, and taken off; nobody is locked out.

Source: access.md, Sealed (invisible to whoever is not named; at least who leads, a manager and a deputy are) and the
table (seal, unseal, name people: a manager of the lead, confirmation).
"""

from collections.abc import Iterable
from typing import Any

import pytest
from django.db import DatabaseError, connection

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.access.models import Named
from backend.agencies.models import Membership
from backend.cases.models import Case
from backend.core import clock
from backend.core.errors import Conflict
from backend.notifications.models import Message
from backend.referrals.models import Referral
from tests.actors import browser_of
from tests.cases.conftest import World
from tests.cases.test_dying import confirmed, died, second
from tests.cases.test_sealed import newcomer
from tests.cases.working import assessing
from tests.casework import member_of
from tests.edges import take
from tests.notifications.telling import deliver, subjects

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
WHY = "Her father looks for her and has friends in the building."


def take_it(edge: str, case: Case, by: Actor, *people: Actor, **given: Any) -> Case:
    chosen = {"people": [str(one.user_id) for one in people]} if edge != "lift" else {}
    done: Case = take(edge, case.id, by, noun="seal", **chosen, reason=WHY, **given)
    return done


def sealed(world: World, case: Case, *people: Actor) -> Case:
    """A case that one manager asks to seal and another agrees to."""
    take_it("put", case, world.manager, *people)
    answer = confirmed(world, case)
    assert answer.status_code == 200, answer.content
    return case


def named(case: Case) -> set[Any]:
    rows = Named.objects.using("owner").filter(child_id=case.child_id, ended_at=None)
    return set(rows.values_list("user_id", flat=True))


def ids(people: Iterable[Actor]) -> set[Any]:
    return {one.user_id for one in people}


def page(who: Actor, case: Case) -> dict[str, Any]:
    answer: dict[str, Any] = browser_of(who).get(f"seals/{case.id}/").json()
    return answer


def referred(who: Actor, case: Case) -> bool:
    """Whether row security shows somebody the referral about the child."""
    with acting(who):
        return Referral.objects.filter(child_id=case.child_id).exists()


def finds(who: Actor, case: Case) -> bool:
    """Whether somebody finds a case, by its address, in their lists and in a search."""
    browser = browser_of(who)
    opened = browser.get(f"cases/{case.id}/").status_code == 200
    listed = case.reference in browser.get("cases/?view=agency&page_size=100").content.decode()
    with acting(who):
        stored = Case.objects.filter(pk=case.id).exists()
    assert opened == stored, "row security says the same"
    assert opened or not listed
    return opened


def test_two_managers_seal_a_case_and_a_colleague_no_longer_finds_it(world: World) -> None:
    case = assessing(world)
    partner, colleague = world.teacher, newcomer(world)
    member = member_of(case, world.worker, partner)
    assert (finds(colleague, case), referred(partner, case)) == (True, True)
    shown = page(world.manager, case)
    assert {world.worker.name, partner.name, colleague.name} <= {one["name"] for one in shown["sees"]}
    assert World.school().name in shown["agencies"], "whoever referred the child sees something of it"

    [option] = shown["options"]
    for name in (colleague.name, partner.name, f"everybody at {World.school().name}"):
        assert name in option["hint"].partition("finds it no more")[2]
    assert not {world.worker.name, world.manager.name} & set(option["hint"].partition("no more: ")[2].split("; "))

    take_it("put", case, world.manager)
    assert (finds(colleague, case), named(case)) == (True, set()), "nothing changes before a second manager agrees"
    assert confirmed(world, case, by=world.manager).status_code == 403
    assert confirmed(world, case).status_code == 200
    assert named(case) == ids([world.worker, world.manager, second(world)])
    for who in (world.worker, world.manager, second(world)):
        assert finds(who, case)
    assert not finds(colleague, case)
    gone, nothing = (browser_of(partner).get(f"team-members/{one}/") for one in (member.id, case.id))
    assert (gone.status_code, gone.content) == (404, nothing.content)
    assert not referred(partner, case), "nor what led to it"

    shown = page(world.worker, case)
    assert {one["name"]: (one["by"], one["why"]) for one in shown["named"]}[world.worker.name] == (
        second(world).name,
        WHY,
    )
    assert (shown["is_sealed"], shown["sees"], shown["agencies"]) == (True, [], [])
    assert browser_of(colleague).get(f"seals/{case.id}/").status_code == 404


def test_whoever_is_named_is_told_and_nobody_is_told_that_they_are_not(world: World) -> None:
    case, colleague = assessing(world), newcomer(world)
    member_of(case, world.worker, world.teacher)
    deliver()
    heard = set(Message.objects.using("owner").values_list("id", flat=True))
    sealed(world, case)
    deliver()
    since = Message.objects.using("owner").exclude(id__in=heard).filter(subject__contains="You are named")
    assert set(since.values_list("user_id", flat=True)) == ids([world.worker, world.manager])
    assert not [one for one in subjects(colleague) if "are named" in one]


def test_somebody_is_named_later_by_two_and_finds_it_then(world: World) -> None:
    case, colleague = assessing(world), newcomer(world)
    sealed(world, case)
    take_it("name", case, world.manager, colleague)
    assert not finds(colleague, case)
    assert confirmed(world, case).status_code == 200
    assert finds(colleague, case)
    rows = {one["name"]: one["by"] for one in page(world.worker, case)["named"]}
    assert rows[colleague.name] == second(world).name
    with pytest.raises(Conflict, match="cannot be named"):
        take_it("name", case, world.manager, world.stranger)


def test_somebody_is_taken_off_and_two_always_stay_with_a_manager_and_who_leads_it(world: World) -> None:
    case = sealed(world, assessing(world))
    for people, sentence in (
        ([world.manager], "cannot take yourself off"),
        ([world.worker], "leads this case"),
        ([world.worker, second(world)], "At least two"),
    ):
        with pytest.raises(Conflict, match=sentence):
            take_it("take_off", case, world.manager, *people)
    take_it("take_off", case, world.manager, second(world))
    assert named(case) == ids([world.worker, world.manager])
    assert not finds(second(world), case)
    with pytest.raises(Conflict, match="At least two"):
        take_it("take_off", case, world.manager, world.worker, second(world))


def test_the_only_manager_who_is_left_names_another_alone_and_nobody_else_does(world: World) -> None:
    case = sealed(world, assessing(world))
    take_it("take_off", case, world.manager, second(world))
    with pytest.raises(Conflict, match="who is named decides this"):
        take_it("name", case, world.worker, second(world))
    take_it("name", case, world.manager, second(world))
    assert finds(second(world), case)


def test_where_no_manager_is_named_any_more_who_works_on_it_names_one(world: World) -> None:
    case, colleague = sealed(world, assessing(world), world.other_worker), newcomer(world)
    managers = [world.manager, second(world)]
    Membership.objects.using("owner").filter(user_id__in=ids(managers)).update(ended_at=clock.now())
    shown = page(world.worker, case)
    assert "No manager" in shown["warning"]
    assert {one["name"] for one in shown["named"] if one["has_left"]} == {one.name for one in managers}
    with pytest.raises(Conflict, match="Name one of them first"):
        take_it("name", case, world.worker, world.teacher)
    take_it("name", case, world.worker, colleague)
    assert finds(colleague, case)


def test_two_managers_lift_it_and_everybody_sees_what_they_saw(world: World) -> None:
    case, colleague = assessing(world), newcomer(world)
    sealed(world, case)
    take_it("lift", case, world.manager)
    assert not finds(colleague, case)
    assert confirmed(world, case).status_code == 200
    assert named(case) == set()
    assert finds(colleague, case)


def test_after_a_death_it_stays_for_review(world: World) -> None:
    case = died(world, assessing(world))
    with pytest.raises(Conflict, match="stays sealed for review"):
        take_it("lift", case, world.manager)


def test_a_worker_and_another_agency_seal_nothing(world: World) -> None:
    case = assessing(world)
    body = {"version": case.version, "people": [], "reason": WHY}
    assert browser_of(world.worker).post(f"seals/{case.id}/put/", body).status_code == 403
    for who in (world.stranger, world.teacher):
        assert browser_of(who).post(f"seals/{case.id}/put/", body).status_code == 404


def test_a_case_that_few_are_named_on_needs_attention(world: World) -> None:
    case = sealed(world, assessing(world))
    counted = "exceptions/list/?kind=sealed_by_few"
    assert browser_of(world.manager).get(counted).json()["results"] == []
    gone = ids([world.worker, second(world)])
    Membership.objects.using("owner").filter(user_id__in=gone).update(ended_at=clock.now())
    [row] = browser_of(world.manager).get(counted).json()["results"]
    assert (row["reference"], row["url"]) == (case.reference, f"/cases/{case.id}/seal")


@pytest.mark.parametrize("function", ["name_on_seal(%s, %s::uuid[])", "take_off_seal(%s, %s::uuid[])", "lift_seal(%s)"])
def test_the_database_lets_nobody_write_names_by_themselves(world: World, function: str) -> None:
    case = sealed(world, assessing(world), world.other_worker)
    before = named(case)
    for who in (world.worker, world.other_worker, world.stranger, world.manager):
        people = [] if function.startswith("lift") else [[world.stranger.user_id, world.worker.user_id]]
        with pytest.raises(DatabaseError), acting(who), connection.cursor() as cursor:
            cursor.execute(f"SELECT app.{function}", [case.id, *people])
    assert named(case) == before
    with pytest.raises(DatabaseError), acting(world.manager):
        Named.objects.create(user_id=world.stranger.user_id, child_id=case.child_id)
