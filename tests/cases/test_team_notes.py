"""Somebody of another agency who writes to the team puts right, and takes back, what they wrote themselves."""

from datetime import timedelta
from typing import Any

import pytest

from backend.cases.models import Case, Note
from backend.core import clock
from tests import casework
from tests.actors import browser_of
from tests.cases.conftest import World
from tests.cases.planning import found_out
from tests.cases.working import visited

pytestmark = pytest.mark.django_db


def _on_the_team(world: World) -> tuple[Case, Any, str]:
    """A case on whose team the teacher is, with a note of theirs."""
    case = found_out(world)
    member = casework.member_of(case, world.worker, world.teacher)
    browser = browser_of(world.teacher)
    answer = browser.post(f"team-members/{member.id}/notes/", {"kind": "meeting", "text": "She smiled at brake."})
    assert answer.status_code == 201, answer.content
    return case, member, answer.json()["id"]


def _act(who: Any, note_id: str, edge: str, **given: Any) -> Any:
    browser = browser_of(who)
    version = browser.get(f"notes/{note_id}/").json().get("version", 1)
    return browser.post(f"notes/{note_id}/{edge}/", {"version": version, **given})


def test_who_wrote_to_the_team_corrects_their_own_words(world: World) -> None:
    _case, member, note_id = _on_the_team(world)
    place = f"team-members/{member.id}/"
    [shown] = browser_of(world.teacher).get(place).json()["notes"]
    assert [one["name"] for one in shown["options"]] == ["correct", "undo"]
    done = _act(world.teacher, note_id, "correct", text="She smiled at break.", reason="A slip.")
    assert done.status_code == 200, done.content
    [shown] = browser_of(world.teacher).get(place).json()["notes"]
    assert [one["text"] for one in shown["corrections"]] == ["She smiled at break."]
    assert [one["name"] for one in shown["options"]] == ["correct"], "what was corrected stays"


def test_who_wrote_to_the_team_takes_it_back_within_ten_minutes(world: World) -> None:
    _case, member, note_id = _on_the_team(world)
    with clock.at(clock.now() + timedelta(minutes=11)):
        assert _act(world.teacher, note_id, "undo").status_code == 409
    assert _act(world.teacher, note_id, "undo").status_code == 200
    assert browser_of(world.teacher).get(f"team-members/{member.id}/").json()["notes"] == []


def test_nobody_on_the_team_touches_the_words_of_others_or_pins_them(world: World) -> None:
    case, member, note_id = _on_the_team(world)
    shared = visited(world, case, text="For the whole team.", is_shared=True)
    hidden = visited(world, case, text="Only for us.")
    notes = browser_of(world.teacher).get(f"team-members/{member.id}/").json()["notes"]
    assert {one["text"]: len(one["options"]) for one in notes} == {"She smiled at brake.": 2, "For the whole team.": 0}
    refused = _act(world.teacher, str(shared.id), "correct", text="Mine.", reason="I say so.")
    assert refused.status_code == 409
    assert "who wrote it" in refused.json()["reasons"][0]
    assert _act(world.teacher, str(shared.id), "undo").status_code == 409
    assert _act(world.teacher, str(hidden.id), "correct", text="Mine.", reason="I say so.").status_code == 404
    assert _act(world.teacher, note_id, "pin").status_code == 403
    assert _act(world.worker, note_id, "correct", text="Theirs.", reason="I say so.").status_code == 409
    assert Note.objects.filter(corrects_id__isnull=False).count() == 0
