"""Whoever read in an emergency is asked about it: told at once, looked at, decided, reminded; nothing is rewritten."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError

from backend.access.binding import acting
from backend.agencies.roles import Role
from backend.cases.models import Case
from backend.core import clock
from backend.notifications.models import Outbox
from backend.oversight.commands import remind
from backend.oversight.models import BreakGlass
from tests.actors import actor, browser_of
from tests.administration.leading import manager
from tests.oversight.emergencies import MONDAY, governance, messages, opened, stranger
from tests.worker import worker_login

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


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
