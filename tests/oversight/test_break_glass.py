"""Break-glass: one person reads one child for four hours, says why, and is asked about it; the rest stays closed."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection

from backend.access import bundles, policy
from backend.access.binding import acting
from backend.access.marks import Mark
from backend.access.models import Conflict, Named
from backend.access.permissions import Permission
from backend.access.relations import Relation
from backend.agencies.models import User
from backend.agencies.roles import Role
from backend.cases.models import Case
from backend.core import clock
from backend.core.ids import uuid7
from backend.notifications.models import Outbox
from backend.oversight.commands import NOTHING
from backend.oversight.models import BreakGlass
from tests.access.signing_in import stale
from tests.actors import actor, browser_of, seen
from tests.administration.leading import worker
from tests.oversight.emergencies import MONDAY, WHY, about, governance, opened, statuses, stranger

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def test_whoever_signed_in_a_while_ago_is_asked_first_whether_there_is_something_to_open_or_not(case: Case) -> None:
    answers = [stale(stranger()).post("break-glass/", about(case, **other)) for other in ({}, {"given_name": "Nobody"})]
    assert [answer.status_code for answer in answers] == [401, 401]
    assert answers[0].content == answers[1].content
    assert not BreakGlass.objects.using("owner").exists()


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
