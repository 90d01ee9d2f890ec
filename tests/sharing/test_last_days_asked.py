"""Until when is asked wherever something is shared: on the form, and with who has no account and must be told."""

from datetime import date, timedelta
from typing import Any

import pytest

from backend.access.binding import acting
from backend.cases.models import Case, Task
from backend.core import clock
from backend.core.errors import Conflict, Invalid
from backend.deadlines import jobs
from backend.deadlines.calendar import END_OF_DAY, at_local, local
from backend.deadlines.models import Deadline
from backend.referrals.commands.machine import referral_machine
from backend.referrals.form.sections import FIELDS
from backend.sharing.models import Disclosure
from backend.sharing.rules import CLOCK
from tests.actors import browser_of
from tests.cases.conftest import World
from tests.cases.test_moving_away import ASKED
from tests.cases.working import assessing, work
from tests.clocks import clocks
from tests.edges import good_input
from tests.interventions.made import go, recommended, service
from tests.referrals.answers import complete_answers
from tests.referrals.drafted import drafted
from tests.referrals.test_form_problems import found
from tests.referrals.test_intake_promoting import send, teacher
from tests.worker import worker_login

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

CONSENT = {"article6": "consent", "condition": "explicit_consent", "power": "children_act_2004_s10"}
ON_CONSENT = {f"share_{name}": code for name, code in CONSENT.items()}


@pytest.fixture
def world(db: None) -> World:
    return World()


def _in_days(days: int) -> date:
    return local(clock.now()).date() + timedelta(days=days)


def _sent(**answers: Any) -> Disclosure:
    referral = drafted(teacher(), complete_answers(**answers))
    send(teacher(), referral)
    return Disclosure.objects.using("owner").get(root_id=referral.id)


# --- The form --------------------------------------------------------------------------------------------------------


def test_what_is_sent_on_consent_lasts_until_the_day_that_was_chosen_or_a_year() -> None:
    assert "12 months" in FIELDS["share_ends_on"].hint
    chosen = _sent(**ON_CONSENT, share_ends_on=_in_days(60).isoformat())
    assert (chosen.expires_on, clocks(chosen.id, using="owner")) == (_in_days(60), {CLOCK: "running"})


def test_a_day_chosen_for_consent_counts_no_more_once_the_basis_is_another() -> None:
    assert _sent(share_ends_on=_in_days(60).isoformat()).expires_on is None


def test_a_day_that_is_over_is_said_at_the_field() -> None:
    assert "after today" in found(complete_answers(**ON_CONSENT, share_ends_on="2026-11-23"))["share_ends_on"]
    assert "share_ends_on" not in found(complete_answers(**ON_CONSENT, share_ends_on="2026-11-24"))
    assert "share_ends_on" not in found(complete_answers(**ON_CONSENT))


def test_what_was_sent_is_renewed_and_not_amended_by_who_sent_it() -> None:
    share = _sent(**ON_CONSENT, share_ends_on=_in_days(60).isoformat())
    browser = browser_of(teacher())
    shares = browser.get(f"referrals/{share.root_id}/shares/").json()
    given = good_input("referral", "amend", answers={"share_ends_on": _in_days(90).isoformat()})
    with acting(teacher()), pytest.raises(Invalid, match="Renew the share"):
        referral_machine.perform(teacher(), "amend", share.root_id, version=shares["version"], given=given)
    body = {"version": shares["version"], "disclosure": str(share.id), **CONSENT, "ends_on": _in_days(90).isoformat()}
    assert browser.post(f"referrals/{share.root_id}/renew-sharing/", body).status_code == 200


# --- With somebody outside -------------------------------------------------------------------------------------------


def _runs_out(share: Disclosure) -> None:
    Deadline.objects.using("owner").exclude(root_id=share.id).filter(met_at=None, stopped_at=None).update(
        stopped_at=clock.now()
    )
    assert share.expires_on is not None
    with clock.at(at_local(share.expires_on, END_OF_DAY) + timedelta(minutes=1)), worker_login():
        assert jobs.expire() == 1
        assert jobs.expire() == 0


def _task(case: Case) -> Task:
    return Task.objects.using("owner").get(root_id=case.id, kind="outside_share_ended")


def test_another_area_has_until_a_day_and_is_told_when_it_has_come(world: World) -> None:
    case = work(world, "transfer_out", world.allocated(), **{**ASKED, "ends_on": _in_days(30).isoformat()})
    share = Disclosure.objects.using("owner").get(root_id=case.id)
    assert (share.to_agency_id, share.expires_on) == (None, _in_days(30))
    _runs_out(share)
    task = _task(case)
    assert task.owner_id == world.worker.user_id
    assert share.to_outside in task.text
    after = at_local(_in_days(31), END_OF_DAY)
    with clock.at(after):
        [row] = browser_of(world.worker).get(f"cases/{case.id}/sharing/").json()["results"]
    assert (row["has_run_out"], row["is_outside"], row["can_renew"]) == (True, True, False)


def test_a_last_day_with_another_area_is_not_in_the_past(world: World) -> None:
    with pytest.raises(Conflict, match="after today"):
        work(world, "transfer_out", world.allocated(), **{**ASKED, "ends_on": _in_days(0).isoformat()})


def _outside_service(world: World) -> tuple[Case, Disclosure]:
    case = assessing(world)
    club = service(organisation="Larkspur chess club")
    go("offer", recommended(case, world.worker, club), world.worker, **CONSENT)
    return case, Disclosure.objects.using("owner").get(root_id=case.id)


def test_a_service_without_an_account_is_in_the_ledger_and_is_renewed_like_any_other(world: World) -> None:
    case, share = _outside_service(world)
    assert (share.to_outside, share.to_agency_id, clocks(share.id, using="owner")) == (
        "Larkspur chess club",
        None,
        {CLOCK: "running"},
    )
    assert share.expires_on is not None
    browser = browser_of(world.worker)
    version = browser.get(f"cases/{case.id}/shares/").json()["version"]
    until = (share.expires_on + timedelta(days=30)).isoformat()
    body = {"version": version, "disclosure": str(share.id), **CONSENT, "ends_on": until}
    answer = browser.post(f"cases/{case.id}/renew-sharing/", body)
    assert answer.status_code == 200, answer.content
    assert answer.json()["done"][0].startswith("Larkspur chess club can go on")


def test_a_consent_taken_back_asks_that_they_be_told(world: World) -> None:
    case, share = _outside_service(world)
    version = browser_of(world.worker).get(f"cases/{case.id}/shares/").json()["version"]
    body = {"version": version, "disclosure": str(share.id), "said_by": "Her mother", "reason": "She said no."}
    assert browser_of(world.worker).post(f"cases/{case.id}/withdraw-sharing/", body).status_code == 200
    assert "Larkspur chess club" in _task(case).text
