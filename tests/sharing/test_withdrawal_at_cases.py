"""At a case: a consent that is taken back closes what it opened; the end of agreement closes it to every provider."""

from typing import Any
from uuid import UUID

import pytest

from backend.access.binding import acting
from backend.cases.commands import transfer_machine
from backend.cases.commands.planning import add_action
from backend.cases.models import Action, Case, Task, Transfer
from backend.cases.serializers.plan_inputs import ActionInput
from backend.core.ids import uuid7
from backend.interventions.models import Intervention
from backend.interventions.queries import visible_to
from backend.notifications.models import Outbox
from backend.sharing.models import Disclosure, Withdrawal
from backend.workflow.views import validated
from tests.actors import browser_of
from tests.cases.conftest import World
from tests.cases.working import assessing, now, today, work
from tests.clocks import clocks
from tests.edges import take
from tests.interventions.made import go, intervention_in, mentor, recommended

pytestmark = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

CONSENT = {"article6": "consent", "condition": "explicit_consent", "power": "children_act_2004_s10"}


@pytest.fixture
def world(db: None) -> World:
    return World()


def _proposed(world: World, **basis: str) -> Transfer:
    case = assessing(world)
    take("propose_transfer", case.id, world.manager, noun="case", to_agency_id=_agency(world), **basis)
    with acting(world.manager):
        return Transfer.objects.get(case_id=case.id)


def _agency(world: World) -> str:
    return str(world.youth_justice_manager.agency_id)


def _share(world: World, case_id: UUID, to: UUID) -> Disclosure:
    with acting(world.manager):
        return Disclosure.objects.get(root_id=case_id, to_agency_id=to)


def _taken_back(who: Any, case_id: UUID, share: Disclosure, **more: Any) -> Any:
    browser = browser_of(who)
    version = browser.get(f"cases/{case_id}/").json().get("version", 1)
    body = {"version": version, "disclosure": str(share.id), "said_by": "Her mother", "reason": "She changed her mind."}
    return browser.post(f"cases/{case_id}/withdraw-sharing/", {**body, **more})


def _providers_see(target: Intervention) -> bool:
    with acting(mentor()):
        return visible_to(mentor()).filter(pk=target.id).exists() and Intervention.objects.filter(pk=target.id).exists()


# --- A question to lead ----------------------------------------------------------------------------------------------


@committed
def test_a_question_to_lead_that_rested_on_consent_ends_and_both_sides_are_told(world: World) -> None:
    transfer = _proposed(world, **CONSENT)
    asked = browser_of(world.youth_justice_manager)
    assert asked.get(f"transfers/{transfer.id}/").json()["handover"]
    share = _share(world, transfer.case_id, transfer.to_agency_id)
    assert share.opens_id == transfer.id
    answer = _taken_back(world.worker, transfer.case_id, share)
    assert answer.status_code == 200, answer.content
    assert answer.json()["transfer"] is None
    with acting(world.manager):
        ended = Transfer.objects.get(pk=transfer.id)
    assert (ended.state, ended.reason_code) == (Transfer.WITHDRAWN, "consent_withdrawn")
    assert asked.get(f"transfers/{transfer.id}/").json()["handover"] == []
    assert asked.get(f"cases/{transfer.case_id}/").status_code == 404
    told = set(Outbox.objects.using("owner").filter(root_id=transfer.case_id).values_list("message", flat=True))
    assert {"case_sharing_ended", "transfer_withdrawn"} <= told
    assert now(world, answer_case(transfer)).lead_agency_id == transfer.from_agency_id


def answer_case(transfer: Transfer) -> Case:
    """A case by its transfer, for `now`."""
    return Case(id=transfer.case_id)


def test_a_question_on_another_basis_stays_open(world: World) -> None:
    transfer = _proposed(world)
    answer = _taken_back(world.worker, transfer.case_id, _share(world, transfer.case_id, transfer.to_agency_id))
    assert answer.status_code == 409
    assert "not shared on consent" in answer.json()["reasons"][0]
    with acting(world.manager):
        assert Transfer.objects.get(pk=transfer.id).state == Transfer.PROPOSED


def test_who_leads_by_a_consent_leads_on_and_decides_within_two_working_days(world: World) -> None:
    transfer = _proposed(world, **CONSENT)
    share = _share(world, transfer.case_id, transfer.to_agency_id)
    lead = world.youth_justice_manager
    with acting(lead):
        transfer_machine.perform(lead, "accept", transfer.id, version=transfer.version, given={})
    world.allocate(transfer.case_id, lead, world.youth_justice_worker)
    answer = _taken_back(lead, transfer.case_id, share)
    assert answer.status_code == 200, answer.content
    assert answer.json()["lead_agency"] == lead.agency_name
    assert clocks(transfer.case_id)["agreement_withdrawn"] == "running"
    work(world, "go_on_otherwise", answer_case(transfer), by=world.youth_justice_worker)
    assert clocks(transfer.case_id)["agreement_withdrawn"] == "met"


def test_a_consent_is_taken_back_once_and_only_by_who_works_on_the_case(world: World) -> None:
    transfer = _proposed(world, **CONSENT)
    share = _share(world, transfer.case_id, transfer.to_agency_id)
    case_id = transfer.case_id
    assert _taken_back(world.stranger, case_id, share).status_code == 404
    assert _taken_back(world.youth_justice_manager, case_id, share).status_code in (403, 404)
    assert _taken_back(world.worker, case_id, share, disclosure=str(UUID(int=9))).status_code == 404
    assert _taken_back(world.worker, case_id, share, version=0).status_code == 409
    assert _taken_back(world.worker, case_id, share).status_code == 200
    assert _taken_back(world.worker, case_id, share).status_code == 409
    with acting(world.manager):
        assert Withdrawal.objects.count() == 1


# --- An action, a service --------------------------------------------------------------------------------------------


def _with_action(world: World) -> tuple[Case, Action]:
    """An action that a teacher of the school does, told on consent."""
    case = assessing(world)
    values = {
        "text": "Sit with Amina at lunch.",
        "owner": str(world.teacher.membership_id),
        "due_on": today().isoformat(),
        "not_for_family": False,
        **CONSENT,
    }
    with acting(world.worker):
        given = validated(ActionInput, values)
        return case, add_action(world.worker, case.id, given, action_id=uuid7())


@committed
def test_an_action_told_on_consent_comes_back_to_the_lead_practitioner(world: World) -> None:
    case, action = _with_action(world)
    teacher = browser_of(world.teacher)
    assert teacher.get(f"actions/{action.id}/").status_code == 200
    answer = _taken_back(world.worker, case.id, _share(world, case.id, action.owner_agency_id))
    assert answer.status_code == 200, answer.content
    assert teacher.get(f"actions/{action.id}/").status_code == 404
    with acting(world.worker):
        back = Action.objects.get(pk=action.id)
    assert (back.owner_id, back.owner_agency_id, back.state) == (world.worker.user_id, case.lead_agency_id, Action.OPEN)
    rows = Outbox.objects.using("owner").filter(root_id=case.id, message="action_given_back")
    assert [row.audience["user_id"] for row in rows] == [str(world.teacher.user_id)]


def test_a_service_offered_on_consent_is_read_no_more_and_waits_for_a_decision(world: World) -> None:
    case = assessing(world)
    kept = intervention_in(Intervention.STARTED, case, world.worker)
    target = go("offer", recommended(case, world.worker), world.worker, **CONSENT)
    assert _providers_see(target)
    with acting(world.worker):
        share = Disclosure.objects.get(opens_id=target.id)
    answer = _taken_back(world.worker, case.id, share)
    assert answer.status_code == 200, answer.content
    assert not _providers_see(target)
    assert _providers_see(kept), "what rests on another basis goes on"
    with acting(world.worker):
        assert Task.objects.filter(root_id=case.id, kind="sharing_ended", state=Task.OPEN).count() == 1
    assert clocks(target.id)["provider_answer"] == "stopped"


# --- Agreement to be helped ------------------------------------------------------------------------------------------


@committed
def test_with_the_agreement_every_provider_reads_no_more_and_learns_only_that_it_has_ended(world: World) -> None:
    case = assessing(world)
    states = (Intervention.OFFERED, Intervention.WAITLISTED, Intervention.STARTED)
    given = [intervention_in(state, case, world.worker) for state in states]
    work(world, "withdraw_agreement", case)
    assert not [one for one in given if _providers_see(one)]
    with acting(world.worker):
        assert Task.objects.filter(root_id=case.id, kind="sharing_ended", state=Task.OPEN).count() == len(given)
        assert set(Intervention.objects.filter(case_id=case.id).values_list("state", flat=True)) == set(states)
    rows = Outbox.objects.using("owner").filter(
        audience__agency_id=str(mentor().agency_id), root_id__in=[one.id for one in given]
    )
    last = [row for row in rows if row.message == "intervention_sharing_ended"]
    assert len(last) == len(given)
    assert not [word for row in last for word in ("agree", "family", "consent") if word in str(row.fields).lower()]


def test_with_the_agreement_what_rests_on_consent_ends_too(world: World) -> None:
    transfer = _proposed(world, **CONSENT)
    work(world, "withdraw_agreement", answer_case(transfer))
    with acting(world.manager):
        assert Transfer.objects.get(pk=transfer.id).state == Transfer.WITHDRAWN
        assert Withdrawal.objects.get().disclosure_id == _share(world, transfer.case_id, transfer.to_agency_id).id
    assert clocks(transfer.case_id)["agreement_withdrawn"] == "running"


def test_an_end_does_not_open_to_the_provider_again_what_was_closed_to_it(world: World) -> None:
    case = assessing(world)
    target = intervention_in(Intervention.STARTED, case, world.worker)
    target = go("stop_sharing", target, world.worker)
    ended = go("end_early", target, world.worker, reason_code="agreement_withdrawn")
    assert ended.state == Intervention.ENDED_EARLY
    assert not _providers_see(ended)


def test_nothing_goes_on_with_a_provider_that_reads_no_more_until_it_is_shared_again(world: World) -> None:
    case = assessing(world)
    target = intervention_in(Intervention.OFFERED, case, world.worker)
    target = go("stop_sharing", target, world.worker)
    page = browser_of(world.worker).get(f"interventions/{target.id}/").json()
    assert page["is_stopped"]
    involved = browser_of(world.worker).get(f"cases/{case.id}/overview/").json()["involved"]
    assert f"{target.service_name}: stopped, as it may not be shared any more" in [one["what"] for one in involved]
    target = go("share_again", target, world.worker)
    assert _providers_see(target)
    assert clocks(target.id)["provider_answer"] == "running"
    with acting(world.worker):
        assert Disclosure.objects.filter(opens_id=target.id).count() == 2
