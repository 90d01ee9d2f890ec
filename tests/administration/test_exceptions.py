"""What needs attention: each number is the length of its list, of one's own agency, and all well is said."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from backend.access.binding import acting
from backend.administration.checking import check_promises
from backend.administration.commands.leaving import end_membership
from backend.administration.queries import exceptions
from backend.agencies.roles import Role
from backend.core import clock
from backend.deadlines.calendar import END_OF_DAY, at_local, local
from backend.notifications.models import Outbox
from tests.actors import Browser, actor, browser_of
from tests.administration.leading import led_by, manager, worker
from tests.casework import case_of
from tests.edges import take
from tests.factories import agency_id, draft, officer, referral_in, teacher
from tests.factories import manager as front_door_manager
from tests.worker import worker_login

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def numbers(browser: Browser) -> dict[str, int]:
    answer = browser.get("exceptions/")
    assert answer.status_code == 200, answer.content
    return {kind["kind"]: kind["count"] for kind in answer.json()["kinds"] if kind["count"]}


def listed(browser: Browser, kind: str) -> list[dict[str, Any]]:
    answer = browser.get(f"exceptions/list/?kind={kind}&page_size=100")
    assert answer.status_code == 200, (kind, answer.content)
    return list(answer.json()["results"])


def test_all_is_well_at_first_and_says_when_it_was_checked() -> None:
    answer = browser_of(front_door_manager()).get("exceptions/").json()
    assert {kind["count"] for kind in answer["kinds"]} == {0}
    assert answer["undelivered"] == 0
    assert answer["checked_at"]


def test_each_number_is_the_length_of_the_list_it_opens() -> None:
    """A front door with something of nearly every kind, and another agency that has nothing of it."""
    referral_in("redirected")
    returned = referral_in("redirected")
    take("return_to_sender", returned.id, officer("youth-justice"))
    case_of(referral_in("accepted"))
    asked = referral_in("triage")
    take("mark_entered_in_error", asked.id, front_door_manager())
    draft(officer())
    browser = browser_of(front_door_manager())
    with clock.at(at_local(local(clock.now()).date() + timedelta(days=12), END_OF_DAY)):
        found = numbers(browser_of(front_door_manager()))
    assert {"breached", "unallocated", "sent_back", "offers_waiting", "confirmations", "drafts"} <= set(found)
    with clock.at(at_local(local(clock.now()).date() + timedelta(days=12), END_OF_DAY)):
        later = browser_of(front_door_manager())
        for kind in exceptions.KINDS:
            rows = listed(later, kind)
            assert len(rows) == found.get(kind, 0), kind
            for row in rows:
                assert row["title"], kind
                if row["url"] and row["url"].startswith(("/referrals/", "/cases/", "/confirmations/")):
                    assert later.get(f"/api/v1{row['url']}/").status_code == 200, row
        assert numbers(browser_of(actor("willow-families", Role.MANAGER))) == {}
    assert browser.get("exceptions/list/?kind=nonsense").status_code == 400


def test_cases_minded_and_transfers_not_taken_are_their_lead_managers() -> None:
    who = worker()
    minded, offered = led_by(who), led_by(worker(1))
    take("propose_transfer", offered.id, manager(), noun="case", to_agency_id=agency_id("youth-justice"))
    browser = browser_of(manager())
    assert [row["reference"] for row in listed(browser, "transfers_waiting")] == [offered.reference]
    answering = actor("youth-justice", Role.MANAGER)
    transfer = listed(browser, "transfers_waiting")[0]["id"]
    take("decline", transfer, answering, noun="transfer")
    with acting(manager(1)) as boss:
        end_membership(boss, who.membership_id)
    assert [row["reference"] for row in listed(browser, "minded")] == [minded.reference]
    assert [row["reference"] for row in listed(browser, "transfers_not_taken")] == [offered.reference]
    assert numbers(browser)["minded"] == numbers(browser)["transfers_not_taken"] == 1


def test_an_agency_with_nobody_to_decide_is_on_its_own_list_and_the_front_doors() -> None:
    boss = actor("youth-justice", Role.MANAGER)
    for nth in (1, 0):
        with acting(boss):
            end_membership(boss, actor("youth-justice", Role.TRIAGE_OFFICER, nth=nth).membership_id)
    for who in (boss, front_door_manager()):
        assert [row["title"] for row in listed(browser_of(who), "agencies")] == ["Youth Justice Service"] or (
            len(listed(browser_of(who), "agencies")) == 1
        )
    assert listed(browser_of(manager()), "agencies") == []
    with worker_login():
        assert "agencies that receive by duty with nobody to decide" in check_promises()


@pytest.mark.parametrize("who", [officer, worker, teacher])
def test_only_managers_look(who: Any) -> None:
    browser = browser_of(who())
    assert browser.get("exceptions/").status_code == 403
    assert browser.get("exceptions/list/?kind=breached").status_code == 403


def test_the_daily_check_finds_nothing_and_alerts_when_it_does() -> None:
    referral = referral_in("triage")
    led_by(worker())
    with worker_login():
        assert check_promises() == {}
    with connections["owner"].cursor() as cursor:
        cursor.execute("UPDATE referrals_referral SET next_due_at = NULL WHERE id = %s", [referral.id])
        cursor.execute("UPDATE agencies_membership SET ended_at = now() WHERE id = %s", [worker().membership_id])
    with worker_login():
        found = check_promises()
    assert found == {
        "referrals without holder or next date": 1,
        "cases in the hands of somebody who has left": 1,
    }
    alerts = Outbox.objects.using("owner").filter(message="promise_broken")
    assert {one.audience["agency_id"] for one in alerts} == {agency_id("front-door")}
    assert [row["reference"] for row in listed(browser_of(front_door_manager()), "no_date")] == [referral.reference]


def test_what_could_not_be_delivered_is_a_number_for_the_front_door_only() -> None:
    referral_in("submitted")
    with connections["owner"].cursor() as cursor:
        cursor.execute("UPDATE notifications_outbox SET state = 'dead'")
        assert cursor.rowcount
    assert browser_of(front_door_manager()).get("exceptions/").json()["undelivered"] > 0
    assert browser_of(manager()).get("exceptions/").json()["undelivered"] == 0


def test_the_numbers_and_the_lists_cost_few_statements() -> None:
    for _ in range(2):
        referral_in("redirected")
    browser = browser_of(front_door_manager())
    for path in ("exceptions/", *(f"exceptions/list/?kind={kind}" for kind in exceptions.KINDS)):
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(path).status_code == 200
        said = [one["sql"] for one in captured.captured_queries if "SAVEPOINT" not in one["sql"]]
        assert len(said) <= 8, (path, said)
