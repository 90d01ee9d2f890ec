"""By when a request is answered, who is told, what is asked of whoever records one, and what its edges cost."""

from datetime import timedelta

import pytest
from django.db import connections

from backend.cases.models import Case
from backend.core import clock
from backend.notifications.models import Outbox
from backend.rights.commands import keeping
from backend.rights.models import CopiedPassage
from tests.actors import browser_of
from tests.api.costs.row import EDGE
from tests.api.counting import said, statements
from tests.api.test_statements import LIST
from tests.rights import made
from tests.rights.made import ASKED, first, second
from tests.worker import worker_login

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def test_who_answers_is_told_without_a_name_of_the_child_and_once_a_day_when_it_is_late(case: Case) -> None:
    with clock.at(clock.now() - timedelta(days=40)):
        one = made.asked(case, received_on=f"{clock.now():%Y-%m-%d}")
    told = Outbox.objects.using("owner").filter(message__startswith="subject_request")
    assert {row.message for row in told} == {"subject_request_recorded"}
    with worker_login():
        assert [keeping.remind(), keeping.remind()] == [1, 0]
    late = list(told.filter(message="subject_request_late"))
    assert len(late) == 2, "the two agencies in which somebody governs the information"
    assert all(one.child_name not in str(row.fields) for row in told)


def test_the_time_is_made_longer_once(case: Case) -> None:
    one = made.asked(case)
    due = one.due_at
    longer = made.posted(first(), one, "extend", told_on="2026-08-05")
    assert longer.status_code == 200
    assert longer.json()["due_at"] > due.isoformat()
    again = made.posted(first(), one, "extend", told_on="2026-08-05")
    assert again.status_code == 409
    assert "already" in again.json()["reasons"][0]


def test_a_carer_says_by_what_they_may_ask(case: Case) -> None:
    body = {**ASKED, "reference": case.reference, "asker": "carer"}
    answer = browser_of(first()).post("subject-requests/", body)
    assert list(answer.json()["fields"]) == ["authority"]
    nobody = browser_of(first()).post("subject-requests/", ASKED)
    assert list(nobody.json()["fields"]) == ["reference"]


def test_what_the_edges_after_the_worker_and_the_lists_cost(case: Case) -> None:
    one = made.all_decided(case)
    sent = statements(lambda: made.posted(first(), one, "send_for_check"))
    made.work()
    released = statements(lambda: made.posted(second(), one, "release", has_read=True))
    reads = LIST  # `posted` reads the request before
    assert len(sent) <= EDGE + reads, said(sent)
    assert len(released) <= EDGE + reads, said(released)
    other = made.opened(case)
    browser = browser_of(first())
    for path in ("subject-requests/", f"subject-requests/{other.id}/passages/"):
        found = statements(lambda path=path: browser.get(path))
        assert len(found) <= LIST, said(found)


def test_the_log_of_the_worker_names_nobody(case: Case) -> None:
    made.opened(case)
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM rights_copiedpassage WHERE heading LIKE %s", ["%Quillfeather%"])
        assert cursor.fetchone() == (0,)
    assert CopiedPassage.objects.using("owner").exists()
