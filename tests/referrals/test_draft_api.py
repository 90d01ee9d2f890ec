"""The draft over HTTP: what is saved, what is said about it, who may, and what it costs."""

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.access.binding import acting
from backend.agencies.roles import Role
from backend.audit.commands import record
from backend.referrals.form.sections import FIELDS, SECTIONS
from backend.referrals.intake.loading import load
from backend.referrals.intake.promoting import promote
from tests.actors import Browser, actor, browser_of
from tests.referrals.answers import complete_answers, minimal_answers
from tests.referrals.drafted import drafted

pytestmark = pytest.mark.django_db
_NOT_COUNTED = re.compile(r"^(SAVEPOINT|RELEASE SAVEPOINT|ROLLBACK TO SAVEPOINT|BEGIN|COMMIT)", re.IGNORECASE)


@pytest.fixture
def writer():
    return actor("city-police", Role.PRACTITIONER)


@pytest.fixture
def me(writer):
    return browser_of(writer)


def path_of(referral) -> str:
    return f"referrals/{referral.id}/draft/"


def save(who, referral, base_rev=0, **values):
    answers = {name: {"value": value, "base_rev": base_rev} for name, value in values.items()}
    return who.patch(path_of(referral), {"answers": answers})


def status_of(body) -> dict[str, str]:
    return {section["name"]: section["status"] for section in body["sections"]}


def test_a_new_draft_shows_the_whole_form_and_asks_for_danger_first(me, writer):
    body = me.get(path_of(drafted(writer, {}))).json()
    assert (body["rev"], body["saved_at"], body["answers"], body["stop"]) == (0, None, {}, None)
    assert body["can_submit"] is False
    assert [section["name"] for section in body["sections"]] == [section.name for section in SECTIONS]
    names = [field["name"] for section in body["sections"] for page in section["pages"] for field in page["fields"]]
    assert names == list(FIELDS)
    assert status_of(body)["danger"] == "not_started"
    assert set(list(status_of(body).values())[1:]) == {"cannot_start_yet"}
    assert body["problems"][0] == {
        "field": "danger_now", "section": "danger", "page": "now",
        "sentence": "Say whether the child is in danger right now.",
    }  # fmt: skip


def test_answers_come_back_with_their_revision_and_the_whole_can_be_sent(me, writer):
    referral = drafted(writer, minimal_answers())
    body = me.get(path_of(referral)).json()
    assert (body["can_submit"], body["problems"], body["rev"]) == (True, [], 1)
    assert body["answers"]["child_given_name"].keys() == {"value", "rev", "at"}
    assert body["answers"]["child_given_name"]["value"] == "Amara"
    assert set(status_of(body).values()) == {"completed", "optional"}


def test_saving_answers_with_what_changed_and_how_far_the_form_is(me, writer):
    referral = drafted(writer, {})
    body = save(me, referral, danger_now=False, child_given_name="Amara").json()
    assert body.keys() == {
        "rev", "saved_at", "answers", "conflicts", "sections", "can_submit", "problems", "stop"
    }  # fmt: skip
    assert {name: answer["value"] for name, answer in body["answers"].items()} == {
        "danger_now": False, "child_given_name": "Amara"
    }  # fmt: skip
    assert body["sections"][0] == {"name": "danger", "status": "completed", "missing": []}
    child = body["sections"][1]
    assert child["status"] == "incomplete"
    assert {"field": "birth", "sentence": "Say whether you know the date of birth."} in child["missing"]


def test_invalid_and_partial_answers_are_kept_and_reported(me, writer):
    referral = drafted(writer, complete_answers())
    body = save(me, referral, 1, child_date_of_birth="2013-2-", worried_about=[{"text": "He"}]).json()
    assert body["conflicts"] == {}
    assert body["can_submit"] is False
    assert {problem["field"] for problem in body["problems"]} == {
        "child_date_of_birth", "worried_about.0.basis", "worried_about.0.currency"
    }  # fmt: skip
    kept = me.get(path_of(referral)).json()["answers"]
    assert kept["child_date_of_birth"]["value"] == "2013-2-"
    assert kept["worried_about"]["value"] == [{"text": "He"}]


def test_an_answer_changed_elsewhere_comes_back_instead_of_being_overwritten(me, writer):
    referral = drafted(writer, {"parent_view": "Mum agrees."})
    body = save(me, referral, 0, parent_view="Dad agrees.", child_known_as="Ama").json()
    assert body["conflicts"]["parent_view"]["value"] == "Mum agrees."
    assert body["conflicts"]["parent_view"]["by"] == writer.name
    assert list(body["answers"]) == ["child_known_as"]


def test_danger_stops_until_somebody_was_called_and_locks_the_other_parts(me, writer):
    referral = drafted(writer, complete_answers())
    body = save(me, referral, 1, danger_now=True).json()
    assert body["stop"]["phones"][0] == {"label": "Emergency services", "number": "999"}
    assert len(body["stop"]["phones"]) >= 3
    assert status_of(body)["child"] == "cannot_start_yet"
    assert not body["can_submit"]
    called = {"danger_called": "Emergency duty team", "danger_called_at": "2026-01-05T09:30:00Z"}
    body = save(me, referral, 2, **called).json()
    assert body["stop"] is None
    assert body["can_submit"]


def test_what_may_be_chosen_as_basis_follows_who_sends_and_who_receives(me, writer):
    def powers(sender) -> set[str]:
        sections = browser_of(sender).get(path_of(drafted(sender, {}))).json()["sections"]
        pages = next(section for section in sections if section["name"] == "sending")["pages"]
        field = next(field for page in pages for field in page["fields"] if field["name"] == "share_power")
        return {choice["value"] for choice in field["choices"]}

    police, school = powers(writer), powers(actor("oakfield-school", Role.PRACTITIONER))
    assert "education_act_2002_s175" in school - police
    assert "common_law_policing" in police - school
    assert "pcsc_act_2022_s16" not in police | school


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"answers": []},
        {"answers": {"child_given_name": "Amara"}},
        {"answers": {"child_given_name": {"value": "Amara"}}},
        {"answers": {"child_given_name": {"base_rev": 0}}},
        {"answers": {"child_given_name": {"value": "Amara", "base_rev": -1}}},
        {"answers": {"child_given_name": {"value": "Amara", "base_rev": "x"}}},
        {"answers": {"child_given_name": {"value": "Amara", "base_rev": 0, "by": "me"}}},
        {"answers": {"child_given_name": {"value": "a" * 30_000, "base_rev": 0}}},
        {"answers": {}, "state": "submitted"},
    ],
)
def test_what_is_no_autosave_is_refused_with_sentences(me, writer, body):
    response = me.patch(path_of(drafted(writer, {})), body)
    assert response.status_code == 400
    assert response.json()["code"] == "invalid"
    assert response.json()["fields"]


def test_unknown_names_are_refused_by_name_and_nothing_is_saved(me, writer):
    referral = drafted(writer, {})
    response = save(me, referral, child_given_name="Amara", state="submitted", risk_score=9)
    assert response.status_code == 400
    assert response.json()["fields"] == {
        name: ["This is not something we ask for here."] for name in ("state", "risk_score")
    }
    assert me.get(path_of(referral)).json()["answers"] == {}


def test_nobody_else_finds_the_draft_and_it_looks_as_if_it_were_not_there(writer):
    referral = drafted(writer, complete_answers())
    nowhere = browser_of(writer).get(f"referrals/{uuid4()}/draft/")
    assert nowhere.status_code == 404
    others = [
        actor("city-police", Role.PRACTITIONER, nth=1),
        actor("oakfield-school", Role.MANAGER),
        actor("front-door", Role.TRIAGE_OFFICER),
        actor("front-door", Role.MANAGER),
    ]
    for other in others:
        me = browser_of(other)
        for response in (me.get(path_of(referral)), save(me, referral, child_given_name="Eve")):
            assert response.status_code == 404, other
            assert response.content == nowhere.content
    assert Browser().get(path_of(referral)).status_code == 401


def test_a_referral_that_was_sent_has_no_draft_any_more(me, writer):
    referral = drafted(writer, complete_answers())
    with acting(writer):
        promoted = promote(writer, referral, load(writer, referral))
        referral.submit(writer, {"holder_id": promoted.holder_id, "child": promoted.child})
        record(writer, "referral.submit", referral, root_id=referral.id, child_id=promoted.child.id)
    for response in (me.get(path_of(referral)), save(me, referral, child_given_name="Late")):
        assert response.status_code == 409
        assert response.json()["code"] == "wrong_state"
    officer = browser_of(actor("front-door", Role.TRIAGE_OFFICER))
    assert officer.get(path_of(referral)).status_code == 403


@pytest.mark.parametrize("mine", [True, False])
def test_every_read_save_and_refusal_leaves_one_access_row(writer, mine):
    referral = drafted(writer, {})
    me = browser_of(writer if mine else actor("oakfield-school", Role.PRACTITIONER))
    actions = [
        lambda: me.get(path_of(referral)),
        lambda: save(me, referral, danger_now=False),
        lambda: save(me, referral, nonsense=False),
    ]
    for action in actions:
        with CaptureQueriesContext(connection) as captured:
            action()
        rows = [query["sql"] for query in captured.captured_queries if 'INTO "audit_accesslog"' in query["sql"]]
        assert len(rows) == 1
        assert referral.id.hex in rows[0]


def counted(action) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        assert action().status_code == 200
    return [query["sql"] for query in captured.captured_queries if not _NOT_COUNTED.match(query["sql"])]


def test_reading_takes_at_most_eight_statements_and_saving_ten(me, writer):
    referral = drafted(writer, complete_answers())
    me.get(path_of(referral))
    reading = counted(lambda: me.get(path_of(referral)))
    assert len(reading) <= 8, reading
    saving = counted(lambda: save(me, referral, 1, parent_view="Mum agrees."))
    assert len(saving) <= 10, saving
