"""A case closes while some of the help goes on: each who goes on hears it, and sees what they saw before, no more."""

import pytest

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.cases.models import Action, Case
from backend.interventions.models import Intervention
from backend.notifications.models import Outbox
from tests import casework, edges
from tests.actors import browser_of
from tests.cases.conftest import World
from tests.cases.planning import found_out
from tests.cases.test_api import option
from tests.cases.working import assessing, work
from tests.edges import CHOSEN
from tests.interventions.made import go, intervention_in, mentor

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
WITH = "Mr Price, Lantern Mentoring, until June."


def told(message: str) -> list[Outbox]:
    """What was sent in these words."""
    return list(Outbox.objects.using("owner").filter(message=message))


def going_on(case: Case, world: World, owner: Actor) -> Action:
    """An action whose owner has said that they go on with it."""
    action = casework.action_of(case, world.worker, owner)
    done: Action = edges.take("go_on", action.id, world.worker, noun="action")
    return done


def test_whoever_owns_an_action_that_goes_on_hears_once_that_the_case_is_closed(world: World) -> None:
    case = found_out(world)
    actions = [going_on(case, world, world.teacher) for _ in range(2)]
    going_on(case, world, world.worker)
    work(world, "close", case, goes_on="Her teacher.")
    [heard] = told("case_closed_action")
    assert heard.audience == {"user_id": str(world.teacher.user_id)}
    assert heard.path in {f"/actions/{action.id}" for action in actions}
    with acting(world.manager):
        lead = Case.objects.select_related("lead_agency").get(pk=case.id).lead_agency
    assert (heard.fields["agency"], heard.fields["phone"]) == (lead.name, lead.phone)


def test_they_read_their_action_still_and_nothing_of_how_the_case_ended(world: World) -> None:
    case = found_out(world)
    action = going_on(case, world, world.teacher)
    work(world, "close", case, goes_on="Her teacher.")
    page = browser_of(world.teacher).get(f"actions/{action.id}/")
    assert (page.status_code, page.json()["goes_on"]) == (200, True)
    assert CHOSEN["child_view"] not in page.content.decode()
    assert browser_of(world.teacher).get(f"cases/{case.id}/").status_code == 404


def test_whoever_gives_a_service_that_goes_on_hears_it_and_reads_who_was_named(world: World) -> None:
    case = assessing(world)
    target = intervention_in(Intervention.STARTED, case, world.worker)
    go("name_worker", target, mentor())
    go("say_who_goes_on", target, world.worker, goes_on_with=WITH)
    work(world, "close", case, goes_on="Mr Price.")
    [heard] = told("intervention_case_closed")
    assert heard.audience == {"user_id": str(mentor().user_id)}
    assert (heard.path, heard.fields["label"]) == (f"/interventions/{target.id}", target.service_name)
    assert WITH not in str(heard.fields)
    page = browser_of(mentor()).get(f"interventions/{target.id}/")
    assert (page.status_code, page.json()["goes_on_with"]) == (200, WITH)
    assert CHOSEN["parent_view"] not in page.content.decode()
    assert browser_of(mentor()).get(f"cases/{case.id}/").status_code == 404


def test_before_it_is_closed_everybody_is_named_who_will_hear_of_it(world: World) -> None:
    case = found_out(world)
    page = f"cases/{case.id}/"
    assert [one for one in option(browser_of(world.worker).get(page).json(), "close")["tells"] if "Whoever" in one] == [
        "Whoever asked for help for this child",
        "Whoever goes on giving a service, if anybody does",
    ]
    casework.action_of(case, world.worker, world.teacher)
    assert (
        "Whoever goes on with an action of the plan"
        in option(browser_of(world.worker).get(page).json(), "close")["tells"]
    )
    told_first = option(browser_of(world.manager).get(page).json(), "reallocate")["tells"]
    assert f"Whoever leads until then ({world.worker.name})" in told_first


def test_what_has_ended_tells_nobody_of_the_end_of_the_case(world: World) -> None:
    case = found_out(world)
    action = casework.action_of(case, world.worker, world.teacher)
    edges.take("complete", action.id, world.teacher, noun="action")
    intervention_in(Intervention.COMPLETED, case, world.worker)
    work(world, "close", case, goes_on="Nobody needs to.")
    assert told("case_closed_action") == told("intervention_case_closed") == []
