"""What is open in the chair’s own cases is offered for an agenda: one press each, never a case they may not put."""

from datetime import timedelta
from typing import Any

import pytest

from backend.access.binding import acting
from backend.agencies.roles import Role
from backend.cases.models import Case
from backend.core import clock
from backend.panels.models import Panel, PanelItem
from backend.sharing.models import Disclosure
from tests.actors import browser_of
from tests.api.counting import said, statements
from tests.cases.conftest import World
from tests.cases.planning import planned as with_plan
from tests.casework import allocated, case_of
from tests.edges import take
from tests.factories import FRONT_DOOR, agency_id, disagreed, officer, referral_in
from tests.panels import made

pytestmark = pytest.mark.django_db
DISPUTED, OFFERED = "A disagreement is open", "Nobody has answered who leads it"
LATE, UNDONE = "Its review is overdue", "What a panel decided is not done"
DETAIL = 15


def page(panel: Panel, who: Any) -> dict[str, Any]:
    return dict(browser_of(who).get(f"panels/{panel.id}/").json())


def offered(panel: Panel, who: Any) -> dict[str, list[str]]:
    """What is offered for a meeting, by reference, and why."""
    shown = page(panel, who)
    names = {one["name"] for one in shown["options"]}
    assert ("add_to_agenda" in names) == bool(shown["proposals"])
    return {one["reference"]: one["reasons"] for one in shown["proposals"]}


def add(panel: Panel, who: Any, case: Case, **given: Any) -> Any:
    return browser_of(who).post(f"panels/{panel.id}/agenda/", {"case": str(case.id), **given})


def disputed() -> Case:
    """A case of the front door whose referral was accepted, which the school disagrees with."""
    referral = take("accept", referral_in("triage").id, officer(), lead_agency=agency_id(FRONT_DOOR))
    disagreed(referral)
    return allocated(case_of(referral), to=made.chair())


def test_a_case_whose_referral_is_disagreed_about_is_offered_to_who_answers_for_it(world: World) -> None:
    case, panel = disputed(), made.planned()
    assert offered(panel, made.chair()) == {case.reference: [DISPUTED]}


def test_an_unanswered_transfer_is_offered_until_it_is_answered(world: World) -> None:
    case, panel = world.allocated(), made.planned(world.manager)
    assert offered(panel, world.manager) == {}
    transfer = world.proposed(case)
    assert offered(panel, world.manager) == {case.reference: [OFFERED]}
    take("decline", transfer.id, world.youth_justice_manager, noun="transfer")
    assert offered(panel, world.manager) == {}


def test_an_overdue_review_is_offered(world: World) -> None:
    case = with_plan(world)
    assert offered(made.planned(world.manager), world.manager) == {}
    with clock.at(clock.now() + timedelta(weeks=20)):
        panel = made.planned(world.manager)
        assert LATE in offered(panel, world.manager)[case.reference]


def test_what_the_last_panel_decided_is_offered_until_it_is_done(world: World) -> None:
    case, last = with_plan(world), made.soon()
    item = made.on_agenda(case, world.worker, last)
    due_on = made.day().isoformat()
    with made.at_the_meeting(last):
        made.lead("hold", last)
        made.go("decide", item, made.chair(), owner=str(world.manager.agency_id), due_on=due_on)
        made.lead("sign", last)
    with clock.at(clock.now() + timedelta(days=10)):
        panel = made.planned(world.manager)
        assert offered(panel, world.manager) == {case.reference: [UNDONE]}
        answer = browser_of(world.worker).get(f"panel-items/{item.id}/").json()
        [form] = [one for one in answer["options"] if one["name"] == "put_in_plan"]
        given = {field["name"]: field.get("value") for field in form["input"] if field["name"] in ("decision", "owner")}
        over = browser_of(world.worker).post(f"panel-items/{item.id}/plan/", given)
        assert over.json()["fields"]["due_on"] == [
            "The day that the panel named is over. Say by which day it is done now."
        ]
        given["due_on"] = made.day().isoformat()
        put = browser_of(world.worker).post(f"panel-items/{item.id}/plan/", given).json()
        action = put["decisions"][0]["action_url"].rpartition("/")[2]
        assert offered(panel, world.manager) == {case.reference: [UNDONE]}
        take("complete", action, world.worker, noun="action")
        assert offered(panel, world.manager) == {}


def test_one_press_puts_it_there_and_shares_nothing(world: World) -> None:
    case, panel = world.allocated(), made.planned(world.manager)
    world.proposed(case)
    answer = add(panel, world.manager, case)
    assert answer.status_code == 201, answer.content
    assert answer.json()["proposals"] == []
    [item] = made.rows(PanelItem, world.manager, panel_id=panel.id)
    assert (item.case_id, item.lead_agency_id) == (case.id, item.chair_agency_id)
    assert item.question == f"{OFFERED}. What does the panel advise?"
    with acting(world.manager):
        assert not Disclosure.objects.filter(opens_id=item.id).exists()
    assert add(panel, world.manager, case).status_code == 400, "it is there"


def test_it_can_be_asked_in_other_words(world: World) -> None:
    case, panel = world.allocated(), made.planned(world.manager)
    world.proposed(case)
    add(panel, world.manager, case, question=made.QUESTION)
    assert [one.question for one in made.rows(PanelItem, world.manager, panel_id=panel.id)] == [made.QUESTION]


def test_nobody_is_offered_a_case_that_they_may_not_put_there(world: World) -> None:
    case = world.allocated()
    world.proposed(case)
    ours, theirs = made.planned(world.manager), made.planned()
    triage = made.actor("city-early-help", Role.TRIAGE_OFFICER)
    for panel, who in ((theirs, made.chair()), (theirs, world.manager), (ours, made.chair()), (ours, triage)):
        assert offered(panel, who) == {}
        assert add(panel, who, case).status_code == 400
    assert add(ours, world.other_worker, case).status_code == 403


def test_nothing_is_offered_once_the_meeting_has_begun(world: World) -> None:
    world.proposed(world.allocated())
    panel = made.soon(world.manager)
    assert offered(panel, world.manager)
    with made.at_the_meeting(panel):
        assert offered(panel, world.manager) == {}


def test_it_costs_the_page_of_a_meeting_one_statement(world: World) -> None:
    world.proposed(world.allocated())
    browser, panel = browser_of(world.manager), made.planned(world.manager)
    found = statements(lambda: browser.get(f"panels/{panel.id}/"))
    assert len(found) <= DETAIL, said(found)
