"""Break-glass: one person reads one child for four hours, says why, and is asked about it; the rest stays closed."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection

from backend.access import bundles, policy
from backend.access.actors import Actor
from backend.access.binding import acting
from backend.access.marks import Mark
from backend.access.models import Conflict, Named
from backend.access.permissions import Permission
from backend.access.relations import Relation
from backend.agencies.models import User
from backend.agencies.roles import Role
from backend.cases.models import Case
from backend.children.models import Child
from backend.core import clock
from backend.core.ids import uuid7
from backend.notifications.models import Outbox
from backend.oversight.commands import NOTHING, remind
from backend.oversight.models import BreakGlass
from tests.access.signing_in import stale
from tests.actors import Browser, actor, browser_of, seen
from tests.administration.leading import led_by, manager, worker
from tests.worker import worker_login

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
MONDAY = datetime.fromisoformat("2026-11-23T10:00:00+00:00")
WHY = "She rang from the station and says that he is waiting outside."


@pytest.fixture
def case() -> Case:
    return led_by(worker())


def stranger(slug: str = "youth-justice") -> Actor:
    """A case worker whose agency has nothing to do with the child."""
    return actor(slug, Role.CASE_WORKER)


def governance() -> Actor:
    return actor("front-door", Role.INFORMATION_GOVERNANCE)


def about(case: Case, **other: Any) -> dict[str, Any]:
    child = Child.objects.using("owner").get(pk=case.child_id)
    named = {"given_name": child.given_name.upper(), "family_name": child.family_name}
    return {
        **named,
        "date_of_birth": str(child.date_of_birth),
        "reason_code": "danger_now",
        "reason": WHY,
        **other,
    }


def opened(who: Actor, case: Case, **other: Any) -> dict[str, Any]:
    answer = browser_of(who).post("break-glass/", about(case, **other))
    assert answer.status_code == 201, answer.content
    found: dict[str, Any] = answer.json()
    return found


def test_whoever_signed_in_a_while_ago_is_asked_first_whether_there_is_something_to_open_or_not(case: Case) -> None:
    answers = [stale(stranger()).post("break-glass/", about(case, **other)) for other in ({}, {"given_name": "Nobody"})]
    assert [answer.status_code for answer in answers] == [401, 401]
    assert answers[0].content == answers[1].content
    assert not BreakGlass.objects.using("owner").exists()


def statuses(browser: Browser, case: Case) -> list[int]:
    parts = ("", "identity/", "plan/", "notes/", "timeline/")
    return [browser.get(f"cases/{case.id}/{part}").status_code for part in parts]


def messages(who: Actor) -> list[str]:
    rows = Outbox.objects.using("owner").filter(message__startswith="break_glass").order_by("id")
    told = [(row.message, row.audience) for row in rows]
    return [
        message
        for message, audience in told
        if audience.get("user_id") == str(who.user_id)
        or (audience.get("agency_id") == str(who.agency_id) and who.role.value in audience["roles"])
    ]


def test_what_was_closed_is_open_for_reading_until_the_person_closes_it(case: Case) -> None:
    browser = browser_of(stranger())
    assert set(statuses(browser, case)) == {404}
    one = opened(stranger(), case)
    assert set(statuses(browser, case)) == {200}
    identity = browser.get(f"cases/{case.id}/identity/").json()
    assert (identity["by_break_glass"], identity["options"]) == (True, [])
    offered = [one["name"] for one in browser.get(f"cases/{case.id}/").json()["options"]]
    assert offered == ["declare_conflict"], "whoever sees that they are too close can say so"
    (url,) = (row["url"] for row in one["opened"] if row["url"].startswith("/referrals/"))
    referral = browser.get(url.removeprefix("/") + "/").json()
    assert (referral["audience"], referral["by_break_glass"]) == ("text", True)
    assert {one["name"] for one in referral["options"]} <= {"declare_conflict"}
    ended = browser.post(f"break-glass/{one['id']}/end/", {"version": one["version"]})
    assert (ended.status_code, ended.json()["is_open"]) == (200, False), ended.content
    assert set(statuses(browser, case)) == {404}
    assert browser.post(f"break-glass/{one['id']}/end/", {"version": 1}).status_code == 409


def test_it_ends_by_itself_after_four_hours(case: Case) -> None:
    with clock.at(MONDAY):
        opened(stranger(), case)
    for hours, status in ((3.9, 200), (4.1, 404)):
        with clock.at(MONDAY + timedelta(hours=hours)):
            assert browser_of(stranger()).get(f"cases/{case.id}/").status_code == status, hours


def test_nothing_is_written_shared_or_taken_along_by_it(case: Case) -> None:
    opened(stranger(), case)
    browser = browser_of(stranger())
    for path, body in ((f"cases/{case.id}/record-contact/", {"version": case.version}),):
        assert browser.post(path, body).status_code in (403, 404, 405), path
    assert browser.get(f"cases/{case.id}/documents/").status_code in (403, 404)
    assert browser.get(f"cases/{case.id}/concerns/").status_code in (403, 404)
    assert browser.get("cases/").json()["results"] == [], "it is on no list of one's own work"
    with acting(stranger()), connection.cursor() as cursor:
        cursor.execute("SELECT app.sees_root(%s), app.reads_root(%s), app.writes_at(%s)", [case.id] * 3)
        assert cursor.fetchone() == (True, True, False), "nor would the database let them"
    reads = {permission for permission in Permission if _by_glass(permission)}
    assert reads == {
        Permission.REFERRAL_SEE_STATUS,
        Permission.REFERRAL_READ_TEXT,
        Permission.CASE_SEE,
        Permission.PLAN_SEE,
        Permission.ACTION_SEE,
        Permission.INTERVENTION_SEE,
    }


def _by_glass(permission: Permission) -> bool:
    return any(Relation.BREAK_GLASS in grant.relations for grant in policy.TABLE[permission])


@pytest.mark.parametrize("hidden", ["sealed", "conflict", "unknown", "own"])
def test_what_cannot_be_opened_is_refused_in_the_same_words(case: Case, hidden: str) -> None:
    """Sealed, in conflict, not there, or seen anyway: nobody learns which, and nothing is opened or told."""
    who = worker() if hidden == "own" else stranger()
    given = about(case, **({"given_name": "Nobody"} if hidden == "unknown" else {}))
    somebody = User.objects.using("owner").exclude(pk=who.user_id).first()
    assert somebody
    if hidden == "sealed":
        Named.objects.using("owner").create(user_id=somebody.pk, child_id=case.child_id)
    if hidden == "conflict":
        Conflict.objects.using("owner").create(user_id=who.user_id, child_id=case.child_id)
    answer = browser_of(who).post("break-glass/", given)
    assert (answer.status_code, answer.json()["code"], answer.json()["reasons"]) == (409, "nothing_to_open", [NOTHING])
    assert not BreakGlass.objects.using("owner").exists()
    assert not Outbox.objects.using("owner").filter(message__startswith="break_glass").exists()
    rows = browser_of(governance()).get(f"looks/?person={who.user_id}&refused=yes").json()["results"]
    assert [row["did"] for row in rows] == [["Opened records in an emergency"]], "that somebody tried is written down"


def test_a_seal_that_comes_later_closes_it(case: Case) -> None:
    opened(stranger(), case)
    somebody = User.objects.using("owner").exclude(pk=stranger().user_id).first()
    assert somebody
    Named.objects.using("owner").create(user_id=somebody.pk, child_id=case.child_id)
    assert set(statuses(browser_of(stranger()), case)) == {404}
    with acting(stranger()):
        assert case.id not in seen("cases_case")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"reason": "Because I must."}, "reason"),
        ({"reason": " " * 30}, "reason"),
        ({"reason_code": "curiosity"}, "reason_code"),
        ({"date_of_birth": "2999-01-01"}, "date_of_birth"),
        ({"family_name": ""}, "family_name"),
    ],
)
def test_it_needs_a_child_a_reason_and_words(case: Case, given: dict[str, Any], field: str) -> None:
    answer = browser_of(stranger()).post("break-glass/", about(case, **given))
    assert answer.status_code == 400
    assert field in answer.json()["fields"]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SYSTEM])
def test_whose_work_does_not_need_it_cannot(role: Role) -> None:
    may = role in (Role.TRIAGE_OFFICER, Role.CASE_WORKER, Role.MANAGER)
    assert policy.holds(replace(stranger(), role=role), Permission.BREAK_GLASS_OPEN) is may
    assert Permission.BREAK_GLASS_OPEN in bundles.NEEDS_FRESH_SIGN_IN


def test_the_login_itself_opens_nothing_for_another_role_or_without_words(case: Case) -> None:
    child = about(case)
    key = f"{child['family_name'].lower()}|{child['given_name'].lower()}"
    for who, why in ((actor("oakfield-school", Role.PRACTITIONER), WHY), (stranger(), "short")):
        with pytest.raises(DatabaseError, match="break-glass is for"), acting(who), connection.cursor() as cursor:
            cursor.execute(
                "SELECT app.break_glass(%s, %s, %s, 'other', %s, %s, %s)",
                [uuid7(), key, child["date_of_birth"], why, clock.now(), clock.now()],
            )
    with pytest.raises(DatabaseError, match="permission denied"), acting(stranger()):
        BreakGlass.objects.create(**_row(case))


def _row(case: Case) -> dict[str, Any]:
    now = clock.now()
    return {
        "user_id": stranger().user_id,
        "agency_id": stranger().agency_id,
        "partnership_id": stranger().partnership_id,
        "opened_at": now,
        "ends_at": now,
        "review_due_at": now,
        "child_ids": [case.child_id],
        "root_ids": [case.id],
        "records": [],
        "nth": 1,
    }


def test_what_the_police_know_stays_closed_to_a_charity(case: Case) -> None:
    for slug, reads in (("youth-justice", True), ("willow-families", False)):
        who = stranger(slug)
        opened(who, case)
        with acting(who), connection.cursor() as cursor:
            cursor.execute("SELECT app.mark_open(%s, %s, false)", [case.id, Mark.POLICE.value])
            assert cursor.fetchone() == (reads,), slug


def test_managers_and_governance_are_told_at_once_and_rung_beyond_three_a_day(case: Case) -> None:
    boss = actor("youth-justice", Role.MANAGER)
    for number in range(1, 5):
        minute = MONDAY + timedelta(minutes=number)
        with clock.at(minute):
            one = opened(stranger(), case)
            browser_of(stranger()).post(f"break-glass/{one['id']}/end/", {"version": one["version"]})
        assert one["nth"] == number
    assert messages(boss) == ["break_glass_opened"] * 4
    assert messages(governance()) == ["break_glass_opened"] * 3 + ["break_glass_often"]
    rows = Outbox.objects.using("owner").filter(message__startswith="break_glass")
    assert all(row.urgent and row.next_try_at <= MONDAY + timedelta(minutes=5) for row in rows)
    with clock.at(MONDAY + timedelta(days=1)):
        assert opened(stranger(), case)["nth"] == 1


def test_a_manager_says_what_they_know_and_governance_decides_and_nobody_about_themselves(case: Case) -> None:
    boss = actor("youth-justice", Role.MANAGER)
    with clock.at(MONDAY):
        one = opened(stranger(), case)
        browser_of(stranger()).get(f"cases/{case.id}/plan/")
    path = f"break-glass/{one['id']}/"
    with clock.at(MONDAY + timedelta(minutes=10)):
        attention = browser_of(boss).get("exceptions/").json()["kinds"]
        assert next(kind["count"] for kind in attention if kind["kind"] == "break_glass") == 1
        assert browser_of(manager()).get(path).status_code == 404, "another agency's manager is not asked"
        assert browser_of(stranger()).post(path + "look/", {"version": 0, "words": "Fine."}).status_code == 403
        assert browser_of(boss).post(path + "decide/", _decision(0)).status_code == 403
        looked = browser_of(boss).post(path + "look/", {"version": 0, "words": "I had asked her to."}).json()
        assert (looked["looked_by"], looked["options"]) == (boss.name, [])
        assert browser_of(boss).get("exceptions/").json()["kinds"] != attention
        assert browser_of(governance()).post(path + "decide/", _decision(0)).status_code == 409, "somebody was faster"
    with clock.at(MONDAY + timedelta(minutes=20)):
        decided = browser_of(governance()).post(path + "decide/", _decision(1))
        assert (decided.status_code, decided.json()["outcome_label"]) == (200, "Justified"), decided.content
        assert messages(stranger()) == messages(boss)[1:] == ["break_glass_decided"]
        assert browser_of(governance()).post(path + "decide/", _decision(2)).status_code == 409
        assert browser_of(stranger()).get(path).json()["decision"] == "She could not wait."


def _decision(version: int) -> dict[str, Any]:
    return {"version": version, "outcome": "justified", "words": "She could not wait."}


def test_who_looks_at_it_sees_what_was_read_and_who_leads_sees_who_looked(case: Case) -> None:
    one = opened(stranger(), case)
    browser_of(stranger()).get(f"cases/{case.id}/plan/")
    for who in (actor("youth-justice", Role.MANAGER), governance()):
        visits = browser_of(who).get(f"break-glass/{one['id']}/").json()["visits"]
        assert "Read the plan" in visits[0]["did"]
    looks = browser_of(manager()).get(f"cases/{case.id}/looks/").json()["results"]
    (mine,) = (row for row in looks if row["person"] == stranger().name)
    assert "Opened records in an emergency" in mine["did"]
    assert [row["person"] for row in looks if row["in_emergency"]] == [stranger().name]


def test_the_row_can_be_changed_by_nobody_into_another_story(case: Case) -> None:
    one = opened(stranger(), case)
    boss = actor("youth-justice", Role.MANAGER)
    for who, change in (
        (stranger(), {"reason": "Another reason, quite another one."}),
        (stranger(), {"ends_at": clock.now() + timedelta(days=1)}),
        (stranger(), {"outcome": "justified", "decided_by_id": stranger().user_id, "decided_at": clock.now()}),
        (boss, {"outcome": "justified", "decided_by_id": boss.user_id, "decided_at": clock.now()}),
        (governance(), {"looked_by_id": governance().user_id, "look": "Mine."}),
        (governance(), {"ended_at": clock.now()}),
    ):
        with pytest.raises(DatabaseError, match="another person looks"), acting(who):
            BreakGlass.objects.filter(pk=one["id"]).update(**change)


def test_what_nobody_decides_about_is_said_again_each_day_and_stops_nobody(case: Case) -> None:
    with clock.at(MONDAY):
        one = opened(stranger(), case)
    said = []
    for hours in (24, 33, 34, 40, 58):
        with clock.at(MONDAY + timedelta(hours=hours)), worker_login():
            said.append(remind())
    assert said == [0, 1, 0, 0, 1]
    assert messages(governance()).count("break_glass_waits") == 2
    assert messages(actor("youth-justice", Role.MANAGER)).count("break_glass_waits") == 2
    row = BreakGlass.objects.using("owner").get(pk=one["id"])
    assert row.reminders == 2
    with clock.at(MONDAY + timedelta(hours=59)):
        assert opened(stranger(), case)["nth"] == 1
