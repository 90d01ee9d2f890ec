"""The chronology of a case tells its readers when a panel heard it: without who gave what, and of this child alone."""

from typing import Any

import pytest

from tests.actors import browser_of
from tests.api.counting import said, statements
from tests.cases.conftest import World
from tests.cases.working import assessing
from tests.panels import made

pytestmark = pytest.mark.django_db
ABOUT_PANELS = ("agenda", "panel", "document")


def told(case: Any, who: Any) -> list[tuple[str, str]]:
    """What the chronology says of panels and documents, the first first."""
    rows = browser_of(who).get(f"cases/{case.id}/timeline/?kind=automatic").json()["results"]
    return [(row["label"], row["text"]) for row in reversed(rows) if any(word in row["label"] for word in ABOUT_PANELS)]


def test_it_says_which_panel_heard_it_what_kind_of_thing_was_decided_and_that_the_minutes_are_kept(
    world: World,
) -> None:
    case, panel = assessing(world), made.soon()
    item = made.invited(made.on_agenda(case, world.worker, panel), world.worker)
    made.go("give_information", item, made.nurse(), mark="health")
    with made.at_the_meeting(panel):
        made.lead("hold", panel)
        made.go("decide", item, made.chair(), kind="package", text="Join the Friday group.")
    # A clock that stands tells two things of one moment in either order.
    with made.at_the_meeting(panel, minutes=50):
        made.lead("sign", panel)
        browser_of(world.worker).post(f"panel-items/{item.id}/minutes/", {})
        which = f"Tuesday panel, {panel.starts_at:%-d %B %Y}"
        found = told(case, world.worker)
    assert found == [
        ("Put on the agenda of a panel", which),
        ("Recorded what the panel decided", f"{which}: A service or package is offered"),
        ("Handed a document in", "Record of a meeting"),
    ]
    assert told(case, world.manager) == found
    assert made.nurse().agency_name not in str(found)


def test_it_says_that_a_panel_does_not_hear_it_and_why(world: World) -> None:
    case = world.allocated()
    item = made.on_agenda(case, world.worker)
    made.go("take_off", item, world.worker, reason="They moved away.")
    [_put_on, (label, text)] = told(case, world.worker)
    assert label == "Took it off the agenda of a panel"
    assert text.startswith("Tuesday panel, ")
    assert text.endswith("They moved away.")


def test_nothing_of_another_child_is_told(world: World) -> None:
    panel, first = made.planned(), world.allocated()
    second = world.allocate(
        world.opened(world.referred(given_name="Bilal"), led_by="city-early-help").id, world.manager, world.worker
    )
    made.on_agenda(first, world.worker, panel)
    assert len(told(first, world.worker)) == 1
    assert told(second, world.worker) == []


def test_only_readers_of_the_case_read_it(world: World) -> None:
    case = world.allocated()
    made.invited(made.on_agenda(case, world.worker), world.worker)
    for other in (made.nurse(), made.chair(), world.stranger):
        assert browser_of(other).get(f"cases/{case.id}/timeline/").status_code == 404


def test_many_panels_cost_no_more_than_one(world: World) -> None:
    case = world.allocated()
    browser = browser_of(world.worker)
    made.on_agenda(case, world.worker)
    one = statements(lambda: browser.get(f"cases/{case.id}/timeline/"))
    for number in range(3):
        made.on_agenda(case, world.worker, made.planned(name=f"Panel {number}"))
    many = statements(lambda: browser.get(f"cases/{case.id}/timeline/"))
    assert len(many) == len(one), said(many)
