"""A share that ends soon is carried on by a line of its own: nothing closes in between, in product and database."""

from datetime import date, timedelta
from typing import Any

import pytest

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.agencies.roles import Role
from backend.cases.models import Case
from backend.core import clock
from backend.deadlines import jobs
from backend.deadlines.calendar import END_OF_DAY, at_local, local
from backend.deadlines.models import Deadline
from backend.notifications.models import Outbox
from backend.referrals.models import InformationRequest, Offer, Referral
from backend.sharing.models import Disclosure
from backend.sharing.rules import CLOCK
from tests.actors import actor, browser_of
from tests.api.counting import said, statements
from tests.cases.conftest import World
from tests.cases.working import assessing, work
from tests.clocks import clocks
from tests.edges import take
from tests.factories import agency_id, officer, questions, referral_in
from tests.interventions.made import go, mentor, recommended
from tests.worker import worker_login

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

CONSENT = {"article6": "consent", "condition": "explicit_consent", "power": "children_act_2004_s10"}
TASK = {"article6": "public_task", "condition": "safeguarding_children", "power": "children_act_2004_s10"}


@pytest.fixture
def world(db: None) -> World:
    return World()


def _in_days(days: int) -> date:
    return local(clock.now()).date() + timedelta(days=days)


def _offered(**given: Any) -> tuple[Referral, Disclosure]:
    held = referral_in(Referral.TRIAGE)
    offered = take("redirect", held.id, officer(), to_agency=agency_id("youth-justice"), **given)
    return offered, Disclosure.objects.using("owner").get(root_id=offered.id, to_agency__slug="youth-justice")


def _renew(who: Actor, share: Disclosure, noun: str = "referral", **more: Any) -> Any:
    browser = browser_of(who)
    shares = browser.get(f"{noun}s/{share.root_id}/shares/").json()
    body = {"version": shares.get("version", 1), "disclosure": str(share.id), **CONSENT, **more}
    return browser.post(f"{noun}s/{share.root_id}/renew-sharing/", body)


def _row(who: Actor, share: Disclosure, noun: str = "referral") -> dict[str, Any]:
    rows = browser_of(who).get(f"{noun}s/{share.root_id}/sharing/").json()["results"]
    return next(row for row in rows if row["id"] == str(share.id))


def test_a_renewed_share_goes_on_after_its_first_last_day() -> None:
    referral, share = _offered(**CONSENT, ends_on=_in_days(10))
    assert _row(officer(), share)["can_renew"]
    answer = _renew(officer(), share, ends_on=_in_days(40).isoformat())
    assert answer.status_code == 200, answer.content
    [said] = answer.json()["done"]
    assert f"until {_in_days(40):%-d %B %Y}" in said
    renewed = Disclosure.objects.using("owner").get(renews_id=share.id)
    assert (renewed.opens_id, renewed.to_agency_id) == (share.opens_id, share.to_agency_id)
    assert (clocks(share.id, using="owner"), clocks(renewed.id, using="owner")) == (
        {CLOCK: "stopped"},
        {CLOCK: "running"},
    )
    old, new = _row(officer(), share), _row(officer(), renewed)
    assert (bool(old["renewed_at"]), old["can_renew"]) == (True, False)
    assert (new["is_renewal"], new["can_renew"], new["expires_on"]) == (True, True, _in_days(40).isoformat())
    others = Deadline.objects.using("owner").filter(met_at=None, stopped_at=None)
    others.exclude(root_id=renewed.id).update(stopped_at=clock.now())
    with clock.at(at_local(_in_days(11), END_OF_DAY)), worker_login():
        assert jobs.expire() == 0
    assert Offer.objects.using("owner").get(root_id=referral.id).state == Offer.OPEN
    with clock.at(at_local(_in_days(40), END_OF_DAY) + timedelta(minutes=1)), worker_login():
        assert jobs.expire() == 1
    assert Offer.objects.using("owner").get(root_id=referral.id).state == Offer.RECALLED


def test_it_goes_on_upon_another_basis_and_then_no_consent_is_left_to_take_back() -> None:
    _referral, share = _offered(**CONSENT)
    answer = _renew(officer(), share, **TASK)
    assert answer.status_code == 200, answer.content
    assert "no last day" in answer.json()["done"][0]
    taken = {"version": answer.json()["version"], "disclosure": str(share.id), "said_by": "Mum", "reason": "No."}
    refused = browser_of(officer()).post(f"referrals/{share.root_id}/withdraw-sharing/", taken)
    assert refused.status_code == 409
    assert "renewed" in refused.json()["reasons"][0]


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"ends_on": _in_days(0).isoformat()}, "ends_on"),
        ({"ends_on": _in_days(5).isoformat()}, "ends_on"),
        ({"power": "serious_violence_s16", "condition": "nonsense"}, "condition"),
        ({"article6": ""}, "article6"),
    ],
)
def test_what_does_not_do_is_said_at_its_field_and_nothing_is_written(more: dict[str, Any], field: str) -> None:
    _referral, share = _offered(**CONSENT, ends_on=_in_days(10))
    answer = _renew(officer(), share, **more)
    assert answer.status_code == 400, answer.content
    assert field in answer.json()["fields"]
    assert not Disclosure.objects.using("owner").filter(renews_id=share.id).exists()
    assert clocks(share.id, using="owner") == {CLOCK: "running"}


def _offers(shares: dict[str, Any], name: str) -> dict[str, list[str] | None]:
    """Return the choices of a question of the form, each with the shares it is offered for; None is every one."""
    [option] = shares["options"]
    [field] = [one for one in option["input"] if one["name"] == name]
    return {one["value"]: (one.get("show_if") or {}).get("values") for one in field["choices"]}


def test_only_what_both_may_use_is_offered_for_each_share_and_the_rest_is_refused_too() -> None:
    """A charity’s help may be bought by contract; what only social care may be told by is offered for nobody else."""
    referral, share = _offered(**CONSENT, ends_on=_in_days(10))
    to_youth_justice = browser_of(officer()).get(f"referrals/{referral.id}/shares/").json()
    assert "legitimate_interests" not in _offers(to_youth_justice, "article6")
    assert "children_act_1989_s17_s47" not in _offers(to_youth_justice, "power")
    assert set(_offers(to_youth_justice, "power").values()) == {None}
    refused = _renew(officer(), share, power="children_act_1989_s17_s47", ends_on=_in_days(40).isoformat())
    assert (refused.status_code, list(refused.json()["fields"])) == (400, ["power"])


def test_what_fits_one_share_of_two_is_offered_once_that_one_is_chosen() -> None:
    held = referral_in(Referral.TRIAGE)
    asked = questions("school-nursing", "youth-justice")
    take("request_information", held.id, officer(), **asked, **CONSENT)
    nurse = Disclosure.objects.using("owner").get(root_id=held.id, to_agency__slug="school-nursing")
    offers = _offers(browser_of(officer()).get(f"referrals/{held.id}/shares/").json(), "condition")
    assert offers["explicit_consent"] is None
    assert offers["health_or_social_care"] == [str(nurse.id)]


def test_a_share_is_renewed_once_and_not_after_it_has_ended() -> None:
    _referral, share = _offered(**CONSENT, ends_on=_in_days(10))
    later = _in_days(40).isoformat()
    with clock.at(at_local(_in_days(10), END_OF_DAY) + timedelta(minutes=1)):
        ended = _renew(officer(), share, ends_on=later)
    assert (ended.status_code, "has ended" in ended.json()["reasons"][0]) == (409, True)
    assert _renew(officer(), share, ends_on=later).status_code == 200
    again = _renew(officer(), share, ends_on=_in_days(50).isoformat())
    assert (again.status_code, "renewed already" in again.json()["reasons"][0]) == (409, True)


def test_nothing_is_renewed_by_which_nobody_reads_any_more() -> None:
    referral, share = _offered(**CONSENT)
    take("recall", referral.id, officer())
    assert not _row(officer(), share)["can_renew"]
    assert browser_of(officer()).get(f"referrals/{referral.id}/shares/").json()["options"] == []
    assert _renew(officer(), share).status_code == 409


def test_the_receiver_and_strangers_renew_nothing_for_themselves() -> None:
    referral, share = _offered(**CONSENT)
    assert _renew(officer("youth-justice"), share).status_code == 403
    assert _renew(actor("school-nursing", Role.PRACTITIONER), share).status_code == 404
    other, _share = _offered(**CONSENT)
    version = browser_of(officer()).get(f"referrals/{other.id}/shares/").json()["version"]
    body = {"version": version, "disclosure": str(share.id), **CONSENT}
    assert browser_of(officer()).post(f"referrals/{other.id}/renew-sharing/", body).status_code == 404
    stale = _renew(officer(), share, version=0)
    assert (stale.status_code, stale.json()["code"]) == (409, "stale")
    assert referral.id == share.root_id


def test_a_question_is_renewed_while_its_answer_may_be_read() -> None:
    held = referral_in(Referral.TRIAGE)
    take("request_information", held.id, officer(), **questions("school-nursing"), **CONSENT)
    share = Disclosure.objects.using("owner").get(root_id=held.id, article6="consent")
    assert _renew(officer(), share, ends_on=(share.expires_on + timedelta(days=5)).isoformat()).status_code == 200
    asked = InformationRequest.objects.using("owner").get(root_id=held.id)
    assert asked.state == InformationRequest.ASKED


def test_the_reminder_leads_to_the_form_that_renews_it() -> None:
    referral, share = _offered(**CONSENT)
    assert share.expires_on is not None
    with clock.at(at_local(share.expires_on, END_OF_DAY) - timedelta(days=14)), worker_login():
        jobs.remind()
    [before] = Outbox.objects.using("owner").filter(root_id=share.id, message="deadline_before")
    assert before.path == f"/referrals/{referral.id}/do/renew_sharing?at=shares&disclosure={share.id}"


# --- At a case -------------------------------------------------------------------------------------------------------


def _with_a_service(world: World) -> tuple[Case, Any, Disclosure]:
    case = assessing(world)
    target = go("offer", recommended(case, world.worker), world.worker, **CONSENT, ends_on=_in_days(10).isoformat())
    return case, target, Disclosure.objects.using("owner").get(opens_id=target.id)


def test_a_service_of_a_case_goes_on_and_my_work_leads_there(world: World) -> None:
    case, target, share = _with_a_service(world)
    browser = browser_of(world.worker)
    [point] = [one for one in browser.get("work/").json()["turning_points"] if one["case_id"] == str(case.id)]
    assert point["url"] == f"/cases/{case.id}/do/renew_sharing?at=shares"
    answer = _renew(world.worker, share, "case", ends_on=_in_days(60).isoformat())
    assert answer.status_code == 200, answer.content
    with acting(mentor()):
        assert type(target).objects.filter(pk=target.id).exists()
    [point] = [one for one in browser.get("work/").json()["turning_points"] if one["case_id"] == str(case.id)]
    assert point["due_on"] == _in_days(60).isoformat()


def test_with_the_agreement_what_was_renewed_on_consent_ends_once(world: World) -> None:
    case, target, share = _with_a_service(world)
    assert _renew(world.worker, share, "case", ends_on=_in_days(60).isoformat()).status_code == 200
    work(world, "withdraw_agreement", case)
    renewed = Disclosure.objects.using("owner").get(renews_id=share.id)
    assert clocks(renewed.id, using="owner") == {CLOCK: "stopped"}
    with acting(mentor()):
        assert not type(target).objects.filter(pk=target.id).exists()


def test_a_service_that_is_no_longer_shared_is_not_renewed(world: World) -> None:
    _case, target, share = _with_a_service(world)
    go("stop_sharing", target, world.worker)
    assert not _row(world.worker, share, "case")["can_renew"]
    assert _renew(world.worker, share, "case", ends_on=_in_days(60).isoformat()).status_code == 409


# --- What it costs ---------------------------------------------------------------------------------------------------


def test_the_ledger_and_what_can_be_renewed_cost_as_much_as_any_list(world: World) -> None:
    case, _target, _share = _with_a_service(world)
    browser = browser_of(world.worker)
    for page in ("sharing", "shares"):
        found = statements(lambda page=page: browser.get(f"cases/{case.id}/{page}/"))
        assert len(found) <= 8, said(found)
