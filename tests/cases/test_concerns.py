"""Peers and places of concern: read by those the rule names and nobody else, and no way to learn who is known here."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.access.models import Conflict as ConflictOfInterest
from backend.audit.models import AccessLog
from backend.cases.models import Case, Concern
from backend.core.errors import Invalid
from backend.core.ids import uuid7
from tests import casework
from tests.actors import browser_of
from tests.cases.conftest import World
from tests.cases.planning import planned
from tests.cases.working import today, visited
from tests.casework import BEHIND_THE_SHOPS, concern_of

pytestmark = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
BEHIND = "The stairwell behind the shops"


def concerns(who: Actor, case: Case) -> list[Mapping[str, Any]]:
    """What stands on the page, as somebody reads it."""
    answer = browser_of(who).get(f"cases/{case.id}/concerns/")
    assert answer.status_code == 200, answer.content
    return list(answer.json()["concerns"])


def in_the_database(who: Actor) -> int:
    """How many rows somebody finds who asks the tables themselves, what they looked like before included."""
    with acting(who), connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT count(*) FROM cases_concern) + (SELECT count(*) FROM cases_historicalconcern)")
        return int(cursor.fetchone()[0])


def review(who: Actor, concern: Concern, **given: Any) -> Any:
    """Look at it again."""
    body = {"version": concern.version, "reason": "Asked the school.", **given}
    return browser_of(who).post(f"concerns/{concern.id}/review/", body)


def test_its_workers_and_the_lead_agencys_managers_read_it_and_nobody_else(world: World) -> None:
    case = planned(world)
    concern = concern_of(case, world.worker, name=BEHIND)
    for reader in (world.worker, world.manager):
        assert [one["name"] for one in concerns(reader, case)] == [BEHIND]
        assert in_the_database(reader) == 2
    casework.member_of(case, world.worker, world.teacher)
    for stranger in (world.teacher, world.stranger, world.officer):
        assert browser_of(stranger).get(f"cases/{case.id}/concerns/").status_code == 404
        assert browser_of(stranger).get(f"concerns/{concern.id}/").status_code == 404
        assert in_the_database(stranger) == 0


def test_nothing_of_it_stands_on_any_other_page(world: World) -> None:
    case = planned(world)
    concern_of(case, world.worker, name=BEHIND, text="Two older boys wait there.")
    visited(world, case)
    member = casework.member_of(case, world.worker, world.teacher)
    parts = (
        "",
        "identity",
        "people",
        "timeline",
        "notes",
        "plan",
        "family-page",
        "team",
        "standing",
        "outcomes",
        "documents",
    )
    read = [
        browser_of(world.worker).get(f"cases/{case.id}/{part}/".replace("//", "/")).content.decode() for part in parts
    ]
    read.append(browser_of(world.teacher).get(f"team-members/{member.id}/").content.decode())
    assert not [text for text in read if BEHIND in text or "older boys" in text or "concern.add" in text]


def another(world: World) -> Case:
    """Another case of the same worker, about a child of another family."""
    child = world.referred(world.agency("city-early-help"), given_name="Kwame", family_name="Bramley")
    return world.allocate(world.opened(child, led_by="city-early-help").id, world.manager, world.worker)


@committed
def test_a_peer_who_is_a_child_here_is_seen_only_by_whoever_may_see_that_child(world: World) -> None:
    """Also in the database; who may not finds no gap that would tell."""
    case, theirs = planned(world), another(world)
    concern = concern_of(case, world.worker, kind="peer", name="", peer=str(theirs.child_id))
    (shown,) = concerns(world.worker, case)
    assert (shown["name"], shown["is_child_here"], shown["peer_case_id"]) == ("Kwame Bramley", True, str(theirs.id))
    assert len(concerns(world.manager, case)) == 1
    ConflictOfInterest.objects.using("owner").create(user_id=world.manager.user_id, child_id=theirs.child_id)
    assert concerns(world.manager, case) == []
    assert browser_of(world.manager).get(f"concerns/{concern.id}/").status_code == 404
    assert in_the_database(world.manager) == 0


def test_adding_a_peer_does_not_tell_whether_a_child_is_known(world: World) -> None:
    """A child whom the worker does not work with is answered like nobody at all, and is not offered."""
    case, known = planned(world), world.referred(given_name="Kwame").id
    answers = []
    for peer in (known, uuid7()):
        with pytest.raises(Invalid) as refused:
            concern_of(case, world.worker, kind="peer", name="", peer=str(peer))
        answers.append((refused.value.reasons, refused.value.fields))
    assert answers[0] == answers[1]
    form = browser_of(world.worker).get(f"cases/{case.id}/concerns/").json()["options"][0]["input"]
    assert next(field for field in form if field["name"] == "peer")["choices"] == []


@committed
def test_each_reading_is_an_access_row_that_names_the_peer(world: World) -> None:
    case = planned(world)
    theirs = another(world)
    concern_of(case, world.worker, kind="peer", name="", peer=str(theirs.child_id))
    concerns(world.manager, case)
    row = AccessLog.objects.using("owner").filter(label="case.concerns").latest("recorded_at")
    assert row.user_id == world.manager.user_id
    assert {theirs.child_id, case.child_id} <= set(row.child_ids)


def test_it_is_looked_at_again_changed_and_ended_with_its_past_in_words(world: World) -> None:
    case = planned(world)
    concern = concern_of(case, world.worker, name=BEHIND)
    ahead = (today() + timedelta(weeks=4)).isoformat()
    assert review(world.worker, concern, outcome="changed", review_on=ahead).status_code == 400
    given = {"outcome": "changed", "review_on": ahead, "what": ["weapons"], "text": "A knife was found."}
    answer = review(world.manager, concern, **given)
    assert answer.status_code == 200, answer.content
    told = answer.json()
    assert (told["what"], told["text"], told["review_on"]) == (
        ["Weapons are carried there or by them"],
        "A knife was found.",
        ahead,
    )
    assert [one["text"] for one in told["past"]] == ["A knife was found.", "They wait for him there."]
    assert review(world.worker, concern, outcome="ended").status_code == 409
    with acting(world.worker):
        concern = Concern.objects.get(pk=concern.id)
    assert review(world.worker, concern, outcome="ended").json()["ended_at"] is not None


def test_what_does_not_fit_is_refused(world: World) -> None:
    case = planned(world)
    for given in (
        {"review_on": (today() + timedelta(days=400)).isoformat()},
        {"name": ""},
        {"since": (today() + timedelta(days=1)).isoformat()},
    ):
        body = {**BEHIND_THE_SHOPS, "review_on": (today() + timedelta(days=30)).isoformat(), **given}
        answer = browser_of(world.worker).post(f"cases/{case.id}/concerns/", body)
        assert (answer.status_code, list(answer.json()["fields"])) == (400, list(given)), answer.content
