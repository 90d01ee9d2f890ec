"""A request for a copy through HTTP: two people open it and two release it, and nobody else reads a word of it.

Source: access.md, “subject access: read, redact, release”; workflow.md, Confirmation; docs/adr/0069.
"""

from datetime import timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from backend.access.binding import acting
from backend.access.models import Conflict, Named
from backend.agencies.roles import Role
from backend.audit.models import AccessLog
from backend.cases.models import Case
from backend.core import clock
from backend.core.ids import uuid7
from backend.rights.commands import keeping
from backend.rights.models import Pack, SubjectRequest
from tests import golden
from tests.actors import actor, browser_of, seen
from tests.administration.leading import manager, worker
from tests.edges import good_input
from tests.factories import every_role_in
from tests.rights import made
from tests.rights.conftest import PLAIN, THIRD
from tests.rights.made import ASKED, first, second
from tests.routes import SOMETHING, routes
from tests.worker import worker_login

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
REVIEWED = Path(__file__).with_name("routes.csv")
LONG_AGO = 2**31 - 1
TABLES = ("rights_subjectrequest", "rights_pack", "rights_copiedpassage")


def _body(name: str, method: str, case: Case) -> Any:
    if method == "GET":
        return None
    if name == "subject-requests":
        return {**ASKED, "reference": case.reference, "asker_name": "Another Person"}
    if name == "subject-request-decide":
        return {"version": LONG_AGO, "decision": "keep"}
    edge = name.removeprefix("subject_request-").replace("-", "_")
    told = {"told_on": "2026-08-05"} if edge == "extend" else {}
    return {**good_input("subject_request", edge, **told), "version": LONG_AGO}


def _texts(who: Any, one: SubjectRequest) -> list[str]:
    answer = browser_of(who).get(f"subject-requests/{one.id}/passages/?page_size=100")
    assert answer.status_code == 200, answer.content
    rows = answer.json()["results"]
    return ["".join(piece["before"] + piece["word"] for piece in row["pieces"]) for row in rows]


def test_every_route_method_and_role_answers_as_reviewed(case: Case) -> None:
    """Allowed ends at 200, 201 or, because the version is too old or there is no file yet, at 409."""
    one = made.opened(case)
    passage = str(made.passages(one)[0].id)
    roles = [role for role in Role if role is not Role.SYSTEM]
    lines = ["route,method,agency," + ",".join(roles)]
    people = {slug: every_role_in(slug) for slug in ("front-door", "oakfield-school")}
    for route in (route for route in routes() if route.path.startswith("/api/v1/subject-requests/")):
        path = route.path.replace(str(SOMETHING), str(one.id), 1).replace(str(SOMETHING), passage)
        name = route.name.removeprefix("api:")
        for method, slug in product(route.methods, people):
            found = {}
            for role in roles:
                with transaction.atomic():
                    browser = browser_of(people[slug][role])
                    body = _body(name, method, case)
                    found[role] = browser.send(method, path, body, key="one-key-for-it").status_code
                    transaction.set_rollback(True)
            lines.append(",".join([name, method, slug, *(str(found[role]) for role in roles)]))
    golden.compare(REVIEWED, "\n".join([*lines, ""]))


def test_one_person_opens_nothing_and_a_second_opens_it_for_both(case: Case) -> None:
    one = made.asked(case)
    assert _texts(first(), one) == []
    refused = made.posted(first(), one, "confirm")
    assert refused.status_code == 409
    assert "Somebody else of information governance" in refused.json()["reasons"][0]
    assert made.work() == 0
    assert made.posted(second(), one, "confirm").status_code == 200
    assert made.work() == 1
    for who in (first(), second()):
        assert {PLAIN, THIRD} <= set(_texts(who, one))


def test_nobody_else_reads_it_and_row_security_alone_says_so(case: Case) -> None:
    one = made.opened(case)
    for who in (manager(), worker(), actor("front-door", Role.SYSTEM_ADMINISTRATOR)):
        assert browser_of(who).get(f"subject-requests/{one.id}/passages/").status_code in (403, 404)
        with acting(who):
            assert [seen(table) for table in TABLES] == [set(), set(), set()]


def test_inside_the_request_its_readers_open_nothing_of_the_record_itself(case: Case) -> None:
    made.opened(case)
    for part in ("", "notes/", "identity/", "plan/"):
        assert browser_of(first()).get(f"cases/{case.id}/{part}").status_code == 404


@pytest.mark.parametrize("edge", ["refuse", "withdraw"])
def test_what_was_read_is_closed_when_the_request_ends(case: Case, edge: str) -> None:
    waits = made.refusing if edge == "refuse" else made.withdrawing
    one = waits(made.opened(case))
    assert made.posted(second(), one, edge).status_code == 200
    assert _texts(first(), one) == []
    with worker_login():
        assert keeping.tidy() == 1
        assert keeping.tidy() == 0
    assert {passage.text for passage in made.passages(one)} == {""}


def test_a_conflict_and_a_seal_stand_above_it(case: Case) -> None:
    one = made.opened(case)
    Conflict.objects.using("owner").create(user_id=second().user_id, child_id=case.child_id)
    assert browser_of(second()).get(f"subject-requests/{one.id}/").status_code == 404
    assert browser_of(first()).get(f"subject-requests/{one.id}/").status_code == 200
    Named.objects.using("owner").create(user_id=uuid7(), child_id=case.child_id)
    missing = browser_of(first()).get(f"subject-requests/{uuid7()}/")
    assert browser_of(first()).get(f"subject-requests/{one.id}/").content == missing.content
    with acting(first()):
        assert [seen(table) for table in TABLES] == [set(), set(), set()]


def test_of_a_sealed_child_nobody_learns_by_asking_that_there_is_a_record(case: Case) -> None:
    Named.objects.using("owner").create(user_id=uuid7(), child_id=case.child_id)
    there = browser_of(first()).post("subject-requests/", {**ASKED, "reference": case.reference})
    nowhere = browser_of(first()).post("subject-requests/", {**ASKED, "reference": "C-NOT-THERE"})
    assert (there.status_code, there.content) == (409, nowhere.content)


def test_whoever_sent_it_for_a_check_does_not_release_it(case: Case) -> None:
    one = made.checking(case)
    refused = made.posted(first(), one, "release", has_read=True)
    assert refused.status_code == 409
    assert "You sent this for a check yourself" in refused.json()["reasons"][0]
    assert made.posted(second(), one, "release", has_read=False).status_code == 400
    answer = made.posted(second(), one, "release", has_read=True)
    assert (answer.status_code, answer.json()["state"]) == (200, "released")


def test_the_database_holds_to_two_people_too(case: Case) -> None:
    one = made.asked(case)
    with pytest.raises(DatabaseError), acting(first()), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE rights_subjectrequest SET state = 'open', confirmed_at = now(), confirmed_by_id = %s WHERE id = %s",
            [first().user_id, one.id],
        )
    with pytest.raises(DatabaseError), acting(first()), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE rights_subjectrequest SET state = 'open', confirmed_at = now(), confirmed_by_id = %s WHERE id = %s",
            [second().user_id, one.id],
        )
    opened = made.take("confirm", one, second())
    with pytest.raises(DatabaseError), acting(second()):
        Pack.objects.filter(root_id=opened.id).update(pdf=b"forged")


def test_nothing_is_sent_for_a_check_before_each_passage_is_decided(case: Case) -> None:
    one = made.opened(case)
    refused = made.posted(first(), one, "send_for_check")
    assert refused.status_code == 409
    assert "Nobody has decided about" in refused.json()["reasons"][0]


def test_what_bears_a_label_is_proposed_and_intelligence_leaves_no_trace(case: Case) -> None:
    one = made.opened(case)
    proposed = {passage.text: passage.proposed for passage in made.passages(one)}
    assert (proposed[PLAIN], proposed[THIRD]) == ("", "about_another")
    assert all(passage.mark != "police" for passage in made.passages(one))


def test_each_passage_says_in_words_what_it_is(case: Case) -> None:
    said = [passage.heading for passage in made.passages(made.opened(case))]
    assert any("Tried so far" in heading for heading in said)
    assert not [heading for heading in said if "_" in heading]


def test_while_it_is_checked_nothing_is_decided_and_sent_back_its_file_is_gone(case: Case) -> None:
    one = made.checking(case)
    passage = made.passages(one)[0]
    path = f"subject-requests/{one.id}/passages/{passage.id}/decide/"
    late = browser_of(first()).post(path, {"version": passage.version, "decision": "keep"})
    assert (late.status_code, late.json()["code"]) == (409, "wrong_state")
    assert browser_of(second()).get(f"subject-requests/{one.id}/copy.pdf/").status_code == 200
    assert made.posted(second(), one, "send_back", reason="The aunt is named.").status_code == 200
    assert browser_of(second()).get(f"subject-requests/{one.id}/copy.pdf/").status_code == 409
    assert made.pack_of(one).pdf is None
    made.decided(one, passage.id, decision="withhold", reason="about_another")
    made.take("send_for_check", one, first())
    assert made.work() == 1
    assert made.pack_of(one).has_file


def test_two_who_decide_about_one_passage_do_not_overwrite_each_other(case: Case) -> None:
    one = made.opened(case)
    passage = made.passages(one)[0]
    path = f"subject-requests/{one.id}/passages/{passage.id}/decide/"
    body = {"version": 0, "decision": "withhold", "reason": "about_another"}
    answers = [browser_of(who).post(path, body) for who in (first(), second())]
    assert [answer.status_code for answer in answers] == [200, 409]
    assert answers[1].json()["code"] == "stale"
    wrong = browser_of(first()).post(
        path, {"version": 1, "decision": "redact", "reason": "about_another", "cut": [999]}
    )
    assert (wrong.status_code, list(wrong.json()["fields"])) == (400, ["cut"])
    bare = browser_of(first()).post(path, {"version": 1, "decision": "withhold"})
    assert list(bare.json()["fields"]) == ["reason"]


def test_the_same_key_records_and_decides_once(case: Case) -> None:
    body = {**ASKED, "reference": case.reference}
    answers = [browser_of(first()).post("subject-requests/", body, key="the-same-key-again") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json()["id"] == answers[1].json()["id"]
    again = browser_of(first()).post("subject-requests/", body)
    assert (again.status_code, again.json()["code"]) == (409, "exists")
    assert SubjectRequest.objects.using("owner").count() == 1


def test_each_request_writes_one_row_and_a_download_is_a_disclosure(case: Case) -> None:
    one = made.checking(case)
    last = AccessLog.objects.using("owner").count()
    browser = browser_of(second())
    browser.get(f"subject-requests/{one.id}/")
    browser.get(f"subject-requests/{one.id}/passages/")
    browser.get(f"subject-requests/{one.id}/copy.pdf/")
    rows = list(AccessLog.objects.using("owner").order_by("recorded_at", "id"))[last:]
    assert [(row.label, row.kind, row.status) for row in rows] == [
        ("subject_request.read", "consultation", 200),
        ("subject_request.passages", "consultation", 200),
        ("subject_request.download", "disclosure", 200),
    ]
    assert all(case.child_id in row.child_ids and one.id in row.root_ids for row in rows)
    assert case.id in rows[1].root_ids
    assert case.id in rows[2].root_ids


def test_the_file_is_there_for_some_days_and_then_gone_with_the_words(case: Case) -> None:
    one = made.released(case)
    expires = made.pack_of(one).expires_at
    assert expires is not None
    browser = browser_of(first())
    assert browser.get(f"subject-requests/{one.id}/copy.json/").status_code == 200
    with worker_login():
        assert keeping.tidy() == 0
    with clock.at(expires + timedelta(seconds=1)):
        assert browser_of(first()).get(f"subject-requests/{one.id}/copy.json/").status_code == 409
        with worker_login():
            assert keeping.tidy() == 1
    pack = made.pack_of(one)
    assert (pack.pdf, pack.data) == (None, None)
    assert {passage.text for passage in made.passages(one)} == {""}
    assert all(passage.decision for passage in made.passages(one))
