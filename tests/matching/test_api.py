"""Through HTTP: likely children with reasons, not the same child, joining by two people, and taking apart."""

from datetime import date
from typing import Any

import pytest

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.referrals.models import Referral
from tests.actors import Browser, browser_of, membership_of
from tests.cases.conftest import World


def browser(who: Actor) -> Browser:
    return browser_of(membership_of(who))


def at_the_referral(world: World) -> tuple[str, str, int]:
    """The address of a referral, the id of the one child who may be the same, and the referral's version."""
    known, new = world.referred(), world.referred(family_name="Exampel")
    with acting(world.officer):
        referral = Referral.objects.get(child=new)
    return f"referrals/{referral.id}/", str(known.id), referral.version


def test_likely_children_come_with_reasons_and_without_a_number(world: World) -> None:
    here, known, _version = at_the_referral(world)
    (likely,) = browser(world.officer).get(f"{here}likely-children/").json()["results"]
    assert likely["id"] == known
    assert likely["why"] == ["Same given name", "Family name spelt almost the same", "Same date of birth"]
    assert likely["strength"] in ("Likely the same child", "Very likely the same child")
    assert not {"score", "weight", "probability"} & set(likely)


def test_records_stand_side_by_side_with_their_differences_and_contacts_counted_together(world: World) -> None:
    home = {"address": "12 Alder Road", "postcode": "B99 1AA", "school": "Brook School"}
    world.referred(**home, nhs_number="9990000123")
    new = world.referred(family_name="Exampel", date_of_birth=date(2012, 4, 5), **home)
    with acting(world.officer):
        referral = Referral.objects.get(child=new)
    page = browser(world.officer).get(f"referrals/{referral.id}/matching/").json()
    (candidate,) = page["candidates"]
    facts = {fact["name"]: fact for fact in candidate["compared"]}
    assert {name: fact["how"] for name, fact in facts.items()} == {
        "given_name": "same",
        "family_name": "near",
        "birth": "near",
        "school": "same",
        "address": "same",
        "nhs_number": "unknown",
    }
    assert (facts["birth"]["here"], facts["birth"]["there"]) == ("5 April 2012", "4 May 2012")
    assert facts["nhs_number"]["there"] == "999 000 0123"
    assert (candidate["contacts_12_months"], candidate["contacts_together"]) == (1, 2)
    assert [contact["holder"] for contact in candidate["contacts"]] == [world.agency("front-door").name]
    assert [option["name"] for option in candidate["options"]] == ["merge_child", "not_same"]
    assert any("2 contacts" in sentence for sentence in candidate["consequences"])
    assert not any(option.get("chosen") for option in candidate["options"]), "nothing is preselected"


def test_not_the_same_child_is_remembered_shown_when_asked_for_and_taken_back(world: World) -> None:
    here, known, version = at_the_referral(world)
    officer = browser(world.officer)
    body = {"version": version, "child": known, "reason": "Two cousins; the school has seen both."}
    answer = officer.post(f"/api/v1/{here}not-same/", body)
    assert answer.status_code == 200, answer.content
    assert [child["id"] for child in answer.json()["set_aside"]] == [known]
    assert officer.get(f"{here}likely-children/").json()["results"] == []
    assert [child["id"] for child in officer.get(f"{here}matching/").json()["set_aside"]] == [known]
    assert officer.post(f"/api/v1/{here}undo-not-same/", body).json()["set_aside"] == []
    assert [child["id"] for child in officer.get(f"{here}likely-children/").json()["results"]] == [known]


def test_a_second_person_joins_and_takes_apart(world: World) -> None:
    here, known, version = at_the_referral(world)
    officer, manager = browser(world.officer), browser(world.front_door_manager)
    body: dict[str, Any] = {"version": version, "child": known, "reason": "One child, by the school's photograph."}
    asked = officer.post(f"/api/v1/{here}merge-child/", body).json()["merge"]
    assert (asked["state"], asked["into_id"]) == ("proposed", known)
    assert _answer(officer, asked) == 403
    assert _answer(manager, asked) == 200
    joined = officer.get(f"{here}matching/").json()["merge"]
    assert (joined["state"], joined["confirmation"]) == ("joined", None)
    again = {"version": version, "reason": "Two cousins."}
    assert _answer(manager, officer.post(f"/api/v1/{here}unmerge-child/", again).json()["merge"]) == 200
    assert officer.get(f"{here}matching/").json()["merge"]["state"] == "apart"
    assert [child["id"] for child in officer.get(f"{here}likely-children/").json()["results"]] == [known]


@pytest.mark.parametrize("act", ["not-same", "undo-not-same", "merge-child", "unmerge-child", "drop-merge"])
def test_who_does_not_decide_is_refused_and_a_stale_page_too(world: World, act: str) -> None:
    here, known, version = at_the_referral(world)
    body: dict[str, Any] = {"version": version, "reason": "They are two."}
    if act in ("not-same", "undo-not-same", "merge-child"):
        body["child"] = known
    path = f"/api/v1/{here}{act}/"
    assert browser(world.teacher).post(path, body).status_code == 403
    assert browser(world.stranger).post(path, body).status_code == 404
    assert browser(world.officer).post(path, {**body, "version": version + 1}).json()["code"] == "stale"


def _answer(second: Browser, merge: dict[str, Any]) -> int:
    waiting = merge["confirmation"]
    body = {"version": waiting["version"]}
    status: int = second.post(f"/api/v1/confirmations/{waiting['id']}/confirm/", body).status_code
    return status
