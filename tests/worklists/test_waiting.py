"""What somebody waits for: who has it and since when, on the list of whoever asked, leading to where it stands."""

from typing import Any

import pytest

from backend.core import clock
from backend.deadlines.calendar import local
from backend.panels.rules import give_by
from backend.referrals.models import Referral
from tests import casework, factories
from tests.actors import browser_of
from tests.api.counting import said, statements
from tests.cases.conftest import World
from tests.edges import take
from tests.interventions import made as services
from tests.panels import made as panels

pytestmark = pytest.mark.django_db
DETAIL = 15


def waiting(who: Any) -> list[tuple[str, str]]:
    """Who owes what, and which page that opens; each line says since when."""
    answer = browser_of(who).get("work/")
    assert answer.status_code == 200, answer.content
    today = local(clock.now()).date().isoformat()
    rows = answer.json()["waiting"]
    assert {row["since"][:10] for row in rows} <= {today}
    return [(row["label"], row["url"]) for row in rows]


def test_a_question_waits_on_the_list_of_who_screens_the_referral(world: World) -> None:
    referral = factories.referral_in(Referral.INFORMATION_REQUESTED)
    ((label, url),) = waiting(factories.officer())
    assert label.endswith(" to answer a question")
    assert url == f"/referrals/{referral.id}"
    for other in (factories.teacher(), world.worker, world.stranger):
        assert waiting(other) == []


def test_a_referral_that_is_offered_on_waits_for_the_other_agency(world: World) -> None:
    referral = factories.referral_in(Referral.REDIRECTED)
    ((label, url),) = waiting(factories.officer())
    assert label.endswith(" to say whether it takes the referral")
    assert url == f"/referrals/{referral.id}"
    assert waiting(world.worker) == []


def test_a_request_to_lead_waits_on_the_list_of_who_made_it(world: World) -> None:
    case = world.allocated()
    asker = world.youth_justice_manager
    # Asked before and unwilling then: so the case knows that agency.
    take("decline", world.proposed(case).id, asker, noun="transfer")
    member = casework.member_of(case, world.worker, asker)
    request = casework.lead_asked_for(member, asker)
    expected = "City Early Help to say whether it hands over the lead"
    assert waiting(asker) == [(expected, f"/lead-requests/{request.id}")]
    assert waiting(world.worker) == []


def test_what_a_panel_is_to_be_told_waits_until_it_is_given(world: World) -> None:
    item = panels.on_agenda(world.allocated(), world.worker)
    panels.invited(item, world.worker)
    (row,) = browser_of(world.worker).get("work/").json()["waiting"]
    assert row["label"].endswith(" to give what it knows to the panel")
    assert (row["url"], row["due_on"]) == (f"/panel-items/{item.id}", give_by(item.panel).isoformat())
    assert waiting(world.other_worker) == []
    panels.go("give_information", item, panels.nurse())
    assert waiting(world.worker) == []


def test_a_transfer_and_a_service_say_since_when_they_wait(world: World) -> None:
    case = world.allocated()
    service = services.intervention_in("offered", case, world.worker)
    transfer = world.proposed(case)
    assert {url for _, url in waiting(world.worker)} == {f"/interventions/{service.id}", f"/transfers/{transfer.id}"}


def test_it_costs_no_more_for_whoever_waits_for_everything(world: World) -> None:
    for who in (factories.manager(), factories.officer(), world.manager, world.worker):
        browser = browser_of(who)
        found = statements(lambda browser=browser: browser.get("work/"))
        assert len(found) <= DETAIL, said(found)
