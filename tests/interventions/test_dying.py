"""A child has died: the services it was given end where they stood, who gives one is asked to stop, and back again."""

import pytest

from backend.agencies.roles import Role
from backend.audit.models import Event
from backend.cases.models import Case
from backend.interventions.models import Intervention
from backend.notifications.models import Outbox
from tests.actors import browser_of
from tests.cases.conftest import World
from tests.cases.test_dying import died, taken_back
from tests.cases.working import assessing, work
from tests.clocks import clocks
from tests.interventions.made import go, intervention_in, mentor

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
SILENT = "The child has died"


def stored(target: Intervention) -> Intervention:
    return Intervention.objects.using("owner").get(pk=target.id)


def told(case: Case, message: str) -> list[dict[str, object]]:
    return [one.audience for one in Outbox.objects.using("owner").filter(root_id=case.id, message=message)]


@pytest.mark.parametrize("state", Intervention.OPEN)
def test_it_ends_where_it_stood_and_goes_on_from_there(world: World, state: str) -> None:
    case = assessing(world)
    target = intervention_in(state, case, world.worker)
    running = clocks(target.id, using="owner")
    case = died(world, case)
    ended = stored(target)
    assert ended.state == (Intervention.ENDED_EARLY if state == Intervention.STARTED else Intervention.CANCELLED)
    assert (ended.died_from, ended.is_open) == (state, False)
    assert "running" not in clocks(target.id, using="owner").values()
    page = browser_of(world.worker).get(f"interventions/{target.id}/").json()
    assert (page["turn"], page["reason_label"]) == (None, SILENT)
    assert browser_of(mentor()).get(f"interventions/{target.id}/").status_code == 404
    taken_back(world, case)
    again = stored(target)
    assert (again.state, again.died_from, again.ended_at) == (state, "", None)
    assert again.waitlisted_at == target.waitlisted_at
    assert clocks(target.id, using="owner") == running
    sees = 404 if state == Intervention.RECOMMENDED else 200
    assert browser_of(mentor()).get(f"interventions/{target.id}/").status_code == sees
    verbs = Event.objects.using("owner").filter(root_id=target.id).values_list("verb", flat=True)
    assert {"intervention.rest", "intervention.take_up"} <= set(verbs)


def test_whoever_is_named_to_give_it_is_asked_to_stop_and_hears_when_it_goes_on(world: World) -> None:
    case = assessing(world)
    target = intervention_in(Intervention.STARTED, case, world.worker)
    go("name_worker", target, mentor(Role.MANAGER), worker_id=str(mentor().user_id))
    case = died(world, case)
    person = {"user_id": str(mentor().user_id)}
    provider = str(mentor().agency_id)
    heard = told(case, "case_rests")
    assert heard.count(person) == 1
    assert any(audience.get("agency_id") == provider for audience in heard), "and so does the agency"
    case = taken_back(world, case)
    assert told(case, "case_goes_on_again").count(person) == 1


def test_what_had_ended_before_stays_as_it_ended(world: World) -> None:
    case = assessing(world)
    target = intervention_in(Intervention.COMPLETED, case, world.worker)
    before = stored(target)
    case = taken_back(world, died(world, case))
    after = stored(target)
    assert (after.state, after.ended_at, after.version) == (before.state, before.ended_at, before.version)


def test_a_service_that_outlived_its_case_ends_too(world: World) -> None:
    case = assessing(world)
    target = intervention_in(Intervention.STARTED, case, world.worker)
    go("say_who_goes_on", target, world.worker, goes_on_with="Mr Price, Lantern Mentoring, until June.")
    case = work(world, "close", case, goes_on="Mr Price.")
    died(world, case)
    assert stored(target).state == Intervention.ENDED_EARLY
