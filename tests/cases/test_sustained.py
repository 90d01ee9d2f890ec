"""Six months on: whether the change has lasted, who asked, what follows from a no (domain.md 6, ADR 37)."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.utils.dateparse import parse_datetime

from backend.access.binding import acting
from backend.audit.models import Event
from backend.cases.models import Case, Note
from backend.core import clock
from backend.core.errors import Conflict, Forbidden, Invalid
from tests.actors import browser_of
from tests.cases.conftest import World
from tests.cases.working import assessing, work
from tests.clocks import clocks

SIX_MONTHS_ON = timedelta(days=180)
WORDS = "Mum on the telephone: he goes to school."


def closed(world: World) -> Case:
    """A case that was closed well."""
    return work(world, "close", assessing(world), goes_on="School nurse.")


def answered(world: World, case: Case, answer: str, **given: str) -> Case:
    """What the manager of the lead agency recorded half a year later."""
    with clock.at(clock.now() + SIX_MONTHS_ON):
        return work(world, "record_sustained", case, sustained=answer, how_it_is=WORDS, **given)


def shown(world: World, case: Case) -> Mapping[str, Any]:
    """What the page of the closed case says of it."""
    said: Mapping[str, Any] = browser_of(world.manager).get(f"cases/{case.id}/").json()["ending"]["sustained"]
    return said


@pytest.mark.parametrize(
    ("answer", "label", "offers"),
    [("yes", "Yes, it has lasted", False), ("in_part", "In part", False), ("no", "No, it has not lasted", True)],
)
def test_the_page_says_the_answer_and_who_asked_when_and_a_no_offers_to_refer_again(
    world: World, answer: str, label: str, offers: bool
) -> None:
    case = closed(world)
    assert browser_of(world.manager).get(f"cases/{case.id}/").json()["ending"]["sustained"] is None
    case = answered(world, case, answer)
    said = shown(world, case)
    assert (said["answer_label"], said["why_not_label"], said["words"]) == (label, "", WORDS)
    assert (said["by"], parse_datetime(said["at"])) == (world.manager.name, case.sustained_at)
    assert case.sustained_at is not None
    assert case.closed_at is not None
    assert case.sustained_at - case.closed_at >= SIX_MONTHS_ON
    assert said["refer_again_url"] == (f"/referrals/new?again={case.id}" if offers else None)
    assert clocks(case.id)["sustained_check"] == "met"


def test_where_nobody_could_be_asked_it_says_why(world: World) -> None:
    case = closed(world)
    body = {"version": case.version, "sustained": "not_asked", "how_it_is": "Rang three times, wrote twice."}
    path = f"cases/{case.id}/record-sustained/"
    refused = browser_of(world.manager).post(path, body)
    assert (refused.status_code, set(refused.json()["fields"])) == (400, {"why_not_asked"})
    taken = browser_of(world.manager).post(path, {**body, "why_not_asked": "moved"})
    assert taken.status_code == 200, taken.content
    said = shown(world, case)
    assert (said["answer_label"], said["why_not_label"]) == ("Nobody could be asked", "They moved away")
    assert said["refer_again_url"] is None


def test_only_the_manager_of_the_lead_agency_records_it(world: World) -> None:
    case = closed(world)
    with pytest.raises(Forbidden):
        work(world, "record_sustained", case, by=world.worker)


def test_opened_again_the_answer_stands_in_its_note_and_the_next_end_asks_anew(world: World) -> None:
    case = answered(world, closed(world), "no")
    case = work(world, "reopen", case, by=world.manager)
    assert (case.sustained, case.sustained_words, case.sustained_at) == ("", "", None)
    with acting(world.manager):
        (note,) = Note.objects.filter(root_id=case.id, text__contains=WORDS)
    assert note.text.startswith("Has the change lasted? No, it has not lasted.")
    case = work(world, "close", case, by=world.manager, goes_on="School nurse.")
    assert clocks(case.id)["sustained_check"] == "running"


def test_a_wrong_answer_is_corrected_with_a_reason_and_what_it_said_stands_in_a_note(world: World) -> None:
    case = answered(world, closed(world), "no")
    case = work(world, "correct_sustained", case, sustained="yes", how_it_is="He goes.", reason="I rang another mum.")
    said = shown(world, case)
    assert (said["answer_label"], said["words"], said["by"]) == ("Yes, it has lasted", "He goes.", world.manager.name)
    assert said["refer_again_url"] is None
    assert parse_datetime(said["at"]) == case.sustained_at, "it was asked when it was asked"
    with acting(world.manager):
        (note,) = Note.objects.filter(root_id=case.id, text__startswith="Corrected: ")
        event = Event.objects.get(root_id=case.id, verb="case.correct_sustained")
    assert f"It said before: No, it has not lasted.\n\n{WORDS}" in note.text
    assert "Why it was corrected: I rang another mum." in note.text
    assert (event.reason, event.data["sustained"]) == ("I rang another mum.", "yes")
    assert clocks(case.id)["sustained_check"] == "met"


def test_an_answer_is_corrected_by_who_may_give_it_once_there_is_one_and_it_differs(world: World) -> None:
    case = closed(world)
    with pytest.raises(Conflict, match="You cannot do “correct whether the change has lasted” now"):
        work(world, "correct_sustained", case)
    case = answered(world, case, "yes")
    with pytest.raises(Forbidden):
        work(world, "correct_sustained", case, by=world.worker)
    with pytest.raises(Invalid, match="Nothing is different"):
        work(world, "correct_sustained", case, sustained="yes", how_it_is=WORDS)
