"""A case ends with what the child and the parents say of the help, or why nobody could ask them (domain.md 6)."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from backend.access.binding import acting
from backend.cases.models import Case
from backend.core import clock
from backend.core.errors import Conflict
from backend.notifications.models import Outbox
from backend.workflow.models import Confirmation
from tests.actors import browser_of
from tests.cases.conftest import World
from tests.cases.working import assessing, now, today, work
from tests.casework import allocated, case_of
from tests.clocks import clocks
from tests.edges import CHOSEN, good_input, take
from tests.factories import manager, referral_in, teacher

committed = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
CHILD, PARENT = CHOSEN["child_view"], CHOSEN["parent_view"]
NOBODY = {"goes_on": "Nobody needs to."}


def close_as_asked(world: World, case: Case, **given: Any) -> Any:
    """Close a case as its page does; return the answer."""
    chosen = {"risk_remains": False, "reason_code": "outcomes_met", **NOBODY, **given}
    body = {**good_input("case", "close", **chosen), "version": case.version}
    return browser_of(world.worker).post(f"cases/{case.id}/close/", body)


def ending(world: World, case: Case) -> Mapping[str, Any]:
    """How its page says that it ended."""
    shown: Mapping[str, Any] = browser_of(world.manager).get(f"cases/{case.id}/").json()["ending"]
    return shown


def test_the_page_of_a_closed_case_says_what_child_and_parents_say(world: World) -> None:
    case = work(world, "close", assessing(world), goes_on="School nurse.")
    shown = ending(world, case)
    assert shown["reason_label"] == "The child’s needs are met"
    assert (shown["child_view"], shown["parent_view"], shown["goes_on"]) == (CHILD, PARENT, "School nurse.")


def test_either_may_be_impossible_and_then_it_says_why(world: World) -> None:
    why = {"child_view": "", "child_view_why_not": "too_young", "parent_view": "", "parent_view_why_not": "died"}
    shown = ending(world, work(world, "close", assessing(world), **NOBODY, **why))
    assert shown["child_view"] == "No answer. The child is too young to say it in words."
    assert shown["parent_view"] == "No answer. They have died."


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({"child_view": "", "parent_view": ""}, {"child_view", "parent_view"}),
        ({"child_view": " "}, {"child_view"}),
        ({"parent_view": ""}, {"parent_view"}),
        ({"child_view_why_not": "did_not_want"}, {"child_view_why_not"}),
        # That a child has died is recorded by two people, in another way; and no parent is too young.
        ({"child_view": "", "child_view_why_not": "died"}, {"child_view_why_not"}),
        ({"parent_view": "", "parent_view_why_not": "too_young"}, {"parent_view_why_not"}),
    ],
)
def test_nobody_closes_a_case_without_asking_or_with_two_answers(
    world: World, given: dict[str, str], fields: set[str]
) -> None:
    case = assessing(world)
    answer = close_as_asked(world, case, **given)
    assert (answer.status_code, set(answer.json()["fields"])) == (400, fields)
    assert now(world, case).state == Case.ASSESSING
    assert close_as_asked(world, case).status_code == 200


@committed
def test_whoever_referred_hears_that_it_ended_and_why_and_reads_no_word_of_the_family(world: World) -> None:
    case = allocated(case_of(referral_in("accepted")), to=manager())
    take("close", case.id, manager(), noun="case", risk_remains=False, reason_code="outcomes_met", **NOBODY)
    (row,) = Outbox.objects.using("owner").filter(root_id=case.id, message="case_closed_referrer")
    assert row.fields["reason"] == "The child’s needs are met"
    assert not {CHILD, PARENT} & set(row.fields.values())
    assert browser_of(teacher()).get(f"cases/{case.id}/").status_code == 404


@committed
def test_a_second_person_reads_what_the_family_says_before_they_agree(world: World) -> None:
    case = work(world, "close", assessing(world), risk_remains=True, **NOBODY)
    with acting(world.manager):
        waiting = Confirmation.objects.get(target_id=case.id)
    shown = browser_of(world.manager).get(f"cases/{case.id}/").json()["confirmation"]["given_summary"]
    assert {CHILD, PARENT} <= {line["value"] for line in shown}
    browser_of(world.manager).post(f"confirmations/{waiting.id}/confirm/", {"version": waiting.version})
    assert ending(world, case)["child_view"] == CHILD


def test_opened_again_it_says_on_the_day_it_was_closed_how_it_ended(world: World) -> None:
    case = work(world, "close", assessing(world), **NOBODY)
    closed_on = today()
    with clock.at(clock.now() + timedelta(days=3)):
        case = work(world, "reopen", case, by=world.manager)
        assert (case.child_view, case.parent_view, ending(world, case)) == ("", "", None)
        browser = browser_of(world.manager)
        then = browser.get(f"cases/{case.id}/standing/?on={closed_on.isoformat()}").json()["lines"]
        happened = browser.get(f"cases/{case.id}/timeline/?kind=automatic").json()["results"]
    said = {line["label"]: line["value"] for line in then}
    assert said["What the child said of the help"] == CHILD
    assert said["What the parent or carer said of the help"] == PARENT
    assert "Why: The child’s needs are met." in {entry["text"] for entry in happened}


@pytest.mark.parametrize("reason", ["stepped_down", "transferred", "referred_in_error"])
def test_these_reasons_end_a_case_too(world: World, reason: str) -> None:
    case = work(world, "close", assessing(world), reason_code=reason, **NOBODY)
    assert (case.state, case.closing_reason) == (Case.CLOSED, reason)


def test_after_an_error_nobody_asks_the_family_whether_it_has_lasted(world: World) -> None:
    case = work(world, "close", assessing(world), reason_code="referred_in_error", **NOBODY)
    running = {kind for kind, state in clocks(case.id).items() if state == "running"}
    assert running == {"re_referral_window"}
    with pytest.raises(Conflict, match="referred in error"):
        work(world, "record_sustained", case)
