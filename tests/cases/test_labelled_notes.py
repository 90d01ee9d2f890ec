"""Labels on notes: who reads what bears one, in every list and in the database, and that intelligence leaves no trace.

Source: access.md, Labels (set by the origin agency only; the existence of what bears POLICE is hidden; labelled text
never travels into a notification).
"""

from typing import Any

import pytest
from django.db import ProgrammingError

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.agencies.roles import Role
from backend.audit.models import Event
from backend.cases.models import Case, Note
from backend.core.errors import Conflict, Invalid
from backend.core.ids import uuid7
from backend.notifications.models import Outbox
from tests.actors import browser_of
from tests.cases.conftest import World
from tests.cases.working import assessing, led_by_police
from tests.casework import member_of, note_of
from tests.edges import take

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
WORDS = "Words that only some may read."
# What people of the lead agency open about a case.
PAGES = (
    "",
    "notes/",
    "timeline/",
    "timeline/?kind=notes",
    "timeline/?kind=automatic",
    "overview/",
    "identity/",
    "plan/",
    "documents/",
)


def pages(who: Actor, case: Case) -> list[bytes]:
    """Every page of a case as somebody gets it."""
    browser = browser_of(who)
    return [browser.get(f"cases/{case.id}/{page}").content for page in PAGES] + [browser.get("work/").content]


def in_the_database(who: Actor, note: Note) -> tuple[int, int, int]:
    """How many rows of a note, of its past, and of what happened to it row security shows somebody."""
    with acting(who):
        past = Note.history.model.objects.filter(id=note.id)  # type: ignore[attr-defined] # history has models
        told = Event.objects.filter(root_id=note.root_id, mark=note.mark)
        return Note.objects.filter(pk=note.pk).count(), past.count(), told.count()


def texts(who: Actor, case: Case) -> list[str]:
    """The words of the notes somebody reads."""
    rows: list[dict[str, Any]] = browser_of(who).get(f"cases/{case.id}/notes/").json()["results"]
    return [row["text"] for row in rows]


def test_intelligence_is_read_by_the_named_officer_and_leaves_nobody_else_a_trace(world: World) -> None:
    case, people = led_by_police(world)
    worker, manager = people[Role.CASE_WORKER], people[Role.MANAGER]
    before, waiting = pages(manager, case), Outbox.objects.using("owner").count()
    note = note_of(case, worker, mark="police", text=WORDS)
    take("pin", note.id, worker, noun="note")
    take("correct", note.id, worker, noun="note", text="It was Monday.", reason="A slip.")
    assert pages(manager, case) == before, "the same bytes as if it were not there"
    assert Outbox.objects.using("owner").count() == waiting
    assert in_the_database(manager, note) == (0, 0, 0)
    missing = browser_of(manager).get(f"notes/{case.id}/")
    assert browser_of(manager).get(f"notes/{note.id}/").content == missing.content
    assert texts(worker, case) == [WORDS]
    shown = browser_of(worker).get(f"cases/{case.id}/timeline/").json()["results"]
    assert [one["mark_label"] for one in shown if one["text"].startswith(WORDS)] == ["Police intelligence"]
    assert all(in_the_database(worker, note))


@pytest.mark.parametrize("mark", ["third_party", "not_for_family"])
def test_others_are_read_with_the_case_and_never_by_the_team(world: World, mark: str) -> None:
    case = assessing(world)
    partner = world.teacher
    member = member_of(case, world.worker, partner)
    open_note = note_of(case, world.worker, text="For the team.", is_shared=True)
    note = note_of(case, world.worker, mark=mark, text=WORDS)
    for who in (world.worker, world.manager):
        assert WORDS in texts(who, case)
    assert in_the_database(partner, note) == (0, 0, 0)
    place = browser_of(partner).get(f"team-members/{member.id}/")
    assert (open_note.text in place.content.decode(), WORDS in place.content.decode()) == (True, False)
    assert browser_of(world.stranger).get(f"notes/{note.id}/").status_code == 404


@pytest.mark.parametrize("mark", ["police", "health"])
def test_only_an_agency_whose_own_it_is_gives_a_label(world: World, mark: str) -> None:
    case = assessing(world)
    with pytest.raises(Invalid, match="cannot give a note this label"):
        note_of(case, world.worker, mark=mark)
    options = browser_of(world.worker).get(f"cases/{case.id}/").json()["options"]
    [writing] = [one for one in options if one["name"] == "write_note"]
    [asked] = [one for one in writing["input"] if one["name"] == "mark"]
    assert {one["value"] for one in asked["choices"]} == {"third_party", "not_for_family"}


@pytest.mark.parametrize("mark", ["police", "health"])
def test_the_database_takes_a_label_only_of_the_agency_whose_own_it_is(world: World, mark: str) -> None:
    note = note_of(assessing(world), world.worker, mark="third_party")
    with acting(world.worker):
        row = Note.objects.filter(pk=note.pk).values().get()
    forged = Note(**{**row, "id": uuid7(), "mark": mark})
    with pytest.raises(ProgrammingError, match="row-level security"), acting(world.worker):
        forged.save(force_insert=True)


def test_a_protected_address_is_no_label_of_a_note(world: World) -> None:
    body = {"kind": "observation", "child_seen": "not_seen", "text": "x", "mark": "location"}
    assert browser_of(world.worker).post(f"cases/{assessing(world).id}/notes/", body).status_code == 400


@pytest.mark.parametrize(
    ("mark", "given", "field"),
    [
        ("third_party", {"is_shared": True}, "is_shared"),
        ("third_party", {"meant_for": ["managers"]}, "meant_for"),
        ("police", {"child_seen": "alone"}, "child_seen"),
        ("police", {"next_action": "Visit", "next_action_on": "2100-01-01"}, "next_action"),
    ],
)
def test_a_label_keeps_what_would_carry_it_further(world: World, mark: str, given: dict[str, Any], field: str) -> None:
    body = {"kind": "observation", "child_seen": "not_seen", "text": "x", "mark": mark, **given}
    answer = browser_of(world.worker).post(f"cases/{assessing(world).id}/notes/", body)
    assert (answer.status_code, list(answer.json()["fields"])) == (400, [field])


def test_what_puts_a_labelled_note_right_bears_its_label(world: World) -> None:
    case = assessing(world)
    note = note_of(case, world.worker, mark="third_party", text=WORDS)
    take("correct", note.id, world.worker, noun="note", text="It was Monday.", reason="A slip.")
    with acting(world.worker):
        assert Note.objects.get(corrects_id=note.id).mark == "third_party"
    with pytest.raises(Conflict, match="who wrote it"):
        take("correct", note.id, world.manager, noun="note", text="No.", reason="I know better.")
