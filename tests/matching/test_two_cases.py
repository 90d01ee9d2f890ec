"""Two children with an open case each: those who lead agree which goes on, the other ends, and both are restored."""

from typing import Any

import pytest

from backend.access.binding import acting
from backend.administration.commands.leaving import end_membership
from backend.audit.models import Event
from backend.cases import queries as cases
from backend.cases.commands import case_machine, transfer_machine
from backend.cases.models import Case
from backend.core.errors import Conflict, Forbidden, NotFound
from backend.matching.commands import drop_choice
from backend.matching.models import CaseChoice
from backend.notifications.models import Outbox
from backend.referrals.models import Referral
from tests.clocks import clocks
from tests.matching.two import Two

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def running_of(case: Case) -> set[str]:
    states = clocks(case.id, using="owner")
    return {kind for kind, state in states.items() if state == "running"}


def told(message: str) -> int:
    return Outbox.objects.using("owner").filter(message=message).count()


def test_two_open_cases_are_not_joined_before_those_who_lead_have_agreed(two: Two) -> None:
    with pytest.raises(Conflict, match="First ask those who lead them which goes on"):
        two.propose()
    two.ask()
    with pytest.raises(Conflict, match="have not agreed yet"):
        two.propose()
    assert two.say(two.early_help, two.first).state == CaseChoice.ASKED
    assert two.say(two.youth_justice, two.second).state == CaseChoice.ASKED
    with pytest.raises(Conflict, match="have not agreed yet"):
        two.propose()
    assert two.say(two.youth_justice, two.first).state == CaseChoice.AGREED
    two.propose()


def test_the_other_case_ends_as_joined_with_its_work_kept_and_read_by_the_lead_that_goes_on(two: Two) -> None:
    before = two.now(two.youth_justice, two.second)
    two.joined(two.first)
    ended = two.now(two.youth_justice, two.second)
    assert (ended.state, ended.closing_reason, ended.joined_into_id) == (Case.CLOSED, "joined", two.first.id)
    assert (ended.lead_practitioner_id, ended.next_action) == (before.lead_practitioner_id, before.next_action)
    assert ended.opened_as_id is None, "who joined the records was let in for that moment only"
    assert running_of(ended) == set()
    assert two.now(two.early_help, two.first).state == Case.ENGAGING
    for reader in (two.early_help, two.world.worker):
        with acting(reader):
            assert cases.visible_to(reader).filter(pk=ended.id).exists()
            assert Case.objects.filter(pk=ended.id).exists()
    for outsider in (two.world.stranger, two.world.other_worker):
        with acting(outsider):
            assert not Case.objects.filter(pk=ended.id).exists()


def test_everybody_concerned_is_told(two: Two) -> None:
    two.joined(two.first)
    assert told("case_choice_asked") == 2
    assert told("case_joined_elsewhere") == 2
    assert told("case_choice_used") == 2


@pytest.mark.parametrize("goes_on", ["first", "second"])
def test_taking_apart_restores_both_cases(two: Two, goes_on: str) -> None:
    case, ended = (two.first, two.second) if goes_on == "first" else (two.second, two.first)
    lead, worker = (
        (two.youth_justice, two.world.youth_justice_worker)
        if goes_on == "first"
        else (two.early_help, two.world.worker)
    )
    running = running_of(ended)
    two.joined(case)
    two.taken_apart()
    again = two.now(lead, ended)
    assert (again.state, again.joined_into_id, again.closing_reason) == (Case.ENGAGING, None, "")
    assert (again.lead_agency_id, again.lead_practitioner_id) == (lead.agency_id, worker.user_id)
    assert running_of(ended) == running
    assert again.next_due_at is not None
    with acting(two.early_help if goes_on == "second" else two.youth_justice):
        verbs = list(Event.objects.filter(root_id=ended.id).order_by("at", "id").values_list("verb", flat=True))
    assert verbs[-2:] == ["case.join", "case.restore"]
    with acting(lead):
        assert CaseChoice.objects.get().state == CaseChoice.APART
    other = two.early_help if goes_on == "first" else two.youth_justice
    with acting(other):
        assert not Case.objects.filter(pk=ended.id).exists(), "the other lead reads it no more"


def test_a_manager_minds_a_restored_case_whose_worker_has_left(two: Two) -> None:
    two.joined(two.first)
    worker = two.world.youth_justice_worker
    with acting(two.youth_justice):
        end_membership(two.youth_justice, worker.membership_id)
    two.taken_apart()
    again = two.now(two.youth_justice, two.second)
    assert again.minded_for_id == worker.user_id
    assert again.lead_practitioner_id not in (None, worker.user_id)
    assert "allocate" in running_of(again)


def test_only_those_who_lead_say_and_only_which_of_the_two(two: Two) -> None:
    choice = two.ask()
    for who, refusal in (
        (two.officer, Forbidden),
        (two.world.worker, NotFound),
        (two.world.stranger, NotFound),
    ):
        with pytest.raises(refusal):
            two.say(who, two.first, choice)
    with pytest.raises(Conflict, match="one of the two cases"):
        two.say(two.early_help, choice)


def test_a_lead_that_has_changed_is_asked_again(two: Two) -> None:
    two.agreed(two.first)
    transfer = two.world.proposed(two.first, to="brightwater")
    with acting(two.world.stranger):
        transfer_machine.perform(two.world.stranger, "accept", transfer.id, version=transfer.version, given={})
    with pytest.raises(Conflict, match="End the question and ask again"):
        two.propose()


def test_a_question_that_is_dropped_can_be_put_anew(two: Two) -> None:
    two.ask()
    with pytest.raises(Conflict, match="asked already"):
        two.ask()
    with acting(two.officer):
        version = Referral.objects.get(pk=two.referral.id).version
        dropped = drop_choice(two.officer, two.referral.id, version=version, reason="They are cousins.")
    assert dropped.state == CaseChoice.DROPPED
    with acting(two.officer):
        assert clocks(dropped.id) == {"case_choice": "stopped"}
    two.ask()


def test_a_joined_case_is_not_opened_for_itself(two: Two) -> None:
    two.joined(two.first)
    given: dict[str, Any] = {"reason_code": "worries_again", "reason": "Worried again."}
    version = two.now(two.youth_justice, two.second).version
    with acting(two.youth_justice), pytest.raises(Conflict, match="Another case of this child goes on"):
        case_machine.perform(two.youth_justice, "reopen", two.second.id, version=version, given=given)
