"""Who is told of an unusual reading, who says what about it, and that nobody decides about themselves."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.agencies.roles import Role
from backend.oversight.models import UnusualReading
from tests.actors import actor, browser_of
from tests.oversight.emergencies import governance, stranger
from tests.oversight.readings import TUESDAY, a_minute_later, looked, refused, told_of

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
WORDS = {"words": "She had been asked to look."}


def boss(slug: str = "youth-justice") -> Actor:
    return actor(slug, Role.MANAGER)


def asked_about(who: Actor) -> dict[str, Any]:
    """What governance finds of somebody who tried four records that are not theirs."""
    for day in range(4):
        refused(who, TUESDAY - timedelta(days=day))
    assert a_minute_later() == 1
    (one,) = browser_of(governance()).get("unusual/").json()["results"]
    found: dict[str, Any] = one
    return found


def test_managers_say_what_they_know_and_governance_decides_and_then_it_is_not_said_again() -> None:
    one = asked_about(stranger())
    path = f"unusual/{one['id']}/"
    assert one["kind_label"] == "Refused again and again, or many emergencies"
    attention = browser_of(boss()).get("exceptions/").json()["kinds"]
    assert next(kind["count"] for kind in attention if kind["kind"] == "unusual") == 1
    looked_at = browser_of(boss()).post(path + "look/", {"version": 0, **WORDS}).json()
    assert (looked_at["looked_by"], looked_at["options"]) == (boss().name, [])
    assert browser_of(boss()).get("unusual/").json()["results"] == []
    assert browser_of(boss()).post(path + "decide/", {"version": 1, "outcome": "explained", **WORDS}).status_code == 403
    read = browser_of(governance()).get(path).json()
    assert [visit["is_refused"] for visit in read["visits"]] == [True] * 4
    assert [option["name"] for option in read["options"]] == ["decide"]
    decided = browser_of(governance()).post(path + "decide/", {"version": 1, "outcome": "needs_talk", **WORDS})
    assert (decided.status_code, decided.json()["state_label"]) == (200, "Somebody has to talk to them")
    assert told_of()[-1] == ("unusual_decided", str(boss().user_id))
    refused(stranger(), TUESDAY + timedelta(hours=1))
    assert a_minute_later(TUESDAY + timedelta(hours=1)) == 0, "four that were decided about and a fifth are no series"
    assert (
        browser_of(governance()).post(path + "decide/", {"version": 2, "outcome": "incident", **WORDS}).status_code
        == 409
    )


def test_nobody_else_is_told_and_the_person_least_of_all() -> None:
    one = asked_about(boss())
    path = f"unusual/{one['id']}/"
    users = {user for _message, user in told_of()}
    assert str(governance().user_id) in users
    assert str(boss().user_id) not in users
    for who, status in ((boss(), 404), (boss("front-door"), 404), (stranger(), 403), (governance(), 200)):
        assert browser_of(who).get(path).status_code == status, who
    assert browser_of(boss()).get("unusual/?view=all").json()["results"] == []
    assert browser_of(boss()).post(path + "look/", {"version": 0, **WORDS}).status_code == 404
    for who in (actor("front-door", Role.SYSTEM_ADMINISTRATOR), stranger()):
        assert browser_of(who).get("unusual/").status_code == 403
    assert browser_of(governance()).get("unusual/?view=mine").status_code == 400


def test_governance_does_not_decide_about_itself() -> None:
    me = governance()
    for day in range(4):
        refused(me, TUESDAY - timedelta(days=day))
    assert a_minute_later() == 1
    row = UnusualReading.objects.using("owner").get()
    assert browser_of(me).get(f"unusual/{row.id}/").status_code == 404
    with acting(me):
        assert UnusualReading.objects.count() == 0


def test_the_row_can_be_changed_by_nobody_into_another_story() -> None:
    one = asked_about(stranger())
    for who, change in (
        (boss(), {"outcome": "explained", "decided_by_id": boss().user_id, "decided_at": TUESDAY}),
        (governance(), {"looked_by_id": governance().user_id, "look": "Mine."}),
        (governance(), {"kind": "volume"}),
        (boss(), {"subject_ids": []}),
    ):
        with pytest.raises(DatabaseError, match="another person looks"), acting(who):
            UnusualReading.objects.filter(pk=one["id"]).update(**change)
    with acting(stranger()):
        assert UnusualReading.objects.filter(pk=one["id"]).update(look="Nothing.") == 0


def test_what_was_read_is_shown_and_nothing_beside_it() -> None:
    one = asked_about(stranger())
    looked(stranger(), TUESDAY, label="case.list")
    visits = browser_of(governance()).get(f"unusual/{one['id']}/").json()["visits"]
    assert {did for visit in visits for did in visit["did"]} == {"Opened the case"}
