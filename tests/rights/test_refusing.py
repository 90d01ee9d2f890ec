"""A refusal takes a right away: two people decide it, and until they have, nobody reads and nothing is lost.

Source: workflow.md, Confirmation (asked-by is not confirmed-by; subject access); docs/adr/0069.
"""

from typing import Any

import pytest
from django.db import DatabaseError, connection

from backend.access.binding import acting
from backend.cases.models import Case
from backend.notifications.models import Outbox
from backend.rights.models import SubjectRequest
from tests.actors import browser_of
from tests.rights import made
from tests.rights.made import first, second

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
WORDS = "It is not your child. You may complain to the manager, or to the regulator."


def _asks(one: SubjectRequest) -> Any:
    return made.posted(first(), one, "ask_to_refuse", reason=WORDS)


def _page(one: SubjectRequest) -> dict[str, Any]:
    found: dict[str, Any] = browser_of(second()).get(f"subject-requests/{one.id}/").json()
    return found


def _told() -> set[str]:
    return set(Outbox.objects.using("owner").filter(message__startswith="subject_").values_list("message", flat=True))


def test_one_asks_for_it_and_another_agrees(case: Case) -> None:
    one = made.asked(case)
    assert _asks(one).status_code == 200
    page = _page(one)
    assert (page["state"], page["refusal_by"], page["ended_note"]) == ("refusing", first().name, WORDS)
    assert "subject_request_to_refuse" in _told()
    alone = made.posted(first(), one, "refuse")
    assert (alone.status_code, "yourself" in alone.json()["reasons"][0]) == (409, True)
    assert made.posted(second(), one, "refuse").status_code == 200
    page = _page(one)
    assert (page["state"], page["refused_by"], page["refusal_by"]) == ("refused", second().name, first().name)
    assert "subject_request_refused" in _told()


def test_nobody_refuses_what_nobody_asked_to_refuse(case: Case) -> None:
    one = made.asked(case)
    answer = made.posted(second(), one, "refuse")
    assert (answer.status_code, answer.json()["code"]) == (409, "wrong_state")


def test_meanwhile_nobody_reads_it_and_it_goes_on_where_it_was(case: Case) -> None:
    one = made.checking(case)
    assert _asks(one).status_code == 200
    path = f"subject-requests/{one.id}/passages/"
    assert browser_of(second()).get(path).json()["results"] == []
    assert browser_of(second()).get(f"subject-requests/{one.id}/copy.pdf/").status_code == 409
    assert made.posted(second(), one, "go_on", reason="She has parental responsibility.").status_code == 200
    page = _page(one)
    assert (page["state"], page["not_refused_why"]) == ("checking", "She has parental responsibility.")
    assert (page["ended_why"], page["refusal_by"]) == ("", "")
    assert browser_of(second()).get(path).json()["results"]
    assert browser_of(second()).get(f"subject-requests/{one.id}/copy.pdf/").status_code == 200
    assert "subject_request_not_refused" in _told()
    assert made.posted(second(), one, "release", has_read=True).status_code == 200


@pytest.mark.parametrize(
    "forged",
    [
        "state = 'refused', refused_by_id = %(me)s, ended_at = now()",
        "state = 'refused', refused_by_id = %(other)s, ended_at = now()",
        "state = 'open'",
        "refusal_by_id = %(other)s",
    ],
)
def test_the_database_holds_to_two_people_too(case: Case, forged: str) -> None:
    one = made.refusing(made.asked(case))
    people = {"me": first().user_id, "other": second().user_id, "id": one.id}
    with pytest.raises(DatabaseError), acting(first()), connection.cursor() as cursor:
        cursor.execute(f"UPDATE rights_subjectrequest SET {forged} WHERE id = %(id)s", people)


def test_nobody_agrees_to_a_refusal_in_the_name_of_who_once_asked(case: Case) -> None:
    one = made.refusing(made.asked(case))
    made.take("go_on", one, second(), reason="It is her child.")
    with pytest.raises(DatabaseError), acting(second()), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE rights_subjectrequest SET state = 'refusing', refused_from = 'asked' WHERE id = %s", [one.id]
        )
