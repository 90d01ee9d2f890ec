"""Minutes become a document of a child's case: once signed, once, by who works on it, and of that child alone."""

from datetime import timedelta
from typing import Any

import pypdfium2
import pytest

from backend.access.binding import acting
from backend.core import clock
from backend.documents import storing
from backend.documents.models import Document
from backend.panels.models import PanelItem
from tests.actors import browser_of
from tests.api.counting import said, statements
from tests.cases.conftest import World
from tests.cases.working import assessing
from tests.panels.made import (
    INVITED,
    SAID,
    TOLD,
    at_the_meeting,
    chair,
    go,
    invited,
    lead,
    nurse,
    of,
    on_agenda,
    planned,
    soon,
)

pytestmark = pytest.mark.django_db
STATEMENTS = 34


def decided(world: World, case: Any = None) -> PanelItem:
    """A case that a panel has decided about: the nurses were invited and gave what they know."""
    panel = soon()
    item = invited(on_agenda(case or assessing(world), world.worker, panel), world.worker)
    go("give_information", item, nurse())
    with at_the_meeting(panel):
        lead("hold", panel)
        lead("record_attendance", panel, agency=str(of(INVITED)), person="Ms N. Urse")
        go("decide", item, chair(), text="Join the Friday group.")
    return item


def signed(world: World, case: Any = None) -> PanelItem:
    item = decided(world, case)
    with at_the_meeting(item.panel):
        lead("sign", item.panel)
    return item


def kept(item: PanelItem, who: Any) -> Any:
    with at_the_meeting(item.panel, minutes=90):
        return browser_of(who).post(f"panel-items/{item.id}/minutes/", {})


def page(item: PanelItem, who: Any) -> dict[str, Any]:
    with at_the_meeting(item.panel, minutes=90):
        return dict(browser_of(who).get(f"panel-items/{item.id}/").json())


def offered(item: PanelItem, who: Any) -> bool:
    return "keep_minutes" in {one["name"] for one in page(item, who)["options"]}


def words(world: World, item: PanelItem) -> str:
    with acting(world.worker):
        [document] = Document.objects.filter(root_id=item.case_id, kind="meeting_record")
        content = storing.read(document.storage_name)
    return str(pypdfium2.PdfDocument(content)[0].get_textpage().get_text_range())


def test_signed_minutes_say_who_came_what_was_asked_and_decided_and_who_does_it(world: World) -> None:
    item = signed(world)
    assert offered(item, world.worker)
    answer = kept(item, world.worker)
    assert answer.status_code == 201, answer.content
    assert answer.json()["minutes_url"] == f"/cases/{item.case_id}/documents"
    text = words(world, item)
    for one in (item.case_reference, item.question, "Ms N. Urse", "Join the Friday group.", "Signed by"):
        assert one in text


def test_what_was_given_beforehand_is_named_and_not_repeated(world: World) -> None:
    item = signed(world)
    kept(item, world.worker)
    text = words(world, item)
    assert nurse().agency_name in text
    assert SAID not in text
    assert TOLD not in text


def test_what_bears_a_label_is_not_named(world: World) -> None:
    panel = soon()
    item = invited(on_agenda(assessing(world), world.worker, panel), world.worker)
    go("give_information", item, nurse(), mark="health")
    with at_the_meeting(panel):
        lead("hold", panel)
        go("decide", item, chair())
        lead("sign", panel)
    kept(item, world.worker)
    assert nurse().name not in words(world, item)


def test_another_child_at_the_same_panel_is_not_in_it(world: World) -> None:
    one, other = assessing(world), assessing(world)
    panel = soon()
    items = [on_agenda(case, world.worker, panel, question=f"About {case.reference}?") for case in (one, other)]
    with at_the_meeting(panel):
        lead("hold", panel)
        for item in items:
            go("decide", item, chair(), text=f"Decided for {item.case_reference}.")
        lead("sign", panel)
    kept(items[0], world.worker)
    assert other.reference not in words(world, items[0])


def test_they_are_kept_once_and_again_only_after_they_were_taken_back(world: World) -> None:
    item = signed(world)
    kept(item, world.worker)
    assert not offered(item, world.worker)
    again = kept(item, world.worker)
    assert again.status_code == 409
    assert again.json()["reasons"] == ["The minutes are among the documents of the case already."]
    with acting(world.worker):
        [document] = Document.objects.filter(root_id=item.case_id, kind="meeting_record")
    with at_the_meeting(item.panel, minutes=91):
        browser_of(world.worker).post(f"documents/{document.id}/withdraw/", {})
    assert offered(item, world.worker)


def test_another_meeting_of_the_same_name_on_the_same_day_has_minutes_of_its_own(world: World) -> None:
    case = assessing(world)
    name = "A panel about young people who carry knives. " * 4
    for minutes in (1, 3):
        panel = planned(at=clock.now() + timedelta(minutes=minutes), name=name[:180])
        item = on_agenda(case, world.worker, panel)
        with at_the_meeting(panel):
            lead("hold", panel)
            go("decide", item, chair())
            lead("sign", panel)
        assert kept(item, world.worker).status_code == 201
    with acting(world.worker):
        titles = Document.objects.filter(root_id=case.id, kind="meeting_record").values_list("title", flat=True)
        assert len(set(titles)) == 2


def test_nothing_is_kept_before_the_minutes_are_signed(world: World) -> None:
    item = decided(world)
    assert not offered(item, world.worker)
    refused = kept(item, world.worker)
    assert refused.status_code == 409
    assert "not signed yet" in refused.json()["reasons"][0]


def test_only_whoever_works_on_the_case_keeps_them(world: World) -> None:
    item = signed(world)
    assert kept(item, nurse()).status_code == 404
    answer = kept(item, chair())
    assert answer.status_code in (403, 404)
    with acting(world.worker):
        assert not Document.objects.filter(root_id=item.case_id, kind="meeting_record").exists()


def test_keeping_them_costs_a_bounded_number_of_statements(world: World) -> None:
    item = signed(world)
    browser = browser_of(world.worker)
    with at_the_meeting(item.panel, minutes=90):
        browser = browser_of(world.worker)
        found = statements(lambda: browser.post(f"panel-items/{item.id}/minutes/", {}))
    assert len(found) <= STATEMENTS, said(found)


def test_a_panel_that_is_over_without_a_decision_has_no_minutes_of_a_child(world: World) -> None:
    item = on_agenda(assessing(world), world.worker)
    go("take_off", item, world.worker, reason="The family moved.")
    assert not offered(item, world.worker)
