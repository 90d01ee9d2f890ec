"""A note names colleagues who may read it: told by name, and on their work until they say that they have read it."""

from datetime import timedelta
from typing import Any

import pytest

from backend.access.actors import Actor
from backend.cases.models import Case, Note
from backend.core import clock
from backend.core.errors import Conflict, Invalid
from backend.notifications.delivery import drain
from backend.notifications.models import Message, Outbox
from tests.actors import browser_of
from tests.cases.conftest import World
from tests.cases.planning import found_out
from tests.casework import member_of, note_of
from tests.edges import take
from tests.worker import worker_login

pytestmark = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
MAY_NOT = "may not read this note"


def readers(who: Actor, path: str) -> dict[str, str]:
    """Whom the form offers to name, with their membership."""
    answer = browser_of(who).get(f"{path}note-readers/")
    return {one["name"]: one["id"] for one in answer.json()["results"]}


def offered(who: Actor, case: Case, query: str = "") -> set[str]:
    answer = browser_of(who).get(f"cases/{case.id}/note-readers/{query}")
    assert answer.status_code == 200, answer.content
    return {one["name"] for one in answer.json()["results"]}


def mentions(who: Actor) -> list[tuple[str, str]]:
    """What stands on somebody's work because a note names them."""
    work = browser_of(who).get("work/").json()
    return [(one["label"], one["url"]) for one in work["today"] if one["kind"] == "mention"]


def naming(case: Case, writer: Actor, *named: Actor, **given: Any) -> Note:
    return note_of(case, writer, named=[str(one.membership_id) for one in named], **given)


def test_the_list_has_only_who_may_read_the_note_and_never_its_writer(world: World) -> None:
    case = found_out(world)
    member_of(case, world.worker, world.teacher)
    alone = offered(world.manager, case)
    assert world.worker.name in alone
    assert not alone & {world.manager.name, world.teacher.name, world.stranger.name, world.officer.name}
    shared = offered(world.manager, case, "?is_shared=true")
    assert shared == alone | {world.teacher.name}
    assert offered(world.manager, case, "?is_shared=true&mark=third_party") <= alone
    assert offered(world.manager, case, "?mark=police") == set(), "of what is hidden nobody is told"
    assert browser_of(world.manager).get(f"cases/{case.id}/note-readers/?mark=x").status_code == 400


def test_who_may_not_write_a_note_of_the_case_reads_no_list(world: World) -> None:
    case = found_out(world)
    assert browser_of(world.stranger).get(f"cases/{case.id}/note-readers/").status_code == 404


def test_whoever_is_named_has_it_on_their_work_until_they_say_that_they_have_read_it(world: World) -> None:
    case = found_out(world)
    note = naming(case, world.manager, world.worker)
    assert mentions(world.worker) == [(f"Read a note that names you, by {world.manager.name}", f"/cases/{case.id}")]
    assert mentions(world.manager) == []
    with pytest.raises(Conflict, match="You are not named"):
        take("say_read", note.id, world.manager, noun="note")
    take("say_read", note.id, world.worker, noun="note")
    assert mentions(world.worker) == []
    with pytest.raises(Conflict, match="have said already"):
        take("say_read", note.id, world.worker, noun="note")
    [shown] = [
        one for one in browser_of(world.manager).get(f"cases/{case.id}/notes/").json()["results"] if one["named"]
    ]
    assert shown["named"][0]["name"] == world.worker.name
    assert shown["named"][0]["read_at"]


def test_somebody_of_another_agency_is_named_only_in_what_the_team_reads(world: World) -> None:
    case = found_out(world)
    member = member_of(case, world.worker, world.teacher)
    with pytest.raises(Invalid, match=MAY_NOT):
        naming(case, world.worker, world.teacher)
    naming(case, world.worker, world.teacher, is_shared=True)
    assert [url for _label, url in mentions(world.teacher)] == [f"/team-members/{member.id}"]


def test_nobody_is_named_who_may_not_read_it(world: World) -> None:
    case = found_out(world)
    for nobody in (world.stranger, world.officer, world.manager):
        with pytest.raises(Invalid, match=MAY_NOT) as refused:
            naming(case, world.manager, nobody)
        assert list(refused.value.fields) == ["named"]


def test_somebody_on_the_team_names_those_who_work_on_the_case(world: World) -> None:
    case = found_out(world)
    member = member_of(case, world.worker, world.teacher)
    place = f"team-members/{member.id}/"
    named = readers(world.teacher, place)
    body = {"kind": "meeting", "text": "She smiled at break.", "named": [named[world.worker.name]]}
    assert browser_of(world.teacher).post(f"{place}notes/", body).status_code == 201
    assert [url for _label, url in mentions(world.worker)] == [f"/cases/{case.id}"]


def test_whoever_loses_access_loses_what_led_to_the_note(world: World) -> None:
    case = found_out(world)
    member = member_of(case, world.worker, world.teacher)
    note = naming(case, world.worker, world.teacher, is_shared=True)
    assert len(mentions(world.teacher)) == 1
    take("end", member.id, world.worker, noun="team_member", reason_code="part_is_done")
    assert mentions(world.teacher) == []
    assert browser_of(world.teacher).get(f"notes/{note.id}/").status_code == 404
    assert world.teacher.name not in offered(world.manager, case, "?is_shared=true")


@committed
def test_each_is_told_once_by_name_when_it_can_no_longer_be_taken_back(world: World) -> None:
    case = found_out(world)
    naming(case, world.manager, world.worker, meant_for=["lead_practitioner"])
    told = Message.objects.using("owner").filter(user_id=world.worker.user_id, subject__contains="note of case")
    with worker_login():
        drain()
        assert not told.exists(), "it can still be taken back"
        with clock.at(clock.now() + timedelta(minutes=11)):
            drain()
    assert told.get().subject == f"You are named in a note of case {case.reference}"


@committed
def test_what_was_taken_back_names_nobody(world: World) -> None:
    case = found_out(world)
    note = naming(case, world.manager, world.worker)
    take("undo", note.id, world.manager, noun="note")
    assert mentions(world.worker) == []
    with worker_login(), clock.at(clock.now() + timedelta(minutes=11)):
        drain()
    assert not Message.objects.using("owner").filter(subject__contains="You are named").exists()
    assert Outbox.objects.using("owner").filter(message="case_note_names_you").exists()


def test_somebody_who_is_chosen_twice_is_named_once(world: World) -> None:
    case = found_out(world)
    note = naming(case, world.manager, world.worker, world.worker)
    assert [one["user_id"] for one in note.named] == [str(world.worker.user_id)]
