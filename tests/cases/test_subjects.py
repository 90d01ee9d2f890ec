"""What reminders say of a case and of a transfer, and the rules that need no database."""

from datetime import date

import pytest

from backend.access.binding import acting
from backend.cases import rules
from backend.cases.models import Case, Transfer
from backend.cases.rules import TransferFacts
from backend.cases.text_fields import decline_reason
from backend.core.ids import uuid7
from backend.deadlines.registration import describer, expiries
from backend.notifications.audience import Person
from tests.cases.conftest import World


@pytest.mark.parametrize("kind", ["allocate", "first_contact", "transfer_answer", "transfer_follow_up"])
def test_a_reminder_names_the_record_and_its_page_never_the_child(world: World, kind: str) -> None:
    transfer = world.proposed()
    describe = describer(kind)
    assert describe is not None
    root_id, page = (transfer.id, "transfers") if kind == "transfer_answer" else (transfer.case_id, "cases")
    with acting(world.manager):
        subject = describe(root_id)
        assert subject is not None
        assert (subject.reference, subject.path) == (transfer.case_reference, f"/{page}/{root_id}")
        assert subject.audience == (Person(world.worker.user_id) if kind == "first_contact" else None)
        assert describe(uuid7()) is None


def test_a_case_without_a_lead_practitioner_reminds_by_role(world: World) -> None:
    in_hand = world.opened(led_by="city-early-help")
    describe = describer("first_contact")
    assert describe is not None
    with acting(world.manager):
        subject = describe(in_hand.id)
        assert subject is not None
        assert subject.audience is None


def test_something_follows_when_a_transfer_is_not_answered() -> None:
    assert "transfer_answer" in expiries()


@pytest.mark.parametrize(
    ("case", "reasons"),
    [
        (Case(state=Case.ENGAGING), []),
        (Case(state=Case.CLOSED), ["The case has been closed since it was offered to you."]),
        (None, ["The case has been closed since it was offered to you."]),
    ],
)
def test_only_an_open_case_can_be_taken(case: Case | None, reasons: list[str]) -> None:
    assert list(rules.case_is_open(Transfer(), TransferFacts(case=case, before=""), {})) == reasons


def test_nothing_is_asked_of_a_form_that_is_not_filled_yet() -> None:
    facts = rules.CaseFacts(today=date(2026, 11, 23), agencies={}, practitioners={})
    asked_with_input = (
        rules.practitioner_works_here,
        rules.next_action_is_ahead,
        rules.no_transfer_is_open,
        rules.agency_can_lead,
        rules.basis_is_open_to_both,
    )
    assert [reason for rule in asked_with_input for reason in rule(Case(), facts, None)] == []


def test_the_reason_of_an_ended_transfer_is_said_in_words() -> None:
    declined = Transfer(state=Transfer.DECLINED, reason_code="no_capacity")
    withdrawn = Transfer(state=Transfer.WITHDRAWN, reason_code="family_changed_mind")
    assert decline_reason(declined) == "We have nobody who can take it in time"
    assert decline_reason(withdrawn) == "The child or family would rather stay"
    assert decline_reason(Transfer(state=Transfer.LAPSED)) == ""
