"""What each person of an agency has in hand, seen before somebody is chosen, and who is not offered and why."""

from typing import Any
from urllib.parse import urlencode

import pytest

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.access.models import Conflict, Named
from backend.agencies.roles import Role
from backend.cases.commands import open_or_join
from backend.cases.models import Case
from backend.core import clock, vocabulary
from backend.core.errors import Conflict as Refused
from tests.actors import actor, browser_of, membership_of
from tests.api.counting import said, statements
from tests.cases.conftest import World
from tests.cases.working import work

LIST = 8
WITH_OWNER = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def cases_of(world: World, who: Actor, priorities: list[str]) -> list[Case]:
    """Cases in somebody's hands, one for each of these priorities."""
    made = []
    for number, priority in enumerate(priorities):
        child = world.referred(world.agency("city-early-help"), family_name=f"Example {number}")
        lead, opener = world.agency("city-early-help"), actor("city-early-help", Role.TRIAGE_OFFICER)
        with acting(opener):
            in_hand = open_or_join(opener, child, holder=lead, theme="violence_reduction", priority=priority)
        made.append(world.allocate(in_hand.id, world.manager, who))
    return made


def shown(who: Actor, path: str = "caseloads/") -> dict[str, dict[str, Any]]:
    """What stands of each person, by name."""
    answer = browser_of(who).get(path)
    assert answer.status_code == 200, answer.content
    return {person["name"]: person for person in answer.json()["people"]}


def of_another_child(world: World) -> str:
    """Where one reads who may take the case of a child nobody is close to."""
    child = world.referred(world.agency("city-early-help"), family_name="Another")
    return f"cases/{world.opened(child, led_by='city-early-help').id}/practitioners/"


@WITH_OWNER
def test_cases_are_counted_by_priority_and_weigh_as_the_list_of_weights_says(world: World) -> None:
    made = cases_of(world, world.worker, ["red", "amber", "amber", "green", "green", "green"])
    # From before it had to be said.
    Case.objects.using("owner").filter(pk=made[-2].pk).update(priority="")
    work(world, "pause", made[-1])
    person = shown(world.manager)[world.worker.name]
    team = membership_of(world.worker).team
    assert person["team"] == (team.name if team else "")
    assert {one["code"]: one["cases"] for one in person["loads"]} == {
        "red": 1,
        "amber": 2,
        "green": 1,
        "not_set": 1,
        "paused": 1,
    }
    weights = {term.code: int(term.more["weight"]) for term in vocabulary.get("caseload_weights")}
    assert person["cases"] == 6
    assert person["weight"] == sum(weights[code] for code in ("red", "amber", "amber", "green", "not_set", "paused"))
    idle = shown(world.manager)[world.other_worker.name]
    assert (idle["cases"], idle["weight"], idle["loads"]) == (0, 0, [])


def test_every_priority_has_a_weight() -> None:
    assert set(vocabulary.get("priorities").codes) < set(vocabulary.get("caseload_weights").codes)
    assert all(term.more["source"] for term in vocabulary.get("caseload_weights"))


def test_who_has_least_in_hand_comes_first_in_each_team(world: World) -> None:
    cases_of(world, world.worker, ["red"])
    people = list(shown(world.manager).values())
    assert people == sorted(people, key=lambda one: (not one["team"], one["team"], one["weight"], one["name"]))


def test_closed_cases_and_those_of_other_agencies_weigh_nothing(world: World) -> None:
    (case,) = cases_of(world, world.worker, ["red"])
    with acting(world.manager):
        Case.objects.filter(pk=case.id).update(state=Case.CLOSED, closed_at=clock.now())
    assert shown(world.manager)[world.worker.name]["cases"] == 0
    assert world.worker.name not in shown(world.youth_justice_manager)


@WITH_OWNER
def test_whoever_is_too_close_is_shown_with_the_reason_and_not_offered(world: World) -> None:
    in_hand = world.opened(led_by="city-early-help")
    child_id = in_hand.case.child_id if in_hand.case else None
    Conflict.objects.using("owner").create(user_id=world.worker.user_id, child_id=child_id)
    person = shown(world.manager, f"cases/{in_hand.id}/practitioners/")[world.worker.name]
    assert person["cannot"] == "They have a conflict of interest with this family."
    body = browser_of(world.manager).get(f"cases/{in_hand.id}/").json()
    allocate = next(one for one in body["options"] if one["name"] == "allocate")
    offered = {one["label"] for one in allocate["input"][0]["choices"]}
    assert world.worker.name not in offered
    assert world.other_worker.name in offered
    # Of no other case, and of nobody's kind of conflict.
    assert shown(world.manager, of_another_child(world))[world.worker.name]["cannot"] == ""


@WITH_OWNER
def test_whoever_is_not_named_on_a_sealed_record_is_shown_with_the_reason_and_cannot_be_chosen(world: World) -> None:
    """Only who is named reads it, so only who is named learns here that it is sealed."""
    in_hand = world.opened(led_by="city-early-help")
    child_id = in_hand.case.child_id if in_hand.case else None
    for who in (world.manager, world.other_worker):
        Named.objects.using("owner").create(user_id=who.user_id, child_id=child_id)
    people = shown(world.manager, f"cases/{in_hand.id}/practitioners/")
    assert people[world.worker.name]["cannot"] == "They are not named on this sealed record."
    assert people[world.other_worker.name]["cannot"] == ""
    body = browser_of(world.manager).get(f"cases/{in_hand.id}/").json()
    allocate = next(one for one in body["options"] if one["name"] == "allocate")
    offered = {one["label"] for one in allocate["input"][0]["choices"]}
    assert (world.worker.name in offered, world.other_worker.name in offered) == (False, True)
    with pytest.raises(Refused, match="not named on this sealed record"):
        world.allocate(in_hand.id, world.manager, world.worker)
    allocated = world.allocate(in_hand.id, world.manager, world.other_worker)
    assert allocated.lead_practitioner_id == world.other_worker.user_id
    assert shown(world.manager, of_another_child(world))[world.worker.name]["cannot"] == ""


def test_a_large_agency_comes_a_page_at_a_time_and_by_team(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    case = world.allocated()
    path = f"cases/{case.id}/practitioners/"
    whole = browser_of(world.manager).get(path).json()
    assert whole["next_page"] is None
    assert {one["team"] for one in whole["teams"]} == {one["team"] for one in whole["people"]}
    assert sum(one["people"] for one in whole["teams"]) == len(whole["people"]) > 2
    assert sum(one["weight"] for one in whole["teams"]) == sum(one["weight"] for one in whole["people"])
    monkeypatch.setattr("backend.cases.serializers.caseloads.MOST", 2)
    found: list[dict[str, Any]] = []
    page: int | None = 1
    while page is not None:
        answer = browser_of(world.manager).get(f"{path}?page={page}").json()
        assert answer["teams"] == whole["teams"], "every team is there, whichever people are shown"
        found, page = [*found, *answer["people"]], answer["next_page"]
    assert found == whole["people"]
    team = whole["people"][0]["team"]
    of_team = browser_of(world.manager).get(f"{path}?{urlencode({'team': team})}").json()["people"]
    assert of_team == [one for one in whole["people"] if one["team"] == team][:2]
    assert browser_of(world.manager).get(f"{path}?page=0").status_code == 400
    assert browser_of(world.manager).get(f"{path}?page=x").status_code == 400


def test_whoever_leads_the_case_now_is_not_offered_again(world: World) -> None:
    case = world.allocated()
    people = shown(world.manager, f"cases/{case.id}/practitioners/")
    assert people[world.worker.name]["cannot"] == "They lead this case now."
    assert people[world.other_worker.name]["cannot"] == ""
    with acting(world.manager):
        Case.objects.filter(pk=case.id).update(minded_for_id=world.other_worker.user_id)
    assert shown(world.manager, f"cases/{case.id}/practitioners/")[world.worker.name]["cannot"] == ""


@WITH_OWNER
def test_a_case_that_is_sealed_from_the_manager_is_not_counted(world: World) -> None:
    (case,) = cases_of(world, world.worker, ["red"])
    Named.objects.using("owner").create(user_id=world.worker.user_id, child_id=case.child_id)
    assert shown(world.manager)[world.worker.name]["cases"] == 0


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.MANAGER, 200),
        (Role.CASE_WORKER, 403),
        (Role.TRIAGE_OFFICER, 403),
        (Role.INFORMATION_GOVERNANCE, 403),
    ],
)
def test_only_whoever_allocates_sees_the_caseloads_of_the_agency(world: World, role: Role, status: int) -> None:
    agency = "city-early-help" if role in (Role.MANAGER, Role.CASE_WORKER) else "front-door"
    assert browser_of(actor(agency, role)).get("caseloads/").status_code == status


def test_only_whoever_allocates_sees_who_may_take_a_case(world: World) -> None:
    case = world.allocated()
    path = f"cases/{case.id}/practitioners/"
    assert browser_of(world.worker).get(path).status_code == 403
    assert browser_of(world.stranger).get(path).status_code == 404


def test_many_cases_cost_no_more_statements_than_one(world: World) -> None:
    browser = browser_of(world.manager)
    few = statements(lambda: browser.get("caseloads/"))
    cases_of(world, world.worker, ["red", "amber", "green"] * 4)
    cases_of(world, world.other_worker, ["amber"])
    many = statements(lambda: browser.get("caseloads/"))
    assert len(many) == len(few) <= LIST, said(many)
