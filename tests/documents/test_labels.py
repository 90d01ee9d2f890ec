"""Labels on documents: who reads what bears one, in the list, by its address and in the database; who gives one.

Source: access.md, Labels (set by the origin agency only; the existence of what bears POLICE is hidden).
"""

from typing import Any

import pytest
from django.db import ProgrammingError

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.agencies.roles import Role
from backend.audit.models import Event
from backend.cases.models import Case
from backend.core.ids import uuid7
from backend.documents.models import Document
from tests.actors import browser_of
from tests.cases.conftest import World
from tests.cases.working import assessing, led_by_police
from tests.casework import document_of
from tests.documents.conftest import checked, handed_in

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
WORDS = b"Words that only some may read."
PAGES = ("", "documents/", "documents/form/", "timeline/", "timeline/?kind=automatic", "overview/", "history/")


def pages(who: Actor, case: Case) -> list[bytes]:
    """What somebody of the lead agency opens about a case, as they get it."""
    browser = browser_of(who)
    return [browser.get(f"cases/{case.id}/{page}").content for page in PAGES] + [browser.get("work/").content]


def titles(who: Actor, case: Case) -> list[tuple[str, str]]:
    """The documents somebody finds on a case, each with its label."""
    rows: list[dict[str, Any]] = browser_of(who).get(f"cases/{case.id}/documents/").json()["results"]
    return [(row["title"], row["mark_label"]) for row in rows]


def in_the_database(who: Actor, document: dict[str, Any], mark: str) -> tuple[int, int, int]:
    """How many rows of a document, of its past, and of what happened to it row security shows somebody."""
    with acting(who):
        past = Document.history.model.objects.filter(id=document["id"])  # type: ignore[attr-defined] # history has models
        told = Event.objects.filter(verb__startswith="document.", mark=mark)
        return Document.objects.filter(pk=document["id"]).count(), past.count(), told.count()


def test_intelligence_is_read_by_the_named_officer_and_leaves_nobody_else_a_trace(world: World) -> None:
    case, people = led_by_police(world)
    worker, manager = people[Role.CASE_WORKER], people[Role.MANAGER]
    before = pages(manager, case)
    made = handed_in(worker, case.id, "Who was seen.txt", WORDS, mark="police").json()
    checked()
    assert pages(manager, case) == before, "the same bytes as if it were not there"
    assert in_the_database(manager, made, "police") == (0, 0, 0)
    for path in ("content", "preview"):
        theirs, nobodys = (browser_of(manager).get(f"documents/{one}/{path}/") for one in (made["id"], case.id))
        assert (theirs.status_code, theirs.content) == (404, nobodys.content)
    assert titles(worker, case) == [("Who was seen", "Police intelligence")]
    assert browser_of(worker).get(f"documents/{made['id']}/content/").content == WORDS
    assert all(in_the_database(worker, made, "police"))


@pytest.mark.parametrize("mark", ["third_party", "not_for_family"])
def test_others_are_read_by_those_of_the_case_and_taken_back_as_ever(world: World, mark: str) -> None:
    case = assessing(world)
    made = handed_in(world.worker, case.id, "About her aunt.txt", WORDS, mark=mark).json()
    checked()
    for who in (world.worker, world.manager):
        assert [title for title, label in titles(who, case) if label] == ["About her aunt"]
        assert browser_of(who).get(f"documents/{made['id']}/content/").status_code == 200
    assert browser_of(world.stranger).get(f"documents/{made['id']}/content/").status_code == 404
    assert in_the_database(world.stranger, made, mark) == (0, 0, 0)
    assert browser_of(world.worker).post(f"documents/{made['id']}/withdraw/", {}).status_code == 200
    assert titles(world.worker, case) == []


def test_a_newer_version_has_the_label_of_what_it_replaces_and_no_other(world: World) -> None:
    case = assessing(world)
    first = handed_in(world.worker, case.id, "a.txt", WORDS, mark="third_party").json()
    other = handed_in(world.worker, case.id, "b.txt", WORDS, replaces=first["id"], mark="not_for_family")
    assert (other.status_code, list(other.json()["fields"])) == (400, ["mark"])
    again = handed_in(world.worker, case.id, "b.txt", WORDS, replaces=first["id"])
    assert (again.json()["mark_label"], again.json()["number"]) == ("About other people", 2)


def test_only_the_agency_that_gave_a_label_hands_in_a_newer_version(world: World) -> None:
    case = assessing(world)
    made = handed_in(world.worker, case.id, "a.txt", WORDS, mark="third_party").json()
    Document.objects.using("owner").filter(pk=made["id"]).update(mark="health")
    answer = handed_in(world.worker, case.id, "b.txt", WORDS, replaces=made["id"])
    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["replaces"])


@pytest.mark.parametrize("mark", ["police", "health"])
def test_only_an_agency_whose_own_it_is_gives_a_label(world: World, mark: str) -> None:
    case = assessing(world)
    answer = handed_in(world.worker, case.id, "a.txt", WORDS, mark=mark)
    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["mark"])
    form = browser_of(world.worker).get(f"cases/{case.id}/documents/form/").json()
    [asked] = [one for one in form["input"] if one["name"] == "mark"]
    assert {one["value"] for one in asked["choices"]} == {"third_party", "not_for_family"}


def test_a_protected_address_is_no_label_of_a_document(world: World) -> None:
    assert handed_in(world.worker, assessing(world).id, "a.txt", WORDS, mark="location").status_code == 400


def test_who_only_reads_the_case_is_asked_for_no_document(world: World) -> None:
    case, people = led_by_police(world)
    assert browser_of(people[Role.CASE_WORKER]).get(f"cases/{case.id}/documents/form/").json()["input"]
    assert browser_of(world.stranger).get(f"cases/{case.id}/documents/form/").status_code == 404


def test_the_database_takes_a_label_only_of_the_agency_whose_own_it_is_and_nothing_at_another_record(
    world: World,
) -> None:
    case, elsewhere = assessing(world), led_by_police(world)[0]
    made = document_of(case, world.worker, mark="third_party")
    with acting(world.worker):
        row = Document.objects.filter(pk=made.pk).values().get()
    for lie in ({"mark": "police"}, {"mark": "health"}, {"root_id": elsewhere.id}):
        new_id = uuid7()
        forged = Document(**{**row, "id": new_id, "series_id": new_id, "storage_name": str(new_id), **lie})
        with pytest.raises(ProgrammingError, match="row-level security"), acting(world.worker):
            forged.save(force_insert=True)
