"""What an agency owes a panel stands on the list of who sits on panels for it; the case says who is to hear it."""

from datetime import timedelta
from typing import Any

import pytest

from backend.agencies.roles import Role
from backend.core import clock
from backend.panels.models import Invitation, Panel, PanelItem
from backend.panels.rules import day_of, give_by
from tests.actors import actor, browser_of
from tests.api.counting import said, statements
from tests.cases.conftest import World
from tests.panels import made

pytestmark = pytest.mark.django_db
PARTS = ("overdue", "today", "soon")
DETAIL = 15


def owed(who: Any) -> list[tuple[str, str]]:
    """What of a panel is on somebody's list to do, and the page it opens."""
    work = browser_of(who).get("work/").json()
    return [(row["label"], row["url"]) for part in PARTS for row in work[part] if row["kind"] == "panel"]


def asked(world: World) -> PanelItem:
    return made.invited(made.on_agenda(world.allocated(), world.worker), world.worker)


def test_who_is_invited_is_told_by_when_to_give_what_they_know(world: World) -> None:
    item = asked(world)
    line = ("Give Tuesday panel what it needs to know", f"/panel-items/{item.id}")
    assert owed(made.nurse()) == [line]
    work = browser_of(made.nurse()).get("work/").json()
    (row,) = [row for part in PARTS for row in work[part] if row["kind"] == "panel"]
    assert row["due_on"] == give_by(item.panel).isoformat()
    assert item.child_name not in str(row)


def test_nobody_else_is_told_and_they_no_more_once_it_is_given(world: World) -> None:
    item = asked(world)
    strangers = (made.nurse(Role.PRACTITIONER), made.chair(), world.worker, actor(made.OTHER, Role.MANAGER))
    assert [owed(who) for who in strangers] == [[], [], [], []]
    made.go("give_information", item, made.nurse())
    assert owed(made.nurse()) == []


@pytest.mark.parametrize("why", ["taken_back", "taken_off", "called_off"])
def test_nothing_is_owed_to_a_panel_that_does_not_ask_any_more(world: World, why: str) -> None:
    item = asked(world)
    if why == "taken_back":
        (made_one,) = made.rows(Invitation, world.worker, root_id=item.id)
        made.go("end_invitation", item, world.worker, invitation=str(made_one.id))
    elif why == "taken_off":
        made.go("take_off", item, world.worker)
    else:
        made.lead("cancel", item.panel)
    assert owed(made.nurse()) == []


def test_once_its_hour_has_come_the_chair_writes_down_what_was_decided_and_then_signs(world: World) -> None:
    panel = made.soon()
    item = made.invited(made.on_agenda(world.allocated(), world.worker, panel), world.worker)
    assert owed(made.chair()) == []
    with made.at_the_meeting(panel):
        assert owed(made.chair()) == [("Write down what Tuesday panel decided", f"/panel-items/{item.id}")]
        assert owed(made.nurse()) == owed(world.worker) == []
        made.lead("hold", panel)
        made.go("decide", item, made.chair())
        assert owed(made.chair()) == [("Sign the minutes of Tuesday panel", f"/panels/{panel.id}")]
        # Who signs answers for the agency.
        assert owed(made.chair(Role.TRIAGE_OFFICER)) == []
        made.lead("sign", panel)
        assert owed(made.chair()) == []


def test_a_decision_that_nobody_wrote_down_is_late_on_the_next_day(world: World) -> None:
    panel = made.soon()
    made.on_agenda(world.allocated(), world.worker, panel)
    with clock.at(panel.starts_at + timedelta(days=1)):
        (row,) = browser_of(made.chair()).get("work/").json()["overdue"]
    assert row["due_on"] == day_of(panel).isoformat()


def test_the_case_says_which_panel_is_to_hear_it_until_it_has(world: World) -> None:
    panel = made.soon()
    case = world.allocated()
    item = made.on_agenda(case, world.worker, panel)
    line = {"on": day_of(panel).isoformat(), "url": f"/panel-items/{item.id}"}

    def coming() -> list[dict[str, Any]]:
        dates = browser_of(world.worker).get(f"cases/{case.id}/overview/").json()["dates"]
        return [one for one in dates if one["label"] == "Heard by a panel: Tuesday panel"]

    (told,) = coming()
    assert line.items() <= told.items()
    with made.at_the_meeting(panel):
        made.lead("hold", panel)
        made.go("decide", item, made.chair())
        assert coming() == []


def test_it_costs_the_same_for_one_panel_and_for_many(world: World) -> None:
    case = world.allocated()
    browser = browser_of(made.nurse())
    made.invited(made.on_agenda(case, world.worker), world.worker)
    one = statements(lambda: browser.get("work/"))
    assert len(one) <= DETAIL, said(one)
    for number in range(4):
        panel: Panel = made.planned(name=f"Panel {number}")
        made.invited(made.on_agenda(case, world.worker, panel), world.worker)
    many = statements(lambda: browser.get("work/"))
    assert len(many) == len(one), said(many)
