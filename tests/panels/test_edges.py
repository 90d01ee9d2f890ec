"""A panel from its plan to its signed minutes: who takes which edge, when it is refused, what follows."""

from datetime import timedelta
from typing import Any

import pytest

from backend.access.binding import acting
from backend.agencies.roles import Role
from backend.core import clock
from backend.core.errors import Conflict, Forbidden, Invalid
from backend.deadlines.calendar import local
from backend.notifications.models import Outbox
from backend.panels.commands import panel_item_machine, panel_machine, plan_panel
from backend.panels.models import Attendance, Invitation, Panel, PanelDecision, PanelItem
from backend.panels.serializers.inputs import PlanPanelInput
from backend.workflow.views import validated
from tests.actors import actor, browser_of
from tests.administration.leading import as_system
from tests.cases.conftest import World
from tests.factories import agency_id
from tests.panels.made import (
    CHAIR,
    INVITED,
    OTHER,
    at_the_meeting,
    begins,
    chair,
    go,
    invited,
    lead,
    nurse,
    of,
    on_agenda,
    planned,
    rows,
)

pytestmark = pytest.mark.django_db
_WAYS = {
    Panel.PLANNED: (),
    Panel.HELD: ("hold",),
    Panel.SIGNED: ("hold", "sign"),
    Panel.CANCELLED: ("cancel",),
}


def _given(edge: str) -> dict[str, Any]:
    return {"agency": str(agency_id(INVITED))} if edge == "record_attendance" else {}


@pytest.fixture
def on_its_day(world: World) -> Any:
    """The clock stands a little after every meeting that is planned now begins."""
    panel = planned()

    def then(state: str) -> Panel:
        for edge in _WAYS[state]:
            lead(edge, panel, **_given(edge))
        return panel

    with at_the_meeting(panel):
        yield then


@pytest.mark.parametrize("state", list(Panel.LABELS))
@pytest.mark.parametrize("edge", list(panel_machine.edges))
def test_every_state_of_a_meeting_lets_go_by_its_own_edges(on_its_day: Any, state: str, edge: str) -> None:
    panel = on_its_day(state)
    if state in panel_machine.sources(edge):
        done = lead(edge, panel, **_given(edge))
        assert done.state in (panel_machine.targets(edge) or {state})
        return
    with pytest.raises(Conflict) as refused:
        lead(edge, panel, **_given(edge))
    assert refused.value.code == "wrong_state"


def test_a_meeting_begins_on_its_day(world: World) -> None:
    with pytest.raises(Conflict, match="It begins on its day"):
        lead("hold", planned())


def test_a_meeting_is_planned_for_a_time_to_come(world: World) -> None:
    given = {"kind": "prevention", "name": "Yesterday", "starts_at": (clock.now() - timedelta(days=1)).isoformat()}
    with pytest.raises(Invalid, match="still to come"), acting(chair()):
        plan_panel(chair(), validated(PlanPanelInput, given), panel_id=planned().id)


def test_only_its_chair_leads_a_meeting_and_a_manager_signs(on_its_day: Any) -> None:
    panel = on_its_day(Panel.PLANNED)
    with pytest.raises(Forbidden):
        lead("hold", panel, actor(OTHER, Role.MANAGER))
    lead("hold", panel, chair(Role.TRIAGE_OFFICER))
    with pytest.raises(Forbidden):
        lead("sign", panel, chair(Role.TRIAGE_OFFICER))
    assert lead("sign", panel).ended_by_name == chair().name


def test_what_was_said_last_of_who_came_counts(on_its_day: Any) -> None:
    panel = on_its_day(Panel.HELD)
    for minutes, came in enumerate(("apologies", "came"), start=6):
        with at_the_meeting(panel, minutes=minutes):
            lead("record_attendance", panel, agency=str(agency_id(INVITED)), person="Ms Nurse", came=came)
    assert len(rows(Attendance, chair(), root_id=panel.id)) == 2
    shown = browser_of(nurse()).get(f"panels/{panel.id}/").json()["attendance"]
    assert [(one["person"], one["came_label"]) for one in shown] == [("Ms Nurse", "Came")]


# --- Items -----------------------------------------------------------------------------------------------------------


def test_minutes_are_signed_once_something_is_written_of_each_child(world: World) -> None:
    panel = planned()
    item = on_agenda(world.allocated(), world.worker, panel)
    with at_the_meeting(panel):
        lead("hold", panel)
        with pytest.raises(Conflict, match=f"Nothing is written down about {item.case_reference}"):
            lead("sign", panel)
        assert go("decide", item, chair()).state == PanelItem.DECIDED
        assert lead("sign", panel).state == Panel.SIGNED
        for edge, who in (("decide", world.worker), ("invite", world.worker), ("take_off", world.worker)):
            with pytest.raises((Conflict, Forbidden)):
                go(edge, item, who)


def test_a_decision_has_an_owner_and_a_day_or_neither(world: World) -> None:
    panel = planned()
    item = on_agenda(world.allocated(), world.worker, panel)
    with at_the_meeting(panel):
        lead("hold", panel)
        due = (local(clock.now()).date() + timedelta(days=14)).isoformat()
        go("decide", item, chair(), kind="package", text="A mentor.", owner=str(agency_id(OTHER)), due_on=due)
        go("decide", item, chair(), kind="nothing_more", text="No more.")
    told = rows(PanelDecision, world.worker, root_id=item.id)
    assert {(one.kind, one.owner_agency_id) for one in told} == {
        ("package", of(OTHER)),
        ("nothing_more", None),
    }


def test_nobody_decides_before_the_meeting_or_for_its_chair(world: World) -> None:
    panel = planned()
    item = invited(on_agenda(world.allocated(), world.worker, panel), world.worker)
    with pytest.raises(Conflict) as early:
        go("decide", item, chair())
    assert early.value.code == "wrong_state"
    with at_the_meeting(panel):
        lead("hold", panel)
        for who in (nurse(), world.worker):
            with pytest.raises(Forbidden):
                go("decide", item, who)


def test_a_case_is_on_an_agenda_once(world: World) -> None:
    case, panel = world.allocated(), planned()
    first = on_agenda(case, world.worker, panel)
    with pytest.raises(Conflict, match="hear this case already") as refused:
        on_agenda(case, world.worker, panel)
    assert refused.value.more["existing"]["id"] == str(first.id)
    go("take_off", first, world.worker)
    assert on_agenda(case, world.worker, panel).state == PanelItem.ON_AGENDA


@pytest.mark.parametrize(("after", "words"), [(-1, "on its day"), (29, "four weeks after")])
def test_an_item_is_open_from_the_meeting_for_four_weeks_at_most(world: World, after: int, words: str) -> None:
    last = local(begins()).date() + timedelta(days=after)
    with pytest.raises(Invalid, match=words):
        on_agenda(world.allocated(), world.worker, last_day=last.isoformat())


def test_an_agency_is_invited_once_and_the_chair_never(world: World) -> None:
    item = invited(on_agenda(world.allocated(), world.worker), world.worker)
    for slug, words in ((INVITED, "invited already"), (CHAIR, "hears this already")):
        with pytest.raises(Conflict, match=words):
            invited(item, world.worker, agency=str(agency_id(slug)))


def test_an_invitation_is_taken_back_and_can_be_made_again(world: World) -> None:
    item = on_agenda(world.allocated(), world.worker)
    with pytest.raises(Conflict, match="Nobody is invited"):
        go("end_invitation", item, world.worker)
    invited(item, world.worker)
    [made] = rows(Invitation, world.worker, root_id=item.id)
    go("end_invitation", item, world.worker, invitation=str(made.id))
    assert browser_of(nurse()).get(f"panel-items/{item.id}/").status_code == 404
    with pytest.raises(Conflict):
        go("end_invitation", item, world.worker, invitation=str(made.id))
    invited(item, world.worker)
    assert browser_of(nurse()).get(f"panel-items/{item.id}/").status_code == 200
    with pytest.raises(Forbidden):
        go("end_invitation", item, nurse(), invitation=str(made.id))


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_who_is_invited_and_who_chairs_is_told_without_a_name(world: World) -> None:
    item = invited(on_agenda(world.allocated(), world.worker), world.worker)
    for message, slug in (("panel_to_hear", CHAIR), ("panel_invited", INVITED)):
        [told] = as_system(Outbox, message=message)
        assert told.audience["agency_id"] == str(agency_id(slug))
        assert item.child_name not in str(told.fields)


def test_every_edge_of_an_item_asks_for_its_own_permission() -> None:
    asked = [edge.permission for edge in panel_item_machine.edges.values()]
    assert len(asked) == len(set(asked))
