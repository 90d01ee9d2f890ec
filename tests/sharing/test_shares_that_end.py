"""A share on consent ends on its last day by itself, and closes what it opened, in product and database alike."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from backend.access.binding import acting
from backend.agencies.roles import Role
from backend.cases.models import Action, Case, Transfer
from backend.core import clock
from backend.core.ids import uuid7
from backend.deadlines import jobs
from backend.deadlines.calendar import END_OF_DAY, at_local, local
from backend.deadlines.models import Deadline
from backend.interventions.models import Intervention
from backend.interventions.queries import visible_to
from backend.notifications.models import Outbox
from backend.referrals.models import InformationRequest, Offer, Referral
from backend.sharing.models import Disclosure
from backend.sharing.rules import CLOCK
from tests.actors import actor, browser_of
from tests.cases.conftest import World
from tests.cases.working import assessing
from tests.clocks import clocks
from tests.edges import take
from tests.factories import agency_id, officer, questions, referral_in
from tests.interventions.made import go, mentor, recommended
from tests.worker import worker_login

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

CONSENT = {"article6": "consent", "condition": "explicit_consent", "power": "children_act_2004_s10"}


@pytest.fixture
def world(db: None) -> World:
    return World()


def _today() -> date:
    return local(clock.now()).date()


def _in_days(days: int) -> str:
    return (_today() + timedelta(days=days)).isoformat()


def _share(**where: Any) -> Disclosure:
    return Disclosure.objects.using("owner").get(**where)


def _last_hour(share: Disclosure) -> datetime:
    assert share.expires_on is not None
    return at_local(share.expires_on, END_OF_DAY)


def _after(share: Disclosure) -> datetime:
    return _last_hour(share) + timedelta(minutes=1)


def _day_comes(share: Disclosure) -> None:
    """Let the worker look by its own login, once its last day is over; a second look finds nothing to do."""
    others = Deadline.objects.using("owner").filter(met_at=None, stopped_at=None).exclude(root_id=share.id)
    others.update(stopped_at=clock.now())
    with clock.at(_after(share)), worker_login():
        assert jobs.expire() == 1
        assert jobs.expire() == 0
    assert clocks(share.id, using="owner")[CLOCK].startswith("met")


def _told(message: str) -> list[dict[str, Any]]:
    return [row.audience for row in Outbox.objects.using("owner").filter(message=message)]


# --- The last day ----------------------------------------------------------------------------------------------------


def _offered(**given: Any) -> Referral:
    held = referral_in(Referral.TRIAGE)
    offered: Referral = take("redirect", held.id, officer(), to_agency=agency_id("youth-justice"), **given)
    return offered


def test_what_rests_on_consent_ends_after_a_year_and_what_does_not_has_no_end() -> None:
    on_consent = _share(root_id=_offered(**CONSENT).id, to_agency__slug="youth-justice")
    assert on_consent.expires_on is not None
    assert timedelta(days=360) < on_consent.expires_on - _today() <= timedelta(days=366)
    assert clocks(on_consent.id, using="owner") == {CLOCK: "running"}
    other = _share(root_id=_offered().id, to_agency__slug="youth-justice")
    assert (other.expires_on, clocks(other.id, using="owner")) == (None, {})


def test_whoever_shares_may_choose_the_last_day_on_any_basis_but_not_one_that_is_over() -> None:
    share = _share(root_id=_offered(ends_on=_today() + timedelta(days=40)).id, to_agency__slug="youth-justice")
    assert share.expires_on == _today() + timedelta(days=40)
    held = referral_in(Referral.TRIAGE)
    browser = browser_of(officer())
    [option] = [one for one in browser.get(f"referrals/{held.id}/").json()["options"] if one["name"] == "redirect"]
    [field] = [one for one in option["input"] if one["name"] == "ends_on"]
    assert "consent ends after 12 months" in field["hint"]
    assert not field["required"]


def test_the_ledger_says_until_when() -> None:
    referral = _offered(**CONSENT)
    share = _share(root_id=referral.id, to_agency__slug="youth-justice")
    rows = browser_of(officer()).get(f"referrals/{referral.id}/sharing/").json()["results"]
    [row] = [one for one in rows if one["id"] == str(share.id)]
    assert (row["expires_on"], row["has_run_out"]) == (str(share.expires_on), False)


def test_two_weeks_before_whoever_has_it_in_hand_is_reminded() -> None:
    referral = _offered(**CONSENT)
    share = _share(root_id=referral.id, to_agency__slug="youth-justice")
    with clock.at(_last_hour(share) - timedelta(days=14)), worker_login():
        jobs.remind()
    [before] = Outbox.objects.using("owner").filter(root_id=share.id, message="deadline_before")
    assert before.path.startswith(f"/referrals/{referral.id}/do/renew_sharing?")
    assert referral.reference in before.fields["reference"]


# --- At a referral ---------------------------------------------------------------------------------------------------


def test_an_offer_ends_with_its_share_and_its_agency_reads_no_more() -> None:
    referral = _offered(**CONSENT)
    other = officer("youth-justice")
    assert browser_of(other).get(f"referrals/{referral.id}/").json()["child"]
    share = _share(root_id=referral.id, to_agency__slug="youth-justice")
    assert share.opens_id == Offer.objects.using("owner").get(root_id=referral.id).id
    _day_comes(share)
    with clock.at(_after(share)):
        assert browser_of(other).get(f"referrals/{referral.id}/").json()["child"] is None
    with clock.at(_after(share)), acting(other):
        assert not Disclosure.objects.filter(root_id=referral.id).exists(), "nor by a query of its own"
    offer = Offer.objects.using("owner").get(root_id=referral.id)
    assert (offer.state, offer.reason_code) == (Offer.RECALLED, "sharing_ran_out")
    after = Referral.objects.using("owner").get(pk=referral.id)
    assert (after.state, after.holder_id) == (Referral.TRIAGE, referral.holder_id)
    assert _told("referral_sharing_ran_out")


def test_what_was_shared_once_more_goes_on_after_the_first_share_has_ended() -> None:
    referral = _offered(**CONSENT)
    first = _share(root_id=referral.id, to_agency__slug="youth-justice")
    again = _share(pk=first.pk)
    again.pk, again.at = uuid7(), first.at + timedelta(days=30)
    again.expires_on = _last_hour(first).date() + timedelta(days=30)
    again.save(using="owner", force_insert=True)
    _day_comes(first)
    assert Offer.objects.using("owner").get(root_id=referral.id).state == Offer.OPEN
    assert not _told("referral_sharing_ran_out")


def _asked(slug: str, **basis: Any) -> Referral:
    held = referral_in(Referral.TRIAGE)
    asked: Referral = take("request_information", held.id, officer(), **questions(slug), **basis)
    return asked


def test_a_question_ends_with_its_share_and_no_other_question_does() -> None:
    referral = _asked("school-nursing", **CONSENT)
    take("resume_triage", referral.id, officer())
    take("request_information", referral.id, officer(), **questions("school-nursing"))
    nurse = actor("school-nursing", Role.PRACTITIONER)
    assert len(browser_of(nurse).get("information-requests/").json()["results"]) == 2
    ended = _share(root_id=referral.id, to_agency__slug="school-nursing", article6="consent")
    _day_comes(ended)
    with clock.at(_after(ended)), acting(nurse):
        left = list(InformationRequest.objects.filter(root_id=referral.id))
    share = _share(root_id=referral.id, to_agency__slug="school-nursing", article6="public_task")
    assert [one.id for one in left] == [share.opens_id]


def test_a_consent_taken_back_closes_only_what_it_opened() -> None:
    referral = _asked("school-nursing", **CONSENT)
    take("resume_triage", referral.id, officer())
    take("request_information", referral.id, officer(), **questions("school-nursing"))
    consent = _share(root_id=referral.id, to_agency__slug="school-nursing", article6="consent")
    version = Referral.objects.using("owner").get(pk=referral.id).version
    body = {"version": version, "disclosure": str(consent.id), "said_by": "Her mother", "reason": "She said no."}
    answer = browser_of(officer()).post(f"referrals/{referral.id}/withdraw-sharing/", body)
    assert answer.status_code == 200, answer.content
    open_ones = InformationRequest.objects.using("owner").filter(root_id=referral.id, state=InformationRequest.ASKED)
    assert [one.id for one in open_ones] != [consent.opens_id]
    assert open_ones.count() == 1
    assert clocks(consent.id, using="owner")[CLOCK] == "stopped", "its last day no longer matters"


def test_after_its_last_day_nobody_takes_a_consent_back() -> None:
    referral = _offered(**CONSENT)
    share = _share(root_id=referral.id, to_agency__slug="youth-justice")
    with clock.at(_after(share)):
        version = Referral.objects.using("owner").get(pk=referral.id).version
        body = {"version": version, "disclosure": str(share.id), "said_by": "Her mother", "reason": "She said no."}
        answer = browser_of(officer()).post(f"referrals/{referral.id}/withdraw-sharing/", body)
    assert answer.status_code == 409
    assert "has ended by itself" in answer.json()["reasons"][0]


# --- At a case -------------------------------------------------------------------------------------------------------


def test_a_question_to_lead_ends_with_its_share(world: World) -> None:
    case = assessing(world)
    to = str(world.youth_justice_manager.agency_id)
    take("propose_transfer", case.id, world.manager, noun="case", to_agency_id=to, ends_on=_in_days(1), **CONSENT)
    _day_comes(_share(root_id=case.id, to_agency_id=to))
    transfer = Transfer.objects.using("owner").get(case_id=case.id)
    assert (transfer.state, transfer.reason_code) == (Transfer.WITHDRAWN, "sharing_ran_out")
    after = Case.objects.using("owner").get(pk=case.id)
    assert (after.lead_agency_id, after.state) == (case.lead_agency_id, case.state)
    assert _told("case_sharing_ended")


def test_a_service_is_read_no_more_once_its_share_has_ended(world: World) -> None:
    case = assessing(world)
    target = go("offer", recommended(case, world.worker), world.worker, **CONSENT)
    share = _share(opens_id=target.id)
    _day_comes(share)
    with clock.at(_after(share)), acting(mentor()):
        assert not visible_to(mentor()).filter(pk=target.id).exists()
        assert not Intervention.objects.filter(pk=target.id).exists()


def _action_of_the_teacher(world: World, *, ends_on: str) -> dict[str, Any]:
    """What the worker sends: an action for somebody at the school, shared on consent until a day."""
    return {
        "text": "Sit with Amina at lunch.",
        "owner": str(world.teacher.membership_id),
        "due_on": _today().isoformat(),
        "not_for_family": False,
        "ends_on": ends_on,
        **CONSENT,
    }


def test_an_action_comes_back_once_its_share_has_ended(world: World) -> None:
    case = assessing(world)
    body = _action_of_the_teacher(world, ends_on=_in_days(3))
    made = browser_of(world.worker).post(f"cases/{case.id}/actions/", body)
    assert made.status_code == 201, made.content
    [action] = Action.objects.using("owner").filter(root_id=case.id)
    _day_comes(_share(opens_id=action.id))
    assert browser_of(world.teacher).get(f"actions/{action.id}/").status_code == 404
    assert Action.objects.using("owner").get(pk=action.id).owner_id == world.worker.user_id


def test_my_work_shows_the_day_as_a_turning_point(world: World) -> None:
    case = assessing(world)
    body = _action_of_the_teacher(world, ends_on=_in_days(30))
    browser = browser_of(world.worker)
    assert browser.post(f"cases/{case.id}/actions/", {**body, "ends_on": _in_days(0)}).status_code == 400
    assert browser.post(f"cases/{case.id}/actions/", body).status_code == 201
    points = browser.get("work/").json()["turning_points"]
    assert [(one["label"], one["due_on"]) for one in points if one["case_id"] == str(case.id)] == [
        ("Agreement to share ends", _in_days(30))
    ]
