"""What a leaver had and is no case: each kind passes to a manager, who can go on with it."""

from collections.abc import Callable

import pytest

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.administration.commands.leaving import end_membership
from backend.agencies.roles import Role
from backend.core import clock
from backend.core.errors import Forbidden
from backend.notifications.audience import Person, recipients
from backend.notifications.models import Outbox
from backend.referrals.models import Referral
from backend.workflow import confirmations
from backend.workflow.models import Confirmation
from tests.actors import actor, browser_of
from tests.administration.leading import administrator, as_system
from tests.edges import take
from tests.factories import manager, officer, open_confirmation, referral_in, second_manager

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
BOSSES = [manager, administrator]


def ended(boss: Actor, who: Actor) -> None:
    with acting(boss):
        end_membership(boss, who.membership_id)


def asked_to_decline(by: Actor) -> Confirmation:
    """A question to a second person: the level of need is complex."""
    referral = referral_in("triage")
    take("decline", referral.id, by, reason_code="threshold_not_met", level_of_need="complex")
    return open_confirmation(referral.id, manager())


def counted(boss: Actor, who: Actor) -> dict[str, int]:
    held: dict[str, int] = browser_of(boss).get(f"people/{who.membership_id}/").json()["held"]
    return {what: number for what, number in held.items() if number}


@pytest.mark.parametrize("boss", BOSSES)
def test_a_question_to_a_second_person_is_looked_after_by_the_manager_who_may_still_be_that_person(
    boss: Callable[[], Actor],
) -> None:
    who = officer()
    question = asked_to_decline(who)
    assert counted(boss(), who) == {"referrals": 1, "questions": 1}
    ended(boss(), who)
    [question] = as_system(Confirmation, id=question.id)
    assert question.asked_by_id == who.user_id, "the four eyes stay those of two people"
    minds = next(one for one in (manager(), second_manager()) if one.user_id == question.passed_to_id)
    shown = browser_of(minds).get(f"confirmations/{question.id}/").json()
    assert {option["name"] for option in shown["options"]} == {"confirm", "refuse", "withdraw"}
    other = second_manager() if minds == manager() else manager()
    with acting(other), pytest.raises(Forbidden, match="who asked"):
        confirmations.withdraw(other, question.id)
    with acting(minds):
        confirmations.refuse(minds, question.id, reason="Ask the school first.")
    [told] = as_system(Outbox, message="confirmation_refused")
    assert told.audience == {"user_id": str(minds.user_id)}


def test_the_question_can_be_taken_back_by_who_looks_after_it_and_passes_on_again_with_them() -> None:
    question = asked_to_decline(officer())
    ended(manager(), officer())
    [question] = as_system(Confirmation, id=question.id)
    first = next(one for one in (manager(), second_manager()) if one.user_id == question.passed_to_id)
    second = second_manager() if first == manager() else manager()
    ended(second, first)
    [question] = as_system(Confirmation, id=question.id)
    assert question.passed_to_id == second.user_id
    with acting(second):
        assert confirmations.withdraw(second, question.id).state == Confirmation.WITHDRAWN


@pytest.mark.parametrize("boss", BOSSES)
def test_a_decision_that_nobody_was_told_of_yet_is_the_managers_to_tell(boss: Callable[[], Actor]) -> None:
    who = officer()
    referral = referral_in("signposted")
    assert counted(boss(), who) == {"outcomes": 1}
    ended(boss(), who)
    [referral] = as_system(Referral, id=referral.id)
    assert referral.triage_officer_id in {manager().user_id, second_manager().user_id}
    words = {one.fields["amount"] for one in as_system(Outbox, message="work_passed_on")}
    assert any("to tell people about" in amount for amount in words)
    assert referral.triage_officer_id in {one.id for one in recipients(Person(referral.triage_officer_id))}
    minds = next(one for one in (manager(), second_manager()) if one.user_id == referral.triage_officer_id)
    take("record_told", referral.id, minds, method="phone", told_at=clock.now().isoformat())


def test_nothing_that_waited_for_a_leaver_is_asked_of_them_any_more() -> None:
    """Messages of what they asked or were to be told of go to those who have it now."""
    who = officer()
    asked_to_decline(who)
    ended(manager(), who)
    assert {one.id for one in recipients(Person(who.user_id))} == {
        actor("front-door", Role.MANAGER, nth=nth).user_id for nth in (0, 1)
    }
