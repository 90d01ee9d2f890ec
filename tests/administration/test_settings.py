"""One's own settings: read in every role, chosen with a version and a key, kept with an event and a history."""

import pytest
from django.db import connections

from backend.agencies.roles import Role
from tests.actors import Browser, actor, browser_of, everybody
from tests.factories import manager, officer, teacher

pytestmark = pytest.mark.django_db(databases=["default", "owner"])
PATH = "settings/messages/"


def chosen(who, **changes):
    now = browser_of(who).get(PATH).json()
    return {**now["values"], "version": now["version"], **changes}


def choose(who, **changes):
    return browser_of(who).post(PATH, chosen(who, **changes))


def test_whoever_has_chosen_nothing_reads_the_standard_and_a_form_to_choose():
    now = browser_of(teacher()).get(PATH).json()
    assert now["version"] == 0
    assert set(now["values"].values()) == {"digest", "07", ""}
    assert [field["name"] for field in now["input"]][-3:] == ["digest_hour", "quiet_from", "quiet_to"]
    assert {field["name"] for field in now["input"]} == set(now["values"])


def test_what_is_chosen_stands_until_it_is_chosen_anew():
    first = choose(teacher(), kind_referrals="at_once", quiet_from="20", quiet_to="07")
    assert (first.status_code, first.json()["version"]) == (200, 1)
    again = choose(teacher(), digest_hour="16")
    assert (again.status_code, again.json()["version"]) == (200, 2)
    values = browser_of(teacher()).get(PATH).json()["values"]
    assert (values["kind_referrals"], values["quiet_from"], values["digest_hour"]) == ("at_once", "20", "16")


def test_nobody_has_anybody_elses():
    assert choose(teacher(), digest_hour="16").status_code == 200
    assert browser_of(officer()).get(PATH).json()["version"] == 0
    assert choose(officer(), digest_hour="18").json()["values"]["digest_hour"] == "18"
    assert browser_of(teacher()).get(PATH).json()["values"]["digest_hour"] == "16"
    assert Browser().get(PATH).status_code == 401


def test_every_role_has_settings():
    for role in Role:
        who = next((row for row in everybody() if row.role == role), None)
        if who is not None:
            assert browser_of(who).get(PATH).status_code == 200, role


@pytest.mark.parametrize("first", [True, False])
def test_two_windows_lose_nothing(first):
    if not first:
        choose(manager(), digest_hour="16")
    body = chosen(manager(), digest_hour="18")
    assert browser_of(manager()).post(PATH, body).status_code == 200
    late = browser_of(manager()).post(PATH, {**body, "digest_hour": "19"})
    assert (late.status_code, late.json()["code"]) == (409, "stale")


def test_the_same_key_again_has_no_second_effect():
    body, key = chosen(teacher(), digest_hour="18"), "0198c0de-0000-7000-8000-00000000feed"
    first = browser_of(teacher()).post(PATH, body, key=key)
    again = browser_of(teacher()).post(PATH, body, key=key)
    assert (first.json(), again.headers["Idempotency-Replayed"]) == (again.json(), "true")
    assert again.json()["version"] == 1
    assert browser_of(teacher()).post(PATH, body, key=None).status_code == 400


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"quiet_from": "20"}, "quiet_to"),
        ({"quiet_to": "07"}, "quiet_from"),
        ({"quiet_from": "07", "quiet_to": "07"}, "quiet_to"),
        ({"digest_hour": "25"}, "digest_hour"),
        ({"kind_referrals": "never"}, "kind_referrals"),
        ({"kind_secrets": "digest"}, "kind_secrets"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field(wrong, field):
    answer = choose(teacher(), **wrong)
    assert (answer.status_code, list(answer.json()["fields"])) == (400, [field])


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_each_choice_leaves_an_event_and_a_row_of_history_in_ones_own_name():
    choose(teacher(), digest_hour="16")
    choose(teacher(), digest_hour="17")
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT verb, actor_user_id, version, data FROM audit_event WHERE verb = 'settings.choose' ORDER BY version"
        )
        assert cursor.fetchall() == [("settings.choose", teacher().user_id, version, "{}") for version in (1, 2)]
        cursor.execute("SELECT digest_hour FROM notifications_historicalnotificationsettings ORDER BY version")
        assert cursor.fetchall() == [(16,), (17,)]


def test_an_administrator_has_them_too():
    assert choose(actor("front-door", Role.MANAGER, nth=0), digest_hour="09").status_code == 200
