"""Who may read a document, said anew: its present label decides, of every version, of its past and of its content.

Source: access.md, Labels (set by the origin agency only; the existence of what bears POLICE is hidden).
"""

from typing import Any

import pytest
from django.db import ProgrammingError

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.agencies.roles import Role
from backend.audit.models import Event
from backend.core.errors import Conflict, Invalid
from backend.documents.models import Document
from tests.actors import browser_of
from tests.cases.conftest import World
from tests.cases.working import assessing, led_by_police
from tests.documents.conftest import checked, handed_in
from tests.documents.test_labels import WORDS, pages, titles
from tests.edges import take

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
WHY = "It names her aunt."


def relabel(made: dict[str, Any], who: Actor, readers: str) -> Document:
    changed: Document = take("relabel", made["id"], who, noun="document", readers=readers, reason=WHY)
    return changed


def stored(who: Actor, made: dict[str, Any]) -> tuple[int, int, int]:
    """How many rows of a document, of its past, and of what happened to it row security shows somebody."""
    past: Any = Document.history.model  # type: ignore[attr-defined] # history has models
    happened = list(past.objects.using("owner").filter(id=made["id"]).values_list("event_id", flat=True))
    with acting(who):
        return (
            Document.objects.filter(pk=made["id"]).count(),
            past.objects.filter(id=made["id"]).count(),
            Event.objects.filter(pk__in=happened).count(),
        )


def test_what_becomes_intelligence_leaves_nobody_else_a_trace_in_any_version(world: World) -> None:
    case, people = led_by_police(world)
    worker, manager = people[Role.CASE_WORKER], people[Role.MANAGER]
    before = pages(manager, case)
    first = handed_in(worker, case.id, "Who was seen.txt", WORDS).json()
    again = handed_in(worker, case.id, "Who was seen.txt", WORDS + b"!", replaces=first["id"]).json()
    checked()
    assert browser_of(manager).get(f"documents/{first['id']}/content/").content == WORDS
    assert all(stored(manager, first))

    relabel(again, worker, "police")
    assert pages(manager, case) == before, "the same bytes as if it had never been there"
    for version in (first, again):
        assert stored(manager, version) == (0, 0, 0)
        for path in ("", "content/", "preview/"):
            theirs, nobodys = (browser_of(manager).get(f"documents/{one}/{path}") for one in (version["id"], case.id))
            assert (theirs.status_code, theirs.content) == (404, nobodys.content)
        assert all(stored(worker, version))

    relabel(again, worker, "case")
    assert browser_of(manager).get(f"documents/{first['id']}/content/").content == WORDS
    assert stored(manager, first) == stored(worker, first)


def test_its_readers_see_that_it_was_changed_by_whom_and_why_and_not_what_it_was(world: World) -> None:
    case = assessing(world)
    made = handed_in(world.worker, case.id, "About her aunt.txt", WORDS).json()
    relabel(made, world.manager, "third_party")
    assert titles(world.worker, case)[0] == ("About her aunt", "About other people")
    shown = browser_of(world.worker).get(f"documents/{made['id']}/").json()
    assert (shown["relabelled"]["by"], shown["relabelled"]["why"]) == (world.manager.name, WHY)
    assert set(shown["relabelled"]) == {"at", "by", "why"}
    told = browser_of(world.worker).get(f"cases/{case.id}/timeline/?kind=automatic").json()["results"]
    assert [one["label"] for one in told].count("Changed who may read a document") == 1
    assert browser_of(world.stranger).get(f"documents/{made['id']}/").status_code == 404


def test_the_form_offers_the_labels_of_ones_own_agency_and_each_other_is_refused(world: World) -> None:
    case = assessing(world)
    made = handed_in(world.worker, case.id, "a.txt", WORDS).json()
    [option] = browser_of(world.worker).get(f"documents/{made['id']}/").json()["options"]
    [asked] = [field for field in option["input"] if field["name"] == "readers"]
    assert [one["value"] for one in asked["choices"]] == ["case", "third_party", "not_for_family"]
    for label in ("police", "health"):
        with pytest.raises(Invalid, match="cannot give this document that label"):
            relabel(made, world.worker, label)
        with pytest.raises(ProgrammingError), acting(world.worker):
            Document.objects.filter(pk=made["id"]).update(mark=label)
    with pytest.raises(Conflict, match="may read it already"):
        relabel(made, world.worker, "case")


def test_a_label_that_another_agency_set_is_not_taken_off(world: World) -> None:
    case = assessing(world)
    made = handed_in(world.worker, case.id, "a.txt", WORDS, mark="third_party").json()
    others = World.agency("school-nursing")
    Document.objects.using("owner").filter(pk=made["id"]).update(mark="health", agency=others)
    shown = browser_of(world.worker).get(f"documents/{made['id']}/")
    assert shown.status_code == 404 or shown.json()["options"][0]["obstacles"]
    with pytest.raises(ProgrammingError, match="not theirs to change"), acting(world.worker):
        Document.objects.filter(pk=made["id"]).update(mark="")
