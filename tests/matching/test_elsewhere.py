"""A child another agency works with: nothing is told but that it is involved, until it has answered a question."""

from datetime import date
from typing import Any

import pytest

from backend.access.binding import acting
from backend.agencies.roles import Role
from backend.children.commands import same_child
from backend.children.models import Child
from backend.children.queries import likely_children
from backend.core.errors import Conflict
from backend.referrals.commands.machine import referral_machine
from backend.referrals.models import InformationRequest, Referral
from tests.actors import Browser, actor, browser_of, membership_of
from tests.cases.conftest import World

ASKS = {
    "question": "Do you work with this child?",
    "purpose": "who_is_involved",
    "article6": "public_task",
    "condition": "safeguarding_children",
    "power": "children_act_2004_s10",
}
HIDDEN = {
    "family_name": "Exampel",
    "date_of_birth": date(2012, 4, 5),
    "school": "Hidden School",
    "nhs_number": "9990000123",
}


def browser(who: Any) -> Browser:
    return browser_of(membership_of(who))


@pytest.fixture
def elsewhere(world: World) -> tuple[Child, Referral]:
    """A child whom youth justice alone knows, and a referral at the front door that may be about it."""
    known = world.referred(world.agency("youth-justice"), **HIDDEN)
    new = world.referred()
    with acting(world.officer):
        return known, Referral.objects.get(child=new)


def page_of(world: World, referral: Referral) -> Any:
    return browser(world.officer).get(f"referrals/{referral.id}/matching/")


def test_only_that_another_agency_is_involved_is_said(world: World, elsewhere: tuple[Child, Referral]) -> None:
    known, referral = elsewhere
    page = page_of(world, referral)
    assert page.json()["is_known_elsewhere"] is True
    assert page.json()["candidates"] == []
    likely = browser(world.officer).get(f"referrals/{referral.id}/likely-children/")
    assert likely.json() == {"results": [], "is_known_elsewhere": True}
    detail = browser(world.officer).get(f"referrals/{referral.id}/")
    for answer in (page, likely, detail):
        said = answer.content.decode()
        for secret in (str(known.id), "Exampel", "Hidden School", "999 000 0123", "9990000123", "2012-04-05"):
            assert secret not in said, secret


def test_a_hidden_child_is_neither_matched_nor_joined_nor_set_aside(
    world: World, elsewhere: tuple[Child, Referral]
) -> None:
    known, referral = elsewhere
    with acting(world.officer):
        assert likely_children(referral.child_id) == []
        with pytest.raises(Conflict):
            same_child(world.officer, referral.child_id, known.id)
    for act in ("not-same", "merge-child"):
        body = {"version": referral.version, "child": str(known.id), "reason": "I guessed the id."}
        answer = browser(world.officer).post(f"referrals/{referral.id}/{act}/", body)
        made_up = {**body, "child": "0198c0de-0000-7000-8000-000000000000"}
        other = browser(world.officer).post(f"referrals/{referral.id}/{act}/", made_up)
        assert answer.status_code == other.status_code == 409
        assert answer.content == other.content, "an id that exists and one that does not are the same bytes"


def test_a_question_is_routed_and_the_answer_opens_name_and_date_alone(
    world: World, elsewhere: tuple[Child, Referral]
) -> None:
    known, referral = elsewhere
    first = page_of(world, referral).json()
    (ask,) = first["options"]
    assert ask["obstacles"] == ["Start looking at the referral first."]
    with acting(world.officer):
        referral = referral_machine.perform(
            world.officer, "start_triage", referral.id, version=referral.version, given={}
        )
    (ask,) = page_of(world, referral).json()["options"]
    assert ask["obstacles"] == []
    answer = browser(world.officer).post(ask["url"], {**ASKS, "version": referral.version})
    assert answer.status_code == 200, answer.content
    with acting(world.officer):
        asked = InformationRequest.objects.get(root_id=referral.id)
    assert asked.asked_agency_id == world.agency("youth-justice").id
    assert page_of(world, referral).json()["candidates"] == [], "a question alone opens nothing"
    theirs = actor("youth-justice", Role.TRIAGE_OFFICER)
    body = {
        **{name: ASKS[name] for name in ("article6", "condition", "power")},
        "answer": "Yes.",
        "version": asked.version,
    }
    told = browser(theirs).post(f"information-requests/{asked.id}/answer/", body)
    assert told.status_code == 200, told.content
    page = page_of(world, referral).json()
    (candidate,) = page["candidates"]
    assert (candidate["id"], candidate["name"], candidate["compared"]) == (str(known.id), "Amina Exampel", [])
    assert page["is_known_elsewhere"] is False
    assert "Hidden School" not in str(page)


def test_nobody_knew_leaves_the_record_hidden(world: World, elsewhere: tuple[Child, Referral]) -> None:
    _known, referral = elsewhere
    with acting(world.officer):
        referral = referral_machine.perform(
            world.officer, "start_triage", referral.id, version=referral.version, given={}
        )
    browser(world.officer).post(f"referrals/{referral.id}/ask-elsewhere/", {**ASKS, "version": referral.version})
    with acting(world.officer):
        asked = InformationRequest.objects.get(root_id=referral.id)
    theirs = browser(actor("youth-justice", Role.TRIAGE_OFFICER))
    assert theirs.post(f"information-requests/{asked.id}/nothing-known/", {"version": asked.version}).status_code == 200
    page = page_of(world, referral).json()
    assert (page["candidates"], page["is_known_elsewhere"]) == ([], True)


def test_there_is_nobody_to_ask_without_such_a_child(world: World) -> None:
    new = world.referred()
    with acting(world.officer):
        referral = Referral.objects.get(child=new)
        referral = referral_machine.perform(
            world.officer, "start_triage", referral.id, version=referral.version, given={}
        )
    page = page_of(world, referral).json()
    assert (page["is_known_elsewhere"], page["options"]) == (False, [])
    body = {**ASKS, "version": referral.version}
    assert browser(world.officer).post(f"referrals/{referral.id}/ask-elsewhere/", body).status_code == 409
