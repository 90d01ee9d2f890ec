"""A referral that is no case yet is sealed by whoever decides about it and a manager; nobody is left without a reader.

Source: access.md, Sealed (at least the officer, a manager and a deputy are named) and the table (seal, unseal, name
people: triage officer at the holder, confirmation, fresh sign-in).
"""

from typing import Any

import pytest
from django.db import DatabaseError, connection

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.access.models import Named
from backend.agencies.roles import Role
from backend.core.errors import Conflict, Forbidden
from backend.referrals.models import Referral
from tests.actors import actor, browser_of
from tests.edges import take
from tests.factories import FRONT_DOOR, agency_id, manager, officer, open_confirmation, referral_in, second_manager
from tests.notifications.telling import deliver, subjects

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
WHY = "Her father looks for her and works beside us."
PAGE = "referral-seals"


def colleague() -> Actor:
    """Another officer of the front door."""
    return actor(FRONT_DOOR, Role.TRIAGE_OFFICER, nth=1)


def take_it(edge: str, referral: Referral, by: Actor, *people: Actor) -> None:
    chosen = {"people": [str(one.user_id) for one in people]} if edge != "lift" else {}
    take(edge, referral.id, by, noun="referral_seal", **chosen, reason=WHY)


def confirmed(referral: Referral, by: Actor) -> Any:
    waiting = open_confirmation(referral.id, by)
    return browser_of(by).post(f"confirmations/{waiting.id}/confirm/", {"version": waiting.version})


def agreed(edge: str, referral: Referral, *people: Actor, by: Actor | None = None) -> None:
    take_it(edge, referral, by or officer(), *people)
    answer = confirmed(referral, manager())
    assert answer.status_code == 200, answer.content


def sealed(*people: Actor, state: str = Referral.TRIAGE) -> Referral:
    """A referral that an officer asks to seal and a manager agrees to."""
    referral = referral_in(state)
    agreed("put", referral, *(people or (second_manager(), manager())))
    return referral


def named(referral: Referral) -> set[Any]:
    rows = Named.objects.using("owner").filter(child_id=referral.child_id, ended_at=None)
    return set(rows.values_list("user_id", flat=True))


def ids(*people: Actor) -> set[Any]:
    return {one.user_id for one in people}


def finds(who: Actor, referral: Referral) -> bool:
    """Whether somebody finds a referral, by its address and in their lists, as row security says too."""
    browser = browser_of(who)
    opened = browser.get(f"referrals/{referral.id}/").status_code == 200
    with acting(who):
        stored = Referral.objects.filter(pk=referral.id).exists()
    assert opened == stored
    assert opened or referral.reference not in browser.get("referrals/?view=held&page_size=100").content.decode()
    return opened


def test_an_officer_and_a_manager_seal_a_referral_and_nobody_else_finds_it() -> None:
    referral = referral_in(Referral.TRIAGE)
    shown = browser_of(officer()).get(f"{PAGE}/{referral.id}/").json()
    assert {officer().name, colleague().name, manager().name} <= {one["name"] for one in shown["sees"]}
    [option] = shown["options"]
    assert colleague().name in option["hint"].partition("finds it no more")[2]

    take_it("put", referral, officer(), manager(), second_manager())
    assert (finds(colleague(), referral), named(referral)) == (True, set()), "nothing changes before a second agrees"
    deliver()
    assert any("asks for a second person" in one for one in subjects(manager()))
    assert confirmed(referral, manager()).status_code == 200
    assert named(referral) == ids(officer(), manager(), second_manager())
    assert [finds(who, referral) for who in (officer(), manager(), colleague())] == [True, True, False]
    browser = browser_of(colleague())
    gone, nothing = (browser.get(f"{PAGE}/{pk}/") for pk in (referral.id, manager().agency_id))
    assert (gone.status_code, gone.content) == (404, nothing.content)
    deliver()
    assert any("You are named" in one for one in subjects(second_manager()))
    assert not any("are named" in one for one in subjects(colleague()))
    rows = browser_of(officer()).get(f"{PAGE}/{referral.id}/").json()["named"]
    assert {one["name"]: (one["by"], one["why"]) for one in rows}[officer().name] == (manager().name, WHY)


def test_at_least_three_are_named_whoever_agrees() -> None:
    referral = referral_in(Referral.TRIAGE)
    for people in ((), (manager(),)):
        with pytest.raises(Conflict, match="at least three are named"):
            take_it("put", referral, officer(), *people)
    take_it("put", referral, officer(), colleague())
    assert confirmed(referral, manager()).status_code == 200
    assert named(referral) == ids(officer(), colleague(), manager())


def test_of_the_two_one_is_a_manager() -> None:
    referral = referral_in(Referral.TRIAGE)
    take_it("put", referral, officer(), manager(), second_manager())
    answer = confirmed(referral, colleague())
    assert (answer.status_code, "A manager has to agree" in answer.content.decode()) == (409, True)
    assert named(referral) == set()
    another = referral_in(Referral.TRIAGE)
    take_it("put", another, manager(), second_manager())
    assert confirmed(another, colleague()).status_code == 200, "an officer agrees to what a manager asks for"


def test_somebody_is_named_and_taken_off_and_a_manager_always_stays() -> None:
    referral = sealed()
    agreed("name", referral, colleague())
    assert finds(colleague(), referral)
    with pytest.raises(Conflict, match="At least one manager"):
        take_it("take_off", referral, officer(), manager(), second_manager())
    with pytest.raises(Conflict, match="cannot take yourself off"):
        take_it("take_off", referral, officer(), officer())
    take_it("take_off", referral, officer(), manager())
    assert named(referral) == ids(officer(), colleague(), second_manager())
    with pytest.raises(Conflict, match="has this referral in triage"):
        take_it("take_off", referral, colleague(), officer())


def test_two_lift_it_and_everybody_sees_what_they_saw() -> None:
    referral = sealed()
    assert not finds(colleague(), referral)
    agreed("lift", referral)
    assert (named(referral), finds(colleague(), referral)) == (set(), True)


def test_it_is_handed_only_to_where_somebody_is_named() -> None:
    referral, elsewhere = sealed(), "youth-justice"
    with pytest.raises(Conflict, match="Name somebody first"):
        take("redirect", referral.id, officer(), to_agency=agency_id(elsewhere))
    agreed("name", referral, manager(elsewhere))
    take("redirect", referral.id, officer(), to_agency=agency_id(elsewhere))
    assert finds(manager(elsewhere), referral)
    assert not finds(officer(elsewhere), referral)


def test_help_is_agreed_within_the_seal_and_the_case_keeps_it() -> None:
    referral = sealed()
    handover = {"what_matters": "Her way home.", "who_to_speak_to": "Ms A. Teacher"}
    with pytest.raises(Conflict, match="Name somebody first"):
        take("accept", referral.id, officer(), lead_agency=agency_id("city-early-help"), **handover)
    done = take("accept", referral.id, officer(), lead_agency=agency_id(FRONT_DOOR))
    shown = browser_of(manager()).get(f"seals/{done.case_id}/").json()
    assert shown["is_sealed"]
    assert {officer().name, manager().name, second_manager().name} == {one["name"] for one in shown["named"]}
    assert browser_of(manager()).get(f"{PAGE}/{referral.id}/").json()["options"] == []


def test_whoever_sent_it_and_whoever_has_nothing_to_do_with_it_seal_nothing() -> None:
    referral = referral_in(Referral.TRIAGE)
    with acting(officer()):
        sender = Referral.objects.get(pk=referral.id)
    with pytest.raises(Forbidden):
        take_it("put", referral, actor(sender.referrer_agency.slug, Role.MANAGER), manager())
    body = {"version": referral.version, "people": [], "reason": WHY}
    assert browser_of(manager("brightwater")).post(f"{PAGE}/{referral.id}/put/", body).status_code == 404
    assert browser_of(manager("brightwater")).get(f"{PAGE}/{referral.id}/").status_code == 404


@pytest.mark.parametrize("function", ["name_on_seal(%s, %s::uuid[])", "take_off_seal(%s, %s::uuid[])", "lift_seal(%s)"])
def test_the_database_lets_nobody_write_names_by_themselves(function: str) -> None:
    referral = sealed()
    before = named(referral)
    for who in (officer(), colleague(), manager("brightwater"), manager()):
        people = [] if function.startswith("lift") else [[manager("brightwater").user_id, officer().user_id]]
        with pytest.raises(DatabaseError), acting(who), connection.cursor() as cursor:
            cursor.execute(f"SELECT app.{function}", [referral.id, *people])
    assert named(referral) == before
