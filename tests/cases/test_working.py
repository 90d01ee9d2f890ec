"""A case as it is worked: contact, agreement and its end, pause, step up, another worker, close, and after."""

from datetime import timedelta

import pytest

from backend.access.binding import acting
from backend.cases.models import Case, Note
from backend.core import clock
from backend.core.errors import Conflict
from backend.deadlines.jobs import expire
from backend.deadlines.models import Deadline
from backend.notifications.models import Outbox
from backend.sharing.queries import agreement_state
from backend.workflow.models import Confirmation
from tests.actors import browser_of
from tests.cases.conftest import World
from tests.cases.working import assessing, machine_state, now, refusal, today, visited, work
from tests.clocks import clocks
from tests.worker import worker_login

committed = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


# --- First contact and notes -----------------------------------------------------------------------------------------


def test_the_first_talk_with_the_family_is_first_contact_and_an_attempt_is_not(world: World) -> None:
    case = world.allocated()
    visited(world, case, people=[], child_seen="not_seen", text="Nobody at home.")
    assert now(world, case).first_contact_at is None
    note = visited(world, case)
    assert now(world, case).first_contact_at == note.happened_at
    assert clocks(case.id)["first_contact"] == "met"
    visited(world, case)
    assert now(world, case).first_contact_at == note.happened_at, "the first stays the first"


def test_a_talk_with_another_professional_is_no_contact_with_the_family(world: World) -> None:
    case = world.allocated()
    visited(world, case, people=["school"], child_seen="not_seen")
    assert now(world, case).first_contact_at is None


def test_a_note_says_what_happens_next(world: World) -> None:
    case = world.allocated()
    ahead = today() + timedelta(days=5)
    visited(world, case, next_action="Take Amina to the club", next_action_on=ahead)
    stored = now(world, case)
    assert (stored.next_action, stored.next_action_on) == ("Take Amina to the club", ahead)


def test_a_note_needs_no_version_and_leaves_the_case_to_others(world: World) -> None:
    case = world.allocated()
    visited(world, case)
    before = now(world, case).version
    visited(world, case)
    assert now(world, case).version == before


@pytest.mark.parametrize("days", [0, 20])
def test_a_note_puts_off_the_warning_that_nothing_happens(world: World, days: int) -> None:
    case = world.allocated()
    with clock.at(clock.now() + timedelta(days=days)):
        moment = clock.now()
        visited(world, case)
        with acting(world.manager):
            drift = Deadline.objects.get(root_id=case.id, kind="drift")
    # Four weeks, or some days less where that would be a holiday.
    assert timedelta(days=23) < drift.due_at - moment < timedelta(days=30)


def test_a_warning_is_nothing_to_do_next(world: World) -> None:
    case = world.allocated()
    with acting(world.manager):
        first = Deadline.objects.get(root_id=case.id, kind="first_contact")
    assert now(world, case).next_due_at == first.due_at
    visited(world, case)
    assert now(world, case).next_due_at is None


@committed
def test_nobody_writes_in_a_closed_case(world: World) -> None:
    case = work(world, "close", assessing(world), goes_on="Nobody needs to.")
    with pytest.raises(Conflict, match="This case is closed") as refused:
        visited(world, case)
    assert refused.value.code == "wrong_state"


# --- Agreement -------------------------------------------------------------------------------------------------------


def test_nobody_agrees_before_somebody_has_spoken_to_them(world: World) -> None:
    case = world.allocated()
    assert refusal(world, "record_agreement", case) == "Record the first contact with the family before their answer."


def test_with_agreement_the_assessment_begins(world: World) -> None:
    case = assessing(world)
    assert case.state == Case.ASSESSING
    assert clocks(case.id)["assessment"] == "running"
    with acting(world.worker):
        assert agreement_state(case.id) == "given"


def test_the_day_of_an_answer_is_not_ahead(world: World) -> None:
    case = world.allocated()
    visited(world, case)
    tomorrow = (today() + timedelta(days=1)).isoformat()
    reason = refusal(world, "record_agreement", case, agreed_on=tomorrow)
    assert reason == "The day the family answered cannot be in the future."


@committed
def test_a_no_starts_two_working_days_and_tells_the_manager(world: World) -> None:
    case = world.allocated()
    visited(world, case)
    work(world, "record_refusal", case)
    assert machine_state(world, case) == Case.ENGAGING
    assert clocks(case.id)["agreement_withdrawn"] == "running"
    assert Outbox.objects.using("owner").filter(message="case_agreement_ended", root_id=case.id).count() == 1


def test_a_no_after_a_yes_is_kept_beside_it_and_may_become_a_yes_again(world: World) -> None:
    case = assessing(world)
    work(world, "withdraw_agreement", case)
    assert clocks(case.id)["agreement_withdrawn"] == "running"
    assert "nothing to withdraw" in refusal(world, "withdraw_agreement", case)
    work(world, "renew_agreement", case)
    assert clocks(case.id)["agreement_withdrawn"] == "met"
    with acting(world.worker):
        assert agreement_state(case.id) == "given"


def test_work_goes_on_without_agreement_only_after_a_no_and_with_what_allows_it(world: World) -> None:
    case = assessing(world)
    assert refusal(world, "go_on_otherwise", case) == "The family has not said no. Record their answer first."
    work(world, "withdraw_agreement", case)
    work(world, "go_on_otherwise", case, what_goes_on="Calls with school.", what_allows_it="Children Act 1989.")
    assert clocks(case.id)["agreement_withdrawn"] == "met"
    with acting(world.worker):
        note = Note.objects.get(root_id=case.id, is_pinned=True)
    assert "Calls with school." in note.text
    assert "Children Act 1989." in note.text


# --- Another worker, step up -----------------------------------------------------------------------------------------


@committed
def test_a_change_of_lead_practitioner_tells_both_and_keeps_the_state(world: World) -> None:
    case = assessing(world)
    case = work(world, "reallocate", case, lead_practitioner_id=str(world.other_worker.user_id))
    assert (case.state, case.lead_practitioner_id) == (Case.ASSESSING, world.other_worker.user_id)
    told = {
        (row.message, row.audience["user_id"])
        for row in Outbox.objects.using("owner").filter(
            root_id=case.id, message__in=["case_allocated", "case_passed_on"]
        )
    }
    assert ("case_allocated", str(world.other_worker.user_id)) in told
    assert ("case_passed_on", str(world.worker.user_id)) in told


def test_a_change_of_lead_practitioner_is_a_change(world: World) -> None:
    case = assessing(world)
    reason = refusal(world, "reallocate", case, lead_practitioner_id=str(world.worker.user_id))
    assert reason == "They are the lead practitioner already. Choose somebody else."


def test_a_step_up_leaves_the_case_where_it_is_until_they_have_it_in_writing(world: World) -> None:
    case = assessing(world)
    assert "No call" in refusal(world, "record_follow_up", case)
    case = work(world, "step_up", case, told_person="Duty social worker")
    assert (case.state, clocks(case.id)["case_follow_up"]) == (Case.ASSESSING, "running")
    work(world, "record_follow_up", case)
    assert clocks(case.id)["case_follow_up"] == "met"


def test_a_call_that_is_recorded_has_been_made(world: World) -> None:
    case = assessing(world)
    later = (clock.now() + timedelta(hours=1)).isoformat()
    assert refusal(world, "step_up", case, told_at=later) == "Call first, then record when you called."


# --- The end ---------------------------------------------------------------------------------------------------------


@committed
def test_closing_stops_what_is_due_starts_the_checks_and_tells_who_referred(world: World) -> None:
    case = work(world, "close", assessing(world), goes_on="School nurse.")
    assert (case.state, case.closing_reason, case.next_action_on) == (Case.CLOSED, "outcomes_met", None)
    running = {kind for kind, state in clocks(case.id).items() if state == "running"}
    assert running == {"sustained_check", "re_referral_window"}
    told = {row.message for row in Outbox.objects.using("owner").filter(root_id=case.id)}
    assert "case_closed" in told


@pytest.mark.parametrize(
    ("before", "given", "why"),
    [
        ((), {"risk_remains": True}, "A risk remains"),
        (("withdraw_agreement",), {}, "The family said no"),
    ],
)
def test_an_end_with_a_risk_or_a_no_needs_a_second_person(
    world: World, before: tuple[str, ...], given: dict[str, bool], why: str
) -> None:
    case = assessing(world)
    for edge in before:
        work(world, edge, case)
    case = work(world, "close", case, goes_on="Nobody needs to.", **given)
    assert case.state == Case.ASSESSING
    with acting(world.manager):
        waiting = Confirmation.objects.get(target_id=case.id)
    assert waiting.why.startswith(why)
    page = browser_of(world.manager).get(f"cases/{case.id}/").json()
    # What waits for a second person is not offered to be done once more.
    assert "close" not in {option["name"] for option in page["options"]}
    shown = page["confirmation"]
    assert (shown["id"], [option["name"] for option in shown["options"]]) == (str(waiting.id), ["confirm", "refuse"])


def test_a_case_does_not_close_under_a_question_to_another_agency(world: World) -> None:
    case = assessing(world)
    world.proposed(case)
    assert "has been asked to lead this case" in refusal(world, "close", case, goes_on="School.")


def test_somebody_goes_on_or_nobody_needs_to(world: World) -> None:
    case = assessing(world)
    assert refusal(world, "close", case).startswith("Say who goes on")
    assert work(world, "close", case, goes_on="Nobody needs to.").state == Case.CLOSED


@committed
def test_six_months_on_somebody_is_asked_whether_it_lasted_and_after_twelve_the_window_ends(world: World) -> None:
    case = work(world, "close", assessing(world), goes_on="Nobody needs to.")
    with clock.at(clock.now() + timedelta(days=200)):
        work(world, "record_sustained", case, sustained="yes")
        assert "was recorded already" in refusal(world, "record_sustained", case)
    with worker_login(), clock.at(clock.now() + timedelta(days=400)):
        expire()
    assert {kind for kind, state in clocks(case.id).items() if state == "running"} == set()
