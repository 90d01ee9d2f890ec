"""Before something is shared for a panel: the preview is what the other agency then reads, and changes nothing."""

from datetime import timedelta
from typing import Any

import pytest

from backend.panels.models import Information, Invitation, PanelItem
from backend.panels.serializers.inputs import PutOnAgendaInput
from backend.workflow.descriptors import describe
from tests.actors import browser_of
from tests.cases.conftest import World
from tests.edges import BASIS, good_input
from tests.factories import agency_id
from tests.panels.made import (
    CHAIR,
    OTHER,
    QUESTION,
    SAID,
    TOLD,
    chair,
    day,
    go,
    good,
    invited,
    nurse,
    on_agenda,
    planned,
    rows,
)

pytestmark = pytest.mark.django_db


def words(answer: Any) -> dict[str, str]:
    """What each agency of a preview reads, as one text."""
    assert answer.status_code == 200, answer.content
    return {one["agency"]: str(one["sections"]) for one in answer.json()["agencies"]}


def test_the_chair_will_read_the_question_and_whose_case_it_is(world: World) -> None:
    case, panel = world.allocated(), planned()
    body = {
        "panel": str(panel.id),
        "question": QUESTION,
        "purpose": "agree_package",
        "last_day": (day() + timedelta(days=1)).isoformat(),
        **BASIS,
    }
    assert set(body) == {field["name"] for field in describe(PutOnAgendaInput)}
    found = words(browser_of(world.worker).post(f"cases/{case.id}/panel-items/preview/", body, key=None))
    assert list(found) == [world.agency(CHAIR).name]
    assert QUESTION in found[chair().agency_name]
    assert rows(PanelItem, world.worker, case_id=case.id) == []


def test_who_is_invited_will_read_what_they_alone_are_told(world: World) -> None:
    item = on_agenda(world.allocated(), world.worker)
    body = {**good_input("panel_item", "invite", **good("invite", item)), "version": item.version}
    found = words(browser_of(world.worker).post(f"panel-items/{item.id}/invite/preview/", body, key=None))
    assert TOLD in found[nurse().agency_name]
    assert rows(Invitation, world.worker, root_id=item.id) == []


@pytest.mark.parametrize(("mark", "chair_reads"), [("", True), ("health", False)])
def test_who_gives_something_is_shown_who_will_read_it(world: World, mark: str, chair_reads: bool) -> None:
    item = invited(on_agenda(world.allocated(), world.worker), world.worker)
    given = {**good("give_information", item), "mark": mark}
    body = {**good_input("panel_item", "give_information", **given), "version": item.version}
    found = words(browser_of(nurse()).post(f"panel-items/{item.id}/give-information/preview/", body, key=None))
    assert set(found) == {chair().agency_name, world.worker.agency_name}
    assert (SAID in found[chair().agency_name]) == chair_reads
    assert rows(Information, world.worker, root_id=item.id) == []


def test_who_gives_something_is_not_shown_what_others_gave_or_were_told(world: World) -> None:
    """The preview reads with the chair's eyes, and the chair reads everybody's."""
    item = invited(on_agenda(world.allocated(), world.worker), world.worker)
    invited(item, world.worker, agency=str(agency_id(OTHER)), told="For others.")
    item = go("give_information", item, chair(), text="From the chair.")
    body = {**good_input("panel_item", "give_information", **good("give_information", item)), "version": item.version}
    seen = str(words(browser_of(nurse()).post(f"panel-items/{item.id}/give-information/preview/", body, key=None)))
    assert SAID in seen
    assert "For others." not in seen
    assert "From the chair." not in seen
    assert world.agency(OTHER).name not in seen


def test_who_invites_again_is_not_shown_what_the_agency_gave_under_a_label(world: World) -> None:
    item = go(
        "give_information", invited(on_agenda(world.allocated(), world.worker), world.worker), nurse(), mark="health"
    )
    [made] = rows(Invitation, world.worker, root_id=item.id)
    item = go("end_invitation", item, world.worker, invitation=str(made.id))
    body = {**good_input("panel_item", "invite", **good("invite", item)), "version": item.version}
    seen = str(words(browser_of(world.manager).post(f"panel-items/{item.id}/invite/preview/", body, key=None)))
    assert TOLD in seen
    assert SAID not in seen
