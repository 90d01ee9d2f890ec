"""What somebody says is wrong in a note: beside it for who reads it, decided by the agency that wrote it.

Source: domain.md 7.8 (annotate, do not overwrite); docs/adr/0069.
"""

from typing import Any

import pytest
from django.db import DatabaseError

from backend.access.binding import acting
from backend.access.models import Conflict
from backend.agencies.roles import Role
from backend.audit.models import AccessLog
from backend.cases.models import Case, Note
from backend.core import clock
from backend.core.ids import uuid7
from backend.notifications.models import Outbox
from backend.rights.models import Rectification
from tests.actors import actor, browser_of, seen
from tests.administration.leading import manager, worker
from tests.api.counting import said, statements
from tests.api.test_statements import LIST
from tests.casework import note_of
from tests.rights.conftest import PLAIN, THIRD

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
SAID = {
    "said_by": "Ms P. Arent",
    "said_as": "parent",
    "said_on": "2026-08-03",
    "wrong": "He has never been to the club.",
    "right": "He goes to football.",
}


def _note(case: Case, text: str = PLAIN) -> Note:
    return Note.objects.using("owner").get(root_id=case.id, text=text)


def disputed(case: Case, text: str = PLAIN) -> Any:
    answer = browser_of(worker()).post(f"disputed-notes/{_note(case, text).id}/dispute/", SAID)
    assert answer.status_code == 201, answer.content
    return answer.json()


def _decide(who: Any, one: Any, **given: Any) -> Any:
    body = {"version": one["version"], "outcome": "kept", "reason": "Both stand.", **given}
    return browser_of(who).post(f"rectifications/{one['id']}/decide/", body)


def _of_case(who: Any, case: Case) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = browser_of(who).get(f"rectifications/?case={case.id}").json()["results"]
    return rows


def test_it_stands_beside_the_note_which_stays_as_it_was(case: Case) -> None:
    one = disputed(case)
    assert one["note"] == PLAIN
    assert one["state"] == "asked"
    assert [row["wrong"] for row in _of_case(worker(), case)] == [SAID["wrong"]]
    assert [row["id"] for row in browser_of(manager()).get("rectifications/").json()["results"]] == [one["id"]]
    done = _decide(manager(), one)
    assert (done.status_code, done.json()["state_label"]) == (200, "Kept, with this beside it")
    [row] = _of_case(worker(), case)
    assert (row["decision"], row["decided_by"]) == ("Both stand.", manager().name)
    assert _note(case).text == PLAIN
    assert browser_of(manager()).get("rectifications/").json()["results"] == []


def test_only_who_works_on_the_case_writes_it_down_and_only_a_manager_decides(case: Case) -> None:
    path = f"disputed-notes/{_note(case).id}/"
    stranger = actor("youth-justice", Role.CASE_WORKER)
    assert browser_of(stranger).get(path).status_code == 404
    assert browser_of(stranger).post(f"{path}dispute/", SAID).status_code == 404
    one = disputed(case)
    assert _decide(worker(), one).status_code == 403
    for who in (stranger, actor("youth-justice", Role.MANAGER)):
        assert _decide(who, one).status_code == 404
        assert browser_of(who).get(f"rectifications/{one['id']}/").status_code == 404
        assert browser_of(who).get(f"rectifications/?case={case.id}").status_code == 404
        with acting(who):
            assert seen("rights_rectification") == set()


def test_what_waits_is_listed_to_who_may_decide_and_what_is_said_of_a_case_to_who_sees_it(case: Case) -> None:
    disputed(case)
    governance, administrator = Role.INFORMATION_GOVERNANCE, Role.SYSTEM_ADMINISTRATOR
    for who in (worker(), actor("front-door", governance), actor("front-door", administrator)):
        assert browser_of(who).get("rectifications/").status_code == 403, who.role
    stranger = browser_of(actor("oakfield-school", Role.MANAGER))
    unseen, unknown = (stranger.get(f"rectifications/?case={key}") for key in (case.id, uuid7()))
    assert unseen.status_code == 404
    assert unseen.content == unknown.content


def test_a_conflict_stands_above_it(case: Case) -> None:
    one = disputed(case)
    Conflict.objects.using("owner").create(user_id=manager().user_id, child_id=case.child_id)
    assert browser_of(manager()).get(f"rectifications/{one['id']}/").status_code == 404
    with acting(manager()):
        assert seen("rights_rectification") == set()


def test_of_a_note_that_bears_a_label_it_bears_the_same(case: Case) -> None:
    one = disputed(case, THIRD)
    assert Rectification.objects.using("owner").get(pk=one["id"]).mark == "third_party"


def test_another_agency_decides_nothing_about_what_it_did_not_write(case: Case) -> None:
    one = disputed(case)
    row = Rectification.objects.using("owner").get(pk=one["id"])
    Rectification.objects.using("owner").filter(pk=row.pk).update(agency=actor("youth-justice", Role.MANAGER).agency_id)
    refused = _decide(manager(), one)
    assert refused.status_code == 409
    assert "they wrote the note" in refused.json()["reasons"][0]


def test_managers_are_told_and_whoever_wrote_it_down_hears_what_was_decided(case: Case) -> None:
    one = disputed(case)
    _decide(manager(), one)
    told = Outbox.objects.using("owner").filter(message__startswith="rectification").order_by("id")
    messages = [row.message for row in told]
    assert messages[0] == "rectification_recorded"
    assert "rectification_decided" in messages
    assert all(SAID["wrong"] not in str(row.fields) for row in told)


def test_it_is_written_down_once_for_one_key_and_each_request_is_in_the_log_once(case: Case) -> None:
    path = f"disputed-notes/{_note(case).id}/dispute/"
    before = AccessLog.objects.using("owner").count()
    answers = [browser_of(worker()).post(path, SAID, key="one-key-for-both") for _ in range(2)]
    assert answers[0].json()["id"] == answers[1].json()["id"]
    rows = list(AccessLog.objects.using("owner").order_by("recorded_at", "id"))[before:]
    assert [row.label for row in rows] == ["rectification.record"] * 2
    assert all(case.id in row.root_ids and case.child_id in row.child_ids for row in rows)


def test_what_is_missing_is_said_at_its_field(case: Case) -> None:
    answer = browser_of(worker()).post(f"disputed-notes/{_note(case).id}/dispute/", {**SAID, "wrong": ""})
    assert list(answer.json()["fields"]) == ["wrong"]
    to_come = browser_of(worker()).post(f"disputed-notes/{_note(case).id}/dispute/", {**SAID, "said_on": "2199-01-01"})
    assert list(to_come.json()["fields"]) == ["said_on"]


def test_a_list_costs_the_same_however_long_it_is(case: Case) -> None:
    disputed(case)
    browser = browser_of(worker())
    once = statements(lambda: browser.get(f"rectifications/?case={case.id}"))
    for number in range(3):
        note_of(case, worker(), text=f"Note {number}.")
        disputed(case, f"Note {number}.")
    more = statements(lambda: browser.get(f"rectifications/?case={case.id}"))
    assert len(more) <= len(once) <= LIST, said(more)


def test_the_database_lets_nobody_else_decide_or_change_what_was_said(case: Case) -> None:
    one = disputed(case)
    mine = Rectification.objects.filter(pk=one["id"])
    with pytest.raises(DatabaseError), acting(worker()):
        mine.update(state="kept", decision="Mine.", decided_at=clock.now(), decided_by_id=worker().user_id)
    with pytest.raises(DatabaseError), acting(manager()):
        mine.update(wrong="Nothing.")
