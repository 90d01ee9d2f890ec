"""What the chronology tells besides the verb: from whom to whom, and why, in the words of the codes."""

from typing import Any

import pytest

from backend.cases.models import Case
from backend.cases.serializers.telling import REASONS
from backend.core import vocabulary
from tests import edges
from tests.actors import browser_of
from tests.api.counting import said, statements
from tests.cases.conftest import World
from tests.cases.working import assessing, now, visited, work

pytestmark = pytest.mark.django_db
# Whose events stand in the chronology of a case.
NOUNS = ("case", "transfer", "lead_request", "action", "task", "team_member", "relationship", "assessment")


def told(who: Any, case: Case, label: str) -> str:
    """What the newest entry of this label says."""
    entries = browser_of(who).get(f"cases/{case.id}/timeline/").json()["results"]
    return str(next(entry for entry in entries if entry["label"] == label)["text"])


def test_an_allocation_says_to_whom_and_why(world: World) -> None:
    text = told(world.worker, world.allocated(), "Allocated a lead practitioner")
    assert text.splitlines()[0] == f"To {world.worker.name}."
    assert "Why: Has room to start this week." in text


def test_a_change_of_worker_says_from_whom_to_whom_and_why(world: World) -> None:
    case = assessing(world)
    given = {"lead_practitioner_id": str(world.other_worker.user_id), "reason_code": "CHCHAN"}
    work(world, "reallocate", case, **given)
    text = told(world.other_worker, case, "Changed the lead practitioner")
    assert f"From {world.worker.name} to {world.other_worker.name}." in text
    assert "Why: The child asked for a change." in text
    assert "CHCHAN" not in text


def test_a_pause_says_why_and_until_when(world: World) -> None:
    case = assessing(world)
    work(world, "pause", case, reason_code="child_away")
    text = told(world.worker, case, "Paused the work")
    assert text.startswith("Why: The child is away for a while.\nLooked at again on ")


def test_a_no_says_whose_it_was(world: World) -> None:
    refused = world.allocated()
    visited(world, refused)
    work(world, "record_refusal", refused, reason_code="child_said_no")
    assert "Why: The child does not want it." in told(world.worker, refused, "Recorded that the family says no")


def test_an_agreement_taken_back_says_whose_no_it_was(world: World) -> None:
    case = assessing(world)
    work(world, "withdraw_agreement", case, reason_code="parent_said_no")
    text = told(world.worker, case, "Recorded that agreement was withdrawn")
    assert "Why: A parent or carer does not want it." in text


def test_an_end_says_why_and_whether_a_risk_remains(world: World) -> None:
    case = assessing(world)
    work(world, "close", case, goes_on="Her school.")
    assert told(world.manager, case, "Closed the case").startswith("Why: ")
    work(world, "record_sustained", now(world, case), sustained="no")
    text = told(world.manager, case, "Recorded whether the change has lasted")
    assert text.startswith("Has the change lasted: No, it has not lasted.")


def test_a_transfer_says_between_whom_why_and_how_it_ended(world: World) -> None:
    transfer = world.proposed()
    case, agencies = transfer.case, f"From {transfer.from_agency.name} to {transfer.to_agency.name}."
    assert told(world.manager, case, "Proposed a transfer").startswith(f"{agencies}\nWhy: ")
    edges.take("decline", transfer.id, world.youth_justice_manager, noun="transfer", reason_code="no_capacity")
    assert told(world.manager, case, "Declined the lead").startswith(f"{agencies}\nWhy: ")
    assert agencies in told(world.manager, case, "A transfer was not taken")


def test_a_new_lead_says_from_which_agency_to_which(world: World) -> None:
    transfer = world.proposed()
    edges.take("accept", transfer.id, world.youth_justice_manager, noun="transfer")
    text = told(world.youth_justice_manager, transfer.case, "The lead agency changed")
    assert text == f"From {transfer.from_agency.name} to {transfer.to_agency.name}."


def test_nobody_learns_it_who_does_not_read_the_case(world: World) -> None:
    case = assessing(world)
    for who in (world.stranger, world.youth_justice_manager):
        assert browser_of(who).get(f"cases/{case.id}/timeline/").status_code in (403, 404)


def test_it_costs_what_a_chronology_cost_before(world: World) -> None:
    case = assessing(world)
    for number in range(6):
        to = world.worker if number % 2 else world.other_worker
        work(world, "reallocate", now(world, case), lead_practitioner_id=str(to.user_id))
    many = statements(lambda: browser_of(world.worker).get(f"cases/{case.id}/timeline/"))
    few = statements(lambda: browser_of(world.worker).get(f"cases/{case.id}/timeline/?page_size=1"))
    assert len(many) == len(few), said(many)


def test_each_reason_that_a_form_of_a_case_asks_for_is_told_in_its_own_words() -> None:
    for noun in NOUNS:
        for edge, form in edges.INPUTS[noun].items():
            field = form().fields.get("reason_code") or form().fields.get("why")
            if field is not None:
                codes = set(field.choices)
                assert codes <= set(vocabulary.get(REASONS[f"{noun}.{edge}"]).codes), edge
