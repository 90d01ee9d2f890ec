"""A link for whoever has no account: used once, by a POST, showing how it stands and nothing else."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection, connections, transaction

from backend.access.binding import bind
from backend.access.models import Conflict, Named
from backend.agencies.roles import Role
from backend.core import clock
from backend.core.ids import uuid7
from backend.notifications.attempts import MAX_ATTEMPTS
from backend.notifications.models import Outbox
from backend.referrals.commands.sending_links import send_status_links
from backend.referrals.models import StatusLink
from tests.actors import Browser, actor, browser_of
from tests.edges import take
from tests.factories import FRONT_DOOR, manager, officer, second_manager, submitted, teacher, with_two
from tests.referrals.callers import BY_EMAIL, BY_PHONE, called
from tests.worker import worker_login

# Committed: what a refused use rolls back must not take the link with it.
pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
KEY = "0198c0de-0000-7000-8000-00000000feed"


@pytest.fixture(autouse=True)
def _noon():
    with clock.at(NOON):
        yield


def give(referral, how="hand_over", who=None):
    referral = browser_of(who or officer()).get(f"referrals/{referral.id}/").json()
    body = {"version": referral["version"], "how": how}
    return browser_of(who or officer()).post(f"referrals/{referral['id']}/give-status-link/", body)


def token_of(referral):
    answer = give(referral)
    assert answer.status_code == 200, answer.json()
    return answer.json()["telling_caller"]["given"]["token"]


def use(token, browser=None):
    return (browser or Browser()).post("status/", {"token": token}, key=None)


def logged():
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            """SELECT user_id, role, status, root_ids, child_ids FROM audit_accesslog
                WHERE label = 'status_link.use' ORDER BY recorded_at, id"""
        )
        return cursor.fetchall()


def links():
    return StatusLink.objects.using("owner").order_by("made_at", "id")


# --- What it shows ---------------------------------------------------------------------------------------------------


def test_it_shows_who_has_it_what_is_next_and_by_when_once():
    referral = called()
    token = token_of(referral)
    answer = use(token)
    assert answer.status_code == 200
    body = answer.json()
    assert body["holder"] == "Front Door, Children’s Advice and Support"
    assert body["sentence"].startswith("Front Door, Children’s Advice and Support is looking at it and will decide by ")
    assert (body["next_step"], body["reference"]) == ("They decide what happens", referral.reference)
    assert body["next_due_at"]
    assert (body["decided_at"], body["outcome"]) == (None, "")
    assert use(token).status_code == 404


def test_it_shows_the_outcome_in_the_words_meant_for_the_referrer_and_no_other():
    referral = called()
    words = {
        "rationale": "Nothing in it",
        "outcome_text": "A school nurse will ring you.",
        "reason_code": "threshold_not_met",
    }
    declined = take("decline", referral.id, officer(), **words)
    body = use(token_of(declined)).json()
    assert body["outcome"].startswith("A school nurse will ring you.")
    assert "Nothing in it" not in json.dumps(body)
    assert body["next_step"] == "Nothing more is needed from you"
    assert body["sentence"].endswith("has decided what happens.")


def test_no_word_of_the_record_is_in_it():
    referral = called()
    text = json.dumps(use(token_of(referral)).json())
    for word in ("Amara", "Okoro", "Ama", "walked out", "Auntie", "0417", officer().name, str(referral.id)):
        assert word not in text, word


def test_no_other_agency_and_no_statutory_service_is_named():
    referral = called()
    take("step_up", referral.id, officer())
    body = use(token_of(referral)).json()
    assert body["sentence"].endswith("is acting on it and stays responsible for it.")
    assert "statutory" not in json.dumps(body)


# --- What does not work any more -------------------------------------------------------------------------------------


def test_wrong_used_expired_replaced_and_taken_back_are_the_same_bytes():
    wrong = use("A" * 43)
    used = token_of(called())
    use(used)
    replaced_of = called(child_given_name="Bela")
    replaced = token_of(replaced_of)
    token_of(replaced_of)
    taken_of = called(child_given_name="Cara")
    taken = token_of(taken_of)
    version = browser_of(officer()).get(f"referrals/{taken_of.id}/").json()["version"]
    path = f"referrals/{taken_of.id}/take-back-status-link/"
    assert browser_of(officer()).post(path, {"version": version}).status_code == 200
    expired = token_of(called(child_given_name="Dora"))
    answers = [wrong, use(used), use(replaced), use(taken)]
    with clock.at(NOON + timedelta(days=14, seconds=1)):
        answers.append(use(expired))
    assert {(answer.status_code, answer.content) for answer in answers} == {(404, wrong.content)}
    assert json.loads(wrong.content)["code"] == "not_found"


def test_it_lives_for_the_days_of_the_setting(settings):
    settings.STATUS_LINK_DAYS = 2
    token = token_of(called())
    with clock.at(NOON + timedelta(days=2, seconds=-1)):
        assert use(token).status_code == 200


@pytest.mark.parametrize("how", ["struck_out", "sealed", "conflict"])
def test_it_dies_with_what_must_not_be_told(how):
    referral = called()
    token = token_of(referral)
    if how == "struck_out":
        with_two(take, "mark_entered_in_error", referral.id, manager(), confirmed_by=second_manager())
    elif how == "sealed":
        named = Named(id=uuid7(), user_id=manager(FRONT_DOOR).user_id, child_id=referral.child_id)
        Named.objects.using("owner").bulk_create([named])
    else:
        conflict = Conflict(id=uuid7(), user_id=officer().user_id, child_id=referral.child_id)
        Conflict.objects.using("owner").bulk_create([conflict])
    assert use(token).status_code == 404
    assert links().get().used_at is None


def test_a_get_uses_nothing():
    token = token_of(called())
    for path in (f"/status#{token}", "/status", "/api/v1/status/"):
        Browser().get(path)
    assert use(token).status_code == 200


# --- Who may -------------------------------------------------------------------------------------------------------


def test_only_the_holder_gives_one_and_only_to_somebody_outside():
    outside, inside = called(), submitted(teacher(), source=None)
    assert give(inside).json()["reasons"] == ["Whoever raised this has an account here, and sees how it stands."]
    stranger = actor("youth-justice", Role.TRIAGE_OFFICER)
    body = {"version": 2, "how": "hand_over"}
    assert browser_of(stranger).post(f"referrals/{outside.id}/give-status-link/", body).status_code == 404
    assert browser_of(teacher()).post(f"referrals/{inside.id}/give-status-link/", body).status_code == 403
    assert browser_of(stranger).get(f"referrals/{outside.id}/").status_code == 404


@pytest.mark.parametrize("feedback", ["none", "anonymous"])
def test_who_does_not_want_to_hear_gets_none(feedback):
    assert give(called(caller_feedback=feedback)).json()["reasons"] == [
        "Whoever raised this does not want to hear back."
    ]


def test_a_later_answer_never_has_the_token_nor_has_a_replay():
    referral = called()
    body = {"version": browser_of(officer()).get(f"referrals/{referral.id}/").json()["version"], "how": "hand_over"}
    path = f"referrals/{referral.id}/give-status-link/"
    first = browser_of(officer()).post(path, body, key=KEY)
    again = browser_of(officer()).post(path, body, key=KEY)
    assert first.json()["telling_caller"]["given"]["token"]
    assert (again.status_code, again.json()["telling_caller"]["given"]) == (200, None)
    token = first.json()["telling_caller"]["given"]["token"]
    assert links().count() == 1
    assert token not in json.dumps(browser_of(officer()).get(f"referrals/{referral.id}/").json())
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT to_jsonb(l)::text FROM referrals_statuslink l")
        assert token not in cursor.fetchone()[0]
        cursor.execute("SELECT data::text FROM audit_event WHERE verb = 'referral.give_status_link'")
        assert token not in cursor.fetchone()[0]


def test_nothing_but_the_status_is_open_to_whoever_holds_it_even_at_the_browser_of_an_officer():
    token = token_of(called())
    assert use(token, browser_of(officer())).status_code == 200
    assert use(token, browser_of(officer())).status_code == 404
    assert [(user_id, role, status) for user_id, role, status, *_rest in logged()] == [
        (None, "status_link", 200),
        (None, "status_link", 404),
    ]
    with transaction.atomic():
        bind(None)
        for table in ("referrals_referral", "referrals_statuslink", "children_child", "referrals_decision"):
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT count(*) FROM {table}")
                assert cursor.fetchone() == (0,), table


# --- What is written down --------------------------------------------------------------------------------------------


def test_each_use_leaves_an_access_row_in_the_name_of_the_link_a_refused_one_too(capfd):
    referral = called()
    token = token_of(referral)
    use(token)
    use(token)
    use("nobody's")
    link = links().get().id
    own = (sorted([link, referral.id]), [referral.child_id])
    assert logged() == [
        (None, "status_link", 200, *own),
        (None, "status_link", 404, *own),
        (None, "status_link", 404, [], []),
    ]
    assert token not in "".join(capfd.readouterr())


def test_too_many_tries_from_one_address_are_stopped(monkeypatch):
    monkeypatch.setattr("backend.referrals.status_views.GuessThrottle.rate", "3/hour", raising=False)
    cache.clear()
    answers = [use("guess", Browser()).status_code for _ in range(4)]
    assert answers == [404, 404, 404, 429]


# --- By email --------------------------------------------------------------------------------------------------------


def sent():
    with worker_login():
        return send_status_links()


def test_it_goes_by_email_where_they_asked_for_that_and_its_token_is_made_on_the_way():
    referral = called(**BY_EMAIL)
    answer = give(referral, "email").json()
    assert (answer["telling_caller"]["given"], links().get().token_hash) == (None, "")
    assert sent() == 1
    [letter] = mail.outbox
    assert letter.to == ["aunt@home.example"]
    assert letter.subject == f"You asked to hear how {referral.reference} stands"
    for word in ("Amara", "Okoro", "Auntie", "child's"):
        assert word not in letter.body + letter.subject
    token = letter.body.split("/status#")[1].split()[0]
    assert use(token).status_code == 200
    assert sent() == 0


@pytest.mark.parametrize(
    ("caller", "because"),
    [
        (BY_PHONE, "They asked to hear by phone, not by email."),
        ({**BY_EMAIL, "caller_rule": "text_only"}, "The rule is: Text only."),
        ({**BY_EMAIL, "caller_rule": "not_known"}, "Nobody has said how this can be used safely."),
    ],
)
def test_it_never_goes_where_it_is_not_safe(caller, because):
    answer = give(called(**caller), "email")
    assert answer.status_code == 409
    assert answer.json()["reasons"][0].startswith(because)


def test_it_does_not_go_once_the_rule_has_become_stricter():
    referral = called(**BY_EMAIL)
    give(referral, "email")
    version = browser_of(officer()).get(f"referrals/{referral.id}/").json()["version"]
    answers = {"answers": {"caller_rule": "do_not_contact"}, "reason_code": "mistake", "reason": "Not safe."}
    amended = browser_of(officer()).post(f"referrals/{referral.id}/amend/", {"version": version, **answers})
    assert amended.status_code == 200, amended.json()
    assert sent() == 1
    assert mail.outbox == []
    assert Outbox.objects.using("owner").filter(message="status_link_not_sent").count() == 1


def test_a_mail_server_that_fails_is_tried_again_and_the_holder_hears_in_the_end(monkeypatch):
    referral = called(**BY_EMAIL)
    give(referral, "email")
    monkeypatch.setattr("django.core.mail.EmailMessage.send", _refuse)
    moment = NOON
    for _try in range(MAX_ATTEMPTS):
        with clock.at(moment):
            assert sent() == 1
        moment += timedelta(hours=7)
    assert links().get().state == "dead"
    assert Outbox.objects.using("owner").filter(message="status_link_not_sent").count() == 1
    assert sent() == 0


def _refuse(*_args, **_kwargs):
    raise ConnectionRefusedError
