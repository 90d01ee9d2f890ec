"""Who may read a note, said anew: its present label decides, of the note, of its past and of what happened to it.

Source: access.md, Labels (set by the origin agency only; the existence of what bears POLICE is hidden).
"""

from datetime import timedelta
from typing import Any

import pytest
from django.db import ProgrammingError

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.agencies.roles import Role
from backend.audit.models import Event
from backend.cases.models import Note
from backend.core import clock
from backend.core.errors import Conflict, Invalid
from backend.notifications.delivery import drain
from backend.notifications.models import Message
from tests.actors import browser_of
from tests.cases.conftest import World
from tests.cases.test_labelled_notes import pages, texts
from tests.cases.test_mentions import mentions, naming
from tests.cases.working import assessing, led_by_police
from tests.casework import member_of, note_of
from tests.edges import take
from tests.notifications.telling import deliver, subjects
from tests.worker import worker_login

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
WORDS, WHY = "Words that not everybody may read.", "It names her aunt."


def relabel(note: Note, who: Actor, readers: str, **given: Any) -> Note:
    changed: Note = take("relabel", note.id, who, noun="note", **{"readers": readers, "reason": WHY, **given})
    return changed


def stored(who: Actor, note: Note) -> tuple[int, int, int]:
    """How many rows of a note, of its past, and of what happened to it row security shows somebody."""
    past: Any = Note.history.model  # type: ignore[attr-defined] # history has models
    happened = list(past.objects.using("owner").filter(id=note.id).values_list("event_id", flat=True))
    with acting(who):
        return (
            Note.objects.filter(pk=note.pk).count(),
            past.objects.filter(id=note.id).count(),
            Event.objects.filter(pk__in=happened).count(),
        )


def offered(who: Actor, note: Note) -> list[str]:
    """The circles of readers that somebody may choose for a note; none where they may not change them."""
    options = browser_of(who).get(f"notes/{note.id}/").json()["options"]
    asked = [field for one in options if one["name"] == "relabel" and not one["obstacles"] for field in one["input"]]
    return [choice["value"] for field in asked if field["name"] == "readers" for choice in field["choices"]]


def test_what_the_team_read_is_closed_to_it_with_its_past_and_opened_again(world: World) -> None:
    case = assessing(world)
    partner = world.teacher
    member = member_of(case, world.worker, partner)
    place = f"team-members/{member.id}/"
    note = note_of(case, world.worker, text=WORDS, is_shared=True)
    take("correct", note.id, world.worker, noun="note", text="It was Monday.", reason="A slip.")
    assert WORDS in browser_of(partner).get(place).content.decode()
    with acting(partner):
        assert Note.objects.filter(root_id=case.id).count() == 2

    relabel(note, world.worker, "third_party")
    page = browser_of(partner).get(place).content.decode()
    assert (WORDS in page, "It was Monday." in page) == (False, False)
    assert browser_of(partner).get(f"notes/{note.id}/").status_code == 404
    assert stored(partner, note) == (0, 0, 0)
    with acting(partner):
        assert not Note.objects.filter(root_id=case.id).exists(), "nor what puts it right"
    assert stored(world.manager, note) == (1, 3, 3)

    relabel(note, world.manager, "team", reason="Her aunt agreed.")
    assert WORDS in browser_of(partner).get(place).content.decode()
    assert stored(partner, note)[:2] == (1, 4), "whoever may read it now may read its past"


def test_its_readers_see_that_it_was_changed_by_whom_and_why_and_not_what_it_was(world: World) -> None:
    case = assessing(world)
    note = note_of(case, world.worker, text=WORDS)
    relabel(note, world.worker, "not_for_family")
    shown = browser_of(world.manager).get(f"notes/{note.id}/").json()
    assert (shown["relabelled"]["by"], shown["relabelled"]["why"]) == (world.worker.name, WHY)
    assert set(shown["relabelled"]) == {"at", "by", "why"}
    told = browser_of(world.manager).get(f"cases/{case.id}/timeline/?kind=automatic").json()["results"]
    assert [one["label"] for one in told].count("Changed who may read a note") == 1


def test_what_becomes_intelligence_leaves_nobody_else_a_trace(world: World) -> None:
    case, people = led_by_police(world)
    worker, manager = people[Role.CASE_WORKER], people[Role.MANAGER]
    before = pages(manager, case)
    note = note_of(case, worker, text=WORDS)
    take("pin", note.id, worker, noun="note")
    take("correct", note.id, worker, noun="note", text="It was Monday.", reason="A slip.")
    assert WORDS in texts(manager, case)
    relabel(note, worker, "police")
    assert pages(manager, case) == before, "the same bytes as if it had never been there"
    assert stored(manager, note) == (0, 0, 0)
    missing = browser_of(manager).get(f"notes/{case.id}/")
    assert browser_of(manager).get(f"notes/{note.id}/").content == missing.content
    assert all(stored(worker, note))
    body = {"version": note.version + 1, "readers": "case", "reason": WHY}
    assert browser_of(manager).post(f"notes/{note.id}/relabel/", body).status_code == 404


def test_what_counts_as_a_visit_is_not_hidden(world: World) -> None:
    case, people = led_by_police(world)
    note = note_of(case, people[Role.CASE_WORKER], child_seen="alone")
    with pytest.raises(Conflict, match="the child was seen"):
        relabel(note, people[Role.CASE_WORKER], "police")


def test_the_form_offers_the_labels_of_ones_own_agency_and_each_other_is_refused(world: World) -> None:
    case = assessing(world)
    note = note_of(case, world.worker)
    for who in (world.worker, world.manager):
        assert offered(who, note) == ["team", "case", "third_party", "not_for_family"]
    for label in ("police", "health"):
        with pytest.raises(Invalid, match="cannot give this note that label"):
            relabel(note, world.worker, label)
    with pytest.raises(Conflict, match="may read it already"):
        relabel(note, world.worker, "case")


def test_a_label_that_another_agency_set_is_not_taken_off(world: World) -> None:
    case = assessing(world)
    note = note_of(case, world.worker, mark="third_party")
    Note.objects.using("owner").filter(pk=note.pk).update(mark="health", agency=World.agency("school-nursing"))
    assert offered(world.worker, note) == []
    with pytest.raises(Conflict, match="whose label this is"):
        relabel(note, world.worker, "case")
    with pytest.raises(ProgrammingError, match="not theirs to change"), acting(world.worker):
        Note.objects.filter(pk=note.pk).update(mark="")


@pytest.mark.parametrize("mark", ["police", "health"])
def test_the_database_takes_no_label_that_is_not_of_ones_own_agency(world: World, mark: str) -> None:
    note = note_of(assessing(world), world.worker)
    with pytest.raises(ProgrammingError), acting(world.worker):
        Note.objects.filter(pk=note.pk).update(mark=mark)


def test_whoever_only_reads_it_changes_nothing(world: World) -> None:
    case = assessing(world)
    member_of(case, world.worker, world.teacher)
    note = note_of(case, world.worker, is_shared=True)
    path, body = f"notes/{note.id}/relabel/", {"version": note.version, "readers": "case", "reason": WHY}
    assert browser_of(world.teacher).post(path, body).status_code == 403
    assert browser_of(world.stranger).post(path, body).status_code == 404
    assert offered(world.teacher, note) == []


def test_a_correction_goes_with_the_note_and_not_by_itself(world: World) -> None:
    case = assessing(world)
    note = note_of(case, world.worker)
    take("correct", note.id, world.worker, noun="note", text="It was Monday.", reason="A slip.")
    with acting(world.worker):
        right = Note.objects.get(corrects_id=note.id)
    with pytest.raises(Conflict, match="Correct the note itself"):
        relabel(right, world.worker, "third_party")


def test_who_is_named_and_may_no_longer_read_it_has_it_no_more_on_their_list(world: World) -> None:
    case = assessing(world)
    member_of(case, world.worker, world.teacher)
    note = naming(case, world.worker, world.teacher, world.manager, is_shared=True)
    assert (len(mentions(world.teacher)), len(mentions(world.manager))) == (1, 1)
    relabel(note, world.worker, "case")
    assert (len(mentions(world.teacher)), len(mentions(world.manager))) == (0, 1)


def test_nobody_is_told_of_what_has_become_hidden_while_it_waited(world: World) -> None:
    case, people = led_by_police(world)
    worker, manager = people[Role.CASE_WORKER], people[Role.MANAGER]
    note = note_of(case, worker, named=[str(manager.membership_id)], meant_for=["managers"])
    relabel(note, worker, "police")
    with worker_login(), clock.at(clock.now() + timedelta(minutes=11)):
        drain()
    assert not Message.objects.using("owner").filter(subject__contains=" note of case").exists()


def test_whoever_wrote_it_hears_that_somebody_else_changed_it(world: World) -> None:
    case = assessing(world)
    note = note_of(case, world.worker)
    relabel(note, world.worker, "team")
    deliver()
    assert not [one for one in subjects(world.worker) if "note of yours" in one]
    relabel(note, world.manager, "third_party")
    deliver()
    assert len([one for one in subjects(world.worker) if "note of yours" in one]) == 1
