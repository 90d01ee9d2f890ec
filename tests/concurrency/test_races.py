"""Many at once: real threads, real connections, one winner, and nothing twice."""

from collections import Counter
from uuid import uuid4

import pytest

from backend.referrals.models import Referral
from tests.actors import Browser, browser_of
from tests.concurrency.racing import at_once, browsers_of, counted
from tests.edges import good_input
from tests.factories import agency_id, manager, officer, referral_in, teacher

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

RACERS = 64


def test_of_64_officers_who_accept_at_once_one_wins_and_63_are_told_it_has_changed() -> None:
    referral = referral_in(Referral.TRIAGE)
    body = {**good_input("referral", "accept", lead_agency=agency_id("front-door")), "version": referral.version}
    path = f"referrals/{referral.id}/accept/"
    answers = at_once([lambda browser=browser: browser.post(path, body) for browser in browsers_of(officer(), RACERS)])
    assert Counter(answer.status_code for answer in answers) == {200: 1, 409: RACERS - 1}
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} <= {"stale", "wrong_state"}
    root = referral.id
    assert counted("SELECT count(*) FROM audit_event WHERE root_id = %s AND verb = 'referral.accept'", root) == 1
    assert counted("SELECT count(*) FROM referrals_decision WHERE root_id = %s", root) == 1
    assert counted("SELECT count(*) FROM cases_case WHERE child_id = %s", referral.child_id) == 1
    assert counted("SELECT count(*) FROM referrals_historicalreferral WHERE id = %s AND state = 'accepted'", root) == 1
    assert counted("SELECT version FROM referrals_referral WHERE id = %s", root) == referral.version + 1
    looked = "SELECT count(*) FROM audit_accesslog WHERE label = 'referral.accept' AND %s = ANY (root_ids)"
    assert counted(looked, root) == RACERS, "who lost is on the record too"


def test_the_same_key_from_16_threads_has_one_effect() -> None:
    referral = referral_in(Referral.TRIAGE)
    body = {**good_input("referral", "step_up"), "version": referral.version}
    browser_key, who = str(uuid4()), browsers_of(officer(), 16)
    path = f"referrals/{referral.id}/step-up/"
    answers = at_once([lambda browser=browser: browser.post(path, body, key=browser_key) for browser in who])
    codes = Counter((answer.status_code, answer.json().get("code")) for answer in answers)
    assert set(codes) <= {(200, None), (409, "in_flight")}
    assert codes[200, None] >= 1
    fresh = [answer for answer in answers if answer.status_code == 200 and "Idempotency-Replayed" not in answer.headers]
    assert len(fresh) == 1
    root = referral.id
    assert counted("SELECT count(*) FROM audit_event WHERE root_id = %s AND verb = 'referral.step_up'", root) == 1


def test_the_same_key_creates_one_referral_from_16_threads() -> None:
    key, who = str(uuid4()), [browser_of(teacher()) for _ in range(16)]
    answers = at_once([lambda browser=browser: browser.post("referrals/", {}, key=key) for browser in who])
    made = {answer.json()["id"] for answer in answers if answer.status_code == 201}
    assert len(made) == 1
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert counted("SELECT count(*) FROM referrals_referral") == 1


def test_two_who_decide_differently_cannot_both_win() -> None:
    referral = referral_in(Referral.TRIAGE)
    edges = {
        "signpost": {},
        "decline": {"reason_code": "threshold_not_met"},
        "redirect": {"to_agency": agency_id("youth-justice")},
        "step_up": {},
    }
    acts = []
    for browser, (edge, given) in zip(browsers_of(officer(), len(edges)), edges.items(), strict=True):
        body = {**good_input("referral", edge, **given), "version": referral.version}
        path = f"referrals/{referral.id}/{edge.replace('_', '-')}/"
        acts.append(lambda browser=browser, path=path, body=body: browser.post(path, body))
    answers = at_once(acts)
    assert Counter(answer.status_code for answer in answers) == {200: 1, 409: len(edges) - 1}
    assert counted("SELECT version FROM referrals_referral WHERE id = %s", referral.id) == referral.version + 1


def test_the_holder_recalls_while_the_other_agency_takes_and_there_is_one_holder() -> None:
    referral = referral_in(Referral.REDIRECTED)
    taken = {**good_input("referral", "take"), "version": referral.version}
    recalled = {**good_input("referral", "recall"), "version": referral.version}
    offered, holder = browser_of(officer("youth-justice")), browser_of(manager())
    answers = at_once(
        [
            lambda: offered.post(f"referrals/{referral.id}/take/", taken),
            lambda: holder.post(f"referrals/{referral.id}/recall/", recalled),
        ]
    )
    statuses = sorted(answer.status_code for answer in answers)
    # Whoever comes second finds another version, or a referral that is no longer theirs to decide.
    assert statuses[0] == 200
    assert statuses[1] in (403, 404, 409)
    open_holders = """SELECT count(*) FROM access_involvement
                      WHERE root_id = %s AND relation = 'HOLDER' AND ends_at IS NULL"""
    assert counted(open_holders, referral.id) == 1
    assert counted("SELECT count(*) FROM referrals_offer WHERE root_id = %s AND state = 'open'", referral.id) == 0


def test_two_tabs_of_one_draft_lose_no_answer() -> None:
    """Each tab types another field, forty times each: all eighty answers arrive, the last of each stands."""
    author = teacher()
    referral = referral_in(Referral.DRAFT)
    path = f"referrals/{referral.id}/draft/"
    start = browser_of(author).get(path).json()["answers"]

    def types(field: str, browser: Browser) -> list[int]:
        statuses, rev = [], start.get(field, {"rev": 0})["rev"]
        for number in range(40):
            answer = browser.patch(path, {"answers": {field: {"value": f"{field} {number}", "base_rev": rev}}})
            statuses.append(answer.status_code)
            rev = answer.json()["answers"][field]["rev"]
        return statuses

    fields = ("needs_to_happen", "tried_before")
    tabs = [browser_of(author) for _ in fields]
    acts = [lambda field=field, tab=tab: types(field, tab) for field, tab in zip(fields, tabs, strict=True)]
    for statuses in at_once(acts):
        assert set(statuses) == {200}
    answers = browser_of(author).get(path).json()["answers"]
    assert [answers[field]["value"] for field in fields] == ["needs_to_happen 39", "tried_before 39"]


def test_two_tabs_typing_in_one_field_are_told_of_each_other() -> None:
    author, referral = teacher(), referral_in(Referral.DRAFT)
    path = f"referrals/{referral.id}/draft/"
    rev = browser_of(author).get(path).json()["answers"]["tried_before"]["rev"]
    tabs = [browser_of(author) for _ in range(8)]
    answers = at_once(
        [
            lambda tab=tab, number=number: tab.patch(
                path, {"answers": {"tried_before": {"value": f"tab {number}", "base_rev": rev}}}
            ).json()
            for number, tab in enumerate(tabs)
        ]
    )
    assert sum(not answer["conflicts"] for answer in answers) == 1, "one tab wrote, the others are shown what it wrote"


def test_submitting_and_typing_at_once_sends_or_refuses_every_answer() -> None:
    author, referral = teacher(), referral_in(Referral.DRAFT)
    submit = {"version": referral.version}
    typing, sending = browser_of(author), browser_of(author)
    typed = {"answers": {"tried_before": {"value": "One more thing.", "base_rev": 999}}}
    answers = at_once(
        [
            lambda: sending.post(f"referrals/{referral.id}/submit/", submit),
            lambda: typing.patch(f"referrals/{referral.id}/draft/", typed),
        ]
    )
    assert answers[0].status_code == 200
    assert answers[1].status_code in (200, 409)
    texts = counted(
        "SELECT count(*) FROM referrals_statement WHERE root_id = %s AND text = 'One more thing.'", referral.id
    )
    assert texts == (1 if answers[1].status_code == 200 else 0)
