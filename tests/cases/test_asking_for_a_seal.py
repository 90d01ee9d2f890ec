"""Information governance asks that a record of its agency is sealed, and reads nothing of it; a manager agrees.

Source: access.md, the table (seal, unseal, name people: information_governance; confirmation, fresh sign-in), Sealed,
and Decision order 3 (sealed without being named is invisible).
"""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.agencies.roles import Role
from backend.audit.models import AccessLog, Event
from backend.cases.models import Case
from backend.core.ids import uuid7
from backend.referrals.models import Referral
from backend.workflow.models import Confirmation
from tests.access.signing_in import stale
from tests.actors import actor, browser_of
from tests.cases.conftest import World
from tests.cases.test_dying import confirmed, second
from tests.cases.test_sealed import newcomer
from tests.cases.test_sealing import finds, ids, named, sealed, take_it
from tests.cases.working import assessing
from tests.factories import manager, officer, open_confirmation, referral_in, second_manager
from tests.notifications.telling import deliver, subjects

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
WHY = "The police rang us: somebody who works here has asked about her."


def governance(slug: str = "city-early-help") -> Actor:
    """Who governs the information of an agency."""
    return actor(slug, Role.INFORMATION_GOVERNANCE)


def ask(edge: str, path: str, who: Actor, *people: Actor) -> Any:
    """Ask for it as the page does."""
    chosen = {"people": [str(one.user_id) for one in people]} if edge != "lift" else {}
    browser = browser_of(who)
    return browser.post(f"{path}/{edge}/", {"version": 1, "reason": WHY, **chosen})


def found(reference: str, who: Actor) -> list[dict[str, Any]]:
    answer = browser_of(who).post("sealing/find/", {"reference": reference})
    assert answer.status_code == 200, answer.content
    records: list[dict[str, Any]] = answer.json()["records"]
    return records


def test_they_ask_and_a_manager_seals_it_and_no_word_of_it_was_read(world: World) -> None:
    case, colleague = assessing(world), newcomer(world)
    who, path = governance(), f"seals/{case.id}"
    [record] = found(case.reference.lower(), who)
    assert record == {"reference": case.reference, "noun": "case", "url": f"/cases/{case.id}/seal"}
    page = browser_of(who).get(f"{path}/").json()
    assert (page["is_unread"], page["is_sealed"]) == (True, False)
    assert [one["name"] for one in page["options"]] == ["put"]
    assert world.worker.name in {one["name"] for one in page["sees"]}

    answer = ask("put", path, who, world.other_worker)
    assert answer.status_code == 200, answer.content
    assert answer.json()["confirmation"]["asked_by"] == who.name
    assert (named(case), finds(colleague, case)) == (set(), True), "nothing changes before a manager agrees"
    [waiting] = browser_of(who).get("sealing/").json()["proposed"]
    assert (waiting["label"], waiting["reference"]) == ("Seal this case", case.reference)

    assert confirmed(world, case).status_code == 200
    assert named(case) == ids([world.worker, world.other_worker, second(world), who])
    assert not finds(colleague, case)
    for part in ("", "notes/", "identity/", "timeline/"):
        assert browser_of(who).get(f"cases/{case.id}/{part}").status_code == 404, "who is named reads no more by it"
    with acting(who):
        assert not Case.objects.exists()
        assert not Event.objects.filter(root_id=case.id).exists()
    labels = AccessLog.objects.using("owner").filter(user_id=who.user_id, root_ids__contains=[case.id])
    assert {"sealing.find", "seal.read", "seal.put"} <= set(labels.values_list("label", flat=True))


def test_whoever_is_not_of_the_agency_that_has_it_learns_nothing(world: World) -> None:
    case, elsewhere = assessing(world), governance("front-door")
    assert found(case.reference, elsewhere) == []
    assert found("C-NOT-THERE", elsewhere) == []
    browser = browser_of(elsewhere)
    answers = [browser.get(f"seals/{pk}/") for pk in (case.id, uuid7())]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert ask("put", f"seals/{case.id}", elsewhere, world.manager).status_code == 404
    for who in (world.worker, world.manager):
        assert browser_of(who).get("sealing/").status_code == 403
        assert browser_of(who).post("sealing/find/", {"reference": case.reference}).status_code == 403


def test_they_are_asked_to_sign_in_again_and_nothing_is_asked_before(world: World) -> None:
    case = assessing(world)
    body = {"version": 1, "people": [str(world.other_worker.user_id)], "reason": WHY}
    assert stale(governance()).post(f"seals/{case.id}/put/", body).status_code == 401
    assert not Confirmation.objects.using("owner").filter(target_id=case.id).exists()


def test_what_they_asked_can_be_taken_back_and_refused(world: World) -> None:
    case, who = assessing(world), governance()
    asked = ask("put", f"seals/{case.id}", who, world.other_worker).json()["confirmation"]
    answer = browser_of(who).post(f"confirmations/{asked['id']}/withdraw/", {"version": asked["version"]})
    assert (answer.status_code, answer.json()["state"]) == (200, "withdrawn"), answer.content
    assert browser_of(who).get("sealing/").json()["proposed"] == []

    assert ask("put", f"seals/{case.id}", who, world.other_worker).status_code == 200
    waiting = open_confirmation(case.id, world.manager)
    refusal = {"version": waiting.version, "reason": "She is with her grandmother now, and he knows nothing of it."}
    answer = browser_of(world.manager).post(f"confirmations/{waiting.id}/refuse/", refusal)
    assert answer.status_code == 200, answer.content
    deliver()
    assert any(case.reference in one for one in subjects(who)), "whoever asked hears of it"
    assert browser_of(who).get(f"seals/{case.id}/").status_code == 200, "and finds where it leads"
    assert named(case) == set()


def test_they_stand_in_for_nobody_and_take_nobody_off(world: World) -> None:
    case, who = assessing(world), governance()
    answer = ask("put", f"seals/{case.id}", who)
    assert (answer.status_code, "at least three are named" in answer.content.decode()) == (409, True)
    body = {"version": 1, "people": [str(world.worker.user_id)], "reason": WHY}
    assert browser_of(who).post(f"seals/{case.id}/take-off/", body).status_code == 403


def test_while_somebody_else_asks_nobody_asks_twice(world: World) -> None:
    case, who = assessing(world), governance()
    take_it("put", case, world.manager)
    page = browser_of(who).get(f"seals/{case.id}/").json()
    assert page["confirmation"] is None, "what others asked is not theirs to read"
    answer = ask("put", f"seals/{case.id}", who, world.other_worker)
    assert (answer.status_code, "already being asked" in answer.content.decode()) == (409, True)


def test_a_seal_is_found_by_them_where_they_are_named_and_lifted_by_two(world: World) -> None:
    case, who = sealed(world, assessing(world)), governance()
    assert found(case.reference, who) == []
    assert browser_of(who).get(f"seals/{case.id}/").status_code == 404
    take_it("name", case, world.manager, who)
    assert confirmed(world, case).status_code == 200
    [record] = found(case.reference, who)
    page = browser_of(who).get(f"seals/{case.id}/").json()
    assert {one["name"] for one in page["options"]} == {"name", "lift"}
    assert (record["reference"], who.name in {one["name"] for one in page["named"]}) == (case.reference, True)
    assert ask("lift", f"seals/{case.id}", who).status_code == 200
    assert confirmed(world, case).status_code == 200
    assert named(case) == set()


def test_a_referral_that_is_no_case_yet_is_sealed_the_same_way() -> None:
    referral, who = referral_in(Referral.TRIAGE), governance("front-door")
    [record] = found(referral.reference, who)
    assert record["url"] == f"/referrals/{referral.id}/seal"
    path = f"referral-seals/{referral.id}"
    assert browser_of(who).get(f"{path}/").json()["is_unread"]
    answer = ask("put", path, who, officer(), manager(), second_manager())
    assert answer.status_code == 200, answer.content
    waiting = open_confirmation(referral.id, manager())
    answer = browser_of(manager()).post(f"confirmations/{waiting.id}/confirm/", {"version": waiting.version})
    assert answer.status_code == 200, answer.content
    assert named(referral) == ids([officer(), manager(), second_manager(), who])
    assert browser_of(who).get(f"referrals/{referral.id}/").status_code == 404


@pytest.mark.parametrize("function", ["name_on_seal(%s, %s::uuid[])", "take_off_seal(%s, %s::uuid[])", "lift_seal(%s)"])
def test_the_database_lets_them_ask_and_do_nothing_by_themselves(world: World, function: str) -> None:
    case, who = assessing(world), governance()
    assert ask("put", f"seals/{case.id}", who, world.other_worker).status_code == 200
    people = [] if function.startswith("lift") else [[who.user_id]]
    with pytest.raises(DatabaseError), acting(who), connection.cursor() as cursor:
        cursor.execute(f"SELECT app.{function}", [case.id, *people])
    with acting(governance("front-door")), transaction.atomic():
        assert not Confirmation.objects.filter(target_id=case.id).exists()
    assert named(case) == set()
