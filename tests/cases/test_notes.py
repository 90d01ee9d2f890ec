"""Notes: put right beneath themselves, pinned, meant for somebody, overseen by managers, taken back at once.

Source: product.md, Casework (pin, mentions, management oversight); architecture.md, Undo.
"""

from datetime import timedelta
from typing import Any

import pytest

from backend.access.actors import Actor
from backend.cases.models import Case, Note
from backend.core import clock
from backend.core.errors import Conflict
from backend.notifications.delivery import drain
from backend.notifications.models import Message, Outbox
from tests.actors import browser_of
from tests.cases.conftest import World
from tests.cases.working import assessing, visited
from tests.casework import note_of
from tests.edges import take
from tests.worker import worker_login

pytestmark = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def page(who: Actor, case: Case) -> list[dict[str, Any]]:
    """The notes as somebody reads them."""
    rows: list[dict[str, Any]] = browser_of(who).get(f"cases/{case.id}/notes/").json()["results"]
    return rows


def edge(name: str, note: Note, who: Actor, **given: Any) -> Note:
    """Take one edge of a note."""
    taken: Note = take(name, note.id, who, noun="note", **given)
    return taken


def names(row: dict[str, Any]) -> set[str]:
    """What may be done about a note."""
    return {option["name"] for option in row["options"]}


def test_a_correction_stands_beneath_what_was_written(world: World) -> None:
    case = assessing(world)
    note = note_of(case, world.worker, text="Seen on Tuesday.")
    edge("correct", note, world.worker, text="It was Monday.", reason="I mixed up the days.")
    row = next(one for one in page(world.worker, case) if one["id"] == str(note.id))
    assert row["text"] == "Seen on Tuesday."
    assert [(one["text"], one["by"]) for one in row["corrections"]] == [("It was Monday.", world.worker.name)]


def test_nobody_corrects_what_another_wrote(world: World) -> None:
    note = note_of(assessing(world), world.worker)
    with pytest.raises(Conflict, match="who wrote it, can correct it"):
        edge("correct", note, world.manager, text="No.", reason="I know better.")


def test_what_is_pinned_is_on_top_until_it_is_taken_down(world: World) -> None:
    case = assessing(world)
    first, _second = note_of(case, world.worker, text="First."), note_of(case, world.worker, text="Second.")
    assert page(world.worker, case)[0]["text"] == "Second."
    edge("pin", first, world.worker)
    top = page(world.worker, case)[0]
    assert (top["text"], top["is_pinned"], names(top) & {"pin", "unpin"}) == ("First.", True, {"unpin"})
    edge("unpin", first, world.worker)
    assert page(world.worker, case)[0]["text"] == "Second."


def test_five_notes_are_pinned_at_most(world: World) -> None:
    case = assessing(world)
    notes = [note_of(case, world.worker) for _ in range(6)]
    for note in notes[:5]:
        edge("pin", note, world.worker)
    with pytest.raises(Conflict, match="5 notes are pinned"):
        edge("pin", notes[5], world.worker)


def test_a_note_just_written_is_taken_back_and_its_words_are_gone(world: World) -> None:
    case = assessing(world)
    note = note_of(case, world.worker, text="This was about another child.")
    edge("undo", note, world.worker)
    assert str(note.id) not in {one["id"] for one in page(world.worker, case)}
    left = browser_of(world.worker).get(f"notes/{note.id}/").json()
    assert (left["state_label"], left["text"], left["options"]) == ("Taken back", "", [])


@pytest.mark.parametrize(
    ("minutes", "by", "reason"),
    [(0, "manager", "Only the person who wrote this"), (11, "worker", "More than 10 minutes have passed")],
)
def test_a_note_is_taken_back_at_once_by_who_wrote_it_or_never(
    world: World, minutes: int, by: str, reason: str
) -> None:
    note = note_of(assessing(world), world.worker)
    with clock.at(clock.now() + timedelta(minutes=minutes)), pytest.raises(Conflict, match=reason):
        edge("undo", note, getattr(world, by))


def test_the_first_contact_is_corrected_and_not_taken_back(world: World) -> None:
    note = visited(world, world.allocated())
    with pytest.raises(Conflict, match="first contact with the family"):
        edge("undo", note, world.worker)


def test_what_has_been_corrected_stays(world: World) -> None:
    note = note_of(assessing(world), world.worker)
    edge("correct", note, world.worker, text="It was Monday.", reason="A slip.")
    with pytest.raises(Conflict, match="It has been corrected"):
        edge("undo", note, world.worker)


def test_oversight_is_written_by_a_manager(world: World) -> None:
    case = assessing(world)
    with pytest.raises(Conflict, match="written by a manager"):
        note_of(case, world.worker, kind="oversight")
    note_of(case, world.manager, kind="oversight", text="Agreed: see him alone next time.")
    assert page(world.worker, case)[0]["kind_label"] == "Management oversight"


@committed
def test_whom_a_note_is_meant_for_is_told_when_it_can_no_longer_be_taken_back(world: World) -> None:
    case = assessing(world)
    note_of(case, world.manager, meant_for=["lead_practitioner"])
    told = Message.objects.using("owner").filter(user_id=world.worker.user_id, subject__contains="meant for you")
    with worker_login():
        drain()
        assert not told.exists(), "it can still be taken back"
        with clock.at(clock.now() + timedelta(minutes=11)):
            drain()
    assert told.count() == 1
    assert case.reference in told.get().subject


@committed
def test_nobody_is_told_of_a_note_that_was_taken_back(world: World) -> None:
    case = assessing(world)
    edge("undo", note_of(case, world.manager, meant_for=["lead_practitioner"]), world.manager)
    with worker_login(), clock.at(clock.now() + timedelta(minutes=11)):
        drain()
    assert not Message.objects.using("owner").filter(subject__contains="meant for you").exists()
    waiting = Outbox.objects.using("owner").filter(message="case_note_for_you")
    assert [one.state for one in waiting] == ["sent"]


@committed
def test_nobody_is_told_of_their_own_note(world: World) -> None:
    note_of(assessing(world), world.worker, meant_for=["lead_practitioner"])
    assert not Outbox.objects.using("owner").filter(message="case_note_for_you").exists()
