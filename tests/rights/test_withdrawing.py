"""A withdrawal ends what a family has a right to: two people decide it, and nothing is lost until they have.

Source: workflow.md, Confirmation (asked-by is not confirmed-by; subject access); docs/adr/0069.
"""

from typing import Any

import pytest
from django.db import DatabaseError, connection

from backend.access.binding import acting
from backend.cases.models import Case
from backend.notifications.models import Outbox
from backend.notifications.texts import text
from backend.rights.commands.requesting import fields_of
from backend.rights.models import SubjectRequest
from tests.actors import browser_of
from tests.rights import made
from tests.rights.made import first, second

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
WORDS = "Her mother rang on Tuesday: she does not need it now."


def _asks(one: SubjectRequest) -> Any:
    return made.posted(first(), one, "ask_to_withdraw", reason=WORDS)


def _page(one: SubjectRequest) -> dict[str, Any]:
    found: dict[str, Any] = browser_of(second()).get(f"subject-requests/{one.id}/").json()
    return found


def _told(message: str) -> list[Outbox]:
    return list(Outbox.objects.using("owner").filter(message=message))


def test_one_asks_for_it_another_agrees_and_the_page_says_who_and_why(case: Case) -> None:
    one = made.asked(case)
    due = _page(one)["due_at"]
    assert _asks(one).status_code == 200
    page = _page(one)
    assert (page["state"], page["withdrawal_by"], page["ended_note"]) == ("withdrawing", first().name, WORDS)
    assert (page["due_at"], page["ended_at"]) == (due, None)
    assert _told("subject_request_to_withdraw")
    alone = made.posted(first(), one, "withdraw")
    assert (alone.status_code, "yourself" in alone.json()["reasons"][0]) == (409, True)
    assert made.posted(second(), one, "withdraw").status_code == 200
    page = _page(one)
    assert (page["state"], page["withdrawn_by"], page["withdrawal_by"]) == ("withdrawn", second().name, first().name)
    assert (page["ended_note"], page["ended_at"] is not None) == (WORDS, True)
    assert _told("subject_request_withdrawn")


def test_who_is_told_reads_who_wants_it_withdrawn_and_never_why(case: Case) -> None:
    one = made.withdrawing(made.asked(case))
    subject, body = text("subject_request_to_withdraw").fill(fields_of(one))
    assert one.reference in subject
    assert first().name in body
    assert one.ended_note not in subject + body


def test_nobody_withdraws_what_nobody_asked_to_withdraw(case: Case) -> None:
    one = made.asked(case)
    answer = made.posted(second(), one, "withdraw")
    assert (answer.status_code, answer.json()["code"]) == (409, "wrong_state")


def test_it_still_waits_for_an_answer_and_stands_among_those_that_do(case: Case) -> None:
    one = made.withdrawing(made.asked(case))
    rows = browser_of(second()).get("subject-requests/?view=waiting").json()["results"]
    assert [row["id"] for row in rows] == [str(one.id)]
    assert rows[0]["state_label"] == "A withdrawal waits for a second person"


def test_meanwhile_nobody_reads_it_and_it_goes_on_where_it_was(case: Case) -> None:
    one = made.checking(case)
    assert _asks(one).status_code == 200
    path = f"subject-requests/{one.id}/passages/"
    assert browser_of(second()).get(path).json()["results"] == []
    assert browser_of(second()).get(f"subject-requests/{one.id}/copy.pdf/").status_code == 409
    assert made.posted(second(), one, "keep", reason="She says that she never rang.").status_code == 200
    page = _page(one)
    assert (page["state"], page["not_withdrawn_why"]) == ("checking", "She says that she never rang.")
    assert (page["ended_note"], page["withdrawal_by"]) == ("", "")
    assert browser_of(second()).get(path).json()["results"]
    assert browser_of(second()).get(f"subject-requests/{one.id}/copy.pdf/").status_code == 200
    assert _told("subject_request_not_withdrawn")
    assert made.posted(second(), one, "release", has_read=True).status_code == 200


def test_while_a_refusal_waits_it_is_not_withdrawn_past_the_second_person(case: Case) -> None:
    one = made.refusing(made.asked(case))
    answer = _asks(one)
    assert (answer.status_code, answer.json()["code"]) == (409, "wrong_state")


@pytest.mark.parametrize(
    "forged",
    [
        "state = 'withdrawn', withdrawn_by_id = %(me)s, ended_at = now()",
        "state = 'withdrawn', withdrawn_by_id = %(other)s, ended_at = now()",
        "state = 'open'",
        "withdrawal_by_id = %(other)s",
    ],
)
def test_the_database_holds_to_two_people_too(case: Case, forged: str) -> None:
    one = made.withdrawing(made.asked(case))
    people = {"me": first().user_id, "other": second().user_id, "id": one.id}
    with pytest.raises(DatabaseError), acting(first()), connection.cursor() as cursor:
        cursor.execute(f"UPDATE rights_subjectrequest SET {forged} WHERE id = %(id)s", people)


@pytest.mark.parametrize("state", ["asked", "refusing"])
def test_nor_can_one_person_end_it_there_in_one_step(case: Case, state: str) -> None:
    one = made.asked(case) if state == "asked" else made.refusing(made.asked(case))
    with pytest.raises(DatabaseError), acting(second()), connection.cursor() as cursor:
        cursor.execute("UPDATE rights_subjectrequest SET state = 'withdrawn', ended_at = now() WHERE id = %s", [one.id])


def test_nobody_agrees_to_a_withdrawal_in_the_name_of_who_once_asked(case: Case) -> None:
    one = made.withdrawing(made.asked(case))
    made.take("keep", one, second(), reason="She still wants it.")
    with pytest.raises(DatabaseError), acting(second()), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE rights_subjectrequest SET state = 'withdrawing', withdrawn_from = 'asked' WHERE id = %s", [one.id]
        )
